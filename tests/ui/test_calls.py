#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone calls in the window: noted with a key and Return, with what was said and when to call back; who is to be called back; a conversation that is a telephone's."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import composer, find_row, mostrador, open_any, shows_message, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

WORDS = 'The blanket may come back'
t = tap.Tap(stop_at_failure=True)
app = None
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')
record_failures(t, lambda: app)


def ctl(*words):
    done = subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, *words], text=True, capture_output=True, timeout=120)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def is_narrow():
    return app.find('frame').extents()[2] < 600


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'calls-%s-%s.png' % (name, 'narrow' if is_narrow() else 'wide')))


def shown(text):
    return [node for node in app.walk() if text in (node.name or '') and node.has('showing')]


@t.case('a key and Return note a call')
def _():
    global app
    ctl('sample')
    app = mostrador('--profile', profile)
    find_row(app, '#', timeout=30)
    open_any(app, 'Rücksendung der Decke')
    keys('ctrl+F4')
    dialog = app.find('dialog', 'Note a Call')
    until(lambda: dialog.find('text', 'What was said').has('focused'), 5, 'the keyboard is at what was said')
    check_accessible(dialog, 'note a call')
    picture('dialog')
    keys('Return')
    app.gone('dialog', 'Note a Call')
    app.says('Call noted')
    until(lambda: shown('They called'), 10, 'the conversation tells it')
    picture('noted')


@t.case('what was said, how long, and when to call back')
def _():
    keys('ctrl+F4')
    dialog = app.find('dialog', 'Note a Call')
    until(lambda: dialog.find('text', 'What was said').has('focused'), 5, 'the keyboard is at what was said')
    type_text(WORDS)
    back = [node for node in dialog.find_all('text') if node.name.startswith('Call back at')][0]
    tab_to(back)
    type_text('yesterday')
    until(lambda: shown('This time has passed.'), 5, 'a time that has passed is said to be one')
    assert not dialog.find('button', 'Record').has('sensitive')
    keys('ctrl+a')
    type_text('in 3 days')
    until(lambda: shown('To be called back: '), 5, 'it says what is understood')
    picture('filled')
    keys('Return')
    app.gone('dialog', 'Note a Call')
    shows_message(app, WORDS, timeout=10)
    until(lambda: shown('wants the customer to be called back'), 10, 'the plan is told')
    check_accessible(app, 'a noted call')
    picture('told')


@t.case('who is to be called back is listed, and taken off')
def _():
    keys('ctrl+shift+F9')
    dialog = app.find('dialog', 'To Be Called Back')
    until(lambda: dialog.find_all('button', lambda name: name.startswith('Do not call')), 10, 'one is listed')
    check_accessible(dialog, 'to be called back')
    picture('backs')
    # Pressed by mistake, it is taken back there.
    dialog.find('button', lambda name: name.startswith('Do not call')).rest().mouse()
    dialog.find('button', 'Undo').rest().mouse()
    until(lambda: dialog.find_all('button', lambda name: name.startswith('Do not call')), 10, 'it is listed again')
    picture('undone')
    dialog.find('button', lambda name: name.startswith('Do not call')).rest().mouse()
    until(lambda: shown('Nobody to Call Back'), 10, 'nobody is left')
    picture('nobody')
    dialog.find('button', 'Close').rest().mouse()
    app.gone('dialog', 'To Be Called Back')
    until(lambda: shown('nobody needs to call back'), 10, 'the conversation tells that, too')


@t.case('a time is set for the conversation, and undone')
def _():
    keys('ctrl+shift+F7')
    dialog = app.find('dialog', 'Call Back At')
    type_text('in 2 days')
    keys('Return')
    app.gone('dialog', 'Call Back At')
    app.says('You will be told when it is time to call')
    keys('ctrl+z')
    app.says('Nobody needs to call back')
    del dialog


@t.case('a missed call is a row that says so; nothing can be written to a telephone')
def _():
    global app
    app.kill()
    [who] = [line.split()[0] for line in ctl('customer', 'list', 'Lena').splitlines()[:1]]
    [tom] = [line.split()[0] for line in ctl('customer', 'list', '+353850000000').splitlines()[:1]]
    for one in (tom, who):
        ctl('call', 'note', '--customer', one, '--in', '--outcome', 'missed')
    app = mostrador('--profile', profile)
    row = find_row(app, 'Missed call', timeout=30)
    assert 'Lena' in row.name, row.name
    open_any(app, 'Missed call')
    until(lambda: shown('noted by hand'), 10, 'the call is on show')
    picture('missed')
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    until(lambda: shown('Nothing can be sent to a telephone'), 10, 'it says that it stays here')
    until(lambda: app.find_all('button', 'Answer by Mail Instead'), 10, 'mail is a way')
    check_accessible(app, 'a note beside a telephone')
    picture('note')


@t.case('whoever called from a mobile telephone is answered by SMS, and both conversations say so')
def _():
    keys('Escape')
    assert not app.find_all('button', 'Answer by SMS'), 'Lena has no number'
    # With one pane the list is behind what is on show.
    if is_narrow():
        return
    app.find('list', 'Conversations').find('list item', lambda name: 'Missed call' in name and 'Lena' not in name, timeout=10).mouse()
    until(lambda: shown('noted by hand'), 10, 'the call is on show')
    keys('ctrl+r')
    app.find('button', 'Answer by SMS', timeout=10).mouse()
    until(lambda: shown('as SMS'), 10, 'it says where it goes')
    check_accessible(app, 'an SMS to whoever called')
    picture('sms')
    type_text('We called you back. When may we try again?')
    keys('ctrl+Return')
    until(lambda: shown('goes on here with'), 20, 'the SMS says what it goes on with')
    shows_message(app, 'We called you back. When may we try again?', timeout=10)
    picture('sms-sent')
    app.find('button', lambda name: name.startswith('Open #')).mouse()
    until(lambda: shown('went on in'), 10, 'the call says where it went on')
    picture('sms-went-on')


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

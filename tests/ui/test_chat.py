#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A customer writes by Telegram: it is there at once, is read and answered in the same window, and what comes of it is said."""
import os
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from faketelegram import Fake
from story import composer, find_row, mostrador, open_any, shows_message, write
from uidrive import check_accessible, keys, record_failures, shot, until

t = tap.Tap(stop_at_failure=True)
app = None
fake = Fake(os.environ['MOS_FAKE_TELEGRAM'])
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'chat-%s.png' % name))


@t.case('a bot is added, and what is written to it is a row at once')
def _():
    global app
    done = subprocess.run(
        [os.environ['MOSTRADORCTL'], '--profile', profile, 'account', 'add', 'telegram', '--server', fake.url, '--token-stdin'], input=fake.token, text=True, capture_output=True, timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr
    app = mostrador('--profile', profile)
    fake.tell('say 4711 Where is my order 1042?')
    begun = time.monotonic()
    find_row(app, 'Where is my order 1042?', timeout=20)
    print('# on show after %.2f s' % (time.monotonic() - begun), flush=True)
    check_accessible(app, 'a chat in the list')


@t.case('it is answered with neither recipients nor a subject, and leaves at once')
def _():
    open_any(app, 'Where is my order 1042?')
    shows_message(app, 'Where is my order 1042?', timeout=10)
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    for name in ('To', 'Subject'):
        assert not app.find_all('text', name), name
    write(app, 'It left this morning')
    check_accessible(app, 'an answer in a chat')
    picture('answer')
    keys('ctrl+Return')
    until(lambda: fake.sent() == ['It left this morning'], 20, 'the answer is there: %r' % fake.sent())
    shows_message(app, 'It left this morning', timeout=10)
    picture('answered')


@t.case('what they write next joins it, and an edit changes what stands there')
def _():
    fake.tell('say 4711 Thank you!')
    shows_message(app, 'Thank you!', timeout=20)
    fake.tell('edit 4711 2 Thank you very much!')
    shows_message(app, 'Thank you very much!', timeout=20)
    picture('conversation')


@t.case('what may be there already is asked about, never sent twice')
def _():
    fake.tell('lost sendMessage')
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    write(app, 'Only once')
    keys('ctrl+Return')
    app.find('button', 'No, Send It Again', timeout=20)
    app.says('Look into the chat')
    assert fake.sent().count('Only once') == 1, fake.sent()
    check_accessible(app, 'an uncertain message of a chat')
    picture('uncertain')


if app and app.process.poll() is None:
    app.quit()
fake.end()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A chat goes on by mail: the customer has an address, what was begun goes along, and both conversations name each other."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from faketelegram import Fake
from story import composer, mostrador, open_any, shows_message, tab_to, write
from uidrive import check_accessible, keys, record_failures, shot, until

t = tap.Tap(stop_at_failure=True)
app = None
fake = Fake(os.environ['MOS_FAKE_TELEGRAM'])
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'chat-mail-%s.png' % name))


def ctl(*arguments, text=None):
    done = subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, *arguments], input=text, text=True, capture_output=True, timeout=60)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


@t.case('a customer writes in a chat; her mail address is known, and there is an account for mail')
def _():
    ctl('account', 'add', 'telegram', '--server', fake.url, '--token-stdin', text=fake.token)
    fake.tell('say 4711 Can you send me the label?')
    ctl('sync')
    ctl('account', 'add', 'email', '--name', 'Mugs', '--address', 'shop@mugs.test', '--imap', 'imaps://shop%40mugs.test@localhost:1', '--smtp', 'smtps://shop%40mugs.test@localhost:1', '--password-stdin', text='x')
    ctl('customer', 'set', 'Ana', 'address+=ana@post.test')


@t.case('the chat offers the way by mail, and takes along what was begun')
def _():
    global app
    app = mostrador('--profile', profile)
    open_any(app, 'Can you send me the label?')
    shows_message(app, 'Can you send me the label?', timeout=10)
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    write(app, 'Here it is')
    app.find('button', 'Answer by Mail Instead', timeout=10)
    check_accessible(app, 'a chat whose customer has an address')
    picture('offer')
    app.find('button', 'Answer by Mail Instead').mouse()
    until(lambda: 'Here it is' in composer(app).text() and app.find_all('text', 'Subject'), 10, 'a mail that says what was begun')
    app.says('ana@post.test')
    assert app.find('text', 'Subject').text() == 'Can you send me the label?'
    check_accessible(app, 'the mail')
    picture('mail')


@t.case('both conversations name each other')
def _():
    keys('ctrl+Return')
    app.find('button', 'Open #1', timeout=20, showing=False)
    app.says('goes on here with #1')
    picture('mail-side')
    tab_to(app.find('button', 'Open #1', showing=False), limit=120)
    keys('space')
    app.says('went on in #2', timeout=10)
    app.find('button', 'Open #2', showing=False)
    picture('chat-side')


if app and app.process.poll() is None:
    app.quit()
fake.end()
sys.exit(t.done())

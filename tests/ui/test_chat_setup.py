#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bot of Telegram is added in the window: step by step, tried at once, and what is written to it is there."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from faketelegram import Fake
from story import choose_kind, find_row, leave_first_steps, mostrador, press, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until, xdo

t = tap.Tap(stop_at_failure=True)
app = None
fake = Fake(os.environ['MOS_FAKE_TELEGRAM'])
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')
record_failures(t, lambda: app)
NARROW = int(xdo('getdisplaygeometry').split()[0]) < 560


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'chat-setup-%s.png' % name))


def dialog():
    return app.find('dialog', 'Add Telegram')


@t.case('the welcome page leads to what can be added')
def _():
    global app
    app = mostrador('--profile', profile)
    app.find('button', 'Add an Account', timeout=20).mouse()
    app.find('dialog', 'Add an Account')
    check_accessible(app, 'which account')
    picture('kinds')
    # By keyboard: the second row.
    until(lambda: app.find('dialog', 'Add an Account').find('list item', lambda name: name.startswith('E-mail')).has('focused'), 5, 'focus on the first kind')
    keys('Down', 'Return')
    dialog()


@t.case('it says what is to be done at Telegram, and what one should know')
def _():
    check_accessible(app, 'set-up of Telegram')
    for text in ('Open @BotFather', '24 hours', 'One desk at a time', 'Customers write first'):
        assert any(text in node.name for node in dialog().walk()), text
    assert not dialog().find('check box', 'Take in what is written in groups', showing=False).has('checked')
    picture('steps')
    press(dialog().find('button', 'Copy /newbot', showing=False))
    app.says('Copied')
    clip = subprocess.run(['xclip', '-selection', 'clipboard', '-o'], capture_output=True, text=True, timeout=20).stdout
    assert clip == '/newbot', clip


@t.case('a token that is refused is told at once, and nothing is kept')
def _():
    press(dialog().find('button', 'Advanced', showing=False) if dialog().find_all('button', 'Advanced', showing=False) else tab_to(dialog().find('list item', 'Advanced', showing=False)))
    server = tab_to(dialog().find('text', 'Another Bot API server', showing=False))
    server.set_text(fake.url)
    until(lambda: server.text() == fake.url, 5, 'the server')
    secret = tab_to(dialog().find('text', 'Token', showing=False), limit=60)
    secret.set_text('4242:BBbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr')
    dialog().says('The token was refused', timeout=20)
    check_accessible(app, 'a token that is refused')
    picture('refused')


@t.case('one that works says at once whose it is')
def _():
    fake.tell('keep portrait %s' % os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'sample', 'files', 'dog.png'))
    secret = dialog().find('text', 'Token', showing=False)
    secret.set_text(fake.token)
    dialog().says('Mug Shop', timeout=20)
    dialog().says('@mug_shop_bot')
    dialog().says('https://t.me/mug_shop_bot')
    check_accessible(app, 'whose token it is')
    picture('found')


@t.case('named and finished, what is written to it is a row')
def _():
    name = dialog().find('text', 'What it is called at this desk')
    tab_to(name)
    keys('ctrl+a')
    type_text('Mugs')
    press(dialog().find('button', 'Finish'))
    app.gone('dialog', 'Add Telegram', timeout=20)
    leave_first_steps(app)
    fake.tell('say 4711 Do you ship to Chile?')
    find_row(app, 'Do you ship to Chile?', timeout=30)
    if not NARROW:
        app.find('list item', lambda name: name.startswith('Mugs, '), timeout=10)
    picture('row')


@t.case('the same bot cannot be added twice')
def _():
    keys('ctrl+shift+n')
    choose_kind(app, 'Telegram', 'Add Telegram')
    press(dialog().find('button', 'Advanced', showing=False) if dialog().find_all('button', 'Advanced', showing=False) else tab_to(dialog().find('list item', 'Advanced', showing=False)))
    tab_to(dialog().find('text', 'Another Bot API server', showing=False)).set_text(fake.url)
    dialog().find('text', 'Token', showing=False).set_text(fake.token)
    dialog().says('This account is here already', timeout=20)
    keys('Escape')
    app.gone('dialog', 'Add Telegram')


@t.case('a switchboard that is another computer is said to be heard in the network, unless it is encrypted')
def _():
    def hints():
        return [node for node in app.walk() if node.name.startswith('Nothing is encrypted') and node.has('showing')]

    keys('ctrl+shift+n')
    choose_kind(app, 'Asterisk', 'Add Asterisk')
    server = tab_to(app.find('dialog', 'Add Asterisk').find('text', 'Switchboard, such as pbx.example', showing=False))
    for text, is_said in (('192.168.1.5', True), ('127.0.0.1', False), ('pbx.example:5038', True), ('tls://pbx.example', False), ('', False), ('pbx.example', True)):
        server.set_text(text)
        until(lambda: bool(hints()) == is_said, 5, '“%s”: %s' % (text, is_said))
    check_accessible(app, 'set-up of Asterisk')
    picture('exposed')
    keys('Escape')
    app.gone('dialog', 'Add Asterisk')


if app and app.process.poll() is None:
    app.quit()
fake.end()
sys.exit(t.done())

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
from story import composer, find_row, mostrador, open_any, press, shows_message, tab_to, write
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, type_text, until

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
    assert fake.tell('count sendChatAction') == '0'
    write(app, 'It left this morning')
    # They see that somebody writes: told once, not with each key.
    until(lambda: int(fake.tell('count sendChatAction')) >= 1, 20, 'it is told that somebody writes')
    assert int(fake.tell('count sendChatAction')) < len('It left this morning') / 2, fake.tell('count sendChatAction')
    check_accessible(app, 'an answer in a chat')
    picture('answer')
    keys('ctrl+Return')
    until(lambda: fake.sent() == ['It left this morning'], 20, 'the answer is there: %r' % fake.sent())
    shows_message(app, 'It left this morning', timeout=10)
    picture('answered')


@t.case('answers that have only to be pressed go out with it, and the one that is pressed is what they say')
def _():
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    write(app, 'Shall a neighbour take it?')
    app.find('toggle button', 'Add an Answer Button').rest().mouse()
    until(lambda: app.find('text', 'Words on the button').has('focused'), 10, 'the keyboard in the words')
    type_text('Yes, please')
    keys('Return')
    app.find('button', lambda name: name.startswith('Remove the button ') and 'Yes, please' in name, timeout=10)
    type_text('Yes, please')
    keys('Return')
    app.says('There is a button that says this already.')
    keys('ctrl+a')
    type_text('No')
    keys('Return')
    check_accessible(app, 'words on a button')
    picture('buttons')
    keys('Escape')
    # One is taken out again.
    app.find('button', lambda name: name.startswith('Remove the button ') and 'No' in name).rest().mouse()
    app.gone('button', lambda name: name.startswith('Remove the button ') and 'No' in name)
    until(lambda: composer(app).has('focused'), 10, 'the keyboard goes back to the text')
    keys('ctrl+Return')
    until(lambda: fake.tell('keyboard') == 'Yes, please=Yes, please', 20, 'a question with a button: %r' % fake.tell('keyboard'))
    app.find('label', lambda name: name.startswith('Button for the customer: ') and 'Yes, please' in name, timeout=10, showing=False)
    fake.tell('update {"callback_query":{"id":"p9","from":{"id":4711,"is_bot":false,"first_name":"Ana"},"message":{"message_id":100001,"date":1,"chat":{"id":4711,"type":"private"},"text":"Shall a neighbour take it?"},"chat_instance":"1","data":"Yes, please"}}')
    app.says('Pressed a button', timeout=20)
    check_accessible(app, 'a question with a button')
    picture('pressed')


@t.case('what they write next joins it, and an edit changes what stands there')
def _():
    fake.tell('say 4711 Thank you!')
    shows_message(app, 'Thank you!', timeout=20)
    fake.tell('edit 4711 2 Thank you very much!')
    shows_message(app, 'Thank you very much!', timeout=20)
    picture('conversation')
    # On the customer's page, too, it is said what the number is one of.
    keys('F2')
    app.find('text', 'Name', timeout=10)
    customer = app.find('dialog', 'Customers')
    until(lambda: customer.find_all('label', 'Telegram', showing=False) and not customer.find_all('label', 'E-mail', showing=False), 10, 'a number of Telegram')
    keys('Escape')
    app.gone('text', 'Name')
    keys('Escape')
    app.gone('dialog', 'Customers')


@t.case('pictures, a voice, an answer, what was passed on and signs stand where they were said')
def _():
    files = os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'sample', 'files')
    fake.tell('keep pic1 %s' % os.path.join(files, 'dog.png'))
    fake.tell('keep voice1 %s' % os.path.join(files, 'voice.ogg'))
    fake.tell('put 4711 message "caption":"It came like this","photo":[{"file_id":"pic1","file_unique_id":"p1","width":640,"height":480,"file_size":%d}]' % os.path.getsize(os.path.join(files, 'cracked-shade.png')))
    shows_message(app, 'It came like this', timeout=20)
    app.find('button', lambda name: name.startswith('Open picture'), timeout=20, showing=False)
    # Within bounds, however large it is.
    size = app.find('button', lambda name: name.startswith('Open picture'), showing=False).rest().extents()
    assert size[2] <= 284 and size[3] <= 284, size
    fake.tell('put 4711 message "voice":{"file_id":"voice1","file_unique_id":"v1","duration":3,"mime_type":"audio/ogg","file_size":%d}' % os.path.getsize(os.path.join(files, 'voice.ogg')))
    app.find('button', lambda name: name.startswith('Play ') and name.endswith('0:03'), timeout=20, showing=False)
    fake.tell('put 4711 message "text":"And this is the order","reply_to_message":{"message_id":1,"date":1,"chat":{"id":4711,"type":"private"},"text":"Where is my order 1042?"},"forward_origin":{"type":"user","date":1,"sender_user":{"id":7,"is_bot":false,"first_name":"Luis"}}')
    shows_message(app, 'And this is the order', timeout=20)
    app.says('Forwarded from ')
    app.find('button', lambda name: name.startswith('Show what this answers: Ana'), showing=False)
    fake.tell('update {"message_reaction":{"chat":{"id":4711,"type":"private","first_name":"Ana"},"message_id":100000,"user":{"id":4711,"is_bot":false,"first_name":"Ana"},"date":%d,"old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"\u2764"}]}}' % time.time())
    until(lambda: app.find_all('label', lambda name: name.startswith('Ana put '), showing=False), 20, 'a sign at our answer')
    check_accessible(app, 'a chat with pictures')
    picture('media')


@t.case('days and writers have one head each, and the quotation leads to what it answers')
def _():
    app.find('label', 'Today', showing=False)
    heads = [node.name for node in app.find('filler', 'Messages').find_all('label', 'Ana', showing=False)]
    assert 1 <= len(heads) < 5, heads
    tab_to(app.find('button', lambda name: name.startswith('Show what this answers: Ana'), showing=False), limit=120)
    keys('space')
    first = app.find('filler', 'Messages').find_all('toggle button', 'Message menu', showing=False)[0]
    until(lambda: first.has('focused'), 5, 'the keyboard at what it answers')
    picture('jumped')


@t.case('a voice is played to its end')
def _():
    tab_to(app.find('button', lambda name: name.startswith('Play '), showing=False), limit=120)
    keys('space')
    app.find('button', lambda name: name.startswith('Pause '), timeout=20, showing=False)
    # How far it is heard is said while it is, and at the end it can be heard again.
    app.find('label', lambda name: ' / 0:03' in name, timeout=10, showing=False)
    app.find('button', lambda name: name.startswith('Play '), timeout=20, showing=False)
    assert not app.find_all('button', 'Open With Another Program', showing=False)
    check_accessible(app, 'a voice')
    picture('voice')
    tab_to(app.find('button', lambda name: name.startswith('Open picture'), showing=False), limit=120)
    keys('space')
    app.find('dialog', timeout=10)
    picture('viewer')
    keys('Escape')
    app.gone('dialog')


@t.case('an answer names what it answers, and a long text says in how many it goes out')
def _():
    # Words and buttons that were begun stay when they are to answer another message.
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    type_text('This one?')
    app.find('toggle button', 'Add an Answer Button').rest().mouse()
    until(lambda: app.find('text', 'Words on the button').has('focused'), 10, 'the keyboard in the words')
    type_text('Yes')
    keys('Return', 'Escape')
    first = app.find('filler', 'Messages').find_all('toggle button', 'Message menu', showing=False)[0]
    tab_to(first, limit=120)
    keys('space')
    app.find('menu item', 'Reply').mouse()
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    app.find('button', 'Answer without the quotation', timeout=10)
    app.says('Where is my order 1042?')
    assert composer(app).text() == 'This one?', composer(app).text()
    app.find('button', lambda name: name.startswith('Remove the button ') and 'Yes' in name, timeout=10).rest().mouse()
    app.gone('button', lambda name: name.startswith('Remove the button '))
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    keys('ctrl+a', 'BackSpace')
    check_accessible(app, 'an answer to one message')
    composer(app).insert('It is on its way. ' * 300)
    app.find('button', 'Goes out as 2 messages', timeout=10)
    app.says('5399 / 4096')
    check_accessible(app, 'a long text')
    picture('parts')
    composer(app).set_text('Tomorrow')
    app.gone('button', 'Goes out as 2 messages')
    keys('ctrl+Return')
    until(lambda: fake.sent()[-1] == 'Tomorrow', 20, 'the answer is there: %r' % fake.sent())
    app.find('button', lambda name: name.startswith('Show what this answers: Ana: Where'), timeout=10, showing=False, nth=1)
    picture('named')


def menus():
    """what opens the menu of each message, on show or not"""
    return app.find('filler', 'Messages').find_all('toggle button', 'Message menu', showing=False)


def menu(place):
    """the menu of one of the messages, opened by the keyboard"""
    tab_to(menus()[place], limit=160)
    keys('space')


@t.case('what was said is changed: the composer says so, Escape leaves it, and what was begun comes back')
def _():
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'focus in the composer')
    write(app, 'Begun before')
    menu(-1)
    app.find('menu item', 'Change the Text').mouse()
    until(lambda: composer(app).has('focused') and composer(app).text() == 'Tomorrow', 10, 'the words of the message in the composer: %r' % composer(app).text())
    app.says('Changing a message that was sent')
    assert not app.find_all('button', 'Attach files')
    check_accessible(app, 'other words for a message')
    picture('change')
    keys('Escape')
    until(lambda: app.find_all('text', 'Message') and composer(app).text() == 'Begun before', 10, 'what was begun is there again')
    assert fake.shown()[-1] == 'Tomorrow', fake.shown()
    menu(-1)
    app.find('menu item', 'Change the Text').mouse()
    until(lambda: composer(app).text() == 'Tomorrow', 10, 'the words of the message in the composer')
    composer(app).set_text('The day after tomorrow')
    keys('ctrl+Return')
    until(lambda: fake.shown()[-1] == 'The day after tomorrow', 20, 'it is changed there: %r' % fake.shown())
    shows_message(app, 'The day after tomorrow', timeout=10)
    assert fake.sent()[-1] == 'Tomorrow', fake.sent()
    until(lambda: composer(app).text() == 'Begun before', 10, 'what was begun is there again')
    picture('changed')


@t.case('a change that is refused says why and keeps the words, and is tried again')
def _():
    fake.tell('blocked editMessageText')
    menu(-1)
    app.find('menu item', 'Change the Text').mouse()
    until(lambda: composer(app).text() == 'The day after tomorrow', 10, 'the words of the message in the composer')
    composer(app).set_text('On Friday')
    keys('ctrl+Return')
    app.says('It was not changed to', timeout=20)
    app.says('The customer blocked this chat')
    check_accessible(app, 'a change that was refused')
    picture('change-refused')
    tab_to(app.find('button', 'Retry', showing=False), limit=160)
    keys('space')
    until(lambda: fake.shown()[-1] == 'On Friday', 20, 'it is changed there: %r' % fake.shown())
    shows_message(app, 'On Friday', timeout=10)
    app.gone('button', 'Retry')
    # What was pressed is gone; the keyboard stays at its message.
    assert menus()[-1].has('focused')


@t.case('a sign is put to what they wrote, by the keyboard, and taken away again')
def _():
    menu(0)
    app.find('menu item', 'Put a Sign').mouse()
    app.find('menu item', lambda name: name.endswith('Thumbs up'), timeout=10)
    picture('signs')
    check_accessible(app, 'signs to choose from')
    app.find('menu item', lambda name: name.endswith('Heart')).mouse()
    until(lambda: fake.tell('sign 1') == '\u2764', 20, 'the sign is there: %r' % fake.tell('sign 1'))
    ours = app.find('button', lambda name: name.startswith('You put ') and name.endswith('Take it away') and 'on its way' not in name, timeout=10, showing=False)
    check_accessible(app, 'a sign of ours')
    tab_to(ours, limit=160)
    picture('sign')
    keys('space')
    until(lambda: fake.tell('sign 1') == '', 20, 'the sign is gone')
    app.gone('button', lambda name: name.startswith('You put '))
    assert menus()[0].has('focused')


@t.case('a message is taken back: it is asked first, and kept here')
def _():
    menu(-1)
    app.find('menu item', 'Take Back…').mouse()
    app.find('alert', 'Take This Message Back?', timeout=10)
    check_accessible(app, 'whether to take it back')
    picture('take-back')
    app.find('button', 'Take Back').mouse()
    until(lambda: 'On Friday' not in fake.shown(), 20, 'it is gone there: %r' % fake.shown())
    app.says('The customer does not see it any more', timeout=10)
    shows_message(app, 'On Friday')
    picture('taken-back')
    composer(app).set_text('')


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


@t.case('its menu offers nothing that only mail has')
def _():
    tab_to(app.find('filler', 'Messages').find_all('toggle button', 'Message menu', showing=False)[-1], limit=120)
    keys('space')
    app.find('menu item', 'Copy Text')
    for name in ('Reply All', 'Show Headers and Source', 'Save as Mail File…'):
        assert not app.find_all('menu item', name), name
    keys('Escape')
    app.gone('menu item', 'Copy Text')


@t.case('its settings are those of a chat, and it can be tried out')
def _():
    while not app.find_all('button', 'Account Settings'):
        app.find('button', 'Back').rest().mouse()
        time.sleep(20 * PAUSE)
    app.find('button', 'Account Settings').mouse()
    dialog = app.find('dialog', 'Account Settings')
    for name in ('Server', 'Signature'):
        assert not [node for node in dialog.find_all(None, name, showing=False) if node.has('visible')], name
    check_accessible(app, 'the settings of a chat')
    picture('account')
    press(dialog.find('button', 'Try It Out', showing=False))
    app.says('Works', timeout=20)
    assert not app.find_all('list item', 'Looking at the folders')
    picture('tried')
    # The first leads back from the trial.
    keys('Escape')
    app.gone('list', 'Steps of the test')
    tab_to(dialog.find('text', 'Name customers see', showing=False))
    keys('ctrl+a')
    type_text('The Mugs')
    press(dialog.find('button', 'Save', showing=False))
    until(lambda: not dialog.find('button', 'Save', showing=False).has('sensitive'), 10, 'it is saved')
    keys('Escape')
    app.gone('dialog', 'Account Settings')
    app.find('list item', lambda name: name.startswith('The Mugs, '), timeout=10)


if app and app.process.poll() is None:
    app.quit()
fake.end()
sys.exit(t.done())

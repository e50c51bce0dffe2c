#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Matrix, SMS and WhatsApp are added in the window: what is wrong is told before anything is kept. And the templates that WhatsApp takes after its 24 hours."""
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
import fakechats
from story import choose_kind, choose_path, find_row, leave_first_steps, mostrador, open_row, press, shows_message, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
fake = fakechats.Fake()
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'chat-accounts-%s.png' % name))


def fill(dialog, field, text):
    found = dialog.find('text', field, showing=False)
    found.set_text(text)
    # What is secret is shown as so many dots.
    until(lambda: found.text() == text or len(found.text()) == len(text), 5, '%r in %r' % (text, field))
    return found


def enter(dialog, field, text):
    """by keyboard: there, filled in, and Enter"""
    tab_to(fill(dialog, field, text), limit=80)
    keys('Return')


def server(dialog, title, url=None):
    """the folded rows, opened, and another server than the usual one"""
    if not dialog.find_all('text', title, showing=False) or not dialog.find('text', title, showing=False).has('showing'):
        if dialog.find_all('button', 'Advanced', showing=False):
            press(dialog.find('button', 'Advanced', showing=False))
        else:
            press(dialog.find('list item', 'Advanced', showing=False))
    fill(dialog, title, url or fake.url)


def add(kind, title):
    keys('ctrl+shift+n')
    return choose_kind(app, kind, title)


def try_it(dialog):
    press(dialog.find('button', 'Try It Out', showing=False))


def finish(title):
    press(app.find('dialog', title).find('button', 'Finish'))
    app.gone('dialog', title, timeout=20)


@t.case('Matrix: a name that cannot be one, and a password that is wrong, are told')
def _():
    global app
    app = mostrador('--profile', profile)
    app.find('button', 'Add an Account', timeout=20).mouse()
    app.find('dialog', 'Add an Account')
    picture('kinds')
    dialog = choose_kind(app, 'Matrix', 'Add Matrix')
    check_accessible(app, 'set-up of Matrix')
    picture('matrix')
    for text in ('Nothing is lost', 'Not encrypted', 'Who can read it'):
        assert any(text in node.name for node in dialog.walk()), text
    fill(dialog, 'Matrix name, as in @shop:example.org', 'shop')
    enter(dialog, 'Password', 'wrong')
    dialog.says('cannot be right')
    assert not fake.asked, fake.asked
    fill(dialog, 'Matrix name, as in @shop:example.org', fakechats.USER)
    # Nobody listens there: what is to be done is said, and nothing that would happen by itself.
    server(dialog, 'Homeserver, where its name does not lead there', 'http://127.0.0.1:1')
    try_it(dialog)
    dialog.says('Check the network and the address, then try again.', timeout=20)
    fill(dialog, 'Homeserver, where its name does not lead there', fake.url)
    try_it(dialog)
    dialog.says('The name or the password is wrong', timeout=20)
    check_accessible(app, 'a password that is refused')
    picture('matrix-refused')


@t.case('… and with the right one it says whose it is; the password is not what is kept')
def _():
    dialog = app.find('dialog', 'Add Matrix')
    enter(dialog, 'Password', fakechats.PASSWORD)
    dialog.says('Mug Shop', timeout=20)
    dialog.says('https://matrix.to/#/@shop:example.org')
    picture('matrix-found')
    finish('Add Matrix')
    leave_first_steps(app)
    until(lambda: 'GET /_matrix/client/v3/sync' in fake.asked, 20, 'it is looked')


@t.case('SMS: what is no account SID is told without asking, a wrong token and another number by asking')
def _():
    dialog = add('SMS', 'Add SMS')
    check_accessible(app, 'set-up of SMS')
    picture('sms')
    fill(dialog, 'Your number, with its country', '+49 30 901820')
    fill(dialog, 'Account SID', 'AC12')
    fill(dialog, 'Auth token, or the API key’s secret', 'wrong')
    server(dialog, 'Another server than Twilio’s')
    asked = len(fake.asked)
    try_it(dialog)
    dialog.says('cannot be right')
    assert not [path for path in fake.asked[asked:] if '2010' in path], fake.asked
    fill(dialog, 'Account SID', fakechats.SID)
    try_it(dialog)
    dialog.says('Twilio refused the key', timeout=20)
    picture('sms-refused')
    fill(dialog, 'Auth token, or the API key’s secret', fakechats.TOKEN)
    enter(dialog, 'Your number, with its country', '+49 30 000000')
    dialog.says('Twilio does not let this number be used', timeout=20)


@t.case('… and an API key is a way in, too')
def _():
    dialog = app.find('dialog', 'Add SMS')
    fill(dialog, 'Your number, with its country', '0049 (30) 90-1820')
    fill(dialog, 'API key SID, where you use one', fakechats.KEY)
    enter(dialog, 'Auth token, or the API key’s secret', 'secret-of-the-key')
    dialog.says('Mug Shop', timeout=20)
    dialog.says(fakechats.NUMBER)
    finish('Add SMS')


@t.case('the program quits, and nothing leaked')
def _():
    global app
    app.quit()
    app = mostrador('--profile', profile)
    app.find('list', 'Views', timeout=20)


@t.case('SMS with files: the letter box is made, and one that hands none out is told')
def _():
    dialog = add('SMS', 'Add SMS')
    path = os.path.join(folder.name, 'files.php')
    press(dialog.find('button', 'Save the Letter Box…', showing=False))
    choose_path(app, path, 'Save the Letter Box')
    dialog.says('files.php is saved', timeout=20)
    fake.put_box(path)
    enter(dialog, 'Address of the letter box', fake.url + '/relay.php')
    dialog.says('This letter box hands no files out', timeout=20)
    check_accessible(app, 'a letter box of before')
    picture('sms-box')
    fake.hands_out = True
    enter(dialog, 'Address of the letter box', fake.url + '/relay.php')
    dialog.says('The letter box works', timeout=20)
    keys('Escape')
    if app.find_all('button', 'Discard'):
        press(app.find('button', 'Discard'))
    app.gone('dialog', 'Add SMS')


@t.case('WhatsApp: the letter box is made, put on the web space and tried; what is written to it is a row')
def _():
    dialog = add('WhatsApp', 'Add WhatsApp')
    check_accessible(app, 'set-up of WhatsApp')
    picture('whatsapp')
    fill(dialog, 'Phone number ID', fakechats.NUMBER_ID)
    fill(dialog, 'WhatsApp Business account ID, for templates', fakechats.BUSINESS)
    fill(dialog, 'Token', fakechats.GRAPH_TOKEN)
    path = os.path.join(folder.name, 'relay.php')
    enter(dialog, 'App secret', '0123456789abcdef')
    choose_path(app, path, 'Save the Letter Box')
    dialog.says('relay.php is saved', timeout=20)
    enter(dialog, 'Address of the letter box', fake.url + '/relay.php')
    dialog.says('The letter box does not know this key', timeout=20)
    fake.put_box(path)
    enter(dialog, 'Address of the letter box', fake.url + '/relay.php')
    dialog.says('The letter box works', timeout=20)
    picture('whatsapp-box')
    server(dialog, 'Another server than Meta’s')
    try_it(dialog)
    dialog.says('Mug Shop', timeout=20)
    dialog.says('https://wa.me/4930901820')
    finish('Add WhatsApp')
    fake.letter('Do you ship to Chile?')
    find_row(app, 'Do you ship to Chile?', timeout=30)
    picture('whatsapp-row')


def templates():
    return [one for one in list(fake.sent) if one.get('type') == 'template']


@t.case('after the 24 hours a template is chosen, filled in, read as the customer will read it, and sent once')
def _():
    fake.letter('Is my order still coming?', who='491701234568', name='Mark Jones', ago_s=25 * 3600)
    open_row(app, 'Is my order still coming?', timeout=30)
    keys('ctrl+r')
    app.says('The time for an answer is over', timeout=10)
    app.find('button', 'Send a Template…').rest().mouse()
    dialog = app.find('dialog', 'Send a Template')
    # Those that are approved and can be filled in here, and no others.
    until(lambda: dialog.find_all('list item', lambda name: name.startswith('order shipped')), 20, 'the templates')
    for gone in ('autumn sale', 'with picture'):
        assert not dialog.find_all('list item', lambda name, gone=gone: name.startswith(gone)), gone
    check_accessible(app, 'templates to choose from')
    picture('templates')
    type_text('pedido')
    until(lambda: not dialog.find_all('list item', lambda name: name.startswith('order shipped')), 5, 'one that has the word')
    keys('ctrl+a')
    type_text('shipped')
    until(lambda: dialog.find_all('list item', lambda name: name.startswith('order shipped')), 5, 'the other one')
    keys('Return')
    send = dialog.find('button', 'Send')
    until(lambda: dialog.find_all('text', lambda name: name.startswith('Heading')), 5, 'what is to be filled in')
    assert not send.has('sensitive')
    for word in ('1042', 'Mark', 'Tuesday'):
        type_text(word)
        keys('Tab')
    dialog.says('Hello Mark, your parcel left us today. It arrives on Tuesday.')
    check_accessible(app, 'a template that is filled in')
    picture('template')
    until(lambda: send.has('sensitive'), 5, 'it can be sent')
    press(send)
    app.gone('dialog', 'Send a Template', timeout=20)
    shows_message(app, 'It arrives on Tuesday.', timeout=20)
    # That its message was read is told as well.
    until(lambda: templates(), 20, 'it is there')
    [sent] = templates()
    assert (sent['to'], sent['template']['name'], sent['template']['language']['code']) == ('491701234568', 'order_shipped', 'en_US'), sent
    assert [[one['text'] for one in part['parameters']] for part in sent['template']['components']] == [['1042'], ['Mark', 'Tuesday']], sent
    picture('template-sent')


@t.case('templates that cannot be seen say why, and are asked for again')
def _():
    fake.trouble = 'down'
    app.find('button', 'Send a Template…').rest().mouse()
    dialog = app.find('dialog', 'Send a Template')
    again = dialog.find('button', 'Try Again', timeout=40)
    picture('template-trouble')
    fake.trouble = None
    press(again)
    until(lambda: dialog.find_all('list item', lambda name: name.startswith('order shipped')), 20, 'the templates')
    keys('Escape')
    app.gone('dialog', 'Send a Template')
    assert len(templates()) == 1, templates()


# GTK 4.18 keeps what its file dialog was reading of a folder, so that nothing can be said of leaks here.
if app and app.process.poll() is None:
    app.kill()
fake.end()
sys.exit(t.done())

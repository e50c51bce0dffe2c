#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers by keyboard: found by what they are, changed, suggested, merged with a preview, split, two again, exported, and one erased for good."""
import json
import os
import sys
import tempfile
import time
import zipfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, find_row, mostrador, pick, press, rows, selected_row, tab_to
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)
names = []
folder = tempfile.TemporaryDirectory()


def dialog():
    return app.find('dialog', 'Customers')


def customers():
    return [row.name for found in dialog().find_all('list', 'Customers') for row in found.find_all('list item')]


def search(text):
    keys('ctrl+a')
    type_text(text)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'customers-%s.png' % name))


def fill(name, text):
    """a row of the open customer, by keyboard: it may lie below the edge"""
    tab_to(dialog().find('text', name, showing=False), 60)
    keys('ctrl+a')
    type_text(text)
    keys('Return')


def named(name):
    """a button of the open customer, be it below the edge"""
    return dialog().find('button', name, timeout=10, showing=False)


def not_there(name):
    until(lambda: not dialog().find_all('button', name, showing=False), 10, '%r is gone' % name)


def to_list():
    keys('Escape')
    app.gone('text', 'Name')


def open_first(name):
    keys('Return')
    app.find('text', 'Name', timeout=10)
    until(lambda: dialog().find('text', 'Name').text() == name, 10, name + ' is shown')


def open_sample():
    """the program, at the customer of its first conversation"""
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('ctrl+g', 'Home')
    until(lambda: selected_row(app), 5, 'a conversation is shown')
    keys('F2')
    app.find('text', 'Name', timeout=10)


@t.case('F2 opens the customer of the conversation, and the keyboard is there; Escape leads out')
def _():
    open_sample()
    until(lambda: any(node.has('focused') for node in dialog().walk()), 5, 'the keyboard is in the dialog')
    keys('Escape')
    app.gone('text', 'Name')
    until(lambda: any(node.has('focused') for node in dialog().walk()), 5, 'the keyboard is still in the dialog')
    keys('Escape')
    app.gone('dialog', 'Customers')


@t.case('the list: found by the beginning of a name')
def _():
    keys('ctrl+F12')
    until(lambda: len(customers()) > 10, 10, 'customers are listed')
    check_accessible(dialog(), 'customers')
    # Letters that every keyboard has.
    names.extend([name for name in customers() if name.isascii() and name.replace(' ', '').isalpha()][:2])
    until(lambda: dialog().find('entry', 'Search customers').has('focused'), 5, 'the keyboard is in the search')
    search('zzzz')
    dialog().says('Nobody Found')
    press(dialog().find('button', 'All Customers'))
    until(lambda: len(customers()) > 10, 10, 'all of them again')
    until(lambda: dialog().find('entry', 'Search customers').has('focused'), 5, 'the keyboard is in the search')


@t.case('a company is kept as it is typed, and an undo takes it back')
def _():
    search(names[0])
    until(lambda: names[0] in customers(), 10, 'found')
    open_first(names[0])
    check_accessible(dialog(), 'a customer')
    tab_to(dialog().find('text', 'Company'))
    type_text('Flores')
    keys('Return')
    # By its key, for as long as the dialog is open: the toast may be gone. A text would undo for itself.
    tab_to(dialog().find('check box', 'VIP'))
    until(lambda: dialog().find('text', 'Company').text() == '' or (keys('ctrl+z'), time.sleep(1))[1], 10, 'the company is gone again')


@t.case('another one becomes part of this one, as the preview says; and they are two again')
def _():
    tab_to(dialog().find('button', 'Merge Another Customer…'))
    keys('Return')
    until(lambda: dialog().find('entry', 'Search customers').has('focused'), 5, 'the keyboard is in the search')
    type_text(names[1])
    until(lambda: customers() and customers()[0] == names[1], 10, 'the other one is found')
    keys('Return')
    preview = app.find('dialog', 'Merge Customers')
    check_accessible(preview, 'merge')
    preview.says('It can be taken back at any time')
    until(lambda: preview.find('button', 'Merge').has('focused'), 5, 'the keyboard is on Merge')
    keys('Return')
    # The toast that says it may be gone before a busy machine has looked.
    back = dialog().find('button', 'Take the merge of %s back' % names[1], timeout=20, showing=False)
    tab_to(back)
    keys('space')
    until(lambda: not dialog().find_all('button', 'Take the merge of %s back' % names[1], showing=False), 20, 'they are two again')


@t.case('an address that is somebody else’s becomes a customer of its own, and an undo makes them one again')
def _():
    fill('Add an Address or Phone Number', 'zoe@home.example')
    split = named('Make a customer of zoe@home.example and its conversations')
    check_accessible(dialog(), 'addresses')
    picture('addresses')
    # It stands before the row of the address to be added, where the keyboard is.
    for _ in range(10):
        if not split.has('focused'):
            keys('shift+Tab')
            time.sleep(3 * PAUSE)
    keys('space')
    not_there('Remove zoe@home.example')
    keys('ctrl+z')
    named('Remove zoe@home.example')
    named('Make a customer of zoe@home.example and its conversations').click()
    not_there('Remove zoe@home.example')
    to_list()
    search('zoe@home')
    until(lambda: len(customers()) == 1 and names[0] not in customers(), 10, 'they are a customer of their own')


@t.case('who has the same number is suggested with the reason, and not any more once somebody says so')
def _():
    for name in reversed(names):
        search(name)
        until(lambda: name in customers(), 10, 'found')
        open_first(name)
        fill('Phone', '+34 600 111 222')
        if name == names[1]:
            to_list()
    named('%s is not the same person' % names[1])
    until(lambda: any('the same phone number' in node.name for node in dialog().walk()), 10, 'the reason')
    check_accessible(dialog(), 'a suggestion')
    picture('suggestion')
    named('Merge %s into this customer…' % names[1]).click()
    preview = app.find('dialog', 'Merge Customers')
    until(lambda: preview.find('button', 'Merge').has('focused'), 5, 'the keyboard is on Merge')
    picture('merge')
    keys('Escape')
    app.gone('dialog', 'Merge Customers')
    named('%s is not the same person' % names[1]).click()
    not_there('%s is not the same person' % names[1])


@t.case('a VIP is found by being one; who is new, returns or is unhappy is shown, or it says why nobody is')
def _():
    press(dialog().find('check box', 'VIP', showing=False))
    to_list()
    search('')
    keys('BackSpace')
    until(lambda: len(customers()) > 10, 10, 'customers are listed')
    shown = 'All'
    for kind in ('Returning', 'Unhappy', 'New', 'VIP'):
        pick(dialog(), shown, kind)
        until(lambda: customers() or dialog().find_all('label', lambda name: name.startswith('Nobody ')), 10, kind)
        check_accessible(dialog(), kind)
        picture(kind.lower())
        shown = kind
    until(lambda: names[0] in customers() and len(customers()) < 10, 10, 'the VIPs alone')
    tab_to(dialog().find('list item', names[0]))
    keys('Return')
    app.find('text', 'Name', timeout=10)
    press(dialog().find('check box', 'VIP', showing=False))
    to_list()
    until(lambda: names[0] not in customers(), 10, 'they are none any more')
    pick(dialog(), 'VIP', 'All')
    tab_to(dialog().find('entry', 'Search customers'))
    search(names[0])
    until(lambda: names[0] in customers(), 10, 'found')
    open_first(names[0])


@t.case('a customer leads to all their conversations, and to a message to them')
def _():
    tab_to(named('Show All Conversations'), 60)
    keys('Return')
    app.gone('dialog', 'Customers')
    app.find('grouping', names[0])
    until(lambda: selected_row(app) or rows(app), 10, 'their conversations')
    until(lambda: any(node.has('focused') for node in app.find('list', 'Conversations').walk()), 5, 'the keyboard is in the list')
    keys('ctrl+F12')
    until(lambda: len(customers()) > 10, 10, 'customers are listed')
    search(names[0])
    until(lambda: names[0] in customers(), 10, 'found')
    open_first(names[0])
    named(lambda name: name.startswith('Write to ')).click()
    app.gone('dialog', 'Customers')
    app.says('New Message')
    keys('Escape')
    keys('ctrl+F12')
    until(lambda: len(customers()) > 10, 10, 'customers are listed')
    search(names[0])
    until(lambda: names[0] in customers(), 10, 'found')
    open_first(names[0])


@t.case('an erasure says what goes, wants the name typed, and leaves nobody')
def _():
    tab_to(dialog().find('button', 'Erase for Good…'))
    keys('Return')
    sure = app.find('alert', 'Erase This Person for Good?')
    check_accessible(sure, 'erase')
    erase = sure.find('button', 'Erase')
    assert not erase.has('sensitive'), erase
    type_text(names[0])
    until(lambda: sure.find('button', 'Erase').has('sensitive'), 5, 'it may be erased')
    picture('erase')
    # Who has no keyboard for a name types where they write from, which stands there to be copied.
    address = [line for line in sure.find('label', lambda name: names[0] in name and '@' in name).name.split('\n') if '@' in line][0].strip('\u2068\u2069')
    keys('ctrl+a')
    type_text('somebody@else.example')
    until(lambda: not sure.find('button', 'Erase').has('sensitive'), 5, 'nobody else')
    keys('ctrl+a')
    type_text(address.upper())
    until(lambda: sure.find('button', 'Erase').has('sensitive'), 5, 'it may be erased by the address')
    tab_to(sure.find('button', 'Erase'))
    keys('space')
    dialog().says('Erased; a receipt without names was kept')
    until(lambda: names[0] not in customers(), 10, 'nobody of that name is left')
    keys('Escape')
    app.gone('dialog', 'Customers')
    app.quit()


# Last, and not ended by quitting: GTK's own file dialog loses what it was reading, so that nothing can be said of leaks after one.
@t.case('all that is known of one goes into a file')
def _():
    path = os.path.join(folder.name, 'person.zip')
    open_sample()
    until(lambda: dialog().find('text', 'Name').text(), 10, 'somebody is shown')
    name = dialog().find('text', 'Name').text()
    tab_to(named('Export All That Is Known…'), 60)
    keys('Return')
    choose_path(app, path, 'Export All That Is Known')
    until(lambda: os.path.exists(path) and zipfile.is_zipfile(path), 20, 'the file')
    with zipfile.ZipFile(path) as file:
        [page] = [one for one in file.namelist() if one.endswith('.html')]
        [data] = [one for one in file.namelist() if one.endswith('.json')]
        assert name in file.read(page).decode() and name in json.dumps(json.loads(file.read(data)), ensure_ascii=False), file.namelist()


if app and app.process.poll() is None:
    app.kill()
folder.cleanup()
sys.exit(t.done())

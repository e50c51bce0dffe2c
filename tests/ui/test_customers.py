#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers by keyboard: found, changed, merged with a preview, two again, and one erased for good."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, selected_row, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)
names = []


def dialog():
    return app.find('dialog', 'Customers')


def customers():
    return [row.name for found in dialog().find_all('list', 'Customers') for row in found.find_all('list item')]


def search(text):
    keys('ctrl+a')
    type_text(text)


def open_first(name):
    keys('Return')
    app.find('text', 'Name', timeout=10)
    until(lambda: dialog().find('text', 'Name').text() == name, 10, name + ' is shown')


@t.case('F2 opens the customer of the conversation, and the keyboard is there; Escape leads out')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('ctrl+g', 'Home')
    until(lambda: selected_row(app), 5, 'a conversation is shown')
    keys('F2')
    app.find('text', 'Name', timeout=10)
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


@t.case('a company is kept as it is typed, and an undo takes it back')
def _():
    search(names[0])
    until(lambda: names[0] in customers(), 10, 'found')
    open_first(names[0])
    check_accessible(dialog(), 'a customer')
    tab_to(dialog().find('text', 'Company'))
    type_text('Flores')
    keys('Return')
    dialog().says('Customer changed')
    tab_to(dialog().find('button', 'Undo'))
    keys('space')
    until(lambda: dialog().find('text', 'Company').text() == '', 10, 'the company is gone again')


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
    dialog().says('Merged into one customer')
    back = dialog().find('button', 'Take the merge of %s back' % names[1], timeout=10)
    tab_to(back)
    keys('space')
    dialog().says('They are two customers again')
    app.gone('button', 'Take the merge of %s back' % names[1])


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
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'customers-erase.png'))
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


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The customer beside the conversation: who, what was ordered, what was written; and from a number that a telephone shows to the conversation."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, open_any
from uidrive import check_accessible, keys, record_failures, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)


def focused_name():
    return ' '.join(n.name for n in app.walk() if n.has('focused'))


@t.case('the order that a conversation names stands first, and opens')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    open_any(app, 'Your order FL-1954 has shipped')
    app.says('VIP')
    app.find('button', 'Copy tom.obrien@mail.example')
    orders = [n for n in app.find_all('list item') if 'FL-' in n.name and 'FL-1954' not in n.name]
    first = app.find('list item', lambda name: 'FL-1954' in name)
    assert orders and first, 'the orders are there'
    check_accessible(app, 'customer')
    first.rest().mouse()
    app.find('button', 'Copy order number FL-1954')
    app.find('link', 'Follow at DPD')
    check_accessible(app, 'customer with an order')


@t.case('another conversation of the customer opens')
def _():
    row = app.find('list item', lambda name: name.endswith('Wrong size sent'))
    row.focus()
    keys('Return')
    app.says('I ordered the large Orkney throw and the small one turned up')
    app.find('list item', lambda name: 'FL-1902' in name)


@t.case('"Who is this?" finds a customer by a phone number in another spelling')
def _():
    keys('F12')
    dialog = app.find('dialog', 'Who Is This?')
    until(lambda: [n for n in dialog.walk() if n.has('focused')], 5, 'the keyboard is in the dialog')
    type_text('0034 600-000-041')
    dialog.find('list item', lambda name: 'Ana García Ruiz' in name)
    check_accessible(dialog, 'who is this')
    keys('Return')
    until(lambda: 'Ana García Ruiz' in focused_name(), 5, 'the row has the keyboard')
    keys('Return')
    app.gone('dialog', 'Who Is This?')
    app.find('button', 'Copy ana.garcia@correo.example')


@t.case('by an order number it leads to a new message')
def _():
    keys('F12')
    dialog = app.find('dialog', 'Who Is This?')
    until(lambda: [n for n in dialog.walk() if n.has('focused')], 5, 'the keyboard is in the dialog')
    type_text('2033')
    dialog.find('button', 'Write to emma.whitfield@mail.example').click()
    app.gone('dialog', 'Who Is This?')
    app.says('emma.whitfield@mail.example')
    app.says('New Message')


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

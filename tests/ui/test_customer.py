#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The customer beside the conversation: who, what was ordered, what was written; and from a number that a telephone shows to the conversation."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, open_any, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

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
    open_any(app, 'Rücksendung der Decke')
    app.find('button', 'Copy lena.vogel@post.example')
    # Isolated, for a number must not turn a sentence around: so it is none of the list of conversations.
    first = app.find('list item', lambda name: name.startswith('\u2068FL-1987'))
    check_accessible(app, 'customer')
    first.rest().mouse(ry=0.3)
    app.find('button', 'Copy order number FL-1987')
    app.find('list item', lambda name: name.endswith('Follow at DHL'))
    check_accessible(app, 'customer with an order')


@t.case('another conversation of the customer opens')
def _():
    # What the first one is about is accepted with its key, so that the other one can say it.
    app.find('button', lambda name: name.startswith('Set the category: Return'))
    keys('shift+F11')
    app.find('button', lambda name: name.startswith('Category: Return'))
    row = app.find('list item', lambda name: name.endswith('Waschanleitung'))
    tab_to(row, 60)
    keys('Return')
    # Each is the other's other one.
    earlier = app.find('list item', lambda name: name.endswith('Rücksendung der Decke «Nebel»') and '#' not in name)
    until(lambda: any('Return' in part.name and 'Faro y Lana' in part.name for part in earlier.walk()), 5, 'it says its category')
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'customer-category.png'))


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

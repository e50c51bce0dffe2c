#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search of the sample shop, by keyboard: operators and values completed as one types, hints, help, former searches."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, no_row
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)

PICTURES = os.environ.get('MOS_UI_PICTURES')


def entry():
    return app.find('entry', 'Search all messages')


def says(text):
    until(lambda: entry().text() == text, 5, 'the entry says %r, not %r' % (text, entry().text()))


def picture(name):
    if PICTURES:
        shot(os.path.join(PICTURES, 'search-%s.png' % name))


def again():
    keys('ctrl+a')
    keys('BackSpace')
    says('')


@t.case('the sample shop opens, and its search')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, 'Cancelar pedido FL-2044', timeout=30)
    keys('ctrl+f')
    until(lambda: any(n.has('focused') for n in entry().walk()), 5, 'focus in the search')


@t.case('an operator and its value are completed')
def _():
    type_text('stat')
    app.find('list item', lambda name: name.startswith('status:'))
    check_accessible(app, 'operators')
    picture('operators')
    keys('Tab')
    says('status:')
    app.find('list item', 'closed')
    type_text('clo')
    app.gone('list item', 'open')
    keys('Tab')
    says('status:closed ')
    no_row(app, 'Cancelar pedido FL-2044')


@t.case('the channels of the accounts are offered')
def _():
    again()
    type_text('channel:')
    for kind in ('email', 'telegram', 'whatsapp'):
        app.find('list item', lambda name, kind=kind: name.startswith(kind))
    type_text('tele')
    app.gone('list item', lambda name: name.startswith('email'))
    keys('Tab')
    says('channel:telegram ')


@t.case('a word is found while it is being written')
def _():
    again()
    type_text('cance')
    find_row(app, 'Cancelar pedido FL-2044')
    again()
    type_text('FL-204')
    find_row(app, 'Cancelar pedido FL-2044')


@t.case('Escape closes what is offered first, then the search')
def _():
    again()
    type_text('is:')
    app.find('list item', lambda name: name.startswith('unread'))
    keys('Escape')
    app.gone('list item', lambda name: name.startswith('unread'))
    says('is:')
    keys('Escape')
    app.gone('entry', 'Search all messages')
    find_row(app, 'Cancelar pedido FL-2044')


@t.case('what is no operator is text, and is said to be')
def _():
    keys('ctrl+f')
    again()
    type_text('subjct:merina lana')
    app.says('Did you mean “subject”?')
    picture('hint')
    again()
    type_text('larger:big lana')
    app.says('Example: “larger:2M”')
    again()
    type_text('subject:merina')
    find_row(app, 'Oferta de lana merina')


@t.case('the list of operators writes one')
def _():
    again()
    app.find('toggle button', 'What can be searched for').mouse()
    row = app.find('list item', lambda name: name.startswith('from:'))
    check_accessible(app, 'help')
    picture('help')
    row.mouse()
    says('from:')


@t.case('a former search is offered again')
def _():
    again()
    type_text('merina')
    find_row(app, 'Oferta de lana merina')
    keys('Return')
    keys('ctrl+f')
    again()
    keys('Down')
    app.find('list item', 'merina')
    keys('Down')
    keys('Return')
    says('merina')
    keys('Escape')


@t.case('the program quits, and nothing leaked')
def _():
    app.quit()


sys.exit(t.done())

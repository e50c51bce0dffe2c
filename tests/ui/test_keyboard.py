#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortcuts' table tried out on the sample shop: the mouse is not touched once."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import composer, find_row, mostrador, no_row, row_says, rows, selected_row, shows_message, single_keys, tab_to, view_counts, view_of
from uidrive import PAUSE, keys, record_failures, type_text, until

FIRST = 'Cancelar pedido FL-2044'
SECOND = 'Cambio de dirección del pedido FL-2045'

t = tap.Tap()
app = None
record_failures(t, lambda: app)


def selected(text):
    until(lambda: text in (selected_row(app) or ''), 5, '%r is selected, not %r' % (text, selected_row(app)))


def focus_within(role, name):
    until(lambda: any(n.has('focused') for n in app.find(role, name).walk()), 5, 'focus in %s %r' % (role, name))


def info(text):
    """the line above the messages says it"""
    app.find('label', text)


@t.case('the sample shop opens')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, FIRST, timeout=30)
    single_keys(app)


@t.case('j and k, Page Down and Page Up with Ctrl, walk the list')
def _():
    keys('ctrl+g')
    focus_within('list', 'Conversations')
    keys('j')
    selected(FIRST)
    keys('j')
    selected(SECOND)
    keys('k')
    selected(FIRST)
    keys('ctrl+Next')
    selected(SECOND)
    keys('ctrl+Prior')
    selected(FIRST)


@t.case('r writes a reply, letters are text there and nothing else, Escape keeps the draft')
def _():
    keys('r')
    field = composer(app)
    until(lambda: field.has('focused'), 5, 'focus in the composer')
    type_text('jkrefotzcnum1234!')
    until(lambda: 'jkrefotzcnum1234!' in field.text(), 5, 'the letters, not %r' % field.text())
    selected(FIRST)
    assert FIRST in rows(app)[0] and 'Closed' not in rows(app)[0] and 'Urgent' not in rows(app)[0], rows(app)[0]
    keys('Escape')
    app.find('button', lambda name: name.startswith('Reply to '))
    view_counts(app, 'Drafts', '1 conversation')


@t.case('Shift+r, f and n write the other kinds')
def _():
    for key, kind in (('shift+r', 'Reply all'), ('f', 'Forward'), ('n', 'Note')):
        keys('ctrl+g', key)
        app.find('toggle button', kind)
        keys('Escape')
        app.gone('toggle button', kind)


@t.case('Tab leads through the composer and out of it, Shift+Tab back into it')
def _():
    keys('ctrl+g', 'r')
    field = composer(app)
    until(lambda: field.has('focused'), 5, 'focus in the composer')
    tab_to(app.find('button', 'Attach files'))
    tab_to(app.find('button', 'Send'))
    seen = []
    for _ in range(30):
        keys('shift+Tab')
        time.sleep(3 * PAUSE)
        if field.has('focused'):
            break
        seen += [n for n in app.walk() if n.has('focused')]
    assert field.has('focused'), seen
    keys('Escape')
    tab_to(view_of(app, 'All open'), limit=60)


@t.case('c writes to somebody new, and no key reaches what lies behind')
def _():
    keys('ctrl+g', 'j', 'k')
    selected(FIRST)
    keys('c')
    app.says('New Message')
    tab_to(app.find('button', 'Attach files'))
    type_text('e!1')
    keys('Delete', 'ctrl+e')
    time.sleep(5 * PAUSE)
    assert not app.find('button', 'Close').has('sensitive'), 'the hidden conversation can be closed'
    keys('Escape')
    app.gone('button', 'Attach files')
    row = find_row(app, FIRST).name
    assert 'Closed' not in row and 'Low' not in row, row
    view_counts(app, 'Closed', '29 conversations')


@t.case('m, 3, t and p change what the row says')
def _():
    keys('ctrl+g', 'j', 'k')
    selected(FIRST)
    keys('m')
    row_says(app, FIRST, 'Assigned to ')
    keys('shift+m')
    until(lambda: 'Assigned' not in find_row(app, FIRST).name, 5, 'nobody has it')
    keys('3')
    row_says(app, FIRST, 'High priority')
    keys('4')
    row_says(app, FIRST, 'Urgent')
    keys('2')
    until(lambda: 'Urgent' not in find_row(app, FIRST).name, 5, 'its priority is normal')
    keys('t')
    focus_within('entry', 'Find or add a tag')
    type_text('teclado')
    keys('Return', 'Escape')
    app.gone('dialog', 'Tags')
    row_says(app, FIRST, 'teclado')
    keys('p')
    row_says(app, FIRST, 'Waiting for customer')
    keys('o')
    until(lambda: 'Waiting for customer' not in find_row(app, FIRST).name, 5, 'it is open')


@t.case('u makes it unread')
def _():
    until(lambda: 'unread' not in find_row(app, FIRST).name, 5, 'it is read')
    # What happened just now in an open conversation counts as read a moment later.
    time.sleep(2)
    keys('u')
    row_says(app, FIRST, 'unread')


@t.case('e closes, z brings back')
def _():
    keys('ctrl+g', 'e')
    view_counts(app, 'Closed', '30 conversations')
    keys('z')
    view_counts(app, 'Closed', '29 conversations')
    find_row(app, FIRST)


@t.case('Shift+e closes and goes to the next')
def _():
    keys('ctrl+g', 'ctrl+4')
    while FIRST not in (selected_row(app) or ''):
        keys('k')
        time.sleep(5 * PAUSE)
    selected(FIRST)
    keys('shift+e')
    view_counts(app, 'Closed', '30 conversations')
    selected(SECOND)
    no_row(app, FIRST)
    keys('ctrl+z')
    view_counts(app, 'Closed', '29 conversations')


@t.case('Delete and y, ! and Ctrl+Shift+j')
def _():
    find_row(app, SECOND)
    keys('ctrl+g', 'Home')
    while SECOND not in (selected_row(app) or ''):
        keys('j')
        time.sleep(5 * PAUSE)
    keys('Delete')
    view_counts(app, 'Deleted', '1 conversation')
    keys('ctrl+z')
    view_counts(app, 'Deleted', 'no conversations')
    selected(SECOND)
    keys('exclam')
    view_counts(app, 'Spam', '2 conversations')
    keys('ctrl+z')
    view_counts(app, 'Spam', '1 conversation')


@t.case('s, a and the menu key open what they should')
def _():
    selected(SECOND)
    for key, name in (('s', 'Snooze Until'), ('a', 'Assign')):
        keys('ctrl+g', key)
        app.find('dialog', name)
        keys('Escape')
        app.gone('dialog', name)
    keys('ctrl+g', 'shift+F10')
    app.find('menu item', 'Internal Note')
    keys('Escape')
    app.gone('menu item', 'Internal Note')


@t.case('Return in the dialog of s snoozes')
def _():
    selected(SECOND)
    keys('ctrl+g', 's')
    app.find('dialog', 'Snooze Until')
    keys('Return')
    app.gone('dialog', 'Snooze Until')
    view_counts(app, 'Snoozed', '3 conversations')
    keys('ctrl+z')
    view_counts(app, 'Snoozed', '2 conversations')


@t.case('h snoozes until tomorrow')
def _():
    selected(SECOND)
    keys('h')
    view_counts(app, 'Snoozed', '3 conversations')
    keys('ctrl+z')
    view_counts(app, 'Snoozed', '2 conversations')


@t.case('/ searches, letters are text there, Escape leads back')
def _():
    keys('ctrl+g', 'slash')
    focus_within('entry', 'Search all messages')
    type_text('merina')
    find_row(app, 'Oferta de lana merina')
    no_row(app, FIRST)
    keys('Escape')
    find_row(app, FIRST)


@t.case('Ctrl and a digit choose a view, F9 the customer, ? the shortcuts')
def _():
    for digit, name in (('2', 'Unassigned'), ('7', 'Closed'), ('4', 'All open')):
        keys('ctrl+' + digit)
        app.find('grouping', name)
        assert view_of(app, name).has('selected'), name
    keys('ctrl+g', 'j')
    app.find('list', 'Contact')
    keys('F9')
    app.gone('list', 'Contact')
    keys('F9')
    app.find('list', 'Contact')
    keys('ctrl+g', 'question')
    app.find('dialog')
    app.says('Close and go to next')
    keys('Escape')
    app.gone('dialog')


@t.case('F6 goes round the panes, Shift+F6 the other way')
def _():
    keys('ctrl+g')
    focus_within('list', 'Conversations')
    keys('shift+F6')
    focus_within('list', 'Views')
    keys('F6')
    focus_within('list', 'Conversations')
    keys('F6')
    until(lambda: not any(n.has('focused') for n in app.find('list', 'Conversations').walk()), 5, 'the focus is in the conversation')
    keys('shift+F6')
    focus_within('list', 'Conversations')


@t.case('a note by keys alone')
def _():
    keys('ctrl+g', 'j', 'n')
    field = composer(app)
    until(lambda: field.has('focused'), 5, 'focus in the note')
    type_text('Ask the warehouse.')
    keys('ctrl+Return')
    shows_message(app, 'Ask the warehouse.')


@t.case('Ctrl+Q quits')
def _():
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

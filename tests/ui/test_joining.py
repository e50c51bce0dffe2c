#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Merge, split and move on the sample shop by keyboard alone, each taken back: from the toast, and long after from the event."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, no_row, rows, selected_row, tab_to
from uidrive import check_accessible, keys, record_failures, type_text, until

FIRST = 'Cancelar pedido FL-2044'
SECOND = 'Cambio de dirección del pedido FL-2045'

t = tap.Tap()
app = None
record_failures(t, lambda: app)


def selected(text):
    until(lambda: text in (selected_row(app) or ''), 10, '%r is selected, not %r' % (text, selected_row(app)))


def merge_into(text):
    """words, then Return goes to what they find, and a second one chooses it"""
    app.find('dialog', 'Merge Into…')
    type_text(text)
    row = app.find('list item', lambda name: text in name and '#' in name[:2], timeout=10)
    keys('Return')
    until(lambda: row.has('focused'), 5, 'what was found has the focus')
    keys('Return')
    app.gone('dialog', 'Merge Into…')
    app.says('These Are Two Customers')


@t.case('the sample shop opens')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, FIRST, timeout=30)
    keys('ctrl+g', 'ctrl+Next', 'ctrl+Prior')
    selected(FIRST)


@t.case('Shift+g asks where to; two customers are merged only after a question')
def _():
    keys('ctrl+shift+g')
    dialog = app.find('dialog', 'Merge Into…')
    check_accessible(dialog, 'merge dialog')
    merge_into('FL-2045')
    keys('Escape')
    find_row(app, FIRST)
    selected(FIRST)

    keys('ctrl+g', 'ctrl+shift+g')
    merge_into('FL-2045')
    tab_to(app.find('button', 'Merge'))
    keys('Return')
    no_row(app, FIRST)
    selected(SECOND)
    app.find('label', lambda name: 'into this' in name and FIRST in name)


@t.case('Ctrl+z makes them two again')
def _():
    keys('ctrl+z')
    find_row(app, FIRST, timeout=10)
    app.gone('button', 'Undo this merge')


@t.case('long after, the event itself takes it back')
def _():
    keys('ctrl+g', 'Home')
    until(lambda: FIRST in (selected_row(app) or '') or (keys('ctrl+Prior'), False)[1], 10, 'the first is selected')
    keys('ctrl+shift+g')
    merge_into('FL-2045')
    tab_to(app.find('button', 'Merge'))
    keys('Return')
    no_row(app, FIRST)
    selected(SECOND)
    # something else is done meanwhile
    keys('ctrl+g', 'shift+F3')
    until(lambda: 'High priority' in find_row(app, SECOND).name, 5, 'its priority is high')
    check_accessible(app, 'merged conversation')
    undo = app.find('button', 'Undo this merge')
    tab_to(undo, limit=80)
    keys('Return')
    find_row(app, FIRST, timeout=10)
    app.gone('button', 'Undo this merge')
    assert 'High priority' in find_row(app, SECOND).name, rows(app)


@t.case('Shift+v splits from a message on, v asks where a message belongs')
def _():
    keys('ctrl+f')
    type_text('FL-1954')
    find_row(app, 'FL-1954', timeout=10)
    keys('Return', 'Return')
    app.find('button', lambda name: name.startswith('Fold message from'), timeout=10)
    keys('F4')
    app.find('dialog', 'Move to…')
    keys('Escape')
    app.gone('dialog', 'Move to…')
    keys('ctrl+shift+b')
    dialog = app.find('dialog', 'Split Conversation')
    check_accessible(dialog, 'split dialog')
    tab_to(app.find('button', 'Open as New Conversation'), limit=60)
    keys('Return')
    app.gone('dialog', 'Split Conversation')
    app.find('label', lambda name: 'split this off from #' in name, timeout=10)
    check_accessible(app, 'split conversation')
    keys('ctrl+z')
    app.gone('button', 'Undo this split', timeout=10)


@t.case('it ends cleanly')
def _():
    app.quit()


t.done()
sys.exit(t.failed != 0)

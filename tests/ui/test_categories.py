#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Categories by keyboard: suggested with the reason, accepted by one key, taken back, dismissed, chosen from the list and for several."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, rows, selected_row
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

ROW = 'Cancelar pedido FL-2044'
SUGGESTED = 'Set the category: Cancellation'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'categories-%s.png' % name))


def category_is(name):
    app.find('button', 'Category: %s' % name)


@t.case('what the customer writes suggests one, with the reason; nothing is set')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, ROW, timeout=30)
    keys('ctrl+g', 'Home')
    until(lambda: ROW in (selected_row(app) or '') or (keys('ctrl+Prior'), False)[1], 10, 'the first is selected')
    button = app.find('button', SUGGESTED)
    assert 'cancelar' in button.description and 'Shift+F11' in button.description, button.description
    app.find('button', 'Do not suggest: Cancellation')
    assert not app.find_all('button', lambda name: name.startswith('Category: '))
    check_accessible(app, 'a suggested category')
    picture('suggested')


@t.case('one key accepts it, and it is taken back')
def _():
    keys('shift+F11')
    category_is('Cancellation')
    app.gone('button', SUGGESTED)
    app.says('set the category to')
    picture('set')
    keys('ctrl+z')
    app.find('button', SUGGESTED)
    app.gone('button', 'Category: Cancellation')


@t.case('dismissed it is not suggested any more, until that is taken back')
def _():
    keys('ctrl+shift+F11')
    app.gone('button', SUGGESTED)
    app.says('Not suggested here any more')
    keys('ctrl+z')
    app.find('button', SUGGESTED)


@t.case('another one is found by its name in the dialog')
def _():
    keys('ctrl+F11')
    dialog = app.find('dialog', 'Category')
    dialog.find('entry', 'Find a category')
    check_accessible(dialog, 'the choice of a category')
    picture('choose')
    type_text('refu')
    keys('Return')
    app.gone('dialog', 'Category')
    category_is('Refund, complex')


@t.case('several get one at once, and one undo takes it back from all')
def _():
    keys('ctrl+g', 'Home', 'shift+Down', 'shift+Down')
    app.says('3 chosen')
    keys('ctrl+F11')
    app.find('dialog', 'Category')
    type_text('invoice')
    keys('Return')
    app.says('Category of 3 conversations changed')
    keys('Escape')
    keys('ctrl+f')
    type_text('category:invoice')
    keys('Return')
    until(lambda: len(rows(app)) == 3, 10, 'three are found, not %r' % rows(app))
    keys('Escape', 'Escape')
    keys('ctrl+g')
    keys('ctrl+z')
    app.says('The category is as before')


@t.case('it ends cleanly')
def _():
    app.quit()


t.done()
sys.exit(t.failed != 0)

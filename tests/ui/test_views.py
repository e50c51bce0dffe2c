#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A view is made, used and changed by keyboard alone; three conversations are closed at once, stay greyed, and come back by one undo."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, rows, selected_row
from uidrive import PAUSE, check_accessible, keys, record_failures, type_text, until, xdo

STALE = 'No longer in this view'

t = tap.Tap()
app = None
record_failures(t, lambda: app)


def stale():
    return [name for name in rows(app) if STALE in name]


@t.case('Ctrl+Shift+V makes a view')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('ctrl+g', 'ctrl+shift+v')
    dialog = app.find('dialog', 'New View')
    check_accessible(dialog, 'view dialog')
    type_text('To do')
    keys('Tab')
    type_text('status:open')
    keys('Return')
    app.gone('dialog', 'New View')
    app.find('list', 'Your Views').find('list item', lambda name: name.startswith('To do, '))


@t.case('Shift and arrows choose three; one key closes them, and they stay, greyed')
def _():
    keys('ctrl+g', 'Home', 'shift+Down', 'shift+Down')
    app.says('3 chosen')
    check_accessible(app, 'three chosen')
    keys('ctrl+e')
    app.says('3 conversations closed')
    until(lambda: len(stale()) == 3, 10, 'three are greyed: %s' % stale())


@t.case('one undo brings all three back')
def _():
    keys('ctrl+z')
    until(lambda: not stale(), 10, 'none is greyed: %s' % stale())
    app.says('3 chosen')
    keys('Escape')
    until(lambda: not app.find_all('label', '3 chosen'), 5, 'nothing is chosen')


@t.case('a row that is pressed is the one that opens, although another goes from above it meanwhile')
def _():
    keys('ctrl+g', 'Home', 'Down')
    app.find('filler', 'Messages')
    keys('ctrl+e')
    until(lambda: len(stale()) == 1, 10, 'one is greyed: %s' % stale())
    wanted = next(row for row in app.find('list', 'Conversations').children()[3:] if '#' in row.name).rest()
    # The rest of its name changes as time goes on and once it is read.
    number = wanted.name[wanted.name.index('#') :]
    xdo('mousemove', *wanted.point())
    xdo('mousedown', '1')
    # As long as a hand takes.
    time.sleep(10 * PAUSE)
    xdo('mouseup', '1')
    until(lambda: not stale(), 5, 'none is greyed: %s' % stale())
    until(lambda: (selected_row(app) or '').endswith(number), 5, '%s is selected: %s' % (number, selected_row(app)))
    app.says('%s · Open' % number)
    keys('ctrl+z')


@t.case('it ends cleanly')
def _():
    app.quit()


t.done()
sys.exit(t.failed != 0)

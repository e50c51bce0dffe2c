#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Targets: what is overdue in the list, in its view and above the conversation; and the page that says within what time, by keyboard."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, press, rows, selected_row
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
NARROW = os.environ.get('UIS_SIZE', '').startswith('400')


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'targets-%s%s.png' % (name, '-narrow' if NARROW else '')))


def dialog():
    return app.find('dialog', 'Preferences')


def rule(name):
    return dialog().find('list item', lambda text: text.strip('\u200e').startswith(name), showing=False)


@t.case('what is overdue says so in the list, and is found')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, 'Answer overdue for', timeout=30)
    keys('ctrl+f')
    type_text('is:late')
    keys('Return')
    until(lambda: rows(app) and all('overdue for' in row for row in rows(app)), 10, 'only what is late, not %r' % rows(app))
    picture('late')
    keys('Escape', 'Escape')


@t.case('the view has the most pressing first, and the conversation says how that was worked out')
def _():
    keys('ctrl+shift+F4')
    until(lambda: rows(app) and all('overdue for' in row or ' due in ' in row or 'closed in' in row for row in rows(app)), 10, 'what is due, not %r' % rows(app))
    keys('ctrl+g', 'Home')
    until(lambda: 'overdue for' in (selected_row(app) or ''), 10, 'the first is overdue')
    pill = app.find('label', lambda name: 'overdue since' in name)
    assert 'The target of this channel' in pill.description, pill.description
    check_accessible(app, 'what is due')
    picture('view')


@t.case('another time is set, and taken back')
def _():
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Targets'), timeout=10))
    dialog().says('First answer: 2 h · Next answer: 2 h')
    check_accessible(app, 'the targets')
    picture('page')
    press(rule('E-mail'))
    number = dialog().find('spin button', 'First answer: how much time')
    check_accessible(app, 'one target')
    picture('rule')
    press(number)
    keys('ctrl+a')
    type_text('4')
    keys('Return', 'Escape')
    dialog().says('First answer: 4 h · Next answer: 2 h')
    # Not by the button of the message, which goes by itself after a while.
    keys('Escape')
    dialog().find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')
    keys('ctrl+g', 'ctrl+z')
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Targets'), timeout=10))
    dialog().says('First answer: 2 h · Next answer: 2 h')


@t.case('it ends cleanly')
def _():
    keys('Escape', 'Escape')
    app.quit()


t.done()
sys.exit(t.failed != 0)

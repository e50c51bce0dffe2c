#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shop's list of categories in the preferences, by keyboard: moved, added to, changed, made shorter and longer again."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import keeps_focus, mostrador, press, tab_to
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'categories-%s.png' % name))


def open_page():
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Categories'), timeout=10))


def close():
    keys('Escape')
    app.gone('list', 'Categories')
    app.find('dialog', 'Preferences').find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')


def page():
    return app.find('dialog', 'Preferences').find('list', 'Categories')


def items():
    """the categories, from above: each row that opens is an item in an item"""
    return [row.find('list item', lambda name: name != '', showing=False).name.strip('\u200e').split(',')[0] for row in page().children() if row.role == 'list item']


def back_to(node, limit=60):
    # All the way round: on a busy machine one that has the keyboard may tell so too late.
    for _ in range(limit):
        if keeps_focus(node):
            return node
        keys('shift+Tab')
        time.sleep(3 * PAUSE)
    raise AssertionError('Shift+Tab does not reach %r' % node)


@t.case('one is moved, and the keyboard goes along')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    open_page()
    until(lambda: items()[:2] == ['Order status', 'Late delivery'], 5, 'the list')
    check_accessible(app, 'the categories')
    picture('list')
    down = page().find('button', 'Move down: Order status')
    press(down)
    until(lambda: items()[:2] == ['Late delivery', 'Order status'], 5, 'it is below')
    until(lambda: down.has('focused'), 5, 'the keyboard goes along')
    press(back_to(page().find('button', 'Move up: Order status')))
    until(lambda: items()[:2] == ['Order status', 'Late delivery'], 5, 'it is above')
    until(lambda: down.has('focused'), 5, 'the keyboard has the only way left')


@t.case('one is added, and no name twice')
def _():
    field = back_to(app.find('dialog', 'Preferences').find('text', 'Add a Category', showing=False))
    type_text('Wholesale')
    keys('Return')
    until(lambda: items()[-1] == 'Wholesale', 5, 'it is the last')
    until(lambda: field.text() == '', 5, 'the next one may be typed')
    type_text('refund')
    keys('Return')
    app.says('There is a category of this name already')
    keys('ctrl+a', 'Delete')


@t.case('it is renamed and made complex')
def _():
    up = back_to(page().find('button', 'Move up: Wholesale'))
    keys('shift+Tab', 'space')
    name = page().find('text', 'Name')
    tab_to(name)
    keys('ctrl+a')
    type_text('Trade')
    keys('Return')
    until(lambda: items()[-1] == 'Trade', 5, 'renamed')
    assert up.name == 'Move up: Trade', up.name
    complex = page().find('check box', 'Complex', showing=False)
    press(complex)
    until(lambda: complex.has('checked'), 5, 'it is complex')
    check_accessible(app, 'one category')
    picture('one')


@t.case('it is removed, and comes back')
def _():
    press(page().find('button', 'Remove', showing=False))
    until(lambda: items()[-1] == 'Complaint', 5, 'it is gone')
    close()
    # Not by the button of the message, which goes by itself after a while.
    keys('ctrl+g', 'ctrl+z')
    open_page()
    until(lambda: items()[-1] == 'Trade', 5, 'it is back')


@t.case('it ends cleanly')
def _():
    close()
    app.quit()


t.done()
sys.exit(t.failed != 0)

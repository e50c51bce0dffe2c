#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The orders of all shops: looked through, narrowed down, several chosen and written to, and one that leads to its customer."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import mostrador
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'order-list-%s.png' % name))


def dialog():
    return app.find('dialog', 'Orders')


def rows():
    return [row for found in dialog().find_all('list', 'Orders') for row in found.find_all('list item') if row.has('showing')]


def says(text, timeout=10):
    until(lambda: rows() and text in rows()[0].name, timeout, 'the first row says %r' % text)


@t.case('they are all there, the newest first, and the page can be used by anybody')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    keys('ctrl+shift+F12')
    until(lambda: len(rows()) > 3, 10, 'orders are listed')
    until(lambda: dialog().find('entry', 'Search orders').has('focused'), 5, 'the keyboard is in the search')
    check_accessible(app, 'the orders of all shops')
    picture('all')


@t.case('one is found by its number, and by who ordered')
def _():
    type_text('fl-2045')
    says('FL-2045')
    until(lambda: len(rows()) == 1, 5, 'that one alone')
    keys('ctrl+a')
    type_text('brandt')
    says('Hugo Brandt')
    until(lambda: len(rows()) == 2, 5, 'both of his')
    keys('ctrl+a')
    type_text('nobody at all')
    dialog().says('No Orders Found', 10)
    picture('nothing')
    keys('ctrl+a', 'Delete')
    until(lambda: len(rows()) > 3, 10, 'all of them again')


@t.case('Escape leads back')
def _():
    keys('Escape')
    app.gone('dialog', 'Orders')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

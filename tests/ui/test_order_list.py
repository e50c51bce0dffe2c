#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The orders of all shops: looked through, narrowed down, several chosen and written to, and one that leads to its customer."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import mostrador, pick, press, tab_to
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, type_text, until

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


def into_list():
    """Tab goes to the row that had the keyboard last"""
    for _ in range(20):
        if any(row.has('focused') for row in rows()):
            return
        keys('Tab')
        time.sleep(3 * PAUSE)
    raise AssertionError('Tab does not reach the list')


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
    press(dialog().find('button', 'All Orders'))
    until(lambda: len(rows()) > 3, 10, 'all of them again')
    until(lambda: dialog().find('entry', 'Search orders').has('focused'), 5, 'the keyboard is in the search')


@t.case('by shop, status, time and order')
def _():
    pick(dialog(), 'All Shops', 'Faro y Lana UK')
    until(lambda: rows() and all('UK' in row.name for row in rows()), 10, 'of that shop')
    pick(dialog(), 'Faro y Lana UK', 'All Shops')
    pick(dialog(), 'Any Status', 'Cancelled')
    says('FL-1920')
    pick(dialog(), 'Cancelled', 'Any Status')
    pick(dialog(), 'Newest First', 'Oldest First')
    until(lambda: rows() and 'FL-2045' not in rows()[0].name and rows()[0].name > '', 10, 'the oldest')
    oldest = rows()[0].name
    pick(dialog(), 'Any Time', 'Last 7 Days')
    until(lambda: rows() and rows()[0].name != oldest, 10, 'of the last days')
    pick(dialog(), 'Last 7 Days', 'Any Time')
    pick(dialog(), 'Oldest First', 'Newest First')


@t.case('those that are paid for and not shipped are chosen with the keyboard, and Escape ends the choosing first')
def _():
    pick(dialog(), 'Any Status', 'Paid, Not Shipped')
    tab_to(dialog().find('spin button', lambda name: name.startswith('Days without a parcel')))
    keys('ctrl+a')
    type_text('2')
    keys('Return')
    until(lambda: rows() and all('No parcel for' in row.name for row in rows()), 10, 'all of them are late')
    check_accessible(app, 'late orders')
    tab_to(dialog().find('toggle button', 'Choose Orders'))
    keys('space')
    until(lambda: not dialog().find('button', 'Write to Them…').has('sensitive'), 5, 'none is chosen')
    tab_to(rows()[0])
    keys('space')
    dialog().says('1 chosen')
    keys('Down', 'space')
    dialog().says('2 chosen')
    check_accessible(app, 'choosing orders')
    picture('choose')
    keys('space')
    dialog().says('1 chosen')
    keys('ctrl+a')
    until(lambda: all(box.has('checked') for box in dialog().find_all('check box')), 5, 'all are chosen')
    keys('Escape')
    dialog().gone('check box')
    dialog()


@t.case('whoever ordered them is written to about it')
def _():
    tab_to(dialog().find('toggle button', 'Choose Orders'))
    keys('space')
    into_list()
    keys('ctrl+a')
    tab_to(dialog().find('button', 'Choose All'))
    press(dialog().find('button', 'Write to Them…'))
    app.find('dialog', 'Outreach', timeout=10)
    app.says('chosen orders')
    app.says('Nobody has to have agreed to it.')
    picture('write')
    keys('Escape')
    app.says('Nothing Sent to Many Yet', 10)
    keys('Escape')
    app.gone('dialog', 'Outreach')


@t.case('one leads to its customer, and back')
def _():
    keys('ctrl+shift+F12')
    until(lambda: len(rows()) > 3, 10, 'orders are listed')
    type_text('fl-2045')
    says('FL-2045')
    tab_to(rows()[0])
    keys('Return')
    app.find('dialog', 'Customers', timeout=10)
    app.find('text', 'Name', timeout=10)
    keys('Escape')
    app.gone('text', 'Name')
    keys('Escape')
    app.gone('dialog', 'Customers')
    dialog()
    keys('Escape')
    app.gone('dialog', 'Orders')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

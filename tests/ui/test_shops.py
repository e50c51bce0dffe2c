#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop is set up in the window: where a key is made, what is wrong with it, the orders, another key, and gone again."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import mostrador, press
from uidrive import check_accessible, keys, record_failures, shot, type_text, until
from wooshop import KEY, SECRET, Shop

ADD = 'Add a Shop'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
shop = Shop()
shop.add(1001, '2026-05-01T10:00:00')
shop.add(1002, '2026-05-02T10:00:00')


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'shops-%s.png' % name))


def fill_secret(dialog, text):
    """what is hidden cannot be compared"""
    dialog.find('text', 'Consumer secret').focus()
    keys('ctrl+a')
    type_text(text)


def shop_row(text, timeout=20):
    return app.find('list item', lambda name: text in name, timeout=timeout)


@t.case('the page of shops is empty, and says what they are for')
def _():
    global app
    app = mostrador()
    app.find('button', 'Add an Account', timeout=20)
    app.find('button', 'Add an Account', timeout=20)
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Shops'), timeout=10))
    app.find('button', 'Add a Shop…')
    app.says('Nothing in a shop is changed')
    check_accessible(app, 'shops')
    picture('empty')


@t.case('the dialog says where a key is made, for each platform')
def _():
    press(app.find('button', 'Add a Shop…'))
    dialog = app.find('dialog', ADD)
    field = dialog.find('text', 'Address of the shop')
    until(lambda: field.has('focused'), 5, 'focus on the address')
    app.says('WooCommerce → Settings → Advanced → REST API')
    assert not dialog.find('button', 'Add').has('sensitive')
    check_accessible(app, 'add a shop')
    picture('add')


@t.case('an address that is none, and a key that is refused, are told; nothing is kept')
def _():
    dialog = app.find('dialog', ADD)
    dialog.find('text', 'Address of the shop').fill('http://mugs.test')
    dialog.find('text', 'Name, as it is shown here').fill('Mugs')
    dialog.find('text', 'Consumer key').fill(KEY)
    fill_secret(dialog, 'wrong')
    keys('Return')
    app.says('It begins with https://')
    dialog.find('text', 'Address of the shop').fill(shop.url)
    keys('Return')
    app.says('does not accept the key', timeout=20)
    picture('refused')


@t.case('the right key is kept, and the orders are read')
def _():
    dialog = app.find('dialog', ADD)
    field = dialog.find('text', 'Consumer secret')
    until(lambda: field.has('focused'), 5, 'focus on the secret')
    fill_secret(dialog, SECRET)
    keys('Return')
    app.gone('dialog', ADD, timeout=20)
    shop_row('Mugs')
    app.says('2 orders', timeout=20)
    check_accessible(app, 'a shop')
    picture('read')
    assert shop.wrong == []


@t.case('a key that was withdrawn is told on the page, and another one mends it')
def _():
    shop.secret = 'cs_33'
    press(app.find('button', 'Read All Now'))
    app.says('does not accept the key', timeout=20)
    press(shop_row('Mugs'))
    dialog = app.find('dialog', 'Mugs')
    check_accessible(app, 'change a shop')
    picture('change')
    dialog.find('text', 'Consumer key').fill(KEY)
    fill_secret(dialog, 'cs_33')
    keys('Return')
    app.gone('dialog', 'Mugs', timeout=20)
    app.says('last read', timeout=20)


@t.case('it is removed')
def _():
    press(shop_row('Mugs'))
    press(app.find('dialog', 'Mugs').find('button', 'Remove This Shop…'))
    press(app.find('alert', 'Remove Mugs?').find('button', 'Remove'))
    app.gone('dialog', 'Mugs', timeout=20)
    app.gone('list item', lambda name: 'Mugs' in name, timeout=20)
    until(lambda: app.find('button', 'Add a Shop…').has('focused'), 5, 'the keyboard stays on the page')


@t.case('the program quits, and nothing leaked')
def _():
    keys('Escape')
    app.gone('grouping', 'Shops')
    app.find('dialog', 'Preferences').find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
shop.stop()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting up a shop: each platform asks for what its owners have, and says where they find it."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose, mostrador, press, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text
from wooshop import Shop

ADD = 'Add a Shop'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
shop = Shop()


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'shop-platforms-%s.png' % name))


def dialog():
    return app.find('dialog', ADD)


def fill(name, text):
    """by keyboard: it may lie below the edge of a small window, and what is hidden cannot be compared"""
    tab_to(dialog().find('text', name))
    keys('ctrl+a')
    type_text(text)


def choose_platform(name):
    choose(tab_to(dialog().find('combo box', 'Platform')), name)


@t.case('BigCommerce wants a store hash and a token, and takes no other address')
def _():
    global app
    app = mostrador()
    app.find('button', 'Add an Account', timeout=20)
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Shops'), timeout=10))
    press(app.find('button', 'Add a Shop…'))
    choose_platform('BigCommerce')
    app.says('Store-level API accounts')
    app.gone('text', 'Consumer key')
    fill('Store hash or API path', 'https://www.mugs.example')
    assert not dialog().find('button', 'Add').has('sensitive')
    fill('Access token', 'tok')
    check_accessible(app, 'add a BigCommerce shop')
    picture('bigcommerce')
    keys('Return')
    app.says('This says no store hash')


@t.case('Magento wants four keys, and says when there is none at an address')
def _():
    choose_platform('Magento 2')
    app.says('System → Extensions → Integrations')
    fill('Address of the shop', shop.url)
    fill('Consumer key', 'ck')
    fill('Consumer secret', 'cs')
    fill('Access token', 'at')
    # Three of them are not enough.
    assert not dialog().find('button', 'Add').has('sensitive')
    fill('Access token secret', 'ats')
    check_accessible(app, 'add a Magento shop')
    picture('magento')
    keys('Return')
    app.says('There is no Magento at this address', timeout=20)
    picture('no-magento')


@t.case('PrestaShop wants one key, and says which rights it needs')
def _():
    choose_platform('PrestaShop')
    app.says('Advanced Parameters → Webservice')
    app.says('order_carriers and order_slip')
    app.gone('text', 'Consumer key')
    fill('Webservice key', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345')
    check_accessible(app, 'add a PrestaShop shop')
    picture('prestashop')
    keys('Return')
    app.says('There is no PrestaShop at this address', timeout=20)


@t.case('the program quits, and nothing is kept')
def _():
    press(dialog().find('button', 'Cancel'))
    app.gone('dialog', ADD)
    keys('Escape')
    app.gone('grouping', 'Shops')
    app.find('dialog', 'Preferences').find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
shop.stop()
sys.exit(t.done())

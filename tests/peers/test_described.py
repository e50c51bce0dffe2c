#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we ask of platforms that have an official description, before that description: one row a platform. The wrong requests come first: a
description that refuses nothing proves nothing (Magento's says nothing of who asks)."""
import os
import sys
import tempfile

import peers

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile

t = tap.Tap()
folder = tempfile.TemporaryDirectory()
shared = os.environ.get('MOSTRADOR_SHARED', os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared'))
NOTE = {'comment': 'Hello', 'is_customer_notified': 1, 'is_visible_on_front': 1, 'parent_id': 5}
ORDERS = [
    {
        'entity_id': i, 'increment_id': '%09d' % i, 'state': 'complete' if i < 3 else 'processing', 'status': 'complete' if i < 3 else 'processing', 'created_at': '2026-01-0%d 03:04:05' % i, 'updated_at': '2026-02-0%d 03:04:05' % i,
        'order_currency_code': 'EUR', 'base_currency_code': 'EUR', 'grand_total': 12.5, 'total_paid': 12.5, 'total_refunded': 3, 'customer_email': 'c%d@mail.test' % i, 'items': [{'item_id': 1, 'name': 'Mug', 'sku': 'MUG', 'qty_ordered': 2, 'qty_shipped': 2 if i < 3 else 0, 'qty_invoiced': 2, 'row_invoiced': 8.5, 'row_total': 12.5}],
    }
    for i in range(1, 4)
]  # fmt: skip


def answer_magento(method, path, _body):
    """what a shop of three orders says; None: what the description would"""
    place = path.split('?')[0]
    if place == '/V1/orders':
        return 200, {'items': ORDERS, 'total_count': len(ORDERS)}
    if method == 'GET' and place in ('/V1/orders/2', '/V1/orders/3'):
        return 200, ORDERS[int(place[-1]) - 1]
    if place == '/V1/invoices':
        return 200, {'items': [{'entity_id': 7, 'order_id': 2, 'state': 2, 'transaction_id': 'T1'}], 'total_count': 1}
    if method != 'GET':
        return 200, '12' if place.endswith('/refund') else True
    if place.endswith('/comments'):
        return 200, {'items': [{'entity_id': 9, 'comment': 'Packed', 'created_at': '2026-01-03 00:00:00', 'is_customer_notified': 1, 'is_visible_on_front': 0, 'parent_id': 2}], 'total_count': 1}
    return (200, {'items': [], 'total_count': 0}) if place in ('/V1/shipments', '/V1/creditmemos') else None


def walk_magento(profile, checked):
    profile.run('shop', 'add', 'magento', '--url', checked.url, '--name', 'Mugs', '--keys-stdin', text='key\nsecret\ntoken\ntoken secret\n')
    [counts] = profile.run('shop', 'sync')
    assert (counts['new'], counts['unreadable']) == (3, 0), counts
    # Once more: from where it was, another form of the same request.
    assert profile.run('shop', 'sync')[0]['new'] == 0
    [order] = profile.run('order', 'show', '000000002', '--refresh')
    assert (order['total'], order['notes'][0]['text']) == ('12.5', 'Packed'), order
    asked = {path.split('?')[0] for _, path in checked.asked}
    assert {'/V1/orders', '/V1/orders/2', '/V1/orders/2/comments'} <= asked, asked
    change_magento(profile, checked)


def change_magento(profile, checked):
    [terms] = profile.run('order', 'terms', '000000002')
    assert terms['lines'][0]['quantity_left'] == 2, terms
    for words in (
        ('refund', '000000002', '--line', '1=1', '--record-only', '--reason', 'broken', '--restock', '--notify'),
        ('refund', '000000002', '--amount', '1.25', '--record-only'),
        ('refund', '000000002', '--line', '1'),
        ('note', '000000002', 'Packed well', '--notify'),
        ('note', '000000002', 'Not for the customer'),
        ('invoice', '000000002'),
    ):
        [done] = profile.run('order', *words, '--yes')
        assert done['state'] == 'done', (words, done)
    [done] = profile.run('order', 'cancel', '000000003', '--yes')
    assert done['state'] == 'done', done
    asked = [(method, path) for method, path in checked.asked if method != 'GET']
    refund, note = ('POST', '/V1/order/2/refund'), ('POST', '/V1/orders/2/comments')
    assert asked == [refund, refund, ('POST', '/V1/invoice/7/refund'), note, note, ('POST', '/V1/invoices/7/emails'), ('POST', '/V1/orders/3/cancel')], asked


# What the description of Magento that is at hand was cut down to does not have: invoices, refunds through their payment, and e-mails. Nor has it the
# change of an address (PUT /V1/orders/{parent_id}). They are held against Magento's own answers as far as those are known, in core/order-actions-magento.
# BigCommerce's description may not be given on, and PrestaShop has none: what is written there is in core/order-actions-bigcommerce and -prestashop alone.
BEYOND = {('GET', '/V1/invoices'), ('POST', '/V1/invoice/7/refund'), ('POST', '/V1/invoices/7/emails')}

# The description; where it begins in the shop; what answers behind it, and what is done with the shop; and of each request that comes before: its
# name, method, path, body, and what the description has to say.
PLATFORMS = {
    ('magento_trimmed.json', '/rest/all', answer_magento, walk_magento): [
        ('orders', 'GET', '/V1/orders?searchCriteria[pageSize]=50&searchCriteria[currentPage]=1', None, 200),
        ('a size of words', 'GET', '/V1/orders?searchCriteria[pageSize]=x', None, 422),
        ('a page of words', 'GET', '/V1/orders?searchCriteria[currentPage]=first', None, 422),
        ('an order of words', 'GET', '/V1/orders/five', None, 422),
        ('no such path', 'GET', '/V1/ordres', None, 404),
        ('no such method', 'DELETE', '/V1/orders/5', None, 405),
        ('a comment', 'POST', '/V1/orders/5/comments', {'statusHistory': NOTE}, 200),
        ('a comment in camel case', 'POST', '/V1/orders/5/comments', {'statusHistory': {'comment': 'Hello', 'isCustomerNotified': 1, 'isVisibleOnFront': 1, 'parentId': 5}}, 422),
        ('a comment of nothing', 'POST', '/V1/orders/5/comments', {}, 422),
        ('a refund', 'POST', '/V1/order/5/refund', {'items': [{'order_item_id': 1, 'qty': 1}], 'notify': True, 'arguments': {'shipping_amount': 0}}, 200),
        ('a refund of an order of words', 'POST', '/V1/order/five/refund', {'items': []}, 422),
        ('a refund that says an item by its name', 'POST', '/V1/order/5/refund', {'items': [{'order_item_id': 'mug', 'qty': 1}]}, 422),
        ('a refund of an item without a quantity', 'POST', '/V1/order/5/refund', {'items': [{'order_item_id': 1}]}, 422),
        ('a refund whose sum is words', 'POST', '/V1/order/5/refund', {'arguments': {'adjustment_positive': 'one'}}, 422),
        ('a refund that tells the customer in words', 'POST', '/V1/order/5/refund', {'items': [], 'notify': 'please'}, 422),
        ('a refund with a comment of nothing', 'POST', '/V1/order/5/refund', {'items': [], 'comment': {}}, 422),
        ('a refund whose items go back into stock by name', 'POST', '/V1/order/5/refund', {'items': [], 'arguments': {'extension_attributes': {'return_to_stock_items': ['mug']}}}, 422),
        ('a comment whose order is a word', 'POST', '/V1/orders/5/comments', {'statusHistory': {**NOTE, 'parent_id': 'five'}}, 422),
        ('a cancellation', 'POST', '/V1/orders/5/cancel', None, 200),
        ('a cancellation of an order of words', 'POST', '/V1/orders/five/cancel', None, 422),
        ('a cancellation with a reason', 'POST', '/V1/orders/5/cancel', {'reason': 'no stock'}, 415),
        ('a cancellation by another method', 'PUT', '/V1/orders/5/cancel', None, 405),
        ('a refund whose quantity is words', 'POST', '/V1/order/5/refund', {'items': [{'order_item_id': 1, 'qty': 'one'}]}, 422),
    ],
}


def check(description, canaries, use):
    path = os.path.join(shared, 'specs', description)
    if not os.path.exists(path):
        raise tap.Skip('the shared folder is not beside the project')
    prism = peers.Prism(path)
    try:
        for name, method, target, body, expected in canaries:
            status, said = peers.ask(prism.url + target, body, {'Content-Type': ''} if body is None else {}, method)
            assert status == expected, (name, status, said)
        use(prism)
    finally:
        prism.stop()


def walk(description, prefix, answer, story, canaries):
    def use(prism):
        checked = peers.Checked(prism, prefix, answer, BEYOND)
        profile = Profile(sys.argv[1], os.path.join(folder.name, description))
        os.makedirs(os.path.dirname(profile.folder))
        try:
            story(profile, checked)
        finally:
            checked.stop()
            print('# %d requests, refused: %s' % (len(checked.asked), checked.refused), flush=True)
        assert checked.refused == [], checked.refused

    check(description, canaries, use)


for (one, *rest), rows in PLATFORMS.items():
    t.case('%s refuses what is wrong, and nothing of what we say' % one)(lambda: walk(one, *rest, rows))

folder.cleanup()
sys.exit(t.done())

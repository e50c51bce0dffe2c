#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we ask of platforms that have an official description, before that description: one row a platform. The wrong requests come first: a
description that refuses nothing proves nothing (Magento's says nothing of who asks)."""
import os
import sys

import peers

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap

t = tap.Tap()
shared = os.environ.get('MOSTRADOR_SHARED', os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared'))
NOTE = {'comment': 'Hello', 'is_customer_notified': 1, 'is_visible_on_front': 1, 'parent_id': 5}
# description: name, method, path, body, what it has to say
PLATFORMS = {
    'magento_trimmed.json': [
        ('orders', 'GET', '/V1/orders?searchCriteria[pageSize]=50&searchCriteria[currentPage]=1', None, 200),
        ('a size of words', 'GET', '/V1/orders?searchCriteria[pageSize]=x', None, 422),
        ('a page of words', 'GET', '/V1/orders?searchCriteria[currentPage]=first', None, 422),
        ('an order of words', 'GET', '/V1/orders/five', None, 422),
        ('no such path', 'GET', '/V1/ordres', None, 404),
        ('no such method', 'DELETE', '/V1/orders/5', None, 405),
        ('a comment', 'POST', '/V1/orders/5/comments', {'statusHistory': NOTE}, 200),
        ('a comment in camel case', 'POST', '/V1/orders/5/comments', {'statusHistory': {'comment': 'Hello', 'isCustomerNotified': 1, 'isVisibleOnFront': 1, 'parentId': 5}}, 422),
        ('a comment of nothing', 'POST', '/V1/orders/5/comments', {}, 422),
        ('a refund whose quantity is words', 'POST', '/V1/order/5/refund', {'items': [{'order_item_id': 1, 'qty': 'one'}]}, 422),
    ],
}


def check(description, canaries):
    path = os.path.join(shared, 'specs', description)
    if not os.path.exists(path):
        raise tap.Skip('the shared folder is not beside the project')
    prism = peers.Prism(path)
    try:
        for name, method, target, body, expected in canaries:
            status, said = peers.ask(prism.url + target, body, method=method)
            assert status == expected, (name, status, said)
    finally:
        prism.stop()


for one, canaries in PLATFORMS.items():
    t.case('%s refuses what is wrong, and nothing else' % one)(lambda: check(one, canaries))

sys.exit(t.done())

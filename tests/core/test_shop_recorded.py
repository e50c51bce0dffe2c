#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real shops answered, answered again: WooCommerce's own documents, and what was written down of a WooCommerce 11 that ran. All of it that is
an answer to what we ask is read; customers and products are not asked for. (Shopify's recorded answers are those of its former REST API, whose form
our GraphQL never gets; it is tested in suite peers.)"""
import glob
import html
import json
import os
import re
import sys
import tempfile
import urllib.parse

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile
from wooshop import KEY, SECRET, Shop

t = tap.Tap()
folder = tempfile.TemporaryDirectory()
shared = os.environ.get('MOSTRADOR_SHARED', os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared'))
# What the program says to each refusal that was seen: of which request, the exit status, words of it. A refusal of another code fails the test.
REFUSALS = {
    'woocommerce_rest_cannot_view': ('sync', 'refuses the key (Sorry, you cannot list resources.)'),
    'woocommerce_rest_authentication_error': ('sync', 'refuses the key (Consumer secret is invalid.)'),
    'rest_invalid_param': ('sync', 'Invalid parameter(s)'),
    'rest_invalid_json': ('sync', 'Invalid JSON body passed.'),
    'woocommerce_rest_shop_order_invalid_id': ('refresh', 'Invalid ID.'),
    # "data" is a number here, not an object.
    'woocommerce_rest_cannot_create_order_refund': ('sync', 'Invalid refund amount.'),
}


class Recorded(Shop):
    """a shop that says what was recorded, whatever it is asked"""

    said = {}

    def answer(self, target):
        path = urllib.parse.urlsplit(target).path
        for ending, said in self.said.items():
            if path.endswith(ending):
                return said
        return super().answer(target)


shop = Recorded()
n_profiles = 0


def begin():
    """a desk that has read nothing of it yet"""
    global n_profiles
    n_profiles += 1
    profile = Profile(sys.argv[1], os.path.join(folder.name, str(n_profiles)))
    os.makedirs(os.path.dirname(profile.folder))
    shop.said = {}
    profile.run('shop', 'add', 'woocommerce', '--url', shop.url, '--name', 'Mugs', '--keys-stdin', text='%s\n%s\n' % (KEY, SECRET))
    return profile


def documents(kind):
    names = sorted(glob.glob(os.path.join(shared, 'corpus', 'woocommerce_rest_docs', kind + '_*.json')))
    if not names:
        raise tap.Skip('the shared folder is not beside the project')
    for name in names:
        with open(name, encoding='utf-8') as f:
            answer = json.load(f)
        # One, a list, or a batch of them
        lists = [answer.get(verb, []) for verb in ('create', 'update', 'delete')] if isinstance(answer, dict) and 'id' not in answer else [answer if isinstance(answer, list) else [answer]]
        yield os.path.basename(name), sum(lists, [])


def transcript():
    """what was answered, line by line: the value, and the status where it was written down; lines that were cut are none"""
    path = os.path.join(shared, 'notes', 'transcripts', 'woocommerce-11.out')
    if not os.path.exists(path):
        raise tap.Skip('the shared folder is not beside the project')
    with open(path, encoding='utf-8') as f:
        for line in f:
            try:
                value, end = json.JSONDecoder().raw_decode(line)
            except ValueError:
                continue
            status = re.match(r' HTTP (\d+)', line[end:])
            yield value, int(status[1]) if status else 200


def check(profile, rows):
    """a page of these is read, each as it is"""
    shop.said = {'/orders': (200, rows)}
    [counts] = profile.run('shop', 'sync')
    assert counts['unreadable'] == 0 and counts['new'] == len({row['id'] for row in rows}), (counts, rows)
    # The later one counts where one is there twice.
    for row in {row['id']: row for row in rows}.values():
        [order] = profile.run('order', 'show', str(row.get('number', row['id'])))
        expected = {
            'status_in_shop': row.get('status', ''), 'total': row.get('total', '0'), 'currency': row.get('currency', ''),
            'email': row.get('billing', {}).get('email', '').lower(), 'refunded': '%.2f' % -sum(float(r['total']) for r in row.get('refunds', [])) if row.get('refunds') else '0',
        }  # fmt: skip
        assert expected == {key: order[key] for key in expected}, (expected, order)
        assert [(i['name'], i['quantity'], i['total']) for i in order.get('items', [])] == [(html.unescape(i['name']), str(i['quantity']), i['total']) for i in row.get('line_items', [])], order
        if row.get('date_modified_gmt'):
            assert order['modified'] == row['date_modified_gmt'] + 'Z', (order, row)


@t.case('all orders of the documents are read as they are')
def _():
    n = 0
    for name, rows in documents('orders'):
        print('# %s: %d orders' % (name, len(rows)))
        check(begin(), rows)
        n += len(rows)
    assert n == 10, n


@t.case('all notes of the documents are')
def _():
    profile = begin()
    [rows] = [rows for name, rows in documents('orders') if name == 'orders_02.json']
    check(profile, rows)
    [order] = [row for row in rows if row['id'] == 723]
    for name, notes in documents('order-notes'):
        refunds = [{'id': r['id'], 'reason': r.get('reason') or '', 'amount': r['total'].lstrip('-'), 'date_created_gmt': '2017-03-22T00:00:00'} for r in order['refunds']]
        shop.said = {'/notes': (200, notes), '/refunds': (200, refunds), '/723': (200, order)}
        [shown] = profile.run('order', 'show', '723', '--refresh')
        assert [note['text'] for note in shown['notes']] == [note['note'] for note in notes], (name, shown)
        assert shown['refunded'] == '19.00', shown


@t.case('all lists of orders of the shop that ran are, however few fields they have')
def _():
    n = 0
    for value, status in transcript():
        # One of them is a list of customers.
        if status == 200 and isinstance(value, list) and value and 'id' in value[0] and 'email' not in value[0]:
            check(begin(), value)
            n += 1
    assert n >= 10, n


@t.case('its note is')
def _():
    [note] = [value for value, status in transcript() if status == 201 and isinstance(value, dict) and 'note' in value]
    profile = begin()
    check(profile, [{'id': 12, 'number': '12', 'total': '25.00'}])
    shop.said = {'/notes': (200, [note]), '/12': (200, {'id': 12, 'number': '12', 'total': '25.00'})}
    [shown] = profile.run('order', 'show', '12', '--refresh')
    assert [(n['text'], n['author'], n['for_customer']) for n in shown['notes']] == [('We shipped it', 'WooCommerce', True)], shown


@t.case('all its refusals are told in its words')
def _():
    profile, seen = begin(), set()
    check(profile, [{'id': 7, 'number': '7', 'total': '1.00'}])
    for value, status in transcript():
        if status < 400:
            continue
        assert value['code'] in REFUSALS, value
        request, words = REFUSALS[value['code']]
        shop.said = {'/orders' if request == 'sync' else '/7': (status, value)}
        done = profile.call('shop', 'sync') if request == 'sync' else profile.call('order', 'show', '7', '--refresh')
        assert done.returncode == 1 and words in done.stderr, (value, done)
        seen.add(value['code'])
    assert seen == set(REFUSALS), seen


shop.stop()
folder.cleanup()
sys.exit(t.done())

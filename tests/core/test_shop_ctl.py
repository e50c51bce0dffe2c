#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shops and orders from a terminal, on a shop that checks what it is asked."""
import os
import subprocess
import sys
import tempfile
import urllib.parse

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile
from wooshop import KEY, SECRET, Shop, signature

t = tap.Tap(stop_at_failure=True)
folder = tempfile.TemporaryDirectory()
profile = Profile(sys.argv[1], folder.name)
shop = Shop()
KEYS = '%s\n%s\n' % (KEY, SECRET)


def refused(*words, text='', status=1):
    done = profile.call(*words, text=text)
    assert done.returncode == status, (words, done)
    return done.stderr


@t.case('the shop itself refuses what is wrong')
def _():
    def ask(**query):
        pairs = list(query.items()) + [('oauth_consumer_key', KEY)]
        url = shop.url + '/wp-json/wc/v3/orders'
        pairs.append(('oauth_signature', signature(SECRET, 'GET', url, pairs)))
        return shop.answer('/wp-json/wc/v3/orders?' + urllib.parse.urlencode(pairs))[0]

    assert ask(per_page='100', orderby='modified') == 200
    assert ask(per_page='101') == 400
    assert ask(orderby='updated') == 400
    assert ask(page_size='5') == 400
    assert shop.answer('/wp-json/wc/v3/orders?oauth_consumer_key=%s&oauth_signature=x' % KEY)[0] == 401
    shop.wrong.clear()


@t.case('what is missing or makes no sense is wrong usage')
def _():
    assert 'There is no kind of shop' in refused('shop', 'add', 'ebay', '--url', 'https://x.test', '--keys-stdin', text=KEYS, status=2)
    assert '--keys-stdin' in refused('shop', 'add', 'woocommerce', '--url', 'https://x.test', status=2)
    assert 'https://' in refused('shop', 'add', 'woocommerce', '--url', 'http://x.test', '--keys-stdin', text=KEYS, status=2)
    assert 'myshopify.com' in refused('shop', 'add', 'shopify', '--url', 'https://mugs.test', '--keys-stdin', text=KEYS, status=2)
    assert 'a line each' in refused('shop', 'add', 'woocommerce', '--url', shop.url, '--keys-stdin', text=KEY + '\n', status=2)
    # Each platform says which keys it wants, and which address.
    assert 'four keys' in refused('shop', 'add', 'magento', '--url', shop.url, '--keys-stdin', text=KEYS, status=2)
    assert 'four keys' in refused('shop', 'add', 'magento', '--url', shop.url, '--keys-stdin', text='a\nb\nc\nd\ne\n', status=2)
    assert 'store hash' in refused('shop', 'add', 'bigcommerce', '--url', 'https://mugs.test', '--keys-stdin', text=KEYS, status=2)
    assert 'in one line' in refused('shop', 'add', 'bigcommerce', '--url', 'abc123', '--keys-stdin', text=KEYS, status=2)
    refused('shop', 'frob', status=2)
    refused('order', status=2)


@t.case('a wrong key is told, and leaves nothing behind')
def _():
    assert 'refuses the key' in refused('shop', 'add', 'woocommerce', '--url', shop.url, '--keys-stdin', text='%s\nno\n' % KEY)
    # There is a shop, but none of that platform.
    assert 'There is no such shop' in refused('shop', 'add', 'magento', '--url', shop.url, '--keys-stdin', text='a\nb\nc\nd\n')
    assert profile.run('shop', 'list') == []


@t.case('the right one is kept, and the shop is read')
def _():
    for i in range(1, 131):
        shop.add(i, '2026-05-%02dT10:00:%02d' % (1 + i // 60, i % 60))
    [added] = profile.run('shop', 'add', 'woocommerce', '--url', shop.url + '/', '--name', 'Mugs', '--keys-stdin', text=KEYS)
    assert added['name'] == 'Mugs' and added['url'] == shop.url and added['currency'] == 'EUR', added
    assert profile.run('shop', 'test', 'Mugs')[0]['result'] == 'ok'
    found = profile.run('shop', 'sync')
    # The second page begins some seconds before the first one ends.
    assert found == [{'shop': 'Mugs', 'new': 130, 'changed': 0, 'same': 6, 'unreadable': 0}], found
    assert profile.run('shop', 'sync', 'Mugs')[0]['new'] == 0
    [listed] = profile.run('shop', 'list')
    assert listed['orders'] == 130 and listed['state'] == 'ready' and listed['last_sync'], listed
    assert shop.wrong == []


@t.case('its name, and what macros say of it, are changed; a new key changes nothing else')
def _():
    [changed] = profile.run('shop', 'set', 'Mugs', 'return_address=Weg 1, 10115 Berlin', 'review_url=https://mugs.test/review')
    assert (changed['return_address'], changed['review_url']) == ('Weg 1, 10115 Berlin', 'https://mugs.test/review'), changed
    [again] = profile.run('shop', 'add', 'woocommerce', '--url', shop.url, '--keys-stdin', text=KEYS)
    assert (again['name'], again['return_address']) == ('Mugs', 'Weg 1, 10115 Berlin'), again
    [changed] = profile.run('shop', 'set', 'Mugs', 'name=Cups', 'review_url=')
    assert (changed['name'], changed['review_url']) == ('Cups', None), changed
    profile.run('shop', 'set', 'Cups', 'name=Mugs')
    assert 'nothing that can be set' in refused('shop', 'set', 'Mugs', 'name=', status=2)
    assert 'nothing that can be set' in refused('shop', 'set', 'Mugs', 'colour=red', status=2)
    refused('shop', 'set', 'Mugs', status=2)
    assert profile.run('shop', 'sync', 'Mugs')[0]['new'] == 0


@t.case('what changed is read again')
def _():
    shop.orders[4].update(status='completed', date_modified_gmt='2026-06-01T00:00:00', refunds=[{'id': 9, 'reason': 'late', 'total': '-2.50'}])
    assert profile.run('shop', 'sync')[0]['changed'] == 1
    [order] = profile.run('order', 'show', '5')
    assert order['status'] == 'shipped' and order['status_in_shop'] == 'completed', order
    assert order['refunded'] == '2.50' and order['refunds'][0]['reason'] == 'late', order
    assert order['items'][0]['name'] == 'Mug & saucer' and order['items'][0]['quantity'] == '2', order
    assert order['phone'] == '34612345678' and order['shop'] == 'Mugs', order
    assert profile.run('order', 'show', order['id']) == [order]


@t.case('one order is asked for anew, with its notes')
def _():
    shop.orders[4].update(status='delivered', date_modified_gmt='2026-06-01T00:00:05')
    [order] = profile.run('order', 'show', '5', '--refresh')
    assert order['status'] == 'delivered' and order['notes'][0]['text'] == 'Packed', order
    assert order['refunds'] == [{'remote_id': '9', 'at': '2026-06-01T00:00:00Z', 'amount': '2.50', 'reason': 'late'}], order
    shop.orders, kept = shop.orders[5:], shop.orders
    assert 'Invalid ID' in refused('order', 'show', '5', '--refresh')
    shop.orders = kept


@t.case('orders are listed by shop, address and phone')
def _():
    assert len(profile.run('order', 'list')) == 50
    assert len(profile.run('order', 'list', '--shop', 'Mugs', '--limit', '200')) == 130
    assert len(profile.run('order', 'list', '--email', 'Ana@mail.test', '--limit', '3')) == 3
    assert profile.run('order', 'list', '--email', 'nobody@mail.test') == []
    assert len(profile.run('order', 'list', '--phone', '+34 612 345 678', '--limit', '2')) == 2
    assert 'There is no order' in refused('order', 'show', '9999')
    assert 'There is no shop' in refused('order', 'list', '--shop', 'Cups')


@t.case('a mail that names an order is about it, and whoever ordered by that address has it')
def _():
    def mail(name, sender, text):
        path = os.path.join(folder.name, name + '.eml')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('From: %s\nTo: shop@mugs.test\nSubject: My mug\nMessage-ID: <%s@mail.test>\nDate: Mon, 01 Jun 2026 10:00:00 +0000\n\n%s\n' % (sender, name, text))
        profile.run('import', path)
        [row] = [row for row in profile.run('list', '--view', 'all') if row['customer'] in sender or row['customer'] == sender]
        return row

    # Without a telephone, too: by that it would be somebody else's.
    shop.add(77001, '2026-06-02T00:00:00', email='', billing={'first_name': 'Kim', 'email': '', 'phone': '', 'country': 'ES'})
    shop.add(77002, '2026-06-02T00:00:01', email='luis@mail.test')
    profile.run('shop', 'sync')
    row = mail('one', 'kim@mail.test', 'Where is my order 77001? I paid 77002 for it on 2026-06-01.')
    assert [o['number'] for o in profile.run('order', 'list', '--conversation', str(row['number']))] == ['77001']
    [order] = profile.run('order', 'show', '77001')
    assert order['customer'] and order['proof'] == 'number', order
    mail('two', 'luis@mail.test', 'Hello')
    [order] = profile.run('order', 'show', '77002')
    assert order['proof'] == 'email' and profile.run('order', 'list', '--customer', order['customer'])[0]['number'] == '77002', order
    shop.orders = [o for o in shop.orders if o['id'] < 77000]


@t.case('whose an order is, and which conversation is about it, a person says; and takes it back')
def _():
    [row] = [row for row in profile.run('list', '--view', 'all') if row['customer'] in ('kim@mail.test', 'kim')]
    number = str(row['number'])
    profile.run('order', 'unlink', '77001', '--customer', 'kim@mail.test', '--conversation', number)
    assert profile.run('order', 'list', '--conversation', number) == []
    [order] = profile.run('order', 'show', '77001')
    assert order['customer'] is None, order
    profile.run('undo')
    assert [o['number'] for o in profile.run('order', 'list', '--conversation', number)] == ['77001']
    profile.run('order', 'link', '77002', '--customer', 'kim@mail.test', '--conversation', number)
    [order] = profile.run('order', 'show', '77002')
    assert order['proof'] == 'hand' and [o['number'] for o in profile.run('order', 'list', '--conversation', number)] == ['77002', '77001'], order
    assert 'somebody else' in refused('order', 'unlink', '77002', '--customer', 'luis@mail.test')
    refused('order', 'link', '77002', status=2)
    assert 'no order' in refused('order', 'link', '99999', '--customer', 'kim@mail.test')
    profile.run('undo')


@t.case('a key that was withdrawn is told, with what to do')
def _():
    shop.secret = 'another'
    assert 'Make a new one' in refused('shop', 'sync')
    [listed] = profile.run('shop', 'list')
    assert (listed['state'], listed['why'], listed['orders']) == ('auth_failed', 'key_refused', 132), listed
    shop.secret = SECRET
    profile.run('shop', 'sync')
    assert profile.run('shop', 'list')[0]['state'] == 'ready'


@t.case('removed it is gone with its orders and its key, added again both are back')
def _():
    profile.run('shop', 'remove', 'Mugs')
    assert profile.run('shop', 'list') == [] and profile.run('order', 'list') == []
    assert SECRET not in open(os.path.join(folder.name, 'keyring'), 'rb').read().decode('latin-1')
    profile.run('shop', 'add', 'woocommerce', '--url', shop.url, '--name', 'Mugs', '--keys-stdin', text=KEYS)
    assert profile.run('shop', 'list')[0]['orders'] == 132


@t.case('the key is written nowhere in the profile')
def _():
    found = subprocess.run(['grep', '-rlaF', SECRET, profile.folder], capture_output=True, text=True, check=False)
    assert found.returncode == 1, found


shop.stop()
folder.cleanup()
sys.exit(t.done())

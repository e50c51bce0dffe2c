#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shopify, as its own schema has it (shopify.mjs): what is wrong is refused; all that we can say, and what we do say, is not."""
import json
import os
import subprocess
import sys
import tempfile

import documents
import peers

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile

t = tap.Tap()
ctl, source = sys.argv[1:]
folder = tempfile.TemporaryDirectory()
KEYS = 'client\nsecret\n'
VERSIONS = ['2025-10', '2026-01', '2026-04', '2026-07', '2026-10']
# The directive came with this version: what is done only once by its help cannot be said before.
IDEMPOTENT_SINCE = '2026-01'
process = peers.node(os.path.join(peers.HERE, 'shopify.mjs'), 'serve', stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
ports = json.loads(process.stdout.readline())
written = documents.find(source)
sent = set()


def url(version):
    return 'http://127.0.0.1:%d' % ports[version]


def control(version, **what):
    return peers.ask(url(version) + '/control', what)[1]


def query(version, text, variables=None, token=True, path='/admin/api/2026-10/graphql.json'):
    """what the shop says to one request: the status, and the first trouble's code and words"""
    if token is True:
        granted = peers.ask(url(version) + '/admin/oauth/access_token', b'grant_type=client_credentials&client_id=client&client_secret=secret')[1]
        token = granted['access_token']
    body = text if isinstance(text, bytes) else {'query': text, 'variables': variables or {}}
    status, answer = peers.ask(url(version) + path, body, {'X-Shopify-Access-Token': token})
    trouble = answer.get('errors', [{}])
    first = trouble[0] if isinstance(trouble, list) else {'message': str(trouble)}
    return status, first.get('extensions', {}).get('code', ''), first.get('message', '')


def order(i, at, **more):
    money = {'presentmentMoney': {'amount': '12.50', 'currencyCode': 'EUR'}}
    return {
        'id': str(i), 'name': '#%d' % i, 'email': 'ana%d@mail.test' % i, 'createdAt': at, 'updatedAt': at, 'cancelledAt': None, 'closed': False,
        'displayFinancialStatus': 'PAID', 'displayFulfillmentStatus': 'UNFULFILLED', 'totalPriceSet': money, 'refunds': [], **more,
    }  # fmt: skip


@t.case('there is a schema for each version that is served')
def _():
    assert sorted(ports) == VERSIONS, ports


@t.case('the shop itself refuses what is wrong')
def _():
    for version in VERSIONS:
        granted = peers.ask(url(version) + '/admin/oauth/access_token', b'grant_type=client_credentials&client_id=client&client_secret=wrong')
        assert granted == (400, {'error': 'invalid_client'}), granted
        assert query(version, '{ shop { name } }', token='')[0] == 401
        assert query(version, '{ shop { name } }', token='shpat_wrong')[0] == 401
        assert query(version, '{ shop { name } }', path='/admin/api/2026-02/graphql.json')[0] == 404
        assert query(version, b'{"query":')[0] == 400
        assert query(version, '{ shop { name }')[2].startswith('Syntax Error'), version
        assert 'Cannot query field "emailAdress"' in query(version, '{ orders(first: 1) { nodes { emailAdress } } }')[2]
        assert 'Unknown argument "limit"' in query(version, '{ orders(first: 1, limit: 5) { nodes { id } } }')[2]
        assert 'does not exist in "OrderSortKeys"' in query(version, '{ orders(first: 1, sortKey: UPDATED) { nodes { id } } }')[2]
        assert 'Variable "$id" of required type' in query(version, 'query Q($id: ID!) { order(id: $id) { id } }')[2]
        assert 'must have a selection of subfields' in query(version, '{ orders(first: 1) }')[2]
        assert 'must provide one of first or last' in query(version, '{ orders { nodes { id } } }')[2]
        assert 'not known how to search' in query(version, '{ orders(first: 1, query: "updated:>2026") { nodes { id } } }')[2]
        assert query(version, '{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { id } } } } }')[1] == 'MAX_COST_EXCEEDED'
        control(version, throttled=1)
        assert query(version, '{ shop { name } }')[1] == 'THROTTLED'
        assert query(version, '{ shop { name } }') == (200, '', '')


@t.case('a refund says by which key it is done only once, from the version on that wants it')
def _():
    text = 'mutation R($i: RefundInput!) { refundCreate(input: $i) %s { userErrors { message } } }'
    variables = {'i': {'orderId': 'gid://shopify/Order/1'}}
    for version in VERSIONS:
        without = query(version, text % '', variables)
        assert without[1] == ('BAD_REQUEST' if version >= '2026-04' else ''), (version, without)
        key = query(version, text % '@idempotent(key: "k1")', variables)
        assert ('Unknown directive' in key[2]) if version < IDEMPOTENT_SINCE else (key == (200, '', '')), (version, key)
        if version >= IDEMPOTENT_SINCE:
            other = query(version, text % '@idempotent(key: "k1")', {'i': {'orderId': 'gid://shopify/Order/2'}})
            assert other[1] == 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', other


# Of each mutation that changes an order what the schema must refuse: the arguments, a value for $v of that type, and what it says.
WRONG_CHANGES = [
    ('returnCreate(returnInput: $v)', 'ReturnInput!', {'orderId': 'gid://shopify/Order/1', 'returnLineItems': [], 'lines': []}, 'Field "lines" is not defined by type "ReturnInput"'),
    ('returnCreate(returnInput: $v)', 'ReturnInput!', {'returnLineItems': []}, 'Field "orderId" of required type "ID!" was not provided'),
    ('returnCreate(returnInput: $v)', 'ReturnInput!', {'orderId': 'gid://shopify/Order/1', 'returnLineItems': [{'fulfillmentLineItemId': '5', 'quantity': 'two', 'returnReason': 'UNKNOWN'}]}, 'Int cannot represent'),
    ('returnCreate(returnInput: $v)', 'ReturnInput!', {'orderId': 'gid://shopify/Order/1', 'returnLineItems': [{'fulfillmentLineItemId': '5', 'quantity': 1, 'returnReason': 'BROKEN'}]}, 'does not exist in "ReturnReason"'),
    ('returnCreate(returnInput: $v)', 'ReturnInput!', {'orderId': 'gid://shopify/Order/1', 'returnLineItems': [{'fulfillmentLineItemId': '5', 'returnReason': 'UNKNOWN'}]}, 'Field "quantity" of required type "Int!" was not provided'),
    ('returnCreate(input: $v)', 'ReturnInput!', {'orderId': 'gid://shopify/Order/1', 'returnLineItems': []}, 'Unknown argument "input"'),
    ('returnClose(returnId: $v)', 'ID!', 'gid://shopify/Return/1', 'Unknown argument "returnId"'),
    ('returnClose(id: $v)', 'Int!', 1, 'expecting type "ID!"'),
    ('refundCreate(input: $v)', 'RefundInput!', {'orderId': 'gid://shopify/Order/1', 'amount': '1.00'}, 'Field "amount" is not defined by type "RefundInput"'),
    ('orderUpdate(input: $v)', 'OrderInput!', {'id': 'gid://shopify/Order/1', 'adress': {}}, 'Field "adress" is not defined by type "OrderInput"'),
    ('orderUpdate(input: $v)', 'OrderInput!', {'note': 'x'}, 'Field "id" of required type "ID!" was not provided'),
    ('orderCancel(orderId: $v, reason: OTHER)', 'ID!', 'gid://shopify/Order/1', 'argument "restock" of type "Boolean!" is required'),
    ('orderCancel(orderId: $v, reason: BORED, restock: true)', 'ID!', 'gid://shopify/Order/1', 'does not exist in "OrderCancelReason"'),
]


@t.case('a change that is wrong is refused by every version')
def _():
    for version in VERSIONS:
        for field, kind, value, said in WRONG_CHANGES:
            directive = ' @idempotent(key: "wrong")' if field.startswith('refundCreate') and version >= IDEMPOTENT_SINCE else ''
            answer = query(version, 'mutation Wrong($v: %s) { %s%s { __typename } }' % (kind, field, directive), {'v': value})
            assert said.lower() in answer[2].lower(), (version, field, value, answer)


@t.case('the documents of the program are found, and wrong ones among them would be')
def _():
    assert {'OrdersChanged', 'OrderById', 'Shop'} <= set(written), sorted(written)
    found = list(documents.texts('f ("query A" /* "no" */ " { b", \'"\', "mutation C \\\n{ d }"); // "e"'))
    assert found == ['query A { b', 'mutation C  { d }'], found
    assert documents.complete('{ ...a }', {'a': 'fragment a on T { ...b }', 'b': 'fragment b on U { c }'}).count('fragment') == 2


@t.case('all that the program can say is in the schema of every version')
def _():
    done = peers.node(os.path.join(peers.HERE, 'shopify.mjs'), 'check', stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    wrong = {'Wrong': 'query Wrong { shop { nmae } }'}
    checked = json.loads(done.communicate(json.dumps({**written, **wrong}))[0])
    assert list(checked) == VERSIONS, list(checked)
    for version, answers in checked.items():
        assert 'nmae' in answers.pop('Wrong')[0], version
        for name, problems in answers.items():
            if '@idempotent' in written[name] and version < IDEMPOTENT_SINCE:
                problems = [p for p in problems if 'directive "@idempotent"' not in p]
            assert not problems, (version, name, problems)


def walk(version):
    """a shop that is added, read, changed and read again"""
    profile = Profile(ctl, os.path.join(folder.name, version))
    os.makedirs(os.path.dirname(profile.folder))
    control(version, orders=[order(i, '2026-05-01T10:%02d:00Z' % i) for i in range(1, 35)], asked=[], refused=[], isSpare=False)
    [added] = profile.run('shop', 'add', 'shopify', '--url', url(version), '--name', 'Mugs', '--keys-stdin', text=KEYS)
    assert added['currency'] == 'EUR', added
    assert profile.run('shop', 'test', 'Mugs')[0]['result'] == 'ok'
    found = profile.run('shop', 'sync')
    assert found == [{'shop': 'Mugs', 'new': 34, 'changed': 0, 'same': 0, 'unreadable': 0}], found
    assert sorted(o['number'] for o in profile.run('order', 'list', '--limit', '100')) == sorted('#%d' % i for i in range(1, 35))
    [shown] = profile.run('order', 'show', '#7', '--refresh')
    assert (shown['total'], shown['currency'], shown['email'], len(shown['items']), len(shown['notes'])) == ('12.50', 'EUR', 'ana7@mail.test', 2, 2), shown

    # Of one with more lines than a list tells all are there.
    lines = {'nodes': [{'title': 'Mug %d' % i} for i in range(23)], 'pageInfo': {'hasNextPage': False, 'endCursor': None}}
    control(version, orders=[order(90, '2026-05-01T11:00:00Z', lineItems=lines)])
    profile.run('shop', 'sync')
    [shown] = profile.run('order', 'show', '#90')
    assert [item['name'] for item in shown['items']] == ['Mug %d' % i for i in range(23)], shown

    # Nothing that need not be there is; and it has to be waited for.
    control(version, isSpare=True, throttled=1, orders=[order(i, '2026-05-02T10:%02d:00Z' % i, email=None) for i in range(35, 41)])
    found = profile.run('shop', 'sync')
    assert (found[0]['new'], found[0]['unreadable']) == (6, 0), found
    [shown] = profile.run('order', 'show', '#40', '--refresh')
    assert (shown['status'], shown['email'], shown['items'], shown.get('notes')) == ('paid', '', [], None), shown

    # The token ends before its time, and there is another.
    before = control(version)['tokens']
    control(version, token='gone')
    assert profile.run('shop', 'sync')[0]['new'] == 0
    said = control(version)
    assert said['tokens'] > before and said['refused'] == [], said
    sent.update(said['asked'])


def bag(amount, own):
    """a sum as the customer paid it, in dollars, and as the shop counts it, in euros"""
    return {'presentmentMoney': {'amount': amount, 'currencyCode': 'USD'}, 'shopMoney': {'amount': own, 'currencyCode': 'EUR'}}


NOTHING = bag('0.0', '0.0')
MUGS = {'id': 'gid://shopify/LineItem/7', 'title': 'Mug', 'quantity': 2, 'refundableQuantity': 2, 'originalTotalSet': bag('14.5', '13.05'),
        'discountAllocations': [{'allocatedAmountSet': bag('2.0', '1.8')}], 'taxLines': []}


def changeable(i, at, sent):
    """an order that is the same each time it is asked for, so that somebody can say what is to be done to it"""
    total = bag('12.5', '11.25')
    item = {'quantity': 2, 'fulfillmentLineItem': {'id': 'gid://shopify/FulfillmentLineItem/9', 'lineItem': {'title': 'Mug', 'variantTitle': 'Blue'}}}
    return order(
        i, at, totalPriceSet=total, totalRefundedSet=NOTHING, taxesIncluded=True, note='', lineItems={'nodes': [MUGS]}, fulfillments=[], displayFulfillmentStatus='FULFILLED' if sent else 'UNFULFILLED',
        suggestedRefund={'maximumRefundableSet': total, 'shipping': {'maximumRefundableSet': NOTHING}}, transactions=[{'id': 'gid://shopify/OrderTransaction/3', 'kind': 'SALE', 'status': 'SUCCESS', 'gateway': 'bogus'}],
        shippingAddress={'firstName': 'Ana', 'lastName': 'Gil', 'name': 'Ana Gil', 'address1': 'Calle 1', 'city': 'Vigo', 'zip': '36201', 'country': 'Spain', 'countryCodeV2': 'ES'},
        returnable=[{'returnableFulfillmentLineItems': {'nodes': [item]}}] if sent else [],
    )  # fmt: skip


def change(version):
    """everything that can be done to an order, done"""
    profile = Profile(ctl, os.path.join(folder.name, 'changed-' + version))
    os.makedirs(os.path.dirname(profile.folder), exist_ok=True)
    control(version, isSpare=False, throttled=0, orders=[changeable(80, '2026-05-03T10:00:00Z', False), changeable(81, '2026-05-03T10:01:00Z', True)], asked=[], refused=[])
    profile.run('shop', 'add', 'shopify', '--url', url(version), '--name', 'Mugs', '--keys-stdin', text=KEYS)
    profile.run('shop', 'sync')

    # Without the right to it, it is said so before anything is asked for.
    control(version, scopes=['read_orders', 'write_orders'])
    done = profile.call('order', 'return', '#81', '--all', '--yes')
    assert done.returncode == 1 and 'Give it the right' in done.stderr, done
    control(version, scopes=['read_orders', 'write_orders', 'read_returns', 'write_returns'])

    [terms] = profile.run('order', 'terms', '#81')
    assert (terms['currency'], terms['left'], terms['lines'][0]['left']) == ('USD', '12.50', '12.50'), terms
    assert [(line['id'], line['quantity_left']) for line in terms['returnable']] == [('gid://shopify/FulfillmentLineItem/9', 2)], terms
    # What can come back is no line that money goes back for.
    assert profile.call('order', 'refund', '#81', '--line', 'gid://shopify/FulfillmentLineItem/9', '--yes').returncode == 2
    assert profile.call('order', 'return', '#81', '--line', 'gid://shopify/LineItem/7', '--yes').returncode == 2
    assert profile.call('order', 'return', '#81', '--line', 'gid://shopify/FulfillmentLineItem/9=3', '--yes').returncode == 2
    assert 'not sent yet' in profile.call('order', 'return', '#80', '--all', '--yes').stderr
    for words in (
        ('return', '#81', '--line', 'gid://shopify/FulfillmentLineItem/9=1', '--reason', 'Too small'),
        ('return', '#81', '--all'),
        ('refund', '#81', '--line', 'gid://shopify/LineItem/7=1', '--reason', 'broken', '--notify'),
        ('refund', '#81', '--amount', '1.00'),
        ('note', '#80', 'Packed well'),
        ('address', '#80', 'city=Lugo', 'postcode=27001'),
        ('cancel', '#80', '--reason', 'no stock', '--restock'),
    ):
        [done] = profile.run('order', *words, '--yes')
        assert done['state'] == 'done', (version, words, done)
    said = control(version)
    assert said['refused'] == [], (version, said)
    assert [one for one in said['asked'] if one in ('Return', 'Close')] == ['Return', 'Close'] * 2, said['asked']
    sent.update(said['asked'])


for one in VERSIONS:
    t.case('a shop of %s is read to the letter of its schema' % one)(lambda: walk(one))


for one in VERSIONS:
    if one >= IDEMPOTENT_SINCE:
        t.case('an order of %s is changed to the letter of its schema' % one)(lambda: change(one))


@t.case('what was said is what was found in the program')
def _():
    assert {'OrdersChanged', 'OrderById', 'OrderWhole', 'Shop', 'Refund', 'Cancel', 'Update', 'Return', 'Close', 'Returnable', 'OrderTerms'} <= sent <= set(written), (sent, sorted(written))


process.stdin.close()
process.wait()
folder.cleanup()
sys.exit(t.done())

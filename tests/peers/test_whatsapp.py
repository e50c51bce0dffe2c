#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""WhatsApp: the letter box on a real PHP, what we ask of Meta before its own description (meta-business-messaging-api_v23.0.yaml), and a number at the terminal by
both."""
import base64
import hashlib
import hmac
import json
import os
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

import peers

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile
from php import WebSpace

NUMBER = '1122334455667'
SECRET = '0123456789abcdef0123456789abcdef'
GRAPH = {'Authorization': 'Bearer EAAtoken', 'User-Agent': 'curl/7.64.1'}

t = tap.Tap()
folder = tempfile.TemporaryDirectory()
shared = os.environ.get('MOSTRADOR_SHARED', os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared'))


def sign(body, secret=SECRET):
    return {'X-Hub-Signature-256': 'sha256=' + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(), 'Content-Type': 'application/json'}


class LetterBox:
    """the file that mostradorctl makes, on a web space"""

    name = ''

    def __init__(self, name):
        home = os.path.join(folder.name, name)
        self.public = os.path.join(home, 'public')
        os.makedirs(self.public)
        self.profile = Profile(sys.argv[1], home)
        self.make()
        self.space = WebSpace(self.public)

    def make(self):
        """puts one there, also in the place of another"""
        path = os.path.join(self.public, 'box.php')
        if os.path.exists(path):
            os.unlink(path)
        [made] = self.profile.run('account', 'relay', '--output', path, '--secret-stdin', text=SECRET + '\n')
        self.key, self.verify_token = made['key'], made['verify_token']

    def bring(self, body, headers=None):
        return self.space.ask('/box.php', body, sign(body) if headers is None else headers)

    def fetch(self, after=0, wait=0, key=None, name=None, number=''):
        status, text = self.space.ask('/box.php?after=%s:%s&for=%s&wait=%s' % (name or self.name, after, number, wait), headers={'Authorization': 'Bearer ' + (key or self.key)})
        said = json.loads(text)
        self.name = said.get('box', self.name)
        return status, [(int(item['id']), base64.b64decode(item['body'])) for item in said.get('items', [])], said

    def stop(self):
        self.space.stop()


def with_box(name, story):
    def case():
        box = LetterBox(name)
        try:
            story(box)
        finally:
            box.stop()

    return case


def letters(box):
    first, second = b'{"entry": []}', 'Grüße \U0001f600 \x00'.encode() + b'\xff\xfe'
    assert box.fetch() == (200, [], {'relay': 2, 'box': box.name, 'items': [], 'more': False}) and len(box.name) == 16, box.name
    assert box.bring(first) == (200, 'ok') and box.bring(second) == (200, 'ok')
    # Byte for byte, in order, again and again until it is said that they are there.
    assert box.fetch()[1] == [(1, first), (2, second)]
    assert box.fetch()[1] == [(1, first), (2, second)]
    assert box.fetch(1)[1] == [(2, second)]
    assert box.fetch(2)[1] == []
    assert box.fetch(0)[1] == [], 'what was fetched is gone'
    # It never counts back: a desk would take the next one for one that it knows.
    box.bring(first)
    assert box.fetch(2)[1] == [(3, first)]
    # What another box has said, or one of before, which had no name, has nothing forgotten here.
    for wrong in ('0' * 16, 'x', box.name.upper() + '0'):
        assert box.fetch(3, name=wrong)[1] == [(3, first)], wrong
    assert json.loads(box.space.ask('/box.php?after=3', headers={'Authorization': 'Bearer ' + box.key})[1])['items'] != []
    assert box.fetch(2)[1] == [(3, first)]
    # One of before, in the place of which this one was put: its letters and its count go on.
    [inside] = [name for name in os.listdir(box.public) if name.startswith('mostrador-letters-')]
    with open(os.path.join(box.public, inside, 'last.php'), 'w') as file:
        file.write('<?php exit; ?>\n7')
    known = box.name
    assert box.fetch(3, name=known)[1] == [(3, first)] and box.name != known
    box.bring(second)
    assert box.fetch(3)[1] == [(8, second)]


def numbers(box):
    """what comes for several numbers is each one's own to fetch, and forgotten by that one alone"""

    def letter(*numbers):
        return json.dumps({'entry': [{'changes': [{'value': {'metadata': {'phone_number_id': number}}}]} for number in numbers]}).encode()

    one, other, both, odd = letter('11'), letter('22'), letter('11', '22', '11'), b'{"entry": ["x", {"changes": 3}, {"changes": ["y", {"value": 4}]}]}'
    for body in (one, other, both, odd):
        assert box.bring(body) == (200, 'ok')
    assert box.fetch(number='11')[1] == [(1, one), (3, both), (5, odd)]
    assert box.fetch(number='22')[1] == [(2, other), (4, both), (5, odd)]
    assert box.fetch(4, number='11')[1] == [(5, odd)]
    assert box.fetch(number='22')[1] == [(2, other), (4, both), (5, odd)], 'the other one forgot it'
    assert box.fetch(5, number='22')[1] == [] and box.fetch(number='11')[1] == []
    assert box.fetch(number='1')[1] == []


def old(box):
    """what lies there for more than 30 days is given to whoever asks at last, and goes when another letter comes"""
    for n in (1, 2):
        assert box.bring(b'{"n": %d}' % n) == (200, 'ok')
    [inside] = [name for name in os.listdir(box.public) if name.startswith('mostrador-letters-')]
    path = os.path.join(box.public, inside, '%016d.php' % 1)
    past = time.time() - 30 * 24 * 3600 - 60
    os.utime(path, (past, past))
    assert box.fetch()[1] == [(1, b'{"n": 1}'), (2, b'{"n": 2}')]
    assert box.bring(b'{"n": 3}') == (200, 'ok')
    assert box.fetch()[1] == [(2, b'{"n": 2}'), (3, b'{"n": 3}')]


def refusals(box):
    body = b'{"entry": []}'
    assert box.bring(body, sign(body, 'another'))[0] == 403
    assert box.bring(body, {})[0] == 403
    assert box.bring(b'x' * (3 * 1024 * 1024 + 1))[0] in (403, 413)
    assert box.space.ask('/box.php?after=0')[0] == 401
    assert box.fetch(key='wrong')[0] == 401
    assert box.space.ask('/box.php', headers={'X-Relay-Key': box.key})[0] == 200
    assert box.space.ask('/box.php', method='DELETE')[0] == 405
    for query, expected in (
        ('hub.mode=subscribe&hub.verify_token=%s&hub.challenge=4711' % box.verify_token, (200, '4711')),
        ('hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=4711', 403),
        ('hub.mode=unsubscribe&hub.verify_token=%s&hub.challenge=4711' % box.verify_token, 403),
        ('hub.mode=subscribe&hub.verify_token[]=x&hub.challenge=4711', 403),
    ):
        status, text = box.space.ask('/box.php?' + query)
        assert (status, text) == expected or status == expected, (query, status, text)
    for query in ('after=-1', 'after=99999999999999999999', 'after[]=1', 'after=1%27', 'wait=99999999'):
        if 'wait' not in query:
            assert box.space.ask('/box.php?' + query, headers={'Authorization': 'Bearer ' + box.key})[0] == 200, query
    status, text = box.space.ask('/box.php?hello=1', headers={'Authorization': 'Bearer ' + box.key})
    assert status == 200 and json.loads(text)['relay'] == 2, text


def hidden(box):
    """nobody reads a letter by its address, and the file says nothing of the key"""
    box.bring(b'{"secret": "of Ana"}')
    [inside] = [name for name in os.listdir(box.public) if name.startswith('mostrador-letters-')]
    names = os.listdir(os.path.join(box.public, inside))
    assert any(name.endswith('.php') for name in names), names
    for name in names:
        assert 'Ana' not in box.space.ask('/%s/%s' % (inside, name))[1], name
    with open(os.path.join(box.public, 'box.php')) as file:
        assert box.key not in file.read()
    assert box.key not in box.space.ask('/box.php')[1]


def at_once(box):
    """many at the same time, while somebody fetches: each is there once"""
    n, seen, after = 120, [], 0

    def bring(i):
        assert box.bring(b'{"n": %d}' % i) == (200, 'ok')

    threads = [threading.Thread(target=bring, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 60
    while len(seen) < n and time.monotonic() < end:
        for number, body in box.fetch(after)[1]:
            assert number > after
            after = number
            seen.append(json.loads(body)['n'])
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(n)), sorted(seen)


def waiting(box):
    """it waits, and a letter ends the wait at once"""
    began = time.monotonic()
    assert box.fetch(wait=1)[1] == [] and time.monotonic() - began >= 0.9
    threading.Timer(0.5, lambda: box.bring(b'{"late": 1}')).start()
    began = time.monotonic()
    assert box.fetch(wait=25)[1] == [(1, b'{"late": 1}')]
    assert time.monotonic() - began < 20


def put(box, body, kind='image/png', name='mug.png', key=None):
    query = urllib.parse.urlencode({'put': 1, 'type': kind, 'name': name})
    status, text = box.space.ask('/box.php?' + query, body, {'Authorization': 'Bearer ' + (key or box.key), 'Content-Type': 'application/octet-stream'})
    return status, json.loads(text)


def files(box):
    """what goes out is handed out byte for byte to whoever knows where, and is not there when its day is over"""
    body = bytes(range(256)) * 4096
    status, said = put(box, body, name='Tasse "ä"\r\nX: y.png')
    assert status == 200 and said['seconds'] == 24 * 3600 and len(said['file']) == 48, said
    url = box.space.url + '/box.php?file=' + said['file']
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == body
        given = answer.headers
    assert (given['Content-Type'], given['Content-Length'], given['X-Content-Type-Options']) == ('image/png', str(len(body)), 'nosniff'), dict(given)
    assert given['Content-Security-Policy'] == 'sandbox' and 'X' not in given and 'filename*=UTF-8' in given['Content-Disposition'], dict(given)
    with urllib.request.urlopen(urllib.request.Request(url, method='HEAD')) as answer:
        assert answer.headers['Content-Length'] == str(len(body)) and answer.read() == b''
    # Without the key nobody puts one there, nothing that a browser would run, and no more than PHP takes in.
    assert put(box, body, key='wrong')[0] == 401
    assert put(box, b'<script>', 'text/html')[1]['error'] == 'bad-type' and put(box, b'<svg>', 'image/svg+xml')[0] == 415
    assert put(box, b'')[0] == 500
    limit = json.loads(box.space.ask('/box.php?hello=1', headers={'Authorization': 'Bearer ' + box.key})[1])['files']
    assert limit == 8 * 1024 * 1024 and put(box, b'x' * (limit + 1)) == (413, {'relay': 2, 'error': 'too-large'}), limit
    # No other name is one, and a letter is no file.
    box.bring(b'{"secret": "of Ana"}')
    for wrong in ('', 'a' * 48, said['file'][:-1], said['file'] + '0', '../' + said['file'], '0000000000000001'):
        assert box.space.ask('/box.php?file=' + urllib.parse.quote(wrong)) == (404, 'gone'), wrong
    [inside] = [name for name in os.listdir(box.public) if name.startswith('mostrador-letters-')]
    [kept] = [name for name in os.listdir(os.path.join(box.public, inside)) if name.startswith('file-')]
    assert said['file'] not in kept and box.space.ask('/%s/%s' % (inside, kept))[1] == '', kept
    # A day later it is neither given nor kept, and the letters still are.
    path = os.path.join(box.public, inside, kept)
    past = time.time() - 24 * 3600 - 60
    os.utime(path, (past, past))
    assert box.space.ask('/box.php?file=' + said['file']) == (404, 'gone') and not os.path.exists(path)
    assert [body for _, body in box.fetch()[1]] == [b'{"secret": "of Ana"}']


for name, story in (('letters', letters), ('numbers', numbers), ('old', old), ('refusals', refusals), ('hidden', hidden), ('at-once', at_once), ('waiting', waiting), ('files', files)):
    t.case('the letter box: ' + name)(with_box(name, story))


def with_description(use):
    path = os.path.join(shared, 'specs', 'meta-business-messaging-api_v23.0.yaml')
    if not os.path.exists(path):
        raise tap.Skip('the shared folder is not beside the project')
    prism = peers.Prism(path)
    try:
        use(prism)
    finally:
        prism.stop()


@t.case("Meta's own description refuses what is wrong")
def _():
    right = {'messaging_product': 'whatsapp', 'recipient_type': 'individual', 'to': '4915112345678', 'type': 'text', 'text': {'preview_url': False, 'body': 'Hi'}}

    def use(prism):
        url = prism.url + '/v23.0/%s/messages' % NUMBER

        def status(body, headers=GRAPH, target=url):
            return peers.ask(target, body, headers)[0]

        assert status(right) == 200, peers.ask(url, right, GRAPH)
        assert status(right, {'User-Agent': 'curl/7.64.1'}) == 401
        assert status({**right, 'to': 4915112345678}) == 422
        assert status({'to': '4915112345678'}) == 422
        assert status(right, target=prism.url + '/v23.0/%s/mesages' % NUMBER) == 404

    with_description(use)


def without_tracker(body):
    """The description knows it of templates alone. Meta's reference has it for every message, and brings it back with what became of it (pywa's collected
    statuses, "with_tracker")."""
    said = json.loads(body)
    if said.get('type') != 'template':
        said.pop('biz_opaque_callback_data', None)
    return json.dumps(said).encode()


def webhook(**what):
    value = {'messaging_product': 'whatsapp', 'metadata': {'display_phone_number': '4930901820', 'phone_number_id': NUMBER}, **what}
    return json.dumps({'object': 'whatsapp_business_account', 'entry': [{'id': '1', 'changes': [{'value': value, 'field': 'messages'}]}]}).encode()


def talk(box, checked):
    profile, keys = box.profile, 'EAAtoken\n%s\n' % box.key
    relay = box.space.url + '/box.php'
    for wrong in (('--number-id', NUMBER), ('--number-id', 'x', '--relay', relay), ('--number-id', NUMBER, '--relay', 'http://shop.test/box.php')):
        assert profile.call('account', 'add', 'whatsapp', '--token-stdin', *wrong, text=keys).returncode == 2, wrong
    done = profile.call('account', 'add', 'whatsapp', '--number-id', NUMBER, '--relay', relay, '--server', checked.url, '--token-stdin', text='EAAtoken\nwrong\n')
    assert done.returncode == 1, done
    [added] = profile.run('account', 'add', 'whatsapp', '--number-id', NUMBER, '--relay', relay, '--server', checked.url, '--token-stdin', text=keys)
    assert (added['kind'], added['address'], added['name']) == ('whatsapp', '+49 30 901820', 'Mug Shop'), added
    said = {'from': '4915112345678', 'id': 'wamid.IN1', 'timestamp': str(int(time.time())), 'type': 'text', 'text': {'body': 'Where is order 1042?'}}
    box.bring(webhook(contacts=[{'profile': {'name': 'Ana'}, 'wa_id': '4915112345678'}], messages=[said]))
    profile.run('sync')
    [row] = profile.run('list')
    assert (row['channel'], row['subject']) == ('whatsapp', 'Where is order 1042?'), row
    profile.run('reply', str(row['number']), text='It left today')
    profile.run('sync')
    box.bring(webhook(statuses=[{'id': 'wamid.OUT1', 'status': 'read', 'timestamp': str(int(time.time())), 'recipient_id': '4915112345678'}]))
    # What Meta brings twice is there once.
    box.bring(webhook(contacts=[{'profile': {'name': 'Ana'}, 'wa_id': '4915112345678'}], messages=[said]))
    profile.run('sync')
    [shown] = profile.run('show', str(row['number']))
    assert [(m['text'], m['delivery']) for m in shown['messages']] == [('Where is order 1042?', 'received'), ('It left today', 'read')], shown
    # Answers that have only to be pressed: the description takes three of 20 characters.
    done = profile.call('reply', str(row['number']), '--button', 'x' * 21, text='Shall a neighbour take it?')
    assert done.returncode == 1 and '20 characters at most' in done.stderr, done
    profile.run('reply', str(row['number']), '--button', 'Yes, please', '--button', 'No', '--button', '12345678901234567890', text='Shall a neighbour take it?')
    profile.run('sync')
    pressed = {'from': '4915112345678', 'id': 'wamid.IN2', 'timestamp': str(int(time.time())), 'type': 'interactive', 'context': {'from': '4930901820', 'id': 'wamid.OUT2'},
               'interactive': {'type': 'button_reply', 'button_reply': {'id': 'Yes, please', 'title': 'Yes, please'}}}  # fmt: skip
    box.bring(webhook(contacts=[{'profile': {'name': 'Ana'}, 'wa_id': '4915112345678'}], messages=[pressed]))
    profile.run('sync')
    asked, answered = profile.run('show', str(row['number']))[0]['messages'][2:]
    assert (asked['delivery'], asked['buttons']) == ('accepted', ['Yes, please', 'No', '12345678901234567890']), asked
    assert (answered['text'], answered['answers']) == ('Yes, please', asked['id']), answered
    # Forgotten there, once it is on disk here.
    profile.run('sync')
    assert box.fetch()[1] == []
    # Another box in its place, with another key: it counts from 1, and nothing that comes is lost.
    box.make()
    profile.run('account', 'remove', '+49 30 901820', '--force')
    profile.run('account', 'add', 'whatsapp', '--number-id', NUMBER, '--relay', relay, '--server', checked.url, '--token-stdin', text='EAAtoken\n%s\n' % box.key)
    for i in range(3):
        box.bring(webhook(contacts=[{'profile': {'name': 'Ana'}, 'wa_id': '4915112345678'}], messages=[{**said, 'id': 'wamid.NEW%d' % i, 'text': {'body': 'New %d' % i}}]))
    profile.run('sync')
    texts = [m['text'] for m in profile.run('show', str(row['number']))[0]['messages']]
    assert [text for text in texts if text.startswith('New')] == ['New 0', 'New 1', 'New 2'], texts
    profile.run('sync')
    assert box.fetch()[1] == []
    assert profile.run('check') == []


@t.case('a number at the terminal, by a real letter box and before the description')
def _():
    sent = []

    def answer(method, path, _body):
        if method == 'GET' and path.startswith('/v23.0/' + NUMBER):
            return 200, {'display_phone_number': '+49 30 901820', 'verified_name': 'Mug Shop', 'id': NUMBER}
        if method == 'POST' and path.endswith('/messages'):
            sent.append(path)
            return 200, {'messaging_product': 'whatsapp', 'contacts': [{'input': '4915112345678', 'wa_id': '4915112345678'}], 'messages': [{'id': 'wamid.OUT%d' % len(sent)}]}
        return None

    def use(prism):
        box = LetterBox('terminal')
        checked = peers.Checked(prism, '', answer, shown=without_tracker)
        try:
            talk(box, checked)
        finally:
            checked.stop()
            box.stop()
            print('# %d requests, refused: %s' % (len(checked.asked), checked.refused), flush=True)
        assert checked.refused == [], checked.refused

    with_description(use)


folder.cleanup()
sys.exit(t.done())

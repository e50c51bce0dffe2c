#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we ask of Twilio, before its own description (twilio_api_v2010.json): wrong requests first, then the whole way of a number at the terminal. The description keeps
no state, so what it answers with is made here, in the shape of its own examples; what it refuses is refused."""
import base64
import json
import os
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from email.utils import formatdate

import peers

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile
from php import WebSpace

SID = 'AC0123456789abcdef0123456789abcdef'
SMS, CHAT = '+4930901820', 'whatsapp:+4930901820'
ROOT = '/2010-04-01/Accounts/' + SID
KEY = {'Authorization': 'Basic ' + base64.b64encode((SID + ':token').encode()).decode()}
FORM = {'Content-Type': 'application/x-www-form-urlencoded'}

t = tap.Tap()
folder = tempfile.TemporaryDirectory()
shared = os.environ.get('MOSTRADOR_SHARED', os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared'))


class Account:
    """the messages of a number, as the description's resources have them"""

    def __init__(self, number):
        self.number, self.messages, self.sent, self.fetched = number, [], [], []

    def add(self, other, body, incoming, media=()):
        sid = ('MM' if media else 'SM') + '%032x' % (len(self.messages) + 1)
        uri = ROOT + '/Messages/%s.json' % sid
        now = formatdate(time.time(), usegmt=False)
        self.messages.append({
            'account_sid': SID, 'api_version': '2010-04-01', 'body': body, 'date_created': now, 'date_sent': now, 'date_updated': now,
            'direction': 'inbound' if incoming else 'outbound-api', 'error_code': None, 'error_message': None,
            'from': other if incoming else self.number, 'to': self.number if incoming else other, 'messaging_service_sid': None,
            'num_media': str(len(media)), 'num_segments': '1', 'price': None, 'price_unit': None, 'sid': sid, 'status': 'received' if incoming else 'queued',
            'subresource_uris': {'media': uri.replace('.json', '/Media.json')}, 'uri': uri,
        })  # fmt: skip
        return self.messages[-1]

    def answer(self, method, path, body):
        place, _, query = path.partition('?')
        asked = dict(urllib.parse.parse_qsl(query))
        if method == 'POST' and place == ROOT + '/Messages.json':
            form = dict(urllib.parse.parse_qsl(body.decode()))
            self.sent.append(form)
            # As Twilio does: it fetches the file, or the message fails.
            media = [urllib.request.urlopen(form['MediaUrl']).read()] if 'MediaUrl' in form else []
            self.fetched += media
            return 201, self.add(form['To'], form.get('Body', ''), False, media)
        if place == ROOT + '/Messages.json':
            rows = [m for m in self.messages if asked.get('To', m['to']) == m['to'] and asked.get('From', m['from']) == m['from']]
            return 200, {'messages': rows[::-1], 'next_page_uri': None, 'page': 0, 'page_size': int(asked['PageSize'])}
        if place == ROOT + '/IncomingPhoneNumbers.json':
            return 200, {'incoming_phone_numbers': [{'friendly_name': 'Mug Shop', 'phone_number': self.number, 'capabilities': {'sms': True, 'mms': True, 'voice': True}}]}
        for one in self.messages:
            if place == one['uri']:
                return 200, one
        return None


def with_description(use):
    path = os.path.join(shared, 'specs', 'twilio_api_v2010.json')
    if not os.path.exists(path):
        raise tap.Skip('the shared folder is not beside the project')
    prism = peers.Prism(path)
    try:
        use(prism)
    finally:
        prism.stop()


def ask(prism, target, form=None, key=True, method=None):
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    return peers.ask(prism.url + target, body, {**(KEY if key else {}), **FORM}, method)[0]


@t.case('its description refuses what is wrong')
def _():
    def use(prism):
        assert ask(prism, ROOT + '/Messages.json?PageSize=50') == 200
        assert ask(prism, ROOT + '/Messages.json?PageSize=50', key=False) == 401
        assert ask(prism, ROOT + '/Messages.json?PageSize=5000') == 422
        assert ask(prism, ROOT + '/Messages.json?PageSize=many') == 422
        assert ask(prism, '/2010-04-01/Accounts/nobody/Messages.json?PageSize=50') == 422
        assert ask(prism, ROOT + '/Messages/nothing.json') == 422
        assert ask(prism, ROOT + '/Mesages.json') == 404
        assert ask(prism, ROOT + '/Messages.json', {'To': '+4915112345678', 'From': SMS, 'Body': 'Hello'}) == 201
        assert ask(prism, ROOT + '/Messages.json', {'From': SMS, 'Body': 'Hello'}) == 422
        assert ask(prism, ROOT + '/Messages.json', {'To': '+4915112345678', 'MessagingServiceSid': 'elsewhere', 'Body': 'Hello'}) == 422

    with_description(use)


def walk(number, other, kind):
    def use(prism):
        account = Account(number)
        # The platform's own path is the whole of it.
        checked = peers.Checked(prism, '', account.answer)
        profile = Profile(sys.argv[1], os.path.join(folder.name, kind))
        os.makedirs(os.path.dirname(profile.folder))
        try:
            story(profile, checked, account, number, other, kind)
        finally:
            checked.stop()
            print('# %d requests, refused: %s' % (len(checked.asked), checked.refused), flush=True)
        assert checked.refused == [], checked.refused

    with_description(use)


def story(profile, checked, account, number, other, kind):
    for wrong in (('--sid', 'AC1', '--number', number), ('--sid', SID, '--number', '030 901820'), ('--sid', SID)):
        assert profile.call('account', 'add', 'twilio', '--token-stdin', *wrong, text='token\n').returncode == 2, wrong
    [added] = profile.run('account', 'add', 'twilio', '--sid', SID, '--number', number, '--server', checked.url, '--token-stdin', text='token\n')
    assert (added['kind'], added['address']) == (kind, number), added
    account.add(other, 'Where is order 1042?', True)
    profile.run('sync')
    [row] = profile.run('list')
    assert (row['channel'], row['subject']) == (kind, 'Where is order 1042?'), row
    [shown] = profile.run('show', str(row['number']))
    assert [(i['kind'], i['value']) for i in shown['customer']['identities']] == [('phone', other.removeprefix('whatsapp:'))], shown
    profile.run('reply', str(row['number']), text='It left today')
    profile.run('sync')
    assert [m['body'] for m in account.messages] == ['Where is order 1042?', 'It left today'], account.messages
    account.messages[1]['status'] = 'delivered'
    # Where it is told, one program after the other looks: it is there once.
    profile.run('sync')
    profile.run('sync')
    [shown] = profile.run('show', str(row['number']))
    assert [m['text'] for m in shown['messages']] == ['Where is order 1042?', 'It left today'], shown
    assert profile.run('check') == []
    asked = {(method, path.split('?')[0]) for method, path in checked.asked}
    assert ('POST', ROOT + '/Messages.json') in asked and ('GET', ROOT + '/Messages.json') in asked, asked


t.case('a number for SMS, at the terminal')(lambda: walk(SMS, '+4915112345678', 'sms'))
t.case('one for WhatsApp')(lambda: walk(CHAT, 'whatsapp:+4915112345678', 'whatsapp-twilio'))


def without_media(body):
    """Of a form Prism takes no list for one: that the description has it is looked up."""
    return urllib.parse.urlencode([pair for pair in urllib.parse.parse_qsl(body.decode()) if pair[0] != 'MediaUrl']).encode()


def described_media():
    with open(os.path.join(shared, 'specs', 'twilio_api_v2010.json')) as file:
        posted = json.load(file)['paths']['/2010-04-01/Accounts/{AccountSid}/Messages.json']['post']['requestBody']['content']
    [schema] = [one['schema'] for kind, one in posted.items() if kind == FORM['Content-Type']]
    return schema['properties']['MediaUrl']


PICTURE = b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 40


def with_files(number, other, kind):
    """pictures go out by way of the shop's own letter box, on a real PHP; without one they do not, and why is said"""

    def use(prism):
        account = Account(number)
        checked = peers.Checked(prism, '', account.answer, shown=without_media)
        home = os.path.join(folder.name, kind + '-files')
        public = os.path.join(home, 'public')
        os.makedirs(public)
        profile = Profile(sys.argv[1], home)
        picture = os.path.join(home, 'mug.png')
        with open(picture, 'wb') as file:
            file.write(PICTURE)
        space = None
        add = ('account', 'add', 'twilio', '--sid', SID, '--number', number, '--server', checked.url, '--token-stdin')
        try:
            profile.run(*add, text='token\n')
            account.add(other, 'Show me the mug', True)
            profile.run('sync')
            row = str(profile.run('list')[0]['number'])
            done = profile.call('reply', row, '--attach', picture, text='Here it is')
            assert done.returncode == 1 and 'no-letter-box' in done.stderr, done
            [made] = profile.run('account', 'relay', '--output', os.path.join(public, 'box.php'))
            assert 'verify_token' not in made, made
            space = WebSpace(public)
            relay = ('--relay', space.url + '/box.php')
            # The key of the letter box is the second line; another one is said to be wrong before anything is kept.
            done = profile.call(*add, *relay, text='token\nwrong\n')
            assert done.returncode == 1 and 'letter box' in done.stderr, done
            assert profile.call(*add, '--relay', 'http://shop.test/box.php', text='token\n' + made['key']).returncode == 2
            [added] = profile.run(*add, *relay, text='token\n%s\n' % made['key'])
            assert added['address'] == number, added
            profile.run('reply', row, '--attach', picture, text='Here it is')
            profile.run('sync')
            assert account.fetched == [PICTURE], (account.sent, checked.refused, profile.run('outbox'))
            described = described_media()
            assert (described['type'], described['items']['format']) == ('array', 'uri'), described
            if kind == 'sms':
                # One MMS: the words go with it.
                assert [set(form) for form in account.sent] == [{'To', 'From', 'Body', 'MediaUrl'}] and account.sent[0]['Body'] == 'Here it is', account.sent
            else:
                assert [set(form) for form in account.sent] == [{'To', 'From', 'Body'}, {'To', 'From', 'MediaUrl'}], account.sent
            # What the service does not take is refused before anybody uploads it.
            with open(os.path.join(home, 'page.html'), 'w') as file:
                file.write('<p>Hello</p>')
            done = profile.call('reply', row, '--attach', file.name, text='Here')
            assert done.returncode == 1 and 'bad-type' in done.stderr, done
            # While the web space does not answer it waits, and nothing of it left; then it goes out once.
            space.stop()
            profile.run('reply', row, '--attach', picture, text='Once more')
            profile.call('sync')
            before = len(account.sent)
            [waits] = profile.run('outbox')
            assert (waits['state'], len(account.fetched)) == ('queued', 1), waits
            space = WebSpace(public, port=space.port)
            profile.run('outbox', 'retry', waits['id'])
            profile.run('sync')
            assert account.fetched == [PICTURE, PICTURE] and len(account.sent) == before + 1, account.sent
            [shown] = profile.run('show', row)
            assert [(m['text'], m['delivery'], len(m['attachments'])) for m in shown['messages'][1:]] == [('Here it is', 'accepted', 1), ('Once more', 'accepted', 1)], shown
            assert profile.run('check') == []
        finally:
            checked.stop()
            if space is not None:
                space.stop()
        assert checked.refused == [], checked.refused

    with_description(use)


t.case('pictures by MMS, through a real letter box')(lambda: with_files(SMS, '+4915112345678', 'sms'))
t.case('pictures by WhatsApp')(lambda: with_files(CHAT, 'whatsapp:+4915112345678', 'whatsapp-twilio'))


class Log(Account):
    """the calls of a number, their legs, and what was recorded of them"""

    def __init__(self, number):
        super().__init__(number)
        self.calls, self.recordings = [], []

    def ring(self, other, status, incoming=True, parent=None, seconds=0, ago_s=-5):
        # Those of now are over after the account was new, whatever the clock says of the second in which that was.
        sid = 'CA%032x' % (len(self.calls) + 1)
        start = formatdate(time.time() - ago_s, usegmt=False)
        self.calls.append({
            'account_sid': SID, 'api_version': '2010-04-01', 'caller_name': None, 'date_created': start, 'date_updated': start, 'direction': 'inbound' if incoming else 'outbound-dial' if parent else 'outbound-api',
            'duration': str(seconds), 'end_time': start, 'from': other if incoming else self.number, 'to': self.number if incoming else other, 'parent_call_sid': parent, 'sid': sid,
            'start_time': start, 'status': status, 'uri': ROOT + '/Calls/%s.json' % sid,
        })  # fmt: skip
        return sid

    def record(self, call, status='completed'):
        sid = 'RE%032x' % (len(self.recordings) + 1)
        self.recordings.append({'account_sid': SID, 'call_sid': call, 'sid': sid, 'status': status, 'duration': '7', 'uri': ROOT + '/Recordings/%s.json' % sid})
        return self.recordings[-1]

    def answer(self, method, path, body):
        place, _, query = path.partition('?')
        asked = dict(urllib.parse.parse_qsl(query))
        if place == ROOT + '/Calls.json':
            wanted = {'To': 'to', 'From': 'from', 'ParentCallSid': 'parent_call_sid'}
            rows = [c for c in self.calls if all(c[field] == asked[name] for name, field in wanted.items() if name in asked)]
            return 200, {'calls': rows[::-1], 'next_page_uri': None, 'page': 0, 'page_size': int(asked['PageSize'])}
        if place == ROOT + '/Recordings.json':
            return 200, {'recordings': [r for r in self.recordings if r['call_sid'] == asked['CallSid']], 'next_page_uri': None}
        if place.endswith('.mp3'):
            return 200, b'ID3 sound'
        return super().answer(method, path, body)


def outcomes(profile):
    found = {}
    for view in 'all_open', 'closed':
        rows = profile.run('list', '--view', view)
        for row, shown in zip(rows, profile.show(rows)):
            for message in shown['messages']:
                found.setdefault(message['call']['number'], []).append((message['direction'], message['call']['outcome'], message['call']['seconds'], row['status'], len(message['attachments'])))
    return found


@t.case('the calls of a number, with their legs and recordings')
def _():
    def use(prism):
        log = Log(SMS)
        # A recording's sound is in no description.
        checked = peers.Checked(prism, '', log.answer, beyond={('GET', ROOT + '/Recordings/RE%032x.mp3' % i) for i in (1, 2)})
        profile = Profile(sys.argv[1], os.path.join(folder.name, 'calls'))
        os.makedirs(os.path.dirname(profile.folder))
        try:
            assert profile.call('account', 'add', 'twilio-calls', '--sid', SID, '--number', CHAT, '--token-stdin', text='token\n').returncode == 2
            [added] = profile.run('account', 'add', 'twilio-calls', '--sid', SID, '--number', SMS, '--server', checked.url, '--token-stdin', text='token\n')
            assert (added['kind'], added['address'], added['name']) == ('twilio-calls', SMS, 'Mug Shop'), added
            for i in range(60):
                log.ring('+4915200000000', 'busy', ago_s=2 * 86400 + i)
            history = {'+4915200000000': [('incoming', 'busy', 0, 'closed', 0)] * 60}
            log.ring('+4915100000001', 'no-answer', ago_s=86400)
            profile.run('sync')
            # History is no work; more of it than is taken at once.
            assert outcomes(profile) == history | {'+4915100000001': [('incoming', 'missed', 0, 'closed', 0)]}, outcomes(profile)
            parent = log.ring('+4915100000002', 'completed', seconds=70)
            log.ring('+4930777', 'busy', incoming=False, parent=parent)
            log.ring('+4930778', 'completed', incoming=False, parent=parent, seconds=61)
            tape = log.ring('+4915100000003', 'completed', seconds=20)
            recording = log.record(tape)
            hung_up = log.ring('+4915100000004', 'completed', seconds=5)
            log.ring('+4930777', 'no-answer', incoming=False, parent=hung_up)
            log.ring('+4915100000005', 'completed', incoming=False, seconds=30)
            for _ in range(2):
                log.ring('+266696687', 'no-answer')
            log.ring('+4915100000006', 'in-progress')
            late = log.ring('+4915100000007', 'completed', seconds=9)
            recording_late = log.record(late, 'processing')
            profile.run('sync')
            found = outcomes(profile)
            assert found == history | {
                '+4915100000001': [('incoming', 'missed', 0, 'closed', 0)],
                '+4915100000002': [('incoming', 'answered', 61, 'closed', 0)],
                '+4915100000003': [('incoming', 'voicemail', 0, 'open', 1)],
                '+4915100000004': [('incoming', 'missed', 0, 'open', 0)],
                '+4915100000005': [('outgoing', 'answered', 30, 'closed', 0)],
                # What is being made ready was spoken all the same.
                '+4915100000007': [('incoming', 'voicemail', 0, 'open', 0)],
                # Two who withhold their numbers, which stand there as a word that is dialled, are not one.
                '': [('incoming', 'missed', 0, 'open', 0)] * 2,
            }, found
            assert len({row['number'] for row in profile.run('list') if not row['subject']}) == 2, profile.run('list')
            # What is over later, and recorded later, comes later; nothing comes twice.
            log.calls[-2]['status'] = 'no-answer'
            recording_late['status'] = 'completed'
            profile.run('sync')
            profile.run('sync')
            found = outcomes(profile)
            assert found['+4915100000006'] == [('incoming', 'missed', 0, 'open', 0)] and found['+4915100000007'][0][4] == 1 and len(found) == 1 + 8, found
            assert all(len(calls) == (1 if number else 2) for number, calls in found.items() if number not in history), found
            assert len(found['+4915200000000']) == 60, found
            [row] = [row for row in profile.run('list') if row['subject'] == '+4915100000003']
            [file] = profile.run('show', str(row['number']))[0]['messages'][0]['attachments']
            assert (file['name'], file['type']) == (recording['sid'] + '.mp3', 'audio/mpeg'), file
            assert profile.run('check') == []
            assert ('GET', ROOT + '/Recordings/%s.mp3' % recording['sid']) in {(method, path.split('?')[0]) for method, path in checked.asked}, checked.asked
        finally:
            checked.stop()
            print('# %d requests, refused: %s' % (len(checked.asked), checked.refused), flush=True)
        assert checked.refused == [], checked.refused

    with_description(use)


folder.cleanup()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account of Matrix at the terminal, on a real Synapse: added, read, answered, tried; what goes wrong on the way, and kill -9 in the middle of it."""
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

import tap
from ctlprofile import Profile
from matrixdesk import Front, Person, quote
from synapse import PASSWORD, Synapse

CTL, CALLS = sys.argv[1:3]
N_QUEUED = 330
KILLS = 8


class Desk:
    """an account of its own, on a profile of its own"""

    def __init__(self, synapse, folder, name, *words):
        self.front = Front(synapse.base)
        self.other = Person(synapse, name)  # the same account in another program
        self.user = self.other.user
        self.profile = Profile(CTL, os.path.join(folder, name))
        self.added = self.add(*words)

    def add(self, *words):
        return self.profile.run('account', 'add', 'matrix', '--address', self.user, '--server', self.front.url, '--password-stdin', *words, text=PASSWORD + '\n')[0]

    def sync(self, status=0):
        self.profile.run('sync', status=status)

    def number(self, i=0):
        return str(self.profile.run('list')[i]['number'])

    def messages(self, number=None):
        return self.profile.run('show', number or self.number())[0]['messages']

    def texts(self):
        return [m['text'] for m in self.messages()]

    def start(self, *words, **extra):
        environ = dict(self.profile.environ, LD_PRELOAD=CALLS, MOS_TEST_CALLS_DIR=self.profile.folder, ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0', **extra)
        return subprocess.Popen([CTL, '--profile', self.profile.folder, '--json', *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environ)


def sign_in(synapse, folder, anna):
    desk = Desk(synapse, folder, 'signs')
    assert desk.added['kind'] == 'matrix' and desk.added['address'] == desk.user and desk.added['name'] == 'signs', desk.added
    devices = [d for d in desk.other.ask('GET', '/_matrix/client/v3/devices')['devices'] if d['display_name'] == 'Mostrador']
    assert len(devices) == 1, devices
    # Again it is the same device: the list does not fill up.
    desk.add()
    devices = [d for d in desk.other.ask('GET', '/_matrix/client/v3/devices')['devices'] if d['display_name'] == 'Mostrador']
    assert len(devices) == 1, devices
    assert len(desk.profile.run('account', 'list')) == 1
    assert desk.profile.run('account', 'test')[0]['works']
    done = desk.profile.call('account', 'add', 'matrix', '--address', desk.user, '--server', desk.front.url, '--password-stdin', text='wrongwrong\n')
    assert done.returncode == 1 and 'password' in done.stderr and 'wrongwrong' not in done.stderr, done.stderr
    done = desk.profile.call('account', 'add', 'matrix', '--address', anna.user, '--server', desk.front.url, '--token-stdin', text=desk.other.token + '\n')
    assert done.returncode == 1 and desk.user in done.stderr and desk.other.token not in done.stderr, done.stderr
    assert desk.profile.call('account', 'add', 'matrix', '--password-stdin', text='x\n').returncode == 2
    done = desk.profile.call('account', 'add', 'matrix', '--address', 'shop', '--password-stdin', text='x\n')
    assert done.returncode == 2 and '@shop:example.org' in done.stderr, done
    # Nothing of the password is anywhere; the token is in the keyring alone.
    for root, _, names in os.walk(desk.profile.folder):
        for name in names:
            with open(os.path.join(root, name), 'rb') as file:
                assert desk.other.token.encode() not in file.read()
    # A token that the server has ended
    for one in devices:
        desk.other.ask('POST', '/_matrix/client/v3/logout/all', {})
    done = desk.profile.call('sync')
    assert done.returncode == 1, done
    assert not desk.profile.call('account', 'test').stdout.count('"works":true')
    desk.other = Person(synapse, 'signs')
    desk.add()
    desk.sync()
    desk.front.end()


def receipts(sync, room, user):
    """which messages `user` has read, as somebody else is told"""
    events = sync['rooms']['join'][room]['ephemeral']['events']
    return [event for e in events if e['type'] == 'm.receipt' for event, kinds in e['content'].items() if user in kinds.get('m.read', {})]


def talk(synapse, folder, anna):
    desk = Desk(synapse, folder, 'talks')
    room = anna.room(desk.user)
    first = anna.say(room, 'Where is order 1042?')
    second = anna.say(room, 'It was to come on Monday', formatted_body='<b>no</b>', format='org.matrix.custom.html')
    desk.sync()
    rows = desk.profile.run('list')
    assert len(rows) == 1 and rows[0]['channel'] == 'matrix' and rows[0]['subject'] == 'Where is order 1042?', rows
    number = str(rows[0]['number'])
    shown = desk.profile.run('show', number)[0]
    assert [m['text'] for m in shown['messages']] == ['Where is order 1042?', 'It was to come on Monday'], shown
    assert shown['customer']['identities'][0]['value'] == anna.user and shown['customer']['name'] == 'anna', shown
    desk.profile.run('reply', number, text='It left today 😀\n')
    desk.sync()
    assert anna.texts(room, desk.user) == ['It left today 😀']
    sent = [e for e in anna.events(room) if e['sender'] == desk.user and e['type'] == 'm.room.message'][0]
    assert desk.messages(number)[2]['delivery'] == 'accepted'
    anna.read(room, sent['event_id'])
    anna.edit(room, first, 'Where is order 1043?')
    desk.other.say(room, 'And from my telephone')
    desk.sync()
    # Whoever wrote sees that it was read, and no more than that.
    answer = anna.ask('GET', '/_matrix/client/v3/sync?timeout=0')
    assert receipts(answer, room, desk.user) == [], answer
    desk.profile.run('set', number, 'read=yes')
    desk.sync()
    # The same question again would get the same answer for two minutes.
    seen = receipts(anna.ask('GET', '/_matrix/client/v3/sync?timeout=1'), room, desk.user)
    assert seen == [second], (seen, second)
    messages = desk.messages(number)
    assert messages[0]['text'] == 'Where is order 1043?' and messages[0]['edited'], messages[0]
    assert messages[2]['delivery'] == 'read', messages[2]
    assert messages[3]['text'] == 'And from my telephone' and messages[3]['direction'] == 'outgoing', messages[3]
    assert len(messages) == 4, messages
    anna.redact(room, first)
    desk.sync()
    assert desk.messages(number)[0]['withdrawn'], desk.messages(number)[0]
    # The customer goes: that is said before anything is written.
    anna.ask('POST', '/_matrix/client/v3/rooms/%s/leave' % quote(room), {})
    desk.sync()
    done = desk.profile.call('reply', number, text='Are you there?\n')
    assert done.returncode == 1 and 'alone' in done.stderr, done.stderr
    assert desk.profile.run('check') == []
    desk.front.end()


def catch_up(synapse, folder, anna):
    """far more than one answer holds: in a room that is known, and in one that was only joined meanwhile"""
    desk = Desk(synapse, folder, 'sleeps')
    room = anna.room(desk.user)
    anna.say(room, 'before')
    desk.sync()
    expected = ['before'] + ['n%d' % i for i in range(N_QUEUED)]
    for text in expected[1:]:
        anna.say(room, text)
    new = anna.room(desk.user)
    for i in range(70):
        anna.say(new, 'm%d' % i)
    desk.sync()
    rows = {row['subject']: str(row['number']) for row in desk.profile.run('list')}
    assert [m['text'] for m in desk.messages(rows['before'])] == expected
    assert [m['text'] for m in desk.messages(rows['m0'])] == ['m%d' % i for i in range(70)], rows
    assert all(m['from']['name'] == 'anna' for m in desk.messages(rows['before'])), 'a name is missing'
    desk.front.end()


def groups(synapse, folder, anna):
    bob = Person(synapse, 'bob')
    desk = Desk(synapse, folder, 'groups')
    room = anna.room(desk.user, bob.user)
    bob.join(room)
    said = anna.say(room, 'What a day')
    desk.sync()
    desk.sync()
    assert desk.profile.run('list') == []
    # A room that everybody may enter is no customer's.
    public = anna.room(desk.user, preset='public_chat')
    desk.sync()
    assert public not in desk.other.ask('GET', '/_matrix/client/v3/joined_rooms')['joined_rooms']
    desk.add('--groups')
    said = anna.say(room, 'Is the shop here?')
    desk.sync()
    assert desk.texts() == ['Is the shop here?'], desk.texts()
    # Whoever has not written it cannot change it, whatever a server lets through.
    bob.edit(room, said, 'The shop is bad')
    desk.sync()
    assert desk.texts() == ['Is the shop here?'], desk.texts()
    desk.front.end()


def third(synapse, folder, anna):
    """whoever wrote alone, and brings somebody along, is heard on"""
    carl = Person(synapse, 'carl')
    desk = Desk(synapse, folder, 'hears')
    room = anna.room(desk.user)
    anna.say(room, 'It is about my order')
    desk.sync()
    desk.sync()
    assert desk.texts() == ['It is about my order'], desk.texts()
    anna.ask('POST', '/_matrix/client/v3/rooms/%s/invite' % quote(room), {'user_id': carl.user})
    carl.join(room)
    anna.say(room, 'Carl ordered it with me')
    carl.say(room, 'It is the blue one')
    desk.sync()
    assert desk.texts() == ['It is about my order', 'Carl ordered it with me', 'It is the blue one'], desk.texts()
    desk.front.end()


def encrypted(synapse, folder, anna):
    desk = Desk(synapse, folder, 'sealed')
    room = anna.room(desk.user)
    anna.say(room, 'Hello')
    desk.sync()
    number = desk.number()
    # What waits when it is turned on does not go out, either.
    desk.profile.run('reply', number, text='Good day\n')
    anna.ask('PUT', '/_matrix/client/v3/rooms/%s/state/m.room.encryption' % quote(room), {'algorithm': 'm.megolm.v1.aes-sha2'})
    desk.sync()
    assert anna.texts(room, desk.user) == [], anna.texts(room, desk.user)
    assert [(m['delivery'], m['why']) for m in desk.messages(number)[1:]] == [('failed', 'encrypted')], desk.messages(number)
    anna.send(room, 'm.room.encrypted', {'algorithm': 'm.megolm.v1.aes-sha2', 'ciphertext': 'AwgAEnACgAkLmt6q', 'device_id': 'X', 'sender_key': 'y', 'session_id': 'z'})
    desk.sync()
    last = desk.messages(number)[-1]
    assert last['text'] == '' and last['why'] == 'encrypted', last
    done = desk.profile.call('reply', number, text='In plain words\n')
    assert done.returncode == 1 and 'encrypted' in done.stderr, done.stderr
    # Nor does a plain word of theirs open it again.
    anna.say(room, 'Can you read this?')
    desk.sync()
    assert desk.profile.call('reply', number, text='In plain words\n').returncode == 1
    assert anna.texts(room, desk.user) == []
    desk.front.end()


def trouble(synapse, folder, anna):
    """whatever stands between fails in each way: afterwards all is there, once"""
    desk = Desk(synapse, folder, 'suffers')
    room = anna.room(desk.user)
    anna.say(room, 'zero')
    desk.sync()
    number = desk.number()
    expected, sent = ['zero'], []
    faults = (('/sync', 502), ('/sync', 'half'), ('/sync', 'again'), ('/filter', 500), ('/whoami', 'lost'), ('/send/', 'lost'), ('/send/', 'half'), ('/send/', 503), ('/state/', 'lost'))
    for i, (path, how) in enumerate(faults):
        expected.append('in %d' % i)
        anna.say(room, expected[-1])
        if path in ('/send/', '/state/'):
            sent.append('out %d' % i)
            desk.profile.run('reply', number, text=sent[-1] + '\n')
        desk.front.fail(path, how, 9)
        done = desk.profile.call('sync')
        assert done.returncode in (0, 1) and 'Sanitizer' not in done.stderr, (path, how, done.stderr)
        desk.front.fail('', None, 0)
    for waiting in desk.profile.run('outbox'):
        desk.profile.run('outbox', 'retry', waiting['id'])
    desk.sync()
    desk.sync()
    # Each is there once: the lost ones were sent again under the same key.
    assert sorted(anna.texts(room, desk.user)) == sorted(sent), anna.texts(room, desk.user)
    messages = desk.messages(number)
    assert [m['text'] for m in messages if m['direction'] == 'incoming'] == expected, messages
    assert [m['delivery'] for m in messages if m['direction'] == 'outgoing'] == ['accepted'] * len(sent), messages
    # A line that is held open for ever does not hold the program.
    desk.front.fail('/sync', 'held')
    process = desk.start('sync')
    until = time.monotonic() + 30
    while desk.front.times and time.monotonic() < until:
        time.sleep(0.1)
    assert desk.front.times == 0 and process.poll() is None, process.poll()
    process.terminate()
    process.wait(20)
    desk.front.end()


def kill(synapse, folder, anna):
    seed = int(os.environ.get('MOS_TEST_SEED', random.randrange(1 << 30)))
    chance = random.Random(seed)
    print('# seed %d' % seed, flush=True)
    desk = Desk(synapse, folder, 'dies')
    room = anna.room(desk.user)
    anna.say(room, 'begin')
    desk.sync()
    number = desk.number()
    expected, sent, killed = ['begin'], [], 0
    for i in range(KILLS):
        expected.append('in %d' % i)
        sent.append('out %d' % i)
        desk.profile.run('reply', number, text=sent[-1] + '\n')
        anna.say(room, expected[-1])
        what, reach = chance.choice((('disk', 60), ('disk+', 60), ('net', 9), ('net+', 9)))
        process = desk.start(chance.choice(('sync', 'sync', 'watch')), MOS_TEST_CALLS_KILL='%s:%d' % (what, chance.randrange(1, reach)))
        try:
            status = process.wait(6)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        killed += status == -9
        assert status in (0, -9), status
    assert desk.profile.run('check') == []
    # What was being sent when the last one was killed counts as being sent until a program takes it up again.
    desk.sync()
    for waiting in desk.profile.run('outbox'):
        desk.profile.run('outbox', 'retry', waiting['id'])
    desk.sync()
    desk.sync()
    print('# killed %d times of %d' % (killed, KILLS), flush=True)
    assert killed >= KILLS // 2, killed
    # What was on its way when it was killed waits a little, and goes out after what was not.
    assert sorted(anna.texts(room, desk.user)) == sorted(sent), anna.texts(room, desk.user)
    messages = desk.messages(number)
    assert [m['text'] for m in messages if m['direction'] == 'incoming'] == expected, messages
    assert sorted(m['text'] for m in messages if m['direction'] == 'outgoing') == sorted(sent), messages
    assert all(m['delivery'] == 'accepted' for m in messages if m['direction'] == 'outgoing'), messages
    desk.front.end()


def change(synapse, folder, anna):
    """other words, a sign, and taken back, killed in the middle of each: what is there afterwards is what was wanted last, and nothing of it twice"""
    seed = int(os.environ.get('MOS_TEST_SEED', random.randrange(1 << 30)))
    chance = random.Random(seed)
    print('# seed %d' % seed, flush=True)
    desk = Desk(synapse, folder, 'changes')
    room = anna.room(desk.user)
    anna.say(room, 'Which one?')
    desk.sync()
    number = desk.number()
    for text in ('The red one', 'To be taken back'):
        desk.profile.run('reply', number, text=text + '\n')
        desk.sync()
    question, answer, gone = (m['id'] for m in desk.messages(number))
    killed, wanted, signs = 0, [], ('👍', '🎉')
    for i in range(KILLS):
        wanted.append('The red one, %d' % i)
        desk.profile.run('message', 'edit', answer, text=wanted[-1] + '\n')
        desk.profile.run('message', 'react', question, signs[i % 2])
        if i == KILLS // 2:
            desk.profile.run('message', 'withdraw', gone)
        what, reach = chance.choice((('disk', 40), ('disk+', 40), ('net', 12), ('net+', 12)))
        process = desk.start('sync', MOS_TEST_CALLS_KILL='%s:%d' % (what, chance.randrange(1, reach)))
        try:
            status = process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        killed += status == -9
        assert status in (0, -9), status
    desk.sync()
    # What failed, as a line does that breaks, waits a little.
    for kind, message in (('edit', answer), ('react', question), ('withdraw', gone)):
        desk.profile.call('message', kind, message, '--retry')
    desk.sync()
    desk.sync()
    print('# killed %d times of %d' % (killed, KILLS), flush=True)
    events = [e for e in anna.events(room) if e['sender'] == desk.user]
    edits = [e['content']['m.new_content']['body'] for e in events if 'm.new_content' in e['content']]
    assert len(edits) == len(set(edits)) and set(edits) <= set(wanted) and edits[-1] == wanted[-1], edits
    ours = [e['content']['m.relates_to']['key'] for e in events if e['type'] == 'm.reaction' and e['content']]
    assert ours == [signs[(KILLS - 1) % 2]], ours
    assert 'To be taken back' not in anna.texts(room, desk.user)
    messages = desk.messages(number)
    assert [m['text'] for m in messages] == ['Which one?', wanted[-1], 'To be taken back'], messages
    assert messages[2]['withdrawn'] and not any('changes' in m for m in messages), messages
    assert [r['sign'] for r in messages[0]['reactions']] == ours, messages[0]
    assert desk.profile.run('check') == []
    desk.front.end()


def main():
    t = tap.Tap()
    stories = (
        ('signing in, and a token that ends', sign_in),
        ('talking', talk),
        ('more than one answer holds', catch_up),
        ('groups', groups),
        ('a third one in the room', third),
        ('what is encrypted', encrypted),
        ('trouble on the way', trouble),
        ('kill -9', kill),
        ('kill -9 while messages are changed', change),
    )
    try:
        with Synapse() as synapse, tempfile.TemporaryDirectory() as folder:
            anna = Person(synapse, 'anna')
            for name, story in stories:
                t.case(name)(lambda: story(synapse, folder, anna))
    except FileNotFoundError:
        if os.environ.get('MOS_TEST_NEEDS_PEERS'):
            raise
        t.number += 1
        print('ok 1 - a root with Synapse # SKIP ./dev could not make it (see above)')
    t.done()
    return t.failed != 0


sys.exit(main())

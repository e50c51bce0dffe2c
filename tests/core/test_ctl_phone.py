#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephones at the terminal: a FRITZ!Box that says its documented lines, whole, a byte at a time, and among garbage; calls noted by hand, and who is to be called back."""
import contextlib
import hashlib
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

import tap
from ctlprofile import Profile

CTL = sys.argv[1]
SECONDS = 40


class Box:
    """the call monitor of a FRITZ!Box: it speaks to whoever is connected, and hears nothing"""

    def __init__(self):
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        self.lines = []
        self.n_accepted = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.lines.append(line)
            self.n_accepted += 1

    def say(self, text, bytewise=False):
        data = text.encode('utf-8', 'surrogateescape')
        for piece in [data[i : i + 1] for i in range(len(data))] if bytewise else [data]:
            self.lines[-1].sendall(piece)
            if bytewise:
                time.sleep(0.002)

    def cut(self):
        self.lines[-1].close()

    def away(self):
        """nobody is there any more"""
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.cut()

    def back(self):
        self.server = socket.create_server(('127.0.0.1', self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def wait(self, n):
        until('connected', lambda: self.n_accepted >= n)


class Manager:
    """a manager interface of Asterisk that grants less than it may: no challenge, nothing to be asked"""

    def __init__(self, challenge):
        self.challenge = challenge
        self.said = ''
        self.logins = 0
        self.line = None
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            line, _ = self.server.accept()
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line):
        line.sendall(b'Asterisk Call Manager/9.0.0\r\n')
        text = ''
        try:
            while data := line.recv(4096).decode():
                self.said += data
                text += data
                while '\r\n\r\n' in text:
                    packet, text = text.split('\r\n\r\n', 1)
                    self._answer(line, dict(row.split(': ', 1) for row in packet.split('\r\n')))
        except OSError:
            pass

    def _answer(self, line, asked):
        action, answer, more = asked['Action'], 'Error', 'Message: Permission denied'
        if action == 'Challenge' and self.challenge:
            answer, more = 'Success', 'Challenge: ' + self.challenge
        elif action == 'Login':
            right = asked.get('Key') == hashlib.md5((self.challenge + 'secret').encode()).hexdigest() if self.challenge else asked.get('Secret') == 'secret'
            answer, more = ('Success', 'Message: Authentication accepted') if right else ('Error', 'Message: Authentication failed')
            self.logins += right
            self.line = line
        elif action == 'Ping':
            answer, more = 'Success', 'Ping: Pong'
        line.sendall(('Response: %s\r\nActionID: %s\r\n%s\r\n\r\n' % (answer, asked['ActionID'], more)).encode())

    def say(self, **packet):
        self.line.sendall(('\r\n'.join('%s: %s' % row for row in packet.items()) + '\r\n\r\n').encode())


def until(what, condition):
    end = time.monotonic() + SECONDS
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, what
        time.sleep(0.1)


class Watch:
    """mostradorctl watch, until the end of the block"""

    def __init__(self, profile):
        self.profile = profile

    def __enter__(self):
        self.process = subprocess.Popen([CTL, '--profile', self.profile.folder, '--json', 'watch'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.profile.environ)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        _, errors = self.process.communicate(timeout=SECONDS)
        assert b'Sanitizer' not in errors, errors


def calls(profile):
    """number, direction, outcome and seconds of each call, oldest conversation first"""
    found = []
    rows = sorted(profile.run('list', '--view', 'all_open') + profile.run('list', '--view', 'closed'), key=lambda row: row['number'])
    for row, shown in zip(rows, profile.show(rows)):
        for message in shown['messages']:
            if 'call' in message:
                found.append((message['call']['number'], message['direction'], message['call']['outcome'], message['call']['seconds'], row['status']))
    return found


t = tap.Tap(stop_at_failure=True)
folder = tempfile.TemporaryDirectory()
profile = Profile(CTL, folder.name)
box = Box()


@t.case('a FRITZ!Box needs neither name nor password')
def _():
    for wrong in (('--country', 'Germany'), ('--server', 'http://fritz.box/'), ('--token-stdin',)):
        assert profile.call('account', 'add', 'fritzbox', *wrong, text='x\n').returncode == 2, wrong
    [row] = profile.run('account', 'add', 'fritzbox', '--server', '127.0.0.1:%d' % box.port, '--country', 'DE', '--reopen-hours', '1')
    assert (row['kind'], row['address'], row['name']) == ('fritzbox', '127.0.0.1:%d' % box.port, 'FRITZ!Box'), row
    assert profile.run('account', 'test')[0]['works']
    profile.run('sync')


@t.case('each call is one, whatever becomes of it; numbers without a country get ours')
def _():
    with Watch(profile):
        box.wait(4)
        box.say('23.11.26 09:00:00;RING;0;015112345671;901820;SIP0;\r\n23.11.26 09:00:20;DISCONNECT;0;0;\r\n')
        until('missed', lambda: len(calls(profile)) == 1)
        box.say('23.11.26 09:01:00;RING;0;004915112345672;901820;SIP0;\r\n23.11.26 09:01:05;CONNECT;0;10;015112345672;\r\n23.11.26 09:03:10;DISCONNECT;0;125;\r\n', bytewise=True)
        until('answered', lambda: len(calls(profile)) == 2)
        box.say('23.11.26 09:05:00;CALL;1;11;901820;015112345671#;SIP0;\r\n23.11.26 09:05:20;DISCONNECT;1;0;\r\n')
        until('ours', lambda: len(calls(profile)) == 3)
        # withheld, and mixed with another one; between them what is no event
        box.say('23.11.26 09:06:00;RING;0;;901820;SIP0;\r\n\udcff\udcfe;;;\r\n\r\nHTTP/1.1 200 OK\r\n' + 'x' * 3000 + '\r\n23.11.26 09:06:01;RING;1;;901820;SIP0;\r\n')
        box.say('23.11.26 09:06:05;DISCONNECT;1;0;\r\n23.11.26 09:06:06;DISCONNECT;0;0;\r\n', bytewise=True)
        until('withheld', lambda: len(calls(profile)) == 5)
    assert sorted(calls(profile)) == sorted([
        ('+4915112345671', 'incoming', 'missed', 0, 'open'),
        ('+4915112345671', 'outgoing', 'missed', 0, 'open'),
        ('+4915112345672', 'incoming', 'answered', 125, 'closed'),
        ('', 'incoming', 'missed', 0, 'open'),
        ('', 'incoming', 'missed', 0, 'open'),
    ]), calls(profile)  # fmt: skip
    # Two whose number is withheld are two; whoever was missed waits.
    rows = profile.run('list', '--view', 'all_open')
    assert len(rows) == 3 and all(row['waiting_since'] for row in rows), rows
    assert profile.run('check') == []


@t.case('a line that breaks is opened anew; a call that goes on meanwhile is not lost')
def _():
    with Watch(profile):
        box.wait(5)
        box.say('23.11.26 10:00:00;RING;0;015112345673;901820;SIP0;\r\n23.11.26 10:')
        time.sleep(0.3)
        box.cut()
        box.wait(6)
        box.say('23.11.26 10:00:20;DISCONNECT;0;0;\r\n23.11.26 10:01:00;RING;0;015112345674;901820;SIP0;\r\n23.11.26 10:01:20;DISCONNECT;0;0;\r\n')
        until('after', lambda: any(call[0] == '+4915112345674' for call in calls(profile)))
    # It began on the line that broke, and is over on the next one.
    assert [call[1:] for call in calls(profile) if call[0] == '+4915112345673'] == [('incoming', 'missed', 0, 'open')], calls(profile)
    assert profile.run('check') == []


def number_of(number):
    """of the first conversation with it"""
    return str(min(row['number'] for row in profile.run('list') if row['subject'] == number))


@t.case('nothing can be sent to a telephone; a note can be made')
def _():
    missed = number_of('+4915112345674')
    done = profile.call('reply', missed, text='Hello?\n')
    assert done.returncode == 1 and 'telephone' in done.stderr, done.stderr
    assert profile.run('outbox') == []
    profile.run('note', missed, text='Rang twice\n')
    assert [m['direction'] for m in profile.run('show', missed)[0]['messages']] == ['incoming', 'note']
    shown = subprocess.run([CTL, '--profile', profile.folder, 'show', missed], capture_output=True, text=True, env=dict(profile.environ, LANG='C.UTF-8'), timeout=60)
    assert 'Missed call · +4915112345674' in shown.stdout, shown.stdout


@t.case('a call is noted by hand')
def _():
    missed = number_of('+4915112345674')
    for wrong in ((missed,), (missed, '--in', '--out'), (missed, '--in', '--outcome', 'maybe'), (missed, '--in', '--minutes', '-1'), (missed, '--in', '--minutes', '9999'), ('--in',), ()):
        assert profile.call('call', 'note', *wrong).returncode == 2, wrong
    assert profile.call('call', 'note', '99999', '--in').returncode == 1
    [made] = profile.run('call', 'note', missed, '--out', '--minutes', '4', '--text', 'The box is red.', '--back', 'in 3 days')
    assert made['conversation'] == int(missed)
    last = profile.run('show', missed)[0]['messages'][2]
    assert last['call'] == {'outcome': 'answered', 'number': '+4915112345674', 'line': None, 'seconds': 240, 'by_hand': True} and last['text'] == 'The box is red.', last
    [row] = [row for row in profile.run('list') if str(row['number']) == missed]
    assert not row['waiting_since'], row
    assert profile.run('search', 'red')[0]['number'] == int(missed)
    # Somebody with whom there is none that is open
    who = profile.run('show', missed)[0]['customer']['id']
    [made] = profile.run('call', 'note', '--customer', who, '--in', '--outcome', 'missed')
    shown = profile.run('show', str(made['conversation']))[0]
    assert made['conversation'] != int(missed) and shown['channel'] == 'phone' and shown['status'] == 'open', shown
    assert profile.run('check') == []


@t.case('who is to be called back is listed, and taken back')
def _():
    missed = number_of('+4915112345674')
    [row] = profile.run('call', 'back')
    assert row['conversation'] == int(missed), row
    assert profile.call('call', 'back', missed, 'yesterday').returncode == 2
    assert profile.call('call', 'back', missed).returncode == 2
    profile.run('call', 'back', missed, 'tomorrow 9')
    assert len(profile.run('call', 'back')) == 1
    profile.run('call', 'back', missed, 'no')
    assert profile.run('call', 'back') == []
    # An undo brings it back.
    profile.run('undo')
    assert len(profile.run('call', 'back')) == 1
    assert profile.run('check') == []


def cdr(number, disposition, seconds, id):
    return '"","%s","100","incoming","<%s>","PJSIP/c-0","PJSIP/101-1","Dial","","2026-11-22 04:36:36",,"2026-11-22 04:36:39",2,%d,"%s","DOCUMENTATION","%s",""\n' % (number, number, seconds, disposition, id)


@t.case('the secret goes out as it is only where no challenge is offered')
def _():
    for challenge in '', '840415273':
        manager = Manager(challenge)
        one = Profile(CTL, os.path.join(folder.name, 'manager' + challenge))
        add = ('account', 'add', 'asterisk', '--server', '127.0.0.1:%d' % manager.port, '--user', 'desk', '--token-stdin')
        assert one.call(*add, text='wrong\n').returncode == 1
        one.run(*add, text='secret\n')
        assert ('Secret: secret' in manager.said) == (not challenge), manager.said
        assert ('AuthType: MD5\r\nUsername: desk' in manager.said) == bool(challenge), manager.said


@t.case('where nobody may ask what is there, a call that rang when the line broke is told as not known')
def _():
    manager = Manager('12')
    one = Profile(CTL, os.path.join(folder.name, 'denied'))
    one.run('account', 'add', 'asterisk', '--server', '127.0.0.1:%d' % manager.port, '--user', 'desk', '--token-stdin', '--country', 'DE', text='secret\n')
    with Watch(one):
        until('listens', lambda: manager.logins == 2)
        until('asks', lambda: 'Action: Status' in manager.said)
        manager.say(Event='Newchannel', Channel='PJSIP/c-0', ChannelStateDesc='Ring', CallerIDNum='015112345675', CallerIDName='Ann', Exten='100', Uniqueid='1795322196.0', Linkedid='1795322196.0')
        time.sleep(0.5)
        manager.line.shutdown(socket.SHUT_RDWR)
        until('told', lambda: calls(one))
    assert calls(one) == [('+4915112345675', 'incoming', 'unknown', 0, 'open')], calls(one)
    shown = subprocess.run([CTL, '--profile', one.folder, 'show', '1'], capture_output=True, text=True, env=dict(one.environ, LANG='C.UTF-8'), timeout=60)
    assert 'They called; whether anybody answered is not known' in shown.stdout, shown.stdout
    assert one.run('check') == []


@t.case('a call whose legs lie on both sides of where the log is cut is read whole')
def _():
    manager = Manager('12')
    one = Profile(CTL, os.path.join(folder.name, 'log'))
    log = os.path.join(folder.name, 'Master.csv')
    now = int(time.time())
    # What is older than a month is passed over, but has to be read.
    old = cdr('+4930901821', 'NO ANSWER', 0, '1000000000.1')
    first, second = cdr('+4930901820', 'NO ANSWER', 0, '%d.7' % now), cdr('+4930901820', 'ANSWERED', 61, '%d.7' % now)
    n = (1024 * 1024 - len(first)) // len(old)
    with open(log, 'w', encoding='utf-8') as f:
        # The second leg begins in the last bytes of the first MiB, and ends behind them.
        f.write(old * n + first + second + cdr('+4930901822', 'NO ANSWER', 0, '%d.8' % now))
    assert n * len(old) + len(first) < 1024 * 1024 < n * len(old) + len(first) + len(second)
    one.run('account', 'add', 'asterisk', '--server', '127.0.0.1:%d' % manager.port, '--user', 'desk', '--cdr', log, '--token-stdin', text='secret\n')
    one.run('sync')
    assert calls(one) == [('+4930901820', 'incoming', 'answered', 61, 'closed'), ('+4930901822', 'incoming', 'missed', 0, 'closed')], calls(one)


def table(path, columns, rows, name='cdr'):
    """what cdr_sqlite3_custom writes; the file goes on being the same one"""
    with contextlib.closing(sqlite3.connect(path)) as log, log:
        log.execute('CREATE TABLE IF NOT EXISTS "%s" (AcctId INTEGER PRIMARY KEY, %s)' % (name, ', '.join(columns)))
        log.executemany('INSERT INTO "%s" (%s) VALUES (%s)' % (name, ', '.join(columns), ', '.join('?' * len(columns))), rows)


@t.case('the log may be a table, which is only read: in its own columns, once, and from its beginning where it is another one')
def _():
    manager = Manager('12')
    now = int(time.time())
    add = ('account', 'add', 'asterisk', '--server', '127.0.0.1:%d' % manager.port, '--user', 'desk', '--country', 'DE', '--token-stdin', '--cdr')
    # As the sample of cdr_sqlite3_custom.conf is, which says whose number it is in the caller alone.
    sample = ['calldate', 'clid', 'dcontext', 'channel', 'dstchannel', 'lastapp', 'lastdata', 'duration', 'billsec', 'disposition', 'amaflags', 'accountcode', 'uniqueid', 'userfield', 'test']

    def row(number, seconds, disposition, id, joined='PJSIP/101-1'):
        return ('2026-11-22 04:36:36', '"Ann Customer" <%s>' % number, 'incoming', 'PJSIP/c-0', joined, 'Dial', '', '20', str(seconds), disposition, '3', '', id, '', '')

    one = Profile(CTL, os.path.join(folder.name, 'table'))
    log = os.path.join(folder.name, 'master.db')
    # The legs of a call lie on both sides of where reading is cut.
    old = [row('+4930901821', 0, 'NO ANSWER', '1000000000.1')] * 1999
    table(log, sample, [*old, row('015112345678', 0, 'NO ANSWER', '%d.7' % now, ''), row('015112345678', 61, 'ANSWERED', '%d.7' % now), row('+4930901822', 0, 'NO ANSWER', '%d.8' % now)])
    before = open(log, 'rb').read()
    one.run(*add, log, text='secret\n')
    one.run('sync')
    assert sorted(calls(one)) == [('+4915112345678', 'incoming', 'answered', 61, 'closed'), ('+4930901822', 'incoming', 'missed', 0, 'closed')], calls(one)
    assert open(log, 'rb').read() == before, 'it was written to'
    # What comes later is work, and comes once.
    table(log, sample, [row('+4930901823', 0, 'BUSY', '%d.9' % (now + 1))])
    one.run('sync')
    one.run('sync')
    assert len(calls(one)) == 3 and ('+4930901823', 'incoming', 'busy', 0, 'open') in calls(one), calls(one)
    # While somebody else has it the calls are heard all the same, and it is read later.
    table(log, sample, [row('+4930901824', 0, 'NO ANSWER', '%d.1' % (now + 2))])
    with contextlib.closing(sqlite3.connect(log, isolation_level=None)) as other:
        other.execute('BEGIN EXCLUSIVE')
        one.run('sync')
        assert len(calls(one)) == 3, calls(one)
    one.run('sync')
    assert len(calls(one)) == 4, calls(one)
    # Another file under its name begins anew: its table and its columns are called otherwise.
    os.rename(log, log + '.1')
    table(log, ['"Source"', 'Destination', 'UniqueId', 'Disposition', 'BillSec', 'DstChannel'], [('101', '+4930901825', '%d.2' % (now + 3), 'ANSWERED', '12', 'PJSIP/c-1'), ('101', '102', '%d.3' % (now + 3), 'ANSWERED', '9', 'PJSIP/102-1')], 'Anrufe alt')
    one.run('sync')
    assert len(calls(one)) == 5 and ('+4930901825', 'outgoing', 'answered', 12, 'closed') in calls(one), calls(one)
    # A broken one is said to be so by the log, and nothing else ends by it.
    with open(log, 'r+b') as broken:
        broken.seek(100)
        broken.write(os.urandom(4096))
    one.run('sync')
    assert len(calls(one)) == 5 and one.run('check') == [], calls(one)
    # What lacks its columns is refused before it is kept, with what it lacks.
    poor = os.path.join(folder.name, 'poor.db')
    table(poor, ['calldate', 'clid', 'disposition'], [])
    done = Profile(CTL, os.path.join(folder.name, 'poor')).call(*add, poor, text='secret\n')
    assert done.returncode == 1 and 'uniqueid' in done.stderr, done


@t.case('a FRITZ!Box that is away for long says so, and is heard again')
def _():
    other = Box()
    one = Profile(CTL, os.path.join(folder.name, 'away'))
    one.run('account', 'add', 'fritzbox', '--server', '127.0.0.1:%d' % other.port, '--country', 'DE')
    with Watch(one):
        other.wait(2)
        until('ready', lambda: one.run('account', 'list')[0]['state'] == 'ready')
        other.say('23.11.26 10:00:00;RING;0;015112345673;901820;SIP0;\r\n')
        time.sleep(0.3)
        other.away()
        until('said', lambda: one.run('account', 'list')[0]['state'] not in ('ready', 'connecting'))
        time.sleep(3)
        other.back()
        until('ready again', lambda: one.run('account', 'list')[0]['state'] == 'ready')
        other.say('23.11.26 10:00:20;DISCONNECT;0;0;\r\n23.11.26 10:01:00;RING;0;015112345674;901820;SIP0;\r\n23.11.26 10:01:20;DISCONNECT;0;0;\r\n')
        until('both', lambda: len(calls(one)) == 2)
    assert [call[2] for call in calls(one)] == ['missed', 'missed'], calls(one)


t.done()

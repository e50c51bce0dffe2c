#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A telephone at the terminal, on a real Asterisk that SIPp calls: what rings, what was missed, busy, answered and spoken onto a tape; what happened while nobody listened, and while the switchboard was off."""
import os
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

import tap
from asterisk import ANSWERED, BUSY, HOST, RINGS, SECRET, USER, VOICEMAIL, Asterisk, Between, NoRoot
from ctlprofile import Profile

CTL = sys.argv[1]
SECONDS = 60


def until(what, condition):
    end = time.monotonic() + SECONDS
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, what
        time.sleep(0.2)


class Desk:
    def __init__(self, pbx, folder, name, *words, port=None):
        self.port = port or pbx.ami
        self.profile = Profile(CTL, os.path.join(folder, name))
        os.makedirs(os.path.dirname(self.profile.folder))
        self.process = None
        [self.added] = self.add(*words)

    def add(self, *words, secret=SECRET):
        return self.profile.run('account', 'add', 'asterisk', '--server', '%s:%d' % (HOST, self.port), '--user', USER, '--token-stdin', *words, text=secret + '\n')

    def __enter__(self):
        """it listens"""
        self.process = subprocess.Popen([CTL, '--profile', self.profile.folder, '--json', 'watch'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.profile.environ)
        until('ready', self.is_ready)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        _, errors = self.process.communicate(timeout=SECONDS)
        assert b'Sanitizer' not in errors, errors

    def is_ready(self):
        return self.profile.run('account', 'list')[0]['state'] == 'ready'

    def open(self):
        return self.profile.run('list', '--view', 'all_open')

    def calls(self):
        found = {}
        for view in 'all_open', 'closed':
            rows = self.profile.run('list', '--view', view)
            for row, shown in zip(rows, self.profile.show(rows)):
                for message in shown['messages']:
                    if 'call' in message:
                        found.setdefault(message['call']['number'], []).append((message['direction'], message['call']['outcome'], row['status']))
        return found


t = tap.Tap(stop_at_failure=True)
folder = tempfile.TemporaryDirectory()
try:
    pbx = Asterisk().__enter__()
except NoRoot:
    if os.environ.get('MOS_TEST_NEEDS_PEERS'):
        sys.exit('There is no root with Asterisk here; ./dev test chat makes it')
    print('1..0 # SKIP there is no root with Asterisk here')
    sys.exit(0)


def with_pbx(story):
    """its log says more than what was not found"""
    try:
        story()
    except BaseException:
        print('\n'.join('# ' + line for line in pbx.log().splitlines()), flush=True)
        raise


@t.case('a wrong secret is refused, and so is a log that is not there')
def _():
    def story():
        profile = Profile(CTL, os.path.join(folder.name, 'wrong'))
        os.makedirs(os.path.dirname(profile.folder))
        place = ('--server', '%s:%d' % (HOST, pbx.ami), '--user', USER, '--token-stdin')
        done = profile.call('account', 'add', 'asterisk', *place, text='wrongwrong\n')
        assert done.returncode == 1 and 'wrongwrong' not in done.stderr, done.stderr
        done = profile.call('account', 'add', 'asterisk', '--cdr', '/nowhere/Master.csv', *place, text=SECRET + '\n')
        assert done.returncode == 1 and '/nowhere/Master.csv' in done.stderr, done.stderr
        assert profile.call('account', 'add', 'asterisk', '--server', HOST, '--token-stdin', text='x\n').returncode == 2

    with_pbx(story)


@t.case('each call is one, with what became of it')
def _():
    def story():
        desk = Desk(pbx, folder.name, 'listens')
        assert desk.added['kind'] == 'asterisk' and desk.added['address'] == '%s@%s:%d' % (USER, HOST, pbx.ami), desk.added
        assert desk.profile.run('account', 'test')[0]['works']
        with desk:
            pbx.call('+15551230001', 'Ann Customer', ANSWERED)
            pbx.call('+15551230002', '', BUSY, 'busy')
            pbx.call('+15551230003', 'Bo', RINGS, 'give-up')
            pbx.call('+15551230004', '', VOICEMAIL)
            pbx.call('anonymous', '', RINGS, 'give-up')
            until('five calls', lambda: sum(map(len, desk.calls().values())) == 5)
        assert desk.calls() == {
            '+15551230001': [('incoming', 'answered', 'closed')],
            '+15551230002': [('incoming', 'busy', 'open')],
            '+15551230003': [('incoming', 'missed', 'open')],
            '+15551230004': [('incoming', 'voicemail', 'open')],
            '': [('incoming', 'missed', 'open')],
        }, desk.calls()
        [ann] = [row for row in desk.profile.run('list', '--view', 'closed')]
        shown = desk.profile.run('show', str(ann['number']))[0]
        assert shown['customer']['name'] == 'Ann Customer' and shown['customer']['identities'] == [{'kind': 'phone', 'value': '+15551230001'}], shown
        assert 1 <= shown['messages'][0]['call']['seconds'] <= 10 and shown['messages'][0]['call']['line'] == ANSWERED, shown
        assert desk.profile.run('check') == []

    with_pbx(story)


@t.case('what was missed while nobody listened is read from the log, once; history is no work')
def _():
    def story():
        desk = Desk(pbx, folder.name, 'reads', '--cdr', pbx.cdr)
        desk.profile.run('sync')
        # All of before is here, and nobody has to do anything about it.
        assert desk.open() == [], desk.open()
        before = desk.calls()
        assert before['+15551230003'] == [('incoming', 'missed', 'closed')] and before['+15551230001'] == [('incoming', 'answered', 'closed')], before
        pbx.call('+15551230005', '', RINGS, 'give-up')
        until('on disk', lambda: '15551230005' in open(pbx.cdr, encoding='utf-8').read())
        # The night's logrotate comes in between.
        os.rename(pbx.cdr, pbx.cdr + '.1')
        pbx.call('+15551230006', '', ANSWERED)
        until('on disk, too', lambda: os.path.exists(pbx.cdr) and '15551230006' in open(pbx.cdr, encoding='utf-8').read())
        desk.profile.run('sync')
        desk.profile.run('sync')
        after = desk.calls()
        assert after['+15551230005'] == [('incoming', 'missed', 'open')] and after['+15551230006'] == [('incoming', 'answered', 'closed')], after
        with desk:
            pbx.call('+15551230007', '', RINGS, 'give-up')
            until('as it happens', lambda: '+15551230007' in desk.calls())
        # The same one is in the log as well.
        desk.profile.run('sync')
        assert desk.calls()['+15551230007'] == [('incoming', 'missed', 'open')], desk.calls()
        assert len(desk.open()) == 2
        assert desk.profile.run('check') == []

    with_pbx(story)


@t.case('without a log, a line that breaks while it rings loses no call; the secret is not said')
def _():
    def story():
        between = Between(pbx.ami)
        desk = Desk(pbx, folder.name, 'breaks', port=between.port)

        def ring(number, ms):
            thread = threading.Thread(target=pbx.call, args=(number, '', RINGS, 'give-up', ms))
            thread.start()
            return thread

        with desk:
            # It rings on when the line is there again.
            long = ring('+15551230011', 14000)
            until('rings', lambda: b'15551230011' in between.heard)
            between.cut()
            until('gone', lambda: not desk.is_ready())
            # This one begins where nobody listens, and goes on.
            other = ring('+15551230012', 14000)
            time.sleep(1)
            between.mend()
            until('back', desk.is_ready)
            assert b'CoreShowChannelsComplete' in between.heard
            long.join()
            other.join()
            until('both', lambda: {'+15551230011', '+15551230012'} <= set(desk.calls()))
            # This one ends unheard.
            short = ring('+15551230013', 3000)
            until('rings, too', lambda: b'15551230013' in between.heard)
            between.cut()
            short.join()
            between.mend()
            until('told', lambda: '+15551230013' in desk.calls())
        calls = desk.calls()
        assert calls['+15551230011'] == [('incoming', 'missed', 'open')] and calls['+15551230012'] == [('incoming', 'missed', 'open')], calls
        assert calls['+15551230013'] == [('incoming', 'unknown', 'open')], calls
        assert b'AuthType: MD5' in between.said and SECRET.encode() not in between.said
        assert desk.profile.run('check') == []

    with_pbx(story)


@t.case('a switchboard that was off is listened to again')
def _():
    def story():
        desk = Desk(pbx, folder.name, 'again', '--cdr', pbx.cdr)
        with desk:
            pbx.stop()
            until('gone', lambda: not desk.is_ready())
            pbx.start()
            until('back', desk.is_ready)
            pbx.call('+15551230008', '', BUSY, 'busy')
            until('heard', lambda: '+15551230008' in desk.calls())
        assert desk.calls()['+15551230008'] == [('incoming', 'busy', 'open')], desk.calls()
        assert desk.profile.run('check') == []

    with_pbx(story)


pbx.close()
t.done()

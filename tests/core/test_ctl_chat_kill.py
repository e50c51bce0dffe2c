#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 in the middle of a look or a send of Telegram, Twilio and WhatsApp: right after each request has left, while the line is held, and between changes of the disk.

What was written is here once. What was answered is there once, or it asks: it is never sent again by itself where the platform may have it. (Matrix: chat/matrix-desk; Messenger: ctl-messenger.)
"""
import contextlib
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

import tap
from ctlprofile import Profile
from faketelegram import Fake

CTL, TELEGRAM, NUMBERS, CALLS = sys.argv[1:5]
WHO = '+4915112345678'
SID = 'AC0123456789abcdef0123456789abcdef'
DISK = 2


class Telegram:
    """tells nothing of what was sent: what is doubted stays so"""

    kind, who, settles = 'telegram', '4711', False

    def __init__(self):
        self.fake = Fake(TELEGRAM)

    def add(self, profile):
        profile.run('account', 'add', 'telegram', '--server', self.fake.url, '--token-stdin', text=self.fake.token + '\n')

    def settle(self):
        pass


class Twilio:
    """lists what was sent, by which what is doubted is settled once it cannot be on its way any more"""

    kind, who, settles = 'sms', WHO, True

    def __init__(self):
        self.fake = Fake(NUMBERS, 'sms')

    def add(self, profile):
        profile.run('account', 'add', 'twilio', '--sid', SID, '--number', '+4930901820', '--server', self.fake.url, '--token-stdin', text=self.fake.token + '\n')

    def settle(self):
        self.fake.tell('pass 240')


class Whatsapp:
    """says what became of a message with the key that it was given"""

    kind, who, settles = 'whatsapp', WHO[1:], True

    def __init__(self):
        self.fake = Fake(NUMBERS, 'whatsapp')
        self.fake.tell('tell always')

    def add(self, profile):
        profile.run('account', 'add', 'whatsapp', '--number-id', '1122334455667', '--relay', self.fake.url + '/relay', '--server', self.fake.url, '--token-stdin', text=self.fake.token + '\nletter-box-key\n')

    def settle(self):
        pass


def start(profile, *words, **extra):
    environ = dict(profile.environ, LD_PRELOAD=CALLS, MOS_TEST_CALLS_DIR=profile.folder, ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0', **extra)
    return subprocess.Popen([CTL, '--profile', profile.folder, '--json', *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environ)


def count(profile, folder):
    """the changes of files, and the pieces that are sent to a server, of one look that takes a message and sends one"""
    path = os.path.join(folder, 'count')
    assert start(profile, 'sync', MOS_TEST_CALLS_COUNT=path).wait(120) == 0
    with open(path) as file:
        return map(int, re.fullmatch(r'disk (\d+) net (\d+)\n', file.read()).groups())


def waits(profile):
    """whether an answer still waits to be sent"""
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % os.path.join(profile.folder, 'mostrador.db'), uri=True)) as database:
        return database.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()[0] > 0


def story(platform, folder):
    seed = int(os.environ.get('MOS_TEST_SEED', '7'))
    chance = random.Random(seed)
    fake, profile = platform.fake, Profile(CTL, folder)
    platform.add(profile)
    expected, answered = [], []

    def say():
        expected.append('Question %d' % len(expected))
        fake.tell('say %s %s' % (platform.who, expected[-1]))

    def answer():
        answered.append('Answer %d' % len(answered))
        profile.run('reply', number, text=answered[-1] + '\n')

    say()
    profile.run('sync')
    number = str(profile.run('list')[0]['number'])
    say()
    answer()
    n_disk, n_net = count(profile, folder)
    assert fake.sent() == answered, fake.sent()
    # Each request: a look or a send whose answer nobody hears.
    points = ['net+:%d' % (i + 1) for i in range(n_net)] + ['disk:%d' % chance.randrange(1, n_disk + 1) for _ in range(DISK)]
    print('# seed %d: %s' % (seed, ' '.join(points)), flush=True)
    for point in points:
        say()
        if not waits(profile):
            answer()
        assert start(profile, 'sync', MOS_TEST_CALLS_KILL=point).wait(120) in (-9, 0), point
    # While the platform holds the line, or between two looks: what it brings then is here, or will be.
    if not waits(profile):
        answer()
    n_sent, process = len(fake.sent()), start(profile, 'watch')
    until = time.monotonic() + 60
    while len(fake.sent()) == n_sent and time.monotonic() < until:
        time.sleep(0.1)
    say()
    time.sleep(chance.uniform(0, 1))
    process.kill()
    process.wait()

    platform.settle()
    end = time.monotonic() + 60
    while True:
        # What was on its way to a line that broke is put off a little; what may be there is left alone.
        for row in profile.run('outbox'):
            if row['state'] == 'queued':
                profile.run('outbox', 'retry', row['id'])
        profile.run('sync')
        [shown] = profile.run('show', number)
        states = {m['text']: m['delivery'] for m in shown['messages'] if m['text'] in answered}
        if all(state in ('accepted', 'delivered', 'uncertain') for state in states.values()) or time.monotonic() > end:
            break
        time.sleep(0.2)
    profile.run('sync')
    sent, texts = fake.sent(), [m['text'] for m in profile.run('show', number)[0]['messages']]
    print('# %s' % ' '.join('%s×%d' % (states[text], sent.count(text)) for text in answered), flush=True)
    for text in expected + answered:
        assert texts.count(text) == 1, (text, texts)
    for text in answered:
        if states[text] == 'uncertain':
            assert sent.count(text) <= (0 if platform.settles else 1), (text, sent)
        else:
            assert sent.count(text) == 1, (text, states[text], sent)
    # It was killed while an answer was on its way, and that is told where nothing settles it.
    doubted = [row['state'] for row in profile.run('outbox')]
    assert doubted == ['uncertain'] * len([s for s in states.values() if s == 'uncertain']), doubted
    assert platform.settles or any(states[text] == 'uncertain' and sent.count(text) == 1 for text in answered), states
    assert profile.run('check') == []


def main():
    t = tap.Tap()
    for platform in (Telegram, Twilio, Whatsapp):
        with tempfile.TemporaryDirectory() as folder:
            one = platform()
            try:
                t.case('%s: kill -9' % one.kind)(lambda: story(one, folder))
            finally:
                one.fake.end()
    t.done()
    return t.failed != 0


sys.exit(main())

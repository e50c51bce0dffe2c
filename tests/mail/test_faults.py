#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync and send over bad lines and on a full or broken disk, against real Dovecot and postfix.

Each case changes the mailbox, queues an answer and lets one `mostradorctl sync` run into the fault. It ends in success or in one clear
sentence, never in a crash; what was fetched before is not fetched again; and once the fault is gone, everything is in order (the audit of
faultdesk.py). MOS_TEST_SEED=N repeats a run.
"""
import os
import random
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from faultdesk import CUSTOMER, Desk, Mailbox, audit
from faultproxy import Fault, Proxy
from servers import Servers

CTL, CALLS = sys.argv[1], sys.argv[2]
SHOP = 'support@shop.test'
# Parts of a whole conversation with the server: early (the handshake), in the middle, at the end (behind the final dot, in APPEND).
PLACES = (0.2, 0.7, 0.97)


class Story:
    def __init__(self, servers, folder, seed):
        self.chance = random.Random(seed)
        self.proxies = {'imap': Proxy(servers.ports['imaps']), 'smtp': Proxy(servers.ports['submission'])}
        self.mailbox = Mailbox(servers, SHOP, self.chance, large=0)
        self.mailbox.fill(10)
        self.desk = Desk(CTL, CALLS, os.path.join(folder, 'desk'), servers, SHOP)
        self.desk.add_account(imap=self.proxies['imap'].port, smtp=self.proxies['smtp'].port)
        self.desk.settle()
        self.whole = {}
        self.prepare()
        self.desk.settle()
        # How much one round is, as a measure of where to cut.
        self.whole = {name: dict(proxy.passed) for name, proxy in self.proxies.items()}

    def prepare(self):
        self.mailbox.fill(2)
        self.mailbox.change()
        self.desk.reply(self.chance)

    def missing(self):
        """how many messages are on the server that this desk has no place for"""
        here = {tuple(row) for row in self.desk.rows('SELECT f.name, l.uid FROM location l JOIN folder f ON f.id = l.folder AND f.uidvalidity = l.uidvalidity')}
        there = {(folder, uid) for folder in ('INBOX', 'Sent') for uid in self.mailbox.look(folder)}
        return len(there - here)

    def clear_end(self, status, err):
        assert status in (0, 1), (status, err[-4000:])
        if status == 1:
            assert len(err.strip().splitlines()) == 1 and len(err) < 500, err[-4000:]

    def recover(self):
        for proxy in self.proxies.values():
            proxy.set(Fault())
            proxy.cut_all()
        self.desk.check()
        missing = self.missing()
        rows, _, _ = self.desk.run('sync')
        # The copy of the answer may come back from Sent besides.
        assert sum(row['fetched'] for row in rows) <= missing + 2, ('fetched again', rows, missing)
        self.desk.settle()
        return audit(self.desk, self.mailbox)

    def line(self, where, fault):
        self.prepare()
        proxy = self.proxies[where]
        proxy.set(fault)
        _, status, err = self.desk.run('sync', status=(0, 1))
        hit = proxy.hit
        self.clear_end(status, err)
        if fault.kind in ('trickle', 'delay', 'narrow'):
            assert status == 0, err
        if status == 1:
            # The account says that it waits, and why; nobody has to do anything.
            assert [(state, bool(why)) for state, why in self.desk.rows('SELECT state, why FROM account')] == [('waiting', True)], self.desk.rows('SELECT state, why, detail FROM account')
        states = self.recover()
        print('# %s, %s: %s; then %s' % (where, fault, err.strip() or 'went through', states))
        return hit

    def silence(self, where, place, wait):
        """the server is there and says nothing; a person ends the program after a while (or it gives up by itself: wait=None)"""
        self.prepare()
        self.proxies[where].set(Fault('stall', 'down', int(self.whole[where]['down'] * place)))
        process, _ = self.desk.start('sync')
        end = time.monotonic() + 60
        while not self.proxies[where].hit and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        if wait is not None:
            time.sleep(wait)
            process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=300)
        assert process.returncode in (0, 1, 130, 143, -signal.SIGTERM), (process.returncode, out, err[-4000:])
        if wait is None:
            assert process.returncode == 1 and len(err.strip().splitlines()) == 1, (process.returncode, err)
        print('# %s silent: %s; then %s' % (where, err.strip() or process.returncode, self.recover()))

    def disk(self, what, point):
        self.prepare()
        _, status, err = self.desk.run('sync', status=(0, 1), extra={'MOS_TEST_CALLS_FAIL': '%s:%d' % (what, point)})
        self.clear_end(status, err)
        print('# %s from call %d on: %s; then %s' % (what, point, err.strip() or 'went through', self.recover()))


def main():
    seed = os.environ.get('MOS_TEST_SEED') or str(random.SystemRandom().randrange(1, 2**31))
    t = tap.Tap()
    print('# MOS_TEST_SEED=' + seed)
    with Servers((SHOP, CUSTOMER, *('c%d@mail.test' % n for n in range(4)))) as servers, tempfile.TemporaryDirectory() as folder:
        story = Story(servers, folder, seed)
        for where in ('imap', 'smtp'):
            for kind in ('fin', 'rst'):
                for direction in ('up', 'down'):
                    @t.case('%s, %s of what goes %s: at every place an honest end' % (where, kind, direction))
                    def _():
                        hits = [story.line(where, Fault(kind, direction, int(story.whole[where][direction] * place * story.chance.uniform(0.9, 1)), times=99))
                                for place in (PLACES if kind == 'fin' else PLACES[1:])]
                        # One round is a little shorter than another.
                        assert sum(map(bool, hits)) >= len(hits) - 1, hits

            @t.case('%s, slow in every way: it only takes longer' % where)
            def _():
                for fault in (Fault('trickle', times=99), Fault('delay', amount=0.025, times=99), Fault('narrow', amount=100000, times=99)):
                    story.line(where, fault)

            @t.case('%s falls silent and the program is ended: an honest state' % where)
            def _():
                for place in (0.3, 0.97):
                    story.silence(where, place, 1)

        @t.case('imap falls silent: given up after a time')
        def _():
            story.silence('imap', 0.6, None)

        for what in ('ENOSPC', 'EIO'):
            @t.case('%s while it syncs and sends: said, nothing lost, and it goes on' % what)
            def _():
                for _ in range(5):
                    story.disk(what, story.chance.randint(1, 200))

        for proxy in story.proxies.values():
            proxy.stop()
    t.done()
    return t.failed != 0


sys.exit(main())

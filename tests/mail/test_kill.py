#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at many points of sync and send, against real Dovecot and postfix.

A story is a fresh desk at a fresh mailbox: the first sync is killed, then sync after sync while the mailbox changes and answers go out.
Each kill comes before or right after the Nth change of a file, or the Nth piece sent to a server (mos-test-calls.c), so it is the same
point again with the same seed. Some rounds are a `watch`, with the mailbox changing under it, and end at a point or after a time. After each: `mostradorctl check` finds nothing, the next start goes on to the end, and the audit holds.

MOS_TEST_SEED=SEED runs the same stories, MOS_TEST_SEED=SEED/STORY only one of them.
"""
import os
import random
import subprocess
import sys
import tempfile
import threading
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from faultdesk import CUSTOMER, Desk, Mailbox, audit
from servers import Servers

CTL, CALLS, POINTS = sys.argv[1], sys.argv[2], int(sys.argv[3])
WORKERS = 2
KILLS_A_STORY = 9
# About how many calls there are: the points are drawn from these, and one that lies behind the end is drawn anew.
REACH = {'first': {'disk': 420, 'net': 30}, 'next': {'disk': 150, 'net': 26}, 'send': {'disk': 240, 'net': 45}}


class Stories:
    def __init__(self, seed, only, servers, folder):
        self.seed, self.only, self.servers, self.folder = seed, only, servers, folder
        self.lock = threading.Lock()
        self.next = 0
        self.done, self.missed = {'disk': 0, 'net': 0, 'time': 0}, 0
        self.states = {}
        self.problem = None

    def take(self):
        with self.lock:
            if self.problem or sum(self.done.values()) >= POINTS or (self.only is not None and self.next > 0):
                return None
            self.next += 1
            return self.only if self.only is not None else self.next

    def work(self, worker):
        while (story := self.take()) is not None:
            try:
                self.tell(story, 'shop%d@shop.test' % worker)
            except Exception:
                with self.lock:
                    self.problem = self.problem or traceback.format_exc()

    @staticmethod
    def watch(desk, mailbox, chance, point, call):
        """Returns: what killed it, and -9"""
        process, _ = desk.start('watch', extra={'MOS_TEST_CALLS_KILL': point})
        try:
            for _ in range(2):
                mailbox.change()
            process.wait(chance.uniform(0.1, 2))
        except subprocess.TimeoutExpired:
            call = 'time'
            process.kill()
        _, err = process.communicate()
        assert process.returncode == -9, (process.returncode, err[-4000:])
        return call, -9

    def tell(self, story, address):
        chance = random.Random('%s/%s' % (self.seed, story))
        mailbox = Mailbox(self.servers, address, chance)
        mailbox.clear()
        mailbox.fill(chance.randrange(8, 16))
        desk = Desk(CTL, CALLS, os.path.join(self.folder, 'story-%s' % story), self.servers, address)
        desk.add_account()
        history, kills = [], 0
        try:
            while kills < KILLS_A_STORY:
                kind = 'first'
                if history:
                    history.append(mailbox.change())
                    kind = 'next'
                    for _ in range(chance.choice((0, 1, 1, 2))):
                        desk.reply(chance)
                        kind = 'send'
                call = chance.choice(('disk', 'net'))
                point = '%s%s:%d' % (call, chance.choice(('', '+')), chance.randint(1, REACH[kind][call]))
                watch = kind != 'first' and chance.random() < 0.2
                history.append('%s%s, %s' % (kind, ' in watch' if watch else '', point))
                if watch:
                    call, status = self.watch(desk, mailbox, chance, point, call)
                else:
                    _, status, _ = desk.run('sync', status=(0, -9), extra={'MOS_TEST_CALLS_KILL': point})
                with self.lock:
                    if status == -9:
                        self.done[call] += 1
                        kills += 1
                    else:
                        self.missed += 1
                        history.append('(behind the end)')
                desk.check()
                desk.settle()
                history.append(audit(desk, mailbox))
            with self.lock:
                for state, count in audit(desk, mailbox).items():
                    self.states[state] = self.states.get(state, 0) + count
        except Exception as problem:
            raise AssertionError('MOS_TEST_SEED=%s/%s %s' % (self.seed, story, '\n'.join(map(str, history)))) from problem


def main():
    seed, _, only = (os.environ.get('MOS_TEST_SEED') or str(random.SystemRandom().randrange(1, 2**31))).partition('/')
    t = tap.Tap()
    with Servers(('shop0@shop.test', 'shop1@shop.test', CUSTOMER, *('c%d@mail.test' % n for n in range(4)))) as servers, tempfile.TemporaryDirectory() as folder:
        stories = Stories(seed, int(only) if only else None, servers, folder)
        threads = [threading.Thread(target=stories.work, args=(n,)) for n in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        @t.case('killed anywhere, nothing is lost, doubled or damaged')
        def _():
            print('# MOS_TEST_SEED=%s: %d kills in %d stories (%d at files, %d at servers, %d after a time; %d were behind the end); outgoing: %s'
                  % (seed, sum(stories.done.values()), stories.next, stories.done['disk'], stories.done['net'], stories.done['time'], stories.missed, stories.states))  # fmt: skip
            if stories.problem:
                raise tap.Finding(stories.problem)

        @t.case('as many points as asked for, of both kinds, and answers went out')
        def _():
            if not only:
                assert sum(stories.done.values()) >= POINTS and min(stories.done['disk'], stories.done['net']) >= POINTS // 5, stories.done
                assert stories.states.get('accepted', 0) >= POINTS // 5, stories.states

    t.done()
    return t.failed != 0


sys.exit(main())

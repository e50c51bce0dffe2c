#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop that fails in every way there is while people work in it. Whatever came before, once it is quiet the desk has its orders, all, once, and
as they are, and the cursor is that of the newest."""
import os
import random
import sqlite3
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import shopfaults
import tap
from ctlprofile import Profile
from wooshop import KEY, SECRET, Shop

t = tap.Tap()
ctl = sys.argv[1]
folder = tempfile.TemporaryDirectory()
seed = int(os.environ.get('MOS_TEST_SEED') or random.SystemRandom().randrange(1000000))
print('# MOS_TEST_SEED=%d' % seed, flush=True)
dice = random.Random(seed)
STATUSES = ('pending', 'processing', 'on-hold', 'completed', 'refunded', 'wrapped')


class Work:
    """a shop in which somebody works, and its desk"""

    def __init__(self, name):
        self.shop = Shop()
        self.profile = Profile(ctl, os.path.join(folder.name, name))
        os.makedirs(os.path.dirname(self.profile.folder))
        self.settled = False
        self.second = self.imported = 0
        self.number = 0

    def now(self):
        return '2026-05-%02dT%02d:%02d:%02d' % (1 + self.second // 86400, self.second // 3600 % 24, self.second // 60 % 60, self.second % 60)

    def add(self, n, at_once=False):
        """at_once: within one second, as an import does"""
        self.second += 1
        for _ in range(n):
            self.second += 0 if at_once else dice.randrange(3)
            self.number += 1
            self.shop.add(self.number, self.now(), email='c%d@mail.test' % self.number)
        self.imported = self.second if at_once else self.imported

    def edit(self):
        # Not within the second of an import: what is done in it after it was read, and while it lasts, nobody could find.
        self.second += 1 if self.second == self.imported else dice.randrange(2)
        dice.choice(self.shop.orders).update(status=dice.choice(STATUSES), total='%d.%02d' % (dice.randrange(1000), dice.randrange(100)), date_modified_gmt=self.now())

    def begin(self):
        self.profile.run('shop', 'add', 'woocommerce', '--url', self.shop.url, '--name', 'Mugs', '--keys-stdin', text='%s\n%s\n' % (KEY, SECRET))

    def sync(self):
        """whether it came to its end"""
        done = self.profile.call('shop', 'sync')
        assert done.returncode in (0, 1) and 'ERROR' not in done.stderr, done
        return done.returncode == 0

    def check(self):
        rows = self.profile.run('order', 'list', '--limit', '100000')
        here = sorted((row['number'], row['status_in_shop'], row['total']) for row in rows)
        there = sorted((order['number'], order['status'], order['total']) for order in self.shop.orders)
        assert here == there, [(a, b) for a, b in zip(here + [None] * len(there), there) if a != b][:5]
        with sqlite3.connect('file:%s/mostrador.db?mode=ro' % self.profile.folder, uri=True) as database:
            [(cursor,)] = database.execute('SELECT cursor FROM shop')
        newest = max(order['date_modified_gmt'] for order in self.shop.orders)
        assert cursor == newest, (cursor, newest)
        assert self.shop.wrong == []

    def settle(self):
        self.shop.faults.clear()
        self.shop.on_page = None
        assert self.sync(), 'it is quiet, and cannot be read'
        self.settled = True
        self.check()


@t.case('each failure by itself: the page before it is kept, and it goes on behind that')
def _():
    work = Work('each')
    work.add(110)
    work.begin()
    for fault in shopfaults.QUICK + shopfaults.SLOW:
        before, asked = work.number if work.settled else 0, work.shop.asked
        work.add(105)
        work.shop.faults.extend((None, fault))
        done = work.sync()
        got = len(work.profile.run('order', 'list', '--limit', '100000'))
        print('# %s: %s, %d of %d, %d requests' % (fault.__name__, 'done' if done else 'not done', got - before, work.number - before, work.shop.asked - asked), flush=True)
        # The line's and the server's troubles are asked again at once; all else waits for the next turn.
        assert done == (fault in shopfaults.SLOW or fault in (shopfaults.drip, shopfaults.twice)), fault.__name__
        assert got == work.number if done else got > before + 80, fault.__name__
        work.settle()
    work.shop.stop()


@t.case('any of them in any order while the shop changes')
def _():
    work = Work('any')
    work.add(130)
    work.add(240, at_once=True)
    work.add(20)
    work.begin()
    n_done = 0
    for turn in range(9):
        work.shop.on_page = work.edit if dice.random() < 0.5 else None
        work.shop.faults.clear()
        # Most of what goes wrong costs no time; of what does a little is enough.
        work.shop.faults.extend(dice.choices([None, *shopfaults.QUICK], [4] + [1] * len(shopfaults.QUICK), k=dice.randrange(6)))
        if turn % 3 == 2:
            work.shop.faults.appendleft(dice.choice(shopfaults.SLOW))
        n_done += work.sync()
        for _ in range(dice.randrange(8)):
            work.edit()
        work.add(dice.randrange(30), at_once=dice.random() < 0.3)
        if turn % 3 == 2:
            work.settle()
    print('# %d of 9 syncs came to their end' % n_done)
    work.settle()
    work.shop.stop()


folder.cleanup()
sys.exit(t.done())

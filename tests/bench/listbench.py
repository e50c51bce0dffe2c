# SPDX-License-Identifier: GPL-3.0-or-later
"""The list with 200,000 conversations of 40,000 customers: start to a drawn list, a jump, a conversation opened, and another view."""
import json
import os
import random
import sqlite3
import subprocess
import time

import genmail
from common import ROOT, USER, WORK, BenchError, fresh, measure, need, report, secrets

COUNT = 200000


def fill_profile(count):
    """a profile of a few imported mails, and @count conversations more made by SQL, a fifth of them waiting"""
    maildir = fresh('list-mail')
    genmail.fill_maildir(maildir, 20, shop=USER)
    profile = fresh('list-profile')
    measure(['mostradorctl', '--profile', profile, '--json', 'import', maildir], env=secrets(profile))
    chance = random.Random(1)
    now = time.time_ns() // 1000
    with sqlite3.connect(os.path.join(profile, 'mostrador.db')) as database:
        # What the program's own connections bring along for the trigger of names (store/mos-store-sort.h)
        database.create_function('mos_sort_key', 2, lambda name, order: name.encode())
        account = database.execute('SELECT account FROM conversation LIMIT 1').fetchone()[0]
        customers = ['%032x' % chance.getrandbits(128) for _ in range(max(1, count // 5))]
        database.executemany('INSERT INTO customer (id, name, first_seen) VALUES (?, ?, ?)', [(customer, 'Customer %d' % i, now) for i, customer in enumerate(customers)])
        rows = []
        for i in range(count):
            created = now - chance.randrange(400 * 86400 * 1000000)
            waiting = created if i % 5 == 0 else 0
            rows.append(('%032x' % chance.getrandbits(128), account, chance.choice(customers), 'Question %d about an order' % i, created, created, waiting, 'Hello, where is my parcel? ' * 4, i % 50 == 0))
        database.executemany(
            "INSERT INTO conversation (id, account, channel, customer, subject, status, priority, created_at, updated_at, waiting_since, snippet, unread, message_count, place)"
            " VALUES (?, ?, 'email', ?, ?, 'open', 'normal', ?, ?, ?, ?, ?, 1, 'open')",
            rows,
        )
    database.close()
    return profile


def bench_list(servers, count, runs):
    # in_session belongs to the program that imports this.
    from bench import in_session

    need('mostrador', 'mostradorctl', 'xdotool')
    profile = fill_profile(COUNT)
    with open(os.path.join(WORK, 'servers.json'), 'w', encoding='utf-8') as f:
        json.dump({}, f)
    subprocess.run(['ninja', '-C', os.path.join(ROOT, '.build-run'), 'tests/bench/bench-bare'], check=True, stdout=subprocess.DEVNULL)
    bare = os.path.join(ROOT, '.build-run/tests/bench/bench-bare')
    # GTK makes ready for OpenGL though it draws without here, and where no graphics card is, that is a compiler of 50 MB. So both are told.
    for suffix, more in (('', {}), (', no OpenGL', {'GDK_DISABLE': 'gl,vulkan'})):
        environment = dict(secrets(profile), **more)
        lines = in_session('window.py', 'mostrador', 'start', runs, WORK, profile, env=environment)
        report('list', 'start' + suffix, lines, '%d conversations; wanted: 0.5 s CPU, 150 MB' % COUNT)
        lines = in_session('window.py', 'bare', 'start', runs, WORK, bare, env=environment)
        report('list', 'start, bare' + suffix, lines, 'a window with a list of as many lines')
    lines = in_session('window.py', 'bare', 'list', runs, WORK, bare, env=secrets(profile))
    report('list', 'jump, bare', [{'wall': line['wall'], 'cpu': line['cpu']} for line in lines if line['what'] == 'jump'], 'a window with a list of as many lines')
    lines = in_session('window.py', 'mostrador', 'list', runs, WORK, profile, env=secrets(profile))
    for what, wanted in (('jump', '10 ms'), ('open', '60 ms'), ('view', '150 ms')):
        found = [{'wall': line['wall'], 'cpu': line['cpu']} for line in lines if line['what'] == what]
        if not found:
            raise BenchError('no figures of %s' % what)
        report('list', what, found, '%d conversations; wanted: %s CPU' % (COUNT, wanted))


BENCHES = {'list': bench_list}

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A busy day's work in an hour, with real servers behind a line that breaks all the time: mail comes, is answered, closed and
snoozed, and the window is walked through. Afterwards everything is here once, every answer left once, and memory, descriptors and threads are as at the beginning."""
import json
import os
import random
import statistics
import subprocess
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from faultproxy import Fault, Proxy
from genmail import Generator
from servers import Servers
from story import add_account, mailbox, mostrador
from uidrive import keys, record_failures, until

MINUTES = float(os.environ.get('MOS_SOAK_MINUTES', 60))
SHOP, CUSTOMER = 'support@shop.test', 'customer@mail.test'
SEED = int(os.environ.get('MOS_TEST_SEED', random.randrange(1 << 30)))

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
servers = Servers().start()
chance = random.Random(SEED)
lines = {name: Proxy(servers.ports[name]) for name in ('imaps', 'submission')}
delivered, answered, asked, samples = [], [], [], []
print('# MOS_TEST_SEED=%d, %g minutes' % (SEED, MINUTES), flush=True)


class Behind:
    """the servers as the program reaches them"""

    ports = {**servers.ports, **{name: line.port for name, line in lines.items()}}


def ctl(*words, **options):
    done = subprocess.run([os.environ['MOSTRADORCTL'], '--json', *words], timeout=120, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, (words, done.returncode, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def deliver(index):
    message, _ = Generator(SHOP, SEED).message(index)
    # From many, and what is answered arrives in one mailbox.
    servers.deliver(SHOP, b'Reply-To: %s\r\n' % CUSTOMER.encode() + message, CUSTOMER)
    delivered.append(index)


def work():
    """what an agent does to one of the newest conversations"""
    open_ones = ctl('list', 'status:open')[:40]
    if not open_ones:
        return
    number = str(chance.choice(open_ones)['number'])
    what = chance.random()
    if what < 0.4:
        word = 'answer%d' % len(answered)
        ctl('reply', number, input='Thank you for asking. %s\n' % word)
        answered.append(word)
    elif what < 0.7:
        ctl('set', number, 'status=closed')
    elif what < 0.85:
        ctl('set', number, 'tag+=soak')
    else:
        ctl('note', number, input='Looked at.\n')


def walk():
    """with the keyboard, from one conversation to the next, and into a few places"""
    app_is_there()
    keys(*['ctrl+Page_Down'] * 5, 'ctrl+Page_Up')
    if chance.random() < 0.2:
        keys('F11')
        time.sleep(3)
        keys('Escape')
    if chance.random() < 0.2:
        keys('ctrl+f')
        time.sleep(1)
        keys('p', 'a', 'r', 'c', 'e', 'l')
        time.sleep(2)
        keys('Escape', 'Escape')
    keys('ctrl+4')


def break_line():
    line = lines[chance.choice(list(lines))]
    kind = chance.choice(('fin', 'rst', 'stall', 'trickle', 'delay', 'narrow'))
    amount = {'delay': 0.3, 'narrow': 4000}.get(kind, 0)
    line.set(Fault(kind, chance.choice(('up', 'down')), chance.randrange(0, 20000), amount, times=chance.randrange(1, 4)))
    line.cut_all()


def mend_lines():
    for line in lines.values():
        line.set(Fault())
        line.cut_all()


def app_is_there():
    assert app.process.poll() is None, 'the program ended: %s' % app.process.returncode


def sample():
    """(resident MB, descriptors, threads)"""
    app_is_there()
    folder = '/proc/%d/' % app.process.pid
    with open(folder + 'status', encoding='ascii') as f:
        status = dict(line.split(':', 1) for line in f)
    return int(status['VmRSS'].split()[0]) / 1024, len(os.listdir(folder + 'fd')), int(status['Threads'])


def of_part(first, last, which):
    """the median of a part of the time, which ran from 0 to 1"""
    part = [one[which] for one in samples[int(len(samples) * first):int(len(samples) * last)]]
    return statistics.median(part)


@t.case('the work of a day, over a line that breaks all the time')
def _():
    global app
    app = mostrador()
    add_account(app, Behind)
    until(lambda: all('problem' not in row.name for row in app.find('list', 'Accounts').children()), 60, 'the account is well')
    index, started = 0, time.monotonic()
    due = {'deliver': 0, 'work': 20, 'walk': 30, 'break': 60, 'mend': 90, 'sample': 60}
    while (now := time.monotonic() - started) < MINUTES * 60:
        if now >= due['deliver']:
            deliver(index)
            index += 1
            due['deliver'] = now + chance.uniform(2, 8)
        if now >= due['work']:
            work()
            due['work'] = now + chance.uniform(5, 15)
        if now >= due['walk']:
            walk()
            due['walk'] = now + chance.uniform(15, 30)
        if now >= due['break']:
            break_line()
            due['break'], due['mend'] = now + chance.uniform(60, 120), now + chance.uniform(20, 50)
        if now >= due['mend']:
            mend_lines()
            due['mend'] = now + 3600
        if now >= due['sample']:
            samples.append(sample())
            due['sample'] = now + 20
            print('# %4.0f s: %.0f MB, %d descriptors, %d threads; %d came, %d answered' % (now, *samples[-1], len(delivered), len(answered)), flush=True)
        time.sleep(0.5)
    mend_lines()


@t.case('every answer left once, or is asked about')
def _():
    global asked
    at_most = time.monotonic() + 240

    def arrived():
        texts = [message.get_body(('plain',)).get_content() if message.get_body(('plain',)) else '' for message in mailbox(servers, CUSTOMER)]
        return {word: sum(word in text.split() for text in texts) for word in answered}

    def waiting():
        return [one for one in ctl('outbox') if one['state'] in ('queued', 'sending')]

    # Where the line broke behind the last byte nobody can know; such a one is never sent again by itself.
    while waiting() and time.monotonic() < at_most:
        time.sleep(2)
    assert not waiting(), waiting()
    asked = [one for one in ctl('outbox') if one['state'] == 'uncertain']
    counts = arrived()
    print('# %d answers, %d of them asked about' % (len(answered), len(asked)), flush=True)
    assert not [word for word, n in counts.items() if n > 1], counts
    assert sum(n == 0 for n in counts.values()) <= len(asked), (counts, ctl('outbox'))


@t.case('all that came is here, once, and so are the copies of what left')
def _():
    wanted = {'server': len(delivered) + len(answered) - len(asked), 'missing': 0, 'erased': 0, 'coming': 0, 'copies': 0}

    def counts():
        return ctl('account', 'list')[0]['counts']

    until(lambda: all(counts()[name] == n for name, n in wanted.items()), 120, 'the account has %r, not %r' % (wanted, counts()))
    assert counts()['here'] + counts()['quarantined'] == wanted['server'], counts()


@t.case('memory, descriptors and threads are as in the beginning')
def _():
    names, slack = ('MB', 'descriptors', 'threads'), (24, 8, 3)
    for which in range(3):
        first, last = of_part(0.2, 0.4, which), of_part(0.8, 1, which)
        print('# %s: %.0f in the first part, %.0f in the last' % (names[which], first, last), flush=True)
        assert last <= first * 1.05 + slack[which], (names[which], first, last)


if app and app.process.poll() is None:
    app.kill()
servers.stop()
sys.exit(t.done())

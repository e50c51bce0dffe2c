# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders: a first sync of 10,000 from a shop on loopback that takes 50 ms for each page of a hundred, beside a bare loop over the same pages, and
memory with 1,000, 5,000 and all of them, which has to stay flat. Macros: a search among 2,000."""
import json
import os
import statistics
import subprocess
import time
import urllib.parse
import urllib.request

from common import RESULTS, ROOT, BenchError, fresh, measure, need, report, secrets
from wooshop import KEY, SECRET, Shop, signature

PAGE, DELAY_S = 100, 0.05
# Ten times as many orders may take so much more at their peak: what differs is the index of the store, never the orders.
GROWTH_MB = 16


class SlowShop(Shop):
    def answer(self, target):
        time.sleep(DELAY_S)
        return super().answer(target)


def fill(shop, count):
    shop.orders = []
    for i in range(count):
        second = i * 7
        shop.add(i + 1, '2026-%02d-%02dT%02d:%02d:%02d' % (1 + second // 2419200, 1 + second // 86400 % 28, second // 3600 % 24, second // 60 % 60, second % 60), email='c%d@mail.test' % i)


def bare(shop, count):
    """every page once, read and thrown away"""
    start, cpu, n = time.perf_counter(), time.process_time(), 0
    for offset in range(0, count, PAGE):
        url = shop.url + '/wp-json/wc/v3/orders'
        pairs = [('per_page', str(PAGE)), ('offset', str(offset)), ('orderby', 'modified'), ('order', 'asc'), ('oauth_consumer_key', KEY)]
        pairs.append(('oauth_signature', signature(SECRET, 'GET', url, pairs)))
        with urllib.request.urlopen(url + '?' + urllib.parse.urlencode(pairs)) as answer:
            n += len(json.load(answer))
    if n != count:
        raise BenchError('the bare loop has %d of %d orders' % (n, count))
    return {'wall': time.perf_counter() - start, 'cpu': time.process_time() - cpu}


def ours(shop, count):
    profile = fresh('orders')
    command = ['mostradorctl', '--profile', profile, '--json']
    subprocess.run([*command, 'shop', 'add', 'woocommerce', '--url', shop.url, '--name', 'Mugs', '--keys-stdin'], input='%s\n%s\n' % (KEY, SECRET), text=True, check=True, stdout=subprocess.DEVNULL, env=secrets(profile))
    taken, said = measure([*command, 'shop', 'sync'], env=secrets(profile))
    got = json.loads(said.splitlines()[-1])['new']
    if got != count:
        raise BenchError('mostradorctl shop sync has %d of %d orders' % (got, count))
    return taken


def bench_orders(_servers, _count, runs):
    need('mostradorctl')
    shop = SlowShop()
    # The shop itself takes a core while it makes a page, and the loop is in its process: its CPU is not told.
    peaks = {}
    for count in (1000, 5000, 10000):
        fill(shop, count)
        taken = {'mostradorctl shop sync': [], 'a bare loop': []}
        for _ in range(runs if count == 10000 else 1):
            taken['a bare loop'].append({'wall': bare(shop, count)['wall']})
            taken['mostradorctl shop sync'].append(ours(shop, count))
        for name, values in taken.items():
            rate = count / PAGE / statistics.median(value['wall'] for value in values)
            report('orders', name, values, '%d orders, %.1f pages a second' % (count, rate))
        peaks[count] = max(value['rss'] for value in taken['mostradorctl shop sync'])
    shop.stop()
    if peaks[10000] > peaks[1000] + GROWTH_MB:
        raise BenchError('the sync of 10,000 orders took %.0f MB, that of 1,000 %.0f MB' % (peaks[10000], peaks[1000]))


def bench_macros(_servers, _count, _runs):
    program = os.path.join(ROOT, '.build-run/tests/bench/bench-macros')
    subprocess.run(['ninja', '-C', os.path.join(ROOT, '.build-run'), 'tests/bench/bench-macros'], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([program, '2000'], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    searches = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]
    if done.returncode or not searches:
        raise BenchError('bench-macros: %s' % (done.stderr + done.stdout)[-800:])
    for text in dict.fromkeys(search['text'] for search in searches):
        taken = sorted(search['cpu_ms'] for search in searches if search['text'] == text)
        print('%-8s %-26s %d searches among 2,000, ms of CPU: the shortest %.2f, median %.2f, the longest %.2f; wanted: 10' % ('macros', '“%s”' % text, len(taken), taken[0], taken[len(taken) // 2], taken[-1]), flush=True)
    RESULTS.append({'bench': 'macros', 'searches': searches})


BENCHES = {'orders': bench_orders, 'macros': bench_macros}

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py [NAME…] [--messages N] [--runs N]: what Mostrador costs, each beside its peer in the same run, alternating.

    sync    first sync of 20,000 messages                                        beside mbsync
    start   start to a drawn conversation list with 20,000 messages              beside Geary
    idle    delivered by LMTP to a row on the screen, while the window idles     beside Geary
    rtt     first sync of 2,000 messages behind round trips of 50 ms             beside mbsync and, where its source is, the first prototype
    big     a message of 68 MB: peak memory                                      beside mbsync
    nothing a pass over 20,000 messages that finds nothing new                   beside mbsync
    changes 100 changed flags and 50 removals in 20,000: bytes, milliseconds, those of the server; the same in a desk that runs     beside mbsync
    list    200,000 conversations: start to a drawn list, a jump, another view of as many: against the figures wanted
                                                                                 beside a bare libadwaita window with a list of 200,000 lines
    search  nine queries over the mailbox: whole process, inside, hits           beside notmuch and mu (also --messages 200000)
    type    a search at each key of a dozen words that are typed                 beside notmuch (meant with --messages 1000000: 5 GB on the disk, half an hour)
    keystroke    a letter typed in the middle of a text of 2,000 words, until it is painted: against the 16 ms of a frame
    customer     what the pane beside a conversation shows, of 100,000 customers with 300,000 orders: read, and drawn from its selection on: against the 50 ms wanted
    orders  first sync of 10,000 orders of a shop that takes 50 ms a page, and memory with 1,000 and 5,000    beside a bare loop over the same pages
    report  a dashboard of five years, 200,000 conversations with --messages 1000000: the first, and after a filter is changed: against the 300 and 60 ms wanted
                                                                                 beside the same figures by plain SQL over the events
    macros  a search among 2,000 macros at each key: against the 10 ms wanted
    chat    10,000 updates that wait at Telegram, and memory with 1,000 and 5,000; from the server to the row, on Telegram (a server of ours), Matrix (Synapse) and SMS (asked every ten seconds); five idle accounts
                                                                                 beside a bare loop over the same updates, and a window without an account
    corpus  each mail of the shared corpus by itself: none takes a second

CPU seconds are the numbers to compare; wall times depend on what else the machine does.  Results are also kept as JSON in
.build-run/bench.json.  Everything lies on a real disk (/var/tmp), so that fsync costs what it costs.
"""
import argparse
import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path[:0] = [os.path.dirname(os.path.realpath(__file__)), os.path.join(os.path.dirname(os.path.realpath(__file__)), '..', 'support')]

import chatbenches
import listbench
import mailbenches
import searchbench
import shopbench
from common import HERE, RESULTS, ROOT, USER, WORK, BenchError, fill, fresh, need, report, secrets, sync_mbsync, sync_ours
from servers import Servers


def count_conversations(profile):
    with sqlite3.connect(os.path.join(profile, 'mostrador.db')) as database:
        return database.execute("SELECT count(*) FROM conversation WHERE place NOT IN ('merged', 'deleted', 'blank', 'erased')").fetchone()[0]


def bench_sync(servers, count, runs):
    need('mbsync', 'mostradorctl')
    taken = {'mostradorctl sync': [], 'mbsync': []}
    for _ in range(runs):
        for name, run in (('mbsync', lambda: sync_mbsync(servers)), ('mostradorctl sync', lambda: sync_ours(servers, fresh('profile')))):
            one, got = run()
            if got != count:
                raise BenchError('%s has %d of %d messages' % (name, got, count))
            taken[name].append(one)
    for name, values in taken.items():
        report('sync', name, values, '%d messages%s' % (count, ' in %d conversations' % count_conversations(os.path.join(WORK, 'profile')) if name != 'mbsync' else ''))
    # That memory does not grow with the mailbox: a quarter of it beside all of it.
    quarter = max(1, count // 4)
    with Servers([USER], postfix=False) as few:
        fill(few, quarter)
        one, got = sync_ours(few, fresh('profile'))
    if got != quarter:
        raise BenchError('mostradorctl sync has %d of %d messages' % (got, quarter))
    report('sync', 'mostradorctl sync', [one], '%d messages; peak %.0f MB, and %.0f MB with %d' % (quarter, one['rss'], max(v['rss'] for v in taken['mostradorctl sync']), count))


def in_session(script, *arguments, env=None):
    """one of the window benches, in a private display and D-Bus session; prints its JSON lines"""
    command = [os.path.join(ROOT, 'tests/ui/ui-session'), '-s', '1400x1000', '-w', '--', sys.executable, os.path.join(HERE, script), *map(str, arguments)]
    with open(os.path.join(WORK, 'session.log'), 'w+', encoding='utf-8', errors='replace') as log:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, check=False, env=env)
        log.seek(0)
        said = log.read()
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]
    if done.returncode or not lines:
        raise BenchError('%s %s: %s' % (script, ' '.join(map(str, arguments)), (said + done.stdout)[-800:]))
    return lines


def window_bench(name, servers, count, runs):
    need('mostrador', 'mostradorctl', 'geary', 'xdotool')
    with open(os.path.join(WORK, 'servers.json'), 'w', encoding='utf-8') as f:
        json.dump(servers.describe(), f)
    profile = fresh('profile')
    _, got = sync_ours(servers, profile, kept=secrets)
    if got != count:
        raise BenchError('the profile has %d of %d messages' % (got, count))
    home = fresh('geary')
    lines = in_session('window.py', 'mostrador', name, runs, WORK, profile, env=secrets(profile))
    lines += in_session('window.py', 'geary', name, runs, WORK, home, count)
    for program in ('mostrador', 'geary'):
        report(name, program, [line for line in lines if line['program'] == program], '%d messages' % count)


def bench_start(servers, count, runs):
    window_bench('start', servers, count, runs)


def bench_idle(servers, count, runs):
    window_bench('idle', servers, count, runs)


def bench_keystroke(_servers, _count, _runs):
    program = os.path.join(ROOT, '.build-run/tests/bench/bench-keystroke')
    subprocess.run(['ninja', '-C', os.path.join(ROOT, '.build-run'), 'tests/bench/bench-keystroke'], check=True, stdout=subprocess.DEVNULL)
    command = [os.path.join(ROOT, 'tests/ui/ui-session'), '-s', '1400x1000', '-w', '--', program, '2000', '300']
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False, env=dict(os.environ, GSETTINGS_BACKEND='memory'))
    keys = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]
    if done.returncode or not keys:
        raise BenchError('bench-keystroke: %s' % done.stdout[-800:])
    cpu = sorted(key['cpu'] * 1000 for key in keys)
    report('keystroke', 'composer', keys, '2,000 words; CPU to the painted frame: median %.1f ms, 95 of 100 below %.1f ms, the longest %.1f ms; wanted: 16 ms' % (cpu[len(cpu) // 2], cpu[len(cpu) * 95 // 100], cpu[-1]))


def bench_customer(_servers, _count, _runs):
    program, pane = (os.path.join(ROOT, '.build-run/tests/bench/bench-' + name) for name in ('customer', 'pane'))
    subprocess.run(['ninja', '-C', os.path.join(ROOT, '.build-run'), 'tests/bench/bench-customer', 'tests/bench/bench-pane'], check=True, stdout=subprocess.DEVNULL)
    profile, reads = fresh('customers'), []
    # What is read, and then what is seen: from the selection of a conversation to the frame that shows who writes.
    for command in ([program, profile, '100000', '300000'], [os.path.join(ROOT, 'tests/ui/ui-session'), '-s', '1400x1000', '-w', '--', pane, profile, '100000', '60']):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=dict(os.environ, GSETTINGS_BACKEND='memory'))
        found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]
        if done.returncode or not found:
            raise BenchError('%s: %s' % (command, (done.stderr + done.stdout)[-800:]))
        reads += found
    for what in dict.fromkeys(read['what'] for read in reads):
        some = [read for read in reads if read['what'] == what]
        for key, unit in (('cpu_ms', 'CPU'), ('ms', 'wall')):
            taken = sorted(read[key] for read in some)
            print('%-8s %-26s %d reads, ms of %s: the shortest %.1f, median %.1f, 95 of 100 below %.1f, the longest %.1f; wanted: 50' % ('customer', what, len(taken), unit, taken[0], taken[len(taken) // 2], taken[len(taken) * 95 // 100], taken[-1]), flush=True)
    RESULTS.append({'bench': 'customer', 'reads': reads})


def bench_report(_servers, count, _runs):
    program = os.path.join(ROOT, '.build-run/tests/bench/bench-reports')
    subprocess.run(['ninja', '-C', os.path.join(ROOT, '.build-run'), 'tests/bench/bench-reports'], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([program, fresh('reports'), str(max(1, count // 5))], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]
    if done.returncode != 0 or not lines:
        raise BenchError('bench-reports: %s' % (done.stderr + done.stdout)[-800:])
    wanted = {'cold': 300, 'filter-channel': 60, 'filter-tag': 60}
    for what in dict.fromkeys(line['what'] for line in lines):
        taken = sorted(line['cpu_ms'] for line in lines if line['what'] == what)
        print('%-8s %-26s %d times, ms of CPU: the least %.1f, median %.1f, the most %.1f%s' % ('report', what, len(taken), taken[0], taken[len(taken) // 2], taken[-1], '; wanted: %d' % wanted[what] if what in wanted else ''), flush=True)
    if not all(line['same'] for line in lines if 'same' in line):
        raise BenchError('the figures are not those of plain SQL')
    RESULTS.append({'bench': 'report', 'runs': lines})


BENCHES = {'report': bench_report, 'sync': bench_sync, 'start': bench_start, 'idle': bench_idle, 'keystroke': bench_keystroke, 'customer': bench_customer, **chatbenches.BENCHES, **listbench.BENCHES, **mailbenches.BENCHES, **searchbench.BENCHES, **shopbench.BENCHES}


# No mailbox on a server.
WITHOUT_SERVERS = ('chat', 'customer', 'keystroke', 'list', 'macros', 'orders', 'report', 'search', 'type')
# Those that say how many messages they are about.
COUNTS = {'report': 1000000, 'list': 1, 'chat': 1, 'customer': 1, 'keystroke': 1, 'macros': 1, 'orders': 1, 'rtt': 2000, 'big': 1, 'corpus': 1}


def main():
    parser = argparse.ArgumentParser(description='the benchmarks, each beside its peer')
    parser.add_argument('names', nargs='*', metavar='NAME', help=', '.join(BENCHES))
    parser.add_argument('--messages', type=int, default=20000)
    parser.add_argument('--runs', type=int, default=3)
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHES):
        parser.error('there is no benchmark %s; there are: %s' % (', '.join(unknown), ', '.join(BENCHES)))
    os.chmod(WORK, 0o755)
    failed = 0
    os.environ['TMPDIR'] = WORK
    atexit.register(shutil.rmtree, WORK, ignore_errors=True)
    print('2 numbers: smallest / median of n runs; load %.1f' % os.getloadavg()[0], flush=True)
    for name in arguments.names or BENCHES:
        try:
            count = min(arguments.messages, COUNTS.get(name, arguments.messages))
            if name in WITHOUT_SERVERS:
                BENCHES[name](None, count, arguments.runs)
                continue
            with Servers([USER], postfix=False) as servers:
                fill(servers, count)
                BENCHES[name](servers, count, arguments.runs)
        except (BenchError, subprocess.SubprocessError) as problem:
            failed += 1
            print('%-6s FAILED: %s' % (name, problem), flush=True)
    with open(os.path.join(ROOT, '.build-run', 'bench.json'), 'w', encoding='utf-8') as f:
        json.dump(RESULTS, f, indent=1)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

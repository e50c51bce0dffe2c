#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py [NAME…] [--messages N] [--runs N]: what Mostrador costs, each beside its peer in the same run, alternating.

    sync    first sync of 20,000 messages                                        beside mbsync
    start   start to a drawn conversation list with 20,000 messages              beside Geary
    idle    delivered by LMTP to a row on the screen, while the window idles     beside Geary

CPU seconds are the numbers to compare; wall times depend on what else the machine does.  Results are also kept as JSON in
.build-run/bench.json.  Everything lies on a real disk (/var/tmp), so that fsync costs what it costs.
"""
import argparse
import atexit
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# A disk, not the memory that /tmp is in ./dev's environment, and open to the servers' users, as a home folder is not.
WORK = tempfile.mkdtemp(prefix='mostrador-bench-', dir='/var/tmp')
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'support')]

import genmail
from servers import PASSWORD, Servers

USER = 'support@shop.test'
RESULTS = []


class BenchError(Exception):
    """a program is missing or did not do what is measured"""


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise BenchError('%s is not there' % program)


def measure(command, **options):
    """runs it to its end: wall seconds, CPU seconds of it and its children, peak memory in MB, output"""
    start = time.perf_counter()
    with open(os.path.join(WORK, 'output'), 'w+b') as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        output.seek(0)
        said = output.read().decode(errors='replace')
    if process.returncode:
        raise BenchError('%s ended with %d: %s' % (command[0], process.returncode, said[-800:]))
    return {'wall': wall, 'cpu': usage.ru_utime + usage.ru_stime, 'rss': usage.ru_maxrss / 1024}, said


def report(bench, program, runs, note=''):
    """one line, and one entry of the JSON file"""

    def numbers(key):
        return [run[key] for run in runs if run.get(key) is not None]

    entry = {'bench': bench, 'program': program, 'runs': len(runs), 'load': os.getloadavg()[0], 'note': note}
    text = '%-6s %-22s n=%d' % (bench, program, len(runs))
    for key, unit in (('wall', 's'), ('cpu', 'CPU-s'), ('rss', 'MB')):
        if values := numbers(key):
            entry[key] = {'min': min(values), 'median': statistics.median(values), 'max': max(values)}
            text += '   %s %.3f / %.3f' % (unit, min(values), statistics.median(values)) if key != 'rss' else '   %.0f MB' % max(values)
    print(text + ('   ' + note if note else ''), flush=True)
    RESULTS.append(entry)


def fresh(name):
    path = os.path.join(WORK, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def fill(servers, count):
    """gives the servers' mailbox its messages, owned by whoever Dovecot runs as"""
    maildir = servers.maildir(USER)
    genmail.fill_maildir(maildir, count, shop=USER)
    owner = os.stat(maildir)
    for folder, folders, files in os.walk(maildir):
        for name in [folder] + [os.path.join(folder, f) for f in files]:
            os.chown(name, owner.st_uid, owner.st_gid)
    # Dovecot reads the folder once, so that nobody pays for its index.
    with servers.imap(USER, timeout=600) as imap:
        assert int(imap.select('INBOX')[1][0]) == count
        imap.fetch('1:*', '(RFC822.SIZE INTERNALDATE)')


def secrets(profile):
    """the environment in which mostradorctl and mostrador keep this profile's password without a keyring"""
    return dict(
        os.environ, MOSTRADOR_PROFILE=profile, SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=os.path.join(profile, 'secrets.keyring'), SECRET_FILE_TEST_PASSWORD='bench'
    )


def add_account(servers, profile):
    """the account as a script adds it"""
    user = USER.replace('@', '%40')
    command = ['mostradorctl', '--profile', profile, 'account', 'add', 'email', '--name', 'Bench', '--address', USER, '--ca', servers.describe()['ca'], '--password-stdin']
    command += ['--imap', 'imaps://%s@localhost:%d' % (user, servers.ports['imaps']), '--smtp', 'smtps://%s@localhost:%d' % (user, servers.ports['dovecot_submissions'])]
    subprocess.run(command, input=PASSWORD + '\n', text=True, check=True, stdout=subprocess.DEVNULL, env=secrets(profile))


def sync_ours(servers, profile):
    """one first sync: its measure, and how many messages it stored"""
    add_account(servers, profile)
    taken, said = measure(['mostradorctl', '--profile', profile, '--json', 'sync'], env=secrets(profile))
    lines = [json.loads(line) for line in said.splitlines() if line.startswith('{')]
    return taken, sum(line.get('new', 0) for line in lines)


MBSYNC = '''IMAPAccount bench
Host localhost
Port {port}
User {user}
Pass {password}
TLSType IMAPS
CertificateFile {ca}

IMAPStore far
Account bench

MaildirStore near
Path {path}/
Inbox {path}/INBOX
SubFolders Verbatim

Channel bench
Far :far:
Near :near:
Patterns INBOX
Create Near
SyncState *
'''


def sync_mbsync(servers):
    path = fresh('mbsync')
    config = os.path.join(WORK, 'mbsyncrc')
    with open(config, 'w', encoding='ascii') as f:
        f.write(MBSYNC.format(port=servers.ports['imaps'], user=USER, password=PASSWORD, ca=servers.describe()['ca'], path=path))
    taken, _ = measure(['mbsync', '-c', config, 'bench'])
    return taken, sum(len(os.listdir(os.path.join(path, 'INBOX', sub))) for sub in ('cur', 'new'))


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
        report('sync', name, values, '%d messages' % count)


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
    _, got = sync_ours(servers, profile)
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


BENCHES = {'sync': bench_sync, 'start': bench_start, 'idle': bench_idle}


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
            with Servers([USER], postfix=False) as servers:
                fill(servers, arguments.messages)
                BENCHES[name](servers, arguments.messages, arguments.runs)
        except (BenchError, subprocess.SubprocessError) as problem:
            failed += 1
            print('%-6s FAILED: %s' % (name, problem), flush=True)
    with open(os.path.join(ROOT, '.build-run', 'bench.json'), 'w', encoding='utf-8') as f:
        json.dump(RESULTS, f, indent=1)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

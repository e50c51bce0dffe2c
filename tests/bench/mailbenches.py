# SPDX-License-Identifier: GPL-3.0-or-later
"""Benchmarks of the mail engine beside mbsync: a slow line, a huge message, nothing new, small changes, strangers' mail."""
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

from common import SHARED, USER, WORK, BenchError, fresh, keyring, measure, need, report, settle, sync_again, sync_mbsync, sync_ours
from servers import PASSWORD, Servers
from wire import Wire

HALF_TRIP = 0.025
BIG_BYTES = 68 << 20


def take_turns(bench, runs, programs, note):
    """programs: name -> function that gives one measure; in turns, so that a busy minute hits all of them"""
    taken = {name: [] for name in programs}
    for _ in range(runs):
        for name, run in programs.items():
            taken[name].append(run())
    for name, values in taken.items():
        report(bench, name, values, note)
    return taken


def expect(got, count, who):
    if got != count:
        raise BenchError('%s has %d of %d messages' % (who, got, count))


def build_prototype():
    """the first prototype, made from the notes' source where they are; None where they are not, or where it cannot be built here"""
    source = os.path.join(SHARED, 'notes', 'mail-bench')
    if not SHARED or not os.path.exists(os.path.join(source, 'gimap.c')):
        return None
    program = os.path.join(WORK, 'gimap')
    flags = subprocess.run(['pkg-config', '--cflags', '--libs', 'gio-2.0', 'gio-unix-2.0', 'gmime-3.0', 'sqlite3'], capture_output=True, text=True, check=False).stdout.split()
    done = subprocess.run(['cc', '-O2', '-w', '-o', program, os.path.join(source, 'gimap.c'), os.path.join(source, 'store.c'), *flags], capture_output=True, text=True, check=False)
    if done.returncode:
        print('rtt    the prototype cannot be built here: %s' % (done.stderr.strip().splitlines() or ['?'])[-1], flush=True)
        return None
    return program


def over_slow_line(servers, count, runs, prototype, mail):
    with Wire(servers.ports['imaps'], HALF_TRIP) as wire:

        def ours():
            taken, got = sync_ours(servers, fresh('profile'), port=wire.port)
            expect(got, count, 'mostradorctl sync')
            return taken

        def mbsync():
            taken, got = sync_mbsync(servers, port=wire.port)
            expect(got, count, 'mbsync')
            return taken

        def gimap():
            return measure([prototype, 'localhost', str(wire.port), USER, 'full', os.path.join(fresh('gimap-store'), 'db'), 'tls', 'ca=' + servers.describe()['ca']])[0]

        programs = {'mbsync': mbsync, 'mostradorctl sync': ours}
        if prototype:
            programs['prototype'] = gimap
        take_turns('rtt', runs, programs, '%d messages %s, %d ms round trips' % (count, mail, 2000 * HALF_TRIP))


def bench_rtt(servers, count, runs):
    """with the mail that the prototype was measured with, where the notes are, and with the small mail of the other benchmarks"""
    need('mbsync', 'mostradorctl')
    prototype = build_prototype()
    generator = os.path.join(SHARED, 'notes', 'genmail.py')
    if SHARED and os.path.exists(generator):
        with Servers([USER], postfix=False) as theirs:
            subprocess.run([sys.executable, generator, '--maildir', theirs.maildir(USER), '--count', str(count)], check=True, stdout=subprocess.DEVNULL)
            settle(theirs, count)
            over_slow_line(theirs, count, runs, prototype, 'of 23 kB')
    over_slow_line(servers, count, runs, prototype, 'of 5 kB')


def put_big(servers):
    """one message with an attachment of 68 MB as it is on the wire"""
    folder = servers.maildir(USER)
    path = os.path.join(folder, 'new', '%d.big.bench' % time.time())
    line = b'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkr\r\n'
    with open(path, 'wb') as f:
        f.write(b'From: big@mail.test\r\nTo: %s\r\nSubject: Big\r\nMessage-ID: <big@mail.test>\r\nDate: Mon, 02 Mar 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\n'
                b'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe pictures.\r\n--b\r\nContent-Type: image/tiff; name=scan.tif\r\n'
                b'Content-Disposition: attachment; filename=scan.tif\r\nContent-Transfer-Encoding: base64\r\n\r\n' % USER.encode())  # fmt: skip
        for _ in range(BIG_BYTES // len(line) // 1000):
            f.write(line * 1000)
        f.write(b'\r\n--b--\r\n')
    owner = os.stat(folder)
    os.chown(path, owner.st_uid, owner.st_gid)
    return os.path.getsize(path)


def bench_big(servers, count, runs):
    need('mbsync', 'mostradorctl')
    size = put_big(servers)

    def ours():
        taken, got = sync_ours(servers, fresh('profile'))
        expect(got, count + 1, 'mostradorctl sync')
        return taken

    def mbsync():
        taken, got = sync_mbsync(servers)
        expect(got, count + 1, 'mbsync')
        return taken

    take_turns('big', runs, {'mbsync': mbsync, 'mostradorctl sync': ours}, 'one message of %.0f MB' % (size / 1e6))


def bench_nothing(servers, count, runs):
    need('mbsync', 'mostradorctl')
    profile = fresh('profile')
    expect(sync_ours(servers, profile)[1], count, 'mostradorctl sync')
    expect(sync_mbsync(servers)[1], count, 'mbsync')

    def ours():
        taken, lines = sync_again(profile)
        if sum(line['fetched'] for line in lines):
            raise BenchError('there was something new')
        taken['inside'] = sum(line['seconds'] for line in lines) * 1000
        return taken

    take_turns('nothing', max(runs, 5), {'mbsync': lambda: sync_mbsync(servers, keep=True)[0], 'mostradorctl sync': ours}, '%d messages, nothing new' % count)


def change(servers, round_number, flags=100, removals=50):
    """another program reads and deletes: every seventh message, and those at the end"""
    with servers.imap(USER, timeout=600) as imap:
        exists = int(imap.select('INBOX')[1][0])
        numbers = ','.join(str(n) for n in range(1 + round_number, exists - removals, max(1, (exists - removals) // flags)))
        numbers = ','.join(numbers.split(',')[:flags])
        imap.store(numbers, '+FLAGS' if round_number % 2 == 0 else '-FLAGS', '(\\Seen \\Answered)')
        imap.store('%d:%d' % (exists - removals + 1, exists), '+FLAGS', '(\\Deleted)')
        imap.expunge()


def read_inbox(profile):
    """how many messages there are, and how many of them are read, as the store has them"""
    with contextlib.closing(sqlite3.connect('file:%s/mostrador.db?mode=ro' % profile, uri=True)) as database:
        return database.execute("SELECT count(*), sum(l.flags & 1) FROM location AS l JOIN folder AS f ON f.id = l.folder WHERE l.removed = 0 AND f.name = 'INBOX'").fetchone()


def while_running(servers, profile, wire, round_number, settled=1.5):
    """a desk that runs: how long it takes until it has followed; that the server tells it, mostly half a second late, is in it"""
    process = subprocess.Popen(['mostradorctl', '--profile', profile, 'watch'], env=keyring(profile), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2 * settled)
        before = read_inbox(profile)
        change(servers, round_number)
        wire.reset()
        start = last = time.perf_counter()
        seen = before
        while time.perf_counter() - last < settled or (seen == before and time.perf_counter() - start < 30):
            now = read_inbox(profile)
            if now != seen:
                seen, last = now, time.perf_counter()
            time.sleep(0.005)
    finally:
        process.terminate()
        process.wait()
    if seen[0] != before[0] - 50:
        raise BenchError('%d of 50 removals were followed' % (before[0] - seen[0]))
    return {'wall': last - start, 'bytes': wire.bytes}


def since_select(one, wire):
    """what following a folder takes once there is a session, as the notes' figure is meant: from SELECT to the end of the program, which is behind the store's commit"""
    return {'since': (one['ended'] - wire.selected) * 1000, 'selecting': wire.selecting * 1000} if wire.selected else {}


def bench_changes(servers, count, runs):
    need('mbsync', 'mostradorctl')
    profile = fresh('profile')
    with Wire(servers.ports['imap']) as our_wire, Wire(servers.ports['imap']) as their_wire:
        expect(sync_ours(servers, profile, port=our_wire.port, plain=True)[1], count, 'mostradorctl sync')
        expect(sync_mbsync(servers, port=their_wire.port, plain=True)[1], count, 'mbsync')
        sync_again(profile)
        taken = {'mbsync': [], 'mostradorctl sync': []}
        for number in range(runs):
            change(servers, number)
            for wire in (our_wire, their_wire):
                wire.reset()
            one, _ = sync_mbsync(servers, port=their_wire.port, keep=True, plain=True)
            taken['mbsync'].append(dict(one, bytes=their_wire.bytes, server=their_wire.server * 1000, **since_select(one, their_wire)))
            one, lines = sync_again(profile)
            updated = sum(line['updated'] for line in lines)
            if updated < 100:
                raise BenchError('only %d changes were followed' % updated)
            taken['mostradorctl sync'].append(dict(one, bytes=our_wire.bytes, server=our_wire.server * 1000, inside=sum(line['seconds'] for line in lines) * 1000, **since_select(one, our_wire)))
        taken['mostradorctl watch'] = [while_running(servers, profile, our_wire, runs + number) for number in range(runs)]
    for name, values in taken.items():
        note = 'the same, connected and idle: from the other program\'s last word to the last change in the store' if name.endswith('watch') else 'unencrypted, with log-in'
        report('changes', name, values, '100 flags and 50 removals in %d messages; %s' % (count, note))


def bench_corpus(servers, count, runs):
    """each mail in a process of its own, so that the slowest has a name; the profile is the same one"""
    need('mostradorctl')
    folder = os.path.join(SHARED, 'corpus')
    mails = [os.path.join(here, name) for here, _, names in os.walk(folder) for name in names if name.endswith(('.eml', '.txt', '.msg')) or 'easy-ham' in here] if SHARED else []
    if not mails:
        print('corpus the shared corpus is absent: nothing was measured', flush=True)
        return
    profile = fresh('profile')
    taken, outcomes = [], {}
    for path in sorted(mails)[: count * 100000]:
        one, said = measure(['mostradorctl', '--profile', profile, '--json', 'import', path])
        taken.append(dict(one, path=path))
        for line in said.splitlines():
            if line.startswith('{'):
                outcome = json.loads(line)['result']
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
    slowest = max(taken, key=lambda one: one['cpu'])
    report('corpus', 'mostradorctl import', taken, '%d files: %s; slowest %s, CPU-s %.3f' % (
        len(taken), ', '.join('%d %s' % (n, what) for what, n in sorted(outcomes.items())), os.path.relpath(slowest['path'], folder), slowest['cpu']))  # fmt: skip
    if slowest['cpu'] > 1:
        raise BenchError('%s takes %.2f CPU seconds' % (slowest['path'], slowest['cpu']))
    shutil.rmtree(profile)


BENCHES = {'rtt': bench_rtt, 'big': bench_big, 'nothing': bench_nothing, 'changes': bench_changes, 'corpus': bench_corpus}

assert PASSWORD == 'secret', 'the prototype has the password in its source'

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks share: measuring a process, a filled mailbox, an account of ours and mbsync's configuration."""
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
SHARED = os.environ.get('MOSTRADOR_SHARED', '')
sys.path[:0] = [os.path.join(HERE, '..', 'support')]

import genmail
from servers import PASSWORD

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
        wall, ended = time.perf_counter() - start, time.monotonic()
        output.seek(0)
        said = output.read().decode(errors='replace')
    if process.returncode:
        raise BenchError('%s ended with %d: %s' % (command[0], process.returncode, said[-800:]))
    return {'wall': wall, 'cpu': usage.ru_utime + usage.ru_stime, 'rss': usage.ru_maxrss / 1024, 'ended': ended}, said


def report(bench, program, runs, note=''):
    """one line, and one entry of the JSON file"""

    def numbers(key):
        return [run[key] for run in runs if run.get(key) is not None]

    entry = {'bench': bench, 'program': program, 'runs': len(runs), 'load': os.getloadavg()[0], 'note': note}
    text = '%-6s %-22s n=%d' % (bench, program, len(runs))
    for key, unit in (('wall', 's'), ('cpu', 'CPU-s'), ('rss', 'MB'), ('inside', 'ms inside'), ('server', 'ms of them the server'), ('since', 'ms from SELECT to its end'), ('selecting', 'ms of them the server'), ('bytes', 'bytes')):
        if values := numbers(key):
            entry[key] = {'min': min(values), 'median': statistics.median(values), 'max': max(values)}
            text += '   %.0f MB' % max(values) if key == 'rss' else '   %s %d' % (unit, max(values)) if key == 'bytes' else '   %s %.3f / %.3f' % (unit, min(values), statistics.median(values))
    print(text + ('   ' + note if note else ''), flush=True)
    RESULTS.append(entry)


def fresh(name):
    path = os.path.join(WORK, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def fill(servers, count):
    """gives the servers' mailbox its messages, owned by whoever Dovecot runs as"""
    genmail.fill_maildir(servers.maildir(USER), count, shop=USER)
    settle(servers, count)


def settle(servers, count):
    """the files of the mailbox become those of whoever Dovecot runs as, and are read once"""
    maildir = servers.maildir(USER)
    owner = os.stat(maildir)
    for folder, folders, files in os.walk(maildir):
        for name in [folder] + [os.path.join(folder, f) for f in files]:
            os.chown(name, owner.st_uid, owner.st_gid)
    # Dovecot reads the folder once, so that nobody pays for its index.
    with servers.imap(USER, timeout=600) as imap:
        assert int(imap.select('INBOX')[1][0]) == count
        imap.fetch('1:*', '(RFC822.SIZE INTERNALDATE)')


def keyring(profile):
    """the environment in which mostradorctl keeps this profile's password in the session's Secret Service, as on a desktop"""
    return dict(os.environ, MOSTRADOR_PROFILE=profile)


def secrets(profile):
    """the environment in which mostradorctl and mostrador, in sessions of their own, keep this profile's password in libsecret's file; to open it costs 0.2 s of CPU"""
    return dict(
        os.environ, MOSTRADOR_PROFILE=profile, SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=os.path.join(profile, 'secrets.keyring'), SECRET_FILE_TEST_PASSWORD='bench'
    )


def add_account(servers, profile, port=None, plain=False, kept=keyring):
    """the account as a script adds it; port: of a proxy; plain: nothing encrypted, where bytes are counted; kept: where its password is"""
    user = USER.replace('@', '%40')
    command = ['mostradorctl', '--profile', profile, 'account', 'add', 'email', '--name', 'Bench', '--address', USER, '--ca', servers.describe()['ca'], '--password-stdin']
    command += ['--insecure-plaintext'] if plain else []
    scheme, own = ('imap', servers.ports['imap']) if plain else ('imaps', servers.ports['imaps'])
    command += ['--imap', '%s://%s@localhost:%d' % (scheme, user, port or own), '--smtp', 'smtps://%s@localhost:%d' % (user, servers.ports['dovecot_submissions'])]
    subprocess.run(command, input=PASSWORD + '\n', text=True, check=True, stdout=subprocess.DEVNULL, env=kept(profile))


def sync_again(profile, kept=keyring):
    """one pass of an account that is there: its measure and the counts it prints"""
    taken, said = measure(['mostradorctl', '--profile', profile, '--json', 'sync'], env=kept(profile))
    return taken, [json.loads(line) for line in said.splitlines() if line.startswith('{')]


def sync_ours(servers, profile, kept=keyring, **options):
    """one first sync: its measure, and how many messages it stored"""
    add_account(servers, profile, kept=kept, **options)
    taken, lines = sync_again(profile, kept)
    return taken, sum(line.get('new', 0) for line in lines)


MBSYNC = '''IMAPAccount bench
Host localhost
Port {port}
User {user}
Pass {password}
{tls}

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


def sync_mbsync(servers, port=None, keep=False, plain=False):
    """keep: goes on with what is there"""
    path = os.path.join(WORK, 'mbsync') if keep else fresh('mbsync')
    config = os.path.join(WORK, 'mbsyncrc')
    tls = 'TLSType None\nAuthMechs LOGIN' if plain else 'TLSType IMAPS\nCertificateFile ' + servers.describe()['ca']
    with open(config, 'w', encoding='ascii') as f:
        f.write(MBSYNC.format(port=port or servers.ports['imap' if plain else 'imaps'], user=USER, password=PASSWORD, tls=tls, path=path))
    taken, _ = measure(['mbsync', '-c', config, 'bench'])
    return taken, sum(len(os.listdir(os.path.join(path, 'INBOX', sub))) for sub in ('cur', 'new'))

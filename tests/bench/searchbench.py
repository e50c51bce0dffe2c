# SPDX-License-Identifier: GPL-3.0-or-later
"""Search beside notmuch and mu: the whole process, ours inside one process too, and what each of them finds; and search at each key that is typed.

Up to 20,000 messages are those of genmail.py, imported. More (--messages 200000, or 1000000 for "type") are short ones that fill-store.c writes into the
profile and into a Maildir for the others, for taking in a million would be another benchmark; on the disk about 4.5 kB each for all of them together."""
import json
import os
import shutil
import statistics
import subprocess

import genmail
from common import RESULTS, ROOT, USER, BenchError, fresh, measure, need, report, secrets

# One of each kind that people type, in words of the made-up shop: a frequent word, a sender, a subject, a phrase, all of several, any of
# several, a beginning, and nothing. They are those that the notes about peers ask of their mail.
ANY = (
    # name, mostradorctl, notmuch, mu
    ('word', 'parcel', 'parcel', 'parcel'),
    ('subject', 'subject:colour', 'subject:colour', 'subject:colour'),
    ('all of', 'invoice address', 'invoice and address', 'invoice and address'),
    ('any of', 'invoice OR colour', 'invoice or colour', 'invoice or colour'),
    ('beginning', 'blank*', 'blank*', 'blank*'),
    ('nothing', 'nonexistentword', 'nonexistentword', 'nonexistentword'),
)
QUERIES = (
    *ANY,
    ('sender', 'from:najjar', 'from:najjar', 'from:najjar'),
    ('phrase', '"green one"', '"green one"', '"green one"'),
    ('accents', 'devolucion', 'devolución', 'devolucion'),
)
# In the words of fill-store.c, of which there are 30,000, as frequent as a language's are.
LARGE_QUERIES = (
    *ANY,
    ('sender', 'from:pebafozu', 'from:pebafozu', 'from:pebafozu'),
    ('phrase', '"the green"', '"the green"', '"the green"'),
    ('rare', 'lotresumar', 'lotresumar', 'lotresumar'),
)
# What people type, with each key: the last word is the beginning of one up to its end.
TYPED = ('parcel', 'invoice', 'where is', 'thank you', 'green blanket', 'refund', 'brafozu', 'tresti', 'quicedi', 'yesterday', 'my order b', 'zubalo')
# What the window lists at once; the rest, 2,000 in all, it asks for when nobody types.
FIRST = 100
LISTED = 2000
NOTE = ('ours are conversations, notmuch\'s and mu\'s are messages; a word alone is looked for by us in subject, body, names and attachments\' names, without regard '
        'to accents and case; notmuch stems English words and keeps accents, mu does not stem')  # fmt: skip


def is_large(count):
    return count > 20000


def fill(count):
    """the same mailbox for all, ours indexed: its Maildir and the profile"""
    maildir = fresh('search-mail')
    profile = fresh('search-profile')
    genmail.fill_maildir(maildir, min(count, 20) if is_large(count) else count, shop=USER)
    taken, _ = measure(['mostradorctl', '--profile', profile, '--json', 'import', maildir], env=secrets(profile))
    if not is_large(count):
        report('search', 'mostradorctl import', [taken], '%d messages, indexed and threaded' % count)
        return maildir, profile
    subprocess.run(['ninja', '-C', os.path.join(ROOT, '.build-run'), 'tests/bench/bench-fill-store'], check=True, stdout=subprocess.DEVNULL)
    taken, _ = measure([os.path.join(ROOT, '.build-run/tests/bench/bench-fill-store'), profile, str(count), maildir])
    report('search', 'bench-fill-store', [taken], '%d messages of about 600 bytes, indexed, not threaded' % count)
    return maildir, profile


def prepare(count, with_mu=True):
    """the same mailbox for all three, indexed"""
    maildir, profile = fill(count)
    home = fresh('search-home')
    environment = dict(os.environ, HOME=home, NOTMUCH_CONFIG=os.path.join(home, 'notmuch-config'))
    with open(environment['NOTMUCH_CONFIG'], 'w', encoding='ascii') as f:
        f.write('[database]\npath=%s\n[user]\nname=x\nprimary_email=%s\n[new]\ntags=inbox\nignore=\n[search]\nexclude_tags=\n[maildir]\nsynchronize_flags=false\n' % (maildir, USER))
    taken, _ = measure(['notmuch', 'new', '--quiet'], env=environment)
    report('search', 'notmuch new', [taken], '%d messages' % count)
    mu = os.path.join(home, 'mu')
    if not with_mu:
        return profile, environment, mu
    subprocess.run(['mu', 'init', '--muhome=' + mu, '--maildir=' + maildir, '--my-address=' + USER], check=True, stdout=subprocess.DEVNULL, env=environment)
    taken, _ = measure(['mu', 'index', '--quiet', '--muhome=' + mu], env=environment)
    report('search', 'mu index', [taken], '%d messages' % count)
    return profile, environment, mu


def hits(command, environment, allowed=(0,)):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=environment)
    if done.returncode not in allowed:
        raise BenchError('%s: %s' % (' '.join(command), done.stderr[-400:]))
    return done.stdout


def timed(command, environment, allowed):
    """one whole process, its answer written where nobody reads it"""
    script = '"$@" >"$OUT" 2>&1; r=$?; case " %s " in *" $r "*) exit 0;; esac; exit $r' % ' '.join(map(str, allowed))
    return measure(['sh', '-c', script, 'sh', *command], env=dict(environment, OUT=os.devnull))[0]


def bench_search(servers, count, runs):
    need('notmuch', 'mu', 'mostradorctl')
    profile, environment, mu = prepare(count)
    again = max(runs, 3)
    for name, ours, notmuch, find in LARGE_QUERIES if is_large(count) else QUERIES:
        programs = {
            'mostradorctl search': (['mostradorctl', '--profile', profile, '--json', 'search', '--limit', '50', ours], (0,)),
            'notmuch search': (['notmuch', 'search', '--limit=50', '--output=threads', notmuch], (0,)),
            # mu says 2 (in older versions 4) when nothing is found.
            'mu find': (['mu', 'find', '--muhome=' + mu, '--maxnum=50', '--sortfield=date', '--reverse', find], (0, 2, 4)),
        }
        taken = {program: [] for program in programs}
        for _ in range(again):
            for program, (command, allowed) in programs.items():
                taken[program].append(timed(command, environment, allowed))
        inside = [json.loads(line)['cpu_ms'] for line in hits(['mostradorctl', '--profile', profile, '--json', 'search', '--limit', '50', '--repeat', '50', ours], environment).splitlines()]
        for one, ms in zip(taken['mostradorctl search'], [statistics.median(inside)] * again):
            one['inside'] = ms
        found = (
            len(hits(['mostradorctl', '--profile', profile, '--json', 'search', ours], environment).splitlines()),
            int(hits(['notmuch', 'count', notmuch], environment)),
            int(hits(['notmuch', 'count', '--output=threads', notmuch], environment)),
            len(hits(['mu', 'find', '--muhome=' + mu, find], environment, (0, 2, 4)).splitlines()),
        )
        for program, values in taken.items():
            report('search', program, values, '%s: %s' % (name, dict(zip(programs, (ours, notmuch, find)))[program]))
        text = 'hits   %-10s ours %d conversations   notmuch %d messages in %d threads   mu %d messages' % (name, *found)
        print(text, flush=True)
        RESULTS.append({'bench': 'search', 'query': name, 'messages': count, 'conversations': found[0], 'notmuch_messages': found[1], 'notmuch_threads': found[2], 'mu_messages': found[3], 'note': NOTE})
    print('note   ' + NOTE, flush=True)
    shutil.rmtree(profile)


def bench_type(servers, count, runs):
    need('notmuch', 'mostradorctl')
    profile, environment, _ = prepare(count, with_mu=False)
    inside, rest, wholes, peers = [], [], [], []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            if text[end - 1] == ' ':
                continue
            typed = text[:end] + '*'
            said = hits(['mostradorctl', '--profile', profile, '--json', 'search', '--limit', str(FIRST), '--repeat', str(max(runs, 3)), typed], environment)
            times = [json.loads(line) for line in said.splitlines()]
            ms = statistics.median(line['cpu_ms'] for line in times)
            said = hits(['mostradorctl', '--profile', profile, '--json', 'search', '--limit', str(LISTED), '--repeat', '3', typed], environment)
            rest.append({'inside': statistics.median(json.loads(line)['cpu_ms'] for line in said.splitlines())})
            whole = timed(['mostradorctl', '--profile', profile, '--json', 'search', '--limit', '50', typed], environment, (0,))
            peer = timed(['notmuch', 'search', '--limit=50', '--output=threads', ' and '.join(typed.split())], environment, (0, 1))
            inside.append({'inside': ms, 'wall': statistics.median(line['ms'] for line in times) / 1000})
            wholes.append(whole)
            peers.append(peer)
            print('type   %-16s %7.1f ms inside, %4d conversations; whole process %.3f CPU-s, notmuch %.3f' % (typed, ms, times[0]['conversations'], whole['cpu'], peer['cpu']), flush=True)
    for what, values, note in (('first in the process', inside, 'the first %d; wanted: 30 and 120' % FIRST), ('all in the process', rest, 'up to %d' % LISTED)):
        ordered = sorted(one['inside'] for one in values)
        text = '%d messages, %d keys: median %.1f ms of CPU, 95 of 100 below %.1f, the longest %.1f; %s'
        report('type', what, values, text % (count, len(ordered), ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100], ordered[-1], note))
    report('type', 'mostradorctl search', wholes, 'first 50, whole process')
    report('type', 'notmuch search', peers, 'first 50, whole process')
    shutil.rmtree(profile)


BENCHES = {'search': bench_search, 'type': bench_type}

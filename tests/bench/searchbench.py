# SPDX-License-Identifier: GPL-3.0-or-later
"""Search beside notmuch and mu: the whole process, ours inside one process too, and what each of them finds."""
import json
import os
import shutil
import statistics
import subprocess

import genmail
from common import RESULTS, USER, BenchError, fresh, measure, need, report, secrets

# One of each kind that people type, in words of the made-up shop: a frequent word, a sender, a subject, a phrase, all of several, any of
# several, a beginning, and nothing. They are those that the notes about peers ask of their mail.
QUERIES = (
    # name, mostradorctl, notmuch, mu
    ('word', 'parcel', 'parcel', 'parcel'),
    ('sender', 'from:najjar', 'from:najjar', 'from:najjar'),
    ('subject', 'subject:colour', 'subject:colour', 'subject:colour'),
    ('phrase', '"green one"', '"green one"', '"green one"'),
    ('all of', 'invoice address', 'invoice and address', 'invoice and address'),
    ('any of', 'invoice OR colour', 'invoice or colour', 'invoice or colour'),
    ('accents', 'devolucion', 'devolución', 'devolucion'),
    ('beginning', 'blank*', 'blank*', 'blank*'),
    ('nothing', 'nonexistentword', 'nonexistentword', 'nonexistentword'),
)
NOTE = ('ours are conversations, notmuch\'s and mu\'s are messages; a word alone is looked for by us in subject, body, names and attachments\' names, without regard '
        'to accents and case; notmuch stems English words and keeps accents, mu does not stem')  # fmt: skip


def prepare(count):
    """the same mailbox for all three, indexed"""
    maildir = fresh('search-mail')
    genmail.fill_maildir(maildir, count, shop=USER)
    profile = fresh('search-profile')
    taken, _ = measure(['mostradorctl', '--profile', profile, '--json', 'import', maildir], env=secrets(profile))
    report('search', 'mostradorctl import', [taken], '%d messages, indexed and threaded' % count)

    home = fresh('search-home')
    environment = dict(os.environ, HOME=home, NOTMUCH_CONFIG=os.path.join(home, 'notmuch-config'))
    with open(environment['NOTMUCH_CONFIG'], 'w', encoding='ascii') as f:
        f.write('[database]\npath=%s\n[user]\nname=x\nprimary_email=%s\n[new]\ntags=inbox\nignore=\n[search]\nexclude_tags=\n[maildir]\nsynchronize_flags=false\n' % (maildir, USER))
    taken, _ = measure(['notmuch', 'new', '--quiet'], env=environment)
    report('search', 'notmuch new', [taken], '%d messages' % count)
    mu = os.path.join(home, 'mu')
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
    for name, ours, notmuch, find in QUERIES:
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
        inside = [json.loads(line)['ms'] for line in hits(['mostradorctl', '--profile', profile, '--json', 'search', '--limit', '50', '--repeat', '50', ours], environment).splitlines()]
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


BENCHES = {'search': bench_search}

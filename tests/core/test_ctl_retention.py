#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl retention and customer list --segment lost, on a profile of its own."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
SECRET = 'geheimwort'


def mail(n):
    return (f'From: Ana{n} <ana{n}@mail.example>\nTo: support@shop.example\nSubject: {SECRET} {n}\nMessage-ID: <{n}@mail.example>\nDate: Mon, 02 Mar 2020 08:0{n}:00 +0000\n\n'
            f'It is about {SECRET} number {n}.\n')


def call(profile, *words, text='', plain=False):
    return subprocess.run([CTL, '--profile', profile, *([] if plain else ['--json']), *words], input=text, capture_output=True, text=True, timeout=60)


def run(profile, *words, text='', plain=False):
    done = call(profile, *words, text=text, plain=plain)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout if plain else [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, status=1):
    done = call(profile, *words)
    assert done.returncode == status and not done.stdout and len(done.stderr.strip().splitlines()) == 1, (words, done)
    return done.stderr.strip()


def holds(folder, word):
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), 'rb') as f:
                if word in f.read():
                    return os.path.join(path, name)
    return None


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile, mails = os.path.join(folder, 'profile'), os.path.join(folder, 'mails')
        os.makedirs(mails)
        for n in range(1, 5):
            with open(os.path.join(mails, f'{n}.eml'), 'w') as f:
                f.write(mail(n))

        @t.case('everything is off, with what is customary written down')
        def _():
            run(profile, 'import', mails)
            rules = {r['class']: r for r in run(profile, 'retention', 'list')}
            assert {k: (r['days'], r['on'], r['previewed']) for k, r in rules.items()} == {
                'spam': (30, False, False), 'invoice': (3650, False, False), 'quarantine': (90, False, False),
                'machine': (90, False, False), 'chat': (365, False, False), 'email': (0, False, False)}, rules
            assert 'for ever' in run(profile, 'retention', 'list', plain=True)
            refused(profile, 'retention', status=2)
            refused(profile, 'retention', 'preview', 'letters', status=2)
            refused(profile, 'retention', 'preview', 'email', status=2)
            refused(profile, 'retention', 'preview', 'email', '--days', 'many', status=2)
            refused(profile, 'retention', 'set', 'email', 'maybe', status=2)

        @t.case('nothing is switched on that nobody saw')
        def _():
            assert 'preview' in refused(profile, 'retention', 'set', 'email', 'on', '--days', '400')
            got = run(profile, 'retention', 'preview', 'email', '--days', '400')
            assert (got[0]['conversations'], got[0]['messages'], got[0]['class'], len(got)) == (4, 4, 'email', 5), got
            assert got[0]['bytes'] > 500 and got[0]['oldest'].startswith('2020-03-02'), got
            assert 'preview' in refused(profile, 'retention', 'set', 'email', 'on', '--days', '200')
            assert run(profile, 'retention', 'set', 'email', 'on', '--days', '400')[0] == {'class': 'email', 'days': 400, 'on': True, 'previewed': True}

        @t.case('what is over is listed, and may be kept; nothing goes yet')
        def _():
            going = run(profile, 'retention', 'run')
            assert [g['class'] for g in going] == ['email'] * 4 and all(g['goes'] > g['since'] for g in going), going
            number = next(str(g['conversation']) for g in going if g['subject'].endswith('2'))
            run(profile, 'retention', 'keep', number)
            assert len(run(profile, 'retention', 'going')) == 3
            assert [k['subject'] for k in run(profile, 'retention', 'kept')] == [f'{SECRET} 2']
            run(profile, 'retention', 'unkeep', number)
            assert run(profile, 'retention', 'kept') == []
            run(profile, 'retention', 'keep', number)
            assert f'{SECRET} 3' in run(profile, 'retention', 'going', plain=True)
            assert len(run(profile, 'list')) == 4
            assert run(profile, 'retention', 'receipts') == []

        @t.case('gone is gone: with a receipt, out of every file, and it does not come back')
        def _():
            refused(profile, 'retention', 'run', '--now', status=2)
            assert run(profile, 'retention', 'run', '--now', '--yes') == []
            receipts = run(profile, 'retention', 'receipts')
            assert [(r['class'], r['conversations'], r['messages']) for r in receipts] == [('email', 3, 3)], receipts
            assert SECRET not in json.dumps(receipts)
            assert [c['subject'] for c in run(profile, 'list')] == [f'{SECRET} 2']
            assert run(profile, 'search', 'number') and len(run(profile, 'search', 'number')) == 1
            call(profile, 'import', mails)
            assert [c['subject'] for c in run(profile, 'list')] == [f'{SECRET} 2']
            assert run(profile, 'check') == []
            run(profile, 'retention', 'unkeep', str(run(profile, 'list')[0]['number']))
            run(profile, 'retention', 'run', '--now', '--yes')
            assert run(profile, 'list') == []
            found = holds(profile, SECRET.encode())
            assert found is None, found

        @t.case('to keep is undone as anything else; who undoes it just worked on it')
        def _():
            with open(os.path.join(mails, '5.eml'), 'w') as f:
                f.write(mail(5))
            run(profile, 'import', os.path.join(mails, '5.eml'))
            number = str(run(profile, 'list')[0]['number'])
            run(profile, 'retention', 'keep', number)
            assert [str(k['conversation']) for k in run(profile, 'retention', 'kept')] == [number]
            run(profile, 'undo')
            assert run(profile, 'retention', 'kept') == []
            assert run(profile, 'retention', 'run', '--now', '--yes') == [] and len(run(profile, 'list')) == 1

        @t.case('off again')
        def _():
            assert run(profile, 'retention', 'set', 'email', 'off')[0]['on'] is False
            assert 'off' in run(profile, 'retention', 'list', plain=True)

        @t.case('who is lost has ordered, and not for so long')
        def _():
            assert run(profile, 'customer', 'list', '--segment', 'lost') == []
            assert run(profile, 'customer', 'list', '--segment', 'lost', '--days', '20') == []
            refused(profile, 'customer', 'list', '--segment', 'lost', '--days', 'many', status=2)
            refused(profile, 'customer', 'list', '--segment', 'vip', '--days', '20', status=2)
    t.done()
    return t.failed != 0


sys.exit(main())

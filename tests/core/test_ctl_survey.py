#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl survey: recorded, listed, taken back, refused; who is unhappy; what a merge, an export and an erasure make of it; shapes and exit codes."""
import json
import os
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
MAIL = 'From: %s <%s>\nTo: support@shop.example\nSubject: %s\nMessage-ID: <%s@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello.\n'
KEYS = ['id', 'number', 'subject', 'customer', 'name', 'kind', 'source', 'score', 'comment', 'at', 'language']


def call(profile, *words):
    return subprocess.run([CTL, '--profile', profile, *words], input='', capture_output=True, text=True, timeout=60, env=os.environ)


def run(profile, *words, status=0):
    done = call(profile, '--json', *words)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, status=2):
    done = call(profile, *words)
    assert done.returncode == status and not done.stdout and done.stderr.strip(), (words, done)
    return done.stderr.strip()


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        server = 'support%40shop.example@mail.shop.example'
        run(profile, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
        for n, (name, address, subject) in enumerate((('Ana', 'ana@mail.example', 'Vase'), ('Ana', 'ana@mail.example', 'Lamp'), ('Bob', 'bob@mail.example', 'Rug'))):
            path = os.path.join(folder, '%d.eml' % n)
            with open(path, 'w') as f:
                f.write(MAIL % (name, address, subject, n))
            run(profile, 'import', '--account', 'support@shop.example', path)
        numbers = {row['subject']: str(row['number']) for row in run(profile, 'list', '--view', 'all')}

        def unhappy():
            return [row['name'] for row in run(profile, 'customer', 'list', '--segment', 'unhappy')]

        @t.case('a score is recorded with words and a time, and listed')
        def _():
            assert run(profile, 'survey', 'list') == []
            done = run(profile, 'survey', 'record', numbers['Vase'], '--csat', '2', '--comment', '  Came broken ', '--at', '2026-03-05T10:00:00Z')[0]
            assert done['result'] == 'recorded', done
            row = run(profile, 'survey', 'list')[0]
            assert [key for key in KEYS if key not in row] == [] and row['id'] == done['subject'], row
            assert (row['number'], row['name'], row['kind'], row['source'], row['score'], row['comment'], row['at']) == (int(numbers['Vase']), 'Ana', 'csat', 'recorded', 2, 'Came broken', '2026-03-05T10:00:00Z'), row
            assert 'csat 2  Ana  Came broken' in call(profile, 'survey', 'list').stdout
            assert unhappy() == ['Ana']

        @t.case('the newest by the time it was said counts, and an undo takes one back')
        def _():
            run(profile, 'survey', 'record', numbers['Lamp'], '--nps', '0', '--at', '2026-03-04')
            assert run(profile, 'customer', 'show', 'ana@mail.example')[0]['last_score'] == {'kind': 'csat', 'score': 2, 'at': '2026-03-05T10:00:00Z'}
            run(profile, 'survey', 'record', numbers['Lamp'], '--nps', '10')
            assert unhappy() == []
            assert 'nps 10' in call(profile, 'customer', 'show', 'ana@mail.example').stdout
            run(profile, 'undo')
            assert unhappy() == ['Ana'] and len(run(profile, 'survey', 'list')) == 2
            assert [row['kind'] for row in run(profile, 'survey', 'list', '--conversation', numbers['Lamp'])] == ['nps']
            assert run(profile, 'survey', 'list', '--customer', 'bob@mail.example') == []
            assert len(run(profile, 'survey', 'list', '--limit', '1')) == 1

        @t.case('it is told in the conversation')
        def _():
            shown = json.dumps(run(profile, 'show', numbers['Vase']))
            assert 'csat:2' in shown and 'Came broken' in shown, shown

        @t.case('what is no score, or was not said yet, is refused')
        def _():
            for words in (('--csat', '0'), ('--csat', '6'), ('--nps', '11'), ('--nps', '-1'), ('--csat', 'x'), ('--csat', '3', '--nps', '3'), (), ('--csat', '3', '--at', 'soon'), ('--csat', '3', '--at', '2999-01-01'),
                          ('--csat', '3', '--comment', 'x' * 5000)):
                refused(profile, 'survey', 'record', numbers['Rug'], *words)
            refused(profile, 'survey', 'record', '--csat', '3')
            refused(profile, 'survey')
            refused(profile, 'survey', 'list', '--limit', '0')
            refused(profile, 'survey', 'record', '4711', '--csat', '3', status=1)
            assert run(profile, 'survey', 'list', '--conversation', numbers['Rug']) == []

        @t.case('one of two people has what both said, and gives it back')
        def _():
            run(profile, 'survey', 'record', numbers['Rug'], '--csat', '5', '--at', '2026-03-06')
            run(profile, 'customer', 'merge', 'bob@mail.example', 'ana@mail.example')
            assert len(run(profile, 'survey', 'list', '--customer', 'ana@mail.example')) == 3 and unhappy() == []
            run(profile, 'customer', 'unmerge', 'ana@mail.example')
            assert len(run(profile, 'survey', 'list', '--customer', 'bob@mail.example')) == 1 and unhappy() == ['Ana']

        @t.case('who asks for what is known of them gets it')
        def _():
            path = os.path.join(folder, 'ana.zip')
            run(profile, 'customer', 'export', 'ana@mail.example', '--output', path)
            with zipfile.ZipFile(path) as z:
                person = json.loads(z.read('person.json'))
                assert [(row['kind'], row['score'], row['comment']) for row in person['scores']] == [('csat', 2, 'Came broken'), ('nps', 0, '')], person['scores']
                page = z.read('person.html').decode()
                assert 'CSAT <b>2 / 5</b>' in page and 'NPS <b>0 / 10</b>' in page and 'Came broken' in page, page

        @t.case('who is forgotten said nothing')
        def _():
            run(profile, 'customer', 'erase', 'ana@mail.example', '--yes')
            assert [row['name'] for row in run(profile, 'survey', 'list')] == ['Bob']
            for root, _dirs, files in os.walk(profile):
                for name in files:
                    with open(os.path.join(root, name), 'rb') as f:
                        assert b'Came broken' not in f.read(), name
            assert run(profile, 'check') == []
    t.done()
    return t.failed != 0


sys.exit(main())

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

        @t.case('what is asked is set, refused where it makes no sense, and taken back')
        def _():
            rows = run(profile, 'survey', 'settings')
            assert [(row['name'], row['kind'], row['on'], row['delay'], row['often'], row['days']) for row in rows] == [('Support', 'csat', False, 3600, 'person', 14), ('Support', 'nps', False, 3600, 'person', 90)], rows
            done = run(profile, 'survey', 'set', 'support@shop.example', 'csat=on', 'delay=30min', 'often=close', 'tags=wholesale, spares', 'vip=skip', 'reopen=yes', 'rescue=5', 'subject.es=¿Qué tal?', 'nps=on', 'days=120')
            assert [(row['kind'], row['on']) for row in done] == [('csat', True), ('nps', True)], done
            row, nps = run(profile, 'survey', 'settings', '--account', 'support@shop.example')
            assert (row['delay'], row['often'], row['skip_tags'], row['skip_vip'], row['reopen'], row['rescue_days']) == (1800, 'close', ['wholesale', 'spares'], True, True, 5), row
            assert row['texts'] == {'es': {'subject': '¿Qué tal?', 'question': '', 'thanks': ''}} and nps['days'] == 120, (row, nps)
            assert 'csat=on delay=30min often=close' in call(profile, 'survey', 'settings').stdout
            for words in (('csat=maybe',), ('delay=1h',), ('csat=on', 'delay=40d'), ('csat=on', 'colour=red'), ()):
                refused(profile, 'survey', 'set', 'support@shop.example', *words)
            refused(profile, 'survey', 'set', 'support@shop.example', 'nps=on', 'days=30', status=1)
            refused(profile, 'survey', 'set', 'support@shop.example', 'csat=on', 'categories=No such', status=1)
            run(profile, 'undo')
            assert [row['on'] for row in run(profile, 'survey', 'settings')] == [False, False]

        @t.case('a question is looked at, and tried out')
        def _():
            letter = run(profile, 'survey', 'preview', 'support@shop.example', '--kind', 'nps', '--language', 'de')[0]
            assert (letter['kind'], letter['language'], letter['subject']) == ('nps', 'de', 'Würden Sie uns empfehlen?') and letter['html'].count('mailto:') == 11, letter
            assert run(profile, 'survey', 'test', 'support@shop.example', '--to', 'me@shop.example')[0]['result'] == 'queued'
            refused(profile, 'survey', 'test', 'support@shop.example')
            refused(profile, 'survey', 'test', 'support@shop.example', '--to', 'nobody', status=1)
            tried = [row for row in run(profile, 'survey', 'list', '--all') if row['test']]
            assert [(row['state'], row['customer'], row['account']) for row in tried] == [('asked', None, 'Support')], tried
            assert all(not row['test'] for row in run(profile, 'survey', 'list'))
            assert [row['subject'] for row in run(profile, 'outbox')] == ['[TEST] How did we do?']

        @t.case('scores become a file, and the low ones are told apart')
        def _():
            path = os.path.join(folder, 'scores.csv')
            run(profile, 'survey', 'export', path)
            with open(path, encoding='utf-8') as f:
                lines = f.read().splitlines()
            assert lines[0].startswith('kind,state,source,asked,answered,score,comment,conversation,customer') and len(lines) == 5, lines
            assert 'csat,answered,recorded,,2026-03-05T10:00:00Z,2,Came broken,%s,Ana' % numbers['Vase'] in '\n'.join(lines), lines
            refused(profile, 'survey', 'export', path, status=1)
            run(profile, 'survey', 'export', path, '--force', '--bom', '--low')
            with open(path, 'rb') as f:
                data = f.read()
            assert data.startswith(b'\xef\xbb\xbfkind,') and data.count(b'\r\n') == 3, data
            assert sorted(row['score'] for row in run(profile, 'survey', 'list', '--low')) == [0, 2]
            assert run(profile, 'survey', 'list', '--open') == [] and run(profile, 'survey', 'list', '--unread') == []
            refused(profile, 'survey', 'list', '--open', '--all')
            refused(profile, 'survey', 'rescue', numbers['Vase'], 'outcome=Sent a new one', status=1)
            refused(profile, 'survey', 'rescue', numbers['Vase'], 'later')

        @t.case('who is forgotten said nothing')
        def _():
            run(profile, 'customer', 'erase', 'ana@mail.example', '--yes')
            assert [row['name'] for row in run(profile, 'survey', 'list')] == ['Bob'], run(profile, 'survey', 'list')
            for root, _dirs, files in os.walk(profile):
                for name in files:
                    with open(os.path.join(root, name), 'rb') as f:
                        assert b'Came broken' not in f.read(), name
            assert run(profile, 'check') == []
    t.done()
    return t.failed != 0


sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl report: in words and as JSON the same; groups, filters and days; which conversations; CSV; the week; days that make no sense; nothing to tell; what a profile without mail says."""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
MAIL = 'From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: %s\nMessage-ID: <%s@mail.example>\nDate: %s\n\nWhere is it?\n'
SPANS = ['first_response', 'acknowledgement', 'reply', 'resolution', 'first_resolution', 'handling']
KEYS = ['from', 'to', 'zone', 'by', 'key', 'name', *SPANS, 'new', 'per_day', 'per_hour_of_week', 'closed', 'messages', 'one_touch', 'deflected', 'reopened', 'backlog', 'waiting', 'csat', 'nps', 'targets', 'customers', 'orders', 'new_per_order', 'journey']


def call(profile, *words, stdin=''):
    return subprocess.run([CTL, '--profile', profile, *words], input=stdin, capture_output=True, text=True, timeout=60, env=os.environ)


def run(profile, *words, stdin=''):
    done = call(profile, '--json', *words, stdin=stdin)
    assert done.returncode == 0, (words, done.returncode, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        server = 'support%40shop.example@mail.shop.example'
        run(profile, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)

        @t.case('with nothing there it tells nothing, and is no failure')
        def _():
            rows = run(profile, 'report')
            assert len(rows) == 1 and list(rows[0]) == KEYS, rows
            row = rows[0]
            assert row['new'] == row['closed'] == 0 and row['by'] == 'all' and row['name'] is None, row
            assert all(row[span] == {'clock': None, 'clock_bins': [0] * 9, 'business': None, 'business_bins': None} for span in SPANS), row
            assert row['one_touch'] == {'n': 0, 'of': 0, 'share': None} and row['waiting'] is None and row['csat']['n'] == 0, row
            assert row['customers'] == {'start': 0, 'end': 0, 'new': 0, 'lost_days': row['customers']['lost_days'], 'retention': None} and row['orders'] == 0 and row['new_per_order'] is None, row
            said = call(profile, 'report')
            assert said.returncode == 0 and 'First response: none' in said.stdout and 'New conversations: 0' in said.stdout, said

        @t.case('old mail is in no figure')
        def _():
            path = os.path.join(folder, 'old.eml')
            with open(path, 'w') as f:
                f.write(MAIL % ('Old', 'old', time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime(time.time() - 86400))))
            run(profile, 'import', '--account', 'support@shop.example', path)
            assert run(profile, 'report')[0]['new'] == 0

        @t.case('a score and a telephone call are told, in words and as JSON')
        def _():
            number = str(run(profile, 'list', '--view', 'all')[0]['number'])
            run(profile, 'call', 'note', '--customer', 'ana@mail.example', '--in', '--outcome', 'missed')
            run(profile, 'survey', 'record', number, '--csat', '4')
            run(profile, 'survey', 'record', number, '--csat', '2')
            run(profile, 'survey', 'record', number, '--nps', '9')
            row = run(profile, 'report')[0]
            assert row['new'] == 1 and row['backlog']['open'] == 1 and row['per_day'] == [0] * 29 + [1] and sum(row['per_hour_of_week']) == 1 and len(row['per_hour_of_week']) == 168 and row['backlog']['by_age'] == [1, 0, 0, 0] and row['waiting']['n'] == 1, row
            assert (row['csat']['n'], row['csat']['mean'], row['csat']['good'], row['csat']['low'], row['csat']['good_share']) == (2, 3, 1, 1, 0.5), row['csat']
            assert row['csat']['good_interval'][0] < 0.5 < row['csat']['good_interval'][1] and row['csat']['responses'] == {'n': 0, 'of': 0, 'share': None}, row['csat']
            assert (row['nps']['n'], row['nps']['score'], row['nps']['promoters']) == (1, 100, 1), row['nps']
            said = call(profile, 'report').stdout
            assert 'New conversations: 1\n    by day: %s: 1\n' % row['to'] in said and 'CSAT (2): 3.00 of 5; 50 % gave 4 or 5' in said and 'NPS (1): 100' in said and '1 open, 0 pending, 0 snoozed' in said, said

        @t.case('who was spoken to was answered, and it is the one answer that closed it')
        def _():
            number = str(run(profile, 'list', '--view', 'all')[0]['number'])
            run(profile, 'call', 'note', number, '--out', '--outcome', 'answered', '--minutes', '3')
            run(profile, 'set', number, 'status=closed')
            row = run(profile, 'report')[0]
            assert row['first_response']['clock']['n'] == row['reply']['clock']['n'] == row['resolution']['clock']['n'] == row['handling']['clock']['n'] == 1, row
            assert row['one_touch'] == {'n': 1, 'of': 1, 'share': 1} and row['deflected'] == {'n': 0, 'of': 1, 'share': 0} and row['reopened'] == {'n': 0, 'of': 1, 'share': 0}, row
            assert row['backlog']['open'] == 0 and row['waiting'] is None, row
            assert 'Closed with one answer: 1 of 1 (100 %)' in call(profile, 'report').stdout
            run(profile, 'set', number, 'status=open')
            assert run(profile, 'report')[0]['reopened'] == {'n': 1, 'of': 1, 'share': 1}

        @t.case('hours of work are counted where there are any')
        def _():
            assert run(profile, 'report')[0]['reply']['business'] is None
            run(profile, 'calendar', 'set', stdin='zone Europe/Madrid\n' + ''.join('%s 00:00-24:00\n' % day for day in ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')))
            row = run(profile, 'report')[0]
            assert row['reply']['business'] == row['reply']['clock'] and row['zone'] == 'Europe/Madrid', row
            assert 'Each answer in hours of work (1): median' in call(profile, 'report').stdout

        @t.case('each way of grouping has all together first, then its groups')
        def _():
            for by in ('channel', 'account', 'category', 'tag', 'language', 'agent', 'macro', 'product'):
                rows = run(profile, 'report', '--by', by)
                assert rows[0]['by'] == 'all' and len(rows) >= 2 and all(row['by'] == by for row in rows[1:]), (by, rows)
                assert sum(row['new'] for row in rows[1:]) == rows[0]['new'] == 1, (by, rows)
            assert 'Support' in [row['name'] for row in run(profile, 'report', '--by', 'account')] or run(profile, 'report', '--by', 'account')[1]['name'], 'names'
            assert 'None of them' in call(profile, 'report', '--by', 'tag').stdout

        @t.case('days: of the shop, both included, none that make no sense')
        def _():
            row = run(profile, 'report', '--from', '2026-03-01', '--to', '2026-03-31')[0]
            assert (row['from'], row['to'], row['new']) == ('2026-03-01', '2026-03-31', 0), row
            assert call(profile, 'report', '--from', '2026-03-01', '--to', '2026-03-31').stdout.startswith('2026-03-01 to 2026-03-31, by the clock of Europe/Madrid\n')
            assert run(profile, 'report', '--from', '2026-03-01', '--to', '2026-03-01')[0]['to'] == '2026-03-01'
            for words in (('--from', '2026-03-32'), ('--to', 'soon'), ('--from', '2026-03-02', '--to', '2026-03-01'), ('--from', '2026-3-1'), ('--from', ''), ('--from', '2999-01-01'), ('--to', '9999-12-31'), ('--by', 'moon'), ('--by', 'all'), ('more',), ('--loud',), ('--filter', 'moon=1'), ('--series', 'hour'), ('--days', 'soon')):
                done = call(profile, 'report', *words)
                assert done.returncode == 2 and not done.stdout and done.stderr.strip(), (words, done)

        @t.case('a filter leaves the rest out; names are what people call them')
        def _():
            for words, n in ((('channel=telegram',), 0), (('account=Support',), 0), (('channel=phone', 'tag=none'), 1)):
                filters = [word for filter in words for word in ('--filter', filter)]
                assert run(profile, 'report', *filters)[0]['new'] == n, words
            assert call(profile, 'report', '--filter', 'account=nobody').returncode == 1
            assert run(profile, 'report', '--filter', 'scores=question')[0]['new'] == run(profile, 'report')[0]['new']
            assert call(profile, 'report', '--filter', 'scores=moon').returncode == 2

        @t.case('days by their names, beside those before, and how it went')
        def _():
            rows = run(profile, 'report', '--days', '7-days', '--compare', '--series', 'day', '--journey')
            assert len(rows) == 2 and len(rows[0]['series']) == len(rows[1]['series']) == 7 and rows[1]['to'] < rows[0]['from'], rows
            assert [point['new'] for point in rows[0]['series']] == rows[0]['per_day'] and rows[0]['series'][0]['backlog'] == 0, rows[0]['series']
            assert rows[0]['journey'] == {'contact': 1, 'order': 0, 'problem': 0, 'resolved': 0, 'returned': 0, 'promoter': 0}, rows[0]['journey']
            assert run(profile, 'report', '--days', '7-days')[0]['journey'] is None
            said = call(profile, 'report', '--days', '7-days', '--compare', '--series', 'day', '--journey').stdout
            assert 'How it went' in said and re.search(r'Before that, .* to .*, until \d\d:\d\d\n', said) and 'Customers who wrote for the first time: 1' in said, said

        @t.case('which conversations a number is of')
        def _():
            row = run(profile, 'report')[0]
            for number, n in (('reply', row['reply']['clock']['n']), ('csat', row['csat']['n']), ('backlog', 1), ('journey_contact', 1)):
                rows = run(profile, 'report', 'conversations', number)
                assert len(rows) == n, (number, n, rows)
                assert all(set(one) == {'number', 'id', 'subject', 'customer', 'at', 'seconds', 'business_seconds', 'value', 'comment'} for one in rows), rows
            assert run(profile, 'report', 'conversations', 'csat')[0]['value'] == 2, 'the lowest is the first'
            assert len(run(profile, 'report', 'conversations', 'new', '--by', 'channel', '--key', 'phone')) == 1
            assert 'There are none' in call(profile, 'report', 'conversations', 'deflected').stdout
            for words in (('moon',), ('new', '--by', 'tag')):
                assert call(profile, 'report', 'conversations', *words).returncode == 2, words

        @t.case('CSV: one record for each conversation, whole or not at all')
        def _():
            path = os.path.join(folder, 'report.csv')
            assert run(profile, 'report', '--csv', path)[0]['result'] == 'written'
            with open(path, encoding='utf-8', newline='') as f:
                rows = list(csv.DictReader(f))
            report = run(profile, 'report')[0]
            # Of old mail only what was said later counts.
            old, row = rows
            assert old['channel'] == 'email' and old['new'] == '0' and old['nps'] == '9' and old['csat'] == '2', old
            assert row['channel'] == 'phone' and row['new'] == '1' and row['created_at'].endswith('Z') and row['nps'] == '', row
            assert row['reply_seconds'] == str(report['reply']['clock']['median']) and row['reply_business_seconds'] == row['reply_seconds'] and row['reopened'] == '1' and row['resolution_seconds'] == '', row
            done = call(profile, 'report', '--csv', path)
            assert done.returncode == 1 and 'report.csv' in done.stderr, done
            run(profile, 'report', '--csv', path, '--bom', '--force')
            with open(path, 'rb') as f:
                assert f.read(3) == b'\xef\xbb\xbf'
            assert sorted(os.listdir(folder)) == ['old.eml', 'profile', 'report.csv'], os.listdir(folder)

        @t.case('the week, and what stands out')
        def _():
            week = run(profile, 'report', 'weekly', '--weeks-ago', '0')[0]
            assert list(week) == ['from', 'to', 'zone', 'new', 'first_response', 'resolution', 'csat', 'backlog', 'look_at'] and week['new']['value'] == 1 and week['csat'] == {'n': 2, 'value': 3, 'before': None}, week
            assert [hint['kind'] for hint in week['look_at']] == ['low_scores'], week
            said = call(profile, 'report', 'weekly', '--weeks-ago', '0').stdout
            assert 'New conversations: 1 (the week before: 0)' in said and '1 low score: answer it' in said, said
            assert run(profile, 'report', 'insights') == []
        assert run(profile, 'check') == []
    t.done()
    return t.failed != 0


sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl on a profile of its own: import, list, show, set, undo, search, backup, restore, check; shapes and exit codes."""
import contextlib
import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
FIRST = 'From: Ana López <ana@mail.example>\nTo: support@shop.example\nSubject: Where is my order?\nMessage-ID: <one@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nOrder AB-1203, señor.\nEl paquete todavía no ha llegado a mi casa.\n'
SECOND = 'From: Ana López <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where is my order?\nMessage-ID: <two@mail.example>\nIn-Reply-To: <one@mail.example>\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n\nAny news?\n'
AWAY = 'From: Bob <bob@mail.example>\nTo: support@shop.example\nSubject: Away\nMessage-ID: <away@mail.example>\nAuto-Submitted: auto-replied\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n\nAway.\n'

BOUNCE = '''From: MAILER-DAEMON@mx.example
To: support@shop.example
Subject: Undelivered Mail
Message-ID: <b@mx.example>
Date: Mon, 02 Mar 2026 11:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

No such user
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ana@mail.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <gone@shop.example>
Subject: Re: Where?

--b--
'''
WITH_FILE = '''From: Ana <ana@mail.example>
To: support@shop.example
Subject: My bill
Message-ID: <bill@mail.example>
Date: Mon, 02 Mar 2026 12:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Here it is.
--b
Content-Type: text/plain; name=bill.txt
Content-Disposition: attachment; filename=bill.txt

Forty-two
--b--
'''
NO_BUS = dict(os.environ, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent/bus')


def refused(profile, *words, text='', status=1):
    done = subprocess.run([CTL, '--profile', profile, *words], input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == status and not done.stdout, (words, done.returncode, done.stdout, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def run(profile, *words, text='', status=0, plain=False):
    done = subprocess.run([CTL, '--profile', profile, *([] if plain else ['--json']), *words], input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    assert status == 0 or len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stdout if plain else [json.loads(line) for line in done.stdout.splitlines()]


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile, mails = os.path.join(folder, 'profile'), os.path.join(folder, 'mails')
        os.makedirs(os.path.join(mails, 'dir', 'cur'))
        with open(os.path.join(mails, '1.eml'), 'w') as f:
            f.write(FIRST)
        with open(os.path.join(mails, '2.mbox'), 'w') as f:
            f.write('From x\n' + SECOND + '\nFrom y\n' + AWAY + '\n>From here on.\n\n')
        with open(os.path.join(mails, 'dir', 'cur', 'x:2,S'), 'w') as f:
            f.write(FIRST)

        @t.case('import of a Maildir passes over what is no mail, and says so')
        def _():
            box = os.path.join(folder, 'Maildir')
            for name in ('cur', 'new', 'tmp', '.Old/cur', '.Old/new', 'plain'):
                os.makedirs(os.path.join(box, name))
            for name, text in (('cur/1.host:2,S', FIRST), ('.Old/new/2.host', SECOND), ('tmp/3.host', AWAY), ('plain/letter', AWAY),
                               ('dovecot-uidlist', '3 V1 N2\n'), ('subscriptions', 'Old\n'), ('maildirsize', '1000S\n1 1\n'), ('notes.eml', FIRST),
                               ('.Old/dovecot.index.log', '\0\1'), ('plain/list', 'Note: this\n\nis no mail\n')):
                with open(os.path.join(box, name), 'w') as f:
                    f.write(text)
            done = subprocess.run([CTL, '--profile', os.path.join(folder, 'boxes'), '--json', 'import', box], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr
            assert [os.path.relpath(json.loads(line)['path'], box) for line in done.stdout.splitlines()] == ['.Old/new/2.host', 'cur/1.host:2,S', 'plain/letter'], done.stdout
            assert [os.path.relpath(line.removeprefix('skipped  '), box) for line in done.stderr.splitlines()] == [
                '.Old/dovecot.index.log', 'dovecot-uidlist', 'maildirsize', 'notes.eml', 'plain/list', 'subscriptions'], done.stderr

        @t.case('import takes .eml, mbox and Maildir, and meets the same mail again')
        def _():
            got = run(profile, 'import', mails)
            assert [(os.path.basename(r['path']), r['result'], r['classification']) for r in got] == [
                ('1.eml', 'imported', 'normal'),
                ('2.mbox#1', 'imported', 'normal'),
                ('2.mbox#2', 'quarantined', 'auto_reply'),
                ('x:2,S', 'duplicate', 'normal'),
            ], got
            assert got[0]['conversation'] == got[1]['conversation'] != got[2]['conversation']
            assert got[2]['cause'] and not got[0]['cause']
            assert {r['result'] for r in run(profile, 'import', mails)} == {'duplicate'}

        @t.case('a path that is not there keeps no other from being imported, and is named')
        def _():
            some, none = os.path.join(folder, 'some'), os.path.join(folder, 'nothere')
            done = subprocess.run([CTL, '--profile', some, 'import', none, os.path.join(mails, '1.eml'), none + '2'], capture_output=True, text=True, timeout=60)
            assert done.returncode == 1 and done.stdout.splitlines()[-1] == '1 imported, 0 already there, 0 in quarantine', done
            lines = done.stderr.splitlines()
            assert len(lines) == 2 and none in lines[0] and none + '2' in lines[1], lines
            said = refused(some, 'import', none)
            assert none in said and 'There is no file or folder' in said, said
            done = subprocess.run([CTL, '--profile', some, 'import', none, none + '2'], capture_output=True, text=True, timeout=60)
            assert done.returncode == 1 and not done.stdout and len(done.stderr.splitlines()) == 2, done

        @t.case('a file is no mail for its name alone')
        def _():
            place = os.path.join(folder, 'pictures')
            os.mkdir(place)
            for name, data in (('imp.eml', b'hello world\n'), ('pic.eml', b'GIF89a\x01\x00\x01\x00: \xff\n'), ('odd.eml', b'X-Odd: yes\n\nOdd\n')):
                with open(os.path.join(place, name), 'wb') as f:
                    f.write(data)
            for name in ('imp.eml', 'pic.eml'):
                assert name in refused(os.path.join(folder, 'nomail'), 'import', os.path.join(place, name))
            done = subprocess.run([CTL, '--profile', os.path.join(folder, 'nomail'), 'import', place], capture_output=True, text=True, timeout=60)
            assert done.stdout.splitlines()[-1] == '1 imported, 0 already there, 0 in quarantine', done
            assert 'imp.eml' in done.stderr and 'pic.eml' in done.stderr and 'odd.eml' not in done.stderr, done

        @t.case('what imported mail belongs to has no address: it is listed all the same')
        def _():
            rows = run(profile, 'account', 'list')
            assert [(r['name'], r['kind'], r['address'], r['senders']) for r in rows] == [('Archive', 'archive', '', [])], rows
            assert 'Archive' in run(profile, 'account', 'list', plain=True)

        @t.case('list and show have their shapes')
        def _():
            rows = run(profile, 'list')
            assert len(rows) == 2 and list(rows[0]) == ['number', 'id', 'subject', 'status', 'category', 'assignee', 'tags', 'account', 'channel', 'customer', 'updated', 'waiting_since', 'reply_due', 'resolve_due', 'target_state', 'unread'], rows
            shown = run(profile, 'show', '1')[0]
            assert list(shown) == ['id', 'number', 'subject', 'status', 'priority', 'category', 'category_name', 'assignee', 'tags', 'account', 'channel', 'language', 'customer', 'created', 'updated', 'reply_due', 'resolve_due', 'target_state', 'messages'], shown
            first = shown['messages'][0]
            assert list(first) == ['id', 'direction', 'classification', 'message_id', 'in_reply_to', 'references', 'from', 'to', 'cc', 'reply_to', 'subject', 'sent', 'received',
                                   'text', 'reply_text', 'language', 'attachments', 'delivery', 'why'], first  # fmt: skip
            assert first['from'] == {'name': 'Ana López', 'address': 'ana@mail.example'} and first['received'] == '2026-03-02T08:00:00Z'
            assert shown['customer']['identities'] == [{'kind': 'email', 'value': 'ana@mail.example'}]
            assert run(profile, 'show', shown['id'])[0] == shown
            full = run(profile, 'show', '--message', first['id'], '--full')[0]['messages']
            assert len(full) == 1 and full[0]['html'] is None and full[0]['bounces'] == []

        @t.case('what is in quarantine is marked for a reader too, also within an ordinary conversation')
        def _():
            words = {line.split()[0]: line.split()[1] for line in run(profile, 'list', plain=True).splitlines()}
            assert words == {'#1': 'closed', '#2': 'quarantine'}, words
            assert '(in quarantine: auto_reply)' in run(profile, 'show', '2', plain=True) and 'in quarantine' not in run(profile, 'show', '1', plain=True)
            desk, mail = os.path.join(folder, 'kept'), os.path.join(folder, 'kept.eml')
            with open(mail, 'w') as f:
                f.write(AWAY.replace('Auto-Submitted', 'In-Reply-To: <one@mail.example>\nAuto-Submitted'))
            run(desk, 'import', os.path.join(mails, '1.eml'), mail)
            assert [line.split()[1] for line in run(desk, 'list', plain=True).splitlines()] == ['closed']
            assert run(desk, 'show', '1', plain=True).count('(in quarantine: auto_reply)') == 1

        @t.case('set is one action, and undo takes it back')
        def _():
            run(profile, 'set', '1', 'status=snoozed', 'until=2030-01-01T09:00:00Z', 'tag+=vip', 'assignee=me', 'priority=high')
            shown = run(profile, 'show', '1')[0]
            assert (shown['status'], shown['tags'], shown['priority']) == ('snoozed', ['vip'], 'high') and shown['assignee']
            assert {m['event']['kind'] for m in shown['messages'] if m['direction'] == 'event'} >= {'tag', 'assign', 'priority'}
            assert [m['event']['to'] for m in shown['messages'] if m['direction'] == 'event' and m['event']['kind'] == 'snooze'] == ['2030-01-01T09:00:00Z'], shown
            assert 'snooze closed → 2030-01-01T09:00:00+00:00' in run(profile, 'show', '1', plain=True)
            run(profile, 'undo')
            shown = run(profile, 'show', '1')[0]
            assert (shown['status'], shown['tags'], shown['priority'], shown['assignee']) == ('closed', [], 'normal', None), shown

        @t.case('the language is detected, a person knows better, and undo takes that back')
        def _():
            detected = run(profile, 'show', '1')[0]
            assert detected['language'] == detected['messages'][0]['language'] == 'es', detected
            run(profile, 'set', '1', 'language=PT-br')
            shown = run(profile, 'show', '1')[0]
            assert shown['language'] == 'pt-br', shown
            assert [m['event'] for m in shown['messages'] if m['direction'] == 'event' and m['event']['kind'] == 'language'][-1]['to'] == 'pt-br', shown
            run(profile, 'undo')
            assert run(profile, 'show', '1')[0]['language'] == 'es'
            run(profile, 'set', '1', 'language=gl')
            run(profile, 'set', '1', 'language=auto')
            assert run(profile, 'show', '1')[0]['language'] == 'es'

        @t.case('search folds letters and finds codes; notes are found too')
        def _():
            assert [r['number'] for r in run(profile, 'search', 'SENOR')] == [1]
            assert [r['number'] for r in run(profile, 'search', '1203')] == [1]
            assert 'snippet' in run(profile, 'search', 'news')[0]
            run(profile, 'note', '1', text='Called the carrier.\n')
            assert [r['number'] for r in run(profile, 'search', 'carrier')] == [1]

        @t.case('wrong usage is 2, what is not there is 1')
        def _():
            run(profile, 'frobnicate', status=2)
            run(profile, 'set', '1', 'status=asleep', status=2)
            run(profile, 'show', status=2)
            run(profile, 'show', '1', '--nope', status=2)
            run(profile, 'show', '999', status=1)
            run(profile, 'note', '1', text=' \n', status=1)
            run(profile, 'account', 'add', 'email', '--address', 'x', '--imap', 'imap://h', '--smtp', 'smtp://h', status=2)
            shop = ('account', 'add', 'email', '--address', 'x@shop.example', '--smtp', 'smtps://x@h.example')
            for url in ('h.example', 'http://h.example', 'imaps://x@h.example:99999', 'imaps://'):
                assert url in refused(profile, *shop, '--imap', url, status=2)
                assert url in refused(profile, 'import', '--folder', 'Old', '--imap', url, '--password-stdin', status=2)
            for words in (('--oauth', 'google'), ('--oauth', 'nonsense', '--client-id', 'x'), ('--oauth', 'custom', '--client-id', 'x')):
                refused(profile, *shop, '--imap', 'imaps://x@h.example', *words, status=2)

        @t.case('an empty word is no path: a script\'s unset variable takes in, writes and replaces nothing')
        def _():
            for words in (('import', ''), ('import', mails, ''), ('export', '--all', '--output', ''), ('backup', ''), ('backup', '--force', ''), ('restore', '')):
                refused(profile, *words, status=2)
            assert 'Usage' in run(profile, '--help', plain=True)

        @t.case('a refusal says what is allowed')
        def _():
            assert 'status=open|pending|snoozed|closed|spam' in refused(profile, 'set', '1', 'status=asleep', status=2)
            assert 'assignee=NAME|me|none' in refused(profile, 'set', '1', 'assignee=Nobody Known', status=2)
            assert 'priority=low|normal|high|urgent' in refused(profile, 'set', '1', 'priority=top', status=2)
            assert 'language=CODE|auto' in refused(profile, 'set', '1', 'language=Klingon!', status=2)
            assert 'read=yes|no' in refused(profile, 'set', '1', 'read=perhaps', status=2)
            assert 'someday' in refused(profile, 'set', '1', 'until=someday', status=2) and 'tomorrow 9' in refused(profile, 'set', '1', 'until=someday', status=2)
            assert 'in the past' in refused(profile, 'set', '1', 'until=2020-01-01', status=2)
            assert 'status=snoozed' in refused(profile, 'set', '1', 'status=open', 'until=monday', status=2)
            assert 'tag+=' in refused(profile, 'set', '1', 'colour=blue', status=2)
            assert 'all_open' in refused(profile, 'list', '--view', 'nonsense', status=2)
            assert 'all_open' in refused(profile, 'list', '--view', 'account', status=2)
            assert [r['number'] for r in run(profile, 'list', '--view', 'closed')] == [1]
            said = refused(profile, 'reply', '1', text='It left today.\n')
            assert 'Archive' in said and 'account add' in said, said
            said = run(profile, 'help', '--all', plain=True)
            assert 'status=open|pending' in said and 'all_open' in said and 'QUERY  ' in said, said

        @t.case('the help lists the commands, and says of each how it is written')
        def _():
            listed = run(profile, 'help', plain=True)
            assert listed == run(profile, '--help', plain=True)
            names = [line.split()[0] for line in listed.splitlines() if line.startswith('  ') and line[2].islower()]
            assert len(names) > 40 and max(len(line) for line in listed.splitlines()) < 200, listed
            for name in ('watch', 'customer', 'sender', 'list'):
                said = run(profile, 'help', name, plain=True)
                assert said.startswith('mostradorctl ' + name) and said == run(profile, name, '--help', plain=True), said
            add = run(profile, 'help', 'account', 'add', plain=True).split('\n\n')[0].splitlines()
            assert len(add) > 7 and all(line.startswith('mostradorctl account add ') for line in add), add
            [one] = run(profile, 'account', 'add', 'instagram', '--help', plain=True).split('\n\n')[0].splitlines()
            assert one.startswith('mostradorctl account add messenger|instagram --token-stdin'), one
            # A number of a conversation says nothing of the way.
            [merge] = run(profile, 'customer', 'merge', '5', '7', '--help', plain=True).split('\n\n')[0].splitlines()
            assert merge.startswith('mostradorctl customer merge WHO'), merge
            assert 'WHO   ' in run(profile, 'help', 'customer', plain=True)
            assert 'help account add' in refused(profile, 'account', 'add', 'fax', status=2)
            # A word too few: what is long stands there, too.
            assert 'mostradorctl help account add' in refused(profile, 'account', 'add', status=2)
            assert 'mostradorctl show NUMBER' in refused(profile, 'show', status=2)
            assert 'nonsense' in refused(profile, 'help', 'nonsense', status=2)

        @t.case('what was done is said in one line, and as JSON')
        def _():
            mine = os.path.join(folder, 'manners')
            run(mine, 'import', os.path.join(mails, '1.eml'))
            assert run(mine, 'set', '1', 'status=open', 'tag+=vip', plain=True) == '#1: status=open tag+=vip is set\n'
            assert run(mine, 'set', '1', 'read=yes') == [{'result': 'set', 'subject': '#1'}]
            assert run(mine, 'note', '1', text='Look.', plain=True) == 'The note was added to #1\n'
            assert 'always let through' in run(mine, 'sender', 'allow', 'ana@mail.example', plain=True)
            assert 'blocked' in run(mine, 'sender', 'block', 'ana@mail.example', plain=True)
            assert run(mine, 'sender', 'forget', 'ana@mail.example') == [{'result': 'forget', 'subject': 'ana@mail.example'}]
            for vague in ('2020-01', 'someday'):
                said = refused(mine, 'set', '1', 'until=' + vague, status=2)
                assert vague in said and 'tomorrow 9' in said, said
            assert 'in the past' in refused(mine, 'set', '1', 'until=2020-01-01', status=2)
            # words and view together
            run(mine, 'set', '1', 'status=closed')
            assert [r['number'] for r in run(mine, 'list', '--view', 'closed', 'order')] == [1]
            assert run(mine, 'list', '--view', 'all_open', 'order') == [] and run(mine, 'list', '--view', 'closed', 'nonsenseword') == []
            run(mine, 'set', '1', 'deleted=yes')
            assert run(mine, 'erase', '1', '--yes', plain=True) == '1 was deleted for good\n'

        @t.case('what cannot be imported or restored is told in words')
        def _():
            other = os.path.join(folder, 'words')
            note = os.path.join(folder, 'shopping.txt')
            with open(note, 'w', encoding='utf-8') as f:
                f.write('milk\nbread: two\n')
            assert 'no mail' in refused(other, 'import', note).splitlines()[0]
            with open(note, 'w', encoding='utf-8') as f:
                f.write('Some words before it\nSubject: Still a mail\n\nText\n')
            assert [r['result'] for r in run(other, 'import', note)] in (['imported'], ['quarantined'])
            out = os.path.join(folder, 'as-json')
            run(other, 'export', '--all', '--format', 'json', '--output', out)
            for path in (out, os.path.join(out, 'conversations.jsonl')):
                said = refused(other, 'import', path)
                assert 'JSON' in said and 'mbox' in said, said
            said = run(other, 'export', '--all', '--format', 'mbox', '--output', os.path.join(folder, 'one.mbox'), plain=True)
            assert said.startswith('1 message of 1 conversation:'), said
            assert 'There is no file' in refused(os.path.join(folder, 'new'), 'restore', os.path.join(folder, 'nofile'))
            for words in (('--profile',), ('--profile', '--json', 'list'), ('list', '--profile')):
                done = subprocess.run([CTL, *words], capture_output=True, text=True, timeout=60)
                assert done.returncode == 2 and '--profile needs a folder' in done.stderr, (words, done)

        @t.case('imported mail is answered from the account that it was written to')
        def _():
            both = os.path.join(folder, 'answers')
            run(both, 'import', os.path.join(mails, '1.eml'))
            for name, address in (('Other', 'other@shop.example'), ('Support', 'support@shop.example')):
                host = address.replace('@', '%40') + '@mail.shop.example'
                run(both, 'account', 'add', 'email', '--name', name, '--address', address, '--imap', 'imaps://' + host, '--smtp', 'smtps://' + host)
            run(both, 'reply', '1', text='It left today.\n')
            sent = [m for m in run(both, 'show', '1')[0]['messages'] if m['direction'] == 'outgoing']
            assert [m['from']['address'] for m in sent] == ['support@shop.example'], sent

        @t.case('only what brings something in begins a profile')
        def _():
            typo = os.path.join(folder, 'typo')
            for words in (('list',), ('show', '1'), ('search', 'x'), ('outbox',), ('account', 'list'), ('blob', 'x'), ('check',), ('backup', os.path.join(folder, 'none')),
                          ('undo',), ('note', '1'), ('set', '1', 'read=yes')):  # fmt: skip
                assert typo in refused(typo, *words, text='x'), words
                assert not os.path.exists(typo), words
            assert not os.path.exists(os.path.join(folder, 'none'))

        @t.case('an account, an answer in the queue, and the outbox have their shapes')
        def _():
            shop = os.path.join(folder, 'shop')
            run(shop, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://support%40shop.example@mail.shop.example:993',
                '--smtp', 'smtps://support%40shop.example@mail.shop.example:465')  # fmt: skip
            rows = run(shop, 'account', 'list')
            assert len(rows) == 1 and list(rows[0]) == ['id', 'kind', 'name', 'address', 'state', 'why', 'last_sync', 'key_ends', 'counts', 'audit', 'missing', 'sign_in', 'mailbox', 'senders'], rows
            assert list(rows[0]['counts']) == ['server', 'here', 'quarantined', 'missing', 'erased', 'coming', 'copies'] and rows[0]['address'] == 'support@shop.example' and rows[0]['kind'] == 'email'

            run(shop, 'account', 'set', 'support@shop.example', 'plus=yes', 'marker=no', 'subject-days=14')
            for wrong in ('plus=perhaps', 'marker=', 'subject-days=91', 'subject-days=-1', 'subject-days=x'):
                said = refused(shop, 'account', 'set', 'support@shop.example', wrong, status=2)
                assert wrong in said and 'subject-days=N' in said, said
            refused(shop, 'account', 'set', 'support@shop.example', 'alias+=nobody', status=2)
            refused(shop, 'account', 'set', 'support@shop.example', 'default=nobody@shop.example')
            got = run(shop, 'import', '--account', 'support@shop.example', os.path.join(mails, '1.eml'))
            assert list(got[0]) == ['path', 'result', 'conversation', 'message', 'classification', 'cause'], got
            assert run(shop, 'outbox') == []
            got = run(shop, 'reply', '1', text='It left today.\n')
            assert len(got) == 1 and list(got[0]) == ['message', 'state'] and got[0]['state'] == 'queued', got
            waiting = run(shop, 'outbox')
            assert len(waiting) == 1 and list(waiting[0]) == ['id', 'conversation', 'to', 'subject', 'state', 'attempts', 'next_try', 'why', 'recipients'], waiting
            assert (waiting[0]['id'], waiting[0]['state'], waiting[0]['attempts'], waiting[0]['why']) == (got[0]['message'], 'queued', 0, None), waiting
            assert waiting[0]['to'] == ['ana@mail.example'], waiting
            one = waiting[0]['recipients'][0]
            assert list(one) == ['address', 'state', 'code', 'status', 'words', 'at'] and (one['address'], one['state'], one['code']) == ('ana@mail.example', 'waiting', 0), waiting
            shown = [m for m in run(shop, 'show', '1')[0]['messages'] if m['id'] == got[0]['message']]
            assert [r['address'] for r in shown[0]['recipients']] == ['ana@mail.example'], shown
            assert all('recipients' not in m for m in run(shop, 'show', '1')[0]['messages'] if m['direction'] == 'incoming')
            run(shop, 'outbox', 'sent', got[0]['message'], status=1)
            # Nobody sends it by itself while no window is there: said in words.
            said = run(shop, 'reply', '1', text='And again.\n', plain=True)
            assert 'queued' in said and 'mostradorctl sync' in said, said
            assert run(shop, 'reply', '1', text=' \n', status=1) == []
            run(shop, 'outbox', 'retry', got[0]['message'])
            run(shop, 'outbox', 'cancel', got[0]['message'])
            assert [r['id'] for r in run(shop, 'outbox')] != [got[0]['message']] and len(run(shop, 'outbox')) == 1
            run(shop, 'outbox', 'cancel', 'nothing', status=1)
            said = refused(shop, 'account', 'remove', 'support@shop.example')
            assert said.startswith('1 answer has not left yet: ') and '--force' in said, said
            assert [r['address'] for r in run(shop, 'account', 'list')] == ['support@shop.example']
            said = run(shop, 'account', 'remove', '--force', 'support@shop.example', plain=True)
            assert said.splitlines() == ['Support was removed. Its conversations stay; what is on the server stays there',
                                         '1 answer was not sent, and is a draft now'], said  # fmt: skip
            assert [r['address'] for r in run(shop, 'account', 'list')] == []
            assert len(run(shop, 'list')) == 1

        def shop_with_mail(name):
            place = os.path.join(folder, name)
            run(place, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://support%40shop.example@mail.shop.example:993',
                '--smtp', 'smtps://support%40shop.example@mail.shop.example:465')  # fmt: skip
            run(place, 'account', 'set', 'support@shop.example', 'alias+=help@shop.example', '--signature-stdin', text='The shop\n')
            with open(os.path.join(folder, 'help.eml'), 'w') as f:
                f.write(FIRST.replace('support@', 'help@'))
            run(place, 'import', '--account', 'support@shop.example', os.path.join(folder, 'help.eml'))
            return place

        @t.case('an answer that was taken back does not leave with the next one')
        def _():
            shop, left = shop_with_mail('taken-back'), 'There is an unfinished draft in this conversation; it was left as it is.\n'
            attached = os.path.join(folder, 'offer.txt')
            with open(attached, 'w') as f:
                f.write('42')

            def answer(text, *words):
                done = subprocess.run([CTL, '--profile', shop, '--json', 'reply', '1', *words], input=text, capture_output=True, text=True, timeout=60)
                assert done.returncode == 0, done.stderr
                return json.loads(done.stdout)['message'], done.stderr

            def drafts():
                with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % os.path.join(shop, 'mostrador.db'), uri=True)) as database:
                    return database.execute('SELECT id, kind, text, recipients, attachments, updated_at FROM draft').fetchall()

            first, said = answer('Wrong words.\n', '--attach', attached)
            assert said == '' and drafts() == []
            run(shop, 'outbox', 'cancel', first)
            kept = drafts()
            assert len(kept) == 1 and kept[0][2].startswith('Wrong words.') and 'offer.txt' in kept[0][4], kept
            second, said = answer('Right words.\n')
            assert said == left, said
            message = [m for m in run(shop, 'show', '1')[0]['messages'] if m['id'] == second][0]
            assert 'Right words.' in message['text'] and 'The shop' in message['text'] and 'Wrong words.' not in message['text'], message
            assert message['text'].count('The shop') == 1 and message['attachments'] == [], message
            # It waits for a person as it was, and goes with no later answer either.
            third, said = answer('More.\n', '--all')
            assert said == left and third not in (first, second) and drafts() == kept, (said, drafts())
            # That it is somebody else's is no reason to say nothing of it.
            run(shop, 'agent', 'add', 'Luis')
            run(shop, 'agent', 'use', 'Luis')
            fourth, said = answer('And more.\n')
            assert said == left and drafts() == kept, (said, drafts())

        @t.case('a search says what of the attachments it does not know yet, the help names operators')
        def _():
            shop = shop_with_mail('files')
            assert subprocess.run([CTL, '--profile', shop, 'search', 'order'], capture_output=True, text=True, timeout=60).stderr == ''
            with open(os.path.join(folder, 'files.eml'), 'w') as f:
                f.write(WITH_FILE)
            run(shop, 'import', '--account', 'support@shop.example', f.name)
            done = subprocess.run([CTL, '--profile', shop, '--json', 'search', 'subject:bill'], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0 and len(done.stdout.splitlines()) == 1, done
            assert done.stderr.startswith('Attachments read so far: 0 of 1;') and len(done.stderr.splitlines()) == 1, done.stderr
            assert 'status:open' in subprocess.run([CTL, 'search', '--help'], capture_output=True, text=True, timeout=60).stdout

        @t.case('a conversation whose answer has not left yet is not erased')
        def _():
            shop = shop_with_mail('unsent')
            waiting = run(shop, 'reply', '1', text='It left today.\n')[0]['message']
            run(shop, 'set', '1', 'deleted=yes')
            said = refused(shop, 'erase', '1', '--yes')
            assert 'has not left yet' in said and 'mostradorctl outbox' in said, said
            assert [r['id'] for r in run(shop, 'outbox')] == [waiting], run(shop, 'outbox')
            assert [m['direction'] for m in run(shop, 'show', '1')[0]['messages']] == ['incoming', 'outgoing', 'event'], run(shop, 'show', '1')
            run(shop, 'outbox', 'cancel', waiting)
            run(shop, 'erase', '1', '--yes')
            assert run(shop, 'outbox') == []

        @t.case('search has its shape, show --full shows the bounce and the evidence')
        def _():
            bounce = os.path.join(folder, 'bounce.eml')
            with open(bounce, 'w') as f:
                f.write(BOUNCE)
            got = run(profile, 'import', bounce)
            assert got[0]['result'] == 'quarantined' and got[0]['classification'] == 'bounce_hard', got
            full = run(profile, 'show', '--message', got[0]['message'], '--full')[0]['messages'][0]
            assert full['bounces'] == [{'recipient': 'ana@mail.example', 'status': '5.1.1', 'hard': True, 'original_message_id': 'gone@shop.example'}], full['bounces']
            assert list(full)[-3:] == ['evidence', 'html', 'bounces'] and full['html'] is None, list(full)
            assert full['evidence'] == {'code': 'new', 'value': None, 'origin': None, 'joined': False}, full['evidence']
            footed = os.path.join(folder, 'footed.eml')
            with open(footed, 'w') as f:
                f.write('From: ana@mail.example\nTo: support@shop.example\nSubject: Footed\nMessage-ID: <footed@mail.example>\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n'
                        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWhere is it?\n--b\n\nOf the pigeonpost list\n--b--\n')
            got = run(profile, 'import', footed)
            shown = run(profile, 'show', '--message', got[0]['message'])[0]
            assert (shown['messages'][0]['text'], shown['messages'][0]['further_texts']) == ('Where is it?', ['Of the pigeonpost list']), shown['messages'][0]
            assert 'Where is it?\n\n----------\n\nOf the pigeonpost list\n' in run(profile, 'show', str(shown['number']), plain=True)
            assert [hit['number'] for hit in run(profile, 'search', 'pigeonpost')] == [shown['number']]
            assert list(run(profile, 'search', 'news')[0]) == [*run(profile, 'list')[0], 'snippet']

        @t.case('merge, split and move, each taken back, at once or later')
        def _():
            desk, box = os.path.join(folder, 'joining'), os.path.join(folder, 'joining.mbox')
            with open(box, 'w') as f:
                for i, (name, extra) in enumerate((('ana', ''), ('ana', 'In-Reply-To: <m0@mail.example>\n'), ('bob', ''), ('bob', ''))):
                    f.write(f'From x\nFrom: {name} <{name}@mail.example>\nTo: support@shop.example\nSubject: Matter {i}\nMessage-ID: <m{i}@mail.example>\n{extra}'
                            f'Date: Mon, 02 Mar 2026 0{i}:00:00 +0000\n\nText {i}\n\n')
            ids = [got['message'] for got in run(desk, 'import', box)]
            first, _, third, fourth = (str(run(desk, 'show', '--message', i)[0]['number']) for i in ids)
            second, last = ids[1], ids[3]

            def texts(number):
                return [m['text'].strip() for m in run(desk, 'show', number)[0]['messages'] if m['direction'] != 'event']

            assert texts(first) == ['Text 0', 'Text 1'] and texts(third) == ['Text 2']
            shown = run(desk, 'show', first)[0]['messages']
            assert [m['why'] for m in shown[:2]] == ['new', 'in-reply-to'], shown
            assert 'In-Reply-To: m0@mail.example' in run(desk, 'show', first, plain=True)

            # two customers: said, not refused
            done = subprocess.run([CTL, '--profile', desk, '--json', 'merge', third, first], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0 and 'two customers' in done.stderr, done.stderr
            assert json.loads(done.stdout) == {'number': int(first), 'id': run(desk, 'show', first)[0]['id'], 'status': 'closed'}, done.stdout
            assert texts(first) == ['Text 0', 'Text 1', 'Text 2'] and texts(third) == texts(first)
            assert f'that was #{third}' in run(desk, 'show', first, plain=True)
            events = [m['event'] for m in run(desk, 'show', first)[0]['messages'] if m['direction'] == 'event']
            assert [(e['kind'], e['from'], e['to']) for e in events] == [('merged', '#' + third, '#' + first)], events
            assert run(desk, 'undo') == [{'undone': 'merge'}]
            assert texts(first) == ['Text 0', 'Text 1'] and texts(third) == ['Text 2']

            # long afterwards, with a chain in between
            run(desk, 'merge', third, first)
            assert f'undo {third}”' in refused(desk, 'undo', first)
            run(desk, 'merge', first, fourth)
            assert texts(third) == ['Text 0', 'Text 1', 'Text 2', 'Text 3']
            run(desk, 'note', fourth, text='Later.\n')
            assert run(desk, 'undo', third) == [{'undone': 'merge'}]
            assert texts(third) == ['Text 2'] and texts(fourth) == ['Text 0', 'Text 1', 'Text 3', 'Later.']
            assert run(desk, 'undo', first) == [{'undone': 'merge'}]
            assert texts(first) == ['Text 0', 'Text 1'] and texts(fourth) == ['Text 3', 'Later.']
            assert 'neither merged' in refused(desk, 'undo', first)

            got = run(desk, 'split', first, second)[0]
            assert got['number'] not in (int(n) for n in (first, third, fourth)) and texts(str(got['number'])) == ['Text 1'] and texts(first) == ['Text 0']
            assert f'undo {got["number"]}”' in refused(desk, 'undo', first)
            assert 'Nothing would be left' in refused(desk, 'split', first, run(desk, 'show', first)[0]['messages'][0]['id'])
            assert f'#{first}' in refused(desk, 'split', first, last)
            assert run(desk, 'undo', str(got['number'])) == [{'undone': 'split'}]
            assert texts(first) == ['Text 0', 'Text 1'] == texts(str(got['number']))

            run(desk, 'move', second, third)
            assert texts(first) == ['Text 0'] and texts(third) == ['Text 1', 'Text 2']
            assert f'undo {third}”' in refused(desk, 'undo', first)
            assert run(desk, 'undo', third) == [{'undone': 'move'}]
            assert texts(first) == ['Text 0', 'Text 1']
            refused(desk, 'move', 'nothing', third)
            refused(desk, 'merge', first, first)
            refused(desk, 'merge', first, '999')
            run(desk, 'merge', first, status=2)
            run(desk, 'set', third, 'deleted=yes')
            assert 'deleted' in refused(desk, 'merge', first, third)
            assert run(desk, 'check') == []

        @t.case('a writer waits for another process that has the profile, and says so')
        def _():
            holder = subprocess.Popen([CTL, '--profile', profile, 'watch'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=NO_BUS)
            try:
                waiting = None
                for _ in range(50):  # until it holds the profile
                    if waiting is not None:
                        break
                    candidate = subprocess.Popen([CTL, '--profile', profile, 'note', '1'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=NO_BUS)
                    candidate.stdin.write('Waited.\n')
                    candidate.stdin.close()
                    candidate.stdin = None
                    # It ends without a word where nobody has the profile yet.
                    first = candidate.stderr.readline()
                    if first:
                        waiting = candidate
                    else:
                        candidate.communicate()
                assert waiting is not None, 'nobody had to wait'
            finally:
                holder.terminate()
                holder.wait(timeout=20)
            _, errors = waiting.communicate(timeout=30)
            errors = first + errors
            assert waiting.returncode == 0, errors
            assert 'Waiting for another process' in errors, errors
            assert [r['number'] for r in run(profile, 'search', 'Waited')] == [1]

        @t.case('a view is made, listed, changed, removed and brought back')
        def _():
            assert run(profile, 'view', 'list') == []
            run(profile, 'view', 'add', 'Orders', 'subject:order', '--sort', 'created')
            got = run(profile, 'view', 'list')
            assert [(v['name'], v['query'], v['sort'], v['shared']) for v in got] == [('Orders', 'subject:order', 'created', 'yes')], got
            found = run(profile, 'list', '--view', 'orders')
            assert found and got[0]['count'] == len(found) and all('order' in row['subject'] for row in found), found
            run(profile, 'view', 'set', 'Orders', '--name', 'All orders', '--columns', 'tags number')
            got = run(profile, 'view', 'list')
            assert [(v['name'], v['columns']) for v in got] == [('All orders', 'tags number')], got
            run(profile, 'view', 'remove', 'all orders')
            assert run(profile, 'view', 'list') == []
            run(profile, 'undo')
            assert [v['name'] for v in run(profile, 'view', 'list')] == ['All orders']
            assert 'colour' in refused(profile, 'view', 'set', 'All orders', '--columns', 'colour', status=2)
            assert 'All orders' in refused(profile, 'view', 'add', 'ALL ORDERS', 'is:unread', status=2)
            assert 'query' in refused(profile, 'view', 'add', 'Nothing', ' ', status=2)
            assert 'sideways' in refused(profile, 'list', '--view', 'sideways', status=2)

        @t.case('a note that names an agent calls that one')
        def _():
            run(profile, 'agent', 'add', 'Bruno')
            run(profile, 'agent', 'add', 'Bruno', status=1)
            run(profile, 'agent', 'set', 'Bruno', '--signature', 'B.', '--language', 'pt')
            me = next(a for a in run(profile, 'agent', 'list') if a['here'] == 'yes')
            number = str(run(profile, 'list', '--view', 'all')[0]['number'])
            run(profile, 'note', number, text='@bruno, can you look?')
            assert run(profile, 'list', '--view', 'mentions') == []
            run(profile, 'agent', 'use', 'Bruno')
            got = run(profile, 'list', '--view', 'mentions')
            assert [str(row['number']) for row in got] == [number] and got[0]['unread'] > 0, got
            here = [(a['name'], a['signature'], a['language']) for a in run(profile, 'agent', 'list') if a['here'] == 'yes']
            assert here == [('Bruno', 'B.', 'pt')], here
            run(profile, 'agent', 'remove', 'Bruno', status=1)
            run(profile, 'agent', 'use', me['name'])
            run(profile, 'agent', 'remove', 'Bruno')
            assert [a['name'] for a in run(profile, 'agent', 'list')] == [me['name']]

        @t.case('business hours: set, corrected, holidays of a file, taken back')
        def _():
            hours = 'zone Europe/Madrid\nmon 09:00-14:00 16:00-19:00\nfri 22:00-30:00\n'
            assert run(profile, 'calendar', 'show') == []
            assert 'Line 2' in refused(profile, 'calendar', 'set', text='mon 9:00-14:00\nmon 9-14\n', status=2)
            run(profile, 'calendar', 'set', text=hours)
            assert [c['text'] for c in run(profile, 'calendar', 'show')] == [hours]
            run(profile, 'calendar', 'set', '--correct', text=hours.replace('19:00', '20:00'))
            assert [c['text'] for c in run(profile, 'calendar', 'show', '--history')] == [hours.replace('19:00', '20:00')]
            year = datetime.date.today().year
            path = os.path.join(folder, 'spain.ics')
            with open(path, 'w', newline='') as ics:
                ics.write('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20001225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Navidad\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n')
            days = run(profile, 'calendar', 'holidays', path, '--dry-run')
            assert {'date': '%d-12-25' % (year + 1), 'hours': 'closed', 'name': 'Navidad'} in days, days
            assert 'holidays' not in run(profile, 'calendar', 'show')[0]['text']
            run(profile, 'calendar', 'holidays', path)
            assert 'holidays spain\n' in run(profile, 'calendar', 'show')[0]['text']
            run(profile, 'calendar', 'holidays', 'spain', '--remove')
            assert 'holidays' not in run(profile, 'calendar', 'show')[0]['text']
            run(profile, 'undo')
            assert 'closed Navidad' in run(profile, 'calendar', 'show')[0]['text']
            assert 'no holidays' in refused(profile, 'calendar', 'holidays', 'France', '--remove')
            # A name is one line, whatever it is made of; the same name again is the same holidays.
            for name in ('9:00  in\nSpain', '9:00 in Spain', ' '):
                run(profile, 'calendar', 'holidays', path, '--name', name)
            text = run(profile, 'calendar', 'show')[0]['text']
            assert text.count('holidays 9:00 in Spain\n') == 1 and text.count('holidays -\n') == 1, text
            assert 'larger' in refused(profile, 'calendar', 'holidays', '/dev/zero')
            # A typed day begins with its work.
            run(profile, 'calendar', 'set', text=''.join('%s 07:45-12:00\n' % day for day in ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')))
            number = str(run(profile, 'list', '--view', 'all')[0]['number'])
            run(profile, 'set', number, 'status=snoozed', 'until=tomorrow')
            until = run(profile, 'list', '--view', 'snoozed')
            assert any(str(row['number']) == number for row in until), until
            assert len(run(profile, 'calendar', 'show', '--history')) == 2

        @t.case('search and list load what reading a database takes, and say the same as the whole program')
        def _():
            said = subprocess.run(['readelf', '--dynamic', '--wide', CTL], stdout=subprocess.PIPE, text=True, check=True).stdout
            needed = {line.split('[')[1].split('.so')[0] for line in said.splitlines() if '(NEEDED)' in line}
            # The last three come with the sanitizers.
            assert needed <= {'libglib-2.0', 'libgobject-2.0', 'libgio-2.0', 'libsqlite3', 'libjson-glib-1.0', 'libc', 'libm', 'ld-linux-x86-64', 'libasan', 'libubsan', 'libstdc++'}, needed
            full = os.path.join(os.path.dirname(CTL), 'mostradorctl-full')
            for words in (['search', 'AB-1203'], ['search', 'senor', 'paquete'], ['search', '--limit', '1', 'o*'], ['list'], ['list', '--view', 'quarantine'], ['list', '--view', 'all_open', 'order'],
                          ['search'], ['search', '--limit', 'x', 'a'], ['list', '--view', 'nowhere'], ['search', 'form:ana'], ['search', '--help'], ['list', '--frobnicate'], ['--frobnicate', 'search', 'o'],
                          ['--limit', 'search', 'o'], []):  # fmt: skip
                for more in ([], ['--json']):
                    both = [subprocess.run([program, '--profile', profile, *more, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False) for program in (CTL, full)]
                    assert [(one.returncode, one.stdout, one.stderr) for one in both[:1]] == [(one.returncode, one.stdout, one.stderr) for one in both[1:]], (words, both)

        @t.case('a backup restored elsewhere is the same desk')
        def _():
            backup, other = os.path.join(folder, 'backup'), os.path.join(folder, 'other')
            made = run(profile, 'backup', backup)
            assert len(made) == 1 and made[0]['file'] == backup and not made[0]['sealed'] and made[0]['messages'] > 0 and made[0]['bytes'] == os.path.getsize(backup), made
            with open(backup, 'rb') as f:
                before = f.read()
            assert backup in refused(profile, 'backup', backup)
            with open(backup, 'rb') as f:
                assert f.read() == before
            with open(os.path.join(folder, 'precious'), 'w') as f:
                f.write('x')
            assert '--force' in refused(profile, 'backup', f.name)
            with open(f.name) as f:
                assert f.read() == 'x'
            assert backup in run(profile, 'backup', '--force', backup, plain=True)
            there = run(other, 'restore', backup)
            assert len(there) == 1 and there[0]['profile'] == other and there[0]['aside'] is None and there[0]['messages'] == made[0]['messages'], there
            third = os.path.join(folder, 'third')
            said = run(third, 'restore', backup, plain=True)
            assert backup in said and third in said, said
            assert 'No problems' in run(third, 'check', plain=True)
            assert run(other, 'list') == run(profile, 'list')
            assert run(other, 'show', '1') == run(profile, 'show', '1')
            assert run(other, 'check') == [] and run(profile, 'check') == []
            run(other, 'restore', backup, status=1)

        @t.case('backups under a passphrase, by a plan, and over a profile that is there')
        def _():
            def spoken(where, words, said, status=0):
                done = subprocess.run([CTL, '--profile', where, '--json', *words], input=said, capture_output=True, text=True, check=False)
                assert done.returncode == status, (words, done.returncode, done.stderr)
                return [json.loads(line) for line in done.stdout.splitlines()] if status == 0 else done.stderr

            sealed, other, folder_of_plan = os.path.join(folder, 'sealed.mostrador'), os.path.join(folder, 'sealed'), os.path.join(folder, 'plan')
            made = spoken(profile, ('backup', 'create', sealed, '--passphrase-stdin'), 'open sesame\n')
            assert made[0]['sealed'] and made[0]['file'] == sealed
            assert 'passphrase' in refused(profile, 'backup', 'create', sealed + '2', '--with-passwords', status=2)
            assert 'Enter the passphrase' in refused(profile, 'backup', 'verify', sealed)
            assert 'another passphrase' in spoken(profile, ('backup', 'verify', sealed, '--passphrase-stdin'), 'open barley\n', 1)
            assert spoken(profile, ('backup', 'verify', sealed, '--passphrase-stdin'), 'open sesame\n')[0]['messages'] == made[0]['messages']
            spoken(other, ('backup', 'restore', sealed, '--passphrase-stdin'), 'open sesame\n')
            assert run(other, 'list') == run(profile, 'list')
            there = spoken(other, ('restore', sealed, '--replace', '--passphrase-stdin'), 'open sesame\n')
            assert os.path.isdir(there[0]['aside']) and there[0]['aside'].startswith(other + '.before-restore-'), there
            with open(sealed, 'r+b') as f:
                f.seek(-100, os.SEEK_END)
                f.write(b'damage')
            assert 'damaged' in spoken(other, ('restore', sealed, '--replace', '--passphrase-stdin'), 'open sesame\n', 1)
            assert run(other, 'check') == []

            assert run(profile, 'backup', 'plan')[0]['every'] == 'off'
            assert '--folder' in refused(profile, 'backup', 'plan', 'daily', status=2)
            os.mkdir(folder_of_plan)
            plan = run(profile, 'backup', 'plan', 'daily', '--folder', folder_of_plan, '--keep', '2')[0]
            assert plan['every'] == 'daily' and plan['keep'] == 2 and plan['next'], plan
            first = run(profile, 'backup', 'run')[0]
            assert [one['file'] for one in run(profile, 'backup', 'list')] == [first['file']]
            assert run(profile, 'backup', 'plan')[0]['file'] == first['file']
            os.rename(folder_of_plan, folder_of_plan + '-away')
            assert 'not there' in refused(profile, 'backup', 'run')
            plan = run(profile, 'backup', 'plan')[0]
            assert plan['why'] == 'no-folder' and plan['file'] == first['file'], plan
            run(profile, 'backup', 'plan', 'off')

    t.done()
    return t.failed != 0


sys.exit(main())

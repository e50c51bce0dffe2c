#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole old folder of a real server comes in: dates, flags, direction; twice, killed in between, and before a sync of the same mail."""
import json
import os
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from servers import PASSWORD, Servers

SHOP = 'support@shop.test'
CTL = sys.argv[1]
COUNT = 450
DAY = '%02d-Mar-2024 08:%02d:00 +0000'


def mail(n, sender='Ana <ana@mail.test>', to=SHOP):
    return ('From: %s\r\nTo: %s\r\nSubject: Mail %d\r\nMessage-ID: <m%d@mail.test>\r\nDate: Fri, 01 Mar 2024 07:00:00 +0000\r\n\r\nText %d\r\n' % (sender, to, n, n, n)).encode()


class Profile:
    def __init__(self, folder, name):
        self.folder = os.path.join(folder, name)
        self.environ = dict(os.environ, SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=os.path.join(folder, name + '.keyring'), SECRET_FILE_TEST_PASSWORD='test',
                            GIO_USE_VFS='local', DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent/bus')

    def words(self, *words):
        return [CTL, '--profile', self.folder, '--json', *words]

    def run(self, *words, text='', status=0):
        done = subprocess.run(self.words(*words), input=text, capture_output=True, text=True, timeout=150, env=self.environ)
        assert done.returncode == status, (words, done.returncode, done.stdout[-1000:], done.stderr)
        self.errors = done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def messages(self):
        out = self.folder + '.json'
        self.run('export', '--all', '--format', 'json', '--output', out, '--force')
        with open(os.path.join(out, 'conversations.jsonl'), encoding='utf-8') as f:
            return {m['message_id']: m for line in f for m in json.loads(line)['messages'] if m['direction'] in ('incoming', 'outgoing')}


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder, Servers([SHOP], postfix=False) as servers:
        ca = servers.describe()['ca']
        url = 'imaps://%s@localhost:%d' % (SHOP.replace('@', '%40'), servers.ports['imaps'])
        with servers.imap(SHOP) as imap:
            imap.create('"Old &- shop"')
            for n in range(COUNT):
                flags = '\\Deleted' if n == 7 else '\\Draft' if n == 8 else '\\Seen' if n % 2 else ''
                imap.append('"Old &- shop"', flags, '"%s"' % (DAY % (n % 28 + 1, n % 60)), mail(n))
            imap.append('INBOX', '', '"%s"' % (DAY % (1, 0)), mail(9001))
            imap.append('Sent', '\\Seen', '"%s"' % (DAY % (2, 0)), mail(9002, sender='Old Name <former@shop.test>', to='ana@mail.test'))
            imap.select('"Old &- shop"', readonly=True)
            before = imap.fetch('1:*', '(FLAGS)')[1]

        first = Profile(folder, 'first')

        @t.case('a folder of another server, with its dates; nothing is changed there')
        def _():
            results = first.run('import', '--imap', url, '--ca', ca, '--folder', 'Old & shop', '--password-stdin', text=PASSWORD + '\n')
            assert len(results) == COUNT - 2 and {r['result'] for r in results} == {'imported'}, len(results)
            assert first.errors.count('(deleted)') == 1 and first.errors.count('(draft)') == 1, first.errors
            found = first.messages()
            assert found['m1@mail.test']['received'] == '2024-03-02T08:01:00Z' and found['m1@mail.test']['sent'] == '2024-03-01T07:00:00Z', found['m1@mail.test']
            assert {r['status'] for r in first.run('list')} == {'closed'} and not any(r['unread'] for r in first.run('list'))
            with servers.imap(SHOP) as imap:
                imap.select('"Old &- shop"', readonly=True)
                assert imap.fetch('1:*', '(FLAGS)')[1] == before

        @t.case('again adds nothing')
        def _():
            results = first.run('import', '--imap', url, '--ca', ca, '--folder', 'Old & shop', '--password-stdin', text=PASSWORD)
            assert {r['result'] for r in results} == {'duplicate'} and len(results) == COUNT - 2
            assert first.run('check') == []

        @t.case('a wrong folder is answered with the names of those that are there, a wrong password with no import')
        def _():
            first.run('import', '--imap', url, '--ca', ca, '--folder', 'Olde', '--password-stdin', text=PASSWORD, status=1)
            assert 'Old & shop' in first.errors and 'INBOX' in first.errors, first.errors
            first.run('import', '--imap', url, '--ca', ca, '--folder', 'INBOX', '--password-stdin', text='wrong', status=1)
            assert PASSWORD not in first.errors
            with open(os.path.join(first.folder, 'mostrador.db'), 'rb') as f:
                assert b'wrong' not in f.read()

        second = Profile(folder, 'second')

        @t.case('killed in between it goes on with what is missing')
        def _():
            for after in (20, 20):
                process = subprocess.Popen(second.words('import', '--imap', url, '--ca', ca, '--folder', 'Old & shop', '--password-stdin'), stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=second.environ)
                process.stdin.write(PASSWORD)
                process.stdin.close()
                for _ in range(after):
                    process.stdout.readline()
                process.send_signal(signal.SIGKILL)
                process.wait()
                process.stdout.close()
            there = len(second.messages())
            assert 0 < there < COUNT - 2, there
            results = second.run('import', '--imap', url, '--ca', ca, '--folder', 'Old & shop', '--password-stdin', text=PASSWORD)
            assert {r['result'] for r in results} == {'imported'} and len(results) == COUNT - 2 - there, (len(results), there)
            assert 'gone on' in second.errors, second.errors
            assert second.messages().keys() == first.messages().keys() and second.run('check') == []

        @t.case('from a configured account; its sent mail is ours, and a later sync meets all of it')
        def _():
            third = Profile(folder, 'third')
            third.run('account', 'add', 'email', '--name', 'Shop', '--address', SHOP, '--ca', ca, '--password-stdin', '--imap', url,
                      '--smtp', 'smtps://%s@localhost:%d' % (SHOP.replace('@', '%40'), servers.ports['dovecot_submissions']), text=PASSWORD)
            for name in ('INBOX', 'Sent'):
                assert [r['result'] for r in third.run('import', '--account', SHOP, '--folder', name)] == ['imported'], name
            found = third.messages()
            assert found['m9001@mail.test']['direction'] == 'incoming' and found['m9002@mail.test']['direction'] == 'outgoing', found
            third.run('sync')
            assert third.messages().keys() == found.keys() and len(third.run('list')) == 2
            assert third.run('check') == []

    return t.done()


sys.exit(main())

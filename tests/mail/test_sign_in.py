#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a terminal: signing in through a provider's page, sender addresses, and another's mailbox; with real servers."""
import email
import email.policy
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from oauth import CLIENT, CLIENT_SECRET, Provider, browse
from servers import HOST, MASTER, PASSWORD, Servers

SHOP, CUSTOMER, ALIAS = 'support@shop.test', 'customer@mail.test', 'orders@shop.test'
CTL = sys.argv[1]


class Profile:
    def __init__(self, folder):
        self.folder = folder
        self.environ = dict(
            os.environ,
            SECRET_BACKEND='file',
            SECRET_FILE_TEST_PATH=os.path.join(folder, 'keyring'),
            SECRET_FILE_TEST_PASSWORD='test',
            GIO_USE_VFS='local',
        )

    def start(self, *words):
        return subprocess.Popen([CTL, '--profile', os.path.join(self.folder, 'profile'), '--json', *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.environ)  # fmt: skip

    def run(self, *words, text='', status=0):
        process = self.start(*words)
        out, err = process.communicate(text, timeout=120)
        assert process.returncode == status, (words, process.returncode, out, err)
        return [json.loads(line) for line in out.splitlines()] if status == 0 else err

    def sign_in(self, *words, text='', status=0):
        """starts the command, is the browser, and gives what it printed after the page's address"""
        process = self.start(*words)
        process.stdin.write(text)
        process.stdin.close()
        process.stdin = None
        url = json.loads(process.stdout.readline())['open']
        with open('/proc/%d/cmdline' % process.pid, 'rb') as f:
            assert CLIENT_SECRET.encode() not in f.read()
        page = browse(url)
        assert 'You may close this page' in page, page
        out, err = process.communicate(timeout=60)
        assert process.returncode == status, (process.returncode, out, err)
        return [json.loads(line) for line in out.splitlines()]


def mailbox(servers, user):
    with servers.imap(user) as imap:
        imap.select('INBOX', readonly=True)
        numbers = imap.search(None, 'ALL')[1][0].split()
        return [email.message_from_bytes(imap.fetch(n, '(BODY.PEEK[])')[1][0][1], policy=email.policy.default) for n in numbers]


def letter(to, subject):
    return ('From: Clara <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@mail.test>\r\nDate: %s\r\n\r\nHello\r\n'
            % (CUSTOMER, to, subject, subject, email.utils.formatdate())).encode()  # fmt: skip


def wait(condition, seconds=30):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, 'it did not come'
        time.sleep(0.2)
    return found


def main():
    with Servers(oauth=True) as servers, Provider(SHOP) as provider, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(folder)
        ports = servers.describe()
        where = ('--ca', ports['ca'])

        def servers_of(user):
            user = user.replace('@', '%40')
            return ('--imap', 'imaps://%s@%s:%d' % (user, HOST, ports['imaps']),
                    '--smtp', 'smtp://%s@%s:%d' % (user, HOST, ports.get('submission') or ports['dovecot_submission']))  # fmt: skip

        def add(*words, **how):
            return desk.sign_in('account', 'add', 'email', '--name', 'Support', '--address', SHOP, *servers_of(SHOP), *where, '--oauth', 'custom', '--client-id', CLIENT,
                                '--authorize-url', provider.url + '/authorize', '--token-url', provider.url + '/token', '--scope', 'mail', *words, **how)  # fmt: skip

        @t.case('a client that the provider does not know adds nothing')
        def _():
            add(status=1)
            assert 'no profile' in desk.run('account', 'list', status=1)

        @t.case('an account is added by signing in at the provider\'s page')
        def _():
            [account] = add('--client-secret-stdin', text=CLIENT_SECRET + '\n')
            assert (account['sign_in'], account['address']) == ('custom', SHOP), account
            assert provider.asked[-1] == 'authorization_code'
            assert [a['works'] for a in desk.run('account', 'test')] == [True]
            assert provider.asked[-1] == 'refresh_token'

        @t.case('mail comes, by token')
        def _():
            servers.deliver(SHOP, letter(SHOP, 'first'))
            desk.run('sync')
            assert [r['subject'] for r in desk.run('list')] == ['first']

        @t.case('what is wrong says that one must sign in again, and doing so ends it')
        def _():
            provider.refresh.clear()
            assert 'revoked' in desk.run('sync', status=1)
            [account] = desk.run('account', 'list')
            assert (account['state'], account['why']) == ('auth_failed', 'sign-in-again'), account
            desk.sign_in('account', 'signin', SHOP)
            desk.run('sync')
            [account] = desk.run('account', 'list')
            assert account['state'] == 'ready', account

        @t.case('nothing secret lies in the profile')
        def _():
            for base, _, files in os.walk(os.path.join(folder, 'profile')):
                for name in files:
                    with open(os.path.join(base, name), 'rb') as f:
                        data = f.read()
                    for secret in [CLIENT_SECRET, 'eyJhbGciOi', *provider.refresh]:
                        assert secret.encode() not in data, (name, secret)

        @t.case('sender addresses are set, listed and refused')
        def _():
            [account] = desk.run('account', 'set', SHOP, 'alias+=Orders <%s>' % ALIAS, 'default=' + ALIAS, '--reply-to', 'answers@shop.test', '--signature-stdin', text='The orders\n')
            assert [(s['address'], s['name'], s['default']) for s in account['senders']] == [(SHOP, 'Support', False), (ALIAS, 'Orders', True)], account
            assert (account['senders'][1]['signature'], account['senders'][1]['reply_to']) == ('The orders', 'answers@shop.test'), account
            desk.run('account', 'set', SHOP, 'alias+=nonsense', status=2)
            desk.run('account', 'set', SHOP, 'default=gone@shop.test', status=1)
            desk.run('account', 'set', SHOP, 'colour=red', status=2)
            desk.run('account', 'set', SHOP, status=2)
            [account] = desk.run('account', 'set', SHOP, 'default=' + SHOP)
            assert [s['default'] for s in account['senders']] == [True, False], account

        @t.case('an answer to mail for an alias leaves from it, envelope and all')
        def _():
            servers.deliver(SHOP, letter('Shop <%s>' % ALIAS.upper(), 'second'))
            desk.run('sync')
            [number] = [r['number'] for r in desk.run('list') if r['subject'] == 'second']
            desk.run('reply', str(number), text='It left today.\n')
            desk.run('sync')
            answer = wait(lambda: mailbox(servers, CUSTOMER))[-1]
            assert answer['From'] == 'Orders <%s>' % ALIAS, answer['From']
            assert answer['Reply-To'] == 'Orders <answers@shop.test>', answer['Reply-To']
            assert answer['Return-Path'] == '<%s>' % ALIAS, answer['Return-Path']

        @t.case('a shared mailbox opens with one\'s own password')
        def _():
            desk.run('account', 'add', 'email', '--name', 'Shared', '--address', 'shared@shop.test', *servers_of(MASTER), *where, '--mailbox', CUSTOMER, '--password-stdin', text=PASSWORD + '\n')
            [account] = [a for a in desk.run('account', 'list') if a['name'] == 'Shared']
            assert (account['sign_in'], account['mailbox']) == ('password', CUSTOMER), account
            assert [a['works'] for a in desk.run('account', 'test', 'Shared')] == [True]
            desk.run('sync', '--account', 'Shared')
            assert any(r['account'] == account['name'] or r['account'] == account['id'] for r in desk.run('list', '--view', 'closed') + desk.run('list')), desk.run('list')
            desk.run('account', 'set', 'Shared', 'mailbox=')
            desk.run('account', 'test', 'Shared', status=1)

        @t.case('no secret lies in the profile')
        def _():
            for folder, _, names in os.walk(os.path.join(desk.folder, 'profile')):
                for name in names:
                    with open(os.path.join(folder, name), 'rb') as f:
                        assert CLIENT_SECRET.encode() not in f.read(), name

        @t.case('nothing is damaged')
        def _():
            assert desk.run('check') == []

        t.done()
        return t.failed != 0


sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl account self-test against real servers: a message leaves by SMTP, is seen by IMAP, and no conversation comes of it."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from ctlprofile import Profile
from servers import HOST, Servers

SHOP = 'support@shop.test'
CTL = sys.argv[1]


def subjects(servers, folder):
    with servers.imap(SHOP) as imap:
        if imap.select('"%s"' % folder, readonly=True)[0] != 'OK':
            return []
        return imap.search(None, 'SUBJECT', '"Test message of Mostrador"')[1][0].split()


def main():
    with Servers() as servers, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(CTL, folder)

        @t.case('it leaves, arrives, and goes to the trash')
        def _():
            desk.add_account(servers, SHOP)
            found = desk.run('account', 'self-test', SHOP)[0]
            assert found['outcome'] == 'arrived' and found['folder'] == 'INBOX' and found['why'] is None, found
            assert 0 <= found['left_ms'] < 60000 and 0 <= found['arrived_ms'] < 60000, found
            assert found['tidied'] and not subjects(servers, 'INBOX') and len(subjects(servers, 'Trash')) == 1, found

        @t.case('nothing of it is work, counts, or waits')
        def _():
            desk.run('sync')
            desk.run('sync')
            assert desk.run('list') == [] and desk.run('list', '--view', 'all') == [], desk.run('list', '--view', 'all')
            assert desk.run('outbox') == [] and desk.run('customer', 'list') == []
            assert desk.run('quarantine') == []
            # Its copy is in Sent, as that of any mail.
            assert len(subjects(servers, 'Sent')) == 1

        @t.case('fetched before it was found, it opens nothing either')
        def _():
            found = desk.run('account', 'self-test', 'Support')[0]
            assert found['outcome'] == 'arrived', found
            with servers.imap(SHOP) as imap:
                imap.select('Trash')
                imap.copy('1:*', 'INBOX')
            desk.run('sync')
            assert len(subjects(servers, 'INBOX')) == 2 and desk.run('list', '--view', 'all') == []

        @t.case('without a server for outgoing mail it says so, and does not leave later')
        def _():
            user = SHOP.replace('@', '%40')
            desk.run(
                'account', 'add', 'email', '--name', 'Support', '--address', SHOP, '--imap', 'imaps://%s@%s:%d' % (user, HOST, servers.ports['imaps']),
                '--smtp', 'smtp://%s@%s:1' % (user, HOST), '--ca', servers.describe()['ca'],
            )  # fmt: skip
            done = desk.call('account', 'self-test', SHOP)
            assert done.returncode == 1 and done.stderr.strip(), done
            assert desk.run('outbox') == []

        @t.case('what is no account for mail')
        def _():
            assert desk.call('account', 'self-test').returncode == 2
            assert desk.call('account', 'self-test', SHOP, '--wait', 'long').returncode == 2

        return t.done()


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spam is moved on a real server, too, and back."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from ctlprofile import Profile
from servers import Servers
from test_mailbox import Mailbox, letter

SHOP = 'support@shop.test'
CTL = sys.argv[1]


def main():
    with Servers() as servers, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(CTL, folder)
        box = Mailbox(servers)

        def conversation(subject):
            for view in ('all_open', 'closed', 'quarantine', 'spam'):
                for row in desk.run('list', '--view', view):
                    if row['subject'] == subject:
                        return str(row['number']), view
            raise AssertionError('no conversation %r' % subject)

        def subjects(name):
            return sorted(s for s in ('cheap pills', 'a letter', 'another ad', 'odd') if box.uids(name, 'SUBJECT', '"%s"' % s))

        def junk():
            names = [f['folder'] for f in desk.run('account', 'folders', SHOP)]
            return 'Junk' if 'Junk' in names else None

        @t.case('marked as spam, it goes to Junk; everything else stays')
        def _():
            desk.add_account(servers, SHOP)
            box.put('INBOX', letter('cheap pills', sender='Ad <ad@pills.test>'), letter('a letter'))
            desk.run('sync')
            desk.run('set', conversation('cheap pills')[0], 'status=spam')
            desk.run('sync')
            assert subjects('INBOX') == ['a letter'], subjects('INBOX')
            assert subjects('Junk') == ['cheap pills'], subjects('Junk')
            assert junk() == 'Junk'
            number, view = conversation('cheap pills')
            assert view == 'spam', view
            # It was no removal.
            assert not any(m.get('removed_on_server') for m in desk.run('show', number)[0]['messages'])
            desk.run('sync', '--audit')
            account = [a for a in desk.run('account', 'list') if a['address'] == SHOP][0]
            assert account['audit']['unaccounted'] == 0, account
            assert desk.run('sync')[0]['fetched'] == 0

        @t.case('not spam: back in the inbox, the same mail')
        def _():
            number, _ = conversation('cheap pills')
            desk.run('set', number, 'status=open')
            desk.run('sync')
            assert subjects('INBOX') == ['a letter', 'cheap pills'], subjects('INBOX')
            assert subjects('Junk') == []
            desk.run('sync')
            assert conversation('cheap pills') == (number, 'all_open')
            assert len(desk.run('show', number)[0]['messages']) >= 1
            assert sum(1 for m in desk.run('show', number)[0]['messages'] if m['direction'] == 'incoming') == 1

        @t.case('an undo moves back, too')
        def _():
            desk.run('set', conversation('cheap pills')[0], 'status=spam')
            desk.run('sync')
            assert subjects('Junk') == ['cheap pills']
            desk.run('undo')
            desk.run('sync')
            assert subjects('INBOX') == ['a letter', 'cheap pills'] and subjects('Junk') == []

        @t.case('taken out of Junk by another program: not spam here either')
        def _():
            number, _ = conversation('cheap pills')
            desk.run('set', number, 'status=spam')
            desk.run('sync')
            box.move('Junk', 'cheap pills', 'INBOX')
            desk.run('sync')
            assert conversation('cheap pills') == (number, 'all_open')
            desk.run('sync')
            assert subjects('INBOX') == ['a letter', 'cheap pills'] and subjects('Junk') == []

        @t.case('what the server took for spam, and a person does not')
        def _():
            box.put('Junk', letter('odd'))
            desk.run('account', 'folders', SHOP, '--follow', 'Junk')
            desk.run('sync')
            number, view = conversation('odd')
            assert view == 'quarantine', view
            assert {c['cause']: c['conversations'] for c in desk.run('quarantine')} == {'junk': 1}
            desk.run('set', number, 'quarantine=no')
            desk.run('sync')
            assert 'odd' in subjects('INBOX') and subjects('Junk') == []
            desk.run('sync')
            assert conversation('odd') == (number, 'all_open')
            assert desk.run('quarantine') == []

        @t.case('an account that leaves the server alone')
        def _():
            box.put('INBOX', letter('another ad', sender='Ad <ad@pills.test>'))
            desk.run('account', 'set', SHOP, 'spam=stay')
            desk.run('sync')
            desk.run('set', conversation('another ad')[0], 'status=spam')
            desk.run('sync')
            assert 'another ad' in subjects('INBOX') and subjects('Junk') == []
            assert conversation('another ad')[1] == 'spam'

        t.done()
        return t.failed != 0


if __name__ == '__main__':
    sys.exit(main())

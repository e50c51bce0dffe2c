#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outreach from a terminal, with real servers: it reaches each person once, only who answers has a conversation, a bounce and an opt-out have none."""
import email
import email.policy
import json
import os
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from ctlprofile import Profile
from servers import Servers

SHOP, CUSTOMER = 'support@shop.test', 'customer@mail.test'
CTL = sys.argv[1]
MACRO = {'name': 'News', 'shortcode': 'news', 'texts': {'en': 'Hello {{customer.first_name|default:"there"}}, we have lamps.'}}


def mailbox(servers, user):
    with servers.imap(user) as imap:
        imap.select('INBOX', readonly=True)
        numbers = imap.search(None, 'ALL')[1][0].split()
        return [email.message_from_bytes(imap.fetch(n, '(BODY.PEEK[])')[1][0][1], policy=email.policy.default) for n in numbers]


def letter(sender, to, subject, body, message_id, *headers):
    return '\r\n'.join(
        ['From: %s' % sender, 'To: %s' % to, 'Subject: ' + subject, 'Message-ID: <%s>' % message_id, 'Date: ' + email.utils.formatdate(localtime=False), *headers, '', body, '']
    ).encode()


def main():
    with Servers() as servers, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(CTL, folder)
        here = {}

        def wait(condition, seconds=60):
            end = time.monotonic() + seconds
            while not condition():
                assert time.monotonic() < end, desk.run('outreach', 'show', 'Spring', '--people')
                desk.run('sync')
                time.sleep(0.2)

        def counts():
            return desk.run('outreach', 'show', 'Spring')[0]['counts']

        def consent(address):
            return desk.run('customer', 'show', address)[0]['consent']

        @t.case('it reaches who wants it, once, with a way out')
        def _():
            desk.add_account(servers, SHOP)
            people = os.path.join(folder, 'people.csv')
            with open(people, 'w') as f:
                f.write('name,email,consent\nClara Customer,%s,given\nNobody There,nobody@shop.test,given\nDora,dora@mail.test,opted_out\n' % CUSTOMER)
            desk.run('customer', 'import', people)
            desk.run('macro', 'save', text=json.dumps(MACRO))
            desk.run('outreach', 'new', 'Spring', '--macro', 'news', '--subject', 'Lamps', '--segment', 'all', '--per-minute', '600', '--per-hour', '36000')
            desk.run('outreach', 'start', 'Spring')
            wait(lambda: desk.run('outreach', 'show', 'Spring')[0]['state'] == 'done' and counts()['queued'] == 0)
            desk.run('sync')
            mails = mailbox(servers, CUSTOMER)
            assert len(mails) == 1, [m['Subject'] for m in mails]
            mail = mails[0]
            assert mail['Subject'] == 'Lamps' and mail['Precedence'] == 'bulk' and mail['Auto-Submitted'] is None, mail.as_string()
            assert 'Hello Clara, we have lamps.' in mail.get_content() and 'unsubscribe' in mail.get_content()
            here['mail'] = mail
            here['out'] = urllib.parse.urlsplit(mail['List-Unsubscribe'].strip().strip('<>'))
            assert here['out'].scheme == 'mailto' and here['out'].path.startswith('support'), mail['List-Unsubscribe']
            assert counts()['left_out'] == 1, counts()

        @t.case('who is not there is counted, and nobody has a conversation')
        def _():
            wait(lambda: counts()['failed'] == 1)
            assert desk.run('list', '--view', 'all') == [] and desk.run('list', '--view', 'failed') == [], desk.run('list', '--view', 'all')
            assert desk.run('search', 'lamps') == []
            people = desk.run('outreach', 'show', 'Spring', '--people')[1:]
            assert [p['address'] for p in people if p['delivery'] in ('failed', 'bounced')] == ['nobody@shop.test'], people

        @t.case('who answers has one, and what was sent is its first message')
        def _():
            servers.send(CUSTOMER, [SHOP], letter('Clara Customer <%s>' % CUSTOMER, SHOP, 'Re: Lamps', 'Do they come in red?', 'answer@mail.test', 'In-Reply-To: ' + here['mail']['Message-ID']))
            desk.sync_until(lambda: desk.run('list'))
            rows = desk.run('list')
            assert [(r['subject'], r['status'], r['customer']) for r in rows] == [('Lamps', 'open', 'Clara Customer')], rows
            shown = desk.run('show', str(rows[0]['number']))[0]
            assert [m['direction'] for m in shown['messages'] if m['direction'] != 'event'] == ['outgoing', 'incoming'], shown
            assert counts()['answered'] == 1

        @t.case('a click on “unsubscribe” is an opt-out, and no conversation')
        def _():
            subject = urllib.parse.parse_qs(here['out'].query)['subject'][0]
            servers.send(CUSTOMER, [SHOP], letter(CUSTOMER, here['out'].path, subject, '', 'click@mail.test'))
            desk.sync_until(lambda: consent(CUSTOMER) == 'opted_out')
            assert counts()['opted_out'] == 1 and len(desk.run('list', '--view', 'all')) == 1
            desk.run('outreach', 'new', 'Again', '--macro', 'news', '--subject', 'Lamps', '--customer', CUSTOMER, '--again-days', '0')
            assert [p['reason'] for p in desk.run('outreach', 'preview', 'Again')] == ['opted-out']
            assert desk.call('check').returncode == 0

        t.done()
        return t.failed != 0


sys.exit(main())

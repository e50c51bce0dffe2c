#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A question what somebody thinks of the service, with real servers: closed, it leaves; what a mail program makes of its link comes back; the score is there, and nothing else happened."""
import email
import email.policy
import html
import os
import re
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


def mailbox(servers, user):
    with servers.imap(user) as imap:
        imap.select('INBOX', readonly=True)
        numbers = imap.search(None, 'ALL')[1][0].split()
        return [email.message_from_bytes(imap.fetch(n, '(BODY.PEEK[])')[1][0][1], policy=email.policy.default) for n in numbers]


def letter(sender, to, subject, body, message_id, *headers):
    return '\r\n'.join(
        ['From: %s' % sender, 'To: %s' % to, 'Subject: ' + subject, 'Message-ID: <%s>' % message_id, 'Date: ' + email.utils.formatdate(localtime=False), *headers, '', body, '']
    ).encode()


def click(mail, score):
    """What a mail program makes of the link of a score (RFC 6068): address, subject and text."""
    page = mail.get_body(('html',)).get_content()
    for link in re.findall('href="(mailto:[^"]*)"', page):
        parts = urllib.parse.urlsplit(html.unescape(link))
        fields = urllib.parse.parse_qs(parts.query)
        if fields['subject'][0].endswith(':%d]' % score):
            return urllib.parse.unquote(parts.path), fields['subject'][0], fields['body'][0]
    raise AssertionError(page)


def main():
    with Servers() as servers, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(CTL, folder)
        here = {}

        def wait(condition, seconds=60):
            end = time.monotonic() + seconds
            while not condition():
                assert time.monotonic() < end, desk.run('survey', 'list', '--all')
                desk.run('sync')
                time.sleep(0.2)

        @t.case('who was answered is asked, by a mail that can be answered with a click')
        def _():
            desk.add_account(servers, SHOP)
            desk.run('survey', 'set', SHOP, 'csat=on', 'delay=0s')
            servers.send(CUSTOMER, [SHOP], letter('Clara Customer <%s>' % CUSTOMER, SHOP, 'Vase', 'Where is my vase?', 'ask@mail.test'))
            desk.sync_until(lambda: desk.run('list'))
            here['number'] = str(desk.run('list')[0]['number'])
            desk.run('reply', here['number'], text='It left today.')
            desk.run('sync')
            desk.run('set', here['number'], 'status=closed')
            wait(lambda: len(mailbox(servers, CUSTOMER)) == 2)
            mail = [m for m in mailbox(servers, CUSTOMER) if m['Subject'] == 'How did we do?'][0]
            assert mail['Auto-Submitted'].startswith('auto-') and mail.get_content_type() == 'multipart/alternative', mail.as_string()
            assert 'a number from 1 to 5' in mail.get_body(('plain',)).get_content(), mail.as_string()
            page = mail.get_body(('html',)).get_content()
            assert 'http' not in page and 'src=' not in page, page
            here['mail'] = mail
            assert desk.run('survey', 'list') == [] and [row['state'] for row in desk.run('survey', 'list', '--all')] == ['asked']

        @t.case('the answer is a score, and no conversation, no work and no turn')
        def _():
            to, subject, body = click(here['mail'], 2)
            servers.send(CUSTOMER, [SHOP], letter('Clara Customer <%s>' % CUSTOMER, to, subject, body + 'It came broken.', 'vote@mail.test'))
            wait(lambda: desk.run('survey', 'list'))
            row = desk.run('survey', 'list', '--low', '--open')[0]
            assert (row['number'], row['score'], row['comment'], row['name'], row['unread'], row['rescue']['state']) == (int(here['number']), 2, 'It came broken.', 'Clara Customer', True, 'open'), row
            shown = desk.run('show', here['number'])[0]
            assert shown['status'] == 'closed', shown
            assert [(m['direction'], m['classification']) for m in shown['messages'] if m['direction'] != 'event'] == [('incoming', 'normal'), ('outgoing', 'normal'), ('outgoing', 'survey'), ('incoming', 'survey')], shown
            assert len(desk.run('list', '--view', 'all')) == 1
            day = [time.strftime('%Y-%m-%d', time.localtime(time.time() + days * 86400)) for days in (-1, 1)]
            csat = desk.run('report', '--from', day[0], '--to', day[1])[0]['csat']
            assert (csat['n'], csat['mean'], csat['low']) == (1, 2, 1), csat

        @t.case('what came of it is noted, and all is as it should be')
        def _():
            desk.run('survey', 'rescue', here['number'], 'outcome=Sent a new one')
            assert desk.run('survey', 'list', '--open') == []
            assert desk.run('survey', 'list')[0]['rescue']['outcome'] == 'Sent a new one'
            assert desk.call('check').returncode == 0

        t.done()
        return t.failed != 0


sys.exit(main())

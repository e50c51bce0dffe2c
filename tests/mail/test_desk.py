#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""End to end from a terminal: an account, mail in, an answer out, the other mailbox has it threaded, its answer comes back."""
import email
import email.policy
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from ctlprofile import Profile
from servers import Servers

SHOP, CUSTOMER = 'support@shop.test', 'customer@mail.test'
CTL = sys.argv[1]


def mailbox(servers, user, folder='INBOX'):
    with servers.imap(user) as imap:
        if imap.select('"%s"' % folder, readonly=True)[0] != 'OK':
            return []
        numbers = imap.search(None, 'ALL')[1][0].split()
        return [email.message_from_bytes(imap.fetch(n, '(BODY.PEEK[])')[1][0][1], policy=email.policy.default) for n in numbers]


def wait_mail(servers, user, count, seconds=20):
    end = time.monotonic() + seconds
    while True:
        found = mailbox(servers, user)
        if len(found) >= count:
            return found
        assert time.monotonic() < end, 'no mail\n' + servers.logs()
        time.sleep(0.1)


def letter(subject, body, message_id, *headers):
    return '\r\n'.join(
        ['From: Clara Customer <%s>' % CUSTOMER, 'To: Support <%s>' % SHOP, 'Subject: ' + subject, 'Message-ID: <%s>' % message_id]
        + ['Date: ' + email.utils.formatdate(localtime=False), *headers, '', body, '']
    ).encode()


def main():
    with Servers() as servers, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(CTL, folder)
        here = {}

        @t.case('an account is added, and its test logs in on both sides')
        def _():
            desk.add_account(servers, SHOP)
            assert [a['works'] for a in desk.run('account', 'test')] == [True]

        @t.case('a customer\'s mail becomes an open conversation')
        def _():
            servers.send(CUSTOMER, [SHOP], letter('Where is order 1234?', 'Hello, I wait since Monday.', 'first@mail.test'))
            rows = desk.sync_until(lambda: desk.run('list'))
            assert [(r['status'], r['subject'], r['customer'], r['unread']) for r in rows] == [('open', 'Where is order 1234?', 'Clara Customer', 1)], rows
            assert rows[0]['waiting_since'], rows
            here['number'] = str(rows[0]['number'])

        @t.case('a second pass fetches nothing anew')
        def _():
            counts = desk.run('sync')
            assert [(c['fetched'], c['new']) for c in counts] == [(0, 0)], counts

        @t.case('the answer reaches the other mailbox, threaded, and Sent once')
        def _():
            assert desk.run('reply', here['number'], text='It left today.\n')[0]['state'] == 'queued'
            assert [i['state'] for i in desk.run('outbox')] == ['queued']
            desk.sync_until(lambda: not desk.run('outbox'))
            answer = wait_mail(servers, CUSTOMER, 1)[0]
            assert answer['In-Reply-To'] == '<first@mail.test>', answer.as_string()
            assert '<first@mail.test>' in answer['References']
            assert answer['Subject'] == 'Re: Where is order 1234?'
            assert 'It left today.' in answer.get_content() and '> Hello, I wait since Monday.' in answer.get_content()
            here['answer'] = answer['Message-ID']
            desk.run('sync')
            sent = mailbox(servers, SHOP, 'Sent')
            assert [m['Message-ID'] for m in sent] == [here['answer']], [m['Message-ID'] for m in sent]
            shown = desk.run('show', here['number'])[0]
            assert [(m['direction'], m['delivery']) for m in shown['messages'] if m['direction'] != 'event'] == [('incoming', 'received'), ('outgoing', 'accepted')], shown
            assert desk.run('list')[0]['waiting_since'] is None

        @t.case('a closed conversation opens again by the customer\'s answer')
        def _():
            desk.run('set', here['number'], 'status=closed')
            servers.send(CUSTOMER, [SHOP], letter('Changed subject', 'Thank you!', 'second@mail.test', 'In-Reply-To: ' + here['answer'], 'References: <first@mail.test> ' + here['answer']))
            desk.sync_until(lambda: len([m for m in desk.run('show', here['number'])[0]['messages'] if m['direction'] == 'incoming']) == 2)
            row = desk.run('list')
            assert len(row) == 1 and row[0]['status'] == 'open' and row[0]['subject'] == 'Where is order 1234?', row

        @t.case('an answer written on a phone appears in the conversation')
        def _():
            phone = '\r\n'.join(['From: <%s>' % SHOP, 'To: <%s>' % CUSTOMER, 'Subject: Re: Where is order 1234?', 'Message-ID: <phone@shop.test>',
                                 'In-Reply-To: <second@mail.test>', 'Date: ' + email.utils.formatdate(), '', 'From my phone.', '']).encode()  # fmt: skip
            servers.fill(SHOP, 'Sent', [(phone, time.time())])
            desk.sync_until(lambda: any(m['direction'] == 'outgoing' and 'phone' in m['text'] for m in desk.run('show', here['number'])[0]['messages']))
            assert len(desk.run('list')) == 1

        @t.case('a holiday reply goes to the quarantine and opens nothing')
        def _():
            desk.run('set', here['number'], 'status=closed')
            servers.send(CUSTOMER, [SHOP], letter('Away', 'I am on holiday.', 'away@mail.test', 'Auto-Submitted: auto-replied', 'In-Reply-To: ' + here['answer']))
            desk.sync_until(lambda: any(m['classification'] == 'auto_reply' for m in desk.run('show', here['number'])[0]['messages']))
            assert desk.run('show', here['number'])[0]['status'] == 'closed'

        @t.case('what answers a merged conversation arrives in the other one, and goes home when the merge is taken back')
        def _():
            servers.send(CUSTOMER, [SHOP], letter('One more thing', 'Can I have a receipt?', 'third@mail.test'))
            other = str(desk.sync_until(lambda: [r for r in desk.run('list') if r['subject'] == 'One more thing'])[0]['number'])
            desk.run('merge', here['number'], other)
            servers.send(CUSTOMER, [SHOP], letter('Re: Where is order 1234?', 'It came!', 'fourth@mail.test', 'In-Reply-To: ' + here['answer']))

            def texts(number):
                return [m['text'].strip() for m in desk.run('show', number)[0]['messages'] if m['direction'] == 'incoming' and m['classification'] == 'normal']

            desk.sync_until(lambda: 'It came!' in texts(other))
            assert texts(other)[-2:] == ['Can I have a receipt?', 'It came!'] and 'Thank you!' in texts(other), texts(other)
            came = [m for m in desk.run('show', other)[0]['messages'] if m['message_id'] == 'fourth@mail.test']
            assert [m['why'] for m in came] == ['in-reply-to'], came
            assert desk.run('undo', here['number']) == [{'undone': 'merge'}]
            assert texts(other) == ['Can I have a receipt?'] and texts(here['number'])[-1] == 'It came!'
            assert desk.run('show', here['number'])[0]['status'] == 'open'

        @t.case('a sync says what it sent, and what it could not')
        def _():
            def come(subject, sender, *headers):
                text = letter(subject, 'Please answer.', subject.lower() + '@mail.test', *headers).replace(b'Clara Customer <%s>' % CUSTOMER.encode(), sender.encode())
                servers.fill(SHOP, 'INBOX', [(text, time.time())])
                return str(desk.sync_until(lambda: [r for r in desk.run('list') if r['subject'] == subject])[0]['number'])

            numbers = come('Whole', CUSTOMER), come('Nobody', 'nobody@shop.test'), come('Some', CUSTOMER, 'Cc: nobody@shop.test')
            counts = desk.run('sync')[0]
            assert list(counts) == ['account', 'fetched', 'new', 'updated', 'quarantined', 'seconds', 'sent', 'failed', 'waiting'], counts
            assert (counts['sent'], counts['failed'], counts['waiting']) == (0, 0, 0), counts
            for number in numbers[:2]:
                assert desk.run('reply', number, text='Here it is.\n')[0]['state'] == 'queued'
            counts = desk.run('sync')[0]
            assert (counts['sent'], counts['failed'], counts['waiting']) == (1, 1, 0), counts
            assert desk.run('reply', numbers[2], '--all', text='Here it is.\n')[0]['state'] == 'queued'
            done = subprocess.run([CTL, '--profile', desk.folder, 'sync'], capture_output=True, text=True, timeout=300, env=desk.environ)
            assert done.returncode == 0 and done.stdout.endswith(' s, 1 sent, but not to everybody (see list --view failed)\n'), done
            assert 'Some' in [r['subject'] for r in desk.run('list', '--view', 'failed')]
            assert [i['subject'] for i in desk.run('outbox')] == ['Re: Nobody']

        @t.case('nothing is damaged')
        def _():
            assert desk.run('check') == []

        t.done()
        return t.failed != 0


sys.exit(main())

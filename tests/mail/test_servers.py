#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers that the other tests stand on, seen through Python's own clients."""
import imaplib
import os
import smtplib
import socket
import ssl
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import other_servers
import tap
from servers import HOST, PASSWORD, Servers

SHOP, CUSTOMER = 'support@shop.test', 'customer@mail.test'


def message(subject, sender=SHOP, recipient=CUSTOMER):
    return ('From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%s@shop.test>\r\n\r\nHello.\r\n' % (sender, recipient, subject, subject)).encode()


def arrives(servers, user, subject, seconds=20):
    end = time.monotonic() + seconds
    with servers.imap(user) as imap:
        while True:
            imap.select('INBOX', readonly=True)
            found = imap.search(None, 'HEADER', 'SUBJECT', subject)[1][0].split()
            if found:
                return imap.fetch(found[0], '(BODY.PEEK[])')[1][0][1]
            assert time.monotonic() < end, 'the message did not arrive\n' + servers.logs()
            time.sleep(0.1)


def strict_complaint(*lines):
    """what the strict proxy says of a client that sends these lines after signing in; None when it is content"""
    with Servers(postfix=False, kind='dovecot-bare', strict=True) as servers, socket.create_connection((HOST, servers.ports['imap']), 20) as s:
        stream = s.makefile('rb')
        stream.readline()
        s.sendall(b'a LOGIN "%s" "%s"\r\n' % (SHOP.encode(), PASSWORD.encode()))
        while not stream.readline().startswith(b'a '):
            pass
        s.sendall(b''.join(line + b'\r\n' for line in lines))
        while (line := stream.readline()) and not line.startswith(b'z '):
            pass
        path = os.path.join(servers.dir, 'violations')
        end = time.monotonic() + 5
        while not line and not os.path.exists(path) and time.monotonic() < end:
            time.sleep(0.05)
        if os.path.exists(path):
            with open(path, encoding='utf-8') as f:
                return f.read()
        return None


def strict_cases(t):
    @t.case('the strict proxy is content with what is right')
    def _():
        assert strict_complaint(b'z NOOP') is None

    for lines, why in (
        ((b'b IDLE',), 'not in this state'),
        # Many, for the server may have answered one of them before the proxy comes to the next line; either kind may be the one that is in the way.
        ((*(line % i for i in range(50) for line in (b'b%d SELECT "INBOX"', b'c%d NOOP')), b'z NOOP'), 'is not answered'),
        ((b'b ENABLE QRESYNC',), 'ENABLE is not offered'),
        ((b'b CREATE "caf\xc3\xa9"',), '8 bits'),
        ((b'b CREATE {4+}', b'Shop'), 'not waited for'),
        ((b'b CREATE {4}', b'Shop'), 'did not wait'),
        ((b'b CREATE  "two spaces"',), 'not in the grammar'),
        ((b'b FROBNICATE',), 'nobody knows'),
        ((b'b CREATE "' + b'x' * 9000 + b'"',), 'more than'),
        ((b'b NOOP\rc',), 'CRLF'),
        ((b'b NAMESPACE',), 'NAMESPACE is not offered'),
        ((b'b COMPRESS DEFLATE',), 'COMPRESS=DEFLATE is not offered'),
    ):
        @t.case('the strict proxy complains: ' + why)
        def _(lines=lines, why=why):
            complaint = strict_complaint(*lines)
            assert complaint and why in complaint, complaint


def other_servers_cases(t):
    for kind in other_servers.KINDS:
        @t.case('%s takes the right password only, and keeps mail' % kind)
        def _(kind=kind):
            with Servers(kind=kind) as servers:
                with servers.imap(SHOP) as imap:
                    assert imap.append('INBOX', None, None, message('kept'))[0] == 'OK'
                    assert imap.select('INBOX')[1] == [b'1']
                try:
                    imaplib.IMAP4(HOST, servers.ports['imap']).login(SHOP, 'wrong')
                except imaplib.IMAP4.error:
                    pass
                else:
                    raise AssertionError('the wrong password was taken')


def main():
    with Servers() as servers:
        ports, t = servers.ports, tap.Tap()

        @t.case('submission with STARTTLS and AUTH reaches the other IMAP mailbox')
        def _():
            servers.send(SHOP, [CUSTOMER], message('one'))
            assert b'Hello.' in arrives(servers, CUSTOMER, 'one')

        @t.case('submission with TLS from the start')
        def _():
            with smtplib.SMTP_SSL(HOST, ports['submissions'], context=servers.tls(), timeout=30) as smtp:
                smtp.login(CUSTOMER, PASSWORD)
                assert int(smtp.esmtp_features['size']) > 1000000 and 'smtputf8' in smtp.esmtp_features
                smtp.sendmail(CUSTOMER, [SHOP], message('two', CUSTOMER, SHOP))
            arrives(servers, SHOP, 'two')

        @t.case("Dovecot's own submission service relays too")
        def _():
            with smtplib.SMTP(HOST, ports['dovecot_submission'], timeout=30) as smtp:
                smtp.starttls(context=servers.tls())
                smtp.login(SHOP, PASSWORD)
                smtp.sendmail(SHOP, [CUSTOMER], message('three'))
            arrives(servers, CUSTOMER, 'three')

        @t.case('no mail without a log-in, none to strangers')
        def _():
            with smtplib.SMTP(HOST, ports['submission'], timeout=30) as smtp:
                smtp.starttls(context=servers.tls())
                try:
                    smtp.sendmail(SHOP, [CUSTOMER], message('no'))
                    raise AssertionError('taken without AUTH')
                except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused):
                    pass
            try:
                servers.send(SHOP, ['nobody@mail.test'], message('no'))
                raise AssertionError('an unknown mailbox was accepted')
            except smtplib.SMTPRecipientsRefused as refused:
                assert refused.recipients['nobody@mail.test'][0] == 550

        @t.case('a wrong password and an unknown authority are refused')
        def _():
            with imaplib.IMAP4(HOST, ports['imap'], timeout=30) as imap:
                imap.starttls(servers.tls())
                try:
                    imap.login(SHOP, 'wrong')
                    raise AssertionError('a wrong password was accepted')
                except imaplib.IMAP4.error:
                    pass
            try:
                imaplib.IMAP4_SSL(HOST, ports['imaps'], ssl_context=ssl.create_default_context(), timeout=30)
                raise AssertionError('the test authority is trusted by the system')
            except ssl.SSLCertVerificationError:
                pass

        @t.case('SCRAM, IDLE and the extensions that the sync uses are offered')
        def _():
            with servers.imap(SHOP) as imap:
                offered = imap.capability()[1][0].decode().split()
            for name in ('IDLE', 'UIDPLUS', 'CONDSTORE', 'QRESYNC', 'SPECIAL-USE', 'ESEARCH'):
                assert name in offered, name
            plain = imaplib.IMAP4(HOST, ports['imap'], timeout=30)
            assert {'AUTH=SCRAM-SHA-256', 'AUTH=SCRAM-SHA-1', 'AUTH=PLAIN', 'STARTTLS'} <= set(plain.capabilities), plain.capabilities
            plain.logout()

        @t.case('filling keeps the receive time')
        def _():
            servers.fill(SHOP, 'Sent', [(message('old'), 1700000000)])
            with servers.imap(SHOP) as imap:
                imap.select('Sent', readonly=True)
                answer = imap.fetch('1', '(INTERNALDATE)')[1][0]
            assert b'14-Nov-2023 22:13:20 +0000' in answer, answer

        strict_cases(t)
        other_servers_cases(t)
        return t.done()


if __name__ == '__main__':
    sys.exit(main())

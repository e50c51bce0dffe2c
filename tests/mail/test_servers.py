#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers that the other tests stand on, seen through Python's own clients."""
import imaplib
import os
import smtplib
import ssl
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
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

        return t.done()


if __name__ == '__main__':
    sys.exit(main())

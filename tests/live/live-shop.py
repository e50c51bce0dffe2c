#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""live-shop.py [ARGS…]: Mostrador on the sample shop with real mail servers behind it, for `./dev run`.

A private Dovecot holds the sample shop's mail, so syncing, replying and getting an answer are real: what is sent to a customer comes
back after a few seconds with an answer.  Everything lies in a temporary folder, which goes away with the window; ARGS go to mostrador.

The mail is data/sample/mail/ADDRESS/FOLDER/*.eml, one ADDRESS for each of the shop's accounts, with names in data/sample/accounts.json
({"ADDRESS": "name"}).  All dates are shifted alike, so that the newest message is a few minutes old.
"""
import email
import email.policy
import email.utils
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from servers import PASSWORD, ServerError, Servers

SAMPLE = os.path.realpath(os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'sample'))
NEWEST_IS_OLD = 12 * 60
ANSWER_AFTER = 8
DATE = re.compile(rb'^Date:[^\n]*(?:\n[ \t][^\n]*)*', re.MULTILINE | re.IGNORECASE)


def say(text):
    print('==> ' + text, file=sys.stderr, flush=True)


def load():
    """{address: {folder: [(bytes, unix time)]}}, dates shifted"""
    mail, newest = {}, 0
    for path in sorted(glob.glob(os.path.join(SAMPLE, 'mail', '*', '*', '*.eml'))):
        address, folder = path.split(os.sep)[-3:-1]
        with open(path, 'rb') as f:
            data = f.read()
        when = email.utils.parsedate_to_datetime(email.message_from_bytes(data)['Date']).timestamp()
        newest = max(newest, when)
        mail.setdefault(address, {}).setdefault(folder, []).append((data, when))
    shift = time.time() - NEWEST_IS_OLD - newest
    for folders in mail.values():
        for folder, messages in folders.items():
            moved = []
            for data, when in sorted(messages, key=lambda m: m[1]):
                date = email.utils.formatdate(when + shift).encode()
                data = DATE.sub(lambda _, d=date: b'Date: ' + d, data, count=1)
                moved.append((re.sub(rb'\r?\n', b'\r\n', data), when + shift))
            folders[folder] = moved
    return mail


class Customers:
    """Everyone the shop writes to: they answer once, a little later."""

    def __init__(self, accounts):
        self.accounts = accounts
        self.servers = None
        self.timers = []

    def on_mail(self, sender, recipients, data):
        strangers = [r for r in recipients if r not in self.accounts]
        if strangers:
            timer = threading.Timer(ANSWER_AFTER, self.answer, (sender, strangers[0], data))
            timer.daemon = True
            timer.start()
            self.timers.append(timer)

    def answer(self, shop, customer, data):
        got = email.message_from_bytes(data, policy=email.policy.default)
        body = got.get_body(('plain',))
        quoted = ''.join('> ' + line + '\n' for line in (body.get_content() if body else '').splitlines())
        reply = email.message.EmailMessage(policy=email.policy.SMTP)
        reply['From'] = got['To'] or customer
        reply['To'] = shop
        subject = str(got['Subject'] or '')
        reply['Subject'] = subject if subject.lower().startswith('re:') else 'Re: ' + subject
        reply['Date'] = email.utils.localtime()
        reply['Message-ID'] = email.utils.make_msgid(domain=customer.split('@')[-1])
        if got['Message-ID']:
            reply['In-Reply-To'] = got['Message-ID']
            reply['References'] = ' '.join(filter(None, (got['References'], got['Message-ID'])))
        reply.set_content('Thank you for the quick answer, that helps!\n\n(This customer of the sample shop answers by itself.)\n\n%s wrote:\n%s' % (shop, quoted))
        self.servers.deliver(shop, bytes(reply), customer)

    def stop(self):
        for timer in self.timers:
            timer.cancel()


def add_account(servers, profile, address, name):
    def url(scheme, port):
        return '%s://%s@localhost:%d' % (scheme, quote(address, safe=''), servers.ports[port])

    command = ['mostradorctl', '--profile', profile, 'account', 'add', 'email', '--name', name, '--address', address]
    command += ['--imap', url('imaps', 'imaps'), '--smtp', url('smtps', 'dovecot_submissions'), '--ca', servers.describe()['ca'], '--password-stdin']
    done = subprocess.run(command, input=PASSWORD + '\n', text=True, check=False, timeout=120)
    if done.returncode:
        raise ServerError('the account %s could not be added' % address)


def main(arguments):
    mail = load()
    if not mail:
        sys.exit('live-shop.py: there is no mail in ' + SAMPLE)
    try:
        with open(os.path.join(SAMPLE, 'accounts.json'), encoding='utf-8') as f:
            names = json.load(f)
    except FileNotFoundError:
        names = {}
    customers = Customers(mail)
    profile = tempfile.mkdtemp(prefix='mostrador-profile-')
    # The sample's passwords stay out of the person's own keyring.
    os.environ.update(
        MOSTRADOR_PROFILE=profile, SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=os.path.join(profile, 'secrets.keyring'), SECRET_FILE_TEST_PASSWORD='sample'
    )
    window = None

    def end(*_):
        if window and window.poll() is None:
            window.terminate()
        else:
            sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        with Servers(list(mail), postfix=False, on_mail=customers.on_mail) as servers:
            customers.servers = servers
            count = 0
            for address, folders in mail.items():
                for folder, messages in folders.items():
                    # The newest are unread, as they would be.
                    servers.fill(address, folder, messages[:-12], '\\Seen')
                    servers.fill(address, folder, messages[-12:], '' if folder == 'INBOX' else '\\Seen')
                    count += len(messages)
            say('The sample shop has %d messages in %d accounts on this computer; whoever you write to answers after %d seconds' % (count, len(mail), ANSWER_AFTER))
            for address in mail:
                add_account(servers, profile, address, names.get(address, address))
            window = subprocess.Popen(['mostrador', *arguments])
            status = window.wait()
            customers.stop()
            return 0 if status == -signal.SIGTERM else status
    except ServerError as problem:
        sys.exit('live-shop.py: %s' % problem)
    finally:
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""live-shop.py [ARG…]: opens Mostrador on the sample shop with real servers behind it, as ./dev run does.

A private Dovecot on loopback holds the shop's mail, its submission service takes the answers, and the customers are played: who is
written to answers a little later, in her language and in the same thread.  All of it lives in a temporary folder and ends with the window.
"""
import email.message
import email.policy
import email.utils
import json
import os
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)

from servers import HOST, PASSWORD, ServerError, Servers

SHOP = os.path.join(HERE, '..', '..', 'data', 'sample', 'shop.json')
ANSWERS_AFTER = (8, 20)  # seconds: the first and the second answer of a customer in one thread
ANSWERS = {
    'en': ('Thank you, that was quick! That helps a lot.', 'Perfect, nothing else for now. Have a lovely day!'),
    'es': ('¡Gracias por contestar tan rápido! Eso me ayuda mucho.', 'Perfecto, por ahora nada más. ¡Que tengáis buen día!'),
    'de': ('Vielen Dank für die schnelle Antwort! Das hilft mir sehr.', 'Wunderbar, das war schon alles. Einen schönen Tag noch!'),
    'fr': ('Merci pour votre réponse si rapide ! Cela m’aide beaucoup.', 'Parfait, rien d’autre pour le moment. Bonne journée !'),
    'ar': ('شكرًا على الرد السريع! هذا يساعدني كثيرًا.', 'ممتاز، لا شيء آخر حاليًا. يومًا سعيدًا!'),
}


class Customers:
    """Plays everybody the shop writes to."""

    def __init__(self, servers):
        self.servers = servers
        with open(SHOP, encoding='utf-8') as f:
            shop = json.load(f)
        self.people = {c['address'].lower(): c for c in shop['customers'].values()}
        self.rounds = {}
        self.timers = []

    def on_mail(self, sender, recipients, data):
        message = email.message_from_bytes(data, policy=email.policy.default)
        if message.get('Auto-Submitted', 'no') != 'no':
            return
        thread = (message.get('References', '').split() or [message.get('Message-ID', '')])[0]
        for address in recipients:
            person = self.people.get(address)
            done = self.rounds.get((thread, address), 0)
            if address in self.servers.users or person is None or done >= len(ANSWERS_AFTER):
                continue
            self.rounds[(thread, address)] = done + 1
            timer = threading.Timer(ANSWERS_AFTER[done], self._answer, (sender, person, message, done))
            timer.daemon = True
            timer.start()
            self.timers.append(timer)

    def _answer(self, shop, person, message, number):
        answer = email.message.EmailMessage(policy=email.policy.SMTP)
        subject = str(message.get('Subject', ''))
        answer['From'] = email.utils.formataddr((person['name'], person['address']))
        answer['To'] = shop
        answer['Subject'] = subject if subject.lower().startswith('re:') else 'Re: ' + subject
        answer['Date'] = email.utils.localtime()
        answer['Message-ID'] = email.utils.make_msgid(domain=person['address'].split('@')[1])
        answer['In-Reply-To'] = message.get('Message-ID', '')
        answer['References'] = (message.get('References', '') + ' ' + message.get('Message-ID', '')).strip()
        body = message.get_body(('plain',))
        quoted = ''.join('> %s\n' % line for line in (body.get_content() if body else '').splitlines())
        texts = ANSWERS.get(person['language'], ANSWERS['en'])
        answer.set_content('%s\n\n%s\n\n%s wrote:\n%s' % (texts[number], person['name'].split()[0], shop, quoted))
        try:
            self.servers.deliver(shop, answer.as_bytes(), person['address'])
        except (OSError, smtplib.SMTPException) as problem:
            print('live-shop: %s' % problem, file=sys.stderr)

    def stop(self):
        for timer in self.timers:
            timer.cancel()


def put_mail(servers, folder):
    """what `mostradorctl sample` exported goes onto the server, with its times and marks"""
    for address in sorted(os.listdir(folder)):
        for box in sorted(os.listdir(os.path.join(folder, address))):
            for mark, flags in (('S', '\\Seen'), ('-', '')):
                names = [n for n in os.listdir(os.path.join(folder, address, box)) if n.split('.')[2] == mark]
                mail = []
                for name in sorted(names, key=lambda n: int(n.split('.')[1])):
                    with open(os.path.join(folder, address, box, name), 'rb') as f:
                        mail.append((f.read(), int(name.split('.')[0])))
                servers.fill(address, box, mail, flags)


def main(arguments):
    with open(SHOP, encoding='utf-8') as f:
        users = [account['address'] for account in json.load(f)['accounts'].values()]
    work = tempfile.mkdtemp(prefix='mostrador-shop-')
    profile, export = os.path.join(work, 'profile'), os.path.join(work, 'export')
    # The shop's made-up passwords do not belong into the owner's keyring.
    environment = dict(os.environ, SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=os.path.join(work, 'secrets'), SECRET_FILE_TEST_PASSWORD='sample')
    try:
        with Servers(users, postfix=False) as servers:
            customers = Customers(servers)
            servers.relay.on_mail = customers.on_mail
            at = servers.describe()
            subprocess.run(
                ['mostradorctl', '--profile', profile, 'sample', '--imap', 'imaps://%s:%d' % (HOST, at['imaps']),
                 '--smtp', 'smtps://%s:%d' % (HOST, at['dovecot_submissions']), '--ca', at['ca'], '--export', export, '--password-stdin'],
                input=PASSWORD, text=True, check=True, env=environment)
            put_mail(servers, export)
            window = subprocess.Popen(['mostrador', '--profile', profile] + arguments, env=environment)
            signal.signal(signal.SIGTERM, lambda *_: window.terminate())
            try:
                return window.wait()
            except KeyboardInterrupt:
                window.terminate()
                return window.wait()
            finally:
                customers.stop()
    except (ServerError, subprocess.CalledProcessError) as problem:
        sys.exit('live-shop: %s' % problem)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

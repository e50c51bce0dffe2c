#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translation: a service is set up, a message is read in one's own language, and a draft goes into the customer's; nothing leaves before somebody says so."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose, composer, find_row, mostrador, open_any, open_view, press, tab_to, write
from translator import Translator
from uidrive import check_accessible, keys, record_failures, shot, until

MAIL = """From: Ana <ana@mail.example>
To: support@shop.example
Subject: Vase
Message-ID: <1@mail.example>
Date: Mon, 02 Mar 2026 08:00:00 +0000
Content-Type: text/plain; charset=utf-8

Guten Tag,

die Vase der Bestellung #1042 ist leider kaputt angekommen. Sie stand in der Küche und ist
einfach umgefallen. Was kann ich tun? Alles steht auch auf https://shop.example/hilfe und
ich habe es mehrmals gelesen.

Viele Grüße
Ana

> Ihre Vase ist unterwegs.
"""
ORIGINAL = 'We send **a new one** today.'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()
service = Translator()


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'translate-%s.png' % name))


@t.case('off: nothing is offered, and nothing leaves')
def _():
    global app
    profile = os.path.join(folder.name, 'profile')
    mail = os.path.join(folder.name, 'one.eml')
    with open(mail, 'w') as file:
        file.write(MAIL)

    def ctl(*words):
        subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, *words], check=True, stdout=subprocess.DEVNULL)

    server = 'support%40shop.example@127.0.0.1:9'
    ctl('account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
    ctl('import', '--account', 'support@shop.example', mail)
    app = mostrador('--profile', profile)
    open_view(app, 'Closed')
    find_row(app, 'Vase', timeout=30)
    open_any(app, 'Vase')
    keys('F7')
    assert not app.find_all('alert') and service.texts == []


@t.case('a service is tried before it is kept')
def _():
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Translation'), timeout=10))
    dialog = app.find('dialog', 'Preferences')
    kind = tab_to(dialog.find('combo box', lambda name: name.startswith('Service'), showing=False))
    choose(kind, 'LibreTranslate')
    dialog.find('text', lambda name: name.startswith('Address')).fill('http://shop.example')
    keys('Return')
    dialog.says('must begin with https://')
    dialog.find('text', lambda name: name.startswith('Address')).fill(service.url)
    keys('Return')
    dialog.says('LibreTranslate works', timeout=20)
    dialog.says('Nothing is sent by itself')
    check_accessible(app, 'translation')
    picture('page')
    assert service.texts == []
    keys('Escape')
    # While one page gives way to the other, both have a button to close, and neither stands still.
    dialog.gone('text', lambda name: name.startswith('Address'))
    dialog.find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')


@t.case('a message: it is said what leaves, and the translation stands beside the original')
def _():
    keys('F7')
    alert = app.find('alert', lambda name: name.startswith('Translate Messages of'), timeout=10)
    alert.says('stay here')
    check_accessible(app, 'what leaves')
    picture('ask')
    assert service.texts == []
    press(alert.find('button', 'Translate'))
    app.says('GUTEN TAG', timeout=20)
    app.says('Guten Tag')
    app.says('Translated from Deutsch by LibreTranslate')
    app.says('BESTELLUNG #1042')
    # Quotation, number and link stayed here.
    assert 'unterwegs' not in str(service.texts) and '1042' not in str(service.texts) and 'hilfe' not in str(service.texts), service.texts
    check_accessible(app, 'a translation')
    picture('message')


@t.case('a draft: side by side, used, and taken back')
def _():
    keys('ctrl+r')
    until(lambda: composer(app).has('focused'), 10, 'the composer has the keyboard')
    write(app, ORIGINAL)
    keys('ctrl+colon')
    dialog = app.find('dialog', 'Translate the Draft', timeout=10)
    until(lambda: 'WE SEND' in dialog.find('text', 'What Would Be Sent').text(), 20, 'the translation is there')
    assert 'WE SEND **A NEW ONE** TODAY.' in dialog.find('text', 'What Would Be Sent').text()
    assert ORIGINAL in dialog.find('text', 'What You Wrote').text()
    check_accessible(app, 'a draft and its translation')
    picture('draft')
    press(dialog.find('button', 'Use Translation'))
    app.gone('dialog', 'Translate the Draft')
    until(lambda: 'WE SEND' in composer(app).text(), 5, 'it is in the draft')
    keys('ctrl+z')
    until(lambda: ORIGINAL in composer(app).text(), 5, 'and it is taken back')


@t.case('a service that has no time is told where it was asked, with what to do')
def _():
    service.is_slow_down = True
    keys('ctrl+End')
    write(app, ' More.')
    keys('ctrl+colon')
    dialog = app.find('dialog', 'Translate the Draft', timeout=10)
    dialog.says('has no time now', timeout=20)
    assert not dialog.find('button', 'Use Translation').has('sensitive')
    picture('busy')
    keys('Escape')
    app.gone('dialog', 'Translate the Draft')


@t.case('the program quits, and nothing leaked')
def _():
    app.quit()


service.stop()
folder.cleanup()
t.done()
sys.exit(t.failed != 0)

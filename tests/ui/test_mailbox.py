#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is lost, and one can see it: the figures of an account, its folders, the quarantine and what is deleted for good."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from servers import Servers
from story import add_account, find_row, mail, mostrador, no_row, open_row, open_view, press, row_says
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, until

SHOP = 'support@shop.test'
ANA = 'Ana García <ana@mail.test>'
PICTURES = os.environ.get('MOS_UI_EVERY_PAGE')

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
servers = Servers().start()


def look(page):
    check_accessible(app, page)
    if PICTURES:
        time.sleep(0.5)
        shot('%s/mailbox-%s.png' % (PICTURES, page.replace(' ', '-')))


def settings():
    app.find('button', 'Account Settings').mouse()
    return app.find('dialog', 'Account Settings')


def says(dialog, text, timeout=20):
    until(lambda: any(text in node.name for node in dialog.find_all('label', showing=False)), timeout, 'the dialog says %r: %r' % (text, [n.name for n in dialog.find_all('label', showing=False)]))


def tab_to_one(dialog, name, limit=60):
    """Tab until something of that name has the focus: a row and what lies in it may share theirs"""
    for _ in range(limit):
        if [node for node in dialog.find_all(None, name, showing=False) if node.has('focused')]:
            return
        keys('Tab')
        time.sleep(3 * PAUSE)
    raise AssertionError('Tab does not reach it; there is: %r' % dialog.find_all('list item', showing=False))


@t.case('the account says what is on the server and what of it is here, and that it was compared')
def _():
    global app
    away = mail(ANA, 'Out of the office', 'I am away until Monday.\n').replace(b'Subject:', b'Auto-Submitted: auto-replied\r\nSubject:', 1)
    servers.deliver(SHOP, mail(ANA, 'A blue blanket', 'Is it still to be had?\n'), 'ana@mail.test')
    servers.deliver(SHOP, away, 'ana@mail.test')
    with servers.imap(SHOP) as imap:
        imap.create('Orders')
    servers.fill(SHOP, 'Orders', [(mail('Shop <robot@shop-system.test>', 'Order 1234', 'One blanket, blue.\n'), time.time())], flags='')
    app = mostrador()
    add_account(app, servers)
    find_row(app, 'A blue blanket', timeout=30)
    dialog = settings()
    says(dialog, 'On the server 2 = 1 here + 1 in quarantine')
    says(dialog, 'nothing is missing')
    look('account')


@t.case('a folder is chosen, and its mail comes')
def _():
    dialog = app.find('dialog', 'Account Settings')
    tab_to_one(dialog, lambda name: name.startswith('Folders'))
    keys('Return')
    tab_to_one(dialog, lambda name: name == 'Orders')
    look('folders')
    keys('Return')
    says(dialog, 'On the server 3 = 2 here + 1 in quarantine', timeout=30)
    dialog.find('button', 'Check Now', showing=False)
    keys('Escape')
    app.gone('dialog', 'Account Settings')
    find_row(app, 'Order 1234', timeout=20)


@t.case('the quarantine says why, and one key lets a mail out of it')
def _():
    keys('ctrl+9')
    open_row(app, 'Out of the office')
    app.find('label', lambda name: 'automatic reply' in name)
    app.find('button', 'Treat as Normal Mail')
    look('quarantine')
    keys('ctrl+g', 'ctrl+shift+l')
    # It stays in sight as long as it is open, and is normal mail.
    app.find('label', lambda name: 'let this out of the quarantine' in name, timeout=10)
    app.gone('button', 'Treat as Normal Mail')
    keys('ctrl+4')
    find_row(app, 'Out of the office', timeout=10)
    keys('ctrl+9')
    no_row(app, 'Out of the office', timeout=10)
    keys('ctrl+4')


@t.case('causes that mean the same to a reader stand together, and a mail server says its address')
def _():
    servers.deliver(SHOP, mail('robot@relay.test', 'Undelivered mail', 'It came back.\n'), '')
    servers.deliver(SHOP, mail('MAILER-DAEMON@relay.test', 'Mail delivery failed', 'Nobody of that name here.\n'), 'robot@relay.test')
    away = mail(ANA, 'Gone fishing', 'I am away.\n').replace(b'Subject:', b'Auto-Submitted: auto-replied\r\nSubject:', 1)
    servers.deliver(SHOP, away, 'ana@mail.test')
    keys('ctrl+9')
    for subject in ('Undelivered mail', 'Mail delivery failed', 'Gone fishing'):
        find_row(app, subject, timeout=30)
    app.find('toggle button', 'From mail servers (2)', timeout=10).mouse()
    no_row(app, 'Gone fishing', timeout=10)
    find_row(app, 'Undelivered mail')
    row_says(app, 'Mail delivery failed', 'MAILER-DAEMON@relay.test')
    open_row(app, 'Mail delivery failed')
    app.find('label', 'No customer')
    app.find('toggle button', 'All (3)').mouse()
    find_row(app, 'Gone fishing', timeout=10)
    keys('ctrl+4')


@t.case('a sender is blocked, and that is taken back')
def _():
    open_row(app, 'Order 1234')
    keys('ctrl+g', 'ctrl+d')
    no_row(app, 'Order 1234', timeout=10)
    keys('ctrl+9')
    find_row(app, 'Order 1234', timeout=10)
    keys('ctrl+g', 'ctrl+z')
    app.find('label', lambda name: 'took back: sender blocked' in name, timeout=10)
    keys('ctrl+4')
    find_row(app, 'Order 1234', timeout=10)
    keys('ctrl+9')
    no_row(app, 'Order 1234', timeout=10)
    keys('ctrl+4')


@t.case('what is deleted can be deleted for good, after a question')
def _():
    open_row(app, 'A blue blanket')
    keys('ctrl+g', 'Delete')
    no_row(app, 'A blue blanket', timeout=10)
    open_view(app, 'Deleted')
    open_row(app, 'A blue blanket')
    keys('ctrl+g', 'shift+Delete')
    app.find('button', 'Delete for Good', timeout=10)
    look('erase')
    keys('Escape')
    app.gone('button', 'Delete for Good')
    find_row(app, 'A blue blanket')
    keys('ctrl+g', 'shift+Delete')
    app.find('button', 'Delete for Good', timeout=10).mouse()
    no_row(app, 'A blue blanket', timeout=10)
    dialog = settings()
    says(dialog, '1 deleted here for good')
    keys('Escape')
    app.gone('dialog', 'Account Settings')


@t.case('a message to oneself goes and comes, the domain is looked up, and what happened lately is told')
def _():
    dialog = settings()
    tab_to_one(dialog, lambda name: name.startswith('What Happened Lately'))
    keys('Return')
    says(dialog, 'Nothing new')
    look('lately')
    press(dialog.find('button', 'Delivery and Test Message', showing=False))
    # There is no name server here: that says nothing of the domain.
    says(dialog, 'That says nothing about the domain')
    press(dialog.find('button', 'Send a Test Message to Myself', showing=False))
    says(dialog, 'The test message arrived', timeout=60)
    look('delivery')
    keys('Escape', 'Escape')
    app.gone('dialog', 'Account Settings')
    no_row(app, 'Test message of Mostrador', timeout=5)


@t.case('it ends in good order')
def _():
    app.quit()


servers.stop()
t.done()
sys.exit(t.failed != 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is lost, and one can see it: the figures of an account."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from servers import Servers
from story import add_account, find_row, mail, mostrador
from uidrive import check_accessible, keys, record_failures, shot, until

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


@t.case('it ends in good order')
def _():
    keys('Escape')
    app.gone('dialog', 'Account Settings')
    app.quit()


servers.stop()
t.done()
sys.exit(t.failed != 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A suspicious mail says why and goes to the spam, images of a sender are remembered and forgotten, all headers are shown."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import find_row, mostrador, open_row, open_view
from uidrive import check_accessible, keys, record_failures, until

FORGED = b"""From: PayPal <service@paypa1.com>\r
To: support@shop.test\r
Subject: Your account is limited\r
Date: Mon, 02 Mar 2026 09:00:00 +0000\r
Message-ID: <forged@paypa1.com>\r
X-Odd: =?utf-8?q?caf=C3=A9?=\r
Content-Type: text/html; charset=utf-8\r
\r
<p>Please <a href="http://login.example/">www.paypal.com</a></p>\r
"""
NEWS = b"""From: Weavers <news@weavers.example>\r
To: support@shop.test\r
Subject: New wool\r
Date: Mon, 02 Mar 2026 10:00:00 +0000\r
Message-ID: <news@weavers.example>\r
Content-Type: text/html; charset=utf-8\r
\r
<p>Look: <img src="http://pictures.weavers.example/wool.png" width="200" height="100" alt="Wool"></p>\r
"""

t = tap.Tap()
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')


@t.case('a profile with two mails')
def _():
    global app
    for name, data in (('forged.eml', FORGED), ('news.eml', NEWS)):
        with open(os.path.join(folder.name, name), 'wb') as file:
            file.write(data)
    subprocess.run(
        [os.environ['MOSTRADORCTL'], '--profile', profile, 'import', os.path.join(folder.name, 'forged.eml'), os.path.join(folder.name, 'news.eml')],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    app = mostrador('--profile', profile)
    open_view(app, 'Closed')
    find_row(app, 'Your account is limited', timeout=30)


@t.case('the bar says what is unusual, and why')
def _():
    open_row(app, 'Your account is limited')
    app.find('button', 'Why?', timeout=10).mouse()
    alert = app.find('alert', 'Why Is This Unusual?', timeout=10)
    check_accessible(alert, 'why')
    app.says('paypa1.com')
    keys('Escape')
    app.gone('alert', 'Why Is This Unusual?')


@t.case('all headers, decoded, and the source')
def _():
    app.find('toggle button', 'Message menu').mouse()
    app.find('menu item', 'Show Headers and Source').mouse()
    dialog = app.find('dialog', 'Headers and Source', timeout=10)
    check_accessible(dialog, 'headers')
    until(lambda: 'café' in (dialog.find('text', 'All headers').text() or ''), 10, 'the headers are decoded')
    keys('Escape')
    app.gone('dialog', 'Headers and Source')


@t.case('marked as spam from the bar, and taken back')
def _():
    app.find('button', 'Mark as Spam').mouse()
    app.says('Marked as spam', timeout=10)
    open_view(app, 'Spam')
    open_row(app, 'Your account is limited', timeout=10)
    keys('ctrl+shift+j')
    open_view(app, 'All open')
    find_row(app, 'Your account is limited', timeout=10)


@t.case('images of a sender are remembered, and forgotten in the preferences')
def _():
    open_view(app, 'Closed')
    open_row(app, 'New wool', timeout=10)
    app.find('button', 'Always for This Sender', timeout=10).mouse()
    app.gone('button', 'Always for This Sender')
    keys('ctrl+comma')
    forget = app.find('button', 'Ask again for images of news@weavers.example', timeout=10)
    check_accessible(app.find('dialog', 'Preferences'), 'preferences')
    forget.click()
    app.gone('button', 'Ask again for images of news@weavers.example')
    keys('Escape')


@t.case('it ends cleanly')
def _():
    app.quit()


t.done()
sys.exit(t.failed != 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A conversation is read: where a link leads, the mail as its sender made it, its pictures, and a copy of it as a file."""
import base64
import os
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, find_row, mostrador, open_row, open_view, print_out, tab_to
from uidrive import check_accessible, keys, record_failures, until


def png(width, height):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    lines = b''.join(b'\0' + bytes((x * 3 & 255, y * 3 & 255, 90)[c] for x in range(width) for c in range(3)) for y in range(height))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(lines)) + chunk(b'IEND', b'')


def picture(name, width, height):
    return '--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=%s\nContent-Transfer-Encoding: base64\n\n%s\n' % (name, base64.encodebytes(png(width, height)).decode())


MAIL = '''From: Weavers <news@weavers.example>
To: support@shop.test
Subject: New wool
Date: Mon, 02 Mar 2026 10:00:00 +0000
Message-ID: <news@weavers.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<h1>New wool</h1><p>Here is <a href="https://weavers.example/wool">more about it</a>.</p>
''' + picture('loom.png', 60, 40) + picture('wool.png', 20, 50) + '--b--\n'  # fmt: skip

t = tap.Tap()
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')


@t.case('a profile with a mail')
def _():
    global app
    mail = os.path.join(folder.name, 'news.eml')
    with open(mail, 'w') as file:
        file.write(MAIL)
    subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, 'import', mail], check=True, stdout=subprocess.DEVNULL)
    # What is printed into a file lies where the program was started.
    os.chdir(folder.name)
    app = mostrador('--profile', profile)
    open_view(app, 'Closed')
    find_row(app, 'New wool', timeout=30)
    open_row(app, 'New wool')


@t.case('a link says where it leads; what opens nowhere here can be copied')
def _():
    app.find('text', 'Message text').mouse()
    keys('ctrl+Home', 'Down', 'Home', 'ctrl+Right', 'ctrl+Right', 'Right', 'Right')
    app.says('https://weavers.example/wool')
    keys('Return')
    alert = app.find('alert', 'The Link Could Not Be Opened', timeout=10)
    check_accessible(alert, 'a link that opens nowhere')
    alert.find('button', 'Copy Address')
    keys('Escape')
    app.gone('alert', 'The Link Could Not Be Opened')


@t.case('the mail as its sender made it, which a screen reader reads as well')
def _():
    if 'MOS_HAS_ORIGINAL' not in os.environ:
        return
    app.find('toggle button', 'Message menu').mouse()
    app.find('menu item', 'Show Original').mouse()
    dialog = app.find('dialog', 'Original', timeout=20)
    until(lambda: dialog.find_all('heading', 'New wool'), 30, 'the page is there')
    keys('Escape')
    app.gone('dialog', 'Original')


@t.case('its pictures, by keyboard')
def _():
    tab_to(app.find('button', lambda name: name.startswith('Open attachment loom.png')))
    keys('space')
    dialog = app.find('dialog', 'loom.png', timeout=10)
    dialog.says('60 × 40', timeout=10)
    check_accessible(dialog, 'the picture')
    keys('Right')
    app.find('dialog', 'wool.png', timeout=10).says('20 × 50', timeout=10)
    keys('Escape')
    app.gone('dialog', 'wool.png')
    until(lambda: app.find('button', lambda name: name.startswith('Open attachment loom.png')).has('focused'), 5, 'the keyboard is where it was')


@t.case('saved as a mail file, byte for byte')
def _():
    copy = os.path.join(folder.name, 'copy.eml')
    app.find('toggle button', 'Message menu').mouse()
    app.find('menu item', 'Save as Mail File…').mouse()
    choose_path(app, copy, 'Save as Mail File')
    until(lambda: os.path.exists(copy) and os.path.getsize(copy) > 0, 10, 'the file')
    with open(copy) as file:
        assert file.read() == MAIL


@t.case('printed')
def _():
    app.find('toggle button', 'Message menu').mouse()
    app.find('menu item', 'Print…').mouse()
    text = print_out(app)
    for words in ('Subject: New wool', 'Here is more about it', 'loom.png'):
        assert words in text, text


@t.case('it ends')
def _():
    # Without a look at what is left in memory: GTK's file dialog (to 4.18 at least) forgets what it was still listing when it was closed.
    app.stop(check=False)


if app and app.process.poll() is None:
    app.kill()
t.done()
sys.exit(t.failed != 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Old mail comes in from a file, with a bar that tells how far it is, and a conversation goes out again; by keys alone where people use keys."""
import mailbox
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, find_row, mostrador, open_any, open_view
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

# Many enough that it still runs when a hand reaches Pause, on the quickest machine too.
COUNT = 8000
# Set by hand, to look at every page.
PICTURES = os.environ.get('MOS_UI_EVERY_PAGE')
t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.mkdtemp()
old, out = os.path.join(folder, 'old.mbox'), os.path.join(folder, 'out.mbox')

with open(old, 'w', encoding='utf-8') as f:
    for n in range(COUNT):
        f.write('From a@b Mon Mar  2 08:00:00 2020\nFrom: Customer %d <c%d@mail.test>\nTo: support@shop.test\nSubject: Old letter %d\nMessage-ID: <old%d@mail.test>\n'
                'Date: Mon, 02 Mar 2020 08:%02d:%02d +0000\n\nHello, this is an old letter.\n\n' % (n, n, n, n, n // 60 % 60, n % 60))  # fmt: skip
    f.write('From a@b Mon Mar  2 08:00:00 2020\nFrom: gone@mail.test\nSubject: Thrown away\nX-Mozilla-Status: 0009\nMessage-ID: <gone@mail.test>\n\nGone.\n')


def check(page):
    check_accessible(app, page)
    if PICTURES:
        shot('%s/exchange-%s.png' % (PICTURES, page.replace(' ', '-')))


@t.case('Import Mail… asks what and whose')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    keys('ctrl+o')
    dialog = app.find('dialog', 'Import Mail')
    check('import')
    assert not dialog.find('button', 'Import').has('sensitive')
    dialog.find('button', 'Files').mouse()
    choose_path(app, old, 'Choose Mail to Import')
    until(lambda: dialog.find('button', 'Import').has('sensitive'), 10, 'a file was chosen')


@t.case('it runs, pauses and goes on; its dialog may be closed meanwhile')
def _():
    app.find('dialog', 'Import Mail').find('button', 'Import').mouse()
    dialog = app.find('dialog', 'Import')
    dialog.find('button', 'Pause').mouse()
    dialog.find('button', 'Resume', timeout=20)
    check('import paused')
    keys('Escape')
    app.gone('dialog', 'Import')
    # The bar below the window still tells of it.
    app.find('label', lambda name: 'old.mbox' in name and 'paused' in name)
    app.find('button', 'Resume').mouse()
    app.find('label', lambda name: 'old.mbox' in name and 'complete' in name, timeout=300)
    check('import complete')


@t.case('the result says what came and what was passed over, and why')
def _():
    app.find('button', 'Details').mouse()
    dialog = app.find('dialog', 'Import')
    result = dialog.find('label', lambda name: ("%d messages are new here." % COUNT) in name.replace(',', ''))
    assert '1 file or message was passed over.' in result.name, result.name
    dialog.find('label', lambda name: name == 'It is marked as deleted.')
    check('import result')
    keys('Escape')
    app.gone('dialog', 'Import')
    app.find('button', 'Dismiss').rest().mouse()
    app.gone('label', lambda name: 'old.mbox' in name and 'complete' in name)


@t.case('the mail is closed, and nobody was told')
def _():
    open_view(app, 'Closed')
    keys('ctrl+f')
    type_text('"Old letter 77"')
    find_row(app, 'Old letter 77', timeout=10)
    open_any(app, 'Old letter 77')


@t.case('the conversation goes out into a file that another program reads')
def _():
    keys('ctrl+g')
    keys('ctrl+s')
    dialog = app.find('dialog', 'Export')
    dialog.find('label', lambda name: 'Old letter 77' in name)
    check('export')
    dialog.find('button', 'Export…').mouse()
    choose_path(app, out, 'Export to a File')
    # Two dialogs of this name follow each other: the one that asked, and the one that tells.
    app.find('label', lambda name: 'out.mbox' in name and 'complete' in name, timeout=20)
    check('export result')
    until(lambda: os.path.exists(out), 10, 'the file')
    assert [m['Message-ID'] for m in mailbox.mbox(out)] == ['<old77@mail.test>']
    assert [name for name in os.listdir(folder) if name.endswith('.part')] == []
    keys('Escape')
    app.gone('dialog', 'Export')


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

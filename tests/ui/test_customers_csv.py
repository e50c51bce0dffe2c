#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers from a CSV file: the columns and what would become of each line, taken in, taken back; all of them out again; and those who are lost."""
import csv
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, find_row, mostrador, pick
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.mkdtemp()
path, out = os.path.join(folder, 'people.csv'), os.path.join(folder, 'out.csv')

with open(path, 'w', encoding='utf-8') as f:
    f.write('Full Name;E-Mail Address;Email;Phone;Shoe Size\nZoe Zebra;;zoe@zebra.test;;39\nNobody;;;;40\nBad;;not-an-address;;41\n')


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'customers-csv-%s.png' % name))


def dialog():
    return app.find('dialog', 'Customers')


def names():
    return [row.name for found in dialog().find_all('list', 'Customers') for row in found.find_all('list item')]


def menu(item):
    # The button is a toggle inside of the menu button.
    dialog().find('toggle button', 'More About All Customers').mouse()
    app.find('menu item', lambda name: name.startswith(item)).rest().mouse()


@t.case('what would become of each line is shown first')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('ctrl+F12')
    until(lambda: len(names()) > 10, 10, 'customers are listed')
    menu('Import')
    choose_path(app, path, 'Import Customers')
    dialog().find('list item', '1 new, 0 changed, 0 as they are, 2 left out', timeout=20)
    dialog().find('list item', 'Shoe Size')
    app.says('A field of your own')
    app.says('It has neither an e-mail address nor a phone number')
    until(lambda: dialog().find('button', 'Import').has('focused'), 5, 'the keyboard is on Import')
    check_accessible(dialog(), 'customers from a file')
    picture('preview')


@t.case('taken in, and taken back')
def _():
    keys('space')
    app.says('Imported: 1 new')
    keys('Tab')
    dialog().find('button', 'Undo').rest().mouse()
    app.says('The customer is as before')


@t.case('all of them go out as a file')
def _():
    menu('Export')
    choose_path(app, out, 'Export All Customers')
    app.says('All customers were exported', timeout=20)
    with open(out, encoding='utf-8') as f:
        rows = list(csv.DictReader(f))
    # Who is known by a chat alone has neither.
    reached = [row['name'] for row in rows if '@' in row['email'] or row['phone']]
    assert len(reached) > 10 and 'Claudia' in {row['name'] for row in rows} - set(reached), rows
    assert not [row for row in rows if 'zebra' in row['email']]


@t.case('who ordered and not for so long is lost')
def _():
    pick(dialog(), 'All', 'Lost')
    dialog().find('spin button', lambda name: name.startswith('Days without an order'))
    check_accessible(dialog(), 'who is lost')
    picture('lost')
    keys('Escape')


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

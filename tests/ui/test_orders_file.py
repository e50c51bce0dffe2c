#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop of files is set up, and a file of orders comes in: what its columns hold is seen and corrected, and what cannot be read is told."""
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose, choose_path, mostrador, press, tab_to
from uidrive import check_accessible, keys, record_failures, shot, until

ADD = 'Add a Shop'
IMPORT = 'Import Orders'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()
FILE = os.path.join(folder.name, 'orders.csv')
with open(FILE, 'w', encoding='cp1252') as out:
    out.write('Ref;Bestelldatum;Status;Gesamtbetrag;E-Mail;Artikel;Menge\n'
              'A-1;03.04.2026;Gepackt;1.234,50 €;ida@example.test;Sofa;1\n'
              'A-1;;;;;Größe M;3\n'
              'A-2;05.04.2026;Versendet;12,00;leo@example.test;Karte;2\n'
              'A-3;morgen;Neu;5,00;;Tasse;1\n')


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'orders-file-%s.png' % name))


def shop_row(timeout=20):
    return app.find('list item', lambda name: 'Faro' in name, timeout=timeout)


@t.case('a shop of files needs a name alone')
def _():
    global app
    app = mostrador()
    app.find('button', 'Add an Account', timeout=20)
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Shops'), timeout=10))
    press(app.find('button', 'Add a Shop…'))
    dialog = app.find('dialog', ADD)
    combo = dialog.find('combo box', lambda name: 'Platform' in name)
    tab_to(combo)
    choose(combo, 'Orders from files')
    dialog.find('text', 'Name, as it is shown here').fill('Faro')
    dialog.find('text', lambda name: name.startswith('Currency')).fill('eur')
    check_accessible(app, 'add a shop of files')
    picture('add')
    press(dialog.find('button', 'Add'))
    app.gone('dialog', ADD, timeout=20)
    shop_row()


@t.case('a file is chosen; which column holds the numbers is not known')
def _():
    press(shop_row())
    press(app.find('dialog', 'Faro').find('button', 'Import Orders from a File…'))
    choose_path(app, FILE, 'Choose a File with Orders')
    dialog = app.find('dialog', IMPORT, timeout=20)
    app.says('Say below which column holds the order numbers', timeout=20)
    app.says('WINDOWS-1252, semicolons between the values')
    assert not dialog.find('button', 'Import').has('sensitive')
    check_accessible(app, 'import orders')
    picture('unknown')


@t.case('it is said, and the orders are seen before they come')
def _():
    dialog = app.find('dialog', IMPORT)
    combo = dialog.find('combo box', lambda name: name.startswith('Ref'))
    tab_to(combo)
    choose(combo, 'Order number')
    app.says('2 new orders', timeout=20)
    app.says('1 that cannot be read')
    app.says('1 line cannot be read')
    app.says('This word is not known')
    check_accessible(app, 'orders seen')
    picture('seen')
    status = dialog.find('combo box', lambda name: name.startswith('Gepackt'))
    tab_to(status)
    choose(status, 'Paid')
    until(lambda: dialog.find('button', 'Import').has('sensitive'), 20, 'it can be imported')


@t.case('they are imported')
def _():
    press(app.find('dialog', IMPORT).find('button', 'Import'))
    app.says('The Orders Are Here', timeout=20)
    app.says('2 new orders · 1 left out')
    picture('done')
    until(lambda: app.find('dialog', IMPORT).find('button', 'Close').has('focused'), 5, 'the keyboard is on Close')
    keys('Return')
    app.gone('dialog', IMPORT)
    app.says('2 orders', timeout=20)


@t.case('the next file of the shop is known')
def _():
    press(shop_row())
    press(app.find('dialog', 'Faro').find('button', 'Import Orders from a File…'))
    choose_path(app, FILE, 'Choose a File with Orders')
    app.find('dialog', IMPORT, timeout=20)
    app.says('2 are here already', timeout=20)
    keys('Escape')
    app.gone('dialog', IMPORT)


# GTK's file chooser does not let go of what it lists: leaks at quit are looked for where there is none.
if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

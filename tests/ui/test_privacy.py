#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Privacy: a setting is found by another word; the window is locked, and nothing names a customer until it is unlocked; customers are covered while the screen is shared."""
import os
import subprocess
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from gi.repository import Gio, GLib
from story import mostrador, open_row, rows
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

NAME = 'org.mostrador.Mostrador'
PATH = '/org/mostrador/Mostrador'
WORDS = 'four words of mine'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'privacy-%s.png' % name))


def call(path, interface, method, signature, *arguments):
    return bus.call_sync(NAME, path, interface, method, GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 60000, None).unpack()


def search(*words):
    return call(PATH + '/SearchProvider', 'org.gnome.Shell.SearchProvider2', 'GetInitialResultSet', '(as)', list(words))[0]


def secret(entry, words):
    """its text cannot be read back"""
    entry.focus()
    keys('ctrl+a')
    type_text(words)


def try_passphrase(words):
    secret(app.find('text', 'Passphrase', timeout=20), words)
    keys('Return')


def says_nothing_of_customers():
    shown = [node.name or '' for node in app.walk()]
    assert not [name for name in shown if 'FL-2045' in name or '@' in name or '#' in name], shown
    assert not app.find_all('list', 'Conversations', showing=False)


@t.case('a setting is found by another word for it')
def _():
    global app
    subprocess.run([os.environ['MOSTRADORCTL'], 'sample'], check=True, timeout=120, stdout=subprocess.DEVNULL)
    app = mostrador()
    app.find('list', 'Conversations', timeout=30)
    until(lambda: rows(app), 20, 'the list')
    assert search('FL-2045'), 'the search of the desktop finds nothing'
    keys('ctrl+comma')
    app.find('dialog', 'Preferences', timeout=20)
    type_text('nothing like it')
    app.says('No Settings Found')
    check_accessible(app, 'no setting')
    keys('ctrl+a')
    type_text('PIN')
    app.find('list item', lambda name: name.startswith('Set a Passphrase'), timeout=10)
    check_accessible(app, 'settings found')
    picture('found')


@t.case('a passphrase is set')
def _():
    keys('Return')
    app.find('button', lambda name: name.startswith('Set a Passphrase'), timeout=10)
    # It has the keyboard.
    until(lambda: app.find('button', lambda name: name.startswith('Set a Passphrase')).has('focused'), 10, 'the row that was found has the keyboard')
    keys('Return')
    dialog = app.find('dialog', 'Passphrase of the Lock', timeout=10)
    check_accessible(app, 'passphrase of the lock')
    picture('set')
    secret(dialog.find('text', 'Passphrase'), WORDS)
    secret(dialog.find('text', 'Passphrase Again'), WORDS)
    until(lambda: dialog.find('button', 'Set').has('sensitive'), 10, 'it can be set')
    dialog.find('button', 'Set').mouse()
    app.gone('dialog', 'Passphrase of the Lock', timeout=30)
    app.find('button', lambda name: name.startswith('Change the Passphrase'), timeout=10)
    picture('is-set')


@t.case('locked, nothing names a customer: not the window, not the search of the desktop')
def _():
    # With a dialog open, which is there again afterwards.
    call(PATH, 'org.gtk.Actions', 'Activate', '(sava{sv})', 'lock', [], {})
    app.says('Mostrador Is Locked', timeout=20)
    app.gone('list', 'Conversations')
    says_nothing_of_customers()
    assert not search('FL-2045')
    check_accessible(app, 'locked')
    picture('locked')
    # What is asked for meanwhile waits.
    call(PATH, 'org.gtk.Actions', 'Activate', '(sava{sv})', 'show-view', [GLib.Variant('s', 'closed')], {})
    keys('ctrl+k', 'ctrl+n', 'F12')
    says_nothing_of_customers()


@t.case('another passphrase opens nothing')
def _():
    try_passphrase('four words of yours')
    app.says('That is not the passphrase', timeout=30)
    says_nothing_of_customers()
    picture('wrong')


@t.case('the right one does, and what was asked for is done')
def _():
    try_passphrase(WORDS)
    app.find('dialog', 'Preferences', timeout=30)
    keys('Escape')
    app.gone('dialog', 'Preferences')
    app.find('list', 'Conversations', timeout=20)
    until(lambda: any(node.has('selected') and node.name.startswith('Closed') for node in app.find('list', 'Views').children()), 20, 'the view that was asked for')
    assert search('FL-2045')


@t.case('covered, customers cannot be read on the screen, and a screen reader goes on reading')
def _():
    keys('ctrl+4')
    until(lambda: rows(app), 20, 'the list')
    open_row(app, 'FL-2044')
    keys('ctrl+equal')
    app.says('Customers are covered')
    assert any('Cancelar pedido FL-2044' in name for name in rows(app)), rows(app)
    assert not search('FL-2045')
    check_accessible(app, 'covered')
    picture('covered')
    # What the pointer is on can be read for a moment.
    keys('ctrl+minus')
    picture('peeked')
    keys('ctrl+k')
    app.find('dialog', timeout=10)
    type_text('FL-20')
    until(lambda: len(app.find_all('list item')) > 2, 10, 'something is found')
    picture('covered-palette')
    keys('Escape')
    app.gone('dialog')
    keys('ctrl+equal')
    app.gone('label', 'Customers are covered: the screen may be shared')
    keys('ctrl+shift+q')
    app.says('Mostrador Is Locked', timeout=20)


@t.case('the next start asks, and closing the window ends it there')
def _():
    global app
    app.quit()
    app = mostrador()
    app.says('Mostrador Is Locked', timeout=30)
    says_nothing_of_customers()
    keys('ctrl+w')
    assert app.wait() == 0


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

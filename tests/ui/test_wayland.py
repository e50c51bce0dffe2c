#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""On Wayland, without X anywhere: the window is drawn, keys arrive, dialogs and a second window open, and what is copied can be pasted. By keyboard alone."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, composer, find_row, mostrador, selected_row, shows_message, tab_to
from uidrive import keys, record_failures, shot, type_text, until

FIRST = 'Cancelar pedido FL-2044'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()


def colours():
    """how many there are in a picture of the display"""
    path = os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'wayland.png')
    shot(path)
    return int(subprocess.run(['identify', '-format', '%k', path], check=True, capture_output=True, text=True).stdout)


@t.case('the window is drawn, by a program that knows of no X')
def _():
    global app
    assert 'DISPLAY' not in os.environ and os.environ['GDK_BACKEND'] == 'wayland'
    app = mostrador('--sample')
    find_row(app, FIRST, timeout=30)
    # Text, symbols and the colours of people; an empty display has one, a window without a list some tens.
    until(lambda: colours() > 300, 10, 'a picture of it')


@t.case('a conversation is opened and answered')
def _():
    keys('ctrl+g')
    until(lambda: any(node.has('focused') for node in app.find('list', 'Conversations').walk()), 5, 'focus in the list')
    keys('ctrl+Next')
    until(lambda: FIRST in (selected_row(app) or ''), 5, 'the first one is selected')
    keys('ctrl+r')
    field = composer(app)
    until(lambda: field.has('focused'), 5, 'focus in the composer')
    type_text('Claro, ¿cuál de los dos? ')
    until(lambda: 'Claro, ¿cuál de los dos?' in field.text(), 5, 'the text')


@t.case('what is copied is pasted')
def _():
    field = composer(app)
    keys('ctrl+a', 'ctrl+c', 'ctrl+End', 'ctrl+v')
    until(lambda: field.text().count('¿cuál de los dos?') == 2, 5, 'it is there twice, not %r' % field.text())
    keys('ctrl+z')
    until(lambda: field.text().count('¿cuál de los dos?') == 1, 5, 'it is there once, not %r' % field.text())


@t.case('a file is chosen in a window of its own, and sent')
def _():
    path = os.path.join(folder.name, 'label.txt')
    with open(path, 'w') as file:
        file.write('A label')
    tab_to(app.find('button', 'Attach files'))
    keys('space')
    choose_path(app, path, 'Attach Files')
    app.find('button', lambda name: name.startswith('Open attachment label.txt'), timeout=10)
    keys('ctrl+Return')
    shows_message(app, '¿cuál de los dos?', timeout=10)


@t.case('the palette and the dashboard')
def _():
    keys('ctrl+k')
    palette = app.find('dialog', 'Find and Do Anything', timeout=10)
    until(lambda: any(node.has('focused') for node in palette.find('combo box').walk()), 5, 'the keyboard in the palette')
    type_text('dashboard')
    palette.find('list item', lambda name: 'Dashboard' in name, timeout=10)
    keys('Return')
    dialog = app.find('dialog', 'Dashboard', timeout=10)
    until(lambda: dialog.find_all('button', lambda name: name.startswith('New conversations: '), showing=False), 30, 'the figures')
    assert colours() > 300
    keys('Escape')
    app.gone('dialog', 'Dashboard')


if app and app.process.poll() is None:
    app.kill()
folder.cleanup()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Macros by keyboard alone: put into an answer in the customer's language, kept from being sent while something is missing, written, found, deleted and brought back; into a file and out of one."""
import json
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, composer, find_row, mostrador, selected_row, shows_message, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

ROW = 'Cancelar pedido FL-2044'

t = tap.Tap()
app = None
folder = tempfile.TemporaryDirectory()
record_failures(t, lambda: app)


def in_text(words):
    until(lambda: words in composer(app).text(), 10, '%r in %r' % (words, composer(app).text()))


def text_is_focused():
    until(lambda: composer(app).has('focused'), 5, 'focus in the composer')


@t.case('“/” offers macros, and Return puts one in, in the customer’s language')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, ROW, timeout=30)
    keys('ctrl+g', 'Home')
    until(lambda: ROW in (selected_row(app) or '') or (keys('ctrl+Prior'), False)[1], 10, 'the first is selected')
    keys('ctrl+r')
    text_is_focused()
    type_text('/thank')
    app.find('list', 'Macros').find('list item', lambda name: name.startswith('Thank you'))
    keys('Return')
    in_text('Si necesita cualquier otra cosa, escríbanos.')
    text_is_focused()
    app.says('Status: Closed')
    check_accessible(app.find('grouping', 'Macros in this message'), 'what a macro does')


@t.case('what is missing keeps it from being sent, and is gone to')
def _():
    keys('Return')
    type_text('/question')
    app.find('list', 'Macros').find('list item', lambda name: name.startswith('Product question'))
    keys('Return')
    app.find('button', 'Insert')
    until(lambda: app.find('text', 'Respuesta').has('focused'), 5, 'the keyboard in the question')
    check_accessible(app, 'the questions of a macro')
    keys('Return')
    app.gone('button', 'Insert')
    in_text('{{ask:"Respuesta"}}')
    app.says('1 place is not filled in yet.')
    keys('ctrl+Return')
    app.says('is not filled in. Write what belongs there, or delete it.')
    text_is_focused()
    assert composer(app).text().count('{{') >= 1
    keys('ctrl+a')
    type_text('Todo bien.')
    until(lambda: 'not filled in yet' not in ' '.join(n.name for n in app.find_all('label')), 5, 'nothing is missing')
    keys('ctrl+Return')
    shows_message(app, 'Todo bien.')


@t.case('a macro is made of an answer: what it says about this customer are variables')
def _():
    keys('ctrl+g', 'ctrl+r')
    text_is_focused()
    keys('ctrl+shift+F3')
    app.says('There is no text yet that a macro could be made of.')
    type_text('Hola Dani: tu FL-2044 va bien.')
    in_text('va bien.')
    keys('ctrl+shift+F3')
    dialog = app.find('dialog', 'Macros')
    text = dialog.find('text', 'Text of the macro', showing=False)
    until(lambda: text.text() == 'Hola {{customer.first_name}}: tu {{order.number}} va bien.', 10, 'the macro, in %r' % text.text())
    assert dialog.find('button', 'Save').has('sensitive')
    until(lambda: dialog.find('text', 'Name').has('focused'), 5, 'the keyboard in the name')
    keys('Escape')
    app.find('alert', 'Leave Without Saving?')
    tab_to(app.find('button', 'Leave'))
    keys('space')
    app.gone('dialog', 'Macros')
    in_text('va bien.')
    composer(app).focus()
    keys('ctrl+a', 'Delete')


@t.case('a macro is written on its page, with what is wrong told')
def _():
    keys('shift+F7')
    dialog = app.find('dialog', 'Macros')
    check_accessible(dialog, 'the macros')
    tab_to(dialog.find('button', 'New macro'))
    keys('space')
    tab_to(dialog.find('text', 'Name'))
    type_text('Greeting')
    keys('Escape')
    app.find('alert', 'Leave Without Saving?')
    keys('Escape')
    app.gone('alert', 'Leave Without Saving?')
    tab_to(dialog.find('text', lambda name: name.startswith('Shortcode')))
    type_text('thanks')
    tab_to(dialog.find('text', 'Text of the macro', showing=False))
    type_text('Hi {{customer.first_nam}}, it is **us**.')
    dialog.find('list', 'What is wrong in the text', showing=False)
    check_accessible(dialog, 'the page of a macro')
    tab_to(dialog.find('button', 'Save'))
    keys('space')
    dialog.says('has the shortcode /thanks already.')
    text = tab_to(dialog.find('text', lambda name: name.startswith('Shortcode')))
    keys('ctrl+a')
    type_text('hi')
    until(lambda: text.text() == 'hi', 5, 'the shortcode')
    text = tab_to(dialog.find('text', 'Text of the macro', showing=False))
    keys('ctrl+a')
    type_text('Hello from us.')
    until(lambda: text.text() == 'Hello from us.', 5, 'the text')
    tab_to(dialog.find('button', 'Save'))
    keys('space')
    dialog.find('list item', lambda name: name.startswith('Greeting'), showing=False)


@t.case('it is found by Ctrl+K, deleted, and brought back')
def _():
    keys('Escape')
    app.gone('dialog', 'Macros')
    keys('ctrl+k')
    palette = app.find('dialog', 'Find and Do Anything')
    until(lambda: any(n.has('focused') for n in palette.find('combo box').walk()), 5, 'the keyboard in the palette')
    type_text('greeting')
    palette.find('list item', lambda name: 'Greeting' in name)
    keys('Return')
    in_text('Hello from us.')
    keys('Escape', 'shift+F7')
    dialog = app.find('dialog', 'Macros')
    until(lambda: any(n.has('focused') for n in dialog.walk()), 5, 'the keyboard in the dialog')
    type_text('greet')
    keys('Return')
    tab_to(dialog.find('button', 'Delete', showing=False), 60)
    keys('space')
    until(lambda: not dialog.find_all('list item', lambda name: name.startswith('Greeting')), 10, 'it is gone')
    keys('Escape')
    app.gone('dialog', 'Macros')
    app.says('Macro deleted')
    keys('ctrl+g', 'ctrl+z')
    app.says('The macro is back')


def menu(dialog, item):
    # The button is a toggle inside of the menu button.
    tab_to(dialog.find('toggle button', 'More'))
    keys('space')
    app.find('menu item', lambda name: name.startswith(item)).rest().mouse()


@t.case('all of them go into a file')
def _():
    path = os.path.join(folder.name, 'macros.json')
    keys('shift+F7')
    dialog = app.find('dialog', 'Macros')
    menu(dialog, 'Export')
    choose_path(app, path, 'Export Macros')
    until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, 20, 'the file')
    with open(path, encoding='utf-8') as file:
        names = [macro['name'] for macro in json.load(file)['macros']]
    assert 'Greeting' in names and 'Thank you' in names, names


@t.case('another program’s come in, with what has no equal here told; once, and taken back')
def _():
    path = os.path.join(folder.name, 'gorgias.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('"name","intent","language","tags","body_text","body_html"\n"From afar","other","en","","Hello {{ticket.customer.firstname}}, {{ticket.meta.strange}}",""\n')
    dialog = app.find('dialog', 'Macros')
    menu(dialog, 'Import')
    choose_path(app, path, 'Import Macros')
    notes = app.find('alert', 'Not Everything Has an Equal Here', timeout=20)
    notes.says('{{ticket.meta.strange}}')
    check_accessible(notes, 'what has no equal')
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'macros-import.png'))
    keys('Escape')
    app.gone('alert', 'Not Everything Has an Equal Here')
    dialog.find('list item', lambda name: name.startswith('From afar'), timeout=10, showing=False)
    menu(dialog, 'Import')
    choose_path(app, path, 'Import Macros')
    dialog.says('0 new, 1 here already', timeout=20)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('"name","language","body_text"\n"From nearer","en","Hello"\n')
    menu(dialog, 'Import')
    choose_path(app, path, 'Import Macros')
    dialog.find('list item', lambda name: name.startswith('From nearer'), timeout=20, showing=False)
    keys('ctrl+z')
    until(lambda: not dialog.find_all('list item', lambda name: name.startswith('From nearer'), showing=False), 10, 'it is gone again')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('Macro,Text\nNo,No\n')
    menu(dialog, 'Import')
    choose_path(app, path, 'Import Macros')
    dialog.says('There are no macros in this file', timeout=20)


if app and app.process.poll() is None:
    app.kill()
folder.cleanup()
sys.exit(t.done())

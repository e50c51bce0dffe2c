#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people at one desk, by keyboard alone: one calls the other by a note and leaves a draft; the other finds both, takes the draft over, and gives it back."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import composer, find_row, mostrador, selected_row, shows_message, tab_to, view_counts, write
from uidrive import check_accessible, keys, record_failures, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)
LUCIA, TEO = 'Lucía Ferrer', 'Teo Vidal'
first = None


def focused(node, what):
    until(lambda: node().has('focused'), 5, 'focus on ' + what)


def sit_down(name):
    keys('ctrl+F9')
    dialog = app.find('dialog', 'Team')

    check_accessible(dialog, 'team')
    tab_to(dialog.find('button', name + ' sits here'))
    keys('space')
    app.gone('button', name + ' sits here')
    dialog.says('Sits here now')
    # The rows are made anew: the keyboard is still among them.
    until(lambda: [n for n in dialog.walk() if n.has('focused')], 5, 'the keyboard is in the dialog')
    keys('Escape')
    app.gone('dialog', 'Team')


@t.case('"@" in a note offers the others; arrows and Return choose, Escape leaves it')
def _():
    global app, first
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('ctrl+g', 'Home')
    until(lambda: selected_row(app), 5, 'the first row is selected')
    first = selected_row(app).split(',')[0]
    keys('ctrl+shift+t')
    focused(lambda: composer(app), 'the note')
    type_text('@')
    # Nobody calls himself.
    names = app.find('list', 'People at the desk')
    assert [row.name for row in names.find_all('list item')] == [TEO], names
    check_accessible(app, 'names for a note')
    keys('Escape')
    app.gone('list', 'People at the desk')
    focused(lambda: composer(app), 'the note')
    keys('BackSpace')
    type_text('Hello @te')
    app.find('list', 'People at the desk')
    keys('Return')
    until(lambda: composer(app).text() == 'Hello @%s ' % TEO, 5, 'the name is written, in %r' % composer(app).text())
    app.gone('list', 'People at the desk')
    type_text('look!')
    keys('ctrl+Return')
    shows_message(app, 'Hello @%s look!' % TEO)


@t.case('a draft is left, and another one sits down')
def _():
    keys('ctrl+r')
    write(app, 'It left the harbour.')
    sit_down(TEO)
    # What the one was writing is not what the other writes.
    until(lambda: not app.find_all('text', 'Message'), 10, 'the composer is closed')
    view_counts(app, 'Mentions', '1 conversation', timeout=10)
    find_row(app, 'Unsent draft of ' + LUCIA)


@t.case('the draft is told, shown and taken over')
def _():
    app.find('grouping', lambda name: LUCIA in name and 'has an unsent draft' in name)
    check_accessible(app, 'a draft of somebody else')
    tab_to(app.find('toggle button', 'Show'), 120)
    keys('space')
    app.says('It left the harbour.')
    keys('ctrl+F10')
    until(lambda: 'It left the harbour.' in composer(app).text(), 10, 'the draft is in the composer')
    focused(lambda: composer(app), 'the text')
    app.says('The draft is yours now')
    until(lambda: not app.find_all('grouping', lambda name: 'has an unsent draft' in name), 10, 'no notice')


@t.case('it is given back by one undo')
def _():
    # Ctrl+Z in the text is the text's own.
    keys('Escape', 'ctrl+g', 'ctrl+z')
    app.says('The draft was given back')
    app.find('grouping', lambda name: LUCIA in name and 'has an unsent draft' in name)


@t.case('whoever began it finds it as it was left')
def _():
    sit_down(LUCIA)
    until(lambda: 'It left the harbour.' in composer(app).text(), 10, 'the draft is open again')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

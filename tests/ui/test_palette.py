#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole walks by keyboard alone: the palette, keys of one's own, one conversation at a time, and where the keyboard is after each action."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import composer, find_row, mostrador, row_says, selected_row, single_keys, tab_to, view_counts
from uidrive import check_accessible, keys, record_failures, type_text, until

FIRST = 'Cancelar pedido FL-2044'
SECOND = 'Cambio de dirección del pedido FL-2045'

t = tap.Tap()
app = None
record_failures(t, lambda: app)


def focused():
    return [node for node in app.walk() if node.has('focused') and node.has('showing')]


def keyboard_is_somewhere(after):
    until(focused, 5, 'the keyboard is somewhere after ' + after)


def palette(text):
    """opens it, types, and returns it once the typed text is in it"""
    keys('ctrl+k')
    dialog = app.find('dialog', 'Find and Do Anything')
    entry = dialog.find('combo box')
    until(lambda: any(n.has('focused') for n in entry.walk()), 5, 'the keyboard in the palette')
    type_text(text)
    return dialog


def offers(dialog, text):
    return dialog.find('list item', lambda name: text in name)


@t.case('the sample shop opens')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, FIRST, timeout=30)


@t.case('without the single-key mode letters do nothing')
def _():
    keys('ctrl+g', 'Home')
    until(lambda: FIRST in (selected_row(app) or '') or (keys('ctrl+Prior'), False)[1], 10, 'the first is selected')
    keys('e')
    keys('ctrl+Next')
    until(lambda: SECOND in (selected_row(app) or ''), 5, 'the second is selected')
    keys('ctrl+Prior')
    until(lambda: FIRST in (selected_row(app) or ''), 5, 'the first is selected')
    assert 'Closed' not in find_row(app, FIRST).name


@t.case('Ctrl+K finds an action by some letters of its name, says its keys, and does it')
def _():
    dialog = palette('urg')
    row = offers(dialog, 'Urgent')
    assert 'Shift+F4' in row.name, row.name
    check_accessible(dialog, 'the palette')
    keys('Return')
    app.gone('dialog', 'Find and Do Anything')
    row_says(app, FIRST, 'Urgent')
    keyboard_is_somewhere('the palette')


@t.case('what cannot be done says why; Escape leaves')
def _():
    dialog = palette('reopen')
    offers(dialog, 'It is open already')
    keys('Return', 'Escape')
    app.gone('dialog', 'Find and Do Anything')
    keyboard_is_somewhere('Escape in the palette')


@t.case('it finds a view, and a conversation by its customer')
def _():
    dialog = palette('goclosed')
    offers(dialog, 'Closed')
    keys('Return')
    app.find('grouping', 'Closed')
    dialog = palette('FL-2045')
    offers(dialog, SECOND)
    while not any(SECOND in n.name and n.has('selected') for n in dialog.find_all('list item')):
        keys('Down')
    keys('Return')
    app.gone('dialog', 'Find and Do Anything')
    app.says(SECOND)
    keyboard_is_somewhere('a conversation from the palette')


@t.case('another key for an action: taken ones are asked about, and nothing is done meanwhile')
def _():
    keys('ctrl+4')
    find_row(app, FIRST)
    keys('ctrl+question')
    page = app.find('dialog', 'Keyboard Shortcuts')
    type_text('undo the last')
    row = page.find('list item', 'Undo the last action')
    tab_to(row)
    keys('Return')
    app.find('dialog', 'Set Shortcut')
    # It would quit, were it not meant as an answer here.
    keys('ctrl+q')
    app.says('Ctrl+Q Is Taken')
    keys('Return')
    app.gone('alert')
    keys('Pause')
    app.gone('dialog', 'Set Shortcut')
    page.find('label', 'Pause')
    check_accessible(page, 'the shortcuts')
    keys('Escape', 'Escape')
    app.gone('dialog')
    keyboard_is_somewhere('the shortcuts')


@t.case('the new key works')
def _():
    find_row(app, FIRST)
    keys('ctrl+g', 'Home')
    until(lambda: FIRST in (selected_row(app) or '') or (keys('ctrl+Prior'), False)[1], 10, 'the first is selected')
    keys('ctrl+e')
    view_counts(app, 'Closed', '30 conversations')
    keys('Pause')
    view_counts(app, 'Closed', '29 conversations')


@t.case('after each action the keyboard is somewhere')
def _():
    for name, press, after in (
        ('close', 'ctrl+e', lambda: view_counts(app, 'Closed', '30 conversations')),
        ('snooze', 'ctrl+h', lambda: view_counts(app, 'Snoozed', '3 conversations')),
        ('spam', 'ctrl+j', lambda: view_counts(app, 'Spam', '2 conversations')),
        ('delete', 'Delete', lambda: view_counts(app, 'Deleted', '1 conversation')),
    ):
        keys('ctrl+g', 'ctrl+4')
        keys('ctrl+g', 'Home')
        until(lambda: FIRST in (selected_row(app) or '') or (keys('ctrl+Prior'), False)[1], 10, 'the first is selected')
        keys(press)
        after()
        keyboard_is_somewhere(name)
        keys('Pause')
        view_counts(app, 'Closed', '29 conversations')
        view_counts(app, 'Deleted', 'no conversations')
        keyboard_is_somewhere('taking back ' + name)
    for name, press, dialog in (('assign', 'ctrl+shift+a', 'Assign'), ('tags', 'ctrl+t', 'Tags'), ('snooze until', 'ctrl+shift+s', 'Snooze Until'), ('merge', 'ctrl+shift+g', 'Merge Into…')):
        keys('ctrl+g', press)
        app.find('dialog', dialog)
        keys('Escape')
        app.gone('dialog', dialog)
        keyboard_is_somewhere(name)


@t.case('the last conversation of a view goes away: the keyboard does not')
def _():
    keys('ctrl+6')
    app.find('grouping', 'Snoozed')
    view_counts(app, 'Snoozed', '2 conversations')
    for left in ('1 conversation', 'no conversations'):
        keys('ctrl+g', 'Home', 'ctrl+Next', 'ctrl+Prior')
        until(lambda: selected_row(app), 5, 'one is selected')
        keys('Delete')
        view_counts(app, 'Snoozed', left)
        keyboard_is_somewhere('deleting, ' + left)
    for back in ('1 conversation', '2 conversations'):
        keys('Pause')
        view_counts(app, 'Snoozed', back)
    keyboard_is_somewhere('taking both back')


@t.case('F8: one at a time, by bare keys, though they are switched off')
def _():
    keys('ctrl+4')
    find_row(app, FIRST)
    keys('F8')
    app.says('1 of ')
    check_accessible(app, 'one at a time')
    app.says(FIRST)
    keys('e')
    app.says('2 of ')
    keyboard_is_somewhere('closing')
    app.says(SECOND)
    keys('j')
    app.says('3 of ')
    keys('s')
    app.find('dialog', 'Snooze Until')
    keys('Return')
    app.says('4 of ')
    keyboard_is_somewhere('snoozing')
    keys('r')
    field = composer(app)
    until(lambda: field.has('focused'), 5, 'the keyboard in the composer')
    type_text('jes')
    until(lambda: 'jes' in field.text(), 5, 'letters are text')
    keys('Escape')
    app.gone('text', lambda name: name == 'Message')
    keyboard_is_somewhere('leaving the draft')
    keys('j')
    app.says('5 of ')
    keys('Escape')
    for text in ('1 closed', '1 snoozed', '2 skipped'):
        app.says(text)
    until(lambda: app.find('button', 'Back to the List').has('focused'), 5, 'the keyboard on the way back')
    check_accessible(app, 'the end of one at a time')
    tab_to(app.find('button', 'Undo: 1 closed'))
    keys('space')
    app.gone('button', 'Undo: 1 closed')
    app.find('button', 'Undo: 1 snoozed')
    tab_to(app.find('button', 'Back to the List'))
    keys('Return')
    find_row(app, FIRST)
    keyboard_is_somewhere('the end')


@t.case('single keys can be switched on from the page of shortcuts')
def _():
    single_keys(app)
    keys('ctrl+g', 'Home', 'question')
    app.find('dialog', 'Keyboard Shortcuts')
    keys('Escape')
    app.gone('dialog')


@t.case('Ctrl+Q quits')
def _():
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

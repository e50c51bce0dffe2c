#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well the shop serves: a number is read, asked about and followed to a conversation; days, filter, table, and a file of all of it."""
import csv
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose, choose_path, find_row, mostrador, press, print_out, tab_to
from uidrive import check_accessible, keys, record_failures, shot, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()


def is_narrow():
    return app.find('frame').extents()[2] < 600


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'dashboard-%s-%s.png' % (name, 'narrow' if is_narrow() else 'wide')))


def dialog():
    return app.find('dialog', 'Dashboard')


def tile(beginning, timeout=30):
    """the number of the overview that begins so, also below the edge"""
    return until(lambda: next(iter(dialog().find_all('button', lambda name: name.startswith(beginning), showing=False)), None), timeout, 'the number %r' % beginning)


def settled():
    until(lambda: not [node for node in dialog().find_all(None, 'Computing')], 30, 'all is computed')


def volume():
    settled()
    return int(tile('New conversations: ').name.split(': ')[1].split(',')[0])


def days(shown, what):
    """another choice of the days, one of those that need no scrolling"""
    combo = dialog().find('combo box', shown)
    combo.rest().mouse()
    combo.find('label', what, timeout=10).rest().mouse()
    dialog().find('combo box', what, timeout=10)
    settled()


@t.case('the figures are there, each with its name')
def _():
    global app
    # What is printed into a file lies where the program was started.
    os.chdir(folder.name)
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('F11')
    tile('First response, median: ')
    assert volume() > 0
    charts = dialog().find_all('image', lambda name: name == 'New conversations by hour of the week', showing=False)
    assert charts and 'The most: ' in charts[0].description, charts
    check_accessible(dialog(), 'dashboard')
    picture('first')


@t.case('a number tells how it was computed, and leads to its conversations')
def _():
    tile('New conversations: ').rest().mouse()
    page = app.find('list', 'Conversations', timeout=10)
    app.says('Conversations whose first message of the customer came in these days.')
    rows = until(lambda: dialog().find_all('list item', lambda name: name.startswith('#'), showing=False), 10, 'the conversations')
    check_accessible(dialog(), 'how it was computed')
    picture('how')
    number = rows[0].name.split(' ')[0]
    tab_to(rows[0])
    keys('Return')
    app.gone('dialog', 'Dashboard')
    app.find('filler', 'Messages', timeout=10)
    app.says(number)


@t.case('days and filter change it, and are kept')
def _():
    keys('F11')
    everything = volume()
    days('30 Days', '90 Days')
    longer = volume()
    assert longer >= everything, (longer, everything)
    dialog().find('button', 'Filter…').mouse()
    combo = dialog().find('combo box', lambda name: name.startswith('Language'), timeout=10)
    tab_to(combo)
    choose(combo, 'Deutsch')
    check_accessible(dialog(), 'filter')
    picture('filter')
    switch = dialog().find('check box', 'Scores by the Day of the Question', showing=False)
    tab_to(switch)
    keys('space')
    until(lambda: switch.has('checked'), 5, 'scores count by their question')
    keys('space')
    until(lambda: not switch.has('checked'), 5, 'scores count by their answer')
    keys('Escape')
    dialog().find('button', lambda name: name.startswith('Filter: Language: ') and 'Deutsch' in name, timeout=10)
    german = volume()
    assert 0 < german < longer, (german, longer)
    keys('Escape')
    app.gone('dialog', 'Dashboard')
    keys('F11')
    dialog().find('button', lambda name: name.startswith('Filter: Language: '), timeout=10)
    assert volume() == german


@t.case('a chart is a table too')
def _():
    title = 'New conversations by hour of the week'
    show = until(lambda: next(iter(dialog().find_all('toggle button', 'Show as Table: ' + title, showing=False)), None), 10, 'the switch')
    show.click()
    # The image goes, and what stands there instead has the hours and the days.
    until(lambda: not dialog().find_all('image', title), 10, 'the chart goes')
    until(lambda: {'09:00', 'Mon'} <= {node.name for node in dialog().walk()}, 10, 'the table has hours and days')
    check_accessible(dialog(), 'table')
    picture('table')


@t.case('all conversations of it are written into a file')
def _():
    path = os.path.join(folder.name, 'all.csv')
    german = volume()
    dialog().find('toggle button', 'Dashboard Menu').mouse()
    app.find('menu item', lambda name: name.startswith('Save All Conversations'), timeout=10).rest().mouse()
    choose_path(app, path, 'Save as CSV')
    # The toast may be gone before it is looked for.
    until(lambda: os.path.exists(path), 20, 'the file')
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= german and all(row['language'] == 'de' for row in rows), rows


@t.case('it is printed: overview and charts, with the filter it has')
def _():
    dialog().find('toggle button', 'Dashboard Menu').mouse()
    app.find('menu item', lambda name: name.startswith('Print'), timeout=10).rest().mouse()
    text = print_out(app)
    for words in ('How the shop serves', 'Language: ', 'First response, median', 'How long the resolution took', 'Target 2 h', 'Low scores', '1 of '):
        assert words in text, text
    assert dialog().has('showing')


@t.case('the week is one page')
def _():
    dialog().find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Dashboard')
    keys('ctrl+shift+F5')
    app.says('Five numbers, and what changed', timeout=20)
    app.says('What to look at')
    check_accessible(dialog(), 'week')
    picture('week')
    # Each of the five tells how it was computed, of that week, and the page before comes back.
    row = dialog().find('list item', lambda name: name.startswith('New conversations'))
    press(row)
    app.says('Conversations whose first message of the customer came in these days.', timeout=20)
    keys('Escape')
    app.says('Five numbers, and what changed', timeout=10)
    until(lambda: row.has('focused'), 10, 'the row has the keyboard again')
    # Page by page, although nothing was touched with the mouse.
    keys('Escape')
    until(lambda: not dialog().find_all('label', lambda name: name.startswith('Five numbers')), 10, 'the week goes')
    keys('Escape')
    app.gone('dialog', 'Dashboard')


if app and app.process.poll() is None:
    app.kill()
folder.cleanup()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A macro sent to many: written, looked at before anything leaves, begun, held, cancelled and taken out of the list."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import mostrador, press, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'outreach-%s.png' % name))


def items(beginning):
    return [row for row in app.find_all('list item') if row.name.startswith(beginning)]


def button(name):
    return app.find('button', name, timeout=10, showing=False)


def rows_of(dialog):
    return [row.name for found in dialog.find_all('list', 'Customers') for row in found.find_all('list item') if row.name != 'Show More']


@t.case('without any, the page says what it is for')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    keys('shift+F12')
    app.says('Nothing Sent to Many Yet', 10)
    check_accessible(app, 'no outreach yet')
    picture('empty')


@t.case('one is written; what is missing is said')
def _():
    press(app.find('button', 'New Outreach'))
    app.says('Only who agreed gets it')
    picture('write')
    check_accessible(app, 'writing an outreach')
    app.find('button', 'Preview').click()
    app.says('Give it a name.')
    tab_to(app.find('text', 'Name, for You Alone', showing=False))
    type_text('News for all')
    press(app.find('list item', lambda name: name.startswith('Macro'), showing=False))
    app.find('dialog', 'What Is Sent')
    type_text('thank')
    until(lambda: items('Thank you'), 10, 'the macro is found')
    keys('Return')
    app.gone('dialog', 'What Is Sent')
    app.find('button', 'Preview').click()
    app.says('Write a subject.')
    for field in [node for node in app.find_all('text', showing=False) if node.name.startswith('Subject')]:
        tab_to(field)
        type_text('News')
    tab_to(app.find('check box', lambda name: name.startswith('Also to Those'), showing=False))
    keys('space')
    picture('written')


@t.case('who gets it, who does not and why, and the letter are shown before anything leaves')
def _():
    app.find('button', 'Preview').click()
    app.says('Not begun', 20)
    until(lambda: button('Start…').has('sensitive'), 20, 'somebody gets it')
    until(lambda: button('Next person’s letter').has('sensitive'), 20, 'there are several letters')
    check_accessible(app, 'the preview of an outreach')
    picture('preview')
    before = [node.name for node in app.find_all('label', lambda name: name.startswith('To '), showing=False)]
    button('Next person’s letter').click()
    until(lambda: [node.name for node in app.find_all('label', lambda name: name.startswith('To '), showing=False)] != before, 10, 'the letter of another')


@t.case('it begins when that is confirmed, and says how many it goes to')
def _():
    press(button('Start…'))
    app.says('cannot be taken back')
    picture('start')
    app.find('button', 'Start').click()
    app.says('Under way', 20)
    check_accessible(app, 'an outreach under way')
    picture('running')


@t.case('it is held, goes on, and is cancelled')
def _():
    press(button('Pause'))
    app.says('Stands still', 20)
    press(button('Go On'))
    app.says('Under way', 20)
    press(button('Cancel…'))
    app.says('It cannot go on afterwards')
    app.find('button', 'Cancel It').click()
    app.says('Cancelled ·', 20)
    picture('cancelled')


@t.case('it stands in the list, and can be taken out')
def _():
    press(button('Delete…'))
    app.says('taken out of the list')
    app.find('button', 'Delete').click()
    app.says('Nothing Sent to Many Yet', 20)


@t.case('customers of a kind are written to from their list')
def _():
    keys('Escape')
    app.gone('dialog', 'Outreach')
    keys('ctrl+F12')
    app.find('dialog', 'Customers')
    app.find('toggle button', 'More About All Customers').click()
    app.find('menu item', 'Write to These…').click()
    app.find('dialog', 'Outreach', timeout=10)
    app.says('Only who agreed gets it')
    keys('Escape')
    app.says('Nothing Sent to Many Yet', 10)
    keys('Escape')
    app.gone('dialog', 'Outreach')


@t.case('several customers are chosen with the keyboard, whatever is searched for meanwhile, and written to')
def _():
    keys('ctrl+F12')
    dialog = app.find('dialog', 'Customers')
    until(lambda: len(rows_of(dialog)) > 10, 10, 'customers are listed')
    first, second = [name for name in rows_of(dialog) if name.isascii() and name.replace(' ', '').isalpha()][:2]
    tab_to(dialog.find('toggle button', 'Choose Customers'))
    keys('space')
    dialog.find('button', 'Choose All')
    check_accessible(dialog, 'choosing customers')
    until(lambda: not dialog.find('button', 'Write to Them…').has('sensitive'), 5, 'nobody is chosen')
    for name in first, second:
        tab_to(dialog.find('entry', 'Search customers'))
        keys('ctrl+a')
        type_text(name)
        until(lambda: rows_of(dialog) == [name], 10, 'found')
        keys('Return')
        until(lambda: dialog.find('list item', name).has('focused'), 5, 'the keyboard is on the customer')
        keys('space')
        until(lambda: dialog.find('check box', name).has('checked'), 5, name + ' is chosen')
    dialog.says('2 chosen')
    tab_to(dialog.find('entry', 'Search customers'))
    keys('ctrl+a', 'Delete')
    until(lambda: len(rows_of(dialog)) > 10, 10, 'customers are listed')
    until(lambda: sorted(box.name for box in dialog.find_all('check box') if box.has('checked')) == sorted([first, second]), 5, 'those two are still chosen')
    picture('choose')
    tab_to(dialog.find('button', 'Write to Them…'))
    keys('space')
    app.find('dialog', 'Outreach', timeout=10)
    app.says('2 chosen customers')
    app.says('Only who agreed gets it')
    picture('chosen')
    keys('Escape')
    app.says('Nothing Sent to Many Yet', 10)
    keys('Escape')
    app.gone('dialog', 'Outreach')


@t.case('all that are shown are chosen at once, and none when that ends')
def _():
    keys('ctrl+F12')
    dialog = app.find('dialog', 'Customers')
    until(lambda: len(rows_of(dialog)) > 10, 10, 'customers are listed')
    tab_to(dialog.find('toggle button', 'Choose Customers'))
    keys('space')
    tab_to(dialog.find('list item', rows_of(dialog)[0]))
    keys('ctrl+a')
    until(lambda: all(box.has('checked') for box in dialog.find_all('check box')), 5, 'all are chosen')
    until(lambda: dialog.find('button', 'Write to Them…').has('sensitive'), 5, 'they can be written to')
    tab_to(dialog.find('toggle button', 'Choose Customers'))
    keys('space')
    dialog.gone('check box')
    # A row opens again.
    tab_to(dialog.find('list item', rows_of(dialog)[0]))
    keys('Return')
    app.find('text', 'Name', timeout=10)
    # First the page goes, then the dialog.
    keys('Escape')
    app.gone('text', 'Name')
    keys('Escape')
    app.gone('dialog', 'Customers')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

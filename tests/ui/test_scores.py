#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a customer said of the service: written down by keyboard, told in the conversation, beside the customer and in the journey, and taken back; who is unhappy."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose, find_row, mostrador, open_any, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

WORDS = 'Nobody called me back'
t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def is_narrow():
    return app.find('frame').extents()[2] < 600


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'scores-%s-%s.png' % (name, 'narrow' if is_narrow() else 'wide')))


def events(text):
    return [node for node in app.walk() if text in (node.name or '') and node.has('showing')]


@t.case('nothing is recorded before a score is chosen')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    open_any(app, 'Rücksendung der Decke')
    keys('ctrl+shift+F2')
    dialog = app.find('dialog', 'Record a Score')
    until(lambda: dialog.find('combo box', 'Score').has('focused'), 5, 'the keyboard is at the score')
    assert not dialog.find('button', 'Record').has('sensitive')
    check_accessible(dialog, 'record a score')
    picture('dialog')


@t.case('a low score with words is told in the conversation')
def _():
    dialog = app.find('dialog', 'Record a Score')
    choose(tab_to(dialog.find('combo box', 'Score')), '2')
    until(lambda: dialog.find('button', 'Record').has('sensitive'), 5, 'it can be recorded')
    tab_to(dialog.find('text', 'Their words'))
    type_text(WORDS)
    picture('filled')
    keys('Return')
    app.gone('dialog', 'Record a Score')
    app.says('Score recorded')
    until(lambda: events('recorded a score'), 10, 'the conversation tells it')
    told = events('recorded a score')[0].name
    assert 'Satisfaction: 2 of 5' in told and WORDS in told, told
    check_accessible(app, 'a recorded score')
    picture('told')


@t.case('it stands beside the customer, and in the journey')
def _():
    if is_narrow():
        keys('F9')
    until(lambda: [node for node in app.find_all('label', lambda name: name.startswith('Satisfaction: 2 of 5 ('), showing=False)], 10, 'the last score is beside the customer')
    until(lambda: app.find_all('list item', lambda name: 'Satisfaction: 2 of 5. “' in name and WORDS in name, showing=False), 10, 'it is a step of the journey')
    picture('customer')
    if is_narrow():
        keys('Escape')


@t.case('who is unhappy is listed, with the score')
def _():
    keys('ctrl+F12')
    dialog = app.find('dialog', 'Customers')
    until(lambda: dialog.find('entry', 'Search customers').has('focused'), 5, 'the keyboard is in the search')
    keys('Tab', 'space')
    until(lambda: [n for n in app.walk() if n.name == 'Unhappy' and n.has('showing')], 5, 'the choices')
    keys('End', 'Return')
    until(lambda: [row for row in dialog.find_all('list item') if 'Lena Vogel' in row.name], 10, 'she is unhappy')
    names = [row.name for row in dialog.find_all('list item', showing=False)]
    assert 'Lena Vogel' in names[0] and 'Marta' in ' '.join(names), names
    dialog.says('Satisfaction: 2 of 5')
    check_accessible(dialog, 'unhappy customers')
    picture('unhappy')
    keys('Escape')
    app.gone('dialog', 'Customers')


@t.case('taken back it is nowhere')
def _():
    keys('ctrl+z')
    app.says('The score is gone again')
    until(lambda: not events('recorded a score. '), 10, 'the conversation does not tell it any more')
    until(lambda: not app.find_all('label', lambda name: name.startswith('Satisfaction: 2 of 5 ('), showing=False), 10, 'the customer said something else last')


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

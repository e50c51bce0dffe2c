#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Surveys: switched on for an account, in words of the shop's own, looked at before; a question that is planned is given up; somebody unhappy waits for an outcome."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose, composer, find_row, keeps_focus, mostrador, open_any, press, tab_to, view_of
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

WORDS = 'Nobody called me back'
QUESTION = 'Was it worth your while to write to us?'
t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def is_narrow():
    return app.find('frame').extents()[2] < 600


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'surveys-%s-%s.png' % (name, 'narrow' if is_narrow() else 'wide')))


def told(text):
    return [node for node in app.walk() if text in (node.name or '') and node.has('showing')]


@t.case('nothing is asked until somebody switches it on')
def _():
    global app
    app = mostrador('--sample')
    find_row(app, '#', timeout=30)
    keys('ctrl+shift+F6')
    dialog = app.find('dialog', 'Surveys')
    dialog.says('Satisfaction: off · Recommendation: off', timeout=10)
    row = dialog.find('list item', lambda name: name.startswith('Faro y Lana'))
    until(lambda: row.has('focused'), 5, 'the keyboard is at the first account')
    check_accessible(dialog, 'accounts that may ask')
    picture('accounts')
    press(row)
    switch = dialog.find('check box', lambda name: name.startswith('Ask customers'), timeout=10)
    tab_to(switch)
    keys('space')
    until(lambda: switch.has('checked'), 10, 'it is on')
    app.says('Not any more where it is opened again meanwhile')
    check_accessible(dialog, 'what an account asks')
    picture('settings')


@t.case('it says what the shop wants, and shows it before anybody gets it')
def _():
    dialog = app.find('dialog', 'Surveys')
    press(dialog.find('list item', lambda name: name.startswith('What it says'), showing=False))
    field = tab_to(dialog.find('text', 'Question', timeout=10))
    keys('ctrl+a')
    type_text(QUESTION)
    until(lambda: QUESTION in field.text(), 5, 'the question')
    dialog.says('These are your words')
    check_accessible(dialog, 'what a question says')
    picture('words')
    keys('Escape')
    dialog.says('Your own words in', timeout=10)
    press(dialog.find('list item', lambda name: name.startswith('Preview and test'), showing=False))
    until(lambda: [node for node in dialog.walk() if node.role == 'text' and QUESTION in node.text()], 10, 'the letter says it')
    check_accessible(dialog, 'a letter')
    picture('preview')
    test = dialog.find('button', 'Send a Test to Myself', showing=False)
    press(test)
    until(lambda: [node for node in app.walk() if node.name.startswith(('A test is on its way', 'Nothing was sent'))], 20, 'what became of it')
    assert keeps_focus(test), 'the keyboard is where it was'
    choose(tab_to(dialog.find('combo box', 'Language')), 'العربية')
    until(lambda: not [node for node in dialog.walk() if node.role == 'text' and QUESTION in node.text()], 10, 'another language has other words')
    picture('preview-arabic')
    keys('Escape')
    keys('Escape')
    dialog.says('Satisfaction: after 1 hour', timeout=10)
    dialog.find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Surveys')


@t.case('who is going to be asked is told, and need not be')
def _():
    open_any(app, 'Rücksendung der Decke')
    keys('ctrl+e')
    app.says('They will be asked how satisfied they are')
    check_accessible(app, 'a planned question')
    picture('planned')
    keys('ctrl+shift+w')
    until(lambda: told('decided not to ask the customer'), 10, 'the conversation tells it')
    until(lambda: not told('They will be asked how satisfied'), 5, 'nobody means to')


@t.case('who is unhappy waits for an outcome')
def _():
    keys('ctrl+shift+F2')
    dialog = app.find('dialog', 'Record a Score')
    choose(tab_to(dialog.find('combo box', 'Score')), '2')
    tab_to(dialog.find('text', 'Their words'))
    type_text(WORDS)
    keys('Return')
    app.gone('dialog', 'Record a Score')
    card = app.find('grouping', lambda name: 'is unhappy' in name and 'Satisfaction: 2 of 5' in name, timeout=10)
    card.says(WORDS)
    card.says('You are reminded of it')
    check_accessible(app, 'a rescue')
    picture('rescue')
    keys('ctrl+shift+F10')
    dialog = app.find('dialog', 'Outcome')
    assert not dialog.find('button', 'Done').has('sensitive')
    choose(tab_to(dialog.find('combo box', 'What came of it')), 'Refunded')
    tab_to(dialog.find('text', 'In your words'))
    type_text('and a voucher')
    check_accessible(dialog, 'an outcome')
    picture('outcome')
    keys('Return')
    app.gone('dialog', 'Outcome')
    app.gone('grouping', lambda name: 'is unhappy' in name)
    until(lambda: told('Refunded: and a voucher'), 10, 'the conversation tells it')
    keys('ctrl+z')
    app.says('The low score is as before')
    app.find('grouping', lambda name: 'is unhappy' in name, timeout=10)


@t.case('an apology is begun, and the low scores are a view')
def _():
    keys('ctrl+shift+F1')
    until(lambda: app.find('text', 'Was Sie tun werden').has('focused'), 10, 'what the macro for complaints asks, in her language')
    keys('Return')
    app.gone('button', 'Insert')
    until(lambda: 'So sollte es nicht sein' in composer(app).text(), 10, 'an apology in her language')
    picture('apology')
    if not is_narrow():
        until(lambda: ', 1 conversation' in view_of(app, 'Answers to look at').name, 10, 'the view holds it')


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new owner, by keyboard, from the first window through the first steps: what is done counts, what is not wanted is set aside, and help is where she is."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from servers import Servers
from story import add_account, mostrador, press, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
servers = Servers().start()


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'first-steps-%s.png' % name))


def steps():
    return app.find('dialog', 'First Steps', timeout=10)


def step(title, state):
    return steps().find('list item', '%s: %s' % (title, state), timeout=10, showing=False)


def counts(text):
    steps().find('label', text, timeout=10)


def has_help(says, leave=2):
    """F1 opens the page of this place; Escape leads by the contents back to it"""
    keys('F1')
    app.find('dialog', 'Help').says(says)
    for _ in range(leave):
        keys('Escape')
    app.gone('dialog', 'Help')


@t.case('the first window leads to an account, and has its page of the help')
def _():
    global app
    app = mostrador()
    button = app.find('button', 'Add an Account', timeout=20)
    until(lambda: button.has('focused'), 5, 'the keyboard is where one begins')
    has_help('From the first start to the first answer')
    keys('Return')
    first = app.find('dialog', 'Add an Account').find('list item', lambda name: name.startswith('E-mail'))
    until(lambda: first.has('focused'), 5, 'the keyboard is at the first kind')
    keys('Return')
    add_account(app, servers, dialog=app.find('dialog', 'Add an E-mail Account'))


@t.case('then the first steps come up by themselves')
def _():
    counts('1 of 7 done')
    step('Mail or Chat Account', 'done')
    until(lambda: step('Mail from Elsewhere', 'not done yet').has('focused'), 5, 'the keyboard is at the first that is left')
    check_accessible(app, 'first steps')
    picture('begin')


@t.case('what is not needed is set aside, and taken back')
def _():
    press(steps().find('button', 'Not Needed: Mail from Elsewhere'))
    step('Mail from Elsewhere', 'not needed')
    counts('1 of 6 done')
    button = steps().find('button', 'Take Back: Mail from Elsewhere')
    until(lambda: button.has('focused'), 5, 'the keyboard stays')
    keys('space')
    step('Mail from Elsewhere', 'not done yet')
    counts('1 of 7 done')
    press(steps().find('button', 'Not Needed: Mail from Elsewhere'))
    counts('1 of 6 done')


@t.case('a signature, with the help on accounts of its kind')
def _():
    tab_to(step('Signature', 'not done yet'))
    keys('Return')
    dialog = app.find('dialog', 'Account Settings')
    text = dialog.find('text', 'Signature', showing=False)
    until(lambda: text.has('focused'), 5, 'the keyboard is in the signature')
    has_help('A mailbox at any provider')
    tab_to(text)
    type_text('Lucia, Faro y Lana')
    press(dialog.find('button', 'Save', showing=False))
    # What is not saved yet would be asked about.
    until(lambda: not dialog.find('button', 'Save', showing=False).has('sensitive'), 10, 'it is saved')
    keys('Escape')
    app.gone('dialog', 'Account Settings', timeout=10)
    step('Signature', 'done')
    counts('2 of 6 done')


@t.case('business hours, with the help on them')
def _():
    tab_to(step('Business Hours', 'not done yet'))
    keys('Return')
    dialog = app.find('dialog', 'Preferences')
    monday = dialog.find('text', 'Monday', showing=False)
    tab_to(monday)
    has_help('Within what time customers are to be answered')
    tab_to(monday)
    type_text('9:00-17:00')
    press(dialog.find('button', 'Save', showing=False))
    until(lambda: not dialog.find_all('button', 'Save') or not dialog.find('button', 'Save').has('sensitive'), 10, 'they are saved')
    keys('Escape', 'Escape')
    app.gone('dialog', 'Preferences')
    step('Business Hours', 'done')


@t.case('the first macro; then the inbox says what is left')
def _():
    tab_to(step('First Macro', 'not done yet'))
    keys('Return')
    dialog = app.find('dialog', 'Macros')
    press(dialog.find('button', 'New macro'))
    tab_to(dialog.find('text', 'Name'))
    type_text('Greeting')
    tab_to(dialog.find('text', 'Text of the macro', showing=False))
    type_text('Hello from us.')
    press(dialog.find('button', 'Save'))
    dialog.find('list item', lambda name: name.startswith('Greeting'), showing=False)
    keys('Escape')
    app.gone('dialog', 'Macros')
    step('First Macro', 'done')
    counts('4 of 6 done')
    picture('some')
    keys('Escape')
    app.gone('dialog', 'First Steps')
    app.says('Nothing is open')
    press(app.find('button', 'First Steps…', timeout=10))
    counts('4 of 6 done')
    keys('Escape')
    app.gone('dialog', 'First Steps')
    picture('inbox')


@t.case('the next start does not ask again; the palette leads there, and what was set aside still is')
def _():
    global app
    app.quit()
    app = mostrador()
    app.find('button', 'First Steps…', timeout=20)
    assert not app.find_all('dialog', 'First Steps')
    keys('ctrl+k')
    app.find('dialog', 'Find and Do Anything')
    type_text('first steps')
    app.find('list item', lambda name: name.startswith('First steps'), timeout=10)
    keys('Return')
    counts('4 of 6 done')
    step('Mail from Elsewhere', 'not needed')
    keys('Escape')
    app.gone('dialog', 'First Steps')
    app.quit()


servers.stop()
if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

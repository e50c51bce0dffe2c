#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The very first start, on an empty profile: every page reachable from there, seen, named and left again by keyboard."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_kind
from uidrive import App, check_accessible, keys, record_failures, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


@t.case('the first window welcomes, and everything in it has a name')
def _():
    global app
    app = App([os.environ['MOSTRADOR']])
    app.find('button', 'Add an Account', timeout=10)
    app.find('button', 'Look Around in a Sample Shop')
    check_accessible(app, 'welcome')


@t.case('the account page opens by mouse, takes the focus, and closes by Escape')
def _():
    app.find('button', 'Add an Account').mouse()
    app.find('dialog', 'Add an Account')
    check_accessible(app, 'which account')
    dialog = choose_kind(app, 'E-mail', 'Add an E-mail Account')
    name = dialog.find('text', 'Name customers see')
    until(lambda: name.has('focused'), 5, 'focus on the first entry')
    name.fill('Faro y Lana')
    dialog.find('text', 'E-mail address')
    dialog.find('text', 'Password')
    check_accessible(app, 'add an account')
    keys('Escape')
    app.gone('dialog', 'Add an E-mail Account')


@t.case('the main menu names its items')
def _():
    app.find('toggle button', 'Main Menu').mouse()
    for item in ('Preferences', 'Keyboard Shortcuts', 'About Mostrador', 'Quit'):
        app.find('menu item', item)
    check_accessible(app, 'main menu')
    keys('Escape')
    app.gone('menu item', 'Quit')


@t.case('the shortcuts page')
def _():
    keys('ctrl+question')
    app.find('dialog')
    check_accessible(app, 'keyboard shortcuts')
    keys('Escape')
    app.gone('dialog')


@t.case('the preferences')
def _():
    keys('ctrl+comma')
    app.find('dialog')
    check_accessible(app, 'preferences')
    keys('Escape')
    app.gone('dialog')


@t.case('Ctrl+Q quits, and nothing leaked')
def _():
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long things are kept: looked at before it is switched on, what goes next is listed, and one of it kept."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import mostrador, press
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'retention-%s.png' % name))


def items(beginning):
    return [row for row in app.find_all('list item') if row.name.startswith(beginning)]


def keep_buttons():
    # Those below the edge, too.
    return [button for button in app.find_all('button', lambda name: name.startswith('Keep “'), showing=False)]


@t.case('everything is kept for ever, until somebody says otherwise')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('How Long Things Are Kept'), timeout=10))
    until(lambda: items('Orders and bills'), 10, 'the classes are listed')
    until(lambda: any('For ever' in (node.name or '') for node in app.find_all('label')), 10, 'nothing is on')
    check_accessible(app, 'how long things are kept')
    picture('off')


@t.case('what would go is shown before it can be switched on')
def _():
    press(items('E-mail')[0])
    app.says('What Would Go')
    until(lambda: app.find('button', 'Switch On').has('sensitive'), 20, 'the preview is there')
    field = app.find('spin button', lambda name: name.startswith('Kept for'))
    field.focus()
    keys('ctrl+a')
    type_text('1')
    keys('Tab')
    until(lambda: [row for row in app.find_all('list item') if 'conversation' in row.name and 'message' in row.name], 20, 'it says how much')
    until(lambda: app.find('button', 'Switch On').has('sensitive'), 20, 'the preview is there')
    app.says('there is no undo')
    check_accessible(app, 'what would go')
    picture('preview')


@t.case('switched on, what goes next is listed')
def _():
    press(app.find('button', 'Switch On'))
    app.says('Switched on')
    until(lambda: len(keep_buttons()) > 1, 30, 'what goes next')
    check_accessible(app, 'what goes next')
    picture('going')


@t.case('one of it is kept')
def _():
    button = keep_buttons()[0]
    name = button.name
    button.click()
    app.says('It is kept for ever')
    until(lambda: app.find_all('button', 'Do not k' + name[1:], showing=False), 10, 'it is among what is kept')
    until(lambda: name not in [other.name for other in keep_buttons()], 10, 'and goes no more')
    picture('kept')


@t.case('switched off, nothing goes')
def _():
    press(items('E-mail')[0])
    press(app.find('button', 'Switch Off'))
    app.says('Switched off')
    until(lambda: not keep_buttons(), 10, 'nothing goes')
    app.find('dialog', 'Preferences').find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

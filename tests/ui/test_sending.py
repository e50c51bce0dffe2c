#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending: taken back while another conversation is read, let go of at once, passed by a check, sent later and changed; recipients by keyboard.

The session lets a mail wait for a minute (UIS_UNDO_SEND): no step of this is quick enough to miss it, and none waits for it.
"""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import composer, mostrador, open_row, shows_message, tab_to, write
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)
ONE = 'Cambio de dirección del pedido FL-2045'


def focused(node, what):
    until(lambda: node().has('focused'), 5, 'focus on ' + what)


def begin_answer():
    keys('ctrl+g', 'ctrl+r')
    until(lambda: composer(app).has('focused'), 5, 'focus in the composer')


def closed():
    """the number that the view Closed tells"""
    return next(n.name for n in app.find('list', 'Views').find_all('list item') if n.name.startswith('Closed,')).split(', ', 1)[1]


@t.case('a mail that was sent waits, and is taken back from another conversation')
def _():
    global app
    app = mostrador('--sample')
    open_row(app, ONE, 20)
    begin_answer()
    write(app, 'It left the harbour.')
    keys('ctrl+Return')
    app.find('button', 'Undo')
    app.says('Sending “')
    shows_message(app, 'It left the harbour.')
    app.says('Sends in a moment.')
    keys('ctrl+g', 'ctrl+Next')
    until(lambda: not [n for n in app.find_all('label') if 'Sends in a moment.' in n.name], 5, 'another conversation is shown')
    keys('ctrl+z')
    until(lambda: 'It left the harbour.' in composer(app).text(), 10, 'the text is back')
    focused(lambda: composer(app), 'the text')
    app.gone('button', 'Undo')


@t.case('the caret is where it was, and the next one leaves at once')
def _():
    type_text(' At noon.')
    until(lambda: 'It left the harbour. At noon.' in composer(app).text(), 5, 'the caret at its place, in %r' % composer(app).text())
    keys('ctrl+Return')
    app.find('button', 'Undo')
    # in its bubble there is another one
    app.find_all('button', 'Send Now')[-1].rest().mouse()
    app.gone('button', 'Undo')
    app.says('Waiting to be sent')


@t.case('sent and closed, it is open again when it is taken back')
def _():
    begin_answer()
    write(app, 'All is well.')
    before = closed()
    keys('ctrl+shift+Return')
    app.find('button', 'Undo')
    until(lambda: closed() != before, 10, 'it is closed')
    app.find('button', 'Undo').rest().mouse()
    until(lambda: closed() == before, 10, 'it is open again')
    until(lambda: 'All is well.' in composer(app).text(), 10, 'the text is back')


@t.case('recipients are chips: by arrows, edited and removed by keyboard, marked where they are new')
def _():
    field = app.find('text', 'To')
    field.focus()
    type_text('zoe@elsewhere.test,')
    chip = app.find('button', 'zoe@elsewhere.test')
    until(lambda: 'new in this conversation' in chip.description, 5, 'the chip says that it is new: %r' % chip.description)
    keys('Left')
    focused(lambda: app.find('button', 'zoe@elsewhere.test'), 'the chip')
    check_accessible(app, 'the composer with chips')
    keys('Return')
    until(lambda: app.find('text', 'To').text() == 'zoe@elsewhere.test', 5, 'it is text again')
    keys('Home')
    type_text('eva.')
    keys('End')
    type_text(',')
    app.find('button', 'eva.zoe@elsewhere.test')
    type_text('nobody,')
    app.find('button', 'nobody')
    app.says('not an address')
    keys('Left', 'Delete')
    app.gone('button', 'nobody')
    composer(app).focus()


@t.case('what is amiss is one list, which Escape puts away and Send Anyway passes')
def _():
    keys('ctrl+Home')
    type_text('See the attached {{order.bill}} for FL-2044. ')
    keys('ctrl+Return')
    app.find('button', 'Send Anyway')
    # Return pressed once too often sends nothing.
    focused(lambda: app.find('button', 'Go There'), 'what mends it')
    check_accessible(app.find('grouping', 'Before this is sent'), 'the checks')
    said = [n.name for n in app.find('grouping', 'Before this is sent').find_all('label')]
    for words in ('The text speaks of an attachment, but none is attached.', '{{order.bill}}', 'was never in this conversation.', 'is another customer’s: \u2068Dani Robles\u2069.'):
        assert any(words in name for name in said), (words, said)
    keys('Escape')
    app.gone('button', 'Send Anyway')
    focused(lambda: composer(app), 'the text')
    keys('ctrl+Return')
    tab_to(app.find('button', 'Send Anyway'))
    keys('space')
    app.find('button', 'Undo')
    shows_message(app, 'See the attached {{order.bill}} for FL-2044.')
    app.find('button', 'Undo').rest().mouse()
    until(lambda: 'See the attached' in composer(app).text(), 10, 'the text is back')


@t.case('sent later, by a typed time; changed, and cancelled')
def _():
    until(lambda: composer(app).has('focused'), 5, 'focus in the composer')
    keys('ctrl+a')
    type_text('Until next year.')
    app.find('button', 'Remove eva.zoe@elsewhere.test').mouse()
    composer(app).focus()
    keys('ctrl+F8')
    dialog = app.find('dialog', 'Send Later')
    check_accessible(dialog, 'the dialog of sending later')
    type_text('31 december 2033 2:05 pm')
    dialog.says('Saturday, 31 December 2033, 14:05')
    keys('Return')
    app.gone('dialog', 'Send Later')
    app.says('Sends at ')
    app.find('button', 'Change…').mouse()
    dialog = app.find('dialog', 'Send At')
    type_text('1 january 2034 9:00')
    dialog.says('Sunday, 1 January 2034, 09:00')
    keys('Return')
    app.gone('dialog', 'Send At')
    until(lambda: [n for n in app.find_all('label') if n.name.startswith('Sends at') and '2034' in n.name], 10, 'the other time is said')
    app.find('button', 'Cancel').mouse()
    until(lambda: 'Until next year.' in composer(app).text(), 10, 'the text is back')
    focused(lambda: composer(app), 'the text')


@t.case('what waits for its time is a draft again by Ctrl+Z, and so is what was discarded')
def _():
    keys('ctrl+F8')
    app.find('dialog', 'Send Later')
    type_text('31 december 2033 2:05 pm')
    keys('Return')
    app.gone('dialog', 'Send Later')
    app.says('Sends at ')
    keys('ctrl+g', 'ctrl+z')
    until(lambda: 'Until next year.' in composer(app).text(), 10, 'the text is back')
    app.find('button', 'Discard').mouse()
    app.says('Draft discarded')
    until(lambda: not app.find_all('button', 'Discard'), 5, 'nothing is being written')
    keys('ctrl+z')
    app.says('The draft is back')
    until(lambda: 'Until next year.' in composer(app).text(), 10, 'the text is back')
    focused(lambda: composer(app), 'the text')


@t.case('what was chosen from the menu is what the button does')
def _():
    app.find('toggle button', 'More ways to send').mouse()
    app.find('menu item', 'Send and Wait for Customer').mouse()
    # Under the mouse the bar may still grow, and a press is none then.
    until(lambda: app.find_all('button', 'Send and Wait') or (app.find('button', 'Undo').rest().mouse(), time.sleep(1))[0], 20, 'it is taken back')
    until(lambda: 'Until next year.' in composer(app).text(), 10, 'the text is back')
    keys('Escape')


@t.case('a macro answers several: whom it does not fit is told, and all of it is taken back from there')
def _():
    def waits():
        return [n.name for n in app.find('list', 'Views').find_all('list item') if n.name.startswith('Drafts')]

    before = waits()
    keys('ctrl+g', 'Home', *['shift+Down'] * 7)
    app.says('8 chosen')
    keys('F3')
    chooser = app.find('dialog', 'Apply Macro')
    until(lambda: any(n.has('focused') for n in chooser.walk()), 5, 'the keyboard in the dialog')
    type_text('order status')
    chooser.find('list item', lambda name: name.startswith('Order status'))
    keys('Return')
    app.find('alert', 'Answer 8 Conversations?', timeout=10)
    app.find('button', 'Send').mouse()
    told = app.find('alert', lambda name: name.endswith('Left as They Are'), timeout=20)
    app.says('Not filled in: ')
    check_accessible(app, 'what was left')
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'sending-left.png'))
    told.find('button', 'Undo').mouse()
    app.gone('alert', lambda name: name.endswith('Left as They Are'))
    # Nothing offers it a second time.
    app.gone('button', 'Undo')
    # What was written for each of them is a draft again.
    until(lambda: waits() != before, 20, 'the drafts are there: %r' % waits())
    app.stop()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

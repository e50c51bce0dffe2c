#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample shop's chats: what each of them is there for can be seen. And the help, which says what each kind of chat costs and cannot do."""
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import mostrador, open_any, rows, shows_message, tab_to
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, type_text, until, xdo

t = tap.Tap()
app = None
narrow = int(xdo('getdisplaygeometry').split()[0]) < 560
record_failures(t, lambda: app)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'sample-%s.png' % name))


def to_list():
    if narrow and app.find_all('filler', 'Messages'):
        app.find('button', 'Back').rest().mouse()
        time.sleep(20 * PAUSE)
    keys('ctrl+4')
    app.find('grouping', 'All open')


def open_chat(text):
    """by what it is about: the list is long, and a busy machine pages slowly"""
    to_list()
    for _ in range(2):
        try:
            return open_any(app, text)
        except AssertionError:
            time.sleep(20 * PAUSE)
    return open_any(app, text)


@t.case('the sample shop opens, with chats among its mail')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    keys('ctrl+4')
    until(lambda: rows(app), 5, 'rows')
    check_accessible(app, 'mail and chats')
    picture('list')


@t.case('an album is one message, a voice can be played, and what was changed says so')
def _():
    open_chat('Guten Tag! Die Tischlampe')
    shows_message(app, 'Bestellnummer ist FL-2050', timeout=10)
    until(lambda: len(app.find_all('button', lambda name: name.startswith('Open picture'), showing=False)) == 2, 10, 'two pictures')
    app.find('button', lambda name: name.startswith('Play '), showing=False)
    app.find('label', lambda name: 'edited' in name.lower(), showing=False)
    check_accessible(app, 'an album and a voice')
    picture('album')


@t.case('whoever wrote a mail first is the same person, and answers are quoted')
def _():
    open_chat('Hola, soy Ana')
    shows_message(app, 'Paseo del Molino 3', timeout=10)
    app.find('button', lambda name: name.startswith('Show what this answers: '), showing=False)
    until(lambda: app.find_all('label', lambda name: ' put ' in name, showing=False), 10, 'a sign at our answer')
    if not narrow:
        app.find('label', 'Ana García Ruiz', showing=False)
    check_accessible(app, 'an answer that is quoted')
    picture('quoted')


@t.case('an Arabic chat reads from the right')
def _():
    open_chat('مرحبًا، أنا عمر')
    shows_message(app, 'هذه صورة الصندوق كما وصل', timeout=10)
    picture('arabic')


@t.case('of a customer known by a number alone, the list says where it is one')
def _():
    keys('ctrl+F12')
    dialog = app.find('dialog', 'Customers')
    entry = dialog.find('entry', 'Search customers')
    until(lambda: entry.has('focused'), 5, 'the keyboard is in the search')
    type_text('claudia')
    dialog.find('label', lambda name: 'Instagram 178' in name, timeout=10)
    picture('customers')
    dialog.find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Customers')


@t.case('what WhatsApp does not take any more is said before anybody writes')
def _():
    open_chat('Hola! Para la factura')
    shows_message(app, 'Gil y Vega', timeout=10)
    keys('ctrl+r')
    app.says('The time for an answer is over', timeout=10)
    check_accessible(app, 'a window that is over')
    picture('window')
    # The template is a key away, and one step back from the text; the sample shop says why it has none.
    template = app.find('button', lambda name: name.startswith('Send a Template'))
    keys('shift+Tab')
    until(lambda: template.has('focused'), 5, 'the keyboard is at the template')
    keys('ctrl+shift+F8')
    app.find('dialog', 'Send a Template').says('Sample shop, no network', timeout=10)
    check_accessible(app, 'no templates in the sample shop')
    picture('templates')
    keys('Escape')
    app.gone('dialog', 'Send a Template')
    keys('Escape')


@t.case('F1 opens the help about conversations; its contents lead to a page for each kind of chat')
def _():
    keys('F1')
    dialog = app.find('dialog', 'Help', timeout=10)
    dialog.says('What is open, who waits')
    time.sleep(20 * PAUSE)
    keys('Escape')
    until(lambda: len(dialog.find('list', 'Pages').find_all('list item')) >= 9, 10, 'the pages')
    check_accessible(app, 'the help')
    picture('help')
    for page in ('Ways Customers Write to You', 'Telegram'):
        until(lambda page=page: dialog.find('list', 'Pages').find_all('list item', lambda name: name.startswith(page)), 10, page)
        time.sleep(20 * PAUSE)
        tab_to(dialog.find('list', 'Pages').find('list item', lambda name, page=page: name.startswith(page)))
        keys('Return')
    app.says('While This Computer Is Off', timeout=10)
    app.says('24 hours')
    time.sleep(20 * PAUSE)
    check_accessible(app, 'a page of the help')
    picture('help-page')
    # Page by page back, then out; and there is but one of it.
    keys('Escape')
    app.find('list item', lambda name: name.startswith('Telegram'), timeout=10)
    time.sleep(20 * PAUSE)
    keys('F1')
    assert len(app.find_all('dialog', 'Help')) == 1
    keys('Escape')
    app.find('list item', lambda name: name.startswith('First Steps'), timeout=10)
    time.sleep(20 * PAUSE)
    keys('Escape')
    app.gone('dialog', 'Help')


if app and app.process.poll() is None:
    app.quit()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page of the program, on the sample shop: all of it has a name for a screen reader, and Escape leads out of it.

Runs at whatever size the display has: wide with three panes, narrow with one at a time.
"""
import os
import shutil
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import bodies, choose_kind, composer, find_row, mostrador, no_row, open_any, rows, unfold
from uidrive import PAUSE, check_accessible, keys, record_failures, shot, type_text, until, xdo

NARROW = int(xdo('getdisplaygeometry').split()[0]) < 560
# Set by hand, to look at every page.
PICTURES = os.environ.get('MOS_UI_EVERY_PAGE')

t = tap.Tap()
app = None
record_failures(t, lambda: app)
number = 0


def check(page):
    global number
    check_accessible(app, page)
    number += 1
    if PICTURES:
        shot('%s/%s-%02d-%s.png' % (PICTURES, 'narrow' if NARROW else 'wide', number, page.replace(' ', '-')))


def back():
    """presses the button that leads back

    libadwaita 1.7: without animations the button's page is gone before its long press is taken back, and its history pops up half a second after the press
    wherever one is by then, and takes the next click. A hand is slower than that.
    """
    app.find('button', 'Back').rest().mouse()
    time.sleep(20 * PAUSE)


def to_list():
    """wherever one is: back to the list of all open conversations"""
    for key in ('Escape', 'Escape', 'ctrl+4'):
        keys(key)
        time.sleep(10 * PAUSE)
    app.find('grouping', 'All open')
    keys('ctrl+g')
    app.find('list', 'Conversations')


def pages(name):
    """a case that begins and ends at the list"""

    def run(function):
        def guarded():
            to_list()
            function()

        return t.case(name)(guarded)

    return run


def dialog(key, page, title=None):
    """opens a dialog, checks it, leaves it by Escape"""
    keys(*key) if isinstance(key, tuple) else keys(key)
    app.find('dialog', title)
    check(page)
    keys('Escape')
    app.gone('dialog', title)


def menu(button, item, page):
    app.find('toggle button', button).mouse()
    app.find('menu item', item)
    check(page)
    keys('Escape')
    app.gone('menu item', item)


@t.case('the sample shop opens')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    until(lambda: rows(app), 5, 'rows')
    check('start')


for view, key in (('Mine', '1'), ('Unassigned', '2'), ('Waiting longest', '3'), ('All open', '4'), ('Drafts', '5'), ('Snoozed', '6'), ('Closed', '7'), ('Failed to send', '8'), ('Quarantine', '9')):

    @t.case('the view %s' % view)
    def _(view=view, key=key):
        keys('ctrl+' + key)
        app.find('grouping', view)
        if view == 'Drafts':
            app.says('No drafts')
        else:
            find_row(app, ', #')
        check(view)


@pages('the left pane, and the views without a key')
def _():
    if NARROW:
        back()
    app.find('list', 'Views')
    check('left pane')
    for view in ('Spam', 'Deleted'):
        if NARROW and view != 'Spam':
            back()
        app.find('list', 'Views').find('list item', lambda name: name.startswith(view)).mouse()
        app.find('grouping', view)
        check(view)


@pages('the main menu, and what is about the program')
def _():
    if NARROW:
        back()
    menu('Main Menu', 'Preferences', 'main menu')
    app.find('toggle button', 'Main Menu').mouse()
    app.find('menu item', 'Help').rest().mouse()
    app.find('menu item', 'About Mostrador').rest().mouse()
    app.find('dialog')
    app.says('Mostrador')
    check('about')
    keys('Escape')
    app.gone('dialog')


@pages('the macros, one of them, and the choice of one')
def _():
    keys('shift+F7')
    app.find('dialog', 'Macros')
    check('macros')
    app.find('button', 'New macro').mouse()
    app.find('text', 'Name')
    check('a macro')
    keys('Escape')
    app.find('list item', lambda name: name.startswith('Complaint'), showing=False)
    keys('Escape')
    app.gone('dialog', 'Macros')
    open_any(app, 'FL-2044')
    dialog('F3', 'apply a macro', 'Apply Macro')


@pages('a long conversation, with all its messages')
def _():
    keys('ctrl+4')
    open_any(app, 'FL-1954')
    unfold(app)
    assert len(bodies(app)) >= 10, len(bodies(app))
    check('long conversation')
    app.find('button', lambda name: name.startswith('Fold message from')).click()
    check('folded message')


@pages('what belongs to a message')
def _():
    open_any(app, 'FL-2044')
    menu('Message menu', 'Show Headers and Source', 'message menu')
    for item, page in (('Why Is This Here?', 'why'), ('Show Headers and Source', 'source')):
        app.find('toggle button', 'Message menu').mouse()
        app.find('menu item', item).mouse()
        app.find('dialog' if page == 'source' else 'alert' if app.find_all('alert') else 'dialog')
        check(page)
        keys('Escape')
        until(lambda: not app.find_all('dialog') and not app.find_all('alert'), 5, 'the dialog goes away')
    app.find('button', lambda name: name.startswith('To ')).mouse()
    app.says('dani.robles@correo.example')
    check('recipients')


@pages('a newsletter: formatted, without its pictures on the internet until they are asked for')
def _():
    open_any(app, 'Oferta de lana merina')
    app.says('Pictures on the internet were not loaded')
    button = app.find('button', 'Load Remote Images')
    check('newsletter')
    button.mouse()
    app.gone('button', 'Load Remote Images')
    check('newsletter with pictures')


@pages('attachments')
def _():
    open_any(app, 'Colis ouvert')
    app.find('button', lambda name: name.startswith('Open attachment '))
    check('attachments')


@pages('the composer, for each kind of answer')
def _():
    open_any(app, 'FL-2044')
    for key, kind in (('ctrl+r', 'Reply'), ('ctrl+shift+r', 'Reply all'), ('ctrl+l', 'Forward'), ('ctrl+shift+t', 'Note')):
        keys(key)
        app.find('toggle button', kind)
        until(lambda: composer(app).has('focused') or kind == 'Forward', 5, 'focus in the text')
        check('composer ' + kind)
        if kind == 'Reply':
            app.find('toggle button', 'Show the quoted text').mouse()
            app.find('text', 'Quoted text')
            check('quoted text')
            app.find('text', 'To')
            app.find('toggle button', 'Cc/Bcc').mouse()
            app.find('text', 'Bcc')
            check('copies')
            menu('Reply', 'Forward', 'kinds of answer')
            menu('More ways to send', 'Send and Close', 'ways to send')
            composer(app).focus()
        keys('Escape')
        app.gone('toggle button', kind)
        app.find('button', lambda name: name.startswith('Reply to '))


@pages('a new message')
def _():
    if NARROW:
        # The customer was asked for on the list, and is not seen there: it does not lie over what is written.
        keys('F9')
    keys('ctrl+n')
    app.find('text', 'Subject')
    until(lambda: app.find('text', 'To').has('focused'), 5, 'the keyboard is in a new message')
    check('new message')
    keys('Escape')
    app.gone('text', 'Subject')


@pages('the customer')
def _():
    open_any(app, 'FL-2044')
    if NARROW:
        keys('F9')
    app.find('list', 'Contact')
    check('customer')
    if NARROW:
        keys('Escape')
        app.gone('list', 'Contact')
        app.find('filler', 'Messages')
    else:
        keys('F9')
        app.gone('list', 'Contact')
        keys('F9')
        app.find('list', 'Contact')


@pages('the dialogs about a conversation')
def _():
    open_any(app, 'FL-2044')
    menu('Conversation Menu', 'Internal Note', 'conversation menu')
    dialog('ctrl+t', 'tags', 'Tags')
    dialog('ctrl+shift+a', 'assign', 'Assign')
    dialog('shift+F5', 'language', 'Language')
    dialog('ctrl+F11', 'category', 'Category')
    dialog('ctrl+shift+s', 'snooze until', 'Snooze Until')


@pages('the keyboard shortcuts')
def _():
    dialog('ctrl+question', 'shortcuts')


@pages('the preferences')
def _():
    dialog('ctrl+comma', 'preferences')
    dialog('ctrl+o', 'import mail', 'Import Mail')
    dialog('ctrl+shift+x', 'export everything', 'Export')


@pages('an account')
def _():
    if NARROW:
        back()
    app.find('button', 'Account Settings').mouse()
    settings = app.find('dialog', 'Account Settings')
    check('account')
    settings.find(None, 'Enter Password…', showing=False)
    keys('Escape')
    app.gone('dialog', 'Account Settings')


@pages('adding an account')
def _():
    if NARROW:
        back()
    keys('ctrl+shift+n')
    app.find('dialog', 'Add an Account')
    check('which account')
    add = choose_kind(app, 'E-mail', 'Add an E-mail Account')
    check('add an account')
    for field, text in (('Name customers see', 'Faro'), ('E-mail address', 'nobody@gmail.com'), ('Password', 'x')):
        add.find('text', field).focus()
        type_text(text)
    keys('Return')
    add.says('app password', timeout=30)
    check('servers of a provider')
    keys('Escape')
    add.find('text', 'Password')
    keys('Escape')
    app.gone('dialog', 'Add an E-mail Account')


@pages('a search, with and without hits')
def _():
    keys('ctrl+f')
    entry = app.find('entry', 'Search all messages')
    type_text('merina')
    find_row(app, 'Oferta de lana merina')
    no_row(app, 'FL-2044')
    check('hits')
    keys('ctrl+a')
    type_text('zzyzx')
    app.says('Nothing found')
    check('no hits')
    keys('Escape')
    app.gone('entry', 'Search all messages')
    until(lambda: 'FL-2044' in ' '.join(rows(app)), 5, 'the list is back')


@t.case('the program quits, and nothing leaked')
def _():
    app.quit()


@t.case('a damaged profile is explained')
def _():
    global app
    folder = tempfile.mkdtemp(prefix='mos-damaged-')
    with open(os.path.join(folder, 'mostrador.db'), 'wb') as f:
        f.write(b'this is no database, but somebody gave it the name of one' * 200)
    app = mostrador('--profile', folder)
    app.find('button', 'Try Again', timeout=20)
    check('damaged profile')
    app.find('toggle button', 'Details').mouse()
    check('damaged profile, details')
    app.find('button', 'Quit').mouse()
    status = app.wait()
    assert status == 0, status
    shutil.rmtree(folder)


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

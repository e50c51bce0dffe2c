#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""When things go wrong, with real servers: each trouble is said, has its remedy, and nothing is lost."""
import json
import os
import subprocess
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from servers import Servers
from story import add_account, composer, find_row, mail, mail_comes, mailbox, mostrador, open_row, open_view, row_says, shows_message, view_counts, write
from uidrive import keys, record_failures, type_text, until

SHOP = 'support@shop.test'
CUSTOMER = 'customer@mail.test'
ORDER = 'The blue blanket'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
servers = Servers().start()


def account_says(text, timeout=20):
    until(lambda: any(text in row.name for row in app.find('list', 'Accounts').children()), timeout, 'the account says %r, not %r' % (text, [row.name for row in app.find('list', 'Accounts').children()]))


def account_is_well(timeout=30):
    until(lambda: all(not any(word in row.name for word in ('No connection', 'Connecting', 'problem')) for row in app.find('list', 'Accounts').children()), timeout, 'the account is well: %r' % [row.name for row in app.find('list', 'Accounts').children()])


def set_password(user, password):
    path = os.path.join(servers.dir, 'users')
    with open(path, encoding='utf-8') as f:
        lines = f.read().splitlines()
    lines = [user + ':{PLAIN}' + password + line[line.index(':', len(user) + 1):] if line.startswith(user + ':') else line for line in lines]
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')
    dovecot('reload')


def dovecot(command):
    subprocess.run(['doveadm', '-c', os.path.join(servers.dir, 'dovecot.conf'), command], check=True, timeout=20, capture_output=True)


def drop_connections():
    subprocess.run(['doveadm', '-c', os.path.join(servers.dir, 'dovecot.conf'), 'kick', SHOP], check=False, timeout=20, capture_output=True)


@t.case('an account, and a mail in it')
def _():
    global app
    app = mostrador()
    add_account(app, servers)
    servers.deliver(SHOP, mail('Ana García <%s>' % CUSTOMER, ORDER, 'Is it still to be had?\n'), CUSTOMER)
    find_row(app, ORDER, timeout=30)


USUAL = os.path.join(os.environ['XDG_DATA_HOME'], 'mostrador', 'profile')


def raises_first(*arguments, **env):
    """a second start that meets the window that is there: it ends well, and no window is added"""
    second = subprocess.run([os.environ['MOSTRADOR'], *arguments], timeout=60, capture_output=True, text=True, check=False, env={**os.environ, **env})
    assert second.returncode == 0, (arguments, env, second)
    assert app.process.poll() is None
    assert len(app.find_all('frame')) == 1, app.find_all('frame')


@t.case('a second start raises the first window and ends, however it names the profile')
def _():
    raises_first()
    raises_first('--profile', USUAL)
    raises_first(MOSTRADOR_PROFILE=USUAL)
    raises_first('--profile', USUAL, XDG_DATA_HOME=os.path.join(os.environ['HOME'], 'elsewhere'))


@t.case('what a terminal changes shows in the window')
def _():
    ctl = lambda *words, **more: subprocess.run([os.environ['MOSTRADORCTL'], *words], timeout=60, capture_output=True, text=True, check=False, **more)
    listed = ctl('--json', 'list')
    assert listed.returncode == 0, listed
    number = str(json.loads(listed.stdout.splitlines()[0])['number'])
    done = ctl('set', number, 'tag+=terminal')
    assert done.returncode == 0, done
    row_says(app, ORDER, 'Tags: terminal')
    open_row(app, ORDER)
    done = ctl('note', number, input='Written in a terminal.\n')
    assert done.returncode == 0, done
    shows_message(app, 'Written in a terminal.')


@t.case('a server that is away is waited for, and an answer given meanwhile is kept')
def _():
    global stopped
    for process in servers.processes:
        process.terminate()
    for process in servers.processes:
        process.wait(20)
    account_says('No connection', timeout=20)
    open_row(app, ORDER)
    keys('ctrl+g', 'ctrl+r')
    write(app, 'Yes, three of them are left.')
    keys('ctrl+Return')
    shows_message(app, 'three of them are left')
    assert not app.find_all('button', 'Retry')


@t.case('when it is back the answer leaves by itself, once')
def _():
    servers.processes = []
    servers._spawn('dovecot', '-F', '-c', os.path.join(servers.dir, 'dovecot.conf'))
    servers._spawn('/usr/lib/postfix/sbin/master', '-c', os.path.join(servers.dir, 'postfix'), '-d')
    for name, port in servers.ports.items():
        servers._wait_for_port(name, port)
    mail_comes(servers, CUSTOMER, 'three of them are left', timeout=40)
    account_is_well()
    app.find('label', 'Sent', timeout=20)
    assert len(mailbox(servers, CUSTOMER)) == 1


@t.case('an address that nobody has: the reason is said, and it can be mended')
def _():
    keys('ctrl+g', 'ctrl+n')
    app.find('text', 'Subject')
    field = app.find('text', 'To')
    until(lambda: field.has('focused'), 5, 'focus in the recipients')
    type_text('nobody@mail.test')
    keys('Tab')
    app.find('button', lambda name: 'nobody@mail.test' in name)
    app.find('text', 'Subject').focus()
    type_text('A parcel')
    composer(app).focus()
    write(app, 'It is at the harbour office.')
    keys('ctrl+Return')
    view_counts(app, 'Failed to send', '1 conversation', timeout=20)
    open_view(app, 'Failed to send')
    open_row(app, 'A parcel')
    app.says('Check it for a slip')
    app.find('toggle button', 'Details').mouse()
    app.says('550')
    app.find('button', 'Retry')
    app.find('button', 'Discard')
    app.find('button', 'Edit').mouse()
    until(lambda: 'harbour office' in composer(app).text(), 5, 'the text can be edited')
    app.find('button', lambda name: name.startswith('Remove') and 'nobody@mail.test' in name).mouse()
    app.find('text', 'To').focus()
    type_text(CUSTOMER)
    keys('Tab')
    composer(app).focus()
    keys('ctrl+Return')
    mail_comes(servers, CUSTOMER, 'harbour office', timeout=20)
    view_counts(app, 'Failed to send', 'no conversations')


@t.case('one that failed is discarded: nothing is left of it, not even a draft')
def _():
    keys('ctrl+g', 'ctrl+n')
    app.find('text', 'Subject')
    field = app.find('text', 'To')
    until(lambda: field.has('focused'), 5, 'focus in the recipients')
    type_text('nobody@mail.test')
    keys('Tab')
    app.find('button', lambda name: 'nobody@mail.test' in name)
    app.find('text', 'Subject').focus()
    type_text('A mistake')
    composer(app).focus()
    write(app, 'Never mind.')
    keys('ctrl+Return')
    view_counts(app, 'Failed to send', '1 conversation', timeout=20)
    open_view(app, 'Failed to send')
    open_row(app, 'A mistake')
    app.find('button', 'Discard').mouse()
    app.find('alert', 'Discard This Message?').find('button', 'Discard').mouse()
    view_counts(app, 'Failed to send', 'no conversations')
    view_counts(app, 'Drafts', 'no conversations')


@t.case('a password that is no longer right: a banner asks for the new one')
def _():
    set_password(SHOP, 'changed')
    drop_connections()
    app.find('button', 'Enter Password', timeout=30)
    app.says('Faro y Lana: ')


@t.case('the new one is entered, and mail comes again')
def _():
    app.find('button', 'Enter Password').mouse()
    dialog = app.find('dialog', 'Enter Password')
    field = dialog.find('text', 'Password')
    until(lambda: field.has('focused'), 5, 'focus on the password')
    type_text('changed')
    keys('Return')
    app.gone('dialog', 'Enter Password', timeout=20)
    app.gone('button', 'Enter Password', timeout=20)
    servers.deliver(SHOP, mail('Ana García <%s>' % CUSTOMER, 'One more thing', 'Is there a green one?\n'), CUSTOMER)
    open_view(app, 'All open')
    find_row(app, 'One more thing', timeout=30)


@t.case('the program quits, and nothing leaked')
def _():
    app.quit()


@t.case('started with the usual folder by name, it is found by a start without')
def _():
    global app
    app = mostrador('--profile', USUAL)
    find_row(app, ORDER, timeout=30)
    raises_first()
    raises_first('--profile', USUAL)
    app.quit()


@t.case('started where another folder is the usual one, it is found too')
def _():
    global app
    app = mostrador('--profile', USUAL, env={'XDG_DATA_HOME': os.path.join(os.environ['HOME'], 'elsewhere')})
    find_row(app, ORDER, timeout=30)
    raises_first()
    app.quit()


if app and app.process.poll() is None:
    app.kill()
servers.stop()
sys.exit(t.done())

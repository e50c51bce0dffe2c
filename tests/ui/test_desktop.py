#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop: its search starts the program without a window and opens what it found; a mailto: link fills the composer; closed, it goes on, and comes back."""
import os
import signal
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from gi.repository import Gio, GLib
from story import composer, rows
from uidrive import App, check_accessible, keys, record_failures, shot, until

NAME = 'org.mostrador.Mostrador'
PROGRAM = os.environ['MOSTRADOR']
SUBJECT = 'Cambio de dirección del pedido FL-2045'

t = tap.Tap()
app = None
record_failures(t, lambda: app)
bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'desktop-%s.png' % name))


def call(name, path, interface, method, signature, *arguments):
    parameters = GLib.Variant(signature, arguments) if signature else None
    return bus.call_sync(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 60000, None).unpack()


def ask(method, signature, *arguments):
    return call(NAME, '/org/mostrador/Mostrador/SearchProvider', 'org.gnome.Shell.SearchProvider2', method, signature, *arguments)


def of_bus(method, signature=None, *arguments):
    return call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method, signature, *arguments)


def is_running():
    return of_bus('NameHasOwner', '(s)', NAME)[0]


def windows_of(pid):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid)], capture_output=True, text=True, timeout=60)
    return found.stdout.split()


class Started:
    """a process that the bus has started: no child of ours"""

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            self.returncode = 0
        return self.returncode

    def send_signal(self, number):
        os.kill(self.pid, number)

    def wait(self, timeout):
        until(lambda: self.poll() is not None, timeout, 'the end of the program')
        return 0

    def kill(self):
        self.send_signal(signal.SIGKILL)


def start(*arguments):
    """another start, which hands over to the one that runs"""
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, timeout=120)
    assert done.returncode == 0, done.returncode


@t.case('the search of the desktop starts it without a window, and knows the language of queries')
def _():
    global process
    subprocess.run([os.environ['MOSTRADORCTL'], 'sample'], check=True, timeout=120, stdout=subprocess.DEVNULL)
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'dbus-1', 'services')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, NAME + '.service'), 'w', encoding='utf-8') as file:
        file.write('[D-BUS Service]\nName=%s\nExec=%s --gapplication-service\n' % (NAME, PROGRAM))
    of_bus('ReloadConfig')
    assert not is_running()
    found = ask('GetInitialResultSet', '(as)', ['FL-2045'])[0]
    assert found, 'nothing was found'
    process = Started(of_bus('GetConnectionUnixProcessID', '(s)', NAME)[0])
    metas = ask('GetResultMetas', '(as)', found)[0]
    wanted = next(one for one in metas if one['name'] == SUBJECT)
    assert '#' in wanted['description'], wanted
    # What is in the query counts, not only words.
    status = ask('GetSubsearchResultSet', '(asas)', found, ['FL-2045', 'status:closed'])[0]
    assert wanted['id'] not in status, status
    assert any(wanted['id'] in ask('GetSubsearchResultSet', '(asas)', found, ['FL-2045', 'status:' + status])[0] for status in ('open', 'pending', 'snoozed'))
    assert not windows_of(process.pid), 'a window came up'
    call(NAME, '/org/mostrador/Mostrador/SearchProvider', 'org.gnome.Shell.SearchProvider2', 'ActivateResult', '(sasu)', wanted['id'], ['FL-2045'], 0)


@t.case('what was chosen there is opened in a window')
def _():
    global app
    app = App(None, timeout=60, process=process)
    app.find('filler', 'Messages', timeout=60)
    app.says(SUBJECT)
    check_accessible(app, 'a conversation that was searched for from outside')
    picture('found')


@t.case('all that is found is shown in the list')
def _():
    ask('LaunchSearch', '(asu)', ['from:nobody-of-that-name'], 0)
    until(lambda: not any('#' in row.name for found in app.find_all('list', 'Conversations') for row in found.children() if row.has('showing')), 20, 'an empty list')
    keys('Escape')
    app.find('list', 'Conversations', timeout=20)


@t.case('a link of another program fills the composer, and sends nothing')
def _():
    start('mailto:ana@b.example?cc=luis@b.example&subject=A%20lamp%20%26%20more&body=First%20line%0D%0ASecond%20**line**&attach=/etc/passwd')
    app.says('New Message')
    until(lambda: 'First line\nSecond' in (composer(app).text() or ''), 20, 'the text of the link')
    app.says('ana@b.example')
    app.says('luis@b.example')
    check_accessible(app, 'a message begun by a link')
    picture('link')


@t.case('what is no such link is said to be none')
def _():
    start('https://b.example/')
    dialog = app.find('alert', 'This Link Cannot Be Opened', timeout=20)
    keys('Escape')
    app.gone('alert', 'This Link Cannot Be Opened')
    assert dialog


@t.case('closed it goes on without its window, and a second start shows it')
def _():
    keys('ctrl+w')
    dialog = app.find('alert', 'Keep Mostrador Running?', timeout=20)
    check_accessible(dialog, 'whether it goes on')
    keys('Return')
    until(lambda: not windows_of(process.pid), 30, 'no window')
    assert is_running() and process.poll() is None
    start()
    until(lambda: windows_of(process.pid), 30, 'the window')
    app.find('list', 'Conversations', timeout=30)


@t.case('and it is ended from outside')
def _():
    start('--quit')
    process.wait(60)
    until(lambda: not is_running(), 20, 'its name to be free')
    # Where none runs there is nothing to end, and none is started.
    start('--quit')
    assert not is_running()


@t.case('without an account a link says so')
def _():
    global app
    with tempfile.TemporaryDirectory() as folder:
        app = App([PROGRAM, '--profile', os.path.join(folder, 'profile'), 'mailto:ana@b.example'])
        dialog = app.find('alert', 'No Account Can Send Mail Yet', timeout=30)
        check_accessible(dialog, 'that there is no account')
        picture('no-account')
        keys('Escape')
        app.gone('alert', 'No Account Can Send Mail Yet')
        app.quit()


sys.exit(t.done())

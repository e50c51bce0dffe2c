#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time: a snooze typed by keyboard; and without a window what is due comes, and its notification's buttons act."""
import datetime
import json
import os
import subprocess
import sys
import tempfile
import threading

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from gi.repository import Gio, GLib
from story import composer, mostrador, open_row, view_counts
from uidrive import App, check_accessible, keys, record_failures, type_text, until

t = tap.Tap()
app = None
record_failures(t, lambda: app)


@t.case('a snooze is typed, and it is said what was understood')
def _():
    global app
    app = mostrador('--sample')
    open_row(app, 'Cambio de dirección del pedido FL-2045', 20)
    keys('ctrl+g', 'ctrl+shift+s')
    dialog = app.find('dialog', 'Snooze Until')
    check_accessible(dialog, 'the dialog of a snooze')
    type_text('31 feb')
    dialog.says('There is no such day or time.')
    keys('ctrl+a')
    type_text('banana')
    dialog.says('“banana” is not understood.')
    keys('ctrl+a')
    type_text('31 december 2033 2:05 pm')
    dialog.says('Saturday, 31 December 2033, 14:05')
    keys('Return')
    app.gone('dialog', 'Snooze Until')
    view_counts(app, 'Snoozed', '3 conversations')
    keys('ctrl+z')
    view_counts(app, 'Snoozed', '2 conversations')


@t.case('what is offered is chosen by the arrows')
def _():
    keys('ctrl+g', 'ctrl+shift+s')
    dialog = app.find('dialog', 'Snooze Until')
    type_text('until')
    dialog.find('list item', 'until they answer')
    keys('Down', 'Return')
    app.gone('dialog', 'Snooze Until')
    view_counts(app, 'Snoozed', '3 conversations')
    keys('ctrl+z')
    view_counts(app, 'Snoozed', '2 conversations')


@t.case('nothing is held, and the list says so')
def _():
    keys('ctrl+0')
    dialog = app.find('dialog', 'Held')
    dialog.says('Nothing Is Held')
    check_accessible(dialog, 'the list of what is held')
    keys('Escape')
    app.gone('dialog', 'Held')
    app.quit()


class Notifications:
    """a stand-in for the desktop's org.freedesktop.Notifications"""

    XML = """<node><interface name='org.freedesktop.Notifications'>
      <method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
        <arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>
      <method name='CloseNotification'><arg type='u' direction='in'/></method>
      <method name='GetCapabilities'><arg type='as' direction='out'/></method>
      <method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/></method>
      <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
      <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>
    </interface></node>"""

    def __init__(self):
        self.shown = {}
        self.closed = []
        self.last = 0
        self.told = 0
        ready = threading.Event()
        threading.Thread(target=self.run, args=(ready,), daemon=True).start()
        assert ready.wait(20)

    def run(self, ready):
        context = GLib.MainContext()
        context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION)
        self.bus = Gio.DBusConnection.new_for_address_sync(address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        self.bus.register_object('/org/freedesktop/Notifications', interface, self.called, None, None)
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName', GLib.Variant('(su)', ('org.freedesktop.Notifications', 7)), None, 0, -1, None)
        ready.set()
        GLib.MainLoop.new(context, False).run()

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'Notify':
            _, replaces, _, title, body, actions, hints, _ = arguments.unpack()
            self.last = replaces or self.last + 1
            self.told += 1
            self.shown[self.last] = {'told': self.told, 'title': title, 'body': body, 'actions': dict(zip(actions[1::2], actions[::2])), 'urgency': hints.get('urgency')}
            invocation.return_value(GLib.Variant('(u)', (self.last,)))
        elif method == 'CloseNotification':
            self.closed.append(arguments.unpack()[0])
            invocation.return_value(None)
            # By a call; the one that comes next is another.
            bus.emit_signal(None, path, interface, 'NotificationClosed', GLib.Variant('(uu)', (self.closed[-1], 3)))
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['body', 'body-markup', 'actions'],)))
        else:
            invocation.return_value(GLib.Variant('(ssss)', ('stand-in', 'test', '1', '1.2')))

    def press(self, number, label):
        self.bus.emit_signal(None, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications', 'ActionInvoked', GLib.Variant('(us)', (number, self.shown[number]['actions'][label])))

    def wait(self, title, after=0):
        """its number, once one with @title is told of after that many others: it may take the place of one that is shown"""
        return until(lambda: next((n for n, one in self.shown.items() if one['title'] == title and one['told'] > after), None), 60, 'a notification “%s”, not %s' % (title, self.shown))


folder = tempfile.mkdtemp()
profile = os.path.join(folder, 'profile')
background = None


def ctl(*words, text=''):
    done = subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, '--json', *words], input=text, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def soon():
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)).strftime('%Y-%m-%dT%H:%M:%SZ')


def windows_of(pid):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid)], capture_output=True, text=True, timeout=60)
    return found.stdout.split()


def status(number):
    return ctl('show', str(number))[0]['status']


@t.case('without a window a snooze ends, and its notification closes the conversation')
def _():
    global background, notifications, number
    notifications = Notifications()
    ctl('sample')
    number = [row['number'] for row in ctl('list') if row['status'] == 'open'][0]
    background = subprocess.Popen([os.environ['MOSTRADOR'], '--profile', profile, '--background'], stdin=subprocess.DEVNULL)
    name = 'The snooze ended'
    until(lambda: subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, 'set', str(number), 'status=snoozed', 'until=' + soon()], capture_output=True).returncode == 0, 60, 'a snooze')
    shown = notifications.wait(name)
    assert status(number) == 'open'
    one = notifications.shown[shown]
    assert set(one['actions']) >= {'Reply', 'Close', 'Snooze Until Tomorrow'}, one
    assert '<' not in one['body'] and '&' not in one['body'], one
    notifications.press(shown, 'Close')
    until(lambda: status(number) == 'closed', 30, 'the conversation to be closed')


@t.case('and another one snoozes it until tomorrow')
def _():
    told = notifications.told
    ctl('set', str(number), 'status=snoozed', 'until=' + soon())
    shown = notifications.wait('The snooze ended', told)
    notifications.press(shown, 'Snooze Until Tomorrow')
    until(lambda: status(number) == 'snoozed', 30, 'the conversation to be snoozed')
    assert background.poll() is None


@t.case('what is dealt with elsewhere is told of no more')
def _():
    told = notifications.told
    ctl('set', str(number), 'status=snoozed', 'until=' + soon())
    shown = notifications.wait('The snooze ended', told)
    assert shown not in notifications.closed
    ctl('set', str(number), 'status=closed')
    until(lambda: shown in notifications.closed, 30, 'the notification to go')


@t.case('a second start in the background ends at once')
def _():
    second = subprocess.run([os.environ['MOSTRADOR'], '--profile', profile, '--background'], timeout=120)
    assert background.poll() is None and second.returncode == 0, second.returncode
    # Nor does it bring up a window of the first.
    assert not windows_of(background.pid), 'a window came up'


@t.case('a third one begins an answer, in a window')
def _():
    global app
    told = notifications.told
    ctl('set', str(number), 'status=snoozed', 'until=' + soon())
    shown = notifications.wait('The snooze ended', told)
    notifications.press(shown, 'Reply')
    until(lambda: windows_of(background.pid), 60, 'a window')
    app = App(None, timeout=60, process=background)
    app.find('text', 'Message', timeout=30)
    until(lambda: composer(app).has('focused'), 30, 'the answer has the keyboard')


@t.case('the end of the session ends it')
def _():
    background.terminate()
    assert background.wait(60) == 0


if background is not None and background.poll() is None:
    background.kill()
sys.exit(t.done())

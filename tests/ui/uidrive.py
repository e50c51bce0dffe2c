# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK 4 program as a person would: AT-SPI to find, wait and read; XTest (real mouse and keys) to act.

    app = App([os.environ['MOSTRADOR']])
    app.find('button', 'Reply').mouse()
    type_text('Hello')
    until(lambda: 'Hello' in app.find('text', 'Message').text(), what='the text')

Known of GTK 4.18 (see HACKING.md): grab_focus is not supported, so focus() clicks; extents are exact only with the program's own
bounds fix; an entry with a search icon is an 'entry', other entries and text views are 'text', a switch is a 'check box'; only
about 200 rows of a list exist at a time.
"""
import functools
import itertools
import os
import signal
import subprocess
import sys
import time
import typing

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib

# A sanitised program on a busy machine is slow; waiting longer costs nothing when the thing comes.
PATIENCE = float(os.environ.get('MOS_TEST_PATIENCE', '1'))
PAUSE = 0.03


class NotFound(AssertionError):
    pass


def pause(began):
    """between two looks: as long as the last one took, for what is asked all the time gets nothing done"""
    time.sleep(min(max(PAUSE, time.monotonic() - began), 20 * PAUSE))


def until(condition, timeout=5, what='the condition'):
    """waits for condition() to be true and returns its value"""
    end = time.monotonic() + timeout * PATIENCE
    while True:
        began = time.monotonic()
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError('not in time: ' + what)
        pause(began)


# ---- the accessibility bus ----

# What is asked of a program is a round trip each, a millisecond or more for one that is watched by sanitizers, and there are hundreds of objects. So it is asked
# for all that it has told of at once (the interface Cache of AT-SPI), and only for the children of those that it has not told of yet.
CACHE, ROOT = '/org/a11y/atspi/cache', '/org/a11y/atspi/accessible/root'
STATES = {int(value): value.value_nick for value in (Atspi.StateType(n) for n in range(int(Atspi.StateType.LAST_DEFINED)))}
LEAVES = ('image', 'label', 'separator')
# So many new objects are asked one by one.
FEW = 10


@functools.cache
def bus():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    [address] = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1, None).unpack()
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def ask_packed(place, interface, method, arguments=None):
    return bus().call_sync(*place, interface, method, arguments, None, 0, -1, None)


def ask(place, interface, method, arguments=None):
    """place: the name on the bus and the path; GLib.Error where the object went away, as is normal while a window changes"""
    return ask_packed(place, interface, method, arguments).unpack()


def ask_accessible(place, method, default, arguments=None):
    try:
        return ask(place, 'org.a11y.atspi.Accessible', method, arguments)[0]
    except GLib.Error:
        return default


def nicks(states):
    """of the two numbers whose bits the states are"""
    return {nick for n, nick in STATES.items() if states[n // 32] >> n % 32 & 1} if len(states) == 2 else set()


@functools.cache
def role_name(role):
    return Atspi.role_get_name(Atspi.Role(role))


class Said(typing.NamedTuple):
    role: str
    name: str
    states: tuple


# What is told of an object, by the bytes it comes in: from one look to the next most of it is the same, and to unpack it takes longer than all else.
UNPACKED = {}


def unpack_item(item):
    """its path, its parent's, its place below that and how many are below it, and what it says"""
    packed = item.get_data_as_bytes().get_data()
    if packed not in UNPACKED:
        (_, path), _, (_, parent), index, count, _, name, role, _, states = item.unpack()
        UNPACKED[packed] = path, parent, index, count, Said(role_name(role), name, tuple(states))
    return UNPACKED[packed]


class Look:
    """what a program shows at one moment"""

    def __init__(self, name):
        self.name = name
        self.said, self.below = {}, {}
        self.read()

    def read(self):
        try:
            items = ask_packed((self.name, CACHE), 'org.a11y.atspi.Cache', 'GetItems').get_child_value(0)
        except GLib.Error:
            return
        counts, children = {}, {}
        for i in range(items.n_children()):
            path, parent, index, count, self.said[path] = unpack_item(items.get_child_value(i))
            counts[path] = count
            children.setdefault(parent, []).append((index, path))
        # Where not all have been told of, it is asked. Of its root it does not say how many there are.
        for path, count in counts.items():
            known = sorted(children.get(path, ()))
            if path != ROOT and [index for index, _ in known] == list(range(count)):
                self.below[path] = [path for _, path in known]

    def ask_children(self, path):
        if path not in self.below:
            self.below[path] = [child for _, child in ask_accessible((self.name, path), 'GetChildren', [])]
        return self.below[path]

    def children(self, path):
        new = [child for child in self.ask_children(path) if child not in self.said]
        if new:
            # Being asked for, all of it is told of from now on.
            for child in new:
                new.extend(self.ask_children(child))
            if len(new) > FEW:
                self.read()
            for child in new:
                if child not in self.said:
                    node = Node((self.name, child))
                    self.said[child] = Said(node.role, node.name, node.ask_states())
        return self.below[path]

    def node(self, path):
        return Node((self.name, path), self.said.get(path))


# For how long what a look at the program has told of an object is what it says: to choose among those that were found, and no longer.
FRESH = 0.05


class Node:
    """one accessible object; what is asked of it is as of now"""

    def __init__(self, place, said=None):
        """place: the name on the bus and the path; said: what it said a moment ago"""
        self.place = place
        self.last, self.last_at = said, time.monotonic()

    def __repr__(self):
        return '<%s %r>' % (self.role, self.name)

    def said(self):
        return self.last if self.last and time.monotonic() - self.last_at < FRESH else None

    @property
    def role(self):
        if self.last:  # it does not change
            return self.last.role
        role = ask_accessible(self.place, 'GetRole', None)
        return '' if role is None else role_name(role)

    def value(self, name, interface='org.a11y.atspi.Accessible', default=''):
        try:
            return ask(self.place, 'org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (interface, name)))[0]
        except GLib.Error:
            return default

    @property
    def name(self):
        said = self.said()
        return said.name if said else self.value('Name')

    @property
    def description(self):
        return self.value('Description')

    def ask_states(self):
        return tuple(ask_accessible(self.place, 'GetState', ()))

    def states(self):
        said = self.said()
        return nicks(said.states if said else self.ask_states())

    def has(self, state):
        return state in self.states()

    def children(self):
        look = Look(self.place[0])
        return [look.node(path) for path in look.children(self.place[1])]

    def parent(self):
        place = self.value('Parent')
        return Node(place) if place and not place[1].endswith('/null') else None

    def walk(self, links=True):
        """this node and all below it, in reading order; links: also those in labels"""
        look = Look(self.place[0])
        stack = [self.place[1]]
        while stack:
            path = stack.pop()
            node = look.node(path)
            yield node
            if links or node.role not in LEAVES:
                stack.extend(reversed(look.children(path)))

    # ---- finding ----

    def found(self, role=None, name=None, showing=True):
        """one after the other; name: the exact text, or a function of it"""

        def fits(node):
            return (
                (role is None or node.role == role)
                and (name is None or (node.name == name if isinstance(name, str) else name(node.name)))
                and (not showing or node.has('showing'))
            )

        return (node for node in self.walk(links=role in (None, 'link')) if fits(node))

    def find_all(self, role=None, name=None, showing=True):
        return list(self.found(role, name, showing))

    def find(self, role=None, name=None, timeout=5, showing=True, nth=0):
        """waits for it to come; NotFound lists what is there instead"""
        end = time.monotonic() + timeout * PATIENCE
        while True:
            began = time.monotonic()
            found = next(itertools.islice(self.found(role, name, showing), nth, None), None)
            if found:
                return found
            if time.monotonic() > end:
                there = sorted({repr(n) for n in self.walk() if n.name and (role is None or n.role == role)})
                raise NotFound('%s %r is not under %r; there is: %s' % (role, name, self, ' '.join(there)[:1500]))
            pause(began)

    def gone(self, role=None, name=None, timeout=5):
        until(lambda: not self.find_all(role, name), timeout, '%s %r goes away' % (role, name))

    def says(self, text, timeout=5):
        """waits until some label or text on show contains the text"""

        def said():
            shown = [node for node in self.walk() if node.has('showing')]
            return next((node for node in shown if text in node.name), None) or next((node for node in shown if node.role in ('text', 'entry', 'label') and text in node.text()), None)

        return until(said, timeout, '%r is shown' % text)

    # ---- reading ----

    def text(self):
        try:
            return ask(self.place, 'org.a11y.atspi.Text', 'GetText', GLib.Variant('(ii)', (0, -1)))[0]
        except GLib.Error:  # it has none
            return ''

    def extents(self):
        """x, y, width, height within the window"""
        return ask(self.place, 'org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (int(Atspi.CoordType.WINDOW),)))[0]

    def extents_or_none(self):
        try:
            return self.extents()
        except GLib.Error:
            return None

    # ---- acting as a person ----

    def point(self, rx=0.5, ry=0.5):
        x, y, width, height = self.extents()
        left, top = window_origin()
        return str(int(left + x + width * rx)), str(int(top + y + height * ry))

    def rest(self, timeout=5):
        """waits until it stands still: a row that has just come in is still being moved to its place"""
        end = time.monotonic() + timeout * PATIENCE
        last = None
        while (now := self.extents_or_none()) != last or not now or now[3] <= 1:
            if time.monotonic() > end:
                raise AssertionError('%r does not come to rest: %s' % (self, now))
            last = now
            time.sleep(5 * PAUSE)
        return self

    def mouse(self, button=1, rx=0.5, ry=0.5, times=1):
        """a real click inside it"""
        xdo('mousemove', *self.point(rx, ry))
        time.sleep(PAUSE)
        xdo('click', '--repeat', str(times), '--delay', '60', str(button))

    def focus(self, timeout=3):
        if not self.has('focused'):
            self.mouse()
            until(lambda: self.has('focused'), timeout, 'focus on %r' % self)
        return self

    def fill(self, text):
        """clicks into it, replaces what is there by typing"""
        self.focus()
        keys('ctrl+a')
        type_text(text)
        until(lambda: self.text() == text, 5, '%r holds %r, not %r' % (self, text, self.text()))

    # ---- acting where the way in does not matter ----

    def actions(self):
        # GetActions gives the names in the person's language.
        count = self.value('NActions', 'org.a11y.atspi.Action', 0)
        return [ask(self.place, 'org.a11y.atspi.Action', 'GetName', GLib.Variant('(i)', (i,)))[0] for i in range(count)]

    def act(self, name):
        return ask(self.place, 'org.a11y.atspi.Action', 'DoAction', GLib.Variant('(i)', (self.actions().index(name),)))[0]

    def click(self):
        return self.act('click')

    def select(self):
        """selects this row through its list"""
        index = ask(self.place, 'org.a11y.atspi.Accessible', 'GetIndexInParent')[0]
        return ask(self.parent().place, 'org.a11y.atspi.Selection', 'SelectChild', GLib.Variant('(i)', (index,)))[0]

    def set_text(self, text):
        """any Unicode, no focus needed"""
        return ask(self.place, 'org.a11y.atspi.EditableText', 'SetTextContents', GLib.Variant('(s)', (text,)))[0]

    def insert(self, text, position=None):
        if position is None:
            position = self.value('CharacterCount', 'org.a11y.atspi.Text')
        return ask(self.place, 'org.a11y.atspi.EditableText', 'InsertText', GLib.Variant('(isi)', (position, text, len(text.encode()))))[0]


def programs():
    """those on the accessibility bus that show something: where they are, and their processes' ids"""
    for place in ask_accessible(('org.a11y.atspi.Registry', ROOT), 'GetChildren', []):
        try:
            process = ask(('org.freedesktop.DBus', '/org/freedesktop/DBus'), 'org.freedesktop.DBus', 'GetConnectionUnixProcessID', GLib.Variant('(s)', place[:1]))[0]
        except GLib.Error:  # it ended meanwhile
            continue
        if ask_accessible(place, 'GetChildren', []):
            yield place, process


class App(Node):
    """the program, started and found on the accessibility bus"""

    def __init__(self, argv, timeout=20, env=None, process=None):
        """process: one that runs already, and shows a window by and by"""
        self.process = process or subprocess.Popen(argv, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})
        end = time.monotonic() + timeout * PATIENCE
        super().__init__(None)
        while self.place is None:
            self.place = next((place for place, process in programs() if process == self.process.pid), None)
            if self.process.poll() is not None:
                raise AssertionError('the program exited with %s' % self.process.returncode)
            if time.monotonic() > end:
                self.stop(check=False)
                raise NotFound('the program is not on the accessibility bus')
            time.sleep(PAUSE)

    def wait(self, timeout=20):
        """for a program that was asked to quit: its exit status"""
        return self.process.wait(timeout * PATIENCE)

    def quit(self):
        """quits as a person does; a leak or another sanitizer's finding shows in the exit status"""
        keys('ctrl+q')
        status = self.wait()
        assert status == 0, 'the program ended with %s' % status

    def stop(self, check=True):
        """ends it as the end of a session does"""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.wait()
        assert not check or status in (0, -signal.SIGTERM), 'the program ended with %s' % status
        return status

    def kill(self):
        self.process.kill()
        return self.process.wait(10)


def unnamed(root):
    """the accessibility gate: every focusable thing on show whose name a screen reader could not say"""
    silent = {'scroll pane', 'frame', 'panel', 'filler', 'application'}

    def passes_on(node):
        # A list that holds focusable rows gives the focus to them; a row made of labels (a drop-down's choice) is read by them.
        if node.role in ('list', 'table', 'tree table'):
            return any(child.has('focusable') for child in node.children())
        return node.role == 'list item' and any(n.role == 'label' and n.name for n in node.walk())

    return [
        '%s at %s below %s' % (n.role, n.extents(), ' / '.join(repr(a) for a in ancestors(n)[:3]))
        for n in root.walk()
        if n.has('showing') and n.has('focusable') and n.role not in silent and not n.name and not passes_on(n)
    ]


def ancestors(node):
    found = []
    while (node := node.parent()) is not None and len(found) < 10:
        found.append(node)
    return found


def check_accessible(root, page):
    """fails, naming each one, when something on this page has no name"""
    bad = unnamed(root)
    assert not bad, '%s: %d things without a name:\n  %s' % (page, len(bad), '\n  '.join(bad))


def tree(node, depth=0, limit=400):
    """the tree as text, for the log of a failed test"""
    lines = []
    stack = [(node, depth)]
    while stack and len(lines) < limit:
        one, deep = stack.pop()
        if deep and not one.has('showing'):
            continue
        marks = ' '.join(sorted(one.states() & {'focused', 'focusable', 'selected', 'checked', 'pressed', 'editable'}))
        lines.append('%s%s %r %s' % ('  ' * deep, one.role, one.name or one.text()[:60], marks))
        stack.extend((child, deep + 1) for child in reversed(one.children()))
    return '\n'.join(lines)


def record_failures(tap, get_app):
    """has a failed step leave the tree in the log and a picture beside the build (MOS_UI_PICTURES)"""

    def failed(name):
        folder = os.environ.get('MOS_UI_PICTURES', '/tmp')
        path = os.path.join(folder, 'failed-%s.png' % ''.join(c if c.isalnum() else '-' for c in name)[:60])
        shot(path)
        app = get_app()
        return '\npicture: %s\n%s' % (path, tree(app) if app and app.process.poll() is None else 'the program does not run')

    tap.on_failure = failed


def xdo(*arguments):
    done = subprocess.run(['xdotool', *arguments], capture_output=True, text=True, check=False, timeout=30)
    return done.stdout.strip()


def window_origin():
    window = xdo('getactivewindow') or xdo('getwindowfocus')
    geometry = dict(line.split('=', 1) for line in xdo('getwindowgeometry', '--shell', window).splitlines() if '=' in line)
    return int(geometry.get('X', 0)), int(geometry.get('Y', 0))


def keys(*names):
    """real key presses: keys('ctrl+Return')"""
    xdo('key', '--clearmodifiers', *names)


def type_text(text, delay=8):
    """types it; for scripts other than Latin use Node.insert()"""
    # A text may begin with a dash.
    xdo('type', '--clearmodifiers', '--delay', str(delay), '--', text)


def shot(path):
    """a picture of the whole display"""
    subprocess.run(['import', '-window', 'root', path], check=True, timeout=60)


if __name__ == '__main__':  # uidrive.py PROGRAM…: prints the program's tree
    program = App(sys.argv[1:])
    time.sleep(2)
    print(tree(program))
    print('\n'.join(unnamed(program)))
    program.stop(check=False)

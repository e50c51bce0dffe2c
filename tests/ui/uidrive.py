# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK 4 program as a person would: AT-SPI to find, wait and read; XTest (real mouse and keys) to act; on Wayland keys alone.

    app = App([os.environ['MOSTRADOR']])
    app.find('button', 'Reply').mouse()
    type_text('Hello')
    until(lambda: 'Hello' in app.find('text', 'Message').text(), what='the text')

Known of GTK 4.18 (see HACKING.md): grab_focus is not supported, so focus() clicks; extents are exact only with the program's own
bounds fix; an entry with a search icon is an 'entry', other entries and text views are 'text', a switch is a 'check box'; only
about 200 rows of a list exist at a time, of the list of conversations about 33.
"""
import itertools
import os
import signal
import subprocess
import sys
import time
import warnings

warnings.simplefilter('ignore', DeprecationWarning)
import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

# A sanitised program on a busy machine is slow; waiting longer costs nothing when the thing comes.
PATIENCE = float(os.environ.get('MOS_TEST_PATIENCE', '1'))
PAUSE = 0.03


class NotFound(AssertionError):
    pass


def until(condition, timeout=5, what='the condition'):
    """waits for condition() to be true and returns its value"""
    end = time.monotonic() + timeout * PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError('not in time: ' + what)
        time.sleep(PAUSE)


def _safe(function, default=None):
    try:
        return function()
    except GLib.Error:  # the object went away between two calls: normal while a window changes
        return default


# What is asked of a program is a round trip each, a millisecond or more for one that is watched by sanitizers, and there are hundreds of objects. What cannot
# change is asked once, and what has nothing below it not for its children.
ROLES = {}
LEAVES = ('image', 'label', 'separator')


class Node:
    """one accessible object"""

    def __init__(self, accessible):
        self.accessible = accessible

    def __repr__(self):
        return '<%s %r>' % (self.role, self.name)

    @property
    def role(self):
        if self.accessible not in ROLES:
            role = _safe(self.accessible.get_role_name, '')
            if not role:
                return ''
            ROLES[self.accessible] = role
        return ROLES[self.accessible]

    @property
    def name(self):
        return _safe(self.accessible.get_name, '') or ''

    @property
    def description(self):
        return _safe(self.accessible.get_description, '') or ''

    def states(self):
        return {state.value_nick for state in (_safe(lambda: self.accessible.get_state_set().get_states(), []) or [])}

    def has(self, state):
        return state in self.states()

    def children(self):
        count = _safe(self.accessible.get_child_count, 0) or 0
        found = (_safe(lambda i=i: self.accessible.get_child_at_index(i)) for i in range(count))
        return [Node(child) for child in found if child]

    def parent(self):
        parent = _safe(self.accessible.get_parent)
        return Node(parent) if parent else None

    def walk(self, links=True):
        """this node and all below it, in reading order; links: also those in labels"""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if links or node.role not in LEAVES:
                stack.extend(reversed(node.children()))

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
            found = next(itertools.islice(self.found(role, name, showing), nth, None), None)
            if found:
                return found
            if time.monotonic() > end:
                there = sorted({repr(n) for n in self.walk() if n.name and (role is None or n.role == role)})
                raise NotFound('%s %r is not under %r; there is: %s' % (role, name, self, ' '.join(there)[:1500]))
            time.sleep(PAUSE)

    def gone(self, role=None, name=None, timeout=5):
        until(lambda: not self.find_all(role, name), timeout, '%s %r goes away' % (role, name))

    def says(self, text, timeout=5):
        """waits until some label or text on show contains the text"""

        def said():
            return next((n for n in self.walk() if text in n.name and n.has('showing')), None) or next(
                (n for n in self.walk() if n.role in ('text', 'entry', 'label') and text in n.text() and n.has('showing')), None
            )

        return until(said, timeout, '%r is shown' % text)

    # ---- reading ----

    def text(self):
        iface = _safe(self.accessible.get_text_iface)
        if not iface:
            return ''
        return _safe(lambda: Atspi.Text.get_text(iface, 0, Atspi.Text.get_character_count(iface)), '') or ''

    def extents(self):
        """x, y, width, height within the window"""
        e = Atspi.Component.get_extents(self.accessible.get_component_iface(), Atspi.CoordType.WINDOW)
        return e.x, e.y, e.width, e.height

    # ---- acting as a person ----

    def point(self, rx=0.5, ry=0.5):
        x, y, width, height = self.extents()
        left, top = window_origin()
        return str(int(left + x + width * rx)), str(int(top + y + height * ry))

    def rest(self, timeout=5):
        """waits until it stands still: a row that has just come in is still being moved to its place"""
        end = time.monotonic() + timeout * PATIENCE
        last = None
        while (now := _safe(self.extents)) != last or not now or now[3] <= 1:
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
        iface = _safe(self.accessible.get_action_iface)
        return [Atspi.Action.get_action_name(iface, i) for i in range(Atspi.Action.get_n_actions(iface))] if iface else []

    def act(self, name):
        return Atspi.Action.do_action(self.accessible.get_action_iface(), self.actions().index(name))

    def click(self):
        return self.act('click')

    def select(self):
        """selects this row through its list"""
        parent = self.accessible.get_parent()
        return Atspi.Selection.select_child(parent.get_selection_iface(), self.accessible.get_index_in_parent())

    def set_text(self, text):
        """any Unicode, no focus needed"""
        return Atspi.EditableText.set_text_contents(self.accessible.get_editable_text_iface(), text)

    def insert(self, text, position=None):
        if position is None:
            position = Atspi.Text.get_character_count(self.accessible.get_text_iface())
        return Atspi.EditableText.insert_text(self.accessible.get_editable_text_iface(), position, text, len(text.encode()))


class App(Node):
    """the program, started and found on the accessibility bus"""

    def __init__(self, argv, timeout=20, env=None, process=None):
        """process: one that runs already, and shows a window by and by"""
        self.process = process or subprocess.Popen(argv, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})
        end = time.monotonic() + timeout * PATIENCE
        super().__init__(None)
        while self.accessible is None:
            desktop = Atspi.get_desktop(0)
            for i in range(desktop.get_child_count()):
                child = _safe(lambda i=i: desktop.get_child_at_index(i))
                if child and self.is_it(child) and _safe(child.get_child_count, 0):
                    self.accessible = child
            if self.process.poll() is not None:
                raise AssertionError('the program exited with %s' % self.process.returncode)
            if time.monotonic() > end:
                self.stop(check=False)
                raise NotFound('the program is not on the accessibility bus')
            time.sleep(PAUSE)

    def is_it(self, accessible):
        """whether this program on the bus is the one that was started"""
        return _safe(accessible.get_process_id) == self.process.pid

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
    """fails, naming each one, when something on this page has no name; a row that has just come in gets its own with what is read for it"""
    end = time.monotonic() + PATIENCE
    while (bad := unnamed(root)) and time.monotonic() < end:
        time.sleep(10 * PAUSE)
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


def is_wayland():
    return 'WAYLAND_DISPLAY' in os.environ


def wtype(*arguments):
    # A keyboard of its own each time, which the program has to get to know, and to see everything of before it goes.
    subprocess.run(['wtype', '-s', '150', *arguments, '-s', '150'], check=True, timeout=60)


def keys(*names):
    """real key presses: keys('ctrl+Return')"""
    if not is_wayland():
        xdo('key', '--clearmodifiers', *names)
        return
    arguments = []
    for name in names:
        *held, key = name.split('+')
        for modifier in held:
            arguments += ['-M', modifier]
        arguments += ['-k', key]
        for modifier in reversed(held):
            arguments += ['-m', modifier]
    wtype(*arguments)


def type_text(text, delay=8):
    """types it; for scripts other than Latin use Node.insert()"""
    if is_wayland():
        wtype('-d', str(delay), text)
        return
    # A text may begin with a dash.
    xdo('type', '--clearmodifiers', '--delay', str(delay), '--', text)


def shot(path):
    """a picture of the whole display"""
    if is_wayland():
        subprocess.run(['grim', path], check=True, timeout=60)
        return
    subprocess.run(['import', '-window', 'root', path], check=True, timeout=60)


if __name__ == '__main__':  # uidrive.py PROGRAM…: prints the program's tree
    program = App(sys.argv[1:])
    time.sleep(2)
    print(tree(program))
    print('\n'.join(unnamed(program)))
    program.stop(check=False)

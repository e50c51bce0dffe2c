#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the UI suite stands on: display, keyring, window manager, and a gate that really closes."""
import os
import subprocess
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
import uidrive

t = tap.Tap()


@t.case('a display with a window manager')
def _():
    uidrive.until(lambda: 'window id' in subprocess.run(['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'], capture_output=True, text=True, check=True).stdout, 10, 'a window manager')


@t.case('an unlocked Secret Service')
def _():
    subprocess.run(['secret-tool', 'store', '--label=x', 'test', 'one'], input='s3cret', text=True, check=True, timeout=20)
    assert subprocess.run(['secret-tool', 'lookup', 'test', 'one'], capture_output=True, text=True, check=True, timeout=20).stdout == 's3cret'


class Fake(uidrive.Node):
    """a widget of a page that does not exist"""

    def __init__(self, role, name, states=('showing', 'focusable'), children=()):
        super().__init__(None)
        self.fake = role, name, set(states), children

    role = property(lambda self: self.fake[0])
    name = property(lambda self: self.fake[1])

    def states(self):
        return self.fake[2]

    def children(self):
        return list(self.fake[3])

    def parent(self):
        return None

    def extents(self):
        return 0, 0, 1, 1


@t.case('the accessibility gate finds a button without a name, and only that')
def _():
    page = Fake('frame', '', children=[Fake('button', 'Send'), Fake('scroll pane', ''), Fake('list', '', children=[Fake('list item', 'One'), Fake('list item', '', children=[Fake('label', 'Two', states=['showing'])])]), Fake('button', '', states=['focusable']), Fake('label', '', states=['showing'])])
    uidrive.check_accessible(page, 'a good page')
    page.fake[3].append(Fake('button', ''))
    page.fake[3].append(Fake('list', '', children=[Fake('list item', '')]))
    try:
        uidrive.check_accessible(page, 'a bad page')
    except AssertionError as problem:
        assert 'a bad page: 2 things' in str(problem), problem
    else:
        raise AssertionError('the gate let a nameless button through')


sys.exit(t.done())

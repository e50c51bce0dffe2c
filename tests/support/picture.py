#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""picture.py OUT.png CMD…: starts CMD (inside tests/ui/ui-session), waits until its window shows and rests, takes a picture, ends it."""
import hashlib
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'ui'))
import uidrive
from gi.repository import Atspi

SHOWS_WITHIN, RESTS_WITHIN, REST = 90, 20, 1.5


def has_window():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = uidrive._safe(lambda i=i: desktop.get_child_at_index(i))
        if child and any(n.role in ('frame', 'window') and n.has('showing') for n in uidrive.Node(child).children()):
            return True
    return False


def screen():
    return hashlib.sha256(subprocess.run(['import', '-window', 'root', 'rgb:-'], capture_output=True, check=True, timeout=60).stdout).digest()


def main(out, command):
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + SHOWS_WITHIN
        while not has_window():
            if program.poll() is not None:
                return '%s ended with %s before it showed a window' % (command[0], program.returncode)
            if time.monotonic() > end:
                return '%s shows no window' % command[0]
            time.sleep(0.1)
        # Rows come in as they are read; a picture is taken when nothing moved for a while.
        end = time.monotonic() + RESTS_WITHIN
        last, since = screen(), time.monotonic()
        while time.monotonic() - since < REST and time.monotonic() < end:
            time.sleep(0.3)
            if (now := screen()) != last:
                last, since = now, time.monotonic()
        uidrive.shot(out)
        print(out)
        return 0
    finally:
        if program.poll() is None:
            program.terminate()
        try:
            program.wait(30)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))

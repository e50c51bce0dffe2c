# SPDX-License-Identifier: GPL-3.0-or-later
"""TAP for the Python suites: one `@t.case('what holds')` per case, in order; the first exception fails the case."""
import sys
import traceback


class Skip(Exception):
    """raised by a case that cannot run for a reason that is allowed (only the shared folder's absence is)"""


class Finding(AssertionError):
    """raised by a check whose message says all: no traceback is printed"""


class Tap:
    def __init__(self, stop_at_failure=False):
        """stop_at_failure: the cases are steps of one story; after a failed one the rest fail too, without running"""
        self.number = self.failed = 0
        self.stop_at_failure = stop_at_failure
        self.on_failure = None
        print('TAP version 14', flush=True)

    def result(self, ok, name, note=''):
        self.number += 1
        self.failed += not ok
        for line in note.rstrip().splitlines():
            print('# ' + line)
        print('%sok %d - %s' % ('' if ok else 'not ', self.number, name.replace('#', '\\#')), flush=True)

    def case(self, name):
        def run(function):
            if self.stop_at_failure and self.failed:
                self.result(False, name, 'not reached: an earlier step failed')
                return function
            try:
                function()
            except Skip as reason:
                self.number += 1
                print('ok %d - %s # SKIP %s' % (self.number, name, reason), flush=True)
            except Finding as finding:
                self.result(False, name, str(finding))
            except Exception:
                note = traceback.format_exc()
                if self.on_failure:
                    try:
                        note = str(self.on_failure(name) or '') + '\n' + note
                    except Exception:
                        note = traceback.format_exc() + note
                self.result(False, name, note)
            else:
                self.result(True, name)
            return function

        return run

    def done(self):
        print('1..%d' % self.number, flush=True)
        if not self.number:
            print('Bail out! nothing ran', flush=True)
        sys.stdout.flush()
        return 1 if self.failed or not self.number else 0

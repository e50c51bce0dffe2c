#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-threats.py: each test that THREATS.md names is one, and each line of its tables names some."""
import re
import sys

import tree
import tap


def main():
    t = tap.Tap()
    tables = {suite: tree.read('tests/%s/meson.build' % suite) for suite in ('core', 'app', 'mail', 'fuzz', 'ui', 'peers', 'chat')}

    @t.case('the threats name tests that are there')
    def _():
        problems = []
        for number, line in enumerate(tree.read('THREATS.md').splitlines(), 1):
            names = re.findall(r'`((?:%s)/[a-z0-9-]+)`' % '|'.join(tables), line)
            for suite, name in (name.split('/') for name in names):
                if "'%s'" % name not in tables[suite]:
                    problems.append('THREATS.md:%d: there is no test %s/%s' % (number, suite, name))
            if line.startswith('| ') and not line.startswith('| What is tried') and not names:
                problems.append('THREATS.md:%d: no test is named' % number)
        tree.expect_none(problems, 'lines without a test')

    return t.done()


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the files look: format, header lines, length, nothing of one machine, nothing left to do."""
import os
import re
import subprocess
import sys

import tree
import tap

LONGEST, LONG = 1000, 600
TEXT = ('.c', '.h', '.py', '.blp', '.build', '.md', '.in', '.sql', '.css', '.json', '.xml', '.sh', '.txt', '.options', '.yml')
# Written in parts, so that this file does not find itself.
MACHINE = re.compile(r'(?<![\w$}.~/])/(?:home|root|work|Users)' + r'/\w')
HOSTS = re.compile('|'.join(re.escape(a + '.' + b) for a, b in (('deb.debian', 'org'), ('ftp.debian', 'org'), ('registry.npmjs', 'org'), ('pypi', 'org'), ('snapshot.debian', 'org'))))
LEFT = re.compile(r'\b(TO' + r'DO|FIX' + r'ME|XX' + r'X)\b')


def run(*command):
    return subprocess.run(command, cwd=tree.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def scripts():
    """files without an ending that a shell or Python runs"""
    found = []
    for path in tree.files():
        if '.' not in os.path.basename(path).lstrip('.') or path == '.ci/run':
            head = tree.read(path)[:40]
            if head.startswith('#!'):
                found.append(path)
    return found


def main():
    t = tap.Tap()
    c_files = tree.files('.c', '.h', below=('src', 'tests'))

    @t.case('clang-format')
    def _():
        done = run('clang-format', '--dry-run', '-Werror', *c_files)
        names = sorted({line.split(':')[0] for line in done.stderr.splitlines() if 'clang-formatted' in line})
        tree.expect_none(names, 'files to format with ./dev format')
        assert done.returncode == 0, done.stderr

    @t.case('blueprint-compiler format')
    def _():
        blueprints = tree.files('.blp', below=('src',))
        if blueprints:
            done = run('blueprint-compiler', 'format', *blueprints)
            assert done.returncode == 0, 'format with ./dev format:\n' + done.stdout[-3000:] + done.stderr[-1000:]

    @t.case('licence line, config.h first, #pragma once')
    def _():
        problems = []
        for path in c_files:
            text = tree.read(path)
            if not text.startswith('/* SPDX-License-Identifier: GPL-3.0-or-later\n'):
                problems.append(path + ': no SPDX line')
            # A header that is compiled by itself is in no other.
            if path.endswith('.h') and '/pch/' not in path and '#pragma once' not in text:
                problems.append(path + ': no #pragma once')
            if path.endswith('.c') and not re.search(r'^#include "config\.h"$', text, re.MULTILINE):
                problems.append(path + ': config.h is not included')
            if path.startswith('src/core/') and path.endswith('.c') and 'g_debug' in text and '#define G_LOG_DOMAIN' not in text:
                problems.append(path + ': logs without G_LOG_DOMAIN')
        for path in tree.files('.py', below=('tests', 'data', 'build-aux')):
            if 'SPDX-License-Identifier: GPL-3.0-or-later' not in tree.read(path)[:200]:
                problems.append(path + ': no SPDX line')
        tree.expect_none(problems, 'files with a wrong head')

    @t.case('no file over %d lines' % LONGEST)
    def _():
        lengths = {path: tree.read(path).count('\n') for path in tree.files('.c', '.h', '.py', '.blp') + ['dev']}
        for path, lines in sorted(lengths.items()):
            if lines > LONG:
                print('# %d lines: %s' % (lines, path))
        tree.expect_none(['%s: %d' % (p, n) for p, n in lengths.items() if n > LONGEST], 'files that do too much')

    @t.case('nothing of one machine')
    def _():
        problems = []
        for path in tree.files(*TEXT) + scripts():
            for number, line in enumerate(tree.read(path).splitlines(), 1):
                if MACHINE.search(line) or HOSTS.search(line):
                    problems.append('%s:%d: %s' % (path, number, line.strip()[:120]))
        tree.expect_none(problems, 'machine paths or host names')

    @t.case('nothing left to do')
    def _():
        tree.expect_none([p for p in tree.files('.c', '.h', '.py', '.blp', '.build', '.sql') if LEFT.search(tree.read(p))], 'files with work left in them')

    @t.case('scripts are whole')
    def _():
        problems = []
        for path in scripts() + tree.files('.sh'):
            first = tree.read(path).split('\n', 1)[0]
            if not os.access(os.path.join(tree.ROOT, path), os.X_OK):
                problems.append(path + ': is not executable')
            if 'bash' in first or first.endswith('/sh'):
                done = run('bash', '-n', path)
                if done.returncode:
                    problems.append(done.stderr.strip())
        for path in tree.files('.py'):
            try:
                compile(tree.read(path), path, 'exec')
            except SyntaxError as problem:
                problems.append('%s: %s' % (path, problem))
        tree.expect_none(problems, 'scripts that cannot run')

    return t.done()


if __name__ == '__main__':
    sys.exit(main())

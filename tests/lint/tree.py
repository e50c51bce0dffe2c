# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's own files, for the lints: no list from git is needed, so they run in a release's tree as well."""
import os
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), '..', '..'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'support'))
FOLDERS = ('src', 'data', 'po', 'tests', 'build-aux', 'flatpak', '.ci')


def files(*endings, below=FOLDERS):
    """paths from the project's folder, sorted; with endings, only those"""
    found = []
    for top in below:
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders[:] = [f for f in folders if f != '__pycache__']
            found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names if name.endswith(endings or '') and not name.endswith('.pyc')]
    if below == FOLDERS:
        found += [n for n in os.listdir(ROOT) if os.path.isfile(os.path.join(ROOT, n)) and n.endswith(endings or '') and n != '.git']
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8', errors='replace') as f:
        return f.read()


def expect_none(problems, what):
    from tap import Finding

    if problems:
        raise Finding('%d %s:\n  %s' % (len(problems), what, '\n  '.join(problems[:80])))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-data.py BUILD: what the desktop reads: desktop entries, AppStream, schemas, icons, the manual pages.

Where a file is made by the build (from .in), the made one is checked.
"""
import glob
import os
import subprocess
import sys

import tree
import tap


def run(*command):
    done = subprocess.run(command, cwd=tree.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def main(build):
    t = tap.Tap()

    def made(pattern):
        return sorted(glob.glob(os.path.join(build, 'data', '**', pattern), recursive=True)) or sorted(
            glob.glob(os.path.join(tree.ROOT, 'data', '**', pattern), recursive=True)
        )

    def check(paths, *command):
        problems = []
        for path in paths:
            status, said = run(*command, path)
            if status or (command[0] == 'mandoc' and said):
                problems.append('%s: %s' % (os.path.relpath(path, tree.ROOT), said[-1500:]))
        tree.expect_none(problems, 'files that %s refuses' % command[0])

    @t.case('desktop entries')
    def _():
        paths = [p for p in made('*.desktop')]
        assert paths, 'there is no desktop entry'
        check(paths, 'desktop-file-validate')

    # There is no home page yet; every other warning counts.
    @t.case('AppStream metadata')
    def _():
        paths = made('*.metainfo.xml')
        assert paths, 'there is no metainfo'
        check(paths, 'appstreamcli', 'validate', '--no-net', '--explain', '--override=url-homepage-missing=info')

    @t.case('settings schemas')
    def _():
        paths = made('*.gschema.xml')
        assert paths, 'there is no schema'
        status, said = run('glib-compile-schemas', '--strict', '--dry-run', os.path.dirname(paths[0]))
        assert status == 0, said

    @t.case('icons are well-formed SVG')
    def _():
        check(tree.files('.svg', below=('data', 'src')), 'xmllint', '--noout', '--nonet')

    @t.case('manual pages')
    def _():
        check([p for p in tree.files('.1', '.5', below=('data', 'src'))], 'mandoc', '-T', 'lint', '-W', 'warning')

    return t.done()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))

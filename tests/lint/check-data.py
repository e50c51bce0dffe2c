#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-data.py BUILD: what the desktop reads: desktop entries, AppStream, schemas, icons, the manual pages.

Where a file is made by the build (from .in), the made one is checked.
"""
import glob
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import tree
import tap


MALLARD = '{http://projectmallard.org/1.0/}'
# What src/app/help/mos-help-page.c reads.
HELP_ELEMENTS = ('page', 'info', 'link', 'desc', 'title', 'section', 'p', 'steps', 'item', 'links')


def run(*command):
    done = subprocess.run(command, cwd=tree.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def problems_of_places(pages, of_accounts):
    """the table of places names what is there, and leads to every page; of_accounts: pages that are reached from an account"""
    places = re.findall(r'[{] "(Mos[A-Za-z]+)", (?:"([a-z_]+)"|NULL), "([a-z-]+)" [}]', tree.read('src/app/help/mos-help-places.c'))
    assert len(places) > 30, places
    types = {}
    for path in tree.files('.c', below=('src/app',)):
        for name in re.findall(r'^G_DEFINE[A-Z_]*TYPE[A-Z_]* [(](Mos[A-Za-z]+),', tree.read(path), re.MULTILINE):
            types[name] = path
    for name, part, page in places:
        if name not in types:
            yield '%s has a page of the help, and is not there' % name
        elif part and not re.search(r'[A-Za-z.$]+ %s [{]' % part, tree.read(types[name][:-2] + '.blp')):
            yield '%s has no part %s' % (name, part)
        if page not in pages:
            yield '%s leads to %s, which is no page of the help' % (name, page)
    for page in pages - {page for _, _, page in places} - of_accounts - {'index'}:
        yield 'no place of the window leads to the page %s' % page


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

    @t.case('AppStream metadata')
    def _():
        paths = made('*.metainfo.xml')
        assert paths, 'there is no metainfo'
        # Warnings count.
        check(paths, 'appstreamcli', 'validate', '--no-net', '--explain')
        for picture in re.findall(r'/screenshots/@VERSION@/([^<]+)<', tree.read('data/org.mostrador.Mostrador.metainfo.xml.in.in')):
            assert os.path.exists(os.path.join(tree.ROOT, 'data', 'screenshots', picture)), 'there is no picture ' + picture

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

    @t.case('each kind of account has a page of the help, which is there whole, and every link leads somewhere')
    def _():
        pages = {os.path.basename(p)[:-5]: ElementTree.parse(os.path.join(tree.ROOT, p)).getroot() for p in tree.files('.page', below=('data/help',))}
        problems = []
        for name, page in pages.items():
            if page.tag != MALLARD + 'page' or page.get('id') != name:
                problems.append('%s is not a page of that name' % name)
            for element in page.iter():
                tag = element.tag.removeprefix(MALLARD)
                if tag not in HELP_ELEMENTS:
                    problems.append('%s: nothing shows <%s>' % (name, tag))
                if tag in ('title', 'desc', 'p') and (len(element) or not (element.text or '').strip() or re.search('[<>&]', element.text)):
                    problems.append('%s: “%s” is no plain sentence' % (name, element.text))
                if tag == 'link' and element.get('xref') not in pages:
                    problems.append('%s leads to %s' % (name, element.get('xref')))
            if name != 'index' and not page.findall('.//%slink[@type="guide"]' % MALLARD):
                problems.append('%s is in no list' % name)
        shown = set(re.findall(r'alias="([a-z-]+)[.]page"', tree.read('src/app/mostrador.gresource.xml.in')))
        problems += ['%s does not come with the program, or is gone' % name for name in shown ^ set(pages)]
        shared = dict(re.findall(r'[{] "([a-z-]+)", "([a-z-]+)" [}]', tree.read('src/app/help/mos-help-page.c')))
        # Rows of the table, but for those that a macro makes: they are hidden.
        kinds = re.findall(r'[.]kind = "([a-z-]+)"', tree.read('src/core/channels/mos-channel-traits.c'))
        assert len(kinds) > 4, kinds
        problems += ['nothing is said about accounts of the kind %s' % kind for kind in kinds if shared.get(kind, kind) not in pages]
        problems += problems_of_places(set(pages), {shared.get(kind, kind) for kind in kinds})
        tree.expect_none(problems, 'problems of the help')

    return t.done()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))

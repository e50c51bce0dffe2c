#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a translator works with: the list of files, the template, the languages."""
import os
import re
import subprocess
import sys

import tree
import tap

# Also with the space that the code style puts before the parenthesis.
MARKED = re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2|gettext)\s*\(')
UNPLURAL = re.compile(r'\bngettext\s*\(\s*(?:_|gettext)\s*\(')
XGETTEXT = (
    '--from-code=UTF-8', '--add-comments=Translators', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
    '--keyword=ngettext:1,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
)


def run(*command):
    # data/its says what of the help's pages is translated.
    return subprocess.run(command, cwd=tree.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=dict(os.environ, GETTEXTDATADIRS=os.path.join(tree.ROOT, 'data')))


def strip_comments(text):
    return re.sub(r'/\*.*?\*/|//[^\n]*', '', text, flags=re.DOTALL)


def translatable():
    for path in tree.files('.c', '.h', '.blp', below=('src',)):
        if not path.startswith('src/core/') and MARKED.search(strip_comments(tree.read(path))):
            yield path
    for path in tree.files('.desktop.in', '.desktop.in.in', '.metainfo.xml.in', '.metainfo.xml.in.in', '.gschema.xml', '.gschema.xml.in', '.page', below=('data',)):
        yield path


def listed(name):
    path = os.path.join(tree.ROOT, 'po', name)
    if not os.path.exists(path):
        return []
    return [line.strip() for line in tree.read('po/' + name).splitlines() if line.strip() and not line.startswith('#')]


def blocks(text):
    """the parts of every message of a PO file, by their keywords"""
    for block in re.split(r'\n\s*\n', text):
        parts, current = {}, None
        for line in block.splitlines():
            if line.startswith('#'):
                continue
            if m := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+"(.*)"$', line):
                current = m[1]
                parts[current] = m[2]
            elif (m := re.match(r'"(.*)"$', line)) and current:
                parts[current] += m[1]
        if parts.get('msgid'):
            yield parts


def messages(text):
    """every (context, singular, plural) of a PO file"""
    return {(parts.get('msgctxt'), parts['msgid'], parts.get('msgid_plural')) for parts in blocks(text)}


def translations(text):
    """what stands for each (context, singular), both without the signs of accelerators"""
    return {(parts.get('msgctxt'), parts['msgid'].replace('_', '')): parts.get('msgstr', '').replace('_', '') for parts in blocks(text)}


def main():
    t = tap.Tap()

    @t.case('core has no words for people')
    def _():
        tree.expect_none([p for p in tree.files('.c', '.h', below=('src/core',)) if MARKED.search(strip_comments(tree.read(p)))], 'core files with translatable text')

    @t.case('POTFILES.in names every file with text, sorted')
    def _():
        wanted, there = sorted(translatable()), listed('POTFILES.in')
        tree.expect_none(sorted(set(wanted) - set(there) - set(listed('POTFILES.skip'))), 'files missing in po/POTFILES.in')
        tree.expect_none([p for p in there if not os.path.exists(os.path.join(tree.ROOT, p))], 'files in po/POTFILES.in that are gone')
        assert there == sorted(there), 'po/POTFILES.in is not sorted'

    @t.case('the template is up to date')
    def _():
        if not listed('POTFILES.in'):
            return
        done = run('xgettext', '-f', 'po/POTFILES.in', '-D', '.', '-o', '-', *XGETTEXT)
        assert done.returncode == 0, done.stderr
        here, there = messages(done.stdout), messages(tree.read('po/mostrador.pot'))
        assert here, 'xgettext found nothing'
        tree.expect_none(sorted(str(m) for m in here - there), 'messages missing in po/mostrador.pot (./dev po)')
        tree.expect_none(sorted(str(m) for m in there - here), 'messages in po/mostrador.pot that are gone (./dev po)')

    @t.case('every language compiles and is complete')
    def _():
        languages = listed('LINGUAS')
        problems = []
        for language in languages:
            done = run('msgfmt', '--check', '-o', os.devnull, 'po/%s.po' % language)
            if done.returncode:
                problems.append(done.stderr.strip())
        if listed('POTFILES.in'):
            for language in languages:
                done = run('msgcmp', 'po/%s.po' % language, 'po/mostrador.pot')
                if done.returncode:
                    problems.append('%s: %s' % (language, done.stderr.strip()[-2500:]))
        tree.expect_none(problems, 'problems in translations')

    @t.case('the list of words in TRANSLATING.md is the one in use')
    def _():
        rows = [[cell.strip() for cell in line.strip('|\n ').split('|')] for line in tree.read('TRANSLATING.md').splitlines() if line.startswith('| ')]
        head = next(i for i, row in enumerate(rows) if row[0] == 'English')
        languages = rows[head][1:]
        assert languages == listed('LINGUAS'), languages
        problems = []
        for number, language in enumerate(languages, 1):
            said = translations(tree.read('po/%s.po' % language))
            for row in rows[head + 1 :]:
                name, context = re.fullmatch(r'(.*?)(?: \((.*)\))?', row[0]).groups()
                if said.get((context, name)) != row[number]:
                    problems.append('%s: %s is %r in po/, %r in the list' % (language, row[0], said.get((context, name)), row[number]))
        tree.expect_none(problems, 'words that differ')

    @t.case('plurals are literals')
    def _():
        tree.expect_none([p for p in tree.files('.c', below=('src',)) if UNPLURAL.search(tree.read(p))], 'files that translate before they count')

    return t.done()


if __name__ == '__main__':
    sys.exit(main())

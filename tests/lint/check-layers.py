#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom.  The folders are the architecture; this table is HACKING.md's map as a check."""
import os
import re
import sys

import tree
import tap

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)

# Folder of src/core -> the other folders of src/core it may include.
MAY = {
    'base': (),
    'values': ('base',),
    'model': ('base', 'values'),
    'mail': ('base', 'values'),
    'automation': ('base', 'values'),
    'store': ('base', 'values', 'automation'),
    'channels': ('base', 'values', 'mail'),
    'shops': ('base', 'values'),
    'translate': ('base', 'values', 'mail'),
    'metrics': ('base', 'values', 'store'),
    'desk': ('base', 'values', 'model', 'mail', 'automation', 'store', 'channels', 'shops', 'translate', 'metrics'),
}
# Never outside these folders: what the headers stand for stays inside.
ONLY_IN = {
    # The switchboard's own log may be such a file, too; it is only read.
    'sqlite3.h': ('core/store', 'core/channels/phone/mos-asterisk-table.c'),
    'gmime/': ('core/mail',),
    'libical/': ('core/automation',),
    'libxml/': ('core/mail', 'core/base', 'app', 'extract'),
    # Strangers' files are read by the confined process alone.
    'webkit/': ('app/original',),
    'poppler.h': ('extract',),
    # The first two only write; of a backup, nothing but tar and zstd is read, and only what is expected in it.
    'archive.h': ('extract', 'core/desk/mos-zip.c', 'core/desk/mos-backup-file.c', 'core/desk/mos-backup-read.c'),
    'gcrypt.h': ('core/base/mos-seal.c',),
    'core/store/mos-database.h': ('core/store',),
    'core/store/mos-statement.h': ('core/store',),
}
NEVER_IN_CORE = ('gtk/', 'gdk/', 'gsk/', 'adwaita.h', 'gtksourceview/', 'glib/gi18n', 'libintl.h')


def problems_of(path, text, exists=os.path.exists):
    """path from the project's folder; text of the file"""
    place = path.split('/', 1)[1]  # without src/
    layer = place.split('/')[0]
    for kind, name in INCLUDE.findall(text):
        if kind == '"':
            if name in ('config.h', 'paths.h'):
                continue
            if not name.startswith(('core/', 'app/', 'ctl/', 'extract/')):
                # What a build step makes has no folder in src/.
                if not re.fullmatch(r'mos-[a-z-]*resources\.h', name):
                    yield '%s: "%s" is not written from src/' % (path, name)
                continue
            # Resources are made by the build.
            if not name.endswith('-resources.h') and not exists(os.path.join(tree.ROOT, 'src', name)):
                yield '%s: "%s" does not exist' % (path, name)
            target = name.split('/')
            if layer == 'core':
                mine, other = place.split('/')[1], target[1]
                if target[0] != 'core':
                    yield '%s: core includes %s' % (path, name)
                elif mine not in MAY:
                    yield '%s: core/%s is not in the table' % (path, mine)
                elif other != mine and other not in MAY[mine]:
                    yield '%s: core/%s includes core/%s' % (path, mine, other)
            elif layer in ('app', 'ctl', 'extract') and target[0] not in ('core', layer):
                yield '%s: %s includes %s' % (path, layer, name)
            if name.endswith('-private.h') and os.path.dirname(name) != os.path.dirname(place):
                yield '%s: %s is private to its folder' % (path, name)
        for header, folders in ONLY_IN.items():
            if (name == header or header.endswith('/') and name.startswith(header)) and not place.startswith(tuple(f if f.endswith('.c') else f + '/' for f in folders)):
                yield '%s: %s stays in %s' % (path, name, ', '.join(folders))
        if layer == 'core' and name.startswith(NEVER_IN_CORE):
            yield '%s: core includes <%s>' % (path, name)


def main():
    t = tap.Tap()

    @t.case('the check itself: good and bad includes')
    def _():
        def bad(path, include):
            return bool(list(problems_of(path, '#include ' + include + '\n', exists=lambda _: True)))

        assert not bad('src/core/store/mos-a.c', '"core/values/mos-values.h"')
        assert not bad('src/core/store/mos-a.c', '<sqlite3.h>')
        assert not bad('src/core/mail/imap/mos-a.c', '"core/mail/net/mos-b.h"')
        assert not bad('src/app/window/mos-a.c', '"core/desk/mos-desk.h"')
        assert bad('src/core/store/mos-a.c', '"core/model/mos-model.h"')
        assert bad('src/core/mail/imap/mos-a.c', '"core/store/mos-store.h"')
        assert bad('src/core/base/mos-a.c', '<gtk/gtk.h>')
        assert bad('src/core/desk/mos-a.c', '<glib/gi18n.h>')
        assert bad('src/core/desk/mos-a.c', '"app/window/mos-window.h"')
        assert bad('src/app/window/mos-a.c', '<gmime/gmime.h>')
        assert bad('src/app/window/mos-a.c', '"core/store/mos-statement.h"')
        assert bad('src/app/window/mos-a.c', '"mos-window.h"')
        assert bad('src/core/desk/mos-a.c', '"core/mail/imap/mos-imap-private.h"')

    @t.case('includes keep to the layers')
    def _():
        paths = tree.files('.c', '.h', below=('src',))
        assert len(paths) > 10, paths
        tree.expect_none([p for path in paths for p in problems_of(path, tree.read(path))], 'includes against the rules')

    return t.done()


if __name__ == '__main__':
    sys.exit(main())

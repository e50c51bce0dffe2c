#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_deb.py PACKAGE.deb: the Debian package that `./dev deb` has built, in a clean root that has what it depends on and nothing else of ours."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
SUPPORT = os.path.join(HERE, '..', 'support')
sys.path.insert(0, SUPPORT)
import tap

DEB = os.path.abspath(sys.argv[1])
FILES = (
    'usr/bin/mostrador',
    'usr/bin/mostradorctl',
    'usr/lib/systemd/user/mostrador.service',
    'usr/libexec/mostrador-extract',
    'usr/libexec/mostradorctl-full',
    'usr/share/applications/org.mostrador.Mostrador.desktop',
    'usr/share/bash-completion/completions/mostradorctl',
    'usr/share/dbus-1/services/org.mostrador.Mostrador.service',
    'usr/share/glib-2.0/schemas/org.mostrador.Mostrador.gschema.xml',
    'usr/share/icons/hicolor/scalable/apps/org.mostrador.Mostrador.svg',
    'usr/share/icons/hicolor/symbolic/apps/org.mostrador.Mostrador-symbolic.svg',
    'usr/share/locale/ar/LC_MESSAGES/mostrador.mo',
    'usr/share/man/man1/mostrador.1.gz',
    'usr/share/man/man1/mostradorctl.1.gz',
    'usr/share/metainfo/org.mostrador.Mostrador.metainfo.xml',
)
# Caches that the desktop makes of what is installed
MADE = ('gschemas.compiled', 'icon-theme.cache', 'mimeinfo.cache')

t = tap.Tap(stop_at_failure=True)
installed = []


def run(*command, check=True, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=300, **options)
    assert not check or done.returncode == 0, '%s: %s' % (' '.join(command), (done.stdout + done.stderr)[-3000:])
    return done.stdout


@t.case('it holds programs, manual pages, completion and what a desktop reads, and nothing outside of /usr')
def _():
    listing = [line.split()[5].removeprefix('./') for line in run('dpkg-deb', '--contents', DEB).splitlines()]
    installed.extend(name for name in listing if name and not name.endswith('/'))
    missing = set(FILES) - set(installed)
    assert not missing, (missing, installed)
    assert any(name.endswith('/mostrador/mostrador-original.so') for name in installed), installed
    assert all(name.startswith('usr/') for name in installed), installed


@t.case('WebKit is recommended, not needed')
def _():
    assert 'webkit' not in run('dpkg-deb', '--field', DEB, 'Depends')
    assert 'webkit' in run('dpkg-deb', '--field', DEB, 'Recommends')


@t.case('it installs where there is what it depends on')
def _():
    run('dpkg', '--install', DEB)
    run('dpkg', '--verify', 'mostrador')
    # by the trigger of the library's package: without it no setting is known
    assert b'org.mostrador.Mostrador' in open('/usr/share/glib-2.0/schemas/gschemas.compiled', 'rb').read()


@t.case('the desk works from a terminal')
def _():
    environ = dict(os.environ, MOSTRADOR_PROFILE='/tmp/profile')
    run('mostradorctl', 'sample', env=environ)
    assert len(run('mostradorctl', 'list', '--view', 'all', env=environ).splitlines()) > 40
    completed = run('bash', '-c', '. /usr/share/bash-completion/completions/mostradorctl; COMP_LINE="mostradorctl back" COMP_POINT=17; _mostradorctl; echo "${COMPREPLY[*]}"')
    assert completed.split() == ['backup'], completed


@t.case('the window opens on the sample shop')
def _():
    picture = os.path.join(os.path.dirname(DEB), 'window.png')
    run(os.path.join(HERE, '..', 'ui', 'ui-session'), '-w', '-s', '1280x800', '--', 'python3', os.path.join(SUPPORT, 'picture.py'), picture, 'mostrador', '--sample')
    colours = int(run('identify', '-format', '%k', picture))
    assert colours > 200, colours


@t.case('removed, it leaves nothing')
def _():
    run('dpkg', '--purge', 'mostrador')
    left = [name for name in installed if os.path.lexists('/' + name) and os.path.basename(name) not in MADE]
    assert not left, left


sys.exit(t.done())

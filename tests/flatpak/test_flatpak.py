#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak, as `./dev flatpak` has built and installed it: what it exports, what it may, and the main job inside of its sandbox.

MOS_FLATPAK names its id. Real mail servers stand outside of the sandbox, and the window is driven from there, through the accessibility bus.
"""
import email.message
import email.policy
import glob
import os
import subprocess
import sys

import yaml

HERE = os.path.dirname(os.path.realpath(__file__))
PROJECT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(HERE, '..', 'support'), os.path.join(HERE, '..', 'ui')]
import tap
from servers import Servers
from story import add_account, bodies, find_row, mail, mail_comes, open_row, open_view, row_says, shows_message, view_counts, write
from uidrive import App, keys, record_failures, shot, until

ID = os.environ['MOS_FLATPAK']
INSTALLATION = os.environ['FLATPAK_USER_DIR']
HOME = os.environ['HOME']
SHOP = 'support@shop.test'
CUSTOMER = 'customer@mail.test'
ORDER = 'Where is my order 1207?'
# One page that says “The zephyr lantern costs 40 euros.”
PDF = b'''%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 64 >> stream
BT /F 12 Tf 10 50 Td (The zephyr lantern costs 40 euros.) Tj ET
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
trailer << /Root 1 0 R /Size 6 >>
'''

t = tap.Tap(stop_at_failure=True)
app = None
servers = None
record_failures(t, lambda: app)


def run(*command, check=True, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=300, **options)
    assert not check or done.returncode == 0, '%s: %s' % (' '.join(command), (done.stdout + done.stderr)[-3000:])
    return done.stdout


def inside(program, *arguments, **options):
    """runs a program of the sandbox's; what it says"""
    return run('flatpak', 'run', '--user', '--command=' + program, *options.pop('flatpak', ()), ID, *arguments, **options)


def manifest(name):
    with open(os.path.join(PROJECT, 'build-aux', 'flatpak', name + '.yml'), encoding='utf-8') as f:
        return yaml.safe_load(f)


class Sandboxed(App):
    """the program in its sandbox: what is on the bus is its proxy, whose process is nobody's"""

    def is_it(self, accessible):
        return 'mostrador' in (accessible.get_name() or '').lower()


def mostrador(*arguments):
    return Sandboxed(['flatpak', 'run', '--user', ID, *arguments], timeout=60)


# ---- what is installed ----


@t.case('the two manifests differ in id and profile, and in nothing else')
def _():
    stable, devel = manifest('org.mostrador.Mostrador'), manifest('org.mostrador.Mostrador.Devel')
    assert devel.pop('id') == stable.pop('id') + '.Devel'
    devel['modules'][-1]['config-opts'].remove('-Dprofile=development')
    assert devel == stable, (devel, stable)


@t.case('every source of a module is pinned by a checksum')
def _():
    for module in manifest(ID)['modules'][:-1]:
        with open(os.path.join(PROJECT, 'build-aux', 'flatpak', module), encoding='utf-8') as f:
            sources = yaml.safe_load(f)['sources']
        assert sources and all(len(source.get('sha256', '')) == 64 or len(source.get('commit', '')) == 40 for source in sources), module


@t.case('it may what its manifest says, and nothing else')
def _():
    wanted = {'shared': set(), 'sockets': set(), 'devices': set(), 'filesystems': set(), 'talk': set()}
    kinds = {'share': 'shared', 'socket': 'sockets', 'device': 'devices', 'filesystem': 'filesystems', 'talk-name': 'talk'}
    for argument in manifest(ID)['finish-args']:
        kind, value = argument.removeprefix('--').split('=', 1)
        wanted[kinds[kind]].add(value)
    # The one is said by both of its names.
    wanted['sockets'] |= {'x11'} & {name.removeprefix('fallback-') for name in wanted['sockets']}
    given = {kind: set() for kind in wanted}
    for line in run('flatpak', 'info', '--user', '--show-permissions', ID).splitlines():
        key, _, value = line.partition('=')
        if value == 'talk':
            given['talk'].add(key)
        elif value:
            given.setdefault(key, set()).update(filter(None, value.split(';')))
    assert given == wanted, (given, wanted)


@t.case('nothing of the home folder is to be seen')
def _():
    with open(os.path.join(HOME, 'diary.txt'), 'w', encoding='utf-8') as f:
        f.write('private')
    said = inside('sh', '-c', 'ls -A "$HOME"; cat "$HOME/diary.txt" 2>/dev/null || echo hidden')
    assert said.split() == ['.var', 'hidden'], said


@t.case('the runtime and the modules bring every library')
def _():
    said = inside('sh', '-c', 'find /app/bin /app/lib /app/libexec -type f ! -path "*/debug/*" -exec ldd {} + 2>/dev/null')
    assert 'libgmime' in said and 'libcld2' in said and 'libuchardet' in said and 'libical' in said, said[-2000:]
    missing = {line.strip() for line in said.splitlines() if 'not found' in line}
    assert not missing, missing


@t.case('what desktops read is exported, and sound')
def _():
    exports = os.path.join(INSTALLATION, 'exports', 'share')
    for path in ('applications/%s.desktop', 'dbus-1/services/%s.service', 'icons/hicolor/scalable/apps/%s.svg', 'icons/hicolor/symbolic/apps/%s-symbolic.svg'):
        assert os.path.exists(os.path.join(exports, path % ID)), path
    run('desktop-file-validate', os.path.join(exports, 'applications', ID + '.desktop'))
    files = os.path.join(INSTALLATION, 'app', ID, 'current', 'active', 'files')
    run('appstreamcli', 'validate', '--no-net', '--explain', os.path.join(files, 'share', 'metainfo', ID + '.metainfo.xml'))
    # What a shop of programs shows: flatpak-builder has made it of the metainfo, the icon drawn.
    catalogues = glob.glob(os.path.join(files, 'share', '*', 'xml*', ID + '.xml.gz'))
    assert catalogues, 'there is no catalogue'
    assert glob.glob(os.path.join(files, 'share', '*', 'icons', '**', '128x128', ID + '.png'), recursive=True), 'the catalogue has no icon'


@t.case('it speaks the languages it was translated into')
def _():
    english = inside('mostradorctl', '--help')
    spanish = inside('mostradorctl', '--help', flatpak=['--env=LANG=es_ES.UTF-8'])
    assert english.startswith('Usage: ') and spanish.startswith('Uso: '), (english[:80], spanish[:80])


# ---- the main job ----


@t.case('the first start asks for an account')
def _():
    global app, servers
    servers = Servers().start()
    settings = os.path.join(HOME, '.var', 'app', ID, 'config', 'glib-2.0', 'settings')
    os.makedirs(settings)
    # A mail leaves at once, as ui-session has it outside.
    with open(os.path.join(settings, 'keyfile'), 'w', encoding='utf-8') as f:
        f.write('[org/mostrador/Mostrador]\nundo-send-seconds=0\n')
    app = mostrador()
    app.find('button', 'Look Around in a Sample Shop', timeout=20)


@t.case('an account is added, its password kept by the keyring outside')
def _():
    add_account(app, servers)
    app.says('Nothing is open')
    until(lambda: any('Faro y Lana' in n.name and 'Not connected' not in n.name for n in app.find('list', 'Accounts').children()), 20, 'the account is connected')


@t.case('a mail comes in, and is read')
def _():
    question = email.message_from_bytes(mail('Ana García <%s>' % CUSTOMER, ORDER, 'Hello!\n\nI ordered a lighthouse lamp in March.\nIs it on its way?\n\nAna\n'), policy=email.policy.SMTP)
    question.add_attachment(PDF, maintype='application', subtype='pdf', filename='offer.pdf')
    servers.deliver(SHOP, question.as_bytes(), CUSTOMER)
    find_row(app, ORDER, timeout=30)
    open_row(app, ORDER)
    shows_message(app, 'I ordered a lighthouse lamp in March.')


@t.case('it is answered, and the customer has the answer')
def _():
    app.find('button', lambda name: name.startswith('Reply to ') and 'Ana' in name).mouse()
    write(app, 'Dear Ana, it left the harbour yesterday.')
    keys('ctrl+Return')
    shows_message(app, 'it left the harbour yesterday')
    answer = mail_comes(servers, CUSTOMER, 'it left the harbour yesterday', timeout=30)
    assert answer['Subject'] == 'Re: ' + ORDER, answer['Subject']
    shot(os.path.join(os.environ['MOS_UI_PICTURES'], 'window.png'))


@t.case('it is closed')
def _():
    keys('ctrl+g', 'ctrl+e')
    view_counts(app, 'Closed', '1 conversation')


@t.case('a word in the attached PDF finds it: the confined reader runs in the sandbox, too')
def _():
    until(lambda: ORDER in inside('mostradorctl', 'search', 'zephyr'), 30, 'the attachment is read')


@t.case('mostradorctl in the sandbox asks the window for what it writes')
def _():
    inside('mostradorctl', 'set', '1', 'tag+=harbour')
    open_view(app, 'Closed')
    row_says(app, ORDER, 'Tags: harbour', timeout=20)


@t.case('it quits, and after a start everything is there')
def _():
    global app
    app.quit()
    app = mostrador()
    open_view(app, 'Closed')
    row_says(app, ORDER, 'Tags: harbour', timeout=20)
    open_row(app, ORDER)
    until(lambda: len(bodies(app)) >= 1, 10, 'its messages')
    until(lambda: any('Faro y Lana' in n.name and 'Not connected' not in n.name for n in app.find('list', 'Accounts').children()), 20, 'the account is connected again')
    app.quit()


@t.case('all that it wrote lies in the folder that Flatpak gave it')
def _():
    data = os.path.join(HOME, '.var', 'app', ID, 'data', 'mostrador', 'profile')
    assert glob.glob(os.path.join(data, '*.db')), os.listdir(os.path.dirname(data))
    # What ui-session has set as the folders of programs outside of a sandbox
    for name in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'):
        assert not glob.glob(os.path.join(os.environ[name], 'mostrador*')), name


if app and app.process.poll() is None:
    run('flatpak', 'kill', ID, check=False)
if servers:
    servers.stop()
sys.exit(t.done())

# SPDX-License-Identifier: GPL-3.0-or-later
"""A person reads a wrong word, puts a better one in its place, and saves it for the translators. In the language that nobody speaks (pseudo.py), so that
no translation has to be the one of today."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import pseudo
import tap
from story import choose_path, mostrador, open_row
from uidrive import check_accessible, keys, record_failures, shot, type_text, until

# Set by hand, to look at every page.
PICTURES = os.environ.get('MOS_UI_EVERY_PAGE')
DAYS = ('lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo')

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.mkdtemp(prefix='mos-translation-')
p = pseudo.Pseudo(folder)


def start():
    global app
    app = mostrador('--sample', env={'MOSTRADOR_LOCALEDIR': folder, 'LANGUAGE': pseudo.LANGUAGE, 'LC_ALL': 'en_US.UTF-8'})
    app.find('list', p('Conversations'), timeout=60)


def check(page):
    check_accessible(app, page)
    if PICTURES:
        shot('%s/translation-%s.png' % (PICTURES, page.replace(' ', '-')))


def open_dialog():
    app.find('toggle button', p('Main Menu')).mouse()
    app.find('menu item', p('_Help')).rest().mouse()
    app.find('menu item', p('Fix a _Translation…')).rest().mouse()
    return app.find('dialog', p('Fix a Translation'))


@t.case('what is read is found, without its accents')
def _():
    start()
    dialog = open_dialog()
    dialog.says(p('A Word Is Wrong?'))
    check('start')
    until(lambda: dialog.find('entry').has('focused'), 5, 'the keyboard is in the search')
    type_text('zzyzx')
    dialog.says(p('Nothing Found'))
    check('nothing')
    keys('ctrl+a')
    type_text('breaching soon')
    dialog.find('list item', lambda name: name.startswith(p('Breaching soon', 'view')))
    check('found')


@t.case('what would break the program is not taken')
def _():
    keys('Down', 'Return')
    dialog = app.find('dialog')
    editor = dialog.find('text', p('Your Words'))
    until(lambda: editor.has('focused'), 5, 'the keyboard is where one writes')
    assert not dialog.find('button', p('_Save')).has('sensitive')
    keys('ctrl+a')
    type_text('Hurry %s')
    check('a text')
    dialog.find('button', p('_Save')).mouse()
    dialog.says(p('Nothing is filled in here: leave out the percent sign and the letter behind it.'))
    check('refused')


@t.case('a better word is kept, and listed')
def _():
    dialog = app.find('dialog')
    until(lambda: dialog.find('text', p('Your Words')).has('focused'), 5, 'the keyboard is where one writes')
    keys('ctrl+a')
    type_text('Hurry')
    dialog.find('button', p('_Save')).mouse()
    dialog.says(p('Kept. It is shown from the next start of the program on'))
    dialog.find('list item', lambda name: name.startswith('Hurry'))
    check('kept')
    keys('Escape')
    app.gone('dialog')
    app.quit()


@t.case('it is shown from the next start on')
def _():
    start()
    # Within what the pseudo language makes of the row's whole name.
    app.find('list', p('Views')).find('list item', lambda name: 'Hurry' in name)
    check('shown')


@t.case('the translators get a file that their tools read')
def _():
    dialog = open_dialog()
    path = os.path.join(folder, 'mine.po')
    dialog.find('button', p('Save your own words for the translators')).mouse()
    choose_path(app, path, p('Save for the Translators'))
    until(lambda: os.path.exists(path) and os.path.getsize(path), 10, 'the file')
    subprocess.run(['msgfmt', '--check', '-o', os.devnull, path], check=True)
    merged = subprocess.run(['msgcat', '--use-first', path, p.po], check=True, capture_output=True, text=True).stdout
    assert 'msgctxt "view"\nmsgid "Breaching soon"\nmsgstr "Hurry"\n' in merged, merged[:2000]


@t.case('it is taken back')
def _():
    dialog = app.find('dialog', p('Fix a Translation'))
    dialog.find('list item', lambda name: name.startswith('Hurry')).rest().mouse()
    dialog.find(None, p('Use the Shipped Words Again')).rest().mouse()
    dialog.says(p('A Word Is Wrong?'))
    assert not os.path.exists(os.path.join(os.environ['XDG_DATA_HOME'], 'mostrador', 'translations', pseudo.LANGUAGE + '.mo'))
    keys('Escape')
    app.gone('dialog')


@t.case('a language that is chosen is spoken on a system that speaks none, with the words of its dates')
def _():
    global app
    app.kill()
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0/settings/keyfile'), 'a') as file:
        file.write("\n[org/mostrador/Mostrador]\nlanguage='es'\n")
    app = mostrador('--sample', env={'MOSTRADOR_LOCALEDIR': folder, 'LANGUAGE': '', 'LC_ALL': '', 'LANG': 'C.UTF-8'})
    # The program's own words are English here, as only the pseudo language lies in the folder.
    open_row(app, 'FL-2045', timeout=60)
    until(lambda: any(day in node.description for node in app.find_all('label') for day in DAYS), 10, 'a Spanish day')


# (Not by quitting: what GTK's own file dialog leaks is not ours. The first part quit, and leaked nothing.)
if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

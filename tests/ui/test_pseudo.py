# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in a language that nobody speaks: every text of ours is in brackets and longer by two fifths (tests/support/pseudo.py).

What shows without brackets cannot be translated; what shows half of them was cut in two; and a text of ours that had to be cut stands where
real languages, which are as long, would be cut too. Told by the program's own widgets (tests/support/shown). Runs at whatever size the
display has, from right to left with MOS_PSEUDO_RTL, and with MOS_PSEUDO_LARGE in the large text of the desktops' settings, in which words are as long
as in English.
"""
import json
import os
import re
import signal
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', folder) for folder in ('support', 'lint')]
import pseudo
import tap
import tree
from story import mostrador
from uidrive import PAUSE, keys, record_failures, shot, until, xdo

WIDTH = int(xdo('getdisplaygeometry').split()[0])
NARROW = WIDTH < 560
RTL = bool(os.environ.get('MOS_PSEUDO_RTL'))
# "Large Text" of GNOME
LARGE = 1.25 if os.environ.get('MOS_PSEUDO_LARGE') else 0
# Set by hand, to look at every page.
PICTURES = os.environ.get('MOS_UI_EVERY_PAGE')

# ---- what is not ours to translate ----


def strings(value):
    """every text in JSON"""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def plain(text):
    return ' '.join(text.split())


DATA = set()
for path in ('sample/shop.json', 'sample/chats.json', 'sample/orders.json', 'macros/starter.json', 'categories/categories.json', 'surveys/surveys.json'):
    with open(os.path.join(tree.ROOT, 'data', path), encoding='utf-8') as f:
        DATA.update(plain(text) for text in strings(json.load(f)))
# A short one is known only as a whole: in a mail there is every word.
LONG = [text for text in DATA if len(text) >= 12]
# The names of languages are those of their speakers, everywhere.
DATA.update(re.findall(r'"([^"\n]+)"', tree.read('src/app/widgets/mos-language-name.c')))
# Its own name; two times in the words that a snooze is typed in, which are not of gettext (automation/mos-when-words.c); countries are named by ICU.
DATA.update(('Mostrador', 'tomorrow 14:00', 'tomorrow 16:00', 'Spain'))
# What GTK and libadwaita say, in whatever language they speak: the buttons of a window, what a picture of a person is called, the names of keys.
THEIRS = re.compile(r'/(?:GtkWindowControls|AdwBackButton|AdwAvatar|AdwShortcutLabel|AdwSpinner)(?:/|$)')
# Where a text of ours may be cut, and why
GIVES_WAY = re.compile(
    '|'.join(
        (
            r'/AdwWindowTitle/|/AdwHeaderBar/GtkWindowHandle/GtkCenterBox/AdwBin/GtkLabel$',  # a title gives way to the buttons beside it
            r'/AdwComboRow/.*/GtkListItemWidget/',  # what a closed row has chosen: 20 letters in libadwaita 1.7; opened, it is whole
            r'/AdwEntryRow/.*/AdwGizmo/GtkLabel$',  # the title of an empty entry is large in libadwaita, and small once one writes
            r'/MosComposer/.*/GtkMenuButton/',  # what is being written, in a narrow window; its menu and its tooltip say it whole
            r'/GtkText/GtkLabel$',  # a hint in an empty entry, whose name says all
        )
    )
)
KEY = r'(?:(?:Shift|Ctrl|Super)\+)*(?:\S|F\d\d?|Delete|Menu|Return|Page (?:Up|Down)|Enter \(keypad\))'
NOT_OURS = re.compile(
    '|'.join(
        (
            r'[\W\d_]*',  # numbers and signs
            r'\W*\d[\d.,]*\s\w{2,3}\W?',  # an amount: "66.40 UK£"
            r'\S+@\S+|\w+://\S+|[@#]?[\w.-]+\.(?:example|test|org|com)\S*',  # addresses
            r'.+ <\S+@\S+',  # a name and its address
            r'%s(?: \| %s)*' % (KEY, KEY),  # keys, which GTK names
        )
    )
)


def is_data(text):
    if NOT_OURS.fullmatch(plain(text)):
        return True
    text = plain(text).strip(' ,.:;·–—-()[]“”"…•/<>')
    return bool(NOT_OURS.fullmatch(text)) or text in DATA or (len(text) >= 8 and any(text in one for one in LONG))


def left_over(text):
    """what of a text is neither in brackets nor somebody's own; None where brackets do not match"""
    inner = re.compile('%s[^%s%s]*%s' % (pseudo.OPEN, pseudo.OPEN, pseudo.CLOSE, pseudo.CLOSE))
    # Signs of direction are none that one sees.
    text = re.sub('[\u200e\u200f\u2066-\u2069]', '', text)
    while (less := inner.sub('\n', text)) != text:
        text = less
    if pseudo.OPEN in text or pseudo.CLOSE in text:
        return None
    return [part for part in text.split('\n') if not is_data(part) and not all(is_data(piece) for piece in re.split(r', | · |: ', part))]


# ---- judging a page ----

t = tap.Tap()
app = None
record_failures(t, lambda: app)
ENV = {}
shown = os.path.join(tempfile.mkdtemp(prefix='mos-shown-'), 'shown')
pages = 0


def records():
    if os.path.exists(shown):
        os.remove(shown)
    app.process.send_signal(signal.SIGUSR2)
    until(lambda: os.path.exists(shown), 10, 'the program tells what it shows')
    with open(shown, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def settled():
    """what is shown once nothing comes any more"""
    last, found = None, records()
    while found != last:
        time.sleep(4 * PAUSE)
        last, found = found, records()
    return found


def judge(on_show):
    """what is wrong with it, a line each"""
    found = set()
    for one in on_show:
        where = one.get('path', '')
        if THEIRS.search(where):
            continue
        if 'window' in one:
            if one['least'] > WIDTH:
                found.add('the window wants %d pixels' % one['least'])
            continue
        for what in ('text', 'placeholder', 'tooltip', 'label', 'description'):
            text = one.get(what, '')
            left = left_over(text)
            if left is None:
                found.add('half in brackets: %s %r of %s' % (what, text, where))
            elif left:
                found.add('not translated: %s %r of %s' % (what, ' | '.join(left), where))
            if pseudo.OPEN in text and re.search(r'%\d*\$?[sdu]|%lu|\(null\)|&\w+;|</?\w+>', text):
                found.add('not filled in: %s %r of %s' % (what, text, where))
        if pseudo.OPEN in one.get('text', ''):
            if one.get('ellipsized') and not GIVES_WAY.search(where):
                found.add('cut: %r of %s' % (one['text'], where))
            if one.get('outside') and not GIVES_WAY.search(where):
                found.add('beyond the edge: %r of %s' % (one['text'], where))
    return found


def look(page):
    global pages
    pages += 1
    found = judge(settled())
    # On a busy machine a page takes its last size a while after it has its words.
    for _ in range(4):
        if not found:
            break
        time.sleep(15 * PAUSE)
        found &= judge(settled())
    if PICTURES:
        shot('%s/%s-%02d-%s.png' % (PICTURES, 'narrow' if NARROW else 'wide', pages, page.replace(' ', '-')))
    if found:
        raise tap.Finding('%s: %d findings\n  %s' % (page, len(found), '\n  '.join(sorted(found))))


def to_list():
    for key in ('Escape', 'Escape', 'Escape', 'ctrl+4', 'ctrl+g'):
        keys(key)
        time.sleep(6 * PAUSE)


def dialog(key, page):
    """one that a key opens, and Escape closes"""

    @t.case(page)
    def _():
        keys(key)
        until(lambda: dialogs(records()), 3, 'a dialog by %s' % key)
        try:
            look(page)
        finally:
            for _ in range(4):
                keys('Escape')
                time.sleep(4 * PAUSE)
                if not dialogs(records()):
                    break
            until(lambda: not dialogs(records()), 3, 'Escape closes it')


def dialogs(on_show):
    """what of it is in dialogs that lie over the window"""
    return [one for one in on_show if '/AdwDialogHost/' in one.get('path', '') and '/AdwDialogHost/AdwBin/AdwBreakpointBin' not in one['path']]


@t.case('the sample shop opens')
def _():
    global app
    folder = tempfile.mkdtemp(prefix='mos-pseudo-')
    if LARGE:
        with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0', 'settings.ini'), 'a', encoding='utf-8') as f:
            f.write('gtk-xft-dpi=%d\n' % (96 * 1024 * LARGE))
    if NARROW:
        # A window as narrow as a telephone has one button of its own, as GNOME's have; the manager of windows here would give it three.
        with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0', 'settings.ini'), 'a', encoding='utf-8') as f:
            f.write('gtk-decoration-layout=:close\n')
    pseudo.Pseudo(folder, 0 if LARGE else pseudo.LONGER)
    env = {
        'MOSTRADOR_LOCALEDIR': folder,
        'LANGUAGE': pseudo.LANGUAGE,
        'LC_ALL': 'ar_EG.UTF-8' if RTL else 'en_US.UTF-8',
        'GIO_EXTRA_MODULES': os.environ['MOS_TEST_SHOWN_MODULES'],
        'MOS_TEST_SHOWN': shown,
    }
    ENV.update(env)
    app = mostrador('--sample', env=ENV)
    app.find('list', lambda name: name.startswith(pseudo.OPEN), timeout=60)
    look('start')


for key in '123456789':

    @t.case('view %s' % key)
    def _(key=key):
        keys('ctrl+' + key)
        look('view ' + key)


@t.case('a conversation')
def _():
    to_list()
    keys('Home', 'Return')
    look('conversation')


for key, page in (('ctrl+r', 'reply'), ('ctrl+shift+t', 'note'), ('ctrl+l', 'forward')):

    @t.case(page)
    def _(key=key, page=page):
        keys(key)
        look(page)
        keys('Escape')


for key, page in (
    ('ctrl+t', 'tags'),
    ('ctrl+shift+a', 'assign'),
    ('shift+F5', 'language'),
    ('ctrl+F11', 'category'),
    ('ctrl+shift+s', 'snooze'),
    ('ctrl+shift+c', 'remind'),
    ('ctrl+shift+g', 'merge'),
    ('F3', 'apply a macro'),
    ('ctrl+F4', 'note a call'),
    ('ctrl+shift+F2', 'record a score'),
    ('ctrl+s', 'export one'),
    ('F2', 'change the customer'),
    ('ctrl+k', 'palette'),
    ('F1', 'help'),
    ('ctrl+question', 'shortcuts'),
    ('ctrl+comma', 'preferences'),
    ('ctrl+o', 'import'),
    ('ctrl+shift+x', 'export'),
    ('ctrl+shift+n', 'add an account'),
    ('ctrl+shift+v', 'new view'),
    ('ctrl+F12', 'customers'),
    ('F12', 'who'),
    ('ctrl+F9', 'team'),
    ('shift+F7', 'macros'),
    ('F11', 'dashboard'),
    ('ctrl+shift+F5', 'week'),
    ('ctrl+shift+F12', 'orders'),
    ('ctrl+shift+F6', 'surveys'),
    ('shift+F12', 'outreach'),
):
    dialog(key, page)


@t.case('a new message')
def _():
    to_list()
    keys('ctrl+n')
    look('new message')


@t.case('a search')
def _():
    to_list()
    keys('ctrl+f')
    look('search')


@t.case('the program quits')
def _():
    to_list()
    app.quit()


@t.case('the first start')
def _():
    global app
    app = mostrador('--profile', tempfile.mkdtemp(prefix='mos-first-'), env=ENV)
    app.find('button', lambda name: name.startswith(pseudo.OPEN), timeout=20)
    look('first start')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

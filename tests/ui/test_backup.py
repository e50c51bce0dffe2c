#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup with a passphrase from the preferences, and the same desk again from the first window of a computer that has none."""
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from story import choose_path, mostrador, press
from uidrive import App, check_accessible, keys, record_failures, shot, type_text, until

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.mkdtemp()
backup = os.path.join(folder, 'shop.mostrador')


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'backup-%s.png' % name))


def secret(entry, words):
    """its text cannot be read back"""
    entry.focus()
    keys('ctrl+a')
    type_text(words)


@t.case('the preferences have a page of backups')
def _():
    global app
    app = mostrador('--sample')
    app.find('list', 'Conversations', timeout=30)
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Backups'), timeout=10))
    app.find('list item', lambda name: name.startswith('Back Up to a File'), timeout=10)
    until(lambda: any('None chosen yet' in (node.name or '') for node in app.find_all('label')), 10, 'the plan is read')
    check_accessible(app, 'backups')
    picture('page')


@t.case('one by hand, with a passphrase that is typed twice the same')
def _():
    app.find('list item', lambda name: name.startswith('Back Up to a File')).mouse()
    dialog = app.find('dialog', 'Back Up to a File', timeout=10)
    save = dialog.find('button', 'Save…')
    assert not save.has('sensitive')
    first, again = dialog.find('text', 'Passphrase'), dialog.find('text', 'Passphrase Again')
    secret(first, 'four words of mine')
    secret(again, 'four words of yours')
    assert not save.has('sensitive')
    secret(again, 'four words of mine')
    until(lambda: save.has('sensitive'), 5, 'both are the same')
    check_accessible(app, 'backup by hand')
    picture('by-hand')
    save.mouse()
    choose_path(app, backup, 'Save the Backup')
    app.find('label', lambda name: 'shop.mostrador' in name and 'complete' in name, timeout=60)
    app.find('label', lambda name: 'Nobody can open it without the passphrase.' in name)
    check_accessible(app, 'backup done')
    picture('done')
    with open(backup, 'rb') as f:
        assert f.read(14) == b'MOSTRADOR SEAL'
    assert os.listdir(folder) == ['shop.mostrador']
    app.kill()


@t.case('the first window of another computer restores it: another passphrase does not')
def _():
    global app
    app = App([os.environ['MOSTRADOR']])
    app.find('button', 'Restore a Backup…', timeout=20).mouse()
    choose_path(app, backup, 'Choose a Backup')
    dialog = app.find('dialog', 'Restore a Backup', timeout=10)
    entry = dialog.find('text', 'Passphrase', timeout=20)
    check_accessible(app, 'passphrase of a backup')
    picture('passphrase')
    secret(entry, 'four words of yours')
    keys('Return')
    app.find('label', lambda name: 'another passphrase' in name, timeout=30)
    entry = dialog.find('text', 'Passphrase')
    secret(entry, 'four words of mine')
    keys('Return')
    restore = dialog.find('button', 'Restore', timeout=60)
    check_accessible(app, 'backup is whole')
    picture('whole')
    restore.mouse()
    app.find('label', 'The Backup Is Restored', timeout=30)
    picture('restored')
    keys('Return')
    app.find('list', 'Conversations', timeout=30)
    until(lambda: app.find_all('list item'), 20, 'its conversations are there')


@t.case('it is there at the next start too, and nothing leaked')
def _():
    global app
    # GTK 4.18 keeps what its file dialog was reading of a folder, so that nothing can be said of leaks after one.
    app.kill()
    app = App([os.environ['MOSTRADOR']])
    app.find('list', 'Conversations', timeout=30)
    until(lambda: app.find_all('list item'), 20, 'its conversations are there')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
sys.exit(t.done())

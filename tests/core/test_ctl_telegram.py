#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bot of Telegram's at the terminal: added, read, answered, tried; each command a process of its own."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

import tap
from ctlprofile import Profile
from faketelegram import Fake

CTL, FAKE = sys.argv[1:3]


def talk(profile, fake):
    rows = profile.run('account', 'add', 'telegram', '--server', fake.url, '--token-stdin', text=fake.token + '\n')
    assert rows[0]['kind'] == 'telegram' and rows[0]['address'] == '@mug_shop_bot' and rows[0]['name'] == 'Mug Shop', rows
    fake.tell('say 4711 Where is order 1042?')
    fake.tell('say 4711 It was to come on Monday')
    profile.run('sync')
    rows = profile.run('list')
    assert len(rows) == 1 and rows[0]['channel'] == 'telegram' and rows[0]['subject'] == 'Where is order 1042?', rows
    number = str(rows[0]['number'])
    # Confirmed with the next look, after it is on disk.
    profile.run('sync')
    assert fake.tell('waiting') == '0'
    shown = profile.run('show', number)[0]
    assert [m['text'] for m in shown['messages']] == ['Where is order 1042?', 'It was to come on Monday'], shown
    assert shown['customer']['identities'][0]['kind'] == 'telegram' and shown['customer']['identities'][0]['value'] == '4711', shown
    assert shown['customer']['name'] == 'Ana', shown

    profile.run('reply', number, text='It left today 😀\n')
    profile.run('sync')
    assert fake.sent() == ['It left today 😀'], fake.sent()
    assert profile.run('show', number)[0]['messages'][2]['delivery'] == 'accepted'
    assert profile.run('search', 'monday')[0]['number'] == int(number)
    fake.tell('edit 4711 2 It was to come on Tuesday')
    profile.run('sync')
    shown = profile.run('show', number)[0]
    assert shown['messages'][1]['text'] == 'It was to come on Tuesday' and shown['messages'][1]['edited'], shown
    assert profile.run('check') == []


def lose(profile, fake):
    """the answer to a send is lost: it asks, and nothing is there twice"""
    number = str(profile.run('list')[0]['number'])
    profile.run('reply', number, text='Once\n')
    fake.tell('lost sendMessage')
    profile.run('sync')
    profile.run('sync')
    assert fake.sent().count('Once') == 1, fake.sent()
    waiting = profile.run('outbox')
    assert [row['state'] for row in waiting] == ['uncertain'], waiting


def refuse(profile, fake):
    done = profile.call('account', 'add', 'telegram', '--server', fake.url, '--token-stdin', text='4242:wrongwrongwrongwrongwrongwrongwrong\n')
    assert done.returncode == 1 and 'token' in done.stderr and 'wrong' not in done.stderr, done.stderr
    done = profile.call('account', 'add', 'telegram', '--server', fake.url)
    assert done.returncode == 2, done.stderr
    rows = profile.run('account', 'test', '@mug_shop_bot')
    assert rows[0]['works'], rows
    assert len(profile.run('account', 'list')) == 1


def main():
    t = tap.Tap(stop_at_failure=True)
    fake = Fake(FAKE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            profile = Profile(CTL, folder)
            for name, story in (('added, read, answered, edited', talk), ('an answer to a send that is lost', lose), ('what is refused', refuse)):
                t.case(name)(lambda: story(profile, fake))
    finally:
        fake.end()
    t.done()
    return t.failed != 0


sys.exit(main())

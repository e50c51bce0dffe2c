#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bot of Telegram's at the terminal: added, read, answered, tried; each command a process of its own."""
import contextlib
import os
import sqlite3
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


def change(profile, fake):
    """other words, a sign, and taken back; what could not be done says why, and is tried again"""
    number = str(profile.run('list')[0]['number'])
    answer = profile.run('show', number)[0]['messages'][2]
    profile.run('message', 'edit', answer['id'], text='It left today, by train\n')
    waiting = profile.run('show', number)[0]['messages'][2]
    assert waiting['text'] == 'It left today 😀' and waiting['changes'] == [{'kind': 'edit', 'text': 'It left today, by train', 'why': None}], waiting
    fake.tell('blocked editMessageText')
    profile.run('sync')
    failed = profile.run('show', number)[0]['messages'][2]
    assert failed['text'] == 'It left today 😀' and failed['changes'][0]['why'] == 'blocked', failed
    assert fake.shown() == ['It left today 😀'], fake.shown()
    profile.run('message', 'edit', answer['id'], '--retry')
    profile.run('sync')
    changed = profile.run('show', number)[0]['messages'][2]
    assert changed['text'] == 'It left today, by train' and changed['edited'] and 'changes' not in changed, changed
    assert fake.shown() == ['It left today, by train'] and fake.sent() == ['It left today 😀'], fake.shown()

    question = profile.run('show', number)[0]['messages'][0]
    profile.run('message', 'react', question['id'], '👍')
    profile.run('sync')
    assert fake.tell('sign 1') == '👍'
    assert profile.run('show', number)[0]['messages'][0]['reactions'][0]['sign'] == '👍'
    profile.run('message', 'react', question['id'])
    profile.run('sync')
    assert fake.tell('sign 1') == ''
    # A sign that the service does not know.
    profile.run('message', 'react', question['id'], '🦖')
    profile.run('sync')
    assert profile.run('show', number)[0]['messages'][0]['changes'][0]['why'] == 'bad-sign'
    profile.run('message', 'react', question['id'], '--leave')
    assert 'changes' not in profile.run('show', number)[0]['messages'][0]

    profile.run('reply', number, text='To be taken back\n')
    profile.run('sync')
    last = profile.run('show', number)[0]['messages'][-1]
    profile.run('message', 'withdraw', last['id'])
    profile.run('sync')
    gone = profile.run('show', number)[0]['messages'][-1]
    assert gone['withdrawn'] and gone['text'] == 'To be taken back', gone
    assert fake.shown() == ['It left today, by train'], fake.shown()
    # Not ours, not twice, not without words.
    for words, text in ((('edit', question['id']), 'No\n'), (('withdraw', last['id']), None), (('edit', answer['id']), '\n')):
        done = profile.call('message', *words, text=text)
        assert done.returncode == 1 and done.stderr, (words, done.stderr)
    assert profile.call('message', 'burn', last['id']).returncode == 2
    assert profile.run('check') == []


def album(profile, fake):
    """several pictures leave as one album; where its answer is lost, all of it is asked about and nothing is sent again"""
    number = str(profile.run('list')[0]['number'])
    files = os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'sample', 'files')
    pictures = [word for name in ('dog.png', 'cracked-shade.png') for word in ('--attach', os.path.join(files, name))]
    before = fake.sent()
    profile.run('reply', number, *pictures, text='Which one?\n')
    profile.run('sync')
    assert fake.sent()[len(before) :] == ['Which one?', '[dog.png] ', '[cracked-shade.png] '], fake.sent()
    assert fake.tell('count sendMediaGroup') == '1' and fake.tell('count sendPhoto') == '0'
    message = profile.run('show', number)[0]['messages'][-1]
    assert message['delivery'] == 'accepted', message
    # All of them go when it is taken back.
    profile.run('message', 'withdraw', message['id'])
    profile.run('sync')
    assert 'Which one?' not in fake.shown() and '' not in fake.shown(), fake.shown()

    fake.tell('lost sendMediaGroup')
    profile.run('reply', number, *pictures, text='')
    profile.run('sync')
    profile.run('sync')
    assert profile.run('show', number)[0]['messages'][-1]['delivery'] == 'uncertain'
    assert fake.sent().count('[dog.png] ') == 2, fake.sent()
    profile.run('outbox', 'sent', profile.run('outbox')[0]['id'])
    assert profile.run('show', number)[0]['messages'][-1]['delivery'] == 'accepted'
    assert profile.run('check') == []


def business(profile, fake):
    """the shop's own account: an album of the customer is one message, what was read is told, and what was answered there is taken back there"""
    files = os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'sample', 'files')
    for place, name in enumerate(('dog.png', 'cracked-shade.png')):
        path = os.path.join(files, name)
        fake.tell('keep album%d %s' % (place, path))
        fake.tell('put 5005 business_message "business_connection_id":"conn","media_group_id":"77","caption":"%s","photo":[{"file_id":"album%d","file_unique_id":"a%d","width":640,"height":480,"file_size":%d}]' % ('' if place else 'Like this', place, place, os.path.getsize(path)))  # fmt: skip
    profile.run('sync')
    row = [r for r in profile.run('list') if r['subject'] == 'Like this'][0]
    number = str(row['number'])
    messages = profile.run('show', number)[0]['messages']
    assert len(messages) == 1 and len(messages[0]['attachments']) == 2, messages
    assert all(one['sha256'] for one in messages[0]['attachments']), messages
    assert fake.tell('count readBusinessMessage') == '0'
    profile.run('set', number, 'read=yes')
    profile.run('sync')
    assert fake.tell('count readBusinessMessage') == '1'
    # A bot's own chat has no such thing.
    profile.run('set', '1', 'read=yes')
    profile.run('sync')
    assert fake.tell('count readBusinessMessage') == '1'

    profile.run('reply', number, text='Thank you\n')
    profile.run('sync')
    answer = profile.run('show', number)[0]['messages'][-1]
    profile.run('message', 'withdraw', answer['id'])
    profile.run('sync')
    assert fake.tell('count deleteBusinessMessages') == '1' and 'Thank you' not in fake.shown(), fake.shown()
    # A person's account puts no sign through a bot.
    profile.run('message', 'react', messages[0]['id'], '👍')
    profile.run('sync')
    assert profile.run('show', number)[0]['messages'][0]['changes'][0]['why'] == 'not-there'
    profile.run('message', 'react', messages[0]['id'], '--leave')
    assert profile.run('check') == []


def ask(profile, fake):
    """answers that have only to be pressed: they go out below the text, and the one that is pressed is what the customer says"""
    number = str(profile.run('list')[0]['number'])
    for buttons, reason in ((('Yes', 'Yes'), 'Two buttons say “Yes”'), (('x' * 65,), '64 characters at most'), ((' ',), 'Nothing is to be read')):
        done = profile.call('reply', number, *(word for label in buttons for word in ('--button', label)), text='Shall it wait?\n')
        assert done.returncode == 1 and reason in done.stderr, (buttons, done.stderr)
    done = profile.call('reply', number, '--button', 'Yes', '--template', 'x')
    assert done.returncode == 2 and done.stderr, done.stderr
    profile.run('reply', number, '--button', 'Yes, please', '--button', 'No', text='Shall it wait?\n')
    # Taken back before it left it has them still.
    [waiting] = profile.run('outbox')
    profile.run('outbox', 'cancel', waiting['id'])
    assert profile.run('outbox') == []
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % os.path.join(profile.folder, 'mostrador.db'), uri=True)) as database:
        assert database.execute('SELECT text, buttons FROM draft').fetchall() == [('Shall it wait?', 'Yes, please\nNo')]
    profile.run('reply', number, '--button', 'Yes, please', '--button', 'No', text='Shall it wait?\n')
    profile.run('sync')
    assert fake.sent()[-1] == 'Shall it wait?' and fake.tell('keyboard') == 'Yes, please=Yes, please No=No', fake.tell('keyboard')
    asked = profile.run('show', number)[0]['messages'][-1]
    assert asked['buttons'] == ['Yes, please', 'No'] and asked['delivery'] == 'accepted', asked
    fake.tell('update {"callback_query":{"id":"p9","from":{"id":4711,"is_bot":false,"first_name":"Ana"},"message":{"message_id":%d,"date":1,"chat":{"id":4711,"type":"private"},"text":"Shall it wait?"},"chat_instance":"1","data":"Yes, please"}}' % (100000 + len(fake.sent()) - 1))  # fmt: skip
    profile.run('sync')
    said = profile.run('show', number)[0]['messages'][-1]
    assert said['text'] == 'Yes, please' and said['button_pressed'] and said['answers'] == asked['id'], said
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
            for name, story in (('added, read, answered, edited', talk), ('other words, signs, taken back', change), ('answers that have only to be pressed', ask), ('an album', album), ('a business account', business), ('an answer to a send that is lost', lose), ('what is refused', refuse)):
                t.case(name)(lambda: story(profile, fake))
    finally:
        fake.end()
    t.done()
    return t.failed != 0


sys.exit(main())

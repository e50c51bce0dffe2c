#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Page's Messenger and an Instagram account at the terminal: added, read, answered, tried; and kill -9 in the middle of it. Each command is a process of its own."""
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

import tap
from ctlprofile import Profile
from faketelegram import Fake

CTL, FAKE = sys.argv[1:3]
ANA = '4711'
KILLS = 12
GRACE = 4 * 60


def add(profile, fake, kind, *words):
    [row] = profile.run('account', 'add', kind, '--server', fake.url, '--token-stdin', *words, text=fake.token + '\n')
    return row


def refuse(profile, fake, kind):
    wrong = 'EAAwrongwrongwrong'
    done = profile.call('account', 'add', kind, '--server', fake.url, '--token-stdin', text=wrong + '\n')
    assert done.returncode == 1 and 'token' in done.stderr and wrong not in done.stderr, done.stderr
    for words in (('--login', 'else'), ('--api-version', '23'), ('--password-stdin',)):
        assert profile.call('account', 'add', kind, '--server', fake.url, '--token-stdin', *words, text=wrong + '\n').returncode == 2, words
    assert profile.call('account', 'add', kind, '--server', fake.url).returncode == 2
    assert profile.run('account', 'list') == []


def talk(profile, fake, kind):
    row = add(profile, fake, kind)
    assert row['kind'] == kind and row['address'] == ('@mugshop' if kind == 'instagram' else '1066700123456789') and row['name'] == 'Mug Shop', row
    fake.tell('say %s Where is order 1042?' % ANA)
    fake.tell('say %s It was to come on Monday' % ANA)
    profile.run('sync')
    [row] = profile.run('list')
    assert (row['channel'], row['subject']) == (kind, 'Where is order 1042?'), row
    number = str(row['number'])
    [shown] = profile.run('show', number)
    assert [m['text'] for m in shown['messages']] == ['Where is order 1042?', 'It was to come on Monday'], shown
    assert [(i['kind'], i['value']) for i in shown['customer']['identities']] == [(kind, ANA)], shown
    assert shown['customer']['name'] == ('user.4711' if kind == 'instagram' else 'Person 4711'), shown

    profile.run('reply', number, text='It left today \U0001f600\n')
    profile.run('sync')
    profile.run('sync')
    assert fake.sent() == ['It left today \U0001f600'], fake.sent()
    # What is answered by telephone comes in, too; what we sent does not come back.
    fake.tell('elsewhere %s By telephone' % ANA)
    fake.tell('pass %d' % GRACE)
    profile.run('sync')
    [shown] = profile.run('show', number)
    assert [(m['direction'], m['delivery']) for m in shown['messages'][2:]] == [('outgoing', 'accepted'), ('outgoing', 'accepted')], shown
    assert profile.run('check') == []
    [account] = profile.run('account', 'list')
    assert account['why'] is None, account
    # An Instagram account's own token ends, and it is told when.
    assert (account['key_ends'] is not None) == (kind == 'instagram'), account
    assert profile.run('account', 'test', account['address'])[0]['works']


class LetterBox:
    """what mostrador-relay.php says to a desk; the file itself is tried on a real PHP by suite peers"""

    def __init__(self, key):
        box = self
        self.key, self.files = key, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do(self):
                asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
                if self.headers.get('Authorization') != 'Bearer ' + box.key:
                    status, said = 401, {'relay': 1, 'error': 'bad-key'}
                elif 'put' in asked:
                    box.files.append((asked['type'], asked['name'], body))
                    status, said = 200, {'relay': 1, 'file': '%048x' % len(box.files), 'seconds': 86400}
                else:
                    status, said = 200, {'relay': 1, 'php': '8.4', 'waiting': 0, 'files': 1 << 20}
                text = json.dumps(said).encode()
                self.send_response(status)
                self.send_header('Content-Length', str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d/box.php' % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()


def files(profile, fake, kind):
    """Instagram fetches what is sent: from a letter box, where the account has one; its key outlives the token's renewal"""
    number = str(profile.run('list')[0]['number'])
    picture = os.path.join(os.path.dirname(profile.folder), 'mug.jpg')
    with open(picture, 'wb') as file:
        file.write(b'\xff\xd8\xff picture')
    done = profile.call('reply', number, '--attach', picture, text='')
    assert done.returncode == 1 and 'no-letter-box' in done.stderr, done
    box = LetterBox('key-of-the-box')
    try:
        done = profile.call('account', 'add', kind, '--server', fake.url, '--token-stdin', '--relay', box.url, text=fake.token + '\nwrong\n')
        assert done.returncode == 1 and 'letter box' in done.stderr, done
        assert profile.call('account', 'add', 'messenger', '--server', fake.url, '--token-stdin', '--relay', box.url, text=fake.token + '\nx\n').returncode == 2
        profile.run('account', 'add', kind, '--server', fake.url, '--token-stdin', '--relay', box.url, text=fake.token + '\n' + box.key + '\n')
        profile.run('sync')
        profile.run('reply', number, '--attach', picture, text='')
        profile.run('sync')
        assert box.files == [('image/jpeg', 'mug.jpg', b'\xff\xd8\xff picture')], box.files
        last = profile.run('show', number)[0]['messages'][-1]
        assert fake.sent()[-1] == '[%s?file=%048x]' % (box.url, 1), fake.sent()
        assert (last['delivery'], [a['name'] for a in last['attachments']]) == ('accepted', ['mug.jpg']), last
    finally:
        box.end()


def window(profile, fake, kind):
    """the day is over: it is not sent, the text is kept, and why is said"""
    number = str(profile.run('list')[0]['number'])
    fake.tell('window people')
    profile.run('reply', number, text='Too late\n')
    profile.run('sync')
    last = profile.run('show', number)[0]['messages'][-1]
    assert (last['text'], last['delivery'], last['why']) == ('Too late', 'failed', 'window-over'), last
    assert 'Too late' not in fake.sent(), fake.sent()
    fake.tell('window open')


def kill(profile, fake, kind):
    """kill -9 during a look or a send: what was written is there once; what was answered is there once, or asks"""
    rng = random.Random(int(os.environ.get('MOS_TEST_SEED', '7')))
    number = str(profile.run('list')[0]['number'])
    expected, answered, killed = [], [], 0
    for n in range(KILLS):
        text, answer = 'Question %d' % n, 'Answer %d' % n
        fake.tell('say %s %s' % (ANA, text))
        profile.run('reply', number, text=answer + '\n')
        expected.append(text)
        answered.append(answer)
        process = subprocess.Popen([CTL, '--profile', profile.folder, 'sync'], env=profile.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 4))
        process.kill()
        killed += process.wait() == -9
    print('# killed %d times of %d' % (killed, KILLS), flush=True)
    # What is doubted is looked for once it cannot be on its way any more.
    fake.tell('pass %d' % GRACE)
    end = time.monotonic() + 60
    while True:
        profile.run('sync')
        [shown] = profile.run('show', number)
        states = {m['text']: m['delivery'] for m in shown['messages'] if m['text'] in answered}
        if all(state in ('accepted', 'uncertain') for state in states.values()) or time.monotonic() > end:
            break
        time.sleep(1)
    texts = [m['text'] for m in shown['messages']]
    for text in expected + answered:
        assert texts.count(text) == 1, (text, texts)
    sent = fake.sent()
    for text in answered:
        assert sent.count(text) == (1 if states[text] == 'accepted' else 0), (text, states[text], sent)
    assert profile.run('check') == []


def main():
    t = tap.Tap(stop_at_failure=True)
    for kind in ('messenger', 'instagram'):
        fake = Fake(FAKE, kind)
        try:
            with tempfile.TemporaryDirectory() as folder:
                profile = Profile(CTL, folder)
                stories = [('what is refused', refuse), ('added, read, answered', talk), ('the window is over', window)]
                for name, story in stories + [('kill -9', kill) if kind == 'messenger' else ('a picture', files)]:
                    t.case('%s: %s' % (kind, name))(lambda: story(profile, fake, kind))
        finally:
            fake.end()
    t.done()
    return t.failed != 0


sys.exit(main())

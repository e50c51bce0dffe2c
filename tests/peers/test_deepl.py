#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we ask of DeepL, before its own description (deepl_openapi.json): wrong requests first, then setting it up, a message and a text at the terminal. The
description keeps no state and translates nothing: what it lets through is answered here, in the shape of its own examples."""
import json
import os
import re
import sys
import tempfile

import peers

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile

KEY = '00000000-1111-2222-3333-444444444444:fx'
AUTH = {'Authorization': 'DeepL-Auth-Key ' + KEY}
LANGUAGES = ['BG', 'CS', 'DE', 'EN-GB', 'EN-US', 'ES', 'NB', 'PT-BR', 'PT-PT', 'ZH', 'ZH-HANS']
MAIL = """From: Ana <ana@mail.example>
To: support@shop.example
Subject: Vase
Message-ID: <1@mail.example>
Date: Mon, 02 Mar 2026 08:00:00 +0000
Content-Type: text/plain; charset=utf-8

Guten Tag, die Vase der Bestellung #1042 ist leider kaputt angekommen, was nun?

> Ihre Vase ist unterwegs.
"""

t = tap.Tap()
folder = tempfile.TemporaryDirectory()
shared = os.environ.get('MOSTRADOR_SHARED', os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared'))
sent = []


def with_description(use):
    path = os.path.join(shared, 'specs', 'deepl_openapi.json')
    if not os.path.exists(path):
        raise tap.Skip('the shared folder is not beside the project')
    prism = peers.Prism(path)
    try:
        use(prism)
    finally:
        prism.stop()


@t.case('its description refuses what is wrong')
def _():
    def use(prism):
        def post(body, key=True):
            return peers.ask(prism.url + '/v2/translate', body, AUTH if key else {}, 'POST')[0]

        right = {'text': ['Hello'], 'target_lang': 'DE'}
        assert post(right) == 200
        assert post(right, key=False) == 401
        assert post({'target_lang': 'DE'}) in (400, 422)
        assert post({'text': ['Hello']}) in (400, 422)
        assert post({**right, 'text': 'Hello'}) in (400, 422)
        assert post({**right, 'tag_handling': 'markdown'}) in (400, 422)
        assert post({**right, 'ignore_tags': 'code'}) in (400, 422)
        assert post({**right, 'outline_detection': 'no'}) in (400, 422)
        assert post({**right, 'preserve_formatting': '1'}) in (400, 422)
        assert peers.ask(prism.url + '/v2/languages?type=both', None, {**AUTH, 'Content-Type': ''}, 'GET')[0] in (400, 422)
        assert peers.ask(prism.url + '/v2/usages', None, {**AUTH, 'Content-Type': ''}, 'GET')[0] == 404

    with_description(use)


def answer(method, path, body):
    if path == '/v2/usage':
        return 200, {'character_count': 180118, 'character_limit': 1250000}
    if path == '/v2/languages?type=target':
        return 200, [{'language': one, 'name': one, 'supports_formality': False} for one in LANGUAGES]
    if (method, path) == ('POST', '/v2/translate'):
        asked = json.loads(body)
        sent.append(asked)
        # Words between tags in capitals, tags as they are.
        return 200, {'translations': [{'detected_source_language': asked.get('source_lang', 'DE'), 'text': re.sub(r'[^<>]+(?=<|$)', lambda m: m.group().upper(), one)} for one in asked['text']]}
    return None


def story(profile, checked):
    mail = os.path.join(folder.name, 'one.eml')
    with open(mail, 'w') as file:
        file.write(MAIL)
    server = 'support%40shop.example@mail.shop.example'
    profile.run('account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
    profile.run('import', '--account', 'support@shop.example', mail)
    [shown] = profile.run('translate', 'show')
    assert shown == {'service': 'off', 'url': '', 'accounts': []}, shown
    # Off: nothing is asked of anybody.
    assert profile.call('translate', 'message', '1').returncode == 1 and checked.asked == []
    [done] = profile.run('translate', 'set', 'deepl', '--url', checked.url, '--key-stdin', text=KEY + '\n')
    assert done['result'] == 'set' and sent == [], (done, sent)
    refused = profile.call('translate', 'message', '1', '--to', 'en')
    assert refused.returncode == 1 and sent == [], refused
    profile.run('translate', 'account', 'Support', 'on')
    [shown] = profile.run('translate', 'show')
    assert shown == {'service': 'deepl', 'url': checked.url, 'accounts': ['support@shop.example']}, shown

    [one] = profile.run('translate', 'message', '1', '--to', 'en_US')
    assert one['text'] == 'GUTEN TAG, DIE VASE DER BESTELLUNG #1042 IST LEIDER KAPUTT ANGEKOMMEN, WAS NUN?', one
    assert (one['service'], one['from'], one['to']) == ('deepl', 'de', 'en_US'), one
    assert sent[0]['target_lang'] == 'EN-US' and sent[0]['text'] == ['Guten Tag, die Vase der Bestellung <code>0</code> ist leider kaputt angekommen, was nun?'], sent
    text = 'Dear Ana,\n\n- it is **on its way**, see [the page](https://shop.example/p?a=1&b=2)\n\n-- \nEva'
    [two] = profile.run('translate', 'text', '--account', 'Support', '--to', 'no', text=text)
    assert two['text'] == 'DEAR ANA,\n\n- IT IS **ON ITS WAY**, SEE [THE PAGE](https://shop.example/p?a=1&b=2)\n\n-- \nEva', two
    assert sent[1]['target_lang'] == 'NB' and 'source_lang' not in sent[1] and 'https' not in str(sent[1]), sent[1]
    assert profile.call('translate', 'text', '--account', 'Support', '--to', 'eu', text='Hello').returncode == 1
    assert profile.call('translate', 'text', '--to', 'de', text='Hello').returncode == 2
    assert profile.call('translate', 'set', 'babelfish').returncode == 2
    assert profile.call('translate', 'set', 'deepl', '--url', 'http://shop.example').returncode == 2
    profile.run('translate', 'off')
    assert profile.call('translate', 'message', '1').returncode == 1 and len(sent) == 2, sent


@t.case('set up, a message and a text, at the terminal')
def _():
    def use(prism):
        checked = peers.Checked(prism, '', answer)
        profile = Profile(sys.argv[1], os.path.join(folder.name, 'deepl'))
        os.makedirs(os.path.dirname(profile.folder))
        try:
            story(profile, checked)
        finally:
            checked.stop()
            print('# %d requests, refused: %s' % (len(checked.asked), checked.refused), flush=True)
        assert checked.refused == [], checked.refused

    with_description(use)


folder.cleanup()
sys.exit(t.done())

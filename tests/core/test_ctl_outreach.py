#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl outreach: made, looked at, begun, paused, cancelled; who is left out and why; shapes and exit codes."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
PEOPLE = 'name,email,language,consent\nAna López,ana@mail.example,es,given\nBob Hill,bob@mail.example,en,given\nCid,cid@mail.example,en,\nDora,dora@mail.example,en,opted_out\n'
MACRO = {'name': 'News', 'shortcode': 'news', 'texts': {'en': 'Hello {{customer.first_name|default:"there"}}, we have lamps.', 'es': 'Hola {{customer.first_name|default:"a todos"}}: tenemos lámparas.'}}
PERSON = ['name', 'address', 'customer', 'order', 'language', 'state', 'reason', 'detail', 'delivery', 'message', 'conversation', 'at', 'answered', 'opted_out']


def call(profile, *words, text=''):
    return subprocess.run([CTL, '--profile', profile, *words], input=text, capture_output=True, text=True, timeout=60)


def run(profile, *words, text='', status=0):
    done = call(profile, '--json', *words, text=text)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, status=1):
    done = call(profile, *words)
    assert done.returncode == status and not done.stdout and done.stderr.strip(), (words, done)
    return done.stderr.strip()


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        server = 'support%40shop.example@mail.shop.example'
        run(profile, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
        with open(os.path.join(folder, 'people.csv'), 'w') as f:
            f.write(PEOPLE)
        run(profile, 'customer', 'import', os.path.join(folder, 'people.csv'))
        run(profile, 'macro', 'save', text=json.dumps(MACRO))

        def one(name='Spring'):
            return run(profile, 'outreach', 'show', name)[0]

        def states(name='Spring'):
            return {p['name']: p['reason'] or p['state'] for p in run(profile, 'outreach', 'preview', name)}

        @t.case('a new one is kept, and nobody is written to')
        def _():
            assert run(profile, 'outreach', 'list') == []
            saved = run(profile, 'outreach', 'new', 'Spring', '--macro', '/news', '--subject', 'News', '--subject-for', 'es=Noticias', '--segment', 'all', '--per-minute', '600', '--per-hour', '36000')
            assert [row['result'] for row in saved] == ['saved']
            made = one()
            assert (made['state'], made['purpose'], made['subjects'], made['audience']) == ('draft', 'promotional', {'en': 'News', 'es': 'Noticias'}, {'kind': 'segment', 'segment': 'all'}), made
            assert made['ends'] and made['next'] is None and set(made['counts'].values()) == {0}, made
            assert run(profile, 'outbox') == []

        @t.case('the preview says who gets it, in which language, and who does not and why')
        def _():
            people = run(profile, 'outreach', 'preview', 'Spring')
            assert all(list(p) == PERSON for p in people), people
            assert states() == {'Ana López': 'waiting', 'Bob Hill': 'waiting', 'Cid': 'no-consent', 'Dora': 'opted-out'}, states()
            assert {p['name']: p['language'] for p in people if p['state'] == 'waiting'} == {'Ana López': 'es', 'Bob Hill': 'en'}
            letter = run(profile, 'outreach', 'preview', 'Spring', '--person', 'ana@mail.example')[0]
            assert letter['subject'] == 'Noticias' and letter['text'].startswith('Hola Ana: tenemos lámparas.') and 'baja' in letter['text'] and letter['missing'] == [], letter
            assert (letter['state'], letter['reason']) == ('waiting', None), letter
            none = next(p['address'] for p in people if p['name'] == 'Dora')
            assert run(profile, 'outreach', 'preview', 'Spring', '--person', none)[0]['reason'] == 'opted-out'
            assert 'does not get this (opted-out)' in call(profile, 'outreach', 'preview', 'Spring', '--person', none).stdout
            assert 'not among them' in refused(profile, 'outreach', 'preview', 'Spring', '--person', 'nobody@mail.example')

        @t.case('to write to those whom nobody asked is a choice')
        def _():
            run(profile, 'outreach', 'new', 'Bold', '--macro', 'news', '--subject', 'News', '--segment', 'all', '--allow-unknown')
            assert states('Bold')['Cid'] == 'waiting' and states('Bold')['Dora'] == 'opted-out'
            run(profile, 'outreach', 'delete', 'Bold')

        @t.case('a test goes to oneself, and shows nowhere')
        def _():
            run(profile, 'outreach', 'test', 'Spring', 'me@mail.example')
            assert [(item['to'], item['subject']) for item in run(profile, 'outbox')] == [(['me@mail.example'], 'Noticias')], run(profile, 'outbox')
            assert run(profile, 'list', '--view', 'all') == [] and run(profile, 'search', 'lámparas') == []

        @t.case('begun it stays as it is, whatever becomes of the macro; paused and cancelled it ends')
        def _():
            run(profile, 'outreach', 'start', 'Spring')
            run(profile, 'macro', 'save', 'news', text=json.dumps(dict(MACRO, texts={'en': 'Something else'})))
            assert one()['state'] == 'running' and one()['texts'] == MACRO['texts']
            assert 'running' in refused(profile, 'outreach', 'start', 'Spring')
            assert 'running' in refused(profile, 'outreach', 'delete', 'Spring')
            run(profile, 'outreach', 'pause', 'Spring')
            assert one()['state'] == 'paused' and one()['next'] is None
            run(profile, 'outreach', 'resume', 'Spring')
            assert one()['next']
            assert [row['result'] for row in run(profile, 'outreach', 'cancel', 'Spring')] == ['cancelled']
            assert one()['counts']['cancelled'] == 2 and one()['state'] == 'cancelled'
            assert 'cancelled' in refused(profile, 'outreach', 'resume', 'Spring')
            run(profile, 'outreach', 'delete', 'Spring')
            assert run(profile, 'outreach', 'list') == []

        @t.case('wrong use is said')
        def _():
            new = ['outreach', 'new', 'X', '--macro', 'news', '--subject', 'S']
            assert 'whom it is for' in refused(profile, *new, status=2)
            assert 'whom it is for' in refused(profile, *new, '--segment', 'all', '--unseen', '3', status=2)
            assert 'whom it is for' in refused(profile, *new, '--segment', 'rich', status=2)
            assert 'number' in refused(profile, *new, '--segment', 'all', '--per-hour', 'many', status=2)
            assert 'choose orders' in refused(profile, *new, '--segment', 'all', '--purpose', 'order')
            assert 'days' in refused(profile, *new, '--late-orders', '0')
            assert 'subject' in refused(profile, 'outreach', 'new', 'X', '--macro', 'news', '--segment', 'all')
            assert 'no macro' in refused(profile, 'outreach', 'new', 'X', '--macro', 'other', '--subject', 'S', '--segment', 'all')
            assert 'no outreach' in refused(profile, 'outreach', 'show', 'X')
            run(profile, *new, '--customer', 'dora@mail.example')
            assert 'Nobody' in refused(profile, 'outreach', 'start', 'X')

    t.done()
    return t.failed != 0


sys.exit(main())

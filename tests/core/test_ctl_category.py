#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl category: the list, its changes and their undo, what is suggested and why, set and found; shapes and exit codes."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
MAIL = 'From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: %s\nMessage-ID: <%s@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\n%s\n'


def call(profile, *words, **env):
    return subprocess.run([CTL, '--profile', profile, *words], input='', capture_output=True, text=True, timeout=60, env={**os.environ, **env})


def run(profile, *words, status=0, **env):
    done = call(profile, '--json', *words, **env)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, status=1):
    done = call(profile, *words)
    assert done.returncode == status and not done.stdout and len(done.stderr.strip().splitlines()) == 1, (words, done)
    return done.stderr.strip()


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        server = 'support%40shop.example@mail.shop.example'
        run(profile, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
        for n, (subject, text) in enumerate((('Vase', 'Hello, the vase arrived broken.'), ('Hello', 'Thank you, all is well.'), ('Pedido', 'Quiero cancelar el pedido.'))):
            path = os.path.join(folder, '%d.eml' % n)
            with open(path, 'w') as f:
                f.write(MAIL % (subject, n, text))
            run(profile, 'import', '--account', 'support@shop.example', path)
        numbers = {row['subject']: str(row['number']) for row in run(profile, 'list', '--view', 'all')}

        def names(*words):
            return [row['name'] for row in run(profile, 'category', 'list', *words)]

        @t.case('a profile has the list from the first time that it is asked for, and only then')
        def _():
            rows = run(profile, 'category', 'list')
            assert len(rows) == 13 and list(rows[0]) == ['id', 'name', 'complex', 'words', 'removed'], rows
            assert (rows[0]['id'], rows[0]['name'], rows[0]['complex']) == ('order-status', 'Order status', False), rows[0]
            assert [row['id'] for row in rows if row['complex']] == ['refund', 'damaged', 'missing-item', 'complaint']
            assert call(profile, 'category', 'list').stdout.splitlines()[4] == '!  Refund'

        @t.case('it is added to, renamed, changed, moved and made shorter, and each is taken back')
        def _():
            before = names()
            added = run(profile, 'category', 'add', 'Wholesale', '--complex', '--words', 'reseller, bulk price')[0]
            assert added['result'] == 'added' and names()[-1] == 'Wholesale', added
            row = run(profile, 'category', 'list')[-1]
            assert row == {'id': added['subject'], 'name': 'Wholesale', 'complex': True, 'words': 'reseller, bulk price', 'removed': False}, row
            run(profile, 'category', 'rename', 'wholesale', 'Trade')
            run(profile, 'category', 'set', 'Trade', 'complex=no', 'words=')
            assert run(profile, 'category', 'list')[-1] == dict(row, name='Trade', complex=False, words='')
            run(profile, 'undo')
            assert run(profile, 'category', 'list')[-1] == dict(row, name='Trade')
            for where, at in (('first', 0), ('down', 1), ('up', 0), ('3', 2), ('last', 13), ('down', 13)):
                run(profile, 'category', 'move', 'Trade', where)
                assert names().index('Trade') == at, (where, names())
            run(profile, 'category', 'remove', 'Trade')
            assert names() == before and names('--all')[-1] == 'Trade'
            run(profile, 'undo')
            assert names()[-1] == 'Trade'
            run(profile, 'category', 'remove', row['id'])
            run(profile, 'category', 'add', 'trade')
            assert run(profile, 'category', 'list')[-1]['id'] == row['id'] and run(profile, 'category', 'list')[-1]['words'] == row['words']

        @t.case('what is suggested says why, and sets nothing')
        def _():
            hint = run(profile, 'category', 'suggest', numbers['Vase'])[0]
            assert hint == {'number': int(numbers['Vase']), 'category': 'damaged', 'name': 'Damaged or faulty', 'words': ['broken'], 'order_status': None}, hint
            assert run(profile, 'category', 'suggest', numbers['Pedido'])[0]['words'] == ['cancelar']
            nothing = run(profile, 'category', 'suggest', numbers['Hello'])[0]
            assert nothing['category'] is None and nothing['words'] == [], nothing
            assert call(profile, 'category', 'suggest', numbers['Hello']).stdout == 'Nothing to suggest\n'
            assert call(profile, 'category', 'suggest', numbers['Vase']).stdout == 'Damaged or faulty: broken\n'
            assert run(profile, 'show', numbers['Vase'])[0]['category'] is None

        @t.case('a conversation gets one by name or id, is found by it, and it can be undone')
        def _():
            run(profile, 'set', numbers['Vase'], 'category=damaged or faulty')
            shown = run(profile, 'show', numbers['Vase'])[0]
            assert (shown['category'], shown['category_name']) == ('damaged', 'Damaged or faulty'), shown
            event = [m['event'] for m in shown['messages'] if m.get('event')][-1]
            assert (event['kind'], event['from'], event['to']) == ('category', None, 'Damaged or faulty'), event
            assert [row['subject'] for row in run(profile, 'list', 'category:damaged')] == ['Vase']
            assert [row['category'] for row in run(profile, 'list', 'category:faulty')] == ['damaged']
            assert sorted(row['subject'] for row in run(profile, 'list', 'category:none')) == ['Hello', 'Pedido']
            assert run(profile, 'category', 'suggest', numbers['Vase'])[0]['category'] is None
            assert '· Damaged or faulty' in call(profile, 'show', numbers['Vase']).stdout
            run(profile, 'set', numbers['Vase'], 'category=none')
            assert run(profile, 'show', numbers['Vase'])[0]['category'] is None
            run(profile, 'undo')
            assert run(profile, 'show', numbers['Vase'])[0]['category'] == 'damaged'
            run(profile, 'undo', numbers['Vase'], status=1)

        @t.case('what cannot be is told in one line')
        def _():
            assert 'category list' in refused(profile, 'set', numbers['Vase'], 'category=Nonsense')
            assert 'There is no category' in refused(profile, 'category', 'remove', 'Nonsense')
            assert 'already' in refused(profile, 'category', 'add', 'REFUND', status=2)
            assert 'already' in refused(profile, 'category', 'rename', 'Return', 'Refund', status=2)
            assert 'none' in refused(profile, 'category', 'add', 'None', status=2)
            assert 'none' in refused(profile, 'category', 'add', 'x' * 61, status=2)
            before = names()
            said = refused(profile, 'category', 'move', before[0], '999', status=2)
            assert str(len(before)) in said and names() == before, said
            refused(profile, 'category', 'suggest', '999')
            for words in (('frob',), ('add',), ('rename', 'Return'), ('set', 'Return'), ('set', 'Return', 'complex=maybe'), ('move', 'Return', 'sideways'), ('move', 'Return', '0'), ()):
                refused(profile, 'category', *words, status=2)
            refused(os.path.join(folder, 'nowhere'), 'category', 'list')
            assert not os.path.exists(os.path.join(folder, 'nowhere'))

        @t.case('its names are in the language of the desk that asked first')
        def _():
            other = os.path.join(folder, 'other')
            run(other, 'account', 'add', 'email', '--name', 'S', '--address', 's@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
            first = [row['name'] for row in run(other, 'category', 'list', LANGUAGE='es', LC_ALL='C.UTF-8')]
            assert first == [row['name'] for row in run(other, 'category', 'list')] and len(first) == 13, first

    t.done()
    return t.failed != 0


sys.exit(main())

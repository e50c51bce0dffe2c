#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl customer on a profile of its own: list, show, set, suggest, merge, unmerge, split, export, erase, receipts."""
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]


def mail(who, address, n, attached=''):
    return (f'From: {who} <{address}>\nTo: support@shop.example\nSubject: About order {n}\nMessage-ID: <{n}@mail.example>\nDate: Mon, 02 Mar 2026 08:0{n}:00 +0000\n'
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n'
            f'Hello from {who} <b>{n}</b>.\n--b\nContent-Type: text/plain; name=list.txt\nContent-Disposition: attachment; filename=list.txt\n\n{attached}\n--b--\n')


def call(profile, *words, text='', plain=False):
    return subprocess.run([CTL, '--profile', profile, *([] if plain else ['--json']), *words], input=text, capture_output=True, text=True, timeout=60)


def run(profile, *words, text='', plain=False):
    done = call(profile, *words, text=text, plain=plain)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout if plain else [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, status=1):
    done = call(profile, *words)
    assert done.returncode == status and not done.stdout and len(done.stderr.strip().splitlines()) == 1, (words, done)
    return done.stderr.strip()


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile, mails = os.path.join(folder, 'profile'), os.path.join(folder, 'mails')
        os.makedirs(mails)
        people = (('Ana López', 'ana@mail.example'), ('Ana Lopez', 'ana.lopez@work.example'), ('Bob Smith', 'bob@mail.example'))
        for n, (who, address) in enumerate(people):
            with open(os.path.join(mails, f'{n}.eml'), 'w') as f:
                f.write(mail(who, address, n, f'Secret of {address}'))

        @t.case('customers are there with their mail; found by words, address and number')
        def _():
            run(profile, 'import', mails)
            # The shop's own address is nobody's account here, so it is one more.
            assert [c['name'] for c in run(profile, 'customer', 'list') if c['name']] == ['Ana Lopez', 'Ana López', 'Bob Smith']
            assert [c['name'] for c in run(profile, 'customer', 'list', 'smi')] == ['Bob Smith']
            assert run(profile, 'customer', 'list', '--segment', 'vip') == []
            assert [i['value'] for i in run(profile, 'customer', 'show', 'bob@mail.example')[0]['identities']] == ['bob@mail.example']
            assert 'several' in refused(profile, 'customer', 'show', 'ana')
            assert 'nobody@mail.example' in refused(profile, 'customer', 'show', 'nobody@mail.example')
            refused(profile, 'customer', 'list', '--segment', 'rich', status=2)
            refused(profile, 'customer', status=2)
            # What is missing is told by how the command is written.
            assert refused(profile, 'customer', 'show', status=2) == 'Something is missing: mostradorctl customer show WHO'
            assert refused(profile, 'customer', 'receipts', 'all', status=2) == 'Too many words: mostradorctl customer receipts'
            both = refused(profile, 'customer', 'export', 'a', 'b', 'c', status=2)
            assert both == 'Too many words: mostradorctl customer export WHO --output FILE.zip [--force] | export --csv --output FILE.csv [--force]', both
            assert refused(profile, 'show', status=2) == 'Something is missing: mostradorctl show NUMBER|ID... | --message ID [--full]'
            assert refused(profile, 'watch', 'all', status=2) == 'Too many words: mostradorctl watch'

        @t.case('fields are set, and an undo takes all of it back')
        def _():
            got = run(profile, 'customer', 'set', 'bob@mail.example', 'phone=+44 20 7946 0000', 'country=gb', 'vip=yes', 'consent=given', 'own:City=Leeds', 'address+=bob@home.example')[0]
            assert (got['country'], got['vip'], got['consent'], got['fields'], len(got['identities'])) == ('GB', True, 'given', {'City': 'Leeds'}, 2), got
            assert [c['name'] for c in run(profile, 'customer', 'list', '--segment', 'vip')] == ['Bob Smith']
            for number in ('020 7946 0000', '+442079460000', '0044-20-7946-0000'):
                assert [c['name'] for c in run(profile, 'customer', 'list', number)] == ['Bob Smith'], number
            for wrong in ('country=England', 'country=XX', 'phone=abc', 'phone=12'):
                assert '“' + wrong.split('=')[1] + '”' in refused(profile, 'customer', 'set', 'bob@mail.example', 'vip=no', wrong), wrong
            assert run(profile, 'customer', 'show', 'bob@mail.example')[0]['vip']
            refused(profile, 'customer', 'set', 'bob@mail.example', 'vip', status=2)
            run(profile, 'undo')
            got = run(profile, 'customer', 'show', 'bob@mail.example')[0]
            assert (got['country'], got['vip'], got['fields'], len(got['identities'])) == (None, False, {}, 1), got

        @t.case('who looks alike is suggested with a reason, and not any more once somebody said no')
        def _():
            run(profile, 'customer', 'set', 'ana@mail.example', 'company=Flores')
            assert run(profile, 'customer', 'suggest', 'ana@mail.example') == []
            run(profile, 'customer', 'set', 'ana.lopez@work.example', 'company=flores')
            got = run(profile, 'customer', 'suggest', 'ana@mail.example')
            assert [(s['customer']['name'], s['reasons']) for s in got] == [('Ana Lopez', ['name+company'])], got
            run(profile, 'customer', 'suggest', 'ana@mail.example', '--not', 'ana.lopez@work.example')
            assert run(profile, 'customer', 'suggest', 'ana.lopez@work.example') == []

        @t.case('two become one as the preview says, and are two again')
        def _():
            source = run(profile, 'customer', 'show', 'ana.lopez@work.example')[0]['id']
            run(profile, 'customer', 'set', 'ana.lopez@work.example', 'consent=opted_out', 'own:Size=M')
            got = {f['field']: f for f in run(profile, 'customer', 'merge', 'ana.lopez@work.example', 'ana@mail.example', '--take', 'name', '--dry-run')}
            assert (got['name']['result'], got['name']['choice'], got['consent']['result'], got['own:Size']['result']) == ('Ana Lopez', True, 'opted_out', 'M'), got
            seen = got['first_seen']
            assert all(seen[key][4] == '-' and seen[key].endswith('Z') for key in ('source', 'target', 'result')), seen
            for more in ([], ['--dry-run']):
                assert 'color' in refused(profile, 'customer', 'merge', 'ana.lopez@work.example', 'ana@mail.example', '--take', 'color', *more)
            got = run(profile, 'customer', 'merge', 'ana.lopez@work.example', 'ana@mail.example', '--take', 'name')[0]
            assert (got['name'], got['consent'], got['conversations'], len(got['identities'])) == ('Ana Lopez', 'opted_out', 2, 2), got
            assert run(profile, 'customer', 'show', source)[0]['id'] == got['id']
            assert 'merged' in run(profile, 'customer', 'show', source, plain=True)
            again = run(profile, 'customer', 'unmerge', 'ana@mail.example')[0]
            assert again['id'] == source and again['conversations'] == 1, again
            assert run(profile, 'customer', 'show', 'ana@mail.example')[0]['name'] == 'Ana López'
            assert 'Ana' in refused(profile, 'customer', 'unmerge', 'ana@mail.example')

        @t.case('mail of a blocked sender asks before it is merged')
        def _():
            run(profile, 'sender', 'block', 'bob@mail.example')
            assert 'blocked' in refused(profile, 'customer', 'merge', 'bob@mail.example', 'ana@mail.example')
            run(profile, 'customer', 'merge', 'bob@mail.example', 'ana@mail.example', '--even-blocked')

        @t.case('a split makes a customer of one address and its conversations')
        def _():
            got = run(profile, 'customer', 'split', 'ana@mail.example', 'bob@mail.example')[0]
            assert (got['name'], got['conversations'], [i['value'] for i in got['identities']]) == ('Bob Smith', 1, ['bob@mail.example']), got
            assert run(profile, 'customer', 'show', 'ana@mail.example')[0]['conversations'] == 1
            refused(profile, 'customer', 'split', 'ana@mail.example', 'ana@mail.example')

        @t.case('one person as a ZIP file: JSON, a page, mail and files')
        def _():
            path = os.path.join(folder, 'bob.zip')
            bob = run(profile, 'customer', 'show', 'bob@mail.example')[0]['id']
            with sqlite3.connect(os.path.join(profile, 'mostrador.db')) as db:
                db.execute("INSERT INTO shop (id, kind, name, base_url, settings, currency, position) VALUES ('s', 'csv', 'Lamps', '', '{}', 'EUR', 0)")
                db.execute("INSERT INTO shop_order VALUES ('o', 's', '7', 'FL-7', 'fl-7', '7', 'done', 'delivered', 'card', 'sent', 1, 1, 'EUR', '40.00', '0', 'bob@mail.example', '', 'Bob', 'GB', 'Street 1',"
                           " '', '', '', ?, 'email', 1, '')", (bob,))
                db.execute("INSERT INTO order_item VALUES ('o', 0, 'Lamp <b>', '', 'red', '2', '20.00', '40.00', '')")
            db.close()
            run(profile, 'customer', 'export', 'bob@mail.example', '--output', path)
            with zipfile.ZipFile(path) as z:
                assert z.testzip() is None
                names = sorted(z.namelist())
                assert [n.split('/')[0] for n in names] == ['files', 'mail', 'person.html', 'person.json'], names
                person = json.loads(z.read('person.json'))
                assert person['customer']['name'] == 'Bob Smith' and len(person['conversations']) == 1
                page = z.read('person.html').decode()
                assert 'Hello from Bob Smith &lt;b&gt;2&lt;/b&gt;' in page and 'Ana' not in page, page
                assert [(o['shop'], o['number'], o['email'], o['items'][0]['name']) for o in person['orders']] == [('Lamps', 'FL-7', 'bob@mail.example', 'Lamp <b>')], person['orders']
                assert 'FL-7' in page and '2 × Lamp &lt;b&gt;' in page, page
                assert z.read(names[0]).decode().strip() == 'Secret of bob@mail.example'
                with open(os.path.join(mails, '2.eml'), 'rb') as f:
                    assert z.read(names[1]) == f.read()
            assert os.stat(path).st_mode & 0o777 == 0o600
            assert '--force' in refused(profile, 'customer', 'export', 'bob@mail.example', '--output', path)
            run(profile, 'customer', 'export', 'bob@mail.example', '--output', path, '--force')
            assert sorted(os.listdir(folder)) == ['bob.zip', 'mails', 'profile']

        @t.case('CSV: new, changed, the same; what does not fit keeps no other from coming; an undo takes all of it back')
        def _():
            path, out = os.path.join(folder, 'in.csv'), os.path.join(folder, 'out.csv')
            with open(path, 'w', newline='') as f:
                f.write('\ufeffFirst Name;Last name;E-mail;Phone;VIP;City;note\r\n'
                        'Carla;Díaz;carla@new.example carla@home.example;+34 611 222 333;true;Vigo;"two\r\n""lines"""\r\n'
                        ';;bob@mail.example;;;Leeds;\r\n;;not an address;;;;\r\n\r\n;;;;yes;;nobody\r\n;;;612 345 678;;;=1+1\r\n')
            want = [(1, 'new', 'Carla Díaz'), (2, 'changed', 'Bob Smith'), (3, 'failed'), (4, 'failed'), (5, 'new', '612345678')]
            for words in (('--dry-run',), ()):
                got = run(profile, 'customer', 'import', path, *words)
                assert [(r['record'], r['outcome'], r['what'])[: len(w)] for r, w in zip(got, want, strict=True)] == want, got
                assert bool(run(profile, 'customer', 'list', 'carla')) == (not words)
            carla = run(profile, 'customer', 'show', 'carla@home.example')[0]
            assert (carla['vip'], carla['fields'], carla['notes'].split(), len(carla['identities'])) == (True, {'City': 'Vigo'}, ['two', '"lines"'], 2), carla
            run(profile, 'customer', 'export', '--csv', '--output', out)
            assert '--force' in refused(profile, 'customer', 'export', '--csv', '--output', out)
            with open(out, newline='') as f:
                rows = list(csv.DictReader(f))
            bob = next(r for r in rows if r['name'] == 'Bob Smith')
            assert (bob['email'], bob['City']) == ('bob@mail.example', 'Leeds'), bob
            assert [r['notes'] for r in rows if r['phone'].endswith('612 345 678')] == ["'=1+1"], rows
            assert {r['outcome'] for r in run(profile, 'customer', 'import', out)} == {'same'}
            with open(path, 'w') as f:
                f.write('first_name,LAST-NAME,E_Mail,Phone-Number\nCarla,Díaz,carla@new.example,+34 611 222 333\n')
            assert [r['outcome'] for r in run(profile, 'customer', 'import', path, '--dry-run')] == ['same']
            with open(path, 'w') as f:
                f.write('name,company\nA,B\n')
            assert 'email' in refused(profile, 'customer', 'import', path)
            with open(path, 'w') as f:
                f.write('email\n"a@b.example\n')
            assert 'line 2' in refused(profile, 'customer', 'import', path)
            run(profile, 'undo')
            assert run(profile, 'customer', 'list', 'carla') == [] and run(profile, 'customer', 'show', 'bob@mail.example')[0]['fields'] == {}
            os.remove(path)
            os.remove(out)

        @t.case('an erasure is previewed, leaves a receipt, and does not come back by an import')
        def _():
            refused(profile, 'customer', 'erase', 'bob@mail.example', status=2)
            looked = run(profile, 'customer', 'erase', 'bob@mail.example', '--dry-run')[0]
            assert (looked['receipt'], looked['addresses'], looked['conversations'], looked['messages'], looked['files']) == (None, 1, 1, 1, 1), looked
            done = run(profile, 'customer', 'erase', 'bob@mail.example', '--yes')[0]
            assert run(profile, 'customer', 'receipts') == [dict(done, mentions=[])]
            assert run(profile, 'customer', 'list', 'bob') == []
            call(profile, 'import', os.path.join(mails, '2.eml'))
            assert run(profile, 'customer', 'list', 'bob') == []
            with sqlite3.connect(os.path.join(profile, 'mostrador.db')) as db:
                dump = '\n'.join(str(row) for table in ('identity', 'identity_word', 'customer', 'customer_word', 'customer_merge', 'change', 'conversation', 'message', 'message_text')
                                 for row in db.execute(f'SELECT * FROM {table}'))
            assert 'bob' not in dump.lower()
            assert run(profile, 'check') == [] or run(profile, 'check')[0].get('problems', 0) == 0
    t.done()
    return t.failed != 0


sys.exit(main())

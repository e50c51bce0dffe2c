#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl: all that is known of one person, what they wrote in others' conversations too; and what of them an erasure leaves for review."""
import json
import os
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]


def mail(who, address, n):
    return (f'From: {who} <{address}>\nTo: support@shop.example\nSubject: About {n}\nMessage-ID: <{n}@mail.example>\nDate: Mon, 02 Mar 2026 08:0{n}:00 +0000\n'
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n'
            f'Words of {who}, number {n}.\n--b\nContent-Type: text/plain; name=list{n}.txt\nContent-Disposition: attachment; filename=list{n}.txt\n\nfile of {who}\n--b--\n')


def run(profile, *words, status=0):
    done = subprocess.run([CTL, '--profile', profile, '--json', *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == status, (words, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        for n, (who, address) in enumerate((('Ana', 'ana@mail.example'), ('Bob Smith', 'bob@mail.example'), ('Bob Smith', 'bob@mail.example'))):
            path = os.path.join(folder, f'{n}.eml')
            with open(path, 'w') as f:
                f.write(mail(who, address, n))
            run(profile, 'import', path)
        numbers = {row['subject']: str(row['number']) for row in run(profile, 'list')}

        @t.case('what they wrote in the conversation of somebody else is theirs, too')
        def _():
            [shown] = run(profile, 'show', numbers['About 1'])
            run(profile, 'move', shown['messages'][0]['id'], numbers['About 0'])
            path = os.path.join(folder, 'bob.zip')
            run(profile, 'customer', 'export', 'bob@mail.example', '--output', path)
            with zipfile.ZipFile(path) as z:
                person = json.loads(z.read('person.json'))
                page = z.read('person.html').decode()
                names = z.namelist()
            # The one that it left has nothing any more but that.
            assert {c['subject']: len([m for m in c['messages'] if m['direction'] != 'event']) for c in person['conversations']} == {'About 1': 0, 'About 2': 1}, person['conversations']
            assert [(m['subject'], m['from'], m['attachments']) for m in person['elsewhere']] == [('About 1', 'bob@mail.example', ['list1.txt'])], person['elsewhere']
            assert 'Words of Bob Smith, number 1.' in person['elsewhere'][0]['text']
            assert 'Words of Bob Smith, number 1.' in page and 'In conversations of others' in page
            assert 'Ana' not in page and 'ana@mail.example' not in json.dumps(person)
            assert any(name.startswith('files/0-') for name in names) and 'mail/0-1.eml' in names, names

        @t.case('the page says its language and direction, and what somebody agreed to in words')
        def _():
            path = os.path.join(folder, 'page.zip')
            run(profile, 'customer', 'set', 'bob@mail.example', 'consent=opted_out', 'vip=yes')
            run(profile, 'customer', 'export', 'bob@mail.example', '--output', path)
            with zipfile.ZipFile(path) as z:
                page = z.read('person.html').decode()
            assert '<html lang="en" dir="ltr">' in page, page[:200]
            assert '<dd dir="auto">Opted Out</dd>' in page and 'opted_out' not in page and '<dt>VIP</dt><dd dir="auto">Yes</dd>' in page, page[:2000]
            run(profile, 'customer', 'set', 'bob@mail.example', 'consent=unknown', 'vip=no')

        shop = 'shop@shop.example'

        def exported_all(who):
            path = os.path.join(folder, 'one.zip')
            run(profile, 'customer', 'export', who, '--output', path, '--force')
            with zipfile.ZipFile(path) as z:
                return json.loads(z.read('person.json')), '\n'.join(z.read(n).decode() for n in z.namelist())

        @t.case('in a conversation where several wrote, only what one of them wrote and we answered them is given to them (GDPR Art. 15 (4))')
        def _():
            def bring(n, sender, to, words, answers=None, cc=None):
                path = os.path.join(folder, f's{n}.eml')
                with open(path, 'w') as f:
                    f.write(f'From: {sender}\nTo: {to}\n' + (f'Cc: {cc}\n' if cc else '') + f'Subject: Re: the lamps {n}\nMessage-ID: <s{n}@mail.example>\nDate: Tue, 03 Mar 2026 08:{n:02d}:00 +0000\n'
                            + (f'In-Reply-To: <s{answers}@mail.example>\n' if answers else '')
                            + f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{words}\n--b\nContent-Type: text/plain; name=f{n}.txt\n'
                            f'Content-Disposition: attachment; filename=f{n}.txt\n\nfile: {words}\n--b--\n')
                run(profile, 'import', '--account', shop, path)

            run(profile, 'account', 'add', 'email', '--name', 'Shop', '--address', shop, '--imap', 'imaps://mail.shop.example', '--smtp', 'smtps://mail.shop.example')
            bring(1, 'Dora <dora@mail.example>', shop, 'dora asks')
            bring(2, shop, 'dora@mail.example', 'answer for dora', answers=1)
            bring(3, 'Emil <emil@mail.example>', shop, 'emil mixes in', answers=1, cc='dora@mail.example')
            bring(4, shop, 'emil@mail.example', 'answer for emil', answers=3)
            bring(5, shop, 'emil@mail.example', 'answer for both', answers=3, cc='dora@mail.example')
            # The address of both: whom it is for follows from what it answers.
            for who in ('dora@mail.example', 'emil@mail.example'):
                run(profile, 'customer', 'set', who, 'address+=family@mail.example')
            bring(6, shop, 'family@mail.example', 'to the family for emil', answers=3)
            bring(7, shop, 'family@mail.example', 'to the family for dora', answers=1)
            [number] = {row['number'] for row in run(profile, 'list') if 'lamps' in row['subject']}
            subprocess.run([CTL, '--profile', profile, 'note', str(number)], input='note about emil', text=True, check=True, timeout=60, stdout=subprocess.DEVNULL)
            dora, everything = exported_all('dora@mail.example')
            [conversation] = [c for c in dora['conversations'] if 'lamps' in c['subject']]
            assert [m['text'].strip().split('\n')[0] for m in conversation['messages']] == ['dora asks', 'answer for dora', 'answer for both', 'to the family for dora'], conversation['messages']
            assert conversation['left_out'] == 4, conversation
            assert 'Left out here' in everything
            for words in ('emil mixes in', 'answer for emil', 'to the family for emil', 'note about emil'):
                assert words not in everything, words
            emil, everything = exported_all('emil@mail.example')
            assert [m['text'].strip().split('\n')[0] for m in emil['elsewhere']] == ['emil mixes in', 'answer for emil', 'answer for both', 'to the family for emil'], emil['elsewhere']
            for words in ('dora asks', 'answer for dora', 'to the family for dora', 'note about emil'):
                assert words not in everything, words

        @t.case('who wrote nowhere else has an empty list')
        def _():
            path = os.path.join(folder, 'ana.zip')
            run(profile, 'customer', 'export', 'ana@mail.example', '--output', path)
            with zipfile.ZipFile(path) as z:
                person = json.loads(z.read('person.json'))
            assert person['elsewhere'] == []

        @t.case('an order that they only named may be anybody’s, and is not in it before a person says that it is theirs')
        def _():
            def exported():
                path = os.path.join(folder, 'orders.zip')
                run(profile, 'customer', 'export', 'ana@mail.example', '--output', path, '--force')
                with zipfile.ZipFile(path) as z:
                    return [order['number'] for order in json.loads(z.read('person.json'))['orders']], z.read('person.html').decode()

            orders = os.path.join(folder, 'orders.csv')
            with open(orders, 'w') as f:
                f.write('order,date,status,total,name\n4711,2026-03-01,paid,10.00,Carla Secret\n4712,2026-03-01,paid,11.00,Carla Secret\n')
            run(profile, 'shop', 'add', 'csv', '--name', 'Faro', '--currency', 'eur')
            run(profile, 'order', 'import', orders, '--shop', 'Faro')
            path = os.path.join(folder, 'named.eml')
            with open(path, 'w') as f:
                f.write('From: Ana <ana@mail.example>\nTo: shop@shop.example\nSubject: Where is it?\nMessage-ID: <named@mail.example>\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n\nMy order number is 4711.\n')
            run(profile, 'import', path)
            [order] = run(profile, 'order', 'show', '4711')
            assert order['proof'] == 'number' and order['customer'], order
            numbers, page = exported()
            assert numbers == [] and 'Secret' not in page, numbers
            run(profile, 'order', 'link', '4711', '--customer', 'ana@mail.example')
            numbers, page = exported()
            assert numbers == ['4711'] and 'Secret' in page, numbers

        @t.case('who writes about somebody’s order in the name that ordered it may be the same person; who only names it is not')
        def _():
            orders = os.path.join(folder, 'orders2.csv')
            with open(orders, 'w') as f:
                f.write('order,date,status,total,name,email\n4721,2026-03-01,paid,10.00,Gina Rossi,gina@mail.example\n')
            run(profile, 'order', 'import', orders, '--shop', 'Faro')
            for who, address in (('Gina Rossi', 'gina@mail.example'), ('gina rossi', 'gina@work.example'), ('Courier', 'courier@mail.example')):
                path = os.path.join(folder, 'about.eml')
                with open(path, 'w') as f:
                    f.write(f'From: {who} <{address}>\nTo: shop@shop.example\nSubject: Parcel of {address}\nMessage-ID: <about-{address}>\nDate: Mon, 02 Mar 2026 11:00:00 +0000\n\nIt is about order number 4721.\n')
                run(profile, 'import', path)

            def reasons(who):
                return [(s['customer']['identities'][0]['value'], s['reasons'], s['order']) for s in run(profile, 'customer', 'suggest', who)]

            assert reasons('gina@mail.example') == [('gina@work.example', ['order'], '4721')], reasons('gina@mail.example')
            assert reasons('gina@work.example') == [('gina@mail.example', ['order'], '4721')], reasons('gina@work.example')
            assert reasons('courier@mail.example') == []
            # A person who puts it there says more than its number in a text.
            number = {row['subject']: str(row['number']) for row in run(profile, 'list')}['Parcel of courier@mail.example']
            run(profile, 'order', 'link', '4721', '--conversation', number)
            assert reasons('courier@mail.example') == [('gina@mail.example', ['order'], '4721')], reasons('courier@mail.example')
            run(profile, 'customer', 'suggest', 'gina@mail.example', '--not', 'courier@mail.example')
            assert reasons('courier@mail.example') == []

        @t.case('saved views that ask for them are listed, and no others')
        def _():
            run(profile, 'view', 'add', 'Mail of Bob', 'from:bob@mail.example')
            run(profile, 'view', 'add', 'By name', '"bob smith" is:open')
            run(profile, 'view', 'add', 'Of somebody else', 'from:jim-bob@mail.example.net')
            run(profile, 'view', 'add', 'Gone', 'from:bob@mail.example')
            run(profile, 'view', 'remove', 'Gone')
            [erasure] = run(profile, 'customer', 'erase', 'bob@mail.example', '--dry-run')
            assert sorted(erasure['views']) == ['By name', 'Mail of Bob'], erasure
            [erasure] = run(profile, 'customer', 'erase', 'bob@mail.example', '--yes')
            assert sorted(erasure['views']) == ['By name', 'Mail of Bob'], erasure
            assert [r['views'] for r in run(profile, 'customer', 'receipts')] == [[]]
    t.done()
    return t.failed != 0


sys.exit(main())

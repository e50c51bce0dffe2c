#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl macro: kept, exchanged, applied; answers made of macros, and what they do; shapes and exit codes."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
MAIL = 'From: %s <%s>\nTo: support@shop.example\nSubject: %s\nMessage-ID: <%s@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\n%s\n'
STATUS = {
    'name': 'Order status',
    'shortcode': 'status',
    'folder': 'Orders',
    'texts': {'en': 'Hello {{customer.first_name|default:"there"}}, it left.', 'es': 'Hola{% if customer.first_name %} {{customer.first_name}}{% endif %}: ya **salió**.'},
    'actions': [{'status': 'pending'}, {'tag': 'shipping'}],
}


def call(profile, *words, text=''):
    return subprocess.run([CTL, '--profile', profile, *words], input=text, capture_output=True, text=True, timeout=60)


def run(profile, *words, text='', status=0):
    done = call(profile, '--json', *words, text=text)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, text='', status=1):
    done = call(profile, *words, text=text)
    assert done.returncode == status and not done.stdout and len(done.stderr.strip().splitlines()) == 1, (words, done)
    return done.stderr.strip()


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        for n, (name, address, subject, text) in enumerate((
            ('Ana López', 'ana@mail.example', 'Pedido', 'Hola, ¿dónde está mi pedido? Todavía no ha llegado a mi casa.'),
            ('Bob Hill', 'bob@mail.example', 'Order', 'Hello, where is my order? It has not arrived at my house yet.'),
            ('Cid', 'cid@mail.example', 'Lamp', 'Hello, does the lamp come with a cable and with a plug for Ireland?'),
        )):  # fmt: skip
            with open(os.path.join(folder, '%d.eml' % n), 'w') as f:
                f.write(MAIL % (name, address, subject, n, text))
        server = 'support%40shop.example@mail.shop.example'
        run(profile, 'account', 'add', 'email', '--name', 'Support', '--address', 'support@shop.example', '--imap', 'imaps://' + server, '--smtp', 'smtps://' + server)
        for n in range(3):
            run(profile, 'import', '--account', 'support@shop.example', os.path.join(folder, '%d.eml' % n))
        numbers = {row['subject']: str(row['number']) for row in run(profile, 'list', '--view', 'all')}

        def show(subject):
            return run(profile, 'show', numbers[subject])[0]

        def last(subject):
            return [m for m in show(subject)['messages'] if m['direction'] == 'outgoing'][-1]

        @t.case('a macro is saved, listed, shown, changed, and every change can be undone')
        def _():
            assert run(profile, 'macro', 'list') == []
            saved = run(profile, 'macro', 'save', text=json.dumps(STATUS))
            assert list(saved[0]) == ['result', 'subject'], saved
            rows = run(profile, 'macro', 'list')
            assert [row['name'] for row in rows] == ['Order status'] and rows[0]['id'] == saved[0]['subject'] and rows[0]['used'] == 0, rows
            one = run(profile, 'macro', 'show', '/status')[0]
            assert {key: one[key] for key in STATUS} == STATUS, one
            assert (one['closed'], one['answered']) == (0, 0)
            run(profile, 'macro', 'save', 'status', text=json.dumps(dict(one, name='Where it is')))
            assert run(profile, 'macro', 'show', 'status')[0]['name'] == 'Where it is'
            run(profile, 'undo')
            assert run(profile, 'macro', 'show', 'status')[0]['name'] == 'Order status'
            run(profile, 'macro', 'delete', 'Order status')
            assert run(profile, 'macro', 'list') == []
            run(profile, 'undo')
            assert len(run(profile, 'macro', 'list')) == 1

        @t.case('what is no macro is refused, with the place')
        def _():
            assert 'texts.es' in refused(profile, 'macro', 'save', text='{"name": "x", "texts": {"es": 1}}')
            assert '/status' in refused(profile, 'macro', 'save', text='{"name": "x", "shortcode": "status", "texts": {"en": "x"}}')
            said = refused(profile, 'macro', 'save', text='no JSON')
            assert 'no JSON' in said and '<data>' not in said, said
            said = refused(profile, 'macro', 'save', text='[1]')
            assert 'JSON object' in said and '“”' not in said, said
            said = refused(profile, 'macro', 'save', text=json.dumps({'name': 'x', 'texts': {'en': 'a\n{{customer.first_nam}} {% if order %}'}}))
            assert 'en, line 2, column 3' in said and 'customer.first_name' in said and '{% if order %}' in said, said
            assert 'already' in refused(profile, 'macro', 'save', text=json.dumps({'name': 'Order status', 'texts': {'en': 'x'}}))
            assert len(run(profile, 'macro', 'list')) == 1
            assert 'nothing' in refused(profile, 'macro', 'show', 'nothing')
            refused(profile, 'macro', status=2)
            refused(profile, 'macro', 'frobnicate', status=2)

        @t.case('an answer is made of a macro, in the customer’s language, and does what it does')
        def _():
            got = run(profile, 'reply', numbers['Pedido'], '--macro', 'status', text='PD: mañana.\n')
            assert got[0]['state'] == 'queued', got
            assert last('Pedido')['reply_text'].startswith('Hola Ana: ya *salió*.\n\nPD: mañana.'), last('Pedido')
            one = show('Pedido')
            assert one['status'] == 'pending' and one['tags'] == ['shipping'], one
            assert run(profile, 'macro', 'show', 'status')[0]['used'] == 1
            # Taken back before it left, it was no use; what it did stays as it was done: nobody said otherwise.
            run(profile, 'outbox', 'cancel', got[0]['message'])
            assert run(profile, 'macro', 'show', 'status')[0]['used'] == 0

        @t.case('what is missing keeps a macro from being sent; a question is answered')
        def _():
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Late', 'texts': {'en': 'Order {{order.number}} comes {{ask:"When"}}.'}}))
            said = refused(profile, 'reply', numbers['Order'], '--macro', 'late')
            assert '{{order.number}}' in said and '{{ask:"When"}}' in said, said
            assert not [m for m in show('Order')['messages'] if m['direction'] == 'outgoing']
            run(profile, 'macro', 'save', 'Late', text=json.dumps({'name': 'Late', 'texts': {'en': 'It comes {{ask:"When"}}.'}}))
            # What it does not ask is no answer to it, and nothing is sent.
            for command in (('reply', numbers['Order'], '--macro', 'late'), ('macro', 'apply', 'late', numbers['Order'])):
                for answer in ('Wen=on Friday', 'When else=x', 'X'):
                    said = refused(profile, *command, '--answer', answer, '--answer', 'When=on Friday', status=2)
                    assert 'macro show' in said and answer.split('=')[0] in said, said
            assert not [m for m in show('Order')['messages'] if m['direction'] == 'outgoing']
            run(profile, 'reply', numbers['Order'], '--macro', 'late', '--answer', 'When=on Friday')
            assert last('Order')['reply_text'].startswith('It comes on Friday.'), last('Order')

        @t.case('applied to several, each by itself: what cannot be done is told')
        def _():
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Hi', 'texts': {'en': 'Hi {{customer.first_name}}{% if conversation.subject == "Lamp" %} {{order.number}}{% endif %}'}, 'actions': [{'tag': 'hi'}]}))
            done = call(profile, '--json', 'macro', 'apply', 'hi', numbers['Order'], numbers['Lamp'])
            rows = [json.loads(line) for line in done.stdout.splitlines()]
            assert done.returncode == 1 and [row['result'] for row in rows] == ['applied', 'left'], done
            assert '{{order.number}}' in rows[1]['why'] and rows[1]['message'] is None, rows
            assert show('Order')['tags'] == ['hi'] and show('Lamp')['tags'] == [], rows

        @t.case('of several orders a person says which is meant; those it is chosen from are listed')
        def _():
            run(profile, 'shop', 'add', 'csv', '--name', 'Faro')
            with open(os.path.join(folder, 'orders.csv'), 'w') as f:
                f.write('Number,Date,Status,Total,Email\nFL-31,2026-02-01,processing,5.00,bob@mail.example\nFL-32,2026-02-02,processing,6.00,bob@mail.example\n')
            run(profile, 'order', 'import', os.path.join(folder, 'orders.csv'), '--shop', 'Faro')
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Which', 'texts': {'en': 'About {{order.number}}.'}}))
            done = call(profile, 'macro', 'apply', 'which', numbers['Order'])
            assert done.returncode == 1 and '--order NUMBER' in done.stdout, done
            assert [row['number'] for row in run(profile, 'order', 'list', '--conversation', numbers['Order'])] == ['FL-32', 'FL-31']
            assert 'order link FL-9 --conversation' in refused(profile, 'macro', 'apply', 'which', numbers['Order'], '--order', 'FL-9')
            refused(profile, 'macro', 'apply', 'which', numbers['Order'], numbers['Lamp'], '--order', 'FL-31', status=2)
            run(profile, 'macro', 'apply', 'which', numbers['Order'], '--order', 'fl-31')
            assert last('Order')['reply_text'].startswith('About FL-31.'), last('Order')
            # An answer says it as well, but of a macro alone.
            run(profile, 'reply', numbers['Order'], '--macro', 'which', '--order', 'FL-32')
            assert last('Order')['reply_text'].startswith('About FL-32.'), last('Order')
            assert '--macro' in refused(profile, 'reply', numbers['Order'], '--order', 'FL-32', text='Hello', status=2)

        @t.case('what is no answer says why, and nothing is sent')
        def _():
            texts = {'en': 'You get {{ask:"Amount"|money:"EUR"}} on {{ask:"Day"|date}} by {{ask:"How","post","van"}}.'}
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Back', 'texts': texts}))
            good = {'Amount': '12.50', 'Day': '2026-03-01', 'How': 'van'}
            before = len(show('Order')['messages'])
            for question, wrong, why in (('Amount', 'a lot', 'no number'), ('Day', 'soonish', 'no day or time'), ('How', 'train', 'post, van')):
                for command in (('reply', numbers['Order'], '--macro', 'back'), ('macro', 'apply', 'back', numbers['Order'])):
                    words = [w for q, a in {**good, question: wrong}.items() for w in ('--answer', f'{q}={a}')]
                    said = refused(profile, *command, *words, status=2)
                    assert why in said and wrong in said and question in said, said
            assert len(show('Order')['messages']) == before
            run(profile, 'reply', numbers['Order'], '--macro', 'back', *[w for q, a in good.items() for w in ('--answer', f'{q}={a}')])
            assert '12.50' in last('Order')['reply_text'], last('Order')

        @t.case('how it is taken back is printed, and does that')
        def _():
            done = call(profile, 'macro', 'apply', 'which', numbers['Order'], '--order', 'FL-31')
            [way] = [line for line in done.stdout.splitlines() if 'outbox cancel' in line]
            message = way.split('outbox cancel ')[1].split('”')[0]
            run(profile, 'outbox', 'cancel', message)
            assert [m['delivery'] for m in show('Order')['messages'] if m['id'] == message] in ([], ['cancelled']), show('Order')['messages'][-1]
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Urgent', 'actions': [{'priority': 'high'}]}))
            done = call(profile, 'macro', 'apply', 'urgent', numbers['Order'])
            assert '“mostradorctl undo” takes it back' in done.stdout and show('Order')['priority'] == 'high', done
            run(profile, 'undo')
            assert show('Order')['priority'] == 'normal'

        @t.case('what is asked is answered once, whatever the languages; what differs is asked for each')
        def _():
            texts = {'en': 'It comes {{ask:"When"}} by {{ask:"How","post","van"}}.', 'es': 'Llega {{ask:"Cuándo"}} por {{ask:"Cómo","correo","furgoneta"}}.'}
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Coming', 'texts': texts}))
            asked = run(profile, 'macro', 'show', 'coming')[0]['questions']
            assert asked == [{'question': 'When', 'choices': []}, {'question': 'How', 'choices': ['post', 'van']}], asked
            rows = run(profile, 'macro', 'apply', 'coming', numbers['Pedido'], numbers['Order'], '--answer', 'When=12.3.', '--answer', 'How=van')
            assert [row['result'] for row in rows] == ['applied', 'applied'], rows
            assert last('Order')['reply_text'].startswith('It comes 12.3. by van.'), last('Order')
            assert last('Pedido')['reply_text'].startswith('Llega 12.3. por furgoneta.'), last('Pedido')
            # In the words of another language it is the same.
            rows = run(profile, 'macro', 'apply', 'coming', numbers['Order'], '--answer', 'Cuándo=mañana', '--answer', 'Cómo=correo')
            assert last('Order')['reply_text'].startswith('It comes mañana by post.'), last('Order')
            # Two of a kind may have changed places in a translation: each is asked for.
            texts = {'en': '{{ask:"From"}} to {{ask:"To"}}', 'es': '{{ask:"Hasta"}}, {{ask:"Desde"}}'}
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Between', 'texts': texts}))
            assert [row['question'] for row in run(profile, 'macro', 'show', 'between')[0]['questions']] == ['From', 'To', 'Hasta', 'Desde']
            assert 'Hasta' in refused(profile, 'reply', numbers['Pedido'], '--macro', 'between', '--answer', 'From=1', '--answer', 'To=2')

        @t.case('one that only does something does it at once, and is taken back as one')
        def _():
            run(profile, 'macro', 'save', text=json.dumps({'name': 'Park', 'actions': [{'priority': 'high'}, {'tag': 'parked'}, {'note': 'Parked for {{customer.email}}'}]}))
            run(profile, 'macro', 'apply', 'park', numbers['Lamp'])
            one = show('Lamp')
            assert one['priority'] == 'high' and one['tags'] == ['parked'] and one['messages'][-1]['text'] == 'Parked for cid@mail.example' or any(m.get('text') == 'Parked for cid@mail.example' for m in one['messages']), one
            run(profile, 'undo')
            one = show('Lamp')
            assert one['priority'] == 'normal' and one['tags'] == [], one
            assert refused(profile, 'reply', numbers['Lamp'], '--macro', 'park', status=2)

        @t.case('out into a file, and into another profile')
        def _():
            path, other = os.path.join(folder, 'macros.json'), os.path.join(folder, 'other')
            run(profile, 'macro', 'export', path)
            assert path in refused(profile, 'macro', 'export', path)
            run(profile, 'macro', 'export', path, '--force')
            rows = run(other, 'macro', 'import', path)
            assert {row['result'] for row in rows} == {'new'} and len(rows) == len(run(profile, 'macro', 'list')), rows
            assert {row['result'] for row in run(other, 'macro', 'import', path)} == {'kept'}
            assert {row['result'] for row in run(other, 'macro', 'import', path, '--replace')} == {'replaced'}
            with open(path) as f:
                assert f.read().strip() == call(profile, 'macro', 'export').stdout.strip()
            refused(other, 'macro', 'import', os.path.join(folder, '0.eml'))

        @t.case('from other programs, as CSV, with what has no equal here')
        def _():
            path = os.path.join(folder, 'freshdesk.csv')
            with open(path, 'w') as f:
                f.write('Title,Content,Folder\nGreeting,"Hello {{ticket.requester.firstname}}, your ticket: {{ticket.url}}",General\n')
            rows = run(profile, 'macro', 'import', path)
            assert rows == [{'name': 'Greeting', 'result': 'new', 'why': None, 'notes': ['{{ticket.url}}']}], rows
            one = run(profile, 'macro', 'show', 'greeting')[0]
            assert one['folder'] == 'General' and list(one['texts'].values()) == ['Hello {{customer.first_name}}, your ticket: {{ticket.url}}'], one

        @t.case('a set to begin with, once')
        def _():
            assert int(run(profile, 'macro', 'starter', 'es')[0]['subject']) >= 15
            assert run(profile, 'macro', 'starter', 'es')[0]['subject'] == '0'
            said = refused(profile, 'macro', 'starter', 'xx', status=2)
            assert '“xx”' in said and 'ar, ca, de, en, es, fr, it, pt' in said, said
            assert run(profile, 'macro', 'starter', 'es_MX.UTF-8')[0]['subject'] == '0'
            found = [row['name'] for row in run(profile, 'macro', 'list', 'reembolso')]
            assert found and 'Reembolso' in found[0], found

        @t.case('what is larger than a file of macros can be is not read')
        def _():
            large = os.path.join(folder, 'large.json')
            with open(large, 'wb') as f:
                f.truncate(64 * 1024 * 1024 + 1)
            assert 'too large' in refused(profile, 'macro', 'import', large)

        @t.case('one that only does something is counted where it did, until that is taken back')
        def _():
            category = {'name': 'Close it', 'texts': {}, 'actions': [{'category': 'refund'}, {'status': 'closed'}]}
            run(profile, 'macro', 'save', text=json.dumps(category))

            def used():
                return run(profile, 'macro', 'show', 'Close it')[0]['used'], [row['used'] for row in run(profile, 'macro', 'list') if row['name'] == 'Close it']

            run(profile, 'category', 'list')
            run(profile, 'macro', 'apply', 'Close it', numbers['Lamp'])
            assert show('Lamp')['category'] == 'refund' and used() == (1, [1]), used()
            run(profile, 'macro', 'apply', 'Close it', numbers['Lamp'])
            assert used() == (1, [1]), used()
            run(profile, 'undo')
            assert show('Lamp')['category'] is None and used() == (0, [0]), used()

    t.done()
    return t.failed != 0


sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import and export from a terminal, beside Python's mailbox module: everything out and in again, interrupted, damaged, repeated."""
import hashlib
import json
import mailbox
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import genmail
import tap

CTL = sys.argv[1]
SHOP = 'support@shop.example'
COUNT = 40
NO_BUS = dict(os.environ, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent/bus', TMPDIR='/tmp')
MAIL = 'From: Ana <ana@mail.example>\nTo: %s\nSubject: Mail %%d\nMessage-ID: <m%%d@mail.example>\nDate: Mon, 02 Mar 2026 %%02d:%%02d:00 +0000\n\nText %%d\n' % SHOP


def mail(n):
    return MAIL % (n, n, n // 60 % 24, n % 60, n)


def call(profile, *words, text='', status=0):
    done = subprocess.run([CTL, '--profile', profile, '--json', *words], input=text, capture_output=True, text=True, timeout=120, env=NO_BUS)
    assert done.returncode == status, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done


def run(profile, *words, **options):
    return [json.loads(line) for line in call(profile, *words, **options).stdout.splitlines()]


def add_account(profile, address=SHOP):
    user = address.replace('@', '%40')
    run(profile, 'account', 'add', 'email', '--name', 'Support', '--address', address, '--imap', 'imaps://%s@mail.shop.example:993' % user, '--smtp', 'smtps://%s@mail.shop.example:465' % user)


def messages(profile):
    """what must be the same after a round trip, by Message-ID; that JSON says what show says has a case of its own"""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        run(profile, 'export', '--all', '--format', 'json', '--output', os.path.join(folder, 'x'))
        with open(os.path.join(folder, 'x', 'conversations.jsonl'), encoding='utf-8') as f:
            conversations = [json.loads(line) for line in f]
    for message in (m for c in conversations for m in c['messages']):
        if message['direction'] in ('incoming', 'outgoing'):
            key = (message['message_id'], message['sent'])
            assert key not in found, key
            found[key] = {k: message[k] for k in ('direction', 'classification', 'from', 'to', 'subject', 'sent', 'received', 'text', 'html', 'attachments')}
    return found


def raws(profile, folder):
    run(profile, 'export', '--all', '--format', 'maildir', '--output', folder)
    return sorted(hashlib.sha256(open(os.path.join(folder, sub, name), 'rb').read()).hexdigest() for sub in ('cur', 'new') for name in os.listdir(os.path.join(folder, sub)))


def write(path, text):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text)
    return path


def main():
    t = tap.Tap()
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        source = os.path.join(folder, 'Maildir')
        add_account(profile)
        for sub in ('cur', 'new', 'tmp'):
            os.makedirs(os.path.join(source, sub))
        genmail.fill_maildir(source, COUNT, shop=SHOP)
        # What a mailbox file has to quote, and what it cannot tell from its own lines.
        write(os.path.join(source, 'new', '1.odd'), mail(1) + 'From here on\n>From there\n\nFrom x@y Mon Mar  2 08:00:00 2026\nFrom: me\n\nend\n\n')
        write(os.path.join(source, 'new', '2.noend'), mail(2).rstrip('\n'))
        write(os.path.join(source, 'new', '3.crlf'), mail(3).replace('\n', '\r\n') + '\r\n\r\n')

        write(os.path.join(source, 'new', '4.own'), mail(4).replace('From: Ana <ana@mail.example>', 'From: %s' % SHOP).replace('To: %s' % SHOP, 'To: ana@mail.example'))

        got = run(profile, 'import', '--account', SHOP, source)
        everything = messages(profile)
        run(profile, 'note', '1', text='A note.\n')

        @t.case('a Maildir comes in whole, archived and read')
        def _():
            assert len(got) == COUNT + 4 == len(everything), (len(got), len(everything))
            assert {r['status'] for r in run(profile, 'list')} == {'closed'} and not any(r['unread'] for r in run(profile, 'list'))
            assert {m['direction'] for m in everything.values()} == {'incoming', 'outgoing'}

        @t.case('importing it again adds nothing, under another account or none either')
        def _():
            assert {r['result'] for r in run(profile, 'import', '--account', SHOP, source)} == {'duplicate'}
            before = len(run(profile, 'list'))
            assert {r['result'] for r in run(profile, 'import', source)} == {'duplicate'}
            assert {r['conversation'] for r in run(profile, 'import', source)} <= {r['number'] for r in run(profile, 'list')}
            assert len(run(profile, 'list')) == before

        @t.case('what was deleted for good does not come back, under no account')
        def _():
            other, one = os.path.join(folder, 'erasing'), write(os.path.join(folder, 'one-mail.eml'), mail(7))
            add_account(other)
            number = str(run(other, 'import', '--account', SHOP, one)[0]['conversation'])
            run(other, 'set', number, 'deleted=yes')
            run(other, 'erase', number, '--yes')
            for words in (('--account', SHOP), ()):
                done = call(other, 'import', *words, one)
                assert done.stdout == '' and '(erased)' in done.stderr, (words, done.stdout, done.stderr)
            assert run(other, 'list') == [] and run(other, 'check') == []

        for form in ('mbox', 'maildir'):
            @t.case('everything as %s into an empty profile is the same: messages, dates, attachments' % form)
            def _(form=form):
                out, other = os.path.join(folder, 'out.' + form), os.path.join(folder, 'other-' + form)
                said = run(profile, 'export', '--all', '--format', form, '--output', out)[0]
                assert said['messages'] == COUNT + 4 and said['left_out'] >= 1 and said['without_source'] == 0, said
                add_account(other)
                results = run(other, 'import', '--account', SHOP, out)
                assert [r['result'] for r in results].count('duplicate') == 0, results
                there = messages(other)
                assert there.keys() == everything.keys()
                for key, message in everything.items():
                    # A mailbox file gives a last line its end.
                    assert dict(there[key], text=there[key]['text'].rstrip('\n')) == dict(message, text=message['text'].rstrip('\n')), (there[key], message)
                assert len(run(other, 'list')) == len(run(profile, 'list'))
                assert run(other, 'check') == []
                assert {r['result'] for r in run(profile, 'import', '--account', SHOP, out)} == {'duplicate'}
                mine, theirs = raws(profile, os.path.join(folder, form + '-a')), raws(other, os.path.join(folder, form + '-b'))
                assert len(set(mine) ^ set(theirs)) == (2 if form == 'mbox' else 0)

        @t.case('mail without a header, and without anything, comes back from an mbox too')
        def _():
            bare, out = os.path.join(folder, 'bare'), os.path.join(folder, 'bare.mbox')
            # A Maildir, where all is mail; elsewhere a name that ends in .eml does not make it one.
            os.makedirs(os.path.join(bare, 'cur'))
            os.makedirs(os.path.join(bare, 'new'))
            for name, text in (('a', mail(1)), ('b', 'nothing that is a header\n\nFrom here on\n'), ('c', ''), ('d', 'one line only\n'), ('e', '\n\n'), ('f', mail(2))):
                write(os.path.join(bare, 'cur', name), text)
            here, there = os.path.join(folder, 'bare-here'), os.path.join(folder, 'bare-there')
            took = run(here, 'import', bare)
            assert len(took) == 6, took
            said = run(here, 'export', '--all', '--output', out)[0]
            back = run(there, 'import', out)
            assert said['messages'] == len(back) and 'duplicate' not in {r['result'] for r in back}, (said, back)
            assert raws(here, os.path.join(folder, 'bare-a')) == raws(there, os.path.join(folder, 'bare-b'))

        @t.case('Python reads the same from both')
        def _():
            run(profile, 'export', '--all', '--output', os.path.join(folder, 'plain.mbox'))
            box = mailbox.mbox(os.path.join(folder, 'plain.mbox'))
            ids = sorted(str(m['Message-ID']).strip('<> \n') for m in box)
            assert ids == sorted(key[0] for key in everything), len(ids)
            assert all(m.get_from().startswith('MOSTRADOR ') for m in box)
            box.close()
            maildir = mailbox.Maildir(os.path.join(folder, 'out.maildir'), create=False)
            assert sorted(str(m['Message-ID']).strip('<> \n') for m in maildir) == ids
            dates = {str(m['Message-ID']).strip('<> \n'): m.get_date() for m in maildir}
            for (message_id, _), message in everything.items():
                at = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(dates[message_id]))
                assert at == message['received'], (message_id, at, message['received'])
            assert {m.get_flags() for m in maildir} == {'S'}

        @t.case('what Python writes is read')
        def _():
            made = os.path.join(folder, 'made')
            os.makedirs(made)
            box = mailbox.mbox(os.path.join(made, 'a.mbox'))
            maildir = mailbox.Maildir(os.path.join(made, 'b'))
            mh = mailbox.MH(os.path.join(made, 'c'))
            for n in range(100, 112):
                one = mailbox.mboxMessage(mail(n) + 'From the shop\n\nFrom now on\n')
                one.set_flags('D' if n == 111 else 'RO')
                box.add(one)
                two = mailbox.MaildirMessage(mail(n + 100))
                two.set_subdir('cur')
                two.set_flags('T' if n == 111 else 'D' if n == 110 else 'S')
                maildir.add(two)
                mh.add(mail(n + 200))
            box.flush()
            box.close()
            other = os.path.join(folder, 'python')
            add_account(other)
            done = call(other, 'import', '--account', SHOP, made)
            results = [json.loads(line) for line in done.stdout.splitlines()]
            assert len(results) == 11 + 10 + 12 and {r['result'] for r in results} == {'imported'}, results
            assert done.stderr.count('(deleted)') == 2 and done.stderr.count('(draft)') == 1, done.stderr
            found = messages(other)
            assert all(m['received'] == m['sent'] for m in found.values()), found
            texts = [m['text'] for (i, _), m in found.items() if i == 'm100@mail.example']
            assert texts == ['Text 100\nFrom the shop\n\nFrom now on\n'] or texts == ['Text 100\nFrom the shop\n\nFrom now on'], texts

        @t.case('an import that is killed goes on where it was, and doubles nothing')
        def _():
            big, other = os.path.join(folder, 'big.mbox'), os.path.join(folder, 'killed')
            write(big, ''.join('From a@b Mon Mar  2 08:00:00 2026\n%s\n' % mail(n) for n in range(1000, 1800)))
            add_account(other)
            lines = 0
            for kill_after in (110, 110):
                process = subprocess.Popen([CTL, '--profile', other, '--json', 'import', '--account', SHOP, big], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=NO_BUS)
                for _ in range(kill_after):
                    if not process.stdout.readline():
                        break
                process.send_signal(signal.SIGKILL)
                process.communicate()
            there = len(run(other, 'list'))
            assert 0 < there < 800, there
            done = call(other, 'import', '--account', SHOP, big)
            lines = [json.loads(line) for line in done.stdout.splitlines()]
            assert {r['result'] for r in lines} == {'imported'} and len(lines) == 800 - there, (len(lines), there)
            assert 'gone on' in done.stderr, done.stderr
            assert len(messages(other)) == 800 and run(other, 'check') == []
            assert lines[-1]['path'] == big + '#800', lines[-1]
            # Done is done: the next one begins again and meets all of it.
            assert [r['result'] for r in run(other, 'import', '--account', SHOP, big)].count('duplicate') == 800

        @t.case('a file that changed meanwhile is read from its beginning')
        def _():
            box, other = os.path.join(folder, 'changing.mbox'), os.path.join(folder, 'changed')
            write(box, ''.join('From a@b Mon Mar  2 08:00:00 2026\n%s\n' % mail(n) for n in range(3000, 3400)))
            process = subprocess.Popen([CTL, '--profile', other, '--json', 'import', box], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=NO_BUS)
            process.stdout.readline()
            process.kill()
            process.communicate()
            write(box, ''.join('From a@b Mon Mar  2 08:00:00 2026\n%s\n' % mail(n) for n in range(3390, 3420)))
            run(other, 'import', box)
            ids = {key[0] for key in messages(other)}
            assert {'m%d@mail.example' % n for n in range(3390, 3420)} <= ids

        @t.case('what cannot be read is named and stops nothing')
        def _():
            odd, other = os.path.join(folder, 'odd'), os.path.join(folder, 'odd-profile')
            os.makedirs(odd)
            write(os.path.join(odd, 'a.eml'), mail(1))
            os.symlink('/nonexistent/mail', os.path.join(odd, 'b.eml'))
            write(os.path.join(odd, 'c.mbox'), 'From a@b Mon Mar  2 08:00:00 2026\n%s\nFrom a@b Mon Mar  2 08:00:00 2026\nFrom: cut off <a' % mail(2))
            os.mkfifo(os.path.join(odd, 'd.eml'))
            write(os.path.join(odd, 'e.eml'), '')
            with open(os.path.join(odd, 'f.eml'), 'wb') as f:
                f.write(b'\0\xff' * 5000)
            write(os.path.join(odd, 'g.eml'), mail(4))
            done = call(other, 'import', odd)
            results = [json.loads(line) for line in done.stdout.splitlines()]
            names = [os.path.basename(r['path']) for r in results]
            assert names == ['a.eml', 'c.mbox#1', 'c.mbox#2', 'g.eml'], names
            assert results[0]['result'] == results[1]['result'] == results[-1]['result'] == 'imported', results
            assert 'b.eml  (unreadable: ' in done.stderr and all(name in done.stderr for name in ('d.eml', 'e.eml', 'f.eml')), done.stderr
            call(other, 'import', os.path.join(odd, 'nothing'), status=1)

        @t.case('a file of gigabytes is read with little memory')
        def _():
            # Sparse: what lies between is one line of nothing that no reader may hold.
            box, other = os.path.join(folder, 'huge.mbox'), os.path.join(folder, 'huge')
            with open(box, 'wb') as f:
                f.write(('From a@b Mon Mar  2 08:00:00 2026\n%s\nFrom a@b Mon Mar  2 08:00:00 2026\n%s' % (mail(1), mail(2))).encode())
                f.seek(300 << 20)
                f.write(('\n\nFrom a@b Mon Mar  2 08:00:00 2026\n%s\n' % mail(3)).encode())
            process = subprocess.Popen([CTL, '--profile', other, '--json', 'import', box], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                       env=dict(NO_BUS, ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':quarantine_size_mb=1'))
            said, errors = process.stdout.read(), process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            assert status == 0, errors
            assert [json.loads(line)['result'] for line in said.splitlines()] == ['imported', 'imported'] and '(too-large)' in errors, (said, errors)
            assert usage.ru_maxrss < 900 * 1024, usage.ru_maxrss

        @t.case('JSON holds conversations as show does, notes, and attachments by their hash')
        def _():
            out = os.path.join(folder, 'json')
            said = run(profile, 'export', '--all', '--format', 'json', '--output', out)[0]
            with open(os.path.join(out, 'conversations.jsonl'), encoding='utf-8') as f:
                lines = [json.loads(line) for line in f]
            assert len(lines) == said['conversations'] == len(run(profile, 'list')) and said['left_out'] == 0
            for line in lines[:5]:
                assert line == run(profile, 'show', str(line['number']), '--full')[0]
            assert any(m['direction'] == 'note' for line in lines for m in line['messages'])
            hashes = {a['sha256'] for line in lines for m in line['messages'] for a in m['attachments']}
            assert hashes and hashes == set(os.listdir(os.path.join(out, 'attachments')))
            for name in hashes:
                with open(os.path.join(out, 'attachments', name), 'rb') as f:
                    assert hashlib.sha256(f.read()).hexdigest() == name

        @t.case('one conversation, a query, a view, one message')
        def _():
            one = os.path.join(folder, 'one.mbox')
            assert run(profile, 'export', '1', '--output', one)[0]['conversations'] == 1
            assert {m['Message-ID'].strip('<> \n') for m in mailbox.mbox(one)} == {m['message_id'] for m in run(profile, 'show', '1')[0]['messages'] if m['message_id'] and m['direction'] != 'note'}
            assert run(profile, 'export', '--query', '"Mail 3"', '--output', os.path.join(folder, 'q.mbox'))[0]['messages'] >= 1
            assert run(profile, 'export', '--view', 'closed', '--output', os.path.join(folder, 'v.mbox'))[0]['conversations'] == len(run(profile, 'list'))
            crlf = [r['message'] for r in got if r['path'].endswith('3.crlf')][0]
            run(profile, 'export', '--message', crlf, '--output', os.path.join(folder, 'one.eml'))
            with open(os.path.join(folder, 'one.eml'), 'rb') as f, open(os.path.join(source, 'new', '3.crlf'), 'rb') as g:
                assert f.read() == g.read()
            run(profile, 'export', '1', '--format', 'eml', '--output', os.path.join(folder, 'emls'))
            assert os.listdir(os.path.join(folder, 'emls'))[0].startswith('000001-')

        @t.case('nothing is overwritten unasked, and nothing else than an export ever')
        def _():
            there = write(os.path.join(folder, 'there'), 'x')
            assert '--force' in call(profile, 'export', '1', '--output', there, status=1).stderr
            with open(there, encoding='utf-8') as f:
                assert f.read() == 'x'
            run(profile, 'export', '1', '--output', there, '--force')
            assert os.path.getsize(there) > 100
            keep = os.path.join(folder, 'keep')
            os.makedirs(keep)
            write(os.path.join(keep, 'precious'), 'x')
            call(profile, 'export', '1', '--format', 'maildir', '--output', keep, '--force', status=1)
            assert os.listdir(keep) == ['precious']
            box = os.path.join(folder, 'replaced')
            run(profile, 'export', '--all', '--format', 'maildir', '--output', box)
            call(profile, 'export', '1', '--format', 'maildir', '--output', box, status=1)
            run(profile, 'export', '1', '--format', 'maildir', '--output', box, '--force')
            assert len(os.listdir(os.path.join(box, 'cur'))) < COUNT

        @t.case('what fails or is refused leaves nothing behind')
        def _():
            empty = os.path.join(folder, 'empty')
            os.makedirs(empty)
            call(profile, 'export', '999', '--output', os.path.join(empty, 'x'), status=1)
            call(profile, 'export', '--message', 'nothing', '--output', os.path.join(empty, 'x'), status=1)
            call(profile, 'export', '--all', '--output', os.path.join(empty, 'no', 'folder'), status=1)
            call(profile, 'export', '--all', '1', '--output', os.path.join(empty, 'x'), status=2)
            call(profile, 'export', '--all', status=2)
            call(profile, 'export', '--all', '--format', 'pst', '--output', os.path.join(empty, 'x'), status=2)
            call(profile, 'import', '--folder', 'Old', status=2)
            call(profile, 'import', '--imap', 'imaps://x@y', '--folder', 'Old', status=2)
            # No room for more than a few kilobytes.
            done = subprocess.run(['sh', '-c', 'ulimit -f 8; trap "" XFSZ; exec "$@"', 'sh', CTL, '--profile', profile, 'export', '--all', '--output', os.path.join(empty, 'x')],
                                  capture_output=True, text=True, timeout=60, env=NO_BUS)
            assert done.returncode == 1 and done.stderr, done
            assert os.listdir(empty) == []

    t.done()
    return t.failed != 0


sys.exit(main())

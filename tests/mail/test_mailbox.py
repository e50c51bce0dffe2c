#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Never lost: every message of a real mailbox is here, in the quarantine, or accounted for, whatever happens to the mailbox."""
import email.utils
import glob
import os
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap
from ctlprofile import Profile
from servers import Servers

SHOP = 'support@shop.test'
CTL = sys.argv[1]


def letter(subject, body='Hello.', message_id=True, sender='Ana <ana@mail.test>', **headers):
    lines = ['From: ' + sender, 'To: <%s>' % SHOP, 'Subject: ' + subject, 'Date: ' + email.utils.formatdate()]
    if message_id:
        lines.append('Message-ID: <%s>' % (message_id if isinstance(message_id, str) else subject.replace(' ', '-') + '@mail.test'))
    lines += ['%s: %s' % (name.replace('_', '-'), value) for name, value in headers.items()]
    return ('\r\n'.join(lines + ['', body, ''])).encode()


class Mailbox:
    """another client at the same mailbox"""

    def __init__(self, servers):
        self.servers = servers

    def put(self, folder, *messages):
        self.servers.fill(SHOP, folder, [(m, time.time()) for m in messages], flags='')

    def command(self, *words, folder=None):
        with self.servers.imap(SHOP) as imap:
            if folder is not None:
                assert imap.select('"%s"' % folder)[0] == 'OK', folder
            answer = getattr(imap, words[0])(*words[1:])
            assert answer[0] == 'OK', (words, answer)
            return answer[1]

    def uids(self, folder, *criteria):
        return [uid.decode() for uid in self.command('uid', 'SEARCH', *(criteria or ('ALL',)), folder=folder)[0].split()]

    def subject(self, folder, subject):
        found = self.uids(folder, 'SUBJECT', '"%s"' % subject)
        assert len(found) == 1, (subject, found)
        return found[0]

    def move(self, folder, subject, to):
        self.command('uid', 'MOVE', self.subject(folder, subject), '"%s"' % to, folder=folder)

    def remove(self, folder, uids='1:*'):
        with self.servers.imap(SHOP) as imap:
            imap.select('"%s"' % folder)
            imap.uid('STORE', uids, '+FLAGS', '(\\Deleted)')
            imap.expunge()

    def flags(self, folder, subject):
        return self.command('uid', 'FETCH', self.subject(folder, subject), '(FLAGS)', folder=folder)[0].decode()

    def path(self, *names):
        return os.path.join(self.servers.maildir(SHOP), *names)


def main():
    with Servers() as servers, tempfile.TemporaryDirectory() as folder:
        t = tap.Tap(stop_at_failure=True)
        desk = Profile(CTL, folder)
        box = Mailbox(servers)

        def ledger():
            account = [a for a in desk.run('account', 'list') if a['address'] == SHOP][0]
            counts = account['counts']
            assert counts['server'] == counts['here'] + counts['quarantined'] + counts['missing'] + counts['erased'] + counts['coming'], counts
            return account

        def audit():
            """what the server has, counted by ourselves, is what the ledger says"""
            desk.run('sync', '--audit')
            account = ledger()
            assert account['audit']['at'] and account['audit']['unaccounted'] == 0 and account['audit']['not_compared'] is None, account
            assert account['counts']['coming'] == 0, account
            followed = [f['name'] for f in desk.run('account', 'folders', SHOP) if f['followed'] and f['on_server']]
            assert account['counts']['server'] == sum(len(box.uids(name)) for name in followed), (account, followed)
            return account['counts']

        def all_messages():
            found = {}
            for view in ('all_open', 'closed', 'quarantine', 'spam', 'deleted'):
                rows = desk.run('list', '--view', view)
                for row, shown in zip(rows, desk.show(rows)):
                    for message in shown['messages']:
                        if message['direction'] in ('incoming', 'outgoing'):
                            found.setdefault(message['subject'], []).append((view, row['number'], message))
            return found

        @t.case('the figures add up from the first pass on, and a comparison that is not due costs nothing')
        def _():
            desk.add_account(servers, SHOP)
            box.put('INBOX', letter('one'), letter('two'), letter('robot', Auto_Submitted='auto-replied'))
            desk.run('sync')
            account = ledger()
            assert (account['counts']['server'], account['counts']['here'], account['counts']['quarantined']) == (3, 2, 1), account
            first = account['audit']['at']
            assert first, account
            desk.run('sync')
            assert ledger()['audit']['at'] == first
            audit()
            assert ledger()['audit']['at'] >= first

        @t.case('further folders are found, chosen, and followed')
        def _():
            box.command('create', '"Orders"')
            box.command('create', '"Aside"')
            box.put('Orders', letter('order 1'), letter('order 2'))
            desk.run('sync')
            names = {f['folder']: f for f in desk.run('account', 'folders', SHOP)}
            assert names['INBOX']['followed'] and not names['Orders']['followed'] and names['Orders']['on_server'], names
            assert audit()['server'] == 3
            desk.run('account', 'folders', SHOP, '--follow', 'Orders')
            assert 'is always followed' in desk.call('account', 'folders', SHOP, '--unfollow', 'INBOX').stderr
            assert 'no folder' in desk.call('account', 'folders', SHOP, '--follow', 'Nowhere').stderr
            assert [c['new'] for c in desk.run('sync')] == [2]
            assert audit()['server'] == 5
            assert desk.run('sync')[0]['fetched'] == 0

        @t.case('mail moved between followed folders stays the same mail')
        def _():
            before = all_messages()['order 1'][0]
            box.move('Orders', 'order 1', 'INBOX')
            assert [(c['new'], c['quarantined']) for c in desk.run('sync')] == [(0, 0)]
            after = all_messages()['order 1']
            assert len(after) == 1 and after[0][2]['id'] == before[2]['id'], after
            counts = audit()
            assert (counts['server'], counts['copies']) == (5, 0), counts
            box.move('INBOX', 'order 1', 'Orders')
            desk.run('sync')
            assert len(all_messages()['order 1']) == 1

        @t.case('the same mail in two folders is one, and explained')
        def _():
            box.command('uid', 'COPY', box.subject('Orders', 'order 2'), 'INBOX', folder='Orders')
            assert desk.run('sync')[0]['new'] == 0
            counts = audit()
            assert (counts['server'], counts['copies']) == (6, 1), counts
            box.remove('INBOX', box.subject('INBOX', 'order 2'))
            desk.run('sync')
            assert audit()['copies'] == 0

        @t.case('mail moved to a folder that nobody follows stays here')
        def _():
            box.move('INBOX', 'two', 'Aside')
            desk.run('sync')
            assert len(all_messages()['two']) == 1 and audit()['server'] == 4
            box.move('Aside', 'two', 'INBOX')
            assert desk.run('sync')[0]['new'] == 0
            assert audit()['server'] == 5

        @t.case('one Message-ID with two contents is two mails; none at all, and nothing at all, are mails')
        def _():
            box.put('INBOX', letter('twin', 'The first.', 'twin@mail.test'), letter('twin', 'The second.', 'twin@mail.test'))
            box.put('INBOX', letter('nameless', message_id=False))
            with open(box.path('cur', '%d.M1P1.empty:2,' % time.time()), 'wb') as f:
                os.chown(f.fileno(), os.stat(box.path('cur')).st_uid, os.stat(box.path('cur')).st_gid)
            assert desk.run('sync')[0]['new'] == 4
            found = all_messages()
            assert len(found['twin']) == 2 and len(found['nameless']) == 1, found.keys()
            assert audit()['server'] == 9
            assert desk.run('sync')[0]['fetched'] == 0

        @t.case('a mail that the server cannot hand out is named, and keeps no other from coming')
        def _():
            box.put('INBOX', letter('before it'), letter('broken'), letter('after it'))
            found = [name for name in glob.glob(box.path('cur', '*')) + glob.glob(box.path('new', '*')) if b'Subject: broken' in open(name, 'rb').read()]
            os.chmod(found[0], 0)
            for _turn in range(3):
                desk.call('sync')
            account = ledger()
            assert account['counts']['missing'] == 1 and [m['folder'] for m in account['missing']] == ['INBOX'], account
            assert {'before it', 'after it'} <= set(all_messages()), all_messages().keys()
            assert account['state'] == 'ready', account
            os.chmod(glob.glob(box.path('*', os.path.basename(found[0]).split(':')[0] + '*'))[0], 0o600)
            desk.run('sync', '--audit')
            assert 'broken' in all_messages() and audit()['missing'] == 0

        @t.case('the server\'s Junk folder leads to the quarantine, and out of it')
        def _():
            box.put('Junk', letter('lottery'), letter('no spam at all', sender='Berta <berta@mail.test>'))
            desk.run('sync')
            desk.run('account', 'folders', SHOP, '--follow', 'Junk')
            desk.run('sync')
            found = all_messages()
            assert [(view, m['why']) for view, _, m in found['lottery'] + found['no spam at all']] == [('quarantine', 'junk')] * 2, found
            box.move('Junk', 'no spam at all', 'INBOX')
            desk.run('sync')
            view, number, message = all_messages()['no spam at all'][0]
            assert view == 'all_open' and message['why'] == 'new', (view, message)
            assert desk.run('show', str(number))[0]['status'] == 'open'
            assert [r['waiting_since'] for r in desk.run('list') if r['number'] == number] != [None]
            audit()

        @t.case('what the server moves to Junk later leaves the inbox, and comes back when somebody says so')
        def _():
            for subject in ('slow filter', 'taken out again', 'answered before'):
                box.put('INBOX', letter(subject, sender='Ana <%s@mail.test>' % ('customer' if subject.startswith('answered') else subject.split()[0])))
            desk.run('sync')
            numbers = {s: str(all_messages()[s][0][1]) for s in ('slow filter', 'taken out again', 'answered before')}
            desk.run('reply', numbers['answered before'], text='Gladly.')
            desk.run('set', numbers['answered before'], 'status=open')
            for subject in numbers:
                box.move('INBOX', subject, 'Junk')
            desk.run('sync')
            found = all_messages()
            assert [(view, m['why']) for s in ('slow filter', 'taken out again') for view, _, m in found[s]] == [('quarantine', 'junk')] * 2, found
            assert [view for view, _, m in found['answered before'] if m['direction'] == 'incoming'] == ['all_open'], found['answered before']
            # By the server, or by a person here; what a person said stays, however often it is looked at.
            box.move('Junk', 'taken out again', 'INBOX')
            desk.run('set', numbers['slow filter'], 'quarantine=no')
            desk.run('sync')
            audit()
            found = all_messages()
            assert [view for s in ('slow filter', 'taken out again') for view, _, m in found[s]] == ['all_open'] * 2, found
            assert {len(found[s]) for s in ('slow filter', 'taken out again')} == {1}, found
            # The look at Junk may come before the inbox says that it is gone.
            box.put('INBOX', letter('in both', sender='Both <both@mail.test>'))
            desk.run('sync')
            box.command('uid', 'COPY', box.subject('INBOX', 'in both'), 'Junk', folder='INBOX')
            desk.run('sync')
            assert [view for view, _, m in all_messages()['in both']] == ['all_open']
            box.remove('INBOX', box.subject('INBOX', 'in both'))
            desk.run('sync')
            assert [view for view, _, m in all_messages()['in both']] == ['quarantine']
            audit()

        @t.case('flags that wait survive a mailbox numbered anew')
        def _():
            number = all_messages()['one'][0][1]
            assert 'Seen' not in box.flags('INBOX', 'one')
            desk.run('set', str(number), 'read=yes')
            time.sleep(1.1)  # UIDVALIDITY is a time in seconds
            for name in glob.glob(box.path('dovecot*')):
                if os.path.isfile(name) and not name.endswith('dovecot-keywords'):
                    os.unlink(name)
            counts = desk.run('sync')[0]
            assert counts['new'] == 0, counts
            assert 'Seen' in box.flags('INBOX', 'one')
            audit()
            assert len(all_messages()['one']) == 1

        @t.case('a folder renamed on the server is the same folder')
        def _():
            box.command('rename', 'Orders', 'Bestellungen')
            counts = desk.run('sync')[0]
            assert (counts['fetched'], counts['new'], counts['updated']) == (0, 0, 0), counts
            names = {f['folder']: f for f in desk.run('account', 'folders', SHOP)}
            assert names['Bestellungen']['followed'] and 'Orders' not in names, names
            audit()

        @t.case('a folder that cannot be opened does not keep the others from being read')
        def _():
            inside = box.path('.Bestellungen')
            modes = {}
            for root, folders, files in os.walk(inside):
                modes[root] = os.stat(root).st_mode
            for root in modes:
                os.chmod(root, 0)
            try:
                box.put('INBOX', letter('meanwhile'))
                counts = desk.run('sync')[0]
                assert counts['new'] == 1, counts
                account = ledger()
                assert account['state'] == 'ready' and account['why'] == 'folder-refused', account
            finally:
                for root in sorted(modes):
                    os.chmod(root, modes[root] & 0o7777)
            desk.run('sync')
            assert ledger()['why'] is None, ledger()
            audit()

        @t.case('a folder deleted on the server leaves its mail here')
        def _():
            number = all_messages()['order 1'][0][1]
            box.command('delete', 'Bestellungen')
            desk.run('sync')
            view, where, message = all_messages()['order 1'][0]
            assert where == number and view == 'all_open', (view, where)
            audit()

        @t.case('what was deleted for good does not come back')
        def _():
            word = 'Xylographenquittung'
            text = letter('to be forgotten', word + ' and more of it. ' * 30, 'forget@mail.test', sender='Zoe <zoe@mail.test>')
            box.put('INBOX', text)
            desk.run('sync')
            number = str(all_messages()['to be forgotten'][0][1])
            desk.run('set', number, 'tag+=quite secret')
            assert desk.run('search', word)
            assert 'not deleted' in desk.call('erase', number, '--yes').stderr
            desk.run('set', number, 'deleted=yes')
            assert desk.call('erase', number).returncode == 2
            before = audit()
            desk.run('erase', number, '--yes')
            assert desk.run('search', word) == [] and 'to be forgotten' not in all_messages()
            assert desk.run('check') == []
            counts = ledger()['counts']
            assert (counts['server'], counts['erased'], counts['here']) == (before['server'], 1, before['here'] - 1), counts
            assert desk.run('sync')[0]['fetched'] == 0
            for name in glob.glob(os.path.join(desk.folder, '**', '*'), recursive=True):
                if os.path.isfile(name):
                    with open(name, 'rb') as f:
                        content = f.read()
                    assert word.encode() not in content and word.lower().encode() not in content and b'to be forgotten' not in content, name
            # Numbered anew it is fetched again, and known; so it is when a file brings it.
            time.sleep(1.1)
            for name in glob.glob(box.path('dovecot*')):
                if os.path.isfile(name):
                    os.unlink(name)
            assert desk.run('sync')[0]['new'] == 0
            assert audit()['erased'] == 1
            path = os.path.join(folder, 'again.eml')
            with open(path, 'wb') as f:
                f.write(text)
            done = desk.call('import', path, '--account', SHOP)
            assert done.stdout == '' and '(erased)' in done.stderr, (done.stdout, done.stderr)
            done = desk.call('undo')
            assert done.returncode == 1 and 'undo' in done.stderr, (done.returncode, done.stderr)
            box.remove('INBOX', box.subject('INBOX', 'to be forgotten'))
            desk.run('sync')
            assert audit()['erased'] == 0

        @t.case('a mailbox that changes while it is read loses nothing')
        def _():
            for turn in range(3):
                seed = int(os.environ.get('MOS_TEST_SEED', '0')) or random.SystemRandom().randrange(1, 1 << 30)
                print('# seed %d (MOS_TEST_SEED=%d does it again)' % (seed, seed))
                chance = random.Random(seed)
                ended = threading.Event()
                broken = []
                box.put('INBOX', *[letter('crowd %d %d' % (seed, i), 'x' * chance.randrange(1, 3000)) for i in range(60)])

                def change():
                    try:
                        with servers.imap(SHOP) as imap:
                            imap.select('INBOX')
                            n = 0
                            while not ended.is_set() and n < 60:
                                what = chance.randrange(4)
                                uids = imap.uid('SEARCH', 'ALL')[1][0].split()
                                if what == 0:
                                    imap.append('INBOX', '', None, letter('late %d %d' % (seed, n)))
                                elif what == 1 and uids:
                                    imap.uid('STORE', chance.choice(uids), '+FLAGS', '(\\Deleted)')
                                    imap.expunge()
                                elif what == 2 and uids:
                                    imap.uid('STORE', chance.choice(uids), '+FLAGS', '(\\Seen)')
                                elif uids:
                                    imap.uid('MOVE', chance.choice(uids), 'Junk')
                                n += 1
                    except Exception as e:  # pylint: disable=broad-except
                        broken.append(repr(e))

                other = threading.Thread(target=change)
                other.start()
                desk.run('sync')
                desk.run('sync')
                ended.set()
                other.join()
                assert not broken, broken
                audit()
            assert desk.run('check') == []

        @t.case('an emptied mailbox empties nothing here')
        def _():
            before = all_messages()
            states = {n: v for rows in before.values() for v, n, m in rows}
            for name in ('INBOX', 'Junk', 'Sent'):
                try:
                    box.remove(name)
                except AssertionError:
                    pass
            desk.run('sync')
            counts = audit()
            assert (counts['server'], counts['here'], counts['quarantined']) == (0, 0, 0), counts
            after = all_messages()
            assert {n: v for rows in after.values() for v, n, m in rows} == states
            assert sum(map(len, after.values())) == sum(map(len, before.values()))
            assert desk.run('check') == []

        t.done()
        return t.failed != 0


if __name__ == '__main__':
    sys.exit(main())

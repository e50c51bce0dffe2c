# SPDX-License-Identifier: GPL-3.0-or-later
"""What the suites of kills, faults and full disks share: a desk run by mostradorctl, a mailbox that changes, and the audit of both.

The audit looks from outside: at the server by IMAP, at what postfix logged, and at the desk's file with SQL. It shares no code with
what it judges.
"""
import contextlib
import email.utils
import json
import os
import re
import sqlite3
import subprocess
import time

from servers import HOST, PASSWORD

CUSTOMER = 'customer@mail.test'
SEEN, FLAGGED = 1, 4
PATIENCE = int(os.environ.get('MOS_TEST_PATIENCE') or 1)


class Desk:
    """one profile with one account; each command is a process of its own"""

    def __init__(self, ctl, calls, folder, servers, address):
        self.ctl, self.calls, self.folder, self.servers, self.address = ctl, calls, folder, servers, address
        os.makedirs(folder)
        self.profile = os.path.join(folder, 'profile')
        self.environ = dict(
            os.environ,
            SECRET_BACKEND='file',
            SECRET_FILE_TEST_PATH=os.path.join(folder, 'keyring'),
            SECRET_FILE_TEST_PASSWORD='test',
            GIO_USE_VFS='local',
            DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent/bus',
        )

    def start(self, *words, text='', extra=None):
        environ = dict(self.environ, **(extra or {}))
        if extra and any(name.startswith('MOS_TEST_CALLS') for name in extra):
            # What is preloaded stands before the sanitizers' library, which asks to be the first, and need not be.
            environ.update(LD_PRELOAD=self.calls, MOS_TEST_CALLS_DIR=self.profile, ASAN_OPTIONS=environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0')
        process = subprocess.Popen(
            [self.ctl, '--profile', self.profile, '--json', *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ)  # fmt: skip
        return process, text

    def run(self, *words, text='', status=(0,), extra=None):
        """Returns: the rows it printed, its exit status, what it said about a failure"""
        process, text = self.start(*words, text=text, extra=extra)
        try:
            out, err = process.communicate(text, timeout=60 * PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError('%s hangs\n%s%s' % (words, out, err)) from None
        assert process.returncode in status, (words, extra, process.returncode, out, err[-6000:])
        return [json.loads(line) for line in out.splitlines() if line.startswith('{')], process.returncode, err

    def add_account(self, imap=None, smtp=None):
        user = self.address.replace('@', '%40')
        self.run(
            'account', 'add', 'email', '--name', 'Support', '--address', self.address,
            '--imap', 'imaps://%s@%s:%d' % (user, HOST, imap or self.servers.ports['imaps']),
            '--smtp', 'smtp://%s@%s:%d' % (user, HOST, smtp or self.servers.ports['submission']),
            '--ca', self.servers.describe()['ca'], '--password-stdin', text=PASSWORD + '\n',
        )  # fmt: skip

    def rows(self, sql, *values):
        with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % os.path.join(self.profile, 'mostrador.db'), uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def reply(self, chance):
        """an answer to one of the open conversations, queued"""
        numbers = [n for n, in self.rows("SELECT number FROM conversation WHERE customer IS NOT NULL AND quarantine IS NULL AND merged_into IS NULL AND deleted_at = 0 ORDER BY number")]
        if numbers:
            self.run('reply', str(chance.choice(numbers)), text='An answer, %032x.\n' % chance.getrandbits(128))

    def check(self):
        rows, _, _ = self.run('check')
        assert rows == [], rows

    def settle(self, rounds=4):
        """syncs until nothing is left to do; Returns: how often"""
        for n in range(rounds):
            # After a broken line a message waits a while by itself; a person need not.
            for message, in self.rows("SELECT message FROM outbox WHERE state = 'queued' AND next_try > ?", time.time() * 1000000):
                self.run('outbox', 'retry', message)
            self.run('sync')
            if not self.rows("SELECT 1 FROM outbox WHERE state = 'queued' OR (state = 'accepted' AND sent_copy_done = 0)"):
                return n + 1
            time.sleep(0.2)
        raise AssertionError('it does not come to an end: %s' % self.rows('SELECT state, why, why_detail, attempts, sent_copy_done FROM outbox'))


class Mailbox:
    """the same account's mailbox, as another program changes it"""

    def __init__(self, servers, address, chance, large=0.1):
        """large: how many of the mails are more than one piece"""
        self.servers, self.address, self.chance, self.large = servers, address, chance, large
        self.count = 0
        self.written = {}  # subject, of which each text has its own -> its bytes

    def make(self, message_id=''):
        self.count += 1
        subject = 'Subject %s %d %08x' % (self.address.split('@')[0], self.count, self.chance.getrandbits(32))
        if message_id == '':
            message_id = '%032x@mail.test' % self.chance.getrandbits(128)
        lines = ['From: Customer %d <c%d@mail.test>' % (self.count % 4, self.count % 4), 'To: <%s>' % self.address, 'Subject: ' + subject]
        if message_id:
            lines.append('Message-ID: <%s>' % message_id)
        lines += ['Date: ' + email.utils.formatdate(1772438400 + self.count), '', 'Hello %d.' % self.count, '']
        if self.chance.random() < self.large:
            lines += ['x' * 76] * 3000  # 230 kB: more than one write
        raw = '\r\n'.join(lines).encode()
        self.written[subject] = raw
        return raw, message_id

    def fill(self, count):
        mails = []
        while len(mails) < count:
            kind = self.chance.random()
            raw, message_id = self.make(None if kind < 0.1 else '')
            mails.append(raw)
            if kind > 0.9:
                mails.append(raw)  # the same once more: one message in two places
            elif kind > 0.8 and message_id:
                mails.append(self.make(message_id)[0])  # another under the same id: two
        self.servers.fill(self.address, 'INBOX', [(raw, time.time()) for raw in mails], '')

    def change(self):
        """a little of everything that happens to a mailbox; Returns: what"""
        done = []
        new = self.chance.randrange(0, 4)
        if new:
            self.fill(new)
            done.append('%d new' % new)
        with self.servers.imap(self.address) as imap:
            imap.select('INBOX')
            uids = imap.uid('SEARCH', 'ALL')[1][0].split()
            for uid in uids:
                luck = self.chance.random()
                if luck < 0.08:
                    imap.uid('STORE', uid, '+FLAGS.SILENT', '(\\Seen)')
                    done.append('seen %s' % uid.decode())
                elif luck < 0.12:
                    imap.uid('STORE', uid, '-FLAGS.SILENT', '(\\Seen)')
                    done.append('unseen %s' % uid.decode())
                elif luck < 0.16 and len(uids) > 6:
                    imap.uid('STORE', uid, '+FLAGS.SILENT', '(\\Deleted)')
                    done.append('gone %s' % uid.decode())
            imap.expunge()
        return done

    def clear(self):
        with self.servers.imap(self.address) as imap:
            for folder in ('INBOX', 'Sent'):
                if imap.select(folder)[0] == 'OK':
                    imap.uid('STORE', '1:*', '+FLAGS.SILENT', '(\\Deleted)')
                    imap.expunge()
        self.written.clear()

    def look(self, folder):
        """Returns: uid -> (subject, Message-ID, flags)"""
        found = {}
        with self.servers.imap(self.address) as imap:
            if imap.select('"%s"' % folder, readonly=True)[0] != 'OK':
                return found
            answer = imap.uid('FETCH', '1:*', '(UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT MESSAGE-ID)])')[1]
        for item in answer:
            if isinstance(item, tuple):
                head = item[0].decode()
                header = email.message_from_bytes(item[1])
                found[int(re.search(r'UID (\d+)', head)[1])] = (header['Subject'], (header['Message-ID'] or '').strip('<>'), re.search(r'FLAGS \(([^)]*)\)', head)[1])
        return found


def accepted_by_server(servers):
    """Returns: Message-ID -> how often postfix took it over for good (a queue file made active), by its log"""
    ids, taken = {}, {}
    with open(os.path.join(servers.dir, 'postfix.log'), encoding='utf-8', errors='replace') as log:
        for line in log:
            if m := re.search(r'cleanup\[\d+\]: (\w+): message-id=<([^>]*)>', line):
                ids[m[1]] = m[2]
            elif (m := re.search(r'qmgr\[\d+\]: (\w+): from=<[^>]*>, size=\d+, nrcpt=\d+ \(queue active\)', line)) and m[1] in ids:
                taken.setdefault(ids[m[1]], set()).add(m[1])
    return {message_id: len(queue_ids) for message_id, queue_ids in taken.items()}


def audit(desk, mailbox, may_wait=False):
    """Every message on the server has exactly one row here and every row its place there; nothing went out twice. Returns: the outgoing states"""
    places = {}
    for folder, uidvalidity, uid, flags, subject, message, seq in desk.rows(
        'SELECT f.name, l.uidvalidity, l.uid, l.flags, m.subject, m.message_id, m.seq FROM location l JOIN folder f ON f.id = l.folder AND f.uidvalidity = l.uidvalidity'
        ' JOIN message m ON m.id = l.message WHERE l.removed = 0'):  # fmt: skip
        places[folder, uid] = (subject, message, flags, seq)
    server = {}
    for folder in ('INBOX', 'Sent'):
        server.update({(folder, uid): what for uid, what in mailbox.look(folder).items()})

    assert set(places) == set(server), ('here only', sorted(set(places) - set(server)), 'there only', sorted(set(server) - set(places)))
    for place, (subject, message_id, flags) in server.items():
        assert places[place][0] == subject, (place, places[place], server[place])
        assert not message_id or places[place][1] == message_id, (place, places[place], server[place])
        if place[0] == 'INBOX':
            assert bool(places[place][2] & SEEN) == ('\\Seen' in flags), (place, places[place], server[place])

    # One row for each text, whatever the number of its places; two texts under one id are two.
    for subject, count in desk.rows("SELECT subject, count(*) FROM message WHERE direction = 'incoming' GROUP BY subject"):
        assert count == 1, ('doubled', subject, count)
        assert subject in mailbox.written, ('made up', subject)
    here = {subject for subject, in desk.rows("SELECT subject FROM message WHERE direction = 'incoming'")}
    there = {subject for (folder, _), (subject, _, _) in server.items() if folder == 'INBOX'}
    assert there <= here, ('lost', sorted(there - here))

    sent = [message_id for (folder, _), (_, message_id, _) in server.items() if folder == 'Sent']
    assert len(sent) == len(set(sent)), ('two copies in Sent', sent)

    states = {}
    outgoing = desk.rows("SELECT message_id, delivery, count(*) OVER (PARTITION BY message_id) FROM message WHERE direction = 'outgoing'")
    end = time.monotonic() + 20 * PATIENCE
    while True:
        taken = accepted_by_server(desk.servers)
        # The log is written behind the answer.
        if all(taken.get(message_id, 0) >= 1 for message_id, delivery, _ in outgoing if delivery == 'accepted') or time.monotonic() > end:
            break
        time.sleep(0.1)
    for message_id, delivery, count in outgoing:
        times = taken.get(message_id, 0)
        states[delivery] = states.get(delivery, 0) + 1
        assert count == 1, ('two rows', message_id)
        assert times <= 1, ('sent %d times' % times, message_id, delivery)
        if delivery == 'accepted':
            assert times == 1, ('said to be sent, and was not', message_id)
            assert sent.count(message_id) == 1, ('no copy in Sent', message_id)
        elif delivery in ('queued', 'failed'):
            assert times == 0, ('said not to be sent, and was', message_id, delivery)
            assert may_wait or delivery != 'queued', ('left lying', message_id)
        else:
            assert delivery == 'uncertain', (message_id, delivery)
    return states

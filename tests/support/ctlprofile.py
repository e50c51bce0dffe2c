# SPDX-License-Identifier: GPL-3.0-or-later
"""A throw-away profile and mostradorctl on it, as a person at a terminal has it."""
import json
import os
import subprocess
import time

from servers import HOST, PASSWORD


class Profile:
    def __init__(self, ctl, folder):
        self.ctl = ctl
        self.folder = os.path.join(folder, 'profile')
        self.environ = dict(
            os.environ,
            SECRET_BACKEND='file',
            SECRET_FILE_TEST_PATH=os.path.join(folder, 'keyring'),
            SECRET_FILE_TEST_PASSWORD='test',
            GIO_USE_VFS='local',
        )

    def call(self, *words, text=''):
        return subprocess.run([self.ctl, '--profile', self.folder, '--json', *words], input=text, capture_output=True, text=True, timeout=300, env=self.environ)

    def run(self, *words, text='', status=0):
        done = self.call(*words, text=text)
        assert done.returncode == status, (words, done.returncode, done.stdout[-3000:], done.stderr[-3000:])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def show(self, rows):
        """the conversations of what list printed, read by one process: it takes as long to start as to read a hundred"""
        return self.run('show', *(str(row['number']) for row in rows)) if rows else []

    def add_account(self, servers, address):
        self.run(
            'account', 'add', 'email', '--name', 'Support', '--address', address,
            '--imap', 'imaps://%s@%s:%d' % (address.replace('@', '%40'), HOST, servers.ports['imaps']),
            '--smtp', 'smtp://%s@%s:%d' % (address.replace('@', '%40'), HOST, servers.describe().get('submission') or servers.ports['dovecot_submission']),
            '--ca', servers.describe()['ca'], '--password-stdin', text=PASSWORD + '\n',
        )  # fmt: skip

    def sync_until(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while True:
            self.run('sync')
            found = condition()
            if found:
                return found
            assert time.monotonic() < end, 'it did not come: %s' % self.run('list')
            time.sleep(0.2)

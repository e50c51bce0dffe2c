# SPDX-License-Identifier: GPL-3.0-or-later
"""The letter box (mostrador-relay.php) as a web space runs it: PHP's own server, from the packages that ./dev unpacks."""
import glob
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

from other_servers import unpacked


class WebSpace:
    def __init__(self, folder, workers=8, port=0):
        root, libraries = unpacked()
        [program] = glob.glob(root + '/usr/bin/php8.*')
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(('127.0.0.1', port))
            self.port = free.getsockname()[1]
        self.url = 'http://127.0.0.1:%d' % self.port
        environment = {'LD_LIBRARY_PATH': ':'.join(libraries), 'PHP_CLI_SERVER_WORKERS': str(workers), 'PATH': os.environ['PATH'], 'ASAN_OPTIONS': ''}
        self.log = open(os.path.join(folder, '..', 'php.log'), 'wb')
        self.process = subprocess.Popen([program, '-n', '-d', 'display_errors=0', '-d', 'log_errors=1', '-S', '127.0.0.1:%d' % self.port, '-t', folder],
                                        env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)  # fmt: skip
        end = time.monotonic() + 60
        while not self.is_up():
            assert self.process.poll() is None and time.monotonic() < end, 'PHP does not come up'
            time.sleep(0.05)

    def is_up(self):
        with socket.socket() as one:
            return one.connect_ex(('127.0.0.1', self.port)) == 0

    def ask(self, path, body=None, headers=(), method=None):
        """status and text"""
        request = urllib.request.Request(self.url + path, body, dict(headers), method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode(errors='replace')
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode(errors='replace')

    def stop(self):
        # Its workers are of its group, which is ours alone.
        os.killpg(self.process.pid, 15)
        self.process.wait()
        self.log.close()

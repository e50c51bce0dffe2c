#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Matrix homeserver for tests: Synapse of Debian sid on a free loopback port, without federation.

As a command:  synapse.py [--burst N]
starts one in a temporary folder, prints a line of JSON (see Synapse.describe) and runs until its standard input is closed or it is told
to stop; then it ends Synapse by its process id and removes the folder.  As a module:  with Synapse() as synapse: …

Synapse lies in a root of its own, which ./dev makes (MOSTRADOR_SID): another Debian, with another C library.  Its Python is started by
that root's loader with that root's libraries, so nothing has to be mounted and nobody has to be root; Python's own "site" is left out,
lest it look for modules in this system.  Without that root the exit status is 77.
"""
import argparse
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HOST = '127.0.0.1'
SERVER_NAME = 'localhost'
PASSWORD = 'secret'
USERS = ('agent', 'anna')
UPLOAD_LIMIT = 1024 * 1024
START_SECONDS = 90
NO_ROOT = 77

CONFIG = '''
server_name: {server}
public_baseurl: http://{host}:{port}/
pid_file: {dir}/pid
listeners:
  - {{port: {port}, type: http, bind_addresses: ["{host}"], resources: [{{names: [client], compress: false}}]}}
database: {{name: sqlite3, args: {{database: {dir}/homeserver.db}}}}
log_config: {dir}/log.yaml
media_store_path: {dir}/media
signing_key_path: {dir}/signing.key
report_stats: false
trusted_key_servers: []
federation_domain_whitelist: []
url_preview_enabled: false
enable_registration: true
enable_registration_without_verification: true
macaroon_secret_key: not-secret
form_secret: not-secret-either
max_upload_size: {upload_limit}
rc_message: {{per_second: {rate}, burst_count: {burst}}}
rc_registration: {{per_second: 1000, burst_count: 1000}}
rc_joins: {{local: {{per_second: 1000, burst_count: 1000}}}}
rc_invites: {{per_room: {{per_second: 1000, burst_count: 1000}}, per_user: {{per_second: 1000, burst_count: 1000}}, per_issuer: {{per_second: 1000, burst_count: 1000}}}}
rc_room_creation: {{per_second: 1000, burst_count: 1000}}
rc_login:
  address: {{per_second: 1000, burst_count: 1000}}
  account: {{per_second: 1000, burst_count: 1000}}
  failed_attempts: {{per_second: 0.01, burst_count: 5}}
'''

LOG = '''
version: 1
formatters: {{plain: {{format: "%(asctime)s %(levelname)s %(name)s %(message)s"}}}}
handlers: {{file: {{class: logging.FileHandler, formatter: plain, filename: {dir}/homeserver.log}}}}
root: {{level: WARNING, handlers: [file]}}
disable_existing_loggers: false
'''


class SynapseError(Exception):
    pass


def free_port():
    with socket.socket() as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


def command_of(root):
    """how a Python of that root is started from here, and its environment"""
    loaders = glob.glob(os.path.join(root, 'usr/lib/*/ld-linux-*.so.*')) + glob.glob(os.path.join(root, 'usr/lib/ld-linux-*.so.*'))
    python = os.path.realpath(os.path.join(root, 'usr/bin/python3'))
    if not loaders or not python.startswith(os.path.realpath(root)):
        raise SynapseError('%s holds no Python' % root)
    libraries = sorted({os.path.dirname(p) for p in glob.glob(os.path.join(root, 'usr/lib/*/libc.so.6'))}) + [os.path.join(root, 'usr/lib')]
    environment = {
        'PATH': '/usr/bin:/bin',
        'LANG': 'C.UTF-8',
        'PYTHONHOME': os.path.join(root, 'usr'),
        'PYTHONPATH': os.path.join(root, 'usr/lib/python3/dist-packages'),
        'PYTHONDONTWRITEBYTECODE': '1',
    }
    return [loaders[0], '--library-path', ':'.join(libraries), python, '-S'], environment


class Synapse:
    def __init__(self, burst=1000, root=None):
        self.root = root or os.environ.get('MOSTRADOR_SID', '')
        if not os.path.isdir(self.root):
            raise FileNotFoundError(self.root)
        self.burst = burst
        self.process = None
        self.dir = tempfile.mkdtemp(prefix='synapse.')
        self.port = free_port()
        self.base = 'http://%s:%d' % (HOST, self.port)

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def _write(self, name, text):
        with open(os.path.join(self.dir, name), 'w', encoding='utf-8') as f:
            f.write(text)

    def _start(self):
        values = {
            'server': SERVER_NAME, 'host': HOST, 'port': self.port, 'dir': self.dir, 'upload_limit': UPLOAD_LIMIT,
            'burst': self.burst, 'rate': 1000 if self.burst >= 1000 else 1,
        }
        command, environment = command_of(self.root)
        environment['HOME'] = self.dir
        self._write('homeserver.yaml', CONFIG.format(**values))
        self._write('log.yaml', LOG.format(**values))
        subprocess.run(
            [*command, os.path.join(self.root, 'usr/bin/synapse_generate_signing_key'), '-o', os.path.join(self.dir, 'signing.key')],
            env=environment, check=True, stdin=subprocess.DEVNULL, timeout=START_SECONDS,
        )
        with open(os.path.join(self.dir, 'output'), 'wb') as output:
            self.process = subprocess.Popen(
                [*command, '-m', 'synapse.app.homeserver', '-c', os.path.join(self.dir, 'homeserver.yaml')],
                env=environment, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise SynapseError('Synapse did not start:\n' + self.log())
            time.sleep(0.1)
        for user in USERS:
            self.ask('POST', '/_matrix/client/v3/register', {'auth': {'type': 'm.login.dummy'}, 'username': user, 'password': PASSWORD, 'inhibit_login': True})

    def _answers(self):
        try:
            self.ask('GET', '/_matrix/client/versions')
            return True
        except OSError:
            return False

    def ask(self, method, path, value=None, token=None):
        """one request as a customer's program makes it; the answer's JSON"""
        request = urllib.request.Request(self.base + path, method=method, data=None if value is None else json.dumps(value).encode())
        request.add_header('Content-Type', 'application/json')
        if token:
            request.add_header('Authorization', 'Bearer ' + token)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def log(self):
        texts = []
        for name in ('output', 'homeserver.log'):
            path = os.path.join(self.dir, name)
            if os.path.exists(path):
                with open(path, encoding='utf-8', errors='replace') as f:
                    texts.append(f.read()[-4000:])
        return '\n'.join(texts)

    def describe(self):
        """what a program in another language needs to know"""
        return {'base': self.base, 'server': SERVER_NAME, 'users': list(USERS), 'password': PASSWORD, 'upload_limit': UPLOAD_LIMIT, 'dir': self.dir}

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        shutil.rmtree(self.dir, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description='a real Matrix homeserver on a loopback port until standard input is closed')
    parser.add_argument('--burst', type=int, default=1000, help='so many messages at once, then one a second')
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with Synapse(burst=arguments.burst) as synapse:
            print(json.dumps(synapse.describe()), flush=True)
            sys.stdin.read()
    except FileNotFoundError:
        print('synapse.py: there is no root with Synapse here; ./dev test chat makes it', file=sys.stderr)
        sys.exit(NO_ROOT)
    except SynapseError as problem:
        sys.exit('synapse.py: %s' % problem)
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()

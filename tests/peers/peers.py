# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that are not ours, which ./dev test fetched into the folder that MOSTRADOR_PEERS names (see package.json), and asking them."""
import glob
import http.server
import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.realpath(__file__))
PATIENCE = int(os.environ.get('MOS_TEST_PATIENCE', '1'))


def folder():
    named = os.environ.get('MOSTRADOR_PEERS')
    if not named or not os.path.isdir(named):
        raise FileNotFoundError('MOSTRADOR_PEERS names no folder; ./dev test makes it')
    return named


def node(*arguments, **options):
    """starts a script with the node that was fetched with it"""
    [program] = glob.glob(os.path.join(folder(), 'node_modules', 'node-linux-*', 'bin', 'node'))
    return subprocess.Popen([program, *arguments], **options)


def ask(url, body=None, headers=(), method=None):
    """status and answer, read as JSON where it is some; body: bytes, or anything else for JSON"""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    given = {'Content-Type': 'application/json', **dict(headers)}
    request = urllib.request.Request(url, data, {k: v for k, v in given.items() if v}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read()
    try:
        return status, json.loads(text)
    except ValueError:
        return status, text.decode(errors='replace')


class Prism:
    """an API description that answers, and refuses what it does not know; it keeps no state"""

    def __init__(self, description):
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        script = os.path.join(folder(), 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js')
        self.process = node(script, 'mock', '-h', '127.0.0.1', '-p', str(self.port), description, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.url = 'http://127.0.0.1:%d' % self.port
        end = time.monotonic() + 60 * PATIENCE
        while not self.is_up():
            assert self.process.poll() is None and time.monotonic() < end, 'the description does not come up'
            time.sleep(0.1)

    def is_up(self):
        with socket.socket() as one:
            return one.connect_ex(('127.0.0.1', self.port)) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Checked:
    """a server whose requests a description sees first (a Prism): what it refuses is kept, with its words; all else is answered by
    answer (method, path, body), or where that is None as the description would. beyond: (method, path) that a description which was
    cut short does not have: they are only answered. shown: of a body, what the description is to see"""

    def __init__(self, prism, prefix, answer, beyond=(), shown=lambda body: body):
        self.refused, self.asked = [], []
        checked = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do(self):
                size = int(self.headers.get('Content-Length') or 0)
                body = self.rfile.read(size) if size else None
                path = self.path.removeprefix(prefix)
                # An object with nothing in it says nothing; descriptions have no body where there is nothing to say.
                seen = shown(body) if body and body != b'{}' else None
                given = {name: self.headers[name] for name in ('Content-Type', 'Authorization', 'Accept', 'X-Auth-Token', 'User-Agent') if self.headers[name]}
                if (self.command, path.split('?')[0]) in beyond:
                    status, said = 200, None
                else:
                    if seen is None:
                        given.pop('Content-Type', None)
                    status, said = ask(prism.url + path, seen, {'Content-Type': '', **given}, self.command)
                checked.asked.append((self.command, path))
                if not self.path.startswith(prefix):
                    status, said = 404, 'there is nothing at %s' % self.path
                if status >= 400:
                    checked.refused.append((self.command, path, body, said))
                else:
                    own = answer(self.command, path, body)
                    status, said = own or (status, said)
                # What is no JSON is a file, of which no description tells.
                is_file = isinstance(said, bytes)
                text = said if is_file else json.dumps(said).encode()
                self.send_response(status)
                self.send_header('Content-Type', 'audio/mpeg' if is_file else 'application/json')
                self.send_header('Content-Length', str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_DELETE = do

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

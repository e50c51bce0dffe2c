# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers on a real homeserver, a desk at the terminal, and what may stand between the two."""
import http.client
import http.server
import json
import socketserver
import struct
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request


def quote(text):
    return urllib.parse.quote(text, safe='')


class Person:
    """somebody with a program of their own; every request is written out here"""

    def __init__(self, synapse, name, password='secret'):
        self.base, self.name, self.user = synapse.base, name, '@%s:localhost' % name
        self.count = 0
        try:
            synapse.ask('POST', '/_matrix/client/v3/register', {'auth': {'type': 'm.login.dummy'}, 'username': name, 'password': password, 'inhibit_login': True})
        except urllib.error.HTTPError:
            pass  # it is there already
        answer = self.ask('POST', '/_matrix/client/v3/login', {'type': 'm.login.password', 'identifier': {'type': 'm.id.user', 'user': name}, 'password': password}, token=None)
        self.token, self.device = answer['access_token'], answer['device_id']

    def ask(self, method, path, value=None, token=''):
        request = urllib.request.Request(self.base + path, method=method, data=None if value is None else json.dumps(value).encode())
        request.add_header('Content-Type', 'application/json')
        if token is not None:
            request.add_header('Authorization', 'Bearer ' + (token or self.token))
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def room(self, *others, **more):
        value = dict({'preset': 'private_chat', 'is_direct': len(others) == 1, 'invite': list(others)}, **more)
        return self.ask('POST', '/_matrix/client/v3/createRoom', value)['room_id']

    def join(self, room):
        self.ask('POST', '/_matrix/client/v3/rooms/%s/join' % quote(room), {})

    def send(self, room, kind, content):
        self.count += 1
        return self.ask('PUT', '/_matrix/client/v3/rooms/%s/send/%s/%s-%d' % (quote(room), kind, self.name, self.count), content)['event_id']

    def say(self, room, text, **more):
        return self.send(room, 'm.room.message', dict({'msgtype': 'm.text', 'body': text}, **more))

    def edit(self, room, event, text):
        return self.say(room, '* ' + text, **{'m.new_content': {'msgtype': 'm.text', 'body': text}, 'm.relates_to': {'rel_type': 'm.replace', 'event_id': event}})

    def redact(self, room, event):
        self.count += 1
        return self.ask('PUT', '/_matrix/client/v3/rooms/%s/redact/%s/%s-%d' % (quote(room), quote(event), self.name, self.count), {})

    def read(self, room, event):
        self.ask('POST', '/_matrix/client/v3/rooms/%s/receipt/m.read/%s' % (quote(room), quote(event)), {})

    def events(self, room):
        return self.ask('GET', '/_matrix/client/v3/rooms/%s/messages?dir=f&limit=1000' % quote(room))['chunk']

    def texts(self, room, sender):
        return [e['content'].get('body') for e in self.events(room) if e['sender'] == sender and e['type'] == 'm.room.message']


class Front:
    """passes everything on to the homeserver, but for the next requests to `path`, which go as `how` says: a status; "lost": it is done, and the line breaks before the
    answer; "half" of the answer; "held": nothing comes, ever; "again": the answer of the last time"""

    def __init__(self, base):
        self.port = urllib.parse.urlparse(base).port
        self.lock = threading.Lock()
        self.path, self.how, self.times = '', None, 0
        self.last = {}
        self.over = threading.Event()
        front = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def log_message(self, *_):
                pass

            def go(self):
                front.serve(self)

            do_GET = do_PUT = do_POST = go

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # whoever was killed hangs up

        self.server = Server(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fail(self, path, how, times=1):
        with self.lock:
            self.path, self.how, self.times = path, how, times

    def take(self, path):
        with self.lock:
            if self.times and self.path in path:
                self.times -= 1
                return self.how
        return None

    @staticmethod
    def answer(handler, status, kind, body, promised=None):
        handler.send_response(status)
        handler.send_header('Content-Type', kind)
        handler.send_header('Content-Length', str(promised or len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    @staticmethod
    def cut(handler):
        handler.close_connection = True
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        handler.connection.close()

    def serve(self, handler):
        body = handler.rfile.read(int(handler.headers.get('Content-Length') or 0))
        how = self.take(handler.path)
        if isinstance(how, int):
            return self.answer(handler, how, 'text/html', b'<html>no</html>')
        if how == 'held':
            self.over.wait()
            return self.cut(handler)
        kind = handler.path.split('?')[0]
        if how == 'again' and kind in self.last:
            return self.answer(handler, *self.last[kind])
        onward = http.client.HTTPConnection('127.0.0.1', self.port, timeout=120)
        headers = {name: handler.headers[name] for name in ('Authorization', 'Content-Type') if handler.headers[name]}
        onward.request(handler.command, handler.path, body or None, headers)
        got = onward.getresponse()
        answer = (got.status, got.headers.get('Content-Type', ''), got.read())
        onward.close()
        self.last[kind] = answer
        if how == 'lost':
            return self.cut(handler)
        if how == 'half':
            self.answer(handler, answer[0], answer[1], answer[2][: len(answer[2]) // 2], len(answer[2]))
            return self.cut(handler)
        return self.answer(handler, *answer)

    def end(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

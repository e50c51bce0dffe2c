# SPDX-License-Identifier: GPL-3.0-or-later
"""A Bot API server with any number of bots, told apart by their tokens, that keeps to the rules of getUpdates (an offset confirms what is before it, a hundred at a time, the line
is held up to 50 seconds), and a Twilio that lists what was written to its number. Not for faults: those are tests/support/mos-fake-telegram.h's."""
import email.utils
import http.server
import json
import re
import socketserver
import threading
import time

MAX_UPDATES, MAX_POLL_S = 100, 50
SID = 'AC' + '0' * 32


class Bot:
    def __init__(self, number):
        self.number = number
        self.token = '%d:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr' % number
        self.changed = threading.Condition()
        self.updates, self.last, self.message = [], 0, 0

    def say(self, chat, text):
        """once it is back, the server has it"""
        with self.changed:
            self.last += 1
            self.message += 1
            person = {'id': chat, 'first_name': 'Ana %d' % chat}
            self.updates.append({
                'update_id': self.last,
                'message': {'message_id': self.message, 'from': dict(person, is_bot=False, language_code='es'), 'chat': dict(person, type='private'), 'date': int(time.time()), 'text': text},
            })
            self.changed.notify_all()

    def take(self, asked):
        limit = max(1, min(MAX_UPDATES, asked.get('limit', MAX_UPDATES)))
        with self.changed:
            self.updates = [update for update in self.updates if update['update_id'] >= asked.get('offset', 0)]
            if not self.updates:
                self.changed.wait(max(0, min(MAX_POLL_S, asked.get('timeout', 0))))
            return self.updates[:limit]

    def answer(self, method, asked):
        known = {
            'getMe': {'id': self.number, 'is_bot': True, 'first_name': 'Bot %d' % self.number, 'username': 'bench_%d_bot' % self.number},
            'getWebhookInfo': {'url': '', 'has_custom_certificate': False, 'pending_update_count': len(self.updates)},
            'getUserProfilePhotos': {'total_count': 0, 'photos': []},
        }
        return {'ok': True, 'result': self.take(asked) if method == 'getUpdates' else known.get(method, True)}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    # An answer leaves whole and at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def go(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if found := re.match(r'/bot(\d+):[^/]*/(\w+)', self.path):
            said = self.server.bots[int(found[1])].answer(found[2], json.loads(body or b'{}'))
        elif 'IncomingPhoneNumbers' in self.path:
            said = {'incoming_phone_numbers': [{'friendly_name': 'Shop', 'capabilities': {'sms': True, 'mms': True, 'voice': True}}]}
        else:
            # One side at a time is asked for; what we sent is not listed.
            said = {'messages': self.server.texts[::-1] if 'To=' in self.path else [], 'next_page_uri': None}
        answer = json.dumps(said).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.wfile.flush()

    do_GET = do_POST = go


class ChatServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Handler)
        self.bots, self.texts = {}, []
        self.url = 'http://127.0.0.1:%d' % self.server_port
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def bot(self, number):
        self.bots[number] = Bot(number)
        return self.bots[number]

    def text(self, number, other, words):
        """an SMS to @number; once it is back, the server has it"""
        now = email.utils.formatdate(time.time())
        self.texts.append({
            'account_sid': SID, 'sid': 'SM%032x' % (len(self.texts) + 1), 'from': other, 'to': number, 'body': words, 'direction': 'inbound', 'status': 'received', 'num_media': '0',
            'error_code': None, 'error_message': None, 'date_created': now, 'date_updated': now, 'date_sent': now,
        })  # fmt: skip

    def handle_error(self, *_):
        pass  # who asked is gone

    def end(self):
        self.shutdown()
        self.server_close()

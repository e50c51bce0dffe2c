# SPDX-License-Identifier: GPL-3.0-or-later
"""Twilio, Meta's Graph API, a letter box and a homeserver of Matrix on one port of this computer, as far as adding an account and sending a template need them.

What is answered is as their own documentation shows it; `fake.trouble` says what goes wrong.  What was asked is in `fake.asked`, what was sent in `fake.sent`.
"""
import base64
import hashlib
import http.server
import json
import re
import threading
import time
import urllib.parse

SID = 'AC' + '0123456789abcdef' * 2
TOKEN = 'auth-token-of-twilio'
KEY = 'SK' + 'fedcba9876543210' * 2
NUMBER = '+4930901820'
NUMBER_ID = '106540352242922'
BUSINESS = '102290129340398'
GRAPH_TOKEN = 'EAAJB-graph-token'
USER = '@shop:example.org'
PASSWORD = 'correct horse'

CLOUD_TEMPLATES = [
    {'name': 'order_shipped', 'language': 'en_US', 'status': 'APPROVED', 'category': 'UTILITY', 'id': '1', 'components': [
        {'type': 'HEADER', 'format': 'TEXT', 'text': 'Your order {{1}}', 'example': {'header_text': ['1042']}},
        {'type': 'BODY', 'text': 'Hello {{1}}, your parcel left us today. It arrives on {{2}}.', 'example': {'body_text': [['Mark', 'Friday']]}},
        {'type': 'FOOTER', 'text': 'Mug Shop'}]},
    {'name': 'pedido_enviado', 'language': 'es', 'status': 'APPROVED', 'category': 'UTILITY', 'id': '2', 'components': [
        {'type': 'BODY', 'text': 'Hola {{nombre}}: su pedido ya está en camino.', 'example': {'body_text_named_params': [{'param_name': 'nombre', 'example': 'Ana'}]}}]},
    {'name': 'autumn_sale', 'language': 'en_US', 'status': 'REJECTED', 'category': 'MARKETING', 'id': '3', 'components': [{'type': 'BODY', 'text': 'Buy!'}]},
    {'name': 'with_picture', 'language': 'en_US', 'status': 'APPROVED', 'category': 'MARKETING', 'id': '4', 'components': [
        {'type': 'HEADER', 'format': 'IMAGE'}, {'type': 'BODY', 'text': 'Look!'}]},
]


class Fake:
    def __init__(self):
        self.trouble = None
        self.asked = []
        self.sent = []
        self.letters = []
        self.box_sha256 = None
        self.hands_out = False
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def log_message(self, *arguments):
                pass

            def do_GET(self):
                fake.handle(self, 'GET')

            def do_POST(self):
                fake.handle(self, 'POST')

            def do_PUT(self):
                fake.handle(self, 'PUT')

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.url = 'http://127.0.0.1:%d' % self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()

    def letter(self, text, who='491701234567', name='Ana García', ago_s=0):
        """somebody wrote to the number of WhatsApp"""
        self.letters.append({'object': 'whatsapp_business_account', 'entry': [{'id': BUSINESS, 'changes': [{'field': 'messages', 'value': {
            'messaging_product': 'whatsapp', 'metadata': {'display_phone_number': '4930901820', 'phone_number_id': NUMBER_ID},
            'contacts': [{'profile': {'name': name}, 'wa_id': who}],
            'messages': [{'from': who, 'id': 'wamid.in%d' % len(self.letters), 'timestamp': str(int(time.time()) - ago_s), 'type': 'text', 'text': {'body': text}}]}}]}]})

    def put_box(self, path):
        """the file that was saved lies on the web space now"""
        self.box_sha256 = re.search(r"KEY_SHA256 = '([0-9a-f]{64})'", open(path).read()).group(1)

    # ---- the line ----

    def handle(self, line, method):
        url = urllib.parse.urlsplit(line.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = line.rfile.read(int(line.headers.get('Content-Length') or 0)).decode()
        self.asked.append('%s %s' % (method, url.path))
        if self.trouble == 'down':
            return self.answer(line, 503, 'text/html', '<h1>Down</h1>')
        if self.trouble == 'held':
            time.sleep(30)
            return None
        for start, part in (('/2010-04-01/', self.twilio), ('/v1/Content', self.content), ('/v23.0/', self.graph), ('/relay.php', self.relay), ('/_matrix/', self.matrix)):
            if url.path.startswith(start):
                status, answer = part(line, method, url.path, query, body)
                return self.answer(line, status, 'application/json', json.dumps(answer))
        return self.answer(line, 404, 'text/html', '<h1>Not found</h1>')

    def answer(self, line, status, kind, text):
        data = text.encode()
        line.send_response(status)
        line.send_header('Content-Type', kind)
        line.send_header('Content-Length', str(len(data)))
        line.end_headers()
        try:
            line.wfile.write(data)
        except OSError:
            pass

    # ---- Twilio ----

    def twilio_knows(self, line):
        given = base64.b64decode((line.headers.get('Authorization') or 'Basic ')[6:]).decode()
        return given in ('%s:%s' % (SID, TOKEN), '%s:%s' % (KEY, 'secret-of-the-key'))

    def twilio(self, line, method, path, query, body):
        if not self.twilio_knows(line) or SID not in path:
            return 401, {'code': 20003, 'message': 'Authenticate', 'status': 401}
        if path.endswith('/IncomingPhoneNumbers.json'):
            found = [{'phone_number': NUMBER, 'friendly_name': 'Mug Shop', 'capabilities': {'sms': True, 'mms': False, 'voice': True}}] if query.get('PhoneNumber') == NUMBER else []
            return 200, {'incoming_phone_numbers': found}
        if path.endswith('/Messages.json') and method == 'GET':
            return 200, {'messages': [], 'next_page_uri': None}
        if path.endswith('/Messages.json'):
            form = dict(urllib.parse.parse_qsl(body))
            self.sent.append(form)
            return 201, {'sid': 'SM' + '%032x' % len(self.sent), 'status': 'queued', 'to': form.get('To'), 'from': form.get('From'), 'body': form.get('Body', ''), 'direction': 'outbound-api', 'date_created': None}
        return 404, {'code': 20404, 'message': 'not found', 'status': 404}

    def content(self, line, method, path, query, body):
        if not self.twilio_knows(line):
            return 401, {'code': 20003, 'message': 'Authenticate', 'status': 401}
        return 200, {'meta': {'page': 0, 'page_size': 100, 'next_page_url': None, 'key': 'contents'}, 'contents': [
            {'sid': 'HX' + '1' * 32, 'friendly_name': 'order_shipped', 'language': 'en', 'variables': {'1': 'Mark'}, 'types': {'twilio/text': {'body': 'Hello {{1}}, your parcel left us today.'}},
             'approval_requests': {'status': 'approved', 'category': 'UTILITY', 'name': 'order_shipped'}}]}

    # ---- Meta ----

    def graph(self, line, method, path, query, body):
        if line.headers.get('Authorization') != 'Bearer ' + GRAPH_TOKEN:
            return 401, {'error': {'message': 'Invalid OAuth access token.', 'type': 'OAuthException', 'code': 190}}
        if path == '/v23.0/%s' % NUMBER_ID:
            return 200, {'display_phone_number': '+49 30 901820', 'verified_name': 'Mug Shop', 'id': NUMBER_ID}
        if path == '/v23.0/%s/message_templates' % BUSINESS:
            return 200, {'data': CLOUD_TEMPLATES, 'paging': {'cursors': {'before': 'MAZDZD', 'after': 'MjQZD'}}}
        if path == '/v23.0/%s/messages' % NUMBER_ID:
            message = json.loads(body)
            self.sent.append(message)
            return 200, {'messaging_product': 'whatsapp', 'contacts': [{'input': message.get('to'), 'wa_id': message.get('to')}], 'messages': [{'id': 'wamid.out%d' % len(self.sent)}]}
        return 400, {'error': {'message': 'Unsupported get request. Object with ID does not exist', 'type': 'GraphMethodException', 'code': 100, 'error_subcode': 33}}

    def relay(self, line, method, path, query, body):
        if hashlib.sha256((line.headers.get('X-Relay-Key') or '').encode()).hexdigest() != self.box_sha256:
            return 401, {'relay': 1, 'error': 'bad-key'}
        if 'hello' in query:
            return 200, {'relay': 1, 'php': '8.2', 'waiting': len(self.letters), **({'files': 8 << 20} if self.hands_out else {})}
        after = int(query.get('after', '0'))
        end = time.monotonic() + min(int(query.get('wait', '0')), 5)
        while len(self.letters) <= after and time.monotonic() < end:
            time.sleep(0.05)
        items = [{'id': str(i + 1), 'at': int(time.time()), 'body': base64.b64encode(json.dumps(letter).encode()).decode()} for i, letter in enumerate(self.letters) if i >= after]
        return 200, {'relay': 1, 'items': items, 'more': False}

    # ---- Matrix ----

    def matrix(self, line, method, path, query, body):
        if path.endswith('/versions'):
            return 200, {'versions': ['v1.11']}
        if path.endswith('/login') and method == 'GET':
            return 200, {'flows': [{'type': 'm.login.password'}]}
        if path.endswith('/login'):
            given = json.loads(body)
            if given.get('password') != PASSWORD or given.get('identifier', {}).get('user') != USER:
                return 403, {'errcode': 'M_FORBIDDEN', 'error': 'Invalid username or password'}
            return 200, {'user_id': USER, 'access_token': 'syt_token', 'device_id': 'MOSTRADOR'}
        if line.headers.get('Authorization') != 'Bearer syt_token':
            return 401, {'errcode': 'M_UNKNOWN_TOKEN', 'error': 'Unrecognised access token'}
        if path.endswith('/whoami'):
            return 200, {'user_id': USER, 'device_id': 'MOSTRADOR'}
        if '/profile/' in path:
            return 200, {'displayname': 'Mug Shop'}
        if path.endswith('/filter'):
            return 200, {'filter_id': 'f1'}
        if path.endswith('/sync'):
            time.sleep(min(int(query.get('timeout', '0')) / 1000, 2))
            return 200, {'next_batch': 's1', 'rooms': {}}
        return 404, {'errcode': 'M_NOT_FOUND', 'error': 'Not found'}

# SPDX-License-Identifier: GPL-3.0-or-later
"""A LibreTranslate that knows two languages and translates into capitals; what it was asked is kept."""
import http.server
import json
import re
import threading


class Translator:
    def __init__(self):
        self.texts = []
        self.is_slow_down = False
        mine = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                answers = {
                    '/languages': [{'code': code, 'name': code, 'targets': ['de', 'en']} for code in ('de', 'en')],
                    '/frontend/settings': {'charLimit': 2000, 'keyRequired': False},
                }
                self.say(200 if self.path in answers else 404, answers.get(self.path, {'error': 'Not found'}))

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                if self.path == '/detect':
                    self.say(200, [{'confidence': 90, 'language': 'en'}])
                elif mine.is_slow_down:
                    self.say(429, {'error': 'Slowdown: 20 per 1 minute'}, {'Retry-After': '60'})
                else:
                    mine.texts += asked['q']
                    # Words between tags and entities.
                    said = [re.sub(r'(<[^>]*>|&\w+;)|([^<&]+)', lambda m: m[1] or m[2].upper(), one) for one in asked['q']]
                    found = {'confidence': 90, 'language': 'de' if asked['source'] == 'auto' else asked['source']}
                    self.say(200, {'translatedText': said, 'detectedLanguage': [found] * len(said)})

            def say(self, status, what, headers=()):
                text = json.dumps(what).encode()
                self.send_response(status)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(text)))
                for name, value in dict(headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A small OAuth 2.0 provider for tests, on a thread: says yes at once, checks PKCE itself, and gives tokens that Dovecot of
Servers(oauth=True) checks by itself.  And a browser that follows a page to where it leads."""
import base64
import hashlib
import hmac
import http.server
import json
import secrets
import threading
import time
import urllib.parse
import urllib.request

from servers import OAUTH_AUDIENCE, OAUTH_KEY

CLIENT, CLIENT_SECRET = 'owner-made-this', 'not really secret'


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def make_token(user, seconds=3600, audience=OAUTH_AUDIENCE):
    now = int(time.time())
    claims = {'sub': user, 'aud': audience, 'iat': now - 60, 'nbf': now - 60, 'exp': now + seconds, 'jti': secrets.token_hex(4)}
    signed = '.'.join(encode(json.dumps(part).encode()) for part in ({'alg': 'HS256', 'typ': 'JWT'}, claims))
    return signed + '.' + encode(hmac.new(OAUTH_KEY, signed.encode(), hashlib.sha256).digest())


class Provider:
    """use it in a `with`; user is who is logged in at its page"""

    def __init__(self, user):
        self.user, self.codes, self.refresh, self.asked = user, {}, set(), []
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                code = secrets.token_urlsafe(12)
                provider.codes[code] = (query['code_challenge'], query['redirect_uri'])
                assert query['code_challenge_method'] == 'S256' and query['client_id'] == CLIENT, query
                self.send_response(302)
                self.send_header('Location', query['redirect_uri'] + '?' + urllib.parse.urlencode({'code': code, 'state': query['state']}))
                self.end_headers()

            def do_POST(self):
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers['Content-Length'])).decode()))
                status, answer = provider.answer(form)
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server.server_address[1]

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def answer(self, form):
        self.asked.append(form.get('grant_type'))
        if (form.get('client_id'), form.get('client_secret')) != (CLIENT, CLIENT_SECRET):
            return 401, {'error': 'invalid_client'}
        if form['grant_type'] == 'authorization_code':
            challenge, redirect = self.codes.pop(form['code'], (None, None))
            if challenge != encode(hashlib.sha256(form['code_verifier'].encode()).digest()) or redirect != form['redirect_uri']:
                return 400, {'error': 'invalid_grant'}
            refresh = 'refresh-' + secrets.token_hex(8)
            self.refresh.add(refresh)
            return 200, {'access_token': make_token(self.user), 'token_type': 'Bearer', 'expires_in': 3600, 'refresh_token': refresh}
        if form.get('refresh_token') not in self.refresh:
            return 400, {'error': 'invalid_grant', 'error_description': 'Token has been expired or revoked.'}
        return 200, {'access_token': make_token(self.user), 'token_type': 'Bearer', 'expires_in': 3600}


def browse(url):
    """the text of the page that it leads to"""
    with urllib.request.urlopen(url, timeout=20) as page:
        return page.read().decode()

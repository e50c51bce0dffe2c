# SPDX-License-Identifier: GPL-3.0-or-later
"""A small WooCommerce on loopback: what it answers has the form of a real one's (WooCommerce 11), and it checks the signature by itself, from RFC 5849."""
import base64
import collections
import hashlib
import hmac
import http.server
import json
import re
import threading
import urllib.parse

KEY, SECRET = 'ck_11', 'cs_22'
PARAMETERS = {
    'per_page': r'[1-9]|[1-9]\d|100',
    'offset': r'\d+',
    'order': 'asc|desc',
    'orderby': 'date|modified|id|include|title|slug',
    'status': 'any',
    'modified_after': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d',
    'dates_are_gmt': 'true|false',
    '_fields': '[a-z_,]+',
}


def quote(text):
    return urllib.parse.quote(text, safe='-._~')


def signature(secret, method, url, pairs):
    joined = '&'.join('%s=%s' % pair for pair in sorted((quote(k), quote(v)) for k, v in pairs))
    base = '&'.join((method, quote(url), quote(joined)))
    return base64.b64encode(hmac.new((quote(secret) + '&').encode(), base.encode(), hashlib.sha256).digest()).decode()


class Shop:
    def __init__(self):
        self.orders = []
        self.secret = SECRET
        self.wrong = []  # what was asked and is in no description
        self.asked = 0
        self.faults = collections.deque()  # what becomes of the next answers, instead (shopfaults.py); None: nothing
        self.on_page = None  # called after each page, as somebody works in the shop meanwhile
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, answer = shop.answer(self.path)
                body = json.dumps(answer).encode()
                shop.asked += 1
                fault = shop.faults.popleft() if shop.faults else None
                if fault:
                    fault(self, status, body)
                    return
                if shop.on_page and isinstance(answer, list):
                    shop.on_page()
                self.send_response(status)
                self.send_header('Content-Type', 'application/json; charset=UTF-8')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()

    def add(self, number, modified, email='ana@mail.test', status='processing', total='12.50', **more):
        self.orders.append(
            {
                'id': number, 'number': str(number), 'status': status, 'currency': 'EUR', 'total': total,
                'date_created_gmt': modified, 'date_modified_gmt': modified,
                'billing': {'first_name': 'Ana', 'last_name': 'García', 'email': email, 'country': 'ES', 'phone': '612 34 56 78'},
                'line_items': [{'name': 'Mug &amp; saucer', 'quantity': 2, 'price': 6.25, 'total': total, 'sku': 'MUG'}],
                **more,
            }
        )  # fmt: skip

    def answer(self, target):
        url = urllib.parse.urlsplit(target)
        pairs = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
        query = dict(pairs)
        given = query.get('oauth_signature')
        expected = signature(self.secret, 'GET', self.url + url.path, [p for p in pairs if p[0] != 'oauth_signature'])
        if not url.path.startswith('/wp-json/wc/v3/orders'):
            return 404, {'code': 'rest_no_route', 'message': 'No route was found matching the URL and request method.', 'data': {'status': 404}}
        if query.get('oauth_consumer_key') != KEY:
            return 401, {'code': 'woocommerce_rest_authentication_error', 'message': 'Consumer key is invalid.', 'data': {'status': 401}}
        if given != expected:
            return 401, {'code': 'woocommerce_rest_authentication_error', 'message': 'Invalid signature - provided signature does not match.', 'data': {'status': 401}}
        bad = [k for k, v in query.items() if not k.startswith('oauth_') and not re.fullmatch(PARAMETERS.get(k, '$^'), v)]
        if bad:
            self.wrong.append(bad)
            return 400, {'code': 'rest_invalid_param', 'message': 'Invalid parameter(s): %s' % ', '.join(bad), 'data': {'status': 400}}
        one = re.fullmatch(r'/wp-json/wc/v3/orders/(\d+)(/notes|/refunds)?', url.path)
        if one:
            found = [o for o in self.orders if o['id'] == int(one[1])]
            if not found:
                return 404, {'code': 'woocommerce_rest_shop_order_invalid_id', 'message': 'Invalid ID.', 'data': {'status': 404}}
            if one[2] == '/notes':
                return 200, [{'id': 1, 'author': 'Marta', 'note': 'Packed', 'customer_note': False, 'date_created_gmt': '2026-05-01T12:00:00'}]
            if one[2] == '/refunds':
                return 200, [{'id': r['id'], 'reason': r['reason'], 'amount': r['total'].lstrip('-'), 'date_created_gmt': '2026-06-01T00:00:00'} for r in found[0]['refunds']]
            return 200, found[0]
        rows = sorted(self.orders, key=lambda o: (o['date_modified_gmt'], o['id']), reverse=query.get('order') == 'desc')
        rows = [o for o in rows if o['date_modified_gmt'] > query.get('modified_after', '')]
        skip = int(query.get('offset', 0))
        return 200, rows[skip : skip + int(query.get('per_page', 10))]

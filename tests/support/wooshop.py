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
        self.writes = []  # what was asked to be changed
        self.loses = 0  # so many of them are done, and the line is cut before the answer
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.is_read_only = False
        self.wrong = []  # what was asked and is in no description
        self.asked = 0
        self.faults = collections.deque()  # what becomes of the next answers, instead (shopfaults.py); None: nothing
        self.on_page = None  # called after each page, as somebody works in the shop meanwhile
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.reply(*shop.answer(self.path))

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                status, answer = shop.answer(self.path, self.command, body)
                if shop.loses > 0:
                    shop.loses -= 1
                    self.close_connection = True
                    return
                shop.may_answer.wait(60)
                self.reply(status, answer)

            do_PUT = do_POST

            def reply(self, status, answer):
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
                'line_items': [{'id': 315, 'name': 'Mug &amp; saucer', 'quantity': 2, 'price': 6.25, 'total': total, 'sku': 'MUG'}],
                **more,
            }
        )  # fmt: skip

    def change(self, order, what, body):
        """as WooCommerce 11 was seen to do it"""
        self.writes.append((order['id'], what, body))
        if self.is_read_only:
            return 401, {'code': 'woocommerce_rest_authentication_error', 'message': 'The API key provided does not have write permissions.', 'data': {'status': 401}}
        if what == '/notes':
            return 201, {'id': 7, 'note': body['note'], 'customer_note': body['customer_note'], 'date_created_gmt': '2027-01-01T00:00:00'}
        if what == '/actions/send_order_details':
            return 200, {'message': 'Order details sent to %s, via REST API.' % order['billing']['email']}
        if what == '/refunds':
            refunds = order.setdefault('refunds', [])
            left = float(order['total']) + sum(float(r['total']) for r in refunds)
            if not 0 < float(body['amount']) <= left + 0.001:
                return 500, {'code': 'woocommerce_rest_cannot_create_order_refund', 'message': 'Invalid refund amount.', 'data': 500}
            lines = [
                {
                    'quantity': -line['quantity'], 'total': '-' + line['refund_total'],
                    'meta_data': [{'key': '_refunded_item_id', 'value': str(line['id'])}],
                }
                for line in body.get('line_items', [])
            ]  # fmt: skip
            refunds.append({'id': 900 + len(refunds), 'reason': body['reason'], 'total': '-' + body['amount'], 'meta_data': body['meta_data'], 'line_items': lines})
            order['date_modified_gmt'] = '2027-01-01T00:00:%02d' % len(self.writes)
            return 201, {'id': refunds[-1]['id'], 'amount': body['amount'], 'reason': body['reason']}
        order.update(body)
        order['date_modified_gmt'] = '2027-01-01T00:00:%02d' % len(self.writes)
        return 200, order

    def answer(self, target, method='GET', body=None):
        url = urllib.parse.urlsplit(target)
        pairs = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
        query = dict(pairs)
        given = query.get('oauth_signature')
        expected = signature(self.secret, method, self.url + url.path, [p for p in pairs if p[0] != 'oauth_signature'])
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
        one = re.fullmatch(r'/wp-json/wc/v3/orders/(\d+)(/notes|/refunds|/actions/send_order_details)?', url.path)
        if one:
            found = [o for o in self.orders if o['id'] == int(one[1])]
            if not found:
                return 404, {'code': 'woocommerce_rest_shop_order_invalid_id', 'message': 'Invalid ID.', 'data': {'status': 404}}
            if method != 'GET':
                return self.change(found[0], one[2], body)
            if one[2] == '/notes':
                return 200, [{'id': 1, 'author': 'Marta', 'note': 'Packed', 'customer_note': False, 'date_created_gmt': '2026-05-01T12:00:00'}]
            if one[2] == '/refunds':
                return 200, [dict(r, amount=r['total'].lstrip('-'), date_created_gmt='2026-06-01T00:00:00') for r in found[0].get('refunds', [])]
            return 200, found[0]
        rows = sorted(self.orders, key=lambda o: (o['date_modified_gmt'], o['id']), reverse=query.get('order') == 'desc')
        rows = [o for o in rows if o['date_modified_gmt'] > query.get('modified_after', '')]
        skip = int(query.get('offset', 0))
        return 200, rows[skip : skip + int(query.get('per_page', 10))]

# SPDX-License-Identifier: GPL-3.0-or-later
"""A small Shopify on loopback, which knows a token: orders that were sent, what of them can come back, and what did."""
import http.server
import json
import threading

TOKEN = 'shpat_22'


def money(amount):
    return {'presentmentMoney': {'amount': amount, 'currencyCode': 'EUR'}}


class Shop:
    def __init__(self):
        self.orders = {}
        self.returns = []  # (what was asked, closed or not)
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                fits = self.headers['X-Shopify-Access-Token'] == TOKEN
                answer = {'data': shop.answer(asked['query'], asked.get('variables') or {})} if fits else {'errors': '[API] Invalid API key or access token'}
                body = json.dumps(answer).encode()
                self.send_response(200 if fits else 401)
                self.send_header('Content-Type', 'application/json; charset=utf-8')
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
        self.server.server_close()

    def add(self, number, created, email='ana@mail.test', quantity=2):
        """one that was sent"""
        self.orders['gid://shopify/Order/%d' % number] = {
            'id': 'gid://shopify/Order/%d' % number, 'name': '#%d' % number, 'email': email, 'createdAt': created, 'updatedAt': created,
            'displayFinancialStatus': 'PAID', 'displayFulfillmentStatus': 'FULFILLED', 'totalPriceSet': money('40.0'), 'totalRefundedSet': money('0.0'),
            'lineItems': {'nodes': [{'title': 'Scarf', 'variantTitle': 'Blue', 'quantity': quantity, 'originalUnitPriceSet': money('20.0'), 'discountedTotalSet': money('40.0')}]},
            'terms': {'nodes': [{'id': 'gid://shopify/LineItem/1', 'title': 'Scarf', 'variantTitle': 'Blue', 'quantity': quantity, 'refundableQuantity': quantity, 'originalTotalSet': money('40.0')}]},
            'suggestedRefund': {'maximumRefundableSet': money('40.0')},
            'refunds': [], 'transactions': [],
        }  # fmt: skip

    def left(self, order):
        back = sum(line['quantity'] for asked, _ in self.returns for line in asked['returnLineItems'] if asked['orderId'] == order['id'])
        return order['lineItems']['nodes'][0]['quantity'] - back

    def answer(self, query, variables):
        """as the schema has it; what is not asked for here, nobody asks"""
        order = self.orders.get(variables.get('id') or variables.get('input', {}).get('orderId'))
        if 'shop {' in query:
            return {'shop': {'name': 'Scarves', 'currencyCode': 'EUR'}, 'orders': {'nodes': list(self.orders.values())[-1:]}}
        if 'returnCreate' in query:
            if any(not 0 < line['quantity'] <= self.left(order) for line in variables['input']['returnLineItems']):
                return {'returnCreate': {'return': None, 'userErrors': [{'field': ['returnLineItems'], 'message': 'Return line item has an invalid quantity.'}]}}
            self.returns.append((variables['input'], False))
            return {'returnCreate': {'return': {'id': 'gid://shopify/Return/%d' % len(self.returns)}, 'userErrors': []}}
        if 'returnClose' in query:
            number = int(variables['id'].rsplit('/', 1)[1])
            self.returns[number - 1] = (self.returns[number - 1][0], True)
            return {'returnClose': {'return': {'id': variables['id'], 'status': 'CLOSED'}, 'userErrors': []}}
        if 'returnableFulfillments' in query:
            item = {'quantity': self.left(order), 'fulfillmentLineItem': {'id': 'gid://shopify/FulfillmentLineItem/9', 'lineItem': {'title': 'Scarf', 'variantTitle': 'Blue'}}}
            return {'returnableFulfillments': {'nodes': [{'returnableFulfillmentLineItems': {'nodes': [item] if item['quantity'] else []}}]}}
        if 'orders(' in query:
            return {'orders': {'pageInfo': {'hasNextPage': False, 'endCursor': None}, 'nodes': list(self.orders.values())}}
        return {'order': order, 'currentAppInstallation': {'accessScopes': [{'handle': 'write_orders'}, {'handle': 'read_returns'}, {'handle': 'write_returns'}]}}

# SPDX-License-Identifier: GPL-3.0-or-later
"""How shops, and what stands before them, fail: each is a function (handler, status, body) in the place of an answer that was ready, for
wooshop.Shop.faults."""
import socket
import time

PAGE = b'<!DOCTYPE html><html><head><title>Mugs</title></head><body><h1>We are back soon</h1></body></html>'


def send(handler, status, body, kind='application/json; charset=UTF-8', **headers):
    handler.send_response(status)
    handler.send_header('Content-Type', kind)
    handler.send_header('Content-Length', str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace('_', '-'), value)
    handler.end_headers()
    handler.wfile.write(body)


def drop(handler):
    """the line is cut, as by a router"""
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def too_many(handler, _status, _body):
    send(handler, 429, b'<h1>Slow down</h1>', 'text/html')


def too_many_for_now(handler, _status, _body):
    send(handler, 429, b'{"code":"too_many"}', Retry_After='1')


def too_many_for_long(handler, _status, _body):
    send(handler, 429, b'', Retry_After='3600')


def no_answer(handler, _status, _body):
    drop(handler)


def half(handler, status, body):
    """half of what was announced"""
    handler.send_response(status)
    handler.send_header('Content-Type', 'application/json')
    handler.send_header('Content-Length', str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    drop(handler)


def half_in_chunks(handler, status, body):
    """a body of unknown length that ends too early: nothing but the missing last chunk tells"""
    part = body[: len(body) // 2]
    handler.protocol_version = 'HTTP/1.1'
    handler.send_response(status)
    handler.send_header('Content-Type', 'application/json')
    handler.send_header('Transfer-Encoding', 'chunked')
    handler.end_headers()
    handler.wfile.write(b'%x\r\n%s\r\n' % (len(part), part))
    drop(handler)


def half_and_whole(handler, status, body):
    """half, and announced as all: a proxy kept it so"""
    send(handler, status, body[: len(body) // 2])


def drip(handler, status, body):
    """all of it, a piece at a time"""
    handler.send_response(status)
    handler.send_header('Content-Type', 'application/json')
    handler.send_header('Content-Length', str(len(body)))
    handler.end_headers()
    size = max(1, len(body) // 10)
    for start in range(0, len(body), size):
        handler.wfile.write(body[start : start + size])
        handler.wfile.flush()
        time.sleep(0.02)


def page(handler, _status, _body):
    """somebody's page, and all is well"""
    send(handler, 200, PAGE, 'text/html; charset=UTF-8')


def maintenance(handler, _status, _body):
    send(handler, 503, PAGE, 'text/html; charset=UTF-8')


def firewall(handler, _status, _body):
    send(handler, 403, PAGE, 'text/html')


def fatal(handler, _status, _body):
    """what WordPress says when a plugin dies"""
    send(handler, 500, b'{"code":"internal_server_error","message":"<p>There has been a critical error on this website.</p>","data":{"status":500},"additional_errors":[]}')


def warned(handler, status, body):
    """PHP's own words before the answer"""
    send(handler, status, b'<br />\n<b>Warning</b>:  Undefined array key "x" in <b>plugin.php</b> on line <b>7</b><br />\n' + body)


def other(handler, _status, _body):
    send(handler, 200, b'{"orders":[]}')


def nothing(handler, _status, _body):
    send(handler, 200, b'')


def moved(handler, _status, _body):
    send(handler, 302, b'', Location='/wp-login.php?redirect_to=%2Fwp-json')


def twice(handler, status, body):
    """each row of a page twice"""
    send(handler, status, b'[%s,%s]' % (body[1:-1], body[1:-1]) if len(body) > 2 and body.startswith(b'[') else body)


def replay(status, body):
    """an answer that was recorded"""
    return lambda handler, _status, _body: send(handler, status, body)


# What passes by itself: asked again, the shop is read. (Those that cost a second or more of waiting are SLOW.)
SLOW = (too_many, too_many_for_now, no_answer, half, half_in_chunks, maintenance)
QUICK = (too_many_for_long, half_and_whole, drip, page, firewall, fatal, warned, other, nothing, moved, twice)

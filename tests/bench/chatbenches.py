# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats: what waits at Telegram taken in, with its memory; from the server to a row on the screen; and what five accounts cost that nobody writes to."""
import json
import subprocess
import time
import urllib.request

from chatserver import ChatServer
from common import BenchError, fresh, measure, need, report, secrets

QUEUED = (1000, 5000, 10000)
CHATS = 500
WANTED_QUEUE_S, WANTED_ROW_MS = 10, 500
# MosChannelTraits.poll_s
POLL_MS = 10000
TEXTS = (
    'Where is my order %d? It should have been here on Monday.',
    'Hola, ¿me podéis decir cuándo llega el pedido %d?',
    'Danke für die schnelle Antwort! Die Lampe %d leuchtet.',
    'Bonjour, la commande %d est arrivée ouverte.',
)


def bare(server, bot, count):
    """every update once, read, confirmed and thrown away"""
    start, n, offset = time.perf_counter(), 0, 0
    while True:
        body = json.dumps({'offset': offset, 'limit': 100, 'timeout': 0}).encode()
        request = urllib.request.Request('%s/bot%s/getUpdates' % (server.url, bot.token), data=body, headers={'Content-Type': 'application/json'})
        with urllib.request.urlopen(request) as answer:
            updates = json.load(answer)['result']
        if not updates:
            break
        n += len(updates)
        offset = updates[-1]['update_id'] + 1
    if n != count:
        raise BenchError('the bare loop has %d of %d updates' % (n, count))
    # The server is in its process: its CPU is not told.
    return {'wall': time.perf_counter() - start}


def ours(server, bot, count):
    profile = fresh('chat')
    command = ['mostradorctl', '--profile', profile, '--json']
    subprocess.run([*command, 'account', 'add', 'telegram', '--server', server.url, '--token-stdin'], input=bot.token, text=True, check=True, stdout=subprocess.DEVNULL, env=secrets(profile))
    taken, said = measure([*command, 'sync'], env=secrets(profile))
    got = sum(json.loads(line).get('new', 0) for line in said.splitlines() if line.startswith('{'))
    if got != count or bot.updates:
        raise BenchError('mostradorctl sync has %d of %d updates, %d wait' % (got, count, len(bot.updates)))
    return taken


def with_queue(count, what):
    """at a server at which @count updates of CHATS customers wait"""
    server = ChatServer()
    bot = server.bot(4001)
    for i in range(count):
        bot.say(700000 + i % CHATS, TEXTS[i % len(TEXTS)] % i)
    try:
        return what(server, bot, count)
    finally:
        server.end()


def bench_queue(runs):
    peaks = {}
    for count in QUEUED:
        taken = {'mostradorctl sync': [], 'a bare loop': []}
        for _ in range(runs if count == QUEUED[-1] else 1):
            taken['a bare loop'].append(with_queue(count, bare))
            taken['mostradorctl sync'].append(with_queue(count, ours))
        for name, values in taken.items():
            report('chat', name, values, '%d queued updates of %d chats%s' % (count, CHATS, '; wanted: %d s' % WANTED_QUEUE_S if count == QUEUED[-1] else ''))
        peaks[count] = max(one['rss'] for one in taken['mostradorctl sync'])
    print('%-6s peak memory: %s' % ('chat', ', '.join('%.0f MB with %d' % (peak, count) for count, peak in peaks.items())), flush=True)


def bench_chat(_servers, _count, runs):
    # in_session belongs to the program that imports this.
    from bench import in_session

    need('mostrador', 'mostradorctl', 'xdotool')
    bench_queue(runs)
    for platform, server, wanted in (('telegram', 'a server of ours', WANTED_ROW_MS), ('matrix', 'Synapse', WANTED_ROW_MS), ('sms', 'Twilio, asked every ten seconds', POLL_MS + WANTED_ROW_MS)):
        profile = fresh('chat-' + platform)
        lines = in_session('chatwindow.py', platform, 5 * runs, profile, env=secrets(profile))
        took = sorted(line['wall'] * 1000 for line in lines)
        report('chat', 'mostrador', lines, '%s (%s): from the server to the row: median %.0f ms, the longest %.0f ms; wanted: %d ms' % (platform, server, took[len(took) // 2], took[-1], wanted))
    profile = fresh('chat-idle')
    for line in in_session('chatwindow.py', 'idle', 1, profile, env=secrets(profile)):
        report('chat', 'mostrador', [line], '%s: CPU of %d s; %.1f times a second a thread woke' % (line['what'], line['wall'], line['wakes']))


BENCHES = {'chat': bench_chat}

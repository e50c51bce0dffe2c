#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""chatwindow.py telegram|matrix|sms|idle RUNS PROFILE: the window while customers write, inside ui-session, for chatbenches.py; prints JSON lines.

    telegram, matrix, sms    seconds from when the server has what a customer wrote until the list on the screen has changed
    idle                     CPU seconds and waking threads of a minute, without an account, then with five of them to which nobody writes: two of Telegram, one each of Matrix, SMS
                             and WhatsApp by Twilio
"""
import glob
import hashlib
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [os.path.join(HERE, '..', 'support'), os.path.join(HERE, '..', 'chat')]

from chatserver import SID, ChatServer
from matrixdesk import Person, quote
from synapse import PASSWORD, Synapse
from window import PATIENCE, Mostrador, Screen, cpu_of, tell

REST_S, IDLE_S = 15, 60


def add(profile, kind, secret, *words):
    how = '--password-stdin' if kind == 'matrix' else '--token-stdin'
    subprocess.run(['mostradorctl', '--profile', profile, 'account', 'add', kind, how, *words], input=secret + '\n', text=True, check=True, stdout=subprocess.DEVNULL)


def until_it_changes(one, before, say):
    """wall and CPU seconds: on a machine that does something else, the CPU is what counts"""
    say()
    began, cpu = time.perf_counter(), cpu_of(one.process.pid)
    while hashlib.sha256(one.list_pixels()).digest() == before:
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit('no row came')
        time.sleep(0.005)
    return time.perf_counter() - began, cpu_of(one.process.pid) - cpu


def measure_rows(profile, runs, say):
    """say(n): once it is back, the server has it"""
    one = Mostrador(Screen(), profile)
    one.start()
    # The first finds an empty desk, whose list is not there yet.
    say(0)
    time.sleep(5)
    one.find_window()
    for number in range(1, runs + 1):
        before = one.rest(seconds=3)
        wall, cpu = until_it_changes(one, before, lambda number=number: say(number))
        tell(wall=wall, cpu=cpu)
    one.stop()


def telegram(runs, profile):
    server = ChatServer()
    bot = server.bot(4001)
    add(profile, 'telegram', bot.token, '--server', server.url)
    measure_rows(profile, runs, lambda number: bot.say(4711 + number, 'Where is parcel %d?' % number))
    server.end()


def matrix(runs, profile):
    with Synapse() as synapse:
        add(profile, 'matrix', PASSWORD, '--address', '@agent:localhost', '--server', synapse.base)
        anna = Person(synapse, 'anna')
        room = anna.room('@agent:localhost')
        agent = Person(synapse, 'agent')
        agent.ask('POST', '/_matrix/client/v3/join/%s' % quote(room), {})
        measure_rows(profile, runs, lambda number: anna.say(room, 'Where is parcel %d?' % number))


def sms(runs, profile):
    """it is asked every ten seconds: what is written at a moment by chance waits half of that on average"""
    server, number = ChatServer(), '+4930901820'
    add(profile, 'twilio', 'secret', '--sid', SID, '--number', number, '--server', server.url)
    measure_rows(profile, runs, lambda i: server.text(number, '+49151000%04d' % i, 'Where is parcel %d?' % i))
    server.end()


def wakes_of(pid):
    """how often its threads were put to sleep and woken"""
    total = 0
    for path in glob.glob('/proc/%d/task/*/status' % pid):
        try:
            with open(path, encoding='ascii', errors='replace') as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith('voluntary_ctxt_switches'))
        except OSError:
            pass  # the thread is gone
    return total


def measure_idle(profile, what):
    one = Mostrador(Screen(), profile)
    one.start()
    time.sleep(REST_S)
    cpu, wakes, began = cpu_of(one.process.pid), wakes_of(one.process.pid), time.perf_counter()
    time.sleep(IDLE_S)
    wall = time.perf_counter() - began
    tell(what=what, wall=wall, cpu=cpu_of(one.process.pid) - cpu, wakes=max(0, wakes_of(one.process.pid) - wakes) / wall)
    one.stop()


def idle(_runs, profile):
    empty = os.path.join(profile, 'empty')
    os.makedirs(empty)
    measure_idle(empty, 'no account')
    server = ChatServer()
    for number in (4001, 4002):
        add(profile, 'telegram', server.bot(number).token, '--server', server.url)
    for number in ('+4930901820', 'whatsapp:+4930901821'):
        add(profile, 'twilio', 'secret', '--sid', SID, '--number', number, '--server', server.url)
    with Synapse() as synapse:
        add(profile, 'matrix', PASSWORD, '--address', '@agent:localhost', '--server', synapse.base)
        measure_idle(profile, 'five accounts')
    server.end()


def main(what, runs, profile):
    {'telegram': telegram, 'matrix': matrix, 'sms': sms, 'idle': idle}[what](int(runs), profile)


if __name__ == '__main__':
    main(*sys.argv[1:])

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl account check, over the wire: a small name server of our own stands where this system's resolver asks, in a network of the test's own."""
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
A, MX, TXT, AAAA = 1, 15, 16, 28
KEY = 'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB'


def name_of(name):
    return b''.join(bytes([len(label)]) + label.encode() for label in name.split('.') if label) + b'\0'


def data_of(kind, value):
    if kind == A:
        return socket.inet_aton(value)
    if kind == MX:
        preference, host = value
        return struct.pack('>H', preference) + name_of(host)
    # A TXT record is strings of up to 255 bytes (RFC 1035, 3.3.14).
    pieces = [value.encode()[i : i + 255] for i in range(0, len(value), 255)]
    return b''.join(bytes([len(p)]) + p for p in pieces)


class NameServer(threading.Thread):
    """Answers from zone, {(name, kind): [value]}; broken names get SERVFAIL, all others NXDOMAIN (RFC 1035, 4)."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.zone, self.broken, self.asked = {}, set(), []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 53))
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.bind((address, 53))
        self.listener.listen()
        threading.Thread(target=self.run_tcp, daemon=True).start()

    def answer(self, query, most=None):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode().lower())
            at += 1 + query[at]
        kind = struct.unpack('>H', query[at + 1 : at + 3])[0]
        question, name = query[12 : at + 5], '.'.join(labels)
        self.asked.append((name, kind))
        values = self.zone.get((name, kind), [])
        here = any(n == name for n, _ in self.zone)
        code = 2 if name in self.broken else 0 if here else 3
        records = b'' if code else b''.join(b'\xc0\x0c' + struct.pack('>HHIH', kind, 1, 60, len(data_of(kind, v))) + data_of(kind, v) for v in values)
        full = query[:2] + struct.pack('>HHHHH', 0x8180 | code, 1, len(values) if not code else 0, 0, 0) + question + records
        # Too long for a datagram: to be asked again over TCP.
        return full if most is None or len(full) <= most else query[:2] + struct.pack('>HHHHH', 0x8380, 1, 0, 0, 0) + question

    def run(self):
        while True:
            query, peer = self.socket.recvfrom(4096)
            self.socket.sendto(self.answer(query, 512), peer)

    def run_tcp(self):
        while True:
            line, _ = self.listener.accept()
            with line:
                size = line.recv(2)
                if len(size) == 2:
                    reply = self.answer(line.recv(struct.unpack('>H', size)[0]))
                    line.sendall(struct.pack('>H', len(reply)) + reply)


def resolver():
    """the address that this system's resolver asks; without a line in its file it is this computer"""
    try:
        with open('/etc/resolv.conf') as f:
            found = [w[1] for w in (line.split() for line in f) if len(w) > 1 and w[0] == 'nameserver' and ':' not in w[1]]
    except FileNotFoundError:
        found = []
    return found[0] if found else '127.0.0.1'


def call(profile, *words):
    # One try a second: what does not answer is to be seen within the test's patience.
    return subprocess.run([CTL, '--profile', profile, '--json', *words], capture_output=True, text=True, timeout=60, env={**os.environ, 'RES_OPTIONS': 'timeout:1 attempts:1'})


def check(profile, *words, status=0):
    done = call(profile, 'account', 'check', *words)
    assert done.returncode == status, done
    return [json.loads(line) for line in done.stdout.splitlines()]


def codes(report):
    return [f['code'] for f in report['findings']]


def main():
    # A network of its own: whoever else asks for names meanwhile is not answered by us.
    if 'MOS_TEST_OWN_NETWORK' not in os.environ:
        os.execvpe('unshare', ['unshare', '--net', sys.executable, *sys.argv], {**os.environ, 'MOS_TEST_OWN_NETWORK': '1'})
    address = resolver()
    subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
    if not address.startswith('127.'):
        subprocess.run(['ip', 'address', 'add', address + '/32', 'dev', 'lo'], check=True)
    server = NameServer(address)
    server.start()
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')

        def add(address, smtp):
            done = call(profile, 'account', 'add', 'email', '--name', 'Shop', '--address', address, '--imap', 'imaps://imap.shop.example', '--smtp', smtp)
            assert done.returncode == 0, done

        @t.case('nothing is there: each is told, with the record to add')
        def _():
            add('support@shop.example', 'smtps://smtp.host.example')
            report = check(profile, status=1)[0]
            assert report['account'] == 'support@shop.example' and report['domain'] == 'shop.example' and report['verdict'] == 'bad', report
            assert codes(report) == ['mx-none', 'spf-none', 'dkim-unknown', 'dmarc-none'], report
            spf, dmarc = report['findings'][1], report['findings'][3]
            assert (spf['add_name'], spf['add_value']) == ('shop.example', 'v=spf1 a:smtp.host.example ~all'), spf
            assert (dmarc['add_name'], dmarc['add_value']) == ('_dmarc.shop.example', 'v=DMARC1; p=none'), dmarc
            assert ('_dmarc.shop.example', TXT) in server.asked and ('shop.example', MX) in server.asked

        @t.case('all is there: also a record of several strings, one that needs TCP, and the preferred server first')
        def _():
            server.zone.update(
                {
                    ('shop.example', MX): [(20, 'mx2.shop.example'), (10, 'mx1.shop.example')],
                    ('mx1.shop.example', A): ['192.0.2.1'],
                    ('shop.example', TXT): ['v=spf1 include:_spf.host.example -all', *('verification=%d-%s' % (i, 'x' * 80) for i in range(8))],
                    ('_spf.host.example', TXT): ['v=spf1 ' + ' '.join('ip4:198.51.100.%d' % i for i in range(30)) + ' a:smtp.host.example -all'],
                    ('smtp.host.example', A): ['192.0.2.25'],
                    ('mail._domainkey.shop.example', TXT): ['v=DKIM1; k=rsa; p=' + KEY],
                    ('_dmarc.shop.example', TXT): ['v=DMARC1; p=quarantine'],
                }
            )
            report = check(profile, 'support@shop.example')[0]
            assert codes(report) == ['mx-good', 'spf-good', 'dkim-likely', 'dmarc-good'] and report['verdict'] == 'good', report
            assert report['findings'][0]['detail'] == 'mx1.shop.example', report

        @t.case('a null MX, and a server that is not named')
        def _():
            server.zone[('shop.example', MX)] = [(0, '')]
            server.zone[('smtp.host.example', A)] = ['203.0.113.9']
            server.zone[('_spf.host.example', TXT)] = ['v=spf1 ip4:198.51.100.0/24 -all']
            report = check(profile, status=1)[0]
            assert codes(report)[:2] == ['mx-null', 'spf-not-ours'], report
            assert report['findings'][1]['add_value'] == 'v=spf1 include:_spf.host.example a:smtp.host.example -all', report

        @t.case('a name server that fails says nothing of the domain')
        def _():
            server.broken.update(['shop.example', '_dmarc.shop.example', 'default._domainkey.shop.example'])
            report = check(profile)[0]
            assert codes(report) == ['no-answer'] * 4 and report['verdict'] == 'unknown', report

        @t.case('a provider\'s domain is said to be that')
        def _():
            add('ana@gmail.com', 'smtps://smtp.gmail.com')
            report = check(profile, 'ana@gmail.com')[0]
            assert report['of_provider'] and report['findings'] == [] and report['verdict'] == 'good', report
            assert not [name for name, _ in server.asked if name.endswith('gmail.com')], server.asked

        @t.case('text for people; and what is no account')
        def _():
            done = subprocess.run([CTL, '--profile', profile, 'account', 'check', 'ana@gmail.com'], capture_output=True, text=True, timeout=60)
            assert 'gmail.com' in done.stdout, done
            done = call(profile, 'account', 'check', 'nobody@shop.example')
            assert done.returncode == 1 and done.stderr.strip(), done
            done = call(profile, 'account', 'check', 'a', 'b')
            assert done.returncode == 2, done

    return t.done()


if __name__ == '__main__':
    if shutil.which('unshare') is None:
        sys.exit('unshare (util-linux) is missing')
    sys.exit(main())

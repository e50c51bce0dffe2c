# SPDX-License-Identifier: GPL-3.0-or-later
"""A port that passes bytes to a server and back, badly: it cuts, resets, falls silent, drips, is far away or narrow."""
import socket
import struct
import threading
import time

HOST = '127.0.0.1'
PIECE = 16 * 1024


class Fault:
    """What happens to a connection.

    kind        'none', 'fin', 'rst', 'stall' (still open, silent), 'trickle' (one byte at a time), 'delay' (seconds each way), 'narrow' (bytes/s)
    direction   'up' (from the client) or 'down': whose bytes are counted, for the first three
    after       so many bytes pass before it happens
    times       so many connections have it, the later ones are in order
    """

    def __init__(self, kind='none', direction='down', after=0, amount=0, times=1):
        self.kind, self.direction, self.after, self.amount, self.times = kind, direction, after, amount, times

    def __str__(self):
        return {'trickle': 'one byte at a time', 'delay': '%d ms each way' % (self.amount * 1000), 'narrow': '%d bytes a second' % self.amount}.get(
            self.kind, '%s after %d bytes %s' % (self.kind, self.after, self.direction))  # fmt: skip


class Proxy:
    def __init__(self, to_port):
        self.to_port = to_port
        self.fault = Fault()
        self.lock = threading.Lock()
        self.connections = 0
        self.hit = 0  # how often the fault came about
        self.passed = {'up': 0, 'down': 0}  # by the last connection that ended
        self.open = set()
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def set(self, fault):
        with self.lock:
            self.fault, self.connections, self.hit = fault, 0, 0

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut_all()
        self.thread.join(5)

    def cut_all(self):
        with self.lock:
            sockets = list(self.open)
        for one in sockets:
            self._end(one)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with self.lock:
            self.connections += 1
            fault = self.fault if self.connections <= self.fault.times else Fault()
        try:
            server = socket.create_connection((HOST, self.to_port), 20)
        except OSError:
            client.close()
            return
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.settimeout(None)
        with self.lock:
            self.open.update((client, server))
        counts = {'up': 0, 'down': 0}
        threads = [threading.Thread(target=self._pump, args=(fault, counts, direction, a, b), daemon=True) for direction, a, b in (('up', client, server), ('down', server, client))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with self.lock:
            self.passed = counts
            self.open.difference_update((client, server))
        client.close()
        server.close()

    @staticmethod
    def _end(one):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _pump(self, fault, counts, direction, source, target):
        counted = fault.kind in ('fin', 'rst', 'stall') and fault.direction == direction
        end = self._end
        try:
            while data := source.recv(PIECE):
                if counted and counts[direction] + len(data) >= fault.after:
                    data = data[: max(0, fault.after - counts[direction])]
                    target.sendall(data)
                    counts[direction] += len(data)
                    with self.lock:
                        self.hit += 1
                    if fault.kind == 'stall':
                        # Neither side hears anything more, and both are still there.
                        while source.recv(PIECE):
                            pass
                        return
                    if fault.kind == 'rst':
                        # Closed by _serve(), when neither direction is waiting any more: only then it resets.
                        for one in (source, target):
                            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                            one.shutdown(socket.SHUT_RD)
                        end = None
                    return
                if fault.kind == 'trickle':
                    for n in range(len(data)):
                        target.sendall(data[n:n + 1])
                elif fault.kind == 'delay':
                    time.sleep(fault.amount)
                    target.sendall(data)
                elif fault.kind == 'narrow':
                    for n in range(0, len(data), 1024):
                        target.sendall(data[n:n + 1024])
                        time.sleep(min(1024, len(data) - n) / fault.amount)
                else:
                    target.sendall(data)
                counts[direction] += len(data)
        except OSError:
            pass
        finally:
            # One direction's end is the end of both; with a reset nothing is said any more.
            if fault.kind == 'rst' and self.hit:
                end = None
            if end:
                end(source)
                end(target)

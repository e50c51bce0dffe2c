# SPDX-License-Identifier: GPL-3.0-or-later
"""A line between a program and a server that is slow, counted, or both."""
import collections
import socket
import threading
import time


class Wire:
    """with Wire(port, delay=0.025) as wire: connect to wire.port; wire.bytes is what went over it, both ways; wire.server the seconds in which the next to say
    something was the server: a program that asks much in one go waits once; wire.selected when a folder was first asked to be opened (unencrypted), on time.monotonic()'s
    clock, and wire.selecting the seconds until the server had said all that was asked in that go"""

    def __init__(self, target, delay=0.0):
        self.target, self.delay = target, delay
        self.reset()
        self.lock = threading.Lock()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]

    def reset(self):
        self.bytes, self.server = 0, 0.0
        self.selected, self.selecting, self.open = None, 0.0, False

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.listener.close()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(('127.0.0.1', self.target))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            last = [time.monotonic()]
            for source, sink in ((near, far), (far, near)):
                self.pump(source, sink, last, source is far)

    def pump(self, source, sink, last, is_server):
        """what was read leaves so much later, in its order; the line's width is not what is measured"""
        queue, ready = collections.deque(), threading.Condition()

        def read():
            while True:
                try:
                    data = source.recv(65536)
                except OSError:
                    data = b''
                with self.lock:
                    now = time.monotonic()
                    self.bytes += len(data)
                    if is_server and data:
                        self.server += now - last[0]
                        if self.selected is not None and self.open:
                            self.selecting = now - self.selected
                    elif data:
                        self.open = self.selected is None and b' SELECT ' in data
                        if self.open:
                            self.selected = now
                    last[0] = now
                with ready:
                    queue.append((time.monotonic() + self.delay, data))
                    ready.notify()
                if not data:
                    return

        def write():
            while True:
                with ready:
                    ready.wait_for(lambda: queue)
                    due, data = queue.popleft()
                time.sleep(max(0.0, due - time.monotonic()))
                try:
                    if data:
                        sink.sendall(data)
                        continue
                    sink.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                return

        threading.Thread(target=read, daemon=True).start()
        threading.Thread(target=write, daemon=True).start()

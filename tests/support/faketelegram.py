# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of mos-fake-telegram.h and mos-fake-meta.h, told what to do line by line (fake-telegram.c, fake-meta.c)."""
import subprocess


class Fake:
    def __init__(self, program, *words):
        self.process = subprocess.Popen([program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url, self.token = self.process.stdout.readline().split()

    def tell(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip('\n')

    def sent(self):
        text = self.tell('sent')
        return text.split('\x1f') if text else []

    def shown(self):
        text = self.tell('shown')
        return text.split('\x1f') if text else []

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)

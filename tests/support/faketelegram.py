# SPDX-License-Identifier: GPL-3.0-or-later
"""The Bot API server of mos-fake-telegram.h, told what to do line by line (fake-telegram.c)."""
import subprocess


class Fake:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
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

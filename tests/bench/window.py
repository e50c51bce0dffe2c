#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""window.py PROGRAM BENCH RUNS WORK STATE [COUNT]: one program's window measured, inside ui-session, for bench.py; prints JSON lines.

    start   wall and CPU seconds from exec to the drawn list, memory (PSS) five seconds later
    list    CPU seconds of a jump to the other end of the list, of opening the conversation there, and of going to another view, once the window rests again
    idle    seconds from the end of LMTP to the row being on the screen

Mostrador says itself when its list is drawn (MOSTRADOR_PRINT_READY); for Geary the part of the screen where the list lies is
looked at every ten milliseconds until it holds many colours.  New rows are seen the same way for both: that part of the screen changes.
"""
import ctypes
import glob
import hashlib
import json
import os
import smtplib
import sqlite3
import subprocess
import sys
import time

USER, PASSWORD = 'support@shop.test', 'secret'
PATIENCE = 120


class XImage(ctypes.Structure):
    _fields_ = [
        ('width', ctypes.c_int), ('height', ctypes.c_int), ('xoffset', ctypes.c_int), ('format', ctypes.c_int), ('data', ctypes.c_void_p),
        ('byte_order', ctypes.c_int), ('unit', ctypes.c_int), ('bit_order', ctypes.c_int), ('pad', ctypes.c_int), ('depth', ctypes.c_int), ('bytes_per_line', ctypes.c_int),
    ]


class Screen:
    """reads pixels faster than any program could be started for it"""

    def __init__(self):
        self.x = ctypes.CDLL('libX11.so.6')
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x.XGetImage.restype = ctypes.POINTER(XImage)
        self.x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x.XDestroyImage.argtypes = [ctypes.POINTER(XImage)]
        self.display = self.x.XOpenDisplay(os.environ['DISPLAY'].encode())
        self.root = self.x.XDefaultRootWindow(self.display)

    def read(self, x, y, width, height):
        image = self.x.XGetImage(self.display, self.root, x, y, width, height, 0xFFFFFFFF, 2)
        data = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * image.contents.height)
        self.x.XDestroyImage(image)
        return data


def colours(pixels):
    return len({pixels[i:i + 4] for i in range(0, len(pixels), 28)})


def cpu_of(pid):
    """of its threads that are there; to the nanosecond, where /proc/PID/stat counts hundredths"""
    total = 0
    for path in glob.glob('/proc/%d/task/*/schedstat' % pid):
        try:
            with open(path, encoding='ascii') as f:
                total += int(f.read().split()[0])
        except OSError:
            pass
    return total / 1e9


def memory_of(pid):
    """proportional memory in MB of the process and what it started"""
    total = 0
    with open('/proc/%d/smaps_rollup' % pid, encoding='ascii', errors='replace') as f:
        total = sum(int(line.split()[1]) for line in f if line.startswith('Pss:')) / 1024
    for children in glob.glob('/proc/%d/task/*/children' % pid):
        with open(children, encoding='ascii') as f:
            for child in f.read().split():
                try:
                    total += memory_of(int(child))
                except OSError:
                    pass
    return total


def tell(**values):
    print(json.dumps(values), flush=True)


def deliver(servers, subject):
    message = 'From: Bench <bench@mail.test>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@mail.test>\r\n\r\nHello, where is my parcel?\r\n' % (USER, subject, subject.replace(' ', '.'))
    with smtplib.LMTP(servers['host'], servers['lmtp'], timeout=30) as lmtp:
        lmtp.sendmail('bench@mail.test', [USER], message.encode())


class Program:
    # The part of the window where the list lies, as fractions: left, top, right, bottom.
    area = (0.2, 0.15, 0.45, 0.9)

    def __init__(self, screen):
        self.screen, self.process, self.window = screen, None, None

    def geometry(self):
        done = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', self.window], capture_output=True, text=True, check=False)
        g = dict(line.split('=', 1) for line in done.stdout.splitlines() if '=' in line)
        return [int(g[k]) for k in ('X', 'Y', 'WIDTH', 'HEIGHT')]

    def find_window(self):
        # ui-session's own windows have no name; the program's is the only visible one.
        done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)], capture_output=True, text=True, check=False)
        found = done.stdout.split()
        self.window = found[-1] if found else None
        return self.window

    def list_pixels(self):
        x, y, width, height = self.geometry()
        left, top, right, bottom = self.area
        x0, y0 = max(0, x + int(width * left)), max(0, y + int(height * top))
        return self.screen.read(x0, y0, max(20, min(1399, x + int(width * right)) - x0), max(20, min(999, y + int(height * bottom)) - y0))

    def rest(self, seconds=2, within=60):
        """until the list does not change for a while"""
        end, last, since = time.monotonic() + within, None, time.monotonic()
        while time.monotonic() < end:
            now = hashlib.sha256(self.list_pixels()).digest()
            if now != last:
                last, since = now, time.monotonic()
            if time.monotonic() - since > seconds:
                return last
            time.sleep(0.1)
        raise SystemExit('the list does not rest')

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Mostrador(Program):
    name = 'mostrador'

    def __init__(self, screen, state, *_):
        super().__init__(screen)
        self.command = ['mostrador', '--profile', state]

    def prepare(self):
        pass

    def start(self):
        began = time.perf_counter()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=dict(os.environ, MOSTRADOR_PRINT_READY='1'))
        for line in self.process.stdout:
            if line.strip() == 'ready':
                break
        else:
            raise SystemExit('mostrador ended with %s' % self.process.wait())
        wall, cpu = time.perf_counter() - began, cpu_of(self.process.pid)
        self.find_window()
        return wall, cpu


class Bare(Mostrador):
    """bench-bare: what a window with such a list costs at the least; state: the program"""

    name = 'bare'

    def __init__(self, screen, state, *_):
        super().__init__(screen, state)
        self.command = [state]


GEARY = '''[Metadata]
version=1
status=enabled

[Account]
ordinal=1
label=bench
prefetch_days=-1
save_drafts=false
save_sent=false
use_signature=false
signature=
sender_mailboxes=Bench <{user}>;
service_provider=other

[Folders]
archive_folder=
drafts_folder=
sent_folder=
junk_folder=
trash_folder=

[Incoming]
login={user}
remember_password=true
host=127.0.0.1
port={imap}
transport_security=none
credentials=custom

[Outgoing]
host=127.0.0.1
port={smtp}
transport_security=none
credentials=none
'''


class Geary(Program):
    name = 'geary'

    def __init__(self, screen, state, servers, count):
        super().__init__(screen)
        self.home, self.servers, self.count = state, servers, count
        # Its account, its database and its cache outlive this session's throw-away folders.
        for name, folder in (('XDG_CONFIG_HOME', 'config'), ('XDG_DATA_HOME', 'data'), ('XDG_CACHE_HOME', 'cache')):
            os.environ[name] = os.path.join(state, folder)
        os.environ.update(WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS='1', GSETTINGS_BACKEND='memory')

    def prepare(self):
        account = os.path.join(self.home, 'config/geary/account_01')
        os.makedirs(account)
        os.makedirs(os.path.join(self.home, 'cache/geary/database'))
        with open(os.path.join(account, 'geary.ini'), 'w', encoding='utf-8') as f:
            f.write(GEARY.format(user=USER, **{k: self.servers[k] for k in ('imap', 'smtp')}))
        subprocess.run(
            ['secret-tool', 'store', '--label=geary', 'xdg:schema', 'org.gnome.Geary', 'proto', 'IMAP', 'host', '127.0.0.1', 'login', USER],
            input=PASSWORD, text=True, check=True,
        )
        # The first sync is not what is measured here: all headers have to be in its database.
        self.process = subprocess.Popen(['geary'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end, rows = time.monotonic() + 900, 0
        while rows < self.count * 0.99:
            if time.monotonic() > end:
                raise SystemExit('geary has %d of %d messages after 15 minutes' % (rows, self.count))
            time.sleep(2)
            try:
                with sqlite3.connect('file:%s/data/geary/account_01/geary.db?mode=ro' % self.home, uri=True, timeout=5) as database:
                    rows = database.execute('select count(*) from MessageTable').fetchone()[0]
            except sqlite3.Error:
                pass
        self.stop()

    def start(self):
        began = time.perf_counter()
        self.process = subprocess.Popen(['geary'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while time.perf_counter() - began < PATIENCE:
            if (self.window or self.find_window()) and colours(self.list_pixels()) > 24:
                return time.perf_counter() - began, cpu_of(self.process.pid)
            time.sleep(0.01)
        raise SystemExit('geary draws no list')

    def stop(self):
        # It knows that it was asked to quit; a signal would leave its database open.
        subprocess.run(['geary', '--quit'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            super().stop()
        self.window = None


def spend(one, what, keys, times):
    """CPU seconds of each of several things that a person does by a key, after which the window rests"""
    for number in range(times):
        one.rest(seconds=1)
        before, began = cpu_of(one.process.pid), time.perf_counter()
        subprocess.run(['xdotool', 'key', '--window', one.window, keys[number % len(keys)]], check=True)
        one.rest(seconds=1)
        tell(what=what, wall=time.perf_counter() - began, cpu=cpu_of(one.process.pid) - before)


def measure_list(one, runs):
    one.start()
    if one.name == 'bare':
        subprocess.run(['xdotool', 'windowfocus', '--sync', one.window], check=False)
        spend(one, 'warm', ['End', 'Home'], 2)
        spend(one, 'jump', ['End', 'Home'], 4 * runs)
        one.stop()
        return
    subprocess.run(['xdotool', 'windowfocus', '--sync', one.window], check=False)
    subprocess.run(['xdotool', 'key', 'ctrl+4', 'ctrl+g', 'Home'], check=True)
    # Not the first ones: fonts and pictures are read then.
    spend(one, 'warm', ['End', 'Home'], 2)
    # The focus alone moves; what is there is not opened.
    spend(one, 'jump', ['ctrl+End', 'ctrl+Home'], 4 * runs)
    spend(one, 'open', ['End', 'Home'], 4 * runs)
    spend(one, 'view', ['ctrl+3', 'ctrl+4'], 4 * runs)
    one.stop()


def main(program, bench, runs, work, state, count='0'):
    with open(os.path.join(work, 'servers.json'), encoding='utf-8') as f:
        servers = json.load(f)
    one = {'mostrador': Mostrador, 'geary': Geary, 'bare': Bare}[program](Screen(), state, servers, int(count))
    one.prepare()
    if bench == 'start':
        for _ in range(int(runs)):
            wall, cpu = one.start()
            time.sleep(5)
            tell(program=program, wall=wall, cpu=cpu, rss=memory_of(one.process.pid))
            one.stop()
    elif bench == 'list':
        measure_list(one, int(runs))
    else:
        one.start()
        for number in range(int(runs)):
            before = one.rest(seconds=5)
            deliver(servers, 'Where is parcel %s %d' % (program, number))
            began = time.perf_counter()
            while hashlib.sha256(one.list_pixels()).digest() == before:
                if time.perf_counter() - began > PATIENCE:
                    raise SystemExit('no row came')
                time.sleep(0.01)
            tell(program=program, wall=time.perf_counter() - began)
        one.stop()


if __name__ == '__main__':
    main(*sys.argv[1:])

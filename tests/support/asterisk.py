#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real switchboard for tests: Asterisk of Debian sid on free loopback ports, and SIPp as who calls it.

As a module:  with Asterisk() as pbx: pbx.call('+15551230001', 'Ann Customer', '100')

Both lie in a root of their own, which ./dev makes (MOSTRADOR_SID): another Debian, with another C library.  They are started by that
root's loader with that root's libraries, so nothing has to be mounted and nobody has to be root (see synapse.py).  Without that root
NoRoot is raised.
"""
import contextlib
import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

HOST = '127.0.0.1'
USER = 'helpdesk'
SECRET = 'a secret of the desk'
START_SECONDS = 60
# The numbers that can be called.
ANSWERED, BUSY, RINGS, VOICEMAIL = '100', '200', '300', '400'

FILES = {
    'asterisk.conf': '''
[directories]
astetcdir => {dir}
astmoddir => {modules}
astvarlibdir => {dir}/lib
astdbdir => {dir}
astkeydir => {dir}/lib
astdatadir => {root}/usr/share/asterisk
astagidir => {dir}/lib
astspooldir => {dir}/spool
astrundir => {dir}
astlogdir => {dir}/log
[options]
documentation_language = en_US
''',
    'modules.conf': '''
[modules]
autoload=no
load => res_timing_timerfd.so
load => res_sorcery_config.so
load => res_sorcery_memory.so
load => res_sorcery_astdb.so
load => res_pjproject.so
load => res_pjsip.so
load => res_pjsip_pubsub.so
load => res_pjsip_session.so
load => res_pjsip_sdp_rtp.so
load => res_pjsip_caller_id.so
load => res_pjsip_endpoint_identifier_ip.so
load => res_rtp_asterisk.so
load => bridge_simple.so
load => bridge_builtin_features.so
load => chan_pjsip.so
load => codec_ulaw.so
load => format_wav.so
load => app_dial.so
load => app_voicemail.so
load => func_cdr.so
load => func_callerid.so
load => pbx_config.so
load => cdr_csv.so
load => cdr_manager.so
''',
    'cdr.conf': '''
[general]
enable=yes
unanswered=yes
congestion=yes
[csv]
usegmtime=yes
loguniqueid=yes
''',
    'cdr_manager.conf': '''
[general]
enabled=yes
''',
    'logger.conf': '''
[general]
[logfiles]
messages => notice,warning,error
''',
    'manager.conf': '''
[general]
enabled=yes
bindaddr={host}
port={ami}
[{user}]
secret={secret}
read=call,cdr
write=originate,reporting
''',
    'voicemail.conf': '''
[general]
format=wav
maxsilence=2
[default]
400 => 1234,Shop
''',
    # 100: somebody at 600 takes it; 200: somebody at 601 is speaking; 300: nobody takes it; 400: the mailbox does.
    'extensions.conf': '''
[incoming]
exten => 100,1,Dial(Local/600@desk,20)
exten => 200,1,Dial(Local/601@desk,20)
 same => n,Hangup(17)
exten => 300,1,Dial(Local/602@desk,20)
exten => 400,1,VoiceMail(400@default,s)
[desk]
exten => 600,1,Answer()
 same => n,Wait(30)
exten => 601,1,Busy(1)
exten => 602,1,Ringing()
 same => n,Wait(30)
''',
    'pjsip.conf': '''
[global]
type=global
[udp]
type=transport
protocol=udp
bind={host}:{sip}
[caller]
type=endpoint
context=incoming
disallow=all
allow=ulaw
[caller]
type=identify
endpoint=caller
match={host}
''',
}

HEAD = '''Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: {name}<sip:{number}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>{tag}
Call-ID: [call_id]
CSeq: {sequence} {method}
Max-Forwards: 70
'''
INVITE = '''<send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{head}Contact: <sip:{number}@[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=u 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
]]></send>
<recv response="100" optional="true"/>
'''
REQUEST = '''<send{more}><![CDATA[
{method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{head}Content-Length: 0

]]></send>
'''


class NoRoot(Exception):
    pass


class AsteriskError(Exception):
    pass


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


def loader_of(root):
    loaders = glob.glob(os.path.join(root, 'usr/lib/*/ld-linux-*.so.*')) + glob.glob(os.path.join(root, 'usr/lib/ld-linux-*.so.*'))
    libraries = sorted({os.path.dirname(p) for p in glob.glob(os.path.join(root, 'usr/lib/*/libc.so.6'))}) + [os.path.join(root, 'usr/lib')]
    if not loaders:
        raise AsteriskError('%s holds no loader' % root)
    return [loaders[0], '--library-path', ':'.join(libraries)]


def request(method, number, name, sequence=1, answered=True, more=''):
    head = HEAD.format(number=number, name=name, tag='[peer_tag_param]' if answered else '', sequence=sequence, method=method)
    return REQUEST.format(method=method, head=head, more=more)


def scenario(number, name, plan, talk_ms):
    """what the caller does: 'talk' and hang up, 'give-up' while it rings, or be told that it is 'busy'. A request that belongs to the first one has its branch, so many steps back"""
    name = '"%s" ' % name if name else ''
    head = HEAD.format(number=number, name=name, tag='', sequence=1, method='INVITE')
    text = '<?xml version="1.0"?>\n<scenario name="c">\n' + INVITE.format(head=head, number=number)
    if plan == 'give-up':
        text += '<recv response="180"/>\n<pause milliseconds="%d"/>\n' % talk_ms
        text += request('CANCEL', number, name, answered=False, more=' retrans="500"').replace('[branch]', '[branch-4]')
        text += '<recv response="200"/>\n<recv response="487"/>\n' + request('ACK', number, name).replace('[branch]', '[branch-7]')
    elif plan == 'busy':
        text += '<recv response="180" optional="true"/>\n<recv response="183" optional="true"/>\n<recv response="486"/>\n' + request('ACK', number, name).replace('[branch]', '[branch-5]')
    else:
        text += '<recv response="180" optional="true"/>\n<recv response="183" optional="true"/>\n<recv response="200" rrs="true"/>\n'
        text += request('ACK', number, name) + '<pause milliseconds="%d"/>\n' % talk_ms
        text += request('BYE', number, name, sequence=2, more=' retrans="500"') + '<recv response="200"/>\n'
    return text + '</scenario>\n'


class Between:
    """a line to the manager that can be cut; it remembers what went through"""

    def __init__(self, port):
        self.to = port
        self.server = socket.create_server((HOST, 0))
        self.port = self.server.getsockname()[1]
        self.said = self.heard = b''
        self.is_cut = False
        self.lines = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            line, _ = self.server.accept()
            if self.is_cut:
                line.close()
                continue
            peer = socket.create_connection((HOST, self.to))
            self.lines += [line, peer]
            threading.Thread(target=self._copy, args=(line, peer, 'said'), daemon=True).start()
            threading.Thread(target=self._copy, args=(peer, line, 'heard'), daemon=True).start()

    def _copy(self, source, target, name):
        try:
            while data := source.recv(65536):
                setattr(self, name, getattr(self, name) + data)
                target.sendall(data)
        except OSError:
            pass

    def cut(self):
        """… and nobody comes through until it is mended"""
        self.is_cut = True
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self.lines = []

    def mend(self):
        self.is_cut = False


class Asterisk:
    def __init__(self, root=None):
        self.root = root or os.environ.get('MOSTRADOR_SID', '')
        if not os.path.isdir(self.root):
            raise NoRoot(self.root)
        self.loader = loader_of(self.root)
        self.process = None
        self.dir = tempfile.mkdtemp(prefix='asterisk.')
        self.ami = free_port()
        self.sip = free_port(socket.SOCK_DGRAM)
        self.cdr = os.path.join(self.dir, 'log', 'cdr-csv', 'Master.csv')
        self.n_calls = 0

    def __enter__(self):
        try:
            self._configure()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _configure(self):
        modules = glob.glob(os.path.join(self.root, 'usr/lib/*/asterisk/modules'))
        if not modules:
            raise AsteriskError('%s holds no Asterisk' % self.root)
        for folder in ('lib', 'spool', 'log', 'log/cdr-csv'):
            os.makedirs(os.path.join(self.dir, folder))
        values = {'dir': self.dir, 'root': self.root, 'modules': modules[0], 'host': HOST, 'ami': self.ami, 'sip': self.sip, 'user': USER, 'secret': SECRET}
        for name, text in FILES.items():
            with open(os.path.join(self.dir, name), 'w', encoding='utf-8') as f:
                f.write(text.format(**values))

    def start(self):
        with open(os.path.join(self.dir, 'output'), 'ab') as output:
            self.process = subprocess.Popen(
                [*self.loader, os.path.join(self.root, 'usr/sbin/asterisk'), '-f', '-C', os.path.join(self.dir, 'asterisk.conf')],
                env={'PATH': '/usr/bin:/bin', 'HOME': self.dir, 'LANG': 'C.UTF-8'}, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )
        until = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AsteriskError('Asterisk did not start:\n' + self.log())
            time.sleep(0.1)

    def _is_ready(self):
        """it greets, and takes calls: a request for its options is answered"""
        try:
            with socket.create_connection((HOST, self.ami), 1) as s:
                if not s.recv(100).startswith(b'Asterisk Call Manager/'):
                    return False
        except OSError:
            return False
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind((HOST, 0))
            s.settimeout(0.5)
            port = s.getsockname()[1]
            text = ('OPTIONS sip:100@%s:%d SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bK-ready\r\nFrom: <sip:ready@%s>;tag=1\r\nTo: <sip:100@%s>\r\n'
                    'Call-ID: ready\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContact: <sip:ready@%s:%d>\r\nContent-Length: 0\r\n\r\n'
                    % (HOST, self.sip, HOST, port, HOST, HOST, HOST, port))
            try:
                s.sendto(text.encode(), (HOST, self.sip))
                return s.recv(2000).startswith(b'SIP/2.0')
            except OSError:
                return False

    def stop(self):
        """as a machine that is switched off"""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def call(self, number, name, exten, plan='talk', talk_ms=1500):
        """one call, to its end"""
        self.n_calls += 1
        path = os.path.join(self.dir, 'call%d.xml' % self.n_calls)
        with open(path, 'w', encoding='utf-8') as f:
            f.write(scenario(number, name, plan, talk_ms))
        run = subprocess.run(
            [*self.loader, os.path.join(self.root, 'usr/bin/sipp'), '%s:%d' % (HOST, self.sip), '-s', exten, '-sf', path, '-m', '1', '-i', HOST,
             '-p', str(free_port(socket.SOCK_DGRAM)), '-nostdin', '-timeout', '40s', '-timeout_error'],
            env={'PATH': '/usr/bin:/bin', 'HOME': self.dir, 'LANG': 'C.UTF-8', 'TERM': 'dumb'}, cwd=self.dir, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
        )
        if run.returncode != 0:
            raise AsteriskError('the call to %s ended with %d:\n%s\n%s' % (exten, run.returncode, run.stdout.decode(errors='replace')[-2000:], self.log()))

    def log(self):
        texts = []
        for name in ('output', 'log/messages', 'log/cdr-csv/Master.csv'):
            path = os.path.join(self.dir, name)
            if os.path.exists(path):
                with open(path, encoding='utf-8', errors='replace') as f:
                    texts.append(f.read()[-3000:])
        return '\n'.join(texts)

    def close(self):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        shutil.rmtree(self.dir, ignore_errors=True)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Cyrus and Courier: IMAP servers that Debian does not let be installed beside Dovecot.

`./dev` unpacks them into a folder that MOSTRADOR_SERVERS names (build-aux/unpacked-packages.txt); nothing of them is installed, and
all they write is in the run's temporary folder. Both are run by the user that the mailboxes belong to, never by root.

Each class has start(servers) and deliver(user, message); servers is the servers.Servers that owns the folder, ports and processes.
"""
import base64
import os
import re
import select
import shutil
import socket
import ssl
import subprocess
import threading

CYRUS_CONF = '''
START {{
  recover cmd="{bin}/ctl_cyrusdb -C {dir}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{bin}/imapd -C {dir}/imapd.conf" listen="{host}:{imap}" proto="tcp4" prefork=0
  imaps cmd="{bin}/imapd -s -C {dir}/imapd.conf" listen="{host}:{imaps}" proto="tcp4" prefork=0
  lmtp cmd="{bin}/lmtpd -a -C {dir}/imapd.conf" listen="{host}:{lmtp}" proto="tcp4" prefork=0
}}
DAEMON {{
  idled cmd="{bin}/idled -C {dir}/imapd.conf"
}}
'''

# The old name space ("INBOX.Sent", other people's below "user.") is how most Cyrus servers in use are set up.
IMAPD_CONF = '''
configdirectory: {dir}/cyrus
partition-default: {dir}/cyrus/spool
defaultpartition: default
cyrus_user: {owner}
servername: mail.shop.test
admins: admin@shop.test
virtdomains: userid
defaultdomain: internal.test
altnamespace: {alternative}
unixhierarchysep: {alternative}
fulldirhash: 0
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {dir}/cyrus/sasldb2
sasl_mech_list: PLAIN LOGIN
tls_server_cert: {dir}/cyrus/server.pem
tls_server_key: {dir}/cyrus/server.key
tls_session_timeout: 0
autocreate_quota: 0
autocreate_inbox_folders: Sent | Drafts | Junk | Trash
autocreate_subscribe_folders: Sent | Drafts | Junk | Trash
xlist-sent: Sent
xlist-drafts: Drafts
xlist-junk: Junk
xlist-trash: Trash
imapidlepoll: 2
'''

# What a server is to keep to itself, so that the plain ways are gone: everything but the base.
BARE = ('CONDSTORE', 'QRESYNC', 'ENABLE', 'ESEARCH', 'IDLE', 'UIDPLUS', 'MOVE', 'NAMESPACE', 'SPECIAL-USE', 'LIST-EXTENDED', 'LIST-STATUS',
        'LITERAL+', 'SASL-IR', 'COMPRESS=DEFLATE', 'ID', 'UNSELECT', 'NOTIFY', 'XLIST', 'STATUS=SIZE', 'OBJECTID', 'BINARY')


def unpacked():
    """the folder with the unpacked packages, and the run-time linker's path into it"""
    root = os.environ.get('MOSTRADOR_SERVERS')
    if not root or not os.path.isdir(root):
        raise FileNotFoundError('MOSTRADOR_SERVERS names no folder; ./dev test makes it')
    multiarch = [name for name in os.listdir(root + '/usr/lib') if name.endswith('-linux-gnu') or '-linux-gnu' in name]
    libraries = [root + '/usr/lib/' + name for name in multiarch] + [root + '/usr/lib']
    return root, libraries


class Cyrus:
    """master, imapd, idled and lmtpd of Cyrus.  bare: as few capabilities as it can say; alternative: "Sent" beside INBOX, "/" between"""

    def __init__(self, bare=False, alternative=False):
        self.bare = bare
        self.alternative = alternative

    ports = ('imap', 'imaps', 'lmtp')

    def start(self, servers, owner, password):
        root, libraries = unpacked()
        at = os.path.join(servers.dir, 'cyrus')
        for name in ('', 'socket', 'proc', 'db', 'log', 'spool'):
            os.makedirs(os.path.join(at, name), exist_ok=True)
        values = dict(servers.ports, dir=servers.dir, bin=root + '/usr/lib/cyrus/bin', host='127.0.0.1', owner=owner.pw_name,
                      alternative=1 if self.alternative else 0)
        text = IMAPD_CONF.format(**values)
        if self.bare:
            text += 'suppress_capabilities: %s\n' % ' '.join(BARE)
        servers._write('imapd.conf', text)
        servers._write('cyrus.conf', CYRUS_CONF.format(**values))
        for name in ('server.pem', 'server.key'):
            shutil.copy(os.path.join(servers.dir, 'tls', name), at)
        for user in servers.users + ('admin@shop.test',):
            name, realm = user.split('@')
            subprocess.run(['saslpasswd2', '-p', '-c', '-f', at + '/sasldb2', '-u', realm, name], input=password.encode(), check=True, capture_output=True)
        give(at, owner)
        plugins = [path + '/sasl2' for path in libraries if os.path.isdir(path + '/sasl2')]
        environment = {'LD_LIBRARY_PATH': ':'.join(libraries), 'SASL_PATH': ':'.join(plugins), 'CYRUS_USER': owner.pw_name, 'PATH': os.environ['PATH']}
        servers._spawn(root + '/usr/lib/cyrus/bin/master', '-D', '-C', servers.dir + '/imapd.conf', '-M', servers.dir + '/cyrus.conf',
                       '-p', at + '/master.pid', env=environment, owner=owner)


class Courier:
    """Courier's imapd behind a small front door.

    Courier splits the work: one program signs people in (asking a daemon with fixed paths in /run and /etc), then becomes imapd, which
    reads and writes the standard streams and knows nothing of passwords.  The front door does the first part's work, for TLS too.
    """

    ports = ('imap', 'imaps')
    CAPABILITIES = 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE'

    def start(self, servers, owner, password):
        root, libraries = unpacked()
        self.servers, self.owner, self.password = servers, owner, password
        self.program = root + '/usr/bin/imapd'
        self.environment = {
            'LD_LIBRARY_PATH': ':'.join(libraries), 'PATH': os.environ['PATH'], 'PROTOCOL': 'IMAP', 'TCPREMOTEIP': '127.0.0.1',
            'IMAP_CAPABILITY': self.CAPABILITIES, 'IMAP_KEYWORDS': '1', 'IMAP_ACL': '1', 'IMAP_CHECK_ALL_FOLDERS': '0', 'IMAP_USELOCKS': '1',
            'IMAP_EMPTYTRASH': '', 'IMAP_IDLE_TIMEOUT': '60', 'IMAP_TRASHFOLDERNAME': 'Trash'}
        for user in servers.users:
            subprocess.run([root + '/usr/bin/maildirmake.courier', servers.maildir(user)], env=self.environment, check=True)
            give(os.path.dirname(servers.maildir(user)), owner)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(servers.dir + '/tls/server.pem', servers.dir + '/tls/server.key')
        for name in self.ports:
            listener = socket.create_server(('127.0.0.1', servers.ports[name]), backlog=20)
            servers.closers.append(listener.close)
            threading.Thread(target=self._serve, args=(listener, name == 'imaps'), daemon=True).start()

    def _serve(self, listener, encrypted):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._greet, args=(connection, encrypted), daemon=True).start()

    def _greet(self, connection, encrypted):
        try:
            with connection:
                if encrypted:
                    connection = self.context.wrap_socket(connection, server_side=True)
                connection.settimeout(60)
                signed_in = self._sign_in(connection)
                if signed_in:
                    self._be_imapd(connection, *signed_in)
        except (OSError, ValueError):
            pass  # whoever only looked whether the port answers, or was cut off

    def _sign_in(self, connection):
        """up to the log-in: (user, tag, what the client sent already), or None"""
        def say(text):
            connection.sendall(text.encode() + b'\r\n')

        stream = connection.makefile('rb', buffering=0)
        before = 'IMAP4rev1 CHILDREN NAMESPACE IDLE AUTH=PLAIN'
        say('* OK [CAPABILITY %s] Courier-IMAP ready.' % before)
        while line := stream.readline(8192):
            tag, verb, rest = (line.decode('utf-8', 'replace').split(None, 2) + ['', '', ''])[:3]
            rest = rest.strip()
            user = given = None
            if verb.upper() == 'CAPABILITY':
                say('* CAPABILITY ' + before)
                say(tag + ' OK CAPABILITY completed')
            elif verb.upper() == 'LOGOUT':
                say('* BYE Courier-IMAP server shutting down')
                say(tag + ' OK LOGOUT completed')
                return None
            elif verb.upper() == 'LOGIN':
                words = [a or b for a, b in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', rest)]
                user, given = (words + ['', ''])[:2]
            elif verb.upper() == 'AUTHENTICATE' and rest.upper() == 'PLAIN':
                say('+ ')
                _, user, given = base64.b64decode(stream.readline(8192)).decode().split('\0')
            else:
                say(tag + ' NO Error in IMAP command received by server.')
                continue
            if user in self.servers.users and given == self.password:
                return user, tag
            if user is not None:
                say(tag + ' NO Login failed.')
        return None

    def _be_imapd(self, connection, user, tag):
        maildir = self.servers.maildir(user)
        here, there = socket.socketpair()
        with here:
            as_owner = {'user': self.owner.pw_uid, 'group': self.owner.pw_gid, 'extra_groups': []} if os.geteuid() == 0 else {}
            process = subprocess.Popen(
                [self.program, 'Maildir'], cwd=os.path.dirname(maildir), stdin=there, stdout=there, stderr=subprocess.DEVNULL,
                env=dict(self.environment, AUTHENTICATED=user, AUTHADDR=user, HOME=os.path.dirname(maildir), MAILDIR=maildir), **as_owner)
            there.close()
            try:
                greeting = b''
                while not greeting.endswith(b'\r\n'):
                    byte = here.recv(1)
                    if not byte:
                        return
                    greeting += byte
                # "* PREAUTH Ready." is what its other part says as the answer to LOGIN.
                connection.sendall(tag.encode() + b' OK LOGIN Ok.\r\n')
                connection.settimeout(None)
                self._carry(connection, here)
            finally:
                process.terminate()
                process.wait()

    @staticmethod
    def _carry(one, other):
        while True:
            ready = [one] if hasattr(one, 'pending') and one.pending() else select.select([one, other], [], [])[0]
            for source in ready:
                data = source.recv(65536)
                if not data:
                    return
                (other if source is one else one).sendall(data)


def give(folder, owner):
    """all of the folder to the user that runs the server"""
    if os.geteuid() != 0:
        return
    for at, _, files in os.walk(folder):
        for path in [at] + [os.path.join(at, name) for name in files]:
            os.chown(path, owner.pw_uid, owner.pw_gid)


KINDS = {
    'cyrus': lambda: Cyrus(),
    'cyrus-bare': lambda: Cyrus(bare=True),
    'cyrus-alternative': lambda: Cyrus(alternative=True),
    'courier': lambda: Courier(),
}

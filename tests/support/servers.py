#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real mail servers for tests, benchmarks and the live sample shop: Dovecot 2.4 and postfix on free loopback ports.

As a command:  servers.py [--no-postfix] [--kind KIND] [--strict] [--user ADDRESS]...
starts them in a temporary folder, prints one line of JSON (see Servers.describe) and runs until its standard input is closed or
it is told to stop; then it ends what it started, by process id, and removes the folder.  As a module:

    with Servers() as servers:
        imap = servers.imap('support@shop.test')
        servers.deliver('support@shop.test', b'From: …')

Dovecot: IMAP (plain and STARTTLS on one port, TLS on another; PLAIN, LOGIN, SCRAM-SHA-1, SCRAM-SHA-256), LMTP, submission.
Postfix: smtp (as an MX: takes mail for the two domains), submission (STARTTLS and AUTH required), submissions (TLS).  It hands
mail to Dovecot by LMTP.  Started as root (also a namespace's own), both use their usual system users; started as an ordinary
user there is Dovecot alone, all of it under that user, and Relay takes postfix's place.

--kind names another IMAP server than Dovecot, alone: see other_servers.py.  "dovecot-bare" is a Dovecot that says nearly no capability.
"""
import argparse
import base64
import grp
import imaplib
import json
import os
import pwd
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

import other_servers
import strict_proxy

PASSWORD = 'secret'
USERS = ('support@shop.test', 'customer@mail.test')
HOST = '127.0.0.1'
SIZE_LIMIT = 26214400
# What signs the access tokens of tests, and for whom they are; Dovecot checks both by itself.
OAUTH_KEY = b'supersecretkeysupersecretkey1234'
OAUTH_AUDIENCE = 'mostrador-test'
MASTER = 'clerk@shop.test'
START_SECONDS = 30

DOVECOT = '''
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {dir}/dovecot
state_dir = {dir}/dovecot/state
log_path = {dir}/dovecot.log
protocols = imap lmtp submission
listen = {host}
hostname = mail.shop.test
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
first_valid_uid = 1
mail_uid = {mail_uid}
mail_gid = {mail_gid}
mail_driver = maildir
mail_path = ~/Maildir
mail_max_userip_connections = 100
maildir_very_dirty_syncs = no
ssl = yes
ssl_server_cert_file = {dir}/tls/server.pem
ssl_server_key_file = {dir}/tls/server.key
auth_mechanisms = plain login scram-sha-256 scram-sha-1
auth_allow_cleartext = yes
auth_failure_delay = 0
submission_relay_host = {host}
submission_relay_port = {relay}
submission_relay_ssl = no
passdb passwd-file {{
  passwd_file_path = {dir}/users
  default_password_scheme = plain
}}
userdb passwd-file {{
  passwd_file_path = {dir}/users
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Junk {{
    auto = subscribe
    special_use = \\Junk
  }}
  mailbox Trash {{
    auto = subscribe
    special_use = \\Trash
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {dovecot_submission}
  }}
  inet_listener submissions {{
    port = {dovecot_submissions}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service auth {{
  unix_listener postfix {{
    path = {dir}/auth
    mode = 0666
  }}
}}
'''

# Access tokens beside passwords, and one who may open another's mailbox with his own password (SASL authorization identity).
DOVECOT_OAUTH = '''
auth_mechanisms = plain login scram-sha-256 scram-sha-1 xoauth2 oauthbearer
oauth2_introspection_mode = local
oauth2_username_attribute = sub
oauth2_username_validation_format = %{{user}}
oauth2_audience = {audience}
oauth2_local_validation {{
  dict fs {{
    fs posix {{
      prefix = {dir}/keys/
    }}
  }}
}}
passdb oauth2 {{
  mechanisms_filter = oauthbearer xoauth2
}}
passdb master {{
  driver = passwd-file
  passwd_file_path = {dir}/masters
  default_password_scheme = plain
  master = yes
  result_success = continue
}}
'''

MAIN_CF = '''
compatibility_level = 3.10
queue_directory = {dir}/queue
data_directory = {dir}/postfix-data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {dir}/postfix.log
maillog_file_prefixes = {dir}
myhostname = mail.shop.test
mydestination =
mynetworks =
inet_interfaces = {host}
inet_protocols = ipv4
alias_maps =
alias_database =
local_transport = error:no local mailboxes
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{dir}/mailboxes
virtual_transport = lmtp:inet:{host}:{lmtp}
lmtp_tls_security_level = none
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
smtpd_tls_security_level = may
smtpd_tls_cert_file = {dir}/tls/server.pem
smtpd_tls_key_file = {dir}/tls/server.key
smtpd_tls_session_cache_database =
smtp_tls_session_cache_database =
smtpd_sasl_type = dovecot
smtpd_sasl_path = {dir}/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtputf8_enable = yes
message_size_limit = {size_limit}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 5s
queue_run_delay = 5s
'''

MASTER_CF = '''
{host}:{smtp} inet n - n - - smtpd
{host}:{submission} inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes -o smtpd_tls_security_level=encrypt -o smtpd_client_restrictions=permit_sasl_authenticated,reject
{host}:{submissions} inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes -o smtpd_tls_wrappermode=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
'''


class ServerError(Exception):
    """a server is missing or did not start; the text ends with its log"""


def free_ports(count):
    """that many free loopback ports; held open together, so no two are the same"""
    sockets = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def run(*command, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise ServerError('%s: %s' % (command[0], (done.stderr or done.stdout).strip()))


def make_certificates(folder):
    """a certificate authority of this run alone, and a certificate for localhost signed by it"""
    os.makedirs(folder)
    at = lambda name: os.path.join(folder, name)
    key = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes')
    run('openssl', 'req', '-x509', *key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '2', '-subj', '/CN=Mostrador test authority',
        '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
    run('openssl', 'req', *key, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=localhost')
    with open(at('server.ext'), 'w', encoding='ascii') as f:
        f.write('basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,DNS:mail.shop.test,IP:127.0.0.1\n')
    run('openssl', 'x509', '-req', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2',
        '-extfile', at('server.ext'), '-out', at('server.pem'))
    os.chmod(at('server.key'), 0o600)


class Servers:
    """Dovecot and, as root, postfix.  Use it in a `with`, or call start() and stop().  on_mail: see Relay.  kind: see above."""

    def __init__(self, users=USERS, postfix=None, on_mail=None, kind='dovecot', oauth=False, strict=False):
        self.users = tuple(users)
        self.strict = strict
        self.kind = kind
        self.other = other_servers.KINDS[kind]() if kind in other_servers.KINDS else None
        self.postfix = (os.geteuid() == 0 if postfix is None else postfix) and kind == 'dovecot'
        self.closers = []
        self.on_mail = on_mail
        self.oauth = oauth
        self.processes = []
        self.relay = None
        self.dir = None
        self.ports = {}

    # ---- starting and stopping ----

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """somebody else may take a port between our look and the server's: then it ends at once, and others are taken"""
        for is_last in (False, False, True):
            try:
                return self._start()
            except ServerError:
                if is_last or all(process.poll() is None for process in self.processes):
                    raise
                self.stop()

    def _start(self):
        for tool in ('openssl', 'saslpasswd2' if self.other else 'dovecot') + (('postconf',) if self.postfix else ()):
            if not shutil.which(tool):
                raise ServerError('%s is not installed' % tool)
        self.dir = tempfile.mkdtemp(prefix='mos-servers-')
        os.chmod(self.dir, 0o755)
        names = self.other.ports if self.other else ('imap', 'imaps', 'lmtp', 'dovecot_submission', 'dovecot_submissions', 'smtp', 'submission', 'submissions')
        self.ports = dict(zip(names + ('strict',), free_ports(len(names) + 1)))
        make_certificates(os.path.join(self.dir, 'tls'))
        if self.other:
            self._start_other()
        else:
            if not self.postfix:
                for name in ('submission', 'submissions'):
                    del self.ports[name]
                self.relay = Relay(self, self.on_mail)
            self._start_dovecot()
            if self.postfix:
                self._start_postfix()
        strict = self.ports.pop('strict')
        for name, port in self.ports.items():
            self._wait_for_port(name, port)
        if self.strict:
            proxy = strict_proxy.StrictProxy((HOST, strict), (HOST, self.ports['imap']), os.path.join(self.dir, 'violations'))
            self.closers.append(proxy.close)
            self.ports.update(imap=strict, imap_direct=self.ports['imap'])
        return self

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        while self.closers:
            self.closers.pop()()
        if self.relay:
            self.relay.stop()
            self.relay = None
        if self.dir:
            shutil.rmtree(self.dir, ignore_errors=True)
            self.dir = None

    def _spawn(self, *command, env=None, owner=None):
        as_owner = {'user': owner.pw_uid, 'group': owner.pw_gid, 'extra_groups': []} if owner and os.geteuid() == 0 else {}
        log = open(os.path.join(self.dir, os.path.basename(command[0]) + '.out'), 'ab')
        with log:
            # A session of its own: Ctrl+C in a terminal reaches us, and we end them in order.
            self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env=env, **as_owner))

    def logs(self):
        text = []
        for name in sorted(os.listdir(self.dir)):
            if name.endswith(('.log', '.out')):
                with open(os.path.join(self.dir, name), encoding='utf-8', errors='replace') as f:
                    text += ['--- ' + name] + f.read().splitlines()[-25:]
        return '\n'.join(text)

    def _wait_for_port(self, name, port):
        end = time.monotonic() + START_SECONDS
        while True:
            for process in self.processes:
                if process.poll() is not None:
                    raise ServerError('%s ended with %s\n%s' % (process.args[0], process.returncode, self.logs()))
            try:
                socket.create_connection((HOST, port), 5).close()
                return
            except OSError:
                if time.monotonic() > end:
                    raise ServerError('%s (port %d) does not answer\n%s' % (name, port, self.logs())) from None
                time.sleep(0.05)

    def _write(self, name, text):
        with open(os.path.join(self.dir, name), 'w', encoding='utf-8') as f:
            f.write(text.lstrip('\n'))

    def _start_other(self):
        owner = pwd.getpwnam('mail') if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        for user in self.users:
            os.makedirs(os.path.join(self.dir, 'home', user))
        try:
            self.other.start(self, owner, PASSWORD)
        except FileNotFoundError as problem:
            raise ServerError(str(problem)) from None

    def _start_dovecot(self):
        if os.geteuid() == 0:
            owner = pwd.getpwnam('mail')
            who = {'login_user': 'dovenull', 'internal_user': 'dovecot', 'internal_group': 'dovecot'}
        else:
            owner = pwd.getpwuid(os.geteuid())
            who = {'login_user': owner.pw_name, 'internal_user': owner.pw_name, 'internal_group': grp.getgrgid(owner.pw_gid).gr_name}
        lines = []
        for user in self.users:
            home = os.path.join(self.dir, 'home', user)
            os.makedirs(os.path.join(home, 'Maildir'))
            lines.append('%s:{PLAIN}%s:%d:%d::%s::\n' % (user, PASSWORD, owner.pw_uid, owner.pw_gid, home))
        self._write('users', ''.join(lines))
        if os.geteuid() == 0:
            for folder, folders, files in os.walk(os.path.join(self.dir, 'home')):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        os.makedirs(os.path.join(self.dir, 'dovecot', 'state'))
        values = dict(self.ports, dir=self.dir, host=HOST, mail_uid=owner.pw_uid, mail_gid=owner.pw_gid, relay=self.ports['smtp'], **who)
        # A test that wants another server adds its settings here, e.g. one with few extensions.
        bare = 'imap_capability = IMAP4rev1\n' if self.kind == 'dovecot-bare' else ''
        self._write('dovecot.conf', DOVECOT.format(**values) + bare + self._make_oauth() + os.environ.get('MOS_TEST_DOVECOT', ''))
        self._spawn('dovecot', '-F', '-c', os.path.join(self.dir, 'dovecot.conf'))

    def _make_oauth(self):
        if not self.oauth:
            return ''
        for folder in ('keys/default/HS256', 'keys/shared/default/HS256'):
            os.makedirs(os.path.join(self.dir, folder))
            self._write(folder + '/default', base64.b64encode(OAUTH_KEY).decode())
        self._write('masters', '%s:{PLAIN}%s\n' % (MASTER, PASSWORD))
        return DOVECOT_OAUTH.format(dir=self.dir, audience=OAUTH_AUDIENCE)

    def _start_postfix(self):
        user = pwd.getpwnam('postfix')
        drop = grp.getgrnam('postdrop').gr_gid
        queue = os.path.join(self.dir, 'queue')
        os.mkdir(queue, 0o755)
        for names, mode, uid, gid in (
            (('pid',), 0o755, 0, 0),
            (('incoming', 'active', 'bounce', 'defer', 'deferred', 'flush', 'hold', 'saved', 'trace', 'corrupt', 'private'), 0o700, user.pw_uid, 0),
            (('public',), 0o710, user.pw_uid, drop),
            (('maildrop',), 0o730, user.pw_uid, drop),
        ):
            for name in names:
                path = os.path.join(queue, name)
                os.mkdir(path)
                os.chown(path, uid, gid)
                os.chmod(path, mode)
        data = os.path.join(self.dir, 'postfix-data')
        os.mkdir(data, 0o700)
        os.chown(data, user.pw_uid, 0)
        os.mkdir(os.path.join(self.dir, 'postfix'))
        domains = ', '.join(sorted({u.split('@')[1] for u in self.users}))
        values = dict(self.ports, dir=self.dir, host=HOST, domains=domains, size_limit=SIZE_LIMIT)
        self._write('mailboxes', ''.join('%s %s\n' % (u, u) for u in self.users))
        # As with Dovecot: a test that wants another server adds its settings.
        self._write('postfix/main.cf', MAIN_CF.format(**values) + os.environ.get('MOS_TEST_POSTFIX', ''))
        self._write('postfix/master.cf', MASTER_CF.format(**values))
        self._spawn('/usr/lib/postfix/sbin/master', '-c', os.path.join(self.dir, 'postfix'), '-d')

    # ---- what tests do with them ----

    def describe(self):
        """what a program in another language needs to know"""
        return dict(
            self.ports,
            kind=self.kind,
            host=HOST,
            ca=os.path.join(self.dir, 'tls', 'ca.pem'),
            password=PASSWORD,
            users={user: self.maildir(user) for user in self.users},
            size_limit=SIZE_LIMIT,
            dir=self.dir,
        )

    def maildir(self, user):
        return os.path.join(self.dir, 'home', user, 'Maildir')

    def tls(self):
        return ssl.create_default_context(cafile=os.path.join(self.dir, 'tls', 'ca.pem'))

    def imap(self, user, timeout=30):
        """a logged-in connection with TLS"""
        connection = imaplib.IMAP4_SSL(HOST, self.ports['imaps'], ssl_context=self.tls(), timeout=timeout)
        connection.login(user, PASSWORD)
        return connection

    def deliver(self, user, message, sender='sender@elsewhere.test'):
        """puts one message into the user's INBOX by LMTP, as the last hop does"""
        with smtplib.LMTP(HOST, self.ports['lmtp'], timeout=30) as lmtp:
            lmtp.sendmail(sender, [user], message)

    def send(self, user, recipients, message):
        """hands one message in as the user: STARTTLS, AUTH (postfix, or Dovecot where there is none)"""
        with smtplib.SMTP(HOST, self.ports['submission' if self.postfix else 'dovecot_submission'], timeout=30) as smtp:
            smtp.starttls(context=self.tls())
            smtp.login(user, PASSWORD)
            smtp.sendmail(user, recipients, message)

    def fill(self, user, folder, messages, flags='\\Seen'):
        """appends (bytes, unix time) pairs to a folder by IMAP, keeping each time as the server's receive time"""
        with self.imap(user) as connection:
            if folder.upper() != 'INBOX':
                connection.create('"%s"' % folder)
            for message, when in messages:
                status, answer = connection.append('"%s"' % folder, flags, imaplib.Time2Internaldate(when), message)
                if status != 'OK':
                    raise ServerError('APPEND to %s: %s' % (folder, answer))


class Relay:
    """Takes postfix's place where only an ordinary user's rights are at hand: SMTP in from Dovecot's submission service, LMTP out.

    One thread, one connection at a time; enough for one person at a sample shop.  With on_mail(sender, recipients, data) set, mail to
    strangers is taken too, and the function is told of every message; otherwise a stranger's address is refused, as postfix does.
    """

    def __init__(self, servers, on_mail=None):
        self.servers = servers
        self.on_mail = on_mail
        self.listener = socket.create_server((HOST, servers.ports['smtp']))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(60)
                try:
                    self._talk(connection.makefile('rwb'))
                except ConnectionError:
                    pass  # whoever only looked whether the port answers
                except (OSError, smtplib.SMTPException) as problem:
                    print('relay: %s' % problem, file=sys.stderr)

    def _talk(self, stream):
        def say(line):
            stream.write(line.encode() + b'\r\n')
            stream.flush()

        sender, recipients = None, []
        say('220 mail.shop.test ESMTP')
        while line := stream.readline(4096):
            verb = line[:4].upper()
            if verb == b'EHLO':
                say('250-mail.shop.test\r\n250-SIZE %d\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING' % SIZE_LIMIT)
            elif verb == b'MAIL':
                sender, recipients = line[line.index(b'<') + 1:line.index(b'>')].decode(), []
                say('250 ok')
            elif verb == b'RCPT':
                address = line[line.index(b'<') + 1:line.index(b'>')].decode().lower()
                if self.on_mail or address in self.servers.users:
                    recipients.append(address)
                    say('250 ok')
                else:
                    say('550 5.1.1 <%s>: nobody of that name here' % address)
            elif verb == b'DATA':
                say('354 go on')
                data = b''
                while (row := stream.readline()) not in (b'.\r\n', b''):
                    data += row[1:] if row.startswith(b'.') else row
                if here := [r for r in recipients if r in self.servers.users]:
                    with smtplib.LMTP(HOST, self.servers.ports['lmtp'], timeout=30) as lmtp:
                        lmtp.sendmail(sender, here, data)
                say('250 2.0.0 delivered')
                if self.on_mail:
                    self.on_mail(sender, recipients, data)
            elif verb == b'QUIT':
                say('221 bye')
                return
            else:
                say('250 ok')


def main():
    parser = argparse.ArgumentParser(description='real mail servers on loopback ports until standard input is closed')
    parser.add_argument('--no-postfix', action='store_true')
    parser.add_argument('--kind', default='dovecot', choices=['dovecot', 'dovecot-bare', *other_servers.KINDS])
    parser.add_argument('--oauth', action='store_true', help='also take access tokens, and one who opens others\' mailboxes')
    parser.add_argument('--strict', action='store_true', help='the clear-text IMAP port is that of strict_proxy.py')
    parser.add_argument('--user', action='append', metavar='ADDRESS', help='a mailbox; default: %s' % ', '.join(USERS))
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with Servers(arguments.user or USERS, False if arguments.no_postfix else None, kind=arguments.kind, oauth=arguments.oauth, strict=arguments.strict) as servers:
            print(json.dumps(servers.describe()), flush=True)
            sys.stdin.read()
    except ServerError as problem:
        sys.exit('servers.py: %s' % problem)
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()

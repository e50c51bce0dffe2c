# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy before an IMAP server that holds the client to the letter of the standard.

Real servers forgive much, each something else.  This one reads every line that the client sends by the grammar (RFC 9051 §9, RFC 3501
§9), by what the server offered, and by what is on its way already, and writes what is wrong into a file; the test ends with that.
After STARTTLS or COMPRESS it only passes the bytes on.
"""
import re
import socket
import threading

MAX_LINE = 8000  # RFC 7162 §4: servers take 8192; a client leaves some room

ASTRING = r'(?:"(?:[^"\\]|\\["\\])*"|\{\}|[^\x00-\x20(){%*"\\\x7f-\xff]+)'
SET = r'(?:1:\*|(?:[1-9]\d*(?::[1-9]\d*)?)(?:,[1-9]\d*(?::[1-9]\d*)?)*)'
FLAG = r'\\(?:Seen|Answered|Flagged|Deleted|Draft)|[^\x00-\x20(){%*"\\\]\x7f-\xff]+'
FLAGS = r'\((?:(?:%s)(?: (?:%s))*)?\)' % (FLAG, FLAG)
DATE = r'"(?: \d|\d\d)-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{4} \d\d:\d\d:\d\d [+-]\d{4}"'
ITEM = r'(?:UID|FLAGS|INTERNALDATE|RFC822\.SIZE|MODSEQ|BODY\.PEEK\[(?:HEADER)?\])'
KEY = r'(?:ALL|HEADER %s %s)' % (ASTRING, ASTRING)
EVENTS = r'\(MessageNew MessageExpunge FlagChange\)'
NOT_YET, IN, SELECTED = 1, 2, 4

# verb: (states, must be alone, what is needed of the server, the arguments)
COMMANDS = {
    'CAPABILITY': (7, False, (), r''),
    'NOOP': (7, False, (), r''),
    'LOGOUT': (7, False, (), r''),
    'ID': (7, False, ('ID',), r'(?:NIL|\((?:"[^"]*" "[^"]*")(?: "[^"]*" "[^"]*")*\))'),
    'STARTTLS': (NOT_YET, True, ('STARTTLS',), r''),
    'AUTHENTICATE': (NOT_YET, True, (), r'[A-Z0-9-]+(?: (?:=|[A-Za-z0-9+/]+=*))?'),
    'LOGIN': (NOT_YET, True, (), ASTRING + ' ' + ASTRING),
    'ENABLE': (IN, True, ('ENABLE',), r'[A-Z0-9=]+(?: [A-Z0-9=]+)*'),
    'COMPRESS': (IN | SELECTED, True, ('COMPRESS=DEFLATE',), r'DEFLATE'),
    'NAMESPACE': (IN | SELECTED, False, ('NAMESPACE',), r''),
    'LIST': (IN | SELECTED, False, (), r'"" "\*"(?: RETURN \(SPECIAL-USE\))?'),
    'XLIST': (IN | SELECTED, False, ('XLIST',), r'"" "\*"'),
    'STATUS': (IN | SELECTED, False, (), ASTRING + r' \((?:MESSAGES|UIDNEXT|UIDVALIDITY|HIGHESTMODSEQ)(?: (?:MESSAGES|UIDNEXT|UIDVALIDITY|HIGHESTMODSEQ))*\)'),
    'NOTIFY': (IN | SELECTED, True, ('NOTIFY',), r'SET \(SELECTED-DELAYED %s\) \(MAILBOXES \(%s(?: %s)*\) %s\)' % (EVENTS, ASTRING, ASTRING, EVENTS)),
    'CREATE': (IN | SELECTED, True, (), ASTRING),
    'SUBSCRIBE': (IN | SELECTED, True, (), ASTRING),
    'SELECT': (IN | SELECTED, True, (), ASTRING + r'(?: \((?:CONDSTORE|QRESYNC \([1-9]\d* [1-9]\d*\))\))?'),
    'EXAMINE': (IN | SELECTED, True, (), ASTRING + r'(?: \((?:CONDSTORE|QRESYNC \([1-9]\d* [1-9]\d*\))\))?'),
    'APPEND': (IN | SELECTED, True, (), ASTRING + r'(?: ' + FLAGS + r')?(?: ' + DATE + r')? (?:\{\}|UTF8 \(~\{\}\))'),
    'IDLE': (SELECTED, True, ('IDLE',), r''),
    'UID SEARCH': (SELECTED, False, (), r'(?:RETURN \(ALL\) )?(?:CHARSET UTF-8 )?' + KEY),
    'UID FETCH': (SELECTED, False, (), SET + r' \(' + ITEM + r'(?: ' + ITEM + r')*\)(?: \(CHANGEDSINCE [1-9]\d*\))?'),
    'UID STORE': (SELECTED, True, (), SET + r' [+-]FLAGS\.SILENT ' + FLAGS),
    'UID COPY': (SELECTED, True, (), SET + ' ' + ASTRING),
    'UID MOVE': (SELECTED, True, ('MOVE',), SET + ' ' + ASTRING),
    'UID EXPUNGE': (SELECTED, True, ('UIDPLUS',), SET),
}
# what stands in the arguments, and what the server must have offered (or enabled) for it
NEEDS = (
    (r'RETURN \(ALL\)', 'ESEARCH'), (r'RETURN \(SPECIAL-USE\)', 'SPECIAL-USE'), (r'RETURN \(SPECIAL-USE\)', 'LIST-EXTENDED'), (r'\(CONDSTORE\)$', 'CONDSTORE'),
    (r'\bMODSEQ\b', 'CONDSTORE'), (r'CHANGEDSINCE', 'CONDSTORE'), (r'HIGHESTMODSEQ', 'CONDSTORE'), (r'\(QRESYNC ', '=QRESYNC'), (r'UTF8 \(', '=UTF8=ACCEPT'),
)
IMPLIED = {'QRESYNC': ('CONDSTORE', 'ENABLE'),
           'IMAP4REV2': ('IDLE', 'UIDPLUS', 'MOVE', 'ENABLE', 'ESEARCH', 'NAMESPACE', 'LIST-EXTENDED', 'SPECIAL-USE', 'SASL-IR', 'LITERAL-')}


# What is asked right after signing in, and changes nothing of what the others mean
BEGINNING = ('ID', 'ENABLE', 'NAMESPACE', 'LIST', 'XLIST')
# What may follow a command that is else alone on the line, without waiting for its answer (RFC 9051 §5.5: what depends on another one is executed after it;
# RFC 5161 §3.1: SELECT may follow ENABLE at once)
MAY_FOLLOW = {'SELECT': ('UID SEARCH', 'UID FETCH'), 'ENABLE': ('NAMESPACE', 'LIST', 'XLIST', 'SELECT', 'UID SEARCH', 'UID FETCH')}


class Violation(Exception):
    pass


class Conversation:
    def __init__(self, proxy, client):
        self.proxy = proxy
        self.client = client
        self.server = socket.create_connection(proxy.target, 30)
        self.lock = threading.Lock()
        self.state = NOT_YET
        self.capabilities = set()
        self.enabled = set()
        self.open = {}  # tag → verb
        self.enabling_utf8 = False
        self.enabling = set()  # asked for, and not answered
        self.idling = False
        self.waits_for_plus = threading.Event()
        self.opaque = False

    def run(self):
        reader = threading.Thread(target=self._from_server, daemon=True)
        reader.start()
        try:
            self._from_client()
        except (OSError, EOFError):
            pass
        except Violation as problem:
            self.proxy.report(str(problem))
        finally:
            for one in (self.server, self.client):
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            reader.join(10)
            self.server.close()
            self.client.close()

    # ---- what the server says ----

    def _from_server(self):
        stream = self.server.makefile('rb')
        try:
            while True:
                if self.opaque:
                    data = stream.read1(65536)
                    if not data:
                        break
                    self.client.sendall(data)
                    continue
                line = stream.readline()
                if not line:
                    break
                # Known before the client can know it.
                with self.lock:
                    self._learn(line.decode('latin-1').rstrip('\r\n'))
                self.client.sendall(line)
                literal = re.search(rb'\{(\d+)\}\r\n$', line)
                if literal and not re.match(rb'(?:\*|\S+) (?:OK|NO|BAD|BYE|PREAUTH)\b', line):
                    left = int(literal.group(1))
                    while left > 0:
                        data = stream.read1(min(left, 65536))
                        if not data:
                            return
                        left -= len(data)
                        self.client.sendall(data)
        except (OSError, ValueError):
            pass
        finally:
            try:
                self.client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _learn(self, line):
        if line.startswith('+'):
            self.waits_for_plus.set()
            return
        offered = re.search(r'(?:^\* CAPABILITY |\[CAPABILITY )([^\]]*)', line)
        if offered:
            self.capabilities = {word.upper() for word in offered.group(1).split()}
            for word, more in IMPLIED.items():
                if word in self.capabilities and not (word == 'IMAP4REV2' and 'IMAP4REV1' in self.capabilities):
                    self.capabilities.update(more)
        if line.startswith('* ENABLED'):
            self.enabled.update(word.upper() for word in line.split()[2:])
        if line.startswith('* PREAUTH'):
            self.state = IN
        tag, _, rest = line.partition(' ')
        verb = self.open.pop(tag, None)
        if verb is None:
            return
        ok = rest.startswith('OK')
        if verb in ('SELECT', 'EXAMINE'):
            self.state = SELECTED if ok else IN
        elif verb in ('AUTHENTICATE', 'LOGIN') and ok:
            self.state = IN
        elif verb in ('STARTTLS', 'COMPRESS') and ok:
            self.opaque = True
        elif verb == 'IDLE':
            self.idling = False
        self.waits_for_plus.set()  # whoever waits for "+" got a no

    # ---- what the client says ----

    def _read(self):
        data = self.client.recv(65536)
        if not data:
            raise EOFError
        return data

    def _line(self, buffer):
        while b'\n' not in buffer:
            buffer += self._read()
            if len(buffer) > 1 << 20:
                raise Violation('a line without an end')
        line, _, rest = bytes(buffer).partition(b'\n')
        buffer[:] = rest
        if not line.endswith(b'\r') or b'\r' in line[:-1]:
            raise Violation('a line that does not end in CRLF: %r' % line[:200])
        return line[:-1]

    def _from_client(self):
        buffer = bytearray()
        while True:
            if self.opaque:
                if buffer:
                    self.server.sendall(bytes(buffer))
                    buffer.clear()
                self.server.sendall(self._read())
                continue
            line = self._line(buffer)
            with self.lock:
                idling, authenticating = self.idling, 'AUTHENTICATE' in self.open.values()
            if idling:
                if line != b'DONE':
                    raise Violation('not DONE ends IDLE: %r' % line[:80])
                with self.lock:
                    self.idling = False
                self.server.sendall(line + b'\r\n')
            elif authenticating:
                if not re.fullmatch(rb'\*|[A-Za-z0-9+/]*=*', line):
                    raise Violation('not base64 in AUTHENTICATE: %r' % line[:200])
                self.server.sendall(line + b'\r\n')
            else:
                self._command(line, buffer)

    def _command(self, line, buffer):
        """one command with its literals, checked before its last line is passed on"""
        text, length, wire = '', 0, line
        while True:
            length += len(wire) + 2
            if length > MAX_LINE:
                raise Violation('a command line of more than %d bytes: %r' % (MAX_LINE, line[:80]))
            literal = re.search(rb'(~?)\{(\d+)(\+?)\}$', wire)
            if not literal:
                text += wire.decode('latin-1')
                break
            text += wire[:literal.start()].decode('latin-1') + literal.group(1).decode() + '{}'
            size, at_once = int(literal.group(2)), bool(literal.group(3))
            if at_once and not ('LITERAL+' in self.capabilities or ('LITERAL-' in self.capabilities and size <= 4096)):
                raise Violation('a literal that is not waited for, of %d bytes: %r' % (size, line[:80]))
            if not at_once and buffer:
                raise Violation('the literal did not wait for "+": %r' % line[:80])
            tag = line.split(b' ', 1)[0].decode('latin-1')
            with self.lock:
                self.open.setdefault(tag, line.decode('latin-1').split(' ')[1])
            self.waits_for_plus.clear()
            self.server.sendall(wire + b'\r\n')
            if not at_once:
                if not self.waits_for_plus.wait(60):
                    raise EOFError
                with self.lock:
                    if tag not in self.open:
                        return  # refused; the client sends nothing more of it
            while size > 0:
                if not buffer:
                    buffer += self._read()
                part = bytes(buffer[:size])
                del buffer[:size]
                size -= len(part)
                self.server.sendall(part)
            wire = self._line(buffer)
        with self.lock:
            self._check(text, line)
        changes = re.match(r'\S+ (?:STARTTLS|COMPRESS)\b', text)
        self.waits_for_plus.clear()
        self.server.sendall(wire + b'\r\n')
        # What comes after the consent is no text any more.
        if changes and not self.waits_for_plus.wait(60):
            raise EOFError

    def _check(self, text, line):
        match = re.fullmatch(r'([A-Za-z0-9.]+) (UID [A-Z]+|[A-Z]+)(?: (.*))?', text, re.DOTALL)
        if not match or (match.group(3) is not None and match.group(3) == ''):
            raise Violation('no command: %r' % text[:200])
        tag, verb, rest = match.group(1), match.group(2), match.group(3) or ''
        if '{}' not in text and tag in self.open:
            raise Violation('the tag %s is in use' % tag)
        if verb not in COMMANDS:
            raise Violation('a command that nobody knows: %r' % text[:200])
        states, alone, needed, grammar = COMMANDS[verb]
        shown = verb if verb in ('LOGIN', 'AUTHENTICATE') else text[:300]
        others = [v for t, v in self.open.items() if t != tag]
        state = SELECTED if 'SELECT' in others and verb in MAY_FOLLOW['SELECT'] else self.state
        if not state & states:
            raise Violation('not in this state (%d): %r' % (self.state, shown))
        alone = alone and not (verb == 'ENABLE' and set(others) <= {'ID'}) and not (verb == 'SELECT' and set(others) <= set(BEGINNING))
        if others and (alone or any(COMMANDS[v][1] and verb not in MAY_FOLLOW.get(v, ()) for v in others)):
            raise Violation('%s while %s is not answered' % (verb, others[0]))
        if 'ENABLE' in others and self.enabling_utf8:
            raise Violation('%s while it is open how names are written' % verb)
        self.enabling_utf8 = verb == 'ENABLE' and 'UTF8=ACCEPT' in rest or self.enabling_utf8 and 'ENABLE' in others
        self.enabling = set(rest.upper().split()) if verb == 'ENABLE' else self.enabling if 'ENABLE' in others else set()
        for word in needed:
            if word not in self.capabilities:
                raise Violation('%s is not offered: %r' % (word, shown))
        if not re.fullmatch(grammar, rest, re.DOTALL):
            raise Violation('arguments that are not in the grammar: %r' % shown)
        for pattern, word in NEEDS:
            if re.search(pattern, re.sub(r'"[^"]*"', '""', rest)):
                there = word[1:] in self.enabled | self.enabling if word.startswith('=') else word in self.capabilities
                if not there:
                    raise Violation('%s is not offered: %r' % (word.lstrip('='), shown))
        if re.search(r'[\x80-\xff]', text) and 'UTF8=ACCEPT' not in self.enabled:
            raise Violation('8 bits outside of a literal: %r' % shown)
        if 'CHARSET' in rest and 'UTF8=ACCEPT' in self.enabled:
            raise Violation('CHARSET after UTF8=ACCEPT: %r' % shown)
        if verb == 'AUTHENTICATE' and ' ' in rest and 'SASL-IR' not in self.capabilities:
            raise Violation('an initial response without SASL-IR')
        if verb == 'UID SEARCH' and '{}' in rest and 'CHARSET' not in rest and 'IMAP4REV1' in self.capabilities and 'UTF8=ACCEPT' not in self.enabled:
            raise Violation('8 bits are searched for without a CHARSET')
        self.open[tag] = verb
        if verb == 'IDLE':
            self.idling = True


class StrictProxy:
    """listens on `listen`, passes on to `target` (host, port); every violation is a line in the file `path`"""

    def __init__(self, listen, target, path):
        self.target, self.path = target, path
        self.lock = threading.Lock()
        self.listener = socket.create_server(listen, backlog=20)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self.listener.close()

    def report(self, problem):
        with self.lock, open(self.path, 'a', encoding='utf-8') as f:
            f.write(problem + '\n')

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                conversation = Conversation(self, client)
            except OSError:
                client.close()
                continue
            threading.Thread(target=conversation.run, daemon=True).start()

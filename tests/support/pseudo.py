# SPDX-License-Identifier: GPL-3.0-or-later
"""A translation that nobody made: every text of the program in brackets, with accents, and longer by two fifths, as other languages are.

    made = Pseudo(folder)                  folder/en_XA/LC_MESSAGES/mostrador.mo, for MOSTRADOR_LOCALEDIR
    made('Open', 'view')                   what stands there instead

It is made of the sources themselves, so it knows every text of today. What is not words stays as it is: format directives, variables, tags,
addresses, and the letter behind an accelerator's sign.
"""
import os
import re
import subprocess
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lint')]
import tree

LANGUAGE = 'en_XA'
# How much longer than in English a text is
LONGER = 0.4
OPEN, CLOSE = '⟦', '⟧'
ACCENTED = str.maketrans('aceginosuyzACEINOSU', 'áçéğïñöšüýžÅÇÉÏÑÖŠÛ')
FILLING = 'éïöüáñ'
# What must come out as it went in: {{variable}} and {% tag %}, {name}, a directive of printf or of a date, <tag>, &entity;, an address, an accelerator.
KEPT = re.compile(
    r'\{\{.*?\}\}|\{%.*?%\}|\{\w+\}'
    r"|%(?:\d+\$)?[-+#0'^_]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j|t|O|E)?[a-zA-Z%]"
    r'|<[^<>]*>|&\w+;|\w+://\S+|\S+@\S+|_\w|\\.'
)
# Words that people type, which the program takes apart again: no brackets in them.
TYPED = ('search operator', 'search word')
XGETTEXT = (
    '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=ngettext:1,2', '--keyword=g_dcgettext:2',
    '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3', '--force-po', '--no-wrap',
)


def disguise(text, context=None, longer=LONGER):
    """what stands for one text; text: as in a PO file, with its backslashes"""
    out, at = [], 0
    for kept in KEPT.finditer(text):
        out += [text[at : kept.start()].translate(ACCENTED), kept[0]]
        at = kept.end()
    out.append(text[at:].translate(ACCENTED))
    made = ''.join(out)
    if context in TYPED:
        return made
    words = []
    length = max(2, int(len(text) * longer)) if longer else 0
    while sum(map(len, words)) + len(words) < length:
        words.append(FILLING[: min(len(FILLING), length)])
    # A single word stays one, as it does in German.
    filling = '' if not words else ' ' + ' '.join(words) if ' ' in text else ''.join(words)
    # Lines begin and end where they did.
    before, made, behind = re.fullmatch(r'((?:\\n)*)(.*?)((?:\\n)*)', made).groups()
    return before + OPEN + made + filling + CLOSE + behind


def parse(text):
    """the messages of a PO file, each a dictionary of its parts in the spelling of the file, with 'flags'"""
    for block in re.split(r'\n\s*\n', text):
        parts, current = {'flags': []}, None
        for line in block.splitlines():
            if line.startswith('#,'):
                parts['flags'].append(line)
            elif m := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+"(.*)"$', line):
                current = m[1]
                parts[current] = m[2]
            elif (m := re.match(r'"(.*)"$', line)) and current:
                parts[current] += m[1]
        if parts.get('msgid'):
            yield parts


class Pseudo:
    def __init__(self, folder, longer=LONGER):
        env = dict(os.environ, GETTEXTDATADIRS=os.path.join(tree.ROOT, 'data'))
        done = subprocess.run(
            ['xgettext', '-f', 'po/POTFILES.in', '-D', '.', '-o', '-', *XGETTEXT], cwd=tree.ROOT, capture_output=True, text=True, check=True, env=env
        )
        self.texts = {}
        lines = [
            'msgid ""', 'msgstr ""', r'"Content-Type: text/plain; charset=UTF-8\n"', r'"Language: %s\n"' % LANGUAGE,
            r'"Plural-Forms: nplurals=2; plural=n != 1;\n"', '',
        ]
        for parts in parse(done.stdout):
            context, one, many = parts.get('msgctxt'), parts['msgid'], parts.get('msgid_plural')
            made = disguise(one, context, longer)
            self.texts[context, self.read(one)] = self.read(made)
            lines += parts['flags']
            if context is not None:
                lines.append('msgctxt "%s"' % context)
            lines.append('msgid "%s"' % one)
            if many is None:
                lines.append('msgstr "%s"' % made)
            else:
                self.texts[context, self.read(many)] = self.read(disguise(many, context, longer))
                lines += ['msgid_plural "%s"' % many, 'msgstr[0] "%s"' % made, 'msgstr[1] "%s"' % disguise(many, context, longer)]
            lines.append('')
        self.po = os.path.join(folder, LANGUAGE + '.po')
        with open(self.po, 'w', encoding='utf-8') as f:
            f.write('\n'.join(lines))
        where = os.path.join(folder, LANGUAGE, 'LC_MESSAGES')
        os.makedirs(where)
        # It finds every directive that was lost on the way.
        subprocess.run(['msgfmt', '--check-format', '-o', os.path.join(where, 'mostrador.mo'), self.po], check=True)

    @staticmethod
    def read(text):
        return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m[1], m[1]), text)

    def __call__(self, text, context=None):
        """the text as the person sees it, its accelerator's sign gone"""
        return re.sub(r'_(\w)', r'\1', self.texts[context, text])


if __name__ == '__main__':  # pseudo.py FOLDER: for a look by hand, with MOSTRADOR_LOCALEDIR=FOLDER LANGUAGE=en_XA
    print(Pseudo(sys.argv[1]).po)

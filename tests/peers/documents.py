# SPDX-License-Identifier: GPL-3.0-or-later
"""Every GraphQL document that C files hold: what the program can send, so that a new one needs no line in any test."""
import ast
import glob
import os
import re

# Comments and characters are passed over; what is left are texts, and what stands between them.
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|\'(?:\\.|[^\'\\])+\'|"(?:\\.|[^"\\])*"|\S', re.DOTALL)
OPERATION = re.compile(r'(query|mutation|subscription)\b\s*\w*\s*[({]')
FRAGMENT = re.compile(r'fragment\s+(\w+)\s+on\b')


def texts(source):
    """the string literals of a C file, those beside each other joined"""
    run = []
    for token in TOKEN.findall(source.replace('\\\n', ' ')) + ['']:
        if token.startswith('"'):
            run.append(ast.literal_eval(token))
        elif not token.startswith('/*') and not token.startswith('//'):
            if run:
                yield ''.join(run)
            run = []


def complete(text, fragments):
    """text with the fragments it names, and those that they name"""
    wanted, done = re.findall(r'\.\.\.\s*(?!on\b)(\w+)', text), set()
    while wanted:
        name = wanted.pop()
        if name not in done and not re.search(r'fragment\s+%s\s+on\b' % name, text):
            done.add(name)
            text += ' ' + fragments[name]
            wanted += re.findall(r'\.\.\.\s*(?!on\b)(\w+)', fragments[name])
    return text


def find(folder):
    """{name: document}, whole, of all C files below"""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, '**', '*.[ch]'), recursive=True)):
        with open(path, encoding='utf-8') as f:
            found += [text.strip() for text in texts(f.read())]
    fragments = {FRAGMENT.match(text)[1]: text for text in found if FRAGMENT.match(text)}
    operations = [text for text in found if OPERATION.match(text)]
    documents = {re.match(r'\w+\s*(\w*)', text)[1]: complete(text, fragments) for text in operations}
    assert len(documents) == len(operations), 'two documents of one name: %s' % [text[:60] for text in operations]
    return documents

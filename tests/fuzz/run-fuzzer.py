#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run-fuzzer.py TARGET …: one libFuzzer target as a test of two cases: its corpus goes through, and so does what chance makes of it.

Only a crash, a leak, undefined behaviour, memory without bound, or an input that takes longer than 20 s fails; how far chance came does
not matter. What failed is kept, and the last lines say where it lies and how it is tried again. MOS_TEST_SEED=N repeats a run.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

# Strangers' files beside the project, where they are there: never copied, and only small ones, for chance works on small ones best.
SHARED_MAX, SHARED_COUNT = 8192, 400
MAIL = ('.eml', '.txt', '.msg', '.email')


def shared_seeds(kind, folder):
    root = os.environ.get('MOSTRADOR_SHARED')
    if not kind or not root:
        return
    count = 0
    for at, folders, files in os.walk(os.path.join(root, 'corpus')):
        folders.sort()
        if os.path.basename(at) == 'expected':
            continue
        for name in sorted(files):
            path = os.path.join(at, name)
            if not name.endswith(MAIL if kind == 'mail' else '.html') or os.path.getsize(path) > SHARED_MAX:
                continue
            os.symlink(path, os.path.join(folder, '%04d' % count))
            count += 1
            if count == SHARED_COUNT:
                return


def with_lines(text, target):
    """the report with functions and lines: Debian's llvm-symbolizer is a large package, and binutils are there anyway"""
    frame = re.compile(r'^(\s*#\d+) 0x[0-9a-f]+\s+\(%s\+(0x[0-9a-f]+)\).*$' % re.escape(target), re.MULTILINE)
    places = list(dict.fromkeys(m[2] for m in frame.finditer(text)))
    if not places:
        return text
    done = subprocess.run(['addr2line', '-f', '-p', '-s', '-e', target, *places], capture_output=True, text=True, check=False)
    names = dict(zip(places, done.stdout.splitlines()))
    return frame.sub(lambda m: '%s %s' % (m[1], names.get(m[2], m[2])), text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('target')
    parser.add_argument('--corpus', required=True)
    parser.add_argument('--findings', required=True)
    parser.add_argument('--max-len', default='4096')
    parser.add_argument('--runs', default='-1')
    parser.add_argument('--seconds', default='10')
    parser.add_argument('--dict', default='')
    parser.add_argument('--shared', default='')
    arguments = parser.parse_args()
    seed = os.environ.get('MOS_TEST_SEED') or str(random.SystemRandom().randrange(1, 2**31))
    os.makedirs(arguments.findings, exist_ok=True)
    patience = int(os.environ.get('MOS_TEST_PATIENCE') or 1)
    common = ['-timeout=%d' % (20 * patience), '-rss_limit_mb=1024', '-malloc_limit_mb=512', '-max_len=' + arguments.max_len, '-artifact_prefix=' + arguments.findings + '/',
              '-print_final_stats=1', '-verbosity=1']  # fmt: skip
    t = tap.Tap()

    def run(*words):
        done = subprocess.run([arguments.target, *common, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        text = done.stdout.decode('utf-8', 'replace')
        if done.returncode:
            kept = re.findall(r'Test unit written to (\S+)', text)
            again = ''.join('\nagain: ./dev shell %s %s\nmended: move it to %s/ (what stems from a stranger\'s mail is written anew)' % (os.path.abspath(arguments.target), path, arguments.corpus) for path in kept)
            raise tap.Finding('exit status %d%s\n%s' % (done.returncode, again, with_lines(text, os.path.abspath(arguments.target))[-8000:]))
        return text

    with tempfile.TemporaryDirectory() as folder:
        shared, found = os.path.join(folder, 'shared'), os.path.join(folder, 'found')
        os.mkdir(shared)
        os.mkdir(found)

        @t.case('every seed goes through')
        def _():
            seeds = sorted(os.path.join(arguments.corpus, name) for name in os.listdir(arguments.corpus))
            assert seeds, 'no seeds in ' + arguments.corpus
            run(*seeds)

        @t.case('so does what chance makes of them')
        def _():
            shared_seeds(arguments.shared, shared)
            text = run('-seed=' + seed, '-runs=' + arguments.runs, '-max_total_time=' + arguments.seconds,
                       *(['-dict=' + arguments.dict] if arguments.dict else []), found, arguments.corpus, shared)  # fmt: skip
            numbers = dict(re.findall(r'stat::(\w+):\s*(\d+)', text))
            cover = re.findall(r'cov: (\d+) ft: (\d+)', text)[-1:] or [('0', '0')]
            print('# MOS_TEST_SEED=%s: %s inputs, %s points of the code in %s combinations, %s MB'
                  % (seed, numbers.get('number_of_executed_units'), *cover[0], numbers.get('peak_rss_mb')))  # fmt: skip
            assert int(numbers.get('number_of_executed_units', 0)) > len(os.listdir(arguments.corpus)), text[-2000:]

    t.done()
    return t.failed != 0


sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count-results.py testlog.json…: prints what failed, with its log, and counts every test case of meson's run.

Each line of the log is one test program; its TAP output holds the cases. A program that crashed, ran out of time or printed a
shorter list than it announced has one failure more; one that ran no case at all has failed, whatever its exit code says.
"""
import json
import re
import sys

LINE = re.compile(r'^(not )?ok\b(?:\s+\d+)?(.*)$')
PLAN = re.compile(r'^1\.\.(\d+)(?:\s*#\s*skip\b.*)?\s*$', re.IGNORECASE)
DIRECTIVE = re.compile(r'(?<!\\)#\s*(skip|todo)\b', re.IGNORECASE)


def count(test):
    """passed, failed, skipped and the reasons of one program's record"""
    passed = failed = skipped = seen = 0
    plan = None
    why = []
    for line in test.get('stdout', '').splitlines():
        if m := PLAN.match(line):
            plan = int(m[1])
        elif m := LINE.match(line):
            seen += 1
            directive = DIRECTIVE.search(m[2])
            if directive and directive[1].lower() == 'skip':
                skipped += 1
            elif m[1] and not (directive and directive[1].lower() == 'todo'):
                failed += 1
                why.append('not ok' + m[2])
            else:
                passed += 1
    if test['result'] not in ('OK', 'SKIP') and failed == 0:
        failed += 1
        why.append('%s (exit status %s)' % (test['result'].lower(), test.get('returncode')))
    elif plan is not None and seen < plan and failed == 0:
        failed += 1
        why.append('announced %d cases and ran %d' % (plan, seen))
    elif seen == 0 and failed == 0:
        failed += 1
        why.append('ran nothing')
    return passed, failed, skipped, why


def tail(text, lines=120):
    rows = text.rstrip().splitlines()
    return '\n'.join((['  … %d lines before' % (len(rows) - lines)] if len(rows) > lines else []) + ['  ' + r for r in rows[-lines:]])


def main(*paths):
    totals = [0, 0, 0]
    tests, missing = [], []
    for path in paths:
        try:
            with open(path, encoding='utf-8', errors='replace') as log:
                tests += [json.loads(line) for line in log]
        except FileNotFoundError:
            missing.append(path)
    for test in sorted(tests, key=lambda t: t['name']):
        *numbers, why = count(test)
        totals = [a + b for a, b in zip(totals, numbers)]
        print('%-44s %4d passed %3d failed %3d skipped %7.1f s' % (test['name'], *numbers, test.get('duration') or 0))
        if why:
            print('\nFAILED ' + test['name'] + '\n  ' + '\n  '.join(why))
            print(tail(test.get('stdout', '')))
            if test.get('stderr'):
                print('  stderr:\n' + tail(test['stderr']))
            print()
    for path in missing:
        totals[1] += 1
        print('FAILED no test ran: there is no ' + path)
    if not tests:
        print('no test ran')
    print('%d passed, %d failed, %d skipped' % tuple(totals))
    return 0 if totals[0] > 0 and totals[1] == 0 else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))

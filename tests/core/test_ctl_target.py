#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mostradorctl target, on a profile of its own."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
import tap

CTL = sys.argv[1]
MAIL = 'From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Old\nMessage-ID: <1@mail.example>\nDate: Mon, 02 Mar 2020 08:00:00 +0000\n\nWhere is it?\n'


def call(profile, *words, text='', plain=False):
    return subprocess.run([CTL, '--profile', profile, *([] if plain else ['--json']), *words], input=text, capture_output=True, text=True, timeout=60)


def run(profile, *words, text='', plain=False):
    done = call(profile, *words, text=text, plain=plain)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout if plain else [json.loads(line) for line in done.stdout.splitlines()]


def refused(profile, *words, status=1):
    done = call(profile, *words)
    assert done.returncode == status and not done.stdout and done.stderr.strip(), (words, done)
    return done.stderr.strip()


def rules(rows):
    return {':'.join(filter(None, (r['scope'], r['key']))): r for r in rows}


def main():
    t = tap.Tap(stop_at_failure=True)
    with tempfile.TemporaryDirectory() as folder:
        profile, mail = os.path.join(folder, 'profile'), os.path.join(folder, '1.eml')
        with open(mail, 'w') as f:
            f.write(MAIL)

        @t.case('it begins with what is customary')
        def _():
            run(profile, 'import', mail)
            found = rules(run(profile, 'target', 'list'))
            email = found['channel:email']
            assert (email['first_reply'], email['first_reply_in_hours'], email['resolution'], email['resolution_in_hours']) == (7200, True, 86400, False), email
            assert found['channel:telegram']['first_reply'] == 120 and found['channel:instagram']['next_reply'] == 3600 and found['channel:phone']['first_reply'] == 0, found
            assert found['complex']['resolution'] == 259200 and 'first_reply' not in found['complex'], found
            assert 'channel:email  first_reply=2h:hours  next_reply=2h:hours  resolution=24h:always\n' in run(profile, 'target', 'list', plain=True)

        @t.case('what is set holds, and is taken back')
        def _():
            found = rules(run(profile, 'target', 'set', 'category:Refund', 'first_reply=30min', 'resolution=2d:hours'))
            assert found['category:refund']['name'] == 'Refund' and found['category:refund']['first_reply'] == 1800 and found['category:refund']['resolution_in_hours'], found
            run(profile, 'target', 'set', 'vip', 'first_reply=15 min:always')
            assert rules(run(profile, 'target', 'list'))['vip']['first_reply_in_hours'] is False
            run(profile, 'undo')
            assert 'vip' not in rules(run(profile, 'target', 'list'))
            found = rules(run(profile, 'target', 'set', 'channel:email', 'next_reply=none'))
            assert found['channel:email']['next_reply'] == 0 and found['channel:email']['first_reply'] == 7200, found
            found = rules(run(profile, 'target', 'set', 'category:Refund', 'first_reply=unset', 'resolution=unset'))
            assert 'category:refund' not in found, found
            assert rules(run(profile, 'target', 'reset'))['channel:email']['next_reply'] == 7200

        @t.case('what is not understood changes nothing')
        def _():
            before = run(profile, 'target', 'list')
            assert 'first_reply=soon' in refused(profile, 'target', 'set', 'vip', 'first_reply=soon', status=2)
            refused(profile, 'target', 'set', 'vip', 'reply=2h', status=2)
            refused(profile, 'target', 'set', 'vip', 'first_reply=2h:sometimes', status=2)
            assert 'telegraph' in refused(profile, 'target', 'set', 'channel:telegraph', 'first_reply=2h')
            assert 'Nonsense' in refused(profile, 'target', 'set', 'category:Nonsense', 'first_reply=2h')
            refused(profile, 'target', 'set', 'channel', 'first_reply=2h', status=2)
            refused(profile, 'target', 'set', 'vip:me', 'first_reply=2h', status=2)
            refused(profile, 'target', 'set', 'vip', status=2)
            refused(profile, 'target', 'change', status=2)
            assert run(profile, 'target', 'list') == before

        @t.case('nobody works: that is said')
        def _():
            run(profile, 'calendar', 'set', text='zone Europe/Madrid\n')
            assert 'no open hour' in call(profile, 'target', 'list').stderr
            run(profile, 'undo')
            assert not call(profile, 'target', 'list').stderr

        @t.case('old mail is due never')
        def _():
            row = run(profile, 'list', 'is:archive')[0]
            assert (row['reply_due'], row['resolve_due'], row['target_state']) == (None, None, 'none'), row
            assert run(profile, 'show', str(row['number']))[0]['target_state'] == 'none'
            assert run(profile, 'list', 'is:due') == [] and run(profile, 'list', '--view', 'breaching') == []
            assert not call(profile, 'check').stderr

    return t.done()


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash completes of mostradorctl's words, asked of the file that is installed, on the sample shop."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
import tap

CTL = os.path.abspath(sys.argv[1])
FILE = os.path.join(HERE, '..', '..', 'data', 'completions', 'mostradorctl')
# For each line on standard input, what is offered at its end, in one line. It is one shell: the help is asked for once.
ASK = '''source "$1"
while IFS= read -r COMP_LINE; do
  COMP_POINT=${#COMP_LINE} COMPREPLY=()
  _mostradorctl
  (IFS=$'\\t'; echo "${COMPREPLY[*]}")
done'''


def main():
    t = tap.Tap()
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'profile')
        environ = dict(os.environ, PATH=os.path.dirname(CTL) + ':' + os.environ['PATH'], MOSTRADOR_PROFILE=profile)
        subprocess.run([CTL, 'sample'], check=True, capture_output=True, timeout=120, env=environ)
        open(os.path.join(folder, 'what I have.csv'), 'w').close()

        def offered(*lines):
            done = subprocess.run(['bash', '-c', ASK, 'bash', FILE], input='\n'.join(lines) + '\n', capture_output=True, text=True, timeout=120, env=environ, cwd=folder, check=False)
            assert done.returncode == 0 and not done.stderr, done.stderr
            return [line.split('\t') if line else [] for line in done.stdout.split('\n')[:-1]]

        @t.case('every command of the help, and the flags before one')
        def _():
            usage = subprocess.run([CTL, '--help'], capture_output=True, text=True, check=True, timeout=60).stdout
            commands = [line.split()[0] for line in usage.splitlines() if line.startswith('  ') and line[2].islower()]
            assert len(commands) > 40, commands
            first, some, after, told, all_told, done = offered(
                'mostradorctl ', 'mostradorctl re', 'mostradorctl --json sea', 'mostradorctl help re', 'mostradorctl help ', 'mostradorctl help report ',
            )  # fmt: skip
            assert first == commands + ['help', '--profile', '--json', '--help', '--version'], first
            assert some == [name for name in commands if name.startswith('re')], some
            assert after == ['search'], after
            assert told == some, told
            assert all_told == commands + ['--all'], all_told
            assert done == [], done

        @t.case('the ways of a command, one word after the other')
        def _():
            add, kinds, flags, providers, outbox = offered(
                'mostradorctl account ', 'mostradorctl account add t', 'mostradorctl account add email --name Shop --s',
                'mostradorctl account add email --oauth ', 'mostradorctl outbox ',
            )  # fmt: skip
            assert 'add' in add and 'signin' in add and 'email' not in add, add
            assert kinds == ['telegram', 'twilio', 'twilio-calls'], kinds
            assert flags == ['--smtp'], flags
            assert providers == ['google', 'microsoft', 'custom'], providers
            assert outbox == ['retry', 'cancel', 'sent'], outbox

        @t.case('flags that are there are offered once more by none, and a flag of one way leads to no other')
        def _():
            call, by, order = offered('mostradorctl call note 5 --out --', 'mostradorctl report --by ', 'mostradorctl order refund 1 --')
            assert '--out' not in call and '--outcome' in call, call
            assert 'channel' in by and 'weekly' not in by, by
            assert order == ['--yes', '--dry-run'], order

        @t.case('fields, and what they may be')
        def _():
            fields, values, one = offered('mostradorctl set 12 pr', 'mostradorctl set 12 status=', 'mostradorctl set 12 status=closed priority=u')
            assert fields == ['priority='], fields
            # After the sign, where bash parts words.
            assert values == ['open', 'pending', 'snoozed', 'closed', 'spam'], values
            assert one == ['urgent'], one

        @t.case('names of this profile: views, accounts, macros, categories')
        def _():
            views, accounts, macros, categories, elsewhere = offered(
                'mostradorctl list --view ', 'mostradorctl sync --account ', 'mostradorctl macro show ', 'mostradorctl set 12 category=',
                'mostradorctl --profile %s/none macro show ' % folder,
            )  # fmt: skip
            assert 'all_open' in views and 'closed' in views, views
            assert 'hola@farolana.example' in accounts and '@farolana_bot' in accounts, accounts
            assert len(macros) > 5, macros
            assert len(categories) > 5, categories
            assert elsewhere == [], elsewhere

        @t.case('files where a file belongs')
        def _():
            assert offered('mostradorctl customer import wh') == [['what I have.csv']], offered('mostradorctl customer import wh')
            assert offered('mostradorctl show wh') == [[]], offered('mostradorctl show wh')

    return t.done()


if __name__ == '__main__':
    sys.exit(main())

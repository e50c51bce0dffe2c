#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to orders from a terminal, on a shop that keeps its state; and a process that is killed between sending and the answer."""
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile
from wooshop import KEY, SECRET, Shop

t = tap.Tap(stop_at_failure=True)
folder = tempfile.TemporaryDirectory()
profile = Profile(sys.argv[1], folder.name)
shop = Shop()


def refused(*words, status=1):
    done = profile.call(*words)
    assert done.returncode == status, (words, done)
    return done.stderr


@t.case('what can be given back is told, line by line')
def _():
    shop.add(1001, '2026-05-01T10:00:00')
    shop.add(1002, '2026-05-02T10:00:00', status='completed')
    profile.run('shop', 'add', 'woocommerce', '--url', shop.url, '--name', 'Mugs', '--keys-stdin', text='%s\n%s\n' % (KEY, SECRET))
    profile.run('shop', 'sync')
    [terms] = profile.run('order', 'terms', '1001')
    assert terms['left'] == '12.50' and terms['lines'] == [{'id': '315', 'name': 'Mug & saucer', 'quantity': 2, 'quantity_left': 2, 'left': '12.50'}], terms


@t.case('what makes no sense is wrong usage, and nothing is done without a yes')
def _():
    assert 'Say what is refunded' in refused('order', 'refund', '1001', '--yes', status=2)
    assert 'is no line' in refused('order', 'refund', '1001', '--line', '315=3', '--yes', status=2)
    assert 'is no line' in refused('order', 'refund', '1001', '--line', '99', '--yes', status=2)
    assert 'is no amount' in refused('order', 'refund', '1001', '--amount', 'x', '--yes', status=2)
    assert 'at most 2 digits' in refused('order', 'refund', '1001', '--amount', '1.005', '--yes', status=2)
    assert '--yes' in refused('order', 'refund', '1001', '--all', status=2)
    assert 'is no part' in refused('order', 'address', '1001', 'planet=Mars', '--yes', status=2)
    assert 'two letters' in refused('order', 'address', '1001', 'line1=Weg 2', 'city=Berlin', 'country=Germany', '--yes', status=2)
    assert 'a street' in refused('order', 'address', '1001', 'line1= ', 'city=Berlin', '--yes', status=2)
    assert 'Say the number' in refused('order', 'cancel', status=2)
    assert 'There is no order' in refused('order', 'cancel', '9', '--yes')
    assert 'cannot do that' in refused('order', 'return', '1001', '--all', '--yes')
    assert 'at most 12.50' in refused('order', 'refund', '1001', '--amount', '12.51', '--yes')
    [dry] = profile.run('order', 'refund', '1001', '--line', '315=1', '--dry-run')
    assert dry['amount'] == '6.25' and dry['lines'] == [{'id': '315', 'quantity': 1, 'amount': '6.25'}], dry
    assert shop.writes == [] and profile.run('order', 'actions') == []


@t.case('a line is refunded, and told in the conversation')
def _():
    path = os.path.join(folder.name, 'one.eml')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('From: ana@mail.test\nTo: shop@mugs.test\nSubject: Broken\nMessage-ID: <one@mail.test>\nDate: Mon, 01 Jun 2026 10:00:00 +0000\n\nThe mug of order 1001 is broken\n')
    profile.run('import', path)
    [row] = profile.run('list', '--view', 'all')
    [done] = profile.run('order', 'refund', '1001', '--line', '315=1', '--reason', 'broken', '--conversation', str(row['number']), '--yes')
    assert done['state'] == 'done' and done['remote_id'] == '900', done
    [(number, what, body)] = shop.writes
    assert body['amount'] == '6.25' and body['api_refund'] is True and body['line_items'] == [{'id': 315, 'quantity': 1, 'refund_tax': [], 'refund_total': '6.25'}], body
    [order] = profile.run('order', 'show', '1001')
    assert order['refunded'] == '6.25', order
    [shown] = profile.run('show', str(row['number']))
    [event] = [m['event'] for m in shown['messages'] if m.get('event')]
    assert event['kind'] == 'order' and '"amount":"6.25"' in event['to'], event
    assert 'at most 6.25' in refused('order', 'refund', '1001', '--amount', '6.26', '--yes')


@t.case('the answer is lost: it is found, and not sent again')
def _():
    shop.loses = 1
    [done] = profile.run('order', 'refund', '1001', '--amount', '1.00', '--reason', 'late', '--record-only', '--yes')
    assert (done['state'], done['why'], done['remote_id']) == ('done', 'found', '901'), done
    assert len(shop.writes) == 2 and shop.writes[1][2]['api_refund'] is False


@t.case('the process is killed before the answer: the next one finds what was done')
def _():
    shop.may_answer.clear()
    words = [profile.ctl, '--profile', profile.folder, '--json', 'order', 'refund', '1001', '--amount', '2.00', '--yes']
    process = subprocess.Popen(words, env=profile.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 60
    while len(shop.writes) < 3 and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    shop.may_answer.set()
    [action] = [a for a in profile.run('order', 'actions', '1001') if a['amount'] == '2.00']
    assert action['state'] == 'running', action
    assert 'is being done' in refused('order', 'refund', '1001', '--amount', '2.00', '--yes')
    [done] = profile.run('order', 'settle', action['id'])
    assert (done['state'], done['why']) == ('done', 'found'), done
    assert len(shop.writes) == 3
    assert profile.run('order', 'terms', '1001')[0]['left'] == '3.25'


@t.case('a key that may only read is told so')
def _():
    shop.is_read_only = True
    assert 'may read, and no more' in refused('order', 'cancel', '1001', '--yes')
    shop.is_read_only = False


@t.case('note, address, invoice and cancellation; and what the status forbids')
def _():
    assert profile.run('order', 'note', '1001', 'Packed well', '--notify', '--yes')[0]['state'] == 'done'
    assert shop.writes[-1][2] == {'note': 'Packed well', 'customer_note': True}
    assert profile.run('order', 'address', '1001', 'city=Köln', 'line1=Weg 2', '--yes')[0]['state'] == 'done'
    assert shop.writes[-1][2]['shipping']['city'] == 'Köln'
    assert profile.run('order', 'invoice', '1001', '--yes')[0]['state'] == 'done'
    assert profile.run('order', 'cancel', '1001', '--yes')[0]['state'] == 'done'
    assert profile.run('order', 'show', '1001')[0]['status'] == 'cancelled'
    assert 'is cancelled already' in refused('order', 'cancel', '1001', '--yes')
    assert 'is sent already' in refused('order', 'cancel', '1002', '--yes')
    assert shop.wrong == []


@t.case('a macro changes an order where somebody says yes, once, and tells what came of it')
def _():
    path = os.path.join(folder.name, 'two.eml')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('From: Ana <ana@mail.test>\nTo: shop@mugs.test\nSubject: Money back\nMessage-ID: <two@mail.test>\nDate: Tue, 02 Jun 2026 10:00:00 +0000\n\nPlease refund the order 1002\n')
    profile.run('import', path)
    [number] = [str(row['number']) for row in profile.run('list', '--view', 'all') if row['subject'] == 'Money back']
    profile.run('shop', 'sync')
    profile.run('macro', 'save', text='{"name": "Give it back", "actions": [{"order": "refund"}]}')
    assert profile.run('macro', 'show', 'Give it back')[0]['actions'] == [{'order': 'refund'}]
    before = len(shop.writes)
    unsure = profile.call('macro', 'apply', 'Give it back', number)
    assert unsure.returncode == 1 and '"left"' in unsure.stdout and '--yes' in unsure.stdout, unsure
    assert len(shop.writes) == before
    applied, done = profile.run('macro', 'apply', 'Give it back', number, '--yes')
    assert applied['result'] == 'applied' and (done['kind'], done['state'], done['amount']) == ('refund', 'done', '12.50'), (applied, done)
    assert len(shop.writes) == before + 1 and shop.writes[-1][2]['amount'] == '12.50', shop.writes
    again = profile.call('macro', 'apply', 'Give it back', number, '--yes')
    assert again.returncode == 1 and 'refunded' in again.stdout, again
    assert len(shop.writes) == before + 1
    [shown] = profile.run('show', number)
    assert [m['event']['kind'] for m in shown['messages'] if m.get('event', {}).get('kind') == 'order'] == ['order'], shown['messages']


shop.stop()
folder.cleanup()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders come and go as files, from a terminal; what goes out is read by a reader that we did not write."""
import csv
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from ctlprofile import Profile

t = tap.Tap(stop_at_failure=True)
folder = tempfile.TemporaryDirectory()
profile = Profile(sys.argv[1], folder.name)


def path(name):
    return os.path.join(folder.name, name)


def write(name, text, encoding='utf-8'):
    with open(path(name), 'wb') as file:
        file.write(text.encode(encoding))
    return path(name)


def refused(*words, status=1):
    done = profile.call(*words)
    assert done.returncode == status, (words, done)
    return done.stderr


GERMAN = ('Bestellnummer;Bestelldatum;Status;Gesamtbetrag;Kunde;E-Mail;Artikel;Menge;Stückpreis\r\n'
          'A-1;03.04.2026;Versendet;1.234,50 €;Ida Größer;ida@example.test;Sofa;1;1.200,00\r\n'
          'A-1;;;;;;Kissen;3;11,50\r\n'
          'A-2;05.04.2026;Neu;12,00;Leo;leo@example.test;Karte;2;6,00\r\n')


@t.case('a shop of files is made, once')
def _():
    assert '--name' in refused('shop', 'add', 'csv', status=2)
    assert 'three letters' in refused('shop', 'add', 'csv', '--name', 'Faro', '--currency', 'euro', status=2)
    [shop] = profile.run('shop', 'add', 'csv', '--name', 'Faro', '--currency', 'eur')
    assert shop['kind'] == 'csv' and shop['currency'] == 'EUR' and shop['url'] == '' and shop['state'] == 'ready', shop
    assert profile.run('shop', 'list')[0]['state'] == 'ready' and profile.run('shop', 'test', 'Faro')[0]['result'] == 'ok'
    assert 'shop of files' in refused('shop', 'sync', 'Faro') and 'keyring' not in refused('shop', 'sync', 'Faro')
    assert 'already' in refused('shop', 'add', 'csv', '--name', 'Faro')


@t.case('what is missing is wrong usage, and what is no table is told')
def _():
    file = write('a.csv', 'x,y\n1,2\n')
    assert '--shop' in refused('order', 'import', file, status=2)
    assert 'There is no shop' in refused('order', 'import', file, '--shop', 'Nobody')
    assert '--column' in refused('order', 'import', file, '--shop', 'Faro')
    assert 'no column' in refused('order', 'import', file, '--shop', 'Faro', '--column', 'x=frob', status=2)
    assert 'has no column' in refused('order', 'import', file, '--shop', 'Faro', '--column', 'z=number', status=2)
    assert '--decimals' in refused('order', 'import', file, '--shop', 'Faro', '--decimals', '!', status=2)
    refused('order', 'import', path('nothing.csv'), '--shop', 'Faro')
    with open(path('b.csv'), 'wb') as out:
        out.write(bytes(range(256)) * 64)
    assert 'no text' in refused('order', 'import', path('b.csv'), '--shop', 'Faro')
    assert 'line 2' in refused('order', 'import', write('c.csv', 'order,total\n1,"2\n'), '--shop', 'Faro')
    assert profile.run('order', 'list') == []


@t.case('tried, then imported, in each of the encodings that programs write; again, nothing is doubled')
def _():
    [tried] = profile.run('order', 'import', write('utf8.csv', GERMAN), '--shop', 'Faro', '--dry-run')
    assert tried['result'] == 'tried' and tried['new'] == 2 and tried['decimals'] == ',' and tried['decimals_are_sure'] and tried['dates'] == 'day', tried
    assert tried['columns']['number'] == 'Bestellnummer' and tried['statuses'] == {'Versendet': 'shipped', 'Neu': 'pending'}, tried
    assert profile.run('order', 'list') == []
    [done] = profile.run('order', 'import', path('utf8.csv'), '--shop', 'Faro')
    assert done['result'] == 'imported' and done['new'] == 2, done
    for encoding, name in (('utf-8-sig', 'UTF-8'), ('utf-16', 'UTF-16LE'), ('utf-16-be', 'UTF-16BE'), ('cp1252', 'WINDOWS-1252')):
        [again] = profile.run('order', 'import', write('again.csv', GERMAN, encoding), '--shop', 'Faro')
        assert again['new'] == again['changed'] == 0 and again['same'] == 2 and again['encoding'] == name, again
    orders = {order['number']: order for order in profile.run('order', 'list', '--shop', 'Faro')}
    assert set(orders) == {'A-1', 'A-2'}
    assert orders['A-1']['total'] == '1234.50' and orders['A-1']['currency'] == 'EUR' and orders['A-1']['name'] == 'Ida Größer', orders['A-1']
    assert [item['name'] for item in orders['A-1']['items']] == ['Sofa', 'Kissen']


@t.case('what cannot be read is told with its line, and leaves the others alone')
def _():
    file = write('bad.csv', 'Order;Date;Total\nA-2;06.04.2026;13,00\nA-3;soon;1,00\n;07.04.2026;2,00\n')
    lines = profile.run('order', 'import', file, '--shop', 'Faro')
    assert [(line['line'], line['trouble']) for line in lines[:-1]] == [(3, 'date'), (4, 'no_number')], lines
    assert lines[-1]['changed'] == 1 and lines[-1]['left_out'] == 1, lines
    text = profile.call('order', 'import', file, '--shop', 'Faro').stdout
    assert 'line' in text


@t.case('columns, statuses and ways to write are said, and remembered')
def _():
    file = write('own.csv', 'Ref,When,Sum,Stage\nB-1,05/06/2026,1.234,Packed\n')
    [done] = profile.run('order', 'import', file, '--shop', 'Faro', '--column', 'Ref=number', '--column', 'When=date', '--column', 'Sum=total', '--column', 'Stage=status', '--status', 'Packed=paid',
                         '--decimals', ',', '--dates', 'month')
    assert done['new'] == 1 and done['dates_are_sure'], done
    [order] = profile.run('order', 'show', 'B-1')
    assert order['total'] == '1234' and order['status'] == 'paid' and order['status_in_shop'] == 'Packed', order
    [again] = profile.run('order', 'import', file, '--shop', 'Faro')
    assert again['same'] == 1 and again['dates'] == 'month', again


@t.case('orders go out, and another reader reads them; in again, nothing changes')
def _():
    profile.run('order', 'export', '--output', path('out.csv'), '--shop', 'Faro')
    assert 'there already' in refused('order', 'export', '--output', path('out.csv'))
    profile.run('order', 'export', '--output', path('out.csv'), '--force')
    with open(path('out.csv'), newline='', encoding='utf-8') as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4 and [row['item'] for row in rows if row['number'] == 'A-1'] == ['Sofa', 'Kissen'], rows
    [again] = profile.run('order', 'import', path('out.csv'), '--shop', 'Faro')
    assert again['new'] == again['changed'] == 0 and again['same'] == 3, again


@t.case('an undo takes back nothing that was done before an import; one that changed nothing is none')
def _():
    profile.run('category', 'add', 'Wholesale')
    profile.run('order', 'import', path('out.csv'), '--shop', 'Faro')
    assert profile.run('undo') and 'Wholesale' not in [row['name'] for row in profile.run('category', 'list')]
    profile.run('category', 'add', 'Wholesale')
    [done] = profile.run('order', 'import', write('last.csv', 'Order,Date,Total,Status\nB-1,2026-05-06,1234,paid\n'), '--shop', 'Faro', '--dates', 'month')
    assert done['changed'] == 1, done
    assert 'cannot be undone' in refused('undo') and 'Wholesale' in [row['name'] for row in profile.run('category', 'list')]


@t.case('whose orders: somebody unknown is told')
def _():
    assert 'nobody@example.test' in refused('order', 'list', '--customer', 'nobody@example.test')


@t.case('orders are found by number, name and address, by status, by day, and those that are late')
def _():
    profile.run('order', 'import', write('old.csv', 'Order,Date,Total,Status\nC-1,2020-02-01,9,paid\n'), '--shop', 'Faro')

    def numbers(*words):
        return [order['number'] for order in profile.run('order', 'list', *words)]

    assert numbers() == ['B-1', 'A-2', 'A-1', 'C-1'] and numbers('--oldest-first', '--limit', '2') == ['C-1', 'A-1']
    assert numbers('--find', 'a-') == ['A-2', 'A-1'] and numbers('--find', 'größer') == ['A-1'] and numbers('--find', 'ida@ex') == ['A-1'] and numbers('--find', 'nobody') == []
    assert numbers('--status', 'shipped') == ['A-1'] and numbers('--status', 'paid', '--oldest-first') == ['C-1', 'B-1']
    assert numbers('--status', 'paid', '--late', '1', '--to', '2020-12-31') == ['C-1'] and numbers('--late', '100000') == []
    assert numbers('--from', '2026-04-04', '--to', '2026-04-07') == ['A-2'] and numbers('--shop', 'Faro', '--find', 'b-1') == ['B-1']
    assert 'number of days' in refused('order', 'list', '--late', 'long', status=2) and 'a day such as' in refused('order', 'list', '--from', 'May', status=2)
    assert 'is no status' in refused('order', 'list', '--status', 'lost', status=2)
    assert 'not both' in refused('order', 'list', '--find', 'x', '--email', 'ida@example.test', status=2)


@t.case('the orders of the sample shop go out and in again, and nothing changes')
def _():
    sample = Profile(sys.argv[1], path('sample'))
    os.mkdir(path('sample'))
    sample.call('sample')
    before = sample.run('order', 'list', '--shop', 'Faro y Lana', '--limit', '1000')
    sample.run('order', 'export', '--output', path('sample.csv'), '--shop', 'Faro y Lana')
    [again] = sample.run('order', 'import', path('sample.csv'), '--shop', 'Faro y Lana')
    assert len(before) > 20 and again['new'] == again['changed'] == again['left_out'] == 0, again
    assert sample.run('order', 'list', '--shop', 'Faro y Lana', '--limit', '1000') == before
    named = next(order for order in before if order['customer'])
    whose = sample.run('order', 'list', '--customer', named['email'])
    # Who bought it is shown with it, what it comes to, and what else there was.
    person = sample.run('customer', 'show', named['email'])[0]
    assert [order['id'] for order in person['orders']] == [order['id'] for order in whose], person
    assert {one['currency'] for one in person['totals']} <= {order['currency'] for order in whose} and person['totals'], person['totals']
    assert [step['at'] for step in person['journey']] == sorted((step['at'] for step in person['journey']), reverse=True), person['journey']
    assert {'order', 'first-contact'} <= {step['what'] for step in person['journey']}, person['journey']
    said = subprocess.run([sys.argv[1], '--profile', sample.folder, 'customer', 'show', named['email']], capture_output=True, text=True, timeout=60).stdout
    assert all(order['number'] in said and order['total'] in said for order in whose), said
    assert named['number'] in [order['number'] for order in whose], whose


@t.case('the shop goes, and its orders with it')
def _():
    profile.run('shop', 'remove', 'Faro')
    assert profile.run('order', 'list') == []


sys.exit(t.done())

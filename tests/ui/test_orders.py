#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to orders beside the conversation: refunded, noted on, sent elsewhere, invoiced again, cancelled, marked as returned; and what cannot be done says why."""
import os
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
import shopifyshop
from story import composer, find_row, mostrador, open_row, open_view, press, tab_to
from uidrive import check_accessible, keys, record_failures, shot, type_text, until
from wooshop import KEY, SECRET, Shop

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
folder = tempfile.TemporaryDirectory()
profile = os.path.join(folder.name, 'profile')
shop = Shop()
shop.add(1001, '2026-05-01T10:00:00', shipping_lines=[{'id': 317, 'method_title': 'Parcel', 'total': '4.90', 'total_tax': '0.00', 'taxes': []}], status='completed')
shop.orders[0]['total'] = '17.40'
shop.add(1002, '2026-05-02T10:00:00', shipping={'first_name': 'Ana', 'last_name': 'García', 'address_1': 'Calle Mayor 1', 'postcode': '28001', 'city': 'Madrid', 'country': 'ES'})
other = shopifyshop.Shop()
other.add(3001, '2026-04-01T10:00:00Z')


def ctl(*words, text=''):
    subprocess.run([os.environ['MOSTRADORCTL'], '--profile', profile, *words], input=text, text=True, check=True, timeout=120, stdout=subprocess.DEVNULL)


def picture(name):
    shot(os.path.join(os.environ.get('MOS_UI_PICTURES', '.'), 'orders-%s.png' % name))


def act(text, number='1001'):
    """the button of the open order"""
    return app.find('button', lambda name: name.startswith(text) and number in name, timeout=20)


def open_order(number):
    """by keyboard: it may lie below the edge of the pane"""
    tab_to(app.find('list item', lambda name: name.startswith('\u2068' + number), timeout=20), 80)
    keys('Return')
    until(lambda: act('Refund', number), 20, 'the order opens')


def begin(text, number):
    """what is behind the button: its order may be made anew while somebody is on their way to it"""
    until(lambda: act(text, number).has('sensitive'), 20, '%s of order %s' % (text, number))
    act(text, number).click()


def form(title):
    """the dialog that is about one order"""
    return app.find('dialog', lambda name: name.startswith(title), timeout=20)


def over(title):
    app.gone('dialog', lambda name: name.startswith(title), timeout=30)


def told(number, *words):
    """one line of the history says all of this"""
    app.find('label', lambda name: number in name and all(word in name for word in words), timeout=30)


@t.case('an order that a conversation names can be refunded, and what cannot be done says why')
def _():
    global app
    mail = os.path.join(folder.name, 'one.eml')
    with open(mail, 'w', encoding='utf-8') as out:
        out.write('From: Ana <ana@mail.test>\nTo: shop@mugs.test\nSubject: Broken mug\nMessage-ID: <one@mail.test>\nDate: Mon, 01 Jun 2026 10:00:00 +0000\n\nOne mug of order 1001 is broken.\n')
    ctl('shop', 'add', 'woocommerce', '--url', shop.url, '--name', 'Mugs', '--keys-stdin', text='%s\n%s\n' % (KEY, SECRET))
    ctl('shop', 'add', 'shopify', '--url', other.url, '--name', 'Scarves', '--keys-stdin', text=shopifyshop.TOKEN + '\n')
    ctl('shop', 'sync')
    ctl('import', mail)
    app = mostrador('--profile', profile)
    open_view(app, 'Closed')
    find_row(app, 'Broken mug', timeout=30)
    open_row(app, 'Broken mug')
    app.find('list item', lambda name: name.startswith('\u20681001'), timeout=20).rest().mouse(ry=0.3)
    until(lambda: act('Refund').has('sensitive'), 20, 'the shop was read')
    cancel = act('Cancel Order')
    assert not cancel.has('sensitive') and 'sent already' in cancel.description, cancel.description
    app.says('Packed', timeout=30)
    app.says('Marta')
    app.says('Note that the customer does not see')
    check_accessible(app, 'order')
    picture('buttons')


@t.case('one of two mugs and the parcel are given back')
def _():
    press(act('Refund'))
    dialog = app.find('dialog', lambda name: name.startswith('Refund'), timeout=20)
    mugs = dialog.find('spin button', lambda name: name.startswith('Mug & saucer'), timeout=20)
    mugs.focus()
    keys('Up')
    dialog.find('button', lambda name: name.startswith('Refund') and '6.25' in name)
    dialog.find('label', 'Parcel').rest().mouse()
    button = dialog.find('button', lambda name: name.startswith('Refund') and '11.15' in name)
    assert button.has('sensitive')
    app.says('17.40')
    dialog.find('text', 'Reason').focus()
    type_text('broken')
    check_accessible(app, 'refund')
    picture('refund')
    button.mouse()
    app.gone('dialog', lambda name: name.startswith('Refund'), timeout=30)
    until(lambda: shop.writes, 30, 'the shop is asked')
    [(_, what, body)] = shop.writes
    assert what == '/refunds' and body['amount'] == '11.15' and body['reason'] == 'broken' and body['api_refund'] is True, body
    app.says('11.15', timeout=20)
    app.find('label', lambda name: 'refunded' in name and name.find('refunded') < name.find('11.15') < name.find('1001'), timeout=20)
    picture('refunded')


@t.case('a note is written')
def _():
    until(lambda: act('Add Note').has('sensitive'), 20, 'it is over')
    press(act('Add Note'))
    dialog = app.find('dialog', lambda name: name.startswith('Note'), timeout=20)
    text = dialog.find('text', 'Note', timeout=20)
    until(lambda: text.has('focused'), 5, 'the keyboard is in the note')
    assert not dialog.find('button', 'Add').has('sensitive')
    type_text('Packed well')
    dialog.find('button', 'Add').mouse()
    app.gone('dialog', lambda name: name.startswith('Note'), timeout=30)
    assert shop.writes[-1][2] == {'note': 'Packed well', 'customer_note': False}, shop.writes


@t.case('an order is sent elsewhere: the form has what the shop has, and a country that there is not is marked')
def _():
    open_order('1002')
    begin('Change Address', '1002')
    dialog = form('Where It Is Sent To')
    first = dialog.find('text', 'First name', timeout=20)
    until(lambda: first.has('focused'), 5, 'the keyboard is in the form')
    assert first.text() == 'Ana' and not dialog.find('button', 'Change').has('sensitive')
    check_accessible(app, 'address')
    picture('address')
    tab_to(dialog.find('text', 'Country (two letters)', showing=False))
    keys('ctrl+a')
    type_text('Spain')
    tab_to(dialog.find('text', 'Town', showing=False))
    keys('ctrl+a')
    type_text('Lisboa')
    until(lambda: dialog.find('text', 'Town', showing=False).text() == 'Lisboa', 5, 'the town')
    assert not dialog.find('button', 'Change').has('sensitive')
    picture('address-wrong')
    tab_to(dialog.find('text', 'Country (two letters)', showing=False))
    keys('ctrl+a')
    type_text('pt')
    until(lambda: dialog.find('button', 'Change').has('sensitive'), 5, 'it can be sent')
    keys('Return')
    over('Where It Is Sent To')
    written = shop.writes[-1][2]['shipping']
    assert (written['city'], written['country'], written['address_1']) == ('Lisboa', 'PT', 'Calle Mayor 1'), written
    told('1002', 'changed the address')


@t.case('its invoice is sent once more, to the address that is named')
def _():
    begin('Send Invoice', '1002')
    dialog = form('Send Invoice')
    dialog.says('ana@mail.test', timeout=20)
    until(lambda: dialog.find('button', 'Send').has('focused'), 5, 'the keyboard is on Send')
    check_accessible(app, 'invoice')
    picture('invoice')
    keys('Return')
    over('Send Invoice')
    assert shop.writes[-1][1] == '/actions/send_order_details', shop.writes[-1]
    told('1002', 'invoice')
    until(lambda: any(row.has('focused') for row in app.find_all('list item', lambda name: name.startswith('\u20681002'))), 10, 'the keyboard is back at the order')


@t.case('it is cancelled, and not by pressing Return once too often')
def _():
    begin('Cancel Order', '1002')
    dialog = form('Cancel Order')
    dialog.says('It cannot be taken back from here.', timeout=20)
    until(lambda: dialog.find('button', 'Close').has('focused'), 5, 'the keyboard is on what does nothing')
    check_accessible(app, 'cancel an order')
    picture('cancel')
    press(dialog.find('button', 'Cancel Order'))
    over('Cancel Order')
    assert shop.writes[-1][2] == {'status': 'cancelled'}, shop.writes[-1]
    told('1002', 'cancelled')
    until(lambda: 'cancelled already' in act('Cancel Order', '1002').description, 30, 'it says that it is cancelled')


@t.case('what came back of an order of another shop is marked as returned')
def _():
    open_order('#3001')
    begin('Mark Returned', '#3001')
    dialog = form('Mark Returned')
    # Beside two buttons, in a narrow window: what is done has a place of its own, and the number another.
    dialog.find('label', 'Mark Returned')
    dialog.find('label', '\u2068#3001\u2069')
    scarf = dialog.find('spin button', lambda name: name.startswith('Scarf'), timeout=20)
    until(lambda: any(node.has('focused') for node in dialog.walk()), 5, 'the keyboard is in the form')
    tab_to(scarf)
    assert not dialog.find('button', 'Open Return').has('sensitive')
    keys('Up')
    until(lambda: dialog.find('button', 'Open Return').has('sensitive'), 5, 'one came back')
    tab_to(dialog.find('text', 'Reason'))
    type_text('too short')
    check_accessible(app, 'mark returned')
    picture('return')
    press(dialog.find('button', 'Open Return'))
    over('Mark Returned')
    [(asked, is_closed)] = other.returns
    [line] = asked['returnLineItems']
    assert line['quantity'] == 1 and line['returnReasonNote'] == 'too short' and is_closed, other.returns
    told('3001', 'returned')


@t.case('a macro says which order it changes, asks before it does, and does it')
def _():
    ctl('macro', 'save', text='{"name": "Give it back", "shortcode": "giveback", "for_notes": true, "texts": {"en": "She gets the rest back."}, "actions": [{"order": "refund"}]}')
    before = len(shop.writes)
    keys('ctrl+shift+t')
    until(lambda: composer(app).has('focused'), 10, 'the keyboard in the note')
    type_text('/giveback')
    app.find('list', 'Macros').find('list item', lambda name: name.startswith('Give it back'), timeout=20)
    keys('Return')
    until(lambda: 'She gets the rest back.' in composer(app).text(), 10, 'the text')
    done = app.find('grouping', 'Macros in this message')
    app.says('€6.25')
    check_accessible(done, 'what is done to the order')
    picture('macro')
    keys('ctrl+Return')
    checks = app.find('grouping', 'Before this is sent')
    app.says('This changes the order in the shop')
    check_accessible(checks, 'before it is done')
    picture('macro-asks')
    assert len(shop.writes) == before, shop.writes
    checks.find('button', 'Add Anyway').rest().mouse()
    until(lambda: len(shop.writes) == before + 1, 60, 'it is done')
    assert shop.writes[-1][1] == '/refunds' and shop.writes[-1][2]['amount'] == '6.25', shop.writes[-1]
    until(lambda: not act('Refund').has('sensitive') and 'refunded already' in act('Refund').description, 30, 'nothing is left')


@t.case('a shop that is away disables it, with the reason')
def _():
    shop.stop()
    shop.server.server_close()
    other.stop()
    keys('ctrl+comma')
    press(app.find('list item', lambda name: name.startswith('Shops'), timeout=10))
    press(app.find('button', 'Read All Now'))
    app.says('cannot be reached', timeout=60)
    keys('Escape')
    app.gone('grouping', 'Shops')
    app.find('dialog', 'Preferences').find('button', 'Close').rest().mouse()
    app.gone('dialog', 'Preferences')
    until(lambda: not act('Refund').has('sensitive'), 30, 'disabled')
    assert 'cannot be reached' in act('Refund').description, act('Refund').description
    app.says('The shop cannot be reached just now')
    picture('away')


@t.case('the program quits, and nothing leaked')
def _():
    app.quit()


if app and app.process.poll() is None:
    app.kill()
folder.cleanup()
sys.exit(t.done())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job with real servers, as a person with mouse and keys does it: from an empty profile to a customer answered and closed."""
import os
import shutil
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from servers import Servers
from story import (
    add_account,
    attach,
    begin_account,
    bodies,
    composer,
    fill_server,
    find_row,
    mail,
    mail_comes,
    mailbox,
    mostrador,
    no_row,
    open_row,
    open_view,
    press,
    row_says,
    rows,
    shows_message,
    unfold,
    view_counts,
    view_of,
    write,
)
from uidrive import keys, record_failures, type_text, until

SHOP = 'support@shop.test'
CUSTOMER = 'customer@mail.test'
ORDER = 'Where is my order 1207?'
NEWS = 'A question about your blankets'
# Every byte there is, and a line that would be changed if it were sent as text.
FILE = bytes(range(256)) * 40 + b'\r\n.\nFrom here\n'

t = tap.Tap(stop_at_failure=True)
app = None
answer = None
record_failures(t, lambda: app)
servers = Servers().start()
folder = tempfile.mkdtemp(prefix='mos-main-job-')
attachment = os.path.join(folder, 'return-label.bin')
with open(attachment, 'wb') as f:
    f.write(FILE)


@t.case('the first start asks for an account')
def _():
    global app
    app = mostrador()
    app.find('button', 'Look Around in a Sample Shop', timeout=20)


@t.case('servers are entered by keyboard where none are known')
def _():
    dialog = begin_account(app, 'Faro y Lana', SHOP, 'secret')
    dialog.says('These servers are a guess.')
    fill_server(dialog, 0, 'localhost', servers.ports['imaps'], SHOP)
    fill_server(dialog, 1, 'localhost', servers.ports['submission'], SHOP, starttls=True)
    press(dialog.find('button', 'Try It Out', showing=False))


@t.case('a certificate of an unknown authority is explained, not accepted')
def _():
    dialog = app.find('dialog', 'Add an E-mail Account')
    dialog.find('button', 'Trust This Certificate From Now On', timeout=20)
    dialog.says('It was not issued by an authority this system knows.')
    dialog.says('Made out to: CN=localhost')
    dialog.says('Issued by: CN=Mostrador test authority')
    dialog.says('Fingerprint (SHA-256): ')
    assert not dialog.find_all('button', 'Finish'), 'the account may be finished'


@t.case('turning it down leads back to the settings, and nothing was kept')
def _():
    dialog = app.find('dialog', 'Add an E-mail Account')
    press(dialog.find('button', 'Change Settings'))
    dialog.find('text', 'Server')
    keys('Escape')
    dialog.find('text', 'Password')
    keys('Escape')
    app.gone('dialog', 'Add an E-mail Account')
    app.find('button', 'Look Around in a Sample Shop')


@t.case('trusting it lets the test pass, and the window opens')
def _():
    add_account(app, servers)
    app.says('Nothing is open')
    until(lambda: any('Faro y Lana' in n.name and 'Not connected' not in n.name for n in app.find('list', 'Accounts').children()), 20, 'the account is connected')


@t.case('a mail appears by itself, without a finger lifted')
def _():
    servers.deliver(SHOP, mail('Ana García <%s>' % CUSTOMER, ORDER, 'Hello!\n\nI ordered a lighthouse lamp in March.\nIs it on its way? ñandú\n\nAna\n'), CUSTOMER)
    find_row(app, ORDER, timeout=20)
    row_says(app, ORDER, 'Ana García, 1 unread message')


@t.case('it is read')
def _():
    open_row(app, ORDER)
    shows_message(app, 'I ordered a lighthouse lamp in March.')
    shows_message(app, 'ñandú')
    until(lambda: not any(ORDER in name and 'unread' in name for name in rows(app)), 10, 'it is not unread any more')


@t.case('a formatted mail is read, its pictures on the internet stay there')
def _():
    html = '<html><body><h1>Wool</h1><p>Are they made of <b>real</b> sheep?</p><script>alert(1)</script><img src="http://127.0.0.1:1/x.png" width="300" height="200"></body></html>'
    servers.deliver(SHOP, mail('Otto Fleece <otto@elsewhere.test>', NEWS, 'Are they made of real sheep?', html=html))
    open_row(app, NEWS, timeout=20)
    shows_message(app, 'Are they made of real sheep?')
    app.find('button', 'Load Remote Images')
    assert not any('alert' in body for body in bodies(app)), bodies(app)


@t.case('an answer with a file leaves by Ctrl+Return')
def _():
    open_row(app, ORDER)
    shows_message(app, 'lighthouse lamp')
    app.find('button', lambda name: name.startswith('Reply to ') and 'Ana' in name).mouse()
    write(app, 'Dear Ana, it left the harbour yesterday.')
    attach(app, attachment)
    composer(app).focus()
    keys('ctrl+Return')
    shows_message(app, 'it left the harbour yesterday')


@t.case('the customer has it, with the file as it was, in the right thread')
def _():
    global answer
    answer = mail_comes(servers, CUSTOMER, 'it left the harbour yesterday')
    question = mailbox(servers, SHOP)[0]
    assert answer['In-Reply-To'] == question['Message-ID'], answer['In-Reply-To']
    assert answer['References'].split()[-1] == question['Message-ID'], answer['References']
    assert answer['Subject'] == 'Re: ' + ORDER, answer['Subject']
    assert 'Faro y Lana' in answer['From'] and SHOP in answer['From'], answer['From']
    files = [(part.get_filename(), part.get_content()) for part in answer.iter_attachments()]
    assert files == [('return-label.bin', FILE)], [(name, len(data)) for name, data in files]


@t.case('one copy is in Sent')
def _():
    until(lambda: mailbox(servers, SHOP, 'Sent'), 20, 'a copy in Sent')


@t.case('what the customer answers comes into the same conversation')
def _():
    text = mail('Ana García <%s>' % CUSTOMER, 'Re: ' + ORDER, 'Wonderful, I shall watch the xylophone buoy.\n\n> Dear Ana, it left the harbour yesterday.\n', answers=answer)
    servers.send(CUSTOMER, [SHOP], text)
    shows_message(app, 'Wonderful', timeout=20)
    assert len([name for name in rows(app) if ORDER in name]) == 1, rows(app)
    said = [body for body in bodies(app)]
    assert len(said) == 3, said


@t.case('still one copy is in Sent')
def _():
    sent = mailbox(servers, SHOP, 'Sent')
    assert len(sent) == 1, [(m['Message-ID'], m['Date']) for m in sent]
    assert sent[0]['Message-ID'] == answer['Message-ID'], sent[0]['Message-ID']


@t.case('a note stays inside')
def _():
    keys('ctrl+g', 'ctrl+shift+t')
    write(app, 'She is a good customer, be quick.')
    keys('ctrl+Return')
    shows_message(app, 'be quick')
    assert len(mailbox(servers, CUSTOMER)) == 1


@t.case('a tag, by its dialog')
def _():
    keys('ctrl+g', 'ctrl+t')
    dialog = app.find('dialog', 'Tags')
    entry = dialog.find('entry', 'Find or add a tag')
    until(lambda: entry.has('focused') or any(n.has('focused') for n in entry.walk()), 5, 'focus on the tag')
    type_text('lamp')
    keys('Return', 'Escape')
    app.gone('dialog', 'Tags')
    row_says(app, ORDER, 'Tags: lamp')


@t.case('it becomes mine, and urgent')
def _():
    keys('ctrl+g', 'ctrl+m')
    row_says(app, ORDER, 'Assigned to ')
    view_counts(app, 'Mine', '1 conversation')
    keys('shift+F4')
    row_says(app, ORDER, 'Urgent')


@t.case('it sleeps until tomorrow, among the snoozed')
def _():
    view_counts(app, 'Snoozed', 'no conversations')
    keys('ctrl+h')
    view_counts(app, 'Snoozed', '1 conversation')
    open_view(app, 'Snoozed')
    row_says(app, ORDER, 'Snoozed')
    open_view(app, 'All open')
    no_row(app, ORDER)


@t.case('it is woken')
def _():
    open_view(app, 'Snoozed')
    open_row(app, ORDER)
    keys('ctrl+shift+o')
    view_counts(app, 'Snoozed', 'no conversations')
    open_view(app, 'All open')
    find_row(app, ORDER)


@t.case('the alarm clock offers its times')
def _():
    open_row(app, ORDER)
    app.find('toggle button', 'Snooze').mouse()
    for name in ('Until Tomorrow, 9:00', 'Until Monday, 9:00', 'Until the Customer Answers', 'Pick Date and Time…'):
        item = app.find('menu item', name)
        until(lambda item=item: item.has('sensitive'), 2, '%s can be chosen' % name)
    keys('Escape')
    app.gone('menu item', 'Until Tomorrow, 9:00')


@t.case('it is closed, and brought back by the toast')
def _():
    open_row(app, ORDER)
    keys('ctrl+e')
    view_counts(app, 'Closed', '1 conversation')
    app.find('button', 'Undo')
    app.find('button', 'Undo').mouse()
    view_counts(app, 'Closed', 'no conversations')
    find_row(app, ORDER)


@t.case('it is closed, and brought back by Ctrl+Z')
def _():
    open_row(app, ORDER)
    keys('ctrl+e')
    view_counts(app, 'Closed', '1 conversation')
    keys('ctrl+z')
    view_counts(app, 'Closed', 'no conversations')
    find_row(app, ORDER)


@t.case('a word from its body finds it')
def _():
    keys('ctrl+f')
    entry = app.find('entry', 'Search all messages')
    until(lambda: entry.has('focused') or any(n.has('focused') for n in entry.walk()), 5, 'focus on the search')
    type_text('xylophone')
    find_row(app, ORDER)
    no_row(app, NEWS)
    keys('Escape')
    find_row(app, NEWS)


@t.case('what was begun outlives a kill')
def _():
    open_row(app, NEWS)
    keys('ctrl+g', 'ctrl+r')
    write(app, 'Dear Otto, our sheep')
    view_counts(app, 'Drafts', '1 conversation', timeout=10)
    app.kill()


@t.case('after the kill everything is there, the half sentence too')
def _():
    global app
    app = mostrador()
    open_row(app, NEWS, timeout=20)
    until(lambda: 'Dear Otto, our sheep' in composer(app).text(), 10, 'the draft')
    open_row(app, ORDER)
    unfold(app)
    for words in ('I ordered a lighthouse lamp in March.', 'it left the harbour yesterday', 'Wonderful', 'be quick'):
        shows_message(app, words)
    for words in ('Urgent', 'Assigned to ', 'Tags: lamp', 'Has attachments'):
        row_says(app, ORDER, words)


@t.case('it quits, and after a start the last close stands')
def _():
    global app
    keys('ctrl+g', 'ctrl+e')
    view_counts(app, 'Closed', '1 conversation')
    app.quit()
    app = mostrador()
    open_view(app, 'Closed')
    row_says(app, ORDER, 'Tags: lamp', timeout=20)
    view_of(app, 'Drafts')
    until(lambda: any('Faro y Lana' in n.name and 'Not connected' not in n.name for n in app.find('list', 'Accounts').children()), 20, 'the account is connected again')
    app.quit()


if app and app.process.poll() is None:
    app.kill()
servers.stop()
shutil.rmtree(folder)
sys.exit(t.done())

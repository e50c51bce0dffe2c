# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories of the UI suite share: rows, views, the composer, a mail account set up by hand."""
import email
import email.policy
import email.utils
import os
import subprocess
import time
from email.message import EmailMessage

from uidrive import PAUSE, App, keys, type_text, until


def mostrador(*arguments, **options):
    return App([os.environ['MOSTRADOR'], *arguments], **options)


# ---- the list of conversations and the views ----


def rows(app):
    """the names of the rows that are on show; the headings between them say no number"""
    return [row.name for row in app.find('list', 'Conversations').children() if row.has('showing') and '#' in row.name]


def find_row(app, text, timeout=5):
    """waits for the row that says the text"""
    return app.find('list', 'Conversations', timeout=timeout).find('list item', lambda name: text in name, timeout=timeout)


def no_row(app, text, timeout=5):
    """waits until no row says the text"""
    until(
        lambda: not [row for found in app.find_all('list', 'Conversations') for row in found.find_all('list item', lambda name: text in name)],
        timeout,
        'no row with %r' % text,
    )


def row_says(app, row, text, timeout=5):
    """waits until the row that says the one thing also says the other"""
    until(lambda: any(row in name and text in name for name in rows(app)), timeout, 'the row of %r says %r' % (row, text))


def selected_row(app):
    found = [row.name for row in app.find('list', 'Conversations').children() if row.has('selected')]
    return found[0] if found else None


def open_row(app, text, timeout=5):
    """clicks on the row and waits for its conversation"""
    find_row(app, text, timeout).rest()
    # The list may have given the row to another conversation meanwhile: the one that says it now.
    find_row(app, text, timeout).mouse()
    until(lambda: text in (selected_row(app) or ''), 5, 'the row %r is selected' % text)
    return app.find('filler', 'Messages')


def open_any(app, text, pages=12):
    """pages down the list to the row that says the text, wherever it is, and opens it; works with one pane as well"""
    found = app.find('list', 'Conversations')
    keys('ctrl+g', 'Home')
    time.sleep(5 * PAUSE)

    def within(row):
        # A row that is cut off at an edge shows, too; the mouse would hit what lies over it.
        _, y, _, height = row.extents()
        _, top, _, size = found.extents()
        return top <= y + height / 2 < top + size

    def opened():
        # With one pane the list goes.
        lists = app.find_all('list', 'Conversations')
        return not lists or any(text in row.name for row in lists[0].children() if row.has('selected'))

    for _ in range(pages):
        row = next((row for row in found.children() if text in row.name and row.has('showing') and within(row)), None)
        if row:
            row.rest().mouse()
            until(opened, 5, 'the row %r is selected' % text)
            return app.find('filler', 'Messages')
        before = selected_row(app)
        keys('Next')
        # On a busy machine the next page takes a while; at the end there is none.
        try:
            until(lambda: selected_row(app) != before, 1, 'the next page')
        except AssertionError:
            pass
        time.sleep(5 * PAUSE)
    raise AssertionError('no row with %r' % text)


def view_of(app, name, timeout=5):
    """the row of a view in the left pane"""
    return app.find('list', 'Views', timeout=timeout).find('list item', lambda text: text.split(',')[0] == name, timeout=timeout)


def open_view(app, name):
    """clicks on a view; its name is the title of the list then"""
    view_of(app, name).mouse()
    app.find('grouping', name)


def view_counts(app, name, what, timeout=5):
    """waits until the view tells this number, e.g. '1 conversation'"""
    until(lambda: ', %s' % what in view_of(app, name).name, timeout, '%s holds %s' % (name, what))


def single_keys(app):
    """switches them on, in the page of shortcuts"""
    keys('ctrl+question')
    switch = tab_to(app.find('dialog', 'Keyboard Shortcuts').find('check box', 'Single-key shortcuts'))
    keys('space')
    until(lambda: switch.has('checked'), 5, 'single keys are on')
    keys('Escape')
    app.gone('dialog', 'Keyboard Shortcuts')


# ---- one conversation ----


def bodies(app):
    """the texts of the messages on show, oldest first"""
    return [node.text() for node in app.find('filler', 'Messages').find_all('text', 'Message text', showing=False)]


def unfold(app):
    """opens every message that is folded away because it was read before"""

    def folded():
        return app.find('filler', 'Messages').find_all('button', lambda name: name.startswith('Open message from '), showing=False)

    while left := folded():
        left[0].click()
        until(lambda: len(folded()) < len(left), 5, 'a message opens')


def shows_message(app, text, timeout=5):
    until(lambda: any(text in body for body in bodies(app)), timeout, 'a message with %r' % text)


def composer(app):
    """the text that is being written"""
    return app.find('text', lambda name: name in ('Message', 'Internal note'))


def write(app, text):
    """types into the open composer, at the cursor"""
    field = composer(app)
    until(lambda: field.has('focused'), 5, 'focus in the composer')
    type_text(text)
    until(lambda: text in field.text(), 5, '%r in the composer, which holds %r' % (text, field.text()))


def choose_path(app, path, title):
    """the file dialog of this title, as a person who knows the path does"""
    dialog = until(lambda: next(iter(app.find_all('dialog', title) + app.find_all('file chooser')), None), 10, 'the file dialog')
    time.sleep(10 * PAUSE)
    keys('slash')
    # Not typed: the entry completes while one types.
    entry = dialog.find('text')
    entry.set_text(path)
    until(lambda: entry.text() == path, 5, 'the path in the entry')
    keys('Return')


def print_out(app, within=30):
    """the toolkit's dialog for printers, which has one that writes a file, where the program was started; its text, as pdftotext reads it"""
    dialog = until(lambda: next((window for window in app.children() if window.name == 'Print'), None), within, 'the dialog')
    tab_to(dialog.find('table row', 'Print to File', timeout=within))
    keys('space')
    until(lambda: dialog.find('button', 'Print').has('sensitive'), 10, 'it can be printed')
    keys('alt+p')
    until(lambda: os.path.exists('output.pdf') and b'%%EOF' in open('output.pdf', 'rb').read()[-64:], within, 'the file')
    text = subprocess.run(['pdftotext', '-layout', 'output.pdf', '-'], check=True, capture_output=True, text=True).stdout
    os.unlink('output.pdf')
    return text


def attach(app, path):
    app.find('button', 'Attach files').mouse()
    choose_path(app, path, 'Attach Files')
    app.find('button', lambda name: name.startswith('Open attachment ' + os.path.basename(path)), timeout=10)


def keeps_focus(node):
    """whether it has the keyboard, and no Tab that a busy machine is about to take leads on"""
    if not node.has('focused'):
        return False
    time.sleep(5 * PAUSE)
    return node.has('focused')


def tab_to(node, limit=80):
    """Tab until the thing has the focus"""
    for _ in range(limit):
        if keeps_focus(node):
            return node
        keys('Tab')
        time.sleep(3 * PAUSE)
    raise AssertionError('Tab does not reach %r' % node)


def press(node):
    """by keyboard, for what may lie below the edge of a small window"""
    tab_to(node)
    keys('space')


# ---- accounts ----


def fill_server(dialog, nth, host, port, user, starttls=False):
    """one of the two groups of the servers page, by keyboard: Tab brings what is below into sight"""
    field = tab_to(dialog.find('text', 'Server', showing=False, nth=nth))
    keys('ctrl+a')
    type_text(host)
    until(lambda: field.text() == host, 5, 'the server, not %r' % field.text())
    field = tab_to(dialog.find('text', 'Port', showing=False, nth=nth))
    keys('ctrl+a')
    type_text(str(port))
    until(lambda: field.text() == str(port), 5, 'the port, not %r' % field.text())
    security = tab_to(dialog.find('combo box', 'Security', showing=False, nth=nth))
    choose(security, 'STARTTLS' if starttls else 'TLS')
    field = tab_to(dialog.find('text', 'User name', showing=False, nth=nth))
    keys('ctrl+a')
    type_text(user)
    until(lambda: field.text() == user, 5, 'the user, not %r' % field.text())


def chosen(combo):
    """what a closed drop-down row shows"""
    return [node.name for node in combo.find_all('label')][-1:]


def choose(combo, what, limit=5):
    """picks a choice of a focused drop-down row by keyboard"""
    if chosen(combo) == [what]:
        return
    keys('space')
    popup = until(lambda: [n for n in combo.walk() if n.role == 'label' and n.name == what and n.has('showing')], 5, 'the choice %r' % what)
    popup[-1].rest().mouse()
    until(lambda: chosen(combo) == [what], 5, '%r is chosen' % what)


def pick(place, shown, word):
    """one of the words of the drop-down in this place that shows the other one, by the keyboard: a long list is scrolled"""
    combo = place.find('combo box', shown)
    combo.rest().mouse()

    def choices():
        return [node.name for found in combo.find_all('list', showing=False) for item in found.find_all('list item', showing=False) for node in item.find_all('label', showing=False)]

    until(lambda: word in choices() and any(node.has('focused') for node in combo.walk() if node.role == 'list item'), 5, 'the choice %r' % word)
    keys('Home', *['Down'] * choices().index(word), 'Return')
    until(lambda: place.find_all('combo box', word), 5, '%r is chosen' % word)


def choose_kind(app, kind, title):
    """the page that asks what is to be added; returns the dialog that sets it up"""
    app.find('dialog', 'Add an Account').find('list item', lambda name: name.startswith(kind)).rest().mouse()
    dialog = app.find('dialog', title)
    app.gone('dialog', 'Add an Account')
    return dialog


def begin_account(app, name, address, password, dialog=None):
    """the first page of a new account, where it is not there already; returns the dialog at its servers page"""
    if dialog is None:
        app.find('button', lambda text: text in ('Add an Account', 'Add Account…'), timeout=20).mouse()
        dialog = choose_kind(app, 'E-mail', 'Add an E-mail Account')
    for field, text in (('Name customers see', name), ('E-mail address', address), ('Password', password)):
        tab_to(dialog.find('text', field))
        type_text(text)
    keys('Return')
    dialog.find('button', 'Try It Out', timeout=30, showing=False)
    return dialog


def leave_first_steps(app):
    """they come up by themselves when the first account is there"""
    app.find('dialog', 'First Steps', timeout=20)
    keys('Escape')
    app.gone('dialog', 'First Steps')


def add_account(app, servers, name='Faro y Lana', address='support@shop.test', password='secret', dialog=None):
    """a whole account, the first one, its servers' certificate trusted; what comes up then is left, but where the dialog was opened by the story"""
    is_here = dialog is not None
    dialog = begin_account(app, name, address, password, dialog)
    fill_server(dialog, 0, 'localhost', servers.ports['imaps'], address)
    fill_server(dialog, 1, 'localhost', servers.ports['submission'], address, starttls=True)
    press(dialog.find('button', 'Try It Out', showing=False))
    press(dialog.find('button', 'Trust This Certificate From Now On', timeout=20))
    press(dialog.find('button', 'Finish', timeout=20))
    app.gone('dialog', 'Add an E-mail Account', timeout=10)
    app.find('list', 'Views', timeout=10)
    if not is_here:
        leave_first_steps(app)


# ---- mail ----


def mail(sender, subject, text, to='support@shop.test', answers=None, html=None):
    """one mail as bytes; answers: the message it answers"""
    message = EmailMessage(policy=email.policy.SMTP)
    message['From'] = sender
    message['To'] = to
    message['Subject'] = subject
    message['Date'] = email.utils.formatdate(localtime=True)
    message['Message-ID'] = email.utils.make_msgid(domain='mail.test')
    if answers is not None:
        message['In-Reply-To'] = answers['Message-ID']
        message['References'] = ' '.join(filter(None, (answers['References'], answers['Message-ID'])))
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype='html')
    return message.as_bytes()


def parse(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def mailbox(servers, user, folder='INBOX'):
    """every message of a folder, parsed"""
    with servers.imap(user) as connection:
        if connection.select(folder, readonly=True)[0] != 'OK':
            return []
        numbers = connection.search(None, 'ALL')[1][0].split()
        return [parse(connection.fetch(number, '(BODY.PEEK[])')[1][0][1]) for number in numbers]


def mail_comes(servers, user, words, folder='INBOX', timeout=20):
    """waits for a mail whose text has the words"""

    def there():
        return next((m for m in mailbox(servers, user, folder) if words in m.get_body(('plain',)).get_content()), None)

    return until(there, timeout, 'a mail with %r in %s of %s' % (words, folder, user))

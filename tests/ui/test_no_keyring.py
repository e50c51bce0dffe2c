#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A system without a Secret Service: what that means is said, and the owner chooses; no password is written anywhere."""
import os
import subprocess
import sys

sys.path[:0] = [os.path.join(os.path.dirname(__file__), '..', 'support')]
import tap
from servers import Servers
from story import begin_account, fill_server, find_row, leave_first_steps, mail, mostrador, press
from uidrive import check_accessible, keys, record_failures, type_text, until

SHOP = 'support@shop.test'
SUBJECT = 'The blue blanket'
ALERT = 'The Password Cannot Be Kept'
ACCOUNT = 'Add an E-mail Account'

t = tap.Tap(stop_at_failure=True)
app = None
record_failures(t, lambda: app)
servers = Servers().start()


def keyring_alert():
    return app.find('alert', ALERT, timeout=30)


@t.case('an account cannot be saved: what that means is said')
def _():
    global app
    app = mostrador()
    dialog = begin_account(app, 'Faro y Lana', SHOP, 'secret')
    fill_server(dialog, 0, 'localhost', servers.ports['imaps'], SHOP)
    fill_server(dialog, 1, 'localhost', servers.ports['submission'], SHOP, starttls=True)
    press(dialog.find('button', 'Try It Out', showing=False))
    press(dialog.find('button', 'Trust This Certificate From Now On', timeout=20))
    press(dialog.find('button', 'Finish', timeout=20))
    alert = keyring_alert()
    alert.find('label', lambda text: 'until Mostrador is closed' in text)
    check_accessible(app, 'no keyring')


@t.case('cancelled, nothing is saved, and it can be tried again')
def _():
    keys('Escape')
    app.gone('alert', ALERT)
    assert not app.find_all('list', 'Views')
    press(app.find('dialog', ACCOUNT).find('button', 'Finish'))
    keyring_alert().find('button', 'Cancel').mouse()
    app.gone('alert', ALERT)


@t.case('kept for this session only, the account works')
def _():
    press(app.find('dialog', ACCOUNT).find('button', 'Finish'))
    keyring_alert().find('button', 'Keep for This Session Only').mouse()
    app.gone('dialog', ACCOUNT, timeout=20)
    leave_first_steps(app)
    servers.deliver(SHOP, mail('Ana García <customer@mail.test>', SUBJECT, 'Is it still to be had?\n'), 'customer@mail.test')
    find_row(app, SUBJECT, timeout=30)


@t.case('the password is written nowhere')
def _():
    app.quit()
    profile = os.path.join(os.environ['XDG_DATA_HOME'], 'mostrador')
    assert subprocess.run(['grep', '-rqaF', SHOP, profile], check=False).returncode == 0, 'the account is in the profile'
    found = subprocess.run(['grep', '-rlaF', 'secret', profile], capture_output=True, text=True, check=False)
    assert found.returncode == 1, found


@t.case('after the next start it is asked for again, and kept in the same way')
def _():
    global app
    app = mostrador()
    # It slides in while the window is built: pressed on its way it would be missed.
    app.find('button', 'Enter Password', timeout=30).rest().mouse()
    dialog = app.find('dialog', 'Enter Password')
    field = dialog.find('text', 'Password')
    until(lambda: field.has('focused'), 5, 'focus on the password')
    type_text('secret')
    keys('Return')
    keyring_alert()
    keys('Return')
    app.gone('dialog', 'Enter Password', timeout=20)
    app.gone('button', 'Enter Password', timeout=20)
    servers.deliver(SHOP, mail('Ana García <customer@mail.test>', 'One more thing', 'Is there a green one?\n'), 'customer@mail.test')
    find_row(app, 'One more thing', timeout=30)


@t.case('the program quits, and nothing leaked')
def _():
    app.quit()


if app and app.process.poll() is None:
    app.kill()
servers.stop()
sys.exit(t.done())

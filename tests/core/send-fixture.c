/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "send-fixture.h"

#include <string.h>

static double
no_random (gpointer data)
{
  return 0;
}

void
send_open_host (SendFixture *f)
{
  f->host = mos_desk_host_new (f->t->store);
  mos_desk_host_set_password (f->host, ACCOUNT, "secret");
  f->sender = mos_email_sender_new (f->account, MOS_CHANNEL_HOST (f->host), f->t->clock, no_random, NULL);
}

void
send_close_host (SendFixture *f)
{
  g_clear_pointer (&f->sender, mos_email_sender_free);
  g_clear_object (&f->host);
}

void
send_setup (SendFixture *f,
            gconstpointer data)
{
  g_autoptr (MosIngestResult) first = NULL;

  mos_smtp_timeouts = (MosSmtpTimeouts) { 30000, 30000, 1000 };
  f->t = test_desk_store ();
  first = test_ingest (f->t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  f->conversation = g_strdup (first->conversation);
  f->reply.conversation = f->conversation;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_USEC_PER_SEC);
  test_write (f->t->store, test_do_reply, &f->reply);
  f->account = mos_account_new ();
  f->account->id = g_strdup (ACCOUNT);
  f->account->address = g_strdup ("support@shop.example");
  f->account->smtp = mos_server_new ();
  send_open_host (f);
}

void
send_teardown (SendFixture *f,
               gconstpointer data)
{
  send_close_host (f);
  mos_account_unref (f->account);
  test_reply_clear (&f->reply);
  g_free (f->conversation);
  mos_test_store_free (f->t);
}

guint
send_run_pass (SendFixture *f,
               const char *const *script,
               const char *user,
               GError **error)
{
  MosTestSmtpServer *server = script != NULL ? mos_test_smtp_server_new (script) : NULL;
  g_autoptr (GPtrArray) messages = NULL;
  guint sent = 0;
  gint64 next_us = 0;

  mos_server_unref (f->account->smtp);
  f->account->smtp = server != NULL ? mos_test_smtp_server_make (server, user) : mos_server_new ();
  if (server == NULL)
    {
      f->account->smtp->host = g_strdup ("127.0.0.1");
      f->account->smtp->port = 1;
      f->account->smtp->user = g_strdup ("");
      f->account->smtp->security = MOS_SECURITY_NONE;
    }
  mos_email_sender_run_sync (f->sender, FALSE, MINUTE_US, &sent, &next_us, NULL, error);
  messages = server != NULL ? mos_test_smtp_server_finish (server) : g_ptr_array_new ();
  return messages->len;
}

gboolean
send_do_look (MosTxn *txn,
              gpointer data,
              GError **error)
{
  SendLook *look = data;

  return mos_store_message_find (txn, look->message, &look->row, error) &&
         mos_store_outbox_find (txn, look->message, &look->item, error);
}

void
send_look_clear (SendLook *look)
{
  g_clear_pointer (&look->row, mos_message_row_unref);
  g_clear_pointer (&look->item, mos_outbox_item_unref);
}

MosDelivery
send_get_delivery (SendFixture *f)
{
  g_auto (SendLook) look = { f->reply.message };

  test_write (f->t->store, send_do_look, &look);
  g_assert_cmpint (look.row->delivery, ==, look.item->state);
  return look.row->delivery;
}

const char *const send_good_script[] = { SEND_GOOD, NULL };

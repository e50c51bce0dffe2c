/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-desk-fixtures.h"

#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

typedef struct
{
  MosDeskFixture *fixture;
  char *conversation;
  const char *subject;
  const char *text;
  MosDirection direction;
  guint n;
} Work;

static gboolean
add_shop (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  MosDeskFixture *self = data;
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup ("a1");
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  account->aliases = g_new0 (char *, 1);
  account->imap = mos_server_new ();
  account->imap->host = g_strdup ("mail.shop.example");
  account->imap->user = g_strdup ("support@shop.example");
  account->smtp = mos_server_new ();
  account->smtp->host = g_strdup ("mail.shop.example");
  account->smtp->user = g_strdup ("support@shop.example");
  account->signature = g_strdup ("");
  return mos_store_account_save (txn, account, error) &&
         mos_store_customer_ensure (txn, "email", NULL, "ana@example.com", "Ana García", "mail", self->at_us, &self->customer, &self->identity, error);
}

static void
write_now (MosDeskFixture *self,
           MosStoreFunc func,
           gpointer data)
{
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (self->store->store, NULL, NULL, func, data, NULL, NULL, &error);
  g_assert_no_error (error);
}

MosDeskFixture *
mos_desk_fixture_new (void)
{
  MosDeskFixture *self = g_new0 (MosDeskFixture, 1);

  self->store = mos_test_store_new ();
  self->at_us = MOS_TEST_NOW_US - G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC;
  write_now (self, add_shop, self);
  self->desk = mos_desk_new (self->store->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_start (self->desk);
  return self;
}

void
mos_desk_fixture_restart (MosDeskFixture *self)
{
  mos_desk_stop_sync (self->desk);
  mos_test_settle (20);
  g_clear_object (&self->desk);
  mos_test_store_reopen (self->store);
  self->desk = mos_desk_new (self->store->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_start (self->desk);
}

void
mos_desk_fixture_free (MosDeskFixture *self)
{
  mos_desk_stop_sync (self->desk);
  mos_test_settle (20);
  g_clear_object (&self->desk);
  mos_test_store_free (self->store);
  g_free (self->customer);
  g_free (self->identity);
  g_free (self);
}

static gboolean
add_message (MosTxn *txn,
             Work *work,
             MosDirection direction,
             const char *text,
             GError **error)
{
  MosDeskFixture *self = work->fixture;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autofree char *raw = g_strdup_printf ("raw %u", self->n);

  row->id = g_strdup_printf ("m%06u", ++self->n);
  row->conversation = g_strdup (work->conversation);
  row->account = g_strdup ("a1");
  row->direction = direction;
  row->delivery = direction == MOS_DIRECTION_OUTGOING ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  row->message_id = g_strdup_printf ("%u@example.com", self->n);
  row->from = direction == MOS_DIRECTION_OUTGOING ? mos_address_make ("Support", "support@shop.example") : mos_address_make ("Ana García", "ana@example.com");
  row->subject = g_strdup ("Where is my order?");
  row->received_us = row->sent_us = (self->at_us += 600 * G_USEC_PER_SEC);
  row->text = g_strdup (text);
  row->reply_text = g_strdup (text);
  content->raw = g_bytes_new (raw, strlen (raw));
  content->customer = direction == MOS_DIRECTION_INCOMING ? g_strdup (self->customer) : NULL;
  return mos_store_message_add (txn, row, content, NULL, error);
}

static gboolean
add_one (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Work *work = data;

  return add_message (txn, work, work->direction, work->text, error);
}

static gboolean
add_conversation (MosTxn *txn,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  Work *work = data;
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();

  row->account = g_strdup ("a1");
  row->subject = g_strdup (work->subject);
  row->priority = MOS_PRIORITY_NORMAL;
  row->customer = g_strdup (work->fixture->customer);
  if (!mos_store_conversation_add (txn, row, &work->conversation, NULL, error) ||
      !mos_store_conversation_add_participant (txn, work->conversation, work->fixture->identity, "customer", error))
    return FALSE;
  for (guint i = 0; i < work->n; i++)
    {
      g_autofree char *text = g_strdup_printf ("Message %u of %u. The parcel has not come, and the page of the carrier says nothing since Monday.\n\nWhat can be done about it?\n\nRegards\nAna", i + 1, work->n);

      if (!add_message (txn, work, i % 2 == 0 ? MOS_DIRECTION_INCOMING : MOS_DIRECTION_OUTGOING, text, error))
        return FALSE;
    }
  return TRUE;
}

char *
mos_desk_fixture_add_conversation (MosDeskFixture *self,
                                   const char *subject,
                                   guint n_messages)
{
  Work work = { .fixture = self, .subject = subject, .n = n_messages };

  write_now (self, add_conversation, &work);
  return work.conversation;
}

void
mos_desk_fixture_add_message (MosDeskFixture *self,
                              const char *conversation,
                              MosDirection direction,
                              const char *text)
{
  Work work = { .fixture = self, .conversation = (char *) conversation, .direction = direction, .text = text };

  write_now (self, add_one, &work);
}

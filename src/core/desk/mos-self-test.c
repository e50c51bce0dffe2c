/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-self-test.h"

#include "core/base/mos-id.h"
#include "core/channels/email/mos-email-arrival.h"
#include "core/channels/email/mos-email-delivery.h"
#include "core/desk/mos-automatic.h"
#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-delivery-keys.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"

#include <string.h>

#define LOOK_MS 100u
/* So long a server is given before it counts what the account says is wrong with it. */
#define PATIENCE_US (10 * G_TIME_SPAN_SECOND)

/* --- sending --- */

static gboolean
open_silent (MosTxn *txn,
             const MosAccount *account,
             const char *subject,
             MosConversationRow **ret_row,
             GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = g_strdup (subject);
  row->status = MOS_STATUS_CLOSED;
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (account->id);
  row->channel = g_strdup (account->kind);
  row->created_us = mos_txn_get_now_us (txn);
  mos_conversation_row_fill (row);
  return mos_store_conversation_add (txn, row, &id, NULL, error) && mos_store_conversation_find (txn, id, ret_row, error);
}

gboolean
mos_self_test_queue (MosTxn *txn,
                     const char *account_id,
                     const char *subject,
                     const char *text,
                     char **ret_message,
                     GError **error)
{
  const gint64 now_us = mos_txn_get_now_us (txn);
  g_autofree char *id = mos_id_new (now_us);
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosSender) sender = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosDraft) draft = mos_draft_new ();

  if (!mos_store_account_find (txn, account_id, &account, error))
    return FALSE;
  if (account == NULL || strcmp (account->kind, "email") != 0 || *account->smtp->host == '\0' || *account->imap->host == '\0')
    return mos_composing_invalid (error, "This account cannot send mail to itself");
  sender = mos_account_find_sender (account, account->address);
  if (sender == NULL)
    return mos_composing_invalid (error, "This account cannot send");
  if (!open_silent (txn, account, subject, &row, error))
    return FALSE;

  draft->id = g_strdup (id);
  draft->account = g_strdup (account->id);
  draft->conversation = g_strdup (row->id);
  draft->kind = g_strdup ("new");
  draft->to = mos_address_array_new ();
  g_ptr_array_add (draft->to, mos_address_make (NULL, account->address));
  draft->subject = g_strdup (subject);
  draft->text = g_strdup (text);
  draft->updated_us = now_us;
  mos_draft_fill (draft);
  /* Marked as automatic, so that no vacation notice answers it; granted, though it goes to an address of our own, for a person asked for it. */
  if (!mos_draft_check (draft, account, sender, NULL, error) ||
      !mos_draft_queue (txn, draft, account, sender, row, &(MosDraftWay) { .is_silent = TRUE }, error) ||
      !mos_store_conversation_set_silent (txn, row->id, id, error) ||
      !mos_automatic_grant (txn, &(MosAutomaticQuestion) { account->id, row->id, account->address, subject, NULL }, id, error))
    return FALSE;
  *ret_message = g_steal_pointer (&id);
  return TRUE;
}

/* --- what becomes of it --- */

typedef struct
{
  const char *message;
  const char *account;
  MosOutboxItem *item;      /* (owned) (nullable) */
  MosAccountStatus *status; /* (owned) (nullable) */
  GStrv keys;               /* (unowned) (nullable) */
} Following;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Following *self = data;

  g_clear_pointer (&self->item, mos_outbox_item_unref);
  g_clear_pointer (&self->status, mos_account_status_unref);
  return mos_store_outbox_find (txn, self->message, &self->item, error) && mos_store_account_find_status (txn, self->account, &self->status, error);
}

/* What never left. Where a server may have it by now it stays as it is. */
static gboolean
do_discard (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Following *self = data;

  if (!do_look (txn, data, cancellable, error))
    return FALSE;
  if (self->item == NULL || (self->item->state != MOS_DELIVERY_QUEUED && self->item->state != MOS_DELIVERY_FAILED))
    return TRUE;
  return mos_outbox_discard (txn, self->message, error);
}

static gboolean
do_note_keys (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Following *self = data;

  return mos_delivery_note_keys (txn, self->account, (const char *const *) self->keys, error);
}

static gboolean
is_on_its_way (const MosOutboxItem *item)
{
  return item != NULL && (item->state == MOS_DELIVERY_QUEUED || item->state == MOS_DELIVERY_SENDING);
}

/* Nothing of the account leaves, and why is known. */
static gboolean
is_stuck (const Following *self,
          gint64 since_us)
{
  return g_get_monotonic_time () > since_us + PATIENCE_US && self->status != NULL && self->status->why != NULL &&
         (self->status->state == MOS_ACCOUNT_AUTH_FAILED || self->status->state == MOS_ACCOUNT_BAD_CERTIFICATE || self->status->state == MOS_ACCOUNT_FAILED ||
          self->status->state == MOS_ACCOUNT_WAITING);
}

/* @self: afterwards with the item as it is. Returns: %FALSE where the store fails or the person does not want to wait */
static gboolean
await_sending (Following *self,
               MosStore *store,
               gint64 since_us,
               gint64 until_us,
               GCancellable *cancellable,
               GError **error)
{
  for (;;)
    {
      if (!mos_store_read_sync (store, do_look, self, cancellable, error))
        return FALSE;
      /* One that was put off is tried again in a minute; the reason is known by then. */
      if (!is_on_its_way (self->item) || g_get_monotonic_time () >= until_us ||
          (self->item->state == MOS_DELIVERY_QUEUED && (self->item->why != NULL || is_stuck (self, since_us))))
        return TRUE;
      g_usleep (LOOK_MS * 1000);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
}

static void
discard (Following *self,
         MosStore *store)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;

  if (!mos_store_write_sync (store, &actor, NULL, do_discard, self, NULL, NULL, &error))
    g_warning ("The test message was not taken out of the outbox: %s", error->message);
}

static void
note_keys (Following *self,
           MosStore *store)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;

  /* They are a help for the next look at the DNS; what the test found stands. */
  if (!mos_store_write_sync (store, &actor, NULL, do_note_keys, self, NULL, NULL, &error))
    g_warning ("The keys of the test message were not remembered: %s", error->message);
}

static gboolean
await_arrival (Following *self,
               MosSelfTest *test,
               MosStore *store,
               MosAccount *account,
               MosChannelHost *host,
               gint64 until_us,
               GCancellable *cancellable,
               GError **error)
{
  const gint64 since_us = g_get_monotonic_time ();
  const gboolean is_doubted = self->item->state == MOS_DELIVERY_UNCERTAIN;
  g_auto (MosEmailArrival) arrival = { 0 };
  g_auto (GStrv) domains = mos_email_delivery_domains (account);

  if (!mos_email_await_sync (account, host, self->item->message_id, until_us, &arrival, cancellable, error))
    return FALSE;
  if (arrival.folder == NULL)
    {
      test->outcome = is_doubted ? MOS_SELF_TEST_DOUBTED : MOS_SELF_TEST_LOST;
      return TRUE;
    }
  test->outcome = arrival.is_junk ? MOS_SELF_TEST_IN_JUNK : MOS_SELF_TEST_ARRIVED;
  test->arrived_ms = (g_get_monotonic_time () - since_us) / 1000;
  test->folder = g_steal_pointer (&arrival.folder);
  test->is_tidied = arrival.is_tidied;
  if (arrival.head != NULL)
    test->keys = mos_delivery_read_keys (arrival.head, (const char *const *) domains);
  if (test->keys != NULL && test->keys[0] != NULL)
    {
      self->keys = test->keys;
      note_keys (self, store);
    }
  return TRUE;
}

MosSelfTest *
mos_self_test_follow_sync (MosStore *store,
                           MosAccount *account,
                           MosChannelHost *host,
                           const char *message,
                           gint64 since_us,
                           guint wait_s,
                           GCancellable *cancellable,
                           GError **error)
{
  const gint64 until_us = wait_s > 0 ? since_us + wait_s * G_TIME_SPAN_SECOND : 0;
  Following self = { .message = message, .account = account->id };
  g_autoptr (MosSelfTest) test = mos_self_test_new ();
  gboolean is_done;

  test->left_ms = test->arrived_ms = -1;
  is_done = await_sending (&self, store, since_us, until_us, cancellable, error);
  if (!is_done || self.item == NULL || is_on_its_way (self.item) || self.item->state == MOS_DELIVERY_FAILED)
    {
      test->outcome = MOS_SELF_TEST_NOT_SENT;
      if (self.item != NULL)
        {
          const gboolean is_account = self.item->why == NULL && self.status != NULL;

          test->why = g_strdup (is_account ? self.status->why : self.item->why);
          test->detail = g_strdup (is_account ? self.status->detail : self.item->why_detail);
        }
      discard (&self, store);
      /* It may have left just before. */
      if (is_done && self.item != NULL && self.item->state != MOS_DELIVERY_QUEUED && self.item->state != MOS_DELIVERY_FAILED)
        test->outcome = MOS_SELF_TEST_DOUBTED;
    }
  else
    {
      if (self.item->state != MOS_DELIVERY_UNCERTAIN)
        test->left_ms = (g_get_monotonic_time () - since_us) / 1000;
      is_done = await_arrival (&self, test, store, account, host, until_us, cancellable, error);
    }
  g_clear_pointer (&self.item, mos_outbox_item_unref);
  g_clear_pointer (&self.status, mos_account_status_unref);
  return is_done ? g_steal_pointer (&test) : NULL;
}

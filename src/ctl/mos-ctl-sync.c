/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-secrets.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduler.h"
#include "core/mail/net/mos-mail-connection.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-outbox.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* --- sync --- */

static gboolean
mos_ctl_do_recover (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GPtrArray) items = NULL;

  mos_txn_set_actor (txn, &actor);
  return mos_outbox_recover (txn, &items, error);
}

static gboolean
mos_ctl_do_save_status (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  return mos_store_account_save_status (txn, data, error);
}

/* What became, in one pass, of what was to be sent. */
typedef struct
{
  const char *account;
  GPtrArray *before;          /* (owned) of MosOutboxItem: what the outbox held */
  guint sent, partly, unsent; /* partly: the server refused some of its recipients */
  guint waiting;              /* now, whenever it was written */
} MosCtlSending;

static gboolean
mos_ctl_is_to_be_sent (MosOutboxItem *item)
{
  return item->state == MOS_DELIVERY_QUEUED || item->state == MOS_DELIVERY_SCHEDULED || item->state == MOS_DELIVERY_SENDING;
}

static gboolean
mos_ctl_do_outbox_before (MosTxn *txn,
                          gpointer data,
                          GError **error)
{
  MosCtlSending *sending = data;

  g_clear_pointer (&sending->before, g_ptr_array_unref);
  sending->before = mos_store_outbox_list (txn, sending->account, error);
  return sending->before != NULL;
}

static gboolean
mos_ctl_is_refused_for_some (MosOutboxItem *item)
{
  for (guint i = 0; i < item->results->len; i++)
    {
      MosRecipientResult *result = g_ptr_array_index (item->results, i);

      if (result->state == MOS_RECIPIENT_REFUSED || result->state == MOS_RECIPIENT_BOUNCED)
        return TRUE;
    }
  return FALSE;
}

static gboolean
mos_ctl_do_outbox_after (MosTxn *txn,
                         gpointer data,
                         GError **error)
{
  MosCtlSending *sending = data;
  g_autoptr (GPtrArray) now = mos_store_outbox_list (txn, sending->account, error);

  if (now == NULL)
    return FALSE;
  sending->sent = sending->partly = sending->unsent = sending->waiting = 0;
  for (guint i = 0; i < now->len; i++)
    sending->waiting += mos_ctl_is_to_be_sent (g_ptr_array_index (now, i));
  for (guint i = 0; i < sending->before->len; i++)
    {
      MosOutboxItem *before = g_ptr_array_index (sending->before, i);
      g_autoptr (MosOutboxItem) after = NULL;

      if (!mos_ctl_is_to_be_sent (before))
        continue;
      if (!mos_store_outbox_find (txn, before->message, &after, error))
        return FALSE;
      /* Taken back meanwhile, or still to be sent. */
      if (after == NULL || mos_ctl_is_to_be_sent (after))
        continue;
      if (after->state == MOS_DELIVERY_FAILED || after->state == MOS_DELIVERY_UNCERTAIN || after->state == MOS_DELIVERY_BOUNCED)
        sending->unsent++;
      else if (mos_ctl_is_refused_for_some (after))
        sending->partly++;
      else
        sending->sent++;
    }
  return TRUE;
}

static void
mos_ctl_print_sending (MosCtl *self,
                       const MosCtlSending *sending)
{
  if (sending->sent > 0)
    /* Translators: goes on a line about an account: a number of messages */
    mos_ctl_print (self, ngettext (", %u sent", ", %u sent", sending->sent), sending->sent);
  if (sending->partly > 0)
    /* Translators: goes on a line about an account: a number of messages; "list --view failed" is a command and stays as it is */
    mos_ctl_print (self, ngettext (", %u sent, but not to everybody (see list --view failed)", ", %u sent, but not to everybody (see list --view failed)", sending->partly), sending->partly);
  if (sending->unsent > 0)
    /* Translators: goes on a line about an account: a number of messages; "mostradorctl outbox" is a command and stays as it is */
    mos_ctl_print (self, ngettext (", %u not sent (see mostradorctl outbox)", ", %u not sent (see mostradorctl outbox)", sending->unsent), sending->unsent);
  if (sending->waiting > 0)
    /* Translators: goes on a line about an account: a number of messages that are still to be sent */
    mos_ctl_print (self, ngettext (", %u waiting", ", %u waiting", sending->waiting), sending->waiting);
}

static void
mos_ctl_print_counts (MosCtl *self,
                      MosAccount *account,
                      const MosSyncCounts *counts,
                      const MosCtlSending *sending,
                      double seconds)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      /* Translators: an address, then numbers of messages, then seconds */
      mos_ctl_print (self, _ ("%s: %u fetched, %u new, %u updated, %u in quarantine, %.1f s"), account->address,
                     (guint) counts->fetched, (guint) counts->added, (guint) counts->updated, (guint) counts->quarantined, seconds);
      mos_ctl_print_sending (self, sending);
      mos_ctl_print (self, "\n");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "account", account->address);
  mos_json_int (builder, "fetched", (gint64) counts->fetched);
  mos_json_int (builder, "new", (gint64) counts->added);
  mos_json_int (builder, "updated", (gint64) counts->updated);
  mos_json_int (builder, "quarantined", (gint64) counts->quarantined);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, seconds);
  /* What some recipients were refused is in both: it left, and did not. */
  mos_json_int (builder, "sent", (gint64) sending->sent + sending->partly);
  mos_json_int (builder, "failed", (gint64) sending->unsent + sending->partly);
  mos_json_int (builder, "waiting", sending->waiting);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static gboolean
mos_ctl_sync_account (MosCtl *self,
                      MosAccount *account,
                      GError **error)
{
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (account, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), mos_store_get_clock (self->store));
  g_autoptr (MosAccountStatus) status = NULL;
  g_autoptr (GError) save_error = NULL;
  MosSyncCounts counts = { 0 };
  MosCtlSending sending = { .account = account->id };
  gint64 start_us = g_get_monotonic_time ();
  gboolean done;

  if (channel == NULL)
    return TRUE;
  done = mos_ctl_read (self, mos_ctl_do_outbox_before, &sending, error) &&
         mos_channel_sync_once_sync (channel, &counts, self->cancellable, error) &&
         mos_ctl_read (self, mos_ctl_do_outbox_after, &sending, error);
  status = mos_channel_dup_status (channel);
  /* Also without trouble: account list shows when it was. */
  if (status != NULL && !mos_ctl_write (self, NULL, mos_ctl_do_save_status, status, &save_error))
    g_debug ("The account's status was not kept: %s", save_error->message);
  if (done)
    mos_ctl_print_counts (self, account, &counts, &sending, (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);
  mos_ctl_flush (self);
  g_clear_pointer (&sending.before, g_ptr_array_unref);
  return done;
}

/* @ret_status: failed when a message is neither here nor accounted for */
static gboolean
mos_ctl_show_audit (MosCtl *self,
                    MosAccount *account,
                    int *ret_status,
                    GError **error)
{
  g_auto (MosCtlAccounts) list = { .name = account->id };
  MosLedger *ledger;

  if (!mos_ctl_read (self, mos_ctl_do_accounts, &list, error))
    return FALSE;
  ledger = g_ptr_array_index (list.ledgers, 0);
  mos_ctl_print_account (self, account, g_ptr_array_index (list.statuses, 0), ledger);
  mos_ctl_flush (self);
  if (ledger->unaccounted > 0)
    /* Translators: an address, then a number of messages */
    *ret_status = mos_ctl_fail_text (self, _ ("%s: %u messages are not accounted for"), account->address, (guint) ledger->unaccounted);
  return TRUE;
}

/* After that the question for the password finds out what is wrong. */
#define MOS_CTL_KEYRING_MS 5000

struct _MosCtlAhead
{
  MosSecretsPreparation *keyring; /* (owned) */
  GThread *encryption;
};

static gpointer
mos_ctl_prepare_encryption (gpointer data)
{
  mos_mail_connection_prepare ();
  return NULL;
}

MosCtlAhead *
mos_ctl_sync_begin (void)
{
  MosCtlAhead *ahead = g_new0 (MosCtlAhead, 1);

  ahead->keyring = mos_secrets_preparation_new (MOS_CTL_KEYRING_MS);
  ahead->encryption = g_thread_new ("encryption", mos_ctl_prepare_encryption, NULL);
  return ahead;
}

void
mos_ctl_sync_end (MosCtlAhead *ahead)
{
  mos_secrets_preparation_free (ahead->keyring);
  g_thread_join (ahead->encryption);
  g_free (ahead);
}

int
mos_ctl_sync (MosCtl *self,
              GPtrArray *args)
{
  g_autofree char *name = mos_ctl_take_option (args, "--account");
  gboolean with_audit = mos_ctl_take_flag (args, "--audit");
  g_auto (MosCtlAccounts) list = { .name = name, .only_names = TRUE };
  GError *error = NULL;
  int status = MOS_CTL_DONE;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  /* Only where nobody else runs the outbox: a window has looked through it at its start, and may be sending right now. */
  if (self->is_direct && !mos_ctl_write (self, NULL, mos_ctl_do_recover, NULL, &error))
    return mos_ctl_fail (self, error);
  if (!mos_scheduler_run_sync (self->store, NULL, self->cancellable, &error) ||
      !mos_ctl_read (self, mos_ctl_do_accounts, &list, &error))
    return mos_ctl_fail (self, error);

  for (guint i = 0; i < list.accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (list.accounts, i);

      if (!mos_channel_has_kind (account->kind))
        continue;
      if ((with_audit && !mos_ctl_write (self, NULL, mos_ctl_do_want_audit, account->id, &error)) ||
          !mos_ctl_sync_account (self, account, &error) ||
          (with_audit && !mos_ctl_show_audit (self, account, &status, &error)))
        {
          g_autofree char *text = mos_ctl_dup_error (error);

          status = mos_ctl_fail_text (self, "%s: %s", account->address, text);
          g_clear_error (&error);
        }
      if (g_cancellable_is_cancelled (self->cancellable))
        break;
    }
  return status;
}

/* --- watch --- */

static void
mos_ctl_watch_line (MosCtl *self,
                    const char *change,
                    const char *id,
                    const char *text)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "change", change);
      mos_json_string (builder, "id", id);
      mos_json_string (builder, "text", text);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    mos_ctl_print (self, "%s  %s  %s\n", change, id, text != NULL ? text : "");
  mos_ctl_flush (self);
}

static void
mos_ctl_watch_arrived_cb (MosDesk *desk,
                          MosConversationRow *row,
                          MosMessageRow *message,
                          gpointer user_data)
{
  mos_ctl_watch_line (user_data, "arrived", row->id, row->subject);
}

static void
mos_ctl_watch_failed_cb (MosDesk *desk,
                         MosOutboxItem *item,
                         gpointer user_data)
{
  mos_ctl_watch_line (user_data, mos_delivery_to_nick (item->state), item->message, item->why);
}

static void
mos_ctl_watch_changed_cb (MosStore *store,
                          MosChangeSet *changes,
                          gpointer user_data)
{
  for (guint i = 0; i < changes->conversations->len; i++)
    mos_ctl_watch_line (user_data, "conversation", g_ptr_array_index (changes->conversations, i), NULL);
}

static gboolean
mos_ctl_watch_end (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

int
mos_ctl_watch (MosCtl *self,
               GPtrArray *args)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (MosDesk) desk = NULL;
  guint int_id, term_id;
  gulong changed_id;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  desk = mos_desk_new (self->store, MOS_DESK_FLAG_NONE);
  g_signal_connect (desk, "arrived", G_CALLBACK (mos_ctl_watch_arrived_cb), self);
  g_signal_connect (desk, "send-failed", G_CALLBACK (mos_ctl_watch_failed_cb), self);
  changed_id = g_signal_connect (self->store, "changed", G_CALLBACK (mos_ctl_watch_changed_cb), self);
  int_id = g_unix_signal_add (SIGINT, mos_ctl_watch_end, loop);
  term_id = g_unix_signal_add (SIGTERM, mos_ctl_watch_end, loop);
  mos_desk_start (desk);
  g_main_loop_run (loop);

  mos_desk_stop_sync (desk);
  g_signal_handler_disconnect (self->store, changed_id);
  g_source_remove (int_id);
  g_source_remove (term_id);
  return MOS_CTL_DONE;
}

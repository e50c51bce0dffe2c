/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "messenger-desk.h"

#include "core/desk/mos-composing.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  return mos_store_account_save (txn, data, error);
}

void
desk_renew_channel (Desk *d)
{
  g_clear_object (&d->channel);
  d->channel = mos_channel_new_for_account (d->account, MOS_CHANNEL_HOST (d->host), d->t->clock);
}

Desk *
desk_new (const char *kind,
          gboolean by_page,
          gboolean with_humans)
{
  Desk *d = g_new0 (Desk, 1);
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  d->fake = mos_fake_meta_new (kind, by_page);
  d->t = mos_test_store_new ();
  /* Their clock is the real one. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), g_get_real_time () - MOS_TEST_NOW_US);
  d->account = mos_account_new ();
  d->account->id = g_strdup ("meta");
  d->account->kind = g_strdup (kind);
  d->account->name = g_strdup ("Mug Shop");
  d->account->address = g_strdup (MOS_FAKE_META_PAGE);
  mos_account_set_setting (d->account, MOS_ACCOUNT_SERVER, mos_fake_meta_get_url (d->fake));
  mos_account_set_setting (d->account, MOS_ACCOUNT_POLL_S, "1");
  mos_account_set_setting (d->account, MOS_ACCOUNT_HUMAN_AGENT, with_humans ? "1" : NULL);
  mos_account_fill (d->account);
  mos_store_write_sync (d->t->store, &actor, NULL, do_save, d->account, NULL, NULL, &error);
  g_assert_no_error (error);
  d->host = mos_desk_host_new (d->t->store);
  mos_desk_host_set_password (d->host, d->account->id, by_page ? MOS_FAKE_META_TOKEN : MOS_FAKE_META_INSTAGRAM_TOKEN);
  desk_renew_channel (d);
  return d;
}

static void
desk_clear (Desk *d)
{
  g_clear_pointer (&d->conversations, g_ptr_array_unref);
  g_clear_pointer (&d->messages, g_ptr_array_unref);
}

void
desk_free (Desk *d)
{
  desk_clear (d);
  g_clear_object (&d->channel);
  g_clear_pointer (&d->account, mos_account_unref);
  g_clear_object (&d->host);
  mos_test_settle (0);
  mos_test_store_free (d->t);
  mos_fake_meta_free (d->fake);
  g_free (d);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Desk *d = data;
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_all_ids (txn, error);

  desk_clear (d);
  d->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  d->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      MosConversationRow *row = NULL;
      g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, ids->pdata[i], error);

      if (rows == NULL || !mos_store_conversation_find (txn, ids->pdata[i], &row, error))
        return FALSE;
      g_ptr_array_add (d->conversations, row);
      for (guint m = 0; m < rows->len; m++)
        if (((MosMessageRow *) rows->pdata[m])->direction != MOS_DIRECTION_EVENT)
          g_ptr_array_add (d->messages, mos_message_row_ref (rows->pdata[m]));
    }
  return ids != NULL;
}

void
desk_look (Desk *d)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  mos_store_write_sync (d->t->store, &actor, NULL, do_look, d, NULL, NULL, &error);
  g_assert_no_error (error);
}

GError *
desk_try (Desk *d)
{
  GError *error = NULL;

  mos_channel_sync_once_sync (d->channel, NULL, NULL, &error);
  return error;
}

void
desk_pass (Desk *d)
{
  GError *error = desk_try (d);

  g_assert_no_error (error);
  desk_look (d);
}

MosMessageRow *
desk_message (Desk *d,
              guint n)
{
  g_assert_cmpuint (n, <, d->messages->len);
  return d->messages->pdata[n];
}

/* Both clocks go on. */
void
desk_pass_time (Desk *d,
                gint64 us)
{
  mos_fake_meta_pass_time (d->fake, us);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), us);
}

void
desk_say (Desk *d,
          const char *from,
          const char *text,
          gint64 ago_us)
{
  g_free (mos_fake_meta_say (d->fake, from, text, ago_us, NULL));
}

typedef struct
{
  const char *conversation;
  const char *text;
} Reply;

static gboolean
do_reply (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  static const MosQuoteTexts texts = { "On {date}, {sender} wrote:", "Forwarded", "%F" };
  Reply *reply = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *id = NULL;

  if (!mos_draft_prepare (txn, "reply", reply->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, reply->text);
  return mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &id, error);
}

void
desk_reply (Desk *d,
            const char *text)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  Reply reply = { ((MosConversationRow *) d->conversations->pdata[0])->id, text };
  GError *error = NULL;

  mos_store_write_sync (d->t->store, &actor, NULL, do_reply, &reply, NULL, NULL, &error);
  g_assert_no_error (error);
}

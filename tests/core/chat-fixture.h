/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "desk-fixture.h"

#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-customers.h"

G_BEGIN_DECLS

/* One account with one chat, and what it tells. */

#define BOT "bot"
#define THREAD "4711"

/* @data: its kind */
static inline gboolean
do_account (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (BOT);
  account->kind = g_strdup (data);
  account->name = g_strdup ("Shop");
  account->address = g_strdup ("@shop_bot");
  mos_account_set_setting (account, "groups", "1");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static inline MosTestStore *
chat_store (void)
{
  MosTestStore *t = test_desk_store ();

  test_write (t->store, do_account, (gpointer) "telegram");
  return t;
}

static inline MosChatUpdate *
update_new (MosChatUpdateKind kind,
            const char *id,
            const char *text)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = kind;
  update->thread = g_strdup (THREAD);
  update->id = g_strdup (id);
  update->text = g_strdup (text);
  update->person = mos_chat_person_make ("telegram", "", "4711", "Ana");
  update->at_us = MOS_TEST_NOW_US;
  return update;
}

typedef struct
{
  GPtrArray *updates; /* (owned) */
  GPtrArray *results; /* (owned) */
  const char *cursor;
} Take;

static inline gboolean
do_take (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Take *take = data;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();

  batch->account = g_strdup (BOT);
  batch->updates = g_ptr_array_ref (take->updates);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (batch->cursors, g_strdup ("offset"), g_strdup (take->cursor));
  return mos_store_account_find (txn, BOT, &account, error) && mos_chat_ingest (txn, account, batch, &take->results, error);
}

/* Takes @update (transfer full) in a batch of its own. Returns: how many messages are new */
static inline guint
take (MosTestStore *t,
      MosChatUpdate *update)
{
  Take take = { g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref), NULL, "1" };
  guint n;

  g_ptr_array_add (take.updates, update);
  test_write (t->store, do_take, &take);
  n = take.results->len;
  g_ptr_array_unref (take.results);
  g_ptr_array_unref (take.updates);
  return n;
}

typedef struct
{
  const char *chat; /* (nullable): THREAD */
  const char *remote;
  char *message;      /* (owned) (nullable) */
  MosMessageRow *row; /* (owned) (nullable) */
  MosConversationRow *conversation;
  MosChatThread *thread;
  GPtrArray *versions;
} Find;

static inline gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Find *find = data;

  if (!mos_store_chat_find_thread (txn, BOT, find->chat != NULL ? find->chat : THREAD, &find->thread, error) ||
      (find->thread != NULL && !mos_store_chat_find_message (txn, find->thread->id, find->remote, &find->message, error)))
    return FALSE;
  if (find->message == NULL)
    return TRUE;
  find->versions = mos_store_chat_list_versions (txn, find->message, error);
  return find->versions != NULL && mos_store_message_find (txn, find->message, &find->row, error) &&
         (find->row == NULL || mos_store_conversation_find (txn, find->row->conversation, &find->conversation, error));
}

static inline void
find_clear (Find *find)
{
  g_clear_pointer (&find->message, g_free);
  g_clear_pointer (&find->row, mos_message_row_unref);
  g_clear_pointer (&find->conversation, mos_conversation_row_unref);
  g_clear_pointer (&find->thread, mos_chat_thread_unref);
  g_clear_pointer (&find->versions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Find, find_clear)

static inline void
find (MosTestStore *t,
      const char *remote,
      Find *find)
{
  find_clear (find);
  find->remote = remote;
  test_write (t->store, do_find, find);
}

G_END_DECLS

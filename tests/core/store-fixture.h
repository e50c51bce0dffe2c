/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-search.h"
#include "core/store/mos-store-tags.h"
#include "core/store/mos-store-undo.h"
#include "mos-test-store.h"

#include <glib/gstdio.h>

/* A store in a folder of its own, with an account, an agent and a customer, for the tests of store/. */

#define S ((gint64) G_USEC_PER_SEC)
#define ACCOUNT "account-1"
#define AGENT "agent-1"

typedef struct
{
  char *dir;
  char *profile;
  MosClock *clock;
  MosStore *store;
  char *conversation;
  char *customer;
  char *identity;
  guint number;
  gint64 batch;
  gpointer data;
} Fixture;

static inline MosStore *
fixture_open (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  MosStore *store = mos_store_open_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

static inline Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->dir = g_dir_make_tmp ("mos-store-XXXXXX", NULL);
  g_assert_nonnull (f->dir);
  f->profile = g_build_filename (f->dir, "profile", NULL);
  f->clock = mos_manual_clock_new (1700000000 * S);
  mos_test_profile_fill (f->profile, f->clock);
  f->store = fixture_open (f);
  return f;
}

static inline void
fixture_remove (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      fixture_remove (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static inline void
fixture_free (Fixture *f)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (f->store != NULL)
    mos_store_close_sync (f->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->store);
  g_clear_object (&f->clock);
  fixture_remove (f->dir);
  g_free (f->conversation);
  g_free (f->customer);
  g_free (f->identity);
  g_free (f->profile);
  g_free (f->dir);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static inline void
fixture_reopen (Fixture *f)
{
  mos_store_close_sync (f->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->store);
  f->store = fixture_open (f);
}

static inline void
fixture_write (Fixture *f,
               const char *label,
               MosStoreFunc func)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;
  gboolean ok = mos_store_write_sync (f->store, &actor, label, func, f, &f->batch, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static inline void
fixture_read (Fixture *f,
              MosStoreFunc func)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = mos_store_read_sync (f->store, func, f, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

/* The store's own check finds nothing. */
static inline void
fixture_check (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (f->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      MosCheckProblem *problem = problems->pdata[i];

      g_test_message ("%s %s %s", problem->kind, problem->subject, problem->detail != NULL ? problem->detail : "");
    }
  g_assert_cmpuint (problems->len, ==, 0);
}

static inline void
fixture_account (MosTxn *txn,
                 Fixture *f)
{
  g_autoptr (MosAccount) account = mos_account_new ();
  g_autoptr (MosAgent) agent = mos_agent_new ();
  g_autoptr (GError) error = NULL;

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  account->aliases = g_new0 (char *, 1);
  account->imap = mos_server_new ();
  account->imap->host = g_strdup ("imap.shop.example");
  account->imap->user = g_strdup ("support");
  account->smtp = mos_server_new ();
  account->smtp->host = g_strdup ("smtp.shop.example");
  account->smtp->user = g_strdup ("support");
  account->signature = g_strdup ("");
  mos_store_account_save (txn, account, &error);
  g_assert_no_error (error);

  agent->id = g_strdup (AGENT);
  agent->name = g_strdup ("Marta");
  agent->is_me = TRUE;
  mos_store_agent_save (txn, agent, &error);
  g_assert_no_error (error);

  g_clear_pointer (&f->customer, g_free);
  g_clear_pointer (&f->identity, g_free);
  mos_store_customer_ensure (txn, "email", NULL, "Ana@Example.com", "Ana García", "mail", 500 * S, &f->customer, &f->identity, &error);
  g_assert_no_error (error);
}

static inline char *
fixture_conversation (MosTxn *txn,
                      Fixture *f,
                      const char *subject)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  row->account = g_strdup (ACCOUNT);
  row->subject = g_strdup (subject);
  row->priority = MOS_PRIORITY_NORMAL;
  row->customer = g_strdup (f->customer);
  mos_store_conversation_add (txn, row, &id, NULL, &error);
  g_assert_no_error (error);
  mos_store_conversation_add_participant (txn, id, f->identity, "customer", &error);
  g_assert_no_error (error);
  return id;
}

static inline void
fixture_message_full (MosTxn *txn,
                      Fixture *f,
                      const char *conversation,
                      const char *id,
                      MosDirection direction,
                      gint64 at,
                      const char *text,
                      gboolean automatic)
{
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autofree char *raw = g_strconcat ("raw ", id, NULL);
  g_autoptr (GError) error = NULL;
  gboolean added;

  row->id = g_strdup (id);
  row->conversation = g_strdup (conversation);
  row->account = g_strdup (ACCOUNT);
  row->direction = direction;
  row->delivery = direction == MOS_DIRECTION_OUTGOING ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  row->message_id = g_strconcat (id, "@example.com", NULL);
  row->from = mos_address_make ("Ana García", "ana@example.com");
  row->subject = g_strdup ("Where is my order?");
  row->received_us = at;
  row->sent_us = at;
  row->text = g_strdup (text);
  row->reply_text = g_strdup (text);
  row->unread = direction == MOS_DIRECTION_INCOMING;
  content->raw = g_bytes_new (raw, strlen (raw));
  content->customer = direction == MOS_DIRECTION_INCOMING ? g_strdup (f->customer) : NULL;
  content->agent = direction == MOS_DIRECTION_OUTGOING && !automatic ? g_strdup (AGENT) : NULL;
  content->automatic = automatic;
  mos_store_message_add (txn, row, content, &added, &error);
  g_assert_no_error (error);
  g_assert_true (added);
}

static inline void
fixture_message (MosTxn *txn,
                 Fixture *f,
                 const char *conversation,
                 const char *id,
                 MosDirection direction,
                 gint64 at,
                 const char *text)
{
  fixture_message_full (txn, f, conversation, id, direction, at, text, FALSE);
}

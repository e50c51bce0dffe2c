/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-joining.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-private.h"

#include <string.h>

#define SECRET "geheimwort"

static MosIngestResult *
ingest (MosTestStore *t,
        guint32 uid)
{
  g_autofree char *mail = g_strdup_printf ("From: Ana <" SECRET "%u@mail.example>\r\nTo: support@shop.example\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nSubject: " SECRET " %u\r\n"
                                           "Message-ID: <e%u@mail.example>\r\n\r\nIt is about " SECRET ".\r\n",
                                           uid, uid, uid);

  return test_ingest (t->store, mail, MOS_FOLDER_INBOX, uid, uid * G_TIME_SPAN_SECOND);
}

typedef struct
{
  const char *from;
  const char *into;
} Pair;

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Pair *pair = data;
  const char *ids[] = { pair->from, NULL };

  return mos_action_merge (txn, ids, pair->into, error);
}

static gboolean
do_set_subject (MosTxn *txn,
                gpointer data,
                GError **error)
{
  return mos_store_conversation_set_subject (txn, data, SECRET " again", error);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const char *const *ids = data;

  return mos_action_set_deleted (txn, ids, TRUE, error) && mos_action_erase (txn, ids, error);
}

/* Everywhere but where people are: who wrote stays a customer. */
static gboolean
do_look_for_secret (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  static const char *const queries[] = {
    "SELECT count (*) FROM conversation WHERE instr (subject || snippet, '" SECRET "') > 0",
    "SELECT count (*) FROM conversation WHERE customer IS NOT NULL",
    "SELECT count (*) FROM message",
    "SELECT count (*) FROM message_text",
    "SELECT count (*) FROM blob",
    "SELECT count (*) FROM participant",
    "SELECT count (*) FROM event WHERE message IS NOT NULL OR instr (coalesce (\"from\", '') || coalesce (\"to\", ''), '" SECRET "') > 0",
    "SELECT count (*) FROM change WHERE instr (coalesce (old, '') || coalesce (new, ''), '" SECRET "') > 0 AND entity NOT IN ('identity', 'customer')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      gint64 count = -1;

      g_test_message ("%s", queries[i]);
      if (!mos_database_get_int (txn->database, &count, error, queries[i], ""))
        return FALSE;
      g_assert_cmpint (count, ==, 0);
    }
  return TRUE;
}

/* What was merged into it, and into that before, said the same. */
static void
test_merged (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = ingest (t, 1);
  g_autoptr (MosIngestResult) two = ingest (t, 2);
  g_autoptr (MosIngestResult) three = ingest (t, 3);
  Pair first = { one->conversation, two->conversation };
  Pair second = { two->conversation, three->conversation };
  const char *ids[] = { three->conversation, NULL };

  test_write (t->store, do_set_subject, one->conversation);
  test_write (t->store, do_merge, &first);
  test_write (t->store, do_merge, &second);
  test_write (t->store, do_erase, ids);
  test_write (t->store, do_look_for_secret, NULL);
}

/* A whole bin at once. */
static void
test_several (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = ingest (t, 1);
  g_autoptr (MosIngestResult) two = ingest (t, 2);
  g_autoptr (MosIngestResult) again = NULL;
  const char *ids[] = { one->conversation, two->conversation, NULL };

  test_write (t->store, do_erase, ids);
  test_write (t->store, do_look_for_secret, NULL);
  again = ingest (t, 2);
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_ERASED);
}

static gboolean
do_set_deleted (MosTxn *txn,
                gpointer data,
                GError **error)
{
  return mos_action_set_deleted (txn, data, TRUE, error);
}

/* Whatever may still reach somebody, or may have, is not dropped without a word. */
static gboolean
do_refuse (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_assert_false (mos_action_erase (txn, data, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT);
  return TRUE;
}

static gboolean
do_claim (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_store_outbox_claim (txn, ACCOUNT, &item, error))
    return FALSE;
  g_assert_cmpstr (item->message, ==, data);
  return TRUE;
}

static gboolean
do_uncertain (MosTxn *txn,
              gpointer data,
              GError **error)
{
  return mos_store_outbox_set_result (txn, data, MOS_DELIVERY_UNCERTAIN, 0, NULL, NULL, error);
}

static gboolean
do_cancel (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_outbox_cancel (txn, data, error);
}

static void
test_unsent (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = ingest (t, 1);
  g_autoptr (MosIngestResult) two = ingest (t, 2);
  g_auto (TestReply) reply = { one->conversation, NULL, NULL };
  const char *ids[] = { two->conversation, one->conversation, NULL };

  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, do_set_deleted, ids);
  test_write (t->store, do_refuse, ids);
  test_write (t->store, do_claim, reply.message);
  test_write (t->store, do_refuse, ids);
  test_write (t->store, do_uncertain, reply.message);
  test_write (t->store, do_refuse, ids);
  test_write (t->store, do_cancel, reply.message);
  test_write (t->store, do_erase, ids);
  test_write (t->store, do_look_for_secret, NULL);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/erase/merged", test_merged);
  g_test_add_func ("/erase/several", test_several);
  g_test_add_func ("/erase/unsent", test_unsent);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "survey-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-file-text.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-retention.h"
#include "core/store/mos-store-search.h"
#include "core/store/mos-store-targets.h"
#include "core/store/mos-store-undo.h"

#include <string.h>

/* The full-text index keeps no copy of what is in it. Whatever happens, also what fails half way: it is sound for FTS5 itself, on the connection that writes and on the one that reads, and each word of
 * it stands where it would if it were made anew. MOS_TEST_SEED repeats a run. */

#define BOT "bot"
#define N_STEPS 100

typedef struct
{
  MosTestStore *t;
  GRand *rand;
  guint n_mails;
  guint n_updates;
  gint64 merge;
  gint64 last;
  gboolean fails;
} Desk;

typedef gboolean (*Act) (MosTxn *txn, Desk *desk, GError **error);

static guint
below (Desk *desk,
       guint n)
{
  return (guint) g_rand_int_range (desk->rand, 0, (int) n);
}

static char *
make_text (Desk *desk)
{
  static const char *const words[] = { "where", "parcel", "größe", "Größe", "über", "día", "талон", "заказ", "طلب", "注文", "どこ", "re-turn", "2024-11", "#1042", "a", "refund", "e\u0301t\u00e9", "ana@mail.example" };
  GString *text = g_string_new (NULL);

  for (guint i = below (desk, 30); i > 0; i--)
    g_string_append_printf (text, "%s%s", words[below (desk, G_N_ELEMENTS (words))], below (desk, 9) == 0 ? ".\n" : " ");
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) (nullable): one of what @sql lists */
static char *
pick (MosTxn *txn,
      Desk *desk,
      const char *sql)
{
  g_autofree char *all = g_strdup_printf ("SELECT value FROM (SELECT value, row_number () OVER () - 1 AS n, count (*) OVER () AS total FROM (%s)) WHERE n = %u %% total", sql, below (desk, 100000));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (MosSqlValue));
  g_autoptr (GError) error = NULL;
  g_autoptr (MosStatement) statement = mos_database_query_made (txn->database, all, values, &error);

  g_assert_no_error (error);
  return mos_statement_step (statement, &error) > 0 ? mos_statement_dup_text (statement, 0) : NULL;
}

#define A_CONVERSATION "SELECT id AS value FROM conversation WHERE erased_at = 0 AND merged_into IS NULL ORDER BY id"

/* --- what comes in --- */

static void
mail (Desk *desk)
{
  const guint n = ++desk->n_mails;
  g_autofree char *text = make_text (desk);
  g_autofree char *answers = below (desk, 2) == 0 ? g_strdup_printf ("In-Reply-To: <m%u@mail.example>\n", 1 + below (desk, n)) : g_strdup ("");
  g_autofree char *raw = g_strdup_printf ("From: Ana <ana%u@mail.example>\nTo: support@shop.example\nSubject: parcel %u\nMessage-ID: <m%u@mail.example>\n%sDate: Mon, 02 Mar 2026 08:00:00 +0000\nMIME-Version: 1.0\n"
                                          "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n"
                                          "--b\nContent-Type: application/pdf; name=\"bill-%u.pdf\"\nContent-Disposition: attachment; filename=\"bill-%u.pdf\"\n\n%%PDF %u\n--b--\n",
                                          below (desk, 3), below (desk, 5), n, answers, text, below (desk, 4), n, below (desk, 4));
  g_autoptr (MosIngestResult) result = test_ingest (desk->t->store, raw, MOS_FOLDER_INBOX, n, mos_clock_now_us (desk->t->clock) - (gint64) below (desk, 5) * HOUR);

  g_assert_nonnull (result);
}

static gboolean
chat (MosTxn *txn,
      Desk *desk,
      GError **error)
{
  static const MosChatUpdateKind kinds[] = { MOS_CHAT_MESSAGE, MOS_CHAT_MESSAGE, MOS_CHAT_EDIT, MOS_CHAT_EDIT, MOS_CHAT_DELETE };
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  g_autoptr (GPtrArray) results = NULL;
  MosChatUpdate *update = mos_chat_update_new ();
  const guint who = 100 + below (desk, 3);

  update->kind = kinds[below (desk, G_N_ELEMENTS (kinds))];
  update->thread = g_strdup_printf ("%u", who);
  update->id = g_strdup_printf ("%u", update->kind == MOS_CHAT_MESSAGE ? ++desk->n_updates : 1 + below (desk, desk->n_updates + 1));
  /* A digit is the answer to a question. */
  update->text = below (desk, 3) == 0 ? g_strdup_printf ("%u", 1 + below (desk, 5)) : make_text (desk);
  update->person = mos_chat_person_make ("telegram", "", update->thread, "Bo");
  update->at_us = txn->now_us;
  if (update->kind == MOS_CHAT_MESSAGE && below (desk, 3) == 0)
    {
      MosChatFile *file = mos_chat_file_new ();

      file->kind = MOS_FILE_DOCUMENT;
      file->ref = g_strdup (update->id);
      file->name = g_strdup_printf ("label %u.pdf", below (desk, 3));
      file->type = g_strdup ("application/pdf");
      update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
      g_ptr_array_add (update->files, file);
      update->group = below (desk, 2) == 0 ? g_strdup ("album") : NULL;
    }
  batch->account = g_strdup (BOT);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_ptr_array_add (batch->updates, update);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return mos_store_account_find (txn, BOT, &account, error) && mos_chat_ingest (txn, account, batch, &results, error);
}

static gboolean
fetch_file (MosTxn *txn,
            Desk *desk,
            GError **error)
{
  g_autofree char *message = pick (txn, desk, "SELECT message AS value FROM chat_file WHERE ref IS NOT NULL AND position = 0 ORDER BY 1");
  g_autoptr (GBytes) data = g_bytes_new ("%PDF 9", below (desk, 7));

  return message == NULL || mos_store_chat_fetched (txn, message, 0, data, NULL, error);
}

static gboolean
read_file (MosTxn *txn,
           Desk *desk,
           GError **error)
{
  g_autofree char *sha256 = pick (txn, desk, "SELECT sha256 AS value FROM file_text ORDER BY 1");
  g_autofree char *text = make_text (desk);

  return sha256 == NULL || mos_store_file_text_put (txn, sha256, "done", text, error);
}

/* --- what people do --- */

static gboolean
reply (MosTxn *txn,
       Desk *desk,
       GError **error)
{
  g_autofree char *conversation = pick (txn, desk, A_CONVERSATION);
  g_auto (TestReply) reply = { .conversation = conversation };

  return conversation == NULL || test_do_reply (txn, &reply, error);
}

static gboolean
draft (MosTxn *txn,
       Desk *desk,
       GError **error)
{
  g_autoptr (MosDraft) draft = mos_draft_new ();

  draft->kind = g_strdup ("reply");
  draft->account = g_strdup (ACCOUNT);
  draft->conversation = pick (txn, desk, A_CONVERSATION);
  draft->id = g_strconcat ("draft of ", draft->conversation, NULL);
  draft->text = make_text (desk);
  return draft->conversation == NULL || mos_store_draft_save (txn, draft, error);
}

static gboolean
set_status (MosTxn *txn,
            Desk *desk,
            GError **error)
{
  static const MosStatus statuses[] = { MOS_STATUS_OPEN, MOS_STATUS_PENDING, MOS_STATUS_CLOSED, MOS_STATUS_CLOSED, MOS_STATUS_SPAM };
  g_autofree char *conversation = pick (txn, desk, A_CONVERSATION);
  TestStatus status = { conversation, statuses[below (desk, G_N_ELEMENTS (statuses))], 0 };

  return conversation == NULL || test_do_status (txn, &status, error);
}

static gboolean
set_category (MosTxn *txn,
              Desk *desk,
              GError **error)
{
  g_autofree char *conversation = pick (txn, desk, A_CONVERSATION);
  g_autofree char *category = pick (txn, desk, "SELECT id AS value FROM category ORDER BY id");

  return conversation == NULL || mos_store_conversation_set_category (txn, conversation, category, error);
}

static gboolean
set_targets (MosTxn *txn,
             Desk *desk,
             GError **error)
{
  g_autofree char *text = g_strdup_printf ("channel email first_reply=%u\nchannel telegram resolution=%u\n", 60 + below (desk, 900), 600 + below (desk, 9000));
  g_autoptr (MosTargets) targets = mos_targets_parse (text);

  return mos_store_targets_add (txn, targets, error);
}

static gboolean
merge (MosTxn *txn,
       Desk *desk,
       GError **error)
{
  g_autofree char *one = pick (txn, desk, A_CONVERSATION);
  g_autofree char *other = pick (txn, desk, A_CONVERSATION);

  return one == NULL || g_str_equal (one, other) || mos_store_conversation_set_merged (txn, one, other, error);
}

static gboolean
unmerge (MosTxn *txn,
         Desk *desk,
         GError **error)
{
  g_autofree char *into = pick (txn, desk, "SELECT merged_into AS value FROM conversation WHERE merged_into IS NOT NULL ORDER BY 1");
  gint64 batch = 0;

  return into == NULL || (mos_store_join_find (txn, into, &batch, error) && (batch == 0 || mos_store_join_undo (txn, batch, NULL, error)));
}

static gboolean
undo (MosTxn *txn,
      Desk *desk,
      GError **error)
{
  gint64 batch = 0;

  return mos_store_undo_get_last (txn, &batch, error) && (batch == 0 || mos_store_undo_batch (txn, batch, NULL, error));
}

static gboolean
remove_message (MosTxn *txn,
                Desk *desk,
                GError **error)
{
  g_autofree char *message = pick (txn, desk, "SELECT id AS value FROM message ORDER BY id");

  return message == NULL || mos_store_message_remove (txn, message, error);
}

static gboolean
merge_customers (MosTxn *txn,
                 Desk *desk,
                 GError **error)
{
  g_autofree char *one = pick (txn, desk, "SELECT id AS value FROM customer WHERE merged_into IS NULL ORDER BY id");
  g_autofree char *other = pick (txn, desk, "SELECT id AS value FROM customer WHERE merged_into IS NULL ORDER BY id");

  return one == NULL || g_str_equal (one, other) || mos_customers_merge (txn, one, other, NULL, TRUE, error);
}

/* --- what goes --- */

static gboolean
erase (MosTxn *txn,
       Desk *desk,
       GError **error)
{
  g_autofree char *conversation = pick (txn, desk, A_CONVERSATION);
  const char *ids[] = { conversation, NULL };

  return conversation == NULL || (mos_action_set_deleted (txn, ids, TRUE, error) && mos_store_conversation_erase (txn, ids, error));
}

static gboolean
expire (MosTxn *txn,
        Desk *desk,
        GError **error)
{
  g_autofree char *conversation = pick (txn, desk, A_CONVERSATION);
  gboolean more;

  return conversation == NULL || (mos_store_conversation_expire (txn, conversation, MOS_RETENTION_EMAIL, txn->now_us, error) && mos_store_search_compact (txn, below (desk, 2) == 0, &more, error));
}

static gboolean
erase_customer (MosTxn *txn,
                Desk *desk,
                GError **error)
{
  g_autofree char *customer = below (desk, 4) == 0 ? pick (txn, desk, "SELECT id AS value FROM customer WHERE merged_into IS NULL ORDER BY id") : NULL;
  g_autoptr (MosErasure) erasure = NULL;

  return customer == NULL || mos_customers_erase (txn, customer, &erasure, error);
}

/* --- the index --- */

static gboolean
do_dump (MosTxn *txn,
         GString *dump,
         GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT term || ' ' || doc || ' ' || col || ' ' || offset FROM temp.search_words", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_string_append_printf (dump, "%s\n", mos_statement_get_text (statement, 0));
  return r == 0;
}

/* Only where they part: all of it is long. */
static void
assert_same (const char *kept,
             const char *anew)
{
  g_auto (GStrv) one = g_strsplit (kept, "\n", -1);
  g_auto (GStrv) other = g_strsplit (anew, "\n", -1);
  guint i = 0;

  while (one[i] != NULL && other[i] != NULL && g_str_equal (one[i], other[i]))
    i++;
  g_assert_cmpstr (one[i], ==, other[i]);
}

/* Fails in the end, so that the story goes on with the index as it was. */
static gboolean
do_compare (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autoptr (GString) anew = g_string_new (NULL);

  if (!mos_database_run_script (txn->database, "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab (main, 'search', 'instance'); INSERT INTO search (search) VALUES ('integrity-check')", error) ||
      !do_dump (txn, kept, error) || !mos_store_search_rebuild (txn, error) || !do_dump (txn, anew, error))
    return FALSE;
  assert_same (kept->str, anew->str);
  *(gsize *) data = kept->len;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Only compared");
  return FALSE;
}

static gsize
assert_sound (Desk *desk)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  survey_check (desk->t);
  mos_store_write_sync (desk->t->store, &actor, NULL, do_compare, &size, NULL, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  survey_check (desk->t);
  return size;
}

/* --- the story --- */

typedef struct
{
  Desk *desk;
  Act act;
} Call;

static gboolean
do_call (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Call *call = data;

  if (!call->act (txn, call->desk, error))
    return FALSE;
  if (!call->desk->fails)
    return TRUE;
  if (mos_txn_flush (txn, error))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Half way");
  return FALSE;
}

static void
act (Desk *desk,
     Act func)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  Call call = { desk, func };
  g_autoptr (GError) error = NULL;

  desk->fails = below (desk, 9) == 0;
  mos_store_write_sync (desk->t->store, &actor, "done", do_call, &call, NULL, NULL, &error);
  /* Not everything can be done to everything; what was begun is taken back then, too. */
  if (error != NULL && error->domain != MOS_STORE_ERROR && error->domain != MOS_DESK_ERROR)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else if (error != NULL)
    g_assert_false (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT) || g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED));
}

static gboolean
do_bot (MosTxn *txn,
        gpointer data,
        GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (BOT);
  account->kind = g_strdup ("telegram");
  account->name = g_strdup ("Shop");
  account->address = g_strdup ("@shop_bot");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static void
test_whatever_happens (void)
{
  const Act acts[] = { chat, chat, chat, chat, fetch_file, read_file, reply, reply, draft, set_status, set_status, set_category, set_targets, merge, unmerge, undo, remove_message, merge_customers, erase, expire, erase_customer };
  const char *given = g_getenv ("MOS_TEST_SEED");
  const guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (MosTestStore) t = test_desk_store ();
  SurveySet set = { .account = BOT, .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_CLOSE };
  Desk desk = { .t = t, .rand = rand };
  gsize most = 0;

  g_test_message ("MOS_TEST_SEED=%u", seed);
  test_write (t->store, do_bot, NULL);
  test_write (t->store, survey_do_set, &set);
  for (guint i = 0; i < N_STEPS; i++)
    {
      const guint what = below (&desk, G_N_ELEMENTS (acts) + 8);

      if (what < G_N_ELEMENTS (acts))
        act (&desk, acts[what]);
      else if (what < G_N_ELEMENTS (acts) + 6)
        mail (&desk);
      else
        {
          survey_pass (t, (gint64) below (&desk, 3) * HOUR);
          test_write (t->store, survey_do_accept, (gpointer) BOT);
        }
      if (i % 25 == 24)
        most = MAX (most, assert_sound (&desk));
    }
  g_assert_cmpuint (most, >, 1000);
}

/* --- the connection that reads --- */

static gboolean
do_compact (MosTxn *txn,
            gpointer data,
            GError **error)
{
  gboolean more;

  return mos_store_search_compact (txn, TRUE, &more, error);
}

/* It had looked at the index before all of it was put together anew: what it remembers of it is nowhere any more. */
static void
test_reader (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Desk desk = { .t = t, .rand = rand };

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 4; i++)
        mail (&desk);
      survey_check (t);
      test_write (t->store, do_compact, NULL);
      survey_check (t);
    }
}

/* --- damage is still told --- */

static gboolean
do_damage (MosTxn *txn,
           gpointer data,
           GError **error)
{
  /* Nobody writes there who does not mean to. */
  return sqlite3_db_config (mos_database_get_handle (txn->database), SQLITE_DBCONFIG_DEFENSIVE, 0, NULL) == SQLITE_OK &&
         mos_database_exec (txn->database, error, "UPDATE search_data SET block = substr (block, 1, length (block) / 2) WHERE id = (SELECT max (id) FROM search_data)", "");
}

static void
test_damage (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) result = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  survey_check (t);
  test_write (t->store, do_damage, NULL);
  problems = mos_store_check_sync (t->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  g_assert_nonnull (strstr (((MosCheckProblem *) problems->pdata[0])->detail, "search"));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/store-index/whatever-happens", test_whatever_happens);
  g_test_add_func ("/store-index/reader", test_reader);
  g_test_add_func ("/store-index/damage", test_damage);
  return g_test_run ();
}

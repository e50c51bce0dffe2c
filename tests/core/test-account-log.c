/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/store/mos-store-account-log.h"
#include "core/store/mos-store-accounts.h"

#include <string.h>

/* What happened lately on an account: what is written down, what is one row, and that it does not grow. */

typedef struct
{
  const char *account;
  MosAccountState state;
  const char *why;
  gint64 last_sync_us;
} Look;

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  const Look *look = data;
  g_autoptr (MosAccountStatus) status = mos_account_status_new ();

  status->account = g_strdup (look->account != NULL ? look->account : ACCOUNT);
  status->state = look->state;
  status->why = g_strdup (look->why);
  status->detail = g_strdup (look->why != NULL ? "its words" : NULL);
  status->last_sync_us = look->last_sync_us;
  return mos_store_account_save_status (txn, status, error);
}

static void
save (MosTestStore *t,
      MosAccountState state,
      const char *why,
      gint64 last_sync_us)
{
  Look look = { NULL, state, why, last_sync_us };

  test_write (t->store, do_save, &look);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  GPtrArray **entries = data;

  *entries = mos_store_account_log_list (txn, ACCOUNT, error);
  return *entries != NULL;
}

/* "ready 1x +2, auth_failed (auth-failed) 3x" newest first */
static char *
describe (MosTestStore *t)
{
  g_autoptr (GPtrArray) entries = NULL;
  GString *text = g_string_new (NULL);

  test_write (t->store, do_list, &entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const MosAccountEntry *entry = entries->pdata[i];

      g_assert_cmpint (entry->since_us, <=, entry->at_us);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", mos_account_state_to_nick (entry->state));
      if (entry->why != NULL)
        g_string_append_printf (text, " (%s)", entry->why);
      g_string_append_printf (text, " %ux", entry->times);
      if (entry->n_new > 0)
        g_string_append_printf (text, " +%u", entry->n_new);
    }
  return g_string_free (text, FALSE);
}

static void
assert_log (MosTestStore *t,
            const char *expect)
{
  g_autofree char *text = describe (t);

  g_assert_cmpstr (text, ==, expect);
}

static void
receive (MosTestStore *t,
         guint32 uid)
{
  g_autofree char *mail = g_strdup_printf ("From: ana@mail.example\nTo: support@shop.example\nSubject: Mail %u\nMessage-ID: <%u@mail.example>\n\nHello\n", uid, uid);
  g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, uid, MOS_TEST_NOW_US + uid);

  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
}

static void
test_looks (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  const gint64 now = MOS_TEST_NOW_US;

  assert_log (t, "");
  /* What is under way, or ends in good order, is no news. */
  save (t, MOS_ACCOUNT_CONNECTING, NULL, 0);
  save (t, MOS_ACCOUNT_SYNCING, NULL, 0);
  save (t, MOS_ACCOUNT_OFFLINE, NULL, 0);
  save (t, MOS_ACCOUNT_READY, NULL, 0);
  assert_log (t, "");
  /* The first look of all brings what is there. */
  receive (t, 1);
  receive (t, 2);
  save (t, MOS_ACCOUNT_READY, NULL, now + 1);
  assert_log (t, "ready 1x +2");
  /* Told again. */
  save (t, MOS_ACCOUNT_READY, NULL, now + 1);
  assert_log (t, "ready 1x +2");
  /* Nothing new, ever again, is one row. */
  for (guint i = 2; i < 9; i++)
    save (t, MOS_ACCOUNT_READY, NULL, now + i);
  assert_log (t, "ready 7x, ready 1x +2");
  receive (t, 3);
  save (t, MOS_ACCOUNT_READY, NULL, now + 10);
  assert_log (t, "ready 1x +1, ready 7x, ready 1x +2");
  save (t, MOS_ACCOUNT_WAITING, "network", now + 10);
  save (t, MOS_ACCOUNT_CONNECTING, NULL, now + 10);
  save (t, MOS_ACCOUNT_WAITING, "network", now + 10);
  save (t, MOS_ACCOUNT_AUTH_FAILED, "auth-failed", now + 10);
  assert_log (t, "auth_failed (auth-failed) 1x, waiting (network) 2x, ready 1x +1, ready 7x, ready 1x +2");
  /* What came while it was in trouble belongs to the look after it. */
  receive (t, 4);
  save (t, MOS_ACCOUNT_READY, NULL, now + 20);
  assert_log (t, "ready 1x +1, auth_failed (auth-failed) 1x, waiting (network) 2x, ready 1x +1, ready 7x, ready 1x +2");
}

/* Mail that is imported did not come from the server: a look in between brought nothing. */
static void
test_imported (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  const char *mail = "From: ana@mail.example\nTo: support@shop.example\nSubject: Old\nMessage-ID: <old@mail.example>\n\nHello\n";
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  GError *error = NULL;

  save (t, MOS_ACCOUNT_READY, NULL, MOS_TEST_NOW_US + 1);
  assert_log (t, "ready 1x");
  incoming->archive = TRUE;
  g_ptr_array_add (batch, incoming);
  mos_ingest_batch_sync (t->store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((MosIngestResult *) results->pdata[0])->outcome, ==, MOS_INGEST_IMPORTED);
  save (t, MOS_ACCOUNT_READY, NULL, MOS_TEST_NOW_US + 2);
  assert_log (t, "ready 2x");
  receive (t, 2);
  save (t, MOS_ACCOUNT_READY, NULL, MOS_TEST_NOW_US + 3);
  assert_log (t, "ready 1x +1, ready 2x");
}

/* An account that is not there has no log. */
static gboolean
do_nobody (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Look nobody = { "nobody", MOS_ACCOUNT_READY, NULL, 1 };

  return do_save (txn, &nobody, error);
}

static void
test_bounds (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GPtrArray) entries = NULL;

  test_write (t->store, do_nobody, NULL);
  for (guint i = 0; i < MOS_ACCOUNT_LOG_MAX + 20; i++)
    save (t, i % 2 == 0 ? MOS_ACCOUNT_WAITING : MOS_ACCOUNT_FAILED, "network", 0);
  test_write (t->store, do_list, &entries);
  g_assert_cmpuint (entries->len, ==, MOS_ACCOUNT_LOG_MAX);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/account-log/looks", test_looks);
  g_test_add_func ("/account-log/imported", test_imported);
  g_test_add_func ("/account-log/bounds", test_bounds);

  return g_test_run ();
}

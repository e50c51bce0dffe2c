/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

/* What stands in the schema for good: enumerations are tied to their tables, and what changes is in the change log. */

static gboolean
start_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Log");
  fixture_message (txn, f, f->conversation, "m1", MOS_DIRECTION_INCOMING, 1000 * S, "Hello");
  fixture_message (txn, f, f->conversation, "m2", MOS_DIRECTION_OUTGOING, 2000 * S, "Hello yourself");
  return TRUE;
}

static gboolean
enumerations_func (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  static const char *const columns[] = {
    "account.kind", "identity.kind", "identity.source", "conversation.channel", "alias.kind", "participant.role", "draft.kind", "due.kind", "event.kind", "event.channel",
    "change.op", "fact_turn.closed_by", "fact_turn.channel", "fact_close.channel", "fact_about.channel"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_auto (GStrv) parts = g_strsplit (columns[i], ".", 2);
      g_autofree char *parent = NULL;
      g_autofree char *sql = NULL;
      gint64 used = -1;

      g_test_message ("%s", columns[i]);
      g_assert_true (mos_database_get_text (txn->database, &parent, error, "SELECT \"table\" FROM pragma_foreign_key_list (?) WHERE \"from\" = ?", "tt", parts[0], parts[1]));
      g_assert_nonnull (parent);
      g_assert_true (g_str_has_suffix (parent, "_kind"));
      sql = g_strdup_printf ("SELECT count (*) FROM %s", parent);
      g_assert_true (mos_database_get_int (txn->database, &used, error, sql, ""));
      g_assert_cmpint (used, >, 0);
    }
  return TRUE;
}

static gboolean
unknown_kind_func (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  Fixture *f = data;

  return mos_store_event_add (txn, f->conversation, NULL, "something else", NULL, NULL, 0, FALSE, error);
}

static gboolean
facts_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  gint64 n = 0;

  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM fact_conversation WHERE responded_at <> 0 AND channel = 'email'", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM event", ""));
  g_assert_cmpint (n, ==, 2);
  return TRUE;
}

static void
test_enumerations (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;

  fixture_write (f, NULL, start_func);
  fixture_read (f, enumerations_func);
  g_assert_false (mos_store_write_sync (f->store, &actor, NULL, unknown_kind_func, f, NULL, NULL, &error));
  g_assert_nonnull (error);
  fixture_read (f, facts_func);
  fixture_check (f);
}

/* --- the change log --- */

static gint64
count_changes (MosTxn *txn,
               const char *entity,
               const char *op,
               const char *old,
               const char *new)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  mos_database_get_int (txn->database, &n, &error, "SELECT count (*) FROM change WHERE entity = ?1 AND op = ?2 AND (?3 IS NULL OR old = ?3) AND (?4 IS NULL OR new = ?4)", "tttt", entity, op, old, new);
  g_assert_no_error (error);
  return n;
}

static gboolean
recorded_func (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Fixture *f = data;
  g_autofree char *who = NULL;
  gint64 before, after, participants = count_changes (txn, "participant", "insert", NULL, NULL);

  g_assert_true (mos_store_customer_ensure (txn, "email", "", "bea@example.com", NULL, "mail", 900 * S, NULL, &who, error));
  g_assert_true (mos_store_conversation_add_participant (txn, f->conversation, who, "cc", error));
  g_assert_true (mos_store_conversation_add_participant (txn, f->conversation, who, "cc", error));
  g_assert_cmpint (count_changes (txn, "participant", "insert", NULL, NULL), ==, participants + 1);

  /* Met again, earlier and with a name. */
  g_assert_true (mos_store_customer_ensure (txn, "email", "", "bea@example.com", "Bea", "mail", 800 * S, NULL, NULL, error));
  g_assert_cmpint (count_changes (txn, "identity", "update", "{\"name\":null}", "{\"name\":\"Bea\"}"), ==, 1);
  g_assert_cmpint (count_changes (txn, "customer", "update", "{\"first_seen\":900000000}", "{\"first_seen\":800000000}"), ==, 1);
  g_assert_cmpint (count_changes (txn, "customer", "update", NULL, "{\"name\":\"Bea\"}"), ==, 1);

  /* Met once more: nothing to tell. */
  g_assert_true (mos_database_get_int (txn->database, &before, error, "SELECT count (*) FROM change", ""));
  g_assert_true (mos_store_customer_ensure (txn, "email", "", "bea@example.com", "Beatrix", "mail", 850 * S, NULL, NULL, error));
  /* Of the exceptions: read state stays out. */
  g_assert_true (mos_store_message_set_read (txn, "m1", TRUE, TRUE, error));
  g_assert_true (mos_database_get_int (txn->database, &after, error, "SELECT count (*) FROM change", ""));
  g_assert_cmpint (after, ==, before);
  return TRUE;
}

static void
test_change_log (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, start_func);
  fixture_write (f, NULL, recorded_func);
  fixture_check (f);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/log/enumerations", test_enumerations);
  g_test_add_func ("/store/log/changes", test_change_log);

  return g_test_run ();
}

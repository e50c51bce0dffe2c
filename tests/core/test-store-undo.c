/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test.h"
#include "store-fixture.h"

#include <string.h>

/* Undo: the inverse of a batch, refused where a value changed since, itself taken back by a redo. */

#define N_CONVERSATIONS 4

typedef struct
{
  char *ids[N_CONVERSATIONS];
  int action;
  int target;
  int value;
  gint64 batch;
  gboolean conflict;
  char *dump;
} Case;

static gboolean
start_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  Case *c = f->data;

  fixture_account (txn, f);
  for (int i = 0; i < N_CONVERSATIONS; i++)
    {
      g_autofree char *message = g_strdup_printf ("message-%d", i);

      c->ids[i] = fixture_conversation (txn, f, "undo");
      fixture_message (txn, f, c->ids[i], message, MOS_DIRECTION_INCOMING, (1000 + i) * S, "please undo me");
    }
  return TRUE;
}

static gboolean
action_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  static const char *const tags[] = { "refund", "urgent", "Größe" };
  Fixture *f = data;
  Case *c = f->data;
  const char *id = c->ids[c->target];

  switch (c->action)
    {
    case 0:
      return mos_store_conversation_set_status (txn, id, (MosStatus) (c->value % 5), c->value % 2 == 0 ? 0 : mos_txn_get_now_us (txn) + (gint64) (c->value + 1) * 3600 * S, error);
    case 1:
      return mos_store_conversation_set_assignee (txn, id, c->value % 2 == 0 ? AGENT : NULL, error);
    case 2:
      return mos_store_conversation_set_priority (txn, id, (MosPriority) (c->value % 4), error);
    case 3:
      return mos_store_tag_set (txn, id, tags[c->value % 3], c->value % 2 == 0, error);
    case 4:
      return mos_store_conversation_set_deleted (txn, id, c->value % 2 == 0, error);
    case 5:
      {
        g_autofree char *note = g_strdup_printf ("note-%d-%d-%" G_GINT64_FORMAT, c->target, c->value, mos_txn_get_now_us (txn));

        fixture_message (txn, f, id, note, MOS_DIRECTION_NOTE, mos_txn_get_now_us (txn), "a findable remark");
        return TRUE;
      }
    case 6:
      return mos_store_conversation_set_merged (txn, id, c->ids[(c->target + 1) % N_CONVERSATIONS], error);
    case 7:
      return mos_store_conversation_set_quarantine (txn, id, c->value % 2 == 0 ? "auto-submitted" : NULL, error);
    case 8:
      return mos_store_conversation_set_subject (txn, id, tags[c->value % 3], error);
    default:
      {
        g_autofree char *message = g_strdup_printf ("message-%d", c->target);
        const char *messages[] = { message, NULL };

        return mos_store_message_set_conversation (txn, messages, c->ids[c->value % N_CONVERSATIONS], "move", error);
      }
    }
}

static gboolean
undo_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  Case *c = f->data;
  g_autofree char *label = NULL;

  return mos_store_undo_batch (txn, c->batch, &label, error);
}

/* All a person could see: rows, tags, messages, what the scheduler waits for, what the search finds, and the facts. */
static gboolean
dump_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  static const char *const queries[] = {
    "SELECT id || subject || status || priority || coalesce (assignee, '') || coalesce (quarantine, '') || snoozed_until || coalesce (merged_into, '') || (deleted_at <> 0) || waiting_since || unread || message_count || snippet || place FROM conversation ORDER BY id",
    "SELECT conversation || tag FROM conversation_tag ORDER BY 1",
    "SELECT id || conversation || quarantined FROM message WHERE removed_at = 0 ORDER BY id",
    "SELECT key || due_utc FROM due WHERE state = 'waiting' ORDER BY 1",
    "SELECT id FROM search_docsize ORDER BY 1",
    "SELECT conversation || position || opened_at || closed_at FROM fact_turn ORDER BY 1",
    "SELECT conversation || position || at || reopened_at FROM fact_close ORDER BY 1",
    "SELECT old_id || new_id FROM alias ORDER BY 1",
  };
  Fixture *f = data;
  Case *c = f->data;
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, queries[i], "");

      g_assert_nonnull (statement);
      while (mos_statement_step (statement, error) > 0)
        g_string_append_printf (out, "%s\n", mos_statement_get_text (statement, 0));
      g_string_append (out, "--\n");
    }
  g_free (c->dump);
  c->dump = g_string_free (out, FALSE);
  return TRUE;
}

static char *
dump (Fixture *f)
{
  Case *c = f->data;

  fixture_read (f, dump_func);
  return g_steal_pointer (&c->dump);
}

static Fixture *
start (Case *c)
{
  Fixture *f = fixture_new ();

  memset (c, 0, sizeof *c);
  f->data = c;
  fixture_write (f, NULL, start_func);
  return f;
}

static void
end (Fixture *f)
{
  Case *c = f->data;

  for (int i = 0; i < N_CONVERSATIONS; i++)
    g_free (c->ids[i]);
  fixture_free (f);
}

/* Each action alone: undo gives what was, redo what had been done, undo of that what was again. */
static void
test_each (void)
{
  for (int action = 0; action < 10; action++)
    {
      Case c;
      Fixture *f = start (&c);
      g_autofree char *before = NULL;
      g_autofree char *done = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;
      g_autofree char *again = NULL;

      before = dump (f);
      c.action = action;
      c.target = 0;
      c.value = action == 0 ? 3 : action == 9 ? 2
                              : action == 8   ? 1
                                              : 0;
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), S);
      fixture_write (f, "action", action_func);
      g_assert_cmpint (f->batch, >, 0);
      done = dump (f);
      g_assert_cmpstr (before, !=, done);

      for (int round = 0; round < 3; round++)
        {
          c.batch = f->batch;
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), S);
          fixture_write (f, NULL, undo_func);
          g_assert_cmpint (f->batch, >, c.batch);
          if (round == 0)
            undone = dump (f);
          else if (round == 1)
            redone = dump (f);
          else
            again = dump (f);
        }
      g_test_message ("action %d", action);
      g_assert_cmpstr (before, ==, undone);
      g_assert_cmpstr (done, ==, redone);
      g_assert_cmpstr (before, ==, again);
      fixture_check (f);
      end (f);
    }
}

static void
test_conflict (void)
{
  Case c;
  Fixture *f = start (&c);
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 first;

  c.action = 2;
  c.value = 3;
  fixture_write (f, "priority", action_func);
  first = f->batch;
  c.value = 0;
  fixture_write (f, "priority", action_func);
  before = dump (f);

  c.batch = first;
  g_assert_false (mos_store_write_sync (f->store, &actor, NULL, undo_func, f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  after = dump (f);
  g_assert_cmpstr (before, ==, after);

  c.batch = 987654;
  g_assert_false (mos_store_write_sync (f->store, &actor, NULL, undo_func, f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Twice is a conflict, too. */
  c.batch = f->batch;
  fixture_write (f, NULL, undo_func);
  g_assert_false (mos_store_write_sync (f->store, &actor, NULL, undo_func, f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  end (f);
}

/* Any actions, then all taken back from the newest on: the beginning. */
static void
test_property (void)
{
  for (guint round = 0; round < mos_test_rounds (6); round++)
    {
      Case c;
      Fixture *f = start (&c);
      g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autofree char *before = dump (f);
      g_autofree char *after = NULL;

      for (int i = 0; i < 25; i++)
        {
          c.action = g_test_rand_int_range (0, 10);
          c.target = g_test_rand_int_range (0, N_CONVERSATIONS);
          c.value = g_test_rand_int_range (0, 12);
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), S);
          fixture_write (f, "action", action_func);
          if (f->batch != 0)
            g_array_append_val (batches, f->batch);
        }
      fixture_check (f);
      for (guint i = batches->len; i > 0; i--)
        {
          c.batch = g_array_index (batches, gint64, i - 1);
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), S);
          fixture_write (f, NULL, undo_func);
        }
      after = dump (f);
      g_assert_cmpstr (before, ==, after);
      fixture_check (f);
      end (f);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/undo/each", test_each);
  g_test_add_func ("/store/undo/conflict", test_conflict);
  g_test_add_func ("/store/undo/property", test_property);

  return g_test_run ();
}

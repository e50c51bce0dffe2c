/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test.h"
#include "core/desk/mos-rows.h"
#include "store-fixture.h"

#include <string.h>

/* Merge, split and move, and taking them back at any time (behaviour.md §2.9). */

#define N 4
static const char *const letters[N] = { "A", "B", "C", "D" };

typedef struct
{
  char *ids[N];
  char *split;
  char *label;
  guint made;
} Shop;

typedef struct
{
  Fixture *f;
  Shop shop;
  /* one step */
  const char *from, *to;
  const char *const *messages;
  gint64 batch;
  const char *text;
  MosDirection direction;
  const char *in_reply_to;
  const char *status;
  int number;
  gint64 answer;
} Test;

static const char *
id_of (Test *t,
       const char *letter)
{
  if (g_str_equal (letter, "S"))
    return t->shop.split;
  for (int i = 0; i < N; i++)
    if (g_str_equal (letters[i], letter))
      return t->shop.ids[i];
  g_assert_not_reached ();
}

typedef gboolean (*Step) (MosTxn *txn, Test *t, GError **error);
static Step step;

static gboolean
run_step (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  return step (txn, ((Fixture *) data)->data, error);
}

static gint64
do_step (Test *t,
         const char *label,
         Step what)
{
  step = what;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->f->clock), S);
  fixture_write (t->f, label, run_step);
  return t->f->batch;
}

static void
add_message (MosTxn *txn,
             Test *t,
             const char *letter,
             const char *id,
             MosDirection direction,
             const char *in_reply_to)
{
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autoptr (GError) error = NULL;

  row->id = g_strdup (id);
  row->conversation = g_strdup (id_of (t, letter));
  row->account = g_strdup (ACCOUNT);
  row->direction = direction;
  row->delivery = direction == MOS_DIRECTION_OUTGOING ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  row->message_id = g_strconcat (id, "@example.com", NULL);
  row->in_reply_to = in_reply_to != NULL ? g_strconcat (in_reply_to, "@example.com", NULL) : NULL;
  row->from = mos_address_make ("Ana García", "ana@example.com");
  row->identity = g_strdup (t->f->identity);
  row->subject = g_strdup (id);
  row->received_us = row->sent_us = mos_txn_get_now_us (txn);
  row->text = g_strdup_printf ("text of %s", id);
  row->reply_text = g_strdup (row->text);
  content->customer = direction == MOS_DIRECTION_INCOMING ? g_strdup (t->f->customer) : NULL;
  content->agent = direction == MOS_DIRECTION_OUTGOING ? g_strdup (AGENT) : NULL;
  mos_store_message_add (txn, row, content, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
do_start (MosTxn *txn,
          Test *t,
          GError **error)
{
  fixture_account (txn, t->f);
  for (int i = 0; i < N; i++)
    {
      t->shop.ids[i] = fixture_conversation (txn, t->f, letters[i]);
      g_assert_true (mos_store_conversation_set_status (txn, t->shop.ids[i], MOS_STATUS_OPEN, 0, error));
    }
  return TRUE;
}

static gboolean
do_add (MosTxn *txn,
        Test *t,
        GError **error)
{
  add_message (txn, t, t->to, t->text, t->direction, t->in_reply_to);
  t->shop.made++;
  return TRUE;
}

static gboolean
do_merge (MosTxn *txn,
          Test *t,
          GError **error)
{
  return mos_store_conversation_set_merged (txn, id_of (t, t->from), id_of (t, t->to), error);
}

static gboolean
do_move (MosTxn *txn,
         Test *t,
         GError **error)
{
  return mos_store_message_set_conversation (txn, t->messages, id_of (t, t->to), "move", error);
}

static gboolean
do_split (MosTxn *txn,
          Test *t,
          GError **error)
{
  g_clear_pointer (&t->shop.split, g_free);
  t->shop.split = fixture_conversation (txn, t->f, "split off");
  return mos_store_message_set_conversation (txn, t->messages, t->shop.split, "split", error);
}

static gboolean
do_undo (MosTxn *txn,
         Test *t,
         GError **error)
{
  g_clear_pointer (&t->shop.label, g_free);
  return mos_store_join_undo (txn, t->batch, &t->shop.label, error);
}

static gboolean
do_status (MosTxn *txn,
           Test *t,
           GError **error)
{
  return mos_store_conversation_set_status (txn, id_of (t, t->to), mos_status_from_nick (t->status, MOS_STATUS_OPEN), t->number * S, error);
}

static gboolean
do_tag (MosTxn *txn,
        Test *t,
        GError **error)
{
  return mos_store_tag_set (txn, id_of (t, t->to), t->text, TRUE, error);
}

static gboolean
do_priority (MosTxn *txn,
             Test *t,
             GError **error)
{
  return mos_store_conversation_set_priority (txn, id_of (t, t->to), (MosPriority) t->number, error);
}

static gboolean
do_draft (MosTxn *txn,
          Test *t,
          GError **error)
{
  g_autoptr (MosDraft) draft = mos_draft_new ();

  draft->id = g_strdup (t->text);
  draft->conversation = g_strdup (id_of (t, t->to));
  draft->account = g_strdup (ACCOUNT);
  draft->kind = g_strdup ("reply");
  draft->reply_to_message = g_strdup (t->from);
  draft->to = mos_address_array_new ();
  draft->cc = mos_address_array_new ();
  draft->bcc = mos_address_array_new ();
  draft->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  draft->text = g_strdup ("half an answer");
  return mos_store_draft_save (txn, draft, error);
}

static gint64
merge (Test *t,
       const char *from,
       const char *to)
{
  t->from = from;
  t->to = to;
  return do_step (t, "merge", do_merge);
}

static void
add (Test *t,
     const char *to,
     const char *id,
     MosDirection direction,
     const char *in_reply_to)
{
  t->to = to;
  t->text = id;
  t->direction = direction;
  t->in_reply_to = in_reply_to;
  do_step (t, NULL, do_add);
}

static void
set_status (Test *t,
            const char *to,
            const char *status,
            int until)
{
  t->to = to;
  t->status = status;
  t->number = until;
  do_step (t, "status", do_status);
}

static gint64
undo (Test *t,
      gint64 batch)
{
  t->batch = batch;
  do_step (t, "undo", do_undo);
  return t->f->batch;
}

typedef struct
{
  const char *id;
  GString *messages;
  MosConversationRow *row;
  gint64 drafts;
  GString *participants;
} Look;

static Look looked;

static gboolean
look_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ? AND removed_at = 0 ORDER BY seq", "t", looked.id);
  g_autoptr (MosStatement) people = mos_database_query (txn->database, error, "SELECT i.value || ':' || p.role FROM participant p JOIN identity i ON i.id = p.identity WHERE conversation = ? ORDER BY 1", "t", looked.id);

  while (mos_statement_step (statement, error) > 0)
    g_string_append_printf (looked.messages, "%s ", mos_statement_get_text (statement, 0));
  while (mos_statement_step (people, error) > 0)
    g_string_append_printf (looked.participants, "%s ", mos_statement_get_text (people, 0));
  return mos_database_get_int (txn->database, &looked.drafts, error, "SELECT count (*) FROM draft WHERE conversation = ?", "t", looked.id) &&
         mos_store_conversation_find (txn, looked.id, &looked.row, error);
}

static MosConversationRow *
look (Test *t,
      const char *letter)
{
  if (looked.messages == NULL)
    {
      looked.messages = g_string_new (NULL);
      looked.participants = g_string_new (NULL);
    }
  g_string_truncate (looked.messages, 0);
  g_string_truncate (looked.participants, 0);
  g_clear_pointer (&looked.row, mos_conversation_row_unref);
  looked.id = id_of (t, letter);
  fixture_read (t->f, look_func);
  g_assert_nonnull (looked.row);
  return looked.row;
}

#define assert_holds(t, letter, ids)                 \
  G_STMT_START                                       \
  {                                                  \
    look (t, letter);                                \
    g_assert_cmpstr (looked.messages->str, ==, ids); \
  }                                                  \
  G_STMT_END

static void
start (Test *t)
{
  memset (t, 0, sizeof *t);
  t->f = fixture_new ();
  t->f->data = t;
  do_step (t, NULL, do_start);
}

static void
end (Test *t)
{
  fixture_check (t->f);
  for (int i = 0; i < N; i++)
    g_free (t->shop.ids[i]);
  g_free (t->shop.split);
  g_free (t->shop.label);
  if (looked.messages != NULL)
    {
      g_string_free (looked.messages, TRUE);
      g_string_free (looked.participants, TRUE);
      g_clear_pointer (&looked.row, mos_conversation_row_unref);
      memset (&looked, 0, sizeof looked);
    }
  fixture_free (t->f);
}

/* What a merge leaves: times interleaved, origin kept, tags, priority, the most urgent status, drafts, the older open turn. */
static void
test_merge (void)
{
  Test t;
  gint64 asked;

  start (&t);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  asked = mos_clock_now_us (t.f->clock);
  add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "B", "b2", MOS_DIRECTION_OUTGOING, "b1");
  set_status (&t, "B", "closed", 0);
  t.to = "A";
  t.text = "refund";
  do_step (&t, "tag", do_tag);
  t.to = "B";
  t.text = "parcel";
  do_step (&t, "tag", do_tag);
  t.to = "A";
  t.number = MOS_PRIORITY_HIGH;
  do_step (&t, "priority", do_priority);
  t.text = "draft-a";
  t.from = "a1";
  do_step (&t, NULL, do_draft);
  t.to = "B";
  t.text = "draft-b";
  t.from = "b1";
  do_step (&t, NULL, do_draft);

  merge (&t, "A", "B");
  assert_holds (&t, "B", "a1 b1 b2 ");
  g_assert_cmpint (looked.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (looked.row->priority, ==, MOS_PRIORITY_HIGH);
  g_assert_cmpstr (looked.row->tags[0], ==, "parcel");
  g_assert_cmpstr (looked.row->tags[1], ==, "refund");
  g_assert_cmpint (looked.drafts, ==, 2);
  g_assert_true (looked.row->has_draft);
  /* Our answer to the other question answered nothing of this one. */
  g_assert_cmpint (looked.row->waiting_since_us, ==, asked);
  assert_holds (&t, "A", "");
  g_assert_cmpstr (looked.row->merged_into, ==, t.shop.ids[1]);
  g_assert_cmpint (looked.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_false (looked.row->has_draft);

  /* An answer given here settles it. */
  add (&t, "B", "b3", MOS_DIRECTION_OUTGOING, "a1");
  look (&t, "B");
  g_assert_cmpint (looked.row->waiting_since_us, ==, 0);
  /* Who still writes to the merged one writes to the other. */
  add (&t, "A", "a2", MOS_DIRECTION_INCOMING, "a1");
  assert_holds (&t, "B", "a1 b1 b2 b3 a2 ");
  end (&t);
}

/* An answer of the merged one answers nothing that is still asked in the other. */
static void
test_merge_waiting (void)
{
  Test t;
  gint64 asked;

  start (&t);
  add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
  asked = mos_clock_now_us (t.f->clock);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a2", MOS_DIRECTION_OUTGOING, "a1");
  merge (&t, "A", "B");
  look (&t, "B");
  g_assert_cmpint (looked.row->waiting_since_us, ==, asked);
  /* Settled there stays settled, also along a chain. */
  add (&t, "B", "b2", MOS_DIRECTION_OUTGOING, "b1");
  merge (&t, "B", "C");
  look (&t, "C");
  g_assert_cmpint (looked.row->waiting_since_us, ==, 0);
  end (&t);
}

static void
test_merge_status (void)
{
  static const struct
  {
    const char *source;
    int source_until;
    const char *target;
    int target_until;
    const char *status;
    int until;
  } cases[] = {
    { "open", 0, "closed", 0, "open", 0 },
    { "closed", 0, "open", 0, "open", 0 },
    { "closed", 0, "closed", 0, "closed", 0 },
    { "pending", 0, "closed", 0, "pending", 0 },
    { "pending", 0, "snoozed", 1800000000, "pending", 0 },
    { "snoozed", 1800000000, "closed", 0, "snoozed", 1800000000 },
    { "snoozed", 1800000000, "snoozed", 1900000000, "snoozed", 1800000000 },
    { "snoozed", 1800000000, "snoozed", 0, "snoozed", 1800000000 },
    { "snoozed", 0, "snoozed", 1900000000, "snoozed", 1900000000 },
    { "spam", 0, "closed", 0, "closed", 0 },
    { "open", 0, "spam", 0, "open", 0 },
    { "spam", 0, "spam", 0, "spam", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Test t;
      gint64 batch;

      start (&t);
      add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
      add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
      set_status (&t, "A", cases[i].source, cases[i].source_until);
      set_status (&t, "B", cases[i].target, cases[i].target_until);
      batch = merge (&t, "A", "B");
      g_test_message ("%s into %s", cases[i].source, cases[i].target);
      look (&t, "B");
      g_assert_cmpstr (mos_status_to_nick (looked.row->status), ==, cases[i].status);
      g_assert_cmpint (looked.row->snoozed_until_us, ==, cases[i].until * S);
      undo (&t, batch);
      look (&t, "B");
      g_assert_cmpstr (mos_status_to_nick (looked.row->status), ==, cases[i].target);
      g_assert_cmpint (looked.row->snoozed_until_us, ==, cases[i].target_until * S);
      look (&t, "A");
      g_assert_cmpstr (mos_status_to_nick (looked.row->status), ==, cases[i].source);
      g_assert_cmpint (looked.row->snoozed_until_us, ==, cases[i].source_until * S);
      g_assert_null (looked.row->merged_into);
      end (&t);
    }
}

/* behaviour.md §2.9: A into B into C, then the second is taken back, then the first; and the other way round. */
static void
test_chain (void)
{
  for (int order = 0; order < 2; order++)
    {
      Test t;
      gint64 first, second;

      start (&t);
      add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
      add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
      add (&t, "C", "c1", MOS_DIRECTION_INCOMING, NULL);
      first = merge (&t, "A", "B");
      second = merge (&t, "B", "C");
      assert_holds (&t, "C", "a1 b1 c1 ");
      add (&t, "C", "c2", MOS_DIRECTION_OUTGOING, "c1");
      set_status (&t, "C", "closed", 0);

      if (order == 0)
        {
          undo (&t, second);
          assert_holds (&t, "B", "a1 b1 ");
          g_assert_cmpint (looked.row->status, ==, MOS_STATUS_OPEN);
          assert_holds (&t, "C", "c1 c2 ");
          g_assert_cmpint (looked.row->status, ==, MOS_STATUS_CLOSED);
          undo (&t, first);
        }
      else
        {
          undo (&t, first);
          assert_holds (&t, "A", "a1 ");
          assert_holds (&t, "C", "b1 c1 c2 ");
          undo (&t, second);
        }
      assert_holds (&t, "A", "a1 ");
      assert_holds (&t, "B", "b1 ");
      assert_holds (&t, "C", "c1 c2 ");
      look (&t, "A");
      g_assert_null (looked.row->merged_into);
      g_assert_cmpint (looked.row->waiting_since_us, >, 0);
      look (&t, "B");
      g_assert_null (looked.row->merged_into);
      g_assert_cmpint (looked.row->waiting_since_us, >, 0);
      end (&t);
    }
}

/* What came since goes with what it answers; who waits is seen. */
static void
test_undo_later (void)
{
  Test t;
  gint64 batch;
  g_autoptr (GError) error = NULL;
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };

  start (&t);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a2", MOS_DIRECTION_OUTGOING, "a1");
  set_status (&t, "A", "closed", 0);
  add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
  batch = merge (&t, "A", "B");
  add (&t, "B", "b2", MOS_DIRECTION_OUTGOING, "b1");
  add (&t, "B", "a3", MOS_DIRECTION_INCOMING, "a2");
  add (&t, "B", "a4", MOS_DIRECTION_OUTGOING, "a3");
  add (&t, "B", "a5", MOS_DIRECTION_INCOMING, "a4");
  add (&t, "B", "b3", MOS_DIRECTION_INCOMING, "b2");
  t.to = "B";
  t.text = "later";
  do_step (&t, "tag", do_tag);

  undo (&t, batch);
  g_assert_cmpstr (t.shop.label, ==, "merge");
  assert_holds (&t, "A", "a1 a2 a3 a4 a5 ");
  g_assert_cmpint (looked.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (looked.row->waiting_since_us, >, 0);
  assert_holds (&t, "B", "b1 b2 b3 ");
  g_assert_cmpstr (looked.row->tags[0], ==, "later");

  /* Twice is refused, and nothing happens. */
  t.batch = batch;
  step = do_undo;
  g_assert_false (mos_store_write_sync (t.f->store, &actor, "undo", run_step, t.f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  assert_holds (&t, "A", "a1 a2 a3 a4 a5 ");
  end (&t);
}

static void
test_split (void)
{
  static const char *const some[] = { "a2", "a3", NULL };
  Test t;
  gint64 batch;

  start (&t);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a2", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a3", MOS_DIRECTION_INCOMING, NULL);
  t.to = "A";
  t.text = "draft-a";
  t.from = "a2";
  do_step (&t, NULL, do_draft);
  t.messages = some;
  batch = do_step (&t, "split", do_split);
  assert_holds (&t, "A", "a1 ");
  g_assert_cmpint (looked.drafts, ==, 0);
  assert_holds (&t, "S", "a2 a3 ");
  g_assert_cmpint (looked.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (looked.row->waiting_since_us, >, 0);
  g_assert_cmpint (looked.drafts, ==, 1);

  /* What arrived in the new one comes along when the two are one again, and its number leads there. */
  add (&t, "S", "s1", MOS_DIRECTION_INCOMING, "a3");
  add (&t, "S", "n1", MOS_DIRECTION_NOTE, NULL);
  undo (&t, batch);
  assert_holds (&t, "A", "a1 a2 a3 s1 n1 ");
  g_assert_cmpint (looked.drafts, ==, 1);
  look (&t, "S");
  g_assert_cmpstr (looked.row->merged_into, ==, t.shop.ids[0]);
  add (&t, "S", "s2", MOS_DIRECTION_INCOMING, "s1");
  assert_holds (&t, "A", "a1 a2 a3 s1 n1 s2 ");
  end (&t);
}

static void
test_move (void)
{
  static const char *const one[] = { "a2", NULL };
  static const char *const answer[] = { "a3", NULL };
  static const char *const mixed[] = { "a1", "b1", NULL };
  Test t;
  gint64 batch, asked;
  g_autoptr (GError) error = NULL;
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };

  start (&t);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a2", MOS_DIRECTION_INCOMING, NULL);
  asked = mos_clock_now_us (t.f->clock);
  add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "B", "b2", MOS_DIRECTION_OUTGOING, "b1");
  set_status (&t, "B", "closed", 0);
  t.messages = one;
  t.to = "B";
  batch = do_step (&t, "move", do_move);
  assert_holds (&t, "B", "a2 b1 b2 ");
  /* She still waits, though something else was answered there later; so it opens. */
  g_assert_cmpint (looked.row->waiting_since_us, ==, asked);
  g_assert_cmpint (looked.row->status, ==, MOS_STATUS_OPEN);
  undo (&t, batch);
  assert_holds (&t, "A", "a1 a2 ");
  look (&t, "B");
  g_assert_cmpint (looked.row->status, ==, MOS_STATUS_CLOSED);

  /* An answer put where it belongs answers. */
  add (&t, "C", "c1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a3", MOS_DIRECTION_OUTGOING, NULL);
  t.messages = answer;
  t.to = "C";
  do_step (&t, "move", do_move);
  look (&t, "C");
  g_assert_cmpint (looked.row->waiting_since_us, ==, 0);
  look (&t, "A");
  g_assert_cmpint (looked.row->waiting_since_us, >, 0);

  t.messages = mixed;
  t.to = "D";
  step = do_move;
  g_assert_false (mos_store_write_sync (t.f->store, &actor, "move", run_step, t.f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  end (&t);
}

/* What was put elsewhere came home with all that is there; both are taken back, in either order. */
static void
test_move_home (void)
{
  static const char *const one[] = { "a1", NULL };

  for (int order = 0; order < 2; order++)
    {
      Test t;
      gint64 move, joined;

      start (&t);
      add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
      add (&t, "A", "a2", MOS_DIRECTION_INCOMING, NULL);
      t.messages = one;
      t.to = "B";
      move = do_step (&t, "move", do_move);
      add (&t, "B", "b1", MOS_DIRECTION_OUTGOING, "a1");
      add (&t, "B", "b2", MOS_DIRECTION_INCOMING, NULL);
      joined = merge (&t, "B", "A");
      assert_holds (&t, "A", "a1 a2 b1 b2 ");

      undo (&t, order == 0 ? move : joined);
      if (order == 0)
        assert_holds (&t, "A", "a1 a2 b1 b2 ");
      else
        assert_holds (&t, "B", "a1 b1 b2 ");
      undo (&t, order == 0 ? joined : move);
      assert_holds (&t, "A", order == 0 ? "a1 a2 " : "a1 a2 b1 ");
      look (&t, "B");
      g_assert_null (looked.row->merged_into);
      end (&t);
    }
}

/* Another person takes part, and is the customer of nothing. */
static gboolean
do_other_customer (MosTxn *txn,
                   Test *t,
                   GError **error)
{
  g_autofree char *customer = NULL, *identity = NULL;

  return mos_store_customer_ensure (txn, "email", NULL, "bea@example.com", "Bea", "mail", 1, &customer, &identity, error) &&
         mos_database_exec (txn->database, error, "DELETE FROM participant WHERE conversation = ?", "t", t->shop.ids[0]) &&
         mos_store_conversation_set_customer (txn, t->shop.ids[0], customer, error) &&
         mos_store_conversation_add_participant (txn, t->shop.ids[0], identity, "customer", error);
}

static void
test_merge_persons (void)
{
  Test t;

  start (&t);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
  do_step (&t, NULL, do_other_customer);
  merge (&t, "A", "B");
  look (&t, "B");
  g_assert_cmpstr (looked.row->customer, ==, t.f->customer);
  g_assert_cmpstr (looked.participants->str, ==, "ana@example.com:customer bea@example.com:sender ");
  end (&t);
}

/* A merged conversation is in no measure of its own: its turns are the other's. */
static gboolean
count_facts (MosTxn *txn,
             Test *t,
             GError **error)
{
  return mos_database_get_int (txn->database, &t->answer, error, "SELECT count (*) FROM fact_turn WHERE conversation = ?", "t", id_of (t, t->to));
}

static gint64
facts_of (Test *t,
          const char *letter)
{
  t->to = letter;
  do_step (t, NULL, count_facts);
  return t->answer;
}

static void
test_measures (void)
{
  static const char *const one[] = { "a1", NULL };
  Test t;
  gint64 batch;

  start (&t);
  add (&t, "A", "a1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "A", "a2", MOS_DIRECTION_OUTGOING, "a1");
  add (&t, "B", "b1", MOS_DIRECTION_INCOMING, NULL);
  add (&t, "B", "b2", MOS_DIRECTION_OUTGOING, "b1");
  g_assert_cmpint (facts_of (&t, "A"), ==, 1);
  batch = merge (&t, "A", "B");
  g_assert_cmpint (facts_of (&t, "A"), ==, 0);
  g_assert_cmpint (facts_of (&t, "B"), ==, 2);
  fixture_check (t.f);
  undo (&t, batch);
  g_assert_cmpint (facts_of (&t, "A"), ==, 1);
  g_assert_cmpint (facts_of (&t, "B"), ==, 1);

  /* A moved one is counted where it is. */
  t.messages = one;
  t.to = "C";
  batch = do_step (&t, "move", do_move);
  g_assert_cmpint (facts_of (&t, "A"), ==, 0);
  g_assert_cmpint (facts_of (&t, "C"), ==, 1);
  undo (&t, batch);
  g_assert_cmpint (facts_of (&t, "A"), ==, 1);
  g_assert_cmpint (facts_of (&t, "C"), ==, 0);
  end (&t);
}

/* --- any of it in any order: nothing is lost, nothing is out of sight, check finds nothing --- */

static gboolean
count_func (MosTxn *txn,
            Test *t,
            GError **error)
{
  return mos_database_get_int (txn->database, &t->answer, error,
                               "SELECT count (*) FROM message m JOIN conversation c ON c.id = m.conversation WHERE c.place NOT IN ('merged', 'blank', 'deleted')", "");
}

static gboolean
pick_func (MosTxn *txn,
           Test *t,
           GError **error)
{
  g_clear_pointer (&t->shop.label, g_free);
  return mos_database_get_text (txn->database, &t->shop.label, error, "SELECT id FROM message ORDER BY id LIMIT 1 OFFSET ?", "i", t->answer);
}

static gboolean
try_step (Test *t,
          const char *label,
          Step what)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  step = what;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->f->clock), S);
  ok = mos_store_write_sync (t->f->store, &actor, label, run_step, t->f, &t->f->batch, NULL, &error);
  if (!ok)
    g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  return ok;
}

static void
test_property (void)
{
  for (guint round = 0; round < mos_test_rounds (6); round++)
    {
      Test t;
      g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
      guint undone = 0;

      start (&t);
      for (int i = 0; i < 40; i++)
        {
          int what = g_test_rand_int_range (0, 10);
          g_autofree char *id = g_strdup_printf ("m%02u", t.shop.made);
          g_autofree char *answered = t.shop.made > 0 ? g_strdup_printf ("m%02d", g_test_rand_int_range (0, (int) t.shop.made)) : NULL;
          g_autofree char *picked = NULL;
          const char *messages[] = { NULL, NULL };

          t.from = letters[g_test_rand_int_range (0, N)];
          t.to = letters[g_test_rand_int_range (0, N)];
          if (what < 4 || t.shop.made == 0)
            {
              add (&t, t.to, id, what % 2 == 0 ? MOS_DIRECTION_INCOMING : MOS_DIRECTION_OUTGOING, answered);
              continue;
            }
          if (what < 6)
            try_step (&t, "merge", do_merge);
          else if (what < 8)
            {
              t.answer = g_test_rand_int_range (0, (int) t.shop.made);
              do_step (&t, NULL, pick_func);
              picked = g_steal_pointer (&t.shop.label);
              messages[0] = picked;
              t.messages = messages;
              try_step (&t, what == 6 ? "move" : "split", what == 6 ? do_move : do_split);
            }
          else if (batches->len > 0)
            {
              t.batch = g_array_index (batches, gint64, g_test_rand_int_range (0, (int) batches->len));
              if (try_step (&t, "undo", do_undo))
                undone++;
              continue;
            }
          if (t.f->batch != 0)
            g_array_append_val (batches, t.f->batch);
        }
      fixture_check (t.f);
      do_step (&t, NULL, count_func);
      g_assert_cmpint (t.answer, ==, t.shop.made);
      g_test_message ("%u messages, %u joined, %u taken back", t.shop.made, batches->len, undone);

      /* And all of it taken back, the newest first: what was there first is home again. */
      for (guint i = batches->len; i > 0; i--)
        {
          t.batch = g_array_index (batches, gint64, i - 1);
          try_step (&t, "undo", do_undo);
        }
      fixture_check (t.f);
      do_step (&t, NULL, count_func);
      g_assert_cmpint (t.answer, ==, t.shop.made);
      for (int i = 0; i < N; i++)
        g_assert_null (look (&t, letters[i])->merged_into);
      end (&t);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/joining/merge", test_merge);
  g_test_add_func ("/store/joining/merge-waiting", test_merge_waiting);
  g_test_add_func ("/store/joining/merge-status", test_merge_status);
  g_test_add_func ("/store/joining/merge-persons", test_merge_persons);
  g_test_add_func ("/store/joining/chain", test_chain);
  g_test_add_func ("/store/joining/undo-later", test_undo_later);
  g_test_add_func ("/store/joining/split", test_split);
  g_test_add_func ("/store/joining/move", test_move);
  g_test_add_func ("/store/joining/move-home", test_move_home);
  g_test_add_func ("/store/joining/measures", test_measures);
  g_test_add_func ("/store/joining/property", test_property);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "store-fixture.h"

/* Whose a draft is: each agent finds his own, sees that others have one, and can take it over and give it back. */

#define LUIS "agent-2"

static gboolean
fill (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Fixture *f = data;
  g_autoptr (MosAgent) luis = mos_agent_new ();

  fixture_account (txn, f);
  luis->id = g_strdup (LUIS);
  luis->name = g_strdup ("Luis");
  f->conversation = fixture_conversation (txn, f, "Where is my parcel?");
  fixture_message (txn, f, f->conversation, "m1", MOS_DIRECTION_INCOMING, 1000 * S, "Where is my parcel?");
  return mos_store_agent_save (txn, luis, error);
}

static Fixture *
new_desk (void)
{
  Fixture *f = fixture_new ();

  fixture_write (f, NULL, fill);
  return f;
}

static gboolean
use (MosTxn *txn,
     gpointer data,
     GCancellable *cancellable,
     GError **error)
{
  return mos_store_agent_use (txn, ((Fixture *) data)->data, error);
}

/* @agent sits down */
static void
sit_down (Fixture *f,
          const char *agent)
{
  f->data = (gpointer) agent;
  fixture_write (f, NULL, use);
}

typedef struct
{
  Fixture *f;
  const char *draft;
  const char *kind;
  const char *text;
  const char *agent; /* (nullable): as the draft says */
  gint64 batch;
} Call;

static gboolean
save (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Call *call = data;
  g_autoptr (MosDraft) draft = mos_draft_new ();

  draft->id = g_strdup (call->draft);
  draft->conversation = call->f->conversation != NULL ? g_strdup (call->f->conversation) : NULL;
  draft->account = g_strdup (ACCOUNT);
  draft->kind = g_strdup (call->kind);
  draft->text = g_strdup (call->text);
  draft->agent = g_strdup (call->agent);
  draft->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  return mos_store_draft_save (txn, draft, error);
}

static gboolean
take (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Call *call = data;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_store_draft_take (txn, call->draft, &draft, error))
    return FALSE;
  g_assert_cmpstr (draft->text, ==, call->text);
  g_assert_cmpstr (draft->agent, ==, call->agent);
  return TRUE;
}

static gboolean
discard (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  return mos_store_draft_remove (txn, ((Call *) data)->draft, error);
}

static void
act (Call *call,
     const char *agent,
     const char *label,
     MosStoreFunc func,
     GError **error)
{
  MosActor actor = { MOS_ACTOR_HUMAN, agent };

  mos_store_write_sync (call->f->store, &actor, label, func, call, &call->batch, NULL, error);
}

static void
write_draft (Fixture *f,
             const char *id,
             const char *agent,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  Call call = { .f = f, .draft = id, .kind = "reply", .text = text };

  act (&call, agent, NULL, save, &error);
  g_assert_no_error (error);
}

static void
take_draft (Fixture *f,
            const char *id,
            const char *agent,
            const char *text,
            gint64 *ret_batch)
{
  g_autoptr (GError) error = NULL;
  Call call = { .f = f, .draft = id, .text = text, .agent = agent };

  act (&call, agent, "take-draft", take, &error);
  g_assert_no_error (error);
  *ret_batch = call.batch;
}

typedef struct
{
  Fixture *f;
  char *own;    /* what the agent who sits here finds; "" = none */
  char *others; /* "name: text; " of the others */
  char *row;    /* "own" and the names of others, as the list says it */
} Seen;

static gboolean
look (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Seen *seen = data;
  g_autoptr (MosDraft) own = NULL;
  g_autoptr (GPtrArray) others = mos_store_draft_list_of_others (txn, seen->f->conversation, error);
  g_autoptr (MosConversationRow) row = NULL;
  GString *text = g_string_new (NULL);
  g_autofree char *names = NULL;

  if (others == NULL || !mos_store_draft_find_of_conversation (txn, seen->f->conversation, NULL, &own, error) ||
      !mos_store_conversation_find (txn, seen->f->conversation, &row, error))
    return FALSE;
  seen->own = g_strdup (own != NULL ? own->text : "");
  for (guint i = 0; i < others->len; i++)
    {
      MosDraft *draft = others->pdata[i];

      g_string_append_printf (text, "%s: %s; ", draft->agent_name, draft->text);
    }
  seen->others = g_string_free (text, FALSE);
  names = row->drafters != NULL ? g_strjoinv (" ", row->drafters) : g_strdup ("");
  seen->row = g_strconcat (row->has_draft ? "own " : "", names, NULL);
  return TRUE;
}

static void
assert_seen (Fixture *f,
             const char *own,
             const char *others,
             const char *row)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { .f = f };

  mos_store_read_sync (f->store, look, &seen, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen.own, ==, own);
  g_assert_cmpstr (seen.others, ==, others);
  g_assert_cmpstr (seen.row, ==, row);
  g_free (seen.own);
  g_free (seen.others);
  g_free (seen.row);
}

static void
test_each_his_own (void)
{
  g_autoptr (Fixture) f = new_desk ();

  assert_seen (f, "", "", "");
  write_draft (f, "d1", AGENT, "It left");
  assert_seen (f, "It left", "", "own ");
  sit_down (f, LUIS);
  assert_seen (f, "", "Marta: It left; ", "Marta");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 60 * S);
  write_draft (f, "d2", LUIS, "I look");
  assert_seen (f, "I look", "Marta: It left; ", "own Marta");

  /* A save that comes late, when somebody else sits here, changes the words and not whose they are. */
  write_draft (f, "d1", LUIS, "It left on Monday");
  assert_seen (f, "I look", "Marta: It left on Monday; ", "own Marta");
  sit_down (f, AGENT);
  assert_seen (f, "It left on Monday", "Luis: I look; ", "own Luis");
  fixture_check (f);
}

static void
test_late_first_save (void)
{
  g_autoptr (Fixture) f = new_desk ();
  g_autoptr (GError) error = NULL;
  Call call = { .f = f, .draft = "d1", .kind = "reply", .text = "Begun", .agent = AGENT };

  /* Prepared by one, first saved when another sat here already. */
  sit_down (f, LUIS);
  act (&call, LUIS, NULL, save, &error);
  g_assert_no_error (error);
  assert_seen (f, "", "Marta: Begun; ", "Marta");

  /* Whoever acts and is no agent of this desk has one that is everybody's. */
  call.draft = "d2";
  call.text = "From a terminal";
  call.agent = NULL;
  act (&call, "nobody-known", NULL, save, &error);
  g_assert_no_error (error);
  assert_seen (f, "From a terminal", "Marta: Begun; ", "own Marta");
}

static gboolean
undo (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *label = NULL;

  return mos_store_undo_batch (txn, ((Call *) data)->batch, &label, error);
}

static char *
logged (Fixture *f,
        gint64 batch)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->profile, MOS_STORE_FILE, NULL);
  MosDatabase *database = mos_database_open (file, MOS_DATABASE_READ_ONLY, &error);
  char *text = NULL;

  g_assert_no_error (error);
  mos_database_get_text (database, &text, &error, "SELECT group_concat (entity || ' ' || op || ' ' || old || ' ' || new, '; ') FROM change WHERE batch = ?", "i", batch);
  g_assert_no_error (error);
  mos_database_close (database);
  return text;
}

static void
test_take_over (void)
{
  g_autoptr (Fixture) f = new_desk ();
  g_autoptr (GError) error = NULL;
  Call call = { .f = f };
  gint64 batch;
  g_autofree char *log = NULL;

  write_draft (f, "d1", AGENT, "It left");
  sit_down (f, LUIS);
  take_draft (f, "d1", LUIS, "It left", &batch);
  assert_seen (f, "It left", "", "own ");

  /* The log says whose it was and is, and nothing of what it says. */
  log = logged (f, batch);
  g_assert_cmpstr (log, ==, "draft update {\"agent\":\"" AGENT "\"} {\"agent\":\"" LUIS "\"}");

  /* What is written on it since stays in it when it is given back. */
  write_draft (f, "d1", LUIS, "It left yesterday");
  call.batch = batch;
  act (&call, LUIS, NULL, undo, &error);
  g_assert_no_error (error);
  assert_seen (f, "", "Marta: It left yesterday; ", "Marta");

  /* And taken over again by the undo of the undo. */
  act (&call, LUIS, NULL, undo, &error);
  g_assert_no_error (error);
  assert_seen (f, "It left yesterday", "", "own ");
  fixture_check (f);
}

static void
test_gone (void)
{
  g_autoptr (Fixture) f = new_desk ();
  g_autoptr (GError) error = NULL;
  Call call = { .f = f, .draft = "d1" };

  write_draft (f, "d1", AGENT, "It left");
  sit_down (f, LUIS);
  act (&call, AGENT, NULL, discard, &error);
  g_assert_no_error (error);
  act (&call, LUIS, "take-draft", take, &error);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND);
  assert_seen (f, "", "", "");
}

/* It is the agent's again who threw it away, be it undone by whom it may. */
static void
test_discarded (void)
{
  g_autoptr (Fixture) f = new_desk ();
  g_autoptr (GError) error = NULL;
  Call call = { .f = f, .draft = "d1" };

  write_draft (f, "d1", AGENT, "It left");
  act (&call, AGENT, "note", discard, &error);
  g_assert_no_error (error);
  sit_down (f, LUIS);
  act (&call, LUIS, NULL, undo, &error);
  g_assert_no_error (error);
  assert_seen (f, "", "Marta: It left; ", "Marta");
}

/* Of a mail to somebody new, whose conversation is nothing but a draft */
static gboolean
find_new (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Fixture *f = data;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_store_draft_find_of_conversation (txn, NULL, "new", &draft, error))
    return FALSE;
  f->number = draft != NULL;
  return TRUE;
}

static void
test_new_mail (void)
{
  g_autoptr (Fixture) f = new_desk ();
  g_autoptr (GError) error = NULL;
  Call call = { .f = f, .draft = "n1", .kind = "new", .text = "Hello" };

  g_clear_pointer (&f->conversation, g_free);
  act (&call, AGENT, NULL, save, &error);
  g_assert_no_error (error);
  fixture_read (f, find_new);
  g_assert_cmpuint (f->number, ==, 1);
  sit_down (f, LUIS);
  fixture_read (f, find_new);
  g_assert_cmpuint (f->number, ==, 0);
  f->conversation = mos_store_draft_conversation_id ("n1");
  assert_seen (f, "", "Marta: Hello; ", "Marta");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drafts/each-his-own", test_each_his_own);
  g_test_add_func ("/drafts/late-first-save", test_late_first_save);
  g_test_add_func ("/drafts/take-over", test_take_over);
  g_test_add_func ("/drafts/gone", test_gone);
  g_test_add_func ("/drafts/discarded", test_discarded);
  g_test_add_func ("/drafts/new-mail", test_new_mail);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-events.h"

#include "core/store/mos-store-fact-packs.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* Facts per conversation, per customer turn and per close, made of one conversation's events and those of what was merged into it (product.md, behaviour.md
 * §2.6), as rows and packed. They are made anew from all its events each time one is added: an answer that was written on a phone and is
 * synced late falls into its place, and there is only one way to compute them.
 *
 * What is merged into another is none itself, but whoever waits there goes on waiting: its turns are turns of the other, from when they began. Several may be open then, and
 * what answers one answers them all. */

typedef struct
{
  char *agent;
  char *account;
  char *channel;
  char *category;
  char *language;
} Circumstances;

typedef struct
{
  gint64 opened_at;
  gint64 closed_at;
  const char *closed_by;
  gint64 first_response; /* -1 = none */
  Circumstances as_of;
} Turn;

typedef struct
{
  gint64 at;
  gint64 first_in;
  gint64 replies;
  gint64 automatic_replies;
  gint64 received;
  gint64 reopened_at;
  Circumstances as_of;
} Close;

typedef struct
{
  gint64 at;
  MosStatus status;
  Circumstances as_of; /* its agent is whose it is */
} State;

typedef struct
{
  gint64 at;
  MosPackLabelKind kind;
  char *word;
} Label;

typedef struct
{
  gint64 at;
  Circumstances as_of;
} Answer;

/* first_in 0: there is none, the customer never wrote. */
typedef struct
{
  gint64 first_in;
  gint64 acknowledged_at;
  gint64 responded_at;
  gint64 closed_at;
  Circumstances as_of;
} Whole;

typedef struct
{
  Whole whole;
  GArray *turns; /* open where it has no end */
  guint n_open;
  GArray *closes;
  gint64 received;
  gint64 replies;
  gint64 automatic_replies;
  /* in the pack alone */
  GArray *states;
  GArray *labels;
  GArray *answers;
} Facts;

static void
circumstances_clear (Circumstances *c)
{
  g_free (c->agent);
  g_free (c->account);
  g_free (c->channel);
  g_free (c->category);
  g_free (c->language);
}

static void
turn_clear (gpointer turn)
{
  circumstances_clear (&((Turn *) turn)->as_of);
}

static void
close_clear (gpointer close)
{
  circumstances_clear (&((Close *) close)->as_of);
}

static void
state_clear (gpointer state)
{
  circumstances_clear (&((State *) state)->as_of);
}

static void
label_clear (gpointer label)
{
  g_free (((Label *) label)->word);
}

static void
answer_clear (gpointer answer)
{
  circumstances_clear (&((Answer *) answer)->as_of);
}

static void
facts_init (Facts *facts)
{
  *facts = (Facts) { 0 };
  facts->turns = g_array_new (FALSE, TRUE, sizeof (Turn));
  facts->closes = g_array_new (FALSE, TRUE, sizeof (Close));
  facts->states = g_array_new (FALSE, TRUE, sizeof (State));
  facts->labels = g_array_new (FALSE, TRUE, sizeof (Label));
  facts->answers = g_array_new (FALSE, TRUE, sizeof (Answer));
  g_array_set_clear_func (facts->turns, turn_clear);
  g_array_set_clear_func (facts->closes, close_clear);
  g_array_set_clear_func (facts->states, state_clear);
  g_array_set_clear_func (facts->labels, label_clear);
  g_array_set_clear_func (facts->answers, answer_clear);
}

static void
facts_clear (Facts *facts)
{
  circumstances_clear (&facts->whole.as_of);
  g_array_unref (facts->turns);
  g_array_unref (facts->closes);
  g_array_unref (facts->states);
  g_array_unref (facts->labels);
  g_array_unref (facts->answers);
}

/* Columns from @first: agent, account, channel, category, language */
static void
circumstances_set (Circumstances *c,
                   MosStatement *statement,
                   int first)
{
  circumstances_clear (c);
  c->agent = mos_statement_dup_text0 (statement, first);
  c->account = mos_statement_dup_text0 (statement, first + 1);
  c->channel = mos_statement_dup_text0 (statement, first + 2);
  c->category = mos_statement_dup_text0 (statement, first + 3);
  c->language = mos_statement_dup_text0 (statement, first + 4);
}

static gboolean
circumstances_equal (const Circumstances *a,
                     const Circumstances *b)
{
  return g_strcmp0 (a->agent, b->agent) == 0 && g_strcmp0 (a->account, b->account) == 0 && g_strcmp0 (a->channel, b->channel) == 0 && g_strcmp0 (a->category, b->category) == 0 &&
         g_strcmp0 (a->language, b->language) == 0;
}

/* Until an event says it, the status is what the first one that says it has found. */
#define STATUS_UNKNOWN ((MosStatus) - 1)

static void
set_unknown (Facts *facts,
             MosStatus status)
{
  for (guint i = 0; i < facts->states->len; i++)
    {
      State *state = &g_array_index (facts->states, State, i);

      if (state->status == STATUS_UNKNOWN)
        state->status = status;
    }
}

/* What the status is after the event, whose it is, and what about. Of what is the same as before, nothing. */
static void
take_state (Facts *facts,
            MosStatement *statement,
            const char *kind,
            gint64 at)
{
  State *last = facts->states->len > 0 ? &g_array_index (facts->states, State, facts->states->len - 1) : NULL;
  State fresh = { .at = at, .status = last != NULL ? last->status : STATUS_UNKNOWN };

  if (g_str_equal (kind, "status") || g_str_equal (kind, "snooze"))
    {
      if (fresh.status == STATUS_UNKNOWN && !mos_statement_is_null (statement, 2))
        set_unknown (facts, mos_status_from_nick (mos_statement_get_text (statement, 2), MOS_STATUS_OPEN));
      fresh.status = g_str_equal (kind, "snooze") ? MOS_STATUS_SNOOZED : mos_status_from_nick (mos_statement_get_text (statement, 3), MOS_STATUS_OPEN);
    }
  circumstances_set (&fresh.as_of, statement, 5);
  g_free (fresh.as_of.agent);
  fresh.as_of.agent = mos_statement_dup_text0 (statement, 10);
  if (last != NULL && last->status == fresh.status && circumstances_equal (&last->as_of, &fresh.as_of))
    {
      circumstances_clear (&fresh.as_of);
      return;
    }
  g_array_append_val (facts->states, fresh);
}

static void
add_label (Facts *facts,
           gint64 at,
           MosPackLabelKind kind,
           const char *word)
{
  const Label label = { .at = at, .kind = kind, .word = g_strdup (word) };

  if (word != NULL)
    g_array_append_val (facts->labels, label);
}

static void
take_labels (Facts *facts,
             MosStatement *statement,
             const char *kind,
             gint64 at)
{
  /* A name is in "to" of a tag and in "from" of an untag. */
  if (g_str_equal (kind, "tag"))
    add_label (facts, at, MOS_PACK_TAG, mos_statement_get_text (statement, 3));
  else if (g_str_equal (kind, "untag"))
    add_label (facts, at, MOS_PACK_UNTAG, mos_statement_is_null (statement, 3) ? mos_statement_get_text (statement, 2) : mos_statement_get_text (statement, 3));
  else if (!mos_statement_is_null (statement, 11))
    {
      g_auto (GStrv) macros = g_strsplit (mos_statement_get_text (statement, 11), "\n", -1);

      for (guint i = 0; macros[i] != NULL; i++)
        add_label (facts, at, MOS_PACK_MACRO, macros[i]);
    }
}

static void
take_received (Facts *facts,
               MosStatement *statement,
               gint64 at)
{
  facts->received++;
  if (facts->whole.first_in == 0)
    facts->whole.first_in = at;
  /* Further messages do not move the turn's start. */
  if (facts->n_open == 0)
    {
      Turn fresh = { .opened_at = at, .first_response = -1 };

      circumstances_set (&fresh.as_of, statement, 5);
      g_array_append_val (facts->turns, fresh);
      facts->n_open++;
    }
}

static void
end_turns (Facts *facts,
           MosStatement *statement,
           gint64 at,
           const char *by,
           gint64 first_response)
{
  for (guint i = 0; facts->n_open > 0 && i < facts->turns->len; i++)
    {
      Turn *turn = &g_array_index (facts->turns, Turn, i);

      if (turn->closed_at != 0)
        continue;
      turn->closed_at = at;
      turn->closed_by = by;
      turn->first_response = first_response;
      circumstances_set (&turn->as_of, statement, 5);
    }
  facts->n_open = 0;
}

static void
take_answer (Facts *facts,
             MosStatement *statement,
             gint64 at)
{
  Whole *whole = &facts->whole;

  facts->replies++;
  end_turns (facts, statement, at, "reply", whole->responded_at == 0 ? at - whole->first_in : -1);
  if (whole->responded_at == 0)
    whole->responded_at = at;
}

/* What was closed, became spam, and is closed again was closed all the time. @was_closed: (inout): but for that */
static void
take_status (Facts *facts,
             MosStatement *statement,
             gint64 at,
             const char *to,
             gboolean *was_closed)
{
  const char *from = mos_statement_get_text (statement, 2);
  const gboolean closes = g_strcmp0 (to, "closed") == 0;
  Whole *whole = &facts->whole;

  if (g_strcmp0 (from, "spam") != 0)
    *was_closed = g_strcmp0 (from, "closed") == 0;
  if (g_strcmp0 (to, "spam") == 0)
    return;
  if (*was_closed && !closes && facts->closes->len > 0)
    {
      g_array_index (facts->closes, Close, facts->closes->len - 1).reopened_at = at;
      whole->closed_at = 0;
    }
  if (!*was_closed && closes)
    {
      Close fresh = { .at = at, .first_in = whole->first_in, .replies = facts->replies, .automatic_replies = facts->automatic_replies, .received = facts->received };

      circumstances_set (&fresh.as_of, statement, 5);
      g_array_append_val (facts->closes, fresh);
      whole->closed_at = at;
    }
  if (closes)
    end_turns (facts, statement, at, "closed", -1);
  *was_closed = closes;
}

/* Its turns go on here. Where nothing was asked before, what was asked there is the first message, and what was answered there the first answer. */
static void
take_over (Facts *facts,
           Facts *source)
{
  Whole *whole = &facts->whole;

  g_array_set_clear_func (source->turns, NULL);
  if (source->turns->len > 0)
    g_array_append_vals (facts->turns, source->turns->data, source->turns->len);
  facts->n_open += source->n_open;
  if (whole->first_in != 0 || source->whole.first_in == 0)
    return;
  whole->first_in = source->whole.first_in;
  whole->acknowledged_at = source->whole.acknowledged_at;
  whole->responded_at = source->whole.responded_at;
  if (whole->responded_at != 0)
    {
      circumstances_clear (&whole->as_of);
      whole->as_of = source->whole.as_of;
      source->whole.as_of = (Circumstances) { 0 };
    }
  facts->received += source->received;
  facts->replies += source->replies;
  facts->automatic_replies += source->automatic_replies;
}

/* A chain ends long before: what goes round is damaged. */
#define MAX_DEPTH 100

/* @ret_counts: (out): %FALSE where it is spam or deleted; @ret_merged: (out): whether it is part of another */
static gboolean
facts_gather (MosTxn *txn,
              const char *conversation,
              guint depth,
              Facts *facts,
              gboolean *ret_counts,
              gboolean *ret_merged,
              GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT kind, at, \"from\", \"to\", automatic, CASE WHEN actor_kind = 'human' AND kind IN ('sent', 'status', 'snooze') THEN actor ELSE assignee END, account, channel, category, language,"
                          " assignee, CASE kind WHEN 'sent' THEN (SELECT group_concat (u.macro, char (10)) FROM macro_use u WHERE u.message = event.message) END,"
                          " kind IN ('received', 'sent', 'status', 'snooze', 'merge', 'merged', 'delete', 'restore', 'category', 'language', 'assign'), " MOS_EVENT_IS_UNDELIVERED
                          " FROM event WHERE conversation = ? AND undone = 0 AND archive = 0 ORDER BY at, seq",
                          "t", conversation);
  Whole *whole = &facts->whole;
  gboolean is_spam = FALSE, is_deleted = FALSE, was_closed = FALSE;
  int r = statement != NULL ? 1 : -1;

  *ret_merged = FALSE;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *kind = mos_statement_get_text (statement, 0);
      gint64 at = mos_statement_get_int (statement, 1);

      take_state (facts, statement, kind, at);
      /* It answers nobody; sent anew it does. */
      if (mos_statement_get_int (statement, 13) != 0)
        continue;
      take_labels (facts, statement, kind, at);
      if (mos_statement_get_int (statement, 12) == 0)
        continue;
      /* What it was about when it was answered; until then, what it is about. */
      if (whole->responded_at == 0)
        circumstances_set (&whole->as_of, statement, 5);
      if (g_str_equal (kind, "sent") && mos_statement_get_int (statement, 4) == 0)
        {
          Answer answer = { .at = at };

          circumstances_set (&answer.as_of, statement, 5);
          g_array_append_val (facts->answers, answer);
        }
      if (g_str_equal (kind, "received"))
        take_received (facts, statement, at);
      /* Where the desk began it, what came before the customer's first message answers nothing. */
      else if (g_str_equal (kind, "sent") && whole->first_in == 0)
        continue;
      else if (g_str_equal (kind, "sent") && mos_statement_get_int (statement, 4) != 0)
        {
          facts->automatic_replies++;
          if (whole->responded_at == 0 && whole->acknowledged_at == 0)
            whole->acknowledged_at = at;
        }
      else if (g_str_equal (kind, "sent"))
        take_answer (facts, statement, at);
      else if (g_str_equal (kind, "status") || g_str_equal (kind, "snooze"))
        {
          const char *to = g_str_equal (kind, "snooze") ? "snoozed" : mos_statement_get_text (statement, 3);

          is_spam = g_strcmp0 (to, "spam") == 0;
          take_status (facts, statement, at, to, &was_closed);
        }
      else if (g_str_equal (kind, "merge"))
        *ret_merged = TRUE;
      else if (g_str_equal (kind, "merged") && depth < MAX_DEPTH)
        {
          Facts source;
          gboolean counts, is_merged, ok;

          facts_init (&source);
          ok = facts_gather (txn, mos_statement_get_text (statement, 2), depth + 1, &source, &counts, &is_merged, error);
          if (ok && counts)
            take_over (facts, &source);
          facts_clear (&source);
          if (!ok)
            return FALSE;
        }
      else if (g_str_equal (kind, "delete") || g_str_equal (kind, "restore"))
        is_deleted = g_str_equal (kind, "delete");
    }
  *ret_counts = !is_spam && !is_deleted;
  return r == 0;
}

static int
compare_turns (gconstpointer a,
               gconstpointer b)
{
  const Turn *one = a, *other = b;

  return (one->opened_at > other->opened_at) - (one->opened_at < other->opened_at);
}

static gboolean
facts_compute (MosTxn *txn,
               const char *conversation,
               Facts *facts,
               GError **error)
{
  gboolean counts, is_merged;

  if (!facts_gather (txn, conversation, 0, facts, &counts, &is_merged, error))
    return FALSE;
  g_array_sort (facts->turns, compare_turns);
  if (!counts || is_merged)
    {
      g_array_set_size (facts->turns, 0);
      g_array_set_size (facts->closes, 0);
      g_array_set_size (facts->states, 0);
      g_array_set_size (facts->labels, 0);
      g_array_set_size (facts->answers, 0);
      facts->whole.first_in = 0;
    }
  return TRUE;
}

static gboolean
facts_load (MosTxn *txn,
            const char *conversation,
            Facts *facts,
            GError **error)
{
  g_autoptr (MosStatement) turns =
      mos_database_query (txn->database, error, "SELECT opened_at, closed_at, closed_by, first_response, agent, account, channel, category, language FROM fact_turn WHERE conversation = ? ORDER BY position", "t", conversation);
  g_autoptr (MosStatement) closes =
      mos_database_query (txn->database, error, "SELECT at, first_in, replies, automatic_replies, reopened_at, received, agent, account, channel, category, language FROM fact_close WHERE conversation = ? ORDER BY position", "t", conversation);
  g_autoptr (MosStatement) whole =
      mos_database_query (txn->database, error, "SELECT first_in, acknowledged_at, responded_at, closed_at, agent, account, channel, category, language FROM fact_conversation WHERE conversation = ?", "t", conversation);
  int r = turns != NULL && closes != NULL && whole != NULL ? 1 : -1;

  if (r > 0 && (r = mos_statement_step (whole, error)) > 0)
    {
      facts->whole.first_in = mos_statement_get_int (whole, 0);
      facts->whole.acknowledged_at = mos_statement_get_int (whole, 1);
      facts->whole.responded_at = mos_statement_get_int (whole, 2);
      facts->whole.closed_at = mos_statement_get_int (whole, 3);
      circumstances_set (&facts->whole.as_of, whole, 4);
    }
  if (r < 0)
    return FALSE;
  r = 1;

  while (r > 0 && (r = mos_statement_step (turns, error)) > 0)
    {
      Turn turn = { .opened_at = mos_statement_get_int (turns, 0), .closed_at = mos_statement_get_int (turns, 1) };

      turn.closed_by = mos_statement_is_null (turns, 2) ? NULL : g_str_equal (mos_statement_get_text (turns, 2), "reply") ? "reply"
                                                                                                                          : "closed";
      turn.first_response = mos_statement_is_null (turns, 3) ? -1 : mos_statement_get_int (turns, 3);
      circumstances_set (&turn.as_of, turns, 4);
      g_array_append_val (facts->turns, turn);
    }
  if (r < 0)
    return FALSE;
  r = 1;
  while (r > 0 && (r = mos_statement_step (closes, error)) > 0)
    {
      Close close = { .at = mos_statement_get_int (closes, 0), .first_in = mos_statement_get_int (closes, 1), .replies = mos_statement_get_int (closes, 2), .automatic_replies = mos_statement_get_int (closes, 3), .reopened_at = mos_statement_get_int (closes, 4), .received = mos_statement_get_int (closes, 5) };

      circumstances_set (&close.as_of, closes, 6);
      g_array_append_val (facts->closes, close);
    }
  return r == 0;
}

static gboolean
facts_save (MosTxn *txn,
            const char *conversation,
            Facts *facts,
            GError **error)
{
  const Whole *whole = &facts->whole;

  if (!mos_database_exec (txn->database, error, "DELETE FROM fact_turn WHERE conversation = ?", "t", conversation) ||
      !mos_database_exec (txn->database, error, "DELETE FROM fact_close WHERE conversation = ?", "t", conversation) ||
      !mos_database_exec (txn->database, error, "DELETE FROM fact_conversation WHERE conversation = ?", "t", conversation))
    return FALSE;
  if (whole->first_in != 0 &&
      !mos_database_exec (txn->database, error,
                          "INSERT INTO fact_conversation (conversation, first_in, acknowledged_at, responded_at, closed_at, agent, account, channel, category, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          "tiiiittttt", conversation, whole->first_in, whole->acknowledged_at, whole->responded_at, whole->closed_at,
                          whole->as_of.agent, whole->as_of.account, whole->as_of.channel, whole->as_of.category, whole->as_of.language))
    return FALSE;
  for (guint i = 0; i < facts->turns->len; i++)
    {
      Turn *turn = &g_array_index (facts->turns, Turn, i);

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO fact_turn (conversation, position, opened_at, closed_at, closed_by, first_response, agent, account, channel, category, language)"
                              " VALUES (?, ?, ?, ?, ?, nullif (?, -1), ?, ?, ?, ?, ?)",
                              "tdiitittttt", conversation, (int) i + 1, turn->opened_at, turn->closed_at, turn->closed_by, turn->first_response,
                              turn->as_of.agent, turn->as_of.account, turn->as_of.channel, turn->as_of.category, turn->as_of.language))
        return FALSE;
    }
  for (guint i = 0; i < facts->closes->len; i++)
    {
      Close *close = &g_array_index (facts->closes, Close, i);

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO fact_close (conversation, position, at, first_in, replies, automatic_replies, reopened_at, received, agent, account, channel, category, language)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "tdiiiiiittttt", conversation, (int) i + 1, close->at, close->first_in, close->replies, close->automatic_replies, close->reopened_at, close->received,
                              close->as_of.agent, close->as_of.account, close->as_of.channel, close->as_of.category, close->as_of.language))
        return FALSE;
    }
  return TRUE;
}

/* --- packed --- */

/* The number of it in fact_about. @may_add: else 0 where it has none */
static gboolean
find_about (MosTxn *txn,
            const Circumstances *as_of,
            gboolean may_add,
            guint *ret_id,
            GError **error)
{
  gint64 id = 0;

  *ret_id = 0;
  /* of a conversation that has no facts */
  if (as_of->account == NULL)
    return TRUE;
  if (!mos_database_get_int (txn->database, &id, error, "SELECT id FROM fact_about WHERE account = ? AND channel = ? AND category = ? AND language = ? AND agent = ?", "ttttt",
                             as_of->account, as_of->channel, as_of->category, as_of->language, as_of->agent) ||
      (id == 0 && may_add &&
       (!mos_database_exec (txn->database, error, "INSERT INTO fact_about (account, channel, category, language, agent) VALUES (?, ?, ?, ?, ?)", "ttttt", as_of->account, as_of->channel, as_of->category, as_of->language, as_of->agent) ||
        !mos_database_get_int (txn->database, &id, error, "SELECT last_insert_rowid ()", ""))))
    return FALSE;
  *ret_id = (guint) id;
  return TRUE;
}

static gboolean
find_word (MosTxn *txn,
           const char *word,
           gboolean may_add,
           guint *ret_id,
           GError **error)
{
  gint64 id = 0;

  if (!mos_database_get_int (txn->database, &id, error, "SELECT id FROM fact_word WHERE word = ?", "t", word) ||
      (id == 0 && may_add && (!mos_database_exec (txn->database, error, "INSERT INTO fact_word (word) VALUES (?)", "t", word) || !mos_database_get_int (txn->database, &id, error, "SELECT last_insert_rowid ()", ""))))
    return FALSE;
  *ret_id = (guint) id;
  return TRUE;
}

static gboolean
facts_pack (MosTxn *txn,
            Facts *facts,
            MosStatus status,
            gboolean may_add,
            GByteArray *data,
            GError **error)
{
  g_auto (MosFactPack) pack = { 0 };
  const Whole *whole = &facts->whole;
  gboolean ok;

  mos_fact_pack_init (&pack);
  set_unknown (facts, status);
  pack.whole = (MosPackWhole) { .first_in = whole->first_in, .acknowledged_at = whole->acknowledged_at, .responded_at = whole->responded_at, .closed_at = whole->closed_at };
  ok = find_about (txn, &whole->as_of, may_add, &pack.whole.about, error);
  for (guint i = 0; ok && i < facts->turns->len; i++)
    {
      const Turn *turn = &g_array_index (facts->turns, Turn, i);
      MosPackTurn packed = { .opened_at = turn->opened_at, .closed_at = turn->closed_at, .by_reply = g_strcmp0 (turn->closed_by, "reply") == 0 };

      ok = find_about (txn, &turn->as_of, may_add, &packed.about, error);
      g_array_append_val (pack.turns, packed);
    }
  for (guint i = 0; ok && i < facts->closes->len; i++)
    {
      const Close *close = &g_array_index (facts->closes, Close, i);
      MosPackClose packed = { .at = close->at, .first_in = close->first_in, .reopened_at = close->reopened_at, .replies = (guint) close->replies, .automatic_replies = (guint) close->automatic_replies, .received = (guint) close->received };

      ok = find_about (txn, &close->as_of, may_add, &packed.about, error);
      g_array_append_val (pack.closes, packed);
    }
  for (guint i = 0; ok && i < facts->states->len; i++)
    {
      const State *state = &g_array_index (facts->states, State, i);
      MosPackState packed = { .at = state->at, .status = state->status };

      ok = find_about (txn, &state->as_of, may_add, &packed.about, error);
      g_array_append_val (pack.states, packed);
    }
  for (guint i = 0; ok && i < facts->labels->len; i++)
    {
      const Label *label = &g_array_index (facts->labels, Label, i);
      MosPackLabel packed = { .at = label->at, .kind = label->kind };

      ok = find_word (txn, label->word, may_add, &packed.word, error);
      g_array_append_val (pack.labels, packed);
    }
  for (guint i = 0; ok && i < facts->answers->len; i++)
    {
      const Answer *answer = &g_array_index (facts->answers, Answer, i);
      MosPackAnswer packed = { .at = answer->at };

      ok = find_about (txn, &answer->as_of, may_add, &packed.about, error);
      g_array_append_val (pack.answers, packed);
    }
  /* Nothing counts there. */
  if (ok && facts->states->len > 0)
    mos_fact_pack_encode (&pack, data);
  return ok;
}

static gboolean
load_conversation (MosTxn *txn,
                   const char *conversation,
                   gint64 *ret_number,
                   MosStatus *ret_status,
                   GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT number, status FROM conversation WHERE id = ?", "t", conversation);
  const int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_number = r > 0 ? mos_statement_get_int (statement, 0) : 0;
  *ret_status = r > 0 ? mos_status_from_nick (mos_statement_get_text (statement, 1), MOS_STATUS_OPEN) : MOS_STATUS_OPEN;
  return r >= 0;
}

static gboolean
facts_save_pack (MosTxn *txn,
                 const char *conversation,
                 Facts *facts,
                 GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  MosStatus status;
  gint64 number = 0;

  if (!load_conversation (txn, conversation, &number, &status, error) || !facts_pack (txn, facts, status, TRUE, data, error))
    return FALSE;
  /* What never counted has no row; what counts no more has one that says so to who has read it. */
  if (number == 0 || data->len == 0)
    return mos_database_exec (txn->database, error, "UPDATE fact_pack SET pack = x'', stamp = (SELECT max (stamp) + 1 FROM fact_pack) WHERE number = ? AND length (pack) > 0", "i", number);
  bytes = g_bytes_new_static (data->data, data->len);
  return mos_database_exec (txn->database, error,
                            "INSERT INTO fact_pack (number, stamp, pack) VALUES (?, (SELECT coalesce (max (stamp), 0) + 1 FROM fact_pack), ?)"
                            " ON CONFLICT (number) DO UPDATE SET stamp = excluded.stamp, pack = excluded.pack WHERE pack <> excluded.pack",
                            "ib", number, bytes);
}

gboolean
mos_facts_update (MosTxn *txn,
                  const char *conversation,
                  GError **error)
{
  Facts facts;
  gboolean ok;

  facts_init (&facts);
  ok = facts_compute (txn, conversation, &facts, error) && facts_save (txn, conversation, &facts, error) && facts_save_pack (txn, conversation, &facts, error);
  facts_clear (&facts);
  return ok;
}

gboolean
mos_store_facts_rebuild (MosTxn *txn,
                         GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  /* The packs stay: a stamp never comes again. */
  if (!mos_database_exec (txn->database, error, "DELETE FROM fact_turn", "") || !mos_database_exec (txn->database, error, "DELETE FROM fact_close", "") || !mos_database_exec (txn->database, error, "DELETE FROM fact_conversation", ""))
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT DISTINCT conversation FROM event UNION SELECT c.id FROM fact_pack p JOIN conversation c ON c.number = p.number", "");
  ids = mos_query_ids (statement, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_facts_update (txn, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}

/* Reading a zone's file costs more than all the rest; it is the same for all conversations of a transaction. */
GTimeZone *
mos_store_desk_zone (MosTxn *txn,
                     GError **error)
{
  g_autofree char *name = NULL;

  if (!mos_database_get_text (txn->database, &name, error, "SELECT value FROM meta WHERE key = 'tz'", ""))
    return NULL;
  if (txn->zone == NULL || g_strcmp0 (txn->zone_name, name) != 0)
    {
      g_clear_pointer (&txn->zone, g_time_zone_unref);
      g_set_str (&txn->zone_name, name);
      txn->zone = g_time_zone_new_identifier (name);
      if (txn->zone == NULL)
        txn->zone = g_time_zone_new_utc ();
    }
  return g_time_zone_ref (txn->zone);
}

/* --- check --- */

static void
facts_describe (Facts *facts,
                GString *out)
{
  const Whole *w = &facts->whole;

  g_string_truncate (out, 0);
  if (w->first_in != 0)
    g_string_append_printf (out, "W %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s %s\n", w->first_in, w->acknowledged_at, w->responded_at, w->closed_at, w->as_of.agent, w->as_of.account, w->as_of.category, w->as_of.language);
  for (guint i = 0; i < facts->turns->len; i++)
    {
      Turn *t = &g_array_index (facts->turns, Turn, i);

      g_string_append_printf (out, "T %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s %s %s\n", t->opened_at, t->closed_at, t->closed_by != NULL ? t->closed_by : "-", t->first_response, t->as_of.agent, t->as_of.account, t->as_of.category);
    }
  for (guint i = 0; i < facts->closes->len; i++)
    {
      Close *c = &g_array_index (facts->closes, Close, i);

      g_string_append_printf (out, "C %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s\n", c->at, c->first_in, c->replies, c->automatic_replies, c->received, c->reopened_at, c->as_of.agent, c->as_of.account, c->as_of.category);
    }
}

/* Whether what is packed says the same */
static gboolean
check_pack (MosTxn *txn,
            const char *conversation,
            Facts *facts,
            gboolean *ret_same,
            GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GBytes) kept = NULL;
  MosStatus status;
  gint64 number;
  int r;

  if (!load_conversation (txn, conversation, &number, &status, error) || !facts_pack (txn, facts, status, FALSE, data, error))
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT pack FROM fact_pack WHERE number = ?", "i", number);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r > 0)
    kept = mos_statement_get_bytes (statement, 0);
  *ret_same = kept == NULL ? data->len == 0 : g_bytes_get_size (kept) == data->len && (data->len == 0 || memcmp (g_bytes_get_data (kept, NULL), data->data, data->len) == 0);
  return r >= 0;
}

gboolean
mos_facts_check (MosTxn *txn,
                 GPtrArray *problems,
                 GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  statement = mos_database_query (txn->database, error,
                                  "SELECT DISTINCT conversation FROM event UNION SELECT conversation FROM fact_turn UNION SELECT conversation FROM fact_close UNION SELECT conversation FROM fact_conversation"
                                  " UNION SELECT c.id FROM fact_pack p JOIN conversation c ON c.number = p.number",
                                  "");
  ids = mos_query_ids (statement, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GString) is = g_string_new (NULL);
      g_autoptr (GString) should = g_string_new (NULL);
      gboolean ok, is_packed = FALSE;
      Facts stored, computed;

      facts_init (&stored);
      facts_init (&computed);
      ok = facts_load (txn, ids->pdata[i], &stored, error) && facts_compute (txn, ids->pdata[i], &computed, error) && check_pack (txn, ids->pdata[i], &computed, &is_packed, error);
      facts_describe (&stored, is);
      facts_describe (&computed, should);
      facts_clear (&stored);
      facts_clear (&computed);
      if (!ok)
        return FALSE;
      if (!g_string_equal (is, should) || !is_packed)
        mos_check_add (problems, "facts", ids->pdata[i], NULL);
    }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-joining-private.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-tags.h"
#include "core/store/mos-store-waiting.h"

#include <string.h>

/* --- messages --- */

typedef struct
{
  char *id;
  gboolean is_outgoing;
  gboolean waits;
} Joined;

static void
joined_clear (gpointer joined)
{
  g_free (((Joined *) joined)->id);
}

/* @message: (nullable): %NULL = all of the conversation */
static GArray *
list_joined (MosTxn *txn,
             const char *conversation,
             const char *message,
             GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Joined));
  g_autoptr (MosStatement) statement = NULL;
  gint64 settled;
  int r;

  g_array_set_clear_func (all, joined_clear);
  if (!mos_derived_get_settled (txn, conversation, &settled, error))
    return NULL;
  statement = mos_database_query (txn->database, error,
                                  "SELECT m.id, m.direction = 'outgoing', m.direction = 'incoming' AND m.classification IN ('normal', 'bulk') AND m.quarantined = 0 AND m.removed_at = 0"
                                  " AND m.turn_from >= 0 AND max (m.received_at, m.turn_from) > ?2 AND c.status NOT IN ('closed', 'spam')"
                                  " FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.conversation = ?1 AND (?3 IS NULL OR m.id = ?3) ORDER BY m.seq",
                                  "tit", conversation, settled, message);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      Joined joined = { mos_statement_dup_text (statement, 0), mos_statement_get_int (statement, 1) != 0, mos_statement_get_int (statement, 2) != 0 };

      g_array_append_val (all, joined);
    }
  return r == 0 ? g_steal_pointer (&all) : NULL;
}

gboolean
mos_join_message (MosTxn *txn,
                  const char *message,
                  const char *conversation,
                  gint64 turn_from,
                  gboolean event_too,
                  GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *old = NULL;

  if (!mos_database_get_text (txn->database, &old, error, "SELECT conversation FROM message WHERE id = ?", "t", message) ||
      !mos_record_set (txn, &mos_entity_message, message, NULL, error, "conversation", 't', conversation, "turn_from", 'i', turn_from, NULL))
    return FALSE;
  mos_txn_dirty (txn, old, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  if (!event_too)
    return TRUE;

  statement = mos_database_query (txn->database, error, "SELECT id FROM event WHERE message = ? AND kind IN ('received', 'sent', 'note')", "t", message);
  events = mos_query_ids (statement, error);
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!mos_record_set (txn, &mos_entity_event, events->pdata[i], NULL, error, "conversation", 't', conversation, NULL))
      return FALSE;
  return TRUE;
}

/* An answer that is being written stays with what it answers. @message: (nullable): %NULL = all */
static gboolean
join_drafts (MosTxn *txn,
             const char *from,
             const char *message,
             const char *into,
             GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT id FROM draft WHERE conversation = ?1 AND (?2 IS NULL OR reply_to_message = ?2)", "tt", from, message);
  g_autoptr (GPtrArray) drafts = mos_query_ids (statement, error);

  if (drafts == NULL)
    return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    if (!mos_record_set (txn, &mos_entity_draft, drafts->pdata[i], NULL, error, "conversation", 't', into, NULL))
      return FALSE;
  return TRUE;
}

/* From when on what waits, waits in @into: what was answered there before did not answer it. */
static gboolean
find_turn_from (MosTxn *txn,
                const char *into,
                gint64 *ret_us,
                GError **error)
{
  if (!mos_event_find_now (txn, into, ret_us, error))
    return FALSE;
  if (*ret_us > txn->now_us)
    (*ret_us)++;
  return TRUE;
}

gboolean
mos_join_all (MosTxn *txn,
              const char *from,
              const char *into,
              GError **error)
{
  g_autoptr (GArray) all = list_joined (txn, from, NULL, error);
  gint64 turn_from = 0;

  if (all == NULL || !find_turn_from (txn, into, &turn_from, error))
    return FALSE;
  /* The events stay: its turns keep their own time, the first response of the other does not change (behaviour.md §2.6). What waits goes
   * on waiting until something is answered here; an answer from there answers nothing that was asked here. */
  for (guint i = 0; i < all->len; i++)
    {
      Joined *joined = &g_array_index (all, Joined, i);

      if (!mos_join_message (txn, joined->id, into, joined->waits ? turn_from : -1, FALSE, error))
        return FALSE;
    }
  return join_drafts (txn, from, NULL, into, error) && mos_join_surveys (txn, from, into, error);
}

/* --- merge --- */

static gboolean
join_tags (MosTxn *txn,
           MosConversationRow *source,
           MosConversationRow *target,
           GError **error)
{
  for (char **tag = source->tags; *tag != NULL; tag++)
    if (!g_strv_contains ((const char *const *) target->tags, *tag) && !mos_store_tag_set (txn, target->id, *tag, TRUE, error))
      return FALSE;
  return TRUE;
}

static gboolean
join_participants (MosTxn *txn,
                   MosConversationRow *source,
                   MosConversationRow *target,
                   GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT identity, role FROM participant WHERE conversation = ?", "t", source->id);
  g_autoptr (GPtrArray) identities = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) roles = g_ptr_array_new_with_free_func (g_free);
  gboolean is_same = target->customer == NULL || g_strcmp0 (source->customer, target->customer) == 0;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      g_ptr_array_add (identities, mos_statement_dup_text (statement, 0));
      g_ptr_array_add (roles, mos_statement_dup_text (statement, 1));
    }
  if (r < 0)
    return FALSE;
  /* Another person takes part from now on; whom an answer goes to is the answer's own business (behaviour.md §2.12). */
  for (guint i = 0; i < identities->len; i++)
    if (!mos_store_conversation_add_participant (txn, target->id, identities->pdata[i], !is_same && g_str_equal (roles->pdata[i], "customer") ? "sender" : roles->pdata[i], error))
      return FALSE;
  return target->customer != NULL || source->customer == NULL || mos_store_conversation_set_customer (txn, target->id, source->customer, error);
}

/* The one that asks more of us: open, then waiting, then sleeping, then closed; spam only where both are. */
static int
urgency_of (MosStatus status)
{
  switch (status)
    {
    case MOS_STATUS_OPEN:
      return 4;
    case MOS_STATUS_PENDING:
      return 3;
    case MOS_STATUS_SNOOZED:
      return 2;
    case MOS_STATUS_CLOSED:
      return 1;
    case MOS_STATUS_SPAM:
    default:
      return 0;
    }
}

/* Those of a removed shop, too: it may come back. */
static gboolean
join_orders (MosTxn *txn,
             const char *source,
             const char *target,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT shop_order, proof FROM conversation_order WHERE conversation = ?", "t", source);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) proofs = g_array_new (FALSE, FALSE, sizeof (MosOrderProof));
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const MosOrderProof proof = mos_order_proof_from_nick (mos_statement_get_text (statement, 1), MOS_ORDER_PROOF_NUMBER);

      g_ptr_array_add (orders, mos_statement_dup_text (statement, 0));
      g_array_append_val (proofs, proof);
    }
  if (r < 0)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!mos_store_order_attach (txn, target, orders->pdata[i], g_array_index (proofs, MosOrderProof, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
join_status (MosTxn *txn,
             MosConversationRow *source,
             MosConversationRow *target,
             GError **error)
{
  MosStatus status = urgency_of (source->status) > urgency_of (target->status) ? source->status : target->status;
  gint64 until = status == target->status ? target->snoozed_until_us : source->snoozed_until_us;

  /* Both sleep: the earlier alarm; 0 is "until the customer answers". */
  if (source->status == MOS_STATUS_SNOOZED && target->status == MOS_STATUS_SNOOZED && source->snoozed_until_us != 0 && (until == 0 || source->snoozed_until_us < until))
    until = source->snoozed_until_us;
  if (target->quarantine != NULL && source->quarantine == NULL && !mos_store_conversation_clear_quarantine (txn, target->id, error))
    return FALSE;
  return (source->priority <= target->priority || mos_store_conversation_set_priority (txn, target->id, source->priority, error)) &&
         mos_store_conversation_set_status (txn, target->id, status, until, error);
}

/* What is to be done at a time (@kind: of #MosDueRow) is to be done about the other one: of two, at the earlier. */
static gboolean
join_due (MosTxn *txn,
          const char *kind,
          const char *source,
          const char *target,
          GError **error)
{
  g_autofree char *key = g_strconcat (kind, ":", source, NULL);
  g_autofree char *other_key = g_strconcat (kind, ":", target, NULL);
  g_autoptr (MosDueRow) due = NULL;
  g_autoptr (MosDueRow) other = NULL;

  if (!mos_store_due_find (txn, key, &due, error) || !mos_store_due_find (txn, other_key, &other, error))
    return FALSE;
  if (due == NULL || due->state != MOS_DUE_WAITING)
    return TRUE;
  if (!mos_store_due_cancel (txn, key, error))
    return FALSE;
  if (other != NULL && other->state == MOS_DUE_WAITING && other->due_us <= due->due_us)
    return TRUE;
  g_set_str (&due->key, other_key);
  g_set_str (&due->conversation, target);
  return mos_store_due_put (txn, due, error);
}

static gboolean
leave_alias (MosTxn *txn,
             const char *source,
             const char *target,
             GError **error)
{
  g_autofree char *key = g_strconcat ("snooze:", source, NULL);
  g_autofree char *known = NULL;
  g_autoptr (JsonObject) values = json_object_new ();

  if (!mos_record_set (txn, &mos_entity_conversation, source, NULL, error, "merged_into", 't', target, "status", 't', "closed", "snoozed_until", 'd', 0, NULL) ||
      !mos_store_due_cancel (txn, key, error) ||
      !mos_database_get_text (txn->database, &known, error, "SELECT new_id FROM alias WHERE old_id = ?", "t", source))
    return FALSE;
  if (known != NULL)
    return mos_record_set (txn, &mos_entity_alias, source, NULL, error, "new_id", 't', target, NULL);
  json_object_set_string_member (values, "old_id", source);
  json_object_set_string_member (values, "new_id", target);
  json_object_set_string_member (values, "kind", "conversation");
  return mos_record_write (txn, &mos_entity_alias, source, values, FALSE, error);
}

/* As if all had come in here: each counts from its own time, and its event with it. */
static gboolean
gather_message (MosTxn *txn,
                const char *message,
                const char *into,
                GError **error)
{
  gint64 turn_from = 0;

  return mos_database_get_int (txn->database, &turn_from, error, "SELECT turn_from FROM message WHERE id = ?", "t", message) &&
         mos_join_message (txn, message, into, turn_from, TRUE, error);
}

static gboolean
gather_all (MosTxn *txn,
            const char *from,
            const char *into,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ? ORDER BY seq", "t", from);
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!gather_message (txn, ids->pdata[i], into, error))
      return FALSE;
  return join_drafts (txn, from, NULL, into, error) && mos_join_surveys (txn, from, into, error);
}

/* Old mail counts from when it is taken up, which is now: nobody waits for an answer to what nobody had to do. */
static gboolean
take_up (MosTxn *txn,
         const char *id,
         GError **error)
{
  g_autoptr (GArray) all = list_joined (txn, id, NULL, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      Joined *joined = &g_array_index (all, Joined, i);

      if (joined->waits && !mos_join_message (txn, joined->id, id, -1, FALSE, error))
        return FALSE;
    }
  return mos_store_conversation_set_archive (txn, id, FALSE, error);
}

static gboolean
join_whole (MosTxn *txn,
            const char *id,
            const char *into,
            gboolean by_evidence,
            GError **error)
{
  g_autofree char *target_id = NULL, *source_id = NULL;
  g_autoptr (MosConversationRow) source = NULL;
  g_autoptr (MosConversationRow) target = NULL;

  if (!mos_store_conversation_resolve (txn, into, &target_id, error) || !mos_store_conversation_resolve (txn, id, &source_id, error))
    return FALSE;
  if (target_id == NULL || source_id == NULL)
    return mos_not_found (error, "conversation", target_id == NULL ? into : id);
  if (g_str_equal (source_id, target_id))
    return TRUE;
  if (!mos_store_conversation_find (txn, source_id, &source, error) || !mos_store_conversation_find (txn, target_id, &target, error))
    return FALSE;

  /* First of all: what happens in it counts from now on, and so does what is merged into it. */
  if (target->archive && !source->archive && !take_up (txn, target->id, error))
    return FALSE;
  return (by_evidence ? gather_all (txn, source->id, target->id, error) : mos_join_all (txn, source->id, target->id, error)) &&
         join_tags (txn, source, target, error) &&
         join_orders (txn, source->id, target->id, error) &&
         join_participants (txn, source, target, error) &&
         /* Before the status: who reads the events in order knows then why it opens. */
         mos_store_event_add (txn, source->id, NULL, "merge", source->id, target->id, 0, FALSE, error) &&
         mos_store_event_add (txn, target->id, NULL, "merged", source->id, target->id, 0, FALSE, error) &&
         join_status (txn, source, target, error) &&
         join_due (txn, "reminder", source->id, target->id, error) &&
         join_due (txn, "callback", source->id, target->id, error) &&
         leave_alias (txn, source->id, target->id, error);
}

gboolean
mos_store_conversation_set_merged (MosTxn *txn,
                                   const char *id,
                                   const char *into,
                                   GError **error)
{
  return join_whole (txn, id, into, FALSE, error);
}

gboolean
mos_store_conversation_set_gathered (MosTxn *txn,
                                     const char *id,
                                     const char *into,
                                     GError **error)
{
  return join_whole (txn, id, into, TRUE, error);
}

/* --- move and split --- */

gboolean
mos_store_message_set_conversation (MosTxn *txn,
                                    const char *const *messages,
                                    const char *conversation,
                                    const char *event,
                                    GError **error)
{
  g_autofree char *into = NULL, *from = NULL;
  g_autoptr (MosConversationRow) source = NULL;
  g_autoptr (MosConversationRow) target = NULL;
  gboolean waits = FALSE, is_split = g_str_equal (event, "split");
  gint64 waits_from = 0;
  gsize n = g_strv_length ((char **) messages);

  if (!mos_store_conversation_resolve (txn, conversation, &into, error))
    return FALSE;
  if (into == NULL)
    return mos_not_found (error, "conversation", conversation);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *one = NULL;

      if (!mos_database_get_text (txn->database, &one, error, "SELECT conversation FROM message WHERE id = ? AND removed_at = 0", "t", messages[i]))
        return FALSE;
      if (one == NULL)
        return mos_not_found (error, "message", messages[i]);
      if (from != NULL && !g_str_equal (from, one))
        {
          g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Message %s is in another conversation than %s", messages[i], messages[0]);
          return FALSE;
        }
      g_set_str (&from, one);
    }
  if (from == NULL || g_str_equal (from, into))
    return TRUE;
  if (!mos_store_conversation_find (txn, from, &source, error) || !mos_store_conversation_find (txn, into, &target, error) || !find_turn_from (txn, into, &waits_from, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GArray) joined = list_joined (txn, from, messages[i], error);
      Joined *message;
      gint64 turn_from;

      if (joined == NULL)
        return FALSE;
      if (joined->len == 0)
        continue;
      message = &g_array_index (joined, Joined, 0);
      /* What waits must not seem settled by an answer to something else; an answer that is put where it belongs answers. */
      if (message->waits)
        turn_from = is_split ? 0 : waits_from;
      else
        turn_from = message->is_outgoing ? 0 : -1;
      waits = waits || message->waits;
      if (!mos_join_message (txn, message->id, into, turn_from, TRUE, error) ||
          !mos_store_waiting_forget (txn, message->id, error) ||
          !join_drafts (txn, from, message->id, into, error))
        return FALSE;
    }
  if (!mos_store_event_add (txn, from, n == 1 ? messages[0] : NULL, event, from, into, 0, FALSE, error) ||
      !mos_store_event_add (txn, into, n == 1 ? messages[0] : NULL, event, from, into, 0, FALSE, error))
    return FALSE;

  /* A customer who waits is to be seen. */
  if (waits && target->status != MOS_STATUS_OPEN)
    {
      if (target->archive && !mos_store_conversation_set_archive (txn, into, FALSE, error))
        return FALSE;
      return mos_store_conversation_set_status (txn, into, MOS_STATUS_OPEN, 0, error);
    }
  return TRUE;
}

gboolean
mos_store_message_set_gathered (MosTxn *txn,
                                const char *const *messages,
                                const char *from,
                                const char *into,
                                GError **error)
{
  gsize n = g_strv_length ((char **) messages);

  for (gsize i = 0; i < n; i++)
    if (!gather_message (txn, messages[i], into, error) || !join_drafts (txn, from, messages[i], into, error))
      return FALSE;
  return mos_store_event_add (txn, from, n == 1 ? messages[0] : NULL, "move", from, into, 0, FALSE, error) &&
         mos_store_event_add (txn, into, n == 1 ? messages[0] : NULL, "move", from, into, 0, FALSE, error);
}

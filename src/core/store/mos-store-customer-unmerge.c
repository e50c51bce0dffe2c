/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-customer-merge.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

/* Taking a merge back, which unlike an exact undo never refuses because something changed since; and splitting. */

GPtrArray *
mos_store_customer_list_merges (MosTxn *txn,
                                const char *customer,
                                GError **error)
{
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_customer_merge_unref);
  g_autofree char *now = NULL;
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_customer_resolve (txn, customer, &now, error))
    return NULL;
  statement = mos_database_query (txn->database, error,
                                  "WITH RECURSIVE " MOS_CUSTOMER_FAMILY
                                  " SELECT m.id, m.source, m.target, m.record ->> '$.source.name', m.at FROM family f CROSS JOIN customer_merge m ON m.target = f.id WHERE m.undone_at = 0 ORDER BY m.at DESC, m.id DESC",
                                  "t", now);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosCustomerMerge *merge = mos_customer_merge_new ();

      merge->id = mos_statement_dup_text (statement, 0);
      merge->source = mos_statement_dup_text (statement, 1);
      merge->target = mos_statement_dup_text (statement, 2);
      merge->source_name = mos_statement_dup_text0 (statement, 3);
      merge->at_us = mos_statement_get_int (statement, 4);
      g_ptr_array_add (merges, merge);
    }
  return r >= 0 ? g_steal_pointer (&merges) : NULL;
}

gboolean
mos_store_customer_find_merge_of_batch (MosTxn *txn,
                                        gint64 batch,
                                        char **ret_id,
                                        GError **error)
{
  return mos_database_get_text (txn->database, ret_id, error, "SELECT id FROM change WHERE batch = ? AND entity = 'customer_merge' AND op = 'insert' LIMIT 1", "i", batch);
}

typedef struct
{
  MosTxn *txn;
  JsonObject *row;    /* (owned): of the table */
  JsonNode *node;     /* (owned): holds @record */
  JsonObject *record; /* (borrowed) */
  const char *source;
  const char *target;
  char *holder; /* (owned): who has now what the target had */
} Unmerge;

static void
unmerge_clear (Unmerge *self)
{
  g_clear_pointer (&self->row, json_object_unref);
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->holder, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unmerge, unmerge_clear)

static gboolean
load (Unmerge *self,
      const char *merge,
      GError **error)
{
  GError *local_error = NULL;

  self->row = mos_record_values (self->txn, &mos_entity_customer_merge, merge, &local_error);
  if (self->row == NULL)
    {
      if (local_error == NULL)
        return mos_not_found (error, "merge", merge);
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (json_object_get_int_member (self->row, "undone_at") != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Merge %s was taken back already", merge);
      return FALSE;
    }
  self->node = json_from_string (json_object_get_string_member (self->row, "record"), error);
  if (self->node == NULL)
    return FALSE;
  self->record = json_node_get_object (self->node);
  self->source = json_object_get_string_member (self->row, "source");
  self->target = json_object_get_string_member (self->row, "target");
  return mos_customer_resolve (self->txn, self->target, &self->holder, error);
}

static GPtrArray *
ids_of (JsonObject *record,
        const char *name)
{
  /* One that an earlier version wrote does not have all. */
  JsonArray *array = json_object_has_member (record, name) ? json_object_get_array_member (record, name) : NULL;
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (ids, (gpointer) json_array_get_string_element (array, i));
  return ids;
}

static gboolean
has_id (GPtrArray *ids,
        const char *id)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

/* ?1 and all who are merged into it, but for ?2. Of each, the last merge that began with it alone says what was its own: but for what was split off since. */
#define OWNS                                                                                                                                                           \
  "WITH RECURSIVE those (id) AS (SELECT ?1 UNION SELECT c.id FROM those r JOIN customer c ON c.merged_into = r.id WHERE c.id <> ?2)"                                   \
  " SELECT EXISTS (SELECT 1 FROM those r JOIN customer_merge m ON m.id = (SELECT y.id FROM customer_merge y WHERE (y.source = r.id OR y.target = r.id) AND NOT EXISTS" \
  " (SELECT 1 FROM customer_merge x WHERE x.target = r.id AND (x.at, x.id) < (y.at, y.id) AND (x.undone_at = 0 OR x.undone_at > y.at)) ORDER BY y.at DESC, y.id DESC"  \
  " LIMIT 1) JOIN json_each (m.record, CASE WHEN m.source = r.id THEN '$.links' ELSE '$.target_links' END) l WHERE l.value = ?3"                                       \
  " AND NOT EXISTS (SELECT 1 FROM json_each (m.record, '$.split') z WHERE z.value = ?3))"

static gboolean
find_owner (Unmerge *self,
            const char *customer,
            const char *but_not,
            const char *identity,
            gboolean *ret_owns,
            GError **error)
{
  gint64 owns = 0;

  if (!mos_database_get_int (self->txn->database, &owns, error, OWNS, "ttt", customer, but_not, identity))
    return FALSE;
  *ret_owns = owns != 0;
  return TRUE;
}

/* An address goes with those who had it before they became one, and stays with those who stay: with both, where both had it. One that somebody gave to a third
 * meanwhile stays there. */
static gboolean
give_link_back (Unmerge *self,
                const char *identity,
                GError **error)
{
  gint64 is_held = 0, others = 0;
  gboolean goes, stays;

  if (!find_owner (self, self->source, self->holder, identity, &goes, error) || !find_owner (self, self->holder, self->source, identity, &stays, error) ||
      !mos_database_get_int (self->txn->database, &is_held, error, "SELECT EXISTS (SELECT 1 FROM customer_identity WHERE customer = ? AND identity = ?)", "tt", self->holder, identity))
    return FALSE;
  /* It came to the source by hand, while that was several already; what is not there any more went with somebody else of them. */
  if (!goes && !stays)
    {
      g_autoptr (GPtrArray) target_links = ids_of (self->record, "target_links");

      if (is_held == 0)
        return TRUE;
      goes = TRUE;
      stays = has_id (target_links, identity);
    }
  if (is_held != 0 && goes)
    return stays ? mos_customer_add_link (self->txn, self->source, identity, error) : mos_customer_give_identity (self->txn, identity, self->holder, self->source, error);
  if (is_held != 0)
    return TRUE;
  return mos_database_get_int (self->txn->database, &others, error, "SELECT count (*) FROM customer_identity ci JOIN customer c ON c.id = ci.customer WHERE ci.identity = ? AND ci.customer <> ? AND c.deleted_at = 0", "tt",
                               identity, self->source) &&
         (others != 0 || mos_customer_add_link (self->txn, self->source, identity, error));
}

static gboolean
give_links_back (Unmerge *self,
                 GError **error)
{
  g_autoptr (GPtrArray) links = ids_of (self->record, "links");
  const char *phone = json_object_get_string_member_with_default (self->record, "kept_phone", NULL);

  for (guint i = 0; i < links->len; i++)
    /* "": It was erased since. */
    if (*(const char *) links->pdata[i] != '\0' && !give_link_back (self, links->pdata[i], error))
      return FALSE;
  return phone == NULL || (mos_store_customer_unlink (self->txn, self->holder, phone, error) && mos_customer_forget_link (self->txn, self->target, phone, error));
}

static MosConsent
consent_of (JsonObject *row)
{
  return mos_consent_from_nick (json_object_get_string_member_with_default (row, "consent", NULL), MOS_CONSENT_UNKNOWN);
}

/* What was said of consent since was said for both. */
static gboolean
restore_consent (Unmerge *self,
                 GError **error)
{
  JsonObject *left = json_object_get_object_member (self->record, "left");
  g_autoptr (JsonObject) source = mos_record_values (self->txn, &mos_entity_customer, self->source, error);
  g_autoptr (JsonObject) holder = source != NULL ? mos_record_values (self->txn, &mos_entity_customer, self->holder, error) : NULL;
  MosConsent own, now;

  if (holder == NULL)
    return FALSE;
  own = consent_of (source);
  now = consent_of (holder);
  if (left == NULL || now == consent_of (left) || mos_customer_stricter (own, now) == own)
    return TRUE;
  now = mos_customer_stricter (own, now);
  return mos_record_set (self->txn, &mos_entity_customer, self->source, NULL, error, "consent", 't', now != MOS_CONSENT_UNKNOWN ? mos_consent_to_nick (now) : NULL, NULL);
}

static GPtrArray *
messages_in (MosTxn *txn,
             const char *conversation,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ? AND customer IS NOT NULL", "t", conversation);

  return mos_query_ids (statement, error);
}

/* Orders that are @from's because they are named in @conversation, and for nothing stronger, go along with it. */
static gboolean
give_named_orders (MosTxn *txn,
                   const char *conversation,
                   const char *from,
                   const char *to,
                   GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT o.id FROM conversation_order co JOIN shop_order o ON o.id = co.shop_order WHERE co.conversation = ? AND o.proof = 'number' AND o.customer = ?", "tt", conversation, from);
  g_autoptr (GPtrArray) orders = mos_query_ids (statement, error);

  return orders != NULL && mos_customer_give (txn, &mos_entity_shop_order, orders, from, to, error);
}

static gboolean
give_conversation (MosTxn *txn,
                   const char *conversation,
                   const char *from,
                   const char *to,
                   GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) messages = messages_in (txn, conversation, error);

  g_ptr_array_add (one, (gpointer) conversation);
  return messages != NULL && mos_customer_give (txn, &mos_entity_conversation, one, from, to, error) && mos_customer_give (txn, &mos_entity_message, messages, from, to, error) &&
         give_named_orders (txn, conversation, from, to, error) && mos_survey_follow (txn, conversation, from, to, error);
}

/* --- what came meanwhile --- */

typedef struct
{
  const char *holder;       /* who stays */
  GPtrArray *conversations; /* that go */
  GPtrArray *gone;          /* identities that go */
  GPtrArray *kept;          /* those that stay; a family's are in both */
  gint64 before_us;         /* conversations of who stays that began since stay whole */
} Share;

/* Whether a message is of who goes. Whatever stays with somebody lies in a conversation of theirs, or is from an address of theirs: else nobody would find it. Without an identity
 * it is ours, to whoever has the conversation that it was written in. */
static gboolean
goes_along (MosTxn *txn,
            const Share *share,
            const char *message,
            gboolean *ret_goes,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT m.identity, m.origin_conversation, m.conversation, c.created_at, c.customer FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.id = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  const char *identity = r > 0 ? mos_statement_get_text (statement, 0) : NULL;
  gboolean goes, stays;

  *ret_goes = FALSE;
  if (r <= 0)
    return r == 0;
  *ret_goes = has_id (share->conversations, mos_statement_get_text (statement, 1)) || (identity != NULL && has_id (share->conversations, mos_statement_get_text (statement, 2)));
  if (identity == NULL)
    return TRUE;
  goes = has_id (share->gone, identity);
  stays = has_id (share->kept, identity);
  if (stays && !goes)
    *ret_goes = FALSE;
  else if (goes && !stays && (mos_statement_get_int (statement, 3) < share->before_us || g_strcmp0 (mos_statement_get_text (statement, 4), share->holder) != 0))
    *ret_goes = TRUE;
  return TRUE;
}

/* Takes those of @messages out that stay. */
static gboolean
keep_share (MosTxn *txn,
            const Share *share,
            GPtrArray *messages,
            GError **error)
{
  for (guint i = messages->len; i-- > 0;)
    {
      gboolean goes;

      if (!goes_along (txn, share, messages->pdata[i], &goes, error))
        return FALSE;
      if (!goes)
        g_ptr_array_remove_index (messages, i);
    }
  return TRUE;
}

/* Those of @conversations that are @customer's */
static GPtrArray *
list_given (MosTxn *txn,
            GPtrArray *conversations,
            const char *customer,
            GError **error)
{
  g_autoptr (GPtrArray) given = g_ptr_array_new ();

  for (guint i = 0; i < conversations->len; i++)
    {
      g_autofree char *owner = NULL;

      if (!mos_database_get_text (txn->database, &owner, error, "SELECT customer FROM conversation WHERE id = ?", "t", conversations->pdata[i]))
        return NULL;
      if (g_strcmp0 (owner, customer) == 0)
        g_ptr_array_add (given, conversations->pdata[i]);
    }
  return g_steal_pointer (&given);
}

/* What was asked, or said of the service, since. */
static gboolean
give_surveys_since (Unmerge *self,
                    GPtrArray *conversations,
                    GError **error)
{
  for (guint i = 0; i < conversations->len; i++)
    {
      g_autoptr (MosStatement) statement = mos_database_query (self->txn->database, error, "SELECT id FROM survey WHERE conversation = ? AND customer = ? AND max (asked_at, answered_at) >= ?", "tti",
                                                               conversations->pdata[i], self->holder, json_object_get_int_member (self->row, "at"));
      g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

      if (ids == NULL || !mos_customer_give (self->txn, &mos_entity_survey, ids, self->holder, self->source, error))
        return FALSE;
    }
  return TRUE;
}

/* What came into conversations that go back, and what was written from an address that goes back into one from before. @all: what the holder had */
static gboolean
give_since (Unmerge *self,
            GPtrArray *conversations,
            GPtrArray *all,
            GError **error)
{
  g_autoptr (GPtrArray) gone = mos_customer_list_links (self->txn, self->source, error);
  g_autoptr (GPtrArray) kept = gone != NULL ? mos_customer_list_links (self->txn, self->holder, error) : NULL;
  Share share = { self->holder, conversations, gone, kept, json_object_get_int_member (self->row, "at") };

  return kept != NULL && keep_share (self->txn, &share, all, error) && mos_customer_give (self->txn, &mos_entity_message, all, self->holder, self->source, error) && give_surveys_since (self, conversations, error);
}

/* What went back is nothing any more that a merge which followed has to give. */
static gboolean
add_given (Unmerge *self,
           GHashTable *given,
           const char *sql,
           GPtrArray *ids,
           GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *owner = NULL;

      if (!mos_database_get_text (self->txn->database, &owner, error, sql, "t", ids->pdata[i]))
        return FALSE;
      if (g_strcmp0 (owner, self->source) == 0)
        g_hash_table_add (given, ids->pdata[i]);
    }
  return TRUE;
}

/* Addresses that went, and numbers. */
static gboolean
add_given_links (Unmerge *self,
                 GHashTable *given,
                 GPtrArray *links,
                 GError **error)
{
  for (guint i = 0; i < links->len; i++)
    {
      gint64 is_held = 0;

      if (!mos_database_get_int (self->txn->database, &is_held, error, "SELECT EXISTS (SELECT 1 FROM customer_identity WHERE customer = ? AND identity = ?)", "tt", self->holder, links->pdata[i]))
        return FALSE;
      if (is_held == 0)
        g_hash_table_add (given, links->pdata[i]);
    }
  return TRUE;
}

/* An order is whose its address is, and not every address goes. */
static gboolean
link_again (MosTxn *txn,
            GPtrArray *orders,
            GError **error)
{
  for (guint i = 0; i < orders->len; i++)
    if (!mos_order_link_again (txn, orders->pdata[i], error))
      return FALSE;
  return TRUE;
}

GPtrArray *
mos_store_customer_list_since (MosTxn *txn,
                               const char *merge,
                               GError **error)
{
  g_auto (Unmerge) self = { .txn = txn };
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (MosStatement) statement = NULL;

  if (!mos_txn_flush (txn, error) || !load (&self, merge, error))
    return NULL;
  known = ids_of (self.record, "conversations");
  statement = mos_database_query (txn->database, error, "SELECT id FROM conversation WHERE customer = ? AND created_at >= ? AND place NOT IN ('deleted', 'merged', 'blank') ORDER BY updated_at DESC, id", "ti", self.holder,
                                  json_object_get_int_member (self.row, "at"));
  ids = mos_query_ids (statement, error);
  for (guint i = ids != NULL ? ids->len : 0; i-- > 0;)
    if (has_id (known, ids->pdata[i]))
      g_ptr_array_remove_index (ids, i);
  return g_steal_pointer (&ids);
}

gboolean
mos_store_customer_unmerge (MosTxn *txn,
                            const char *merge,
                            const char *const *also,
                            char **ret_source,
                            GError **error)
{
  g_auto (Unmerge) self = { .txn = txn };
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GPtrArray) surveys = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) given = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);

  if (!mos_txn_flush (txn, error) || !load (&self, merge, error))
    return FALSE;
  all = mos_customer_list_messages (txn, self.holder, error);
  if (all == NULL)
    return FALSE;
  orders = ids_of (self.record, "orders");
  conversations = ids_of (self.record, "conversations");
  messages = ids_of (self.record, "messages");
  surveys = ids_of (self.record, "surveys");
  links = ids_of (self.record, "links");
  given = list_given (txn, conversations, self.holder, error);
  if (given == NULL || !mos_record_set (txn, &mos_entity_customer, self.source, NULL, error, "merged_into", 't', NULL, "deleted_at", 'i', (gint64) 0, NULL) ||
      !give_links_back (&self, error) ||
      !mos_customer_give (txn, &mos_entity_conversation, conversations, self.holder, self.source, error) ||
      !mos_customer_give (txn, &mos_entity_message, messages, self.holder, self.source, error) ||
      !mos_customer_give (txn, &mos_entity_shop_order, orders, self.holder, self.source, error) || !link_again (txn, orders, error) ||
      !mos_customer_give (txn, &mos_entity_survey, surveys, self.holder, self.source, error) || !give_since (&self, given, all, error) ||
      !add_given (&self, gone, "SELECT customer FROM conversation WHERE id = ?", conversations, error) || !add_given (&self, gone, "SELECT customer FROM message WHERE id = ?", messages, error) ||
      !add_given (&self, gone, "SELECT customer FROM message WHERE id = ?", all, error) || !add_given (&self, gone, "SELECT customer FROM shop_order WHERE id = ?", orders, error) ||
      !add_given (&self, gone, "SELECT customer FROM survey WHERE id = ?", surveys, error) || !add_given_links (&self, gone, links, error) || !mos_customer_correct_later (txn, self.target, gone, NULL, error) ||
      !restore_consent (&self, error) || !mos_customer_restore (txn, merge, json_object_get_int_member (self.row, "at"), self.target, self.record, error))
    return FALSE;
  for (; also != NULL && *also != NULL; also++)
    if (!give_conversation (txn, *also, self.holder, self.source, error))
      return FALSE;
  if (ret_source != NULL)
    *ret_source = g_strdup (self.source);
  return mos_record_set (txn, &mos_entity_customer_merge, merge, NULL, error, "undone_at", 'i', txn->now_us, NULL);
}

/* --- new ones, and split --- */

gboolean
mos_store_customer_add (MosTxn *txn,
                        MosCustomerRow *row,
                        char **ret_id,
                        GError **error)
{
  g_autofree char *id = mos_id_new (txn->now_us);
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (MosCustomerRow) copy = mos_customer_row_copy (row);

  json_object_set_string_member (values, "id", id);
  json_object_set_int_member (values, "first_seen", row->first_seen_us != 0 ? row->first_seen_us : txn->now_us);
  json_object_set_int_member (values, "deleted_at", txn->now_us);
  g_set_str (&copy->id, id);
  /* It is there in a second step, so that an undo hides it again: rows of customers stay, others name them. */
  if (!mos_record_write (txn, &mos_entity_customer, id, values, FALSE, error) ||
      !mos_record_set (txn, &mos_entity_customer, id, NULL, error, "deleted_at", 'i', (gint64) 0, NULL) ||
      !mos_store_customer_save (txn, copy, error))
    return FALSE;
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

/* Conversations of @customer that were begun from one of @identities. */
static GPtrArray *
list_begun (MosTxn *txn,
            const char *customer,
            const char *const *identities,
            GError **error)
{
  g_autoptr (GPtrArray) begun = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT c.id, coalesce ((SELECT m.identity FROM message m WHERE m.conversation = c.id AND m.direction = 'incoming' AND m.identity IS NOT NULL ORDER BY m.seq LIMIT 1),"
                          " (SELECT p.identity FROM participant p JOIN customer_identity ci ON ci.identity = p.identity AND ci.customer = ?1 WHERE p.conversation = c.id ORDER BY ci.position LIMIT 1))"
                          " FROM conversation c WHERE c.customer = ?1",
                          "t", customer);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    if (mos_statement_get_text (statement, 1) != NULL && g_strv_contains (identities, mos_statement_get_text (statement, 1)))
      g_ptr_array_add (begun, mos_statement_dup_text (statement, 0));
  return r >= 0 ? g_steal_pointer (&begun) : NULL;
}

/* What was written from one of @identities, and what we wrote in the conversations that were @begun from them. */
static GPtrArray *
list_written (MosTxn *txn,
              const char *customer,
              const char *const *identities,
              GPtrArray *begun,
              GError **error)
{
  g_autoptr (GPtrArray) messages = mos_customer_list_messages (txn, customer, error);
  g_autoptr (GPtrArray) kept = messages != NULL ? mos_customer_list_links (txn, customer, error) : NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  Share share = { customer, begun, gone, kept, G_MAXINT64 };
  guint at;

  for (; kept != NULL && *identities != NULL; identities++)
    {
      g_ptr_array_add (gone, (gpointer) *identities);
      if (g_ptr_array_find_with_equal_func (kept, *identities, g_str_equal, &at))
        g_ptr_array_remove_index (kept, at);
    }
  return kept != NULL && keep_share (txn, &share, messages, error) ? g_steal_pointer (&messages) : NULL;
}

/* Merges by which the customer came to @identity, or before which it was there, say so: whose it was before does not own it any more. */
static gboolean
note_split (MosTxn *txn,
            const char *customer,
            const char *identity,
            GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "WITH RECURSIVE " MOS_CUSTOMER_FAMILY
                          " SELECT m.id FROM family f JOIN customer_merge m ON m.target = f.id WHERE (EXISTS (SELECT 1 FROM json_each (m.record, '$.links') l WHERE l.value = ?2)"
                          " OR EXISTS (SELECT 1 FROM json_each (m.record, '$.target_links') l WHERE l.value = ?2))",
                          "tt", customer, identity);
  g_autoptr (GPtrArray) merges = mos_query_ids (statement, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autofree char *record = NULL;

      if (!mos_database_get_text (txn->database, &record, error, "SELECT json_insert (json_insert (record, '$.split', json_array ()), '$.split[#]', ?2) FROM customer_merge WHERE id = ?1", "tt", merges->pdata[i], identity) ||
          !mos_record_set (txn, &mos_entity_customer_merge, merges->pdata[i], NULL, error, "record", 't', record, NULL))
        return FALSE;
    }
  return merges != NULL;
}

static gboolean
check_split (MosTxn *txn,
             const char *customer,
             const char *const *identities,
             GError **error)
{
  g_autoptr (GPtrArray) links = mos_customer_list_links (txn, customer, error);

  if (links == NULL)
    return FALSE;
  for (gsize i = 0; identities[i] != NULL; i++)
    if (!has_id (links, identities[i]))
      {
        g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Identity %s is not of customer %s", identities[i], customer);
        return FALSE;
      }
  if (identities[0] == NULL || g_strv_length ((char **) identities) >= links->len)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Some addresses must go, and some must stay");
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_store_customer_split (MosTxn *txn,
                          const char *customer,
                          const char *const *identities,
                          char **ret_id,
                          GError **error)
{
  g_autofree char *now = NULL, *id = NULL, *name = NULL;
  g_autoptr (MosCustomerRow) row = mos_customer_row_new ();
  g_autoptr (MosCustomerRow) whole = NULL;
  g_autoptr (GPtrArray) begun = NULL;
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);

  if (!mos_txn_flush (txn, error) || !mos_customer_resolve (txn, customer, &now, error))
    return FALSE;
  if (now == NULL)
    return mos_not_found (error, "customer", customer);
  if (!check_split (txn, now, identities, error) ||
      !mos_database_get_text (txn->database, &name, error, "SELECT coalesce (name, value) FROM identity WHERE id = ?", "t", identities[0]))
    return FALSE;
  begun = list_begun (txn, now, identities, error);
  written = begun != NULL ? list_written (txn, now, identities, begun, error) : NULL;
  if (written == NULL)
    return FALSE;
  for (guint i = 0; i < begun->len; i++)
    {
      gint64 at = 0;

      if (!mos_database_get_int (txn->database, &at, error, "SELECT created_at FROM conversation WHERE id = ?", "t", begun->pdata[i]))
        return FALSE;
      if (row->first_seen_us == 0 || at < row->first_seen_us)
        row->first_seen_us = at;
    }
  row->name = g_steal_pointer (&name);
  /* Whoever said it, it was said for each address. */
  if (!mos_store_customer_find (txn, now, &whole, error))
    return FALSE;
  row->consent = whole->consent;
  if (!mos_store_customer_add (txn, row, &id, error))
    return FALSE;
  for (gsize i = 0; identities[i] != NULL; i++)
    if (!note_split (txn, now, identities[i], error) || !mos_customer_give_identity (txn, identities[i], now, id, error))
      return FALSE;
  for (guint i = 0; i < begun->len; i++)
    g_hash_table_add (gone, begun->pdata[i]);
  for (guint i = 0; i < written->len; i++)
    g_hash_table_add (gone, written->pdata[i]);
  /* Whoever was merged into them before does not get it back. */
  if (!mos_customer_correct_all (txn, now, gone, error) || !mos_customer_give (txn, &mos_entity_conversation, begun, now, id, error) || !mos_customer_give (txn, &mos_entity_message, written, now, id, error))
    return FALSE;
  for (guint i = 0; i < begun->len; i++)
    if (!give_named_orders (txn, begun->pdata[i], now, id, error) || !mos_survey_follow (txn, begun->pdata[i], now, id, error))
      return FALSE;
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

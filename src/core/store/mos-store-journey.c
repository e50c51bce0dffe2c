/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-journey.h"

#include "core/base/mos-phone.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* A mail larger than this is not read for the sake of its head. */
#define MAX_MAIL (256 * 1024)
/* Of a conversation so much text is looked through. */
#define MAX_TEXT (128 * 1024)
/* Of a number so many digits are looked at first: no number has fewer. */
#define N_ALIKE 6

GPtrArray *
mos_store_journey_list_conversations (MosTxn *txn,
                                      const char *customer,
                                      guint max,
                                      GError **error)
{
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_journey_conversation_unref);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error,
                                  "SELECT c.id, c.number, c.subject, c.status, c.channel, a.name, c.created_at, c.updated_at, g.name FROM conversation c INDEXED BY conversation_customer JOIN account a ON a.id = c.account"
                                  " LEFT JOIN category g ON g.id = c.category"
                                  " WHERE c.customer = ? AND c.place NOT IN ('deleted', 'merged', 'blank') ORDER BY c.updated_at DESC LIMIT ?",
                                  "ti", customer, (gint64) max);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosJourneyConversation *conversation = mos_journey_conversation_new ();

      conversation->id = mos_statement_dup_text (statement, 0);
      conversation->number = mos_statement_get_int (statement, 1);
      conversation->subject = mos_statement_dup_text0 (statement, 2);
      conversation->status = mos_status_from_nick (mos_statement_get_text (statement, 3), MOS_STATUS_OPEN);
      conversation->channel = mos_statement_dup_text0 (statement, 4);
      conversation->account_name = mos_statement_dup_text0 (statement, 5);
      conversation->created_us = mos_statement_get_int (statement, 6);
      conversation->updated_us = mos_statement_get_int (statement, 7);
      conversation->category = mos_statement_dup_text (statement, 8);
      g_ptr_array_add (conversations, conversation);
    }
  return r >= 0 ? g_steal_pointer (&conversations) : NULL;
}

/* What happened: kind, conversation, its number, order, when, words. @statement: (transfer full) (nullable): it could not be made */
static GPtrArray *
take_steps (MosStatement *statement,
            GError **error)
{
  g_autoptr (MosStatement) owned = statement;
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_journey_step_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosJourneyStep *step = mos_journey_step_new ();

      step->kind = (MosJourneyKind) mos_statement_get_int (statement, 0);
      step->conversation = mos_statement_dup_text (statement, 1);
      step->number = mos_statement_get_int (statement, 2);
      step->order = mos_statement_dup_text (statement, 3);
      step->at_us = mos_statement_get_int (statement, 4);
      step->text = mos_statement_dup_text0 (statement, 5);
      g_ptr_array_add (steps, step);
    }
  return r >= 0 ? g_steal_pointer (&steps) : NULL;
}

GPtrArray *
mos_store_journey_list_bounces (MosTxn *txn,
                                const char *customer,
                                guint max,
                                GError **error)
{
  return take_steps (mos_database_query (txn->database, error,
                                         "SELECT ?3, c.id, c.number, NULL, ifnull (r.at, m.received_at), ifnull (r.address, '') FROM conversation c INDEXED BY conversation_customer_failed JOIN message m ON m.conversation = c.id"
                                         " LEFT JOIN recipient r ON r.message = m.id AND r.state IN ('bounced', 'refused')"
                                         " WHERE c.customer = ?1 AND c.has_failed = 1 AND c.place NOT IN ('deleted', 'merged', 'blank') AND m.direction = 'outgoing' AND m.delivery IN ('bounced', 'failed')"
                                         " ORDER BY m.seq DESC LIMIT ?2",
                                         "tid", customer, (gint64) max, (int) MOS_JOURNEY_BOUNCE),
                     error);
}

GPtrArray *
mos_store_journey_list_problems (MosTxn *txn,
                                 const char *customer,
                                 guint max,
                                 GError **error)
{
  return take_steps (mos_database_query (txn->database, error,
                                         "SELECT ?3, c.id, c.number, NULL, c.created_at AS at, g.name FROM conversation c INDEXED BY conversation_customer JOIN category g ON g.id = c.category AND g.complex = 1"
                                         " WHERE c.customer = ?1 AND c.place NOT IN ('deleted', 'merged', 'blank')"
                                         " UNION ALL SELECT ?4, c.id, c.number, NULL, f.reopened_at, c.subject FROM conversation c INDEXED BY conversation_customer JOIN fact_close f ON f.conversation = c.id AND f.reopened_at <> 0"
                                         " WHERE c.customer = ?1 AND c.place NOT IN ('deleted', 'merged', 'blank')"
                                         /* By them, not by a message that came back, nor by one of us. */
                                         " AND EXISTS (SELECT 1 FROM message m WHERE m.conversation = c.id AND m.direction = 'incoming' AND m.classification = 'normal' AND m.received_at > f.at AND m.received_at <= f.reopened_at) ORDER BY at DESC LIMIT ?2",
                                         "tidd", customer, (gint64) max, (int) MOS_JOURNEY_PROBLEM, (int) MOS_JOURNEY_REOPENED),
                     error);
}

GPtrArray *
mos_store_journey_list_returns (MosTxn *txn,
                                const char *customer,
                                guint max,
                                GError **error)
{
  return take_steps (mos_database_query (txn->database, error,
                                         "SELECT ?3, NULL, 0, o.id, a.settled_at, o.number FROM shop_order o INDEXED BY shop_order_customer CROSS JOIN order_action a ON a.shop_order = o.id"
                                         " WHERE o.customer = ?1 AND a.kind = 'return' AND a.state = 'done' ORDER BY a.settled_at DESC LIMIT ?2",
                                         "tid", customer, (gint64) max, (int) MOS_JOURNEY_RETURN),
                     error);
}

GPtrArray *
mos_store_journey_list_outreach (MosTxn *txn,
                                 const char *customer,
                                 guint max,
                                 GError **error)
{
  /* What is still in the outbox may be taken back; what did not arrive was not said. The family's query names the customer first. */
  return take_steps (mos_database_query (txn->database, error,
                                         "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " SELECT ?3, c.id, ifnull (c.number, 0), NULL, p.at, o.name FROM family f CROSS JOIN outreach_person p INDEXED BY outreach_person_customer ON p.customer = f.id"
                                         " JOIN outreach o ON o.id = p.outreach"
                                         " LEFT JOIN message m ON m.id = p.message"
                                         " LEFT JOIN conversation c ON c.id = m.conversation AND c.place NOT IN ('deleted', 'merged', 'blank')"
                                         " WHERE p.state = 'made' AND (m.delivery IS NULL OR m.delivery IN ('accepted', 'uncertain', 'delivered', 'read')) ORDER BY p.at DESC LIMIT ?2",
                                         "tid", customer, (gint64) max, (int) MOS_JOURNEY_OUTREACH),
                     error);
}

gboolean
mos_store_journey_find_mail (MosTxn *txn,
                             const char *customer,
                             GBytes **ret_raw,
                             gint64 *ret_at_us,
                             GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *sha256 = NULL;
  int r;

  *ret_raw = NULL;
  *ret_at_us = 0;
  statement = mos_database_query (txn->database, error,
                                  "SELECT m.raw_sha256, m.sent_at FROM message m JOIN blob b ON b.sha256 = m.raw_sha256"
                                  " WHERE m.conversation = (SELECT id FROM conversation INDEXED BY conversation_customer WHERE customer = ?1 AND place NOT IN ('deleted', 'merged', 'blank') ORDER BY updated_at DESC LIMIT 1)"
                                  " AND m.customer = ?1 AND m.direction = 'incoming' AND m.classification = 'normal' AND b.size <= ?2 ORDER BY m.seq DESC LIMIT 1",
                                  "ti", customer, (gint64) MAX_MAIL);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r <= 0)
    return r == 0;
  sha256 = mos_statement_dup_text (statement, 0);
  *ret_at_us = mos_statement_get_int (statement, 1);
  return mos_store_blob_find (txn, sha256, ret_raw, error);
}

char *
mos_store_journey_dup_text (MosTxn *txn,
                            const char *conversation,
                            GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  statement = mos_database_query (txn->database, error,
                                  "SELECT substr (m.subject, 1, ?2), substr (t.reply_text, 1, ?2) FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.conversation = ?1 AND m.direction IN ('incoming', 'outgoing') AND m.delivery <> 'draft' ORDER BY m.seq DESC",
                                  "ti", conversation, (gint64) MAX_TEXT);
  r = statement != NULL ? 1 : -1;
  while (text->len < MAX_TEXT && r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_string_append_printf (text, "%s\n%s\n", mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1));
  return r >= 0 ? g_utf8_strdown (text->str, (gssize) text->len) : NULL;
}

/* A number that somebody at home wrote begins otherwise than the one a telephone shows: the end of both is the same. */
static gboolean
is_same_phone (const char *a,
               const char *b)
{
  const char *shorter, *longer;

  if (*a == '+' && *b == '+')
    return strcmp (a, b) == 0;
  a += *a == '+';
  b += *b == '+';
  shorter = strlen (a) < strlen (b) ? a : b;
  longer = shorter == a ? b : a;
  return g_str_has_suffix (longer, shorter);
}

/* Whether it is worth a closer look: the last digits are those of @folded, as far as they are ASCII. */
static gboolean
ends_alike (const char *phone,
            const char *folded)
{
  const char *p = phone + strlen (phone), *f = folded + strlen (folded);

  for (guint n = 0; n < N_ALIKE;)
    {
      if (p == phone)
        return FALSE;
      p--;
      if ((guchar) *p >= 0x80)
        return TRUE;
      if (!g_ascii_isdigit (*p))
        continue;
      if (*p != *--f)
        return FALSE;
      n++;
    }
  return TRUE;
}

typedef struct
{
  char *customer;
  gint64 at_us;
} Caller;

static void
caller_clear (gpointer data)
{
  g_free (((Caller *) data)->customer);
}

static int
compare_callers (gconstpointer a,
                 gconstpointer b)
{
  const Caller *x = a, *y = b;

  return x->at_us < y->at_us ? 1 : x->at_us > y->at_us ? -1
                                                       : strcmp (x->customer, y->customer);
}

GPtrArray *
mos_store_journey_find_by_phone (MosTxn *txn,
                                 const char *phone,
                                 guint max,
                                 GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) callers = g_array_new (FALSE, FALSE, sizeof (Caller));
  g_autofree char *wanted = mos_phone_fold (phone);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (wanted == NULL)
    return g_steal_pointer (&ids);
  g_array_set_clear_func (callers, caller_clear);
  /* Nobody has an index of what numbers end with; few customers have one, and this is asked for by hand. */
  statement = mos_database_query (txn->database, error,
                                  "SELECT id, phone, first_seen FROM customer WHERE phone <> '' AND deleted_at = 0"
                                  " UNION ALL SELECT ci.customer, i.value, i.last_used FROM identity i JOIN customer_identity ci ON ci.identity = i.id JOIN customer c ON c.id = ci.customer"
                                  " WHERE i.kind = 'phone' AND c.deleted_at = 0",
                                  "");
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *text = mos_statement_get_text (statement, 1);
      g_autofree char *folded = ends_alike (text, wanted) ? mos_phone_fold (text) : NULL;
      Caller caller;

      if (folded == NULL || !is_same_phone (folded, wanted))
        continue;
      caller = (Caller) { mos_statement_dup_text (statement, 0), mos_statement_get_int (statement, 2) };
      g_array_append_val (callers, caller);
    }
  if (r < 0)
    return NULL;
  g_array_sort (callers, compare_callers);
  for (guint i = 0; i < callers->len && ids->len < max; i++)
    {
      const Caller *caller = &g_array_index (callers, Caller, i);

      if (!g_ptr_array_find_with_equal_func (ids, caller->customer, g_str_equal, NULL))
        g_ptr_array_add (ids, g_strdup (caller->customer));
    }
  return g_steal_pointer (&ids);
}

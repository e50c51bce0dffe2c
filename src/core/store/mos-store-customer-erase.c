/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-customer-erase.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-opt-outs.h"
#include "core/store/mos-tokenizer.h"

#include <string.h>

#define MAX_MENTIONS 200
/* Shorter ones are in any text. */
#define MIN_KNOWN 6
#define PHONE_DIGITS 9

/* ?1 and all who were merged into it; and what they write from, but for what somebody else has, too. */
#define THEIRS                                                                                                                 \
  "theirs (id) AS (SELECT DISTINCT ci.identity FROM family f JOIN customer_identity ci ON ci.customer = f.id WHERE NOT EXISTS" \
  " (SELECT 1 FROM customer_identity o JOIN customer c ON c.id = o.customer WHERE o.identity = ci.identity AND c.deleted_at = 0 AND o.customer NOT IN (SELECT id FROM family)))"

/* Of a row "d" of drafts: it is to them, by whatever field. */
#define TO_ONE_OF(those) "EXISTS (SELECT 1 FROM json_tree (d.recipients) t JOIN identity i ON i.value = lower (t.atom) WHERE t.type = 'text' AND i.id IN (SELECT id FROM " those "))"

GPtrArray *
mos_store_customer_list_family (MosTxn *txn,
                                const char *customer,
                                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " SELECT id FROM family", "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_customer_list_held (MosTxn *txn,
                              const char *customer,
                              GError **error)
{
  return mos_customer_list_conversations (txn, customer, error);
}

/* Whose a message is: who wrote it; of ours, and notes, whose conversation it was in at first. Erasing may look at all there is: it is done once. */
#define OWNER "coalesce (m.customer, (SELECT o.customer FROM conversation o WHERE o.id = m.origin_conversation))"

GPtrArray *
mos_store_customer_list_elsewhere (MosTxn *txn,
                                   const char *customer,
                                   GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT m.id FROM message m WHERE " OWNER " = ?1 AND m.conversation NOT IN (SELECT id FROM conversation WHERE customer = ?1) AND m.removed_at = 0 ORDER BY m.conversation, m.seq",
                          "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_customer_list_guests (MosTxn *txn,
                                const char *customer,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT m.id FROM conversation c CROSS JOIN message m ON m.conversation = c.id WHERE c.customer = ?1 AND " OWNER " <> ?1 AND m.removed_at = 0"
                          " ORDER BY m.conversation, " OWNER ", m.seq",
                          "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_customer_list_drafts (MosTxn *txn,
                                const char *customer,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " THEIRS " SELECT DISTINCT c.id FROM draft d JOIN conversation c ON c.id = d.conversation WHERE c.place = 'blank' AND " TO_ONE_OF ("theirs"), "t", customer);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_customer_list_own_addresses (MosTxn *txn,
                                       const char *customer,
                                       GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " THEIRS " SELECT i.value FROM theirs t JOIN identity i ON i.id = t.id", "t", customer);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_message_find_owner (MosTxn *txn,
                              const char *message,
                              char **ret_customer,
                              GError **error)
{
  return mos_database_get_text (txn->database, ret_customer, error, "SELECT " OWNER " FROM message m WHERE m.id = ?", "t", message);
}

/* --- what is there --- */

/* As what somebody is known by may stand in a text. Of a name one word is not enough to tell somebody. A number is written whole, without its country's, and that in threes.
 * Returns: (transfer full): array of folded words */
static GPtrArray *
list_ways (const char *text,
           gboolean is_name,
           gboolean is_phone)
{
  GPtrArray *ways = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = mos_fold (text), *word = is_phone ? mos_store_phone_word (text) : NULL;

  if (is_name ? strchr (folded, ' ') != NULL : strlen (folded) >= MIN_KNOWN)
    g_ptr_array_add (ways, g_strdup (folded));
  if (word == NULL || strlen (word) < MIN_KNOWN)
    return ways;
  if (strcmp (word, folded) != 0)
    g_ptr_array_add (ways, g_strdup (word));
  g_ptr_array_add (ways, g_strconcat ("0", word, NULL));
  if (strlen (word) == PHONE_DIGITS)
    g_ptr_array_add (ways, g_strdup_printf ("%.3s %.3s %.3s", word, word + 3, word + 6));
  return ways;
}

static gboolean
add_mentions (MosTxn *txn,
              const char *customer,
              const char *folded,
              MosErasure *erasure,
              GError **error)
{
  g_autofree char *match = g_strconcat ("\"", folded, "\"", NULL);
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  statement = mos_database_query (txn->database, error,
                                  "SELECT DISTINCT c.id FROM search s JOIN message m ON m.seq = s.rowid JOIN conversation c ON c.id = m.conversation"
                                  " WHERE s.search MATCH ? AND c.customer IS NOT ? AND m.customer IS NOT ?2 ORDER BY m.seq DESC LIMIT " G_STRINGIFY (MAX_MENTIONS),
                                  "tt", match, customer);
  ids = mos_query_ids (statement, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      MosConversationRow *row = NULL;
      gboolean is_known = FALSE;

      for (guint n = 0; n < erasure->mentions->len; n++)
        is_known |= g_str_equal (((MosConversationRow *) erasure->mentions->pdata[n])->id, ids->pdata[i]);
      if (is_known || erasure->mentions->len >= MAX_MENTIONS)
        continue;
      if (!mos_store_conversation_find (txn, ids->pdata[i], &row, error))
        return FALSE;
      if (row != NULL)
        g_ptr_array_add (erasure->mentions, row);
    }
  return ids != NULL;
}

static gboolean
is_of_address (char c)
{
  return g_ascii_isalnum (c) || strchr ("._-+@", c) != NULL || (guchar) c >= 0x80;
}

/* Whether @query asks for @text: an address as it is written, or one of @ways, however it is written. */
static gboolean
asks_for (const char *query,
          const char *text,
          GPtrArray *ways)
{
  g_autofree char *wanted = NULL, *folded = NULL, *all = NULL;

  if (strchr (text, '@') != NULL)
    {
      gsize len = strlen (text);

      all = g_utf8_strdown (query, -1);
      wanted = g_utf8_strdown (text, -1);
      for (const char *at = strstr (all, wanted); at != NULL; at = strstr (at + 1, wanted))
        if ((at == all || !is_of_address (at[-1])) && (at[len] == '\0' || !is_of_address (at[len])))
          return TRUE;
      return FALSE;
    }
  folded = mos_fold (query);
  all = g_strdup_printf (" %s ", folded);
  for (guint i = 0; i < ways->len; i++)
    {
      g_autofree char *padded = g_strdup_printf (" %s ", (const char *) ways->pdata[i]);

      if (strstr (all, padded) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Saved views that ask for @text */
static gboolean
add_views (MosTxn *txn,
           const char *text,
           GPtrArray *ways,
           MosErasure *erasure,
           GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  int r;

  statement = mos_database_query (txn->database, error, "SELECT name, query FROM saved_view WHERE deleted_at = 0 ORDER BY position, id", "");
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *name = mos_statement_get_text (statement, 0);

      if (asks_for (mos_statement_get_text (statement, 1), text, ways) && !g_ptr_array_find_with_equal_func (erasure->views, name, g_str_equal, NULL))
        g_ptr_array_add (erasure->views, g_strdup (name));
    }
  return r == 0;
}

/* What others' texts and saved views say of @text, by which somebody is known */
static gboolean
add_traces (MosTxn *txn,
            const char *customer,
            const char *text,
            gboolean is_name,
            gboolean is_phone,
            MosErasure *erasure,
            GError **error)
{
  g_autoptr (GPtrArray) ways = list_ways (text, is_name, is_phone);

  for (guint i = 0; i < ways->len; i++)
    if (!add_mentions (txn, customer, ways->pdata[i], erasure, error))
      return FALSE;
  return ways->len == 0 || add_views (txn, text, ways, erasure, error);
}

static gboolean
count (MosTxn *txn,
       const char *sql,
       const char *customer,
       guint *ret_count,
       GError **error)
{
  gint64 value = 0;

  if (!mos_database_get_int (txn->database, &value, error, sql, "t", customer))
    return FALSE;
  *ret_count = (guint) value;
  return TRUE;
}

#define MESSAGES_OF                                                                                                                                                            \
  "mails (id) AS (SELECT m.id FROM message m WHERE CASE WHEN " OWNER " IS NULL THEN m.conversation IN (SELECT id FROM conversation WHERE customer IN (SELECT id FROM family))" \
  " ELSE " OWNER " IN (SELECT id FROM family) END)"

gboolean
mos_store_customer_preview_erasure (MosTxn *txn,
                                    const char *customer,
                                    MosErasure **ret_erasure,
                                    GError **error)
{
  g_autoptr (MosErasure) erasure = mos_erasure_new ();
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *name = NULL;
  int r;

  erasure->mentions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  erasure->views = g_ptr_array_new_with_free_func (g_free);
  if (!mos_txn_flush (txn, error) ||
      !count (txn, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " THEIRS " SELECT count (*) FROM theirs", customer, &erasure->n_identities, error) ||
      !count (txn, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " SELECT count (*) FROM family f JOIN conversation c ON c.customer = f.id WHERE c.place NOT IN ('merged', 'blank')", customer, &erasure->n_conversations, error) ||
      !count (txn, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " MESSAGES_OF " SELECT count (*) FROM mails", customer, &erasure->n_messages, error) ||
      !count (txn, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " MESSAGES_OF " SELECT count (*) FROM mails JOIN attachment a ON a.message = mails.id", customer, &erasure->n_files, error) ||
      !mos_database_get_text (txn->database, &name, error, "SELECT name FROM customer WHERE id = ?", "t", customer))
    return FALSE;
  if (name != NULL && !add_traces (txn, customer, name, TRUE, FALSE, erasure, error))
    return FALSE;
  /* And by which name a chat knows them. */
  statement = mos_database_query (txn->database, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " THEIRS " SELECT i.value, i.kind, coalesce (i.name, '') FROM theirs t JOIN identity i ON i.id = t.id", "t", customer);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      g_autofree char *value = mos_statement_dup_text (statement, 0), *called = mos_statement_dup_text (statement, 2);
      gboolean is_phone = g_str_equal (mos_statement_get_text (statement, 1), "phone") || *value == '+';

      if (!add_traces (txn, customer, value, FALSE, is_phone, erasure, error) || !add_traces (txn, customer, called, TRUE, FALSE, erasure, error))
        return FALSE;
    }
  if (r < 0)
    return FALSE;
  *ret_erasure = g_steal_pointer (&erasure);
  return TRUE;
}

/* --- the rows --- */

typedef struct
{
  const char *customer;
  MosErasure *erasure;
} Erase;

/* Mail from before, and what a shop knows of before, is of somebody who is forgotten; who writes again is somebody new. */
static gboolean
put_identities (MosTxn *txn,
                MosErasure *erasure,
                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM temp.erasing_identity ORDER BY id", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);
  g_autoptr (GString) all = g_string_new (NULL);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      /* A merge of somebody else may name it: who has it no more gives nothing back. */
      if (!mos_erased_put (txn, "identity", ids->pdata[i], error) ||
          !mos_database_exec (txn->database, error, "UPDATE customer_merge SET record = replace (record, ?1, '') WHERE instr (record, ?1) > 0", "t", ids->pdata[i]))
        return FALSE;
      g_string_append (all, ids->pdata[i]);
    }
  erasure->hash = mos_erased_key (txn, "person", all->str);
  return TRUE;
}

/* What the shop goes on to say of an order is of somebody who is forgotten, by whatever address it was placed. */
static gboolean
put_orders (MosTxn *txn,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM temp.erasing_order", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_erased_put (txn, MOS_ERASED_ORDER, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}

/* That they want no more outlives them. */
static gboolean
put_opt_outs (MosTxn *txn,
              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM temp.erasing_person", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_store_opt_out_put_of (txn, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}

/* Who they were before: merged into somebody by mistake, and split off again instead of taken back; and addresses that were theirs and are nobody's now, be it
 * a number that whoever they were merged into was given for theirs. */
static gboolean
gather_former (MosTxn *txn,
               GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT OR IGNORE INTO temp.erasing_person SELECT m.source FROM customer_merge m JOIN customer c ON c.id = m.source AND c.deleted_at <> 0"
                            " WHERE EXISTS (SELECT 1 FROM json_each (m.record, '$.links') l WHERE l.value IN (SELECT id FROM temp.erasing_identity))"
                            " AND NOT EXISTS (SELECT 1 FROM json_each (m.record, '$.links') l WHERE l.value NOT IN (SELECT id FROM temp.erasing_identity))",
                            "") &&
         mos_database_exec (txn->database, error,
                            "INSERT OR IGNORE INTO temp.erasing_identity SELECT i.id FROM change x JOIN identity i ON i.id = substr (x.id, instr (x.id, char (31)) + 1)"
                            " WHERE x.entity = 'customer_identity' AND substr (x.id, 1, instr (x.id, char (31)) - 1) IN (SELECT id FROM temp.erasing_person)"
                            " AND NOT EXISTS (SELECT 1 FROM customer_identity o WHERE o.identity = i.id AND o.customer NOT IN (SELECT id FROM temp.erasing_person))",
                            "") &&
         mos_database_exec (txn->database, error,
                            "INSERT OR IGNORE INTO temp.erasing_identity SELECT i.id FROM customer_merge m JOIN identity i ON i.id = m.record ->> '$.kept_phone' WHERE m.source IN (SELECT id FROM temp.erasing_person)"
                            " AND NOT EXISTS (SELECT 1 FROM customer_identity o WHERE o.identity = i.id AND o.customer NOT IN (SELECT id FROM temp.erasing_person))",
                            "");
}

/* Merges of theirs, and those that followed upon one while it stood, into whomever: they know what it left. */
#define TAINTED                                                                                                                                       \
  "tainted (id, target, at, undone_at) AS (SELECT id, target, at, undone_at FROM customer_merge WHERE source IN (SELECT id FROM temp.erasing_person)" \
  " UNION SELECT n.id, n.target, n.at, n.undone_at FROM tainted m JOIN customer_merge n ON m.target IN (n.source, n.target) AND n.at >= m.at"         \
  " AND (m.undone_at = 0 OR n.at <= m.undone_at))"

/* What somebody was about to write to them, in conversations of others. */
static gboolean
erase_drafts (MosTxn *txn,
              GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) conversations = NULL;

  if (!mos_database_exec (txn->database, error, "INSERT INTO temp.erasing SELECT d.id FROM draft d WHERE " TO_ONE_OF ("temp.erasing_identity"), "") ||
      !mos_database_exec (txn->database, error, "INSERT INTO temp.erasing_blob SELECT a.value ->> 5 FROM draft d, json_each (d.attachments) a WHERE a.value ->> 5 IS NOT NULL AND d.id IN (SELECT id FROM temp.erasing)", ""))
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT DISTINCT conversation FROM draft WHERE id IN (SELECT id FROM temp.erasing)", "");
  conversations = mos_query_ids (statement, error);
  if (conversations == NULL ||
      !mos_database_exec (txn->database, error, "DELETE FROM draft WHERE id IN (SELECT id FROM temp.erasing)", ""))
    return FALSE;
  for (guint i = 0; i < conversations->len; i++)
    mos_txn_dirty (txn, conversations->pdata[i], MOS_DIRTY_DERIVED);
  return TRUE;
}

static gboolean
erase_person (MosTxn *txn,
              gpointer data,
              GError **error)
{
  static const char *const statements[] = {
    "INSERT INTO temp.erasing SELECT id FROM temp.erasing_person UNION SELECT id FROM temp.erasing_identity",
    "INSERT INTO temp.erasing SELECT value FROM identity WHERE id IN (SELECT id FROM temp.erasing_identity)",
    "INSERT INTO temp.erasing SELECT id FROM customer_merge WHERE source IN (SELECT id FROM temp.erasing_person) OR target IN (SELECT id FROM temp.erasing_person)",
    "INSERT INTO temp.erasing_value SELECT id FROM temp.erasing_person UNION SELECT id FROM temp.erasing_identity",
    "INSERT INTO temp.erasing_value SELECT lower (value) FROM identity WHERE id IN (SELECT id FROM temp.erasing_identity)",
    /* What is left of their messages: taken back ones in conversations of others. */
    "INSERT INTO temp.erasing SELECT id FROM message WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "INSERT INTO temp.erasing_blob SELECT raw_sha256 FROM message WHERE customer IN (SELECT id FROM temp.erasing_person) AND raw_sha256 IS NOT NULL"
    " UNION SELECT html_sha256 FROM message WHERE customer IN (SELECT id FROM temp.erasing_person) AND html_sha256 IS NOT NULL"
    " UNION SELECT a.sha256 FROM attachment a JOIN message m ON m.id = a.message WHERE m.customer IN (SELECT id FROM temp.erasing_person) AND a.sha256 IS NOT NULL",
    "DELETE FROM search WHERE rowid IN (SELECT seq FROM message WHERE customer IN (SELECT id FROM temp.erasing_person))",
    "DELETE FROM message WHERE customer IN (SELECT id FROM temp.erasing_person)",
    /* An order stays as a figure of the shop's, be it theirs or one that was placed with their address or number for somebody else: without the parcel's
     * number, too, by which its carrier knows them. */
    /* What is theirs only because its number stands in a text of theirs may be anybody's. */
    "INSERT INTO temp.erasing_order SELECT id FROM shop_order WHERE customer IN (SELECT id FROM temp.erasing_person) AND proof IS NOT 'number'"
    " UNION SELECT o.id FROM temp.erasing_identity e JOIN identity i ON i.id = e.id AND i.kind = 'email' JOIN shop_order o ON o.email = i.value AND o.email <> ''"
    " UNION SELECT o.id FROM temp.erasing_identity e JOIN identity i ON i.id = e.id AND i.kind = 'phone' JOIN shop_order o ON o.phone = ltrim (i.value, '+') AND o.phone <> ''",
    "INSERT INTO temp.erasing SELECT id FROM shop_order WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "DELETE FROM order_note WHERE shop_order IN (SELECT id FROM temp.erasing_order)",
    "UPDATE order_shipment SET number = '', url = '' WHERE shop_order IN (SELECT id FROM temp.erasing_order)",
    /* By what was asked for it is found out what became of it: of that which is not settled it goes when it is. */
    "UPDATE order_action SET " MOS_ORDER_ACTION_BLANK " WHERE shop_order IN (SELECT id FROM temp.erasing_order) AND state IN ('done', 'failed')",
    "UPDATE order_refund SET reason = '' WHERE shop_order IN (SELECT id FROM temp.erasing_order)",
    "UPDATE shop_order SET email = '', phone = '', name = '', address = '', note = '', customer_url = '' WHERE id IN (SELECT id FROM temp.erasing_order)",
    "UPDATE shop_order SET proof = NULL, customer = NULL WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "UPDATE conversation SET customer = NULL WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "UPDATE message SET identity = NULL WHERE identity IN (SELECT id FROM temp.erasing_identity)",
    "UPDATE event SET \"from\" = NULL, \"to\" = NULL WHERE kind = 'customer' AND (\"from\" IN (SELECT id FROM temp.erasing_person) OR \"to\" IN (SELECT id FROM temp.erasing_person))",
    "UPDATE event SET actor = NULL WHERE actor_kind = 'customer' AND actor IN (SELECT id FROM temp.erasing_person)",
    "INSERT INTO temp.erasing SELECT id FROM survey WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "UPDATE event SET \"from\" = NULL, \"to\" = NULL WHERE kind IN ('survey', 'survey_asked', 'survey_late', 'rescue', 'rescue_due') AND \"from\" IN (SELECT id FROM survey WHERE customer IN (SELECT id FROM temp.erasing_person))",
    "DELETE FROM survey_answer WHERE survey IN (SELECT id FROM survey WHERE customer IN (SELECT id FROM temp.erasing_person))",
    "DELETE FROM survey WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "DELETE FROM participant WHERE identity IN (SELECT id FROM temp.erasing_identity)",
    "DELETE FROM sender_rule WHERE address IN (SELECT value FROM identity WHERE kind = 'email' AND id IN (SELECT id FROM temp.erasing_identity))",
    "DELETE FROM image_sender WHERE address IN (SELECT value FROM identity WHERE kind = 'email' AND id IN (SELECT id FROM temp.erasing_identity))",
    "DELETE FROM automatic_mail WHERE recipient IN (SELECT value FROM identity WHERE kind = 'email' AND id IN (SELECT id FROM temp.erasing_identity))",
    "UPDATE outreach_person SET state = 'left-out', reason = 'erased' WHERE state = 'waiting' AND (customer IN (SELECT id FROM temp.erasing_person)"
    " OR address IN (SELECT value FROM identity WHERE kind = 'email' AND id IN (SELECT id FROM temp.erasing_identity)))",
    "UPDATE outreach_person SET customer = NULL, address = '', name = '', detail = NULL WHERE customer IN (SELECT id FROM temp.erasing_person)"
    " OR address IN (SELECT value FROM identity WHERE kind = 'email' AND id IN (SELECT id FROM temp.erasing_identity))",
    "UPDATE outreach SET audience = json_set (audience, '$.ids', (SELECT json_group_array (e.value) FROM json_each (audience, '$.ids') e WHERE e.value NOT IN (SELECT id FROM temp.erasing_person)))"
    " WHERE EXISTS (SELECT 1 FROM json_each (audience, '$.ids') e WHERE e.value IN (SELECT id FROM temp.erasing_person))",
    /* Whoever they were merged into had their notes, number and fields until that was taken back: in the log, and in what other merges of that time know. */
    "WITH RECURSIVE " TAINTED " DELETE FROM change WHERE (entity IN ('customer', 'customer_field', 'customer_identity') OR (entity = 'customer_merge' AND op = 'update')) AND batch IN (SELECT c.batch FROM tainted m JOIN change c ON c.entity = 'customer_merge' AND c.id = m.id)",
    "WITH RECURSIVE " TAINTED " UPDATE customer_merge SET record = json_set (record, '$.source', json_object ('name', record ->> '$.source.name'), '$.target', json ('{}'), '$.left', json ('{}'), '$.source_fields', json ('{}'), '$.target_fields', json ('{}'), '$.left_fields', json ('{}'))"
    " WHERE id IN (SELECT id FROM tainted)",
    "DELETE FROM customer_merge WHERE source IN (SELECT id FROM temp.erasing_person) OR target IN (SELECT id FROM temp.erasing_person)",
    "DELETE FROM customer_distinct WHERE one IN (SELECT id FROM temp.erasing_person) OR other IN (SELECT id FROM temp.erasing_person)",
    "DELETE FROM customer_field WHERE customer IN (SELECT id FROM temp.erasing_person)",
    "DELETE FROM customer_identity WHERE customer IN (SELECT id FROM temp.erasing_person) OR identity IN (SELECT id FROM temp.erasing_identity)",
    "DELETE FROM message_reaction WHERE person IN (SELECT id FROM temp.erasing_identity)",
    /* What a chat is known by is mostly what the person is known by; one in which others wrote stays theirs. */
    "DELETE FROM chat_thread WHERE identity IN (SELECT id FROM temp.erasing_identity) AND NOT EXISTS (SELECT 1 FROM chat_message m WHERE m.thread = chat_thread.id)",
    "DELETE FROM identity WHERE id IN (SELECT id FROM temp.erasing_identity)",
    "UPDATE customer SET merged_into = NULL WHERE id IN (SELECT id FROM temp.erasing_person)",
    "DELETE FROM customer WHERE id IN (SELECT id FROM temp.erasing_person)",
  };
  Erase *self = data;

  if (!mos_database_exec (txn->database, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY " INSERT INTO temp.erasing_person SELECT id FROM family", "t", self->customer) ||
      !mos_database_exec (txn->database, error, "WITH RECURSIVE " MOS_CUSTOMER_FAMILY ", " THEIRS " INSERT INTO temp.erasing_identity SELECT id FROM theirs", "t", self->customer) ||
      !gather_former (txn, error) || !erase_drafts (txn, error) || !put_identities (txn, self->erasure, error) || !put_opt_outs (txn, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!mos_database_exec (txn->database, error, statements[i], ""))
      return FALSE;
  return put_orders (txn, error);
}

#define PERSON_TABLES "CREATE TEMP TABLE erasing_person (id TEXT PRIMARY KEY); CREATE TEMP TABLE erasing_identity (id TEXT PRIMARY KEY); CREATE TEMP TABLE erasing_order (id TEXT PRIMARY KEY)"
#define PERSON_TABLES_GO "DROP TABLE IF EXISTS temp.erasing_person; DROP TABLE IF EXISTS temp.erasing_identity; DROP TABLE IF EXISTS temp.erasing_order"

gboolean
mos_store_customer_erase (MosTxn *txn,
                          const char *customer,
                          MosErasure *erasure,
                          GError **error)
{
  Erase self = { customer, erasure };
  gboolean done;

  done = mos_database_run_script (txn->database, PERSON_TABLES, error) &&
         mos_erase_run (txn, erase_person, mos_erase_forget, &self, error);
  if (!mos_database_run_script (txn->database, PERSON_TABLES_GO, done ? error : NULL) || !done)
    return FALSE;
  mos_txn_touch_customer (txn, customer);
  erasure->id = mos_id_new (txn->now_us);
  erasure->at_us = txn->now_us;
  return mos_database_exec (txn->database, error, "INSERT INTO erasure (id, at, agent, hash, identities, conversations, messages, files) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "tittiiii", erasure->id, txn->now_us, txn->actor.id,
                            erasure->hash, (gint64) erasure->n_identities, (gint64) erasure->n_conversations, (gint64) erasure->n_messages, (gint64) erasure->n_files) &&
         mos_erase_settle (txn, error);
}

gboolean
mos_store_erased_find_identity (MosTxn *txn,
                                const char *identity,
                                gint64 *ret_at_us,
                                GError **error)
{
  g_autofree char *key = NULL;
  gint64 any = 0;

  *ret_at_us = 0;
  /* Most desks never erased anything, and a key takes two rounds of SHA-256. */
  if (!mos_database_get_int (txn->database, &any, error, "SELECT EXISTS (SELECT 1 FROM erased)", ""))
    return FALSE;
  if (any == 0)
    return TRUE;
  key = mos_erased_key (txn, "identity", identity);
  return mos_database_get_int (txn->database, ret_at_us, error, "SELECT at FROM erased WHERE key = ?", "t", key);
}

GPtrArray *
mos_store_erasure_list (MosTxn *txn,
                        GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_erasure_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, at, hash, identities, conversations, messages, files FROM erasure ORDER BY at DESC, id DESC", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosErasure *erasure = mos_erasure_new ();

      erasure->id = mos_statement_dup_text (statement, 0);
      erasure->at_us = mos_statement_get_int (statement, 1);
      erasure->hash = mos_statement_dup_text (statement, 2);
      erasure->n_identities = (guint) mos_statement_get_int (statement, 3);
      erasure->n_conversations = (guint) mos_statement_get_int (statement, 4);
      erasure->n_messages = (guint) mos_statement_get_int (statement, 5);
      erasure->n_files = (guint) mos_statement_get_int (statement, 6);
      g_ptr_array_add (list, erasure);
    }
  return r >= 0 ? g_steal_pointer (&list) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-retention.h"

/* What the retention takes away. As in mos-store-erase.c everything goes by plain SQL; what would look at all of the log is only noted here, and done once for
 * all that a run took, in pieces. */

/* People that one piece looks at. */
#define MAX_PEOPLE 1000
/* Changes that one piece looks at. */
#define FORGET_LOOK 20000
/* A run that was given up so long ago will not go on. */
#define GIVEN_UP_US G_TIME_SPAN_DAY

typedef struct
{
  const char *id;
  gint64 run_us;
} Expire;

static gboolean
note (MosTxn *txn,
      const char *id,
      gint64 run_us,
      GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO retention_forget (id, run, seq) SELECT ?, ?, coalesce (max (seq), 0) FROM change", "ti", id, run_us);
}

/* --- people --- */

/* Who had to do with it: what else is left of them is looked at once all of it is gone. */
static gboolean
note_people (MosTxn *txn,
             const char *conversation,
             MosRetentionClass retention_class,
             GError **error)
{
  return mos_database_exec (txn->database, error,
                            "WITH RECURSIVE " MOS_MERGED_FAMILY " INSERT OR REPLACE INTO retention_person (id, class) SELECT customer, ?2 FROM"
                            " (SELECT c.customer FROM family f JOIN conversation c ON c.id = f.id WHERE c.customer IS NOT NULL"
                            " UNION SELECT m.customer FROM family f JOIN message m ON m.conversation = f.id WHERE m.customer IS NOT NULL"
                            " UNION SELECT ci.customer FROM family f JOIN participant p ON p.conversation = f.id JOIN customer_identity ci ON ci.identity = p.identity)",
                            "tt", conversation, mos_retention_class_to_nick (retention_class));
}

/* Whether nothing is left of somebody but a name and addresses that came with the mail. Who ordered something, was entered or noted something about by a person, or said
 * what they want to be written, stays. */
#define NOTHING_LEFT                                                                                                                             \
  "SELECT 1 FROM customer x WHERE x.id = ?1 AND x.merged_into IS NULL AND x.deleted_at = 0 AND x.vip = 0 AND x.notes = '' AND x.consent IS NULL" \
  " AND x.company IS NULL AND x.phone IS NULL AND x.country IS NULL"                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM customer_field WHERE customer = ?1)"                                                                           \
  " AND NOT EXISTS (SELECT 1 FROM customer WHERE merged_into = ?1)"                                                                              \
  " AND NOT EXISTS (SELECT 1 FROM customer_merge WHERE source = ?1)"                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM customer_merge WHERE target = ?1)"                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM conversation WHERE customer = ?1)"                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM message WHERE customer = ?1)"                                                                                  \
  " AND NOT EXISTS (SELECT 1 FROM shop_order WHERE customer = ?1)"                                                                               \
  " AND NOT EXISTS (SELECT 1 FROM survey WHERE customer = ?1)"                                                                                   \
  " AND NOT EXISTS (SELECT 1 FROM outreach_person WHERE customer = ?1 AND state = 'waiting')"                                                    \
  " AND NOT EXISTS (SELECT 1 FROM customer_identity ci JOIN identity i ON i.id = ci.identity WHERE ci.customer = ?1 AND i.source = 'agent')"     \
  " AND NOT EXISTS (SELECT 1 FROM customer_identity ci JOIN participant p ON p.identity = ci.identity WHERE ci.customer = ?1)"                   \
  " AND NOT EXISTS (SELECT 1 FROM customer_identity ci JOIN message m ON m.identity = ci.identity WHERE ci.customer = ?1)"

static gboolean
remove_person (MosTxn *txn,
               const char *id,
               gint64 run_us,
               GError **error)
{
  static const char *const statements[] = {
    "UPDATE outreach_person SET customer = NULL, address = '', name = '', detail = NULL WHERE customer = ?1",
    "DELETE FROM customer_distinct WHERE one = ?1",
    "DELETE FROM customer_distinct WHERE other = ?1",
    "DELETE FROM customer_identity WHERE customer = ?1",
    "DELETE FROM customer WHERE id = ?1",
  };
  /* An address that somebody else has, too, stays theirs. */
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT ci.identity FROM customer_identity ci WHERE ci.customer = ?1 AND NOT EXISTS (SELECT 1 FROM customer_identity o WHERE o.identity = ci.identity AND o.customer <> ?1)", "t", id);
  g_autoptr (GPtrArray) identities = mos_query_ids (statement, error);

  if (identities == NULL || !note (txn, id, run_us, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!mos_database_exec (txn->database, error, statements[i], "t", id))
      return FALSE;
  for (guint i = 0; i < identities->len; i++)
    if (!note (txn, identities->pdata[i], run_us, error) ||
        !mos_database_exec (txn->database, error, "DELETE FROM image_sender WHERE address = (SELECT value FROM identity WHERE id = ? AND kind = 'email')", "t", identities->pdata[i]) ||
        !mos_database_exec (txn->database, error, "DELETE FROM message_reaction WHERE person = ?", "t", identities->pdata[i]) ||
        !mos_database_exec (txn->database, error, "DELETE FROM chat_thread WHERE identity = ?1 AND NOT EXISTS (SELECT 1 FROM chat_message m WHERE m.thread = chat_thread.id)", "t", identities->pdata[i]) ||
        !mos_database_exec (txn->database, error, "DELETE FROM identity WHERE id = ?", "t", identities->pdata[i]))
      return FALSE;
  mos_txn_touch_customer (txn, id);
  return TRUE;
}

static gboolean
look_at_person (MosTxn *txn,
                const char *id,
                gint64 run_us,
                guint *n_gone,
                GError **error)
{
  gint64 goes = 0;

  if (!mos_database_get_int (txn->database, &goes, error, NOTHING_LEFT, "t", id))
    return FALSE;
  if (goes != 0)
    {
      if (!remove_person (txn, id, run_us, error) ||
          !mos_database_exec (txn->database, error, "UPDATE retention_receipt SET customers = customers + 1 WHERE at = ? AND class = (SELECT class FROM retention_person WHERE id = ?)", "it", run_us, id))
        return FALSE;
      ++*n_gone;
    }
  return mos_database_exec (txn->database, error, "DELETE FROM retention_person WHERE id = ?", "t", id);
}

/* Which messages name somebody is asked for each of them, and by the foreign keys again. An index for that would cost every mail that comes (a thirtieth, measured); made
 * for this transaction it costs one look at the messages. */
#define NAMED_IN                                                                                   \
  "CREATE INDEX main.retention_message_customer ON message (customer) WHERE customer IS NOT NULL;" \
  "CREATE INDEX main.retention_message_identity ON message (identity) WHERE identity IS NOT NULL"
#define NAMED_IN_GO "DROP INDEX main.retention_message_customer; DROP INDEX main.retention_message_identity"

gboolean
mos_store_retention_remove_people (MosTxn *txn,
                                   gint64 run_us,
                                   guint *ret_n,
                                   gboolean *ret_more,
                                   GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  gint64 left = 0;

  *ret_n = 0;
  *ret_more = FALSE;
  if (!mos_txn_flush (txn, error))
    return FALSE;
  {
    g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM retention_person LIMIT " G_STRINGIFY (MAX_PEOPLE), "");

    ids = mos_query_ids (statement, error);
  }
  if (ids == NULL || ids->len == 0)
    return ids != NULL;
  if (!mos_database_run_script (txn->database, NAMED_IN, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!look_at_person (txn, ids->pdata[i], run_us, ret_n, error))
      return FALSE;
  if (!mos_database_run_script (txn->database, NAMED_IN_GO, error) || !mos_database_get_int (txn->database, &left, error, "SELECT EXISTS (SELECT 1 FROM retention_person)", ""))
    return FALSE;
  *ret_more = left != 0;
  txn->is_erasing = TRUE;
  return TRUE;
}

/* --- conversations --- */

static gboolean
expire_one (MosTxn *txn,
            gpointer data,
            GError **error)
{
  const Expire *expire = data;

  return mos_erase_conversation (txn, expire->id, error);
}

static gboolean
forget_later (MosTxn *txn,
              gpointer data,
              GError **error)
{
  const Expire *expire = data;

  return mos_database_exec (txn->database, error,
                            "INSERT OR REPLACE INTO retention_forget (id, run, seq) SELECT DISTINCT id, ?, (SELECT coalesce (max (seq), 0) FROM change) FROM temp.erasing", "i", expire->run_us);
}

gboolean
mos_store_conversation_expire (MosTxn *txn,
                               const char *id,
                               MosRetentionClass retention_class,
                               gint64 run_us,
                               GError **error)
{
  const char *const ids[] = { id, NULL };
  Expire expire = { id, run_us };
  gint64 last = 0, last_now = 0;

  /* Nobody deleted it, so its measures count on: there is no event of it. */
  if (!note_people (txn, id, retention_class, error) || !mos_database_get_int (txn->database, &last, error, "SELECT max (seq) FROM message", "") ||
      !mos_database_exec (txn->database, error, "UPDATE conversation SET deleted_at = ? WHERE id = ? AND deleted_at = 0", "it", txn->now_us, id) ||
      !mos_erase_run (txn, expire_one, forget_later, &expire, error) || !mos_erase_mark (txn, ids, error) || !mos_txn_flush (txn, error) ||
      !mos_database_get_int (txn->database, &last_now, error, "SELECT max (seq) FROM message", ""))
    return FALSE;
  /* The next message gets the number of one that went: it must not find what that waited for. */
  return last_now == last || mos_erase_forget_references (txn, error);
}

/* --- the log --- */

gboolean
mos_store_retention_has_to_forget (MosTxn *txn,
                                   gint64 run_us,
                                   gboolean *ret_has,
                                   GError **error)
{
  gint64 has = 0;

  *ret_has = FALSE;
  if (!mos_database_exec (txn->database, error, "UPDATE retention_forget SET run = ?1 WHERE run < ?1 - ?2", "ii", run_us, (gint64) GIVEN_UP_US) ||
      !mos_database_get_int (txn->database, &has, error, "SELECT EXISTS (SELECT 1 FROM retention_forget WHERE run = ?)", "i", run_us))
    return FALSE;
  *ret_has = has != 0;
  return TRUE;
}

gboolean
mos_store_retention_forget (MosTxn *txn,
                            gint64 run_us,
                            gint64 *position,
                            gboolean *ret_more,
                            GError **error)
{
  const gint64 upto = *position + FORGET_LOOK;
  gint64 last = 0;

  /* As in mos_erase_forget(): a batch that has nothing left to take back has no undo. */
  if (!mos_txn_flush (txn, error) || !mos_database_get_int (txn->database, &last, error, "SELECT max (seq) FROM retention_forget WHERE run = ?", "i", run_us) ||
      !mos_database_run_script (txn->database, "CREATE TEMP TABLE forgetting (seq INTEGER PRIMARY KEY, batch INTEGER)", error) ||
      !mos_database_exec (txn->database, error, "INSERT INTO temp.forgetting SELECT c.seq, c.batch FROM change c WHERE c.seq > ? AND c.seq <= ? AND " MOS_IS_FORGOTTEN (" AND f.run = ?"), "iii", *position, upto, run_us) ||
      !mos_database_run_script (txn->database,
                                "DELETE FROM main.change WHERE seq IN (SELECT seq FROM temp.forgetting);"
                                "UPDATE main.batch SET label = NULL WHERE batch IN (SELECT batch FROM temp.forgetting) AND NOT EXISTS (SELECT 1 FROM main.change c WHERE c.batch = main.batch.batch);"
                                "DROP TABLE temp.forgetting",
                                error))
    {
      mos_database_run_script (txn->database, "DROP TABLE IF EXISTS temp.forgetting", NULL);
      return FALSE;
    }
  *position = upto;
  *ret_more = upto < last;
  txn->is_erasing = TRUE;
  return *ret_more || (mos_database_exec (txn->database, error, "DELETE FROM retention_forget WHERE run = ?", "i", run_us) && mos_erase_forget_references (txn, error));
}

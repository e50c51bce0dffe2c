/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-automatic.h"

#include "core/store/mos-store-private.h"

#define KEEP_US (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

static char *
digest_of (const char *subject)
{
  return subject != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, subject, -1) : NULL;
}

gboolean
mos_store_automatic_add (MosTxn *txn,
                         const char *message,
                         const char *account,
                         const char *conversation,
                         const char *recipient,
                         const char *subject,
                         gint64 at_us,
                         GError **error)
{
  g_autofree char *digest = digest_of (subject);

  /* Also those "of tomorrow": the clock was wrong when they were written, and would count for ever. */
  return mos_database_exec (txn->database, error, "DELETE FROM automatic_mail WHERE at < ?1 - ?2 OR at > ?1 + ?2", "ii", txn->now_us, KEEP_US) &&
         mos_database_exec (txn->database, error, "INSERT INTO automatic_mail (message, account, conversation, recipient, subject, at) VALUES (?, ?, ?, ?, ?, ?)", "tttt"
                                                                                                                                                                   "ti",
                            message, account, conversation, recipient, digest, at_us);
}

gboolean
mos_store_automatic_count (MosTxn *txn,
                           const MosAutomaticFilter *filter,
                           guint *ret_count,
                           GError **error)
{
  g_autofree char *digest = digest_of (filter->subject);
  gint64 count = 0;

  if (!mos_database_get_int (txn->database, &count, error,
                             "SELECT count (*) FROM automatic_mail WHERE at >= ?1 AND (?2 IS NULL OR account = ?2) AND (?3 IS NULL OR conversation = ?3)"
                             " AND (?4 IS NULL OR recipient = ?4) AND (?5 IS NULL OR subject = ?5)",
                             "itttt", filter->since_us, filter->account, filter->conversation, filter->recipient, digest))
    return FALSE;
  *ret_count = (guint) count;
  return TRUE;
}

gboolean
mos_store_automatic_is_granted (MosTxn *txn,
                                const char *message,
                                gboolean *ret_is,
                                GError **error)
{
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error, "SELECT EXISTS (SELECT 1 FROM automatic_mail WHERE message = ?)", "t", message))
    return FALSE;
  *ret_is = is != 0;
  return TRUE;
}

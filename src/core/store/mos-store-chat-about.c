/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-chat.h"

#include "core/store/mos-store-private.h"

/* Of what is quoted: a line or two. */
#define QUOTED_CHARACTERS 200

gboolean
mos_store_chat_set_about (MosTxn *txn,
                          const char *message,
                          gint64 thread,
                          const char *reply_to,
                          const char *forwarded,
                          const char *payload,
                          gboolean is_press,
                          GError **error)
{
  if (reply_to == NULL && forwarded == NULL && payload == NULL && !is_press)
    return TRUE;
  return mos_database_exec (txn->database, error,
                            "INSERT INTO chat_about (message, reply_thread, reply_remote, forwarded, payload, is_press) VALUES (?1, CASE WHEN ?3 IS NOT NULL THEN ?2 END, ?3, ?4, ?5, ?6)"
                            " ON CONFLICT (message) DO UPDATE SET reply_thread = excluded.reply_thread, reply_remote = excluded.reply_remote, forwarded = excluded.forwarded,"
                            " payload = excluded.payload, is_press = excluded.is_press",
                            "titttd", message, thread, reply_to, forwarded, payload, is_press);
}

gboolean
mos_store_chat_set_buttons (MosTxn *txn,
                            const char *message,
                            const char *const *labels,
                            GError **error)
{
  g_autofree char *text = mos_chat_labels_to_text (labels);

  return *text == '\0' || mos_database_exec (txn->database, error, "INSERT INTO chat_about (message, buttons) VALUES (?, ?) ON CONFLICT (message) DO UPDATE SET buttons = excluded.buttons", "tt", message, text);
}

gboolean
mos_store_chat_was_pressed (MosTxn *txn,
                            gint64 thread,
                            const char *remote,
                            gboolean *ret_was,
                            GError **error)
{
  gint64 n = 0;

  if (!mos_database_get_int (txn->database, &n, error, "SELECT EXISTS (SELECT 1 FROM chat_about WHERE reply_thread = ? AND reply_remote = ? AND is_press = 1)", "it", thread, remote))
    return FALSE;
  *ret_was = n != 0;
  return TRUE;
}

gboolean
mos_store_chat_find_about (MosTxn *txn,
                           const char *message,
                           MosChatAbout **ret_about,
                           GError **error)
{
  /* What is quoted may have no words; then its first file says what it is. */
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT a.forwarded, a.payload, a.is_press, a.reply_remote IS NOT NULL, m.id, m.direction = 'outgoing', coalesce (g.name, nullif (m.from_name, ''), m.from_address),"
                          " substr (coalesce (nullif (t.text, ''), (SELECT f.name FROM attachment f WHERE f.message = m.id ORDER BY f.position LIMIT 1), ''), 1, ?2), a.buttons"
                          " FROM chat_about a LEFT JOIN chat_message c ON c.thread = a.reply_thread AND c.remote = a.reply_remote"
                          " LEFT JOIN message m ON m.id = c.message AND m.removed_at = 0 LEFT JOIN message_text t ON t.seq = m.seq LEFT JOIN agent g ON g.id = m.agent WHERE a.message = ?1",
                          "td", message, QUOTED_CHARACTERS);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  MosChatAbout *about;

  *ret_about = NULL;
  if (r <= 0)
    return r == 0;
  about = mos_chat_about_new ();
  about->forwarded = mos_statement_dup_text (statement, 0);
  about->payload = mos_statement_dup_text (statement, 1);
  about->is_press = mos_statement_get_int (statement, 2) != 0;
  about->is_reply = mos_statement_get_int (statement, 3) != 0;
  about->reply_to = mos_statement_dup_text (statement, 4);
  about->reply_is_ours = mos_statement_get_int (statement, 5) != 0;
  about->reply_from = mos_statement_dup_text (statement, 6);
  about->reply_text = mos_statement_dup_text (statement, 7);
  about->buttons = mos_chat_labels_from_text (mos_statement_get_text (statement, 8));
  *ret_about = about;
  return TRUE;
}

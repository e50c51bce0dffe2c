/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-tags.h"

#include "core/store/mos-store-events.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-tokenizer.h"

gboolean
mos_store_tag_set (MosTxn *txn,
                   const char *conversation,
                   const char *tag,
                   gboolean add,
                   GError **error)
{
  g_autofree char *plain = g_strstrip (g_strdelimit (g_strdup (tag), "\x1f\n\r\t", ' '));
  g_autofree char *folded = mos_fold (plain);
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  gint64 exists = 0;

  if (*plain == '\0')
    return TRUE;
  /* A tag of signs alone ("!!!") is compared as it is. */
  if (*folded == '\0')
    {
      g_free (folded);
      folded = g_strdup (plain);
    }
  if (!mos_database_get_text (txn->database, &name, error, "SELECT name FROM tag WHERE folded = ?", "t", folded))
    return FALSE;
  if (name == NULL)
    {
      if (!add)
        return TRUE;
      name = g_strdup (plain);
      if (!mos_database_exec (txn->database, error, "INSERT INTO tag (name, folded) VALUES (?, ?)", "tt", name, folded))
        return FALSE;
    }
  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM conversation_tag WHERE conversation = ? AND tag = ?", "tt", conversation, name))
    return FALSE;
  if ((exists != 0) == (add != FALSE))
    return TRUE;

  id = g_strconcat (conversation, "\x1f", name, NULL);
  if (add)
    {
      g_autoptr (JsonObject) values = json_object_new ();

      json_object_set_string_member (values, "conversation", conversation);
      json_object_set_string_member (values, "tag", name);
      if (!mos_record_write (txn, &mos_entity_conversation_tag, id, values, FALSE, error))
        return FALSE;
    }
  else if (!mos_record_delete (txn, &mos_entity_conversation_tag, id, NULL, error))
    return FALSE;
  return mos_store_event_add (txn, conversation, NULL, add ? "tag" : "untag", add ? NULL : name, add ? name : NULL, 0, FALSE, error);
}

GStrv
mos_store_tag_list (MosTxn *txn,
                    GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT name FROM tag WHERE EXISTS (SELECT 1 FROM conversation_tag WHERE tag = name) ORDER BY folded", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_strv_builder_add (builder, mos_statement_get_text (statement, 0));
  return r == 0 ? g_strv_builder_end (builder) : NULL;
}

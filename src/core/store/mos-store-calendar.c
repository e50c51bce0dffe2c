/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-calendar.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-private.h"

static void
mos_calendar_row_clear (MosCalendarRow *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->text, g_free);
}

MOS_DEFINE_VALUE (MosCalendarRow, calendar_row)

GPtrArray *
mos_store_calendar_list (MosTxn *txn,
                         GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_row_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, valid_from, text FROM calendar_version ORDER BY valid_from, id", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosCalendarRow *row = mos_calendar_row_new ();

      row->id = mos_statement_dup_text (statement, 0);
      row->valid_from_us = mos_statement_get_int (statement, 1);
      row->text = mos_statement_dup_text0 (statement, 2);
      g_ptr_array_add (rows, row);
    }
  return r == 0 ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
mos_store_calendar_load (MosTxn *txn,
                         GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_calendar_list (txn, error);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_version_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MosCalendarRow *row = rows->pdata[i];
      MosCalendar *calendar = mos_calendar_parse (row->text, NULL);
      MosCalendarVersion *version;

      /* A zone that this computer does not know, or a newer Mostrador's text: the rest still counts. */
      if (calendar == NULL)
        {
          g_debug ("Business hours %s are not understood", row->id);
          continue;
        }
      version = g_new0 (MosCalendarVersion, 1);
      version->valid_from_us = row->valid_from_us;
      version->calendar = calendar;
      g_ptr_array_add (versions, version);
    }
  return rows != NULL ? g_steal_pointer (&versions) : NULL;
}

gboolean
mos_store_calendar_add (MosTxn *txn,
                        const char *text,
                        GError **error)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autofree char *id = mos_id_new (txn->now_us);
  gint64 last_us = G_MININT64;

  if (!mos_database_get_int (txn->database, &last_us, error, "SELECT ifnull (max (valid_from), ?) FROM calendar_version", "i", G_MININT64))
    return FALSE;
  json_object_set_string_member (values, "id", id);
  /* After all that are there, whatever the clock says: it may have been put back, or not have moved. */
  json_object_set_int_member (values, "valid_from", last_us < txn->now_us ? txn->now_us : last_us + 1);
  json_object_set_string_member (values, "text", text);
  return mos_record_write (txn, &mos_entity_calendar_version, id, values, FALSE, error);
}

gboolean
mos_store_calendar_correct (MosTxn *txn,
                            const char *id,
                            const char *text,
                            GError **error)
{
  return mos_record_set (txn, &mos_entity_calendar_version, id, NULL, error, "text", 't', text, NULL);
}

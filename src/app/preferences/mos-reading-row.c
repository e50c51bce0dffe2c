/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-reading-row.h"

#include <glib/gi18n.h>

struct _MosReadingRow
{
  AdwActionRow parent_instance;

  MosDesk *desk;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  guint ask_id;
};

G_DEFINE_FINAL_TYPE (MosReadingRow, mos_reading_row, ADW_TYPE_ACTION_ROW)

char *
mos_reading_text (const MosDeskReading *reading,
                  char **ret_detail)
{
  guint read = reading->total - MIN (reading->waiting, reading->total);

  *ret_detail = NULL;
  if (reading->waiting == 0)
    return NULL;
  if (!reading->is_on)
    {
      *ret_detail = g_strdup (_ ("What is in the others is not found."));
      /* Translators: numbers of files that are attached to mails */
      return g_strdup_printf (_ ("Paused: %'u of %'u read"), read, reading->total);
    }
  if (!reading->can_read)
    {
      *ret_detail = g_strdup (_ ("The program that reads them (mostrador-extract) is missing, or this system cannot confine it. Everything else is found."));
      return g_strdup (_ ("Attachments Cannot Be Read Here"));
    }
  /* Translators: numbers of files that are attached to mails */
  return g_strdup_printf (_ ("Reading attachments: %'u of %'u"), read, reading->total);
}

static void ask (MosReadingRow *self);

static gboolean
on_ask_cb (gpointer user_data)
{
  MosReadingRow *self = user_data;

  self->ask_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosReadingRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  MosDeskReading reading;

  if (!mos_desk_load_reading_finish (MOS_DESK (source), result, &reading, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("How far attachments are read is not known: %s", error->message);
      return;
    }
  if (self->desk == NULL)
    return;
  title = mos_reading_text (&reading, &detail);
  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), detail != NULL ? detail : "");
  /* The dialog stands open, or it is gone and this with it. */
  if (self->ask_id == 0)
    self->ask_id = g_timeout_add_seconds (1, on_ask_cb, self);
}

static void
ask (MosReadingRow *self)
{
  mos_desk_load_reading_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_reading_row_dispose (GObject *object)
{
  MosReadingRow *self = MOS_READING_ROW (object);

  g_clear_handle_id (&self->ask_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_reading_row_parent_class)->dispose (object);
}

static void
mos_reading_row_finalize (GObject *object)
{
  g_clear_object (&MOS_READING_ROW (object)->cancellable);
  G_OBJECT_CLASS (mos_reading_row_parent_class)->finalize (object);
}

static void
mos_reading_row_class_init (MosReadingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_reading_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_reading_row_finalize;
}

static void
mos_reading_row_init (MosReadingRow *self)
{
  self->cancellable = g_cancellable_new ();
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

void
mos_reading_row_set_desk (MosReadingRow *self,
                          MosDesk *desk)
{
  g_return_if_fail (MOS_IS_READING_ROW (self));

  if (!g_set_object (&self->desk, desk) || desk == NULL)
    return;
  ask (self);
}

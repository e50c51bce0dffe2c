/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-log-row.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-time-text.h"

#include "core/desk/mos-desk-delivery.h"

#include <glib/gi18n.h>

struct _MosAccountLogRow
{
  AdwExpanderRow parent_instance;

  /* Owned */
  MosDesk *desk;             /* (nullable) */
  char *account;             /* (nullable) */
  GPtrArray *rows;           /* (element-type GtkWidget) */
  GCancellable *cancellable; /* of reading */
};

G_DEFINE_FINAL_TYPE (MosAccountLogRow, mos_account_log_row, ADW_TYPE_EXPANDER_ROW)

char *
mos_account_entry_title (const MosAccountEntry *entry)
{
  if (entry->why != NULL)
    return g_strdup (mos_error_text_for_why (entry->why).title);
  if (entry->n_new > 0)
    /* Translators: a number of messages that customers wrote. */
    return g_strdup_printf (ngettext ("%'u new message", "%'u new messages", entry->n_new), entry->n_new);
  return g_strdup (_ ("Nothing new"));
}

char *
mos_account_entry_text (const MosAccountEntry *entry,
                        gint64 now_us,
                        GTimeZone *zone)
{
  g_autofree char *at = mos_time_text_relative (entry->at_us, now_us, zone);
  GString *text = g_string_new (NULL);

  if (entry->times > 1)
    {
      g_autofree char *since = mos_time_text_relative (entry->since_us, now_us, zone);

      /* Translators: two times such as "5 min ago" and "Yesterday, 14:05", and a number, 2 or more. */
      g_string_printf (text, ngettext ("%1$s; %3$u time since %2$s", "%1$s; %3$u times since %2$s", entry->times), at, since, entry->times);
    }
  else
    g_string_assign (text, at);
  if (entry->why != NULL)
    g_string_append_printf (text, "\n%s", mos_error_text_for_why (entry->why).sentence);
  if (entry->why != NULL && entry->detail != NULL && *entry->detail != '\0')
    g_string_append_printf (text, "\n%s", entry->detail);
  return g_string_free (text, FALSE);
}

static void
clear (MosAccountLogRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
add (MosAccountLogRow *self,
     const char *title,
     const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosAccountLogRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = mos_desk_load_account_log_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  clear (self);
  if (entries == NULL)
    add (self, mos_error_text (error).title, mos_error_text (error).sentence);
  else if (entries->len == 0)
    add (self, _ ("Nothing yet"), _ ("The next time it is looked for messages, it is written down here."));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const MosAccountEntry *entry = entries->pdata[i];
      g_autofree char *title = mos_account_entry_title (entry);
      g_autofree char *text = mos_account_entry_text (entry, g_get_real_time (), NULL);

      add (self, title, text);
    }
}

static void
on_expanded_cb (MosAccountLogRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && self->desk != NULL)
    mos_desk_load_account_log_async (self->desk, self->account, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_account_log_row_dispose (GObject *object)
{
  MosAccountLogRow *self = MOS_ACCOUNT_LOG_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_account_log_row_parent_class)->dispose (object);
}

static void
mos_account_log_row_finalize (GObject *object)
{
  MosAccountLogRow *self = MOS_ACCOUNT_LOG_ROW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->account, g_free);
  G_OBJECT_CLASS (mos_account_log_row_parent_class)->finalize (object);
}

static void
mos_account_log_row_class_init (MosAccountLogRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_account_log_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_account_log_row_finalize;
}

static void
mos_account_log_row_init (MosAccountLogRow *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("What Happened Lately"));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded_cb), NULL);
}

void
mos_account_log_row_set_account (MosAccountLogRow *self,
                                 MosDesk *desk,
                                 const char *account)
{
  g_return_if_fail (MOS_IS_ACCOUNT_LOG_ROW (self));

  g_set_object (&self->desk, desk);
  g_set_str (&self->account, account);
}

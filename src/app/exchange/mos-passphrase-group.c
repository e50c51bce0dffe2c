/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-passphrase-group.h"

#include <glib/gi18n.h>

struct _MosPassphraseGroup
{
  AdwPreferencesGroup parent_instance;

  /* owned by the tree */
  GtkEditable *first;
  GtkEditable *second;
};

G_DEFINE_FINAL_TYPE (MosPassphraseGroup, mos_passphrase_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

const char *
mos_passphrase_group_get (MosPassphraseGroup *self)
{
  const char *first = gtk_editable_get_text (self->first);

  return *first != '\0' && g_str_equal (first, gtk_editable_get_text (self->second)) ? first : NULL;
}

static void
on_changed_cb (MosPassphraseGroup *self)
{
  const char *second = gtk_editable_get_text (self->second);

  /* While the second one is still a beginning of the first, nothing is wrong. */
  if (*second != '\0' && !g_str_has_prefix (gtk_editable_get_text (self->first), second))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->second), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->second), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->second), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->second), GTK_ACCESSIBLE_STATE_INVALID);
    }
  g_signal_emit (self, changed_signal, 0);
}

static GtkEditable *
add_row (MosPassphraseGroup *self,
         const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return GTK_EDITABLE (row);
}

static void
mos_passphrase_group_class_init (MosPassphraseGroupClass *klass)
{
  changed_signal = g_signal_new ("changed", MOS_TYPE_PASSPHRASE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_passphrase_group_init (MosPassphraseGroup *self)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("Nobody can open a backup without its passphrase, not even you. Write it down and keep it away from the backup; several words are better than one."));
  self->first = add_row (self, _ ("_Passphrase"));
  self->second = add_row (self, _ ("Passphrase _Again"));
}

MosPassphraseGroup *
mos_passphrase_group_new (void)
{
  return g_object_new (MOS_TYPE_PASSPHRASE_GROUP, NULL);
}

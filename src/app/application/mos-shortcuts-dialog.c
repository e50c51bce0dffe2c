/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-shortcuts-dialog.h"

#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts.h"

#include <glib/gi18n.h>

struct _MosShortcutsDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkStack *stack;
  AdwPreferencesPage *page;

  /* Children of the page, in the order of the table */
  AdwPreferencesGroup *groups[MOS_SHORTCUT_N_SECTIONS];
  GPtrArray *rows; /* (owned), rows borrowed */
};

G_DEFINE_FINAL_TYPE (MosShortcutsDialog, mos_shortcuts_dialog, ADW_TYPE_DIALOG)

static char *
describe_trigger (MosShortcutsDialog *self,
                  const char *trigger)
{
  g_autoptr (GtkShortcutTrigger) parsed = gtk_shortcut_trigger_parse_string (trigger);

  return gtk_shortcut_trigger_to_label (parsed, gtk_widget_get_display (GTK_WIDGET (self)));
}

static void
add_key (MosShortcutsDialog *self,
         AdwActionRow *row,
         GString *spoken,
         const char *trigger)
{
  g_autofree char *text = describe_trigger (self, trigger);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "mos-key");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, label);
  if (spoken->len > 0)
    g_string_append (spoken, C_ ("list", ", "));
  g_string_append (spoken, text);
}

static void
add_row (MosShortcutsDialog *self,
         const MosShortcut *shortcut)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autoptr (GString) spoken = g_string_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), mos_shortcut_get_title (shortcut));
  if (shortcut->key != NULL && g_settings_get_boolean (mos_settings_get (), "single-key-shortcuts"))
    add_key (self, row, spoken, shortcut->key);
  add_key (self, row, spoken, shortcut->accels[0]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken->str, -1);
  adw_preferences_group_add (self->groups[shortcut->section], GTK_WIDGET (row));
  g_object_set_data_full (G_OBJECT (row), "keys", g_strdup (spoken->str), g_free);
  g_ptr_array_add (self->rows, row);
}

static void
on_search_changed_cb (MosShortcutsDialog *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  gboolean shown[MOS_SHORTCUT_N_SECTIONS] = { FALSE };
  gboolean any = FALSE;
  guint n;
  const MosShortcut *shortcuts = mos_shortcuts_get (&n);

  for (guint i = 0; i < self->rows->len && i < n; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autofree char *title = g_utf8_casefold (mos_shortcut_get_title (&shortcuts[i]), -1);
      g_autofree char *keys = g_utf8_casefold (g_object_get_data (G_OBJECT (row), "keys"), -1);
      gboolean match = strstr (title, text) != NULL || strstr (keys, text) != NULL;

      gtk_widget_set_visible (row, match);
      shown[shortcuts[i].section] = shown[shortcuts[i].section] || match;
      any = any || match;
    }
  for (guint i = 0; i < MOS_SHORTCUT_N_SECTIONS; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[i]), shown[i]);
  gtk_stack_set_visible_child_name (self->stack, any ? "keys" : "none");
}

static void
on_stop_cb (MosShortcutsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
mos_shortcuts_dialog_dispose (GObject *object)
{
  MosShortcutsDialog *self = MOS_SHORTCUTS_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (mos_shortcuts_dialog_parent_class)->dispose (object);
}

static void
mos_shortcuts_dialog_class_init (MosShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosShortcutsDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, MosShortcutsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosShortcutsDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
}

static void
mos_shortcuts_dialog_init (MosShortcutsDialog *self)
{
  guint n;
  const MosShortcut *shortcuts = mos_shortcuts_get (&n);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < MOS_SHORTCUT_N_SECTIONS; i++)
    {
      self->groups[i] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (self->groups[i], mos_shortcut_section_get_title ((MosShortcutSection) i));
      adw_preferences_page_add (self->page, self->groups[i]);
    }
  for (guint i = 0; i < n; i++)
    add_row (self, &shortcuts[i]);
}

MosShortcutsDialog *
mos_shortcuts_dialog_new (void)
{
  return g_object_new (MOS_TYPE_SHORTCUTS_DIALOG, NULL);
}

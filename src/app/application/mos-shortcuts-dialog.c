/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-shortcuts-dialog.h"

#include "app/application/mos-key-dialog.h"
#include "app/application/mos-key.h"
#include "app/application/mos-keymap.h"
#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts.h"
#include "app/widgets/mos-dialog.h"
#include "core/base/mos-fuzzy.h"

#include <glib/gi18n.h>

struct _MosShortcutsDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkStack *stack;
  AdwPreferencesPage *page;
  AdwPreferencesGroup *mode;
  GtkWidget *single_key;

  /* Children of the page, in the order of the table */
  AdwPreferencesGroup *groups[MOS_SHORTCUT_N_SECTIONS];
  GPtrArray *rows; /* (owned), rows borrowed */

  const MosShortcut *resetting; /* (nullable): while it is asked about */
};

G_DEFINE_FINAL_TYPE (MosShortcutsDialog, mos_shortcuts_dialog, ADW_TYPE_DIALOG)

static const MosShortcut *
get_shortcut (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "shortcut");
}

/* --- one row --- */

static void
fill_row (MosShortcutsDialog *self,
          GtkWidget *row)
{
  const MosShortcut *shortcut = get_shortcut (row);
  const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), shortcut);
  gboolean has_single = g_settings_get_boolean (mos_settings_get (), "single-key-shortcuts");
  GtkWidget *box = g_object_get_data (G_OBJECT (row), "box");
  g_autoptr (GString) spoken = g_string_new (NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_first_child (box))
    gtk_box_remove (GTK_BOX (box), child);
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = mos_key_dup_label (keys[i]);
      GtkWidget *label;

      if (mos_key_judge (keys[i]) == MOS_KEY_SINGLE && !has_single)
        continue;
      label = gtk_label_new (text);
      gtk_widget_add_css_class (label, "mos-key");
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), label);
      if (spoken->len > 0)
        g_string_append (spoken, C_ ("list", ", "));
      g_string_append (spoken, text);
    }
  if (spoken->len == 0)
    {
      GtkWidget *label = gtk_label_new (C_ ("shortcuts", "None"));

      gtk_widget_add_css_class (label, "dimmed");
      gtk_box_append (GTK_BOX (box), label);
      g_string_append (spoken, C_ ("shortcuts", "None"));
    }
  /* The row describes itself by its subtitle, which it has not: that would win. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken->str, -1);
  g_object_set_data_full (G_OBJECT (row), "keys", g_strdup (spoken->str), g_free);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "reset"), mos_keymap_is_changed (mos_keymap_get (), shortcut));
}

static void
on_row_activated_cb (MosShortcutsDialog *self,
                     GtkWidget *row)
{
  mos_dialog_present (ADW_DIALOG (mos_key_dialog_new (get_shortcut (row))), GTK_WIDGET (self));
}

static void
on_reset_taken_cb (MosShortcutsDialog *self)
{
  mos_keymap_reset (mos_keymap_get (), self->resetting);
}

static void
on_reset_cb (MosShortcutsDialog *self,
             GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  const MosShortcut *owner;
  g_autofree char *key = NULL;

  self->resetting = get_shortcut (row);
  owner = mos_keymap_find_in_the_way (mos_keymap_get (), self->resetting, &key);
  /* The button goes away with what it is for. */
  gtk_widget_grab_focus (row);
  if (owner == NULL)
    on_reset_taken_cb (self);
  else
    mos_key_ask_about_conflict (GTK_WIDGET (self), self->resetting, owner, key, G_CALLBACK (on_reset_taken_cb), self, NULL);
}

static void
add_row (MosShortcutsDialog *self,
         const MosShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  /* Translators: the name of an action, such as “Close”. */
  g_autofree char *label = g_strdup_printf (_ ("Reset the keys of “%s”"), mos_shortcut_get_title (shortcut));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), mos_shortcut_get_title (shortcut));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (reset, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (reset, "flat");
  gtk_widget_set_tooltip_text (reset, label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), reset);
  g_object_set_data (G_OBJECT (row), "shortcut", (gpointer) shortcut);
  g_object_set_data (G_OBJECT (row), "box", box);
  g_object_set_data (G_OBJECT (row), "reset", reset);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reset, "clicked", G_CALLBACK (on_reset_cb), self, G_CONNECT_SWAPPED);
  fill_row (self, row);
  adw_preferences_group_add (self->groups[shortcut->section], row);
  g_ptr_array_add (self->rows, row);
}

/* --- all of them --- */

static void
on_search_changed_cb (MosShortcutsDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (typed);
  g_autofree char *text = g_utf8_casefold (typed, -1);
  gboolean shown[MOS_SHORTCUT_N_SECTIONS] = { FALSE };
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      const MosShortcut *shortcut = get_shortcut (row);
      g_autofree char *keys = g_utf8_casefold (g_object_get_data (G_OBJECT (row), "keys"), -1);
      gboolean match = mos_fuzzy_score (fuzzy, mos_shortcut_get_title (shortcut)) >= 0.6 || mos_fuzzy_score (fuzzy, shortcut->title) >= 0.6 || strstr (keys, text) != NULL;

      gtk_widget_set_visible (row, match);
      shown[shortcut->section] = shown[shortcut->section] || match;
      any = any || match;
    }
  for (guint i = 0; i < MOS_SHORTCUT_N_SECTIONS; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[i]), shown[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->mode), *typed == '\0');
  gtk_stack_set_visible_child_name (self->stack, any ? "keys" : "none");
}

static void
on_keymap_changed_cb (MosShortcutsDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    fill_row (self, g_ptr_array_index (self->rows, i));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shortcuts.reset-all", mos_keymap_is_any_changed (mos_keymap_get ()));
}

static void
on_reset_all_answered_cb (AdwAlertDialog *dialog,
                          const char *response,
                          gpointer user_data)
{
  if (g_str_equal (response, "reset"))
    mos_keymap_reset_all (mos_keymap_get ());
}

static void
reset_all_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Reset All Shortcuts?"), _ ("The keys that you chose yourself are forgotten."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "reset", _ ("_Reset All"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "reset", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_reset_all_answered_cb), NULL);
  mos_dialog_present (dialog, widget);
}

static void
on_stop_cb (MosShortcutsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- class --- */

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
  gtk_widget_class_bind_template_child (widget_class, MosShortcutsDialog, mode);
  gtk_widget_class_bind_template_child (widget_class, MosShortcutsDialog, single_key);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_install_action (widget_class, "shortcuts.reset-all", NULL, reset_all_action);
}

static void
mos_shortcuts_dialog_init (MosShortcutsDialog *self)
{
  guint n;
  const MosShortcut *shortcuts = mos_shortcuts_get (&n);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mos-plain");
  for (guint i = 0; i < MOS_SHORTCUT_N_SECTIONS; i++)
    {
      self->groups[i] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (self->groups[i], mos_shortcut_section_get_title ((MosShortcutSection) i));
      adw_preferences_page_add (self->page, self->groups[i]);
    }
  for (guint i = 0; i < n; i++)
    add_row (self, &shortcuts[i]);
  g_settings_bind (mos_settings_get (), "single-key-shortcuts", self->single_key, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (mos_settings_get (), "changed::single-key-shortcuts", G_CALLBACK (on_keymap_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (on_keymap_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shortcuts.reset-all", mos_keymap_is_any_changed (mos_keymap_get ()));
}

MosShortcutsDialog *
mos_shortcuts_dialog_new (void)
{
  return g_object_new (MOS_TYPE_SHORTCUTS_DIALOG, NULL);
}

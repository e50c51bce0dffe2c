/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-setting-search.h"

#include "app/preferences/mos-setting.h"

#include <glib/gi18n.h>

/* Of a group: whether it is there when nothing is looked for. */
#define WAS_VISIBLE "mos-was-visible"

struct _MosSettingSearch
{
  AdwPreferencesGroup parent_instance;

  /* owned by the tree */
  GtkEditable *entry;
  GtkListBox *list;
  GtkWidget *nothing;

  GListModel *accounts; /* (owned) (nullable) */
  gboolean is_active;
};

G_DEFINE_FINAL_TYPE (MosSettingSearch, mos_setting_search, ADW_TYPE_PREFERENCES_GROUP)

static guint chosen_signal;

static void
set_active (MosSettingSearch *self,
            gboolean is_active)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->is_active == is_active)
    return;
  self->is_active = is_active;
  for (GtkWidget *group = parent != NULL ? gtk_widget_get_first_child (parent) : NULL; group != NULL; group = gtk_widget_get_next_sibling (group))
    {
      if (!ADW_IS_PREFERENCES_GROUP (group) || group == GTK_WIDGET (self))
        continue;
      if (is_active)
        g_object_set_data (G_OBJECT (group), WAS_VISIBLE, GINT_TO_POINTER (gtk_widget_get_visible (group)));
      gtk_widget_set_visible (group, !is_active && g_object_get_data (G_OBJECT (group), WAS_VISIBLE) != NULL);
    }
}

static void
add_row (MosSettingSearch *self,
         MosPaletteItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), item->subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (self->list, row);
}

static void
on_changed_cb (MosSettingSearch *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autoptr (GPtrArray) items = mos_settings_find (text, self->accounts, TRUE);
  g_autofree char *count = NULL;

  set_active (self, *text != '\0');
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < items->len; i++)
    add_row (self, g_ptr_array_index (items, i));
  gtk_widget_set_visible (GTK_WIDGET (self->list), items->len > 0);
  gtk_widget_set_visible (self->nothing, self->is_active && items->len == 0);
  if (!self->is_active)
    return;
  count = items->len > 0 ? g_strdup_printf (ngettext ("%u result", "%u results", items->len), items->len) : g_strdup (_ ("Nothing was found"));
  gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), count, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
choose (MosSettingSearch *self,
        GtkListBoxRow *row)
{
  g_autoptr (MosPaletteItem) item = row != NULL ? g_object_ref (g_object_get_data (G_OBJECT (row), "item")) : NULL;

  if (item != NULL)
    g_signal_emit (self, chosen_signal, 0, item);
}

static void
on_activate_cb (MosSettingSearch *self)
{
  choose (self, gtk_list_box_get_row_at_index (self->list, 0));
}

/* Escape gives the page back first, then closes. */
static void
on_stop_cb (MosSettingSearch *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (*gtk_editable_get_text (self->entry) != '\0')
    mos_setting_search_clear (self);
  else if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
}

static void
mos_setting_search_finalize (GObject *object)
{
  g_clear_object (&MOS_SETTING_SEARCH (object)->accounts);
  G_OBJECT_CLASS (mos_setting_search_parent_class)->finalize (object);
}

static void
mos_setting_search_class_init (MosSettingSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_setting_search_finalize;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MOS_TYPE_PALETTE_ITEM);
}

static void
mos_setting_search_init (MosSettingSearch *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *entry = gtk_search_entry_new ();
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "visible", FALSE, NULL);

  self->entry = GTK_EDITABLE (entry);
  self->list = GTK_LIST_BOX (list);
  self->nothing = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "system-search-symbolic", "title", _ ("No Settings Found"), "description", _ ("Try another word."), "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->nothing, "compact");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Settings Found"), -1);
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (entry), _ ("Search settings"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search settings"), -1);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), 0);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_stop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->nothing);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), box);
}

void
mos_setting_search_set_accounts (MosSettingSearch *self,
                                 GListModel *accounts)
{
  g_return_if_fail (MOS_IS_SETTING_SEARCH (self));

  g_set_object (&self->accounts, accounts);
}

void
mos_setting_search_start (MosSettingSearch *self)
{
  g_return_if_fail (MOS_IS_SETTING_SEARCH (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
mos_setting_search_clear (MosSettingSearch *self)
{
  g_return_if_fail (MOS_IS_SETTING_SEARCH (self));

  gtk_editable_set_text (self->entry, "");
  set_active (self, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/widgets/mos-search-list.h"

#include <adwaita.h>

static void
on_activate_cb (GtkListBox *list)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (list, 0);

  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static gboolean
on_key_cb (GtkListBox *list,
           guint key,
           guint code,
           GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  on_activate_cb (list);
  return GDK_EVENT_STOP;
}

/* The entry takes Escape for itself. */
static void
on_stop_cb (GtkListBox *list)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (list), ADW_TYPE_DIALOG);

  if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
}

void
mos_search_list_lead_down (GtkSearchEntry *entry,
                           GtkListBox *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), list, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}

void
mos_search_list_join (GtkSearchEntry *entry,
                      GtkListBox *list)
{
  mos_search_list_lead_down (entry, list);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate_cb), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_stop_cb), list, G_CONNECT_SWAPPED);
}

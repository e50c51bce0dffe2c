/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-text-style.h"

#include <adwaita.h>

static gboolean
on_idle_cb (gpointer user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr (GtkWidget) view = g_weak_ref_get (ref);

  if (view != NULL && gtk_widget_get_parent (view) != NULL)
    GTK_WIDGET_GET_CLASS (view)->css_changed (view, NULL);
  return G_SOURCE_REMOVE;
}

static void
ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
on_style_changed_cb (GtkTextView *view)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, view);
  /* After the frame in which the nodes get their styles. */
  g_timeout_add_full (G_PRIORITY_LOW, 50, on_idle_cb, ref, ref_free);
}

void
mos_text_view_follow_style (GtkTextView *view)
{
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (view)));

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (on_style_changed_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (on_style_changed_cb), view, G_CONNECT_SWAPPED);
}

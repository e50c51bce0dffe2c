/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */

#include "config.h"

#include "app/widgets/mos-toast-show.h"

/* In a narrow pane its words go on in the next line: cut, they say nothing. */
static void
wrap_title (AdwToast *toast)
{
  g_autofree char *title = g_strdup (adw_toast_get_title (toast));
  GtkWidget *label;

  if (title == NULL || *title == '\0' || adw_toast_get_custom_title (toast) != NULL)
    return;
  label = gtk_label_new (NULL);
  if (adw_toast_get_use_markup (toast))
    gtk_label_set_markup (GTK_LABEL (label), title);
  else
    gtk_label_set_label (GTK_LABEL (label), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
}

void
mos_toast_show (AdwToastOverlay *overlay,
                AdwToast *toast)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  g_return_if_fail (ADW_IS_TOAST (toast));

  wrap_title (toast);
  /* Never with ADW_TOAST_PRIORITY_HIGH: that puts the shown one back into the queue while it still fades, and libadwaita (to 1.9 at least) frees it under
   * its animation when all are dismissed then. */
  adw_toast_overlay_dismiss_all (overlay);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
mos_toast_show_in_preferences (AdwPreferencesDialog *dialog,
                               AdwToast *toast)
{
  GtkWidget *child;

  g_return_if_fail (ADW_IS_PREFERENCES_DIALOG (dialog));

  /* Its own call only adds one to those that wait. */
  child = adw_dialog_get_child (ADW_DIALOG (dialog));
  if (ADW_IS_TOAST_OVERLAY (child))
    mos_toast_show (ADW_TOAST_OVERLAY (child), toast);
  else
    adw_preferences_dialog_add_toast (dialog, toast);
}

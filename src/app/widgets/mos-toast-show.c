/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-toast-show.h"

/* Of a toast: its margins, its padding and the button that closes it */
#define AROUND 110
#define AROUND_BUTTON 44
/* A letter of a heading, on average */
#define LETTER 7

/* In a narrow pane its words go on in the next line: cut, they say nothing. The overlay asks for the height before it knows the width, so the label has to
 * want no more than there is; what it is cut to otherwise is the button's. */
static void
wrap_title (AdwToastOverlay *overlay,
            AdwToast *toast)
{
  g_autofree char *title = g_strdup (adw_toast_get_title (toast));
  const char *button = adw_toast_get_button_label (toast);
  int room = gtk_widget_get_width (GTK_WIDGET (overlay)) - AROUND - (button != NULL ? AROUND_BUTTON + (int) g_utf8_strlen (button, -1) * LETTER : 0);
  GtkWidget *label;

  if (title == NULL || *title == '\0' || adw_toast_get_custom_title (toast) != NULL || gtk_widget_get_width (GTK_WIDGET (overlay)) <= 0 || room >= (int) g_utf8_strlen (title, -1) * LETTER)
    return;
  label = gtk_label_new (NULL);
  if (adw_toast_get_use_markup (toast))
    gtk_label_set_markup (GTK_LABEL (label), title);
  else
    gtk_label_set_label (GTK_LABEL (label), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX (room / LETTER, 10));
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

  wrap_title (overlay, toast);
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-link-status.h"

#include "app/widgets/mos-text-direction.h"

#include "core/base/mos-domain.h"

#include <string.h>

/* As much of an address as anybody looks at. */
#define MAX_SHOWN 300

char *
mos_link_status_markup (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *shown = host != NULL && *host != '\0' ? mos_domain_to_shown (host) : NULL;
  g_autofree char *valid = g_utf8_make_valid (url, -1);
  g_autofree char *cut = g_utf8_strlen (valid, -1) > MAX_SHOWN ? g_utf8_substring (valid, 0, MAX_SHOWN) : g_strdup (valid);
  /* An address reads from left to right, whatever letters are in it, and none of them may turn the others around. */
  g_autofree char *plain = mos_text_isolate (cut);

  if (host == NULL || *host == '\0')
    return g_markup_escape_text (plain, -1);
  if (shown == NULL || g_ascii_strcasecmp (shown, host) == 0)
    return g_markup_printf_escaped ("<b>%s</b>   %s", host, plain);
  /* Both forms of a name of other letters: one can be read, the other cannot look like something else. */
  return g_markup_printf_escaped ("<b>%s</b> (%s)   %s", shown, host, plain);
}

GtkWidget *
mos_link_status_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_END);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_add_css_class (label, "link-status");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

/* Whether the pointer is down there, on the side where the line begins. */
static gboolean
pointer_is_in_the_way (GtkWidget *status)
{
  GtkWidget *parent = gtk_widget_get_parent (status);
  GtkNative *native = gtk_widget_get_native (status);
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (status));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  double x, y, dx, dy;
  graphene_point_t at;

  if (parent == NULL || native == NULL || pointer == NULL || !gdk_surface_get_device_position (gtk_native_get_surface (native), pointer, &x, &y, NULL))
    return FALSE;
  gtk_native_get_surface_transform (native, &dx, &dy);
  if (!gtk_widget_compute_point (GTK_WIDGET (native), parent, &GRAPHENE_POINT_INIT ((float) (x - dx), (float) (y - dy)), &at))
    return FALSE;
  return at.y > (float) gtk_widget_get_height (parent) - 48 && at.x < (float) gtk_widget_get_width (parent) / 2;
}

void
mos_link_status_set (GtkWidget *status,
                     const char *url)
{
  g_autofree char *markup = NULL;

  if (url == NULL || *url == '\0')
    {
      gtk_widget_set_visible (status, FALSE);
      return;
    }
  markup = mos_link_status_markup (url);
  gtk_label_set_markup (GTK_LABEL (status), markup);
  gtk_widget_set_halign (status, pointer_is_in_the_way (status) ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_visible (status, TRUE);
}

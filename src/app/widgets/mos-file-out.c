/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-file-out.h"

/* In letters: longer names are cut, and some disks take no more than 255 bytes. */
#define MAX_NAME 80

GtkWindow *
mos_widget_get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

char *
mos_file_out_dup_name (const char *title,
                       const char *fallback,
                       const char *suffix)
{
  g_autofree char *base = g_strstrip (g_utf8_substring (title, 0, MIN (MAX_NAME, g_utf8_strlen (title, -1))));

  g_strdelimit (base, "/\\:*?\"<>|\n\r\t", '-');
  for (char *p = base; *p == '.'; p++)
    *p = '-';
  return g_strconcat (*base != '\0' ? base : fallback, suffix, NULL);
}

cairo_status_t
mos_file_out_write (void *bytes,
                    const unsigned char *data,
                    unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
mos_file_out_end (GByteArray *bytes,
                  cairo_status_t status,
                  GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  return NULL;
}

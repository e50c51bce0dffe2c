/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-pdf.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

char *
mos_pdf_run (GBytes *pdf,
             const char *program,
             const char *option,
             const char *target)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ran;
  int status = 0;
  int fd = g_file_open_tmp ("mos-print-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  /* Nobody else's to read, and without a name before anything can fail: whatever ends this test, nothing of it stays. */
  g_unlink (path);
  g_assert_cmpint (write (fd, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf)), ==, (gssize) g_bytes_get_size (pdf));
  name = g_strdup_printf ("/proc/%d/fd/%d", (int) getpid (), fd);
  {
    const char *argv[] = { program, option, name, target, NULL };

    ran = g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  }
  g_close (fd, NULL);
  g_assert_no_error (error);
  g_assert_true (ran);
  g_assert_cmpint (status, ==, 0);
  return text;
}

char *
mos_pdf_read (GBytes *pdf,
              guint *ret_pages)
{
  g_autofree char *text = mos_pdf_run (pdf, "pdftotext", "-layout", "-");

  *ret_pages = 0;
  for (const char *p = text; (p = strchr (p, '\f')) != NULL; p++)
    (*ret_pages)++;
  return g_steal_pointer (&text);
}

void
mos_pdf_assert_has (const char *text,
                    const char *word)
{
  if (strstr (text, word) == NULL)
    g_error ("“%s” is not in:\n%s", word, text);
}

/* How wide a blank is, is a font's business. */
void
mos_pdf_assert_number (const char *text,
                       guint page,
                       guint of)
{
  g_autofree char *number = g_strdup_printf ("%u/%u", page, of);
  g_auto (GStrv) pieces = g_strsplit_set (text, " \n\f", -1);
  g_autofree char *squeezed = g_strjoinv ("", pieces);

  mos_pdf_assert_has (squeezed, number);
}

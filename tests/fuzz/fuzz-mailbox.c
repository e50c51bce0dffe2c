/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/desk/mos-import.h"

#include <stdlib.h>
#include <unistd.h>

/* A file to be imported, as mailbox or as a single mail: no more comes out than went in, and a walk that was interrupted behind any
 * message goes on with the next one. */

typedef struct
{
  size_t size;
  size_t taken;
  guint count;
  guint stop_at; /* 0: never */
  MosImportPlace place;
} Mailbox;

static gboolean
take (const MosImportItem *item,
      gpointer user_data,
      GError **error)
{
  Mailbox *mailbox = user_data;
  g_autoptr (MosIncoming) incoming = NULL;

  fuzz_check_text (item->detail);
  g_assert_nonnull (item->path);
  if (item->raw != NULL)
    {
      incoming = mos_import_make ("account", item, G_USEC_PER_SEC);
      g_assert_nonnull (incoming);
      mailbox->taken += g_bytes_get_size (item->raw);
      g_assert_cmpuint (mailbox->taken, <=, mailbox->size);
    }
  if (++mailbox->count != mailbox->stop_at || item->place == NULL)
    return TRUE;

  mailbox->place = *item->place;
  mailbox->place.file = g_strdup (item->place->file);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

static char path[64];

static void
remove_file (void)
{
  unlink (path);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  const char *const paths[] = { path, NULL };
  Mailbox whole = { .size = size };
  g_autoptr (GError) error = NULL;

  if (path[0] == '\0')
    {
      g_snprintf (path, sizeof path, "/tmp/mos-fuzz-%d.mbox", (int) getpid ());
      atexit (remove_file);
    }
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error));
  if (!mos_import_walk (paths, NULL, take, &whole, NULL, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  g_assert_no_error (error);

  for (guint i = 1; i < MIN (whole.count, 4); i++)
    {
      Mailbox first = { .size = size, .stop_at = i };
      Mailbox rest = { .size = size };
      g_autoptr (GError) stopped = NULL;

      g_assert_false (mos_import_walk (paths, NULL, take, &first, NULL, &stopped));
      g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      mos_import_walk (paths, &first.place, take, &rest, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (first.count + rest.count, ==, whole.count);
      g_assert_cmpuint (first.taken + rest.taken, ==, whole.taken);
      mos_import_place_clear (&first.place);
    }
  return 0;
}

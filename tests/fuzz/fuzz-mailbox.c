/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/desk/mos-import.h"

#include <stdlib.h>
#include <unistd.h>

/* A file to be imported, as mailbox or as a single mail: no more comes out than went in. */

typedef struct
{
  size_t size;
  size_t taken;
} Mailbox;

static gboolean
take (const char *path,
      GBytes *raw,
      gpointer user_data,
      GError **error)
{
  Mailbox *mailbox = user_data;
  g_autoptr (MosIncoming) incoming = NULL;

  if (raw == NULL)
    return TRUE;
  incoming = mos_import_make ("account", raw, G_USEC_PER_SEC);
  g_assert_nonnull (incoming);
  g_assert_cmpint (incoming->received_us, <=, G_USEC_PER_SEC);
  mailbox->taken += g_bytes_get_size (raw);
  g_assert_cmpuint (mailbox->taken, <=, mailbox->size);
  return TRUE;
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
  Mailbox mailbox = { size, 0 };
  g_autoptr (GError) error = NULL;

  if (path[0] == '\0')
    {
      g_snprintf (path, sizeof path, "/tmp/mos-fuzz-%d.mbox", (int) getpid ());
      atexit (remove_file);
    }
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error));
  if (!mos_import_walk (path, take, &mailbox, NULL, &error))
    g_assert_nonnull (error);
  return 0;
}

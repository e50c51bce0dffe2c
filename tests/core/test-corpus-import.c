/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "corpus-fixture.h"
#include "desk-fixture.h"

#include <locale.h>
#include <string.h>
#include <time.h>

/* Every file that strangers wrote goes the whole way, through parsing, threading and the store, and is there afterwards: as a message, or in
 * the quarantine with a cause. */

#define BATCH 40
#define MAX_SECONDS 20

typedef struct
{
  MosStore *store;
  GPtrArray *paths;
  GPtrArray *incoming;
  guint imported;
  guint duplicates;
  guint quarantined;
} Import;

typedef struct
{
  Import *import;
  GPtrArray *results;
} Look;

static gboolean
look (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Look *self = data;

  for (guint i = 0; i < self->results->len; i++)
    {
      MosIngestResult *result = g_ptr_array_index (self->results, i);
      MosIncoming *incoming = g_ptr_array_index (self->import->incoming, i);
      const char *path = g_ptr_array_index (self->import->paths, i);
      g_autoptr (MosMessageRow) message = NULL;
      g_autoptr (MosConversationRow) conversation = NULL;
      g_autoptr (GBytes) raw = NULL;

      if (!mos_store_message_find (txn, result->message, &message, error) || !mos_store_conversation_find (txn, result->conversation, &conversation, error))
        return FALSE;
      if (message == NULL || conversation == NULL)
        g_error ("%s vanished", path);
      g_assert_cmpstr (message->conversation, ==, result->conversation);
      if (result->outcome == MOS_INGEST_DUPLICATE)
        {
          self->import->duplicates++;
          continue;
        }
      g_assert_cmpstr (message->text, ==, incoming->parsed->text);
      g_assert_cmpuint (message->attachments->len, ==, incoming->parsed->attachments->len);
      if (!mos_store_message_load_raw (txn, result->message, &raw, error))
        return FALSE;
      g_assert_true (g_bytes_equal (raw, incoming->raw));
      g_assert_cmpint (message->quarantined, ==, result->outcome == MOS_INGEST_QUARANTINED);
      if (result->outcome == MOS_INGEST_QUARANTINED)
        {
          g_assert_nonnull (message->why);
          g_assert_cmpstr (message->why, !=, "");
          self->import->quarantined++;
        }
      else
        self->import->imported++;
    }
  return TRUE;
}

static void
flush (Import *self)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  clock_t before = clock ();
  Look looking = { self, NULL };

  if (self->incoming->len == 0)
    return;
  mos_ingest_batch_sync (self->store, self->incoming, &results, NULL, &error);
  g_assert_no_error (error);
  /* processor time of all of them together, in an instrumented build */
  g_assert_cmpfloat ((double) (clock () - before) / CLOCKS_PER_SEC, <, MAX_SECONDS);
  g_assert_cmpuint (results->len, ==, self->incoming->len);
  looking.results = results;
  mos_store_read_sync (self->store, look, &looking, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (self->incoming, 0);
  g_ptr_array_set_size (self->paths, 0);
}

static void
add_file (Import *self,
          const char *path)
{
  MosIncoming *incoming = mos_incoming_new ();

  incoming->account = g_strdup (ACCOUNT);
  incoming->folder = g_strdup ("INBOX");
  incoming->role = MOS_FOLDER_INBOX;
  incoming->received_us = MOS_TEST_NOW_US - G_USEC_PER_SEC;
  incoming->raw = read_bytes (path);
  incoming->parsed = parse_file (path);
  g_ptr_array_add (self->incoming, incoming);
  g_ptr_array_add (self->paths, g_strdup (path));
  if (self->incoming->len == BATCH)
    flush (self);
}

static void
add_folder (Import *self,
            const char *path,
            guint *ret_n)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        add_folder (self, child, ret_n);
      else
        {
          add_file (self, child);
          (*ret_n)++;
        }
    }
}

static void
import_folder (gconstpointer data)
{
  g_autoptr (MosTestStore) t = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  Import import = { .paths = paths, .incoming = incoming };
  guint n = 0;

  if (!have_corpus ())
    return;
  t = test_desk_store ();
  import.store = t->store;
  path = g_build_filename (corpus, (const char *) data, NULL);
  add_folder (&import, path, &n);
  flush (&import);
  g_test_message ("%s: %u files, %u imported, %u in the quarantine, %u the same as another", (const char *) data, n, import.imported, import.quarantined, import.duplicates);
  g_assert_cmpuint (n, >, 50);
  g_assert_cmpuint (import.imported + import.quarantined + import.duplicates, ==, n);
}

int
main (int argc,
      char *argv[])
{
  static const char *const folders[] = { "stalwart_mail_parser", "mimekit", "enmime", "cpython_test_email", "mikel_mail", "sisimai", "spamassassin/easy-ham-1" };

  setlocale (LC_ALL, "");
  mos_test_init (&argc, &argv);
  find_corpus ();
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strconcat ("/corpus/import/", folders[i], NULL);

      g_test_add_data_func (path, folders[i], import_folder);
    }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-import.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-conversations.h"

#include <glib/gi18n.h>
#include <string.h>

/* One transaction holds so many messages or bytes, whichever comes first. */
#define MOS_CTL_BATCH 200
#define MOS_CTL_BATCH_BYTES (32 * 1024 * 1024)

typedef struct
{
  MosCtl *ctl;
  const char *name; /* (nullable) */
  MosAccount *account;
  GPtrArray *paths;
  GPtrArray *batch;
  gsize batch_bytes;
  guint imported, duplicates, quarantined;
} MosCtlImport;

static gboolean
mos_ctl_do_import_account (MosTxn *txn,
                           gpointer data,
                           GError **error)
{
  MosCtlImport *import = data;
  g_autofree char *id = mos_id_derive ("account", "archive", "archive", NULL);

  if (import->name != NULL)
    return mos_ctl_find_account (txn, import->name, &import->account, error);

  if (!mos_store_account_find (txn, id, &import->account, error))
    return FALSE;
  if (import->account == NULL)
    {
      import->account = mos_account_new ();
      import->account->id = g_steal_pointer (&id);
      import->account->kind = g_strdup ("archive");
      import->account->name = g_strdup ("Archive");
      mos_account_fill (import->account);
      return mos_store_account_save (txn, import->account, error);
    }
  return TRUE;
}

typedef struct
{
  GPtrArray *results;
  gint64 *numbers;
} MosCtlNumbers;

static gboolean
mos_ctl_do_numbers (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  MosCtlNumbers *numbers = data;

  for (guint i = 0; i < numbers->results->len; i++)
    {
      MosIngestResult *result = g_ptr_array_index (numbers->results, i);
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find (txn, result->conversation, &row, error))
        return FALSE;
      numbers->numbers[i] = row != NULL ? row->number : 0;
    }
  return TRUE;
}

static void
mos_ctl_print_import (MosCtlImport *import,
                      const char *path,
                      MosIngestResult *result,
                      gint64 number)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!import->ctl->json)
    {
      mos_ctl_print (import->ctl, "%s  #%" G_GINT64_FORMAT "  %s\n", mos_ingest_outcome_to_nick (result->outcome), number, path);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "path", path);
  mos_json_string (builder, "result", mos_ingest_outcome_to_nick (result->outcome));
  mos_json_int (builder, "conversation", number);
  mos_json_string (builder, "message", result->message);
  mos_json_string (builder, "classification", mos_classification_to_nick (result->classification));
  mos_json_string (builder, "cause", result->cause);
  json_builder_end_object (builder);
  mos_ctl_print_json (import->ctl, builder);
}

static gboolean
mos_ctl_import_batch (MosCtlImport *import,
                      GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autofree gint64 *numbers = g_new0 (gint64, import->batch->len + 1);
  MosCtlNumbers lookup = { NULL, numbers };

  if (import->batch->len == 0)
    return TRUE;
  if (!mos_ingest_batch_sync (import->ctl->store, import->batch, &results, NULL, error))
    return FALSE;
  lookup.results = results;
  if (!mos_ctl_read (import->ctl, mos_ctl_do_numbers, &lookup, error))
    return FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      MosIngestResult *result = g_ptr_array_index (results, i);

      import->imported += result->outcome == MOS_INGEST_IMPORTED;
      import->duplicates += result->outcome == MOS_INGEST_DUPLICATE;
      import->quarantined += result->outcome == MOS_INGEST_QUARANTINED;
      mos_ctl_print_import (import, g_ptr_array_index (import->paths, i), result, numbers[i]);
    }
  mos_ctl_flush (import->ctl);
  g_ptr_array_set_size (import->batch, 0);
  g_ptr_array_set_size (import->paths, 0);
  import->batch_bytes = 0;
  return TRUE;
}

static gboolean
mos_ctl_import_one (const char *path,
                    GBytes *raw,
                    gpointer user_data,
                    GError **error)
{
  MosCtlImport *import = user_data;

  if (raw == NULL)
    {
      g_string_append_printf (import->ctl->errors, "skipped  %s\n", path);
      return TRUE;
    }
  g_ptr_array_add (import->paths, g_strdup (path));
  g_ptr_array_add (import->batch, mos_import_make (import->account->id, raw, g_get_real_time ()));
  import->batch_bytes += g_bytes_get_size (raw);
  if (import->batch->len >= MOS_CTL_BATCH || import->batch_bytes >= MOS_CTL_BATCH_BYTES)
    return mos_ctl_import_batch (import, error);
  return TRUE;
}

int
mos_ctl_import (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *account = mos_ctl_take_option (args, "--account");
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  MosCtlImport import = { .ctl = self, .name = account, .paths = paths, .batch = batch };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, G_MAXUINT))
    return MOS_CTL_USAGE;
  if (!mos_ctl_write (self, NULL, mos_ctl_do_import_account, &import, &error))
    {
      g_clear_pointer (&import.account, mos_account_unref);
      return mos_ctl_fail (self, error);
    }

  for (guint i = 0; i < args->len && error == NULL; i++)
    {
      g_autofree char *path = mos_ctl_path (self, g_ptr_array_index (args, i));

      mos_import_walk (path, mos_ctl_import_one, &import, NULL, &error);
    }
  /* What was read before the trouble is kept. */
  mos_ctl_import_batch (&import, error == NULL ? &error : NULL);
  g_clear_pointer (&import.account, mos_account_unref);
  if (error != NULL)
    return mos_ctl_fail (self, error);

  if (!self->json)
    /* Translators: numbers of messages: new ones, those that were there already, those put aside */
    mos_ctl_print (self, _ ("%u imported, %u already there, %u in quarantine\n"), import.imported, import.duplicates, import.quarantined);
  return MOS_CTL_DONE;
}

/* --- the whole profile --- */

static void
mos_ctl_print_paths (MosCtl *self,
                     const char *file,
                     const char *profile)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "file", file);
  if (profile != NULL)
    mos_json_string (builder, "profile", profile);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

int
mos_ctl_backup (MosCtl *self,
                GPtrArray *args)
{
  gboolean force = mos_ctl_take_flag (args, "--force");
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  path = mos_ctl_path (self, g_ptr_array_index (args, 0));
  /* It may be the only older backup. A dangling link counts as well. */
  if (!force && (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK)))
    /* Translators: %s is a file */
    return mos_ctl_fail_text (self, _ ("“%s” is there already; --force replaces it"), path);
  if (!mos_store_backup_sync (self->store, path, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  if (self->json)
    mos_ctl_print_paths (self, path, NULL);
  else
    /* Translators: %s is a file */
    mos_ctl_print (self, _ ("The whole profile is now in “%s”\n"), path);
  return MOS_CTL_DONE;
}

int
mos_ctl_restore (MosCtl *self,
                 GPtrArray *args)
{
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  path = mos_ctl_path (self, g_ptr_array_index (args, 0));
  if (!mos_store_restore_sync (path, self->profile, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  if (self->json)
    mos_ctl_print_paths (self, path, self->profile);
  else
    /* Translators: first the backup's file, then the profile's folder */
    mos_ctl_print (self, _ ("“%s” is now the profile in “%s”\n"), path, self->profile);
  return MOS_CTL_DONE;
}

int
mos_ctl_check (MosCtl *self,
               GPtrArray *args)
{
  g_autoptr (GPtrArray) problems = NULL;
  gboolean repair = mos_ctl_take_flag (args, "--repair");
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  /* What is told is what remains. */
  if (repair && !mos_store_repair_sync (self->store, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  problems = mos_store_check_sync (self->store, self->cancellable, &error);
  if (problems == NULL)
    return mos_ctl_fail (self, error);

  for (guint i = 0; i < problems->len; i++)
    {
      MosCheckProblem *problem = g_ptr_array_index (problems, i);

      if (self->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          mos_json_string (builder, "kind", problem->kind);
          mos_json_string (builder, "subject", problem->subject);
          mos_json_string (builder, "detail", problem->detail);
          json_builder_end_object (builder);
          mos_ctl_print_json (self, builder);
        }
      else
        mos_ctl_print (self, "%s  %s  %s\n", problem->kind, problem->subject, problem->detail != NULL ? problem->detail : "");
    }
  if (problems->len > 0)
    /* Translators: %u is how many problems were found */
    return mos_ctl_fail_text (self, ngettext ("%u problem was found", "%u problems were found", problems->len), problems->len);
  /* In JSON a line is a problem. */
  if (!self->json)
    mos_ctl_print (self, "%s\n", _ ("No problems were found"));
  return MOS_CTL_DONE;
}

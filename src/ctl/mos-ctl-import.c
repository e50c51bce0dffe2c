/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-import-job.h"
#include "core/desk/mos-import.h"
#include "core/desk/mos-rows.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- progress, where a person looks --- */

void
mos_ctl_show_progress (MosJob *job,
                       gpointer ctl)
{
  MosCtl *self = ctl;
  MosJobProgress progress = mos_job_get_progress (job);
  guint64 percent = progress.total > 0 ? progress.done * 100 / progress.total : 0;
  guint64 left = (guint64) (progress.left_us / G_USEC_PER_SEC);

  if (!self->is_direct || !isatty (STDERR_FILENO))
    return;
  /* The line is written over itself; what is printed goes before it. */
  if (progress.items == 0)
    fprintf (stderr, "%3u %%", (guint) percent);
  else if (progress.left_us > 0)
    /* Translators: per cent, messages so far, messages a second, then minutes and seconds that are left */
    fprintf (stderr, _ ("%3u %%  %u messages  %.0f/s  %u:%02u left"), (guint) percent, (guint) progress.items, progress.per_second, (guint) (left / 60), (guint) (left % 60));
  else
    /* Translators: per cent, messages so far */
    fprintf (stderr, _ ("%3u %%  %u messages"), (guint) percent, (guint) progress.items);
  fputs ("   \r", stderr);
}

void
mos_ctl_end_progress (MosCtl *self)
{
  if (self->is_direct && isatty (STDERR_FILENO))
    fputs ("\033[K", stderr);
}

/* --- results --- */

typedef struct
{
  MosCtl *self;
  char **named; /* (nullable): what the person named */
  int status;
} MosCtlImport;

static void
mos_ctl_import_result (const char *path,
                       MosIngestResult *result,
                       gint64 number,
                       MosImportProblem *problem,
                       gpointer user_data)
{
  MosCtlImport *import = user_data;
  MosCtl *self = import->self;
  g_autoptr (JsonBuilder) builder = NULL;

  if (problem != NULL && problem->kind == MOS_IMPORT_PROBLEM_NOT_MAIL && import->named != NULL && g_strv_contains ((const char *const *) import->named, path))
    /* Translators: %s is a file */
    import->status = mos_ctl_fail_text (self, _ ("“%s” is no mail: it has none of the lines that a mail begins with, such as “From:” or “Date:”"), path);
  else if (problem != NULL && problem->kind == MOS_IMPORT_PROBLEM_NOT_MAIL)
    g_string_append_printf (self->errors, "skipped  %s\n", path);
  else if (problem != NULL)
    g_string_append_printf (self->errors, "skipped  %s  (%s%s%s)\n", path, mos_import_problem_kind_to_nick (problem->kind),
                            problem->detail != NULL ? ": " : "", problem->detail != NULL ? problem->detail : "");
  else if (!self->json)
    mos_ctl_print (self, "%s  #%" G_GINT64_FORMAT "  %s\n", mos_ingest_outcome_to_nick (result->outcome), number, path);
  else
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      mos_json_string (builder, "path", path);
      mos_json_string (builder, "result", mos_ingest_outcome_to_nick (result->outcome));
      mos_json_int (builder, "conversation", number);
      mos_json_string (builder, "message", result->message);
      mos_json_string (builder, "classification", mos_classification_to_nick (result->classification));
      mos_json_string (builder, "cause", result->cause);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  /* It is committed: what is printed is true whatever comes next. */
  mos_ctl_flush (self);
}

/* --- what is asked for --- */

typedef struct
{
  const char *name;
  MosAccount *account;
} MosCtlFindAccount;

static gboolean
mos_ctl_do_find_account (MosTxn *txn,
                         gpointer data,
                         GError **error)
{
  MosCtlFindAccount *find = data;

  return mos_ctl_find_account (txn, find->name, &find->account, error);
}

/* A folder of the account's own server, or of another one. */
static MosImportJob *
mos_ctl_folder_job (MosCtl *self,
                    MosAccount *account,
                    const char *url,
                    const char *folder,
                    const char *ca_file,
                    gboolean insecure,
                    gboolean with_password,
                    GError **error)
{
  g_autoptr (MosAccount) server = NULL;
  g_autofree char *password = NULL;

  if (url == NULL)
    return mos_import_job_new_folder (self->store, account->id, account, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), NULL, folder);

  server = mos_account_new ();
  server->id = g_strdup ("");
  if (!mos_ctl_parse_server (url, "imap", "imaps", 143, 993, FALSE, insecure, &server->imap, error))
    return NULL;
  server->ca_file = ca_file != NULL ? mos_ctl_path (self, ca_file) : NULL;
  mos_account_fill (server);
  if (!with_password)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The password is read from standard input: --password-stdin"));
      return NULL;
    }
  password = mos_ctl_read_input (self, error);
  if (password == NULL)
    return NULL;
  password[strcspn (password, "\r\n")] = '\0';
  return mos_import_job_new_folder (self->store, account != NULL ? account->id : NULL, server, NULL, password, folder);
}

/*
 * mos_ctl_import_paths: what is there is imported, whatever else was named
 * @missing: (inout): a #GError is added for each that is not there
 */
static char **
mos_ctl_import_paths (MosCtl *self,
                      GPtrArray *args,
                      GPtrArray *missing)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < args->len; i++)
    {
      g_autofree char *path = mos_ctl_path (self, g_ptr_array_index (args, i));
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFileInfo) info = NULL;
      GError *error = NULL;

      info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, self->cancellable, &error);
      /* Of other troubles the import speaks itself. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_clear_error (&error);
          /* Translators: %s is a path */
          g_ptr_array_add (missing, g_error_new (MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no file or folder “%s”"), path));
          continue;
        }
      g_clear_error (&error);
      if (mos_import_is_own_json (path))
        {
          g_ptr_array_add (missing, g_error_new (MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID,
                                                 /* Translators: %s is a file or folder */
                                                 _ ("“%s” is an export as JSON, which is for other programs and cannot be imported; what can be are .eml files, mbox files and Maildirs: export as mbox or maildir, or copy everything with “mostradorctl backup”"),
                                                 path));
          continue;
        }
      g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

int
mos_ctl_import (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *name = mos_ctl_take_option (args, "--account");
  g_autofree char *url = mos_ctl_take_option (args, "--imap");
  g_autofree char *folder = mos_ctl_take_option (args, "--folder");
  g_autofree char *ca_file = mos_ctl_take_option (args, "--ca");
  gboolean insecure = mos_ctl_take_flag (args, "--insecure-plaintext");
  gboolean with_password = mos_ctl_take_flag (args, "--password-stdin");
  gboolean is_folder = folder != NULL || url != NULL;
  MosCtlFindAccount find = { name, NULL };
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosImportJob) job = NULL;
  g_autoptr (MosImportRow) row = NULL;
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  MosCtlImport import = { self, NULL, MOS_CTL_DONE };
  g_auto (GStrv) paths = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, is_folder ? 0 : 1, is_folder ? 0 : G_MAXUINT) || !mos_ctl_check_paths (self, args))
    return MOS_CTL_USAGE;
  if (is_folder && (folder == NULL || (url == NULL && name == NULL)))
    return mos_ctl_usage (self, "%s", _ ("A folder of a server is named by --folder, and the server by --imap or --account"));
  if (name != NULL && !mos_ctl_read (self, mos_ctl_do_find_account, &find, &error))
    return mos_ctl_fail (self, error);
  account = find.account;

  if (is_folder)
    {
      job = mos_ctl_folder_job (self, account, url, folder, ca_file, insecure, with_password, &error);
      if (job == NULL)
        return mos_ctl_fail (self, error);
    }
  else
    {
      paths = mos_ctl_import_paths (self, args, missing);
      import.named = paths;
      for (guint i = 0; i < missing->len; i++)
        import.status = mos_ctl_fail_text (self, "%s", ((GError *) g_ptr_array_index (missing, i))->message);
      if (*paths == NULL)
        return import.status;
      job = mos_import_job_new_paths (self->store, account != NULL ? account->id : NULL, (const char *const *) paths);
    }

  mos_import_job_set_result_func (job, mos_ctl_import_result, &import);
  mos_job_set_progress_func (MOS_JOB (job), mos_ctl_show_progress, self);
  mos_job_run_sync (MOS_JOB (job), self->cancellable, &error);
  mos_ctl_end_progress (self);
  if (mos_import_job_was_resumed (job))
    g_string_append_printf (self->errors, "%s\n", _ ("An earlier run of this import had stopped; it was gone on with from there"));
  if (error != NULL)
    return mos_ctl_fail (self, error);

  row = mos_import_job_dup_row (job);
  if (!self->json && (import.status == MOS_CTL_DONE || row->imported + row->duplicates + row->quarantined > 0))
    /* Translators: numbers of messages: new ones, those that were there already, those put aside */
    mos_ctl_print (self, _ ("%u imported, %u already there, %u in quarantine\n"), (guint) row->imported, (guint) row->duplicates, (guint) row->quarantined);
  return import.status;
}

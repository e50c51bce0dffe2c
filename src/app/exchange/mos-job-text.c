/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-job-text.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-text-direction.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-backup-job.h"
#include "core/desk/mos-export.h"
#include "core/desk/mos-fetch-job.h"
#include "core/desk/mos-import-job.h"

#include <glib/gi18n.h>

static char *
dup_name (MosJob *job)
{
  g_autofree char *base = NULL;

  if (MOS_IS_IMPORT_JOB (job))
    return mos_import_job_dup_name (MOS_IMPORT_JOB (job));
  base = g_path_get_basename (mos_export_job_get_path (MOS_EXPORT_JOB (job)));
  return g_filename_display_name (base);
}

/* Translators: each %s is the subject of a mail */
static char *
fetch_title (MosFetchJob *job)
{
  const char *subject = mos_fetch_job_get_subject (job);
  g_autofree char *name = mos_text_isolate (subject != NULL && *subject != '\0' ? subject : _ ("No subject"));

  switch (mos_job_get_state (MOS_JOB (job)))
    {
    case MOS_JOB_WAITING:
    case MOS_JOB_RUNNING:
    case MOS_JOB_PAUSED:
    default:
      return g_strdup_printf (_ ("Fetching the whole of “%s”"), name);
    case MOS_JOB_DONE:
      return g_strdup_printf (_ ("The whole of “%s” is here"), name);
    case MOS_JOB_CANCELLED:
      return g_strdup_printf (_ ("Fetching “%s” was cancelled"), name);
    case MOS_JOB_FAILED:
      return g_strdup_printf (_ ("The whole of “%s” could not be fetched"), name);
    }
}

/* Translators: each %s is a file */
static char *
backup_title (MosBackupJob *job)
{
  g_autofree char *path = mos_backup_job_dup_path (job);
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : g_strdup ("");
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *name = mos_text_isolate (shown);

  switch (mos_job_get_state (MOS_JOB (job)))
    {
    case MOS_JOB_WAITING:
    case MOS_JOB_RUNNING:
    case MOS_JOB_PAUSED:
    default:
      return g_strdup_printf (_ ("Backing up to “%s”"), name);
    case MOS_JOB_DONE:
      return g_strdup_printf (_ ("The backup “%s” is complete"), name);
    case MOS_JOB_CANCELLED:
      return g_strdup_printf (_ ("The backup “%s” was cancelled"), name);
    case MOS_JOB_FAILED:
      return g_strdup_printf (_ ("The backup “%s” failed"), name);
    }
}

static char *
backup_result (MosBackupJob *job)
{
  MosJobState state = mos_job_get_state (MOS_JOB (job));
  g_autoptr (MosBackupInfo) info = mos_backup_job_ref_info (job);
  g_autoptr (GError) error = mos_job_dup_error (MOS_JOB (job));
  g_autoptr (GString) text = g_string_new (NULL);

  if (state == MOS_JOB_FAILED)
    {
      MosErrorText words = mos_error_text (error);

      g_string_append_printf (text, "%s %s", words.sentence, words.step);
    }
  else if (state == MOS_JOB_CANCELLED)
    g_string_append (text, _ ("Nothing was written."));
  else if (info != NULL)
    {
      g_autofree char *size = g_format_size (info->file_bytes);

      /* Translators: %s is a size */
      g_string_append_printf (text, _ ("It was read again and is whole: %s."), size);
      if (info->is_sealed)
        g_string_append_printf (text, " %s", _ ("Nobody can open it without the passphrase."));
      else
        g_string_append_printf (text, " %s", _ ("Whoever has the file can read all of it."));
      if (info->missing > 0)
        g_string_append_c (text, ' ');
      if (info->missing > 0)
        g_string_append_printf (text, ngettext ("%u attachment was missing on this disk, so it is not in it.", "%u attachments were missing on this disk, so they are not in it.", (gulong) info->missing), (guint) info->missing);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
mos_job_text_dialog_title (MosJob *job)
{
  if (MOS_IS_BACKUP_JOB (job))
    return g_strdup (_ ("Backup"));
  if (MOS_IS_FETCH_JOB (job))
    return g_strdup (_ ("Fetch Message"));
  return g_strdup (MOS_IS_IMPORT_JOB (job) ? _ ("Import") : _ ("Export"));
}

char *
mos_job_text_title (MosJob *job)
{
  g_autofree char *name = NULL;
  gboolean is_import = MOS_IS_IMPORT_JOB (job);

  if (MOS_IS_FETCH_JOB (job))
    return fetch_title (MOS_FETCH_JOB (job));
  if (MOS_IS_BACKUP_JOB (job))
    return backup_title (MOS_BACKUP_JOB (job));
  name = dup_name (job);
  switch (mos_job_get_state (job))
    {
    case MOS_JOB_WAITING:
    case MOS_JOB_RUNNING:
    default:
      /* Translators: %s is a file, or a folder and its server */
      return is_import ? g_strdup_printf (_ ("Importing “%s”"), name) : g_strdup_printf (_ ("Exporting to “%s”"), name);
    case MOS_JOB_PAUSED:
      /* Translators: %s is a file, or a folder and its server. It was paused, or the program ended meanwhile */
      return g_strdup_printf (_ ("The import of “%s” is paused"), name);
    case MOS_JOB_DONE:
      /* Translators: %s is a file, or a folder and its server */
      return is_import ? g_strdup_printf (_ ("The import of “%s” is complete"), name) : g_strdup_printf (_ ("The export to “%s” is complete"), name);
    case MOS_JOB_CANCELLED:
      /* Translators: %s is a file, or a folder and its server */
      return is_import ? g_strdup_printf (_ ("The import of “%s” was cancelled"), name) : g_strdup_printf (_ ("The export to “%s” was cancelled"), name);
    case MOS_JOB_FAILED:
      /* Translators: %s is a file, or a folder and its server */
      return is_import ? g_strdup_printf (_ ("The import of “%s” stopped"), name) : g_strdup_printf (_ ("The export to “%s” failed"), name);
    }
}

char *
mos_job_text_progress (MosJob *job)
{
  MosJobProgress progress = mos_job_get_progress (job);
  g_autoptr (GString) text = g_string_new (NULL);
  gulong minutes = (gulong) ((progress.left_us + 59 * G_USEC_PER_SEC) / (60 * G_USEC_PER_SEC));
  gulong items = (gulong) MIN (progress.items, G_MAXULONG);

  if (progress.total == 0)
    return g_strdup (MOS_IS_FETCH_JOB (job) ? _ ("Connecting to the mail server…") : _ ("Looking how much there is…"));
  /* Translators: how much of the work is done */
  g_string_append_printf (text, _ ("%u %%"), (guint) (progress.done * 100 / progress.total));
  if (MOS_IS_BACKUP_JOB (job))
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_string_append (text, " · ");
  if (MOS_IS_FETCH_JOB (job))
    {
      g_autofree char *done = g_format_size (progress.done);
      g_autofree char *total = g_format_size (progress.total);

      /* Translators: two sizes, such as "12 MB of 130 MB" */
      g_string_append_printf (text, _ ("%1$s of %2$s"), done, total);
    }
  else
    g_string_append_printf (text, ngettext ("%'lu message", "%'lu messages", items), items);
  if (mos_job_get_state (job) != MOS_JOB_RUNNING)
    return g_string_free (g_steal_pointer (&text), FALSE);
  if (progress.per_second >= 1)
    {
      g_string_append (text, " · ");
      /* Translators: how many messages in one second */
      g_string_append_printf (text, _ ("%'u a second"), (guint) progress.per_second);
    }
  if (progress.left_us > 0)
    {
      g_string_append (text, " · ");
      if (progress.left_us < 60 * G_USEC_PER_SEC)
        g_string_append (text, _ ("less than a minute left"));
      else
        g_string_append_printf (text, ngettext ("%lu minute left", "%lu minutes left", minutes), minutes);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_line (GString *text,
             char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static void
append_import (GString *text,
               MosImportRow *row)
{
  append_line (text, g_strdup_printf (ngettext ("%'lu message is new here.", "%'lu messages are new here.", (gulong) row->imported), (gulong) row->imported));
  if (row->duplicates > 0)
    append_line (text, g_strdup_printf (ngettext ("%'lu was here already.", "%'lu were here already.", (gulong) row->duplicates), (gulong) row->duplicates));
  if (row->quarantined > 0)
    append_line (text, g_strdup_printf (ngettext ("%'lu is in the quarantine: it comes from a machine or cannot be read.", "%'lu are in the quarantine: they come from machines or cannot be read.", (gulong) row->quarantined), (gulong) row->quarantined));
  if (row->passed_over > 0)
    append_line (text, g_strdup_printf (ngettext ("%'lu file or message was passed over.", "%'lu files or messages were passed over.", (gulong) row->passed_over), (gulong) row->passed_over));
}

static void
append_export (GString *text,
               MosExportCounts *counts)
{
  append_line (text, g_strdup_printf (ngettext ("%'lu message was written.", "%'lu messages were written.", (gulong) counts->messages), (gulong) counts->messages));
  if (counts->others > 0)
    append_line (text, g_strdup_printf (ngettext ("%'lu note or event, too.", "%'lu notes and events, too.", (gulong) counts->others), (gulong) counts->others));
  if (counts->left_out > 0)
    append_line (text, g_strdup_printf (ngettext ("%'lu note or event is not in it: only JSON holds those.", "%'lu notes and events are not in it: only JSON holds those.", (gulong) counts->left_out), (gulong) counts->left_out));
  if (counts->without_source > 0)
    append_line (text, g_strdup_printf (ngettext ("%'lu message is not in it: its mail was not kept.", "%'lu messages are not in it: their mail was not kept.", (gulong) counts->without_source), (gulong) counts->without_source));
}

/* The first few by name; who wants all of them has mostradorctl. */
static void
append_damaged (GString *text,
                MosExportJob *job,
                guint64 n)
{
  g_auto (GStrv) damaged = mos_export_job_dup_damaged (job);

  if (n == 0)
    return;
  append_line (text, g_strdup_printf (ngettext ("%'lu attachment is damaged here and not in it:", "%'lu attachments are damaged here and not in it:", (gulong) n), (gulong) n));
  for (guint i = 0; damaged[i] != NULL && i < 5; i++)
    append_line (text, mos_text_isolate (damaged[i]));
  if (n > 5)
    append_line (text, g_strdup (_ ("and more.")));
}

static void
append_fetch_failure (GString *text,
                      const GError *error)
{
  MosErrorText words = mos_error_text (error);

  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    append_line (text, g_strdup (_ ("The mail server has it no more where it was. If somebody moved it, it is found at the next look at that folder.")));
  else if (g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE))
    {
      g_autofree char *limit = g_format_size (MOS_FETCH_MAX_BYTES);

      /* Translators: %s is a size */
      append_line (text, g_strdup_printf (_ ("It is larger than %s, the most that is taken in. Open it in the provider’s web mail."), limit));
    }
  else
    {
      append_line (text, g_strdup (words.sentence));
      if (*words.step != '\0')
        append_line (text, g_strdup (words.step));
    }
  append_line (text, g_strdup (_ ("What was here of it before is still here.")));
}

static void
append_failure (GString *text,
                MosJob *job)
{
  g_autoptr (GError) error = mos_job_dup_error (job);
  MosErrorText words;

  if (error == NULL)
    return;
  if (MOS_IS_FETCH_JOB (job))
    {
      append_fetch_failure (text, error);
      return;
    }
  words = mos_error_text (error);
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND) && MOS_IS_IMPORT_JOB (job))
    /* Translators: %s is the folder asked for and the names of those that are there */
    append_line (text, g_strdup_printf (_ ("There is no such folder on the server. %s"), error->message));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && MOS_IS_EXPORT_JOB (job))
    append_line (text, g_strdup (_ ("Something else of this name is there already. It was left alone; choose another name.")));
  else
    {
      append_line (text, g_strdup (words.sentence));
      if (*words.step != '\0')
        append_line (text, g_strdup (words.step));
    }
  append_line (text, g_strdup (MOS_IS_IMPORT_JOB (job) ? _ ("What was imported before is kept, and the import goes on from there.") : _ ("Nothing was written.")));
}

char *
mos_job_text_result (MosJob *job)
{
  g_autoptr (GString) text = g_string_new (NULL);
  MosJobState state = mos_job_get_state (job);

  if (state == MOS_JOB_RUNNING || state == MOS_JOB_WAITING)
    return g_strdup ("");
  if (MOS_IS_BACKUP_JOB (job))
    return backup_result (MOS_BACKUP_JOB (job));
  if (state == MOS_JOB_FAILED)
    append_failure (text, job);
  if (MOS_IS_FETCH_JOB (job))
    {
      if (state == MOS_JOB_CANCELLED)
        append_line (text, g_strdup (_ ("What was here of it before is still here.")));
    }
  else if (MOS_IS_IMPORT_JOB (job))
    {
      g_autoptr (MosImportRow) row = mos_import_job_dup_row (MOS_IMPORT_JOB (job));

      append_import (text, row);
    }
  else if (state == MOS_JOB_DONE)
    {
      MosExportCounts counts = mos_export_job_get_counts (MOS_EXPORT_JOB (job));

      append_export (text, &counts);
      append_damaged (text, MOS_EXPORT_JOB (job), counts.damaged);
    }
  else if (state == MOS_JOB_CANCELLED)
    append_line (text, g_strdup (_ ("Nothing was written.")));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mos_job_text_problem (MosImportProblem *problem)
{
  switch (problem->kind)
    {
    case MOS_IMPORT_PROBLEM_NOT_MAIL:
    default:
      return g_strdup (_ ("It is no mail."));
    case MOS_IMPORT_PROBLEM_UNREADABLE:
      /* Translators: %s are the system's words */
      return problem->detail != NULL ? g_strdup_printf (_ ("It could not be read: %s"), problem->detail) : g_strdup (_ ("It could not be read."));
    case MOS_IMPORT_PROBLEM_TOO_LARGE:
      return g_strdup (_ ("It is too large."));
    case MOS_IMPORT_PROBLEM_DELETED:
      return g_strdup (_ ("It is marked as deleted."));
    case MOS_IMPORT_PROBLEM_DRAFT:
      return g_strdup (_ ("It is a draft that was never sent."));
    case MOS_IMPORT_PROBLEM_NOT_STORED:
      /* Translators: %s are the database's words */
      return problem->detail != NULL ? g_strdup_printf (_ ("It could not be stored: %s"), problem->detail) : g_strdup (_ ("It could not be stored."));
    case MOS_IMPORT_PROBLEM_ERASED:
      return g_strdup (_ ("It was deleted here for good, and does not come back."));
    case MOS_IMPORT_PROBLEM_NOT_DELIVERED:
      return g_strdup (_ ("The server did not give it."));
    }
}

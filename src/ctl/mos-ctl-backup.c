/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-clock.h"
#include "core/desk/mos-backup-job.h"
#include "core/desk/mos-backups.h"
#include "core/desk/mos-restore-job.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- words --- */

/* What happened, then what to do: as in the window. */
static int
fail_backup (MosCtl *self,
             GError *problem)
{
  static const char *const texts[][2] = {
    [MOS_BACKUP_ERROR_NOT_ONE] = { N_ ("The file is no backup of Mostrador. Nothing was changed."), N_ ("Choose another file.") },
    [MOS_BACKUP_ERROR_NEEDS_PASSPHRASE] = { N_ ("It was made with a passphrase, and none was given. Nothing was changed."), N_ ("Enter the passphrase it was made with.") },
    [MOS_BACKUP_ERROR_PASSPHRASE] = { N_ ("The backup was made with another passphrase. Nothing was changed."), N_ ("Try again. Without the passphrase nobody can open it.") },
    [MOS_BACKUP_ERROR_DAMAGED] = { N_ ("It is damaged, or a part of it is missing. Nothing was changed."), N_ ("Copy it again from where it came from, or choose an older one.") },
    [MOS_BACKUP_ERROR_TOO_NEW] = { N_ ("This version cannot read the backup. Nothing was changed."), N_ ("Install the newer version, then restore it there.") },
    [MOS_BACKUP_ERROR_NO_FOLDER] = { N_ ("The folder is not there. Older backups are kept."), N_ ("Connect the drive it is on, or choose another folder.") },
    [MOS_BACKUP_ERROR_NO_ROOM] = { N_ ("The disk is full. Older backups are kept, and nothing was changed."), N_ ("Make room there, or choose another folder.") },
    [MOS_BACKUP_ERROR_NOT_WRITABLE] = { N_ ("Nothing can be written there. Older backups are kept."), N_ ("Choose another folder, or make this one writable for you.") },
    [MOS_BACKUP_ERROR_NO_KEYRING] = { N_ ("The passphrase, or the passwords that belong into the backup, are in a keyring that does not give them. Nothing was written."), N_ ("Unlock the keyring, then try again.") },
    [MOS_BACKUP_ERROR_NO_PASSPHRASE] = { N_ ("The keyring of this computer has no passphrase for backups. Nothing was written."), N_ ("Enter one in the preferences, under Backups.") },
  };
  g_autoptr (GError) error = problem;

  if (error->domain == MOS_BACKUP_ERROR && (gsize) error->code < G_N_ELEMENTS (texts))
    return mos_ctl_fail_text (self, "%s %s", _ (texts[error->code][0]), _ (texts[error->code][1]));
  return mos_ctl_fail (self, g_steal_pointer (&error));
}

/* The first line of the input. @ret_passphrase: (out) (transfer full) (nullable): %NULL where none is wanted. Returns: whether the command may go on; else @ret_status */
static gboolean
take_passphrase (MosCtl *self,
                 GPtrArray *args,
                 char **ret_passphrase,
                 int *ret_status)
{
  GError *error = NULL;

  *ret_passphrase = NULL;
  if (!mos_ctl_take_flag (args, "--passphrase-stdin"))
    return TRUE;
  *ret_passphrase = mos_ctl_read_input (self, &error);
  if (*ret_passphrase == NULL)
    {
      *ret_status = mos_ctl_fail (self, error);
      return FALSE;
    }
  (*ret_passphrase)[strcspn (*ret_passphrase, "\r\n")] = '\0';
  if (**ret_passphrase != '\0')
    return TRUE;
  g_clear_pointer (ret_passphrase, g_free);
  *ret_status = mos_ctl_usage (self, "%s", _ ("The passphrase is expected on standard input"));
  return FALSE;
}

static void
forget (char *passphrase)
{
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

static void
print_info (MosCtl *self,
            const char *path,
            const char *profile,
            const char *aside,
            const MosBackupInfo *info,
            const MosRestoredCount *count)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  /* Of one that is sealed nothing else is known. */
  gboolean is_known = !info->is_sealed || info->schema != 0;

  json_builder_begin_object (builder);
  mos_json_string (builder, "file", path);
  if (profile != NULL)
    {
      mos_json_string (builder, "profile", profile);
      mos_json_string (builder, "aside", aside);
    }
  mos_json_int (builder, "bytes", (gint64) info->file_bytes);
  mos_json_bool (builder, "sealed", info->is_sealed);
  if (is_known)
    {
      mos_json_time (builder, "made", info->made_us);
      mos_json_string (builder, "version", info->version);
      mos_json_int (builder, "schema", info->schema);
      mos_json_int (builder, "conversations", (gint64) info->conversations);
      mos_json_int (builder, "messages", (gint64) info->messages);
      mos_json_int (builder, "missing", (gint64) info->missing);
      mos_json_bool (builder, "passwords", info->has_passwords);
    }
  if (count != NULL)
    {
      mos_json_int (builder, "uncertain", count->uncertain);
      mos_json_int (builder, "held", count->held);
      mos_json_int (builder, "outreaches_paused", count->outreaches);
      mos_json_int (builder, "order_actions_uncertain", count->orders);
      mos_json_int (builder, "surveys_dropped", count->surveys);
    }
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static void
warn_missing (MosCtl *self,
              guint64 missing)
{
  if (missing > 0)
    /* Translators: %u is how many files */
    g_string_append_printf (self->errors, ngettext ("%u attachment is missing on this disk, so it is not in the backup; “mostradorctl check” tells of it\n", "%u attachments are missing on this disk, so they are not in the backup; “mostradorctl check” tells of them\n", (gulong) missing), (guint) missing);
}

/* --- create, verify, list --- */

static int
run_job (MosCtl *self,
         MosJob *job)
{
  GError *error = NULL;

  mos_job_set_progress_func (job, mos_ctl_show_progress, self);
  mos_job_run_sync (job, self->cancellable, &error);
  mos_ctl_end_progress (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_autofree char *path = mos_backup_job_dup_path (MOS_BACKUP_JOB (job));

      return mos_ctl_fail_exists (self, error, path);
    }
  return error != NULL ? fail_backup (self, error) : MOS_CTL_DONE;
}

static int
create (MosCtl *self,
        MosBackupJob *job)
{
  g_autoptr (MosBackupInfo) info = NULL;
  g_autofree char *path = NULL;
  int status = run_job (self, MOS_JOB (job));

  if (status != MOS_CTL_DONE)
    return status;
  path = mos_backup_job_dup_path (job);
  info = mos_backup_job_ref_info (job);
  warn_missing (self, info->missing);
  if (self->json)
    print_info (self, path, NULL, NULL, info, NULL);
  else
    /* Translators: %s is a file */
    mos_ctl_print (self, _ ("The whole profile is now in “%s”\n"), path);
  return MOS_CTL_DONE;
}

static int
backup_create (MosCtl *self,
               GPtrArray *args)
{
  gboolean force = mos_ctl_take_flag (args, "--force");
  gboolean with_passwords = mos_ctl_take_flag (args, "--with-passwords");
  g_autoptr (MosBackupJob) job = NULL;
  g_autofree char *path = NULL;
  char *passphrase;
  int status;

  if (!take_passphrase (self, args, &passphrase, &status))
    return status;
  if (!mos_ctl_check_args (self, args, 1, 1) || !mos_ctl_check_paths (self, args))
    status = MOS_CTL_USAGE;
  else if (with_passwords && passphrase == NULL)
    status = mos_ctl_usage (self, "%s", _ ("Passwords go only into a backup with a passphrase: --passphrase-stdin"));
  else
    {
      path = mos_ctl_path (self, g_ptr_array_index (args, 0));
      job = mos_backup_job_new (self->store, path, passphrase, with_passwords, force);
      status = create (self, job);
    }
  forget (passphrase);
  return status;
}

static int
backup_verify (MosCtl *self,
               GPtrArray *args)
{
  g_autoptr (MosBackupInfo) info = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;
  char *passphrase;
  int status;

  if (!take_passphrase (self, args, &passphrase, &status))
    return status;
  if (!mos_ctl_check_args (self, args, 1, 1) || !mos_ctl_check_paths (self, args))
    {
      forget (passphrase);
      return MOS_CTL_USAGE;
    }
  path = mos_ctl_path (self, g_ptr_array_index (args, 0));
  info = mos_backups_look_sync (path, passphrase, TRUE, self->cancellable, &error);
  forget (passphrase);
  if (info == NULL)
    return fail_backup (self, error);
  warn_missing (self, info->missing);
  if (self->json)
    print_info (self, path, NULL, NULL, info, NULL);
  else
    /* Translators: a file, then how many conversations and messages are in it */
    mos_ctl_print (self, _ ("“%1$s” is whole: %2$u conversations, %3$u messages\n"), path, (guint) info->conversations, (guint) info->messages);
  return MOS_CTL_DONE;
}

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_backup_plan_load (txn, data, error);
}

static int
backup_list (MosCtl *self,
             GPtrArray *args)
{
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *folder = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 1) || !mos_ctl_check_paths (self, args))
    return MOS_CTL_USAGE;
  if (args->len > 0)
    folder = mos_ctl_path (self, g_ptr_array_index (args, 0));
  else if (!mos_ctl_read (self, do_load, &plan, &error))
    return mos_ctl_fail (self, error);
  else if (*plan->folder == '\0')
    return mos_ctl_fail_text (self, "%s", _ ("No folder for backups was chosen; name one, as in “backup list FOLDER”"));
  files = mos_backups_list_sync (folder != NULL ? folder : plan->folder, self->cancellable, &error);
  if (files == NULL)
    return fail_backup (self, error);
  for (guint i = 0; i < files->len; i++)
    {
      MosBackupFile *file = g_ptr_array_index (files, i);
      g_autofree char *size = g_format_size (file->bytes);
      g_autofree char *time = mos_ctl_local_time (file->changed_us);

      if (self->json && file->problem == NULL)
        print_info (self, file->path, NULL, NULL, file->info, NULL);
      else if (!self->json)
        mos_ctl_print (self, "%s  %10s  %s%s\n", time, size, file->path, file->problem != NULL ? _ ("  (no backup, or damaged)") : file->info->is_sealed ? _ ("  (with a passphrase)")
                                                                                                                                                         : "");
    }
  return MOS_CTL_DONE;
}

/* --- the plan --- */

static int
print_plan (MosCtl *self,
            const MosBackupPlan *plan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *next = plan->next_us != 0 ? mos_ctl_local_time (plan->next_us) : g_strdup ("–");
  g_autofree char *good = plan->good_us != 0 ? mos_ctl_local_time (plan->good_us) : g_strdup ("–");

  if (!self->json)
    {
      mos_ctl_print (self, "every=%s folder=%s keep=%u passphrase=%s passwords=%s\n", mos_backup_every_to_nick (plan->every), plan->folder, plan->keep, plan->is_sealed ? "yes" : "no", plan->with_passwords ? "yes" : "no");
      /* Translators: two times, and a file */
      mos_ctl_print (self, _ ("Next: %1$s. Last whole one: %2$s %3$s\n"), next, good, plan->file);
      if (*plan->why != '\0')
        /* Translators: a word for programs, and the system's words */
        mos_ctl_print (self, _ ("The last try failed: %1$s %2$s\n"), plan->why, plan->detail);
      return MOS_CTL_DONE;
    }
  json_builder_begin_object (builder);
  mos_json_string (builder, "every", mos_backup_every_to_nick (plan->every));
  mos_json_string (builder, "folder", plan->folder);
  mos_json_int (builder, "keep", plan->keep);
  mos_json_bool (builder, "sealed", plan->is_sealed);
  mos_json_bool (builder, "passwords", plan->with_passwords);
  mos_json_bool (builder, "wanted", plan->is_wanted);
  mos_json_time (builder, "next", plan->next_us);
  mos_json_time (builder, "last", plan->last_us);
  mos_json_string (builder, "why", plan->why);
  mos_json_string (builder, "detail", plan->detail);
  mos_json_time (builder, "good", plan->good_us);
  mos_json_string (builder, "file", plan->file);
  mos_json_int (builder, "bytes", (gint64) plan->bytes);
  mos_json_int (builder, "missing", plan->missing);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
  return MOS_CTL_DONE;
}

/* Returns: whether all words make sense; says so otherwise */
static gboolean
change_plan (MosCtl *self,
             GPtrArray *args,
             MosBackupPlan *plan,
             const char *passphrase,
             int *ret_status)
{
  g_autofree char *folder = mos_ctl_take_option (args, "--folder");
  gboolean no_passphrase = mos_ctl_take_flag (args, "--no-passphrase");
  gboolean with_passwords = mos_ctl_take_flag (args, "--with-passwords");
  gboolean without_passwords = mos_ctl_take_flag (args, "--without-passwords");
  const char *word;

  *ret_status = MOS_CTL_USAGE;
  if (!mos_ctl_take_number (args, "--keep", &plan->keep) || plan->keep < 1 || plan->keep > MOS_BACKUP_MAX_KEEP)
    {
      *ret_status = mos_ctl_usage (self, _ ("--keep needs a number from 1 to %u"), MOS_BACKUP_MAX_KEEP);
      return FALSE;
    }
  if (!mos_ctl_check_args (self, args, 0, 1))
    return FALSE;
  word = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;
  if (word != NULL)
    {
      plan->every = mos_backup_every_from_nick (word, (MosBackupEvery) -1);
      if (plan->every == (MosBackupEvery) -1)
        {
          *ret_status = mos_ctl_usage (self, "%s", _ ("Backups are off, daily or weekly"));
          return FALSE;
        }
    }
  if (folder != NULL)
    {
      g_free (plan->folder);
      plan->folder = mos_ctl_path (self, folder);
    }
  plan->is_sealed = passphrase != NULL || (plan->is_sealed && !no_passphrase);
  plan->with_passwords = plan->is_sealed && (with_passwords || (plan->with_passwords && !without_passwords));
  if (plan->every != MOS_BACKUP_OFF && *plan->folder == '\0')
    *ret_status = mos_ctl_usage (self, "%s", _ ("Backups by themselves need --folder"));
  else if (with_passwords && !plan->is_sealed)
    *ret_status = mos_ctl_usage (self, "%s", _ ("Passwords go only into a backup with a passphrase: --passphrase-stdin"));
  else
    return TRUE;
  return FALSE;
}

static int
backup_plan (MosCtl *self,
             GPtrArray *args)
{
  g_autoptr (MosBackupPlan) plan = NULL;
  GError *error = NULL;
  char *passphrase;
  int status;

  if (!mos_ctl_read (self, do_load, &plan, &error))
    return mos_ctl_fail (self, error);
  if (args->len == 0)
    return print_plan (self, plan);
  if (!take_passphrase (self, args, &passphrase, &status))
    return status;
  if (!change_plan (self, args, plan, passphrase, &status))
    {
      forget (passphrase);
      return status;
    }
  mos_backups_save_sync (self->store, plan, passphrase, self->cancellable, &error);
  forget (passphrase);
  if (error != NULL)
    return mos_ctl_fail (self, error);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  if (!mos_ctl_read (self, do_load, &plan, &error))
    return mos_ctl_fail (self, error);
  return print_plan (self, plan);
}

static int
backup_run (MosCtl *self,
            GPtrArray *args)
{
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (MosBackupJob) job = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_load, &plan, &error))
    return mos_ctl_fail (self, error);
  if (*plan->folder == '\0')
    return mos_ctl_fail_text (self, "%s", _ ("No folder for backups was chosen; “backup plan daily --folder FOLDER” does"));
  job = mos_backup_job_new_planned (self->store);
  return create (self, job);
}

/* --- restore --- */

static int
put_in_place (MosCtl *self,
              MosRestoreJob *job)
{
  g_autoptr (MosBackupInfo) info = mos_restore_job_ref_info (job);
  MosRestoredCount count = mos_restore_job_get_count (job);
  g_autoptr (GError) keyring = NULL;
  g_autofree char *aside = NULL;
  GError *error = NULL;

  if (!mos_restore_job_put_in_place_sync (job, &aside, &keyring, self->cancellable, &error))
    {
      mos_restore_job_give_up_sync (job);
      if (!g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED))
        return fail_backup (self, error);
      g_error_free (error);
      return mos_ctl_fail_text (self, "%s", _ ("Another program has the profile open; end it first. Nothing was changed."));
    }
  if (keyring != NULL)
    g_string_append_printf (self->errors, "%s\n", _ ("The keyring did not take the passwords of the backup; they have to be entered again"));
  if (count.uncertain + count.held > 0)
    /* Translators: %u is how many messages */
    g_string_append_printf (self->errors, ngettext ("%u message waited to be sent when the backup was made. It may have left since, so it is not sent by itself: see “mostradorctl outbox”\n", "%u messages waited to be sent when the backup was made. They may have left since, so they are not sent by themselves: see “mostradorctl outbox”\n", count.uncertain + count.held), count.uncertain + count.held);
  if (self->json)
    {
      print_info (self, mos_restore_job_get_file (job), self->profile, aside, info, &count);
      return MOS_CTL_DONE;
    }
  /* Translators: first the backup's file, then the profile's folder */
  mos_ctl_print (self, _ ("“%s” is now the profile in “%s”\n"), mos_restore_job_get_file (job), self->profile);
  if (aside != NULL)
    /* Translators: %s is a folder */
    mos_ctl_print (self, _ ("The profile of before is kept in “%s”\n"), aside);
  return MOS_CTL_DONE;
}

int
mos_ctl_restore (MosCtl *self,
                 GPtrArray *args)
{
  gboolean replace = mos_ctl_take_flag (args, "--replace");
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosRestoreJob) job = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;
  char *passphrase;
  int status;

  if (!take_passphrase (self, args, &passphrase, &status))
    return status;
  if (!mos_ctl_check_args (self, args, 1, 1) || !mos_ctl_check_paths (self, args))
    {
      forget (passphrase);
      return MOS_CTL_USAGE;
    }
  path = mos_ctl_path (self, g_ptr_array_index (args, 0));
  job = mos_restore_job_new (path, passphrase, self->profile, clock);
  forget (passphrase);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    /* Translators: %s is a file */
    return mos_ctl_fail_text (self, _ ("There is no file “%s”; nothing was restored"), path);
  if (!replace && !mos_restore_is_empty (self->profile))
    /* Translators: %s is a folder */
    return mos_ctl_fail_text (self, _ ("“%s” is not empty; --replace restores into it and keeps what is there beside it"), self->profile);
  mos_job_set_progress_func (MOS_JOB (job), mos_ctl_show_progress, self);
  mos_job_run_sync (MOS_JOB (job), self->cancellable, &error);
  mos_ctl_end_progress (self);
  /* What the store's threads left for the main context. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return error != NULL ? fail_backup (self, error) : put_in_place (self, job);
}

int
mos_ctl_backup (MosCtl *self,
                GPtrArray *args)
{
  static const struct
  {
    const char *verb;
    MosCtlFunc func;
  } verbs[] = {
    { "create", backup_create },
    { "list", backup_list },
    { "verify", backup_verify },
    { "restore", mos_ctl_restore },
    { "plan", backup_plan },
    { "run", backup_run },
  };

  for (gsize i = 0; args->len > 0 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (g_ptr_array_index (args, 0), verbs[i].verb) == 0)
      {
        g_ptr_array_remove_index (args, 0);
        return verbs[i].func (self, args);
      }
  /* A file, as it was written before there were other ways. */
  return backup_create (self, args);
}

gboolean
mos_ctl_backup_stands_alone (GPtrArray *args)
{
  const char *verb = args->len > 0 ? g_ptr_array_index (args, 0) : "";

  return strcmp (verb, "verify") == 0 || strcmp (verb, "restore") == 0 || (strcmp (verb, "list") == 0 && args->len > 1);
}

gboolean
mos_ctl_backup_reads (GPtrArray *args)
{
  const char *verb = args->len > 0 ? g_ptr_array_index (args, 0) : "";

  return args->len == 1 && (strcmp (verb, "plan") == 0 || strcmp (verb, "list") == 0);
}

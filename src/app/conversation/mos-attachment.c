/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

gboolean
mos_attachment_is_dangerous (const char *name,
                             const char *type)
{
  static const char *const types[] = {
    "text/html", "image/svg+xml", "application/xhtml+xml", "application/javascript", "text/javascript", "application/x-executable", "application/x-sharedlib",
    "application/x-msdownload", "application/x-msdos-program", "application/x-sh", "application/x-shellscript", "text/x-shellscript", "text/x-python", "application/x-desktop",
    "application/java-archive", "application/x-java-archive", "application/vnd.appimage", "application/x-ms-shortcut", "application/hta", "application/x-perl", "application/x-php"
  };
  static const char *const suffixes[] = {
    "exe", "com", "scr", "bat", "cmd", "pif", "msi", "msp", "msix", "appx", "cpl", "dll", "lnk", "url", "hta", "js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1", "psm1", "reg", "chm",
    "sh", "bash", "zsh", "run", "bin", "elf", "so", "py", "pyc", "pl", "rb", "php", "desktop", "jar", "jnlp", "appimage", "flatpakref", "flatpakrepo", "deb", "rpm", "apk", "dmg", "pkg", "app",
    "html", "htm", "xhtml", "mht", "mhtml", "shtml", "svg", "svgz", "xml", "docm", "xlsm", "pptm", "xlam", "dotm", "iso", "img", "vhd", "vhdx", "one", "library-ms", "settingcontent-ms"
  };
  const char *dot = strrchr (name, '.');
  g_autofree char *suffix = dot != NULL ? g_utf8_casefold (dot + 1, -1) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (type, types[i]) == 0)
      return TRUE;
  if (suffix != NULL)
    g_strstrip (suffix);
  for (guint i = 0; suffix != NULL && i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_equal (suffix, suffixes[i]))
      return TRUE;
  return FALSE;
}

const char *
mos_attachment_display_name (const MosAttachment *attachment)
{
  /* A part that had no name got one that says nothing. */
  if (!g_str_has_prefix (attachment->name, "attachment."))
    return attachment->name;
  if (g_str_equal (attachment->type, "message/delivery-status") || g_str_equal (attachment->type, "message/global-delivery-status"))
    return _ ("Delivery report");
  if (g_str_equal (attachment->type, "text/rfc822-headers") || g_str_equal (attachment->type, "message/global-headers"))
    return _ ("Headers of the returned mail");
  if (g_str_equal (attachment->type, "message/rfc822") || g_str_equal (attachment->type, "message/global"))
    return _ ("Attached mail");
  return attachment->name;
}

GIcon *
mos_attachment_icon (const char *type)
{
  g_autofree char *content_type = g_content_type_from_mime_type (type);

  return g_content_type_get_symbolic_icon (content_type != NULL ? content_type : "application/octet-stream");
}

void
mos_widget_show_problem (GtkWidget *widget,
                         const char *heading,
                         const char *detail)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, detail);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, widget);
}

/* --- Temporary copies --- */

static void
remove_old (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) == 0 && S_ISDIR (info.st_mode) && (gint64) info.st_mtime < g_get_real_time () / G_USEC_PER_SEC - 24 * 60 * 60)
        {
          g_autoptr (GDir) inner = g_dir_open (path, 0, NULL);
          const char *file;

          while (inner != NULL && (file = g_dir_read_name (inner)) != NULL)
            {
              g_autofree char *inner_path = g_build_filename (path, file, NULL);

              (void) g_unlink (inner_path); /* tidying: what stays is tried again next time */
            }
          (void) g_rmdir (path);
        }
    }
}

GFile *
mos_attachment_write_temp (const char *name,
                           GBytes *bytes,
                           GError **error)
{
  static gboolean tidied;
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "mostrador", "opened", NULL);
  g_autofree char *pattern = g_build_filename (folder, "XXXXXX", NULL);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_mkdtemp_full (pattern, 0700) == NULL)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s: %s", folder, g_strerror (code));
      return NULL;
    }
  if (!tidied)
    {
      tidied = TRUE;
      remove_old (folder);
    }
  path = g_build_filename (pattern, base, NULL);
  if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return g_file_new_for_path (path);
}

/* --- Jobs: load the bytes, then do one thing with them --- */

typedef struct
{
  MosDesk *desk;             /* (owned) */
  MosAttachment *attachment; /* (owned) */
  GtkWidget *parent;         /* (owned) */
  GFile *target;             /* (owned) (nullable) */
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->desk);
  g_clear_pointer (&job->attachment, mos_attachment_unref);
  g_clear_object (&job->parent);
  g_clear_object (&job->target);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static Job *
job_new (MosDesk *desk,
         MosAttachment *attachment,
         GtkWidget *parent)
{
  Job *job = g_new0 (Job, 1);

  job->desk = g_object_ref (desk);
  job->attachment = mos_attachment_ref (attachment);
  job->parent = g_object_ref (parent);
  return job;
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
load_bytes (Job *job,
            GAsyncReadyCallback callback)
{
  if (job->attachment->sha256 == NULL)
    {
      mos_widget_show_problem (job->parent, _ ("This Attachment Is Not Stored"), NULL);
      job_free (job);
      return;
    }
  mos_desk_load_blob_async (job->desk, job->attachment->sha256, NULL, callback, job);
}

static void
on_launched_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_widget_show_problem (job->parent, _ ("No Program Could Open This Attachment"), error->message);
}

static void
on_open_loaded_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);
  g_autoptr (GFile) file = bytes != NULL ? mos_attachment_write_temp (job->attachment->name, bytes, &error) : NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;
  GtkWindow *window;

  if (file == NULL)
    {
      mos_widget_show_problem (job->parent, _ ("The Attachment Could Not Be Opened"), error->message);
      return;
    }
  launcher = gtk_file_launcher_new (file);
  window = window_of (job->parent);
  gtk_file_launcher_launch (launcher, window, NULL, on_launched_cb, g_steal_pointer (&job));
}

static void
on_open_answered_cb (AdwAlertDialog *dialog,
                     const char *response,
                     gpointer user_data)
{
  g_autoptr (Job) job = user_data;

  if (g_str_equal (response, "open"))
    load_bytes (g_steal_pointer (&job), on_open_loaded_cb);
  else if (g_str_equal (response, "save"))
    mos_attachment_save (job->desk, job->attachment, job->parent);
}

void
mos_attachment_open (MosDesk *desk,
                     MosAttachment *attachment,
                     GtkWidget *parent)
{
  Job *job = job_new (desk, attachment, parent);
  AdwDialog *dialog;

  if (!mos_attachment_is_dangerous (attachment->name, attachment->type))
    {
      load_bytes (job, on_open_loaded_cb);
      return;
    }
  dialog = adw_alert_dialog_new (_ ("Open This Attachment?"), NULL);
  /* Translators: %s is a file name. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("“%s” can run a program or load things from the internet. Open it only if you expected it from this person."), attachment->name);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save Instead…"), "open", _ ("_Open Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "open", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_open_answered_cb), job);
  adw_dialog_present (dialog, parent);
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    mos_widget_show_problem (job->parent, _ ("The Attachment Could Not Be Saved"), error->message);
}

static void
on_save_loaded_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);
  GFile *target = job->target;

  if (bytes == NULL)
    {
      mos_widget_show_problem (job->parent, _ ("The Attachment Could Not Be Saved"), error->message);
      return;
    }
  g_file_replace_contents_bytes_async (target, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_saved_cb, g_steal_pointer (&job));
}

static void
on_target_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  job->target = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  if (job->target != NULL)
    load_bytes (g_steal_pointer (&job), on_save_loaded_cb);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    mos_widget_show_problem (job->parent, _ ("The Attachment Could Not Be Saved"), error->message);
}

void
mos_attachment_save (MosDesk *desk,
                     MosAttachment *attachment,
                     GtkWidget *parent)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save Attachment"));
  gtk_file_dialog_set_initial_name (dialog, attachment->name);
  gtk_file_dialog_save (dialog, window_of (parent), NULL, on_target_chosen_cb, job_new (desk, attachment, parent));
}

typedef struct
{
  MosDesk *desk;          /* (owned) */
  GPtrArray *attachments; /* (owned) */
  GtkWidget *parent;      /* (owned) */
} SaveAll;

static GFile *
free_name (GFile *folder,
           const char *name,
           GHashTable *taken)
{
  g_autofree char *base = g_path_get_basename (name);
  const char *dot = strrchr (base, '.');
  gsize stem = dot != NULL && dot != base ? (gsize) (dot - base) : strlen (base);

  for (guint i = 0;; i++)
    {
      g_autofree char *candidate = i == 0 ? g_strdup (base) : g_strdup_printf ("%.*s (%u)%s", (int) stem, base, i + 1, base + stem);
      g_autoptr (GFile) file = g_file_get_child (folder, candidate);

      if (!g_hash_table_contains (taken, candidate) && !g_file_query_exists (file, NULL))
        {
          g_hash_table_add (taken, g_steal_pointer (&candidate));
          return g_steal_pointer (&file);
        }
    }
}

static void
on_folder_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  SaveAll *all = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; folder != NULL && i < all->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (all->attachments, i);
      Job *job = job_new (all->desk, attachment, all->parent);

      job->target = free_name (folder, attachment->name, taken);
      load_bytes (job, on_save_loaded_cb);
    }
  if (folder == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    mos_widget_show_problem (all->parent, _ ("The Attachments Could Not Be Saved"), error->message);
  g_object_unref (all->desk);
  g_ptr_array_unref (all->attachments);
  g_object_unref (all->parent);
  g_free (all);
}

void
mos_attachment_save_all (MosDesk *desk,
                         GPtrArray *attachments,
                         GtkWidget *parent)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  SaveAll *all = g_new0 (SaveAll, 1);

  all->desk = g_object_ref (desk);
  all->attachments = g_ptr_array_ref (attachments);
  all->parent = g_object_ref (parent);
  gtk_file_dialog_set_title (dialog, _ ("Save All Attachments"));
  gtk_file_dialog_select_folder (dialog, window_of (parent), NULL, on_folder_chosen_cb, all);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"

#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-file-out.h"

#include <adwaita.h>
#include <glib/gi18n.h>
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
  mos_dialog_present (dialog, widget);
}

/* --- Jobs: load the bytes, then do one thing with them --- */

typedef struct
{
  MosDesk *desk;             /* (owned) */
  MosAttachment *attachment; /* (owned) */
  GtkWidget *parent;         /* (owned) */
  GFile *target;             /* (owned) (nullable) */
  gboolean always_ask;       /* which program is to be asked */
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
on_copied_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = mos_attachment_copy_finish (result, &error);
  g_autoptr (GtkFileLauncher) launcher = NULL;
  GtkWindow *window;

  if (file == NULL)
    {
      mos_widget_show_problem (job->parent, _ ("The Attachment Could Not Be Opened"), error->message);
      return;
    }
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_set_always_ask (launcher, job->always_ask);
  window = mos_widget_get_window (job->parent);
  gtk_file_launcher_launch (launcher, window, NULL, on_launched_cb, g_steal_pointer (&job));
}

static void
on_open_loaded_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);
  const char *name = job->attachment->name;

  if (bytes == NULL)
    mos_widget_show_problem (job->parent, _ ("The Attachment Could Not Be Opened"), error->message);
  else
    mos_attachment_copy_async (NULL, name, bytes, NULL, on_copied_cb, g_steal_pointer (&job));
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

static void
open_attachment (MosDesk *desk,
                 MosAttachment *attachment,
                 gboolean always_ask,
                 GtkWidget *parent)
{
  Job *job = job_new (desk, attachment, parent);
  AdwDialog *dialog;

  job->always_ask = always_ask;
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
  mos_dialog_present (dialog, parent);
}

void
mos_attachment_open (MosDesk *desk,
                     MosAttachment *attachment,
                     GtkWidget *parent)
{
  open_attachment (desk, attachment, FALSE, parent);
}

void
mos_attachment_open_with (MosDesk *desk,
                          MosAttachment *attachment,
                          GtkWidget *parent)
{
  open_attachment (desk, attachment, TRUE, parent);
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
  gtk_file_dialog_save (dialog, mos_widget_get_window (parent), NULL, on_target_chosen_cb, job_new (desk, attachment, parent));
}

/* --- All of them, into one folder --- */

typedef struct
{
  MosDesk *desk;          /* (owned) */
  GPtrArray *attachments; /* (owned) */
  GtkWidget *parent;      /* (owned) */
  GFile *folder;          /* (owned) (nullable) */
  GError *error;          /* (owned) (nullable): the first */
  guint next;
} SaveAll;

static void
save_all_free (SaveAll *all)
{
  g_object_unref (all->desk);
  g_ptr_array_unref (all->attachments);
  g_object_unref (all->parent);
  g_clear_object (&all->folder);
  g_clear_error (&all->error);
  g_free (all);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveAll, save_all_free)

static void save_next (SaveAll *all);

static void
keep_error (SaveAll *all,
            GError *error)
{
  if (all->error == NULL)
    all->error = error;
  else
    g_error_free (error);
}

static void
on_all_copied_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  SaveAll *all = user_data;
  GError *error = NULL;
  g_autoptr (GFile) file = mos_attachment_copy_finish (result, &error);

  if (file == NULL)
    keep_error (all, error);
  save_next (all);
}

static void
on_all_loaded_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  SaveAll *all = user_data;
  MosAttachment *attachment = g_ptr_array_index (all->attachments, all->next - 1);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);

  if (bytes != NULL)
    {
      mos_attachment_copy_async (all->folder, attachment->name, bytes, NULL, on_all_copied_cb, all);
      return;
    }
  keep_error (all, error);
  save_next (all);
}

/* One after the other: memory holds one of them, and one sentence tells how it went. */
static void
save_next (SaveAll *all)
{
  while (all->next < all->attachments->len)
    {
      MosAttachment *attachment = g_ptr_array_index (all->attachments, all->next++);

      if (attachment->sha256 != NULL)
        {
          mos_desk_load_blob_async (all->desk, attachment->sha256, NULL, on_all_loaded_cb, all);
          return;
        }
      keep_error (all, g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", attachment->name));
    }
  if (all->error != NULL)
    mos_widget_show_problem (all->parent, _ ("The Attachments Could Not Be Saved"), all->error->message);
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (all->parent), _ ("Attachments saved"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  save_all_free (all);
}

static void
on_folder_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (SaveAll) all = user_data;
  g_autoptr (GError) error = NULL;

  all->folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  if (all->folder != NULL)
    save_next (g_steal_pointer (&all));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    mos_widget_show_problem (all->parent, _ ("The Attachments Could Not Be Saved"), error->message);
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
  gtk_file_dialog_select_folder (dialog, mos_widget_get_window (parent), NULL, on_folder_chosen_cb, all);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-import-dialog.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/exchange/mos-job-dialog.h"
#include "app/help/mos-help-button.h"
#include "app/widgets/mos-dialog.h"

#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-import-job.h"
#include "core/desk/mos-import.h"
#include "core/desk/mos-rows.h"

#include <glib/gi18n.h>
#include <string.h>

struct _MosImportDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwComboRow *source;
  GtkWidget *files_row;
  GtkWidget *folder_row;
  AdwActionRow *chosen_row;
  AdwComboRow *server;
  GtkWidget *host;
  GtkWidget *user;
  GtkWidget *password;
  GtkWidget *folder;
  AdwComboRow *into;
  GtkWidget *import_button;

  /* Owned */
  MosDesk *desk;
  GPtrArray *accounts; /* of MosAccount: those with a server first, as in both lists */
  GStrv paths;         /* (nullable) */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosImportDialog, mos_import_dialog, ADW_TYPE_DIALOG)

/* (nullable): the account chosen in a list that has one more entry at its end */
static MosAccount *
get_chosen (MosImportDialog *self,
            AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < self->accounts->len ? g_ptr_array_index (self->accounts, selected) : NULL;
}

static void
on_changed_cb (MosImportDialog *self)
{
  gboolean is_server, is_other, is_valid;

  /* While the template is being made. */
  if (self->accounts == NULL)
    return;

  is_server = adw_combo_row_get_selected (self->source) == 1;
  is_other = is_server && get_chosen (self, self->server) == NULL;
  gtk_widget_set_visible (self->files_row, !is_server);
  gtk_widget_set_visible (self->folder_row, !is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen_row), !is_server && self->paths != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->server), is_server && self->accounts->len > 0);
  gtk_widget_set_visible (self->host, is_other);
  gtk_widget_set_visible (self->user, is_other);
  gtk_widget_set_visible (self->password, is_other);
  gtk_widget_set_visible (self->folder, is_server);

  is_valid = is_server ? *gtk_editable_get_text (GTK_EDITABLE (self->folder)) != '\0' : self->paths != NULL;
  if (is_other)
    is_valid = is_valid && *gtk_editable_get_text (GTK_EDITABLE (self->host)) != '\0' && *gtk_editable_get_text (GTK_EDITABLE (self->user)) != '\0' && *gtk_editable_get_text (GTK_EDITABLE (self->password)) != '\0';
  gtk_widget_set_sensitive (self->import_button, is_valid);
}

/* --- files --- */

/* @paths: (transfer full) */
static void
set_paths (MosImportDialog *self,
           GStrv paths)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_strfreev (self->paths);
  self->paths = paths;
  for (guint i = 0; paths[i] != NULL && i < 5; i++)
    {
      g_autofree char *shown = g_filename_display_name (paths[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "", i == 4 ? "…" : shown);
    }
  adw_action_row_set_subtitle (self->chosen_row, names->str);
  on_changed_cb (self);
  gtk_widget_grab_focus (self->import_button);
}

/* Where not, the person is told. @file: (nullable) */
static gboolean
can_import (MosImportDialog *self,
            GFile *file)
{
  const char *path = mos_job_get_choice_path (GTK_WIDGET (self), file);

  if (path == NULL || !mos_import_is_own_json (path))
    return path != NULL;
  mos_widget_show_problem (GTK_WIDGET (self), _ ("This Export Cannot Be Imported"),
                           _ ("It is JSON, which is for other programs. What can be imported are .eml files, mbox files and Maildirs: export as one of those."));
  return FALSE;
}

static void
on_files_chosen_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (MosImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  mos_job_show_choice_error (GTK_WIDGET (self), error);
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (can_import (self, file))
        g_strv_builder_add (builder, g_file_peek_path (file));
    }
  paths = g_strv_builder_end (builder);
  if (paths[0] != NULL)
    set_paths (self, g_steal_pointer (&paths));
}

static void
on_files_cb (MosImportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose Mail to Import"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_files_chosen_cb, g_object_ref (self));
}

static void
on_folder_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  const char *paths[] = { NULL, NULL };

  mos_job_show_choice_error (GTK_WIDGET (self), error);
  if (!can_import (self, file))
    return;
  paths[0] = g_file_peek_path (file);
  set_paths (self, g_strdupv ((char **) paths));
}

static void
on_folder_cb (MosImportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose a Folder with Mail"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_folder_chosen_cb, g_object_ref (self));
}

/* --- the job --- */

/* "host", "host:port" or "imap://host:port", as people know it; encrypted unless it is said otherwise. */
static MosServer *
make_server (const char *host,
             const char *user)
{
  MosServer *server = mos_server_new ();
  g_autofree char *url = strstr (host, "://") != NULL ? g_strdup (host) : g_strconcat ("imaps://", host, NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  gboolean is_plain = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "imap");

  server->host = g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : host);
  server->user = g_strdup (user);
  server->security = is_plain ? MOS_SECURITY_STARTTLS : MOS_SECURITY_TLS;
  server->port = uri != NULL && g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : is_plain ? 143
                                                                                                     : 993;
  return server;
}

static MosImportJob *
make_job (MosImportDialog *self)
{
  MosStore *store = mos_desk_get_store (self->desk);
  MosAccount *into = get_chosen (self, self->into);
  MosAccount *server = get_chosen (self, self->server);
  const char *folder = gtk_editable_get_text (GTK_EDITABLE (self->folder));
  g_autoptr (MosAccount) other = NULL;
  g_autoptr (MosDeskHost) host = NULL;

  if (adw_combo_row_get_selected (self->source) == 0)
    return mos_import_job_new_paths (store, into != NULL ? into->id : NULL, (const char *const *) self->paths);
  if (server != NULL)
    {
      host = mos_desk_host_new (store);
      return mos_import_job_new_folder (store, into != NULL ? into->id : NULL, server, MOS_CHANNEL_HOST (host), NULL, folder);
    }
  other = mos_account_new ();
  other->id = g_strdup ("");
  other->imap = make_server (gtk_editable_get_text (GTK_EDITABLE (self->host)), gtk_editable_get_text (GTK_EDITABLE (self->user)));
  mos_account_fill (other);
  return mos_import_job_new_folder (store, into != NULL ? into->id : NULL, other, NULL, gtk_editable_get_text (GTK_EDITABLE (self->password)), folder);
}

static void
on_import_cb (MosImportDialog *self)
{
  g_autoptr (MosImportJob) job = make_job (self);
  GtkWidget *parent = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  MosJob *running;

  running = mos_desk_run_job (self->desk, MOS_JOB (job));
  mos_dialog_present (ADW_DIALOG (mos_job_dialog_new (self->desk, running)), parent);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- making it --- */

static GListModel *
make_names (MosImportDialog *self,
            const char *last)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (self->accounts, i);
      g_autofree char *name = g_strdup_printf ("%s <%s>", account->name, account->address);

      gtk_string_list_append (names, *account->name != '\0' ? name : account->address);
    }
  gtk_string_list_append (names, last);
  return G_LIST_MODEL (names);
}

static void
mos_import_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_IMPORT_DIALOG (dialog)->cancellable);
}

static void
mos_import_dialog_dispose (GObject *object)
{
  MosImportDialog *self = MOS_IMPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->paths, g_strfreev);
  G_OBJECT_CLASS (mos_import_dialog_parent_class)->dispose (object);
}

static void
mos_import_dialog_class_init (MosImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_import_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_import_dialog_closed;

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, source);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, files_row);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, chosen_row);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, server);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, host);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, user);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, password);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, folder);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, into);
  gtk_widget_class_bind_template_child (widget_class, MosImportDialog, import_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_files_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_cb);
}

static void
mos_import_dialog_init (MosImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->chosen_row), FALSE);
}

MosImportDialog *
mos_import_dialog_new (MosDesk *desk)
{
  MosImportDialog *self = g_object_new (MOS_TYPE_IMPORT_DIALOG, NULL);
  GListModel *items = mos_desk_get_accounts (desk);
  g_autoptr (GListModel) servers = NULL;
  g_autoptr (GListModel) owners = NULL;

  self->desk = g_object_ref (desk);
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_unref);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (items, i);
      MosAccount *account = mos_account_item_get_account (item);

      if (*account->imap->host != '\0')
        g_ptr_array_add (self->accounts, mos_account_ref (account));
    }
  /* Translators: a mail server that is no account here */
  servers = make_names (self, _ ("Another server"));
  /* Translators: where imported mail goes that belongs to no account */
  owners = make_names (self, _ ("No account: the archive"));
  adw_combo_row_set_model (self->server, servers);
  adw_combo_row_set_model (self->into, owners);
  on_changed_cb (self);
  return self;
}

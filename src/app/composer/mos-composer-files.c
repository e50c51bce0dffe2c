/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-send-check.h"
#include "app/conversation/mos-attachment-chip.h"

#include <glib/gi18n.h>

/* No mail server takes more; and all of it is held in memory once. */
#define FILE_MAX_BYTES (60 * 1000 * 1000)

/* --- Showing --- */

static void
on_remove_cb (MosAttachmentChip *chip,
              MosComposer *self)
{
  MosAttachment *attachment = mos_attachment_chip_get_attachment (chip);
  guint index;

  if (!g_ptr_array_find (self->files, attachment, &index))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  g_ptr_array_remove_index (self->files, index);
  mos_composer_update_files (self);
  mos_composer_touch (self);
}

char *
mos_composer_describe_excess (MosComposer *self)
{
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *over = NULL;
  guint64 excess;

  if (self->draft != NULL && mos_composer_is_chat (self))
    return mos_composer_describe_chat_files (self);
  if (self->draft == NULL || self->send_limit == 0 || g_str_equal (self->draft->kind, "note"))
    return NULL;
  draft = mos_composer_dup_draft (self);
  excess = mos_draft_excess (draft, self->send_limit);
  if (excess == 0)
    return NULL;
  sent = g_format_size (mos_draft_sent_size (draft));
  limit = g_format_size (self->send_limit);
  over = g_format_size (excess);
  /* Translators: sizes such as "31.2 MB": of the whole message as it is sent, by how much that is too large, and what the account's mail server takes. */
  return g_strdup_printf (_ ("As a mail it has %1$s: that is %2$s too large for this account, whose server takes %3$s. Remove an attachment."), sent, over, limit);
}

typedef struct
{
  MosComposer *self; /* (owned) */
  char *account;     /* (owned) */
} LimitJob;

static void
limit_job_free (LimitJob *job)
{
  g_object_unref (job->self);
  g_free (job->account);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimitJob, limit_job_free)

static void
on_limit_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (LimitJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  guint64 limit = 0;

  if (!mos_desk_load_send_limit_finish (MOS_DESK (source), result, &limit, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("No limit for sending: %s", error->message);
      return;
    }
  /* The account may have been changed meanwhile; then another answer is under way. */
  if (self->box == NULL || self->draft == NULL || g_strcmp0 (self->account, job->account) != 0)
    return;
  self->send_limit = limit;
  mos_composer_update_files (self);
}

void
mos_composer_load_limit (MosComposer *self)
{
  LimitJob *job;

  self->send_limit = 0;
  if (self->desk == NULL || self->account == NULL)
    return;
  job = g_new0 (LimitJob, 1);
  job->self = g_object_ref (self);
  job->account = g_strdup (self->account);
  mos_desk_load_send_limit_async (self->desk, self->account, self->cancellable, on_limit_cb, job);
}

void
mos_composer_update_files (MosComposer *self)
{
  guint64 total = 0;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  g_autofree char *excess = NULL;
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->attachments))) != NULL)
    adw_wrap_box_remove (self->attachments, old);
  for (guint i = 0; i < self->files->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (self->files, i);
      GtkWidget *chip = mos_attachment_chip_new (self->desk, attachment, TRUE);

      g_signal_connect_object (chip, "remove", G_CALLBACK (on_remove_cb), self, G_CONNECT_DEFAULT);
      adw_wrap_box_append (self->attachments, chip);
      total += attachment->size;
    }
  size = g_format_size (total);
  /* Translators: number of attachments, and their size together such as "2.4 MB". */
  text = g_strdup_printf (ngettext ("%1$u attachment, %2$s", "%1$u attachments, %2$s", self->files->len), self->files->len, size);
  excess = mos_composer_describe_excess (self);
  if (excess != NULL)
    {
      /* Translators: "3 attachments, 24 MB", then a sentence. */
      g_autofree char *both = g_strdup_printf (_ ("%1$s. %2$s"), text, excess);

      gtk_label_set_label (self->attachments_size, both);
      gtk_widget_add_css_class (GTK_WIDGET (self->attachments_size), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->attachments_size), "dimmed");
    }
  else
    {
      gtk_label_set_label (self->attachments_size, text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->attachments_size), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->attachments_size), "dimmed");
    }
  gtk_widget_set_visible (self->attachments_box, self->files->len > 0);
  mos_composer_update_fit (self);
  mos_composer_count_chat (self);
}

/* --- Adding: read, store, show --- */

typedef struct
{
  MosComposer *self; /* (owned) */
  MosDraft *draft;   /* (owned): the one it was meant for */
  char *name;        /* (owned) */
  char *type;        /* (owned) */
} AttachJob;

static void
attach_job_free (AttachJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  g_free (job->name);
  g_free (job->type);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttachJob, attach_job_free)

/* Another draft may have been opened meanwhile. */
static gboolean
is_open_still (const AttachJob *job)
{
  return job->self->box != NULL && job->self->draft != NULL && g_str_equal (job->self->draft->id, job->draft->id);
}

static AttachJob *
begin_attach (MosComposer *self)
{
  AttachJob *job = g_new0 (AttachJob, 1);

  job->self = g_object_ref (self);
  job->draft = mos_draft_ref (self->draft);
  self->attaching++;
  mos_composer_update_sensitive (self);
  return job;
}

static void
end_attach (AttachJob *job,
            const GError *error)
{
  MosComposer *self = job->self;

  self->attaching--;
  if (self->box == NULL)
    return;
  mos_composer_update_sensitive (self);
  if (error != NULL)
    {
      /* Translators: a file name, then what went wrong. */
      g_autofree char *text = g_strdup_printf (_ ("“%1$s” could not be attached: %2$s"), job->name != NULL ? job->name : "", error->message);

      mos_composer_show_problem (self, text);
    }
}

static void
on_attached_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (AttachJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosAttachment) attachment = mos_desk_attach_finish (MOS_DESK (source), result, &error);

  end_attach (job, error);
  if (attachment == NULL || !is_open_still (job))
    return;
  g_ptr_array_add (self->files, g_steal_pointer (&attachment));
  mos_composer_update_files (self);
  mos_composer_touch (self);
}

static void
store_bytes (AttachJob *job,
             GBytes *bytes)
{
  mos_desk_attach_async (job->self->desk, job->name, job->type, bytes, NULL, on_attached_cb, job);
}

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (AttachJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes == NULL || job->self->desk == NULL)
    end_attach (job, error);
  else
    store_bytes (g_steal_pointer (&job), bytes);
}

static void
on_info_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (AttachJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  GCancellable *cancellable;

  if (info == NULL)
    {
      job->name = g_file_get_basename (G_FILE (source));
      end_attach (job, error);
      return;
    }
  job->name = g_strdup (g_file_info_get_display_name (info));
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      /* Translators: comes after "could not be attached:". */
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _ ("it is a folder"));
      end_attach (job, error);
      return;
    }
  if (g_file_info_get_size (info) > FILE_MAX_BYTES)
    {
      g_autofree char *limit = g_format_size (FILE_MAX_BYTES);

      /* Translators: %s is a size; comes after "could not be attached:". */
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("it is larger than %s"), limit);
      end_attach (job, error);
      return;
    }
  job->type = g_content_type_get_mime_type (g_file_info_get_content_type (info));
  if (job->type == NULL)
    job->type = g_strdup ("application/octet-stream");
  cancellable = job->self->cancellable;
  g_file_load_bytes_async (G_FILE (source), cancellable, on_read_cb, g_steal_pointer (&job));
}

void
mos_composer_attach_file (MosComposer *self,
                          GFile *file)
{
  g_return_if_fail (MOS_IS_COMPOSER (self));

  if (self->draft == NULL || self->desk == NULL)
    return;
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_info_cb, begin_attach (self));
}

void
mos_composer_take_attachment (MosComposer *self,
                              MosAttachment *attachment)
{
  g_return_if_fail (MOS_IS_COMPOSER (self));
  g_return_if_fail (attachment != NULL && attachment->sha256 != NULL);

  g_ptr_array_add (self->files, mos_attachment_ref (attachment));
  mos_composer_update_files (self);
  mos_composer_touch (self);
}

static void
attach_texture (MosComposer *self,
                GdkTexture *texture)
{
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GDateTime) now = NULL;
  AttachJob *job;

  if (self->draft == NULL || self->desk == NULL)
    return;
  png = gdk_texture_save_to_png_bytes (texture);
  now = g_date_time_new_now_local ();
  job = begin_attach (self);
  /* Translators: file name of a pasted picture, a GDateTime format; keep ".png". */
  job->name = g_date_time_format (now, C_ ("file name", "image-%Y-%m-%d-%H%M%S.png"));
  job->type = g_strdup ("image/png");
  store_bytes (job, png);
}

static void
attach_value (MosComposer *self,
              const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l != NULL; l = l->next)
        mos_composer_attach_file (self, l->data);
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    attach_texture (self, g_value_get_object (value));
}

/* --- Choosing --- */

static void
on_chosen_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  if (files == NULL)
    {
      if (self->box != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_composer_show_problem (self, error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      mos_composer_attach_file (self, file);
    }
}

void
mos_composer_choose_files (MosComposer *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->draft == NULL)
    return;
  gtk_file_dialog_set_title (dialog, _ ("Attach Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, on_chosen_cb, g_object_ref (self));
}

/* --- Pasting and dropping --- */

static void
on_clipboard_read_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data)
{
  g_autoptr (AttachJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  end_attach (job, NULL);
  if (!is_open_still (job))
    return;
  if (value != NULL)
    attach_value (self, value);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_composer_show_problem (self, error->message);
}

static void
on_paste_cb (GtkTextView *view,
             MosComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = G_TYPE_INVALID;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  /* Office programs offer a picture of copied text beside the text. */
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    type = GDK_TYPE_TEXTURE;
  if (type == G_TYPE_INVALID || self->draft == NULL || g_str_equal (self->draft->kind, "note"))
    return;
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable, on_clipboard_read_cb, begin_attach (self));
}

static gboolean
on_drop_cb (GtkDropTarget *target,
            const GValue *value,
            double x,
            double y,
            MosComposer *self)
{
  if (self->draft == NULL || g_str_equal (self->draft->kind, "note"))
    return FALSE;
  attach_value (self, value);
  return TRUE;
}

void
mos_composer_init_files (MosComposer *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  /* Before the text view, which would take a file's name as text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (self->text_view, "paste-clipboard", G_CALLBACK (on_paste_cb), self, G_CONNECT_DEFAULT);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-drag-out.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-print.h"
#include "app/widgets/mos-file-out.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-export.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _MosDragOut
{
  GdkContentProvider parent_instance;

  /* Owned */
  MosDesk *desk;
  GStrv conversations;
  gboolean as_pdf;

  GFile *file;        /* (nullable): made */
  GError *error;      /* (nullable): why not */
  GPtrArray *waiting; /* of GTask: who wants it, while it is being made; NULL = nobody asked yet */

  /* While it is made */
  MosConversationRow *row; /* (nullable): of the one conversation */
  GPtrArray *rows;         /* (nullable): its messages */
  MosExportJob *job;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MosDragOut, mos_drag_out, GDK_TYPE_CONTENT_PROVIDER)

/* --- what is in it --- */

/* On the store's thread; nothing else looks at it until it has returned. */
static gboolean
look_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  MosDragOut *self = data;

  if (!mos_store_conversation_find (txn, self->conversations[0], &self->row, error))
    return FALSE;
  self->rows = mos_store_message_list_of_conversation (txn, self->conversations[0], error);
  return self->rows != NULL;
}

/* Returns: (nullable): the one mail; @ret_n: how many there are */
static MosMessageRow *
find_mail (GPtrArray *rows,
           guint *ret_n)
{
  MosMessageRow *mail = NULL;

  *ret_n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (row->direction != MOS_DIRECTION_INCOMING && row->direction != MOS_DIRECTION_OUTGOING)
        continue;
      mail = row;
      ++*ret_n;
    }
  return mail;
}

/* --- making it --- */

/* @file: (transfer full) (nullable); @error: (nullable) */
static void
finish (MosDragOut *self,
        GFile *file,
        const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  if (error != NULL)
    g_info ("A conversation was not dragged out: %s", error->message);
  self->file = file;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  for (guint i = 0; i < waiting->len; i++)
    if (self->file != NULL)
      g_task_return_pointer (g_ptr_array_index (waiting, i), g_object_ref (self->file), g_object_unref);
    else
      g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (self->error));
}

static void
on_exported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosDragOut) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A file with nothing in it would look like them: chats are no mail. */
  if (mos_job_run_finish (MOS_JOB (source), result, &error) && mos_export_job_get_counts (self->job).messages == 0)
    {
      g_unlink (mos_export_job_get_path (self->job));
      g_set_error_literal (&error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "None of them holds a mail");
    }
  if (error == NULL)
    finish (self, g_file_new_for_path (mos_export_job_get_path (self->job)), NULL);
  else
    finish (self, NULL, error);
}

static void
on_folder_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosDragOut) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = mos_attachment_copy_finish (result, &error);
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  MosMessageRow *mail = NULL;
  guint n = 0;

  if (folder == NULL)
    {
      finish (self, NULL, error);
      return;
    }
  if (self->rows != NULL)
    mail = find_mail (self->rows, &n);
  name = mos_file_out_dup_name (self->row != NULL ? self->row->subject : "", _ ("Conversation"), n == 1 ? ".eml" : ".mbox");
  file = g_file_get_child (folder, name);
  self->job = mos_export_job_new (mos_desk_get_store (self->desk), n == 1 ? MOS_EXPORT_EML : MOS_EXPORT_MBOX, (const char *const *) self->conversations, n == 1 ? mail->id : NULL, g_file_peek_path (file), FALSE);
  mos_job_run_async (MOS_JOB (self->job), on_exported_cb, g_object_ref (self));
}

static void
on_pdf_written_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosDragOut) self = user_data;
  g_autoptr (GError) error = NULL;
  GFile *file = mos_attachment_copy_finish (result, &error);

  finish (self, file, error);
}

static void
on_pdf_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (MosDragOut) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_print_pdf_finish (result, &error);
  g_autofree char *name = NULL;

  if (bytes == NULL)
    {
      finish (self, NULL, error);
      return;
    }
  name = mos_file_out_dup_name (self->row->subject, _ ("Conversation"), ".pdf");
  mos_attachment_copy_async (NULL, name, bytes, NULL, on_pdf_written_cb, g_object_ref (self));
}

static void
on_looked_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosDragOut) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n;

  if (mos_store_read_finish (MOS_STORE (source), result, &error) && (self->row == NULL || self->rows->len == 0))
    g_set_error_literal (&error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Nothing is left of the conversation");
  if (error != NULL)
    {
      finish (self, NULL, error);
      return;
    }
  find_mail (self->rows, &n);
  if (self->as_pdf || n == 0 || mos_channel_is_chat (self->row->channel))
    mos_print_pdf_async (self->desk, self->row->subject, self->rows, on_pdf_cb, g_object_ref (self));
  else
    mos_attachment_folder_async (on_folder_cb, g_object_ref (self));
}

static void
make (MosDragOut *self)
{
  if (self->conversations[1] != NULL)
    mos_attachment_folder_async (on_folder_cb, g_object_ref (self));
  else
    mos_store_read_async (mos_desk_get_store (self->desk), look_func, self, NULL, NULL, on_looked_cb, g_object_ref (self));
}

void
mos_drag_out_make_async (MosDragOut *self,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (MOS_IS_DRAG_OUT (self));

  g_task_set_source_tag (task, mos_drag_out_make_async);
  if (self->file != NULL)
    g_task_return_pointer (task, g_object_ref (self->file), g_object_unref);
  else if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    {
      gboolean is_first = self->waiting == NULL;

      if (is_first)
        self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      if (is_first)
        make (self);
    }
}

GFile *
mos_drag_out_make_finish (MosDragOut *self,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the drag --- */

/* The forms in which GTK hands files to other programs, but not as our own type: that would have to be there at once. */
static GdkContentFormats *
mos_drag_out_ref_formats (GdkContentProvider *provider)
{
  g_autoptr (GdkContentFormats) files = gdk_content_formats_union_serialize_mime_types (gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST));
  gsize n = 0;
  const char *const *types = gdk_content_formats_get_mime_types (files, &n);

  return gdk_content_formats_new ((const char **) types, (guint) n);
}

typedef struct
{
  char *type;
  GOutputStream *stream; /* (owned) */
  int priority;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->type);
  g_object_unref (writing->stream);
  g_free (writing);
}

static void
on_serialized_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_made_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  GFile *file = mos_drag_out_make_finish (MOS_DRAG_OUT (source), result, &error);
  GdkFileList *list;
  g_auto (GValue) value = G_VALUE_INIT;

  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  list = gdk_file_list_new_from_array (&file, 1);
  g_object_unref (file);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  gdk_content_serialize_async (writing->stream, writing->type, &value, writing->priority, g_task_get_cancellable (task), on_serialized_cb, g_object_ref (task));
}

static void
mos_drag_out_write_mime_type_async (GdkContentProvider *provider,
                                    const char *mime_type,
                                    GOutputStream *stream,
                                    int io_priority,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->type = g_strdup (mime_type);
  writing->stream = g_object_ref (stream);
  writing->priority = io_priority;
  g_task_set_source_tag (task, mos_drag_out_write_mime_type_async);
  g_task_set_task_data (task, writing, writing_free);
  mos_drag_out_make_async (MOS_DRAG_OUT (provider), on_made_cb, task);
}

static gboolean
mos_drag_out_write_mime_type_finish (GdkContentProvider *provider,
                                     GAsyncResult *result,
                                     GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
mos_drag_out_finalize (GObject *object)
{
  MosDragOut *self = MOS_DRAG_OUT (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->file);
  g_clear_object (&self->job);
  g_clear_error (&self->error);
  g_clear_pointer (&self->row, mos_conversation_row_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_strfreev (self->conversations);
  G_OBJECT_CLASS (mos_drag_out_parent_class)->finalize (object);
}

static void
mos_drag_out_class_init (MosDragOutClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_drag_out_finalize;
  provider_class->ref_formats = mos_drag_out_ref_formats;
  provider_class->write_mime_type_async = mos_drag_out_write_mime_type_async;
  provider_class->write_mime_type_finish = mos_drag_out_write_mime_type_finish;
}

static void
mos_drag_out_init (MosDragOut *self)
{
}

MosDragOut *
mos_drag_out_new (MosDesk *desk,
                  const char *const *conversations,
                  gboolean as_pdf)
{
  MosDragOut *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);
  g_return_val_if_fail (conversations != NULL && conversations[0] != NULL, NULL);

  self = g_object_new (MOS_TYPE_DRAG_OUT, NULL);
  self->desk = g_object_ref (desk);
  self->conversations = g_strdupv ((char **) conversations);
  self->as_pdf = as_pdf;
  return self;
}

static void
on_drag_begin_cb (GtkDragSource *source,
                  GdkDrag *drag)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (theme, "mail-unread-symbolic", NULL, 32, gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), 0);

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (icon), -8, -8);
}

GtkDragSource *
mos_drag_out_source_new (void)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin_cb), NULL);
  return source;
}

gboolean
mos_drag_out_is_finger (GtkDragSource *source)
{
  GdkEventSequence *sequence = gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (source));

  return sequence != NULL;
}

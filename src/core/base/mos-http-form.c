/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-http-form.h"

#include <string.h>

/* One stretch of the body: bytes that are here, or a file */
typedef struct
{
  GBytes *bytes; /* (owned) (nullable) */
  GFile *file;   /* (owned) (nullable) */
  guint64 size;
} Stretch;

struct _MosHttpForm
{
  char *boundary;       /* (owned) (nullable): none where it is a file alone */
  char *type;           /* (owned) */
  GPtrArray *stretches; /* (owned) (element-type Stretch) */
  GBytes *end;          /* (owned) (nullable) */
};

static void
stretch_free (gpointer data)
{
  Stretch *stretch = data;

  g_clear_pointer (&stretch->bytes, g_bytes_unref);
  g_clear_object (&stretch->file);
  g_free (stretch);
}

static void
add_bytes (MosHttpForm *self,
           GBytes *bytes)
{
  Stretch *stretch = g_new0 (Stretch, 1);

  stretch->bytes = g_bytes_ref (bytes);
  stretch->size = g_bytes_get_size (bytes);
  g_ptr_array_add (self->stretches, stretch);
}

static void
add_string (MosHttpForm *self,
            char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  add_bytes (self, bytes);
}

static gboolean
add_file (MosHttpForm *self,
          const char *path,
          GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, NULL, error);
  Stretch *stretch;

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "Only files are sent");
      return FALSE;
    }
  stretch = g_new0 (Stretch, 1);
  stretch->file = g_steal_pointer (&file);
  stretch->size = (guint64) g_file_info_get_size (info);
  g_ptr_array_add (self->stretches, stretch);
  return TRUE;
}

MosHttpForm *
mos_http_form_new (void)
{
  MosHttpForm *self = g_new0 (MosHttpForm, 1);
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *end = NULL;

  self->boundary = g_strconcat ("mostrador-", random, NULL);
  self->type = g_strconcat ("multipart/form-data; boundary=", self->boundary, NULL);
  self->stretches = g_ptr_array_new_with_free_func (stretch_free);
  end = g_strconcat ("--", self->boundary, "--\r\n", NULL);
  self->end = g_bytes_new (end, strlen (end));
  return self;
}

MosHttpForm *
mos_http_form_new_file (const char *type,
                        const char *path,
                        GError **error)
{
  g_autoptr (MosHttpForm) self = g_new0 (MosHttpForm, 1);

  self->type = g_strdup (type);
  self->stretches = g_ptr_array_new_with_free_func (stretch_free);
  return add_file (self, path, error) ? g_steal_pointer (&self) : NULL;
}

void
mos_http_form_free (MosHttpForm *self)
{
  if (self == NULL)
    return;
  g_free (self->boundary);
  g_free (self->type);
  g_ptr_array_unref (self->stretches);
  g_clear_pointer (&self->end, g_bytes_unref);
  g_free (self);
}

/* As HTML has it: what would end the parameter or the line is written with percent signs. Returns: (transfer full) */
static char *
parameter (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || g_ascii_iscntrl (*at))
      g_string_append_printf (out, "%%%02X", (guint) (guchar) *at);
    else
      g_string_append_c (out, *at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
mos_http_form_add_text (MosHttpForm *self,
                        const char *name,
                        const char *value)
{
  g_autofree char *named = parameter (name);

  g_return_if_fail (self->boundary != NULL);

  add_string (self, g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", self->boundary, named, value));
}

static void
add_head (MosHttpForm *self,
          const char *name,
          const char *file_name,
          const char *type)
{
  g_autofree char *named = parameter (name);
  g_autofree char *file_named = parameter (file_name);
  g_autofree char *typed = parameter (type);

  add_string (self, g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n", self->boundary, named, file_named, typed));
}

void
mos_http_form_add_bytes (MosHttpForm *self,
                         const char *name,
                         const char *file_name,
                         const char *type,
                         GBytes *bytes)
{
  g_return_if_fail (self->boundary != NULL);

  add_head (self, name, file_name, type);
  add_bytes (self, bytes);
  add_string (self, g_strdup ("\r\n"));
}

gboolean
mos_http_form_add_file (MosHttpForm *self,
                        const char *name,
                        const char *file_name,
                        const char *type,
                        const char *path,
                        GError **error)
{
  guint before = self->stretches->len;

  g_return_val_if_fail (self->boundary != NULL, FALSE);

  add_head (self, name, file_name, type);
  if (!add_file (self, path, error))
    {
      g_ptr_array_set_size (self->stretches, (int) before);
      return FALSE;
    }
  add_string (self, g_strdup ("\r\n"));
  return TRUE;
}

const char *
mos_http_form_get_type (MosHttpForm *self)
{
  return self->type;
}

guint64
mos_http_form_get_size (MosHttpForm *self)
{
  guint64 size = self->end != NULL ? g_bytes_get_size (self->end) : 0;

  for (guint i = 0; i < self->stretches->len; i++)
    size += ((Stretch *) g_ptr_array_index (self->stretches, i))->size;
  return size;
}

/* --- the stream --- */

#define MOS_TYPE_HTTP_FORM_STREAM (mos_http_form_stream_get_type ())
G_DECLARE_FINAL_TYPE (MosHttpFormStream, mos_http_form_stream, MOS, HTTP_FORM_STREAM, GInputStream)

struct _MosHttpFormStream
{
  GInputStream parent_instance;
  MosHttpForm *form;
  guint index;           /* of the stretch; behind the last one comes the end */
  guint64 done;          /* of the stretch */
  GInputStream *reading; /* (owned) (nullable): the file */
};

G_DEFINE_FINAL_TYPE (MosHttpFormStream, mos_http_form_stream, G_TYPE_INPUT_STREAM)

static gssize
copy (MosHttpFormStream *self,
      GBytes *bytes,
      void *buffer,
      gsize count)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize n = MIN (count, size - self->done);

  if (n > 0)
    memcpy (buffer, data + self->done, n);
  self->done += n;
  return (gssize) n;
}

static gssize
read_file (MosHttpFormStream *self,
           const Stretch *stretch,
           void *buffer,
           gsize count,
           GCancellable *cancellable,
           GError **error)
{
  gssize n;

  if (self->reading == NULL)
    self->reading = G_INPUT_STREAM (g_file_read (stretch->file, cancellable, error));
  if (self->reading == NULL)
    return -1;
  n = g_input_stream_read (self->reading, buffer, (gsize) MIN (count, stretch->size - self->done), cancellable, error);
  if (n == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The file became shorter while it was sent");
  if (n <= 0)
    return -1;
  self->done += (guint64) n;
  return n;
}

static gssize
mos_http_form_stream_read (GInputStream *stream,
                           void *buffer,
                           gsize count,
                           GCancellable *cancellable,
                           GError **error)
{
  MosHttpFormStream *self = MOS_HTTP_FORM_STREAM (stream);

  for (; self->index < self->form->stretches->len; self->index++, self->done = 0)
    {
      const Stretch *stretch = g_ptr_array_index (self->form->stretches, self->index);

      if (self->done < stretch->size)
        return stretch->bytes != NULL ? copy (self, stretch->bytes, buffer, count) : read_file (self, stretch, buffer, count, cancellable, error);
      g_clear_object (&self->reading);
    }
  return self->form->end != NULL ? copy (self, self->form->end, buffer, count) : 0;
}

static void
mos_http_form_stream_finalize (GObject *object)
{
  g_clear_object (&MOS_HTTP_FORM_STREAM (object)->reading);
  G_OBJECT_CLASS (mos_http_form_stream_parent_class)->finalize (object);
}

static void
mos_http_form_stream_class_init (MosHttpFormStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_http_form_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = mos_http_form_stream_read;
}

static void
mos_http_form_stream_init (MosHttpFormStream *self)
{
}

GInputStream *
mos_http_form_open (MosHttpForm *self)
{
  MosHttpFormStream *stream = g_object_new (MOS_TYPE_HTTP_FORM_STREAM, NULL);

  stream->form = self;
  return G_INPUT_STREAM (stream);
}

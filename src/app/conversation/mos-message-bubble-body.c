/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/application/mos-settings.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-message-html.h"
#include "app/widgets/mos-image-loader.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* --- Pictures --- */

typedef struct
{
  MosMessageBubble *self;    /* (owned) */
  MosHtmlDocument *document; /* (owned): the one the index belongs to */
  guint index;
} ImageJob;

static void
image_job_free (ImageJob *job)
{
  g_object_unref (job->self);
  mos_html_document_unref (job->document);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImageJob, image_job_free)

static ImageJob *
image_job_new (MosMessageBubble *self,
               guint index)
{
  ImageJob *job = g_new0 (ImageJob, 1);

  job->self = g_object_ref (self);
  job->document = mos_html_document_ref (mos_body_view_get_document (MOS_BODY_VIEW (self->body)));
  job->index = index;
  return job;
}

static void
show_image (ImageJob *job,
            GdkTexture *texture,
            const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || job->self->body == NULL)
    return;
  if (mos_body_view_get_document (MOS_BODY_VIEW (job->self->body)) == job->document)
    mos_body_view_set_image (MOS_BODY_VIEW (job->self->body), job->index, texture);
}

static void
on_decoded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (ImageJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = mos_image_decode_finish (result, &error);

  show_image (job, texture, error);
}

static void
on_fetched_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (ImageJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = mos_image_fetch_finish (result, &error);

  if (error != NULL)
    g_debug ("A remote picture was not shown: %s", error->message);
  show_image (job, texture, error);
}

static gboolean
image_is_used (const MosHtmlDocument *document,
               guint index,
               guint to)
{
  for (guint i = 0; i < to && i < document->blocks->len; i++)
    {
      const MosHtmlBlock *block = g_ptr_array_index (document->blocks, i);

      for (guint s = 0; block->spans != NULL && s < block->spans->len; s++)
        if (g_array_index (block->spans, MosHtmlSpan, s).image == (int) index)
          return TRUE;
    }
  return FALSE;
}

guint
mos_message_bubble_count_remote (MosMessageBubble *self)
{
  MosHtmlDocument *document = self->body != NULL ? mos_body_view_get_document (MOS_BODY_VIEW (self->body)) : NULL;
  guint n = 0;

  for (guint i = 0; document != NULL && i < document->images->len; i++)
    {
      const MosHtmlImage *image = g_ptr_array_index (document->images, i);

      if (image->url != NULL && !image->is_tracker)
        n++;
    }
  return n;
}

void
mos_message_bubble_load_images (MosMessageBubble *self)
{
  MosBodyView *view = MOS_BODY_VIEW (self->body);
  MosHtmlDocument *document = mos_body_view_get_document (view);
  guint shown;
  guint remote = 0;

  if (document == NULL)
    return;
  shown = mos_body_view_get_folded (view) ? document->fold_from : document->blocks->len;
  for (guint i = 0; i < document->images->len; i++)
    {
      const MosHtmlImage *image = g_ptr_array_index (document->images, i);
      GBytes *data = image->data;

      if (image->is_tracker || !image_is_used (document, i, shown))
        continue;
      if (data == NULL && image->cid != NULL && self->body_data != NULL)
        data = mos_message_body_find_related (self->body_data, image->cid);
      if (data != NULL)
        mos_image_decode_async (data, self->cancellable, on_decoded_cb, image_job_new (self, i));
      else if (image->url != NULL && self->images_allowed && remote++ >= MOS_IMAGE_MAX_REMOTE)
        mos_body_view_set_image (view, i, NULL);
      else if (image->url != NULL && self->images_allowed)
        mos_image_fetch_async (image->url, self->cancellable, on_fetched_cb, image_job_new (self, i));
      else if (image->url == NULL)
        mos_body_view_set_image (view, i, NULL);
    }
}

/* --- Body --- */

static void
set_document (MosMessageBubble *self,
              MosHtmlDocument *document)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  MosBodyView *view = MOS_BODY_VIEW (self->body);
  gboolean can_fold;

  mos_body_view_set_document (view, document);
  can_fold = mos_body_view_can_fold (view);
  gtk_widget_set_visible (self->fold_button, can_fold);
  gtk_widget_set_visible (self->body, document->blocks->len > 0);
  mos_widget_set_direction_of (self->body, row->reply_text != NULL && *row->reply_text != '\0' ? row->reply_text : row->text);
  mos_message_bubble_load_images (self);
}

static void
on_parsed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (MosHtmlDocument) document = mos_message_body_parse_finish (result);

  /* The writer of an empty HTML part meant the text. */
  if (document == NULL || self->body == NULL || self->prefer_text || document->blocks->len == 0)
    return;
  set_document (self, document);
  mos_message_bubble_update_bars (self);
}

static void
parse_html (MosMessageBubble *self)
{
  mos_message_body_parse_async (self->body_data, self->cancellable, on_parsed_cb, g_object_ref (self));
}

void
mos_message_bubble_set_body_data (MosMessageBubble *self,
                                  MosMessageBody *body)
{
  mos_message_body_ref (body);
  g_clear_pointer (&self->body_data, mos_message_body_unref);
  self->body_data = body;
  if (body->images_allowed && g_settings_get_enum (mos_settings_get (), "remote-images") == 0)
    self->images_allowed = TRUE;
}

static void
on_body_loaded_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMessageBody) body = mos_desk_load_body_finish (MOS_DESK (source), result, &error);

  if (body == NULL)
    {
      /* The plain text stands already; the formatted form is a nicety. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot read the formatted body of a message: %s", error->message);
      return;
    }
  mos_message_bubble_set_body_data (self, body);
  if (self->body != NULL && self->body_data->html != NULL && !self->prefer_text)
    parse_html (self);
}

static void
update_fold_label (MosMessageBubble *self)
{
  gboolean folded = mos_body_view_get_folded (MOS_BODY_VIEW (self->body));
  const char *label = folded ? _ ("Show quoted text") : _ ("Hide quoted text");

  mos_widget_set_label (self->fold_button, label);
  gtk_widget_set_tooltip_text (self->fold_button, label);
}

void
mos_message_bubble_update_body (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  g_autoptr (MosHtmlDocument) document = NULL;

  update_fold_label (self);
  if (self->shown_text != NULL && g_str_equal (self->shown_text, row->text))
    return;
  /* Its writer changed it: a translation of what it said before would be wrong. */
  if (self->shown_text != NULL && self->translation != NULL)
    mos_message_bubble_drop_translation (self);
  g_set_str (&self->shown_text, row->text);

  /* The text is at hand and appears at once; a formatted body replaces it a moment later. */
  document = mos_html_document_new_for_text (row->text);
  set_document (self, document);
  if (!row->has_html || self->prefer_text)
    return;
  if (self->body_data != NULL && self->body_data->html != NULL)
    parse_html (self);
  else if (self->desk != NULL)
    mos_desk_load_body_async (self->desk, mos_message_get_id (self->message), self->cancellable, on_body_loaded_cb, g_object_ref (self));
}

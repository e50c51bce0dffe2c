/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-picture-dialog.h"

#include <glib/gi18n.h>

/* All that can be seen large: files and those in the text, as they come. */
static GPtrArray *
list_pictures (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  for (guint i = 0; row != NULL && row->attachments != NULL && i < row->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (row->attachments, i);

      if (mos_picture_is_viewable (attachment))
        g_ptr_array_add (pictures, mos_attachment_ref (attachment));
    }
  return pictures;
}

static void
view_picture_action (GtkWidget *widget,
                     const char *action,
                     GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);
  g_autoptr (GPtrArray) pictures = list_pictures (self);

  for (guint i = 0; i < pictures->len; i++)
    if (g_strcmp0 (((MosAttachment *) g_ptr_array_index (pictures, i))->sha256, g_variant_get_string (parameter, NULL)) == 0)
      {
        mos_picture_dialog_present (self->desk, pictures, i, widget);
        return;
      }
}

void
mos_message_bubble_install_pictures (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.view-picture", "s", view_picture_action);
}

void
mos_message_bubble_view_image (MosMessageBubble *self,
                               int index)
{
  MosHtmlDocument *document = mos_body_view_get_document (MOS_BODY_VIEW (self->body));
  const MosHtmlImage *image = g_ptr_array_index (document->images, (guint) index);
  g_autoptr (GPtrArray) pictures = list_pictures (self);
  GdkTexture *texture = mos_body_view_get_image (MOS_BODY_VIEW (self->body), (guint) index);

  for (guint i = 0; image->cid != NULL && i < pictures->len; i++)
    if (g_strcmp0 (((MosAttachment *) g_ptr_array_index (pictures, i))->content_id, image->cid) == 0)
      {
        mos_picture_dialog_present (self->desk, pictures, i, GTK_WIDGET (self));
        return;
      }
  /* One from the internet, or written into the text, is here only as it is shown. */
  if (texture != NULL)
    mos_picture_dialog_present_texture (texture, *image->alt != '\0' ? image->alt : _ ("Picture"), GTK_WIDGET (self));
}

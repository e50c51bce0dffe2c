/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-chat-media.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-chat-player.h"
#include "app/conversation/mos-picture-dialog.h"
#include "app/widgets/mos-image-loader.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PICTURE_MAX_PX 280
#define STICKER_MAX_PX 140

/* --- pictures --- */

typedef struct
{
  GtkWidget *picture; /* (owned) */
  GtkWidget *clamp;   /* its parent */
  int max_px;
  GCancellable *cancellable; /* (owned) */
} PictureJob;

static void
picture_job_free (PictureJob *job)
{
  g_object_unref (job->picture);
  g_object_unref (job->cancellable);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PictureJob, picture_job_free)

static void
on_decoded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (PictureJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = mos_image_decode_finish (result, &error);
  double factor;
  int width, height;

  if (texture == NULL)
    {
      /* Its button still opens it: the viewer says what is wrong with it. */
      g_debug ("A picture is not shown: %s", error->message);
      return;
    }
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  factor = MIN (1.0, (double) job->max_px / MAX (width, height));
  width = MAX (24, (int) (width * factor));
  height = MAX (24, (int) (height * factor));
  gtk_widget_set_size_request (job->picture, width, height);
  /* A picture would like to be as large as it is. */
  adw_clamp_set_maximum_size (ADW_CLAMP (job->clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (job->clamp), width);
  gtk_picture_set_paintable (GTK_PICTURE (job->picture), GDK_PAINTABLE (texture));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (PictureJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);

  GCancellable *cancellable = job->cancellable;

  if (bytes != NULL)
    mos_image_decode_async (bytes, cancellable, on_decoded_cb, g_steal_pointer (&job));
  else
    g_debug ("A picture is not here: %s", error->message);
}

static GtkWidget *
make_picture (MosDesk *desk,
              MosAttachment *attachment)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *clamp = adw_clamp_new ();
  PictureJob *job = g_new0 (PictureJob, 1);
  gboolean is_sticker = attachment->file_kind == MOS_FILE_STICKER;
  /* Translators: %s is a file name. */
  g_autofree char *label = g_strdup_printf (is_sticker ? _ ("Open sticker %s") : _ ("Open picture %s"), attachment->name);

  job->max_px = is_sticker ? STICKER_MAX_PX : PICTURE_MAX_PX;
  job->picture = g_object_ref (picture);
  job->clamp = clamp;
  adw_clamp_set_child (ADW_CLAMP (clamp), picture);
  job->cancellable = g_cancellable_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  /* Until it is here it has a place. */
  gtk_widget_set_size_request (picture, job->max_px / 2, job->max_px / 2);
  gtk_widget_add_css_class (picture, "chat-picture");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "chat-media");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_button_set_child (GTK_BUTTON (button), clamp);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.view-picture");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", attachment->sha256);
  gtk_widget_set_tooltip_text (button, attachment->name);
  mos_widget_set_label (button, label);
  g_signal_connect_object (button, "destroy", G_CALLBACK (g_cancellable_cancel), job->cancellable, G_CONNECT_SWAPPED);
  mos_desk_load_blob_async (desk, attachment->sha256, job->cancellable, on_loaded_cb, job);
  return button;
}

/* --- films --- */

typedef struct
{
  MosDesk *desk;             /* (owned) */
  MosAttachment *attachment; /* (owned) */
} Film;

static void
film_free (gpointer data,
           GClosure *closure)
{
  Film *film = data;

  g_object_unref (film->desk);
  mos_attachment_unref (film->attachment);
  g_free (film);
}

static void
on_film_clicked_cb (GtkButton *button,
                    gpointer user_data)
{
  Film *film = user_data;

  mos_attachment_open (film->desk, film->attachment, GTK_WIDGET (button));
}

static GtkWidget *
make_film (MosDesk *desk,
           MosAttachment *attachment)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("media-playback-start-symbolic");
  g_autofree char *length = attachment->duration_ms > 0 ? mos_chat_player_text ((gint64) attachment->duration_ms * 1000) : g_format_size (attachment->size);
  GtkWidget *caption = gtk_label_new (length);
  /* Translators: %1$s is a file name, %2$s how long it is. */
  g_autofree char *label = g_strdup_printf (attachment->file_kind == MOS_FILE_ANIMATION ? _ ("Open animation %1$s, %2$s") : _ ("Open video %1$s, %2$s"), attachment->name, length);
  Film *film = g_new0 (Film, 1);

  film->desk = g_object_ref (desk);
  film->attachment = mos_attachment_ref (attachment);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 32);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "numeric");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_size_request (button, 200, 112);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "chat-film");
  gtk_widget_set_tooltip_text (button, attachment->name);
  mos_widget_set_label (button, label);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_film_clicked_cb), film, film_free, G_CONNECT_DEFAULT);
  return button;
}

/* --- what is not here --- */

static GtkWidget *
make_missing (const MosAttachment *attachment)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label;
  g_autofree char *name = mos_text_isolate (attachment->name);
  g_autofree char *text = NULL;

  if (attachment->is_coming)
    /* Translators: %s is a file name. */
    text = g_strdup_printf (_ ("%s is being fetched…"), name);
  else if (g_strcmp0 (attachment->why, "too-large") == 0)
    /* Translators: %s is a file name. */
    text = g_strdup_printf (_ ("%s is too large for what this service hands out. Ask for it another way, by mail for instance."), name);
  else
    /* Translators: %s is a file name. */
    text = g_strdup_printf (_ ("%s is not there any more. Ask the customer to send it again."), name);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  if (attachment->is_coming)
    gtk_box_append (GTK_BOX (box), adw_spinner_new ());
  else
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
mos_chat_media_new (MosDesk *desk,
                    MosAttachment *attachment)
{
  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);
  g_return_val_if_fail (attachment != NULL, NULL);

  if (attachment->sha256 == NULL)
    return make_missing (attachment);
  switch (attachment->file_kind)
    {
    case MOS_FILE_IMAGE:
    case MOS_FILE_STICKER:
      return mos_picture_is_viewable (attachment) ? make_picture (desk, attachment) : mos_attachment_chip_new (desk, attachment, FALSE);
    case MOS_FILE_ANIMATION:
    case MOS_FILE_VIDEO:
      return make_film (desk, attachment);
    case MOS_FILE_VOICE:
    case MOS_FILE_AUDIO:
      return mos_chat_player_new (desk, attachment);
    case MOS_FILE_DOCUMENT:
    default:
      return mos_attachment_chip_new (desk, attachment, FALSE);
    }
}

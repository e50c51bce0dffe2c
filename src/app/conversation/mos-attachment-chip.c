/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"

#include "app/conversation/mos-picture-dialog.h"
#include "app/widgets/mos-image-loader.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Larger ones are not read just because the pointer or a message came by. */
#define PRELOAD_MAX_BYTES (8 * 1024 * 1024)

struct _MosAttachmentChip
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *image;

  MosDesk *desk;             /* (owned) (nullable) */
  MosAttachment *attachment; /* (owned) */
  GBytes *bytes;             /* (owned) (nullable): once loaded */
  GCancellable *cancellable; /* (owned) */
  GFile *file;               /* (owned) (nullable): a copy to drag away */
  gboolean loading;
  gboolean copying;
  gboolean wants_file;
  gboolean removable;
};

G_DEFINE_FINAL_TYPE (MosAttachmentChip, mos_attachment_chip, GTK_TYPE_WIDGET)

static void
on_decoded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosAttachmentChip) self = user_data;
  g_autoptr (GdkTexture) texture = mos_image_decode_finish (result, NULL); /* a picture that cannot be shown keeps its icon */

  if (texture == NULL || self->box == NULL)
    return;
  gtk_image_set_from_paintable (GTK_IMAGE (self->image), GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), 40);
}

static void
on_file_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosAttachmentChip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = mos_attachment_copy_finish (result, &error);

  if (file == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Cannot write a copy to drag: %s", error->message);
  g_set_object (&self->file, file);
  self->copying = FALSE;
}

static void
make_file (MosAttachmentChip *self)
{
  if (!self->wants_file || self->removable || self->bytes == NULL || self->file != NULL || self->copying)
    return;
  self->copying = TRUE;
  mos_attachment_copy_async (NULL, self->attachment->name, self->bytes, self->cancellable, on_file_cb, g_object_ref (self));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosAttachmentChip) self = user_data;

  /* A failure shows when somebody opens it; here it only means no thumbnail and no drag. */
  self->bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, NULL);
  self->loading = FALSE;
  make_file (self);
  if (self->bytes != NULL && g_str_has_prefix (self->attachment->type, "image/"))
    mos_image_decode_async (self->bytes, self->cancellable, on_decoded_cb, g_object_ref (self));
}

static void
preload (MosAttachmentChip *self)
{
  if (self->desk == NULL || self->bytes != NULL || self->loading || self->attachment->sha256 == NULL || self->attachment->size > PRELOAD_MAX_BYTES)
    return;
  self->loading = TRUE;
  mos_desk_load_blob_async (self->desk, self->attachment->sha256, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
on_enter_cb (GtkEventControllerMotion *motion,
             double x,
             double y,
             MosAttachmentChip *self)
{
  self->wants_file = TRUE;
  preload (self);
  make_file (self);
}

static GdkContentProvider *
on_drag_prepare_cb (GtkDragSource *source,
                    double x,
                    double y,
                    MosAttachmentChip *self)
{
  GdkContentProvider *provider;
  GdkFileList *list;

  /* A drag is answered at once; the copy was begun when the pointer came. */
  if (self->file == NULL)
    {
      on_enter_cb (NULL, x, y, self);
      return NULL;
    }
  list = gdk_file_list_new_from_array (&self->file, 1);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

static void
open_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosAttachmentChip *self = MOS_ATTACHMENT_CHIP (widget);

  /* A message shows its pictures itself; a draft has no viewer. */
  if (g_str_equal (action, "attachment.open") && mos_picture_is_viewable (self->attachment) && self->attachment->sha256 != NULL &&
      gtk_widget_activate_action (widget, "message.view-picture", "s", self->attachment->sha256))
    return;
  if (self->desk != NULL && g_str_equal (action, "attachment.open-with"))
    mos_attachment_open_with (self->desk, self->attachment, widget);
  else if (self->desk != NULL)
    mos_attachment_open (self->desk, self->attachment, widget);
}

static void
save_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosAttachmentChip *self = MOS_ATTACHMENT_CHIP (widget);

  if (self->desk != NULL)
    mos_attachment_save (self->desk, self->attachment, widget);
}

static void
remove_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  g_signal_emit_by_name (widget, "remove");
}

static void
mos_attachment_chip_dispose (GObject *object)
{
  MosAttachmentChip *self = MOS_ATTACHMENT_CHIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (mos_attachment_chip_parent_class)->dispose (object);
}

static void
mos_attachment_chip_finalize (GObject *object)
{
  MosAttachmentChip *self = MOS_ATTACHMENT_CHIP (object);

  g_clear_pointer (&self->attachment, mos_attachment_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mos_attachment_chip_parent_class)->finalize (object);
}

static void
mos_attachment_chip_class_init (MosAttachmentChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_attachment_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_attachment_chip_finalize;

  g_signal_new ("remove", MOS_TYPE_ATTACHMENT_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "attachment");
  gtk_widget_class_install_action (widget_class, "attachment.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "attachment.open-with", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "attachment.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "attachment.remove", NULL, remove_action);
}

static void
mos_attachment_chip_init (MosAttachmentChip *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
build_face (MosAttachmentChip *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (mos_attachment_display_name (self->attachment));
  g_autofree char *size = g_format_size (self->attachment->size);
  GtkWidget *size_label = gtk_label_new (size);
  g_autoptr (GIcon) icon = mos_attachment_icon (self->attachment->type);

  self->image = gtk_image_new_from_gicon (icon);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (size_label), 0);
  gtk_widget_add_css_class (size_label, "caption");
  gtk_widget_add_css_class (size_label, "dimmed");
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), size_label);
  gtk_box_append (GTK_BOX (face), self->image);
  gtk_box_append (GTK_BOX (face), texts);
  return face;
}

GtkWidget *
mos_attachment_chip_new (MosDesk *desk,
                         MosAttachment *attachment,
                         gboolean removable)
{
  MosAttachmentChip *self = g_object_new (MOS_TYPE_ATTACHMENT_CHIP, NULL);
  g_autofree char *size = g_format_size (attachment->size);
  g_autofree char *label = NULL;
  GtkWidget *open = gtk_button_new ();
  GtkWidget *side;
  g_autofree char *side_label = NULL;
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_set_object (&self->desk, desk);
  self->attachment = mos_attachment_ref (attachment);
  self->removable = removable;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_button_set_child (GTK_BUTTON (open), build_face (self));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "attachment.open");
  gtk_widget_set_tooltip_text (open, mos_attachment_display_name (attachment));
  /* Translators: a file name and its size; what a screen reader says for an attachment. */
  label = g_strdup_printf (_ ("Open attachment %1$s, %2$s"), mos_attachment_display_name (attachment), size);
  mos_widget_set_label (open, label);
  gtk_box_append (GTK_BOX (self->box), open);

  if (removable)
    {
      side = gtk_button_new_from_icon_name ("window-close-symbolic");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (side), "attachment.remove");
      /* Translators: %s is a file name. */
      side_label = g_strdup_printf (_ ("Remove %s"), mos_attachment_display_name (attachment));
    }
  else
    {
      g_autoptr (GMenu) menu = g_menu_new ();
      GtkDragSource *drag = gtk_drag_source_new ();

      side = gtk_menu_button_new ();
      g_menu_append (menu, _ ("_Open"), "attachment.open");
      g_menu_append (menu, _ ("Open _With…"), "attachment.open-with");
      g_menu_append (menu, _ ("_Save As…"), "attachment.save");
      gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (side), G_MENU_MODEL (menu));
      /* Translators: %s is a file name. */
      side_label = g_strdup_printf (_ ("More for %s"), mos_attachment_display_name (attachment));
      g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare_cb), self);
      gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
      gtk_widget_add_controller (open, GTK_EVENT_CONTROLLER (drag));
    }
  mos_widget_set_label (side, side_label);
  gtk_widget_set_tooltip_text (side, side_label);
  gtk_box_append (GTK_BOX (self->box), side);

  g_signal_connect (motion, "enter", G_CALLBACK (on_enter_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  if (g_str_has_prefix (attachment->type, "image/"))
    preload (self);
  return GTK_WIDGET (self);
}

MosAttachment *
mos_attachment_chip_get_attachment (MosAttachmentChip *self)
{
  return self->attachment;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-chat-player.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosChatPlayer
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *line;
  GtkWidget *button;
  GtkWidget *scale;
  GtkWidget *time_label;
  GtkWidget *trouble; /* a line below */
  GtkWidget *trouble_label;

  MosDesk *desk;             /* (owned) */
  MosAttachment *attachment; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GtkMediaStream *stream;    /* (owned) (nullable): once somebody wants to hear it */
  gboolean is_loading;
  gboolean is_moving; /* we move the scale, not the person */
};

G_DEFINE_FINAL_TYPE (MosChatPlayer, mos_chat_player, GTK_TYPE_WIDGET)

/* What is heard just now. Main context. */
static MosChatPlayer *playing;

char *
mos_chat_player_text (gint64 duration_us)
{
  gint64 seconds = MAX (duration_us, 0) / G_USEC_PER_SEC;

  if (seconds < 60 * 60)
    return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
}

static gint64
duration_of (MosChatPlayer *self)
{
  gint64 duration_us = self->stream != NULL ? gtk_media_stream_get_duration (self->stream) : 0;

  return duration_us > 0 ? duration_us : (gint64) self->attachment->duration_ms * 1000;
}

static gboolean
is_playing (MosChatPlayer *self)
{
  return self->stream != NULL && gtk_media_stream_get_playing (self->stream);
}

static void
update (MosChatPlayer *self)
{
  gint64 at_us = self->stream != NULL ? gtk_media_stream_get_timestamp (self->stream) : 0;
  gint64 duration_us = duration_of (self);
  g_autofree char *at = mos_chat_player_text (at_us);
  g_autofree char *duration = mos_chat_player_text (duration_us);
  g_autofree char *both = NULL;
  const char *what = is_playing (self) ? _ ("Pause") : _ ("Play");
  g_autofree char *label = NULL;

  if (self->box == NULL)
    return;
  /* Translators: how far a voice message was heard, and how long it is: "0:03 / 0:12". */
  both = g_strdup_printf (_ ("%1$s / %2$s"), at, duration);
  gtk_label_set_label (GTK_LABEL (self->time_label), at_us > 0 ? both : duration);
  gtk_button_set_icon_name (GTK_BUTTON (self->button), is_playing (self) ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  /* Translators: %1$s is "Play" or "Pause", %2$s the name of a file, %3$s how long it is. */
  label = g_strdup_printf (_ ("%1$s %2$s, %3$s"), what, self->attachment->name, duration);
  mos_widget_set_label (self->button, label);
  gtk_widget_set_tooltip_text (self->button, what);
  self->is_moving = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX ((double) duration_us / G_USEC_PER_SEC, 0.1));
  gtk_range_set_value (GTK_RANGE (self->scale), (double) at_us / G_USEC_PER_SEC);
  self->is_moving = FALSE;
}

static void
show_trouble (MosChatPlayer *self,
              const char *detail)
{
  g_debug ("A sound cannot be played: %s", detail);
  if (self->box == NULL)
    return;
  gtk_widget_set_sensitive (self->scale, FALSE);
  gtk_widget_set_tooltip_text (self->trouble_label, detail);
  gtk_widget_set_visible (self->trouble, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("This cannot be played here"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_stream_changed_cb (MosChatPlayer *self)
{
  const GError *error = gtk_media_stream_get_error (self->stream);

  if (error != NULL)
    show_trouble (self, error->message);
  update (self);
}

static void
on_ended_cb (MosChatPlayer *self)
{
  if (gtk_media_stream_get_ended (self->stream))
    gtk_media_stream_seek (self->stream, 0);
  update (self);
}

static void
begin (MosChatPlayer *self)
{
  if (playing != NULL && playing != self && playing->stream != NULL)
    gtk_media_stream_pause (playing->stream);
  playing = self;
  gtk_media_stream_play (self->stream);
  on_stream_changed_cb (self);
}

static void
on_copied_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosChatPlayer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = mos_attachment_copy_finish (result, &error);

  self->is_loading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  if (file == NULL)
    {
      show_trouble (self, error->message);
      return;
    }
  /* A file, since what GTK plays with takes no stream of bytes. */
  self->stream = gtk_media_file_new_for_file (file);
  g_signal_connect_object (self->stream, "notify::timestamp", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "notify::duration", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "notify::playing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "notify::ended", G_CALLBACK (on_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "notify::error", G_CALLBACK (on_stream_changed_cb), self, G_CONNECT_SWAPPED);
  begin (self);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosChatPlayer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);

  if (bytes != NULL)
    {
      mos_attachment_copy_async (NULL, self->attachment->name, bytes, self->cancellable, on_copied_cb, g_object_ref (self));
      return;
    }
  self->is_loading = FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error->message);
}

static void
play_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosChatPlayer *self = MOS_CHAT_PLAYER (widget);

  if (self->stream != NULL)
    {
      if (is_playing (self))
        gtk_media_stream_pause (self->stream);
      else
        begin (self);
      return;
    }
  if (self->is_loading)
    return;
  self->is_loading = TRUE;
  mos_desk_load_blob_async (self->desk, self->attachment->sha256, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
open_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosChatPlayer *self = MOS_CHAT_PLAYER (widget);

  if (g_str_equal (action, "player.save"))
    mos_attachment_save (self->desk, self->attachment, widget);
  else
    mos_attachment_open (self->desk, self->attachment, widget);
}

static void
on_moved_cb (MosChatPlayer *self)
{
  if (!self->is_moving && self->stream != NULL && gtk_media_stream_is_seekable (self->stream))
    gtk_media_stream_seek (self->stream, (gint64) (gtk_range_get_value (GTK_RANGE (self->scale)) * G_USEC_PER_SEC));
}

/* A conversation that is left is not heard any more. */
static void
mos_chat_player_unmap (GtkWidget *widget)
{
  MosChatPlayer *self = MOS_CHAT_PLAYER (widget);

  if (is_playing (self))
    gtk_media_stream_pause (self->stream);
  GTK_WIDGET_CLASS (mos_chat_player_parent_class)->unmap (widget);
}

static void
mos_chat_player_dispose (GObject *object)
{
  MosChatPlayer *self = MOS_CHAT_PLAYER (object);

  if (playing == self)
    playing = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->stream);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_chat_player_parent_class)->dispose (object);
}

static void
mos_chat_player_finalize (GObject *object)
{
  MosChatPlayer *self = MOS_CHAT_PLAYER (object);

  g_clear_pointer (&self->attachment, mos_attachment_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_chat_player_parent_class)->finalize (object);
}

static void
mos_chat_player_class_init (MosChatPlayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_chat_player_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_chat_player_finalize;
  widget_class->unmap = mos_chat_player_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "player.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "player.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "player.save", NULL, open_action);
}

static void
build_line (MosChatPlayer *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *more = gtk_menu_button_new ();
  /* Translators: %s is a file name. */
  g_autofree char *more_label = g_strdup_printf (_ ("More for %s"), self->attachment->name);

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->button = gtk_button_new ();
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 1);
  self->time_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "player.play");
  gtk_widget_set_size_request (self->scale, 110, -1);
  gtk_widget_set_hexpand (self->scale, TRUE);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  mos_widget_set_label (self->scale, _ ("Position"));
  gtk_widget_add_css_class (self->time_label, "caption");
  gtk_widget_add_css_class (self->time_label, "numeric");
  gtk_widget_add_css_class (self->time_label, "dimmed");
  g_signal_connect_object (self->scale, "value-changed", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);

  g_menu_append (menu, _ ("Open With _Another Program"), "player.open");
  g_menu_append (menu, _ ("_Save As…"), "player.save");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (more, "flat");
  gtk_widget_set_valign (more, GTK_ALIGN_CENTER);
  mos_widget_set_label (more, more_label);
  gtk_widget_set_tooltip_text (more, more_label);

  gtk_box_append (GTK_BOX (self->line), self->button);
  gtk_box_append (GTK_BOX (self->line), self->scale);
  gtk_box_append (GTK_BOX (self->line), self->time_label);
  gtk_box_append (GTK_BOX (self->line), more);
  gtk_box_append (GTK_BOX (self->box), self->line);
}

static void
build_trouble (MosChatPlayer *self)
{
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open With Another Program"));

  self->trouble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->trouble_label = gtk_label_new (_ ("This computer has nothing to play it with in here. Another program may be able to."));
  gtk_label_set_wrap (GTK_LABEL (self->trouble_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->trouble_label), 40);
  gtk_label_set_xalign (GTK_LABEL (self->trouble_label), 0);
  gtk_widget_add_css_class (self->trouble_label, "caption");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "player.open");
  gtk_widget_set_halign (open, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->trouble), self->trouble_label);
  gtk_box_append (GTK_BOX (self->trouble), open);
  gtk_widget_set_visible (self->trouble, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->trouble);
}

static void
mos_chat_player_init (MosChatPlayer *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
mos_chat_player_new (MosDesk *desk,
                     MosAttachment *attachment)
{
  MosChatPlayer *self = g_object_new (MOS_TYPE_CHAT_PLAYER, NULL);

  self->desk = g_object_ref (desk);
  self->attachment = mos_attachment_ref (attachment);
  build_line (self);
  build_trouble (self);
  update (self);
  return GTK_WIDGET (self);
}

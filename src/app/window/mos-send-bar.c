/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-send-bar.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

typedef struct
{
  MosSendBar *bar; /* (unowned) */
  char *message;
  char *conversation;
  char *subject;
  guint timeout_id;
} Sent;

struct _MosSendBar
{
  AdwBin parent_instance;

  /* Template children */
  GtkRevealer *revealer;
  GtkLabel *title;
  GtkWidget *now_button;
  GtkWidget *undo_button;

  GPtrArray *sent; /* (owned): of Sent, the newest last */
};

enum
{
  UNDO,
  SEND_NOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSendBar, mos_send_bar, ADW_TYPE_BIN)

static void
sent_free (gpointer data)
{
  Sent *sent = data;

  g_clear_handle_id (&sent->timeout_id, g_source_remove);
  g_free (sent->message);
  g_free (sent->conversation);
  g_free (sent->subject);
  g_free (sent);
}

static void
update (MosSendBar *self)
{
  const Sent *newest = self->sent->len > 0 ? g_ptr_array_index (self->sent, self->sent->len - 1) : NULL;
  g_autofree char *subject = newest != NULL ? mos_text_isolate (newest->subject) : NULL;
  g_autofree char *title = NULL;

  gtk_revealer_set_reveal_child (self->revealer, newest != NULL);
  gtk_widget_set_sensitive (self->now_button, newest != NULL);
  gtk_widget_set_sensitive (self->undo_button, newest != NULL);
  if (newest == NULL)
    return;
  if (self->sent->len > 1)
    /* Translators: %1$s is the subject of the last one, %2$u the number of further ones. */
    title = g_strdup_printf (ngettext ("Sending “%1$s” and %2$u more…", "Sending “%1$s” and %2$u more…", self->sent->len - 1), subject, self->sent->len - 1);
  else
    /* Translators: %s is a subject. */
    title = g_strdup_printf (_ ("Sending “%s”…"), subject);
  gtk_label_set_label (self->title, title);
}

static gboolean
on_over_cb (gpointer user_data)
{
  Sent *sent = user_data;
  MosSendBar *self = sent->bar;

  sent->timeout_id = 0;
  g_ptr_array_remove (self->sent, sent);
  update (self);
  return G_SOURCE_REMOVE;
}

static gboolean
take_newest (MosSendBar *self,
             guint signal)
{
  Sent *newest;

  if (self->sent->len == 0)
    return FALSE;
  newest = g_ptr_array_steal_index (self->sent, self->sent->len - 1);
  update (self);
  g_signal_emit (self, signals[signal], 0, newest->message, newest->conversation);
  sent_free (newest);
  return TRUE;
}

static void
on_undo_cb (MosSendBar *self)
{
  take_newest (self, UNDO);
}

static void
on_now_cb (MosSendBar *self)
{
  take_newest (self, SEND_NOW);
}

static void
mos_send_bar_dispose (GObject *object)
{
  MosSendBar *self = MOS_SEND_BAR (object);

  g_clear_pointer (&self->sent, g_ptr_array_unref);
  /* The bin lets go of its child by itself, or it would do so a second time below. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SEND_BAR);

  G_OBJECT_CLASS (mos_send_bar_parent_class)->dispose (object);
}

static void
mos_send_bar_class_init (MosSendBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_send_bar_dispose;
  signals[UNDO] = g_signal_new ("undo", MOS_TYPE_SEND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SEND_NOW] = g_signal_new ("send-now", MOS_TYPE_SEND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-send-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSendBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, MosSendBar, title);
  gtk_widget_class_bind_template_child (widget_class, MosSendBar, now_button);
  gtk_widget_class_bind_template_child (widget_class, MosSendBar, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_now_cb);
}

static void
mos_send_bar_init (MosSendBar *self)
{
  self->sent = g_ptr_array_new_with_free_func (sent_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
mos_send_bar_add (MosSendBar *self,
                  const char *message,
                  const char *conversation,
                  const char *subject,
                  guint seconds)
{
  Sent *sent;

  g_return_if_fail (MOS_IS_SEND_BAR (self));
  g_return_if_fail (message != NULL && conversation != NULL);

  sent = g_new0 (Sent, 1);
  sent->bar = self;
  sent->message = g_strdup (message);
  sent->conversation = g_strdup (conversation);
  sent->subject = g_strdup (subject != NULL && *subject != '\0' ? subject : _ ("(no subject)"));
  sent->timeout_id = g_timeout_add_seconds (seconds, on_over_cb, sent);
  g_ptr_array_add (self->sent, sent);
  update (self);
}

gboolean
mos_send_bar_undo (MosSendBar *self)
{
  g_return_val_if_fail (MOS_IS_SEND_BAR (self), FALSE);

  return take_newest (self, UNDO);
}

void
mos_send_bar_clear (MosSendBar *self)
{
  g_return_if_fail (MOS_IS_SEND_BAR (self));

  g_ptr_array_set_size (self->sent, 0);
  update (self);
}

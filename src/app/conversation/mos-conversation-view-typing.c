/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-conversation-view-private.h"
#include "app/widgets/mos-text-direction.h"

#include "core/desk/mos-chat-typing.h"

#include <glib/gi18n.h>

/* Whoever writes tells it again and again; what is not told any more ends. */
#define SHOWN_S 20
/* A screen reader hears of it once in a while, not each time a customer pauses. */
#define SAID_EVERY_US (60 * G_USEC_PER_SEC)

void
mos_conversation_view_drop_typing (MosConversationView *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->typing_label != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->typing_label), FALSE);
}

static gboolean
on_over_cb (gpointer view)
{
  MosConversationView *self = view;

  self->typing_id = 0;
  mos_conversation_view_drop_typing (self);
  return G_SOURCE_REMOVE;
}

static void
on_typing_cb (MosDesk *desk,
              const MosChatTyping *typing,
              MosConversationView *self)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (self->stack == NULL || self->conversation == NULL || !g_str_equal (mos_conversation_get_id (self->conversation), typing->conversation))
    return;
  mos_conversation_view_drop_typing (self);
  if (typing->is_over)
    return;
  if (typing->name != NULL && *typing->name != '\0')
    {
      g_autofree char *who = mos_text_isolate (typing->name);

      /* Translators: %s is a customer who is writing in a chat just now. */
      text = g_strdup_printf (_ ("%s is writing…"), who);
    }
  else
    text = g_strdup (_ ("The customer is writing…"));
  gtk_label_set_label (self->typing_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->typing_label), TRUE);
  self->typing_id = g_timeout_add_seconds (SHOWN_S, on_over_cb, self);
  if (self->typing_said_us != 0 && now_us - self->typing_said_us < SAID_EVERY_US)
    return;
  self->typing_said_us = now_us;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

void
mos_conversation_view_watch_typing (MosConversationView *self)
{
  g_signal_connect_object (self->desk, "typing", G_CALLBACK (on_typing_cb), self, G_CONNECT_DEFAULT);
}

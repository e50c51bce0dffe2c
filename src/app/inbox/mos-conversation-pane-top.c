/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/inbox/mos-conversation-pane-private.h"

/* Where a list begins that was not there before. */

/* GTK keeps the row in sight that was on top, wherever it is in another view, and begins below the first header. */
static gboolean
on_top_tick_cb (GtkWidget *widget,
                GdkFrameClock *clock,
                gpointer user_data)
{
  MosConversationPane *self = MOS_CONVERSATION_PANE (widget);
  guint *frames = user_data;

  if (!self->reveal && (self->selected == NULL || mos_conversation_list_find (self->list, self->selected) == 0))
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid)), 0);
  /* The first frame lays the rows out, and may move them; the second shows them where they stay. */
  return ++*frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
mos_conversation_pane_go_to_top (MosConversationPane *self)
{
  if (self->to_top)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_top_tick_cb, g_new0 (guint, 1), g_free);
  self->to_top = FALSE;
}

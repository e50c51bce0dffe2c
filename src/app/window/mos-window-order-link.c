/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "core/desk/mos-desk-journey.h"

/* Whose an order is, as a person says it. */

typedef struct
{
  MosWindow *self; /* (owned) */
  char *conversation;
  gboolean is_theirs;
} LinkCall;

static void
on_linked_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  LinkCall *call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_report_error (call->self, error);
  else if (batch != 0)
    mos_window_offer_undo (call->self, call->is_theirs ? "order-link" : "order-unlink", batch, call->conversation);
  g_object_unref (call->self);
  g_free (call->conversation);
  g_free (call);
}

void
mos_window_on_link_order (MosWindow *self,
                          const char *order,
                          const char *customer,
                          const char *conversation,
                          gboolean is_theirs)
{
  LinkCall *call;

  if (self->desk == NULL)
    return;
  call = g_new0 (LinkCall, 1);
  call->self = g_object_ref (self);
  call->conversation = g_strdup (conversation);
  call->is_theirs = is_theirs;
  mos_desk_link_order_async (self->desk, order, customer, conversation, is_theirs, self->cancellable, on_linked_cb, call);
}

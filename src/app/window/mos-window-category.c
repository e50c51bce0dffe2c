/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/inbox/mos-pick-dialogs.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-categories.h"

/* What conversations are about: set by a person, or accepted of what is suggested. */

static void
set_category (MosWindow *self,
              const char *id)
{
  mos_window_act_text (self, "category", mos_desk_set_category_async, *id != '\0' ? id : NULL);
}

void
mos_window_set_category (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  set_category (MOS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

void
mos_window_choose_category (GtkWidget *widget,
                            const char *name,
                            GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = mos_category_dialog_new (self->desk, self->n_chosen > 0 ? NULL : self->conversation);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (set_category), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

void
mos_window_accept_category (GtkWidget *widget,
                            const char *name,
                            GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *hint = self->view != NULL ? mos_conversation_view_get_category_hint (self->view) : NULL;

  if (hint != NULL)
    set_category (self, hint);
}

/* --- not suggested any more --- */

typedef struct
{
  MosWindow *self; /* (owned) */
  char *conversation;
} Dismissal;

static void
on_dismissed_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  Dismissal *dismissal = user_data;
  g_autoptr (MosWindow) self = dismissal->self;
  g_autofree char *conversation = dismissal->conversation;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  g_free (dismissal);
  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_report_error (self, error);
  else if (batch != 0)
    mos_window_offer_undo (self, "category-dismiss", batch, conversation);
}

void
mos_window_dismiss_category (GtkWidget *widget,
                             const char *name,
                             GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  const char *hint = self->view != NULL ? mos_conversation_view_get_category_hint (self->view) : NULL;
  Dismissal *dismissal;

  if (hint == NULL || self->conversation == NULL)
    return;
  dismissal = g_new0 (Dismissal, 1);
  dismissal->self = g_object_ref (self);
  dismissal->conversation = g_strdup (mos_conversation_get_id (self->conversation));
  mos_desk_dismiss_category_async (self->desk, dismissal->conversation, hint, self->cancellable, on_dismissed_cb, dismissal);
}

void
mos_window_update_category_actions (MosWindow *self)
{
  MosConversationRow *row = self->conversation != NULL && self->n_chosen == 0 && !mos_window_is_writing_new (self) ? mos_conversation_get_row (self->conversation) : NULL;
  gboolean has_hint = row != NULL && self->view != NULL && mos_conversation_view_get_conversation (self->view) == self->conversation &&
                      mos_conversation_view_get_category_hint (self->view) != NULL;

  mos_window_want_action (self, "conversation.accept-category", has_hint);
  mos_window_want_action (self, "conversation.dismiss-category", has_hint);
  mos_window_apply_actions (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/inbox/mos-team-dialog.h"
#include "app/inbox/mos-view-dialog.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

/* Views and agents, and what is done to several conversations that is not done to one. */

static void
on_saved_cb (MosWindow *self,
             const char *key)
{
  g_autoptr (MosView) view = mos_view_from_key (key);

  /* A new one is gone to as soon as the list of views has it. */
  if (view != NULL && view->kind == MOS_VIEW_SAVED)
    g_set_str (&self->wanted_view, view->argument);
  mos_window_show_wanted_view (self);
}

void
mos_window_show_wanted_view (MosWindow *self)
{
  g_autofree char *id = NULL;
  g_autoptr (MosView) view = NULL;

  if (self->wanted_view == NULL || self->desk == NULL || mos_desk_find_view (self->desk, self->wanted_view) == NULL)
    return;
  id = g_steal_pointer (&self->wanted_view);
  view = mos_view_make (MOS_VIEW_SAVED, id);
  mos_view_pane_select (self->view_pane, view);
  g_signal_emit_by_name (self->view_pane, "view-chosen", view, mos_view_pane_get_title_of (self->view_pane, view));
}

void
mos_window_new_view (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *dialog = ADW_DIALOG (mos_view_dialog_new (self->desk, NULL, mos_conversation_pane_get_search (self->pane)));

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, widget);
}

void
mos_window_edit_view (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosView *view = mos_conversation_pane_get_base_view (self->pane);

  if (view != NULL)
    mos_dialog_present (ADW_DIALOG (mos_view_dialog_new (self->desk, view, NULL)), widget);
}

static void
on_removed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_window_report_error (self, error);
  else if (batch != 0)
    mos_window_offer_undo_many (self, "view-remove", batch, NULL, 1);
}

void
mos_window_remove_view (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosView *view = mos_conversation_pane_get_base_view (self->pane);

  if (view != NULL && view->kind == MOS_VIEW_SAVED)
    mos_desk_remove_view_async (self->desk, view->argument, self->cancellable, on_removed_cb, g_object_ref (self));
}

void
mos_window_move_view (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosView *view = mos_conversation_pane_get_base_view (self->pane);
  int step = g_str_equal (name, "win.move-view-up") ? -1 : 1;

  if (view != NULL && view->kind == MOS_VIEW_SAVED)
    mos_desk_move_view_async (self->desk, view->argument, step, self->cancellable, mos_window_on_acted_cb, g_object_ref (self));
}

/* --- several conversations --- */

void
mos_window_choose (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  if (g_str_equal (name, "win.choose-none"))
    mos_conversation_pane_end_choice (self->pane);
  else if (g_str_equal (name, "win.choose-all"))
    mos_conversation_pane_choose_all (self->pane);
  else
    mos_conversation_pane_set_choosing (self->pane, !mos_conversation_pane_get_choosing (self->pane));
  mos_conversation_pane_grab_list_focus (self->pane);
}

typedef struct
{
  MosWindow *self; /* (owned) */
  GStrv ids;
  char *into;
} MergeCall;

static void
merge_call_free (MergeCall *call)
{
  g_object_unref (call->self);
  g_strfreev (call->ids);
  g_free (call->into);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MergeCall, merge_call_free)

static void
on_merged_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MergeCall) call = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      mos_window_report_error (call->self, error);
      return;
    }
  mos_window_show_conversation (call->self, call->into);
  if (batch != 0)
    mos_window_offer_undo_many (call->self, "merge", batch, call->into, g_strv_length (call->ids) + 1);
}

static void
on_merge_answered_cb (AdwAlertDialog *dialog,
                      const char *response,
                      MergeCall *call)
{
  if (g_str_equal (response, "merge") && call->self->desk != NULL)
    mos_desk_merge_async (call->self->desk, (const char *const *) call->ids, call->into, NULL, on_merged_cb, call);
  else
    merge_call_free (call);
}

/* They become part of the oldest one: its number is the one that customers know longest. */
void
mos_window_merge_chosen (MosWindow *self)
{
  g_auto (GStrv) chosen = mos_conversation_pane_dup_chosen (self->pane);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (MosConversation) oldest = NULL;
  MergeCall *call;
  AdwDialog *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *number = NULL;
  guint n;

  if (chosen == NULL)
    return;
  n = g_strv_length (chosen);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (self->desk, chosen[i]);
      MosConversationRow *row = mos_conversation_get_row (conversation);

      if (row != NULL && (oldest == NULL || row->number < mos_conversation_get_row (oldest)->number))
        g_set_object (&oldest, conversation);
    }
  if (oldest == NULL)
    return;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (chosen[i], mos_conversation_get_id (oldest)))
      g_strv_builder_add (builder, chosen[i]);

  call = g_new0 (MergeCall, 1);
  call->self = g_object_ref (self);
  call->ids = g_strv_builder_end (builder);
  call->into = g_strdup (mos_conversation_get_id (oldest));
  heading = g_strdup_printf (ngettext ("Merge %u Conversation?", "Merge %u Conversations?", n), n);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, mos_conversation_get_row (oldest)->number);
  dialog = adw_alert_dialog_new (heading, NULL);
  /* Translators: %s is the number of a conversation. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("They become one, #%s, the oldest of them. It stays with its customer; others take part, and get no copy of an answer unless you add one."), number);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "merge", _ ("_Merge"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "merge", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_merge_answered_cb), call);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

/* --- agents --- */

void
mos_window_show_team (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  mos_dialog_present (ADW_DIALOG (mos_team_dialog_new (MOS_WINDOW (widget)->desk)), widget);
}

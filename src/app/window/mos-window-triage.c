/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-shortcuts.h"

#include <glib/gi18n.h>

/* One at a time: the list as it stood goes by, one conversation after the other, over the whole window. What is done, is done by the same actions as ever. */

static void
show_current (MosWindow *self)
{
  const char *id = mos_triage_run_get_current (self->run);

  mos_window_update_actions (self);
  mos_triage_page_show_run (self->triage, self->run);
  if (id == NULL)
    return;
  /* In a narrow window too: the one shown is read. */
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, TRUE);
  mos_conversation_pane_select (self->pane, id);
  /* The list, which nobody sees, took the keyboard. */
  mos_conversation_view_grab_focus (self->view);
}

void
mos_window_leave_triage (MosWindow *self)
{
  GtkWidget *view = GTK_WIDGET (self->view);

  if (self->run == NULL)
    return;
  g_clear_pointer (&self->run, mos_triage_run_free);
  g_object_ref (view);
  mos_triage_page_take_view (self->triage, NULL);
  adw_bin_set_child (self->conversation_bin, view);
  g_object_unref (view);
  mos_shortcuts_set_always (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, "main");
  gtk_stack_remove (self->stack, GTK_WIDGET (self->triage));
  self->triage = NULL;
  mos_window_update_actions (self);
  mos_window_focus_list (GTK_WIDGET (self), NULL, NULL);
}

static void
set_run (MosWindow *self,
         const char *const *ids)
{
  g_clear_pointer (&self->run, mos_triage_run_free);
  self->run = mos_triage_run_new (ids);
  show_current (self);
}

/* --- the end --- */

static void
on_again_cb (MosWindow *self)
{
  g_auto (GStrv) left = mos_triage_run_dup_left (self->run);

  set_run (self, (const char *const *) left);
}

typedef struct
{
  MosWindow *self; /* (owned) */
  GArray *batches; /* (owned): what is still to be taken back, the newest first */
  guint next;
  MosTriageOutcome outcome;
} UndoCall;

static void
undo_call_free (UndoCall *call)
{
  g_object_unref (call->self);
  g_array_unref (call->batches);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UndoCall, undo_call_free)

static void undo_next (UndoCall *call);

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (UndoCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  if (error != NULL)
    {
      mos_window_report_error (call->self, error);
      return;
    }
  undo_next (g_steal_pointer (&call));
}

/* @call: (transfer full) */
static void
undo_next (UndoCall *call)
{
  g_autoptr (UndoCall) own = call;
  MosWindow *self = call->self;

  if (self->desk == NULL)
    return;
  if (call->next < call->batches->len)
    {
      gint64 batch = g_array_index (call->batches, gint64, call->next++);

      mos_desk_undo_async (self->desk, batch, self->cancellable, on_undone_cb, g_steal_pointer (&own));
      return;
    }
  if (self->run == NULL)
    return;
  mos_triage_run_forget (self->run, call->outcome);
  mos_triage_page_show_end (self->triage, self->run);
  mos_window_add_toast (self, adw_toast_new (_ ("Taken back")));
}

static void
on_undo_cb (MosWindow *self,
            guint outcome)
{
  UndoCall *call = g_new0 (UndoCall, 1);

  call->self = g_object_ref (self);
  call->outcome = (MosTriageOutcome) outcome;
  call->batches = mos_triage_run_list_batches (self->run, call->outcome);
  undo_next (call);
}

static void
end (MosWindow *self)
{
  /* Nothing was done yet: there is nothing to tell. */
  if (mos_triage_run_get_position (self->run) == 0 || mos_triage_page_is_at_end (self->triage))
    mos_window_leave_triage (self);
  else
    mos_triage_page_show_end (self->triage, self->run);
}

static void
on_escape_cb (MosWindow *self)
{
  end (self);
}

/* --- the beginning --- */

void
mos_window_triage (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  GtkWidget *view = GTK_WIDGET (self->view);
  g_auto (GStrv) ids = NULL;

  if (self->run != NULL)
    {
      end (self);
      return;
    }
  ids = mos_conversation_pane_dup_ids (self->pane);
  if (ids[0] == NULL)
    {
      mos_window_add_toast (self, adw_toast_new (_ ("There is nothing here to go through")));
      return;
    }

  self->triage = g_object_new (MOS_TYPE_TRIAGE_PAGE, NULL);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->triage), "triage");
  g_signal_connect_object (self->triage, "undo", G_CALLBACK (on_undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->triage, "again", G_CALLBACK (on_again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->triage, "leave", G_CALLBACK (mos_window_leave_triage), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->triage, "escape", G_CALLBACK (on_escape_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->conversation_title, "title", self->triage, "title", G_BINDING_SYNC_CREATE);
  g_object_ref (view);
  adw_bin_set_child (self->conversation_bin, NULL);
  mos_triage_page_take_view (self->triage, view);
  g_object_unref (view);
  gtk_stack_set_visible_child_name (self->stack, "triage");
  mos_shortcuts_set_always (GTK_WINDOW (self), mos_triage_keys);
  set_run (self, (const char *const *) ids);
}

/* --- what happens meanwhile --- */

gboolean
mos_window_triage_step (MosWindow *self,
                        int step)
{
  if (self->run == NULL)
    return FALSE;
  if (mos_triage_run_get_current (self->run) == NULL)
    return TRUE;
  if (step > 0)
    mos_triage_run_skip (self->run);
  else if (!mos_triage_run_step_back (self->run))
    return TRUE;
  show_current (self);
  return TRUE;
}

void
mos_window_triage_note (MosWindow *self,
                        const char *nick,
                        gint64 batch,
                        const char *conversation)
{
  static const struct
  {
    const char *nick;
    MosTriageOutcome outcome;
  } table[] = {
    { "send", MOS_TRIAGE_ANSWERED },
    { "close", MOS_TRIAGE_CLOSED },
    { "snooze", MOS_TRIAGE_SNOOZED },
    { "pending", MOS_TRIAGE_OTHER },
    { "spam", MOS_TRIAGE_OTHER },
    { "delete", MOS_TRIAGE_OTHER },
    { "merge", MOS_TRIAGE_OTHER },
    { "block-sender", MOS_TRIAGE_OTHER },
    { "release", MOS_TRIAGE_OTHER },
    { "allow-sender", MOS_TRIAGE_OTHER },
  };

  if (self->run == NULL || conversation == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].nick, nick))
      {
        guint before = mos_triage_run_get_position (self->run);

        if (mos_triage_run_note (self->run, conversation, table[i].outcome, batch) && mos_triage_run_get_position (self->run) != before)
          show_current (self);
        return;
      }
}

gboolean
mos_window_triage_undone (MosWindow *self,
                          const char *conversation)
{
  if (self->run == NULL)
    return FALSE;
  if (mos_triage_run_take_back (self->run, conversation))
    show_current (self);
  return TRUE;
}

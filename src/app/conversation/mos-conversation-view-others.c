/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-conversation-view-private.h"
#include "app/conversation/mos-draft-notice.h"
#include "app/widgets/mos-toast-show.h"

#include "core/base/mos-error.h"

#include <glib/gi18n.h>

/* Collision: what another agent has begun in this conversation is told, and can be taken over. It is never opened as one's own. */

typedef struct
{
  MosConversationView *self; /* (owned) */
  MosConversation *conversation;
} OthersJob;

static void
others_job_free (OthersJob *job)
{
  g_object_unref (job->self);
  g_object_unref (job->conversation);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OthersJob, others_job_free)

static OthersJob *
others_job_new (MosConversationView *self)
{
  OthersJob *job = g_new0 (OthersJob, 1);

  job->self = g_object_ref (self);
  job->conversation = g_object_ref (self->conversation);
  return job;
}

static gint64
get_now_us (MosConversationView *self)
{
  return mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
}

static MosDraftNotice *
find_notice (MosConversationView *self,
             const char *draft)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->others); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (mos_draft_notice_get_draft (MOS_DRAFT_NOTICE (child))->id, draft))
      return MOS_DRAFT_NOTICE (child);
  return NULL;
}

static gboolean
has_draft (GPtrArray *drafts,
           const char *id)
{
  for (guint i = 0; i < drafts->len; i++)
    if (g_str_equal (((MosDraft *) drafts->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* Those that stay keep what is shown of them, and the keyboard. */
static void
show_others (MosConversationView *self,
             GPtrArray *drafts)
{
  GtkWidget *next;
  gboolean had_focus = FALSE;
  gint64 now_us = get_now_us (self);

  for (GtkWidget *child = gtk_widget_get_first_child (self->others); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (has_draft (drafts, mos_draft_notice_get_draft (MOS_DRAFT_NOTICE (child))->id))
        continue;
      had_focus |= gtk_widget_get_focus_child (self->others) == child;
      gtk_box_remove (GTK_BOX (self->others), child);
    }
  for (guint i = 0; i < drafts->len; i++)
    {
      MosDraft *draft = drafts->pdata[i];
      MosDraftNotice *notice = find_notice (self, draft->id);

      if (notice != NULL)
        mos_draft_notice_update (notice, draft, now_us);
      else
        gtk_box_append (GTK_BOX (self->others), mos_draft_notice_new (draft, now_us));
    }
  gtk_widget_set_visible (self->others, drafts->len > 0);
  if (had_focus)
    mos_conversation_view_grab_focus (self);
}

static void
on_others_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (OthersJob) job = user_data;
  MosConversationView *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = mos_desk_load_other_drafts_finish (MOS_DESK (source), result, &error);
  g_autoptr (MosDraft) open = NULL;

  if (drafts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Other agents' drafts could not be read: %s", error->message);
      return;
    }
  if (self->stack == NULL || self->conversation != job->conversation)
    return;
  /* What was taken over was given back: what was written since is kept in it. */
  open = mos_composer_dup_draft (self->composer);
  if (open != NULL && has_draft (drafts, open->id))
    mos_conversation_view_leave_draft (self);
  show_others (self, drafts);
}

void
mos_conversation_view_drop_others (MosConversationView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->others)) != NULL)
    gtk_box_remove (GTK_BOX (self->others), child);
  gtk_widget_set_visible (self->others, FALSE);
}

void
mos_conversation_view_find_others (MosConversationView *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  gboolean has_others = row != NULL && row->drafters != NULL && row->drafters[0] != NULL;

  if (has_others || gtk_widget_get_first_child (self->others) != NULL)
    mos_desk_load_other_drafts_async (self->desk, mos_conversation_get_id (self->conversation), self->cancellable, on_others_cb, others_job_new (self));
}

void
mos_conversation_view_tick_others (MosConversationView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->others); child != NULL; child = gtk_widget_get_next_sibling (child))
    mos_draft_notice_update (MOS_DRAFT_NOTICE (child), NULL, get_now_us (self));
}

/* --- Taking one over --- */

static void
on_taken_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (OthersJob) job = user_data;
  MosConversationView *self = job->self;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  g_autoptr (MosDraft) draft = mos_desk_take_draft_finish (MOS_DESK (source), result, &batch, &error);

  if (self->stack == NULL)
    return;
  if (draft == NULL)
    {
      g_info ("A draft was not taken over: %s", error->message);
      mos_toast_show (self->toasts, adw_toast_new (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND)
                                                       ? _ ("The draft is not there any more: it was sent or discarded")
                                                       : _ ("The draft could not be taken over; it is as it was")));
      return;
    }
  if (self->conversation == job->conversation && !self->writing_new)
    mos_conversation_view_open_draft (self, draft);
  mos_conversation_view_emit_draft_taken (self, draft, batch);
}

void
mos_conversation_view_take_draft (MosConversationView *self,
                                  const char *draft)
{
  GtkWidget *first = gtk_widget_get_first_child (self->others);

  if (self->conversation == NULL || self->writing_new || first == NULL)
    return;
  if (*draft == '\0')
    draft = mos_draft_notice_get_draft (MOS_DRAFT_NOTICE (first))->id;
  mos_desk_take_draft_async (self->desk, draft, NULL, on_taken_cb, others_job_new (self));
}

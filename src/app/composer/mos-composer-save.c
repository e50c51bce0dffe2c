/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"

#include <glib/gi18n.h>

/* What is written is saved by itself: a moment after the last key, when the focus leaves, and before the draft is left. */

gint64
mos_composer_now_us (MosComposer *self)
{
  return self->desk != NULL ? mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))) : g_get_real_time ();
}

typedef struct
{
  MosComposer *self; /* (owned) */
  MosDraft *draft;   /* (owned) */
  MosDraft *opened;  /* (owned) (nullable): what was open then, as it was opened */
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  g_clear_pointer (&job->opened, mos_draft_unref);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveJob, save_job_free)

static void schedule_save (MosComposer *self);

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (SaveJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  gboolean saved = mos_desk_save_draft_finish (MOS_DESK (source), result, &error);
  gboolean again;

  if (!saved)
    g_warning ("A draft could not be saved: %s", error->message);
  /* The answer for a draft that was left says nothing about the one that is open now, be it the same that was opened again. */
  if (self->box == NULL || self->draft == NULL || self->draft != job->opened)
    return;
  again = mos_autosave_end (&self->autosave, saved, mos_composer_now_us (self));
  if (!saved)
    {
      gtk_label_set_label (self->hint, _ ("Not saved"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->hint), error->message);
    }
  else if (!again)
    {
      gtk_label_set_label (self->hint, _ ("Saved"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->hint), _ ("This draft is kept on this computer"));
    }
  schedule_save (self);
}

/* @opened: (nullable) */
static void
save (MosComposer *self,
      MosDesk *desk,
      MosDraft *draft,
      MosDraft *opened)
{
  SaveJob *job = g_new0 (SaveJob, 1);

  job->self = g_object_ref (self);
  job->draft = mos_draft_ref (draft);
  job->opened = opened != NULL ? mos_draft_ref (opened) : NULL;
  mos_desk_save_draft_async (desk, draft, NULL, on_saved_cb, job);
}

void
mos_composer_keep (MosComposer *self,
                   MosDesk *desk,
                   MosDraft *draft)
{
  if (self->box != NULL && self->draft != NULL && g_str_equal (self->draft->id, draft->id))
    mos_composer_touch (self);
  else
    save (self, desk, draft, NULL);
}

void
mos_composer_save_now (MosComposer *self)
{
  g_autoptr (MosDraft) draft = NULL;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->desk == NULL || self->draft == NULL || self->is_sending)
    return;
  if (!mos_autosave_begin (&self->autosave))
    return;
  draft = mos_composer_dup_draft (self);
  save (self, self->desk, draft, self->draft);
}

static gboolean
on_save_due_cb (gpointer user_data)
{
  MosComposer *self = user_data;

  self->save_id = 0;
  mos_composer_save_now (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_save (MosComposer *self)
{
  gint64 due_us = mos_autosave_due_us (&self->autosave);

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (due_us >= 0 && self->draft != NULL)
    self->save_id = g_timeout_add ((guint) CLAMP ((due_us - mos_composer_now_us (self)) / 1000 + 1, 1, 10000), on_save_due_cb, self);
}

void
mos_composer_touch (MosComposer *self)
{
  if (self->is_setting || self->draft == NULL)
    return;
  mos_composer_hide_checks (self);
  if (self->changed != NULL)
    {
      mos_composer_show_problem (self, NULL);
      return;
    }
  mos_autosave_touch (&self->autosave, mos_composer_now_us (self));
  gtk_label_set_label (self->hint, "");
  mos_composer_show_problem (self, NULL);
  schedule_save (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"

#include "core/values/mos-macro-plan.h"

#include <string.h>

/* A macro is one step of undo: with its words go its files and what it does, and come back with them. The buffer does not say which step it takes back, but its words are what
 * goes, or comes, in that very place. */

typedef struct
{
  int at; /* offset of its words */
  char *text;
  MosMacroPlan *before; /* (owned) (nullable) */
  MosMacroPlan *added;  /* (owned) */
  GPtrArray *files;     /* (owned) of MosAttachment */
  gboolean is_undone;
} Step;

struct _MosComposerMacroSteps
{
  GPtrArray *steps; /* (owned) of Step, the last one last */
  gboolean is_undoing;
  gboolean is_redoing;
  Step *hit; /* (borrowed) (nullable): whose words the step that runs takes away, or brings back */
};

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->text);
  g_clear_pointer (&step->before, mos_macro_plan_unref);
  mos_macro_plan_unref (step->added);
  g_ptr_array_unref (step->files);
  g_free (step);
}

static const MosMacroAction *
find_action (const MosMacroPlan *plan,
             const MosMacroAction *wanted,
             guint *ret_index)
{
  for (guint i = 0; plan != NULL && i < plan->actions->len; i++)
    {
      const MosMacroAction *action = plan->actions->pdata[i];

      if (action->kind != wanted->kind || strcmp (action->value, wanted->value) != 0)
        continue;
      *ret_index = i;
      return action;
    }
  return NULL;
}

static void
drop_use (MosMacroPlan *plan,
          const MosMacroUse *wanted)
{
  for (guint i = plan->uses->len; i-- > 0;)
    if (strcmp (((MosMacroUse *) plan->uses->pdata[i])->macro, wanted->macro) == 0)
      g_ptr_array_remove_index (plan->uses, i);
}

/* What @now is without @step: what it put in goes, and what had to make way for that is back. What was removed by hand meanwhile stays removed.
 * Returns: (transfer full) */
static MosMacroPlan *
without (const MosMacroPlan *now,
         const Step *step)
{
  MosMacroPlan *plan = mos_macro_plan_copy (now);
  g_autoptr (MosMacroPlan) after = mos_macro_plan_copy (step->before);
  guint index;

  for (guint i = 0; i < step->added->actions->len; i++)
    {
      const MosMacroAction *action = step->added->actions->pdata[i];

      mos_macro_plan_add_action (after, action->kind, action->value);
      if (find_action (step->before, action, &index) == NULL && find_action (plan, action, &index) != NULL)
        mos_macro_plan_remove_action (plan, index);
    }
  for (guint i = 0; step->before != NULL && i < step->before->actions->len; i++)
    {
      const MosMacroAction *action = step->before->actions->pdata[i];

      if (find_action (after, action, &index) == NULL)
        mos_macro_plan_add_action (plan, action->kind, action->value);
    }
  for (guint i = 0; i < step->added->uses->len; i++)
    drop_use (plan, step->added->uses->pdata[i]);
  for (guint i = 0; step->before != NULL && i < step->before->uses->len; i++)
    {
      const MosMacroUse *use = step->before->uses->pdata[i];

      mos_macro_plan_add_use (plan, use->macro, use->language);
    }
  for (guint i = 0; i < step->added->literals->len; i++)
    {
      guint at;

      if (g_ptr_array_find_with_equal_func (plan->literals, step->added->literals->pdata[i], g_str_equal, &at))
        g_ptr_array_remove_index (plan->literals, at);
    }
  return plan;
}

static void
take_back (MosComposer *self,
           Step *step)
{
  g_autoptr (MosMacroPlan) now = mos_composer_dup_plan (self);

  step->is_undone = TRUE;
  for (guint i = step->files->len; i-- > 0;)
    /* One that somebody took off does not come back by a redo. */
    if (!g_ptr_array_remove (self->files, step->files->pdata[i]))
      g_ptr_array_remove_index (step->files, i);
  mos_composer_update_files (self);
  mos_composer_set_plan (self, without (now, step));
}

static void
bring_back (MosComposer *self,
            Step *step)
{
  step->is_undone = FALSE;
  for (guint i = 0; i < step->files->len; i++)
    mos_composer_take_attachment (self, step->files->pdata[i]);
  mos_composer_take_macros (self, step->added);
}

/* --- what the buffer does --- */

/* @offset: where @text begins in the buffer. Returns: (nullable): the step whose words are in it */
static Step *
find_step (MosComposerMacroSteps *steps,
           int offset,
           const char *text,
           gboolean is_undone)
{
  glong length = g_utf8_strlen (text, -1);

  for (guint i = steps->steps->len; i-- > 0;)
    {
      Step *step = steps->steps->pdata[i];

      if (step->is_undone == is_undone && step->at >= offset && step->at - offset < length && g_str_has_prefix (g_utf8_offset_to_pointer (text, step->at - offset), step->text))
        return step;
    }
  return NULL;
}

/* Whatever is written after an undo ends what could be done once more. */
static void
forget_undone (MosComposerMacroSteps *steps)
{
  for (guint i = steps->steps->len; i-- > 0;)
    if (((Step *) steps->steps->pdata[i])->is_undone)
      g_ptr_array_remove_index (steps->steps, i);
}

static void
on_delete_cb (MosComposer *self,
              GtkTextIter *start,
              GtkTextIter *end,
              GtkTextBuffer *buffer)
{
  MosComposerMacroSteps *steps = self->macro_steps;

  if (steps->is_undoing && steps->hit == NULL)
    {
      g_autofree char *text = gtk_text_buffer_get_text (buffer, start, end, TRUE);

      steps->hit = find_step (steps, gtk_text_iter_get_offset (start), text, FALSE);
    }
  else if (!steps->is_undoing && !steps->is_redoing)
    forget_undone (steps);
}

static void
on_insert_cb (MosComposer *self,
              GtkTextIter *where,
              const char *text,
              int length,
              GtkTextBuffer *buffer)
{
  MosComposerMacroSteps *steps = self->macro_steps;

  if (steps->is_redoing && steps->hit == NULL)
    {
      g_autofree char *all = g_strndup (text, (gsize) length);

      steps->hit = find_step (steps, gtk_text_iter_get_offset (where), all, TRUE);
    }
  else if (!steps->is_undoing && !steps->is_redoing)
    forget_undone (steps);
}

static void
on_undo_cb (MosComposer *self)
{
  self->macro_steps->is_undoing = TRUE;
  self->macro_steps->hit = NULL;
}

static void
on_redo_cb (MosComposer *self)
{
  self->macro_steps->is_redoing = TRUE;
  self->macro_steps->hit = NULL;
}

static void
on_done_cb (MosComposer *self)
{
  MosComposerMacroSteps *steps = self->macro_steps;
  Step *hit = g_steal_pointer (&steps->hit);
  gboolean was_undone = steps->is_undoing;

  steps->is_undoing = steps->is_redoing = FALSE;
  if (hit == NULL || self->draft == NULL)
    return;
  if (was_undone)
    take_back (self, hit);
  else
    bring_back (self, hit);
}

/* --- for the others --- */

void
mos_composer_init_macro_steps (MosComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));

  self->macro_steps = g_new0 (MosComposerMacroSteps, 1);
  self->macro_steps->steps = g_ptr_array_new_with_free_func (step_free);
  g_signal_connect_object (buffer, "delete-range", G_CALLBACK (on_delete_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (on_insert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "undo", G_CALLBACK (on_undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "redo", G_CALLBACK (on_redo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "undo", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (buffer, "redo", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
mos_composer_add_macro_step (MosComposer *self,
                             int at,
                             const char *text,
                             MosMacroPlan *before,
                             MosMacroPlan *added,
                             GPtrArray *files)
{
  Step *step = g_new0 (Step, 1);

  step->at = at;
  step->text = g_strdup (text);
  step->before = before != NULL ? mos_macro_plan_ref (before) : NULL;
  step->added = mos_macro_plan_ref (added);
  step->files = g_ptr_array_ref (files);
  g_ptr_array_add (self->macro_steps->steps, step);
}

void
mos_composer_forget_macro_steps (MosComposer *self)
{
  self->macro_steps->hit = NULL;
  g_ptr_array_set_size (self->macro_steps->steps, 0);
}

void
mos_composer_finalize_macro_steps (MosComposer *self)
{
  if (self->macro_steps != NULL)
    g_ptr_array_unref (self->macro_steps->steps);
  g_clear_pointer (&self->macro_steps, g_free);
}

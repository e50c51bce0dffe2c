/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-send-check.h"

#include "app/application/mos-error-text.h"

#include "core/desk/mos-macro-unfill.h"
#include "core/values/mos-macro-plan.h"

#include <glib/gi18n.h>

/* A good answer becomes a macro: what it says about this one customer are variables again. */

typedef struct
{
  MosComposer *self; /* (owned) */
  MosDraft *draft;   /* (owned): as it was then */
  char *text;        /* (owned): of it, what is the person's own */
} NewMacroJob;

static void
new_macro_job_free (NewMacroJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  g_free (job->text);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NewMacroJob, new_macro_job_free)

static void
on_facts_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (NewMacroJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMacroFacts) facts = mos_desk_load_macro_facts_finish (MOS_DESK (source), result, &error);
  const char *language = job->draft->language;
  g_autofree char *folded = NULL;
  g_autofree char *macro = NULL;

  if (job->self->box == NULL)
    return;
  if (facts == NULL)
    {
      /* Translators: %s is what went wrong. */
      g_autofree char *text = g_strdup_printf (_ ("No macro could be made of it: %s"), mos_error_text (error).sentence);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_composer_show_problem (job->self, text);
      return;
    }
  if (language == NULL || *language == '\0')
    language = facts->language != NULL ? facts->language : g_get_language_names ()[0];
  folded = mos_macro_fold_language (language);
  macro = mos_macro_unfill (job->text, job->draft->is_marked, folded, job->draft->macros != NULL ? job->draft->macros->literals : NULL, facts);
  gtk_widget_activate_action (GTK_WIDGET (job->self), "win.write-macro", "(ssb)", folded, macro, g_str_equal (job->draft->kind, "note"));
}

static void
new_macro_action (GtkWidget *widget,
                  const char *action,
                  GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  NewMacroJob *job;

  if (self->draft == NULL || self->desk == NULL)
    return;
  job = g_new0 (NewMacroJob, 1);
  job->self = g_object_ref (self);
  job->draft = mos_composer_dup_draft (self);
  job->text = g_strstrip (mos_send_check_dup_own_words (job->draft->text, FALSE));
  if (*job->text == '\0')
    {
      mos_composer_show_problem (self, _ ("There is no text yet that a macro could be made of."));
      new_macro_job_free (job);
      return;
    }
  mos_composer_load_macro_facts (self, NULL, on_facts_cb, job);
}

void
mos_composer_class_init_new_macro (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.new-macro", NULL, new_macro_action);
}

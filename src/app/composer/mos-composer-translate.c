/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"
#include "app/translate/mos-translate-ask.h"
#include "app/translate/mos-translate-dialog.h"
#include "app/translate/mos-translate-words.h"
#include "app/widgets/mos-dialog.h"

#include "core/translate/mos-translator.h"

#include <glib/gi18n.h>

/* What is written goes into the customer's language, when somebody asks for it. */

/* One step of the undo: Ctrl+Z brings back what was written. */
static void
on_accepted_cb (MosComposer *self,
                const char *text)
{
  if (self->draft == NULL)
    return;
  mos_composer_set_text (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
open_dialog (MosComposer *self)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (self);
  const char *to = mos_composer_get_language (self);
  MosTranslateDialog *dialog;

  /* Nobody is known to read another language: the person chooses. */
  if (to != NULL)
    {
      g_autofree char *own = mos_translate_own_language ();

      if (mos_translate_language_is_same (to, own))
        to = NULL;
    }
  dialog = mos_translate_dialog_new (self->desk, self->account, draft->text, draft->is_marked, to);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (on_accepted_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
show_error (MosComposer *self,
            const GError *error)
{
  g_autofree char *text = mos_translate_problem_text (error, mos_desk_get_translate (self->desk)->service);

  mos_composer_show_problem (self, text);
}

static void
on_asked_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean may = mos_translate_ask_finish (MOS_DESK (source), result, &error);

  if (self->box == NULL || self->draft == NULL)
    return;
  if (error != NULL)
    show_error (self, error);
  else if (may)
    open_dialog (self);
}

static void
translate_action (GtkWidget *widget,
                  const char *action,
                  GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (self);

  if (draft == NULL || self->desk == NULL || self->is_sending)
    return;
  if (!mos_desk_can_translate (self->desk) || self->account == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF, "No service is set up");

      show_error (self, error);
      return;
    }
  if (*g_strstrip (draft->text) == '\0')
    {
      mos_composer_show_problem (self, _ ("There is no text yet to translate."));
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
      return;
    }
  mos_composer_show_problem (self, NULL);
  mos_translate_ask_async (self->desk, self->account, widget, on_asked_cb, g_object_ref (self));
}

void
mos_composer_update_translate (MosComposer *self)
{
  gboolean is_note = self->draft != NULL && g_str_equal (self->draft->kind, "note");

  gtk_widget_set_visible (self->translate_button, self->desk != NULL && mos_desk_can_translate (self->desk) && !is_note);
}

void
mos_composer_class_init_translate (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MosComposer, translate_button);
  gtk_widget_class_install_action (widget_class, "composer.translate", NULL, translate_action);
}

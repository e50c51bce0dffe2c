/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"

#include "core/desk/mos-desk-views.h"
#include "core/desk/mos-mentions.h"

#include <glib/gi18n.h>

/* "@" in a note offers the names of the others at the desk. */

static GtkTextBuffer *
get_buffer (MosComposer *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
}

/* Returns: (transfer full): the line before the caret */
static char *
dup_before_caret (MosComposer *self,
                  GtkTextIter *ret_start)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter caret;

  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  *ret_start = caret;
  gtk_text_iter_set_line_offset (ret_start, 0);
  return gtk_text_buffer_get_slice (buffer, ret_start, &caret, TRUE);
}

static void
update (MosComposer *self)
{
  g_autofree char *before = NULL;
  g_autoptr (GPtrArray) found = NULL;
  GtkTextIter start, at;
  MosAgent *me;
  gsize bytes = 0;
  int offset;

  if (self->mentions == NULL || self->is_setting)
    return;
  if (self->draft == NULL || self->desk == NULL || !g_str_equal (self->draft->kind, "note") || !gtk_widget_has_focus (GTK_WIDGET (self->text_view)) ||
      gtk_text_buffer_get_has_selection (get_buffer (self)))
    {
      mos_choices_close (self->mentions);
      return;
    }
  me = mos_desk_get_agent (self->desk);
  before = dup_before_caret (self, &start);
  found = mos_mentions_complete (before, mos_desk_get_agents (self->desk), me != NULL ? me->id : NULL, &bytes);
  if (found->len == 0)
    {
      mos_choices_close (self->mentions);
      self->mention_left = -1;
      return;
    }
  at = start;
  gtk_text_iter_forward_chars (&at, (int) g_utf8_strlen (before, (gssize) bytes));
  offset = gtk_text_iter_get_offset (&at);
  /* Escape stands until another one is begun. */
  if (offset == self->mention_left)
    return;
  self->mention_left = -1;
  self->mention_at = offset;
  mos_choices_clear (self->mentions);
  for (guint i = 0; i < found->len; i++)
    {
      MosAgent *agent = found->pdata[i];

      mos_choices_add (self->mentions, agent->name, NULL, mos_agent_ref (agent), (GDestroyNotify) mos_agent_unref);
    }
  mos_composer_point_choices (self, self->mentions, &at);
  mos_choices_show (self->mentions, TRUE);
}

static void
on_taken_cb (MosComposer *self,
             MosAgent *agent)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter from, caret;
  g_autofree char *name = NULL;

  if (self->draft == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_offset (buffer, &from, self->mention_at);
  if (gtk_text_iter_compare (&from, &caret) > 0 || gtk_text_iter_get_char (&from) != '@')
    return;
  gtk_text_iter_forward_char (&from);
  name = g_strconcat (agent->name, g_unichar_isspace (gtk_text_iter_get_char (&caret)) ? "" : " ", NULL);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &from, &caret);
  gtk_text_buffer_insert (buffer, &from, name, -1);
  gtk_text_buffer_end_user_action (buffer);
  mos_choices_close (self->mentions);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

gboolean
mos_composer_mention_key (MosComposer *self,
                          guint keyval,
                          GdkModifierType state)
{
  if (self->mentions == NULL || !mos_choices_take_key (self->mentions, keyval, state))
    return FALSE;
  if (keyval == GDK_KEY_Escape)
    self->mention_left = self->mention_at;
  return TRUE;
}

void
mos_composer_close_mentions (MosComposer *self)
{
  self->mention_left = -1;
  if (self->mentions != NULL)
    mos_choices_close (self->mentions);
}

void
mos_composer_init_mentions (MosComposer *self)
{
  self->mention_left = -1;
  self->mentions = mos_choices_new (self->box, GTK_WIDGET (self->text_view), _ ("People at the desk"));
  g_signal_connect_object (self->mentions, "taken", G_CALLBACK (on_taken_cb), self, G_CONNECT_SWAPPED);
  /* The caret moves with whatever is typed. */
  g_signal_connect_object (get_buffer (self), "notify::cursor-position", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text_view, "notify::has-focus", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
mos_composer_dispose_mentions (MosComposer *self)
{
  g_clear_object (&self->mentions);
}

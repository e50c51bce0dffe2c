/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/application/mos-settings.h"
#include "app/composer/mos-composer-private.h"

#include "core/desk/mos-chat-typing.h"

/* Customers see that somebody writes to them: while the text changes, and no oftener than it has to be told. Never of a note, nor of a message that is there already. */

/* Before what was told last is over. */
#define AGAIN_US (MOS_CHAT_TYPING_US - G_USEC_PER_SEC)

static void
on_text_cb (MosComposer *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->is_setting || self->desk == NULL || self->draft == NULL || self->draft->conversation == NULL || self->changed != NULL || self->is_sending)
    return;
  if (self->typing_told_us != 0 && now_us - self->typing_told_us < AGAIN_US)
    return;
  if (!mos_composer_shows_typing (self) || !g_settings_get_boolean (mos_settings_get (), "tell-typing") ||
      gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view))) == 0)
    return;
  self->typing_told_us = now_us;
  mos_desk_tell_typing (self->desk, self->draft->conversation, TRUE);
}

void
mos_composer_end_typing (MosComposer *self)
{
  gint64 told_us = self->typing_told_us;

  self->typing_told_us = 0;
  if (told_us == 0 || self->desk == NULL || self->draft == NULL || self->draft->conversation == NULL)
    return;
  /* Longer ago, it is over by itself. */
  if (g_get_monotonic_time () - told_us < 2 * MOS_CHAT_TYPING_US)
    mos_desk_tell_typing (self->desk, self->draft->conversation, FALSE);
}

void
mos_composer_init_typing (MosComposer *self)
{
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view)), "changed", G_CALLBACK (on_text_cb), self, G_CONNECT_SWAPPED);
}

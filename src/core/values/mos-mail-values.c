/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-mail-values.h"

static void
mos_parsed_message_clear (MosParsedMessage *self)
{
  g_free (self->message_id);
  g_free (self->in_reply_to);
  g_strfreev (self->references);
  g_clear_pointer (&self->from, mos_address_unref);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_clear_pointer (&self->reply_to, g_ptr_array_unref);
  g_clear_pointer (&self->delivered_to, g_ptr_array_unref);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_free (self->reply_text);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self->cause);
  g_clear_pointer (&self->bounces, g_ptr_array_unref);
  g_free (self->thread_index);
  g_free (self->own_id);
  g_free (self->own_loop);
  g_free (self->digest);
  g_free (self->language);
}

MOS_DEFINE_VALUE (MosParsedMessage, parsed_message)

static void
mos_incoming_clear (MosIncoming *self)
{
  g_free (self->account);
  g_free (self->folder);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->parsed, mos_parsed_message_unref);
  g_free (self->parse_error);
  g_free (self->raw_sha256);
  g_free (self->html_sha256);
  g_free (self->tail);
  g_clear_pointer (&self->prepared, g_hash_table_unref);
}

MOS_DEFINE_VALUE (MosIncoming, incoming)

static void
mos_compose_clear (MosCompose *self)
{
  g_free (self->message_id);
  g_free (self->thread_index);
  g_free (self->own_id);
  g_clear_pointer (&self->from, mos_address_unref);
  g_clear_pointer (&self->reply_to, mos_address_unref);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_free (self->subject);
  g_free (self->in_reply_to);
  g_strfreev (self->references);
  g_free (self->text);
  g_free (self->html);
  g_free (self->opt_out);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosCompose, compose)

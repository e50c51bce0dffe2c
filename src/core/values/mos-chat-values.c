/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-chat-values.h"

static const char *const chat_update_kind_nicks[] = {
  [MOS_CHAT_MESSAGE] = "message",
  [MOS_CHAT_EDIT] = "edit",
  [MOS_CHAT_DELETE] = "delete",
  [MOS_CHAT_REACTION] = "reaction",
  [MOS_CHAT_RECEIPT] = "receipt",
  [MOS_CHAT_PRESS] = "press",
  [MOS_CHAT_THREAD] = "thread",
  [MOS_CHAT_TYPING] = "typing",
  [MOS_CHAT_RINGING] = "ringing",
  [MOS_CHAT_BROKEN] = "broken",
};
MOS_DEFINE_NICKS (MosChatUpdateKind, chat_update_kind)

static const char *const chat_thread_change_nicks[] = {
  [MOS_CHAT_THREAD_TITLE] = "title",
  [MOS_CHAT_THREAD_CLOSED] = "closed",
  [MOS_CHAT_THREAD_OPENED] = "opened",
  [MOS_CHAT_THREAD_MOVED] = "moved",
  [MOS_CHAT_THREAD_UNREADABLE] = "unreadable",
};
MOS_DEFINE_NICKS (MosChatThreadChange, chat_thread_change)

static const char *const chat_change_kind_nicks[] = {
  [MOS_CHAT_CHANGE_EDIT] = "edit",
  [MOS_CHAT_CHANGE_WITHDRAW] = "withdraw",
  [MOS_CHAT_CHANGE_REACT] = "react",
};
MOS_DEFINE_NICKS (MosChatChangeKind, chat_change_kind)

static void
mos_chat_change_clear (MosChatChange *self)
{
  g_free (self->id);
  g_free (self->message);
  g_free (self->text);
  g_free (self->thread);
  g_strfreev (self->remotes);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_free (self->why);
  g_free (self->detail);
}

MOS_DEFINE_VALUE (MosChatChange, chat_change)

static void
mos_chat_file_clear (MosChatFile *self)
{
  g_free (self->ref);
  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->why);
}

MOS_DEFINE_VALUE (MosChatFile, chat_file)

static void
mos_chat_person_clear (MosChatPerson *self)
{
  g_free (self->kind);
  g_free (self->scope);
  g_free (self->value);
  g_free (self->name);
  g_free (self->username);
  g_free (self->phone);
  g_free (self->language);
}

MOS_DEFINE_VALUE (MosChatPerson, chat_person)

/** mos_chat_person_make: @name: (nullable). Returns: (transfer full) */
MosChatPerson *
mos_chat_person_make (const char *kind,
                      const char *scope,
                      const char *value,
                      const char *name)
{
  MosChatPerson *self;

  g_return_val_if_fail (kind != NULL && scope != NULL && value != NULL, NULL);

  self = mos_chat_person_new ();
  self->kind = g_strdup (kind);
  self->scope = g_strdup (scope);
  self->value = g_strdup (value);
  self->name = g_strdup (name);
  return self;
}

static void
mos_chat_button_clear (MosChatButton *self)
{
  g_free (self->label);
  g_free (self->data);
}

MOS_DEFINE_VALUE (MosChatButton, chat_button)

/** mos_chat_button_make: Returns: (transfer full) */
MosChatButton *
mos_chat_button_make (const char *label,
                      const char *data)
{
  MosChatButton *self = mos_chat_button_new ();

  self->label = g_strdup (label);
  self->data = g_strdup (data);
  return self;
}

char *
mos_chat_labels_to_text (const char *const *labels)
{
  return labels != NULL ? g_strjoinv ("\n", (char **) labels) : g_strdup ("");
}

char **
mos_chat_labels_from_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_strsplit (text, "\n", -1) : NULL;
}

static void
mos_chat_update_clear (MosChatUpdate *self)
{
  g_free (self->thread);
  g_free (self->id);
  g_free (self->group);
  g_clear_pointer (&self->person, mos_chat_person_unref);
  g_free (self->client_key);
  g_free (self->text);
  g_free (self->reply_to);
  g_free (self->forwarded);
  g_free (self->payload);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->title);
  g_free (self->why);
  g_free (self->detail);
  g_free (self->press);
  g_clear_pointer (&self->call, mos_call_unref);
  g_clear_pointer (&self->raw, g_bytes_unref);
}

MOS_DEFINE_VALUE (MosChatUpdate, chat_update)

MosChatUpdate *
mos_chat_update_make_broken (GBytes *raw,
                             const char *detail)
{
  MosChatUpdate *self = mos_chat_update_new ();

  self->kind = MOS_CHAT_BROKEN;
  self->thread = g_strdup ("");
  self->id = g_strdup ("");
  self->text = g_strdup ("");
  self->why = g_strdup (MOS_CHAT_UNREADABLE);
  self->detail = g_strdup (detail);
  self->raw = g_bytes_ref (raw);
  return self;
}

static void
mos_chat_batch_clear (MosChatBatch *self)
{
  g_free (self->account);
  g_clear_pointer (&self->updates, g_ptr_array_unref);
  g_clear_pointer (&self->cursors, g_hash_table_unref);
}

MOS_DEFINE_VALUE (MosChatBatch, chat_batch)

static void
mos_chat_part_clear (MosChatPart *self)
{
  g_free (self->key);
  g_free (self->text);
  g_clear_pointer (&self->file, mos_attachment_unref);
  g_free (self->remote_id);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_free (self->template_name);
  g_free (self->template_language);
  g_strfreev (self->template_values);
  g_strfreev (self->template_names);
  g_free (self->template_header);
  g_free (self->template_header_name);
}

MOS_DEFINE_VALUE (MosChatPart, chat_part)

static void
mos_chat_outgoing_clear (MosChatOutgoing *self)
{
  g_free (self->thread);
  g_clear_pointer (&self->person, mos_chat_person_unref);
  g_free (self->reply_to);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->tag);
}

MOS_DEFINE_VALUE (MosChatOutgoing, chat_outgoing)

static void
mos_chat_fetch_clear (MosChatFetch *self)
{
  g_free (self->message);
  g_clear_pointer (&self->file, mos_chat_file_unref);
}

MOS_DEFINE_VALUE (MosChatFetch, chat_fetch)

static void
mos_chat_thread_clear (MosChatThread *self)
{
  g_free (self->account);
  g_free (self->remote);
  g_free (self->title);
  g_free (self->conversation);
  g_free (self->identity);
  g_free (self->closed);
}

MOS_DEFINE_VALUE (MosChatThread, chat_thread)

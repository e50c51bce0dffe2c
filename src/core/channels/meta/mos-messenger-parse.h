/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What Meta's Conversations API answers (docs/messenger-platform/conversations, docs/graph-api/reference/conversation and /message), as values. Pure functions; any thread.
 * What a member should not be is as if it were not there. */

/**
 * MosMessengerSelf: who we are there
 * @kind: "messenger" or "instagram": of the identities of who writes
 * @id: of the Page or the Instagram account: what identities are unique in
 * @other_id: (nullable): another id of ours that messages may be from
 * @username: (nullable): of the Instagram account
 * @name: for people, never empty
 * @page: (nullable): id of the Page that is asked; %NULL = "me" is
 */
typedef struct
{
  char *kind;
  char *id;
  char *other_id;
  char *username;
  char *name;
  char *page;
} MosMessengerSelf;

/**
 * MosMessengerThread: a conversation as it is listed
 * @updated_us: when something came last; 0 = it does not say
 * @person: (nullable): who is at the other end: %NULL where it does not say
 */
typedef struct
{
  char *id;
  gint64 updated_us;
  MosChatPerson *person;
} MosMessengerThread;

/** MosMessengerPage: @rows: array of #MosMessengerThread, or of #JsonObject (messages), newest first; @after: (nullable): where the page behind it begins */
typedef struct
{
  GPtrArray *rows;
  char *after;
} MosMessengerPage;

void mos_messenger_self_free (MosMessengerSelf *self);
void mos_messenger_thread_free (MosMessengerThread *self);
void mos_messenger_page_free (MosMessengerPage *self);

/** mos_messenger_parse_time: "2022-07-12T19:11:07+0000", or seconds, as a number or in quotation marks. Returns: 0 where it is none */
gint64 mos_messenger_parse_time (JsonObject *object, const char *name);
/**
 * mos_messenger_parse_self: what is answered to "who am I"
 * @by_page: the token is a Page's, also for Instagram
 *
 * Returns: (transfer full) (nullable): MOS_CHAT_ERROR_PROTOCOL where it says no id, MOS_CHAT_ERROR_NOT_ALLOWED where the Page has no Instagram account
 */
MosMessengerSelf *mos_messenger_parse_self (JsonObject *object, const char *kind, gboolean by_page, GError **error);
/** mos_messenger_parse_threads: Returns: (transfer full) (nullable): MOS_CHAT_ERROR_PROTOCOL where it is no list. What is no conversation in it is left out */
MosMessengerPage *mos_messenger_parse_threads (JsonObject *object, const MosMessengerSelf *self, GError **error);
/** mos_messenger_parse_messages: @object: a list, or a conversation with one. Returns: (transfer full) (nullable): as mos_messenger_parse_threads() */
MosMessengerPage *mos_messenger_parse_messages (JsonObject *object, GError **error);
/** mos_messenger_find_person: whom @message is from or to, beside us. Returns: (transfer full) (nullable) */
MosChatPerson *mos_messenger_find_person (JsonObject *message, const MosMessengerSelf *self);

/**
 * mos_messenger_parse_message:
 * @person: who is at the other end, as the thread says
 *
 * A message of which it tells nothing but that it was there has MOS_CHAT_NOT_TOLD as @why; one whose content is of a kind that is not known "unknown-content".
 *
 * Returns: (transfer full) (nullable): %NULL where it has no id
 */
MosChatUpdate *mos_messenger_parse_message (JsonObject *message, const MosMessengerSelf *self, const MosChatPerson *person);

/* mos-messenger-content.c */
/** mos_messenger_read_content: text, files and why of @update, from @message, which is called @id */
void mos_messenger_read_content (MosChatUpdate *update, JsonObject *message, const char *id);
/**
 * mos_messenger_split_ref: what a file is asked for with
 * @ret_message: (out) (transfer full): where it belongs; @ret_place: (out) (transfer full): which of its files
 *
 * Returns: (transfer none) (nullable): its address as it was; %NULL where @ref is none
 */
const char *mos_messenger_split_ref (const char *ref, char **ret_message, char **ret_place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMessengerSelf, mos_messenger_self_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMessengerThread, mos_messenger_thread_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMessengerPage, mos_messenger_page_free)

G_END_DECLS

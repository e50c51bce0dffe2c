/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/**
 * MosDummyChat:
 *
 * The least of a chat (account kind "dummy-chat"): its platform is an object in
 * this process, for tests and for whoever writes a channel. Read it first. As
 * "dummy-chat-keys" the platform takes a part's key: the same key twice is there
 * once, and what was sent comes back with it.
 */
#define MOS_TYPE_DUMMY_CHAT (mos_dummy_chat_get_type ())
G_DECLARE_FINAL_TYPE (MosDummyChat, mos_dummy_chat, MOS, DUMMY_CHAT, MosChatChannel)

/**
 * MosDummyPlatform: what is at the other end; one an account. Any thread.
 */
typedef struct _MosDummyPlatform MosDummyPlatform;

typedef enum
{
  MOS_DUMMY_OPEN,
  MOS_DUMMY_POLL,
  MOS_DUMMY_SEND,
  MOS_DUMMY_FETCH,
  MOS_DUMMY_CHANGE,
} MosDummyCall;

/** mos_dummy_platform_get: Returns: (transfer none): the one that accounts of that id talk to; made when it is asked for first */
MosDummyPlatform *mos_dummy_platform_get (const char *account);
/** mos_dummy_platform_reset: forgets all that ever happened on all of them */
void mos_dummy_platform_reset (void);
/** mos_dummy_platform_add: @update: (transfer full): happens now */
void mos_dummy_platform_add (MosDummyPlatform *self, MosChatUpdate *update);
/** mos_dummy_platform_put_file: @data: what a file's @ref gives */
void mos_dummy_platform_put_file (MosDummyPlatform *self, const char *ref, GBytes *data);
/**
 * mos_dummy_platform_fail: the next @times calls of @call fail with @code of MOS_CHAT_ERROR
 * @is_done: … but what was asked for was done all the same, and the answer got lost
 */
void mos_dummy_platform_fail (MosDummyPlatform *self, MosDummyCall call, MosChatError code, guint times, gboolean is_done);
/** mos_dummy_platform_list_sent: Returns: (transfer full): array of texts, one for each part that is there; of a file, its name and its caption */
GPtrArray *mos_dummy_platform_list_sent (MosDummyPlatform *self);
/** mos_dummy_platform_list_shown: Returns: (transfer full): the same as customers see them now: as they were changed, without what was taken back */
GPtrArray *mos_dummy_platform_list_shown (MosDummyPlatform *self);
/** mos_dummy_platform_dup_sign: Returns: (transfer full) (nullable): the sign that we put to the message that is called @id */
char *mos_dummy_platform_dup_sign (MosDummyPlatform *self, const char *id);
/** mos_dummy_platform_count_calls: how often that was asked of it */
guint mos_dummy_platform_count_calls (MosDummyPlatform *self, MosDummyCall call);

G_END_DECLS

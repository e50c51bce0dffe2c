/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/*
 * What every chat must do, told once: tests/core/chat-contract.c. A channel joins by telling the suite how its platform is played: a fake that
 * follows the platform's own rules, or the platform itself.
 */

typedef enum
{
  CHAT_FAULT_BUSY,        /* the next look, or the next send, is answered "not now" */
  CHAT_FAULT_KEY,         /* the key is refused from now on */
  CHAT_FAULT_REFUSED,     /* the next send is refused for good */
  CHAT_FAULT_LOST_ANSWER, /* the next send arrives, and its answer does not */
  CHAT_FAULT_HELD,        /* the next look gets no answer, until all is well again; where @is_a_server */
  CHAT_FAULT_NONE,        /* all is well again */
} ChatFault;

typedef enum
{
  CHAT_CHANGE_LOST,    /* the next change of a message is made, and its answer does not arrive */
  CHAT_CHANGE_REFUSED, /* the next change of a message is refused for good */
} ChatChangeFault;

/**
 * ChatPlatform:
 * @begin: a new platform for an account; @end: stops it
 * @make_account: (transfer full): with the kind, address and settings it needs
 * @deliver: a customer writes in @thread: @text, with a file where @data is given. Returns: (transfer full): its id
 * @edit, @withdraw: (nullable): where customers can
 * @fail: makes it fail
 * @list_sent: (transfer full): the texts that arrived from us, in order; a file as "[name] caption", or "[name]" where it has none
 * @list_shown: (nullable) (transfer full): the same as the customer sees them now: as we changed them, without what we took back; where its traits know either
 * @dup_sign: (nullable) (transfer full) (nullable): the sign that we put to what @deliver brought, where its traits know them
 * @fail_change: (nullable): makes it fail with what is done to messages that are there
 * @count_polls: how often it was asked for news
 * @is_a_server: it is asked over a line, which can be held, and its clock is the right one
 * @call: (nullable): of a telephone: somebody calls from @number, and nobody takes it
 * @keeps_calls: of a telephone: a call that nobody heard is told later
 */
typedef struct
{
  const char *kind;
  const char *secret;
  gpointer (*begin) (void);
  void (*end) (gpointer platform);
  MosAccount *(*make_account) (gpointer platform);
  char *(*deliver) (gpointer platform, const char *thread, const char *text, GBytes *data);
  void (*edit) (gpointer platform, const char *thread, const char *id, const char *text);
  void (*withdraw) (gpointer platform, const char *thread, const char *id);
  void (*fail) (gpointer platform, ChatFault fault);
  GPtrArray *(*list_sent) (gpointer platform);
  guint (*count_polls) (gpointer platform);
  GPtrArray *(*list_shown) (gpointer platform);
  char *(*dup_sign) (gpointer platform, const char *thread, const char *id);
  void (*fail_change) (gpointer platform, ChatChangeFault fault);
  gboolean is_a_server;
  void (*call) (gpointer platform, const char *number);
  gboolean keeps_calls;
} ChatPlatform;

/** chat_contract_add_changes: what is done to messages that are there (chat-contract-changes.c); of a platform that knows none, that this is said */
void chat_contract_add_changes (const ChatPlatform *platform);
/** chat_contract_add: one test case each, below /chat/@kind */
void chat_contract_add (const ChatPlatform *platform);
/** chat_contract_add_calls: the same of a telephone, by which nothing can be sent (chat-contract-calls.c): @deliver, @list_sent and what customers do to messages are not needed */
void chat_contract_add_calls (const ChatPlatform *platform);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "chat-contract.h"

#include "core/desk/mos-desk-host.h"
#include "mos-test-store.h"

G_BEGIN_DECLS

#define THREAD "4711"

typedef struct
{
  const ChatPlatform *platform;
  gpointer other_end;
  MosTestStore *t;
  MosDeskHost *host;
  MosAccount *account;
  MosChannel *channel; /* (nullable) */
} Contract;

typedef gboolean (*ContractFunc) (MosTxn *txn, Contract *c, gpointer data, GError **error);

/* What there is to see: free with contract_look_clear() */
typedef struct
{
  GPtrArray *conversations; /* (owned) of MosConversationRow, oldest first */
  GPtrArray *messages;      /* (owned) of MosMessageRow: of all of them; events left out */
} ContractLook;

Contract *contract_new (const ChatPlatform *platform);
void contract_free (Contract *c);
/* @func in a write transaction. Returns: (transfer full) (nullable): what went wrong */
GError *contract_try_step (Contract *c, ContractFunc func, gpointer data);
void contract_step (Contract *c, ContractFunc func, gpointer data);
/* one pass, as mostradorctl does it; @ret_counts: (nullable) */
void contract_sync_once (Contract *c, MosSyncCounts *ret_counts);
void contract_look (Contract *c, ContractLook *look);
void contract_look_clear (ContractLook *look);
MosMessageRow *contract_message (ContractLook *look, guint n);
MosConversationRow *contract_conversation (ContractLook *look, guint n);
/* somebody writes in THREAD */
void contract_deliver (Contract *c, const char *text);
/* it is connected, as while the window is open */
void contract_start (Contract *c);
void contract_stop (Contract *c);
gboolean contract_is_in_state (Contract *c, MosAccountState state);
guint contract_count_messages (Contract *c);
/* the conversation @id is answered; it waits in the outbox */
void contract_send_reply (Contract *c, const char *id, const char *text);
void contract_pass_time (Contract *c, gint64 by_us);
/* The cases that a telephone has as well */
void contract_test_key (gconstpointer platform);
void contract_test_ends (gconstpointer platform);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Contract, contract_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ContractLook, contract_look_clear)

G_END_DECLS

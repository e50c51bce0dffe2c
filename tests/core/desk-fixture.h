/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-ingest.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "mos-test-store.h"

G_BEGIN_DECLS

#define ACCOUNT "acc"

/* One step, one transaction, as a person. */
typedef gboolean (*TestFunc) (MosTxn *txn, gpointer data, GError **error);
void test_write (MosStore *store, TestFunc func, gpointer data);

/** test_desk_store: Returns: (transfer full): a profile with the e-mail account ACCOUNT */
MosTestStore *test_desk_store (void);
/** test_desk_store_without_targets: the same where nothing is ever due but what a test plans */
MosTestStore *test_desk_store_without_targets (void);
MosIncoming *test_make_incoming (const char *mail, MosFolderRole role, guint32 uid, gint64 received_us);
MosIngestResult *test_ingest (MosStore *store, const char *mail, MosFolderRole role, guint32 uid, gint64 received_us);

typedef struct
{
  const char *id;
  MosConversationRow *row;
  GPtrArray *messages;
} TestLook;
/** test_look: reads a conversation that must be there */
void test_look (MosStore *store, const char *id, TestLook *look);
void test_look_clear (TestLook *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestLook, test_look_clear)
/** test_look_find: Returns: (transfer none) (nullable): its message with the id */
MosMessageRow *test_look_find (TestLook *look, const char *message);

typedef struct
{
  const char *id;
  MosStatus status;
  gint64 until_us;
} TestStatus;
gboolean test_do_status (MosTxn *txn, gpointer data, GError **error);

/** TestReply: an answer to @conversation, sent and the conversation closed */
typedef struct
{
  const char *conversation;
  char *message;
  char *message_id;
} TestReply;
gboolean test_do_reply (MosTxn *txn, gpointer data, GError **error);
void test_reply_clear (TestReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestReply, test_reply_clear)

/** test_make_bounce: Returns: (transfer full): a mail system says that the message with @message_id cannot be delivered */
char *test_make_bounce (const char *message_id);

extern const char test_mail_one[]; /* from Ana */
extern const char test_mail_two[]; /* her next one, In-Reply-To the first */

G_END_DECLS

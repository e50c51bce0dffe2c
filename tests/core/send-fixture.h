/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "desk-fixture.h"

#include "core/channels/email/mos-email-send.h"
#include "core/desk/mos-desk-host.h"
#include "core/mail/smtp/mos-smtp-session-private.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-recipients.h"
#include "mos-test-smtp-server.h"

G_BEGIN_DECLS

#define HOUR_US (60 * 60 * (gint64) G_USEC_PER_SEC)
#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)

/* A desk with one answer to send, which closed its conversation. */
typedef struct
{
  MosTestStore *t;
  MosDeskHost *host;
  MosAccount *account;
  MosEmailSender *sender;
  char *conversation;
  TestReply reply;
} SendFixture;

void send_setup (SendFixture *f, gconstpointer data);
void send_teardown (SendFixture *f, gconstpointer data);
void send_open_host (SendFixture *f);
void send_close_host (SendFixture *f);

/** send_run_pass: one pass of the sender against a server that keeps to @script; %NULL: against no server at all. Returns: how many messages were read to their end */
guint send_run_pass (SendFixture *f, const char *const *script, const char *user, GError **error);

typedef struct
{
  const char *message;
  MosMessageRow *row;
  MosOutboxItem *item;
} SendLook;

gboolean send_do_look (MosTxn *txn, gpointer data, GError **error);
void send_look_clear (SendLook *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SendLook, send_look_clear)
/** send_get_delivery: of the answer; the same in the outbox and at the message */
MosDelivery send_get_delivery (SendFixture *f);

#define SEND_GOOD "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", "A"
extern const char *const send_good_script[];

G_END_DECLS

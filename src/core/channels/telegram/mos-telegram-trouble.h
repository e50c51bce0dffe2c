/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  MOS_TELEGRAM_REFUSED,   /* for good: the same again is refused again */
  MOS_TELEGRAM_LATER,     /* nothing was done; again later */
  MOS_TELEGRAM_UNCERTAIN, /* it may have been done; never again by itself */
  MOS_TELEGRAM_CANCELLED,
} MosTelegramOutcome;

/**
 * MosTelegramTrouble: why a request came to nothing
 * @code: stable:
 *   of the account "auth-failed", "webhook", "webhook-set", "other-program", "bad-certificate", "bad-address";
 *   of the chat "blocked", "deactivated", "removed", "not-started", "forbidden", "chat-not-found", "moved", "business-gone", "window";
 *   of what is sent "too-large", "text-too-long", "empty", "bad-picture", "bad-buttons", "reply-gone", "file-gone", "query-too-old", "not-modified", "refused";
 *   of what is done to a message "message-gone", "too-late", "cannot-edit", "bad-sign", "not-there";
 *   passing "rate-limited", "temporary", "network", "bad-answer"; "uncertain"; "cancelled"
 * @remedy: stable: what can be done: "token", "remove-webhook", "stop-other", "write-elsewhere", "move", "reconnect", "wait-for-customer", "smaller", "shorter", "again", "look", "none"
 * @detail: (nullable): the server's own words
 * @status: 0 = no answer came
 * @retry_after_s: how long it asks to be left alone; 0 = it says nothing
 * @migrate_to: with "moved": the chat's number from now on
 */
typedef struct
{
  MosTelegramOutcome outcome;
  const char *code;
  const char *remedy;
  char *detail;
  guint status;
  guint retry_after_s;
  gint64 migrate_to;
} MosTelegramTrouble;

MosTelegramTrouble *mos_telegram_trouble_new (MosTelegramOutcome outcome, const char *code, const char *detail);
void mos_telegram_trouble_free (MosTelegramTrouble *self);

/**
 * mos_telegram_read_answer: a pure function
 * @is_sending: what was asked for must not be done twice
 * @trouble: (out) (transfer full): where %NULL is returned
 *
 * Returns: (transfer full) (nullable): the result
 */
JsonNode *mos_telegram_read_answer (guint status, guint retry_after_s, GBytes *body, gboolean is_sending, MosTelegramTrouble **trouble);
/** mos_telegram_read_error: of what broke on the way. @may_be_done: the server may have got all of it, and it must not be done twice. Returns: (transfer full) */
MosTelegramTrouble *mos_telegram_read_error (const GError *error, gboolean may_be_done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTelegramTrouble, mos_telegram_trouble_free)

G_END_DECLS

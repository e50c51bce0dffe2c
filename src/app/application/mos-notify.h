/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mos_notify_arrived: a customer wrote; a click opens the conversation, buttons answer, close and snooze it without a window. One
 * notification per conversation. @show_text: subject and text, not only who wrote
 */
void mos_notify_arrived (GApplication *app, MosConversationRow *row, MosMessageRow *message, gboolean show_text);
/** mos_notify_came_back: the time of a snooze, of a reminder, or to call back came; @kind: of #MosDueRow */
void mos_notify_came_back (GApplication *app, MosConversationRow *row, const char *kind, gboolean show_text);
/** mos_notify_due: an answer, or the close, is nearly due, or overdue */
void mos_notify_due (GApplication *app, MosConversationRow *row, gboolean show_text);
/** mos_notify_many_due: the same of several at once, as after the computer slept: one notification, in the place of the last one; a click shows them */
void mos_notify_many_due (GApplication *app, guint n_nearly, guint n_late);
/** mos_notify_ringing: somebody calls; a click shows who that is. @who: (nullable): a customer; @number: "" = withheld; @facts: (nullable): what they had to do with us last */
void mos_notify_ringing (GApplication *app, const char *call, const char *who, const char *number, const char *facts);
/** mos_notify_stopped_ringing: of @call */
void mos_notify_stopped_ringing (GApplication *app, const char *call);
/** mos_notify_failed: a message could not be sent, or nobody knows whether it was. */
void mos_notify_failed (GApplication *app, MosOutboxItem *item);
/** mos_notify_backup_failed: a backup that was to be made by itself is not there; a click opens the preferences */
void mos_notify_backup_failed (GApplication *app, const GError *error);
/** mos_notify_withdraw_all: those that name a customer: none may be named from now on (mos-privacy.h) */
void mos_notify_withdraw_all (GApplication *app);
/** mos_notify_withdraw: the conversation is being read. */
void mos_notify_withdraw (GApplication *app, const char *conversation);

/** mos_notify_plain: Returns: (transfer full): @text without what servers that take markup would read as such */
char *mos_notify_plain (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-call-values.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Telephone calls: noted by hand, and who is to be called back. Inside a transaction whose actor is the person at the desk; calls that a switchboard tells come in as
 * chats do (mos-chat-ingest.h). */

/** Labels of the batches, for undo and its words */
#define MOS_CALL_LABEL "call"
#define MOS_CALL_BACK_LABEL "callback"
#define MOS_CALL_BACK_TAKEN_OFF_LABEL "uncallback"
/** MOS_CALL_BACK_SETTLED: what an event "callback" comes from where nobody needs to call back since they were spoken to */
#define MOS_CALL_BACK_SETTLED "settled"
/** MOS_CALL_BACK_DUE_KIND: of the table `due` */
#define MOS_CALL_BACK_DUE_KIND "callback"
/** MOS_CALL_MAX_MINUTES: nobody speaks longer */
#define MOS_CALL_MAX_MINUTES (24 * 60)

/**
 * MosCallNote: a call that a person writes down.
 *
 * @conversation: (nullable): what it was about; else it begins one of its own with @customer
 * @customer: (nullable): looked at without @conversation
 * @is_outgoing: we called
 * @seconds: how long; 0 = nobody says
 * @text: what was said; may be empty
 * @back_us: when they are to be called back; 0 = not
 */
typedef struct
{
  char *conversation;
  char *customer;
  gboolean is_outgoing;
  MosCallOutcome outcome;
  guint seconds;
  char *text;
  gint64 back_us;
} MosCallNote;
MOS_DECLARE_VALUE (MosCallNote, call_note)

/**
 * mos_call_note:
 * @ret_conversation, @ret_message: (out) (optional) (transfer full)
 *
 * Whoever was spoken to waits no more, and needs not be called back; a customer's call that nobody took opens its conversation.
 * MOS_DESK_ERROR_NOT_FOUND where there is neither such a conversation nor such a customer, _INVALID where the time to call back has passed.
 */
gboolean mos_call_note (MosTxn *txn, const MosCallNote *note, char **ret_conversation, char **ret_message, GError **error);

/** mos_call_back_at: the customer of @conversation is to be called back at @due_us: then it is open again. 0 = not any more. One a conversation. MOS_DESK_ERROR_INVALID where that has passed */
gboolean mos_call_back_at (MosTxn *txn, const char *conversation, gint64 due_us, GError **error);
/** mos_call_back_find: @ret_us: (out): when @conversation's customer is to be called back; 0 = not at all */
gboolean mos_call_back_find (MosTxn *txn, const char *conversation, gint64 *ret_us, GError **error);
/** mos_call_back_settle: somebody spoke to them: nobody needs to call back any more, which the conversation says where somebody should have */
gboolean mos_call_back_settle (MosTxn *txn, const char *conversation, GError **error);
/** mos_call_back_run: its time has come (mos-due-work.h) */
gboolean mos_call_back_run (MosTxn *txn, MosDueRow *due, GError **error);
/** mos_call_back_list: Returns: (transfer full): array of #MosHeldItem (mos-desk-due.h): who is to be called back, the soonest first */
GPtrArray *mos_call_back_list (MosTxn *txn, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-outreach-values.h"

G_BEGIN_DECLS

/* Outreach, and whom it goes to. Not recorded: HACKING.md, "The change log". Ownership as everywhere: what is returned is the caller's. */

/** mos_store_outreach_save: makes or changes it by its id; its counts and next time are not looked at */
gboolean mos_store_outreach_save (MosTxn *txn, MosOutreach *outreach, GError **error);
/** mos_store_outreach_find: @ret_outreach: (out) (transfer full) (nullable) */
gboolean mos_store_outreach_find (MosTxn *txn, const char *id, MosOutreach **ret_outreach, GError **error);
/** mos_store_outreach_list: Returns: array of #MosOutreach, newest first */
GPtrArray *mos_store_outreach_list (MosTxn *txn, GError **error);
/** mos_store_outreach_set_state: @why: (nullable). Its beginning and its end are noted with it */
gboolean mos_store_outreach_set_state (MosTxn *txn, const char *id, MosOutreachState state, const char *why, GError **error);
/** mos_store_outreach_remove: from the list; what was sent stays */
gboolean mos_store_outreach_remove (MosTxn *txn, const char *id, GError **error);

/** mos_store_outreach_list_candidates: Returns: (transfer full): array of ids, of customers or of orders (the oldest first): who is meant, nobody left out yet */
GPtrArray *mos_store_outreach_list_candidates (MosTxn *txn, const MosAudience *audience, GError **error);
/** mos_store_outreach_load_candidate: adds whom @id stands for to @people (element-type MosOutreachPerson); nobody where they are gone by now */
gboolean mos_store_outreach_load_candidate (MosTxn *txn, const MosAudience *audience, const char *id, GPtrArray *people, GError **error);
/** mos_store_outreach_is_late: @ret_is: (out): whether an order is still one of MOS_AUDIENCE_LATE_ORDERS, however old */
gboolean mos_store_outreach_is_late (MosTxn *txn, const char *order, gboolean *ret_is, GError **error);

/**
 * MosOutreachStanding: what speaks for and against writing to somebody
 * @consent: (nullable) (transfer full): "given", "opted_out"
 * @is_blocked: mail from there is blocked; @has_bounced: the last mail there came back
 * @last_us: when they last had one of any outreach; 0 = never
 * @erased_us: when whoever wrote from there was erased; 0 = never
 */
typedef struct
{
  char *consent;
  gboolean is_blocked;
  gboolean has_bounced;
  gint64 last_us;
  gint64 erased_us;
} MosOutreachStanding;
/** mos_store_outreach_find_standing: @customer: (nullable) */
gboolean mos_store_outreach_find_standing (MosTxn *txn, const char *customer, const char *address, MosOutreachStanding *ret_standing, GError **error);

/** mos_store_outreach_put_people: instead of whoever was there; their positions follow the array */
gboolean mos_store_outreach_put_people (MosTxn *txn, const char *outreach, GPtrArray *people, GError **error);
/** mos_store_outreach_list_people: Returns: array of #MosOutreachPerson, by position */
GPtrArray *mos_store_outreach_list_people (MosTxn *txn, const char *outreach, GError **error);
/** mos_store_outreach_find_next: the first who waits, as the customer they are now, whoever they were merged into; @ret_person: (out) (transfer full) (nullable) */
gboolean mos_store_outreach_find_next (MosTxn *txn, const char *outreach, MosOutreachPerson **ret_person, GError **error);
/** mos_store_outreach_has_one: @ret_has: (out): whether a message of it was made for @customer, or for somebody who was merged into them */
gboolean mos_store_outreach_has_one (MosTxn *txn, const char *outreach, const char *customer, gboolean *ret_has, GError **error);
/** mos_store_outreach_set_made: @message was made for who waits at @position. MOS_STORE_ERROR_CONFLICT where nobody does */
gboolean mos_store_outreach_set_made (MosTxn *txn, const char *outreach, guint position, const char *message, const char *language, GError **error);
/** mos_store_outreach_set_left_out: @detail: (nullable) */
gboolean mos_store_outreach_set_left_out (MosTxn *txn, const char *outreach, guint position, MosLeftOut reason, const char *detail, GError **error);
/** mos_store_outreach_cancel_waiting: who waits gets none. What was made and has not left: mos_store_outreach_list_queued() */
gboolean mos_store_outreach_cancel_waiting (MosTxn *txn, const char *outreach, GError **error);
/** mos_store_outreach_list_queued: Returns: array of ids of messages that wait in the outbox */
GPtrArray *mos_store_outreach_list_queued (MosTxn *txn, const char *outreach, GError **error);
gboolean mos_store_outreach_set_cancelled (MosTxn *txn, const char *message, GError **error);
/** mos_store_outreach_get_last: @ret_us: (out): when the last message of any outreach was made for @account; 0 = never */
gboolean mos_store_outreach_get_last (MosTxn *txn, const char *account, gint64 *ret_us, GError **error);

/* --- what comes back --- */

/** mos_store_conversation_set_silent: @message began it and is the only thing in it that anybody wrote: it is shown nowhere until something else comes. Recorded */
gboolean mos_store_conversation_set_silent (MosTxn *txn, const char *conversation, const char *message, GError **error);
/**
 * mos_store_outreach_find_silent: what began @conversation
 * @ret_message: (out) (transfer full) (nullable): the message of many; %NULL for every other conversation
 * @ret_is_alone: (out) (optional): nothing else came since, but machines' mail
 */
gboolean mos_store_outreach_find_silent (MosTxn *txn, const char *conversation, char **ret_message, gboolean *ret_is_alone, GError **error);
/** mos_store_outreach_is_promotional: of which kind @message was; %FALSE also where it was a test */
gboolean mos_store_outreach_is_promotional (MosTxn *txn, const char *message, gboolean *ret_is, GError **error);
/** mos_store_outreach_note_answer, _note_opt_out: whoever got @message did; the first time counts. Nothing where it was of no outreach. The address is remembered (mos_store_opt_out_put()) */
gboolean mos_store_outreach_note_answer (MosTxn *txn, const char *message, gint64 at_us, GError **error);
gboolean mos_store_outreach_note_opt_out (MosTxn *txn, const char *message, gint64 at_us, GError **error);

G_END_DECLS

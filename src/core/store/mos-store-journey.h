/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-journey-values.h"

G_BEGIN_DECLS

/** mos_store_journey_list_conversations: Returns: (transfer full) (element-type MosJourneyConversation): newest first; those deleted, merged and never written left out */
GPtrArray *mos_store_journey_list_conversations (MosTxn *txn, const char *customer, guint max, GError **error);

/** mos_store_journey_list_bounces: Returns: (transfer full) (element-type MosJourneyStep): messages to the customer that did not get there, newest first */
GPtrArray *mos_store_journey_list_bounces (MosTxn *txn, const char *customer, guint max, GError **error);

/** mos_store_journey_list_problems: Returns: (transfer full): array of steps: conversations of a complex category, and those that came back after they were closed, newest first */
GPtrArray *mos_store_journey_list_problems (MosTxn *txn, const char *customer, guint max, GError **error);
/** mos_store_journey_list_returns: Returns: (transfer full): array of steps: what was marked as returned here, newest first */
GPtrArray *mos_store_journey_list_returns (MosTxn *txn, const char *customer, guint max, GError **error);
/** mos_store_journey_list_outreach: Returns: (transfer full) (element-type MosJourneyStep): what was sent to many and left for the customer, newest first; with the conversation where they answered */
GPtrArray *mos_store_journey_list_outreach (MosTxn *txn, const char *customer, guint max, GError **error);

/**
 * mos_store_journey_find_mail: the newest mail that the customer wrote by hand, in the newest conversation; not a large one
 * @ret_raw: (out) (transfer full) (nullable); @ret_at_us: (out): when it was written
 */
gboolean mos_store_journey_find_mail (MosTxn *txn, const char *customer, GBytes **ret_raw, gint64 *ret_at_us, GError **error);

/** mos_store_journey_dup_text: Returns: (transfer full): the subject and what people wrote in a conversation, newest first, in lower case, up to a bound: to look for numbers in */
char *mos_store_journey_dup_text (MosTxn *txn, const char *conversation, GError **error);

/**
 * mos_store_journey_find_by_phone: customers with a phone number, in whatever spelling they and @phone are
 * @phone: as somebody typed it, or read it off a telephone
 *
 * Returns: (transfer full) (element-type utf8): ids, at most @max
 */
GPtrArray *mos_store_journey_find_by_phone (MosTxn *txn, const char *phone, guint max, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Sentences about messages. Pure functions over values; every result is translated, (transfer full) and never NULL unless said. */

/**
 * mos_event_text:
 * @row: a message of direction event
 * @agents: (nullable): array of #MosAgent, to write names where the event holds an agent's id
 * @now_us: the present, for "snoozed until"
 *
 * Returns: (transfer full): one sentence: "Ana closed this"
 */
char *mos_event_text (const MosMessageRow *row, GPtrArray *agents, gint64 now_us);

/**
 * mos_events_can_join: Returns: whether @next may stand in one line with @previous: same actor, at most five minutes later, and a kind
 *   that reads well in a list
 */
gboolean mos_events_can_join (const MosMessageRow *previous, const MosMessageRow *next);

/**
 * mos_events_text:
 * @rows: array of #MosMessageRow that can be joined, in order, at least one
 *
 * Returns: (transfer full): "Ana took this, set the priority to High, added the tags “a”, “b”"
 */
char *mos_events_text (GPtrArray *rows, GPtrArray *agents, gint64 now_us);

/** mos_status_text: Returns: (transfer none): the status as a word */
const char *mos_status_text (MosStatus status);
/** mos_priority_text: Returns: (transfer none): the priority as a word */
const char *mos_priority_text (MosPriority priority);

/** mos_delivery_text: Returns: (transfer none): what became of an outgoing message, "" where there is nothing to say */
const char *mos_delivery_text (MosDelivery delivery);

/** mos_delivery_why_text: Returns: (transfer none): a sentence with the remedy for a message that failed or waits: of a mail what the mail server did, of a chat what the service did */
const char *mos_delivery_why_text (const MosMessageRow *row);

/**
 * mos_delivery_trouble_text: Returns: (transfer full): what became of a message that failed or came back: which address it
 *   concerns, why, and what to do next
 */
char *mos_delivery_trouble_text (const MosMessageRow *row);

/** mos_remedy_text: @status: (nullable): enhanced status (RFC 3463); @words: (nullable): the server's own. Returns: (transfer none): what its "no" means, and what to do next */
const char *mos_remedy_text (const char *status, const char *words);
/** mos_recipient_result_text: Returns: (transfer full): what became of a message for one recipient, with the remedy where he does not have it */
char *mos_recipient_result_text (const MosRecipientResult *result);
/** mos_recipients_summary_text: Returns: (transfer full) (nullable): "Sent to 2 of 3."; %NULL unless some have it and some do not */
char *mos_recipients_summary_text (const MosMessageRow *row);
/** mos_recipients_trouble_text: Returns: (transfer full) (nullable): a line for each recipient that does not have it, or not surely */
char *mos_recipients_trouble_text (const MosMessageRow *row);
/** mos_delivery_waiting_text: Returns: (transfer full) (nullable): why a queued message is not gone yet, and when it is tried again; %NULL when it was not tried yet */
char *mos_delivery_waiting_text (const MosMessageRow *row, gint64 now_us);
/** mos_scheduled_text: Returns: (transfer full): when a message that waits is sent, or why it waits for a person */
char *mos_scheduled_text (const MosMessageRow *row, gint64 now_us);
/** mos_delivery_uncertain_text: Returns: (transfer none): why nobody knows whether it was sent, what is being done about it, and the question */
const char *mos_delivery_uncertain_text (const MosMessageRow *row);

/** mos_quarantine_text: Returns: (transfer none): why this mail is kept apart, in plain words */
const char *mos_quarantine_text (const char *why, MosClassification classification);

/** mos_message_why_text: Returns: (transfer full): the same for a message, and how it came here since */
char *mos_message_why_text (const MosMessageRow *row);
/** mos_evidence_text: Returns: (transfer full): why a message is in its conversation */
char *mos_evidence_text (const char *evidence);

/** mos_address_text: Returns: (transfer full): the name, else the address; "" for %NULL */
char *mos_address_text (const MosAddress *address);
/** mos_addresses_text: Returns: (transfer full): names or addresses, joined as a list; @full gives "Name <address>" */
char *mos_addresses_text (GPtrArray *addresses, gboolean full);

/** mos_message_one_line: Returns: (transfer full): the first words of a message for its closed row */
char *mos_message_one_line (const MosMessageRow *row);

G_END_DECLS

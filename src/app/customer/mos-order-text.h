/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

G_BEGIN_DECLS

/* Orders in words, for the person at this desk. Pure functions but for the language of the process. */

/** mos_order_status_text: Returns: (transfer none) */
const char *mos_order_status_text (MosOrderStatus status);
/** mos_order_money_text: Returns: (transfer full): as this desk's locale writes amounts; the decimal alone where there is no currency */
char *mos_order_money_text (const char *decimal, const char *currency);
/** mos_order_day_text: @zone: (nullable). Returns: (transfer full): the day, as lists show it; "" for 0 */
char *mos_order_day_text (gint64 us, gint64 now_us, GTimeZone *zone);
/** mos_order_summary_text: Returns: (transfer full): status, day and total: "Shipped · 3 Mar · €49.00" */
char *mos_order_summary_text (const MosOrder *order, gint64 now_us);
/** mos_order_item_text: Returns: (transfer full): variant, quantity and price: "red, M · 2 × €19.00"; "" where nothing is known */
char *mos_order_item_text (const MosOrderItem *item, const char *currency);
/** mos_order_proof_text: @customer: whose pane it is shown in. Returns: (transfer none) (nullable): why it is shown there, where that is not certain */
const char *mos_order_proof_text (const MosOrder *order, const char *customer);
/** mos_order_shipment_text: Returns: (transfer full): carrier and times */
char *mos_order_shipment_text (const MosOrderShipment *shipment, gint64 now_us);
/** mos_order_note_title: Returns: (transfer none): who gets to see it */
const char *mos_order_note_title (const MosOrderNote *note);
/** mos_order_note_text: Returns: (transfer full): what it says; in the line below who wrote it and when, as far as the shop tells */
char *mos_order_note_text (const MosOrderNote *note, gint64 now_us);
/** mos_order_totals_text: Returns: (transfer full): what was bought in one currency: "3 orders, €149.00" and what was refunded of them */
char *mos_order_totals_text (const MosOrderTotals *totals);
/** mos_order_age_text: Returns: (transfer full) (nullable): how old the copies of @journey's orders are: "As of 5 min ago"; %NULL where there are none */
char *mos_order_age_text (const MosJourney *journey);
/** mos_journey_step_text: Returns: (transfer full): one line */
char *mos_journey_step_text (const MosJourneyStep *step);
/** mos_journey_place_text: Returns: (transfer full) (nullable): the time and country there; as a guess where it is one. @now_us: now */
char *mos_journey_place_text (const MosJourney *journey, gint64 now_us);
/** mos_order_is_web_page: whether @url may be opened: http or https */
gboolean mos_order_is_web_page (const char *url);

G_END_DECLS

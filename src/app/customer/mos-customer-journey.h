/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_CUSTOMER_JOURNEY (mos_customer_journey_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerJourney, mos_customer_journey, MOS, CUSTOMER_JOURNEY, AdwPreferencesGroup)

/**
 * MosCustomerJourney: what happened between a customer and the shop, day by day, newest first.
 *
 * Signals:
 *  - `open-conversation (const char *id)`
 *  - `open-order (const char *id)`
 */
/** mos_customer_journey_set_journey: @journey: (nullable) */
void mos_customer_journey_set_journey (MosCustomerJourney *self, const MosJourney *journey);

G_END_DECLS

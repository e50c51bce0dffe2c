/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_CUSTOMER_HEAD (mos_customer_head_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerHead, mos_customer_head, MOS, CUSTOMER_HEAD, AdwBin)

/**
 * MosCustomerHead: who somebody is, where they are and what the clock shows there, what they speak, since when they write.
 */
/** mos_customer_head_set_name: what is known at once, before the rest is read; @name: (nullable) */
void mos_customer_head_set_name (MosCustomerHead *self, const char *name);
/** mos_customer_head_set_journey: @journey: (nullable): %NULL leaves the name. @clock: whose time "there" is told by */
void mos_customer_head_set_journey (MosCustomerHead *self, const MosJourney *journey, MosClock *clock);

G_END_DECLS

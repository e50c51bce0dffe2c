/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_DELIVERY_PAGE (mos_delivery_page_get_type ())
G_DECLARE_FINAL_TYPE (MosDeliveryPage, mos_delivery_page, MOS, DELIVERY_PAGE, AdwNavigationPage)

/**
 * MosDeliveryPage:
 *
 * Whether answers of an account for mail get through: what the DNS says of its domains, looked up when the page is made, and a message to itself.
 * Going back ends what is under way.
 */
MosDeliveryPage *mos_delivery_page_new (MosDesk *desk, MosAccount *account);

/** mos_delivery_page_stop: ends what is under way: what it is in was closed */
void mos_delivery_page_stop (MosDeliveryPage *self);
/** mos_delivery_page_show: @reports: (element-type MosDeliveryReport): what was looked up */
void mos_delivery_page_show (MosDeliveryPage *self, GPtrArray *reports);

G_END_DECLS

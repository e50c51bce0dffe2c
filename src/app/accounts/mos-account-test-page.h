/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosAccountTestPage:
 *
 * Logs in on both servers, live, and shows each stage. A refused certificate
 * is explained, with the choice to trust exactly this one from now on.
 *
 * Signals: `passed (MosAccount *account)`: with the pinned certificate, if one
 * was chosen; `edit ()`: back to the settings.
 */
#define MOS_TYPE_ACCOUNT_TEST_PAGE (mos_account_test_page_get_type ())
G_DECLARE_FINAL_TYPE (MosAccountTestPage, mos_account_test_page, MOS, ACCOUNT_TEST_PAGE, AdwNavigationPage)

MosAccountTestPage *mos_account_test_page_new (MosDesk *desk);
/** mos_account_test_page_start: @credential: (nullable): %NULL = the stored one */
void mos_account_test_page_start (MosAccountTestPage *self, MosAccount *account, MosCredential *credential);
/** mos_account_test_page_get_account: Returns: (transfer none) (nullable): what is tried, with the certificate that was trusted in an earlier attempt with the same servers */
MosAccount *mos_account_test_page_get_account (MosAccountTestPage *self);
void mos_account_test_page_cancel (MosAccountTestPage *self);

G_END_DECLS

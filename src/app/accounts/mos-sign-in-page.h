/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSignInPage:
 *
 * Opens the provider's page in the browser and waits until it comes back.
 *
 * Signals: `signed-in (MosOAuthTokens *tokens)`; `edit ()`: back to the settings.
 */
#define MOS_TYPE_SIGN_IN_PAGE (mos_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (MosSignInPage, mos_sign_in_page, MOS, SIGN_IN_PAGE, AdwNavigationPage)

MosSignInPage *mos_sign_in_page_new (MosDesk *desk);
/** mos_sign_in_page_start: @client_secret: (nullable): %NULL = the stored one, if any */
void mos_sign_in_page_start (MosSignInPage *self, MosAccount *account, const char *client_secret);
void mos_sign_in_page_cancel (MosSignInPage *self);

G_END_DECLS

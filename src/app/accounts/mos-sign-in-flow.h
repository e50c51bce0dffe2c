/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/accounts/mos-sign-in-group.h"

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSignInFlow:
 *
 * The way from "this is how the account signs in" to an account that is kept, in the pages of a dialog: the provider's web page where there
 * is one, the try-out on the servers, and the keyring, which may be missing. Who sets an account up and who changes how one signs in both go it.
 *
 * Signals: `passed (MosAccount *account)`: it works; the account as it was tried.
 */
#define MOS_TYPE_SIGN_IN_FLOW (mos_sign_in_flow_get_type ())
G_DECLARE_FINAL_TYPE (MosSignInFlow, mos_sign_in_flow, MOS, SIGN_IN_FLOW, GObject)

/**
 * mos_sign_in_flow_new:
 * @dialog: (not nullable): keeps the flow, so it is not kept by it; its navigation and group likewise
 * @back_tag: the page of @navigation where the settings are changed
 *
 * Returns: (transfer full)
 */
MosSignInFlow *mos_sign_in_flow_new (MosDesk *desk, AdwDialog *dialog, AdwNavigationView *navigation, MosSignInGroup *group, const char *back_tag);

/** mos_sign_in_flow_start: signs in and tries out @account with what the group says */
void mos_sign_in_flow_start (MosSignInFlow *self, MosAccount *account);

/**
 * mos_sign_in_flow_save:
 * @account: the one that passed, perhaps with more set
 * @button: (nullable): insensitive while it is under way
 *
 * Keeps the account and its secret, and closes the dialog; what goes wrong is said over it.
 */
void mos_sign_in_flow_save (MosSignInFlow *self, MosAccount *account, GtkWidget *button);

/** mos_sign_in_flow_cancel: ends what is under way; no answer comes any more */
void mos_sign_in_flow_cancel (MosSignInFlow *self);

G_END_DECLS

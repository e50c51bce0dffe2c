/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosMailboxGroup:
 *
 * What is on an account's server and what of it is here, to the last message, with
 * what could not be fetched and why; and which folders are followed.
 */
#define MOS_TYPE_MAILBOX_GROUP (mos_mailbox_group_get_type ())
G_DECLARE_FINAL_TYPE (MosMailboxGroup, mos_mailbox_group, MOS, MAILBOX_GROUP, AdwPreferencesGroup)

/** mos_mailbox_group_set_account: once; @item is followed from then on */
void mos_mailbox_group_set_account (MosMailboxGroup *self, MosDesk *desk, MosAccountItem *item);

/** mos_ledger_text: Returns: (transfer full): "On the server 412 = 409 here + 3 in quarantine", and what else there is to say */
char *mos_ledger_text (MosLedger *ledger);
/** mos_missing_text: Returns: (transfer none): why a message could not be fetched, in plain words */
const char *mos_missing_text (const char *why);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/accounts/mos-account-kinds.h"

G_BEGIN_DECLS

/* The rows, a file for each provider. */
extern const MosAccountKind mos_account_kind_telegram;
extern const MosAccountKind mos_account_kind_matrix;
extern const MosAccountKind mos_account_kind_whatsapp;
extern const MosAccountKind mos_account_kind_messenger;
extern const MosAccountKind mos_account_kind_instagram;
extern const MosAccountKind mos_account_kind_twilio_sms;
extern const MosAccountKind mos_account_kind_twilio_whatsapp;
extern const MosAccountKind mos_account_kind_twilio_calls;
extern const MosAccountKind mos_account_kind_asterisk;
extern const MosAccountKind mos_account_kind_fritzbox;

G_END_DECLS

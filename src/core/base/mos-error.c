/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-error.h"

G_DEFINE_QUARK (mos - chat - error - quark, mos_chat_error)
G_DEFINE_QUARK (mos - store - error - quark, mos_store_error)
G_DEFINE_QUARK (mos - mail - error - quark, mos_mail_error)
G_DEFINE_QUARK (mos - desk - error - quark, mos_desk_error)
G_DEFINE_QUARK (mos - oauth - error - quark, mos_oauth_error)
G_DEFINE_QUARK (mos - shop - error - quark, mos_shop_error)

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* How the last few mails of a sender end, and what is taken from their reply texts because of it. */

/** MosTail: @tail: the last lines of @message's reply text */
typedef struct
{
  char *message;
  char *tail;
} MosTail;

/** mos_store_signature_list: Returns: array of #MosTail: what is known of @identity, newest first */
GPtrArray *mos_store_signature_list (MosTxn *txn, const char *identity, GError **error);
/** mos_store_signature_add: remembers @tail; of all but the newest @keep of this sender nothing is kept */
gboolean mos_store_signature_add (MosTxn *txn, const char *identity, const char *message, const char *tail, guint keep, GError **error);
/** mos_store_message_get_reply_text: @ret_text: (out) (transfer full) (nullable): %NULL when there is no such message */
gboolean mos_store_message_get_reply_text (MosTxn *txn, const char *message, char **ret_text, GError **error);
/** mos_store_message_set_reply_text: it is derived from the text, so no change is recorded */
gboolean mos_store_message_set_reply_text (MosTxn *txn, const char *message, const char *reply_text, GError **error);

G_END_DECLS

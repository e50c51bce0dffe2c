/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* What left by itself lately: the gate for automatic mail (desk/mos-automatic.h) counts it. Kept for a day; not recorded, not undone. */

/** MosAutomaticFilter: what is counted; a %NULL field does not restrict */
typedef struct
{
  const char *account;
  const char *conversation;
  const char *recipient;
  const char *subject; /* as given to mos_store_automatic_add() */
  gint64 since_us;
} MosAutomaticFilter;

/** mos_store_automatic_add: @subject: normalised; only its digest is kept */
gboolean mos_store_automatic_add (MosTxn *txn, const char *message, const char *account, const char *conversation, const char *recipient, const char *subject, gint64 at_us, GError **error);
gboolean mos_store_automatic_count (MosTxn *txn, const MosAutomaticFilter *filter, guint *ret_count, GError **error);
/** mos_store_automatic_is_granted: whether @message was let through before */
gboolean mos_store_automatic_is_granted (MosTxn *txn, const char *message, gboolean *ret_is, GError **error);

G_END_DECLS

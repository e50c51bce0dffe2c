/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosSenderRule: what the owner decided about mail from one address
 * @MOS_SENDER_ALLOW: it is never put aside for being automatic or in the server's Junk folder
 * @MOS_SENDER_BLOCK: it always goes to the quarantine
 */
typedef enum
{
  MOS_SENDER_NONE,
  MOS_SENDER_ALLOW,
  MOS_SENDER_BLOCK,
} MosSenderRule;

/** mos_store_sender_find: @address is compared without regard to case */
gboolean mos_store_sender_find (MosTxn *txn, const char *address, MosSenderRule *ret_rule, GError **error);
/** mos_store_sender_set: recorded, so that it can be undone; NONE takes the rule away */
gboolean mos_store_sender_set (MosTxn *txn, const char *address, MosSenderRule rule, GError **error);
/** mos_store_sender_list: Returns: (transfer full): array of addresses under @rule, sorted */
GPtrArray *mos_store_sender_list (MosTxn *txn, MosSenderRule rule, GError **error);

/** mos_store_sender_list_of_batch: Returns: (transfer full): array of addresses about which @batch decided something */
GPtrArray *mos_store_sender_list_of_batch (MosTxn *txn, gint64 batch, GError **error);
/** mos_store_sender_list_put_aside: Returns: (transfer full): array of ids: messages of @address that are in the quarantine because of @why */
GPtrArray *mos_store_sender_list_put_aside (MosTxn *txn, const char *address, const char *why, GError **error);
/** mos_store_sender_list_open: Returns: (transfer full): array of ids: conversations of @customer that somebody works on, or will */
GPtrArray *mos_store_sender_list_open (MosTxn *txn, const char *customer, GError **error);

/** mos_store_image_sender_find: @ret_is: whether remote pictures of mail from @address are loaded without asking */
gboolean mos_store_image_sender_find (MosTxn *txn, const char *address, gboolean *ret_is, GError **error);
/** mos_store_image_sender_set: recorded, so that it can be undone */
gboolean mos_store_image_sender_set (MosTxn *txn, const char *address, gboolean is, GError **error);
/** mos_store_image_sender_list: Returns: (transfer full): array of addresses, sorted */
GPtrArray *mos_store_image_sender_list (MosTxn *txn, GError **error);

G_END_DECLS

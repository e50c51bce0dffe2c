/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* The addresses an account writes from. Pure, any thread. */

/** mos_account_list_senders: Returns: (transfer full): array of #MosSender: the account's own address first, none where it has none (the archive of
 *   imports); name and signature are those that count, never %NULL */
GPtrArray *mos_account_list_senders (MosAccount *account);
/**
 * mos_account_find_sender:
 * @address: (nullable): %NULL = the default one
 *
 * Returns: (transfer full) (nullable): what to write from @address: a plus-address of one of the account's has the details of that one; an address
 *   that is none of the account's (any more) gives the default one. %NULL for an account without an address: nothing can be written from it
 */
MosSender *mos_account_find_sender (MosAccount *account, const char *address);
/** mos_account_set_senders: of an account that nobody else has yet; @senders: the further ones, without those twice or empty. Aliases and default follow. */
void mos_account_set_senders (MosAccount *account, GPtrArray *senders, const char *default_sender);

/**
 * mos_account_choose_sender: which address an answer goes out from: the one its writer wrote to, a plus-address of ours included
 * @answered: (nullable)
 * @key: of this profile's tokens: what we put behind a "+" ourselves is not written from
 *
 * Returns: (transfer full) (nullable): %NULL = the default one
 */
char *mos_account_choose_sender (MosAccount *account, MosMessageRow *answered, GBytes *key);

/**
 * mos_sender_get_signature: what stands below a message of @agent from @self: a person's own signature goes before that of the account
 * @agent: (nullable): nobody, or a program
 *
 * Returns: (transfer none): never %NULL, "" for none
 */
const char *mos_sender_get_signature (const MosSender *self, const MosAgent *agent);

G_END_DECLS

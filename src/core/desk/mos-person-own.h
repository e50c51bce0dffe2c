/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosPersonOwn: what one person may be given of a conversation in which others wrote, too (GDPR Art. 15 (4)).
 *
 * Theirs is what they wrote, and what we wrote to them: to an address that is nobody else's, or, where that does not tell (a family's address, a group), as an answer
 * to what they wrote. Notes and events may speak of the others: they are not given.
 */
typedef struct _MosPersonOwn MosPersonOwn;

/** mos_person_own_load: @customer: with what they write from */
gboolean mos_person_own_load (MosTxn *txn, const MosCustomerRow *customer, MosPersonOwn **ret_own, GError **error);
void mos_person_own_free (MosPersonOwn *self);
/** mos_person_own_filter: @messages: (element-type MosMessageRow): of one conversation of the person's, in order, nobody else's yet: what is not theirs goes out of it, and what others put to the rest. Returns: how many messages and notes it left out */
guint mos_person_own_filter (MosPersonOwn *self, GPtrArray *messages);
/** mos_person_own_list_elsewhere: Returns: (transfer full) (nullable): array of ids of messages in conversations of others: what the person wrote there, and we wrote to them */
GPtrArray *mos_person_own_list_elsewhere (MosTxn *txn, MosPersonOwn *self, const char *customer, GError **error);
/** mos_person_own_names_others: whether @message, as it was sent, names those who got it without the person seeing so */
gboolean mos_person_own_names_others (MosPersonOwn *self, const MosMessageRow *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosPersonOwn, mos_person_own_free)

G_END_DECLS

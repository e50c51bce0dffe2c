/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** MosFromChoice: one address that a message can be written from */
typedef struct
{
  char *account;     /* id */
  MosSender *sender; /* (owned): name and signature as they count */
} MosFromChoice;

/**
 * mos_from_choices_list: every address of every account that can send; the account's own plus-address @sender among them, when the draft is written from one
 * @accounts: (nullable): of #MosAccountItem
 * @account, @sender: (nullable): what the draft says
 * @ret_selected: (out): which one that is
 *
 * Returns: (transfer full): array of #MosFromChoice
 */
GPtrArray *mos_from_choices_list (GListModel *accounts, const char *account, const char *sender, guint *ret_selected);
/** mos_from_choices_can_send: whether any of @accounts, of #MosAccountItem, can */
gboolean mos_from_choices_can_send (GListModel *accounts);
/** mos_from_choices_make_model: Returns: (transfer full): their names, for a #GtkDropDown */
GListModel *mos_from_choices_make_model (GPtrArray *choices);
/** mos_from_exchange_signature: Returns: (transfer full) (nullable): @text with the other signature below it; %NULL where somebody edited it. Pure. */
char *mos_from_exchange_signature (const char *text, const char *old_signature, const char *new_signature);

G_END_DECLS

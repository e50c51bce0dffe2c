/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-send-facts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosAddressEntry:
 *
 * Recipients as chips with an entry behind them. Typing offers known addresses;
 * a comma, Return or leaving the field makes a chip of what was typed. What is
 * no address becomes a chip too, marked, so that nothing typed gets lost.
 *
 * Tab goes to the entry and out of it. From the empty entry the arrows lead to
 * the chips: Delete and Backspace remove one, Return edits it, Ctrl+C copies it.
 *
 * Owned by the composer. Signal `changed`.
 */
#define MOS_TYPE_ADDRESS_ENTRY (mos_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (MosAddressEntry, mos_address_entry, MOS, ADDRESS_ENTRY, GtkWidget)

/** mos_address_entry_set_desk: @desk: (nullable): where completions come from */
void mos_address_entry_set_desk (MosAddressEntry *self, MosDesk *desk);
/** mos_address_entry_set_title: the accessible name of the entry ("To") */
void mos_address_entry_set_title (MosAddressEntry *self, const char *title);
/** mos_address_entry_set_addresses: @addresses: array of #MosAddress; does not emit `changed` */
void mos_address_entry_set_addresses (MosAddressEntry *self, GPtrArray *addresses);
/** mos_address_entry_dup_addresses: Returns: (transfer full): array of #MosAddress; what is typed but no chip yet counts */
GPtrArray *mos_address_entry_dup_addresses (MosAddressEntry *self);
/** mos_address_entry_set_facts: @facts: (nullable): about the conversation: whoever is new to it is marked; %NULL = nobody is */
void mos_address_entry_set_facts (MosAddressEntry *self, MosSendFacts *facts);
/** mos_address_entry_remove: takes the recipient with @address out, where it is one */
void mos_address_entry_remove (MosAddressEntry *self, const char *address);
/** mos_address_entry_commit: makes chips of what is typed. */
void mos_address_entry_commit (MosAddressEntry *self);
gboolean mos_address_entry_is_empty (MosAddressEntry *self);

G_END_DECLS

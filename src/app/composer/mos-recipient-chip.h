/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** MosRecipientChipAct: what a person wants of a chip. PREVIOUS and NEXT are in reading order. */
typedef enum
{
  MOS_RECIPIENT_CHIP_PREVIOUS,
  MOS_RECIPIENT_CHIP_NEXT,
  MOS_RECIPIENT_CHIP_FIRST,
  MOS_RECIPIENT_CHIP_LAST,
  MOS_RECIPIENT_CHIP_REMOVE,
  MOS_RECIPIENT_CHIP_REMOVE_BACK,
  MOS_RECIPIENT_CHIP_EDIT,
  MOS_RECIPIENT_CHIP_CUT,
  MOS_RECIPIENT_CHIP_COPY,
  MOS_RECIPIENT_CHIP_COPY_ALL,
  MOS_RECIPIENT_CHIP_PASTE,
  MOS_RECIPIENT_CHIP_TYPE,
} MosRecipientChipAct;

/**
 * MosRecipientChip:
 *
 * One recipient: the name, the address as tooltip and accessible description, and in words and colour what is unusual: that it is no address, that
 * it is new to the conversation. Owned by MosAddressEntry, which does what the signal `act (int act)` says.
 */
#define MOS_TYPE_RECIPIENT_CHIP (mos_recipient_chip_get_type ())
G_DECLARE_FINAL_TYPE (MosRecipientChip, mos_recipient_chip, MOS, RECIPIENT_CHIP, GtkWidget)

GtkWidget *mos_recipient_chip_new (MosAddress *address);
/** mos_recipient_chip_set_new: whether the address was never in the conversation; one that is no address is not called new */
void mos_recipient_chip_set_new (MosRecipientChip *self, gboolean is_new);

G_END_DECLS

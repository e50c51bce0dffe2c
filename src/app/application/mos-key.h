/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One key, or a chord of keys, as gtk_accelerator_name() writes it. Pure functions. */

/**
 * MosKeyVerdict: what a key is good for
 * @MOS_KEY_ACCEL: with Ctrl, or a function key: works everywhere
 * @MOS_KEY_SINGLE: a bare character: works where nothing is written, when single keys are switched on
 * @MOS_KEY_NOT_A_KEY: a modifier alone, or no key at all
 * @MOS_KEY_TYPES: Alt, alone or with Ctrl: types letters on many keyboards
 * @MOS_KEY_DESKTOP: with Super, Meta or Hyper: the desktop's own
 * @MOS_KEY_TAKEN: moves about in the window, or belongs to input methods or the toolkit
 */
typedef enum
{
  MOS_KEY_ACCEL,
  MOS_KEY_SINGLE,
  MOS_KEY_NOT_A_KEY,
  MOS_KEY_TYPES,
  MOS_KEY_DESKTOP,
  MOS_KEY_TAKEN,
} MosKeyVerdict;

/** mos_key_judge: @trigger: (nullable): as from gtk_accelerator_name() or a person's settings */
MosKeyVerdict mos_key_judge (const char *trigger);
/** mos_key_canonical: Returns: (transfer full) (nullable): the one way to write @trigger; %NULL where it is none */
char *mos_key_canonical (const char *trigger);
/** mos_key_edits_text: Returns: whether text fields have a use of their own for @trigger, so that they must see it first */
gboolean mos_key_edits_text (const char *trigger);

/**
 * mos_key_from_press:
 * @keycode: of the hardware
 *
 * Returns: (transfer full): what was pressed, written the one way. On a keyboard with other than Latin letters it is the Latin letter of that key,
 *   where the person's layouts have one: so it works whichever of them is in use (GTK compares the key itself as well).
 */
char *mos_key_from_press (GdkDisplay *display, guint keyval, guint keycode, GdkModifierType state);

/** mos_key_dup_label: Returns: (transfer full): what stands on the keys, in words of the person's language */
char *mos_key_dup_label (const char *trigger);

G_END_DECLS

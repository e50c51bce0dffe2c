/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-shortcuts.h"

G_BEGIN_DECLS

/**
 * MosKeymap:
 *
 * Which keys do what on this machine: the table of mos-shortcuts.h with what the person changed (setting "key-bindings": action -> all its keys).
 * What is read is tried first: an action that is not in the table, a key that is none or is forbidden, and one that another action has are left out.
 * The person's own choice wins over a key of the table, also one that a later version brings.
 *
 * Signal `changed`: after any change of the setting. Main context only.
 */
#define MOS_TYPE_KEYMAP (mos_keymap_get_type ())
G_DECLARE_FINAL_TYPE (MosKeymap, mos_keymap, MOS, KEYMAP, GObject)

/** mos_keymap_get: Returns: (transfer none): the one of this process */
MosKeymap *mos_keymap_get (void);

/** mos_keymap_get_keys: Returns: (transfer none): the keys of a row of the table, as gtk_accelerator_parse() takes them: accelerators first, then single keys. Valid until "changed" */
const char *const *mos_keymap_get_keys (MosKeymap *self, const MosShortcut *shortcut);
/** mos_keymap_find: Returns: (transfer none) (nullable): whose @key is now */
const MosShortcut *mos_keymap_find (MosKeymap *self, const char *key);
/** mos_keymap_is_changed: Returns: whether @shortcut has other keys than in the table */
gboolean mos_keymap_is_changed (MosKeymap *self, const MosShortcut *shortcut);
/** mos_keymap_is_any_changed: Returns: whether there is something to reset */
gboolean mos_keymap_is_any_changed (MosKeymap *self);

/** mos_keymap_fits: Returns: whether @shortcut may have @key: one that mos_key_judge() allows, and no bare character for what is done while writing */
gboolean mos_keymap_fits (const MosShortcut *shortcut, const char *key);
/** mos_keymap_assign: @key instead of the keys of its kind (accelerators, or single keys); whoever has it loses it. @key has to fit */
void mos_keymap_assign (MosKeymap *self, const MosShortcut *shortcut, const char *key);
/** mos_keymap_clear: no keys at all */
void mos_keymap_clear (MosKeymap *self, const MosShortcut *shortcut);
/** mos_keymap_find_in_the_way: Returns: (transfer none) (nullable): who has one of the keys that @shortcut has in the table; @ret_key: (out) (optional) (transfer full) */
const MosShortcut *mos_keymap_find_in_the_way (MosKeymap *self, const MosShortcut *shortcut, char **ret_key);
/** mos_keymap_reset: back to the keys of the table; others lose them */
void mos_keymap_reset (MosKeymap *self, const MosShortcut *shortcut);
void mos_keymap_reset_all (MosKeymap *self);

/** mos_keymap_dup_label: Returns: (transfer full) (nullable): what to press for @shortcut now, in words; single keys only where they are switched on */
char *mos_keymap_dup_label (MosKeymap *self, const MosShortcut *shortcut);
/** mos_keymap_dup_short_label: Returns: (transfer full) (nullable): the single key of @shortcut, where it has one, else as mos_keymap_dup_label() */
char *mos_keymap_dup_short_label (MosKeymap *self, const MosShortcut *shortcut);

G_END_DECLS

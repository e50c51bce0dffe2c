/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-macro-fill.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* Macros, inside a transaction: for the window (mos-desk-macros.h) and mostradorctl. */

/**
 * mos_macros_find:
 * @name: an id, a shortcode (with or without "/"), or a name; of those that @agent (nullable) sees
 *
 * MOS_DESK_ERROR_NOT_FOUND; MOS_DESK_ERROR_INVALID where several have the name.
 */
gboolean mos_macros_find (MosTxn *txn, const char *name, const char *agent, MosMacro **ret_macro, GError **error);
/**
 * mos_macros_save: a new one (id %NULL), or by its id a changed one; attachments that have data are put into the blob store
 *
 * MOS_DESK_ERROR_INVALID: no name, nothing or too much in it (mos_macro_find_excess()), a shortcode that is none, or an attachment without data that is not here; MOS_STORE_ERROR_CONFLICT: another macro has the shortcode.
 */
gboolean mos_macros_save (MosTxn *txn, MosMacro *macro, char **ret_id, GError **error);

/** mos_macros_list_starter_languages: Returns: (transfer full) (array zero-terminated=1): in which there is a set to begin with: "ar", "ca", "de", "en", "es", "fr", "it", "pt" */
char **mos_macros_list_starter_languages (void);
/** mos_macros_install_starter: of a set to begin with, in @language or in English, those whose shortcode and name nobody has; @ret_n: (out) (optional): how many were new */
gboolean mos_macros_install_starter (MosTxn *txn, const char *language, guint *ret_n, GError **error);

/** mos_macros_note_draft: @draft became @message: what it was written with is counted, and @acts: what its macros do is done. @at_us: as mos_macro_actions_apply() */
gboolean mos_macros_note_draft (MosTxn *txn, MosDraft *draft, const char *message, const char *conversation, gboolean acts, gint64 at_us, GError **error);

/** mos_macros_has_own: @agent: (nullable): who sees them. @ret_has: (out): whether one is not as in the set to begin with, or was used */
gboolean mos_macros_has_own (MosTxn *txn, const char *agent, gboolean *ret_has, GError **error);
/** mos_macros_begin: a profile in which there is nothing yet gets the set to begin with */
gboolean mos_macros_begin (MosTxn *txn, const char *language, GError **error);

/**
 * mos_macros_search:
 * @macros: (element-type MosMacro)
 * @text: what was typed: of a shortcode (with or without "/"), a name or a folder; "" = the most used first
 * @for_notes: those for notes come first; else those for answers
 * @max: 0 = all
 *
 * Pure. Returns: (transfer full): array of #MosMacro, best first; of equals in the order of @macros
 */
GPtrArray *mos_macros_search (GPtrArray *macros, const char *text, gboolean for_notes, guint max);

G_END_DECLS

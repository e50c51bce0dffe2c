/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-macro-values.h"

G_BEGIN_DECLS

/* Macros. Ownership as everywhere: what is returned is the caller's. */

/** mos_store_macro_list: Returns: array of #MosMacro that @agent sees: everybody's and his own, by folder and name; @agent: (nullable) */
GPtrArray *mos_store_macro_list (MosTxn *txn, const char *agent, GError **error);
/** mos_store_macro_find: @ret_macro: (out) (transfer full) (nullable): %NULL where there is none, or it was removed */
gboolean mos_store_macro_find (MosTxn *txn, const char *id, MosMacro **ret_macro, GError **error);
/** mos_store_macro_find_shortcode: @except: (nullable): the id of one that is passed over. Whoever's it is */
gboolean mos_store_macro_find_shortcode (MosTxn *txn, const char *shortcode, const char *except, MosMacro **ret_macro, GError **error);
/** mos_store_macro_save: makes or changes it by its id. Recorded. Its use is not looked at */
gboolean mos_store_macro_save (MosTxn *txn, MosMacro *macro, GError **error);
/** mos_store_macro_remove: an undo brings it back as it was. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_macro_remove (MosTxn *txn, const char *id, GError **error);
/** mos_store_macro_note_use: @message was written with it. @agent: (nullable) */
gboolean mos_store_macro_note_use (MosTxn *txn, const char *id, const char *message, const char *language, const char *agent, GError **error);
/** mos_store_macro_note_run: it did something in @conversation, without a message; where this transaction changed nothing it did not. Counts as long as that is not taken back */
gboolean mos_store_macro_note_run (MosTxn *txn, const char *id, const char *conversation, GError **error);
/** mos_store_macro_forget_use: @message was taken back before it left */
gboolean mos_store_macro_forget_use (MosTxn *txn, const char *message, GError **error);
/** mos_store_macro_is_new_profile: @ret_new: (out): there is neither an account nor a conversation, nor was there ever a macro */
gboolean mos_store_macro_is_new_profile (MosTxn *txn, gboolean *ret_new, GError **error);

/** MosMacroOutcome: what became of what was sent with a macro: @n_sent of them, @n_closed: conversations that are closed now, @n_answered: the customer wrote again since */
typedef struct
{
  guint n_sent;
  guint n_closed;
  guint n_answered;
} MosMacroOutcome;
gboolean mos_store_macro_find_outcome (MosTxn *txn, const char *id, MosMacroOutcome *ret_outcome, GError **error);

G_END_DECLS

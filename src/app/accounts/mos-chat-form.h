/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/accounts/mos-account-kinds.h"

G_BEGIN_DECLS

/**
 * MosChatForm: what is asked for an account of a chat, as its kind's row says: who it is, its key, its settings, and below the key what is wrong with them.
 *
 * Signals: "changed"; "activated": Enter was pressed in a line; "whole": a key was entered that looks complete.
 */
#define MOS_TYPE_CHAT_FORM (mos_chat_form_get_type ())
G_DECLARE_FINAL_TYPE (MosChatForm, mos_chat_form, MOS, CHAT_FORM, AdwBin)

/** MosChatFormParts: MOS_CHAT_FORM_NEW: all of it; MOS_CHAT_FORM_KEYS: a new key of an account that is here; MOS_CHAT_FORM_SETTINGS: what can be changed of it */
typedef enum
{
  MOS_CHAT_FORM_NEW,
  MOS_CHAT_FORM_KEYS,
  MOS_CHAT_FORM_SETTINGS,
} MosChatFormParts;

/** mos_chat_form_set: right after it was made, once. @desk: tries letter boxes; @account: (nullable): the one that is here, which it is filled with */
void mos_chat_form_set (MosChatForm *self, MosDesk *desk, const MosAccountKind *kind, MosChatFormParts parts, MosAccount *account);

/** mos_chat_form_is_complete: Returns: whether all is there that it cannot be tried without */
gboolean mos_chat_form_is_complete (MosChatForm *self);
/** mos_chat_form_check: Returns: whether what is entered can be right; else it says what is wrong, and the keyboard is there */
gboolean mos_chat_form_check (MosChatForm *self);
/** mos_chat_form_apply: sets the settings of @account, which are its own */
void mos_chat_form_apply (MosChatForm *self, MosAccount *account);
/** mos_chat_form_dup_user: Returns: (transfer full) (nullable): who signs in, where that is asked for */
char *mos_chat_form_dup_user (MosChatForm *self);
/** mos_chat_form_dup_secret: Returns: (transfer full): as mos_desk_sign_in_chat_async() takes it */
char *mos_chat_form_dup_secret (MosChatForm *self);
/** mos_chat_form_is_key: Returns: whether the secret is a key, not a password */
gboolean mos_chat_form_is_key (MosChatForm *self);

/** mos_chat_form_show_error: what signing in came to */
void mos_chat_form_show_error (MosChatForm *self, const GError *error);
/** mos_chat_form_show_trouble: @details: the platform's own words, or "" */
void mos_chat_form_show_trouble (MosChatForm *self, const char *title, const char *text, const char *details);
void mos_chat_form_hide_trouble (MosChatForm *self);
/** mos_chat_form_focus: the keyboard goes to the key */
void mos_chat_form_focus (MosChatForm *self);

/** mos_chat_words_new: @words: as they are typed at a platform. Returns: (transfer floating): them, and a button that copies them */
GtkWidget *mos_chat_words_new (const char *words);

G_END_DECLS

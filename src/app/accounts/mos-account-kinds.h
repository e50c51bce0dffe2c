/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-error-text.h"

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What can be added in the window, as data: a file for each provider (mos-account-kind-….c) and its line in mos-account-kinds.c. A chat is set up by
 * MosChatSetup from what its row says; its channel tells whether that works. All texts are marked for translation and not translated yet. */

/**
 * MosAccountStep: one thing to do at the platform
 * @text: what; @copy: (nullable): words to be typed there, which can be copied; @link: (nullable): a page that is opened, whose button says @link_label
 */
typedef struct
{
  const char *text;
  const char *copy;
  const char *link;
  const char *link_label;
} MosAccountStep;

/**
 * MosAccountFieldUse: where what is entered goes
 * @MOS_FIELD_SETTING: it is kept with the account, under its name
 * @MOS_FIELD_USER: who signs in; the platform is asked with it, and says it again
 * @MOS_FIELD_KEY_NAME: it belongs to the secret, and goes before it, with a colon between
 */
typedef enum
{
  MOS_FIELD_SETTING,
  MOS_FIELD_USER,
  MOS_FIELD_KEY_NAME,
} MosAccountFieldUse;

/**
 * MosAccountField: one thing that is asked for
 * @setting: its name in MosAccount.settings; of another @use, any name
 * @subtitle: (nullable): of a switch; @copy: (nullable): words that go with it, which can be copied
 * @is_switch: "1" or nothing; else a line of text
 * @is_needed: it cannot be tried without; @is_advanced: folded away
 * @is_first: it says which account it is: asked for before the secret, and not changed later
 * @is_off: of a switch: "0" stands for off, and nothing for on
 * @clean: (nullable): what a person meant by what was typed. Returns: (transfer full)
 * @hint: (nullable): of a cleaned text. Returns: (transfer none) (nullable): what one should know of it, which keeps nobody from using it; not translated yet
 * @check: (nullable): of a cleaned text. Returns: (transfer none) (nullable): what is wrong with it, not translated yet
 */
typedef struct
{
  MosAccountFieldUse use;
  const char *setting;
  const char *title;
  const char *subtitle;
  const char *copy;
  gboolean is_switch;
  gboolean is_needed;
  gboolean is_advanced;
  gboolean is_first;
  gboolean is_off;
  char *(*clean) (const char *text);
  const char *(*hint) (const char *text);
  const char *(*check) (const char *text);
} MosAccountField;

/** MosAccountNote: what one should know of a kind before one relies on it */
typedef struct
{
  const char *title;
  const char *text;
} MosAccountNote;

/**
 * MosLetterBoxUse: what an account has a letter box for (MosLetterBoxGroup); the secret's second line is its key
 * @MOS_LETTER_BOX_NONE: nothing
 * @MOS_LETTER_BOX_IN: what comes in is fetched from it: there is no account without one
 * @MOS_LETTER_BOX_FILES: it hands out what is sent along (MOS_CHANNEL_FETCHES): without one text alone goes out
 */
typedef enum
{
  MOS_LETTER_BOX_NONE,
  MOS_LETTER_BOX_IN,
  MOS_LETTER_BOX_FILES,
} MosLetterBoxUse;

/**
 * MosAccountKind:
 * @make: (nullable): its own dialog; %NULL = MosChatSetup, for which the rest is
 * @steps, @fields, @notes: (nullable): each ends with a row of %NULL
 * @secret_title: (nullable): what its key is called there; %NULL = there is none
 * @password_title: (nullable): where a password is a way in, too: what that is called
 * @is_secret: (nullable): whether a text looks like a whole key, so that it can be tried as soon as it is there; %NULL = nobody can tell
 * @explain: (nullable): what an error means there, where that is more than it means everywhere. @with_password: a password was tried. Returns: whether @ret_text was filled
 * @make_link: (nullable): where customers find the account. @address: as the platform says. Returns: (transfer full)
 */
typedef struct
{
  const char *kind;
  const char *icon;
  const char *title;
  const char *subtitle;
  AdwDialog *(*make) (MosDesk *desk);
  const char *heading;
  const char *intro;
  const MosAccountStep *steps;
  const MosAccountField *fields;
  const MosAccountNote *notes;
  const char *secret_title;
  const char *password_title;
  gboolean (*is_secret) (const char *text);
  MosLetterBoxUse letter_box;
  gboolean (*explain) (const GError *error, gboolean with_password, MosErrorText *ret_text);
  char *(*make_link) (const char *address);
} MosAccountKind;

/** mos_account_kinds: @n: (out): how many. Returns: (transfer none) */
const MosAccountKind *const *mos_account_kinds (guint *n);
/** mos_account_kind_find: Returns: (transfer none) (nullable): the row of @kind */
const MosAccountKind *mos_account_kind_find (const char *kind);
/** mos_account_kind_make_dialog: Returns: (transfer floating): what sets up an account of this kind */
AdwDialog *mos_account_kind_make_dialog (const MosAccountKind *kind, MosDesk *desk);
/** mos_account_make_key_dialog: Returns: (transfer floating): what asks for a new password or key of @account, which is here */
AdwDialog *mos_account_make_key_dialog (MosDesk *desk, MosAccount *account);

G_END_DECLS

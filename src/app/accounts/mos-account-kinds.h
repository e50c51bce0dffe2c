/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What can be added in the window, as data: one row a kind in mos-account-kinds.c. A chat is set up by MosChatSetup from what its row says; its channel tells
 * whether that works. All texts are marked for translation and not translated yet. */

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
 * MosAccountField: one setting of the account (MosAccount.settings)
 * @subtitle: (nullable): of a switch; @copy: (nullable): words that go with it, which can be copied
 * @is_switch: "1" or nothing; else a line of text
 * @is_needed: it cannot be tried without; @is_advanced: folded away
 */
typedef struct
{
  const char *setting;
  const char *title;
  const char *subtitle;
  const char *copy;
  gboolean is_switch;
  gboolean is_needed;
  gboolean is_advanced;
} MosAccountField;

/** MosAccountNote: what one should know of a kind before one relies on it */
typedef struct
{
  const char *title;
  const char *text;
} MosAccountNote;

/**
 * MosAccountKind:
 * @make: (nullable): its own dialog; %NULL = MosChatSetup, for which the rest is
 * @steps, @fields, @notes: (nullable): each ends with a row of %NULL
 * @secret_title: what its key is called there
 * @is_secret: (nullable): whether a text looks like a whole key, so that it can be tried as soon as it is there; %NULL = nobody can tell
 * @link: (nullable): begins the address that customers find the account at; its name without "@" follows
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
  gboolean (*is_secret) (const char *text);
  const char *link;
} MosAccountKind;

/** mos_account_kinds: @n: (out): how many. Returns: (transfer none) */
const MosAccountKind *mos_account_kinds (guint *n);
/** mos_account_kind_make_dialog: Returns: (transfer floating): what sets up an account of this kind */
AdwDialog *mos_account_kind_make_dialog (const MosAccountKind *kind, MosDesk *desk);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* Saved answers: a text in each language, and what is done beside it (behaviour.md §2.3). */

typedef enum
{
  MOS_MACRO_SET_STATUS,   /* open pending closed */
  MOS_MACRO_SET_PRIORITY, /* low normal high urgent */
  MOS_MACRO_ASSIGN,       /* "me", "none" or an agent's id */
  MOS_MACRO_ADD_TAG,
  MOS_MACRO_REMOVE_TAG,
  MOS_MACRO_SNOOZE,       /* a time as it is typed, in English: "tomorrow 9", "in 2 business days" */
  MOS_MACRO_ADD_NOTE,     /* a template, as the text is */
  MOS_MACRO_SET_CATEGORY, /* "none", or a category's id or name */
  MOS_MACRO_ORDER,        /* what is done to the order: mos-macro-order.h */
} MosMacroActionKind;     /* status priority assign tag untag snooze note category order */
#define MOS_MACRO_N_ACTIONS (MOS_MACRO_ORDER + 1)
MOS_DECLARE_NICKS (MosMacroActionKind, macro_action_kind)

/** MosMacroAction: a plain struct in the macro's array */
typedef struct
{
  MosMacroActionKind kind;
  char *value;
} MosMacroAction;

/** MosMacroText: @language: lower case, "es", "pt-br"; @text: a template (mos-template.h), its marks those of mos-markup.h */
typedef struct
{
  char *language;
  char *text;
} MosMacroText;

/**
 * MosMacro:
 * @shortcode: "" = none; else what is typed behind "/" for it: letters, digits, "-" and "_", in lower case
 * @folder: "" = none; "Returns/Europe"
 * @agent: (nullable): whose it is; %NULL = everybody's
 * @is_for_notes: it is offered for notes instead of answers
 * @texts: (element-type MosMacroText): by language; empty for one that only does something
 * @actions: (element-type MosMacroAction): in the order in which they are done
 * @attachments: (element-type MosAttachment): in the blob store
 * @n_used, @used_us: how often, and when last; 0 = never
 * @updated_us: when it was last changed
 */
typedef struct
{
  char *id;
  char *name;
  char *shortcode;
  char *folder;
  char *agent;
  gboolean is_for_notes;
  GPtrArray *texts;
  GPtrArray *actions;
  GPtrArray *attachments;
  guint n_used;
  gint64 used_us;
  gint64 updated_us;
} MosMacro;
MOS_DECLARE_VALUE (MosMacro, macro)
/** mos_macro_make: Returns: (transfer full): one with nothing in it and no id */
MosMacro *mos_macro_make (void);
/** mos_macro_copy: Returns: (transfer full): to be changed before anybody else sees it */
MosMacro *mos_macro_copy (const MosMacro *self);
/** mos_macro_set_text: only before anybody else sees it. @text: (nullable): %NULL or "" takes the language out */
void mos_macro_set_text (MosMacro *self, const char *language, const char *text);
/** mos_macro_add_action: only before anybody else sees it */
void mos_macro_add_action (MosMacro *self, MosMacroActionKind kind, const char *value);

/**
 * mos_macro_choose_text:
 * @languages: (array zero-terminated=1): in the order in which they are wanted: the customer's, the shop's, …; empty ones are passed over
 *
 * A language stands for its countries ("pt" for "pt-br") and they for it, after those that fit. Where nothing fits: the first.
 *
 * Returns: (transfer none) (nullable): %NULL where the macro has no text
 */
const MosMacroText *mos_macro_choose_text (const MosMacro *self, const char *const *languages);

/** mos_macro_is_shortcode: whether @text may be one, "" included */
gboolean mos_macro_is_shortcode (const char *text);
/** mos_macro_make_shortcode: Returns: (transfer full): one out of @name, "" where nothing of it can be in one: "Order status?" → "order-status" */
char *mos_macro_make_shortcode (const char *name);
/** mos_macro_fold_language: Returns: (transfer full): as texts have it: "pt_BR.UTF-8" → "pt-br"; "" for what is none */
char *mos_macro_fold_language (const char *language);
/** mos_macro_fold_folder: Returns: (transfer full): blanks and slashes that say nothing taken out: " Returns / Europe/" → "Returns/Europe" */
char *mos_macro_fold_folder (const char *folder);

G_END_DECLS

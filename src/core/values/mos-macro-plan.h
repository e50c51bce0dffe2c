/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-macro-values.h"

G_BEGIN_DECLS

/** MosMacroUse: @macro was put into a draft, in @language ("" = it has no text) */
typedef struct
{
  char *macro;
  char *language;
} MosMacroUse;

/**
 * MosMacroPlan: what macros have put into a draft, beside its text.
 * @uses: (element-type MosMacroUse): each macro once
 * @actions: (element-type MosMacroAction): what is done when it is sent; notes are filled in already
 * @literals: (element-type utf8): what looks like a tag in the text and is none, since a value or the macro says so
 */
typedef struct
{
  GPtrArray *uses;
  GPtrArray *actions;
  GPtrArray *literals;
} MosMacroPlan;
MOS_DECLARE_VALUE (MosMacroPlan, macro_plan)
/** mos_macro_plan_make: Returns: (transfer full): an empty one */
MosMacroPlan *mos_macro_plan_make (void);
/** mos_macro_plan_copy: @self: (nullable): %NULL = an empty one. Returns: (transfer full): to be changed before anybody else sees it */
MosMacroPlan *mos_macro_plan_copy (const MosMacroPlan *self);
/** mos_macro_plan_add_use, _add_action, _remove_action: only before anybody else sees it. What contradicts a new action goes: there is one status, one priority, one assignee, and a tag is set or not */
void mos_macro_plan_add_use (MosMacroPlan *self, const char *macro, const char *language);
void mos_macro_plan_add_action (MosMacroPlan *self, MosMacroActionKind kind, const char *value);
void mos_macro_plan_remove_action (MosMacroPlan *self, guint index);

/** mos_macro_plan_acts_on_orders: @self: (nullable). Returns: whether something is done to an order */
gboolean mos_macro_plan_acts_on_orders (const MosMacroPlan *self);

/** mos_macro_plan_to_json: @self: (nullable). Returns: (transfer full): "" where there is nothing in it */
char *mos_macro_plan_to_json (const MosMacroPlan *self);
/** mos_macro_plan_from_json: @json: (nullable). Returns: (transfer full) (nullable): %NULL for "" and for what is none */
MosMacroPlan *mos_macro_plan_from_json (const char *json);

/** mos_macro_next_tag: Returns: (nullable): where in @text the next tag of a template begins, "{{name" or "{%"; a pair of braces with nothing to fill in is none */
const char *mos_macro_next_tag (const char *text);

/**
 * mos_macro_plan_find_blank: the first place in @text where a value is still missing
 * @self: (nullable): %NULL or without uses: none; who types braces means braces
 * @text: of the draft that it is of
 * @ret_start, @ret_end: (out): in bytes
 *
 * Such a text is not sent (behaviour.md §2.3). Only what the plan knows to be a literal is passed over, so that a tag of which a letter was deleted still counts.
 */
gboolean mos_macro_plan_find_blank (const MosMacroPlan *self, const char *text, gsize *ret_start, gsize *ret_end);

G_END_DECLS

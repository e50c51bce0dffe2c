/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-template.h"
#include "core/desk/mos-desk.h"
#include "core/values/mos-account-values.h"
#include "core/values/mos-macro-values.h"

G_BEGIN_DECLS

/* Sentences about macros. Pure functions; every result is translated, (transfer full) unless said. */

/** mos_macro_action_text: what an action does: "Status: Closed"; @desk: (nullable): for the names of agents and categories */
char *mos_macro_action_text (const MosMacroAction *action, MosDesk *desk);
/** mos_macro_value_text: what an action sets something to: "Closed"; of a note its first line */
char *mos_macro_value_text (const MosMacroAction *action, MosDesk *desk);
/** mos_macro_action_kind_text: Returns: (transfer none): "Status" */
const char *mos_macro_action_kind_text (MosMacroActionKind kind);
/** mos_macro_actions_text: all that a macro does, in one line; "" where that is nothing */
char *mos_macro_actions_text (GPtrArray *actions, MosDesk *desk);
/** mos_macro_problem_text: what is wrong with a template, and where: "Line 2, column 7: …" */
char *mos_macro_problem_text (const MosTemplateProblem *problem);
/** mos_macro_title_text: "/status · Orders": what stands beside a macro's name; "" where it has neither */
char *mos_macro_title_text (const MosMacro *macro);

G_END_DECLS

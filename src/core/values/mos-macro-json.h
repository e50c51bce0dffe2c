/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-macro-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Macros as JSON: in the store, in files that are exchanged, from mostradorctl. Pure functions; any thread.
 *
 *   { "name": "Order status", "shortcode": "status", "folder": "Orders", "for_notes": false,
 *     "texts": { "en": "Hello …", "es": "Hola …" },
 *     "actions": [ { "status": "pending" }, { "tag": "shipping" } ],
 *     "attachments": [ { "name": "form.pdf", "type": "application/pdf", "size": 1234, "sha256": "…", "data": "base64" } ] }
 *
 * What is not known there is passed over; what is known and of another kind is an error. */

/** mos_macro_build_texts, mos_macro_build_actions: add the value alone, for a member of the caller's name */
void mos_macro_build_texts (JsonBuilder *builder, GPtrArray *texts);
void mos_macro_build_actions (JsonBuilder *builder, GPtrArray *actions);
/** mos_macro_build: adds an object. Attachments have their data where it is at hand */
void mos_macro_build (JsonBuilder *builder, const MosMacro *macro);

/** mos_macro_read_action: what one action is called and says, without a look at whether a macro may say that. @ret_value: (out) (transfer none). Returns: %FALSE where it is no action */
gboolean mos_macro_read_action (JsonNode *node, MosMacroActionKind *ret_kind, const char **ret_value);

/**
 * mos_macro_read_texts, mos_macro_read_actions: only before anybody else sees @macro. Empty texts are passed over.
 * @ret_problem: (out) (optional) (transfer full): what is wrong, "texts.es", "actions[2]"
 */
gboolean mos_macro_read_texts (MosMacro *macro, JsonNode *node, char **ret_problem);
gboolean mos_macro_read_actions (MosMacro *macro, JsonNode *node, char **ret_problem);
/** mos_macro_read: Returns: (transfer full) (nullable): without id, use and agent. Attachments have their data, or only a sha256. A macro needs a name, and a text or an action */
MosMacro *mos_macro_read (JsonNode *node, char **ret_problem);

/** mos_macro_find_excess: Returns: (transfer none) (nullable): of what @macro has more than would be read again: "texts", "actions", "attachments" */
const char *mos_macro_find_excess (const MosMacro *macro);
/** mos_macro_is_value: whether an action of @kind takes @value; names of agents and times are not looked at */
gboolean mos_macro_is_value (MosMacroActionKind kind, const char *value);

G_END_DECLS

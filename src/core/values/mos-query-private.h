/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-query.h"

G_BEGIN_DECLS

/* Shared by the files of MosQuery. */

/** mos_query_names_find: @name: not terminated. Whether it is an operator's, English or one of @self (nullable) */
gboolean mos_query_names_find (const MosQueryNames *self, const char *name, gsize len, MosQueryOperator *ret_op);
/** mos_query_names_find_value: Returns: (transfer full) (nullable): the stored form of a value that @op takes; %NULL when it does not */
char *mos_query_names_find_value (const MosQueryNames *self, MosQueryOperator op, const char *value, MosQueryOperator *ret_op);
/** mos_query_names_suggest: Returns: (transfer full) (nullable): the operator's name that @name is a slip of */
char *mos_query_names_suggest (const MosQueryNames *self, const char *name);
/** mos_query_names_suggest_value: the same of a word of @op */
char *mos_query_names_suggest_value (const MosQueryNames *self, MosQueryOperator op, const char *value);

/** mos_query_is_name_char: what an operator's name is made of */
gboolean mos_query_is_name_char (gunichar c);

void mos_query_node_free (MosQueryNode *node);
MosQueryNode *mos_query_node_new (MosQueryNodeKind kind);

G_END_DECLS

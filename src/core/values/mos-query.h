/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* The one query language of search box, saved views and mostradorctl (behaviour.md §2.10). Pure functions; any thread.
 *
 *   query  = group { ["AND"] group }           all of them
 *   group  = item { "OR" item }                any of them: OR joins its neighbours, as people know it from the web
 *   item   = { "-" } ( "(" query ")" | term )
 *   term   = [ name ":" ] ( word | '"' phrase '"' ) [ "*" ]   |   name ":" "(" query ")"
 *
 * Any text is a query. What is no operator, or has a value that the operator does not know, is looked for as text and marked with a hint.
 */

typedef enum
{
  MOS_QUERY_TEXT, /* anywhere in a message */
  MOS_QUERY_FROM,
  MOS_QUERY_TO,
  MOS_QUERY_SUBJECT,
  MOS_QUERY_FILE, /* names of attachments, and the text in them */
  MOS_QUERY_ORDER,
  MOS_QUERY_NUMBER, /* of the conversation */
  MOS_QUERY_TAG,
  MOS_QUERY_CATEGORY, /* "none" or a name */
  MOS_QUERY_STATUS,
  MOS_QUERY_ASSIGNEE, /* "me", "none" or a name */
  MOS_QUERY_PRIORITY,
  MOS_QUERY_ACCOUNT, /* its name or address */
  MOS_QUERY_CHANNEL,
  MOS_QUERY_LANG,
  MOS_QUERY_HAS,
  MOS_QUERY_IS,
  MOS_QUERY_BEFORE,
  MOS_QUERY_AFTER,
  MOS_QUERY_ON,
  MOS_QUERY_OLDER,
  MOS_QUERY_NEWER,
  MOS_QUERY_LARGER,
  MOS_QUERY_CSAT,   /* how satisfied the customer was with it */
  MOS_QUERY_NPS,    /* whether they would recommend the shop */
} MosQueryOperator; /* text from to subject file order number tag category status assignee priority account channel lang has is before after on older newer larger csat nps */
#define MOS_QUERY_N_OPERATORS (MOS_QUERY_NPS + 1)

MOS_DECLARE_NICKS (MosQueryOperator, query_operator)

/** mos_query_operator_list_values: Returns: (transfer none) (nullable): the words that @op takes in their stored form, ended by %NULL; %NULL where it takes other values */
const char *const *mos_query_operator_list_values (MosQueryOperator op);
/** mos_query_operator_is_of_message: whether it is asked of single messages; else of conversations */
gboolean mos_query_operator_is_of_message (MosQueryOperator op);

typedef enum
{
  MOS_QUERY_AND,
  MOS_QUERY_OR,
  MOS_QUERY_NOT, /* one child */
  MOS_QUERY_TERM,
} MosQueryNodeKind;

/**
 * MosQueryNode:
 * @children: (nullable): array of #MosQueryNode; of AND and OR two or more, none of the parent's own kind
 * @op, @value, @is_prefix: of a TERM. @value is never empty, has single blanks and no quotation mark; words that an operator knows are in their stored form
 */
typedef struct _MosQueryNode MosQueryNode;
struct _MosQueryNode
{
  MosQueryNodeKind kind;
  GPtrArray *children;
  MosQueryOperator op;
  char *value;
  gboolean is_prefix;
};

typedef enum
{
  MOS_QUERY_HINT_NONE,
  MOS_QUERY_HINT_UNKNOWN_OPERATOR, /* the name before the colon is none */
  MOS_QUERY_HINT_UNKNOWN_VALUE,    /* the operator does not take what stands behind it */
  MOS_QUERY_HINT_NO_VALUE,         /* nothing stands behind the colon: left aside */
} MosQueryHint;

/**
 * MosQueryToken: one term as it was written, for completion and hints. Positions are bytes of mos_query_parse()'s text.
 * @start, @end: all of it, quotation marks and "*" included, a "-" before it not
 * @value_start: where its value begins (behind an opening quotation mark); without an operator @start or the next
 * @has_operator: a known name stands before the colon
 * @op: MOS_QUERY_TEXT unless @has_operator
 * @suggestion: (nullable): with a hint of an unknown one: the operator's name or the value that is nearest, as the names say it
 */
typedef struct
{
  gsize start;
  gsize end;
  gsize value_start;
  gboolean has_operator;
  MosQueryOperator op;
  MosQueryHint hint;
  char *suggestion;
} MosQueryToken;

/**
 * MosQuery:
 * @root: (nullable): %NULL asks for nothing: every conversation
 * @tokens: array of #MosQueryToken in their order
 */
typedef struct
{
  MosQueryNode *root;
  GPtrArray *tokens;
} MosQuery;
MOS_DECLARE_VALUE (MosQuery, query)

/**
 * MosQueryNames: what operators and their words are called in the language of the person who types, besides English.
 *
 * Made by the window and mostradorctl from their translations, for core has none. What is stored is always English.
 * Compared without regard to case and accents.
 */
typedef struct _MosQueryNames MosQueryNames;

MosQueryNames *mos_query_names_new (void);
void mos_query_names_free (MosQueryNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosQueryNames, mos_query_names_free)
/** mos_query_names_add: Returns: %FALSE when @name is no word of letters, or another operator's: then it is left out */
gboolean mos_query_names_add (MosQueryNames *self, MosQueryOperator op, const char *name);
/** mos_query_names_add_value: @nick: the stored form of a word of @op; of the operators of dates also "today", "yesterday", "monday"…; of LANG a code. Returns: %FALSE when @name already means another one */
gboolean mos_query_names_add_value (MosQueryNames *self, MosQueryOperator op, const char *nick, const char *name);
/** mos_query_names_set_month_first: whether the 5th of March is written 3/5 where the person lives */
void mos_query_names_set_month_first (MosQueryNames *self, gboolean is_month_first);
/** mos_query_names_get: Returns: (transfer none): what @op is called; its English name without @self (nullable) or without a name of its own */
const char *mos_query_names_get (const MosQueryNames *self, MosQueryOperator op);
/** mos_query_names_get_value: the same of a word */
const char *mos_query_names_get_value (const MosQueryNames *self, MosQueryOperator op, const char *nick);

/** mos_query_parse: @names: (nullable). Never fails. Texts beyond 64 KiB, terms beyond 128 and their values beyond 256 bytes are cut. Returns: (transfer full) */
MosQuery *mos_query_parse (const char *text, const MosQueryNames *names);
/** mos_query_to_text: Returns: (transfer full): the stored form: parsed again it is an equal query; "" for one that asks for nothing */
char *mos_query_to_text (const MosQuery *self);
/** mos_query_equal: whether both ask for the same in the same words; positions and hints are left aside */
gboolean mos_query_equal (const MosQuery *a, const MosQuery *b);
/** mos_query_quote: Returns: (transfer full): @value as it has to be written behind an operator (or, MOS_QUERY_TEXT, alone), in quotation marks where it needs them */
char *mos_query_quote (const char *value);

/* What values mean. Times are microseconds UTC, @tz: (nullable): %NULL = this computer's. */

/**
 * mos_query_period: "2024", "2024-03", "2024-03-05" (also with slashes), "today", "yesterday", "monday"… (the last one, today included)
 * @ret_from_us, @ret_to_us: (out) (optional): from its first moment to that of the next
 */
gboolean mos_query_period (const char *value, gint64 now_us, GTimeZone *tz, gint64 *ret_from_us, gint64 *ret_to_us);
/** mos_query_age: "12h", "7d", "2w", "3m" (months), "1y": @ret_us: (out) (optional): the moment that long ago */
gboolean mos_query_age (const char *value, gint64 now_us, GTimeZone *tz, gint64 *ret_us);
/** mos_query_size: "2M", "500k", "1.5 MB", bytes: 1k = 1024. @ret_size: (out) (optional) */
gboolean mos_query_size (const char *value, gint64 *ret_size);
/** The highest score there is, of any survey. */
#define MOS_QUERY_MAX_SCORE 10
/** mos_query_score: "3", "<3", "<=2", ">3", ">=4". @ret_from, @ret_to: (out) (optional): which scores are meant, both among them; none where @ret_to is below @ret_from */
gboolean mos_query_score (const char *value, int *ret_from, int *ret_to);

G_END_DECLS

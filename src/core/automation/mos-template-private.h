/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-template.h"

G_BEGIN_DECLS

/* Shared by the files of MosTemplate. */

typedef enum
{
  MOS_FILTER_DEFAULT,
  MOS_FILTER_IF_MISSING,
  MOS_FILTER_UPPER,
  MOS_FILTER_LOWER,
  MOS_FILTER_CAPITALIZE,
  MOS_FILTER_FIRST_WORD,
  MOS_FILTER_TRIM,
  MOS_FILTER_TRUNCATE,
  MOS_FILTER_DATE,
  MOS_FILTER_TIME,
  MOS_FILTER_DATETIME,
  MOS_FILTER_NUMBER,
  MOS_FILTER_MONEY,
} MosFilterKind;
#define MOS_N_FILTERS (MOS_FILTER_MONEY + 1)

typedef struct
{
  MosFilterKind kind;
  char *argument; /* (nullable) */
} MosFilter;

typedef enum
{
  MOS_EXPRESSION_NAME,
  MOS_EXPRESSION_ASK,
  MOS_EXPRESSION_LITERAL,
} MosExpressionKind;

typedef struct
{
  MosExpressionKind kind;
  char *name;               /* of a name; the question */
  GStrv choices;            /* (nullable): of a question */
  MosTemplateValue literal; /* else missing */
  GArray *filters;          /* of MosFilter */
  gsize start, end;         /* of the name or literal */
} MosExpression;

typedef enum
{
  MOS_TEST_OR,
  MOS_TEST_AND,
  MOS_TEST_NOT, /* left alone */
  MOS_TEST_IS_SET,
  MOS_TEST_EQUAL,
  MOS_TEST_UNEQUAL,
  MOS_TEST_LESS,
  MOS_TEST_LESS_EQUAL,
  MOS_TEST_GREATER,
  MOS_TEST_GREATER_EQUAL,
  MOS_TEST_CONTAINS,
} MosTestKind;

typedef struct _MosTest MosTest;
struct _MosTest
{
  MosTestKind kind;
  MosTest *left, *right; /* of or, and, not */
  MosExpression *a, *b;  /* of the others; b but of MOS_TEST_IS_SET */
};

typedef enum
{
  MOS_TEMPLATE_NODE_TEXT,
  MOS_TEMPLATE_NODE_VALUE,
  MOS_TEMPLATE_NODE_IF,
  MOS_TEMPLATE_NODE_BROKEN, /* a tag with a problem: shown as it is written */
} MosTemplateNodeKind;

typedef struct
{
  MosTest *test;    /* (nullable): %NULL = else */
  GPtrArray *nodes; /* of MosTemplateNode */
} MosTemplateBranch;

typedef struct
{
  MosTemplateNodeKind kind;
  gsize start, end;          /* of the text; of an {% if %} its tag */
  MosExpression *expression; /* of a value */
  GArray *branches;          /* of an if: of MosTemplateBranch */
} MosTemplateNode;

struct _MosTemplate
{
  char *text;
  gboolean is_cut; /* @text is but the beginning */
  GPtrArray *nodes;
  GPtrArray *problems;
  GPtrArray *expressions; /* (borrowed) all of them, in their order */
};

extern const char *const mos_filter_names[MOS_N_FILTERS];

/** mos_filter_check: whether the filter takes @argument (nullable) */
gboolean mos_filter_check (MosFilterKind kind, const char *argument);
/** mos_filter_is_of_missing: whether it is about what is missing: the others make something of a value */
gboolean mos_filter_is_of_missing (MosFilterKind kind);
/**
 * mos_filter_apply:
 * @value: (inout): changed to what the filter makes of it
 *
 * Returns: %FALSE when it cannot be read so
 */
gboolean mos_filter_apply (const MosFilter *filter, const MosTemplateContext *context, gboolean is_answer, MosTemplateValue *value);
/** mos_template_value_dup_shown: Returns: (transfer full): @value as the customer reads it; "" for one that is missing */
char *mos_template_value_dup_shown (const MosTemplateValue *value, const MosTemplateContext *context);

/** mos_template_add_problem: @detail: not terminated, @detail_len bytes. Returns: (transfer none) */
MosTemplateProblem *mos_template_add_problem (MosTemplate *self, MosTemplateProblemKind kind, gsize start, gsize end, const char *detail, gsize detail_len);
/** mos_template_place_problems: brings them in the order of the text, and says in which line and column each is; after the last one was added */
void mos_template_place_problems (MosTemplate *self);

G_END_DECLS

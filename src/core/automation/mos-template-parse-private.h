/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-template-private.h"

G_BEGIN_DECLS

/* Shared by the files that read a template: its words (mos-template-lexer.c), what stands in a tag (mos-template-expression.c), tags and the
 * text between them (mos-template-parse.c). */

/* Kinds of quotation marks. */
#define MOS_TEMPLATE_N_MARKS 5
/* Of conditions in one another, and of parentheses in a condition. */
#define MOS_TEMPLATE_MAX_DEPTH 32

typedef struct
{
  MosTemplate *self;
  const char *text;
  const char *s;
  const char *limit;                          /* of the text */
  const char *tag_end;                        /* of the tag that is read: where its "}}" or "%}" is */
  gboolean is_unclosed[MOS_TEMPLATE_N_MARKS]; /* nothing of the rest ends a string that such a mark begins */
  guint depth;
  gboolean has_failed; /* in this tag */
} MosTemplateParser;

/* --- mos-template-tree.c --- */

/** mos_template_expression_new: Returns: (transfer full): one without filters, and of no kind yet */
MosExpression *mos_template_expression_new (void);
void mos_template_expression_free (MosExpression *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosExpression, mos_template_expression_free)
void mos_template_test_free (MosTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTest, mos_template_test_free)
/* For arrays of them. */
void mos_template_node_free (gpointer data);
void mos_template_branch_clear (gpointer data);
void mos_template_problem_free (gpointer data);

/* --- mos-template-lexer.c --- */

/** mos_template_parser_fail: one problem a tag: those behind it are mostly its echoes */
void mos_template_parser_fail (MosTemplateParser *p, MosTemplateProblemKind kind, const char *start, const char *end);
/** mos_template_parser_fail_here: about the next thing in the tag, which may not stand there */
void mos_template_parser_fail_here (MosTemplateParser *p);
/** mos_template_is_word: whether @c may be in a word */
gboolean mos_template_is_word (char c);
void mos_template_parser_skip_blanks (MosTemplateParser *p);
/** mos_template_parser_take, _take_word: goes past @sign, or past @word where it ends there; %FALSE, and stays, where it is not next */
gboolean mos_template_parser_take (MosTemplateParser *p, const char *sign);
gboolean mos_template_parser_take_word (MosTemplateParser *p, const char *word);
/** mos_template_parser_read_string, _number, _word, _name: Returns: (transfer full) (nullable): %NULL where none is next; of a string without its end with a problem */
char *mos_template_parser_read_string (MosTemplateParser *p);
char *mos_template_parser_read_number (MosTemplateParser *p);
char *mos_template_parser_read_word (MosTemplateParser *p);
char *mos_template_parser_read_name (MosTemplateParser *p);
/** mos_template_parser_find_tag: Returns: (nullable): the next "{{" or "{%" */
const char *mos_template_parser_find_tag (const char *s);
/** mos_template_parser_find_tag_end: Returns: (nullable): where the tag at @start ends. What stands in quotation marks is none of it */
const char *mos_template_parser_find_tag_end (MosTemplateParser *p, const char *start);

/* --- mos-template-expression.c --- */

/** mos_template_parser_read_expression: Returns: (transfer full) (nullable): a value with its filters; %NULL with a problem */
MosExpression *mos_template_parser_read_expression (MosTemplateParser *p);
/** mos_template_parser_read_test: Returns: (transfer full) (nullable): a condition; %NULL with a problem */
MosTest *mos_template_parser_read_test (MosTemplateParser *p);

G_END_DECLS

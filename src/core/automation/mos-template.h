/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The language of macros (behaviour.md §2.3). Pure functions; any thread.
 *
 *   text       = { anything | "{{" value "}}" | "{%" "if" condition "%}" text { "{%" "elif" condition "%}" text } [ "{%" "else" "%}" text ] "{%" "endif" "%}" }
 *   value      = ( name | "ask" ":" string { "," string } | literal ) { "|" filter }
 *   name       = word { "." word }
 *   filter     = word [ ":" argument ]
 *   argument   = string | number | word
 *   condition  = condition "or" condition | condition "and" condition | "not" condition | "(" condition ")"
 *              | value [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" ) value ]
 *   literal    = string | number | "true" | "false"
 *   string     = '"' … '"' | "'" … "'" | '“' … '”' | '„' … '“' | '«' … '»'      with \" \' \\ and \n
 *
 * A tag of a condition that stands alone in its line takes the line with it. What looks like a tag in a literal is text: {{"{{"}}.
 * Only the macro is read as a template, once; what its names stand for is put in afterwards and never read as one.
 *
 * Filters: default:"x" · if_missing:stop|blank · upper · lower · capitalize · first_word · trim · truncate:N · date[:short|medium|long|full]
 *          · time[:short|medium] · datetime[:…] · number[:digits] · money[:"EUR"] */

/* --- values --- */

typedef enum
{
  MOS_TEMPLATE_MISSING,   /* nobody knows it */
  MOS_TEMPLATE_AMBIGUOUS, /* there are several: somebody has to choose */
  MOS_TEMPLATE_TEXT,
  MOS_TEMPLATE_NUMBER,
  MOS_TEMPLATE_MONEY,
  MOS_TEMPLATE_TIME,
  MOS_TEMPLATE_FLAG,
} MosTemplateValueKind;

/**
 * MosTemplateValue:
 * @text: (owned) (nullable): of a text; of a number or an amount its decimal, "1234.50"
 * @currency: (owned) (nullable): of an amount: ISO 4217
 * @us: of a time: microseconds UTC
 * @flag: of a flag
 */
typedef struct
{
  MosTemplateValueKind kind;
  char *text;
  char *currency;
  gint64 us;
  gboolean flag;
} MosTemplateValue;

void mos_template_value_clear (MosTemplateValue *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosTemplateValue, mos_template_value_clear)
/** mos_template_value_set_text: @text: (nullable): %NULL or "" = missing */
void mos_template_value_set_text (MosTemplateValue *self, const char *text);
/** mos_template_value_set_number: @decimal: (nullable): what is none is missing */
void mos_template_value_set_number (MosTemplateValue *self, const char *decimal);
/** mos_template_value_set_money: @currency: (nullable): %NULL or "" = that of the context */
void mos_template_value_set_money (MosTemplateValue *self, const char *decimal, const char *currency);
/** mos_template_value_set_time: @us: 0 = missing */
void mos_template_value_set_time (MosTemplateValue *self, gint64 us);
void mos_template_value_set_flag (MosTemplateValue *self, gboolean flag);
void mos_template_value_set_ambiguous (MosTemplateValue *self);

/* --- templates --- */

typedef enum
{
  MOS_TEMPLATE_PROBLEM_OPEN_TAG,       /* "{{" or "{%" without its end */
  MOS_TEMPLATE_PROBLEM_OPEN_STRING,    /* a quotation mark without the other */
  MOS_TEMPLATE_PROBLEM_EMPTY_TAG,      /* nothing in it */
  MOS_TEMPLATE_PROBLEM_UNEXPECTED,     /* @detail is not what may stand here */
  MOS_TEMPLATE_PROBLEM_UNKNOWN_TAG,    /* {% @detail … %} is none */
  MOS_TEMPLATE_PROBLEM_UNKNOWN_FILTER, /* @detail is none */
  MOS_TEMPLATE_PROBLEM_UNKNOWN_NAME,   /* nothing is called @detail */
  MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, /* the filter @detail does not take this */
  MOS_TEMPLATE_PROBLEM_NO_QUESTION,    /* "ask" without a text to ask */
  MOS_TEMPLATE_PROBLEM_IF_WITHOUT_END, /* an {% if %} without its {% endif %} */
  MOS_TEMPLATE_PROBLEM_END_WITHOUT_IF, /* {% @detail %} without an {% if %} before it */
  MOS_TEMPLATE_PROBLEM_BEHIND_ELSE,    /* a second {% else %}, or {% elif %} behind it */
  MOS_TEMPLATE_PROBLEM_TOO_DEEP,       /* more conditions in one another than anybody writes */
  MOS_TEMPLATE_PROBLEM_TOO_LONG,       /* the text, cut at @start */
} MosTemplateProblemKind;

/**
 * MosTemplateProblem: what has to be mended before the template says what it should.
 * @start, @end: bytes of the text; @end may equal @start
 * @line, @column: of @start, from 1; the column in characters
 * @detail: (nullable): the words it is about, as they were written
 * @suggestion: (nullable): what was probably meant
 */
typedef struct
{
  MosTemplateProblemKind kind;
  gsize start;
  gsize end;
  guint line;
  guint column;
  char *detail;
  char *suggestion;
} MosTemplateProblem;

/**
 * MosTemplateQuestion: what the person who answers is asked before the text stands.
 * @text: the question; it is also the key of its answer
 * @kind: what the answer is: a text, a number, an amount or a time, by the filters behind it
 * @choices: (nullable): the answers to choose from, ended by %NULL
 */
typedef struct
{
  char *text;
  MosTemplateValueKind kind;
  GStrv choices;
} MosTemplateQuestion;

/**
 * mos_template_question_takes:
 * @answer: not empty
 * @locale: of who answers
 *
 * Whether @answer is what is asked for: one of the choices; a number, an amount or a time that can be read. What is not counts as no answer when a macro is filled in.
 */
gboolean mos_template_question_takes (const MosTemplateQuestion *question, const char *answer, const char *locale, GTimeZone *tz);

typedef struct _MosTemplate MosTemplate;

/**
 * mos_template_parse:
 *
 * Never fails: what cannot be understood is a problem, the rest is still good for a preview. Texts beyond 64 KiB are cut.
 *
 * Returns: (transfer full)
 */
MosTemplate *mos_template_parse (const char *text);
void mos_template_free (MosTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTemplate, mos_template_free)

/** mos_template_get_problems: Returns: (transfer none) (element-type MosTemplateProblem): in the order of the text */
GPtrArray *mos_template_get_problems (MosTemplate *self);
/** mos_template_check_names: adds a problem for each name that is not in @known; @known: (array zero-terminated=1): "customer.name" or, of all that begins so, "customer.field." */
void mos_template_check_names (MosTemplate *self, const char *const *known);
/** mos_template_list_names: Returns: (transfer full): the names it asks for, each once, in their order */
GStrv mos_template_list_names (MosTemplate *self);
/** mos_template_list_questions: Returns: (transfer full) (element-type MosTemplateQuestion): each once, in their order */
GPtrArray *mos_template_list_questions (MosTemplate *self);

/* --- rendering --- */

typedef enum
{
  MOS_TEMPLATE_SPAN_VALUE,      /* what a name stands for */
  MOS_TEMPLATE_SPAN_MISSING,    /* a name without a value and without a default */
  MOS_TEMPLATE_SPAN_AMBIGUOUS,  /* a name with several */
  MOS_TEMPLATE_SPAN_UNANSWERED, /* a question nobody has answered */
  MOS_TEMPLATE_SPAN_UNREADABLE, /* an answer or a value that its filter cannot read: no amount, no date */
  MOS_TEMPLATE_SPAN_PROBLEM,    /* the template is wrong here */
} MosTemplateSpanKind;

/**
 * MosTemplateSpan:
 * @start, @end: bytes of the rendering's text. All but a value show their source there (an ambiguous name in a condition: nothing)
 * @source: the tag as it was written, "{{…}}": what the text is turned back to when a macro is made of it; "…" of what was cut at the end
 * @name: the name or the question
 */
typedef struct
{
  MosTemplateSpanKind kind;
  gsize start;
  gsize end;
  char *source;
  char *name;
} MosTemplateSpan;

/**
 * MosRendering:
 * @text: as it will be sent, once nothing is unresolved
 * @spans: (element-type MosTemplateSpan): in their order
 * @n_unresolved: the spans that are no value: nothing may be sent before it is 0
 * @is_cut: the text has grown beyond 256 KiB and was cut; its last span is a problem then, as it is where the template was cut
 */
typedef struct
{
  char *text;
  GPtrArray *spans;
  guint n_unresolved;
  gboolean is_cut;
} MosRendering;

void mos_rendering_free (MosRendering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosRendering, mos_rendering_free)

/** MosTemplateLookupFunc: sets @ret_value (which is missing before) to what @name stands for */
typedef void (*MosTemplateLookupFunc) (const char *name, MosTemplateValue *ret_value, gpointer user_data);
/** MosTemplateAnswerFunc: Returns: (transfer none) (nullable): the answer to @question; %NULL or "" = not yet */
typedef const char *(*MosTemplateAnswerFunc) (const char *question, gpointer user_data);
/** MosTemplateEscapeFunc: Returns: (transfer full): a value, so that it reads as it is in the text's format */
typedef char *(*MosTemplateEscapeFunc) (const char *value);

/**
 * MosTemplateContext:
 * @answer: (nullable): no question is answered
 * @user_data: of @lookup and @answer
 * @locale: of the customer, as mos-locale.h takes it
 * @asked_locale: (nullable): of the person who answers questions, in whose manner amounts are typed; %NULL = @locale
 * @tz: (nullable): of the customer's clock; %NULL = this computer's
 * @currency: (nullable): of amounts that have none
 * @escape: (nullable): %NULL in plain text
 */
typedef struct
{
  MosTemplateLookupFunc lookup;
  MosTemplateAnswerFunc answer;
  gpointer user_data;
  const char *locale;
  const char *asked_locale;
  GTimeZone *tz;
  const char *currency;
  MosTemplateEscapeFunc escape;
} MosTemplateContext;

/** mos_template_render: Returns: (transfer full): never fails; @context is borrowed for the call */
MosRendering *mos_template_render (MosTemplate *self, const MosTemplateContext *context);

G_END_DECLS

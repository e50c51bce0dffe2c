/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-template.h"
#include "core/desk/mos-macro-facts.h"
#include "core/values/mos-macro-plan.h"

G_BEGIN_DECLS

/* A macro, made ready for one conversation. Pure functions over values; any thread. */

/** mos_macro_list_languages: Returns: (transfer full): in which languages a text is wanted: the customer's, that of who answers, @language (nullable: of the desk), English */
GStrv mos_macro_list_languages (const MosMacroFacts *facts, const char *language);

/**
 * MosMacroFilled: a macro, made ready for one conversation.
 * @text: (nullable): %NULL where it has none; without blank lines at its end
 * @language: of the text; "" where it has none
 * @plan: its use, its actions with their notes filled in, and what in @text only looks like a tag
 * @missing: (element-type utf8): the tags that are not filled in, of text and notes, each once; nothing may be sent while they are there
 * @is_order_unclear: one of them because there are several orders, and nobody said which is meant
 */
typedef struct
{
  char *text;
  char *language;
  MosMacroPlan *plan;
  GPtrArray *missing;
  gboolean is_order_unclear;
} MosMacroFilled;
MOS_DECLARE_VALUE (MosMacroFilled, macro_filled)

/**
 * MosMacroFilling: how a macro is filled in
 * @facts: what is known of the conversation
 * @languages: (array zero-terminated=1): of the text, in the order in which they are wanted
 * @answers: (nullable): question -> answer
 * @asked_locale: (nullable): of who answered
 * @is_marked: whether the text goes where marks are understood (mos-markup.h)
 */
typedef struct
{
  MosMacroFacts *facts;
  const char *const *languages;
  GHashTable *answers;
  const char *asked_locale;
  gboolean is_marked;
} MosMacroFilling;

/** mos_macro_fill: Returns: (transfer full): never fails. Values are data: what looks like a tag or a mark in them stays text */
MosMacroFilled *mos_macro_fill (const MosMacro *macro, const MosMacroFilling *filling);
/** mos_macro_list_questions: Returns: (transfer full) (element-type MosTemplateQuestion): what a person is asked before the macro stands, each once */
GPtrArray *mos_macro_list_questions (const MosMacro *macro, const char *const *languages);

/*
 * Many customers at once have many languages, and each text has questions of its own words. Asked is what the text in the language of who answers asks;
 * a question of another text that is the only one of its kind there and here is the same. What is not the same for sure is asked, too.
 */

/** mos_macro_list_questions_of_all: Returns: (transfer full) (element-type MosTemplateQuestion): as mos_macro_list_questions(), for all texts */
GPtrArray *mos_macro_list_questions_of_all (const MosMacro *macro, const char *const *languages);
/** mos_macro_has_question: Returns: whether any of its texts or notes, in whatever language, asks @question */
gboolean mos_macro_has_question (const MosMacro *macro, const char *question);
/** mos_macro_spread_answers: @answers: question -> answer, to those of mos_macro_list_questions_of_all(). Returns: (transfer full): with those of the other texts */
GHashTable *mos_macro_spread_answers (const MosMacro *macro, const char *const *languages, GHashTable *answers);

G_END_DECLS

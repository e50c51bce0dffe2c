/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-fill.h"

#include "core/desk/mos-macro-facts-private.h"
#include "core/mail/mime/mos-markup.h"
#include "core/shops/mos-shop.h"
#include "core/values/mos-macro-order.h"

#include <string.h>

static void
mos_macro_filled_clear (MosMacroFilled *self)
{
  g_free (self->text);
  g_free (self->language);
  g_clear_pointer (&self->plan, mos_macro_plan_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMacroFilled, macro_filled)

GStrv
mos_macro_list_languages (const MosMacroFacts *facts,
                          const char *language)
{
  const char *const wanted[] = { facts->language, facts->agent != NULL ? facts->agent->language : NULL, language, "en" };
  g_autoptr (GPtrArray) languages = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      char *folded = mos_macro_fold_language (wanted[i]);

      if (*folded == '\0' || g_ptr_array_find_with_equal_func (languages, folded, g_str_equal, NULL))
        g_free (folded);
      else
        g_ptr_array_add (languages, folded);
    }
  return (GStrv) g_ptr_array_steal (languages, NULL);
}

/* --- filling in --- */

/* mos_template_render() hands one pointer to both. */
typedef struct
{
  const MosMacroFilling *filling;
  const char *locale;
  GTimeZone *tz;
} Way;

static void
look_up (const char *name,
         MosTemplateValue *ret_value,
         gpointer user_data)
{
  mos_macro_facts_look_up (name, ret_value, ((Way *) user_data)->filling->facts);
}

static const char *
answer (const char *question,
        gpointer user_data)
{
  GHashTable *answers = ((Way *) user_data)->filling->answers;

  return answers != NULL ? g_hash_table_lookup (answers, question) : NULL;
}

static void
add_missing (MosMacroFilled *filled,
             MosRendering *rendering)
{
  for (guint i = 0; i < rendering->spans->len; i++)
    {
      MosTemplateSpan *span = rendering->spans->pdata[i];

      filled->is_order_unclear = filled->is_order_unclear || span->kind == MOS_TEMPLATE_SPAN_AMBIGUOUS;
      if (span->kind != MOS_TEMPLATE_SPAN_VALUE && !g_ptr_array_find_with_equal_func (filled->missing, span->source, g_str_equal, NULL))
        g_ptr_array_add (filled->missing, g_strdup (span->source));
    }
}

/* A text with more of them, or with longer ones, is no letter to anybody but work for nothing: what is beyond counts as not filled in. */
#define MAX_LITERALS 500
#define MAX_LITERAL 1000

/* The span in whose text byte @at lies. */
static const MosTemplateSpan *
find_span (MosRendering *rendering,
           gsize at)
{
  for (guint i = 0; i < rendering->spans->len; i++)
    {
      const MosTemplateSpan *span = rendering->spans->pdata[i];

      if (span->start <= at && at < span->end)
        return span;
    }
  return NULL;
}

/* As it stands in a text with marks, and as in one without. */
static void
add_literal (MosMacroPlan *plan,
             char *literal /* (transfer full) */)
{
  char *plain = mos_markup_to_plain (literal);

  g_ptr_array_add (plan->literals, plain);
  if (strcmp (plain, literal) != 0)
    g_ptr_array_add (plan->literals, literal);
  else
    g_free (literal);
}

/* What in the text looks like a tag without being one: of a value no more than the value, else to the end of the line. */
static void
add_literals (MosMacroFilled *filled,
              MosRendering *rendering)
{
  for (const char *tag = mos_macro_next_tag (rendering->text); tag != NULL && filled->plan->literals->len < MAX_LITERALS; tag = mos_macro_next_tag (tag + 2))
    {
      gsize at = (gsize) (tag - rendering->text);
      gsize end = at + strcspn (tag, "\n");
      const MosTemplateSpan *span = find_span (rendering, at);

      if (span != NULL && span->kind != MOS_TEMPLATE_SPAN_VALUE)
        continue;
      if (span != NULL)
        end = MIN (end, span->end);
      if (end - at > MAX_LITERAL)
        end = (gsize) (g_utf8_find_prev_char (rendering->text, rendering->text + at + MAX_LITERAL + 1) - rendering->text);
      add_literal (filled->plan, g_strndup (tag, end - at));
    }
}

static MosRendering *
render (Way *way,
        const char *text)
{
  g_autoptr (MosTemplate) template = mos_template_parse (text);
  const MosTemplateContext context = {
    .lookup = look_up,
    .answer = answer,
    .user_data = way,
    .locale = way->locale,
    .asked_locale = way->filling->asked_locale,
    .tz = way->tz,
    .currency = mos_macro_facts_get_currency (way->filling->facts),
    .escape = mos_markup_escape,
  };

  return mos_template_render (template, &context);
}

/* Returns: (nullable): the template of a note, on the conversation or on its order. @of_order: what is done to an order */
static const char *
note_of (const MosMacroAction *action,
         MosMacroOrder *of_order)
{
  if (action->kind == MOS_MACRO_ADD_NOTE)
    return action->value;
  if (action->kind != MOS_MACRO_ORDER || !mos_macro_order_read (action->value, of_order) || of_order->kind != MOS_ORDER_ACTION_NOTE)
    return NULL;
  return of_order->text;
}

static char *
fill_order (const MosMacroOrder *of_order,
            const MosMacroFacts *facts,
            const char *text)
{
  const MosOrder *order = facts->order;
  const MosShopAccount *shop = order != NULL ? mos_macro_facts_find_shop (facts) : NULL;
  MosOrderObstacle obstacle = mos_order_shop_find_obstacle (shop, facts->now_us);

  if (order != NULL && shop != NULL && obstacle == MOS_ORDER_OBSTACLE_NONE && (mos_shop_kind_get_actions (shop->kind) & MOS_ORDER_ACTION_MASK (of_order->kind)) == 0)
    obstacle = MOS_ORDER_OBSTACLE_LACKING;
  if (order != NULL && obstacle == MOS_ORDER_OBSTACLE_NONE)
    obstacle = mos_order_action_find_obstacle (of_order->kind, order);
  return mos_macro_order_fill (of_order, text, order, obstacle);
}

/* Notes have no marks: what had to be escaped for them is as it was. */
static void
fill_actions (const MosMacro *macro,
              Way *way,
              MosMacroFilled *filled)
{
  for (guint i = 0; i < macro->actions->len; i++)
    {
      const MosMacroAction *action = macro->actions->pdata[i];
      g_auto (MosMacroOrder) of_order = { 0 };
      const char *note = note_of (action, &of_order);
      g_autoptr (MosRendering) rendering = note != NULL ? render (way, note) : NULL;
      g_autofree char *text = rendering != NULL ? mos_markup_to_plain (rendering->text) : NULL;
      g_autofree char *value = action->kind == MOS_MACRO_ORDER ? fill_order (&of_order, way->filling->facts, text) : g_strdup (text != NULL ? text : action->value);

      mos_macro_plan_add_action (filled->plan, action->kind, value);
      if (rendering != NULL)
        {
          add_missing (filled, rendering);
          add_literals (filled, rendering);
        }
    }
}

MosMacroFilled *
mos_macro_fill (const MosMacro *macro,
                const MosMacroFilling *filling)
{
  const MosMacroText *text;
  MosMacroFilled *filled;
  g_autofree char *locale = NULL;
  g_autoptr (GTimeZone) tz = NULL;

  g_return_val_if_fail (macro != NULL && filling != NULL, NULL);

  text = mos_macro_choose_text (macro, filling->languages);
  locale = mos_macro_facts_make_locale (filling->facts, text != NULL ? text->language : NULL);
  tz = mos_macro_facts_make_tz (filling->facts);
  filled = mos_macro_filled_new ();
  filled->plan = mos_macro_plan_make ();
  filled->missing = g_ptr_array_new_with_free_func (g_free);
  filled->language = g_strdup (text != NULL ? text->language : "");
  if (macro->id != NULL)
    mos_macro_plan_add_use (filled->plan, macro->id, filled->language);
  if (text != NULL)
    {
      g_autoptr (MosRendering) rendering = render (&(Way) { filling, locale, tz }, text->text);

      filled->text = g_strchomp (filling->is_marked ? g_strdup (rendering->text) : mos_markup_to_plain (rendering->text));
      add_missing (filled, rendering);
      add_literals (filled, rendering);
    }
  fill_actions (macro, &(Way) { filling, locale, tz }, filled);
  return filled;
}

static gboolean
is_known (GPtrArray *questions,
          const char *text)
{
  for (guint i = 0; i < questions->len; i++)
    if (strcmp (((MosTemplateQuestion *) questions->pdata[i])->text, text) == 0)
      return TRUE;
  return FALSE;
}

static void
add_questions (GPtrArray *questions,
               const char *text)
{
  g_autoptr (MosTemplate) template = mos_template_parse (text);
  g_autoptr (GPtrArray) found = mos_template_list_questions (template);

  for (guint i = 0; i < found->len; i++)
    {
      if (!is_known (questions, ((MosTemplateQuestion *) found->pdata[i])->text))
        g_ptr_array_add (questions, g_ptr_array_steal_index (found, i--));
    }
}

GPtrArray *
mos_macro_list_questions (const MosMacro *macro,
                          const char *const *languages)
{
  const MosMacroText *text;
  GPtrArray *questions;
  g_autoptr (MosTemplate) template = NULL;

  g_return_val_if_fail (macro != NULL && languages != NULL, NULL);

  text = mos_macro_choose_text (macro, languages);
  template = mos_template_parse (text != NULL ? text->text : "");
  questions = mos_template_list_questions (template);
  for (guint i = 0; i < macro->actions->len; i++)
    {
      const MosMacroAction *action = macro->actions->pdata[i];

      g_auto (MosMacroOrder) of_order = { 0 };
      const char *note = note_of (action, &of_order);

      if (note != NULL)
        add_questions (questions, note);
    }
  return questions;
}

/* --- one macro in several languages --- */

static GPtrArray *
list_of_text (const MosMacroText *text)
{
  g_autoptr (MosTemplate) template = mos_template_parse (text != NULL ? text->text : "");

  return mos_template_list_questions (template);
}

static guint
count_choices (const MosTemplateQuestion *question)
{
  return question->choices != NULL ? g_strv_length (question->choices) : 0;
}

/* The one in @questions that wants an answer as @like does; %NULL where there are several. */
static const MosTemplateQuestion *
find_only (GPtrArray *questions,
           const MosTemplateQuestion *like)
{
  const MosTemplateQuestion *only = NULL;

  for (guint i = 0; i < questions->len; i++)
    {
      const MosTemplateQuestion *question = questions->pdata[i];

      if (question->kind != like->kind || count_choices (question) != count_choices (like))
        continue;
      if (only != NULL)
        return NULL;
      only = question;
    }
  return only;
}

/* What of @ours asks the same as @question of @theirs: nobody can be told the wrong thing by a translation that asks in another order. */
static const MosTemplateQuestion *
find_same (GPtrArray *ours,
           GPtrArray *theirs,
           const MosTemplateQuestion *question)
{
  for (guint i = 0; i < ours->len; i++)
    if (strcmp (((MosTemplateQuestion *) ours->pdata[i])->text, question->text) == 0)
      return ours->pdata[i];
  return find_only (theirs, question) != NULL ? find_only (ours, question) : NULL;
}

GPtrArray *
mos_macro_list_questions_of_all (const MosMacro *macro,
                                 const char *const *languages)
{
  GPtrArray *questions;
  g_autoptr (GPtrArray) ours = NULL;

  g_return_val_if_fail (macro != NULL && languages != NULL, NULL);

  questions = mos_macro_list_questions (macro, languages);
  ours = list_of_text (mos_macro_choose_text (macro, languages));
  for (guint i = 0; i < macro->texts->len; i++)
    {
      g_autoptr (GPtrArray) theirs = list_of_text (macro->texts->pdata[i]);
      g_autoptr (GPtrArray) rest = list_of_text (macro->texts->pdata[i]);

      for (guint k = 0, n = 0; k < theirs->len; k++)
        if (find_same (ours, theirs, theirs->pdata[k]) == NULL && !is_known (questions, ((MosTemplateQuestion *) theirs->pdata[k])->text))
          g_ptr_array_add (questions, g_ptr_array_steal_index (rest, k - n++));
    }
  return questions;
}

gboolean
mos_macro_has_question (const MosMacro *macro,
                        const char *question)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) questions = NULL;

  g_return_val_if_fail (macro != NULL && question != NULL, FALSE);

  /* With those of the notes */
  questions = mos_macro_list_questions (macro, none);
  for (guint i = 0; i < macro->texts->len; i++)
    add_questions (questions, ((MosMacroText *) macro->texts->pdata[i])->text);
  return is_known (questions, question);
}

GHashTable *
mos_macro_spread_answers (const MosMacro *macro,
                          const char *const *languages,
                          GHashTable *answers)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) ours = NULL;
  GHashTableIter iter;
  gpointer question, answer;

  g_return_val_if_fail (macro != NULL && languages != NULL && answers != NULL, all);

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &question, &answer))
    g_hash_table_insert (all, g_strdup (question), g_strdup (answer));
  ours = list_of_text (mos_macro_choose_text (macro, languages));
  for (guint i = 0; i < macro->texts->len; i++)
    {
      g_autoptr (GPtrArray) theirs = list_of_text (macro->texts->pdata[i]);

      for (guint k = 0; k < theirs->len; k++)
        {
          const MosTemplateQuestion *asked = theirs->pdata[k];
          const MosTemplateQuestion *same = find_same (ours, theirs, asked);
          const char *said = same != NULL ? g_hash_table_lookup (answers, same->text) : NULL;

          if (said == NULL || g_hash_table_contains (all, asked->text))
            continue;
          /* A choice is said in the words of its own language. */
          for (guint c = 0; c < count_choices (same); c++)
            if (strcmp (same->choices[c], said) == 0)
              {
                said = asked->choices[c];
                break;
              }
          g_hash_table_insert (all, g_strdup (asked->text), g_strdup (said));
        }
    }
  return all;
}

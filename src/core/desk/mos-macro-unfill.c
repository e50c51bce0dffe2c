/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-unfill.h"

#include "core/desk/mos-orders-here.h"
#include "core/mail/mime/mos-markup.h"

#include <string.h>

/* What is worth being a variable, the likelier one first: where two have the same value, it is the first. Not here is what is a word or a number
 * of everyday ("open", "2", "Spain"): it would be taken for one where none is meant. */
static const char *const tags[] = {
  "{{customer.first_name}}",
  "{{customer.name}}",
  "{{customer.company}}",
  "{{customer.email}}",
  "{{customer.phone}}",
  "{{order.number}}",
  "{{order.tracking_url}}",
  "{{order.tracking_number}}",
  "{{order.url}}",
  "{{order.total|money}}",
  "{{order.refunded|money}}",
  "{{order.shipped|date}}",
  "{{order.shipped|date:long}}",
  "{{order.delivered|date}}",
  "{{order.delivered|date:long}}",
  "{{order.expected|date}}",
  "{{order.expected|date:long}}",
  "{{order.created|date}}",
  "{{order.created|date:long}}",
  "{{order.carrier}}",
  "{{order.name}}",
  "{{order.address}}",
  "{{order.items}}",
  "{{shop.name}}",
  "{{shop.email}}",
  "{{shop.return_address}}",
  "{{shop.review_url}}",
  "{{agent.first_name}}",
  "{{agent.name}}",
};

typedef struct
{
  const char *tag;
  char *value; /* (owned): as it stands in the text */
  gsize len;
} Candidate;

static void
candidate_clear (gpointer data)
{
  g_free (((Candidate *) data)->value);
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Longer ones first: a whole name before the first. Of the same length, and so of the same value, the order of the table stays. */
static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a, *other = b;

  if (one->len != other->len)
    return one->len > other->len ? -1 : 1;
  return one->tag < other->tag ? -1 : one->tag > other->tag;
}

/* A single letter or a digit or two would be found everywhere. */
static gboolean
is_distinct (const char *value)
{
  glong letters = g_utf8_strlen (value, -1);

  return letters >= (strspn (value, "0123456789") == strlen (value) ? 4 : 2);
}

static GArray *
list_candidates (const MosMacroFacts *facts,
                 const char *language)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree char *locale = mos_macro_facts_make_locale (facts, language);
  g_autoptr (GTimeZone) tz = mos_macro_facts_make_tz (facts);
  const MosTemplateContext context = {
    .lookup = mos_macro_facts_look_up,
    .user_data = (gpointer) facts,
    .locale = locale,
    .tz = tz,
    .currency = mos_macro_facts_get_currency (facts),
    .escape = mos_markup_escape,
  };

  g_array_set_clear_func (candidates, candidate_clear);
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (MosTemplate) template = mos_template_parse (tags[i]);
      g_autoptr (MosRendering) rendering = mos_template_render (template, &context);
      Candidate candidate = { tags[i], NULL, 0 };

      if (rendering->n_unresolved > 0 || !is_distinct (rendering->text))
        continue;
      candidate.value = g_steal_pointer (&rendering->text);
      candidate.len = strlen (candidate.value);
      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

/* Of several orders the one whose number is in the text. Returns: (transfer none) (nullable) */
static MosOrder *
find_order (const char *text,
            const MosMacroFacts *facts)
{
  g_autofree char *folded = NULL;

  if (!facts->is_order_ambiguous || facts->orders == NULL)
    return facts->order;
  folded = g_utf8_strdown (text, -1);
  for (guint i = 0; i < facts->orders->len; i++)
    if (mos_order_is_named (facts->orders->pdata[i], folded))
      return facts->orders->pdata[i];
  return NULL;
}

/* @before: what stands before @at, "" at the begin. Returns: (nullable): what stands at @at as words of its own */
static const Candidate *
find_candidate (GArray *candidates,
                const char *text,
                const char *at)
{
  gunichar before = at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';

  if (is_letter (before) && is_letter (g_utf8_get_char (at)))
    return NULL;
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      const char *end = at + candidate->len;

      if (strncmp (at, candidate->value, candidate->len) != 0)
        continue;
      if (!is_letter (g_utf8_get_char (g_utf8_prev_char (end))) || !is_letter (g_utf8_get_char (end)))
        return candidate;
    }
  return NULL;
}

static gboolean
begins_literal (const char *at,
                GPtrArray *literals)
{
  for (guint i = 0; literals != NULL && i < literals->len; i++)
    if (g_str_has_prefix (at, literals->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Returns: bytes of the tag that begins at @at; 0 where none does */
static gsize
tag_length (const char *at)
{
  const char *end = NULL;

  if (g_str_has_prefix (at, "{{"))
    end = strstr (at, "}}");
  else if (g_str_has_prefix (at, "{%"))
    end = strstr (at, "%}");
  return end != NULL ? (gsize) (end + 2 - at) : 0;
}

char *
mos_macro_unfill (const char *text,
                  gboolean is_marked,
                  const char *language,
                  GPtrArray *literals,
                  const MosMacroFacts *facts)
{
  g_autofree char *marked = NULL;
  g_autoptr (GArray) candidates = NULL;
  GString *out;
  MosMacroFacts with;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  /* A view of the facts for the call: nothing in it is owned. */
  with = *facts;
  with.order = find_order (text, facts);
  with.is_order_ambiguous = with.order == NULL && facts->is_order_ambiguous;
  candidates = list_candidates (&with, language);
  marked = is_marked ? g_strdup (text) : mos_markup_escape (text);
  out = g_string_new (NULL);
  for (const char *at = marked; *at != '\0';)
    {
      const Candidate *candidate;
      gsize length;

      if ((g_str_has_prefix (at, "{{") || g_str_has_prefix (at, "{%")) && begins_literal (at, literals))
        {
          g_string_append_printf (out, "{{\"%.2s\"}}", at);
          at += 2;
          continue;
        }
      length = tag_length (at);
      if (length > 0)
        {
          g_string_append_len (out, at, (gssize) length);
          at += length;
          continue;
        }
      candidate = find_candidate (candidates, marked, at);
      if (candidate != NULL)
        {
          g_string_append (out, candidate->tag);
          at += candidate->len;
          continue;
        }
      g_string_append_len (out, at, g_utf8_next_char (at) - at);
      at = g_utf8_next_char (at);
    }
  return g_string_free (out, FALSE);
}

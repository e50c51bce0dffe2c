/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-private.h"

#include "core/base/mos-locale.h"
#include "core/base/mos-time.h"

#include <string.h>

#define MAX_OUT (256 * 1024)

typedef struct
{
  MosTemplate *self;
  const MosTemplateContext *context;
  GString *out;
  MosRendering *rendering;
} Renderer;

static void
span_free (gpointer data)
{
  MosTemplateSpan *span = data;

  g_free (span->source);
  g_free (span->name);
  g_free (span);
}

void
mos_rendering_free (MosRendering *self)
{
  g_free (self->text);
  g_ptr_array_unref (self->spans);
  g_free (self);
}

/* --- values --- */

typedef enum
{
  OUTCOME_VALUE,
  OUTCOME_BLANK, /* missing, and asked to be nothing then */
  OUTCOME_MISSING,
  OUTCOME_AMBIGUOUS,
  OUTCOME_UNANSWERED,
  OUTCOME_UNREADABLE,
} Outcome;

static void
look_up (const MosExpression *expression,
         const MosTemplateContext *context,
         MosTemplateValue *value)
{
  switch (expression->kind)
    {
    case MOS_EXPRESSION_NAME:
      if (context->lookup != NULL)
        context->lookup (expression->name, value, context->user_data);
      break;
    case MOS_EXPRESSION_ASK:
      if (context->answer != NULL)
        mos_template_value_set_text (value, context->answer (expression->name, context->user_data));
      break;
    case MOS_EXPRESSION_LITERAL:
    default:
      value->kind = expression->literal.kind;
      value->text = g_strdup (expression->literal.text);
      value->flag = expression->literal.flag;
    }
}

/* @value: (out caller-allocates): what @expression stands for with its filters. */
static Outcome
evaluate (const MosExpression *expression,
          const MosTemplateContext *context,
          MosTemplateValue *value)
{
  gboolean is_default = FALSE;

  look_up (expression, context, value);
  if (value->kind == MOS_TEMPLATE_AMBIGUOUS)
    return OUTCOME_AMBIGUOUS;
  for (guint i = 0; i < expression->filters->len; i++)
    {
      const MosFilter *filter = &g_array_index (expression->filters, MosFilter, i);

      if (mos_filter_is_of_missing (filter->kind))
        {
          if (value->kind != MOS_TEMPLATE_MISSING)
            continue;
          if (filter->kind == MOS_FILTER_IF_MISSING)
            return strcmp (filter->argument, "blank") == 0 ? OUTCOME_BLANK : OUTCOME_MISSING;
          if (*filter->argument == '\0')
            return OUTCOME_BLANK;
          mos_template_value_set_text (value, filter->argument);
          is_default = TRUE;
          continue;
        }
      /* Words for a missing date are no date; a text filter takes them as any. */
      if (value->kind == MOS_TEMPLATE_MISSING || (is_default && filter->kind >= MOS_FILTER_DATE))
        continue;
      if (!mos_filter_apply (filter, context, expression->kind == MOS_EXPRESSION_ASK, value))
        return OUTCOME_UNREADABLE;
    }
  if (value->kind == MOS_TEMPLATE_MISSING)
    return expression->kind == MOS_EXPRESSION_ASK ? OUTCOME_UNANSWERED : OUTCOME_MISSING;
  return OUTCOME_VALUE;
}

/* --- out --- */

static void
append (Renderer *r,
        const char *text,
        gsize len)
{
  if (r->rendering->is_cut)
    return;
  if (r->out->len + len > MAX_OUT)
    {
      gsize left = MAX_OUT - r->out->len;

      while (left > 0 && (text[left] & 0xc0) == 0x80)
        left--;
      len = left;
      r->rendering->is_cut = TRUE;
    }
  g_string_append_len (r->out, text, (gssize) len);
}

static char *
dup_source (Renderer *r,
            const MosTemplateNode *node)
{
  return g_strndup (r->self->text + node->start, node->end - node->start);
}

static void
add_span (Renderer *r,
          MosTemplateSpanKind kind,
          char *source /* (transfer full) */,
          const char *name,
          gsize start)
{
  MosTemplateSpan *span = g_new0 (MosTemplateSpan, 1);

  span->kind = kind;
  span->start = start;
  span->end = r->out->len;
  span->source = source;
  span->name = g_strdup (name);
  g_ptr_array_add (r->rendering->spans, span);
  if (kind != MOS_TEMPLATE_SPAN_VALUE)
    r->rendering->n_unresolved++;
}

static MosTemplateSpanKind
span_of (Outcome outcome)
{
  static const MosTemplateSpanKind kinds[] = {
    [OUTCOME_VALUE] = MOS_TEMPLATE_SPAN_VALUE,
    [OUTCOME_BLANK] = MOS_TEMPLATE_SPAN_VALUE,
    [OUTCOME_MISSING] = MOS_TEMPLATE_SPAN_MISSING,
    [OUTCOME_AMBIGUOUS] = MOS_TEMPLATE_SPAN_AMBIGUOUS,
    [OUTCOME_UNANSWERED] = MOS_TEMPLATE_SPAN_UNANSWERED,
    [OUTCOME_UNREADABLE] = MOS_TEMPLATE_SPAN_UNREADABLE,
  };

  return kinds[outcome];
}

static void
render_value (Renderer *r,
              const MosTemplateNode *node)
{
  g_auto (MosTemplateValue) value = { 0 };
  const MosExpression *expression = node->expression;
  Outcome outcome = evaluate (expression, r->context, &value);
  gsize start = r->out->len;

  if (outcome == OUTCOME_VALUE)
    {
      g_autofree char *shown = mos_template_value_dup_shown (&value, r->context);
      g_autofree char *valid = g_utf8_make_valid (shown, -1);
      /* What stands in a macro's own quotation marks is its text: marks in it are meant. */
      gboolean is_own = expression->kind == MOS_EXPRESSION_LITERAL;
      g_autofree char *escaped = r->context->escape != NULL && !is_own ? r->context->escape (valid) : NULL;
      const char *text = escaped != NULL ? escaped : valid;

      append (r, text, strlen (text));
      if (is_own)
        return;
    }
  else if (outcome != OUTCOME_BLANK)
    append (r, r->self->text + node->start, node->end - node->start);
  add_span (r, span_of (outcome), dup_source (r, node), expression->name, start);
}

/* --- conditions --- */

typedef struct
{
  Renderer *r;
  const MosTemplateNode *node;
} Testing;

/* One that has to be chosen or answered first is told, and counts as missing until then. */
static void
test_value (Testing *testing,
            const MosExpression *expression,
            MosTemplateValue *value)
{
  Outcome outcome = evaluate (expression, testing->r->context, value);

  if (outcome == OUTCOME_AMBIGUOUS || outcome == OUTCOME_UNANSWERED || outcome == OUTCOME_UNREADABLE)
    add_span (testing->r, span_of (outcome), dup_source (testing->r, testing->node), expression->name, testing->r->out->len);
  if (outcome != OUTCOME_VALUE)
    mos_template_value_clear (value);
}

static gboolean
is_true (const MosTemplateValue *value)
{
  switch (value->kind)
    {
    case MOS_TEMPLATE_FLAG:
      return value->flag;
    case MOS_TEMPLATE_NUMBER:
    case MOS_TEMPLATE_MONEY:
      return mos_locale_compare_decimal (value->text, "0") != 0;
    case MOS_TEMPLATE_TEXT:
      return *value->text != '\0';
    case MOS_TEMPLATE_TIME:
      return TRUE;
    case MOS_TEMPLATE_MISSING:
    case MOS_TEMPLATE_AMBIGUOUS:
    default:
      return FALSE;
    }
}

static gboolean
is_amount (const MosTemplateValue *value)
{
  return value->kind == MOS_TEMPLATE_NUMBER || value->kind == MOS_TEMPLATE_MONEY;
}

/* A text that says a number or a time, beside one that is. */
static gboolean
as_amount (const MosTemplateValue *value)
{
  return is_amount (value) || (value->kind == MOS_TEMPLATE_TEXT && mos_locale_is_decimal (value->text));
}

static gint64
as_time (const MosTemplateValue *value,
         GTimeZone *tz)
{
  if (value->kind == MOS_TEMPLATE_TEXT)
    return mos_time_parse (value->text, tz);
  return value->kind == MOS_TEMPLATE_TIME ? value->us : 0;
}

static char *
as_folded (const MosTemplateValue *value)
{
  g_autofree char *normal = NULL;

  switch (value->kind)
    {
    case MOS_TEMPLATE_TEXT:
    case MOS_TEMPLATE_NUMBER:
    case MOS_TEMPLATE_MONEY:
      normal = g_utf8_normalize (value->text, -1, G_NORMALIZE_ALL_COMPOSE);
      return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
    case MOS_TEMPLATE_FLAG:
      return g_strdup (value->flag ? "true" : "false");
    case MOS_TEMPLATE_MISSING:
    case MOS_TEMPLATE_AMBIGUOUS:
    case MOS_TEMPLATE_TIME:
    default:
      return g_strdup ("");
    }
}

/* Returns: whether both can be put in an order. Amounts of two currencies cannot. */
static gboolean
order_of (const MosTemplateValue *a,
          const MosTemplateValue *b,
          const MosTemplateContext *context,
          int *ret_order)
{
  if ((is_amount (a) || is_amount (b)) && as_amount (a) && as_amount (b))
    {
      if (a->currency != NULL && b->currency != NULL && g_ascii_strcasecmp (a->currency, b->currency) != 0)
        return FALSE;
      *ret_order = mos_locale_compare_decimal (a->text, b->text);
      return TRUE;
    }
  if (a->kind == MOS_TEMPLATE_TIME || b->kind == MOS_TEMPLATE_TIME)
    {
      gint64 x = as_time (a, context->tz), y = as_time (b, context->tz);

      *ret_order = x < y ? -1 : x > y;
      return x != 0 && y != 0;
    }
  return FALSE;
}

static gboolean
compare (Testing *testing,
         const MosTest *test)
{
  g_auto (MosTemplateValue) a = { 0 }, b = { 0 };
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  int order;
  gboolean has_order;

  test_value (testing, test->a, &a);
  if (test->kind == MOS_TEST_IS_SET)
    return is_true (&a);
  test_value (testing, test->b, &b);
  has_order = order_of (&a, &b, testing->r->context, &order);
  x = as_folded (&a);
  y = as_folded (&b);
  switch (test->kind)
    {
    case MOS_TEST_EQUAL:
      return has_order ? order == 0 : strcmp (x, y) == 0;
    case MOS_TEST_UNEQUAL:
      return has_order ? order != 0 : strcmp (x, y) != 0;
    case MOS_TEST_LESS:
      return has_order && order < 0;
    case MOS_TEST_LESS_EQUAL:
      return has_order && order <= 0;
    case MOS_TEST_GREATER:
      return has_order && order > 0;
    case MOS_TEST_GREATER_EQUAL:
      return has_order && order >= 0;
    case MOS_TEST_CONTAINS:
      return *y != '\0' && strstr (x, y) != NULL;
    case MOS_TEST_OR:
    case MOS_TEST_AND:
    case MOS_TEST_NOT:
    case MOS_TEST_IS_SET:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
passes (Testing *testing,
        const MosTest *test)
{
  switch (test->kind)
    {
    case MOS_TEST_OR:
      return passes (testing, test->left) || passes (testing, test->right);
    case MOS_TEST_AND:
      return passes (testing, test->left) && passes (testing, test->right);
    case MOS_TEST_NOT:
      return !passes (testing, test->left);
    case MOS_TEST_IS_SET:
    case MOS_TEST_EQUAL:
    case MOS_TEST_UNEQUAL:
    case MOS_TEST_LESS:
    case MOS_TEST_LESS_EQUAL:
    case MOS_TEST_GREATER:
    case MOS_TEST_GREATER_EQUAL:
    case MOS_TEST_CONTAINS:
    default:
      return compare (testing, test);
    }
}

/* --- nodes --- */

static void
render_nodes (Renderer *r,
              GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const MosTemplateNode *node = g_ptr_array_index (nodes, i);
      Testing testing = { r, node };
      gsize start = r->out->len;

      switch (node->kind)
        {
        case MOS_TEMPLATE_NODE_TEXT:
          append (r, r->self->text + node->start, node->end - node->start);
          break;
        case MOS_TEMPLATE_NODE_VALUE:
          render_value (r, node);
          break;
        case MOS_TEMPLATE_NODE_BROKEN:
          append (r, r->self->text + node->start, node->end - node->start);
          add_span (r, MOS_TEMPLATE_SPAN_PROBLEM, dup_source (r, node), NULL, start);
          /* A condition without its end: all of it is shown. */
          for (guint b = 0; node->branches != NULL && b < node->branches->len; b++)
            render_nodes (r, g_array_index (node->branches, MosTemplateBranch, b).nodes);
          break;
        case MOS_TEMPLATE_NODE_IF:
          for (guint b = 0; b < node->branches->len; b++)
            {
              const MosTemplateBranch *branch = &g_array_index (node->branches, MosTemplateBranch, b);

              if (branch->test == NULL || passes (&testing, branch->test))
                {
                  render_nodes (r, branch->nodes);
                  break;
                }
            }
          break;
        default:
          g_return_if_reached ();
        }
    }
}

MosRendering *
mos_template_render (MosTemplate *self,
                     const MosTemplateContext *context)
{
  Renderer renderer = { 0 };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  renderer.self = self;
  renderer.context = context;
  renderer.out = g_string_new (NULL);
  renderer.rendering = g_new0 (MosRendering, 1);
  renderer.rendering->spans = g_ptr_array_new_with_free_func (span_free);
  render_nodes (&renderer, self->nodes);
  /* Without its end it says something else than was meant. */
  if (renderer.rendering->is_cut || self->is_cut)
    add_span (&renderer, MOS_TEMPLATE_SPAN_PROBLEM, g_strdup ("…"), NULL, renderer.out->len);
  renderer.rendering->text = g_string_free (renderer.out, FALSE);
  return renderer.rendering;
}

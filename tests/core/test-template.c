/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/automation/mos-template.h"
#include "mos-test.h"

#include <string.h>

/* The language of macros (mos-template.h; behaviour.md §2.3). */

/* 2024-03-05 12:00 UTC */
#define DAY_US (G_GINT64_CONSTANT (1709640000) * G_USEC_PER_SEC)

/* Longer than any value should be; what is cut of it is cut between letters. */
static char *book;

static void
look_up (const char *name,
         MosTemplateValue *value,
         gpointer user_data)
{
  const struct
  {
    const char *name;
    const char *text;
  } texts[] = {
    { "customer.name", "Ana de Vries" },
    { "customer.first_name", "Ana" },
    { "customer.empty", "" },
    { "customer.emoji", "Zoë 🌻" },
    { "customer.rtl", "ليلى" },
    { "customer.script", "<script>alert(1)</script>" },
    { "customer.sly", "{{order.number}} {% if 1 %}x{% endif %} \"}}" },
    { "customer.small", "de Vries" },
    { "customer.mc", "McDonald" },
    { "customer.marked", "*Ana*" },
    { "customer.lang", "de" },
    { "order.number", "1042" },
    { "order.country", "DE" },
    { "order.iso", "2024-03-05T12:00:00Z" },
    { "order.weight", "1.5" },
    { "order.vague", "soon" },
    { "broken.utf8", "\xff" },
    { "customer.book", book },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].name, name) == 0)
      {
        mos_template_value_set_text (value, texts[i].text);
        return;
      }
  if (strcmp (name, "order.total") == 0)
    mos_template_value_set_money (value, "1234.5", "EUR");
  else if (strcmp (name, "order.yen") == 0)
    mos_template_value_set_money (value, "1234.0", "JPY");
  else if (strcmp (name, "order.bare") == 0)
    mos_template_value_set_money (value, "12", NULL);
  else if (strcmp (name, "order.items_count") == 0)
    mos_template_value_set_number (value, "3");
  else if (strcmp (name, "order.created") == 0)
    mos_template_value_set_time (value, DAY_US);
  else if (strcmp (name, "order.paid") == 0)
    mos_template_value_set_flag (value, TRUE);
  else if (strcmp (name, "order.returned") == 0)
    mos_template_value_set_flag (value, FALSE);
  else if (g_str_has_prefix (name, "orders."))
    mos_template_value_set_ambiguous (value);
}

static const char *
answer (const char *question,
        gpointer user_data)
{
  if (strcmp (question, "Refund amount") == 0)
    return "12,50";
  if (strcmp (question, "Vague") == 0)
    return "some";
  if (strcmp (question, "When") == 0)
    return "2024-03-05";
  if (strcmp (question, "Reason") == 0)
    return "Late";
  return NULL;
}

static void
init_context (MosTemplateContext *context,
              GTimeZone *utc)
{
  memset (context, 0, sizeof *context);
  context->lookup = look_up;
  context->answer = answer;
  context->locale = "de";
  context->tz = utc;
  context->currency = "EUR";
}

/* --- what comes out --- */

static const struct
{
  const char *text;
  const char *out;
} cases[] = {
  { "", "" },
  { "Hello", "Hello" },
  { "Hello {{customer.first_name}},", "Hello Ana," },
  { "{{ customer.first_name }}", "Ana" },
  { "{{customer.first_name}}{{order.number}}", "Ana1042" },
  { "{{\ncustomer.first_name\n|upper}}", "ANA" },
  /* no tags */
  { "{ {a} } %} }} {", "{ {a} } %} }} {" },
  { "{{\"{{\"}}a}}", "{{a}}" },
  { "{{'it is \\'so\\' \\\\ \\x'}}", "it is 'so' \\ \\x" },
  { "{{\"a\\nb\"}}", "a\nb" },
  { "{{\"it\\'s “\\„so\\“”\"}}", "it's “„so“”" },
  { "{{'5\\\" it\\'s'}}", "5\" it's" },
  { "{{\"}}\"}}", "}}" },
  { "{{“late”}} {{„spät“}} {{«tard»}}", "late spät tard" },
  { "{{3.50}} {{-2}}", "3,5 -2" },

  /* defaults */
  { "{{customer.last_name|default:\"there\"}}", "there" },
  { "{{customer.first_name|default:\"there\"}}", "Ana" },
  { "{{customer.empty|default:\"there\"}}", "there" },
  { "{{customer.last_name|default:there}}", "there" },
  { "a{{customer.last_name|default:\"\"}}b", "ab" },
  { "a{{customer.last_name|if_missing:blank}}b", "ab" },
  { "{{customer.first_name|if_missing:stop}}", "Ana" },
  { "{{order.shipped|date|default:\"soon\"}}", "soon" },
  { "{{order.shipped|default:\"soon\"|date}}", "soon" },
  { "{{order.shipped|default:\"soon\"|upper}}", "SOON" },

  /* people keep the spelling of their names */
  { "{{customer.emoji}} {{customer.rtl}}", "Zoë 🌻 ليلى" },
  { "{{customer.small|capitalize}} {{customer.mc|capitalize}}", "De Vries McDonald" },
  { "{{customer.name|first_word}}", "Ana" },
  { "{{customer.name|upper}} {{customer.name|lower}}", "ANA DE VRIES ana de vries" },
  { "{{\" a \"|trim}}", "a" },
  { "{{customer.name|truncate:5}} {{customer.first_name|truncate:3}}", "Ana d… Ana" },
  { "{{customer.emoji|truncate:4}}", "Zoë…" },

  /* what a customer wrote is never a template */
  { "{{customer.sly}}", "{{order.number}} {% if 1 %}x{% endif %} \"}}" },
  { "{{customer.script}}", "<script>alert(1)</script>" },
  { "{{broken.utf8}}", "\xef\xbf\xbd" },

  /* amounts and dates as the customer writes them; the blank before the sign is one that does not break */
  { "{{order.total}}", "1.234,50\u00a0€" },
  { "{{order.total|money}}", "1.234,50\u00a0€" },
  { "{{order.yen}}", "1.234\u00a0¥" },
  { "{{order.bare}}", "12,00\u00a0€" },
  { "{{order.bare|money:\"USD\"}}", "12,00\u00a0$" },
  { "{{order.items_count}} {{order.weight|number}} {{order.weight|number:2}}", "3 1,5 1,50" },
  { "{{order.created}}", "5. März 2024" },
  { "{{order.created|date}}", "5. März 2024" },
  { "{{order.created|date:long}}", "5. März 2024" },
  { "{{order.created|date:\"short\"}}", "05.03.24" },
  { "{{order.created|date:full}}", "Dienstag, 5. März 2024" },
  { "{{order.created|time}}", "12:00" },
  { "{{order.iso|date}}", "5. März 2024" },

  /* questions */
  { "{{ask:\"Refund amount\"|money}}", "12,50\u00a0€" },
  { "{{ask:\"When\"|date:long}}", "5. März 2024" },
  { "{{ask:\"Reason\",\"Late\",\"Broken\"|lower}}", "late" },
  { "{{ask:\"Nothing\"|default:\"as agreed\"}}", "as agreed" },

  /* conditions */
  { "{% if order.country == \"DE\" %}yes{% else %}no{% endif %}", "yes" },
  { "{% if order.country == \"de\" %}yes{% else %}no{% endif %}", "yes" },
  { "{% if order.country != \"DE\" %}yes{% else %}no{% endif %}", "no" },
  { "{% if order.country == \"FR\" %}F{% elif order.country == \"DE\" %}D{% else %}?{% endif %}", "D" },
  { "{% if order.country == \"FR\" %}F{% elif order.country == \"ES\" %}E{% endif %}", "" },
  { "{%if order.paid%}paid{%endif%}{% if order.returned %}returned{% endif %}", "paid" },
  { "{% if not order.returned and order.paid %}a{% endif %}", "a" },
  { "{% if order.returned or (order.paid and not order.returned) %}a{% endif %}", "a" },
  { "{% if not order.paid or order.returned %}a{% endif %}", "" },
  /* and binds closer than or */
  { "{% if order.paid or order.returned and order.returned %}a{% endif %}", "a" },
  { "{% if order.total > 1000 %}big{% endif %}{% if order.total >= 1234.50 %}!{% endif %}{% if order.total < 1234.5 %}?{% endif %}", "big!" },
  { "{% if order.items_count == 3 %}a{% endif %}{% if order.items_count == \"3.0\" %}b{% endif %}", "ab" },
  { "{% if order.weight <= 1.5 %}a{% endif %}", "a" },
  { "{% if order.total > order.yen %}a{% endif %}{% if order.total == order.yen %}b{% endif %}", "" },
  { "{% if order.created < \"2024-03-06\" %}a{% endif %}{% if order.created > \"2024-03-06\" %}b{% endif %}", "a" },
  { "{% if customer.name contains \"VRIES\" %}a{% endif %}{% if customer.name contains \"\" %}b{% endif %}", "a" },
  { "{% if order.shipped %}a{% else %}b{% endif %}", "b" },
  { "{% if order.shipped == \"\" %}b{% endif %}{% if order.shipped > 0 %}c{% endif %}", "b" },
  { "{% if order.shipped|default:\"x\" == \"x\" %}a{% endif %}", "a" },
  { "{% if ask:\"Reason\" == \"late\" %}sorry{% endif %}", "sorry" },
  { "{% if order.paid %}{% if order.returned %}a{% else %}b{% endif %}{% endif %}", "b" },
  { "{% if true %}a{% endif %}{% if false %}b{% endif %}{% if 0 %}c{% endif %}", "a" },
  /* names that begin as words of the language do */
  { "{% if orders2 or notes %}a{% else %}b{% endif %}", "b" },

  /* a condition alone in its line takes the line with it */
  { "Hi\n{% if order.paid %}\nThank you.\n{% else %}\nPlease pay.\n{% endif %}\nBye", "Hi\nThank you.\nBye" },
  { "Hi\n  {% if order.returned %}  \nThank you.\n{% endif %}\nBye", "Hi\nBye" },
  { "Hi\r\n{% if order.paid %}\r\nThank you.\r\n{% endif %}\r\nBye", "Hi\r\nThank you.\r\nBye" },
  { "{% if order.paid %}\na\n{% endif %}", "a\n" },
  { "a {% if order.paid %}b{% endif %}\nc", "a b\nc" },
  { "{% if order.paid %}{% if order.paid %}\na\n{% endif %}{% endif %}", "\na\n" },
};

static void
test_render (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MosTemplateContext context;

  init_context (&context, utc);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosTemplate) template = mos_template_parse (cases[i].text);
      g_autoptr (MosRendering) rendering = mos_template_render (template, &context);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (mos_template_get_problems (template)->len, ==, 0);
      g_assert_cmpstr (rendering->text, ==, cases[i].out);
      g_assert_cmpuint (rendering->n_unresolved, ==, 0);
      g_assert_false (rendering->is_cut);
    }
}

/* --- what is left open --- */

static const struct
{
  const char *text;
  const char *out;
  MosTemplateSpanKind kind;
  const char *name;
  const char *shown; /* where it is, in what comes out */
} unresolved[] = {
  { "Hi {{customer.last_name}}!", "Hi {{customer.last_name}}!", MOS_TEMPLATE_SPAN_MISSING, "customer.last_name", "{{customer.last_name}}" },
  { "{{order.tracking_url|if_missing:stop}}", "{{order.tracking_url|if_missing:stop}}", MOS_TEMPLATE_SPAN_MISSING, "order.tracking_url", "{{order.tracking_url|if_missing:stop}}" },
  { "{{order.tracking_url|if_missing:stop|default:\"x\"}}", "{{order.tracking_url|if_missing:stop|default:\"x\"}}", MOS_TEMPLATE_SPAN_MISSING, "order.tracking_url", "{{order.tracking_url|if_missing:stop|default:\"x\"}}" },
  { "{{customer.empty}}", "{{customer.empty}}", MOS_TEMPLATE_SPAN_MISSING, "customer.empty", "{{customer.empty}}" },
  { "{{orders.number|default:\"x\"}}", "{{orders.number|default:\"x\"}}", MOS_TEMPLATE_SPAN_AMBIGUOUS, "orders.number", "{{orders.number|default:\"x\"}}" },
  { "a{% if orders.country == \"DE\" %}b{% endif %}c", "ac", MOS_TEMPLATE_SPAN_AMBIGUOUS, "orders.country", "" },
  { "{{ask:\"Nothing\"}}", "{{ask:\"Nothing\"}}", MOS_TEMPLATE_SPAN_UNANSWERED, "Nothing", "{{ask:\"Nothing\"}}" },
  { "a{% if ask:\"Nothing\" == \"x\" %}b{% else %}c{% endif %}", "ac", MOS_TEMPLATE_SPAN_UNANSWERED, "Nothing", "" },
  { "{{ask:\"Vague\"|money}}", "{{ask:\"Vague\"|money}}", MOS_TEMPLATE_SPAN_UNREADABLE, "Vague", "{{ask:\"Vague\"|money}}" },
  { "{{order.vague|date}}", "{{order.vague|date}}", MOS_TEMPLATE_SPAN_UNREADABLE, "order.vague", "{{order.vague|date}}" },
  { "{{order.total|date}}", "{{order.total|date}}", MOS_TEMPLATE_SPAN_UNREADABLE, "order.total", "{{order.total|date}}" },
  { "a{{customer.name|shout}}b", "a{{customer.name|shout}}b", MOS_TEMPLATE_SPAN_PROBLEM, NULL, "{{customer.name|shout}}" },
};

static void
test_unresolved (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MosTemplateContext context;

  init_context (&context, utc);
  for (gsize i = 0; i < G_N_ELEMENTS (unresolved); i++)
    {
      g_autoptr (MosTemplate) template = mos_template_parse (unresolved[i].text);
      g_autoptr (MosRendering) rendering = mos_template_render (template, &context);
      g_autofree char *shown = NULL;
      MosTemplateSpan *span;

      g_test_message ("%s", unresolved[i].text);
      g_assert_cmpstr (rendering->text, ==, unresolved[i].out);
      g_assert_cmpuint (rendering->n_unresolved, ==, 1);
      g_assert_cmpuint (rendering->spans->len, ==, 1);
      span = g_ptr_array_index (rendering->spans, 0);
      g_assert_cmpint ((int) span->kind, ==, (int) unresolved[i].kind);
      g_assert_cmpstr (span->name, ==, unresolved[i].name);
      shown = g_strndup (rendering->text + span->start, span->end - span->start);
      g_assert_cmpstr (shown, ==, unresolved[i].shown);
    }
}

static char *
escape_stars (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "*", -1);

  return g_strjoinv ("\\*", parts);
}

/* Values are made to read as they are; the macro's own text is not touched. Spans lead back to the template. */
static void
test_spans (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (MosTemplate) template = mos_template_parse ("*Hi* {{customer.marked}} {{customer.gone|default:\"*there*\"}}{{\"*!*\"}}");
  g_autoptr (MosRendering) rendering = NULL;
  g_autoptr (GString) back = g_string_new (NULL);
  MosTemplateContext context;
  gsize at = 0;

  init_context (&context, utc);
  context.escape = escape_stars;
  rendering = mos_template_render (template, &context);
  g_assert_cmpstr (rendering->text, ==, "*Hi* \\*Ana\\* \\*there\\**!*");
  g_assert_cmpuint (rendering->spans->len, ==, 2);
  for (guint i = 0; i < rendering->spans->len; i++)
    {
      MosTemplateSpan *span = g_ptr_array_index (rendering->spans, i);

      g_assert_cmpint ((int) span->kind, ==, (int) MOS_TEMPLATE_SPAN_VALUE);
      g_string_append_len (back, rendering->text + at, (gssize) (span->start - at));
      g_string_append (back, span->source);
      at = span->end;
    }
  g_string_append (back, rendering->text + at);
  g_assert_cmpstr (back->str, ==, "*Hi* {{customer.marked}} {{customer.gone|default:\"*there*\"}}*!*");
}

/* --- problems --- */

static const struct
{
  const char *text;
  MosTemplateProblemKind kind;
  guint line;
  guint column;
  const char *detail; /* (nullable): not looked at */
} problems[] = {
  { "a {{", MOS_TEMPLATE_PROBLEM_OPEN_TAG, 1, 3, "{{" },
  { "a {{customer.name", MOS_TEMPLATE_PROBLEM_OPEN_TAG, 1, 3, "{{" },
  { "é\n é{% if a", MOS_TEMPLATE_PROBLEM_OPEN_TAG, 2, 3, "{%" },
  { "{{ }}", MOS_TEMPLATE_PROBLEM_EMPTY_TAG, 1, 1, NULL },
  { "{%%}", MOS_TEMPLATE_PROBLEM_EMPTY_TAG, 1, 1, NULL },
  { "{{\"abc}}", MOS_TEMPLATE_PROBLEM_OPEN_STRING, 1, 3, NULL },
  { "{{a b}}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 5, "b" },
  { "{{a.}}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 4, "." },
  { "{{a|}}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 5, "}}" },
  { "{{é}}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 3, "é" },
  { "{{a|date:}}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 10, "}}" },
  { "{% if %}{% endif %}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 7, "%}" },
  { "{% if a == %}{% endif %}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 12, "%}" },
  { "{% if (a %}{% endif %}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 10, "%}" },
  { "{% if a = 1 %}{% endif %}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 9, "=" },
  { "{% if a %}{% else now %}{% endif %}", MOS_TEMPLATE_PROBLEM_UNEXPECTED, 1, 19, "now" },
  { "{% for x in y %}", MOS_TEMPLATE_PROBLEM_UNKNOWN_TAG, 1, 4, "for" },
  { "{% iffy %}", MOS_TEMPLATE_PROBLEM_UNKNOWN_TAG, 1, 4, "iffy" },
  { "{{a|shout}}", MOS_TEMPLATE_PROBLEM_UNKNOWN_FILTER, 1, 5, "shout" },
  { "{{a|default}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "default" },
  { "{{a|if_missing:go}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "if_missing" },
  { "{{a|upper:1}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "upper" },
  { "{{a|date:fast}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "date" },
  { "{{a|time:full}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "time" },
  { "{{a|truncate:0}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "truncate" },
  { "{{a|number:99}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "number" },
  { "{{a|money:euro}}", MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, 1, 5, "money" },
  { "{{ask}}", MOS_TEMPLATE_PROBLEM_NO_QUESTION, 1, 3, "ask" },
  { "{{ask:\" \"}}", MOS_TEMPLATE_PROBLEM_NO_QUESTION, 1, 3, NULL },
  { "a{% if a %}b", MOS_TEMPLATE_PROBLEM_IF_WITHOUT_END, 1, 2, "{% if a %}" },
  { "{% if a %}b{% else %}c", MOS_TEMPLATE_PROBLEM_IF_WITHOUT_END, 1, 1, "{% if a %}" },
  { "a{% endif %}", MOS_TEMPLATE_PROBLEM_END_WITHOUT_IF, 1, 2, "{% endif %}" },
  { "{% else %}", MOS_TEMPLATE_PROBLEM_END_WITHOUT_IF, 1, 1, "{% else %}" },
  { "{% if a %}{% else %}{% else %}{% endif %}", MOS_TEMPLATE_PROBLEM_BEHIND_ELSE, 1, 21, "{% else %}" },
  { "{% if a %}{% else %}{% elif b %}{% endif %}", MOS_TEMPLATE_PROBLEM_BEHIND_ELSE, 1, 21, "{% elif b %}" },
};

static void
test_problems (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MosTemplateContext context;

  init_context (&context, utc);
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      g_autoptr (MosTemplate) template = mos_template_parse (problems[i].text);
      g_autoptr (MosRendering) rendering = mos_template_render (template, &context);
      MosTemplateProblem *problem;

      g_test_message ("%s", problems[i].text);
      g_assert_cmpuint (mos_template_get_problems (template)->len, ==, 1);
      problem = g_ptr_array_index (mos_template_get_problems (template), 0);
      g_assert_cmpint ((int) problem->kind, ==, (int) problems[i].kind);
      g_assert_cmpuint (problem->line, ==, problems[i].line);
      g_assert_cmpuint (problem->column, ==, problems[i].column);
      g_assert_cmpuint (problem->end, >=, problem->start);
      if (problems[i].detail != NULL)
        g_assert_cmpstr (problem->detail, ==, problems[i].detail);
    }
}

/* What a preview shows of a broken template, so that nothing can be sent by it. */
static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    const char *out;
    guint n_problems;
  } broken[] = {
    { "a{{x y}}b{{customer.first_name}}", "a{{x y}}bAna", 1 },
    { "a{{x y}}b{{p q}}", "a{{x y}}b{{p q}}", 2 },
    { "a{% if order.paid %}b{{customer.first_name}}", "a{% if order.paid %}bAna", 1 },
    { "a{% if order.paid = 1 %}b{% endif %}c", "a{% if order.paid = 1 %}bc", 1 },
    { "a{% endif %}b", "a{% endif %}b", 1 },
    { "a{{b", "a{{b", 1 },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MosTemplateContext context;

  init_context (&context, utc);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (MosTemplate) template = mos_template_parse (broken[i].text);
      g_autoptr (MosRendering) rendering = mos_template_render (template, &context);

      g_assert_cmpstr (rendering->text, ==, broken[i].out);
      g_assert_cmpuint (mos_template_get_problems (template)->len, ==, broken[i].n_problems);
      g_assert_cmpuint (rendering->n_unresolved, >=, broken[i].n_problems);
    }
}

/* --- names and questions --- */

static void
test_names (void)
{
  static const char *const known[] = { "customer.first_name", "customer.name", "order.number", "customer.field.", NULL };
  g_autoptr (MosTemplate) template = mos_template_parse ("{{customer.fist_name}}\n{{customer.name}} {{Customer.Name}} {{customer.field.size}} {{customer.field}} {% if weather == order.number %}{{customer.name}}{% endif %}");
  g_auto (GStrv) names = mos_template_list_names (template);
  g_autofree char *joined = g_strjoinv (" ", names);
  g_autoptr (MosTemplate) plain = mos_template_parse ("No names");
  g_auto (GStrv) none = mos_template_list_names (plain);
  GPtrArray *found = mos_template_get_problems (template);
  static const struct
  {
    const char *detail;
    const char *suggestion;
    guint line;
    guint column;
  } expected[] = {
    { "customer.fist_name", "customer.first_name", 1, 3 },
    { "Customer.Name", "customer.name", 2, 21 },
    { "customer.field", "customer.field.", 2, 63 },
    { "weather", NULL, 2, 86 },
  };

  g_assert_cmpstr (joined, ==, "customer.fist_name customer.name Customer.Name customer.field.size customer.field weather order.number");
  g_assert_nonnull (none);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (found->len, ==, 0);
  mos_template_check_names (template, known);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < found->len; i++)
    {
      MosTemplateProblem *problem = g_ptr_array_index (found, i);

      g_assert_cmpint ((int) problem->kind, ==, (int) MOS_TEMPLATE_PROBLEM_UNKNOWN_NAME);
      g_assert_cmpstr (problem->detail, ==, expected[i].detail);
      g_assert_cmpstr (problem->suggestion, ==, expected[i].suggestion);
      g_assert_cmpuint (problem->line, ==, expected[i].line);
      g_assert_cmpuint (problem->column, ==, expected[i].column);
    }
}

static void
test_questions (void)
{
  g_autoptr (MosTemplate) template = mos_template_parse ("{{ask:\"Why?\"}} {{ask:\"How much\"|default:\"-\"|money}} {{ask:\"Why?\",\"Late\",\"Lost\"}} {% if ask:\"Day\"|date == \"x\" %}{% endif %}{{ask:\"How many\"|number}}{{ask:\"Loud\"|upper|money}}");
  g_autoptr (GPtrArray) questions = mos_template_list_questions (template);
  static const struct
  {
    const char *text;
    MosTemplateValueKind kind;
    guint n_choices;
  } expected[] = {
    { "Why?", MOS_TEMPLATE_TEXT, 2 },
    { "How much", MOS_TEMPLATE_MONEY, 0 },
    { "Day", MOS_TEMPLATE_TIME, 0 },
    { "How many", MOS_TEMPLATE_NUMBER, 0 },
    { "Loud", MOS_TEMPLATE_TEXT, 0 },
  };

  g_assert_cmpuint (questions->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < questions->len; i++)
    {
      MosTemplateQuestion *question = g_ptr_array_index (questions, i);

      g_assert_cmpstr (question->text, ==, expected[i].text);
      g_assert_cmpint ((int) question->kind, ==, (int) expected[i].kind);
      g_assert_cmpuint (question->choices != NULL ? g_strv_length (question->choices) : 0, ==, expected[i].n_choices);
    }
}

/* --- bounds --- */

static char *
repeat (const char *text,
        guint n)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static MosTemplateProblemKind
first_problem (const char *text)
{
  g_autoptr (MosTemplate) template = mos_template_parse (text);
  GPtrArray *found = mos_template_get_problems (template);

  g_assert_cmpuint (found->len, >, 0);
  return ((MosTemplateProblem *) g_ptr_array_index (found, 0))->kind;
}

static void
test_bounds (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *ifs = repeat ("{% if a %}", 1000);
  g_autofree char *ends = repeat ("{% endif %}", 1000);
  g_autofree char *nested = g_strconcat (ifs, ends, NULL);
  g_autofree char *parens = repeat ("(", 1000);
  g_autofree char *condition = g_strconcat ("{% if ", parens, "a %}{% endif %}", NULL);
  g_autofree char *nots = repeat ("not ", 1000);
  g_autofree char *negations = g_strconcat ("{% if ", nots, "a %}{% endif %}", NULL);
  g_autofree char *names = repeat ("{{customer.name|default:\"x\"}}", 10000);
  g_autofree char *accents = repeat ("é", 40000);
  g_autofree char *terms = repeat ("a or ", 12900);
  g_autofree char *chain = g_strconcat ("{% if ", terms, "order.paid %}yes{% endif %}", NULL);
  g_autofree char *quotes = repeat ("{{\"", 20000);
  g_autoptr (MosTemplate) template = NULL;
  g_autoptr (MosRendering) rendering = NULL;
  MosTemplateContext context;

  g_assert_cmpint ((int) first_problem (condition), ==, (int) MOS_TEMPLATE_PROBLEM_TOO_DEEP);
  g_assert_cmpint ((int) first_problem (negations), ==, (int) MOS_TEMPLATE_PROBLEM_TOO_DEEP);
  g_assert_cmpint ((int) first_problem (nested), ==, (int) MOS_TEMPLATE_PROBLEM_TOO_DEEP);
  g_assert_cmpint ((int) first_problem (accents), ==, (int) MOS_TEMPLATE_PROBLEM_TOO_LONG);
  first_problem (names);
  first_problem (quotes);
  /* As long a condition as a text has room for. */
  init_context (&context, utc);
  {
    g_autoptr (MosTemplate) many = mos_template_parse (chain);
    g_autoptr (MosRendering) yes = mos_template_render (many, &context);

    g_assert_cmpuint (mos_template_get_problems (many)->len, ==, 0);
    g_assert_cmpstr (yes->text, ==, "yes");
  }
  /* A tag for each of them, all with a mark that nothing closes: 64 KiB of it are no work for seconds. */
  {
    g_autofree char *open = repeat ("{{«}}\n", 8000);
    g_autoptr (MosTemplate) many = mos_template_parse (open);
    GPtrArray *found = mos_template_get_problems (many);
    MosTemplateProblem *last;

    g_assert_cmpuint (found->len, ==, 8000);
    last = g_ptr_array_index (found, found->len - 1);
    g_assert_cmpint ((int) last->kind, ==, (int) MOS_TEMPLATE_PROBLEM_OPEN_STRING);
    g_assert_cmpuint (last->line, ==, 8000);
    g_assert_cmpuint (last->column, ==, 3);
  }

  g_free (accents);
  accents = repeat ("{{order.total|money}}", 3000);
  template = mos_template_parse (accents);
  rendering = mos_template_render (template, &context);
  g_assert_true (g_utf8_validate (rendering->text, -1, NULL));
  g_assert_false (rendering->is_cut);
  g_assert_cmpuint (rendering->n_unresolved, ==, 0);
}

/* What was cut is not sent: neither of a value as long as a book nor of a template that is. */
static void
test_cut (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *pages = repeat ("é", 200001);
  g_autofree char *accents = repeat ("é", 40000);
  g_autoptr (MosTemplate) template = mos_template_parse ("a{{customer.book}} {{customer.name}}");
  g_autoptr (MosTemplate) long_one = mos_template_parse (accents);
  g_autoptr (MosRendering) rendering = NULL;
  g_autoptr (MosRendering) short_one = NULL;
  MosTemplateContext context;
  MosTemplateSpan *last;

  init_context (&context, utc);
  book = pages;
  rendering = mos_template_render (template, &context);
  book = NULL;
  g_assert_true (rendering->is_cut);
  g_assert_cmpuint (strlen (rendering->text), ==, 256 * 1024 - 1);
  g_assert_true (g_utf8_validate (rendering->text, -1, NULL));
  g_assert_cmpuint (rendering->n_unresolved, ==, 1);
  last = g_ptr_array_index (rendering->spans, rendering->spans->len - 1);
  g_assert_cmpint ((int) last->kind, ==, (int) MOS_TEMPLATE_SPAN_PROBLEM);
  g_assert_cmpuint (last->end, ==, strlen (rendering->text));
  short_one = mos_template_render (long_one, &context);
  g_assert_cmpuint (strlen (short_one->text), ==, 64 * 1024);
  g_assert_cmpuint (short_one->n_unresolved, ==, 1);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/template/render", test_render);
  g_test_add_func ("/template/unresolved", test_unresolved);
  g_test_add_func ("/template/spans", test_spans);
  g_test_add_func ("/template/problems", test_problems);
  g_test_add_func ("/template/broken", test_broken);
  g_test_add_func ("/template/names", test_names);
  g_test_add_func ("/template/questions", test_questions);
  g_test_add_func ("/template/bounds", test_bounds);
  g_test_add_func ("/template/cut", test_cut);
  return g_test_run ();
}

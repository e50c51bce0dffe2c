/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/automation/mos-template.h"

#include <string.h>

/* Any text is a template, perhaps with problems; positions lie in the text, spans in what comes out, and with a problem nothing is resolved. */

static void
look_up (const char *name,
         MosTemplateValue *value,
         gpointer user_data)
{
  switch (strlen (name) % 6)
    {
    case 0:
      mos_template_value_set_money (value, "1234.5", "EUR");
      break;
    case 1:
      mos_template_value_set_text (value, "{{a}} ünï");
      break;
    case 2:
      mos_template_value_set_time (value, G_GINT64_CONSTANT (1709640000000000));
      break;
    case 3:
      mos_template_value_set_flag (value, TRUE);
      break;
    case 4:
      mos_template_value_set_ambiguous (value);
      break;
    default:
      break;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const known[] = { "order.total", "customer.", NULL };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (MosTemplate) template = mos_template_parse (text);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MosTemplateContext context = { .lookup = look_up, .locale = "de", .tz = utc };
  g_autoptr (MosRendering) rendering = mos_template_render (template, &context);
  g_autoptr (GPtrArray) questions = mos_template_list_questions (template);
  g_auto (GStrv) names = mos_template_list_names (template);
  GPtrArray *problems = mos_template_get_problems (template);
  const char *at = valid;
  gsize last = 0;
  guint line = 1;

  fuzz_check_text (rendering->text);
  for (guint i = 0; i < rendering->spans->len; i++)
    {
      MosTemplateSpan *span = g_ptr_array_index (rendering->spans, i);

      g_assert_cmpuint (span->start, >=, last);
      g_assert_cmpuint (span->end, >=, span->start);
      g_assert_cmpuint (span->end, <=, strlen (rendering->text));
      last = span->end;
    }
  mos_template_check_names (template, known);
  last = 0;
  for (guint i = 0; i < problems->len; i++)
    {
      MosTemplateProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpuint (problem->start, >=, last);
      g_assert_cmpuint (problem->end, >=, problem->start);
      g_assert_cmpuint (problem->end, <=, strlen (valid));
      for (; at < valid + problem->start; at++)
        if (*at == '\n')
          line++;
      g_assert_cmpuint (problem->line, ==, line);
      g_assert_cmpuint (problem->column, >=, 1);
      last = problem->start;
    }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/values/mos-macro-json.h"
#include "mos-test.h"

#include <string.h>

/* Macros as values and as JSON. */

static const char *
chosen (const MosMacro *macro,
        const char *languages)
{
  g_auto (GStrv) list = g_strsplit (languages, " ", -1);
  const MosMacroText *text = mos_macro_choose_text (macro, (const char *const *) list);

  return text != NULL ? text->language : NULL;
}

static void
test_choose (void)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();

  g_assert_null (chosen (macro, "es en"));
  mos_macro_set_text (macro, "pt-br", "Olá");
  mos_macro_set_text (macro, "en", "Hello");
  mos_macro_set_text (macro, "es", "Hola");
  mos_macro_set_text (macro, "de", "Hallo");
  mos_macro_set_text (macro, "de", NULL);
  g_assert_cmpuint (macro->texts->len, ==, 3);
  g_assert_cmpstr (chosen (macro, "es"), ==, "es");
  g_assert_cmpstr (chosen (macro, "es-MX"), ==, "es");
  g_assert_cmpstr (chosen (macro, "pt_BR.UTF-8"), ==, "pt-br");
  g_assert_cmpstr (chosen (macro, "pt"), ==, "pt-br");
  g_assert_cmpstr (chosen (macro, "pt-pt"), ==, "pt-br");
  /* The customer's is not there: the shop's. */
  g_assert_cmpstr (chosen (macro, "fr es en"), ==, "es");
  g_assert_cmpstr (chosen (macro, " es"), ==, "es");
  /* None of them: still an answer. */
  g_assert_cmpstr (chosen (macro, "fr"), ==, "en");
  g_assert_cmpstr (chosen (macro, ""), ==, "en");
}

static void
test_words (void)
{
  static const struct
  {
    const char *name;
    const char *shortcode;
  } names[] = {
    { "Order status", "order-status" },
    { "  Where is my order?! ", "where-is-my-order" },
    { "Don't know", "dont-know" },
    { "Estado del envío", "estado-del-envío" },
    { "حالة الطلب", "حالة-الطلب" },
    { "返品", "返品" },
    { "A/B_c", "a-b-c" },
    { "!!!", "" },
    { "", "" },
    { "a name that is so long that nobody would ever want to type it", "a-name-that-is-so-long-that-nobody-would" },
    { "\xff", "" },
  };
  static const struct
  {
    const char *text;
    gboolean is;
  } shortcodes[] = {
    { "", TRUE }, { "status", TRUE }, { "order-status_2", TRUE }, { "envío", TRUE }, { "返品", TRUE }, { "Status", FALSE }, { "a b", FALSE }, { "-a", FALSE }, { "a/b", FALSE }, { "\xff", FALSE }
  };
  static const char *const languages[][2] = { { "es", "es" }, { "pt_BR.UTF-8", "pt-br" }, { "zh-Hant-TW", "zh-hant-tw" }, { "C", "" }, { "", "" }, { "español", "" }, { "en-", "" }, { "deutsch", "" } };
  static const char *const folders[][2] = { { "", "" }, { " Returns / Europe/", "Returns/Europe" }, { "//", "" }, { "a//b", "a/b" } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *shortcode = mos_macro_make_shortcode (names[i].name);

      g_assert_cmpstr (shortcode, ==, names[i].shortcode);
      g_assert_true (mos_macro_is_shortcode (shortcode));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shortcodes); i++)
    g_assert_cmpint (mos_macro_is_shortcode (shortcodes[i].text), ==, shortcodes[i].is);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *folded = mos_macro_fold_language (languages[i][0]);

      g_assert_cmpstr (folded, ==, languages[i][1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folded = mos_macro_fold_folder (folders[i][0]);

      g_assert_cmpstr (folded, ==, folders[i][1]);
    }
}

static char *
to_text (const MosMacro *macro)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  mos_macro_build (builder, macro);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

static MosMacro *
from_text (const char *text,
           char **ret_problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return mos_macro_read (node, ret_problem);
}

static void
test_json (void)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();
  g_autoptr (MosMacro) again = NULL;
  g_autoptr (MosMacro) copy = NULL;
  MosAttachment *attachment = mos_attachment_new ();
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autofree char *text_copy = NULL;
  g_autofree char *problem = NULL;

  g_set_str (&macro->name, "Order status");
  g_set_str (&macro->shortcode, "status");
  g_set_str (&macro->folder, "Orders/All");
  macro->is_for_notes = TRUE;
  mos_macro_set_text (macro, "es", "Hola {{customer.first_name|default:\"\"}}\n«ñ» \"\\");
  mos_macro_set_text (macro, "ar", "مرحبا");
  for (MosMacroActionKind kind = 0; kind < MOS_MACRO_N_ACTIONS; kind++)
    mos_macro_add_action (macro, kind, kind == MOS_MACRO_SET_STATUS ? "pending" : kind == MOS_MACRO_SET_PRIORITY ? "high"
                                                                              : kind == MOS_MACRO_ORDER          ? "cancel"
                                                                                                                 : "something");
  attachment->name = g_strdup ("form.pdf");
  attachment->type = g_strdup ("application/pdf");
  attachment->data = g_bytes_new_static ("\0\xff%PDF", 6);
  attachment->size = 6;
  g_ptr_array_add (macro->attachments, attachment);

  text = to_text (macro);
  again = from_text (text, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  g_assert_nonnull (again);
  text_again = to_text (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpuint (again->actions->len, ==, MOS_MACRO_N_ACTIONS);
  g_assert_true (g_bytes_equal (((MosAttachment *) again->attachments->pdata[0])->data, attachment->data));
  copy = mos_macro_copy (again);
  text_copy = to_text (copy);
  g_assert_cmpstr (text, ==, text_copy);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *problem;
  } cases[] = {
    { "[]", "" },
    { "{}", "name" },
    { "{\"name\":\" \",\"texts\":{\"en\":\"x\"}}", "name" },
    { "{\"name\":7}", "name" },
    { "{\"name\":\"a\"}", "texts" },
    { "{\"name\":\"a\",\"texts\":{\"en\":\"\"}}", "texts" },
    { "{\"name\":\"a\",\"texts\":[]}", "texts" },
    { "{\"name\":\"a\",\"texts\":{\"en\":1}}", "texts.en" },
    { "{\"name\":\"a\",\"texts\":{\"english!\":\"x\"}}", "texts.english!" },
    { "{\"name\":\"a\",\"actions\":{}}", "actions" },
    { "{\"name\":\"a\",\"actions\":[{\"tag\":\"a\"},{\"status\":\"spam\"}]}", "actions[1]" },
    { "{\"name\":\"a\",\"actions\":[{\"priority\":\"huge\"}]}", "actions[0]" },
    { "{\"name\":\"a\",\"actions\":[{\"explode\":\"now\"}]}", "actions[0]" },
    { "{\"name\":\"a\",\"actions\":[{\"tag\":\"\"}]}", "actions[0]" },
    { "{\"name\":\"a\",\"actions\":[{\"tag\":\"a\",\"untag\":\"b\"}]}", "actions[0]" },
    { "{\"name\":\"a\",\"actions\":[\"close\"]}", "actions[0]" },
    { "{\"name\":\"a\",\"actions\":[{\"tag\":null}]}", "actions[0]" },
    { "{\"name\":\"a\",\"texts\":{\"en\":\"x\"},\"attachments\":[{\"name\":\"../a\",\"data\":\"YQ==\"}]}", "attachments[0]" },
    { "{\"name\":\"a\",\"texts\":{\"en\":\"x\"},\"attachments\":[{\"name\":\"a\"}]}", "attachments[0]" },
    { "{\"name\":\"a\",\"texts\":{\"en\":\"x\"},\"attachments\":7}", "attachments" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *problem = NULL;
      g_autoptr (MosMacro) macro = from_text (cases[i].text, &problem);

      g_test_message ("%s", cases[i].text);
      g_assert_null (macro);
      g_assert_cmpstr (problem, ==, cases[i].problem);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/macro/choose", test_choose);
  g_test_add_func ("/macro/words", test_words);
  g_test_add_func ("/macro/json", test_json);
  g_test_add_func ("/macro/wrong", test_wrong);
  return g_test_run ();
}

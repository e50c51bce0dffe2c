/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-words-private.h"

#include "core/base/mos-text.h"
#include "core/values/mos-macro-values.h"

#include "mos-survey-resources.h"

#include <string.h>

#define RESOURCE "/org/mostrador/surveys/surveys.json"

JsonObject *
mos_survey_words_get_root (void)
{
  static gsize once = 0;
  static JsonNode *root = NULL;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (mos_survey_words_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *json = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      root = json_from_string (json, NULL);
      json_node_seal (root);
      g_once_init_leave (&once, 1);
    }
  return json_node_get_object (root);
}

/* --- which words --- */

GStrv
mos_survey_words_list_languages (void)
{
  JsonObject *root = mos_survey_words_get_root ();
  g_autoptr (GList) members = g_list_sort (json_object_get_members (root), (GCompareFunc) strcmp);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GList *l = members; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);
  return g_strv_builder_end (builder);
}

/* Returns: (transfer none): of @language, or English */
static JsonObject *
find_words (const char *language)
{
  JsonObject *root = mos_survey_words_get_root ();
  g_autofree char *base = g_strndup (language, strcspn (language, "-"));

  if (json_object_has_member (root, language))
    return json_object_get_object_member (root, language);
  return json_object_get_object_member (root, json_object_has_member (root, base) ? base : "en");
}

MosSurveyText *
mos_survey_words_get_text (MosSurveyKind kind,
                           const char *language)
{
  JsonObject *root = mos_survey_words_get_root ();
  JsonObject *words;

  if (!json_object_has_member (root, language))
    return NULL;
  words = json_object_get_object_member (json_object_get_object_member (root, language), mos_survey_kind_to_nick (kind));
  return mos_survey_text_make (language, json_object_get_string_member (words, "subject"), json_object_get_string_member (words, "question"), json_object_get_string_member (words, "thanks"));
}

static const char *
first_of (const char *own,
          const char *standard)
{
  return own != NULL && *own != '\0' ? own : standard;
}

/* Returns: (transfer full) (nullable): the shop's words where it has some, the program's where it has none */
static MosSurveyText *
mix (const MosSurveySettings *settings,
     const char *language)
{
  g_autofree char *base = g_strndup (language, strcspn (language, "-"));
  const MosSurveyText *own = mos_survey_settings_find_text (settings, language);
  g_autoptr (MosSurveyText) standard = mos_survey_words_get_text (settings->kind, language);

  if (own == NULL)
    own = mos_survey_settings_find_text (settings, base);
  if (standard == NULL)
    standard = mos_survey_words_get_text (settings->kind, base);
  if (own == NULL)
    return g_steal_pointer (&standard);
  if (standard == NULL)
    standard = mos_survey_words_get_text (settings->kind, "en");
  return mos_survey_text_make (own->language, first_of (own->subject, standard->subject), first_of (own->question, standard->question), first_of (own->thanks, standard->thanks));
}

MosSurveyText *
mos_survey_words_choose (const MosSurveySettings *settings,
                         const char *const *languages)
{
  for (; *languages != NULL; languages++)
    {
      g_autofree char *folded = mos_macro_fold_language (*languages);
      MosSurveyText *text = *folded != '\0' ? mix (settings, folded) : NULL;

      if (text != NULL)
        return text;
    }
  return mix (settings, "en");
}

const char *
mos_survey_words_get_apology (const char *language)
{
  return json_object_get_string_member (find_words (language != NULL ? language : "en"), "apology");
}

/* --- the question --- */

static char *
fill_bounds (MosSurveyKind kind,
             const char *template)
{
  g_autofree char *lowest = g_strdup_printf ("%d", mos_survey_kind_get_lowest (kind));
  g_autofree char *highest = g_strdup_printf ("%d", mos_survey_kind_get_highest (kind));
  g_autoptr (GString) text = g_string_new (template);

  g_string_replace (text, "{lowest}", lowest, 0);
  g_string_replace (text, "{highest}", highest, 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* What the lowest and the highest score mean. */
static const char *
get_end (JsonObject *words,
         MosSurveyKind kind,
         gboolean is_highest)
{
  JsonObject *of_kind = json_object_get_object_member (words, mos_survey_kind_to_nick (kind));
  JsonArray *names = json_object_get_array_member (of_kind, kind == MOS_SURVEY_CSAT ? "scores" : "ends");

  return json_array_get_string_element (names, is_highest ? json_array_get_length (names) - 1 : 0);
}

static char *
make_scale (JsonObject *words,
            MosSurveyKind kind)
{
  return g_strdup_printf ("%d = %s\n%d = %s", mos_survey_kind_get_lowest (kind), get_end (words, kind, FALSE), mos_survey_kind_get_highest (kind), get_end (words, kind, TRUE));
}

/* The score stands in the subject, where programs leave it alone, and once more in the text, for those that do not. RFC 6068 §5: a line ends in CR LF. */
static char *
make_link (JsonObject *words,
           MosSurveyKind kind,
           const char *address,
           const char *token,
           int score)
{
  g_autofree char *nick = g_ascii_strup (mos_survey_kind_to_nick (kind), -1);
  g_autofree char *subject = g_strdup_printf ("[%s %s:%d]", nick, token, score);
  g_autofree char *body = g_strdup_printf ("%d/%d\r\n\r\n%s\r\n\r\n", score, mos_survey_kind_get_highest (kind), json_object_get_string_member (words, "comment"));
  g_autofree char *to = g_uri_escape_string (address, "@+", FALSE);
  g_autofree char *escaped_subject = g_uri_escape_string (subject, NULL, FALSE);
  g_autofree char *escaped_body = g_uri_escape_string (body, NULL, FALSE);

  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", to, escaped_subject, escaped_body);
}

/* As paragraphs, where the shop's own words have several */
static void
append_paragraphs (GString *html,
                   const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_string_append (html, "<p>");
  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *escaped = g_markup_escape_text (*line, -1);

      g_string_append_printf (html, "%s%s", line != lines ? "<br>\n" : "", escaped);
    }
  g_string_append (html, "</p>\n");
}

/* Links and text, and nothing that is fetched from anywhere. */
static char *
make_html (JsonObject *words,
           MosSurveyKind kind,
           const MosSurveyText *text,
           const char *answer,
           const char *address,
           const char *token)
{
  const int lowest = mos_survey_kind_get_lowest (kind), highest = mos_survey_kind_get_highest (kind);
  gboolean is_rtl = mos_text_is_rtl_language (text->language);
  g_autofree char *lang = g_markup_escape_text (text->language, -1);
  g_autofree char *low = g_markup_escape_text (get_end (words, kind, FALSE), -1);
  g_autofree char *high = g_markup_escape_text (get_end (words, kind, TRUE), -1);
  GString *html = g_string_new (NULL);

  g_string_append_printf (html, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head><meta charset=\"utf-8\"></head>\n<body>\n", lang, is_rtl ? "rtl" : "ltr");
  append_paragraphs (html, text->question);
  g_string_append_printf (html, "<p>%d = %s<br>\n%d = %s</p>\n<p style=\"line-height: 3\">", lowest, low, highest, high);
  for (int score = lowest; score <= highest; score++)
    {
      g_autofree char *link = make_link (words, kind, address, token, score);
      g_autofree char *escaped = g_markup_escape_text (link, -1);

      g_string_append_printf (html, "%s<a href=\"%s\" style=\"display: inline-block; line-height: 1; padding: 10px 14px; border: 1px solid #777777; border-radius: 6px; text-decoration: none\">%d</a>",
                              score != lowest ? "\n&nbsp;" : "", escaped, score);
    }
  g_string_append (html, "</p>\n");
  append_paragraphs (html, json_object_get_string_member (words, "click"));
  append_paragraphs (html, answer);
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (html, FALSE);
}

static GStrv
make_buttons (MosSurveyKind kind)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int score = mos_survey_kind_get_lowest (kind); score <= mos_survey_kind_get_highest (kind); score++)
    g_strv_builder_take (builder, g_strdup_printf ("%d", score));
  return g_strv_builder_end (builder);
}

MosSurveyLetter *
mos_survey_words_make_letter (MosSurveyKind kind,
                              const MosSurveyText *text,
                              const char *address,
                              const char *token,
                              guint n_buttons)
{
  MosSurveyLetter *letter = mos_survey_letter_new ();
  JsonObject *words = find_words (text->language);
  gboolean has_buttons = address == NULL && n_buttons >= (guint) (mos_survey_kind_get_highest (kind) - mos_survey_kind_get_lowest (kind) + 1);
  g_autofree char *scale = make_scale (words, kind);
  g_autofree char *how = fill_bounds (kind, json_object_get_string_member (words, has_buttons ? "press" : "chat"));
  g_autofree char *answer = fill_bounds (kind, json_object_get_string_member (words, "answer"));

  letter->kind = kind;
  letter->language = g_strdup (text->language);
  letter->subject = g_strdup (text->subject);
  letter->thanks = g_strdup (text->thanks);
  /* Who reads the plain text has no links to click. */
  letter->text = g_strdup_printf ("%s\n\n%s\n\n%s", text->question, how, scale);
  if (address != NULL && token != NULL)
    letter->html = make_html (words, kind, text, answer, address, token);
  if (has_buttons)
    letter->buttons = make_buttons (kind);
  return letter;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-survey-words.h"
#include "core/desk/mos-token.h"
#include "mos-test.h"

#include <string.h>

/* What questions say in each language, and what of an answer is a score. */

#define NONE MOS_SURVEY_NO_SCORE

typedef struct
{
  MosSurveyKind kind;
  const char *text;
  int score;
  const char *comment;
} Answer;

static void
test_answers (void)
{
  static const Answer answers[] = {
    { MOS_SURVEY_CSAT, "5", 5, "" },
    { MOS_SURVEY_CSAT, " 4 \n", 4, "" },
    { MOS_SURVEY_CSAT, "5/5", 5, "" },
    { MOS_SURVEY_CSAT, "4 / 5", 4, "" },
    { MOS_SURVEY_CSAT, "(3)", 3, "" },
    { MOS_SURVEY_CSAT, "2.", 2, "" },
    { MOS_SURVEY_CSAT, "5!!!", 5, "" },
    { MOS_SURVEY_CSAT, "⭐⭐⭐⭐", 4, "" },
    { MOS_SURVEY_CSAT, "★★★☆☆", 3, "" },
    { MOS_SURVEY_CSAT, "★", 1, "" },
    { MOS_SURVEY_CSAT, "5️⃣", 5, "" },
    { MOS_SURVEY_CSAT, "５", 5, "" },
    { MOS_SURVEY_CSAT, "٤", 4, "" },
    { MOS_SURVEY_CSAT, "5 😀", 5, "" },
    { MOS_SURVEY_CSAT, "5 stars", 5, "" },
    { MOS_SURVEY_CSAT, "4 out of 5", 4, "" },
    { MOS_SURVEY_CSAT, "four of five", 4, "" },
    { MOS_SURVEY_CSAT, "Score: 4", 4, "" },
    { MOS_SURVEY_CSAT, "My rating = 4", 4, "" },
    { MOS_SURVEY_CSAT, "5, thanks", 5, "" },
    { MOS_SURVEY_CSAT, "5 thank you", 5, "" },
    { MOS_SURVEY_CSAT, "4: quick, and friendly", 4, "quick, and friendly" },
    { MOS_SURVEY_CSAT, "4 - quick, and friendly", 4, "quick, and friendly" },
    { MOS_SURVEY_CSAT, "2/5 – it came late\nand broken", 2, "it came late\nand broken" },
    { MOS_SURVEY_CSAT, "5\n\nLovely shop.", 5, "Lovely shop." },
    { MOS_SURVEY_CSAT, "Hello,\n\n3\n\nAna", 3, "Hello,\n\nAna" },
    { MOS_SURVEY_CSAT, "5/5\n\nIf you like, tell us why:\n\nYou were fast", 5, "You were fast" },
    { MOS_SURVEY_CSAT, "5/5\n\nIf you like, tell us why:\n\n", 5, "" },
    /* clear to nobody */
    { MOS_SURVEY_CSAT, "6", NONE, "6" },
    { MOS_SURVEY_CSAT, "0", NONE, "0" },
    { MOS_SURVEY_CSAT, "-1", NONE, "-1" },
    { MOS_SURVEY_CSAT, "4.5", NONE, "4.5" },
    { MOS_SURVEY_CSAT, "5 days I waited", NONE, "5 days I waited" },
    { MOS_SURVEY_CSAT, "5, 6 weeks I waited", NONE, "5, 6 weeks I waited" },
    { MOS_SURVEY_CSAT, "5%", NONE, "5%" },
    { MOS_SURVEY_CSAT, "5 €", NONE, "5 €" },
    { MOS_SURVEY_CSAT, "4/10", NONE, "4/10" },
    { MOS_SURVEY_CSAT, "#4", NONE, "#4" },
    { MOS_SURVEY_CSAT, "1. It was late.\n2. It was broken.", NONE, "1. It was late.\n2. It was broken." },
    { MOS_SURVEY_CSAT, "I waited 5 days for my order 1042", NONE, "I waited 5 days for my order 1042" },
    { MOS_SURVEY_CSAT, "Very good, thank you", NONE, "Very good, thank you" },
    { MOS_SURVEY_CSAT, "one more thing", NONE, "one more thing" },
    { MOS_SURVEY_CSAT, "", NONE, "" },
    { MOS_SURVEY_CSAT, "\xff\xfe", NONE, "\xef\xbf\xbd\xef\xbf\xbd" },
    { MOS_SURVEY_CSAT, "First line\nSecond line\nThird line\n5", NONE, "First line\nSecond line\nThird line\n5" },
    /* a list, of one */
    { MOS_SURVEY_CSAT, "1. My parcel never came", NONE, "1. My parcel never came" },
    { MOS_SURVEY_CSAT, "1. My parcel never came.\nNobody answers.", NONE, "1. My parcel never came.\nNobody answers." },
    { MOS_SURVEY_CSAT, "1) My parcel never came", NONE, "1) My parcel never came" },
    { MOS_SURVEY_CSAT, "(1) My parcel never came", NONE, "(1) My parcel never came" },
    { MOS_SURVEY_CSAT, "1.- Mi pedido no llegó", NONE, "1.- Mi pedido no llegó" },
    { MOS_SURVEY_CSAT, "1. Mon colis n'est jamais arrivé", NONE, "1. Mon colis n'est jamais arrivé" },
    { MOS_SURVEY_CSAT, "2. Mein Paket kam nie an", NONE, "2. Mein Paket kam nie an" },
    { MOS_SURVEY_CSAT, "1. Il pacco non è mai arrivato", NONE, "1. Il pacco non è mai arrivato" },
    { MOS_SURVEY_CSAT, "1. O pacote não chegou", NONE, "1. O pacote não chegou" },
    { MOS_SURVEY_CSAT, "1. El paquet no ha arribat", NONE, "1. El paquet no ha arribat" },
    { MOS_SURVEY_CSAT, "١. لم يصل الطرد", NONE, "١. لم يصل الطرد" },
    { MOS_SURVEY_NPS, "7. Why does nobody answer?", NONE, "7. Why does nobody answer?" },
    /* where somebody lives, or how long it took */
    { MOS_SURVEY_CSAT, "3, rue de la Paix", NONE, "3, rue de la Paix" },
    { MOS_SURVEY_CSAT, "3, rue de la Paix\n75002 Paris", NONE, "3, rue de la Paix\n75002 Paris" },
    { MOS_SURVEY_CSAT, "٣، شارع النيل", NONE, "٣، شارع النيل" },
    { MOS_SURVEY_NPS, "10, Downing Street", NONE, "10, Downing Street" },
    { MOS_SURVEY_CSAT, "two, three days I waited", NONE, "two, three days I waited" },
    { MOS_SURVEY_CSAT, "dos, tres días", NONE, "dos, tres días" },
    /* but not where it says itself what it is, or nothing else is said */
    { MOS_SURVEY_CSAT, "1. ", 1, "" },
    { MOS_SURVEY_CSAT, "1)", 1, "" },
    { MOS_SURVEY_CSAT, "5, gracias", 5, "" },
    { MOS_SURVEY_CSAT, "5. Gracias", 5, "" },
    { MOS_SURVEY_CSAT, "5. Danke!", 5, "" },
    { MOS_SURVEY_CSAT, "5، شكرا", 5, "" },
    { MOS_SURVEY_CSAT, "Score: 4, quick", 4, "quick" },
    { MOS_SURVEY_CSAT, "4/5, quick", 4, "quick" },
    { MOS_SURVEY_CSAT, "4 von 5. Etwas langsam", 4, "Etwas langsam" },
    { MOS_SURVEY_CSAT, "5 stars. Quick", 5, "Quick" },
    { MOS_SURVEY_CSAT, "⭐⭐⭐⭐⭐, rápidos", 5, "rápidos" },
    { MOS_SURVEY_CSAT, "5... lo mejor", 5, "lo mejor" },
    { MOS_SURVEY_CSAT, "5! Quick", 5, "Quick" },
    { MOS_SURVEY_CSAT, "5\n1. My parcel came", 5, "1. My parcel came" },
    { MOS_SURVEY_NPS, "10", 10, "" },
    { MOS_SURVEY_NPS, "0", 0, "" },
    { MOS_SURVEY_NPS, "9/10", 9, "" },
    { MOS_SURVEY_NPS, "ten", 10, "" },
    { MOS_SURVEY_NPS, "11", NONE, "11" },
    { MOS_SURVEY_NPS, "5/5", NONE, "5/5" },
    { MOS_SURVEY_NPS, "★★★", NONE, "★★★" },
    /* in every language */
    { MOS_SURVEY_CSAT, "cinco", 5, "" },
    { MOS_SURVEY_CSAT, "Mi nota: cuatro de cinco – rápidos, y 'majos'", 4, "rápidos, y 'majos'" },
    { MOS_SURVEY_CSAT, "Cuatro estrellas", 4, "" },
    { MOS_SURVEY_CSAT, "4 de 5", 4, "" },
    { MOS_SURVEY_CSAT, "Nota: 5. Muy rápidos", 5, "Muy rápidos" },
    { MOS_SURVEY_CSAT, "Muy satisfecho", 5, "" },
    { MOS_SURVEY_CSAT, "5 gracias", 5, "" },
    { MOS_SURVEY_CSAT, "três", 3, "" },
    { MOS_SURVEY_CSAT, "4 em 5", 4, "" },
    { MOS_SURVEY_CSAT, "Muito satisfeito!", 5, "" },
    { MOS_SURVEY_CSAT, "5, obrigada", 5, "" },
    { MOS_SURVEY_CSAT, "cinq étoiles", 5, "" },
    { MOS_SURVEY_CSAT, "4 sur 5", 4, "" },
    { MOS_SURVEY_CSAT, "Note : 4 – un peu lent", 4, "un peu lent" },
    { MOS_SURVEY_CSAT, "Très satisfait", 5, "" },
    { MOS_SURVEY_CSAT, "fünf", 5, "" },
    { MOS_SURVEY_CSAT, "4 von 5 Sternen", 4, "" },
    { MOS_SURVEY_CSAT, "Bewertung: 2", 2, "" },
    { MOS_SURVEY_CSAT, "Sehr zufrieden", 5, "" },
    { MOS_SURVEY_CSAT, "unzufrieden", 2, "" },
    { MOS_SURVEY_CSAT, "5 vielen Dank!", 5, "" },
    { MOS_SURVEY_CSAT, "quattro stelle", 4, "" },
    { MOS_SURVEY_CSAT, "4 su 5", 4, "" },
    { MOS_SURVEY_CSAT, "Molto soddisfatto", 5, "" },
    { MOS_SURVEY_CSAT, "Voto: 3", 3, "" },
    { MOS_SURVEY_CSAT, "quatre", 4, "" },
    { MOS_SURVEY_CSAT, "4 sobre 5", 4, "" },
    { MOS_SURVEY_CSAT, "Molt satisfet", 5, "" },
    { MOS_SURVEY_CSAT, "La meva nota: 5", 5, "" },
    { MOS_SURVEY_CSAT, "خمسة", 5, "" },
    { MOS_SURVEY_CSAT, "أربع نجوم", 4, "" },
    { MOS_SURVEY_CSAT, "٤ من ٥", 4, "" },
    { MOS_SURVEY_CSAT, "راض جدا", 5, "" },
    { MOS_SURVEY_CSAT, "5 شكرا", 5, "" },
    { MOS_SURVEY_CSAT, "5 thank you very much", 5, "" },
    { MOS_SURVEY_CSAT, "Mi calificación: 4", 4, "" },
    { MOS_SURVEY_CSAT, "5 saludos", 5, "" },
    { MOS_SURVEY_CSAT, "Minha avaliação: 3", 3, "" },
    { MOS_SURVEY_CSAT, "5 obg", 5, "" },
    { MOS_SURVEY_CSAT, "Mon évaluation : 4", 4, "" },
    { MOS_SURVEY_CSAT, "5 viele Grüße", 5, "" },
    /* at school in Germany one is the best */
    { MOS_SURVEY_CSAT, "Meine Note: 1", NONE, "Meine Note: 1" },
    { MOS_SURVEY_CSAT, "Il mio punteggio: 4", 4, "" },
    { MOS_SURVEY_CSAT, "5 tante grazie", 5, "" },
    { MOS_SURVEY_CSAT, "La meva valoració: 5", 5, "" },
    { MOS_SURVEY_CSAT, "٤ على ٥", 4, "" },
    { MOS_SURVEY_CSAT, "خمسه نجوم", 5, "" },
    { MOS_SURVEY_CSAT, "نجمتين", 2, "" },
    { MOS_SURVEY_CSAT, "غير راضٍ", 2, "" },
    { MOS_SURVEY_NPS, "تمانية", 8, "" },
    { MOS_SURVEY_NPS, "diez", 10, "" },
    { MOS_SURVEY_NPS, "neuf", 9, "" },
    { MOS_SURVEY_NPS, "deu", 10, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *comment = NULL;
      int score = mos_survey_words_read (answers[i].kind, answers[i].text, NONE, &comment);

      g_test_message ("%s", answers[i].text);
      g_assert_cmpint (score, ==, answers[i].score);
      g_assert_cmpstr (comment, ==, answers[i].comment);
    }
}

/* The subject says it; what stands in the mail is our own line, or what somebody put in its place. */
static void
test_known (void)
{
  static const struct
  {
    const char *text;
    int known;
    int score;
    const char *comment;
  } answers[] = {
    { "5/5\n\nIf you like, tell us why:\n\n", 5, 5, "" },
    { "5/5\n\nIf you like, tell us why:\n\nFast!", 5, 5, "Fast!" },
    { "5/5\n\nSi quiere, cuéntenos por qué:\n\n3 días, no está mal", 5, 5, "3 días, no está mal" },
    { "3/5\n\nIf you like, tell us why:\n", 5, 3, "" },
    { "", 4, 4, "" },
    { "2 - weeks of waiting", 1, 1, "2 - weeks of waiting" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *comment = NULL;

      g_assert_cmpint (mos_survey_words_read (MOS_SURVEY_CSAT, answers[i].text, answers[i].known, &comment), ==, answers[i].score);
      g_assert_cmpstr (comment, ==, answers[i].comment);
    }
}

static void
test_bare (void)
{
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, " 4 "), ==, 4);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, "cinco estrellas"), ==, 5);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, "4, please"), ==, 4);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, "4: it was quick"), ==, NONE);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, "I want 2"), ==, NONE);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, "2 pieces"), ==, NONE);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, "4\nand more"), ==, NONE);
  g_assert_cmpint (mos_survey_words_read_bare (MOS_SURVEY_CSAT, ""), ==, NONE);
}

/* --- the question --- */

static MosSurveyLetter *
make (MosSurveyKind kind,
      const char *language,
      const char *address,
      guint n_buttons)
{
  g_autoptr (MosSurveySettings) settings = mos_survey_settings_make ("acc", kind, address == NULL);
  const char *languages[] = { language, NULL };
  g_autoptr (MosSurveyText) text = mos_survey_words_choose (settings, languages);

  return mos_survey_words_make_letter (kind, text, address, "token", n_buttons);
}

/* What a click makes: subject and text of the mail. */
static char *
follow (const char *html,
        int score,
        char **ret_body)
{
  g_autofree char *mark = g_strdup_printf ("%%3A%d%%5D&amp;body=", score);
  const char *at = strstr (html, mark), *from, *to;
  g_autofree char *link = NULL, *escaped_subject = NULL, *escaped_body = NULL;

  g_assert_nonnull (at);
  for (from = at; !g_str_has_prefix (from, "mailto:"); from--)
    ;
  to = strchr (from, '"');
  escaped_subject = g_strndup (strstr (from, "subject=") + strlen ("subject="), (gsize) (strstr (from, "&amp;") - strstr (from, "subject=") - strlen ("subject=")));
  from = strstr (from, "body=") + strlen ("body=");
  escaped_body = g_strndup (from, (gsize) (to - from));
  *ret_body = g_uri_unescape_string (escaped_body, NULL);
  return g_uri_unescape_string (escaped_subject, NULL);
}

/* Each language asks both, links each score, and understands what it put into the mail. */
static void
test_languages (void)
{
  g_auto (GStrv) languages = mos_survey_words_list_languages ();

  g_assert_cmpuint (g_strv_length (languages), ==, 8);
  for (char **language = languages; *language != NULL; language++)
    for (MosSurveyKind kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
      {
        g_autoptr (MosSurveyLetter) mail = make (kind, *language, "shop+s-x@shop.example", 0);
        g_autoptr (MosSurveyLetter) chat = make (kind, *language, NULL, 100);
        g_autoptr (MosSurveyLetter) bare = make (kind, *language, NULL, 3);

        g_assert_cmpstr (mail->language, ==, *language);
        g_assert_null (strchr (mail->subject, '{'));
        g_assert_null (strchr (mail->text, '{'));
        g_assert_null (mail->buttons);
        /* Nothing that is fetched, or that a scanner could press. */
        g_assert_null (strstr (mail->html, "http"));
        g_assert_null (strstr (mail->html, "src="));
        g_assert_null (strstr (mail->html, "<img"));
        g_assert_null (strstr (mail->html, "<form"));
        g_assert_null (chat->html);
        g_assert_cmpuint (g_strv_length (chat->buttons), ==, kind == MOS_SURVEY_CSAT ? 5 : 11);
        g_assert_null (bare->buttons);
        for (int score = mos_survey_kind_get_lowest (kind); score <= mos_survey_kind_get_highest (kind); score++)
          {
            g_autofree char *body = NULL;
            g_autofree char *subject = follow (mail->html, score, &body);
            g_autofree char *expected = g_strdup_printf ("[%s token:%d]", kind == MOS_SURVEY_CSAT ? "CSAT" : "NPS", score);
            g_autofree char *comment = NULL, *more = g_strconcat (body, "Fine", NULL), *with = NULL;
            g_autofree char *button = g_strdup_printf ("%d", score);

            g_assert_cmpstr (subject, ==, expected);
            g_assert_cmpint (mos_survey_words_read (kind, body, NONE, &comment), ==, score);
            g_assert_cmpstr (comment, ==, "");
            g_assert_cmpint (mos_survey_words_read (kind, more, score, &with), ==, score);
            g_assert_cmpstr (with, ==, "Fine");
            g_assert_cmpint (mos_survey_words_read_bare (kind, button), ==, score);
          }
      }
}

/* The customer's, else the shop's, else English; the shop's own words before the program's, and only where it has some. */
static void
test_choice (void)
{
  g_autoptr (MosSurveySettings) settings = mos_survey_settings_make ("acc", MOS_SURVEY_CSAT, FALSE);
  static const struct
  {
    const char *languages[3];
    const char *language;
    const char *subject;
  } cases[] = {
    { { "es", "de" }, "es", "Hola" },
    { { "es-mx", NULL }, "es", "Hola" },
    { { "pt-br", NULL }, "pt", "Como foi o nosso atendimento?" },
    { { "pl", "de" }, "pl", "Jak było?" },
    { { "hu", "de" }, "de", "Wie waren wir?" },
    { { "hu", NULL }, "en", "How did we do?" },
    { { "", "x!" }, "en", "How did we do?" },
    { { NULL }, "en", "How did we do?" },
  };

  g_ptr_array_add (settings->texts, mos_survey_text_make ("es", "Hola", "", ""));
  g_ptr_array_add (settings->texts, mos_survey_text_make ("pl", "Jak było?", "Zadowolony?", ""));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosSurveyText) text = mos_survey_words_choose (settings, cases[i].languages);

      g_assert_cmpstr (text->language, ==, cases[i].language);
      g_assert_cmpstr (text->subject, ==, cases[i].subject);
      g_assert_cmpstr (text->question, !=, "");
      g_assert_cmpstr (text->thanks, !=, "");
    }
}

/* The shop's words are text, whatever they look like. */
static void
test_escaped (void)
{
  g_autoptr (MosSurveyText) text = mos_survey_text_make ("en", "A & B", "<script>x</script>\nTwo \"lines\"", "Bye");
  g_autoptr (MosSurveyLetter) letter = mos_survey_words_make_letter (MOS_SURVEY_CSAT, text, "a&b\"@shop.example", "token", 0);

  g_assert_null (strstr (letter->html, "<script"));
  g_assert_nonnull (strstr (letter->html, "&lt;script&gt;x&lt;/script&gt;<br>"));
  g_assert_nonnull (strstr (letter->html, "mailto:a%26b%22@shop.example?"));
  g_assert_nonnull (strstr (letter->text, "<script>x</script>\nTwo \"lines\""));
}

/* --- tokens --- */

#define SURVEY "0195500000007abc8123456789abcdef"

static void
test_tokens (void)
{
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (GBytes) other = g_bytes_new_static ("0123456789abcdef0123456789abcdeX", 32);
  g_autofree char *token = mos_token_survey (key, SURVEY);
  g_autofree char *address = mos_token_survey_address (key, "shop@shop.example", SURVEY);
  g_autofree char *plus = mos_token_plus_address (key, "shop@shop.example", SURVEY);
  g_autofree char *forged = g_strdup (token);
  static const struct
  {
    const char *format;
    int score; /* -2 = it is none */
  } subjects[] = {
    { "[CSAT %s:5]", 5 },
    { "Re: [CSAT %s:5]", 5 },
    { "AW: [csat %s:5] (fwd)", 5 },
    { "[NPS %s:10]", 10 },
    { "[NPS %s:0]", 0 },
    { "[CSAT  %s :4]", 4 },
    { "[CSAT %s]", -1 },
    { "[CSAT %s:]", -1 },
    { "[CSAT %s:-4]", -1 },
    { "[#12] [x [CSAT %s:3]", 3 },
    { "CSAT %s:5", -2 },
    { "[CSAT", -2 },
    { "[CSAT x%s:5]", -2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autoptr (GString) subject = g_string_new (subjects[i].format);
      g_autofree char *found = NULL, *alien = NULL;
      int score = -3;

      g_string_replace (subject, "%s", token, 1);
      found = mos_token_parse_survey (key, subject->str, &score);
      g_test_message ("%s", subject->str);
      g_assert_cmpstr (found, ==, subjects[i].score == -2 ? NULL : SURVEY);
      if (found != NULL)
        g_assert_cmpint (score, ==, subjects[i].score);
      alien = mos_token_parse_survey (other, subject->str, &score);
      g_assert_null (alien);
    }
  /* Each letter of it counts, but for how it is written. */
  for (gsize i = 0; i < strlen (token); i++)
    {
      g_autofree char *subject = NULL, *found = NULL;
      int score;

      forged[i] = token[i] == 'a' ? 'c' : 'a';
      subject = g_strdup_printf ("[CSAT %s:5]", forged);
      found = mos_token_parse_survey (key, subject, &score);
      /* The last letter of each half has bits to spare. */
      if (token[i] != '-' && i != 25 && i != strlen (token) - 1)
        g_assert_null (found);
      forged[i] = token[i];
    }
  {
    g_autofree char *found = mos_token_parse_survey_address (key, address);
    g_autofree char *as_conversation = mos_token_parse_address (key, address);
    g_autofree char *as_survey = mos_token_parse_survey_address (key, plus);

    /* A token is good for one thing. */
    g_assert_cmpstr (found, ==, SURVEY);
    g_assert_null (as_conversation);
    g_assert_null (as_survey);
  }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/survey-words/answers", test_answers);
  g_test_add_func ("/survey-words/known", test_known);
  g_test_add_func ("/survey-words/bare", test_bare);
  g_test_add_func ("/survey-words/languages", test_languages);
  g_test_add_func ("/survey-words/choice", test_choice);
  g_test_add_func ("/survey-words/escaped", test_escaped);
  g_test_add_func ("/survey-words/tokens", test_tokens);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"
#include "mos-test-web.h"

#include "core/base/mos-json-read.h"
#include "core/desk/mos-desk-translate.h"
#include "core/desk/mos-translating.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-translate.h"
#include "core/translate/mos-translator.h"

#include <string.h>

/* Both services, played for their faults alone (what is asked of DeepL is held against its own description in suite peers): who may ask, what is sent, what is sent once. */

#define KEY "0123-abcd:fx"
#define MAIL "From: Ana <ana@mail.example>\r\nTo: support@shop.example\r\nSubject: Vase\r\nMessage-ID: <1@mail.example>\r\nDate: Mon, 02 Mar 2026 08:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" \
             "Guten Tag, die Vase der Bestellung #1042 ist leider kaputt angekommen.\r\n\r\nWas kann ich tun?\r\n\r\n> Ihre Vase ist unterwegs.\r\n"

typedef struct
{
  MosTestStore *t;
  MosTestWeb *web;
  GMutex mutex;
  GPtrArray *asked; /* method and path of each request */
  GPtrArray *texts; /* that were to be translated */
  char *key;        /* that came with the last one */
  char *from;       /* (nullable) */
  char *to;
  guint status; /* of the next translation; 0 = it goes well */
  const char *said;
  gboolean loses; /* what is in the place of order numbers */
  gboolean cuts;  /* less than was asked for */
  gboolean hangs_up;
  MosTranslating *translating;
} Fixture;

/* As a service would: each word of it, in capitals. */
static char *
translate (Fixture *f,
           const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *end = *p == '<' ? strchr (p, '>') : NULL;

      if (f->loses && g_str_has_prefix (p, "<code>"))
        p = strstr (p, "</code>") + strlen ("</code>") - 1;
      else if (end != NULL)
        {
          g_string_append_len (out, p, end - p + 1);
          p = end;
        }
      else if (g_str_has_prefix (p, "&amp;"))
        {
          g_string_append (out, "&amp;");
          p += strlen ("&amp;") - 1;
        }
      else
        g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (p)));
    }
  return g_string_free_and_steal (out);
}

static void
answer_translation (Fixture *f,
                    SoupServerMessage *message,
                    gboolean is_deepl)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonObject) asked = mos_json_read_root (body, NULL);
  JsonArray *texts = mos_json_read_array (asked, is_deepl ? "text" : "q");
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *written = NULL;

  g_free (f->from);
  f->from = mos_json_read_dup_line (asked, is_deepl ? "source_lang" : "source");
  g_free (f->to);
  f->to = mos_json_read_dup_line (asked, is_deepl ? "target_lang" : "target");
  if (!is_deepl)
    {
      g_free (f->key);
      f->key = mos_json_read_dup_line (asked, "api_key");
    }
  for (guint i = 0; i < mos_json_read_length (texts); i++)
    {
      const char *text = json_array_get_string_element (texts, i);
      g_autofree char *translated = translate (f, text);

      g_ptr_array_add (f->texts, g_strdup (text));
      if (f->cuts)
        continue;
      if (is_deepl)
        {
          JsonObject *one = json_object_new ();

          json_object_set_string_member (one, "text", translated);
          json_object_set_string_member (one, "detected_source_language", "DE");
          json_array_add_object_element (list, one);
        }
      else
        json_array_add_string_element (list, translated);
    }
  json_object_set_array_member (answer, is_deepl ? "translations" : "translatedText", json_array_ref (list));
  if (!is_deepl)
    {
      JsonObject *found = json_object_new ();

      json_object_set_string_member (found, "language", "de");
      json_object_set_object_member (answer, "detectedLanguage", found);
    }
  json_node_set_object (node, answer);
  written = json_to_string (node, FALSE);
  mos_test_web_answer (message, 200, written);
}

static void
on_request (SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  Fixture *f = data;
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  gboolean is_translation = g_str_has_suffix (path, "/translate");

  g_mutex_lock (&f->mutex);
  /* Longer than anybody waits. */
  if (f->status == 429)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "60");
  g_ptr_array_add (f->asked, g_strdup_printf ("%s %s", soup_server_message_get_method (message), path));
  if (authorization != NULL)
    g_set_str (&f->key, authorization);
  if (g_str_has_prefix (path, "/v2/") && g_strcmp0 (authorization, "DeepL-Auth-Key " KEY) != 0)
    mos_test_web_answer (message, 403, "");
  else if (is_translation && f->hangs_up)
    mos_test_web_hang_up (message);
  else if (is_translation && f->status != 0)
    mos_test_web_answer (message, f->status, f->said);
  else if (is_translation)
    answer_translation (f, message, g_str_has_prefix (path, "/v2/"));
  else if (g_str_equal (path, "/v2/usage"))
    mos_test_web_answer (message, 200, "{\"character_count\": 180118, \"character_limit\": 1250000}");
  else if (g_str_equal (path, "/v2/languages"))
    mos_test_web_answer (message, 200, "[{\"language\": \"DE\", \"name\": \"German\"}, {\"language\": \"EN-GB\", \"name\": \"English\"}, {\"language\": \"ES\", \"name\": \"Spanish\"}]");
  else if (g_str_equal (path, "/languages"))
    mos_test_web_answer (message, 200, "[{\"code\": \"en\", \"name\": \"English\", \"targets\": [\"de\"]}, {\"code\": \"de\", \"name\": \"German\", \"targets\": [\"en\"]}]");
  else if (g_str_equal (path, "/frontend/settings"))
    mos_test_web_answer (message, 200, "{\"charLimit\": 400}");
  else if (g_str_equal (path, "/detect"))
    mos_test_web_answer (message, f->status != 0 ? f->status : 200, f->status != 0 ? f->said : "[{\"confidence\": 9, \"language\": \"en\"}]");
  else
    mos_test_web_answer (message, 404, "");
  g_mutex_unlock (&f->mutex);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  MosTranslateService service = GPOINTER_TO_INT (data);
  g_autoptr (MosTranslateSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&f->mutex);
  f->asked = g_ptr_array_new_with_free_func (g_free);
  f->texts = g_ptr_array_new_with_free_func (g_free);
  f->t = test_desk_store ();
  f->web = mos_test_web_new (on_request, f);
  f->translating = mos_translating_new (f->t->store);
  mos_ingest_result_unref (test_ingest (f->t->store, MAIL, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US));
  settings = mos_translate_settings_make (service, mos_test_web_get_url (f->web));
  if (service != MOS_TRANSLATE_OFF)
    mos_translating_save_sync (f->translating, settings, KEY, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  mos_translating_unref (f->translating);
  mos_test_web_free (f->web);
  mos_test_store_free (f->t);
  g_ptr_array_unref (f->asked);
  g_ptr_array_unref (f->texts);
  g_free (f->key);
  g_free (f->from);
  g_free (f->to);
  g_mutex_clear (&f->mutex);
}

static gboolean
do_find_message (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  char **id = data;
  MosConversationRow *row = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!mos_store_conversation_find_by_number (txn, 1, &row, error) || row == NULL)
    return FALSE;
  ids = mos_store_message_list_ids (txn, row->id, error);
  for (guint i = 0; ids != NULL && i < ids->len && *id == NULL; i++)
    {
      g_autoptr (MosMessageRow) message = NULL;

      if (mos_store_message_find (txn, ids->pdata[i], &message, error) && message != NULL && message->direction == MOS_DIRECTION_INCOMING)
        *id = g_strdup (message->id);
    }
  mos_conversation_row_unref (row);
  return ids != NULL;
}

static char *
dup_message (Fixture *f)
{
  char *id = NULL;
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (f->t->store, do_find_message, &id, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (id);
  return id;
}

static gboolean
do_allow (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_translating_set_account (txn, ACCOUNT, GPOINTER_TO_INT (data), error);
}

static void
allow (Fixture *f,
       gboolean is_on)
{
  test_write (f->t->store, do_allow, GINT_TO_POINTER (is_on));
}

static MosTranslation *
ask (Fixture *f,
     const char *to,
     GError **error)
{
  g_autofree char *message = dup_message (f);

  return mos_translating_message_sync (f->translating, message, to, NULL, error);
}

#define WANTED "GUTEN TAG, DIE VASE DER BESTELLUNG #1042 IST LEIDER KAPUTT ANGEKOMMEN.\n\nWAS KANN ICH TUN?"

/* Nobody has said that it may: nothing leaves. */
static void
test_off (Fixture *f,
          gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = ask (f, "en", &error);

  g_assert_null (translation);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF);
  g_clear_error (&error);
  translation = mos_translating_draft_sync (f->translating, ACCOUNT, "Hello", TRUE, NULL, "de", NULL, &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF);
  g_assert_cmpuint (f->asked->len, ==, 0);
  allow (f, TRUE);
  g_clear_error (&error);
  translation = ask (f, "en", &error);
  if (GPOINTER_TO_INT (data) == MOS_TRANSLATE_OFF)
    g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF);
  else
    g_assert_no_error (error);
  g_clear_pointer (&translation, mos_translation_unref);
  g_clear_error (&error);
  /* What was translated is not given out either any more. */
  allow (f, FALSE);
  translation = ask (f, "en", &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF);
}

static void
test_message (Fixture *f,
              gconstpointer data)
{
  gboolean is_deepl = GPOINTER_TO_INT (data) == MOS_TRANSLATE_DEEPL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = NULL;
  g_autoptr (MosTranslation) again = NULL;
  guint n;

  allow (f, TRUE);
  translation = ask (f, "en_GB.UTF-8", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (translation->text, ==, WANTED);
  g_assert_cmpstr (translation->from, ==, "de");
  g_assert_cmpint (translation->service, ==, GPOINTER_TO_INT (data));
  g_assert_cmpstr (f->to, ==, is_deepl ? "EN-GB" : "en");
  g_assert_cmpstr (f->from, ==, is_deepl ? "DE" : "de");
  g_assert_cmpstr (f->key, ==, is_deepl ? "DeepL-Auth-Key " KEY : KEY);
  /* The order's number and the quotation are not among it. */
  g_assert_cmpuint (f->texts->len, ==, 2);
  g_assert_cmpstr (f->texts->pdata[0], ==, "Guten Tag, die Vase der Bestellung <code>0</code> ist leider kaputt angekommen.");
  g_assert_cmpstr (f->texts->pdata[1], ==, "Was kann ich tun?");
  /* Once is enough, also for the list of languages. */
  n = f->asked->len;
  again = ask (f, "en_GB.UTF-8", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->text, ==, WANTED);
  g_assert_cmpuint (f->asked->len, ==, n);
  g_clear_pointer (&again, mos_translation_unref);
  again = ask (f, "de", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (f->asked->len, ==, n + 1);
  /* From itself into itself: what was detected may be wrong. */
  g_assert_cmpstr (f->from, ==, is_deepl ? NULL : "auto");
}

static void
test_draft (Fixture *f,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = NULL;

  allow (f, TRUE);
  translation = mos_translating_draft_sync (f->translating, ACCOUNT, "Dear {{customer.name}},\n\n- it is **very** nice\n- see [us](https://a.example/?x=1&y=2)\n\n-- \nAna", TRUE, NULL, "de", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (translation->text, ==, "DEAR {{customer.name}},\n\n- IT IS **VERY** NICE\n- SEE [US](https://a.example/?x=1&y=2)\n\n-- \nAna");
}

/* A service that loses what stands for a number gets the words around it, and nothing of the number is lost. */
static void
test_lost (Fixture *f,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = NULL;

  allow (f, TRUE);
  f->loses = TRUE;
  translation = ask (f, "en", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (translation->text, ==, WANTED);
  g_assert_cmpuint (f->texts->len, ==, 4);
  g_assert_cmpstr (f->texts->pdata[2], ==, "Guten Tag, die Vase der Bestellung");
}

static void
test_faults (Fixture *f,
             gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *said;
    MosTranslateError code;
  } faults[] = {
    { 400, "{\"message\": \"Value for 'target_lang' not supported.\"}", MOS_TRANSLATE_ERROR_REFUSED },
    { 400, "{\"error\": \"Invalid request: missing q parameter\"}", MOS_TRANSLATE_ERROR_REFUSED },
    { 403, "", MOS_TRANSLATE_ERROR_KEY_REFUSED },
    { 403, "{\"error\": \"Invalid API key\"}", MOS_TRANSLATE_ERROR_KEY_REFUSED },
    { 404, "<html>", MOS_TRANSLATE_ERROR_NO_SERVICE },
    { 301, "", MOS_TRANSLATE_ERROR_NO_SERVICE },
    { 413, "", MOS_TRANSLATE_ERROR_TOO_LARGE },
    { 429, "{\"error\": \"Slowdown: 20 per 1 minute\"}", MOS_TRANSLATE_ERROR_BUSY },
    { 456, "{\"message\": \"Quota exceeded\"}", MOS_TRANSLATE_ERROR_QUOTA },
    { 500, "{}", MOS_TRANSLATE_ERROR_BUSY },
    { 529, "", MOS_TRANSLATE_ERROR_BUSY },
    { 200, "", MOS_TRANSLATE_ERROR_PROTOCOL },
    { 200, "[]", MOS_TRANSLATE_ERROR_PROTOCOL },
    { 200, "{\"translations\": [1, null], \"translatedText\": [1, null]}", MOS_TRANSLATE_ERROR_PROTOCOL },
  };

  allow (f, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosTranslation) translation = NULL;

      f->status = faults[i].status;
      f->said = faults[i].said;
      translation = ask (f, "en", &error);
      g_assert_null (translation);
      g_assert_error (error, MOS_TRANSLATE_ERROR, (int) faults[i].code);
    }
  f->status = 0;
  f->hangs_up = TRUE;
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (MosTranslation) translation = ask (f, "en", &error);

    g_assert_null (translation);
    g_assert_true (error->domain == G_IO_ERROR || error->domain == SOUP_SESSION_ERROR);
  }
  f->hangs_up = FALSE;
  f->cuts = TRUE;
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (MosTranslation) translation = ask (f, "en", &error);

    g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_PROTOCOL);
  }
  f->cuts = FALSE;
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (MosTranslation) translation = ask (f, "eu", &error);
    g_autoptr (MosTranslation) well = NULL;

    g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_LANGUAGE);
    g_clear_error (&error);
    /* And none of it is remembered as a translation. */
    well = ask (f, "en", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (well->text, ==, WANTED);
  }
}

static void
test_limits (Fixture *f,
             gconstpointer data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = NULL;
  g_autofree char *upper = NULL;
  guint n = 0;

  allow (f, TRUE);
  for (guint i = 0; i < 120; i++)
    g_string_append_printf (words, "%sA line of a long letter.", i > 0 ? "\n" : "");
  translation = mos_translating_draft_sync (f->translating, ACCOUNT, words->str, TRUE, NULL, "de", NULL, &error);
  g_assert_no_error (error);
  upper = g_ascii_strup (words->str, -1);
  g_assert_cmpstr (translation->text, ==, upper);
  g_assert_cmpuint (f->texts->len, ==, 120);
  for (guint i = 0; i < f->asked->len; i++)
    n += g_str_has_suffix (f->asked->pdata[i], "/translate");
  /* DeepL takes 50 texts at once, this server 400 characters. */
  g_assert_cmpuint (n, ==, GPOINTER_TO_INT (data) == MOS_TRANSLATE_DEEPL ? 3 : 8);
  g_clear_pointer (&translation, mos_translation_unref);
  while (words->len <= MOS_TRANSLATE_MAX_TEXT)
    g_string_append (words, "More and more of it. ");
  translation = mos_translating_draft_sync (f->translating, ACCOUNT, words->str, TRUE, NULL, "de", NULL, &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  translation = mos_translating_draft_sync (f->translating, ACCOUNT, "#1042\n> quoted", TRUE, NULL, "de", NULL, &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_NOTHING);
}

/* A key is shown to whom it is for, and to nobody else. */
static void
test_key (Fixture *f,
          gconstpointer data)
{
  gboolean is_deepl = GPOINTER_TO_INT (data) == MOS_TRANSLATE_DEEPL;
  g_autofree char *elsewhere = g_strconcat (mos_test_web_get_url (f->web), "/", NULL);
  g_autoptr (MosTranslateSettings) same = mos_translate_settings_make (GPOINTER_TO_INT (data), mos_test_web_get_url (f->web));
  g_autoptr (MosTranslateSettings) other = mos_translate_settings_make (GPOINTER_TO_INT (data), elsewhere);
  g_autoptr (MosTranslateFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  facts = mos_translating_test_sync (f->translating, same, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (facts->languages), ==, is_deepl ? 3 : 2);
  g_assert_cmpuint (facts->limit, ==, is_deepl ? 1250000 : 0);
  /* Nothing of anybody's was sent by that. */
  g_assert_cmpuint (f->texts->len, ==, 0);
  g_set_str (&f->key, "none");
  g_clear_pointer (&facts, mos_translate_facts_unref);
  facts = mos_translating_test_sync (f->translating, other, NULL, NULL, &error);
  if (is_deepl)
    g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_KEY_REFUSED);
  g_assert_cmpstr (f->key, ==, is_deepl ? "DeepL-Auth-Key" : "none");
  g_clear_error (&error);
  /* Saved for another place, it is forgotten, and going back does not bring it back. */
  mos_translating_save_sync (f->translating, other, NULL, NULL, &error);
  g_assert_no_error (error);
  mos_translating_save_sync (f->translating, same, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&facts, mos_translate_facts_unref);
  facts = mos_translating_test_sync (f->translating, same, NULL, NULL, &error);
  g_assert_true ((facts == NULL) == is_deepl);
  g_clear_error (&error);
  /* A server may want a key where none was given. */
  f->status = 400;
  f->said = "{\"error\": \"Please contact the server operator to get an API key\"}";
  g_clear_pointer (&facts, mos_translate_facts_unref);
  facts = mos_translating_test_sync (f->translating, same, "", NULL, &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_KEY_REFUSED);
}

static void
test_addresses (void)
{
  static const struct
  {
    MosTranslateService service;
    const char *url;
    const char *key;
    const char *wanted;
    const char *host;
  } rows[] = {
    { MOS_TRANSLATE_DEEPL, "", "abc", "https://api.deepl.com", "deepl.com" },
    { MOS_TRANSLATE_DEEPL, "", "abc:fx", "https://api-free.deepl.com", "deepl.com" },
    { MOS_TRANSLATE_DEEPL, "http://127.0.0.1:1234/", "abc:fx", "http://127.0.0.1:1234", "127.0.0.1:1234" },
    { MOS_TRANSLATE_LIBRETRANSLATE, "", "", "https://libretranslate.com", "libretranslate.com" },
    { MOS_TRANSLATE_LIBRETRANSLATE, "https://mt.shop.example/lt/", NULL, "https://mt.shop.example/lt", "mt.shop.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MosTranslateSettings) settings = mos_translate_settings_make (rows[i].service, rows[i].url);
      g_autofree char *url = mos_translator_dup_url (settings, rows[i].key);
      g_autofree char *host = mos_translator_dup_host (settings);

      g_assert_cmpstr (url, ==, rows[i].wanted);
      g_assert_cmpstr (host, ==, rows[i].host);
    }
  g_assert_true (mos_translator_url_is_allowed ("http://localhost:5000"));
  g_assert_false (mos_translator_url_is_allowed ("http://mt.shop.example"));
  g_assert_false (mos_translator_url_is_allowed ("mt.shop.example"));
}

/* --- as the window sees it --- */

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_changed_cb (guint *n)
{
  (*n)++;
}

static void
test_desk (Fixture *f,
           gconstpointer data)
{
  g_autoptr (MosDesk) desk = mos_desk_new (f->t->store, MOS_DESK_FLAG_NONE);
  g_autofree char *message = dup_message (f);
  g_autoptr (GAsyncResult) first = NULL, second = NULL, third = NULL, fourth = NULL;
  g_autoptr (MosTranslation) translation = NULL;
  g_autoptr (MosTranslateSettings) none = mos_translate_settings_make (MOS_TRANSLATE_OFF, NULL);
  g_autoptr (GError) error = NULL;
  guint changed = 0;

  g_signal_connect_swapped (desk, "translate-changed", G_CALLBACK (on_changed_cb), &changed);
  g_assert_true (mos_desk_can_translate (desk));
  g_assert_false (mos_desk_may_translate (desk, ACCOUNT));
  mos_desk_translate_message_async (desk, message, "en", NULL, on_done_cb, &first);
  mos_test_wait (first != NULL, 5000);
  translation = mos_desk_translate_finish (desk, first, &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF);
  g_clear_error (&error);
  mos_desk_set_translate_account_async (desk, ACCOUNT, TRUE, NULL, on_done_cb, &second);
  mos_test_wait (second != NULL && changed == 1, 5000);
  g_assert_true (mos_desk_action_finish (desk, second, NULL, &error));
  g_assert_true (mos_desk_may_translate (desk, ACCOUNT));
  mos_desk_translate_draft_async (desk, ACCOUNT, "Hello", TRUE, NULL, "de", NULL, on_done_cb, &third);
  mos_test_wait (third != NULL, 5000);
  translation = mos_desk_translate_finish (desk, third, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (translation->text, ==, "HELLO");
  mos_desk_save_translate_async (desk, none, NULL, NULL, on_done_cb, &fourth);
  mos_test_wait (fourth != NULL && changed == 2, 5000);
  g_assert_true (mos_desk_save_translate_finish (desk, fourth, &error));
  g_assert_false (mos_desk_can_translate (desk));
  g_assert_false (mos_desk_may_translate (desk, ACCOUNT));
}

/* An account that is removed takes its yes along. */
static gboolean
do_remove_and_add (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  return mos_store_account_remove (txn, ACCOUNT, error) && mos_store_account_save (txn, account, error);
}

static void
test_removed (Fixture *f,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = NULL;

  allow (f, TRUE);
  test_write (f->t->store, do_remove_and_add, NULL);
  translation = ask (f, "en", &error);
  g_assert_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF);
  g_assert_cmpuint (f->asked->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *f, gconstpointer data);
  } both[] = {
    { "off", test_off },
    { "message", test_message },
    { "draft", test_draft },
    { "lost", test_lost },
    { "faults", test_faults },
    { "limits", test_limits },
    { "key", test_key },
    { "desk", test_desk },
  };
  char *keyring;
  int result;

  mos_test_init (&argc, &argv);
  /* The library that keeps passwords opens its file once. */
  keyring = mos_test_keyring_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    for (MosTranslateService service = MOS_TRANSLATE_DEEPL; service <= MOS_TRANSLATE_LIBRETRANSLATE; service++)
      {
        g_autofree char *path = g_strdup_printf ("/translate/%s/%s", mos_translate_service_to_nick (service), both[i].name);

        g_test_add (path, Fixture, GINT_TO_POINTER (service), set_up, both[i].func, tear_down);
      }
  g_test_add ("/translate/off", Fixture, GINT_TO_POINTER (MOS_TRANSLATE_OFF), set_up, test_off, tear_down);
  g_test_add ("/translate/removed", Fixture, GINT_TO_POINTER (MOS_TRANSLATE_DEEPL), set_up, test_removed, tear_down);
  g_test_add_func ("/translate/addresses", test_addresses);
  result = g_test_run ();
  mos_test_dir_free (keyring);
  return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-sample-mail.h"
#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <string.h>

/* Says how many of the cases are in the language the file names; every answer that is given must be right. */
static void
test_by_hand (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "language", "cases.tsv", NULL);
  g_autofree char *data = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint right = 0, wrong = 0, all = 0;

  g_file_get_contents (path, &data, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *text = strchr (lines[i], '\t');
      g_autofree char *got = NULL;

      if (lines[i][0] == '#' || text == NULL)
        continue;
      *text++ = '\0';
      all++;
      got = mos_language_detect (text, NULL);
      if (strcmp (got != NULL ? got : "-", lines[i]) == 0)
        right++;
      else
        {
          wrong += got != NULL;
          g_test_message ("%s: %s: %s", lines[i], got, text);
        }
    }
  g_test_message ("language by hand: %u of %u right, %u wrong, the others open", right, all, wrong);
  g_assert_cmpuint (all, >=, 100);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpuint (right, >=, all - 2);
}

/* The shop says which language each customer writes. */
static void
test_sample_shop (void)
{
  g_autoptr (GError) error = NULL;
  JsonObject *shop = mos_sample_load_shop (&error);
  JsonArray *conversations;
  guint right = 0, wrong = 0, all = 0;

  g_assert_no_error (error);
  conversations = json_object_get_array_member (shop, "conversations");
  for (guint c = 0; c < json_array_get_length (conversations); c++)
    {
      JsonObject *conversation = json_array_get_object_element (conversations, c);
      JsonObject *customer = json_object_get_object_member (json_object_get_object_member (shop, "customers"), json_object_get_string_member (conversation, "customer"));
      const char *language = json_object_get_string_member (customer, "language");
      g_autoptr (GPtrArray) mail = mos_sample_make_mail (shop, c, G_GINT64_CONSTANT (1772442000000000), &error);

      g_assert_no_error (error);
      for (guint i = 0; i < mail->len; i++)
        {
          MosIncoming *incoming = g_ptr_array_index (mail, i);

          if (incoming->role == MOS_FOLDER_SENT || incoming->parsed == NULL || incoming->parsed->classification != MOS_CLASSIFICATION_NORMAL)
            continue;
          all++;
          if (g_strcmp0 (incoming->parsed->language, language) == 0)
            right++;
          else
            {
              wrong += incoming->parsed->language != NULL;
              g_test_message ("%s: %s: %s", language, incoming->parsed->language, incoming->parsed->reply_text);
            }
        }
    }
  g_test_message ("language of the sample shop: %u of %u right, %u wrong, the others open", right, all, wrong);
  g_assert_cmpuint (all, >=, 60);
  g_assert_cmpuint (right * 100, >=, all * 95);
  g_assert_cmpuint (wrong, <=, 2);
  json_object_unref (shop);
}

static void
test_only_what_is_new (void)
{
  /* the quotation is longer, and in another language */
  static const char mail[] = "From: a@mail.test\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Language: en\r\n\r\n"
                             "Muchas gracias por la respuesta, ya ha llegado todo.\r\n\r\n"
                             "On Mon, 2 Mar 2026 at 09:00, Shop <shop@shop.test> wrote:\r\n"
                             "> Hello, thank you for your order. The parcel left our house this morning and should\r\n"
                             "> arrive within three days. Please write to us when it does not.\r\n";
  g_autoptr (GBytes) raw = g_bytes_new_static (mail, strlen (mail));
  g_autoptr (GError) error = NULL;
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (raw, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (parsed->language, ==, "es");
}

/* A header alone decides nothing. */
static void
test_hint (void)
{
  g_assert_null (mos_language_detect ("OK", "de"));
  g_assert_null (mos_language_detect ("", "de"));
  g_assert_null (mos_language_detect ("#4711 10/12", "de"));
}

static void
test_odd_bytes (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *language = NULL;

  for (int i = 0; i < 20000; i++)
    g_string_append (text, i % 7 == 0 ? "\xff\xfe 漢字" : "palabras sueltas que no dicen nada ");
  language = mos_language_detect (text->str, "not a language at all, but very long: \xff");
  g_assert_cmpstr (language, ==, "es");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/language/by-hand", test_by_hand);
  g_test_add_func ("/language/sample-shop", test_sample_shop);
  g_test_add_func ("/language/only-what-is-new", test_only_what_is_new);
  g_test_add_func ("/language/hint", test_hint);
  g_test_add_func ("/language/odd-bytes", test_odd_bytes);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/composer/mos-autosave.h"
#include "app/composer/mos-recipients.h"
#include "app/composer/mos-send-check.h"
#include "core/mail/mime/mos-mime.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *result; /* "name|address" joined by spaces-semicolons */
  } cases[] = {
    { "", "" },
    { " , ;\n", "" },
    { "ana@example.org", "|ana@example.org" },
    { "Ana García <ana@example.org>", "Ana García|ana@example.org" },
    { "ana@example.org, bo@example.org;eva@example.org\nlu@example.org", "|ana@example.org ; |bo@example.org ; |eva@example.org ; |lu@example.org" },
    { "\"Ruiz, Eva\" <eva@example.org>, bo@example.org", "Ruiz, Eva|eva@example.org ; |bo@example.org" },
    { "\"Eva \\\"Eve\\\" Ruiz\" <eva@example.org>", "Eva \"Eve\" Ruiz|eva@example.org" },
    { "ana@example.org, ANA@Example.org", "|ana@example.org" },
    { "<ana@example.org>", "|ana@example.org" },
    { "ana@example.org <ana@example.org>", "|ana@example.org" },
    { "mailto:ana@example.org?subject=x", "|ana@example.org" },
    { "Ana Garcia", "|Ana Garcia" },
    { "Ana <ana@example.org", "|Ana <ana@example.org" },
    { "محمد علي <m@example.org>", "محمد علي|m@example.org" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) list = mos_recipients_parse (cases[i].text);
      g_autoptr (GString) result = g_string_new (NULL);

      for (guint k = 0; k < list->len; k++)
        {
          const MosAddress *address = g_ptr_array_index (list, k);

          g_string_append_printf (result, "%s%s|%s", k > 0 ? " ; " : "", address->name != NULL ? address->name : "", address->address);
        }
      g_assert_cmpstr (result->str, ==, cases[i].result);
    }
}

static void
test_valid (void)
{
  static const char *const good[] = { "a@b.example", "ana.garcia+shop@mail.example.org", "postmaster@localhost", "josé@correo.example", "info@müller.example", "o'brien@example.org", "a@xn--mller-kva.example" };
  static const char *const bad[] = { "", "ana", "@example.org", "ana@", "ana@@example.org", "a b@example.org", "ana@exa mple.org", "ana@.example", "ana@example.", "ana@example..org", "ana@-example.org", "ana@exa_mple.org", ".ana@example.org", "ana.@example.org", "an..a@example.org", "ana<x>@example.org", "ana@example.org>", "\"a\"@example.org" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (mos_recipient_is_valid (good[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (mos_recipient_is_valid (bad[i]));
    }
  g_assert_false (mos_recipient_is_valid (NULL));
}

/* What is written can be read again. */
static void
test_format (void)
{
  static const char *const names[] = { "Ana", "Ruiz, Eva", "The \"Shop\"", "a\\b", "Müller GmbH & Co. KG", "ana@work" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (MosAddress) address = mos_address_make (names[i], "a@example.org");
      g_autofree char *text = mos_recipient_format (address);
      g_autoptr (GPtrArray) list = mos_recipients_parse (text);

      g_assert_cmpuint (list->len, ==, 1);
      g_assert_cmpstr (((MosAddress *) g_ptr_array_index (list, 0))->name, ==, names[i]);
      g_assert_cmpstr (((MosAddress *) g_ptr_array_index (list, 0))->address, ==, "a@example.org");
    }
}

static void
test_attachment_words (void)
{
  static const char *const yes[] = { "See the attached photo.", "I attach the bill", "Te adjunto la factura", "Adjuntamos la etiqueta", "Im Anhang finden Sie die Rechnung", "Anbei das Etikett", "Voir ci-joint", "La pièce jointe", "In allegato la fattura", "Segue anexo o recibo", "Em anexo a fatura", "Us adjunto la factura", "تجد الفاتورة في المرفق", "ENCLOSED please find" };
  static const char *const no[] = { "Where is my order?", "Gracias por escribir", "Das hängt davon ab", "unattached feelings", "> see the attached photo\nNo.", "Thanks\n-- \nAttached Goods Ltd", "" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      g_test_message ("%s", yes[i]);
      g_assert_true (mos_send_check_mentions_attachment (yes[i], NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    {
      g_test_message ("%s", no[i]);
      g_assert_false (mos_send_check_mentions_attachment (no[i], NULL));
    }
}

/* In the language of the text: what promises an attachment in one is said of a building in another. */
static void
test_attachment_language (void)
{
  static const struct
  {
    const char *text;
    const char *language;
    gboolean is;
  } cases[] = {
    { "We moved to the annex behind the museum, please ring there when you come with the parcels tomorrow.", NULL, FALSE },
    { "We moved to the annex.", "ca", TRUE },
    { "We moved to the annex.", "en", FALSE },
    { "We moved to the annex.", "xx", TRUE }, /* no list: all of them */
    { "Please see what is attached.", "de", TRUE },
    { "تم إرسال الطلب والمرفقات معه", "ar", TRUE },
    { "Le envío la factura adjunta y quedo a su disposición para cualquier pregunta.", NULL, TRUE },
    { "Der Anhang fehlte, hier ist er.", "de_AT.UTF-8", TRUE },
    { "L'anhang", "fr", FALSE },
    { "Zie de bijlage", "nl", TRUE },
    { "Die Anhänger sind aus Silber.", "de", FALSE },
    { "Beiliegend erhalten Sie die Rechnung.", "de", TRUE },
    { "الملحقات متوفرة لدينا", "ar", FALSE },
    { "تجدون طيه الفاتورة", "ar", TRUE },
    { "Segue o arquivo com a etiqueta.", "pt", TRUE },
    { "J’ai joint la facture.", "fr", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (mos_send_check_mentions_attachment (cases[i].text, cases[i].language), ==, cases[i].is);
    }
}

static void
test_variables (void)
{
  static const struct
  {
    const char *text;
    const char *found;
  } cases[] = {
    { "Dear {{customer.name}}, yes.", "{{customer.name}}" },
    { "Dear {{ customer.first_name|default:\"there\" }},", "{{ customer.first_name|default:\"there\" }}" },
    { "{% if order.country == \"DE\" %}", "{% if order.country == \"DE\" %}" },
    { "Estimado {{ñandú}}", "{{ñandú}}" },
    { "> Dear {{customer.name}}", NULL },
    { "Two braces {{ }} and {{}} and { a }", NULL },
    { "{{a\nb}}", NULL },
    { "Yes\n-- \n{{agent.name}}", "{{agent.name}}" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = mos_send_check_find_variable (cases[i].text);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static MosSendCheck
check (const char *kind,
       const char *to,
       const char *subject,
       const char *text,
       const char *quote,
       guint64 attached)
{
  g_autoptr (MosDraft) draft = mos_fixture_draft (kind);

  g_ptr_array_unref (draft->to);
  draft->to = mos_fixture_addresses (to);
  g_set_str (&draft->subject, subject);
  g_set_str (&draft->text, text);
  g_set_str (&draft->quote, quote);
  if (attached > 0)
    g_ptr_array_add (draft->attachments, mos_fixture_attachment ("a.pdf", "application/pdf", attached));
  return mos_send_check (draft, "Luz, Shop");
}

static void
test_send_check (void)
{
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "Yes", NULL, 0), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("reply", "", "Re: x", "Yes", NULL, 0), ==, MOS_SEND_CHECK_NO_RECIPIENT);
  g_assert_cmpint (check ("reply", "a@example.org, nobody", "Re: x", "Yes", NULL, 0), ==, MOS_SEND_CHECK_BAD_RECIPIENT);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", " \n", NULL, 0), ==, MOS_SEND_CHECK_EMPTY_TEXT);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "\n\n-- \nLuz, Shop", NULL, 0), ==, MOS_SEND_CHECK_EMPTY_TEXT);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "Hi\n-- \nLuz, Shop", NULL, 0), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "", NULL, 10), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("forward", "a@example.org", "Fwd: x", "", "Hello", 0), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "", "> Hello", 0), ==, MOS_SEND_CHECK_EMPTY_TEXT);
  g_assert_cmpint (check ("new", "a@example.org", " ", "Yes", NULL, 0), ==, MOS_SEND_CHECK_EMPTY_SUBJECT);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "See attached", NULL, 0), ==, MOS_SEND_CHECK_MISSING_ATTACHMENT);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "See attached", NULL, 10), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "Yes", NULL, MOS_SEND_ATTACHMENTS_MAX_BYTES + 1), ==, MOS_SEND_CHECK_TOO_LARGE);
  g_assert_cmpint (check ("reply", "a@example.org", "Re: x", "Dear {{customer.name}}", NULL, 0), ==, MOS_SEND_CHECK_VARIABLE);
  g_assert_cmpint (check ("reply", "a@example.org", "About {{order.number}}", "Yes", "{{customer.name}} see attached", 0), ==, MOS_SEND_CHECK_VARIABLE);
  g_assert_cmpint (check ("forward", "a@example.org", "Fwd: x", "Yes", "{{customer.name}} see attached", 0), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("note", "", "", "See attached", NULL, 0), ==, MOS_SEND_CHECK_OK);
  g_assert_cmpint (check ("note", "", "", " ", NULL, 0), ==, MOS_SEND_CHECK_EMPTY_TEXT);
}

static void
test_autosave (void)
{
  const gint64 s = G_USEC_PER_SEC;
  MosAutosave autosave = { 0 };

  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, -1);
  g_assert_false (mos_autosave_is_dirty (&autosave));

  /* A second after the last key… */
  mos_autosave_touch (&autosave, 100 * s);
  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, 101 * s);
  mos_autosave_touch (&autosave, 100 * s + s / 2);
  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, 101 * s + s / 2);

  /* …but somebody who never pauses is saved after three. */
  for (int i = 1; i < 40; i++)
    mos_autosave_touch (&autosave, 100 * s + i * s / 2);
  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, 103 * s);

  /* One save at a time; what is typed meanwhile is saved after it. */
  g_assert_true (mos_autosave_begin (&autosave));
  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, -1);
  g_assert_false (mos_autosave_begin (&autosave));
  g_assert_true (mos_autosave_end (&autosave, TRUE, 121 * s));
  g_assert_true (mos_autosave_is_dirty (&autosave));
  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, 122 * s);

  g_assert_true (mos_autosave_begin (&autosave));
  g_assert_false (mos_autosave_end (&autosave, TRUE, 123 * s));
  g_assert_false (mos_autosave_is_dirty (&autosave));

  /* A failed save is not forgotten, and does not hammer. */
  mos_autosave_touch (&autosave, 200 * s);
  g_assert_true (mos_autosave_begin (&autosave));
  g_assert_false (mos_autosave_end (&autosave, FALSE, 205 * s));
  g_assert_true (mos_autosave_is_dirty (&autosave));
  g_assert_cmpint (mos_autosave_due_us (&autosave), ==, 206 * s);
}

/* Never less than it will have, and not much more: whoever is told that it fits is not refused, and nobody is refused for nothing. */
static void
test_size (void)
{
  static const struct
  {
    const char *text;
    gsize file;
  } cases[] = { { "Hello", 0 }, { "Hello", 1 }, { "Grüße", 57 }, { "مرحبا", 1000000 }, { "Hello", 3000001 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosDraft) draft = mos_draft_new ();
      g_autoptr (MosCompose) compose = mos_compose_new ();
      g_autoptr (GBytes) raw = NULL;
      g_autoptr (GError) error = NULL;
      MosAttachment *attachment = mos_attachment_new ();
      GString *text = g_string_new (NULL);
      guint64 guess;

      while (text->len < 3000)
        g_string_append_printf (text, "%s, and more of it.\n", cases[i].text);
      draft->kind = g_strdup ("new");
      draft->text = g_string_free (text, FALSE);
      draft->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
      attachment->name = g_strdup ("a.bin");
      attachment->type = g_strdup ("application/octet-stream");
      attachment->size = cases[i].file;
      attachment->data = g_bytes_new_take (g_strnfill (cases[i].file, 'x'), cases[i].file);
      g_ptr_array_add (draft->attachments, attachment);

      compose->message_id = g_strdup ("a@b.example");
      compose->own_id = g_strdup ("a");
      compose->from = mos_address_make ("A", "a@b.example");
      compose->to = mos_fixture_addresses ("Ana <ana@example.org>");
      compose->cc = mos_fixture_addresses ("");
      compose->bcc = mos_fixture_addresses ("");
      compose->subject = g_strdup ("Size");
      compose->references = g_new0 (char *, 1);
      compose->text = g_strdup (draft->text);
      compose->attachments = g_ptr_array_ref (draft->attachments);
      raw = mos_mime_compose (compose, &error);
      g_assert_no_error (error);

      guess = mos_draft_sent_size (draft);
      g_test_message ("%" G_GSIZE_FORMAT " bytes of mail, said %" G_GUINT64_FORMAT, g_bytes_get_size (raw), guess);
      g_assert_cmpuint (guess, >=, g_bytes_get_size (raw));
      g_assert_cmpuint (guess, <=, g_bytes_get_size (raw) * 102 / 100 + 20000);
      g_assert_cmpuint (mos_draft_excess (draft, 0), ==, 0);
      g_assert_cmpuint (mos_draft_excess (draft, guess), ==, 0);
      g_assert_cmpuint (mos_draft_excess (draft, guess - 1), ==, 1);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/recipients/parse", test_parse);
  g_test_add_func ("/recipients/valid", test_valid);
  g_test_add_func ("/recipients/format", test_format);
  g_test_add_func ("/send-check/attachment-words", test_attachment_words);
  g_test_add_func ("/send-check/attachment-language", test_attachment_language);
  g_test_add_func ("/send-check/variables", test_variables);
  g_test_add_func ("/send-check/all", test_send_check);
  g_test_add_func ("/send-check/size", test_size);
  g_test_add_func ("/autosave/times", test_autosave);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <locale.h>
#include <string.h>

static GPtrArray *
addresses (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
}

static MosCompose *
compose_new (void)
{
  MosCompose *compose = mos_compose_new ();

  compose->message_id = g_strdup ("1.abc@shop.test");
  compose->own_id = g_strdup ("0198-own");
  compose->from = mos_address_make ("La Lámpara, S.L.", "support@shop.test");
  compose->to = addresses ();
  compose->cc = addresses ();
  compose->bcc = addresses ();
  g_ptr_array_add (compose->to, mos_address_make ("Ana Ruiz", "ana@mail.test"));
  compose->subject = g_strdup ("Your order");
  compose->references = g_new0 (char *, 1);
  compose->date_us = G_GINT64_CONSTANT (1772442000000000);
  compose->text = g_strdup ("Hello\n");
  compose->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  return compose;
}

static void
attach (MosCompose *compose,
        const char *name,
        const char *type,
        const void *data,
        gsize length,
        const char *cid)
{
  MosAttachment *attachment = mos_attachment_new ();

  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->size = length;
  attachment->data = g_bytes_new (data, length);
  attachment->content_id = g_strdup (cid);
  attachment->is_inline = cid != NULL;
  g_ptr_array_add (compose->attachments, attachment);
}

/* The wire format: CRLF only, 7 bit, no line beyond what SMTP allows. */
static char *
wire (MosCompose *compose)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_mime_compose (compose, &error);
  gsize length, line = 0;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  for (gsize i = 0; i < length; i++)
    {
      g_assert_cmpint (data[i], !=, 0);
      if ((guchar) data[i] >= 0x80)
        g_test_message ("8-bit: %.*s", 60, data + i);
      g_assert_cmpint ((guchar) data[i], <, 0x80);
      if (data[i] == '\n')
        {
          g_assert_cmpint (i, >, 0);
          g_assert_cmpint (data[i - 1], ==, '\r');
          line = 0;
        }
      else
        {
          g_assert_true (data[i] != '\r' || (i + 1 < length && data[i + 1] == '\n'));
          g_assert_cmpuint (++line, <=, 999);
        }
    }
  return g_strndup (data, length);
}

static MosParsedMessage *
round_trip (MosCompose *compose)
{
  g_autofree char *data = wire (compose);
  g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));
  g_autoptr (GError) error = NULL;
  MosParsedMessage *parsed = mos_mime_parse (bytes, &error);

  g_assert_no_error (error);
  return parsed;
}

static void
test_headers (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (MosParsedMessage) parsed = NULL;
  g_autofree char *data = NULL;

  g_ptr_array_add (compose->bcc, mos_address_make (NULL, "secret@mail.test"));
  g_ptr_array_add (compose->cc, mos_address_make ("محمد", "m@mail.test"));
  compose->reply_to = mos_address_make (NULL, "other@shop.test");
  g_set_str (&compose->in_reply_to, "q@mail.test");
  g_set_str (&compose->subject, "Re: ¿Dónde está mi pedido? 日本語の件名はとても長いので折り返されなければなりません。それでも読めるはずです。");
  data = wire (compose);
  g_assert_null (strstr (data, "secret"));
  g_assert_null (strstr (data, "Bcc"));
  g_assert_nonnull (strstr (data, "\r\nX-Mostrador-Id: 0198-own\r\n"));
  g_assert_null (strstr (data, "Auto-Submitted"));
  g_assert_nonnull (strstr (data, "\r\nMIME-Version: 1.0\r\n"));
  g_assert_nonnull (strstr (data, "Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n"));
  parsed = round_trip (compose);
  g_assert_cmpstr (parsed->message_id, ==, "1.abc@shop.test");
  g_assert_cmpstr (parsed->in_reply_to, ==, "q@mail.test");
  g_assert_cmpstr (parsed->references[0], ==, "q@mail.test");
  g_assert_cmpstr (parsed->subject, ==, compose->subject);
  g_assert_cmpstr (parsed->from->name, ==, "La Lámpara, S.L.");
  g_assert_cmpstr (parsed->from->address, ==, "support@shop.test");
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (parsed->cc, 0))->name, ==, "محمد");
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (parsed->reply_to, 0))->address, ==, "other@shop.test");
  g_assert_cmpint (parsed->sent_us, ==, compose->date_us);
  g_assert_cmpstr (parsed->own_id, ==, "0198-own");
  g_assert_true (parsed->may_answer_automatically);
}

static void
test_automatic (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (MosParsedMessage) parsed = NULL;

  compose->automatic = TRUE;
  parsed = round_trip (compose);
  g_assert_cmpint (parsed->classification, ==, MOS_CLASSIFICATION_AUTO_REPLY);
  g_assert_false (parsed->may_answer_automatically);
  g_assert_cmpstr (parsed->own_loop, ==, "support@shop.test");
}

static void
test_injection (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autofree char *data = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;

  g_set_str (&compose->subject, "Hi\r\nBcc: evil@x.test\r\n\r\nbody");
  g_set_str (&compose->in_reply_to, "a@b>\r\nX-Evil: 1\r\nX: <c");
  g_set_str (&compose->own_id, "id\nX-Evil: 2");
  g_ptr_array_add (compose->to, mos_address_make ("Eve\r\nX-Evil: 3", "eve@x.test>\r\nX-Evil: 4\r\n<y@z"));
  g_strfreev (compose->references);
  compose->references = g_strsplit ("r@b\r\nX-Evil: 5", "|", -1);
  attach (compose, "a\"\r\nX-Evil: 6\r\n.txt", "text/plain\r\nX-Evil: 7", "x", 1, NULL);
  data = wire (compose);
  g_assert_null (strstr (data, "\nX-Evil"));
  g_assert_null (strstr (data, "\nBcc"));
  parsed = round_trip (compose);
  g_assert_cmpstr (parsed->subject, ==, "Hi  Bcc: evil@x.test    body");
  g_assert_cmpuint (parsed->attachments->len, ==, 1);
}

static void
test_references (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (MosParsedMessage) parsed = NULL;
  g_autofree char *data = NULL;
  guint n;
  gsize length = 0;

  for (int i = 0; i < 200; i++)
    g_strv_builder_take (builder, g_strdup_printf ("message-number-%d.with.a.long.id@mail.test", i));
  g_strfreev (compose->references);
  compose->references = g_strv_builder_end (builder);
  parsed = round_trip (compose);
  n = g_strv_length (parsed->references);
  for (guint i = 0; i < n; i++)
    length += strlen (parsed->references[i]) + 3;
  g_assert_cmpuint (length, <=, 1500);
  g_assert_cmpuint (length, >, 1300);
  g_assert_cmpstr (parsed->references[0], ==, compose->references[0]);
  g_assert_cmpstr (parsed->references[n - 1], ==, compose->references[199]);
  g_assert_cmpstr (parsed->references[n - 2], ==, compose->references[198]);
}

/* Outlook's and Amazon's ids are longer than a word may be in an encoded header: they stand as they are (a review found them encoded). */
static void
test_long_ids (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (MosParsedMessage) parsed = NULL;
  g_autofree char *long_id = g_strnfill (150, 'x');
  const char *const ids[] = {
    "VI1PR0401MB2560C7D54AC9A29AE8F8D0F5F2A10@VI1PR0401MB2560.eurprd04.prod.outlook.com",
    "0102018c5d6e7f80-1a2b3c4d-5e6f-7081-92a3-b4c5d6e7f809-000000@eu-west-1.amazonses.com",
    "mos.0192f3a4b5c6d7e8f90123456789abcd.0123456789abcdef@a-shop-with-a-long-name.example",
    long_id,
    "short@mail.test",
    NULL,
  };

  g_strfreev (compose->references);
  compose->references = g_strdupv ((char **) ids);
  g_free (compose->in_reply_to);
  compose->in_reply_to = g_strdup ("short@mail.test");
  parsed = round_trip (compose);
  g_assert_cmpstrv (parsed->references, ids);
  g_assert_cmpstr (parsed->in_reply_to, ==, "short@mail.test");
}

static void
test_no_sender (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (GError) error = NULL;

  mos_address_unref (compose->from);
  compose->from = mos_address_make (NULL, "");
  g_assert_null (mos_mime_compose (compose, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
}

static void
test_structure (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (MosParsedMessage) parsed = NULL;

  g_set_str (&compose->text, "text with ñ\n");
  g_set_str (&compose->html, "<p>html with ñ <img src=\"cid:pic@shop.test\"></p>");
  attach (compose, "picture.png", "image/png", "\x89PNG\0\1\2", 7, "pic@shop.test");
  attach (compose, "Rechnung März 2026 – sehr langer Name einer Datei, damit er gefaltet werden muss.pdf", "application/pdf", "%PDF", 4, NULL);
  attach (compose, "mail.eml", "message/rfc822", "Subject: x\r\n\r\ny", 15, NULL);
  parsed = round_trip (compose);
  g_assert_cmpstr (parsed->text, ==, "text with ñ\n");
  g_assert_cmpstr (parsed->html, ==, "<p>html with ñ <img src=\"cid:pic@shop.test\"></p>");
  g_assert_cmpuint (parsed->attachments->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      MosAttachment *sent = g_ptr_array_index (compose->attachments, i);
      MosAttachment *got = g_ptr_array_index (parsed->attachments, i);

      g_assert_cmpstr (got->name, ==, sent->name);
      g_assert_true (g_bytes_equal (got->data, sent->data));
      g_assert_cmpint (got->is_inline, ==, sent->is_inline);
      g_assert_cmpstr (got->content_id, ==, sent->content_id);
    }
}

static char *
random_text (GRand *rand,
             int max,
             gboolean one_line)
{
  static const char *const pieces[] = {
    "word", " ", "  ", "ñandú", "日本語", "שלום", "مرحبا", "😀", ".", "From ", "--", "=", "=?utf-8?q?x?=", "?", "\"", "(", ")", ",", ";", "<", ">", "@", "\\", "'", "e\xcc\x81",
    "averyveryverylongwordwithoutanyblankinitthatcannotbebrokenanywhereatallexceptbyencodingitinsomeway"
  };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, max);

  for (int i = 0; i < n; i++)
    {
      if (!one_line && g_rand_int_range (rand, 0, 6) == 0)
        g_string_append_c (text, '\n');
      g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    }
  return g_string_free (text, FALSE);
}

/* Header white space may be folded: runs of it compare as one blank. */
static char *
normal (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ' || (out->len > 0 && out->str[out->len - 1] != ' '))
      g_string_append_c (out, *p);
  g_strchomp (out->str);
  return g_string_free (out, FALSE);
}

/* A message ends in a line end, whether the text did or not. */
static void
assert_same_body (const char *got,
                  const char *wanted)
{
  g_autofree char *a = g_strdup (got);
  g_autofree char *b = g_strdup (wanted);

  if (a == NULL || b == NULL)
    {
      g_assert_cmpstr (a, ==, b);
      return;
    }
  for (char *p = a + strlen (a); p > a && p[-1] == '\n';)
    *--p = '\0';
  for (char *p = b + strlen (b); p > b && p[-1] == '\n';)
    *--p = '\0';
  g_assert_cmpstr (a, ==, b);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint round = 0; round < mos_test_rounds (400); round++)
    {
      g_autoptr (MosCompose) compose = compose_new ();
      g_autoptr (MosParsedMessage) parsed = NULL;
      g_autofree char *name = random_text (rand, 6, TRUE);
      g_autofree char *wanted = NULL;
      g_autofree char *got = NULL;
      int n_files = g_rand_int_range (rand, 0, 3);

      g_free (compose->subject);
      compose->subject = random_text (rand, 25, TRUE);
      g_free (compose->text);
      {
        g_autofree char *text = random_text (rand, 80, FALSE);

        /* an empty text beside an HTML body is filled from it */
        compose->text = g_strconcat ("Text: ", text, NULL);
      }
      g_ptr_array_add (compose->to, mos_address_make (*g_strstrip (name) != '\0' ? name : NULL, "someone@mail.test"));
      if (g_rand_boolean (rand))
        {
          g_autofree char *inner = random_text (rand, 40, FALSE);

          compose->html = g_strdup_printf ("<p>%s</p>", inner);
        }
      for (int i = 0; i < n_files; i++)
        {
          gsize length = (gsize) g_rand_int_range (rand, 0, 3000);
          g_autofree guint8 *data = g_malloc (length + 1);

          for (gsize j = 0; j < length; j++)
            data[j] = (guint8) g_rand_int (rand);
          attach (compose, "data.bin", "application/octet-stream", data, length, NULL);
        }
      parsed = round_trip (compose);
      wanted = normal (compose->subject);
      got = normal (parsed->subject);
      g_assert_cmpstr (got, ==, wanted);
      assert_same_body (parsed->text, compose->text);
      assert_same_body (parsed->html, compose->html);
      g_assert_cmpuint (parsed->to->len, ==, 2);
      g_assert_cmpstr (((MosAddress *) g_ptr_array_index (parsed->to, 1))->address, ==, "someone@mail.test");
      {
        const char *parsed_name = ((MosAddress *) g_ptr_array_index (parsed->to, 1))->name;
        g_autofree char *wanted_name = normal (name);
        g_autofree char *got_name = normal (parsed_name != NULL ? parsed_name : "");

        g_assert_cmpstr (got_name, ==, wanted_name);
      }
      g_assert_cmpuint (parsed->attachments->len, ==, (guint) n_files);
      for (int i = 0; i < n_files; i++)
        g_assert_true (g_bytes_equal (((MosAttachment *) g_ptr_array_index (parsed->attachments, i))->data, ((MosAttachment *) g_ptr_array_index (compose->attachments, i))->data));
    }
}

/* RFC 6531: the local part cannot be encoded; the bytes then need SMTPUTF8 */
static void
test_utf8_address (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;

  g_ptr_array_add (compose->to, mos_address_make ("Ñandú", "ñandú@correo.test"));
  bytes = mos_mime_compose (compose, &error);
  g_assert_no_error (error);
  parsed = mos_mime_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (parsed->to, 1))->address, ==, "ñandú@correo.test");
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (parsed->to, 1))->name, ==, "Ñandú");
}

/* A domain of other letters goes as ASCII: no server needs to know anything more for it. */
static void
test_foreign_domain (void)
{
  g_autoptr (MosCompose) compose = compose_new ();
  g_autofree char *text = NULL;

  mos_address_unref (compose->from);
  compose->from = mos_address_make ("Buchladen", "hallo@bücher.example");
  g_ptr_array_set_size (compose->to, 0);
  g_ptr_array_add (compose->to, mos_address_make ("Jörg", "joerg@müller.example"));
  text = wire (compose);
  g_assert_nonnull (strstr (text, "<hallo@xn--bcher-kva.example>"));
  g_assert_nonnull (strstr (text, "<joerg@xn--mller-kva.example>"));
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/compose/headers", test_headers);
  g_test_add_func ("/mime/compose/automatic", test_automatic);
  g_test_add_func ("/mime/compose/injection", test_injection);
  g_test_add_func ("/mime/compose/references", test_references);
  g_test_add_func ("/mime/compose/long-ids", test_long_ids);
  g_test_add_func ("/mime/compose/no-sender", test_no_sender);
  g_test_add_func ("/mime/compose/structure", test_structure);
  g_test_add_func ("/mime/compose/round-trip", test_round_trip);
  g_test_add_func ("/mime/compose/utf8-address", test_utf8_address);
  g_test_add_func ("/mime/compose/foreign-domain", test_foreign_domain);
  return g_test_run ();
}

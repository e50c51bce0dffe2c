/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-text.h"
#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-mime-text.h"
#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <string.h>
#include <time.h>

/* Mail that breaks the rules in ways that are seen, and what it says all the same. */

static MosParsedMessage *
parse_bytes (const char *mail,
             gssize length)
{
  g_autoptr (GBytes) raw = g_bytes_new (mail, length >= 0 ? (gsize) length : strlen (mail));
  g_autoptr (GError) error = NULL;
  MosParsedMessage *parsed = mos_mime_parse (raw, &error);

  g_assert_no_error (error);
  return parsed;
}

static void
test_texts (void)
{
  static const struct
  {
    const char *what;
    const char *mail;
    const char *subject;
    const char *text;
  } cases[] = {
    { "no empty line below the header", "From: a@mail.test\nSubject: s\nThere was no empty line.\nBut two lines.\n", "s", "There was no empty line.\nBut two lines.\n" },
    { "a stray line within the header is no body", "From: a@mail.test\nstray\nSubject: s\n\nbody\n", "s", "body\n" },
    { "the first line begins with a blank", " From: a@mail.test\nSubject: s\n\nbody\n", "s", "body\n" },
    { "no empty line before the first boundary", "Subject: s\nContent-Type: multipart/mixed; boundary=b\n--b\nContent-Type: text/plain\n\none\n--b--\n", "s", "one" },
    { "nor in a part", "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=\"c\"\n--c\nContent-Type: text/plain\n\none\n--c--\n--b--\n", "s", "one" },
    { "no empty line below a part's header", "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\none\n--b\nContent-Type: text/plain\n\ntwo\n--b--\n", "s", "one" MOS_TEXT_BREAK "two" },
    { "a part without a header", "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nno header at all\n--b--\n", "s", "no header at all" },
    { "two plain texts in an alternative", "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nthe first one\n--b\n\nthe second one\n--b--\n", "s", "the first one" MOS_TEXT_BREAK "the second one" },
    { "the same twice", "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nthe only one there is\n--b\n\nthe only one there is\n--b--\n", "s", "the only one there is" },
    { "base64 without its padding", "Subject: =?utf-8?B?R3LDvMOfZQ?=\nContent-Transfer-Encoding: base64\n\nR3LDvMOfZQ\n", "Gr\u00fc\u00dfe", "Gr\u00fc\u00dfe" },
    { "base64 and a mailing list's footer", "Subject: s\nContent-Transfer-Encoding: base64\n\nSGVsbG8K\nd29ybGQhCg==\n-- \nlamps mailing list, lamps@lists.test\n", "s", "Hello\nworld!\n" },
    { "base64 in two pieces", "Subject: s\nContent-Transfer-Encoding: base64\n\nSGVsbG8=\nIHdvcmxkCg==\n", "s", "Hello world\n" },
    { "a remark behind the padding", "Subject: s\nContent-Transfer-Encoding: base64\n\nSGVsbG8sCg== ignored\n", "s", "Hello,\n" },
    { "plain text that says it is base64", "Subject: s\nContent-Transfer-Encoding: base64\n\nHello, where is my order? It is late.\n", "s", "Hello, where is my order? It is late.\n" },
    { "UTF-8 that says it is Latin-1", "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr\xc3\xbc\xc3\x9f"
                                       "e\n",
      "s", "Gr\u00fc\u00dfe\n" },
    { "Latin-1 that looks like UTF-8 of a control character", "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n\xc2\x80 100\n", "s", "\u00c2\u20ac 100\n" },
    { "undeclared windows-1250", "Subject: s\n\nDzi\xeakuj\xea za szybk\xb9 odpowied\x9f. Paczka dotar\xb3"
                                 "a dzi\x9c rano i wszystko jest w porz\xb9"
                                 "dku.\n",
      "s", "Dzi\u0119kuj\u0119 za szybk\u0105 odpowied\u017a. Paczka dotar\u0142a dzi\u015b rano i wszystko jest w porz\u0105dku.\n" },
    { "undeclared windows-1254", "Subject: s\n\nMerhaba, ge\xe7"
                                 "en hafta bir kupa sipari\xfe ettim ve h\xe2l\xe2 gelmedi.\n",
      "s", "Merhaba, ge\u00e7en hafta bir kupa sipari\u015f ettim ve h\u00e2l\u00e2 gelmedi.\n" },
    { "undeclared windows-1252", "Subject: s\n\n\xbfHabr\xe1 la manta \xabNiebla\xbb en rojo teja? Es un regalo para el s\xe1"
                                 "bado.\n",
      "s", "\u00bfHabr\u00e1 la manta \u00abNiebla\u00bb en rojo teja? Es un regalo para el s\u00e1"
           "bado.\n" },
    { "undeclared KOI8", "Subject: s\n\n\xeb\xcf\xc7\xc4\xc1 \xd0\xd2\xc9\xc4\xa3\xd4 \xcd\xcf\xca \xda\xc1\xcb\xc1\xda?\n", "s", "\u041a\u043e\u0433\u0434\u0430 \u043f\u0440\u0438\u0434\u0451\u0442 \u043c\u043e\u0439 \u0437\u0430\u043a\u0430\u0437?\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosParsedMessage) parsed = parse_bytes (cases[i].mail, -1);

      g_test_message ("%s", cases[i].what);
      g_assert_cmpstr (parsed->subject, ==, cases[i].subject);
      g_assert_cmpstr (parsed->text, ==, cases[i].text);
    }
}

/* What a program attached as a text is no part of what was written, and stays in sight; what is behind a picture goes on with it. */
static void
test_texts_of_their_own (void)
{
#define MIXED "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
#define PICTURE "--b\nContent-Type: image/png; name=a.png\nContent-Disposition: inline; filename=a.png\n\npixels\n"
  static const struct
  {
    const char *what;
    const char *mail;
    const char *text;
    const char *reply_text;
  } cases[] = {
    { "text, picture, text", MIXED "--b\n\nSee this:\n" PICTURE "--b\n\nIt is order 17.\n--b--\n", "See this:\nIt is order 17.", "See this:\nIt is order 17." },
    { "a disclaimer", MIXED "--b\n\nWhere is it?\n--b\n\nThis mail is confidential.\n--b--\n", "Where is it?" MOS_TEXT_BREAK "This mail is confidential.",
      "Where is it?\n\nThis mail is confidential." },
    { "below both forms", MIXED "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nHello\n--c\nContent-Type: text/html\n\n<p>Hello</p>\n--c--\n--b\n\nfooter\n--b--\n",
      "Hello" MOS_TEXT_BREAK "footer", NULL },
    { "picture, disclaimer behind another text", MIXED PICTURE "--b\n\none\n--b\n\ntwo\n--b--\n", "one" MOS_TEXT_BREAK "two", "one\n\ntwo" },
    { "a form feed in HTML", "Subject: s\nContent-Type: text/html\n\n<pre>one\n&#12;\n&#x0c;two\n</pre>\n", NULL, NULL },
    { "a new page within a text", "Subject: s\n\none\n\f\ntwo\n", "one\n\n\ntwo\n", "one\n\n\ntwo" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosParsedMessage) parsed = parse_bytes (cases[i].mail, -1);
      g_autoptr (MosHtmlDocument) document = mos_html_document_new_for_text (parsed->text);
      g_auto (GStrv) parts = mos_text_split_parts (parsed->text);
      guint rules = 0;

      g_test_message ("%s", cases[i].what);
      if (cases[i].text != NULL)
        g_assert_cmpstr (parsed->text, ==, cases[i].text);
      else
        g_assert_null (strchr (parsed->text, '\f'));
      if (cases[i].reply_text != NULL)
        g_assert_cmpstr (parsed->reply_text, ==, cases[i].reply_text);
      for (guint b = 0; b < document->blocks->len; b++)
        {
          MosHtmlBlock *block = g_ptr_array_index (document->blocks, b);

          rules += block->kind == MOS_HTML_RULE;
          g_assert_null (strchr (block->text, '\f'));
        }
      g_assert_cmpuint (rules + 1, ==, g_strv_length (parts));
    }
#undef PICTURE
#undef MIXED
}

/* Whatever stands between its letters, and wherever a buffer ends, it is the same data. */
static void
test_base64 (void)
{
  static const char *const between[] = { "\n", "\r\n", " ", "\t!", "\xc3\xbc" };

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *encoded = NULL;
      guint8 data[200];
      gsize size = (gsize) g_test_rand_int_range (0, (gint32) sizeof data + 1), done = 0;
      MosBase64 state = { 0 };

      for (gsize i = 0; i < size; i++)
        data[i] = (guint8) g_test_rand_int_range (0, 256);
      encoded = g_base64_encode (data, size);
      for (const char *p = encoded; *p != '\0'; p++)
        {
          if (*p != '=' && g_test_rand_int_range (0, 20) == 0)
            g_string_append (text, between[g_test_rand_int_range (0, G_N_ELEMENTS (between))]);
          g_string_append_c (text, *p);
        }
      while (done < text->len)
        {
          gsize piece = (gsize) g_test_rand_int_range (1, (gint32) (text->len - done) + 1);

          mos_mime_decode_base64 (&state, text->str + done, piece, bytes);
          done += piece;
        }
      mos_mime_decode_base64 (&state, "", 0, bytes);
      g_assert_cmpmem (bytes->data, bytes->len, data, size);
    }
}

static void
test_nobody (void)
{
  g_autoptr (MosParsedMessage) parsed = parse_bytes ("From: MAILER DAEMON <>\nSubject: s\n\nbody\n", -1);

  g_assert_cmpstr (parsed->from->name, ==, "MAILER DAEMON");
  g_assert_cmpstr (parsed->from->address, ==, "");
}

/* An attached file keeps its last bytes, too. */
static void
test_cut_off_file (void)
{
  g_autoptr (MosParsedMessage) parsed = parse_bytes ("Subject: s\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQ\n", -1);
  MosAttachment *attachment = g_ptr_array_index (parsed->attachments, 0);

  g_assert_cmpmem (g_bytes_get_data (attachment->data, NULL), g_bytes_get_size (attachment->data), "%PDF-1.4", 8);
}

/* --- reports --- */

#define REPORT(fields, recipients)                                                                                                 \
  "Return-Path: <>\nFrom: MAILER-DAEMON@mx.test\nSubject: Report\n"                                                                \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"                                                    \
  "--b\n\nAbout your message.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n" fields "\n" recipients \
  "\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <one@shop.test>\nSubject: Hello\n\n--b--\n"

static void
test_report (void)
{
  g_autoptr (MosParsedMessage) mixed = parse_bytes (REPORT ("Original-Envelope-Id: env+2B42\n",
                                                            "Final-Recipient: rfc822; gone@mail.test\nAction: Failed (permanent)\nStatus: 5.1.1\n\n"
                                                            "Final-Recipient: rfc822; here@mail.test\nAction: delivered\nStatus: 2.0.0\n\n"
                                                            "Final-Recipient: rfc822; slow@mail.test\nAction: delayed\nStatus: 4.4.1\n"),
                                                    -1);
  g_autoptr (MosParsedMessage) done = parse_bytes (REPORT ("", "Final-Recipient: rfc822; here@mail.test\nAction: relayed\nStatus: 2.1.9\n"), -1);
  static const char *const actions[] = { "failed", "delivered", "delayed" };

  g_assert_cmpint (mixed->classification, ==, MOS_CLASSIFICATION_BOUNCE_HARD);
  g_assert_cmpuint (mixed->bounces->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      MosBounce *bounce = g_ptr_array_index (mixed->bounces, i);

      g_assert_cmpstr (bounce->action, ==, actions[i]);
      g_assert_cmpint (bounce->hard, ==, i == 0);
      g_assert_cmpstr (bounce->envelope_id, ==, "env+2B42");
      g_assert_cmpstr (bounce->original_message_id, ==, "one@shop.test");
    }

  g_assert_cmpint (done->classification, ==, MOS_CLASSIFICATION_DELIVERY_REPORT);
  g_assert_cmpuint (done->bounces->len, ==, 1);
  {
    MosBounce *bounce = g_ptr_array_index (done->bounces, 0);

    g_assert_cmpstr (bounce->action, ==, "relayed");
    g_assert_cmpstr (bounce->status, ==, "2.1.9");
    g_assert_false (bounce->hard);
    g_assert_null (bounce->envelope_id);
    g_assert_cmpstr (bounce->original_message_id, ==, "one@shop.test");
  }
}

/* --- hostile mail --- */

static void
repeat (GString *into,
        const char *piece,
        gsize bytes)
{
  gsize length = strlen (piece);

  for (gsize n = 0; n < bytes; n += length)
    g_string_append_len (into, piece, (gssize) length);
}

/* Whatever is repeated: a hundred times as much takes no more than a hundred times as long, and that is little. */
static void
test_long (void)
{
  static const struct
  {
    const char *head;
    const char *piece;
  } cases[] = {
    { "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n" },
    { "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\nno header\n" },
    { "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: multipart/mixed; boundary=b\n" },
    { "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: message/rfc822\n\n" },
    { "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--c\n" },
    { "Subject: s\nContent-Type: message/rfc822\n\n", "Content-Type: message/rfc822\n\n" },
    { "Subject: s\n", "X: y\nstray\n" },
    { "Subject: s\n", "X: y\n" },
    { "Subject: ", "=?utf-8?B?4pyT?= " },
    { "Subject: ", "=?" },
    { "From: ", "a@mail.test, " },
    { "From: ", "\"" },
    { "From: ", "(" },
    { "To: ", "g:a@mail.test;" },
    { "References: ", "<a@mail.test> " },
    { "Content-Type: text/plain; ", "x*0=y; " },
    { "Subject: s\n\n", "> " },
    { "Subject: s\n\n", "> quoted\nanswer\n" },
    { "Subject: s\n\n", "On Mon, 2 Mar 2026 at 10:00 Ana <a@mail.test>\n" },
    { "Subject: s\n\n", "From: x\nTo: y\n" },
    { "Subject: s\n\n", "-- \n" },
    { "Subject: s\n\n", "begin 644 a\n" },
    { "Subject: s\n\n", "\xe9 " },
    { "Subject: s\n\n", "_" },
    { "Subject: s\nContent-Transfer-Encoding: base64\n\n", "====\n" },
    { "Subject: s\nContent-Type: text/plain; format=flowed\n\n", "word \n" },
    { "Subject: s\nContent-Type: text/html\n\n", "<blockquote>" },
    { "Subject: s\nContent-Type: text/html\n\n", "<div style=\"border-top:solid #E1E1E1 1.0pt\">" },
    { "Return-Path: <>\nFrom: mailer-daemon@mx.test\nSubject: failure notice\n\n", "<a@mail.test>: 550 no such user\n" },
    { "Return-Path: <>\nFrom: mailer-daemon@mx.test\nSubject: failure notice\n\n", "to a" },
    { "Return-Path: <>\nFrom: mailer-daemon@mx.test\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n", "Final-Recipient: rfc822; a@mail.test\nAction: failed\n\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) mail = g_string_new (cases[i].head);
      g_autoptr (MosParsedMessage) parsed = NULL;
      clock_t before;
      double seconds;

      repeat (mail, cases[i].piece, 40 * 1024);
      before = clock ();
      parsed = parse_bytes (mail->str, (gssize) mail->len);
      seconds = (double) (clock () - before) / CLOCKS_PER_SEC;
      if (seconds > 1)
        g_test_message ("%s%s…: %.1f s", cases[i].head, cases[i].piece, seconds);
      /* processor time, in an instrumented build: far above anything that is not a runaway */
      g_assert_cmpfloat (seconds, <, 20);
      g_assert_cmpuint (parsed->attachments->len, <=, 1000);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/mime/broken/texts", test_texts);
  g_test_add_func ("/mime/broken/texts-of-their-own", test_texts_of_their_own);
  g_test_add_func ("/mime/broken/base64", test_base64);
  g_test_add_func ("/mime/broken/nobody", test_nobody);
  g_test_add_func ("/mime/broken/cut-off-file", test_cut_off_file);
  g_test_add_func ("/mime/broken/report", test_report);
  g_test_add_func ("/mime/broken/long", test_long);
  return g_test_run ();
}

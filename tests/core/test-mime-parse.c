/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

static MosParsedMessage *
parse (const void *data,
       gsize length)
{
  g_autoptr (GBytes) raw = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  MosParsedMessage *parsed = mos_mime_parse (raw, &error);

  g_assert_no_error (error);
  g_assert_nonnull (parsed);
  return parsed;
}

/* --- fixtures: NAME.eml beside NAME.json, which names what must hold --- */

static char *
address_text (MosAddress *address)
{
  if (address == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%s%s<%s>", address->name != NULL ? address->name : "", address->name != NULL ? " " : "", address->address);
}

static void
assert_addresses (GPtrArray *got,
                  JsonArray *wanted)
{
  g_assert_cmpuint (got->len, ==, json_array_get_length (wanted));
  for (guint i = 0; i < got->len; i++)
    {
      g_autofree char *text = address_text (g_ptr_array_index (got, i));

      g_assert_cmpstr (text, ==, json_array_get_string_element (wanted, i));
    }
}

static void
check_member (MosParsedMessage *parsed,
              const char *name,
              JsonNode *node)
{
  if (strcmp (name, "subject") == 0)
    g_assert_cmpstr (parsed->subject, ==, json_node_get_string (node));
  else if (strcmp (name, "from") == 0)
    {
      g_autofree char *text = address_text (parsed->from);

      g_assert_cmpstr (text, ==, json_node_get_string (node));
    }
  else if (strcmp (name, "to") == 0)
    assert_addresses (parsed->to, json_node_get_array (node));
  else if (strcmp (name, "cc") == 0)
    assert_addresses (parsed->cc, json_node_get_array (node));
  else if (strcmp (name, "sent_us") == 0)
    g_assert_cmpint (parsed->sent_us, ==, json_node_get_int (node));
  else if (strcmp (name, "message_id") == 0)
    g_assert_cmpstr (parsed->message_id, ==, json_node_get_string (node));
  else if (strcmp (name, "in_reply_to") == 0)
    g_assert_cmpstr (parsed->in_reply_to, ==, json_node_get_string (node));
  else if (strcmp (name, "references") == 0)
    {
      JsonArray *array = json_node_get_array (node);

      g_assert_cmpuint (g_strv_length (parsed->references), ==, json_array_get_length (array));
      for (guint i = 0; parsed->references[i] != NULL; i++)
        g_assert_cmpstr (parsed->references[i], ==, json_array_get_string_element (array, i));
    }
  else if (strcmp (name, "language") == 0)
    g_assert_cmpstr (parsed->language, ==, json_node_get_string (node));
  else if (strcmp (name, "text") == 0)
    g_assert_cmpstr (parsed->text, ==, json_node_get_string (node));
  else if (strcmp (name, "html") == 0)
    g_assert_cmpstr (parsed->html, ==, json_node_get_string (node));
  else if (strcmp (name, "reply_text") == 0)
    g_assert_cmpstr (parsed->reply_text, ==, json_node_get_string (node));
  else if (strcmp (name, "classification") == 0)
    g_assert_cmpstr (mos_classification_to_nick (parsed->classification), ==, json_node_get_string (node));
  else if (strcmp (name, "cause") == 0)
    g_assert_cmpstr (parsed->cause, ==, json_node_get_string (node));
  else if (strcmp (name, "may_answer") == 0)
    g_assert_cmpint (parsed->may_answer_automatically, ==, json_node_get_boolean (node));
  else if (strcmp (name, "attachments") == 0)
    {
      JsonArray *array = json_node_get_array (node);

      g_assert_cmpuint (parsed->attachments->len, ==, json_array_get_length (array));
      for (guint i = 0; i < parsed->attachments->len; i++)
        {
          MosAttachment *a = g_ptr_array_index (parsed->attachments, i);
          g_autofree char *text = g_strdup_printf ("%s %s %" G_GUINT64_FORMAT "%s", a->name, a->type, a->size, a->is_inline ? " inline" : "");

          g_assert_cmpstr (text, ==, json_array_get_string_element (array, i));
          g_assert_cmpuint (g_bytes_get_size (a->data), ==, a->size);
        }
    }
  else if (strcmp (name, "bounces") == 0)
    {
      JsonArray *array = json_node_get_array (node);

      g_assert_cmpuint (parsed->bounces->len, ==, json_array_get_length (array));
      for (guint i = 0; i < parsed->bounces->len; i++)
        {
          MosBounce *b = g_ptr_array_index (parsed->bounces, i);
          g_autofree char *text = g_strdup_printf ("%s %s %s %s", b->recipient, b->status, b->hard ? "hard" : "soft", b->original_message_id);

          g_assert_cmpstr (text, ==, json_array_get_string_element (array, i));
        }
    }
  else
    g_error ("unknown member %s", name);
}

static void
check_file (const char *path,
            gboolean crlf)
{
  g_autofree char *json_path = g_strdup_printf ("%.*s.json", (int) strlen (path) - 4, path);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) data = g_string_new (NULL);
  g_autofree char *file = NULL;
  gsize length;
  JsonObject *object;
  g_autoptr (GList) members = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;

  json_parser_load_from_file (parser, json_path, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &file, &length, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < length; i++)
    {
      if (crlf && file[i] == '\n')
        g_string_append_c (data, '\r');
      g_string_append_c (data, file[i]);
    }
  parsed = parse (data->str, data->len);
  object = json_node_get_object (json_parser_get_root (parser));
  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    /* an attached message keeps the line ends it came with */
    if (!crlf || strcmp (l->data, "attachments") != 0)
      check_member (parsed, l->data, json_object_get_member (object, l->data));
}

static void
test_fixtures (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "mime", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".eml"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_test_message ("%s", name);
        check_file (path, FALSE);
        check_file (path, TRUE);
        n++;
      }
  g_assert_cmpuint (n, >=, 12);
}

/* --- the two questions --- */

static void
test_classification (void)
{
  static const struct
  {
    const char *headers;
    const char *classification;
    gboolean may_answer;
    gboolean is_contact_form;
  } cases[] = {
    { "", "normal", TRUE, FALSE },
    { "Auto-Submitted: no\n", "normal", TRUE, FALSE },
    { "Auto-Submitted: auto-replied\n", "auto_reply", FALSE, FALSE },
    { "Auto-Submitted: auto-replied (vacation)\n", "auto_reply", FALSE, FALSE },
    { "Auto-Submitted: auto-generated\n", "bulk", FALSE, FALSE },
    { "Auto-Submitted: auto-generated\nReply-To: Ana <ana@mail.test>\n", "normal", FALSE, TRUE },
    { "Auto-Submitted: auto-generated\nReply-To: support@shop.test\n", "bulk", FALSE, FALSE },
    { "X-Autoreply: yes\n", "auto_reply", FALSE, FALSE },
    { "X-Autorespond: Re\n", "auto_reply", FALSE, FALSE },
    { "X-Autogenerated: Reply\n", "normal", FALSE, FALSE },
    { "Precedence: auto_reply\n", "auto_reply", FALSE, FALSE },
    { "Precedence: bulk\n", "bulk", FALSE, FALSE },
    { "X-Precedence: list\n", "bulk", FALSE, FALSE },
    { "List-Id: <a.list.test>\n", "bulk", FALSE, FALSE },
    { "List-Unsubscribe: <https://x.test>\n", "bulk", FALSE, FALSE },
    { "X-Auto-Response-Suppress: OOF\n", "normal", FALSE, FALSE },
    { "X-AMAZON-MAIL-RELAY-TYPE: notification\n", "normal", FALSE, FALSE },
    { "X-Loop: x\n", "normal", FALSE, FALSE },
    { "Delivered-To: autoresponder@x.test\n", "normal", FALSE, FALSE },
    { "Return-Path: <>\n", "normal", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Automatic reply: Your order\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Respuesta automática: pedido\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Abwesenheitsnotiz: Urlaub\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Réponse automatique : commande\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Risposta automatica: ordine\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Fora do escritório: pedido\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Fora de l'oficina: comanda\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: رد تلقائي: طلب\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Ausencia: pedido\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Absent du bureau : commande\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Fuori ufficio: ordine\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: Abwesenheit: Bestellung\n", "auto_reply", FALSE, FALSE },
    { "Return-Path: <>\nSubject: 自动回复: 订单\n", "auto_reply", FALSE, FALSE },
    { "Subject: Automatic reply: a customer may write that\n", "normal", TRUE, FALSE },
    { "Subject: delivery failure of my parcel\n", "normal", TRUE, FALSE },
    { "Return-Path: <ana@mail.test>\nSubject: Undeliverable parcel returned to sender\n", "normal", TRUE, FALSE },
    { "X-Failed-Recipients: gone@mail.test\nSubject: Mail delivery failed\n", "bounce_soft", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mail = g_strdup_printf ("From: someone@mail.test\nTo: support@shop.test\n%s\nHello there\n", cases[i].headers);
      g_autoptr (MosParsedMessage) parsed = parse (mail, strlen (mail));

      g_test_message ("%s", cases[i].headers);
      g_assert_cmpstr (mos_classification_to_nick (parsed->classification), ==, cases[i].classification);
      g_assert_cmpint (parsed->may_answer_automatically, ==, cases[i].may_answer);
      g_assert_cmpint (parsed->is_contact_form, ==, cases[i].is_contact_form);
      g_assert_true ((parsed->classification == MOS_CLASSIFICATION_NORMAL) == (parsed->cause == NULL));
    }
}

/* --- identity --- */

static void
test_digest (void)
{
  static const char *const base = "From: a@x.test\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: s\n\nbody\n";
  static const char *const others[] = {
    "From: b@x.test\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: s\n\nbody\n",
    "From: a@x.test\nDate: Mon, 2 Mar 2026 10:00:01 +0000\nSubject: s\n\nbody\n",
    "From: a@x.test\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: t\n\nbody\n",
    "From: a@x.test\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: s\n\nother\n",
  };
  static const char *const same = "Received: by another\r\nFrom: \"A\" <a@x.test>\r\nSubject: s\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nX-Spam: no\r\n\r\nbody\r\n";
  g_autoptr (MosParsedMessage) parsed = parse (base, strlen (base));
  g_autoptr (MosParsedMessage) again = parse (same, strlen (same));

  g_assert_cmpuint (strlen (parsed->digest), ==, 64);
  g_assert_cmpstr (again->digest, ==, parsed->digest);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (MosParsedMessage) other = parse (others[i], strlen (others[i]));

      g_assert_cmpstr (other->digest, !=, parsed->digest);
    }
}

/* --- limits --- */

static void
test_limits (void)
{
  g_autoptr (GString) mail = g_string_new ("From: a@x.test\nReferences:");

  for (int i = 0; i < 500; i++)
    g_string_append_printf (mail, " <%d@x.test>\n", i);
  g_string_append (mail, "Subject: ");
  for (int i = 0; i < 5000; i++)
    g_string_append (mail, "ñ");
  g_string_append (mail, "\nContent-Type: multipart/mixed; boundary=b\n\n");
  for (int i = 0; i < 1500; i++)
    g_string_append_printf (mail, "--b\nContent-Type: image/png; name=%d.png\n\nx\n", i);
  g_string_append (mail, "--b--\n");
  {
    g_autoptr (MosParsedMessage) parsed = parse (mail->str, mail->len);

    g_assert_cmpuint (g_strv_length (parsed->references), ==, 50);
    g_assert_cmpstr (parsed->references[0], ==, "0@x.test");
    g_assert_cmpstr (parsed->references[49], ==, "499@x.test");
    g_assert_cmpuint (strlen (parsed->subject), <=, 1024);
    g_assert_cmpuint (parsed->attachments->len, <=, 1000);
    g_assert_cmpuint (parsed->attachments->len, >=, 990);
  }
  g_string_assign (mail, "From: a@x.test\n");
  for (int i = 0; i < 2000; i++)
    g_string_append_printf (mail, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
  g_string_append (mail, "Content-Type: text/plain\n\ndeep\n");
  {
    g_autoptr (MosParsedMessage) parsed = parse (mail->str, mail->len);

    g_assert_nonnull (parsed->text);
  }
}

static void
test_bytes (void)
{
  static const char nul[] = "From: a@x.test\nSubject: n\0l\n\nwith\0nul\n";
  static const char broken[] = "From: a@x.test\nSubject: =?utf-8?q?caf=C3=A9=FF?=\nContent-Type: text/plain; charset=utf-8\n\ncaf\xc3\xa9 \xe2\x82\xac \xe2\x82 end\n";
  static const char japanese[] = "From: a@x.test\nSubject: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=\n\n\x1b$BF|K\\\x1b(B\n";
  static const char gb[] = "From: a@x.test\nSubject: =?gb2312?B?1tDOxA==?=\nContent-Type: text/plain; charset=gb2312\n\n\xd6\xd0\xce\xc4\n";
  static const char split[] = "From: a@x.test\nSubject: =?utf-8?B?5pel5pw=?= =?utf-8?B?rA==?= =?utf-8?q?x?=y\n\nb\n";
  g_autoptr (MosParsedMessage) parsed = parse (nul, sizeof nul - 1);

  g_assert_cmpstr (parsed->text, ==, "withnul\n");
  g_clear_pointer (&parsed, mos_parsed_message_unref);
  parsed = parse (broken, sizeof broken - 1);
  g_assert_true (g_str_has_prefix (parsed->text, "café € \357\277\275") && g_str_has_suffix (parsed->text, " end\n"));
  g_assert_true (g_str_has_prefix (parsed->subject, "caf"));
  g_clear_pointer (&parsed, mos_parsed_message_unref);
  parsed = parse (japanese, sizeof japanese - 1);
  g_assert_cmpstr (parsed->subject, ==, "日本");
  g_assert_cmpstr (parsed->text, ==, "日本\n");
  g_clear_pointer (&parsed, mos_parsed_message_unref);
  parsed = parse (gb, sizeof gb - 1);
  g_assert_cmpstr (parsed->subject, ==, "中文");
  g_assert_cmpstr (parsed->text, ==, "中文\n");
  g_clear_pointer (&parsed, mos_parsed_message_unref);
  parsed = parse (split, sizeof split - 1);
  g_assert_cmpstr (parsed->subject, ==, "日本xy");
}

/* Fixtures with bytes changed, removed, doubled: nothing crashes, all text stays valid. */
static void
test_mutations (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "mime", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".eml") || !g_file_get_contents (path, &data, &length, NULL) || length == 0)
        continue;
      for (guint round = 0; round < mos_test_rounds (150); round++)
        {
          g_autoptr (GByteArray) bytes = g_byte_array_new ();
          g_autoptr (MosParsedMessage) parsed = NULL;
          int n = g_rand_int_range (rand, 1, 8);

          g_byte_array_append (bytes, (const guint8 *) data, (guint) length);
          for (int i = 0; i < n && bytes->len > 8; i++)
            {
              guint at = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len - 4);

              switch (g_rand_int_range (rand, 0, 4))
                {
                case 0:
                  bytes->data[at] = (guint8) g_rand_int (rand);
                  break;
                case 1:
                  g_byte_array_remove_range (bytes, at, (guint) g_rand_int_range (rand, 1, (gint32) MIN (bytes->len - at, 40)));
                  break;
                case 2:
                  bytes->data[at] = (guint8) "\n\r:;=?-<>\"\0 "[g_rand_int_range (rand, 0, 12)];
                  break;
                default:
                  g_byte_array_set_size (bytes, at + 1);
                  break;
                }
            }
          parsed = parse (bytes->data, bytes->len);
          g_assert_true (g_utf8_validate (parsed->subject, -1, NULL));
          g_assert_true (g_utf8_validate (parsed->text, -1, NULL));
          g_assert_true (g_utf8_validate (parsed->reply_text, -1, NULL));
          g_assert_true (parsed->html == NULL || g_utf8_validate (parsed->html, -1, NULL));
        }
    }
}

/* A large attachment costs its bytes about once, not many times. */
static void
test_large (void)
{
  gsize size = 24 * 1024 * 1024;
  g_autofree guint8 *data = g_malloc (size);
  g_autofree char *encoded = NULL;
  g_autoptr (GString) mail = g_string_new ("From: a@x.test\nContent-Type: application/zip; name=big.zip\nContent-Transfer-Encoding: base64\n\n");
  g_autoptr (MosParsedMessage) parsed = NULL;

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + (i >> 8));
  {
    gsize length;

    encoded = g_base64_encode (data, size);
    length = strlen (encoded);
    for (gsize at = 0; at < length; at += 76)
      {
        g_string_append_len (mail, encoded + at, (gssize) MIN (76, length - at));
        g_string_append_c (mail, '\n');
      }
  }
  parsed = parse (mail->str, mail->len);
  g_assert_cmpuint (parsed->attachments->len, ==, 1);
  {
    MosAttachment *attachment = g_ptr_array_index (parsed->attachments, 0);

    g_assert_cmpuint (attachment->size, ==, size);
    g_assert_cmpmem (g_bytes_get_data (attachment->data, NULL), g_bytes_get_size (attachment->data), data, size);
  }
}

static char *
digest_of (const char *text,
           gsize length)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (raw, &error);

  g_assert_no_error (error);
  return g_strdup (parsed->digest);
}

static char *
scan_with (const char *page)
{
  return g_strdup_printf ("From: scanner@shop.test\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\nSubject: Scan\r\nMIME-Version: 1.0\r\n"
                          "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nScan\r\n"
                          "--b\r\nContent-Type: application/pdf; name=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--b--\r\n",
                          page);
}

/* Mails that differ in nothing but what is attached are two mails (a review found the second one lost). */
static void
test_digest_of_attachments (void)
{
  g_autofree char *one = scan_with ("cGFnZSBvbmU=");
  g_autofree char *two = scan_with ("cGFnZSB0d28=");
  g_autofree char *first = digest_of (one, strlen (one));
  g_autofree char *again = digest_of (one, strlen (one));
  g_autofree char *second = digest_of (two, strlen (two));
  g_autofree char *bytes = digest_of ("\0\1\2\3", 4);
  g_autofree char *others = digest_of ("\0\1\2\4", 4);
  g_autofree char *nothing = digest_of ("", 0);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (bytes, !=, others);
  g_assert_cmpstr (bytes, !=, nothing);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/parse/fixtures", test_fixtures);
  g_test_add_func ("/mime/parse/classification", test_classification);
  g_test_add_func ("/mime/parse/digest", test_digest);
  g_test_add_func ("/mime/parse/limits", test_limits);
  g_test_add_func ("/mime/parse/bytes", test_bytes);
  g_test_add_func ("/mime/parse/digest-of-attachments", test_digest_of_attachments);
  g_test_add_func ("/mime/parse/mutations", test_mutations);
  g_test_add_func ("/mime/parse/large", test_large);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-mime.h"

#include <locale.h>
#include <string.h>

/* What mail programs do beside the standards: text that does not say its charset, files in envelopes of other kinds, headers with a piece
 * missing, and mail that comes back in words of all sorts. */

static MosParsedMessage *
parse (const char *data,
       gsize length)
{
  g_autoptr (GBytes) raw = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  MosParsedMessage *parsed = mos_mime_parse (raw, &error);

  g_assert_no_error (error);
  g_assert_nonnull (parsed);
  return parsed;
}

/* --- charsets --- */

static const struct
{
  const char *charset;
  const char *text;
} charset_cases[] = {
  { "WINDOWS-1251", "Здравствуйте! Подскажите, пожалуйста, когда придёт мой заказ? Я жду его уже две недели." },
  { "KOI8-R", "Здравствуйте! Подскажите, пожалуйста, когда придёт мой заказ? Я жду его уже две недели." },
  { "ISO-8859-5", "Здравствуйте! Подскажите, пожалуйста, когда придёт мой заказ?" },
  { "CP866", "Добрый день, хочу вернуть товар и получить деньги обратно." },
  { "WINDOWS-1251", "Добър ден, искам да върна поръчката си, защото размерът не е правилен." },
  { "CP932", "お世話になっております。先日注文した商品がまだ届いていません。いつ発送されますか？" },
  { "EUC-JP", "お世話になっております。先日注文した商品がまだ届いていません。いつ発送されますか？" },
  { "GB18030", "你好，我上个星期在你们的网店买了一件衣服，可是到现在还没有收到，请问什么时候能发货？" },
  { "BIG5", "你好，我上個星期在你們的網店買了一件衣服，可是到現在還沒有收到，請問什麼時候能出貨？" },
  { "CP949", "안녕하세요. 지난주에 주문한 상품이 아직 도착하지 않았습니다. 언제 받을 수 있을까요?" },
  { "WINDOWS-1253", "Καλημέρα σας, θα ήθελα να μάθω πότε θα παραλάβω την παραγγελία μου." },
  { "WINDOWS-1255", "שלום, הזמנתי מכם חולצה לפני שבוע ועדיין לא קיבלתי אותה. מתי היא תגיע?" },
  { "WINDOWS-1256", "السلام عليكم، لقد طلبت قميصا قبل أسبوع ولم يصل بعد. متى سيصل الطلب؟" },
  { "WINDOWS-874", "สวัสดีค่ะ สั่งเสื้อไปเมื่ออาทิตย์ที่แล้ว ยังไม่ได้รับของเลย จะส่งเมื่อไหร่คะ" },
  /* Latin scripts stay what they are */
  { "WINDOWS-1252", "Grüße aus Köln! Können Sie mir bitte die Größe ändern? Schöne Füße brauchen schöne Söckchen." },
  { "WINDOWS-1252", "¿Dónde está mi pedido? Lo encargué hace más de diez días y aún no llegó. ¡Señores, así no!" },
  { "WINDOWS-1252", "Ça été expédié où? Être à l'hôtel à Noël, déjà reçu." },
  { "WINDOWS-1252", "ÀÉÈÙÇ ÊÎÔÛ" },
  { "WINDOWS-1252", "Não há informação sobre a devolução; à espera de solução." },
};

static void
test_charsets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charset_cases); i++)
    {
      g_autoptr (GString) mail = g_string_new ("From: Ana <ana@mail.test>\r\nSubject: order 1042\r\nContent-Type: text/plain\r\n\r\nOrder 1042, https://shop.example/orders/1042\r\n\r\n");
      g_autofree char *bytes = NULL;
      g_autoptr (MosParsedMessage) parsed = NULL;
      gsize length;

      bytes = g_convert (charset_cases[i].text, -1, charset_cases[i].charset, "UTF-8", NULL, &length, NULL);
      g_assert_nonnull (bytes);
      g_string_append_len (mail, bytes, (gssize) length);
      g_string_append (mail, "\r\n\r\nAna\r\n");
      parsed = parse (mail->str, mail->len);
      if (strstr (parsed->text, charset_cases[i].text) == NULL)
        {
          g_test_message ("%s: %s", charset_cases[i].charset, parsed->text);
          g_test_fail ();
        }
    }
}

/* --- files within the text --- */

static void
test_uuencode (void)
{
  static const char mail[] =
      "From: a@mail.test\r\nSubject: s\r\n\r\nHere it is:\r\n\r\nbegin 644 note.txt\r\n&:&5L;&\\*\r\n`\r\nend\r\n\r\nAnd we begin 644 more lines\r\nbegin 644 no file here\r\nthis is only talk.\r\n";
  g_autoptr (MosParsedMessage) parsed = parse (mail, strlen (mail));
  MosAttachment *attachment;

  g_assert_cmpuint (parsed->attachments->len, ==, 1);
  attachment = g_ptr_array_index (parsed->attachments, 0);
  g_assert_cmpstr (attachment->name, ==, "note.txt");
  g_assert_cmpmem (g_bytes_get_data (attachment->data, NULL), attachment->size, "hello\n", 6);
  g_assert_null (strstr (parsed->text, "&:&5L"));
  g_assert_nonnull (strstr (parsed->text, "Here it is"));
  g_assert_nonnull (strstr (parsed->text, "begin 644 no file here\nthis is only talk."));
}

/* --- winmail.dat --- */

static void
put (GByteArray *to,
     guint32 value,
     guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (to, &byte, 1);
    }
}

static void
put_attribute (GByteArray *to,
               guint level,
               guint32 id,
               const void *data,
               guint length)
{
  put (to, level, 1);
  put (to, id, 4);
  put (to, length, 4);
  g_byte_array_append (to, data, length);
  put (to, 0, 2);
}

static GByteArray *
make_tnef (void)
{
  static const char html[] = "<p>Good day</p>";
  GByteArray *tnef = g_byte_array_new ();
  g_autoptr (GByteArray) props = g_byte_array_new ();

  put (tnef, 0x223e9f78, 4);
  put (tnef, 1, 2);
  put_attribute (tnef, 1, 0x00069007, "\xe2\x04\0\0\0\0\0\0", 8);
  put (props, 1, 4);
  put (props, 0x102, 2);
  put (props, 0x1013, 2);
  put (props, 1, 4);
  put (props, sizeof html - 1, 4);
  g_byte_array_append (props, (const guint8 *) html, sizeof html - 1);
  put (props, 0, 4 - (sizeof html - 1) % 4);
  put_attribute (tnef, 1, 0x00069003, props->data, props->len);
  put_attribute (tnef, 2, 0x00069002, "xxxxxxxxxxxxxx", 14);
  put_attribute (tnef, 2, 0x00018010, "Stra\xdf"
                                      "e.txt",
                 11);
  put_attribute (tnef, 2, 0x0006800f, "content", 7);
  return tnef;
}

static MosParsedMessage *
parse_tnef (const guint8 *data,
            gsize length)
{
  g_autofree char *encoded = g_base64_encode (data, length);
  g_autofree char *mail = g_strconcat ("From: a@mail.test\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", encoded, "\r\n", NULL);

  return parse (mail, strlen (mail));
}

static void
test_tnef (void)
{
  g_autoptr (GByteArray) tnef = make_tnef ();
  g_autoptr (MosParsedMessage) parsed = parse_tnef (tnef->data, tnef->len);
  MosAttachment *attachment;

  g_assert_cmpuint (parsed->attachments->len, ==, 1);
  attachment = g_ptr_array_index (parsed->attachments, 0);
  g_assert_cmpstr (attachment->name, ==, "Straße.txt");
  g_assert_cmpmem (g_bytes_get_data (attachment->data, NULL), attachment->size, "content", 7);
  g_assert_cmpstr (parsed->html, ==, "<p>Good day</p>");

  /* Cut off anywhere, or a byte changed anywhere: whatever comes of it, the mail is there. */
  for (guint i = 0; i < tnef->len; i++)
    {
      g_autoptr (MosParsedMessage) cut = parse_tnef (tnef->data, i);
      g_autoptr (MosParsedMessage) hurt = NULL;
      guint8 old = tnef->data[i];

      tnef->data[i] = (guint8) (old ^ 0xff);
      hurt = parse_tnef (tnef->data, tnef->len);
      tnef->data[i] = old;
      g_assert_true (g_utf8_validate (cut->text, -1, NULL));
      g_assert_true (g_utf8_validate (hurt->text, -1, NULL));
    }

  /* What is no such envelope stays a file. */
  {
    g_autoptr (MosParsedMessage) other = parse_tnef ((const guint8 *) "nothing of the kind", 19);

    g_assert_cmpuint (other->attachments->len, ==, 1);
    g_assert_cmpstr (((MosAttachment *) other->attachments->pdata[0])->name, ==, "winmail.dat");
  }
}

/* --- a missing semicolon --- */

static void
test_semicolon (void)
{
  static const char *const mails[] = {
    "From: a@mail.test\nContent-Type: multipart/mixed\n\tboundary=\"b\"\nSubject: s\n\n--b\nContent-Type: text/plain\n\none\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=x.png\n\npng\n--b--\n",
    "Content-Type: multipart/mixed boundary=b\r\nFrom: a@mail.test\r\nSubject: s\r\n\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=x.png\r\n\r\npng\r\n--b--\r\n",
    "From: a@mail.test\nContent-Type: multipart/mixed; boundary=b\nSubject: s\n\n--b\n\none\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=x.png\n\npng\n--b--\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (MosParsedMessage) parsed = parse (mails[i], strlen (mails[i]));

      g_assert_cmpstr (parsed->subject, ==, "s");
      g_assert_cmpuint (parsed->attachments->len, ==, 1);
      g_assert_true (g_str_has_prefix (parsed->text, "one"));
    }
}

/* --- returned mail --- */

static const struct
{
  const char *name;
  const char *status; /* of the report, or NULL */
  const char *diagnostic;
  const char *text;
  gboolean hard;
  const char *wanted_status;
} bounce_cases[] = {
  { "unknown", "5.1.1", "smtp; 550 5.1.1 <bob@there.test>: Recipient address rejected: User unknown", "", TRUE, "5.1.1" },
  { "full", "5.2.2", "smtp; 552 5.2.2 mailbox full", "", FALSE, "5.2.2" },
  { "full within a relay's words", "5.1.0", "smtp; 5.1.0 - Unknown address error 550-'5.2.2 <bob@there.test>... Mailbox full'", "", FALSE, "5.2.2" },
  { "blocked", "5.7.1", "smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a list", "", FALSE, "5.7.1" },
  { "the sender's domain", "5.1.8", "smtp; 553 5.1.8 Domain of sender address does not exist", "", FALSE, "5.1.8" },
  { "refused at DATA", "5.0.0", "smtp; 550 Unknown user bob@there.test", "<bob@there.test>: host mx.there.test said: 550 Unknown user\n    bob@there.test (in reply to end of DATA\n    command)\n", FALSE, "5.0.0" },
  { "refused at RCPT", "5.0.0", "smtp; 550 Unknown user bob@there.test", "<bob@there.test>: host mx.there.test said: 550 Unknown user\n    bob@there.test (in reply to RCPT TO command)\n", TRUE, "5.0.0" },
  { "refused at MAIL", "5.1.0", "smtp; 550 5.1.0 unknown domain", "SMTP error from remote mail server after MAIL FROM:<shop@shop.test>: 550 5.1.0 unknown domain\n", FALSE, "5.1.0" },
  { "RCPT sent ahead of DATA", "5.1.1", "smtp; 550 5.1.1 user unknown", ">>> DATA\n<<< 550 5.1.1 user unknown\n550 5.1.1 <bob@there.test>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)\n", TRUE, "5.1.1" },
  { "given up", "4.1.1", "smtp; 450 4.1.1 <bob@there.test>: Recipient address rejected: User unknown in virtual alias table", "", TRUE, "4.1.1" },
  { "for now", "4.4.1", "smtp; 451 4.4.1 connection timed out", "", FALSE, "4.4.1" },
  { "no such domain", "5.4.4", "dns; Host or domain name not found. Name service error for name=there.test type=AAAA: Host not found", "", TRUE, "5.4.4" },
  { "no such domain for now", "5.0.0", "dns; Name service error for domain there.test: Host not found, try again", "", FALSE, "5.0.0" },
  { "no reason but the address", "5.0.0", "smtp; 550 <bob@there.test>: Recipient address rejected.", "", TRUE, "5.0.0" },
};

static void
test_bounces (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bounce_cases); i++)
    {
      g_autofree char *mail = g_strdup_printf (
          "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.test>\nTo: shop@shop.test\nSubject: Undelivered Mail Returned to Sender\n"
          "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n\n%s\n"
          "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; bob@there.test\nAction: failed\nStatus: %s\nDiagnostic-Code: %s\n\n"
          "--b\nContent-Type: message/rfc822\n\nFrom: shop@shop.test\nTo: bob@there.test\nMessage-ID: <1@shop.test>\n\nhello\n--b--\n",
          bounce_cases[i].text, bounce_cases[i].status, bounce_cases[i].diagnostic);
      g_autoptr (MosParsedMessage) parsed = parse (mail, strlen (mail));
      MosBounce *bounce;

      g_test_message ("%s", bounce_cases[i].name);
      g_assert_cmpuint (parsed->bounces->len, ==, 1);
      bounce = g_ptr_array_index (parsed->bounces, 0);
      g_assert_cmpstr (bounce->recipient, ==, "bob@there.test");
      g_assert_cmpstr (bounce->status, ==, bounce_cases[i].wanted_status);
      g_assert_cmpint (bounce->hard, ==, bounce_cases[i].hard);
      g_assert_cmpstr (bounce->original_message_id, ==, "1@shop.test");
      g_assert_cmpint (parsed->classification, ==, bounce_cases[i].hard ? MOS_CLASSIFICATION_BOUNCE_HARD : MOS_CLASSIFICATION_BOUNCE_SOFT);
    }
}

/* An empty sender alone makes no returned mail: receipts, answers of programs, and people's words about deliveries have it too. */
static void
test_no_bounces (void)
{
  static const char *const mails[] = {
    "Return-Path: <>\nFrom: Ana <ana@mail.test>\nTo: shop@shop.test\nSubject: my parcel\n\nHello, the parcel was not delivered. The postman says it could not be delivered because nobody was home. Can you help?\n",
    "Return-Path: <ana@mail.test>\nFrom: Ana <ana@mail.test>\nTo: shop@shop.test\nSubject: undeliverable?\n\nCould not be delivered to: my house. User unknown?\n",
    "From: Ana <ana@mail.test>\nTo: shop@shop.test\nSubject: Fwd: Undelivered Mail Returned to Sender\n\nWhat does this mean?\n> <bob@there.test>: 550 user unknown\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (MosParsedMessage) parsed = parse (mails[i], strlen (mails[i]));

      g_assert_cmpint (parsed->classification, ==, MOS_CLASSIFICATION_NORMAL);
      g_assert_cmpuint (parsed->bounces->len, ==, 0);
    }
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/odd/charsets", test_charsets);
  g_test_add_func ("/mime/odd/uuencode", test_uuencode);
  g_test_add_func ("/mime/odd/tnef", test_tnef);
  g_test_add_func ("/mime/odd/semicolon", test_semicolon);
  g_test_add_func ("/mime/odd/bounces", test_bounces);
  g_test_add_func ("/mime/odd/no-bounces", test_no_bounces);
  return g_test_run ();
}

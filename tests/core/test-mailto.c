/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-composing.h"
#include "core/mail/mime/mos-mailto.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-drafts.h"
#include "mos-test.h"

#include <string.h>

/* mailto: links: RFC 6068, what strangers put into them, and the drafts they become. */

/* --- what they say --- */

static char *
join (GPtrArray *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      MosAddress *address = g_ptr_array_index (list, i);

      g_string_append_printf (text, "%s%s%s<%s>", i > 0 ? " " : "", address->name != NULL ? address->name : "", address->name != NULL ? " " : "", address->address);
    }
  return g_string_free_and_steal (text);
}

static void
test_says (void)
{
  static const struct
  {
    const char *link;
    const char *to, *cc, *bcc, *subject, *body;
    const char *in_reply_to;
  } cases[] = {
    /* RFC 6068, 6 */
    { "mailto:chris@example.com", "<chris@example.com>", "", "", "", "", NULL },
    { "mailto:infobot@example.com?subject=current-issue", "<infobot@example.com>", "", "", "current-issue", "", NULL },
    { "mailto:infobot@example.com?body=send%20current-issue", "<infobot@example.com>", "", "", "", "send current-issue", NULL },
    { "mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index", "<infobot@example.com>", "", "", "", "send current-issue\nsend index", NULL },
    { "mailto:list@example.org?In-Reply-To=%3C3469A91.D10AF4C@example.com%3E", "<list@example.org>", "", "", "", "", "3469A91.D10AF4C@example.com" },
    { "mailto:majordomo@example.com?body=subscribe%20bamboo-l", "<majordomo@example.com>", "", "", "", "subscribe bamboo-l", NULL },
    { "mailto:joe@example.com?cc=bob@example.com&body=hello", "<joe@example.com>", "<bob@example.com>", "", "", "hello", NULL },
    { "mailto:gorby%25kremvax@example.com", "<gorby%kremvax@example.com>", "", "", "", "", NULL },
    { "mailto:unlikely%3Faddress@example.com?blat=foop", "<unlikely?address@example.com>", "", "", "", "", NULL },
    { "mailto:Mike%26family@example.org", "<Mike&family@example.org>", "", "", "", "", NULL },
    { "mailto:addr1@an.example,addr2@an.example", "<addr1@an.example> <addr2@an.example>", "", "", "", "", NULL },
    { "mailto:?to=addr1@an.example,addr2@an.example", "<addr1@an.example> <addr2@an.example>", "", "", "", "", NULL },
    { "mailto:addr1@an.example?to=addr2@an.example", "<addr1@an.example> <addr2@an.example>", "", "", "", "", NULL },
    { "mailto:user@example.org?subject=caf%C3%A9", "<user@example.org>", "", "", "caf\xc3\xa9", "", NULL },
    { "mailto:user@example.org?subject=%3D%3Futf-8%3FQ%3Fcaf%3DC3%3DA9%3F%3D", "<user@example.org>", "", "", "caf\xc3\xa9", "", NULL },
    { "mailto:user@example.org?subject=%3D%3Fiso-8859-1%3FQ%3Fcaf%3DE9%3F%3D", "<user@example.org>", "", "", "caf\xc3\xa9", "", NULL },
    { "mailto:user@example.org?subject=caf%C3%A9&body=caf%C3%A9", "<user@example.org>", "", "", "caf\xc3\xa9", "caf\xc3\xa9", NULL },
    { "mailto:user@%E7%B4%8D%E8%B1%86.example.org?subject=Test&body=NATTO", "<user@\xe7\xb4\x8d\xe8\xb1\x86.example.org>", "", "", "Test", "NATTO", NULL },
    /* a plus is a plus, a percent sign alone is one, names have no case */
    { "MAILTO:Sales+eu@b.example?SUBJECT=1+1%3D2&Body=100%&BCC=x@b.example", "<Sales+eu@b.example>", "", "<x@b.example>", "1+1=2", "100%", NULL },
    { "mailto:a@b.example?subject=50%zz%4", "<a@b.example>", "", "", "50%zz%4", "", NULL },
    /* names, and commas that were encoded with the rest */
    { "mailto:Ana%20Ruiz%20%3Cana@b.example%3E", "Ana Ruiz <ana@b.example>", "", "", "", "", NULL },
    { "mailto:a@b.example%2Cc@d.example?cc=%22Ruiz%2C%20Ana%22%20%3Cana@b.example%3E", "<a@b.example> <c@d.example>", "Ruiz, Ana <ana@b.example>", "", "", "", NULL },
    /* each once */
    { "mailto:a@b.example,A@B.example?to=a@b.example", "<a@b.example>", "", "", "", "", NULL },
    /* what people write all the same */
    { "mailto://a@b.example?subject=x&amp;body=y", "<a@b.example>", "", "", "x", "y", NULL },
    { "mailto:a@b.example#top?subject=x", "<a@b.example>", "", "", "x", "", NULL },
    { "mailto:a@b.example?subject=order%20#1042", "<a@b.example>", "", "", "order #1042", "", NULL },
    { "mailto:a@b.example?subject=caf%E9", "<a@b.example>", "", "", "caf\xc3\xa9", "", NULL },
    { "mailto:", "", "", "", "", "", NULL },
    { "mailto:?", "", "", "", "", "", NULL },
    { "mailto:?subject", "", "", "", "", "", NULL },
    { "mailto:,,a@b.example,?&&=&=x&", "<a@b.example>", "", "", "", "", NULL },
    /* the first one counts */
    { "mailto:a@b.example?subject=one&subject=two&body=one&body=two", "<a@b.example>", "", "", "one", "one", NULL },
    /* no address: seen, and mended by whoever writes */
    { "mailto:ana", "<ana>", "", "", "", "", NULL },
    /* nothing else of a mail is a link's business */
    { "mailto:a@b.example?from=ceo@b.example&reply-to=x@y.example&content-type=text/html&x-mostrador-id=1&date=now", "<a@b.example>", "", "", "", "", NULL },
    /* headers that want to be smuggled in */
    { "mailto:a@b.example?subject=x%0D%0ABcc:%20evil@y.example", "<a@b.example>", "", "", "x Bcc: evil@y.example", "", NULL },
    { "mailto:a@b.example%0D%0ABcc:%20evil@y.example", "", "", "", "", "", NULL },
    { "mailto:a@b.example?cc=c@d.example%0Abcc:evil@y.example,ok@d.example", "<a@b.example>", "<ok@d.example>", "", "", "", NULL },
    { "mailto:a%00@b.example?in-reply-to=%3Cx%0D%0ABcc:y@z%3E", "<a@b.example>", "", "", "", "", NULL },
    /* what turns around what stands beside it, and what nobody sees */
    { "mailto:%E2%80%AEana@b.example", "", "", "", "", "", NULL },
    { "mailto:a@b.example?subject=%E2%80%AEgpj.exe%07&body=a%1Bb%0Cc%7F", "<a@b.example>", "", "", "gpj.exe", "ab\nc", NULL },
    { "mailto:a@b.example?in-reply-to=", "<a@b.example>", "", "", "", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosMailto) mailto = mos_mailto_parse (cases[i].link, &error);
      g_autofree char *to = NULL;
      g_autofree char *cc = NULL;
      g_autofree char *bcc = NULL;

      g_assert_no_error (error);
      g_test_message ("%s", cases[i].link);
      to = join (mailto->to);
      cc = join (mailto->cc);
      bcc = join (mailto->bcc);
      g_assert_cmpstr (to, ==, cases[i].to);
      g_assert_cmpstr (cc, ==, cases[i].cc);
      g_assert_cmpstr (bcc, ==, cases[i].bcc);
      g_assert_cmpstr (mailto->subject, ==, cases[i].subject);
      g_assert_cmpstr (mailto->body, ==, cases[i].body);
      g_assert_cmpstr (mailto->in_reply_to, ==, cases[i].in_reply_to);
      g_assert_false (mailto->names_files);
    }
}

static void
test_refused (void)
{
  static const char *const others[] = { "", "http://a@b.example", "mail:a@b.example", "a@b.example", "file:///etc/passwd", " mailto:a@b.example" };
  static const char *const files[] = { "mailto:a@b.example?attach=/etc/passwd", "mailto:a@b.example?subject=x&Attachment=%2Fhome%2Fana%2F.ssh%2Fid_rsa" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mos_mailto_parse (others[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (MosMailto) mailto = mos_mailto_parse (files[i], NULL);

      g_assert_true (mailto->names_files);
      g_assert_cmpstr (mailto->body, ==, "");
    }
}

/* What is endless is cut where a person could still read it, at the end of a letter. */
static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new ("mailto:");
  g_autoptr (GString) body = g_string_new ("mailto:a@b.example?body=x");
  g_autoptr (GString) endless = g_string_new ("mailto:a@b.example?body=");
  g_autoptr (MosMailto) mailto = NULL;
  g_autoptr (MosMailto) long_one = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (many, "%sa%u@b.example", i > 0 ? "," : "", i);
  mailto = mos_mailto_parse (many->str, NULL);
  g_assert_cmpuint (mailto->to->len, ==, 100);
  g_assert_cmpuint (mailto->n_left_out, ==, 400);

  for (guint i = 0; i < 40000; i++)
    g_string_append (body, "\xc3\xa9");
  long_one = mos_mailto_parse (body->str, NULL);
  g_assert_cmpuint (strlen (long_one->body), ==, 64 * 1024 - 1);
  g_assert_true (g_utf8_validate (long_one->body, -1, NULL));

  for (guint i = 0; i < 300 * 1024; i++)
    g_string_append_c (endless, 'a');
  g_assert_null (mos_mailto_parse (endless->str, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* --- what they become --- */

typedef struct
{
  const char *link;
  const char *account;
  MosDraft *draft;
} Preparing;

static gboolean
do_prepare (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Preparing *preparing = data;
  const MosQuoteTexts texts = { "{sender}:", "--", "%x", FALSE, MOS_QUOTE_LAST };
  g_autoptr (MosMailto) mailto = mos_mailto_parse (preparing->link, error);

  g_clear_pointer (&preparing->draft, mos_draft_unref);
  return mos_draft_prepare_mailto (txn, mailto, preparing->account, &texts, &preparing->draft, error);
}

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_draft_save (txn, ((Preparing *) data)->draft, error);
}

static void
test_new (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  Preparing preparing = { .link = "mailto:ana@b.example?cc=luis@b.example&bcc=eva@b.example&subject=A%20lamp&body=It%20is%20**here**%0A" };
  g_autofree char *first = NULL;

  test_write (t->store, do_prepare, &preparing);
  g_assert_cmpstr (preparing.draft->kind, ==, "new");
  g_assert_null (preparing.draft->conversation);
  g_assert_cmpstr (preparing.draft->account, ==, ACCOUNT);
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (preparing.draft->to, 0))->address, ==, "ana@b.example");
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (preparing.draft->cc, 0))->address, ==, "luis@b.example");
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (preparing.draft->bcc, 0))->address, ==, "eva@b.example");
  g_assert_cmpstr (preparing.draft->subject, ==, "A lamp");
  /* What looks like a mark is meant as it reads. */
  g_assert_true (preparing.draft->is_marked);
  g_assert_true (g_str_has_prefix (preparing.draft->text, "It is \\*"));
  g_assert_cmpint (preparing.draft->caret, >, 0);
  test_write (t->store, do_save, &preparing);
  first = g_strdup (preparing.draft->id);

  /* Another link is another message; the one that was begun stays. */
  preparing.link = "mailto:bea@b.example";
  test_write (t->store, do_prepare, &preparing);
  g_assert_cmpstr (preparing.draft->id, !=, first);
  g_assert_cmpuint (preparing.draft->to->len, ==, 1);
  g_assert_cmpuint (preparing.draft->cc->len, ==, 0);
  mos_draft_unref (preparing.draft);
}

static gboolean
do_deaf (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Preparing *preparing = data;
  const MosQuoteTexts texts = { "{sender}:", "--", "%x", FALSE, MOS_QUOTE_LAST };
  g_autoptr (MosMailto) mailto = mos_mailto_parse (preparing->link, error);
  g_autoptr (GError) local = NULL;

  if (!mos_store_account_remove (txn, ACCOUNT, error))
    return FALSE;
  g_assert_false (mos_draft_prepare_mailto (txn, mailto, NULL, &texts, &preparing->draft, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  return TRUE;
}

static void
test_no_account (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  Preparing preparing = { .link = "mailto:ana@b.example" };

  test_write (t->store, do_deaf, &preparing);
}

/* It answers a mail that is here: to whoever wrote that, and to nobody else. */
static void
test_answer (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  TestLook look = { .id = one->conversation };
  MosMessageRow *row;
  g_autofree char *to_writer = NULL;
  g_autofree char *to_other = NULL;
  g_autofree char *to_both = NULL;
  Preparing preparing = { 0 };

  test_look (t->store, one->conversation, &look);
  row = test_look_find (&look, one->message);
  to_writer = g_strdup_printf ("mailto:%s?in-reply-to=%%3C%s%%3E&subject=Other&body=Thanks", row->from->address, row->message_id);
  to_other = g_strdup_printf ("mailto:evil@y.example?in-reply-to=%%3C%s%%3E", row->message_id);
  to_both = g_strdup_printf ("mailto:%s?bcc=evil@y.example&in-reply-to=%%3C%s%%3E", row->from->address, row->message_id);

  preparing.link = to_writer;
  test_write (t->store, do_prepare, &preparing);
  g_assert_cmpstr (preparing.draft->kind, ==, "reply");
  g_assert_cmpstr (preparing.draft->conversation, ==, one->conversation);
  g_assert_cmpstr (preparing.draft->reply_to_message, ==, one->message);
  g_assert_true (g_str_has_prefix (preparing.draft->text, "Thanks"));
  g_assert_true (g_str_has_prefix (preparing.draft->subject, "Re: "));
  test_write (t->store, do_save, &preparing);

  /* Begun already: it is as it was left. */
  {
    g_autofree char *again = g_strdup_printf ("mailto:%s?in-reply-to=%%3C%s%%3E&body=Something%%20else", row->from->address, row->message_id);
    g_autofree char *id = g_strdup (preparing.draft->id);

    preparing.link = again;
    test_write (t->store, do_prepare, &preparing);
    g_assert_cmpstr (preparing.draft->id, ==, id);
    g_assert_true (g_str_has_prefix (preparing.draft->text, "Thanks"));
  }

  preparing.link = to_other;
  test_write (t->store, do_prepare, &preparing);
  g_assert_cmpstr (preparing.draft->kind, ==, "new");
  g_assert_null (preparing.draft->conversation);
  g_assert_true (preparing.draft->quote == NULL || *preparing.draft->quote == '\0');
  preparing.link = to_both;
  test_write (t->store, do_prepare, &preparing);
  g_assert_cmpstr (preparing.draft->kind, ==, "new");
  mos_draft_unref (preparing.draft);
  test_look_clear (&look);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/mailto/says", test_says);
  g_test_add_func ("/mailto/refused", test_refused);
  g_test_add_func ("/mailto/bounds", test_bounds);
  g_test_add_func ("/mailto/new", test_new);
  g_test_add_func ("/mailto/no-account", test_no_account);
  g_test_add_func ("/mailto/answer", test_answer);
  return g_test_run ();
}

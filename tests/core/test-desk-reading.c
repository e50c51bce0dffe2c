/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-signatures.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

#define SIGNATURE "Anna Keller\nKeller Keramik GmbH\nTel. +49 30 1234567"

static void
test_common (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    const char *expected; /* (nullable) */
  } cases[] = {
    { "Where is it?\n\n" SIGNATURE, "Thanks, it came.\n\n" SIGNATURE, SIGNATURE },
    /* white space is no difference */
    { "Where is it?\n\n\n  Anna Keller \nKeller  Keramik GmbH\nTel. +49 30 1234567\n", "Thanks.\n\n" SIGNATURE, SIGNATURE },
    /* one line is too little, unless it says how to reach somebody */
    { "Where is it?\n\nAnna", "Thanks.\n\nAnna", NULL },
    { "Where is it?\n\nAnna, 030 1234567", "Thanks.\n\nAnna, 030 1234567", "Anna, 030 1234567" },
    /* the same mail twice */
    { "Where is it?\nThanks\nAnna", "Where is it?\nThanks\nAnna", NULL },
    /* the end of a paragraph that is the same by chance is left to it */
    { "Where is order 12?\nPlease answer.\n\nBest regards\nAnna", "Where is order 13?\nPlease answer.\n\nBest regards\nAnna", "Best regards\nAnna" },
    { "It is broken.\nPlease send\na new one.", "It is lost.\nPlease send\na new one.", NULL },
    /* nothing in common */
    { "Where is it?\n\nAnna", "Thanks.\n\nBert", NULL },
    { "", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *a = mos_signature_tail (cases[i].a);
      g_autofree char *b = mos_signature_tail (cases[i].b);
      g_autofree char *there = mos_signature_common (a, b);
      g_autofree char *back = mos_signature_common (b, a);

      g_test_message ("case %u", (guint) i);
      g_assert_cmpstr (there, ==, cases[i].expected);
      g_assert_cmpstr (back, ==, cases[i].expected);
    }
}

static void
test_strip (void)
{
  static const struct
  {
    const char *text;
    const char *expected; /* (nullable) */
  } cases[] = {
    { "Hello,\nwhere is it?\n\n" SIGNATURE, "Hello,\nwhere is it?" },
    { "Ok!\n\n" SIGNATURE "\n\n", "Ok!" },
    { "  indented\n\n" SIGNATURE, "  indented" },
    /* nothing would remain, or nothing but a greeting */
    { SIGNATURE, NULL },
    { "\n\n" SIGNATURE, NULL },
    { "Hello Lucía,\n\n" SIGNATURE, NULL },
    { "Hola, buenos días:\n\n" SIGNATURE, NULL },
    { "Guten Tag\n\n" SIGNATURE, NULL },
    { "مرحبًا بكم\n\n" SIGNATURE, NULL },
    { "Buon pomeriggio\n\n" SIGNATURE, NULL },
    /* not at the end */
    { "Where is it?\n\n" SIGNATURE "\n\nPS: It is blue.", NULL },
    { "Where is it?\n\nAnna Keller\nTel. +49 30 1234567", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = mos_signature_strip (cases[i].text, SIGNATURE);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

/* However long the mail, a bounded tail of it is kept. */
static void
test_bounded (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *tail = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append_printf (text, "line %d\n\n\n", i);
  tail = mos_signature_tail (text->str);
  g_assert_cmpuint (strlen (tail), <, 1000);
  g_string_assign (text, "word");
  for (int i = 0; i < 10000; i++)
    g_string_append (text, " and words without end");
  g_free (tail);
  tail = mos_signature_tail (text->str);
  g_assert_cmpstr (tail, ==, "");
}

static MosIngestResult *
ingest (MosTestStore *t,
        guint n,
        const char *from,
        const char *text)
{
  g_autofree char *mail = g_strdup_printf ("From: %s\r\nTo: support@shop.example\r\nMessage-ID: <s%u@mail.example>\r\nSubject: Order %u\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", from, n, n, text);

  return test_ingest (t->store, mail, MOS_FOLDER_INBOX, n, MOS_TEST_NOW_US + n * G_USEC_PER_SEC);
}

static void
assert_reply_text (MosTestStore *t,
                   MosIngestResult *result,
                   const char *expected)
{
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  test_look (t->store, result->conversation, &look);
  row = test_look_find (&look, result->message);
  g_assert_nonnull (row);
  g_assert_cmpstr (row->reply_text, ==, expected);
}

static void
assert_snippet (MosTestStore *t,
                MosIngestResult *result,
                const char *expected)
{
  g_auto (TestLook) look = { 0 };

  test_look (t->store, result->conversation, &look);
  g_assert_cmpstr (look.row->snippet, ==, expected);
}

static void
test_learnt (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = ingest (t, 1, "anna@mail.example", "Where is my order?\n\n" SIGNATURE);
  g_autoptr (MosIngestResult) stranger = ingest (t, 2, "bert@mail.example", "I write for Anna.\n\n" SIGNATURE);
  g_autoptr (MosIngestResult) second = NULL;
  g_autoptr (MosIngestResult) third = NULL;
  g_autoptr (MosIngestResult) empty = NULL;

  /* once is no signature, and neither is it another person's */
  assert_reply_text (t, first, "Where is my order?\n\n" SIGNATURE);
  assert_reply_text (t, stranger, "I write for Anna.\n\n" SIGNATURE);
  assert_snippet (t, first, "Where is my order? Anna Keller Keller Keramik GmbH Tel. +49 30 1234567");

  second = ingest (t, 3, "anna@mail.example", "It has come, thank you.\n\n" SIGNATURE);
  assert_reply_text (t, second, "It has come, thank you.");
  assert_reply_text (t, first, "Where is my order?");
  /* nor does the list show it any more */
  assert_snippet (t, first, "Where is my order?");
  assert_reply_text (t, stranger, "I write for Anna.\n\n" SIGNATURE);

  third = ingest (t, 4, "anna@mail.example", "And now a blue one, please.\nLike the last.\n\n" SIGNATURE);
  assert_reply_text (t, third, "And now a blue one, please.\nLike the last.");
  empty = ingest (t, 5, "anna@mail.example", "Hello,\n\n" SIGNATURE);
  assert_reply_text (t, empty, "Hello,\n\n" SIGNATURE);
}

/* A signature in another language than the letter says nothing about the letter. */
static void
test_language (void)
{
  static const char footer[] = "Diese Nachricht ist nur für den genannten Empfänger bestimmt. Sollten Sie sie irrtümlich\nerhalten haben, bitten wir Sie, uns zu benachrichtigen und die Nachricht zu löschen.\nKeller Keramik GmbH, Amtsgericht Berlin";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *one = g_strdup_printf ("¿Dónde está?\n\n%s", footer);
  g_autofree char *two = g_strdup_printf ("Gracias, ya ha llegado el paquete.\n\n%s", footer);
  g_autoptr (MosIngestResult) first = ingest (t, 1, "anna@mail.example", one);
  g_autoptr (MosIngestResult) second = ingest (t, 2, "anna@mail.example", two);
  g_auto (TestLook) look = { 0 };

  test_look (t->store, second->conversation, &look);
  g_assert_cmpstr (test_look_find (&look, second->message)->language, ==, "es");
}

/* --- whose word counts --- */

typedef struct
{
  const char *conversation;
  const char *language;
} Choice;

static gboolean
do_choose (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Choice *choice = data;
  const char *ids[] = { choice->conversation, NULL };

  return mos_action_set_language (txn, ids, choice->language, error);
}

static gboolean
do_choose_nonsense (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  static const char *const nonsense[] = { "Klingon!", "x", "english", "e1", "pt-", "", "-es" };
  g_autoptr (GError) local_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      Choice choice = { data, nonsense[i] };

      g_assert_false (do_choose (txn, &choice, &local_error));
      g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
      g_clear_error (&local_error);
    }
  return TRUE;
}

static gboolean
do_look_at_customer (MosTxn *txn,
                     gpointer data,
                     GError **error)
{
  char **language = data;
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find (txn, *language, &row, error))
    return FALSE;
  g_assert_nonnull (row);
  *language = g_strdup (row->language);
  return TRUE;
}

static void
assert_language (MosTestStore *t,
                 const char *conversation,
                 const char *expected,
                 gboolean is_chosen)
{
  g_auto (TestLook) look = { 0 };

  test_look (t->store, conversation, &look);
  g_assert_cmpstr (look.row->language, ==, expected);
  g_assert_cmpint (look.row->is_language_chosen, ==, is_chosen);
}

static void
assert_customer_language (MosTestStore *t,
                          const char *conversation,
                          const char *expected)
{
  g_auto (TestLook) look = { 0 };
  char *language;

  test_look (t->store, conversation, &look);
  language = look.row->customer;
  test_write (t->store, do_look_at_customer, &language);
  g_assert_cmpstr (language, ==, expected);
  g_free (language);
}

static void
test_chosen (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = ingest (t, 1, "anna@mail.example", "ok");
  g_autoptr (MosIngestResult) second = NULL;
  g_autoptr (MosIngestResult) third = NULL;
  Choice choice = { first->conversation, NULL };

  /* too short to tell: the next mail does */
  assert_language (t, first->conversation, NULL, FALSE);
  assert_customer_language (t, first->conversation, NULL);
  second = ingest (t, 2, "anna@mail.example\r\nIn-Reply-To: <s1@mail.example>", "Bos días, quería saber cando chega o meu pedido de onte.");
  g_assert_cmpstr (second->conversation, ==, first->conversation);
  assert_language (t, first->conversation, "gl", FALSE);
  assert_customer_language (t, first->conversation, "gl");

  /* A person knows better, and is not contradicted by what comes in later. */
  choice.language = "es";
  test_write (t->store, do_choose, &choice);
  assert_language (t, first->conversation, "es", TRUE);
  assert_customer_language (t, first->conversation, "es");
  third = ingest (t, 3, "anna@mail.example\r\nIn-Reply-To: <s1@mail.example>", "Ich schreibe heute auf Deutsch, weil meine Kollegin mitliest.");
  g_assert_cmpstr (third->conversation, ==, first->conversation);
  assert_language (t, first->conversation, "es", TRUE);
  assert_customer_language (t, first->conversation, "es");

  /* taken back, the newest mail decides */
  choice.language = NULL;
  test_write (t->store, do_choose, &choice);
  assert_language (t, first->conversation, "de", FALSE);
  test_write (t->store, do_choose_nonsense, first->conversation);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/signatures/common", test_common);
  g_test_add_func ("/signatures/strip", test_strip);
  g_test_add_func ("/signatures/bounded", test_bounded);
  g_test_add_func ("/signatures/learnt", test_learnt);
  g_test_add_func ("/signatures/language", test_language);
  g_test_add_func ("/language/chosen", test_chosen);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };

static MosAccount *
make_account (const char *id,
              const char *address)
{
  MosAccount *account = mos_account_new ();
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);

  account->id = g_strdup (id);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup (address);
  account->signature = g_strdup ("The shop");
  mos_account_fill (account);
  g_set_str (&account->smtp->host, "smtp.shop.example");
  if (g_str_equal (id, ACCOUNT))
    {
      g_ptr_array_add (senders, mos_sender_make ("Orders@shop.example", "Orders", "The orders", "answers@shop.example"));
      g_ptr_array_add (senders, mos_sender_make ("quiet@shop.example", NULL, "", NULL));
      g_ptr_array_add (senders, mos_sender_make ("orders@shop.example", "Twice", NULL, NULL));
      g_ptr_array_add (senders, mos_sender_make ("support@SHOP.example", "Itself", NULL, NULL));
      mos_account_set_senders (account, senders, "quiet@shop.example");
    }
  return account;
}

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_account_save (txn, data, error);
}

/* --- pure --- */

static void
test_list (void)
{
  g_autoptr (MosAccount) account = make_account (ACCOUNT, "support@shop.example");
  g_autoptr (GPtrArray) senders = mos_account_list_senders (account);
  static const struct
  {
    const char *asked;
    const char *address;
    const char *name;
    const char *signature;
  } cases[] = {
    { NULL, "quiet@shop.example", "Support", "" },
    { "support@shop.example", "support@shop.example", "Support", "The shop" },
    { "ORDERS@shop.example", "Orders@shop.example", "Orders", "The orders" },
    { "orders+vip@shop.example", "orders+vip@shop.example", "Orders", "The orders" },
    { "gone@shop.example", "quiet@shop.example", "Support", "" },
  };

  g_assert_cmpuint (senders->len, ==, 3);
  g_assert_cmpuint (g_strv_length (account->aliases), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosSender) sender = mos_account_find_sender (account, cases[i].asked);

      g_assert_cmpstr (sender->address, ==, cases[i].address);
      g_assert_cmpstr (sender->name, ==, cases[i].name);
      g_assert_cmpstr (sender->signature, ==, cases[i].signature);
    }
  /* The default one taken away */
  mos_account_set_senders (account, NULL, "quiet@shop.example");
  g_assert_null (account->default_sender);
  g_assert_cmpuint (g_strv_length (account->aliases), ==, 0);
}

static void
test_choose (void)
{
  g_autoptr (MosAccount) account = make_account (ACCOUNT, "support@shop.example");
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autofree char *tag = mos_token_plus_tag (key, "0123456789abcdef0123456789abcdef");
  g_autofree char *token = g_strdup_printf ("support+%s@shop.example", tag);
  const struct
  {
    const char *to;
    const char *cc;
    const char *from;
    MosDirection direction;
    const char *chosen;
  } cases[] = {
    { "support@shop.example", NULL, "ana@mail.example", MOS_DIRECTION_INCOMING, "support@shop.example" },
    { "orders@shop.example", NULL, "ana@mail.example", MOS_DIRECTION_INCOMING, "Orders@shop.example" },
    { "ana@mail.example", "orders@shop.example", "bea@mail.example", MOS_DIRECTION_INCOMING, "Orders@shop.example" },
    { "support+newsletter@shop.example", NULL, "ana@mail.example", MOS_DIRECTION_INCOMING, "support+newsletter@shop.example" },
    { token, NULL, "ana@mail.example", MOS_DIRECTION_INCOMING, "support@shop.example" },
    { "somebody@else.example", NULL, "ana@mail.example", MOS_DIRECTION_INCOMING, NULL },
    { "ana@mail.example", NULL, "orders@shop.example", MOS_DIRECTION_OUTGOING, "Orders@shop.example" },
    { "ana@mail.example", NULL, "orders+x@shop.example", MOS_DIRECTION_OUTGOING, "orders+x@shop.example" },
  };

  g_assert_null (mos_account_choose_sender (account, NULL, key));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosMessageRow) row = mos_message_row_new ();
      g_autofree char *chosen = NULL;

      mos_message_row_fill (row);
      row->direction = cases[i].direction;
      g_clear_pointer (&row->from, mos_address_unref);
      row->from = mos_address_make (NULL, cases[i].from);
      g_ptr_array_add (row->to, mos_address_make (NULL, cases[i].to));
      if (cases[i].cc != NULL)
        g_ptr_array_add (row->cc, mos_address_make (NULL, cases[i].cc));
      chosen = mos_account_choose_sender (account, row, key);
      g_assert_cmpstr (chosen, ==, cases[i].chosen);
    }
}

/* --- in the desk --- */

typedef struct
{
  const char *kind;
  const char *conversation;
  MosDraft *draft;
  MosOutboxItem *item;
  char *raw;
} Answer;

static gboolean
do_answer (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Answer *answer = data;
  g_autoptr (MosDraft) kept = NULL;
  g_autofree char *message = NULL;

  if (!mos_draft_prepare (txn, answer->kind, answer->conversation, NULL, NULL, &texts, &answer->draft, error) ||
      !mos_store_draft_save (txn, answer->draft, error) ||
      !mos_store_draft_find_of_conversation (txn, answer->conversation, answer->kind, &kept, error))
    return FALSE;
  g_assert_cmpstr (kept->sender, ==, answer->draft->sender);
  g_set_str (&kept->text, "It left today.");
  if (!mos_draft_send (txn, kept, MOS_STATUS_OPEN, 0, &message, error) || !mos_store_outbox_find (txn, message, &answer->item, error))
    return FALSE;
  answer->raw = g_strndup (g_bytes_get_data (answer->item->raw, NULL), g_bytes_get_size (answer->item->raw));
  return TRUE;
}

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->draft, mos_draft_unref);
  g_clear_pointer (&answer->item, mos_outbox_item_unref);
  g_free (answer->raw);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* Written to an alias and to others of ours, one of another account's: the answer leaves from the alias, to none of ours. */
static void
test_reply_all (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAccount) account = make_account (ACCOUNT, "support@shop.example");
  g_autoptr (MosAccount) other = make_account ("other", "sales@shop.example");
  g_autoptr (MosIngestResult) result = NULL;
  g_auto (Answer) answer = { "reply-all" };

  test_write (t->store, do_save, account);
  test_write (t->store, do_save, other);
  result = test_ingest (t->store,
                        "From: Ana <ana@mail.example>\nTo: Shop <ORDERS@shop.example>, Bea <bea@mail.example>\n"
                        "Cc: support+x@shop.example, quiet@shop.example, sales@shop.example, sales+y@shop.example, carl@mail.example\n"
                        "Subject: Where?\nMessage-ID: <one@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n",
                        MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  answer.conversation = result->conversation;
  test_write (t->store, do_answer, &answer);

  g_assert_cmpstr (answer.draft->sender, ==, "Orders@shop.example");
  g_assert_cmpuint (answer.draft->to->len, ==, 1);
  g_assert_cmpuint (answer.draft->cc->len, ==, 2);
  g_assert_nonnull (strstr (answer.draft->text, "-- \nThe orders"));
  g_assert_cmpstr (answer.item->envelope_from, ==, "Orders@shop.example");
  g_assert_cmpuint (g_strv_length (answer.item->recipients), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *) answer.item->recipients, "ana@mail.example"));
  g_assert_true (g_strv_contains ((const char *const *) answer.item->recipients, "bea@mail.example"));
  g_assert_true (g_strv_contains ((const char *const *) answer.item->recipients, "carl@mail.example"));
  g_assert_nonnull (strstr (answer.raw, "From: Orders <Orders@shop.example>\r\n"));
  g_assert_nonnull (strstr (answer.raw, "\nReply-To: Orders <answers@shop.example>\r\n"));
}

static void
test_reply_plus (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAccount) account = make_account (ACCOUNT, "support@shop.example");
  g_autoptr (MosIngestResult) result = NULL;
  g_auto (Answer) answer = { "reply" };

  test_write (t->store, do_save, account);
  result = test_ingest (t->store, "From: Ana <ana@mail.example>\nTo: support+fair@shop.example\nSubject: Where?\nMessage-ID: <one@mail.example>\n\nHello\n", MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  answer.conversation = result->conversation;
  test_write (t->store, do_answer, &answer);
  g_assert_cmpstr (answer.draft->sender, ==, "support+fair@shop.example");
  g_assert_cmpstr (answer.item->envelope_from, ==, "support+fair@shop.example");
  g_assert_nonnull (strstr (answer.raw, "From: Support <support+fair@shop.example>\r\n"));
  g_assert_null (strstr (answer.raw, "\nReply-To:"));
}

/* Mail from an alias that we wrote elsewhere is ours; an account as it was kept before senders had details still has its aliases. */
static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_account_find (txn, ACCOUNT, data, error);
}

static void
test_kept (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAccount) account = make_account (ACCOUNT, "support@shop.example");
  g_autoptr (MosAccount) old = make_account (ACCOUNT, "support@shop.example");
  g_autoptr (MosAccount) back = NULL;
  g_autoptr (MosAccount) old_back = NULL;
  g_autoptr (GPtrArray) senders = NULL;
  const MosSender *first;

  account->oauth = mos_oauth_make ("custom", "id", "https://a.example", "https://t.example", "s");
  account->authorize_as = g_strdup ("shop@shop.example");
  test_write (t->store, do_save, account);
  test_write (t->store, do_find, &back);
  g_assert_cmpuint (back->senders->len, ==, 2);
  first = g_ptr_array_index (back->senders, 0);
  g_assert_cmpstr (first->address, ==, "Orders@shop.example");
  g_assert_cmpstr (first->name, ==, "Orders");
  g_assert_cmpstr (first->signature, ==, "The orders");
  g_assert_cmpstr (first->reply_to, ==, "answers@shop.example");
  g_assert_null (((MosSender *) g_ptr_array_index (back->senders, 1))->name);
  g_assert_cmpstr (((MosSender *) g_ptr_array_index (back->senders, 1))->signature, ==, "");
  g_assert_cmpstr (back->default_sender, ==, "quiet@shop.example");
  g_assert_cmpstr (back->oauth->provider, ==, "custom");
  g_assert_cmpstr (back->oauth->client_id, ==, "id");
  g_assert_cmpstr (back->oauth->authorize_url, ==, "https://a.example");
  g_assert_cmpstr (back->oauth->token_url, ==, "https://t.example");
  g_assert_cmpstr (back->oauth->scope, ==, "s");
  g_assert_cmpstr (back->authorize_as, ==, "shop@shop.example");

  g_clear_pointer (&old->senders, g_ptr_array_unref);
  g_clear_pointer (&old->default_sender, g_free);
  test_write (t->store, do_save, old);
  test_write (t->store, do_find, &old_back);
  g_assert_null (old_back->oauth);
  senders = mos_account_list_senders (old_back);
  g_assert_cmpuint (senders->len, ==, 3);
  g_assert_cmpstr (((MosSender *) g_ptr_array_index (senders, 1))->signature, ==, "The shop");
}

/* --- what imports belong to has no address --- */

static gboolean
do_note_and_reply (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  const char *conversation = data;
  g_autoptr (MosDraft) note = NULL;
  g_autoptr (MosDraft) reply = NULL;
  g_autoptr (GError) refused = NULL;

  if (!mos_draft_prepare (txn, "note", conversation, NULL, NULL, &texts, &note, error))
    return FALSE;
  g_assert_null (note->sender);

  /* No account of this desk can send: that is said before anybody writes. */
  g_assert_false (mos_draft_prepare (txn, "reply", conversation, NULL, NULL, &texts, &reply, &refused));
  g_assert_error (refused, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  g_assert_null (reply);
  return TRUE;
}

static void
test_no_address (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAccount) archive = make_account ("archive", "");
  g_autoptr (GPtrArray) senders = NULL;
  g_autoptr (MosIngestResult) old = NULL;

  g_test_summary ("a note on imported mail of no account, and its account in a list, ended the program");
  g_set_str (&archive->id, ACCOUNT);
  g_set_str (&archive->smtp->host, "");
  senders = mos_account_list_senders (archive);
  g_assert_cmpuint (senders->len, ==, 0);
  g_assert_null (mos_account_find_sender (archive, NULL));
  g_assert_null (mos_account_find_sender (archive, "support@shop.example"));

  test_write (t->store, do_save, archive);
  old = test_ingest (t->store, test_mail_one, MOS_FOLDER_ARCHIVE, 1, MOS_TEST_NOW_US);
  test_write (t->store, do_note_and_reply, old->conversation);
}

/* --- what goes along below an answer --- */

typedef struct
{
  const char *conversation;
  MosQuoteHistory history;
  char *quote;
  const char *message; /* (nullable): the last */
} Quoting;

static gboolean
do_quote (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Quoting *quoting = data;
  const MosQuoteTexts words = { "{sender}:", "--", "%F", FALSE, quoting->history };
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_draft_prepare_fresh (txn, "reply", quoting->conversation, quoting->message, NULL, &words, &draft, error))
    return FALSE;
  quoting->quote = g_strdup (draft->quote);
  return TRUE;
}

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_action_add_note (txn, data, "She is difficult.", NULL, error);
}

static void
test_history (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) aside = NULL;
  g_autoptr (MosIngestResult) last = NULL;
  g_autoptr (MosIngestResult) away = NULL;
  g_autoptr (MosIngestResult) memo = NULL;
  Quoting none = { first->conversation, MOS_QUOTE_NONE, NULL, NULL };
  Quoting one = { first->conversation, MOS_QUOTE_LAST, NULL, NULL };
  Quoting all = { first->conversation, MOS_QUOTE_ALL, NULL, NULL };
  Quoting nobody = { first->conversation, MOS_QUOTE_ALL, NULL, NULL };
  g_autofree char *asks = g_strdup ("From: Support <support@shop.example>\nTo: supplier@mail.example\nSubject: Fwd: Where?\nMessage-ID: <aside@shop.example>\n"
                                    "In-Reply-To: <one@mail.example>\nDate: Mon, 02 Mar 2026 08:30:00 +0000\n\nWhat did she pay you?\n");
  g_autofree char *again = g_strdup ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <two@mail.example>\n"
                                     "In-Reply-To: <one@mail.example>\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n\nAnd again\n");
  const char *old;

  /* What is said among ourselves and what lies in the quarantine goes to nobody. */
  test_write (t->store, do_note, first->conversation);
  away = test_ingest (t->store, "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Away\nMessage-ID: <away@mail.example>\nIn-Reply-To: <one@mail.example>\n"
                                "Auto-Submitted: auto-replied\n\nBack on Monday\n",
                      MOS_FOLDER_INBOX, 3, MOS_TEST_NOW_US + G_TIME_SPAN_SECOND);
  g_assert_cmpstr (away->conversation, ==, first->conversation);
  aside = test_ingest (t->store, asks, MOS_FOLDER_SENT, 1, MOS_TEST_NOW_US + G_TIME_SPAN_MINUTE);
  last = test_ingest (t->store, again, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 2 * G_TIME_SPAN_MINUTE);
  g_assert_cmpstr (aside->conversation, ==, first->conversation);
  g_assert_cmpstr (last->conversation, ==, first->conversation);
  test_write (t->store, do_quote, &none);
  test_write (t->store, do_quote, &one);
  test_write (t->store, do_quote, &all);
  g_assert_true (none.quote == NULL || *none.quote == '\0');
  g_assert_cmpstr (one.quote, ==, "Ana <ana@mail.example>:\n> And again\n");
  g_assert_true (g_str_has_prefix (all.quote, one.quote));
  old = all.quote + strlen (one.quote);
  g_assert_true (g_str_has_prefix (old, "\nAna <ana@mail.example>:\n> "));
  /* What was asked of somebody else is not told to her. */
  g_assert_null (strstr (all.quote, "pay you"));
  g_assert_null (strstr (all.quote, "difficult"));
  g_assert_null (strstr (all.quote, "Monday"));

  /* Nor to whoever will be chosen where nobody is yet. */
  memo = test_ingest (t->store, "From: Support <support@shop.example>\nTo: support@shop.example\nSubject: Where?\nMessage-ID: <memo@shop.example>\n"
                                "In-Reply-To: <one@mail.example>\nDate: Mon, 02 Mar 2026 09:30:00 +0000\n\nTo remember\n",
                      MOS_FOLDER_SENT, 2, MOS_TEST_NOW_US + 3 * G_TIME_SPAN_MINUTE);
  g_assert_cmpstr (memo->conversation, ==, first->conversation);
  nobody.message = memo->message;
  test_write (t->store, do_quote, &nobody);
  g_assert_cmpstr (nobody.quote, ==, "Support <support@shop.example>:\n> To remember\n");
  g_free (nobody.quote);
  g_free (none.quote);
  g_free (one.quote);
  g_free (all.quote);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/senders/list", test_list);
  g_test_add_func ("/senders/choose", test_choose);
  g_test_add_func ("/senders/reply-all", test_reply_all);
  g_test_add_func ("/senders/reply-plus", test_reply_plus);
  g_test_add_func ("/senders/kept", test_kept);
  g_test_add_func ("/senders/no-address", test_no_address);
  g_test_add_func ("/senders/history", test_history);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-outbox.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Whole mails, in the manner of the programs that people write with, through the whole of ingest: where each belongs, and why (behaviour.md §2.1). */

typedef struct
{
  MosTestStore *t;
  GBytes *key;
  GHashTable *conversations; /* name -> id */
  GHashTable *numbers;       /* name -> text */
  GHashTable *values;        /* "R1" -> Message-ID */
  guint n;
} Mails;

/* --- placeholders: what only this profile can make --- */

static char *
fill_one (Mails *m,
          const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, ":", 2);
  const char *conversation = parts[1] != NULL ? g_hash_table_lookup (m->conversations, parts[1]) : NULL;
  const char *number = parts[1] != NULL ? g_hash_table_lookup (m->numbers, parts[1]) : NULL;
  char *value;

  if (parts[1] == NULL)
    return g_strdup (g_hash_table_lookup (m->values, what));
  if (g_str_equal (parts[0], "FORGED"))
    {
      value = g_strdup (g_hash_table_lookup (m->values, parts[1]));
      value[40] = value[40] == '0' ? '1' : '0'; /* within the MAC */
      return value;
    }
  g_assert_nonnull (conversation);
  if (g_str_equal (parts[0], "NUMBER"))
    return g_strdup (number);
  if (g_str_equal (parts[0], "HOOK"))
    return mos_token_subject_hook (m->key, g_ascii_strtoll (number, NULL, 10));
  if (g_str_equal (parts[0], "MARKER"))
    return mos_token_marker (m->key, g_ascii_strtoll (number, NULL, 10));
  value = mos_token_plus_address (m->key, "support@shop.example", conversation);
  g_assert_nonnull (value);
  if (g_str_equal (parts[0], "FORGEDTOKEN"))
    {
      char *at = strchr (value, '@') - 2; /* the very last letter has bits that do not count */

      *at = *at == 'a' ? 'b' : 'a';
    }
  else
    g_assert_cmpstr (parts[0], ==, "TOKEN");
  return value;
}

static char *
fill (Mails *m,
      const char *text)
{
  GString *out = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, "{{")) != NULL)
    {
      const char *close = strstr (open, "}}");
      g_autofree char *what = NULL;
      g_autofree char *value = NULL;

      g_assert_nonnull (close);
      what = g_strndup (open + 2, (gsize) (close - open - 2));
      value = fill_one (m, what);
      g_assert_nonnull (value);
      g_string_append_len (out, text, open - text);
      g_string_append (out, value);
      text = close + 2;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

/* --- steps --- */

typedef struct
{
  const char *verb;
  const char *conversation;
  const char *into;
} Before;

static gboolean
do_before (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Before *before = data;
  const char *ids[] = { before->conversation, NULL };

  if (g_str_equal (before->verb, "delete"))
    return mos_action_set_deleted (txn, ids, TRUE, error);
  if (g_str_equal (before->verb, "spam"))
    return mos_action_set_status (txn, ids, MOS_STATUS_SPAM, 0, error);
  g_assert_cmpstr (before->verb, ==, "merge");
  return mos_action_merge (txn, ids, before->into, error);
}

static gboolean
do_sales (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup ("sales");
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Sales");
  account->address = g_strdup ("sales@shop.example");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static MosIngestResult *
ingest (Mails *m,
        const char *mail,
        const char *account,
        MosFolderRole role)
{
  gint64 received_us = MOS_TEST_NOW_US + (gint64) m->n * G_TIME_SPAN_MINUTE;
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  MosIncoming *incoming = test_make_incoming (mail, role, ++m->n, received_us);

  g_set_str (&incoming->account, account);
  g_ptr_array_add (batch, incoming);
  mos_ingest_batch_sync (m->t->store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  return mos_ingest_result_ref (g_ptr_array_index (results, 0));
}

static void
check_mail (Mails *m,
            JsonObject *expected,
            const char *folder)
{
  const char *file = json_object_get_string_member (expected, "file");
  const char *name = json_object_get_string_member (expected, "conversation");
  const char *before = json_object_get_string_member_with_default (expected, "before", NULL);
  const char *then = json_object_get_string_member_with_default (expected, "then", NULL);
  const char *account = json_object_get_string_member_with_default (expected, "account", ACCOUNT);
  const char *in = json_object_get_string_member_with_default (expected, "folder", "inbox");
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  g_autofree char *mail = NULL;
  g_autofree char *why = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;
  const char *known = g_hash_table_lookup (m->conversations, name);

  g_test_message ("%s", file);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  mail = fill (m, text);
  if (before != NULL)
    {
      g_auto (GStrv) words = g_strsplit (before, " ", -1);
      Before step = { words[0], words[1] != NULL ? g_hash_table_lookup (m->conversations, words[1]) : known, words[1] != NULL ? g_hash_table_lookup (m->conversations, words[2]) : NULL };

      test_write (m->t->store, do_before, &step);
    }

  result = ingest (m, mail, account, g_str_equal (in, "sent") ? MOS_FOLDER_SENT : MOS_FOLDER_INBOX);
  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
  if (known != NULL)
    g_assert_cmpstr (result->conversation, ==, known);
  else
    {
      GHashTableIter iter;
      gpointer other;

      g_hash_table_iter_init (&iter, m->conversations);
      while (g_hash_table_iter_next (&iter, NULL, &other))
        g_assert_cmpstr (result->conversation, !=, other);
      g_hash_table_insert (m->conversations, g_strdup (name), g_strdup (result->conversation));
    }

  test_look (m->t->store, result->conversation, &look);
  row = test_look_find (&look, result->message);
  g_assert_nonnull (row);
  why = g_strndup (row->thread_evidence, strcspn (row->thread_evidence, " "));
  g_assert_cmpstr (why, ==, json_object_get_string_member (expected, "why"));
  g_assert_cmpint (row->new_sender, ==, json_object_get_boolean_member_with_default (expected, "new_sender", FALSE));
  if (known == NULL)
    g_hash_table_insert (m->numbers, g_strdup (name), g_strdup_printf ("%" G_GINT64_FORMAT, look.row->number));
  if (json_object_has_member (expected, "subject"))
    g_assert_cmpstr (look.row->subject, ==, json_object_get_string_member (expected, "subject"));
  if (json_object_has_member (expected, "customer"))
    g_assert_cmpstr (look.row->customer_address, ==, json_object_get_string_member (expected, "customer"));
  if (json_object_has_member (expected, "status"))
    {
      g_assert_cmpstr (mos_status_to_nick (look.row->status), ==, json_object_get_string_member (expected, "status"));
      g_assert_cmpint (look.row->deleted_us, ==, 0);
    }
  if (json_object_get_boolean_member_with_default (expected, "clamped", FALSE))
    g_assert_cmpint (row->sent_us, ==, row->received_us);

  if (then != NULL)
    {
      g_auto (TestReply) reply = { result->conversation, NULL, NULL };

      g_assert_true (g_str_has_prefix (then, "reply "));
      test_write (m->t->store, test_do_reply, &reply);
      g_hash_table_insert (m->values, g_strdup (then + 6), g_strdup (reply.message_id));
    }
}

static void
mails_start (Mails *m)
{
  m->t = test_desk_store ();
  test_write (m->t->store, do_sales, NULL);
  m->key = mos_store_get_mac_key (m->t->store);
  m->conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  m->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  m->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  m->n = 0;
}

static void
mails_end (Mails *m)
{
  g_hash_table_unref (m->conversations);
  g_hash_table_unref (m->numbers);
  g_hash_table_unref (m->values);
  g_clear_pointer (&m->t, mos_test_store_free);
}

static void
test_mails (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "threading", NULL);
  g_autofree char *path = g_build_filename (folder, "expected.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *all;
  Mails m;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  all = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (all), >=, 30);
  mails_start (&m);
  for (guint i = 0; i < json_array_get_length (all); i++)
    check_mail (&m, json_array_get_object_element (all, i), folder);
  mails_end (&m);
}

/* --- what we send --- */

typedef struct
{
  const char *message;
  GBytes *raw;
  gboolean plus;
  gboolean without_marker;
  int days;
} Sent;

static gboolean
do_settings (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Sent *sent = data;
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, ACCOUNT, &account, error))
    return FALSE;
  account->plus_addressing = sent->plus;
  account->without_marker = sent->without_marker;
  account->join_subject_days = sent->days;
  return mos_store_account_save (txn, account, error);
}

static gboolean
do_load_raw (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Sent *sent = data;

  return mos_store_message_load_raw (txn, sent->message, &sent->raw, error);
}

/* The marker, the address of its own and Outlook's index go out, and each alone brings the answer back. */
static void
test_outgoing (void)
{
  static const char first[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Where?\nMessage-ID: <one@mail.example>\n"
                              "Thread-Index: AdyPChssAAECAwQFBgcICQoLDA0ODw==\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n";
  Mails m;

  mails_start (&m);
  for (int plus = 0; plus < 2; plus++)
    {
      g_autofree char *mail = g_strdup (first);
      g_autoptr (MosIngestResult) result = NULL;
      g_autoptr (MosIngestResult) answer = NULL;
      g_autoptr (MosParsedMessage) parsed = NULL;
      g_auto (TestReply) reply = { 0 };
      g_auto (TestLook) look = { 0 };
      Sent sent = { .plus = plus == 1 };
      g_autofree char *marker = NULL;
      g_autofree char *back = NULL;
      g_autofree char *raw_text = NULL;

      test_write (m.t->store, do_settings, &sent);
      strstr (mail, "one@")[0] = plus == 0 ? 'o' : 'p';
      if (plus == 1)
        strstr (mail, "AdyP")[3] = 'Q';
      result = ingest (&m, mail, ACCOUNT, MOS_FOLDER_INBOX);
      reply.conversation = result->conversation;
      test_write (m.t->store, test_do_reply, &reply);
      sent.message = reply.message;
      test_write (m.t->store, do_load_raw, &sent);
      parsed = mos_mime_parse (sent.raw, NULL);
      raw_text = g_strndup (g_bytes_get_data (sent.raw, NULL), g_bytes_get_size (sent.raw));
      test_look (m.t->store, result->conversation, &look);

      marker = mos_token_marker (m.key, look.row->number);
      g_assert_true (g_str_has_suffix (g_strchomp (parsed->text), marker));
      /* It is for programs: what people read and search here has no such line. */
      g_assert_null (strstr (test_look_find (&look, reply.message)->text, marker));
      g_assert_nonnull (strstr (raw_text, plus == 0 ? "Thread-Index: AdyPChss" : "Thread-Index: AdyQChss"));
      g_assert_nonnull (strstr (raw_text, "Thread-Topic: Where?"));
      g_assert_cmpuint (parsed->reply_to->len, ==, (guint) plus);
      if (plus == 1)
        {
          const char *address = ((MosAddress *) g_ptr_array_index (parsed->reply_to, 0))->address;
          g_autofree char *named = mos_token_parse_address (m.key, address);

          g_assert_cmpstr (named, ==, result->conversation);
          back = g_strdup_printf ("From: Ana <other@mail.example>\nTo: %s\nSubject: x\nMessage-ID: <back1@mail.example>\n\nBy address\n", address);
        }
      else
        back = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: x\nMessage-ID: <back0@mail.example>\n\nBy text\n> %s\n", marker);
      answer = ingest (&m, back, ACCOUNT, MOS_FOLDER_INBOX);
      g_assert_cmpstr (answer->conversation, ==, result->conversation);
      g_bytes_unref (sent.raw);
    }
  mails_end (&m);
}

/* An owner whose mail is to look like anybody's. */
static void
test_without_marker (void)
{
  Mails m;
  g_autoptr (MosIngestResult) result = NULL;
  g_auto (TestReply) reply = { 0 };
  Sent sent = { .without_marker = TRUE };
  g_autofree char *raw_text = NULL;

  mails_start (&m);
  test_write (m.t->store, do_settings, &sent);
  result = ingest (&m, "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Where?\nMessage-ID: <one@mail.example>\n\nHello\n", ACCOUNT, MOS_FOLDER_INBOX);
  reply.conversation = result->conversation;
  test_write (m.t->store, test_do_reply, &reply);
  sent.message = reply.message;
  test_write (m.t->store, do_load_raw, &sent);
  raw_text = g_strndup (g_bytes_get_data (sent.raw, NULL), g_bytes_get_size (sent.raw));
  g_assert_null (strstr (raw_text, "[#"));
  g_bytes_unref (sent.raw);
  mails_end (&m);
}

/* --- Outlook's index: the same people, whatever came first --- */

static void
test_thread_index (void)
{
#define INDEX "Thread-Index: AdyPChssAAECAwQFBgcICQoLDA0ODw==\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n"
  static const struct
  {
    const char *mail;
    gboolean is_sent;
    char customer;
  } mails[] = {
    { "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Offer\nMessage-ID: <a1@mail.example>\n" INDEX, FALSE, 'a' },
    { "From: Support <support@shop.example>\nTo: ana@mail.example\nSubject: Offer\nMessage-ID: <a2@shop.example>\n" INDEX, TRUE, 'a' },
    { "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Offer\nMessage-ID: <a3@mail.example>\n" INDEX, FALSE, 'a' },
    /* the same template, sent to another */
    { "From: Support <support@shop.example>\nTo: bea@mail.example\nSubject: Offer\nMessage-ID: <b1@shop.example>\n" INDEX, TRUE, 'b' },
    { "From: Bea <bea@mail.example>\nTo: support@shop.example\nSubject: Offer\nMessage-ID: <b2@mail.example>\n" INDEX, FALSE, 'b' },
    { "From: Support <support@shop.example>\nTo: carl@mail.example\nCc: support+x@shop.example\nSubject: Offer\nMessage-ID: <c1@shop.example>\n" INDEX, TRUE, 'c' },
  };
  GRand *random = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint round = 0; round < 12; round++)
    {
      guint order[G_N_ELEMENTS (mails)];
      char *conversations[128] = { NULL };
      Mails m;

      for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
        {
          guint j = (guint) g_rand_int_range (random, 0, (gint32) i + 1);

          order[i] = order[j];
          order[j] = i;
        }
      mails_start (&m);
      for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
        {
          char customer = mails[order[i]].customer;
          g_autoptr (MosIngestResult) result = ingest (&m, mails[order[i]].mail, ACCOUNT, mails[order[i]].is_sent ? MOS_FOLDER_SENT : MOS_FOLDER_INBOX);

          for (char other = 'a'; other <= 'c'; other++)
            if (other != customer && conversations[(guint) other] != NULL)
              g_assert_cmpstr (result->conversation, !=, conversations[(guint) other]);
          if (conversations[(guint) customer] == NULL)
            conversations[(guint) customer] = g_strdup (result->conversation);
          g_assert_cmpstr (result->conversation, ==, conversations[(guint) customer]);
        }
      for (char c = 'a'; c <= 'c'; c++)
        g_free (conversations[(guint) c]);
      mails_end (&m);
    }
  g_rand_free (random);
#undef INDEX
}

/* --- the same subject: only where asked for, only one sender, only what is open, only for a time --- */

static void
test_same_subject (void)
{
  static const struct
  {
    const char *name;
    int days;
    const char *from, *subject;
    MosStatus status;
    int later_days;
    gboolean joins;
  } cases[] = {
    { "off unless asked for", 0, "ana@mail.example", "Where?", MOS_STATUS_OPEN, 0, FALSE },
    { "same sender and subject", 7, "ana@mail.example", "Where?", MOS_STATUS_OPEN, 0, TRUE },
    { "prefixes, case and blanks do not count", 7, "Ana@Mail.example", "RE: AW:  where?", MOS_STATUS_OPEN, 0, TRUE },
    { "we wait for the customer", 7, "ana@mail.example", "Where?", MOS_STATUS_PENDING, 0, TRUE },
    { "closed", 7, "ana@mail.example", "Where?", MOS_STATUS_CLOSED, 0, FALSE },
    { "another sender", 7, "bea@mail.example", "Where?", MOS_STATUS_OPEN, 0, FALSE },
    { "another subject", 7, "ana@mail.example", "Where", MOS_STATUS_OPEN, 0, FALSE },
    { "in time", 7, "ana@mail.example", "Where?", MOS_STATUS_OPEN, 6, TRUE },
    { "too late", 7, "ana@mail.example", "Where?", MOS_STATUS_OPEN, 8, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Mails m;
      Sent sent = { .days = cases[i].days };
      g_autofree char *mail = g_strdup_printf ("From: %s\nTo: support@shop.example\nSubject: %s\nMessage-ID: <two@mail.example>\n\nAgain\n", cases[i].from, cases[i].subject);
      g_autoptr (MosIngestResult) first = NULL;
      g_autoptr (MosIngestResult) second = NULL;
      TestStatus status;

      g_test_message ("%s", cases[i].name);
      mails_start (&m);
      test_write (m.t->store, do_settings, &sent);
      first = ingest (&m, test_mail_one, ACCOUNT, MOS_FOLDER_INBOX);
      status = (TestStatus) { first->conversation, cases[i].status, 0 };
      test_write (m.t->store, test_do_status, &status);
      m.n += (guint) cases[i].later_days * 24 * 60;
      second = ingest (&m, mail, ACCOUNT, MOS_FOLDER_INBOX);
      g_assert_cmpint (g_str_equal (first->conversation, second->conversation), ==, cases[i].joins);
      mails_end (&m);
    }
}

/* --- strangers' mailboxes, where our rules agree with RFC 5256's REFERENCES --- */

static GPtrArray *
split_mbox (const char *text)
{
  GPtrArray *mails = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lines = g_strconcat ("\n", text, NULL);
  g_auto (GStrv) parts = g_strsplit (lines, "\nFrom ", -1);

  for (char **part = parts + 1; *part != NULL; part++)
    g_ptr_array_add (mails, g_strdup (strchr (*part, '\n') != NULL ? strchr (*part, '\n') + 1 : ""));
  return mails;
}

static void
test_imaptest (void)
{
  /* Which of the first messages are one conversation. Not the ones that join by subject or by an id that nobody has. */
  static const struct
  {
    const char *name;
    const char *groups;
  } cases[] = { { "thread2", "12" }, { "thread5", "1111" }, { "thread7", "1111" }, { "thread8", "11" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("corpus/imaptest/src/tests/%s.mbox", cases[i].name);
      g_autofree char *path = mos_test_shared (name);
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) mails = NULL;
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      Mails m;

      if (path == NULL)
        return;
      g_test_message ("%s", cases[i].name);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      mails = split_mbox (text);
      g_assert_cmpuint (mails->len, >=, strlen (cases[i].groups));
      mails_start (&m);
      for (guint n = 0; cases[i].groups[n] != '\0'; n++)
        {
          /* They have no words; two with one Message-ID must differ to be two. */
          g_autofree char *mail = g_strdup_printf ("X-N: %u\nFrom: user%u@domain.example\n%s\n%u\n", n, n, (char *) g_ptr_array_index (mails, n), n);
          g_autoptr (MosIngestResult) result = ingest (&m, mail, ACCOUNT, MOS_FOLDER_INBOX);

          g_ptr_array_add (ids, g_strdup (result->conversation));
          for (guint other = 0; other < n; other++)
            g_assert_cmpint (g_str_equal (g_ptr_array_index (ids, other), result->conversation), ==, cases[i].groups[other] == cases[i].groups[n]);
        }
      mails_end (&m);
    }
}

/* --- by hand --- */

typedef struct
{
  const char *messages[3];
  const char *into;
  char *made;
  const char *what;
  char *label;
} Hand;

static gboolean
do_hand (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Hand *hand = data;

  if (g_str_equal (hand->what, "split"))
    return mos_txn_begin_batch (txn, "split", error) && mos_action_split (txn, hand->messages, &hand->made, error);
  if (g_str_equal (hand->what, "move"))
    return mos_txn_begin_batch (txn, "move", error) && mos_action_move (txn, hand->messages, hand->into, error);
  return mos_action_unjoin (txn, hand->into, &hand->label, error);
}

/* The desk's rules: a split keeps the person, an answer to what was split off goes there, and moving the last message is a merge. */
static void
test_by_hand (void)
{
  Mails m;
  g_autoptr (MosIngestResult) one = NULL;
  g_autoptr (MosIngestResult) two = NULL;
  g_autoptr (MosIngestResult) three = NULL;
  g_autoptr (MosIngestResult) after = NULL;
  g_auto (TestLook) split = { 0 };
  g_auto (TestLook) merged = { 0 };
  Hand hand = { 0 };

  mails_start (&m);
  one = ingest (&m, test_mail_one, ACCOUNT, MOS_FOLDER_INBOX);
  two = ingest (&m, test_mail_two, ACCOUNT, MOS_FOLDER_INBOX);
  hand = (Hand) { { two->message, NULL }, NULL, NULL, "split", NULL };
  test_write (m.t->store, do_hand, &hand);
  test_look (m.t->store, hand.made, &split);
  g_assert_cmpstr (split.row->customer_address, ==, "ana@mail.example");
  g_assert_cmpstr (split.row->subject, ==, "Where?");
  g_assert_cmpint (split.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpstr (test_look_find (&split, two->message)->origin, ==, one->conversation);

  three = ingest (&m, "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <three@mail.example>\nIn-Reply-To: <two@mail.example>\n\nHm\n", ACCOUNT, MOS_FOLDER_INBOX);
  g_assert_cmpstr (three->conversation, ==, hand.made);

  hand.messages[0] = one->message;
  hand.into = hand.made;
  hand.what = "move";
  test_write (m.t->store, do_hand, &hand);
  test_look (m.t->store, one->conversation, &merged);
  g_assert_cmpstr (merged.row->merged_into, ==, hand.made);
  after = ingest (&m, "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <four@mail.example>\nIn-Reply-To: <one@mail.example>\n\nHm\n", ACCOUNT, MOS_FOLDER_INBOX);
  g_assert_cmpstr (after->conversation, ==, hand.made);

  /* Taken back by the number of what was merged: what arrived since goes with what it answers. */
  hand.what = "undo";
  hand.into = one->conversation;
  test_write (m.t->store, do_hand, &hand);
  g_assert_cmpstr (hand.label, ==, "move");
  test_look_clear (&merged);
  test_look (m.t->store, one->conversation, &merged);
  g_assert_null (merged.row->merged_into);
  g_assert_nonnull (test_look_find (&merged, one->message));
  g_assert_nonnull (test_look_find (&merged, after->message));
  g_assert_null (test_look_find (&merged, three->message));
  g_free (hand.made);
  g_free (hand.label);
  mails_end (&m);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/threading/mails", test_mails);
  g_test_add_func ("/threading/outgoing", test_outgoing);
  g_test_add_func ("/threading/without-marker", test_without_marker);
  g_test_add_func ("/threading/thread-index", test_thread_index);
  g_test_add_func ("/threading/same-subject", test_same_subject);
  g_test_add_func ("/threading/imaptest", test_imaptest);
  g_test_add_func ("/threading/by-hand", test_by_hand);

  return g_test_run ();
}

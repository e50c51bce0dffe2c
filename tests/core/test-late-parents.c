/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-waiting.h"

#include <string.h>

/* Mail that comes after what refers to it, as a first sync brings it: which messages are one conversation does not depend on the order. */

static char *
make_mail (const char *from,
           const char *to,
           const char *id,
           const char *in_reply_to,
           const char *references)
{
  GString *mail = g_string_new (NULL);

  g_string_append_printf (mail, "From: %s\nTo: %s\nSubject: About %s\nMessage-ID: <%s>\n", from, to, id, id);
  if (in_reply_to != NULL)
    g_string_append_printf (mail, "In-Reply-To: <%s>\n", in_reply_to);
  if (references != NULL && *references != '\0')
    g_string_append_printf (mail, "References:%s\n", references);
  g_string_append_printf (mail, "\nThis is %s.\n", id);
  return g_string_free (mail, FALSE);
}

/* A customer's mail in the Inbox, at so many minutes. */
static MosIngestResult *
take (MosTestStore *t,
      const char *from,
      const char *id,
      const char *in_reply_to,
      const char *references,
      guint minute)
{
  g_autofree char *mail = make_mail (from, "support@shop.example", id, in_reply_to, references);

  return test_ingest (t->store, mail, MOS_FOLDER_INBOX, minute + 1, MOS_TEST_NOW_US + minute * G_TIME_SPAN_MINUTE);
}

typedef struct
{
  const char *message;
  char *conversation; /* that it is in now */
  char *why;
  gboolean joined;
} Where;

static gboolean
do_where (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Where *where = data;
  g_autoptr (MosMessageRow) row = NULL;

  if (!mos_store_message_find (txn, where->message, &row, error))
    return FALSE;
  g_assert_nonnull (row);
  where->conversation = g_strdup (row->conversation);
  where->why = g_strdup (row->thread_evidence);
  where->joined = row->joined;
  return TRUE;
}

static char *
where_is (MosTestStore *t,
          MosIngestResult *result)
{
  Where where = { .message = result->message };

  test_write (t->store, do_where, &where);
  g_free (where.why);
  return where.conversation;
}

static void
assert_together (MosTestStore *t,
                 MosIngestResult *one,
                 MosIngestResult *other,
                 gboolean together)
{
  g_autofree char *here = where_is (t, one);
  g_autofree char *there = where_is (t, other);

  if (together)
    g_assert_cmpstr (here, ==, there);
  else
    g_assert_cmpstr (here, !=, there);
}

static void
assert_why (MosTestStore *t,
            MosIngestResult *result,
            const char *why)
{
  Where where = { .message = result->message };

  test_write (t->store, do_where, &where);
  g_assert_cmpstr (where.why, ==, why);
  g_free (where.why);
  g_free (where.conversation);
}

static void
check_store (MosTestStore *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (t->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      MosCheckProblem *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s %s: %s", problem->kind, problem->subject, problem->detail);
    }
  g_assert_cmpuint (problems->len, ==, 0);
}

/* --- any order --- */

#define MAILS 40
#define ORDERS 6

typedef struct
{
  char *mails[MAILS];
  MosFolderRole roles[MAILS];
} Heap;

/* Each refers to what is older: to its parent, to all before it, to some of them, to mail that never comes, to two threads at once. */
static void
heap_fill (Heap *heap)
{
  int parents[MAILS];

  for (int i = 0; i < MAILS; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%d@mail.example", i);
      g_autofree char *answered = NULL;
      g_autofree char *from = g_strdup_printf ("c%d@mail.example", g_test_rand_int_range (0, 5));
      g_autoptr (GString) references = g_string_new (NULL);
      int shape = g_test_rand_int_range (0, 10);

      parents[i] = i > 0 && g_test_rand_int_range (0, 5) > 0 ? g_test_rand_int_range (MAX (0, i - 8), i) : -1;
      for (int up = parents[i], n = 0; up >= 0; up = parents[up], n++)
        {
          g_autofree char *one = g_strdup_printf (" <m%d@mail.example>", up);

          if (shape < 6 || (shape < 8 && g_test_rand_bit ()))
            g_string_prepend (references, one);
        }
      if (parents[i] >= 0 && shape != 3 && shape != 7)
        answered = g_strdup_printf ("m%d@mail.example", parents[i]);
      if (shape == 8)
        g_set_str (&answered, "never@mail.example");
      /* What a mail program makes of two threads. */
      if (shape == 9 && i > 0)
        g_string_append_printf (references, " <m%d@mail.example>", g_test_rand_int_range (0, i));
      heap->roles[i] = g_test_rand_int_range (0, 3) == 0 ? MOS_FOLDER_SENT : MOS_FOLDER_INBOX;
      heap->mails[i] = heap->roles[i] == MOS_FOLDER_SENT ? make_mail ("support@shop.example", from, id, answered, references->str)
                                                         : make_mail (from, "support@shop.example", id, answered, references->str);
    }
}

/* For each the oldest that is in the same conversation. */
static void
heap_take (Heap *heap,
           const int *order,
           int *groups)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_result_unref);
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_ptr_array_set_size (all, MAILS);
  for (int at = 0; at < MAILS;)
    {
      int wanted = g_test_rand_int_range (1, 9);
      int n = MIN (wanted, MAILS - at);
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
      g_autoptr (GPtrArray) results = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = 0; i < n; i++)
        {
          int mail = order[at + i];

          g_ptr_array_add (batch, test_make_incoming (heap->mails[mail], heap->roles[mail], (guint) mail + 1, MOS_TEST_NOW_US + mail * G_TIME_SPAN_MINUTE));
        }
      mos_ingest_batch_sync (t->store, batch, &results, NULL, &error);
      g_assert_no_error (error);
      for (int i = 0; i < n; i++)
        all->pdata[order[at + i]] = mos_ingest_result_ref (g_ptr_array_index (results, i));
      at += n;
    }
  for (int i = 0; i < MAILS; i++)
    {
      char *conversation = where_is (t, g_ptr_array_index (all, i));
      gpointer known;

      if (!g_hash_table_lookup_extended (first, conversation, NULL, &known))
        {
          known = GINT_TO_POINTER (i);
          g_hash_table_insert (first, g_strdup (conversation), known);
        }
      groups[i] = GPOINTER_TO_INT (known);
      g_free (conversation);
    }
  check_store (t);
}

static void
test_any_order (void)
{
  for (guint round = 0; round < 3; round++)
    {
      Heap heap = { 0 };
      int order[MAILS], wanted[MAILS], groups[MAILS];

      heap_fill (&heap);
      for (int i = 0; i < MAILS; i++)
        order[i] = i;
      heap_take (&heap, order, wanted);
      for (guint n = 0; n < ORDERS; n++)
        {
          for (int i = MAILS - 1; i > 0; i--)
            {
              int other = n == 0 ? MAILS - 1 - i : g_test_rand_int_range (0, i + 1);
              int one = order[i];

              /* The first is the newest first. */
              if (n == 0 && other > i)
                continue;
              order[i] = order[other];
              order[other] = one;
            }
          heap_take (&heap, order, groups);
          for (int i = 0; i < MAILS; i++)
            if (groups[i] != wanted[i])
              {
                g_autoptr (GString) said = g_string_new ("order:");

                for (int m = 0; m < MAILS; m++)
                  g_string_append_printf (said, " %d", order[m]);
                for (int m = 0; m < MAILS; m++)
                  if (groups[m] != wanted[m])
                    g_string_append_printf (said, "\n%d is with %d, not %d:\n%.*s", m, groups[m], wanted[m], (int) (strstr (heap.mails[m], "\n\n") - heap.mails[m]), heap.mails[m]);
                g_test_message ("%s", said->str);
                g_test_fail ();
                break;
              }
        }
      for (int i = 0; i < MAILS; i++)
        g_free (heap.mails[i]);
    }
}

/* --- what it says --- */

static void
test_chain (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) three = take (t, "ana@mail.example", "three@x", "two@x", " <one@x> <two@x>", 30);
  g_autoptr (MosIngestResult) two = take (t, "bea@mail.example", "two@x", "one@x", " <one@x>", 20);
  g_autoptr (MosIngestResult) one = take (t, "cid@mail.example", "one@x", NULL, NULL, 10);
  g_auto (TestLook) look = { 0 };

  assert_together (t, one, two, TRUE);
  assert_together (t, one, three, TRUE);
  assert_why (t, one, "new");
  assert_why (t, two, "in-reply-to one@x");
  assert_why (t, three, "in-reply-to two@x");
  /* What began it gives it its name and whose it is. */
  test_look (t->store, one->conversation, &look);
  g_assert_cmpstr (look.row->subject, ==, "About one@x");
  g_assert_cmpstr (look.row->customer_address, ==, "cid@mail.example");
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  check_store (t);
}

/* What belongs elsewhere by a stronger reference takes along what hangs on it, and leaves the rest. */
static void
test_stronger (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) old = take (t, "ana@mail.example", "old@x", NULL, NULL, 1);
  g_autoptr (MosIngestResult) answer = take (t, "ana@mail.example", "answer@x", "parent@x", " <old@x>", 30);
  g_autoptr (MosIngestResult) next = take (t, "ana@mail.example", "next@x", "answer@x", NULL, 40);
  g_autoptr (MosIngestResult) stays = take (t, "ana@mail.example", "stays@x", "old@x", NULL, 45);
  g_autoptr (MosIngestResult) parent = NULL;
  Where where = { 0 };

  assert_together (t, old, next, TRUE);
  parent = take (t, "ana@mail.example", "parent@x", NULL, NULL, 20);
  assert_together (t, parent, answer, TRUE);
  assert_together (t, parent, next, TRUE);
  assert_together (t, old, stays, TRUE);
  assert_together (t, old, parent, FALSE);
  where.message = next->message;
  test_write (t->store, do_where, &where);
  g_assert_true (where.joined);
  g_free (where.conversation);
  g_free (where.why);
  check_store (t);
}

/* --- persons --- */

typedef struct
{
  const char *message;
  const char *conversation;
  const char *into;
  const char *agent;
} Step;

static gboolean
do_split (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Step *step = data;
  const char *ids[] = { step->message, NULL };

  return mos_action_split (txn, ids, NULL, error);
}

static gboolean
do_unjoin (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Step *step = data;
  g_autofree char *label = NULL;

  return mos_action_unjoin (txn, step->conversation, &label, error);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Step *step = data;
  const char *ids[] = { step->conversation, NULL };

  return mos_action_set_deleted (txn, ids, TRUE, error) && mos_action_erase (txn, ids, error);
}

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Step *step = data;

  return mos_action_add_note (txn, step->conversation, "Looked at.", NULL, error);
}

/* Whoever was split off stays where a person put it. */
static void
test_split_wins (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = take (t, "ana@mail.example", "first@x", NULL, NULL, 1);
  g_autoptr (MosIngestResult) answer = take (t, "ana@mail.example", "answer@x", "late@x", " <first@x>", 30);
  Step step = { .message = answer->message };
  g_autoptr (MosIngestResult) late = NULL;

  assert_together (t, first, answer, TRUE);
  test_write (t->store, do_split, &step);
  late = take (t, "ana@mail.example", "late@x", "first@x", " <first@x>", 20);
  assert_together (t, first, late, TRUE);
  assert_together (t, first, answer, FALSE);
}

/* Two conversations that people worked on are one by what the mails say: it is joined, told, and can be taken back. */
static void
test_two_worked (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = take (t, "ana@mail.example", "first@x", NULL, NULL, 1);
  g_autoptr (MosIngestResult) answer = take (t, "ana@mail.example", "answer@x", "late@x", " <top@x> <late@x>", 30);
  g_autoptr (MosIngestResult) late = NULL;
  g_autoptr (MosIngestResult) later = NULL;
  g_auto (TestReply) reply = { .conversation = first->conversation };
  TestStatus status = { answer->conversation, MOS_STATUS_CLOSED, 0 };
  g_auto (TestLook) joined = { 0 };
  g_auto (TestLook) apart = { 0 };
  g_auto (TestLook) gone = { 0 };
  Step step = { .conversation = answer->conversation };
  Where where = { .message = answer->message };

  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, test_do_status, &status);
  assert_together (t, first, answer, FALSE);

  late = take (t, "ana@mail.example", "late@x", "first@x", " <first@x>", 20);
  assert_together (t, first, late, TRUE);
  assert_together (t, first, answer, TRUE);
  assert_why (t, answer, "in-reply-to late@x");
  test_write (t->store, do_where, &where);
  g_assert_true (where.joined);
  /* The lower number stays; both sides say so. */
  g_assert_cmpstr (where.conversation, ==, first->conversation);
  g_free (where.conversation);
  g_free (where.why);
  test_look (t->store, first->conversation, &joined);
  test_look (t->store, answer->conversation, &gone);
  g_assert_cmpstr (gone.row->merged_into, ==, first->conversation);
  check_store (t);

  test_write (t->store, do_unjoin, &step);
  assert_together (t, first, answer, FALSE);
  assert_together (t, first, late, TRUE);
  assert_why (t, answer, "new");
  test_look (t->store, answer->conversation, &apart);
  g_assert_cmpint (apart.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_null (apart.row->merged_into);
  /* … and stays taken back. */
  later = take (t, "ana@mail.example", "top@x", "late@x", NULL, 10);
  assert_together (t, first, later, TRUE);
  assert_together (t, first, answer, FALSE);
  check_store (t);
}

/* Of two the one that somebody works on stays, whatever its number. */
static void
test_worked_stays (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = take (t, "ana@mail.example", "first@x", NULL, NULL, 1);
  g_autoptr (MosIngestResult) answer = take (t, "ana@mail.example", "answer@x", "late@x", NULL, 30);
  Step step = { .conversation = answer->conversation };
  g_autoptr (MosIngestResult) late = NULL;
  g_auto (TestLook) look = { 0 };

  test_write (t->store, do_note, &step);
  late = take (t, "ana@mail.example", "late@x", "first@x", NULL, 20);
  assert_together (t, first, answer, TRUE);
  g_assert_cmpstr (late->conversation, ==, answer->conversation);
  test_look (t->store, answer->conversation, &look);
  g_assert_null (look.row->merged_into);
  g_assert_cmpint (look.row->message_count, ==, 4);
  check_store (t);
}

/* --- strangers, spam, what is gone --- */

static void
test_spam (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = take (t, "ana@mail.example", "first@x", NULL, NULL, 1);
  g_autoptr (MosIngestResult) answer = take (t, "ana@mail.example", "answer@x", "late@x", NULL, 30);
  TestStatus status = { answer->conversation, MOS_STATUS_SPAM, 0 };
  g_autoptr (MosIngestResult) late = NULL;

  test_write (t->store, test_do_status, &status);
  late = take (t, "ana@mail.example", "late@x", "first@x", NULL, 20);
  assert_together (t, first, late, TRUE);
  assert_together (t, first, answer, FALSE);
}

/* Whoever got a mail of ours can put its id on one of his own; the answers to it are not his. */
static void
test_forged (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ours = mos_token_message_id (mos_store_get_mac_key (t->store), "0123456789abcdef0123456789abcdef", "support@shop.example");
  g_autoptr (MosIngestResult) answer = take (t, "ana@mail.example", "answer@x", ours, NULL, 30);
  g_autoptr (MosIngestResult) forged = take (t, "eve@mail.example", ours, NULL, NULL, 20);

  assert_together (t, answer, forged, FALSE);
  assert_why (t, answer, "new");
}

/* What went to many is nobody's conversation, also when those who answer it come first. */
static void
test_broadcast (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = take (t, "c1@mail.example", "one@x", "news@shop.example", NULL, 30);
  g_autoptr (MosIngestResult) two = take (t, "c2@mail.example", "two@x", "news@shop.example", NULL, 31);
  g_autoptr (GString) to = g_string_new ("c0@mail.example");
  g_autofree char *mail = NULL;
  g_autoptr (MosIngestResult) news = NULL;

  for (guint i = 1; i < 30; i++)
    g_string_append_printf (to, ", c%u@mail.example", i);
  mail = make_mail ("support@shop.example", to->str, "news@shop.example", NULL, NULL);
  news = test_ingest (t->store, mail, MOS_FOLDER_SENT, 99, MOS_TEST_NOW_US);
  assert_together (t, one, two, FALSE);
  assert_together (t, one, news, FALSE);
  assert_why (t, one, "broadcast news@shop.example");
}

static void
test_erased (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) gone = take (t, "ana@mail.example", "gone@x", "late@x", NULL, 30);
  g_autoptr (MosIngestResult) parent = take (t, "ana@mail.example", "parent@x", NULL, NULL, 5);
  g_autoptr (MosIngestResult) answer = NULL;
  g_autoptr (MosIngestResult) again = NULL;
  g_autoptr (MosIngestResult) late = NULL;
  g_auto (TestLook) look = { 0 };
  Step step = { .conversation = gone->conversation };

  test_write (t->store, do_erase, &step);
  late = take (t, "ana@mail.example", "late@x", NULL, NULL, 20);
  g_assert_cmpstr (late->conversation, !=, gone->conversation);
  test_look (t->store, late->conversation, &look);
  g_assert_cmpint (look.row->message_count, ==, 1);

  /* The parent itself was erased: it does not come back for the sake of an answer. */
  step.conversation = parent->conversation;
  test_write (t->store, do_erase, &step);
  answer = take (t, "ana@mail.example", "answer@x", "parent@x", NULL, 40);
  again = take (t, "ana@mail.example", "parent@x", NULL, NULL, 5);
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_ERASED);
  assert_why (t, answer, "new");
  check_store (t);
}

/* A report that came before the message from the Sent folder. */
static void
test_bounce (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *bounce = test_make_bounce ("sent@shop.example");
  g_autoptr (MosIngestResult) report = test_ingest (t->store, bounce, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US + G_TIME_SPAN_HOUR);
  g_autofree char *mail = make_mail ("support@shop.example", "ana@mail.example", "sent@shop.example", NULL, NULL);
  g_autoptr (MosIngestResult) sent = test_ingest (t->store, mail, MOS_FOLDER_SENT, 2, MOS_TEST_NOW_US);
  g_auto (TestLook) look = { 0 };

  assert_together (t, report, sent, TRUE);
  assert_why (t, report, "bounce sent@shop.example");
  test_look (t->store, sent->conversation, &look);
  g_assert_cmpint (test_look_find (&look, sent->message)->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_null (look.row->quarantine);
  g_assert_cmpstr (look.row->customer_address, ==, "ana@mail.example");
  check_store (t);
}

/* --- hostile --- */

typedef struct
{
  const char *id;
  guint n;
} Count;

static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Count *count = data;
  g_autoptr (GPtrArray) rows = mos_store_waiting_list (txn, ACCOUNT, count->id, error);

  if (rows == NULL)
    return FALSE;
  count->n = rows->len;
  return TRUE;
}

static guint
count_waiting (MosTestStore *t,
               const char *id)
{
  Count count = { id, 0 };

  test_write (t->store, do_count, &count);
  return count.n;
}

/* Thousands of references in one mail, and more mails that name one id than any letter has answers. */
static void
test_bounded (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GString) references = g_string_new (NULL);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (MosIngestResult) many = NULL;
  g_autoptr (MosIngestResult) late = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };
  guint n = 0;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (references, " <r%u@x>\n", i);
  g_string_truncate (references, references->len - 1);
  many = take (t, "eve@mail.example", "many@x", NULL, references->str, 1);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u@x", i);

      if (i < 2 || i > 4900)
        n += count_waiting (t, id);
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, MOS_STORE_WAITING_IDS);

  for (guint i = 0; i < MOS_STORE_WAITING_MESSAGES + 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u@x", i);
      g_autofree char *mail = make_mail ("eve@mail.example", "support@shop.example", id, "wanted@x", NULL);

      g_ptr_array_add (batch, test_make_incoming (mail, MOS_FOLDER_INBOX, i + 10, MOS_TEST_NOW_US + i));
    }
  mos_ingest_batch_sync (t->store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_waiting (t, "wanted@x"), ==, MOS_STORE_WAITING_MESSAGES);
  late = take (t, "eve@mail.example", "wanted@x", NULL, NULL, 0);
  g_assert_cmpuint (count_waiting (t, "wanted@x"), ==, 0);
  test_look (t->store, late->conversation, &look);
  g_assert_cmpint (look.row->message_count, ==, MOS_STORE_WAITING_MESSAGES + 1);
}

/* What is erased waits for nothing, and the next message of that moment, which has its place in the table, not for what it waited for. */
static void
test_erased_waits (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) gone = take (t, "ana@mail.example", "gone@x", "wanted@x", NULL, 30);
  g_autoptr (MosIngestResult) next = NULL;
  Step step = { .conversation = gone->conversation };

  g_assert_cmpuint (count_waiting (t, "wanted@x"), ==, 1);
  test_write (t->store, do_erase, &step);
  next = take (t, "bea@mail.example", "next@x", NULL, NULL, 30);
  g_assert_cmpuint (count_waiting (t, "wanted@x"), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/late-parents/any-order", test_any_order);
  g_test_add_func ("/late-parents/chain", test_chain);
  g_test_add_func ("/late-parents/stronger", test_stronger);
  g_test_add_func ("/late-parents/split-wins", test_split_wins);
  g_test_add_func ("/late-parents/two-worked", test_two_worked);
  g_test_add_func ("/late-parents/worked-stays", test_worked_stays);
  g_test_add_func ("/late-parents/spam", test_spam);
  g_test_add_func ("/late-parents/forged", test_forged);
  g_test_add_func ("/late-parents/broadcast", test_broadcast);
  g_test_add_func ("/late-parents/erased", test_erased);
  g_test_add_func ("/late-parents/bounce", test_bounce);
  g_test_add_func ("/late-parents/bounded", test_bounded);
  g_test_add_func ("/late-parents/erased-waits", test_erased_waits);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-desk-due.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-private.h"

#define HOUR_US G_TIME_SPAN_HOUR

static void
run (MosTestStore *t,
     gint64 *ret_next_us)
{
  g_autoptr (GError) error = NULL;

  mos_scheduler_run_sync (t->store, ret_next_us, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *conversation;
  gint64 due_us;
  GError *wanted;
  MosDueRow *row; /* (owned) */
} Ask;

static gboolean
do_remind (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Ask *ask = data;

  return mos_due_remind (txn, ask->conversation, ask->due_us, error);
}

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Ask *ask = data;
  g_autofree char *key = g_strconcat ("reminder:", ask->conversation, NULL);

  return mos_store_due_find (txn, key, &ask->row, error);
}

static MosDueState
state_of (MosTestStore *t,
          const char *conversation)
{
  Ask ask = { .conversation = conversation };
  MosDueState state;

  test_write (t->store, do_find, &ask);
  g_assert_nonnull (ask.row);
  state = ask.row->state;
  mos_due_row_unref (ask.row);
  return state;
}

static guint
count_events (MosTestStore *t,
              const char *conversation,
              const char *kind)
{
  g_auto (TestLook) look = { 0 };
  guint n = 0;

  test_look (t->store, conversation, &look);
  for (guint i = 0; i < look.messages->len; i++)
    n += g_strcmp0 (((MosMessageRow *) look.messages->pdata[i])->event_kind, kind) == 0;
  return n;
}

static MosStatus
status_of (MosTestStore *t,
           const char *conversation)
{
  g_auto (TestLook) look = { 0 };

  test_look (t->store, conversation, &look);
  return look.row->status;
}

static const char auto_reply[] =
    "From: Ana <ana@example.org>\r\nTo: shop@example.com\r\nSubject: Out of office\r\nDate: Thu, 01 Jan 2026 12:00:00 +0000\r\n"
    "Message-ID: <away@example.org>\r\nAuto-Submitted: auto-replied\r\nIn-Reply-To: %s\r\n\r\nI am away.\r\n";
static const char answer[] =
    "From: Ana <ana@example.org>\r\nTo: shop@example.com\r\nSubject: Re: it\r\nDate: Thu, 01 Jan 2026 12:00:00 +0000\r\n"
    "Message-ID: <answer@example.org>\r\nIn-Reply-To: %s\r\n\r\nThank you!\r\n";

/* A conversation that we answered and closed, and the wish to be reminded in three days. */
static char *
begin (MosTestStore *t,
       TestReply *reply)
{
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Ask ask = { .due_us = MOS_TEST_NOW_US + 72 * HOUR_US };
  char *conversation = g_strdup (first->conversation);

  ask.conversation = conversation;
  reply->conversation = conversation;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
  test_write (t->store, test_do_reply, reply);
  test_write (t->store, do_remind, &ask);
  g_assert_cmpint (state_of (t, conversation), ==, MOS_DUE_WAITING);
  return conversation;
}

static void
test_reminder_comes (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);

  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 71 * HOUR_US);
  run (t, NULL);
  g_assert_cmpint (status_of (t, conversation), ==, MOS_STATUS_CLOSED);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 72 * HOUR_US);
  run (t, NULL);
  run (t, NULL);
  g_assert_cmpint (status_of (t, conversation), ==, MOS_STATUS_OPEN);
  g_assert_cmpuint (count_events (t, conversation, "remind"), ==, 1);
  g_assert_cmpuint (count_events (t, conversation, "reminder"), ==, 1);
  g_assert_cmpint (state_of (t, conversation), ==, MOS_DUE_DONE);
}

static void
test_reminder_answered (gconstpointer data)
{
  gboolean is_automatic = GPOINTER_TO_INT (data);
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);
  g_autofree char *mail = is_automatic ? g_strdup_printf (auto_reply, reply.message_id) : g_strdup_printf (answer, reply.message_id);
  g_autoptr (MosIngestResult) result = NULL;

  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 10 * HOUR_US);
  result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 10 * HOUR_US);
  g_assert_cmpstr (result->conversation, ==, conversation);
  g_assert_cmpint (state_of (t, conversation), ==, is_automatic ? MOS_DUE_WAITING : MOS_DUE_CANCELLED);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 80 * HOUR_US);
  run (t, NULL);
  g_assert_cmpuint (count_events (t, conversation, "reminder"), ==, is_automatic ? 1 : 0);
}

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const char **ids = data;

  return mos_store_conversation_set_merged (txn, ids[0], ids[1], error);
}

/* It becomes part of another one: one is reminded of that. */
static void
test_reminder_merged (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);
  g_autoptr (MosIngestResult) other = test_ingest (t->store, "From: Bea <bea@mail.example>\nTo: support@shop.example\nSubject: Another one\nMessage-ID: <other@mail.example>\n\nHello", MOS_FOLDER_INBOX, 7, MOS_TEST_NOW_US);
  const char *ids[] = { conversation, other->conversation };

  test_write (t->store, do_merge, ids);
  g_assert_cmpint (state_of (t, conversation), ==, MOS_DUE_CANCELLED);
  g_assert_cmpint (state_of (t, other->conversation), ==, MOS_DUE_WAITING);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 72 * HOUR_US);
  run (t, NULL);
  g_assert_cmpuint (count_events (t, other->conversation, "reminder"), ==, 1);
}

static gboolean
do_remind_refused (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Ask *ask = data;
  g_autoptr (GError) local_error = NULL;

  g_assert_false (mos_due_remind (txn, ask->conversation, ask->due_us, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  return TRUE;
}

static void
test_reminder_refused (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Ask none = { .conversation = first->conversation, .due_us = MOS_TEST_NOW_US + HOUR_US };

  test_write (t->store, do_remind_refused, &none);
}

static gboolean
do_fail (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE message SET delivery = 'failed' WHERE conversation = ? AND direction = 'outgoing'", "t", data);
}

/* What never left is nobody's to answer. */
static void
test_reminder_failed (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);
  Ask none = { .conversation = conversation, .due_us = MOS_TEST_NOW_US + 96 * HOUR_US };

  test_write (t->store, do_fail, conversation);
  test_write (t->store, do_remind_refused, &none);
  /* Who asked before is told all the same. */
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 72 * HOUR_US);
  run (t, NULL);
  g_assert_cmpuint (count_events (t, conversation, "reminder"), ==, 1);
}

/* Friday evening to Monday morning nothing runs. What is ours comes once, however late; what a customer would get is held from two hours on. */

typedef struct
{
  MosDueWork work;
  const char *conversation;
  MosDueState state;
} Late;

static guint runs;

static gboolean
count_run (MosTxn *txn,
           MosDueRow *due,
           GError **error)
{
  runs++;
  return TRUE;
}

static gboolean
refuse_run (MosTxn *txn,
            MosDueRow *due,
            GError **error)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "gone");
  return FALSE;
}

/* It breaks down half way, and nobody said that this is the end of it. */
static gboolean
break_run (MosTxn *txn,
           MosDueRow *due,
           GError **error)
{
  if (!mos_store_conversation_set_status (txn, due->conversation, MOS_STATUS_SPAM, 0, error))
    return FALSE;
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "odd");
  return FALSE;
}

static gboolean
do_late (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Late *late = data;
  g_autoptr (GPtrArray) rows = mos_store_due_take (txn, 10, 60 * G_USEC_PER_SEC, error);

  if (rows == NULL)
    return FALSE;
  g_assert_cmpuint (rows->len, ==, 1);
  return mos_due_work_do (txn, &late->work, rows->pdata[0], &late->state, error);
}

static const struct
{
  const char *name;
  gint64 late_us;
  gboolean is_for_customer;
  gboolean fails;
  MosDueState state;
} lates[] = {
  { "in-time", 0, TRUE, FALSE, MOS_DUE_DONE },
  { "two-hours", MOS_DUE_LATE_US, TRUE, FALSE, MOS_DUE_DONE },
  { "a-little-more", MOS_DUE_LATE_US + 1, TRUE, FALSE, MOS_DUE_HELD },
  { "the-weekend", 62 * HOUR_US, TRUE, FALSE, MOS_DUE_HELD },
  { "a-year", 365 * 24 * HOUR_US, TRUE, FALSE, MOS_DUE_HELD },
  { "ours-after-the-weekend", 62 * HOUR_US, FALSE, FALSE, MOS_DUE_DONE },
  { "what-cannot-be-done", 0, TRUE, TRUE, MOS_DUE_FAILED },
};

static void
test_late (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);
  Late late = { .work = { "reminder", lates[i].is_for_customer, lates[i].fails ? refuse_run : count_run, NULL } };

  runs = 0;
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 72 * HOUR_US + lates[i].late_us);
  mos_test_store_reopen (t);
  test_write (t->store, do_late, &late);
  g_assert_cmpint (late.state, ==, lates[i].state);
  g_assert_cmpint (state_of (t, conversation), ==, lates[i].state);
  g_assert_cmpuint (runs, ==, lates[i].state == MOS_DUE_DONE ? 1 : 0);
  /* And it stays so. */
  run (t, NULL);
  g_assert_cmpint (state_of (t, conversation), ==, lates[i].state);
}

/* Nothing of it stays, what the same transaction did before it does, and it is tried again. */
static gboolean
do_broken (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Late *late = data;
  g_autoptr (GPtrArray) rows = mos_store_due_take (txn, 10, 60 * G_USEC_PER_SEC, error);
  MosDueRow *row;

  if (rows == NULL)
    return FALSE;
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  return mos_store_conversation_set_priority (txn, row->conversation, MOS_PRIORITY_HIGH, error) && mos_due_work_do (txn, &late->work, row, &late->state, error);
}

static void
test_broken (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);
  g_auto (TestLook) look = { .id = conversation };
  g_auto (TestLook) again = { .id = conversation };
  Late late = { .work = { "reminder", FALSE, break_run, NULL, NULL } };
  gint64 next_us = 0;

  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 72 * HOUR_US);
  g_test_expect_message ("mos-desk", G_LOG_LEVEL_WARNING, "*is tried again*");
  test_write (t->store, do_broken, &late);
  g_test_assert_expected_messages ();
  g_assert_cmpint (late.state, ==, MOS_DUE_WAITING);
  g_assert_cmpint (state_of (t, conversation), ==, MOS_DUE_WAITING);
  test_look (t->store, conversation, &look);
  g_assert_cmpint (look.row->status, !=, MOS_STATUS_SPAM);
  g_assert_cmpint (look.row->priority, ==, MOS_PRIORITY_HIGH);
  /* And then it succeeds. */
  run (t, &next_us);
  g_assert_cmpint (next_us, ==, MOS_TEST_NOW_US + 72 * HOUR_US + MOS_DUE_AGAIN_US);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), MOS_DUE_AGAIN_US);
  run (t, NULL);
  g_assert_cmpint (state_of (t, conversation), ==, MOS_DUE_DONE);
}

/* --- what a person says about what is held --- */

typedef struct
{
  int what; /* 0 release, 1 postpone, 2 discard */
  gint64 due_us;
} Verdict;

static gboolean
do_verdict (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Verdict *verdict = data;
  g_autoptr (GPtrArray) items = mos_due_list_held (txn, error);
  g_autoptr (GError) again = NULL;
  const char *id;

  g_assert_nonnull (items);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_nonnull (((MosHeldItem *) items->pdata[0])->conversation);
  id = ((MosHeldItem *) items->pdata[0])->due->id;
  if (!(verdict->what == 0 ? mos_due_release (txn, id, error) : verdict->what == 1 ? mos_due_postpone (txn, id, verdict->due_us, error)
                                                                                   : mos_due_discard (txn, id, error)))
    return FALSE;
  /* Said once: a second click does nothing twice. */
  g_assert_false (mos_due_release (txn, id, &again));
  g_assert_error (again, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  return TRUE;
}

static void
test_verdict (gconstpointer data)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_auto (TestReply) reply = { 0 };
  g_autofree char *conversation = begin (t, &reply);
  Late late = { .work = { "reminder", TRUE, count_run, NULL } };
  gint64 monday_us = MOS_TEST_NOW_US + 134 * HOUR_US, next_us = 0;
  Verdict verdict = { GPOINTER_TO_INT (data), monday_us + HOUR_US };

  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), monday_us);
  test_write (t->store, do_late, &late);
  g_assert_cmpint (late.state, ==, MOS_DUE_HELD);
  run (t, &next_us);
  g_assert_cmpint (next_us, ==, 0);
  test_write (t->store, do_verdict, &verdict);
  g_assert_cmpint (state_of (t, conversation), ==, verdict.what == 0 ? MOS_DUE_DONE : verdict.what == 1 ? MOS_DUE_WAITING
                                                                                                        : MOS_DUE_CANCELLED);
  g_assert_cmpuint (count_events (t, conversation, "reminder"), ==, verdict.what == 0 ? 1 : 0);
  run (t, &next_us);
  g_assert_cmpint (next_us, ==, verdict.what == 1 ? monday_us + HOUR_US : 0);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), monday_us + 2 * HOUR_US);
  run (t, NULL);
  g_assert_cmpuint (count_events (t, conversation, "reminder"), ==, verdict.what == 2 ? 0 : 1);
}

/* --- clocks that change, many at once --- */

static const struct
{
  const char *zone;
  int y, m, d, h, min;
  const char *due; /* UTC */
} changes[] = {
  { "Europe/Madrid", 2026, 3, 29, 2, 30, "2026-03-29T01:00:00Z" },
  { "Europe/Madrid", 2026, 10, 25, 2, 30, "2026-10-25T00:30:00Z" },
  { "America/New_York", 2026, 3, 8, 2, 30, "2026-03-08T07:00:00Z" },
  { "Australia/Lord_Howe", 2026, 10, 4, 2, 15, "2026-10-03T15:30:00Z" },
  { "Africa/Casablanca", 2026, 2, 15, 2, 30, "2026-02-15T01:30:00Z" },
  { "Africa/Casablanca", 2026, 3, 22, 2, 30, "2026-03-22T02:00:00Z" },
};

/* A wall time is fixed as a moment when it is set: it comes at that moment, not a second before. */
static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
      g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (changes[i].zone);
      gint64 until_us = mos_time_local (zone, changes[i].y, changes[i].m, changes[i].d, changes[i].h, changes[i].min);
      g_autofree char *due = mos_time_format_utc (until_us);
      TestStatus status = { first->conversation, MOS_STATUS_SNOOZED, until_us };

      g_assert_cmpstr (due, ==, changes[i].due);
      mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), until_us - HOUR_US);
      test_write (t->store, test_do_status, &status);
      mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), until_us - 1);
      run (t, NULL);
      g_assert_cmpint (status_of (t, first->conversation), ==, MOS_STATUS_SNOOZED);
      mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), until_us);
      run (t, NULL);
      g_assert_cmpint (status_of (t, first->conversation), ==, MOS_STATUS_OPEN);
    }
}

static void
test_many (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (g_free);
  gint64 next_us = 0;

  for (guint i = 0; i < 501; i++)
    {
      g_autofree char *mail = g_strdup_printf ("From: c%u@example.org\r\nTo: shop@example.com\r\nSubject: Number %u\r\nDate: Thu, 01 Jan 2026 10:00:00 +0000\r\nMessage-ID: <n%u@example.org>\r\n\r\nHello\r\n", i, i, i);
      g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, i + 1, MOS_TEST_NOW_US);
      TestStatus status = { result->conversation, MOS_STATUS_SNOOZED, MOS_TEST_NOW_US + HOUR_US };

      test_write (t->store, test_do_status, &status);
      g_ptr_array_add (conversations, g_strdup (result->conversation));
    }
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 62 * HOUR_US);
  run (t, &next_us);
  g_assert_cmpint (next_us, ==, 0);
  for (guint i = 0; i < conversations->len; i++)
    {
      g_assert_cmpint (status_of (t, conversations->pdata[i]), ==, MOS_STATUS_OPEN);
      if (i % 100 == 0)
        g_assert_cmpuint (count_events (t, conversations->pdata[i], "status"), ==, 1);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/due/reminder/comes", test_reminder_comes);
  g_test_add_func ("/due/reminder/merged", test_reminder_merged);
  g_test_add_data_func ("/due/reminder/answered", GINT_TO_POINTER (FALSE), test_reminder_answered);
  g_test_add_data_func ("/due/reminder/auto-reply", GINT_TO_POINTER (TRUE), test_reminder_answered);
  g_test_add_func ("/due/reminder/refused", test_reminder_refused);
  g_test_add_func ("/due/reminder/failed", test_reminder_failed);
  for (guint i = 0; i < G_N_ELEMENTS (lates); i++)
    {
      g_autofree char *path = g_strdup_printf ("/due/late/%s", lates[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_late);
    }
  g_test_add_data_func ("/due/held/release", GINT_TO_POINTER (0), test_verdict);
  g_test_add_data_func ("/due/held/postpone", GINT_TO_POINTER (1), test_verdict);
  g_test_add_data_func ("/due/held/discard", GINT_TO_POINTER (2), test_verdict);
  g_test_add_func ("/due/broken", test_broken);
  g_test_add_func ("/due/clock-changes", test_changes);
  g_test_add_func ("/due/many-at-once", test_many);

  return g_test_run ();
}

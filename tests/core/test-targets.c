/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/desk/mos-scheduler.h"
#include "core/desk/mos-targets.h"
#include "core/store/mos-store-targets.h"
#include "core/store/mos-store-views.h"
#include "measures-fixture.h"
#include "mos-test.h"

#include <string.h>

/* When what is due (behaviour.md §2.7): stories, and the times that somebody worked out by hand. 2026-03-02 is a Monday; the clock is Madrid's. */

#define OFFICE "zone Europe/Madrid\nmon 09:00-17:00\ntue 09:00-17:00\nwed 09:00-17:00\nthu 09:00-17:00\nfri 09:00-17:00\n"
#define BEGIN { "2026-02-20T09:00", 'A', HOURS, OFFICE }

typedef struct
{
  Story *story;
  char who;
  const char *text;
  MosConversationRow *row;
  GPtrArray *list;
  gint64 n;
} Call;

/* --- helpers --- */

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Call *call = data;

  return mos_store_conversation_find (txn, call->story->ids[(guint) call->who], &call->row, error);
}

static MosConversationRow *
find (Story *story,
      char who)
{
  g_autoptr (GError) error = NULL;
  Call call = { story, who, NULL, NULL, NULL, 0 };

  mos_store_read_sync (story->f->store, do_find, &call, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (call.row);
  return call.row;
}

static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Call *call = data;

  return mos_database_get_int (txn->database, &call->n, error, "SELECT count (*) FROM event WHERE undone = 0 AND kind = ? AND conversation = ?", "tt", call->text, call->story->ids[(guint) call->who]);
}

static gint64
count_events (Story *story,
              char who,
              const char *kind)
{
  g_autoptr (GError) error = NULL;
  Call call = { story, who, kind, NULL, NULL, 0 };

  mos_store_read_sync (story->f->store, do_count, &call, NULL, &error);
  g_assert_no_error (error);
  return call.n;
}

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (MosTargets) targets = mos_targets_parse (((Call *) data)->text);

  return mos_targets_set (txn, targets, error);
}

/* Returns: the batch, for an undo */
static gint64
set_targets (Story *story,
             const char *text)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;
  Call call = { story, 'A', text, NULL, NULL, 0 };
  gint64 batch = 0;

  mos_store_write_sync (story->f->store, &actor, "targets", do_set, &call, &batch, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

/* Local time with its offset: in autumn there are two of a kind. */
static char *
text_of (Story *story,
         gint64 us)
{
  g_autoptr (GDateTime) utc = us != 0 ? g_date_time_new_from_unix_utc_usec (us) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, story->zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%FT%H:%M%z") : g_strdup ("-");
}

/* "2026-03-09T10:50+0100 pending first_reply channel 7200" */
static void
assert_due (Story *story,
            char who,
            const char *reply,
            const char *resolution)
{
  g_autoptr (MosConversationRow) row = find (story, who);
  g_autofree char *reply_due = text_of (story, row->reply_due_us);
  g_autofree char *resolve_due = text_of (story, row->resolve_due_us);
  g_autofree char *is = g_strdup_printf ("%s %s %s", reply_due, mos_target_state_to_nick (row->target_state), row->reply_basis);

  g_assert_cmpstr (g_strstrip (is), ==, reply);
  g_assert_cmpstr (resolve_due, ==, resolution);
}

static void
run (Story *story)
{
  g_autoptr (GError) error = NULL;

  mos_scheduler_run_sync (story->f->store, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- when --- */

static const struct
{
  const char *name;
  const Step steps[10];
  const char *now;
  const char *reply;
  const char *resolution;
} cases[] = {
  { "friday-afternoon", { BEGIN, { "2026-03-06T16:50", 'A', ASKS } }, "2026-03-06T16:55", "2026-03-09T10:50+0100 pending first_reply channel 7200", "2026-03-07T16:50+0100" },
  /* Four fifths of two hours: 96 minutes, of which ten on Friday */
  { "friday-afternoon-near", { BEGIN, { "2026-03-06T16:50", 'A', ASKS } }, "2026-03-09T10:26", "2026-03-09T10:50+0100 breached first_reply channel 7200", "2026-03-07T16:50+0100" },
  { "holiday-on-monday", { { "2026-02-20T09:00", 'A', HOURS, OFFICE "2026-03-09 closed Fiesta\n" }, { "2026-03-06T16:50", 'A', ASKS } }, "2026-03-06T16:55", "2026-03-10T10:50+0100 pending first_reply channel 7200", "2026-03-07T16:50+0100" },
  /* 02:00 to 03:00 is not there: half past one and two hours are half past four. */
  { "spring-night", { { "2026-02-20T09:00", 'A', HOURS, "zone Europe/Madrid\nsun 00:00-24:00\n" }, { "2026-03-29T01:30", 'A', ASKS } }, "2026-03-29T01:31", "2026-03-29T04:30+0200 pending first_reply channel 7200", "2026-03-30T02:30+0200" },
  /* 02:00 to 03:00 is there twice: half past two of winter. */
  { "autumn-night", { { "2026-02-20T09:00", 'A', HOURS, "zone Europe/Madrid\nsun 00:00-24:00\n" }, { "2026-10-25T01:30", 'A', ASKS } }, "2026-10-25T01:31", "2026-10-25T02:30+0100 pending first_reply channel 7200", "2026-10-26T00:30+0100" },
  /* An hour by the old ones, the other one by the new ones. */
  { "hours-change-meanwhile", { BEGIN, { "2026-03-02T15:30", 'A', ASKS }, { "16:30", 'A', HOURS, "zone Europe/Madrid\nmon 18:00-20:00\n" } }, "2026-03-02T16:31", "2026-03-02T19:00+0100 pending first_reply channel 7200", "2026-03-03T15:30+0100" },
  { "nobody-works", { { "2026-02-20T09:00", 'A', HOURS, "zone Europe/Madrid\n" }, { "2026-03-02T10:00", 'A', ASKS } }, "2026-03-02T10:01", "- pending", "2026-03-03T10:00+0100" },
  { "no-hours", { { "2026-03-07T23:00", 'A', ASKS } }, "2026-03-07T23:01", "2026-03-08T01:00+0100 pending first_reply channel 7200", "2026-03-08T23:00+0100" },
  { "a-chat", { { "2026-03-02T10:00", 'A', ASKS, "telegram" } }, "2026-03-02T10:00", "2026-03-02T10:02+0100 pending first_reply channel 120", "2026-03-03T10:00+0100" },
  { "a-telephone", { { "2026-03-02T10:00", 'A', ASKS, "phone" } }, "2026-03-02T10:00", "- pending", "2026-03-03T10:00+0100" },
  /* What is asked meanwhile moves nothing. */
  { "asks-again", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ASKS }, { "10:40", 'A', NOTES }, { "10:50", 'A', AUTO } }, "2026-03-02T11:00", "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-03T10:00+0100" },
  { "answered", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ANSWERS } }, "2026-03-02T11:00", "- pending", "2026-03-03T10:00+0100" },
  { "next", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ANSWERS }, { "11:00", 'A', ASKS }, { "11:05", 'A', ASKS } }, "2026-03-02T11:10", "2026-03-02T13:00+0100 pending next_reply channel 7200", "2026-03-03T10:00+0100" },
  /* Who waits, waits; the clock of the resolution runs on, too. */
  { "snoozed-while-waiting", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', SNOOZES } }, "2026-03-02T11:00", "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-03T10:00+0100" },
  /* Our clock is a minute and more behind: nobody waits after an answer, nor after a close, and what is merged into what was answered waits all the same. */
  { "a-slow-clock", { { "2026-03-02T10:00", 'A', AHEAD, "120" }, { "10:00", 'A', ASKS }, { "10:01", 'A', ANSWERS } }, "2026-03-02T10:01", "- pending", "2026-03-03T10:02+0100" },
  { "a-slow-clock-closed", { { "2026-03-02T10:00", 'A', AHEAD, "120" }, { "10:00", 'A', ASKS }, { "10:01", 'A', CLOSES } }, "2026-03-02T10:01", "- none", "-" },
  { "a-slow-clock-merged", { { "2026-03-02T10:00", 'A', AHEAD, "120" }, { "10:00", 'A', ASKS }, { "10:00", 'B', ASKS }, { "10:01", 'A', ANSWERS }, { "10:01", 'B', MERGES, "A" } }, "2026-03-02T10:01", "2026-03-02T12:02+0100 pending next_reply channel 7200", "2026-03-03T10:02+0100" },
  { "a-slow-clock-merged-and-answered",
    { { "2026-03-02T10:00", 'A', AHEAD, "120" }, { "10:00", 'A', ASKS }, { "10:00", 'B', ASKS }, { "10:01", 'A', ANSWERS }, { "10:01", 'B', MERGES, "A" }, { "10:01", 'A', ANSWERS } },
    "2026-03-02T10:01",
    "- pending",
    "2026-03-03T10:02+0100" },
  { "snoozed-after-answer", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ANSWERS }, { "11:00", 'A', SNOOZES } }, "2026-03-02T12:00", "- none", "-" },
  { "pending", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ANSWERS }, { "11:00", 'A', PENDS } }, "2026-03-02T12:00", "- none", "-" },
  /* It was pending for a day and a quarter of an hour. */
  { "pending-and-back", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ANSWERS }, { "11:00", 'A', PENDS }, { "2026-03-03T11:15", 'A', OPENS }, { "11:15", 'A', ASKS } }, "2026-03-03T11:20", "2026-03-03T13:15+0100 pending next_reply channel 7200", "2026-03-04T10:15+0100" },
  { "closed", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', CLOSES } }, "2026-03-02T12:00", "- none", "-" },
  /* 30 minutes were over when it was closed. */
  { "reopened", { { "2026-03-02T10:00", 'A', ASKS }, { "10:20", 'A', ANSWERS }, { "10:30", 'A', CLOSES }, { "2026-03-20T10:00", 'A', OPENS } }, "2026-03-20T10:10", "- pending", "2026-03-21T09:30+0100" },
  /* Closed and opened again by hand: nobody was answered by that. */
  { "reopened-unanswered", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', CLOSES }, { "11:00", 'A', OPENS } }, "2026-03-02T11:10", "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-03T10:30+0100" },
  { "spam", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', SPAM } }, "2026-03-02T12:00", "- none", "-" },
  { "old-mail", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', ARCHIVES } }, "2026-03-02T12:00", "- none", "-" },
  { "bounce", { { "2026-03-02T09:00", 'A', ANSWERS }, { "2026-03-02T10:00", 'A', MACHINE } }, "2026-03-02T12:00", "- none", "-" },
  /* The older turn counts. */
  { "merged", { { "2026-03-02T10:00", 'B', ASKS }, { "10:30", 'A', ASKS }, { "11:00", 'B', MERGES, "A" } }, "2026-03-02T11:10", "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-03T10:30+0100" },
  { "merged-into-answered",
    { { "2026-03-02T09:00", 'A', ASKS }, { "10:20", 'A', ANSWERS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } },
    "2026-03-02T11:10",
    "2026-03-02T12:30+0100 pending next_reply channel 7200",
    "2026-03-03T09:00+0100" },
  /* Old mail has no clock, and what the desk began and waits for none that would hold up what was asked elsewhere. */
  { "merged-into-archived",
    { { "2026-03-01T09:00", 'A', ASKS }, { "09:10", 'A', ARCHIVES }, { "2026-03-02T10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } },
    "2026-03-02T11:10",
    "2026-03-02T12:30+0100 pending first_reply channel 7200",
    "2026-03-03T10:30+0100" },
  { "merged-into-begun",
    { { "2026-03-02T09:00", 'A', ANSWERS }, { "09:00", 'A', PENDS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } },
    "2026-03-02T11:10",
    "2026-03-02T12:30+0100 pending first_reply channel 7200",
    "2026-03-03T10:30+0100" },
  /* Nobody waited in what slept from 10:20 on; from eleven on somebody does, and its clock goes on. */
  { "merged-into-asleep",
    { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'A', ANSWERS }, { "10:20", 'A', SNOOZES }, { "10:30", 'B', ASKS }, { "10:35", 'B', SNOOZES }, { "11:00", 'B', MERGES, "A" } },
    "2026-03-02T11:10",
    "2026-03-02T12:30+0100 pending next_reply channel 7200",
    "2026-03-03T10:40+0100" },
  { "merged-away", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'B', ASKS }, { "11:00", 'A', MERGES, "B" } }, "2026-03-02T11:10", "- none", "-" },
};

static void
test_when (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (Story) story = story_new ();

  story_tell (story, cases[i].steps);
  story_set_clock (story, cases[i].now);
  if (strstr (cases[i].reply, "breached") != NULL)
    run (story);
  assert_due (story, 'A', cases[i].reply, cases[i].resolution);
  fixture_check (story->f);
}

/* --- by which rule --- */

static gboolean
do_complex (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_record_set (txn, &mos_entity_category, "refund", NULL, error, "complex", 'd', 1, NULL);
}

static gboolean
do_vip (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Call *call = data;

  return mos_record_set (txn, &mos_entity_customer, call->story->f->customer, NULL, error, "vip", 'd', 1, NULL);
}

static gboolean
do_urgent (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Call *call = data;

  return mos_store_conversation_set_priority (txn, call->story->ids['A'], MOS_PRIORITY_URGENT, error);
}

static gboolean
do_normal (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Call *call = data;

  return mos_store_conversation_set_priority (txn, call->story->ids['A'], MOS_PRIORITY_NORMAL, error);
}

static void
change (Story *story,
        MosStoreFunc func)
{
  g_autoptr (GError) error = NULL;
  Call call = { story, 'A', NULL, NULL, NULL, 0 };

  mos_store_write_sync (story->f->store, NULL, NULL, func, &call, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_rules (void)
{
  static const Step begin[] = { { "2026-03-02T10:00", 'A', ASKS }, { "10:20", 'A', CATEGORY, "refund" }, { "10:30", 'B', ASKS }, { END } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (GError) error = NULL;
  gint64 batch;

  story_tell (story, begin);
  assert_due (story, 'A', "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-03T10:00+0100");
  change (story, do_complex);
  assert_due (story, 'A', "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-05T10:00+0100");

  /* What has passed stays counted. */
  story_set_clock (story, "10:40");
  batch = set_targets (story, "channel email first_reply=3600 next_reply=600 resolution=7200:always\ncategory refund resolution=0\n");
  assert_due (story, 'A', "2026-03-02T11:00+0100 pending first_reply channel 3600", "-");
  assert_due (story, 'B', "2026-03-02T11:30+0100 pending first_reply channel 3600", "2026-03-02T12:30+0100");
  fixture_check (story->f);
  mos_store_write_sync (story->f->store, NULL, NULL, do_complex, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  /* As all that people do, it can be undone; what is the same is not written. */
  g_assert_cmpint (set_targets (story, "channel email first_reply=3600 next_reply=600 resolution=7200:always\ncategory refund resolution=0\n"), ==, 0);
  story->last = batch;
  story_tell (story, (const Step[]) { { "10:45", 'A', UNDOES }, { END } });
  assert_due (story, 'A', "2026-03-02T12:00+0100 pending first_reply channel 7200", "2026-03-05T10:00+0100");

  set_targets (story, "channel email first_reply=7200\ncategory refund first_reply=5400\nvip first_reply=1800\nurgent first_reply=600\n");
  assert_due (story, 'A', "2026-03-02T11:30+0100 pending first_reply category 5400", "-");
  change (story, do_vip);
  assert_due (story, 'A', "2026-03-02T10:30+0100 pending first_reply vip 1800", "-");
  change (story, do_urgent);
  assert_due (story, 'A', "2026-03-02T10:10+0100 pending first_reply urgent 600", "-");
  fixture_check (story->f);
}

static void
test_text (void)
{
  static const char text[] = "urgent first_reply=600\nvip next_reply=0:always\ncategory refund resolution=7200\ncomplex resolution=9:always\nchannel email first_reply=1 next_reply=2:always resolution=3\n";
  g_autoptr (MosTargets) targets = mos_targets_parse (text);
  g_autoptr (MosTargets) odd = mos_targets_parse ("\nchannel\nchannel  \nnobody first_reply=1\nchannel email first_reply=x next_reply=-4 resolution=99999999999\nvip first_reply=5 later=7\n\xff\n");
  g_autoptr (MosTargets) standard = mos_targets_make_default ();
  g_autofree char *again = mos_targets_to_text (targets);
  g_autofree char *rest = mos_targets_to_text (odd);
  static const struct
  {
    const char *typed;
    int seconds;
    const char *written;
  } times[] = { { "2h", 7200, "2h" }, { "30 min", 1800, "30min" }, { "1.5 h", 5400, "90min" }, { "3d", 259200, "3d" }, { "1d", 86400, "24h" }, { "90s", 90, "90s" }, { "none", 0, "none" }, { "unset", MOS_TARGET_UNSET, "unset" } };
  static const char *const wrong[] = { "", "h", "2", "-1h", "2 weeks", "nan h", "inf h", "0h", "0.1s", "1e9d", "2h 3min" };
  int seconds;

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (rest, ==, "vip first_reply=5\n");
  g_assert_false (mos_targets_equal (targets, standard));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *written = NULL;

      g_assert_true (mos_target_read_seconds (times[i].typed, &seconds));
      g_assert_cmpint (seconds, ==, times[i].seconds);
      written = mos_target_write_seconds (seconds);
      g_assert_cmpstr (written, ==, times[i].written);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (mos_target_read_seconds (wrong[i], &seconds));

  /* Four fifths, five minutes before the end at least, half of it at most. */
  g_assert_cmpint (mos_target_get_warn_s (7200), ==, 5760);
  g_assert_cmpint (mos_target_get_warn_s (900), ==, 600);
  g_assert_cmpint (mos_target_get_warn_s (120), ==, 60);
}

/* --- warned and breached --- */

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Call *call = data;
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_BREACHING, NULL);
  g_autoptr (MosIdVector) ids = mos_store_view_list_ids (txn, view, NULL, NULL, 0, error);

  if (ids == NULL)
    return FALSE;
  call->list = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->ids->len; i++)
    g_ptr_array_add (call->list, g_strdup (ids->ids->pdata[i]));
  return TRUE;
}

/* The letters of what is in "Breaching soon", in its order */
static void
assert_breaching (Story *story,
                  const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) letters = g_string_new (NULL);
  Call call = { story, 'A', NULL, NULL, NULL, 0 };

  mos_store_read_sync (story->f->store, do_list, &call, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < call.list->len; i++)
    for (guint who = 0; who < MAX_CONVERSATIONS; who++)
      if (g_strcmp0 (story->ids[who], call.list->pdata[i]) == 0)
        g_string_append_c (letters, (char) who);
  g_assert_cmpstr (letters->str, ==, expected);
  g_ptr_array_unref (call.list);
}

static void
test_states (void)
{
  g_autoptr (Story) story = story_new ();

  story_tell (story, (const Step[]) { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'B', ASKS }, { END } });
  run (story);
  assert_breaching (story, "");
  story_set_clock (story, "11:36");
  run (story);
  assert_due (story, 'A', "2026-03-02T12:00+0100 warned first_reply channel 7200", "2026-03-03T10:00+0100");
  assert_breaching (story, "A");
  g_assert_cmpint (count_events (story, 'A', "target_warn"), ==, 1);
  g_assert_cmpint (count_events (story, 'B', "target_warn"), ==, 0);
  story_set_clock (story, "12:00");
  run (story);
  assert_due (story, 'A', "2026-03-02T12:00+0100 breached first_reply channel 7200", "2026-03-03T10:00+0100");
  assert_breaching (story, "AB");
  /* Once each, however often somebody looks. */
  story_set_clock (story, "12:05");
  run (story);
  g_assert_cmpint (count_events (story, 'A', "target_warn"), ==, 1);
  g_assert_cmpint (count_events (story, 'A', "target_breach"), ==, 1);

  /* Answered late: what was stays in the history. */
  story_tell (story, (const Step[]) { { "12:10", 'A', ANSWERS }, { END } });
  assert_due (story, 'A', "- pending", "2026-03-03T10:00+0100");
  assert_breaching (story, "B");
  g_assert_cmpint (count_events (story, 'A', "target_breach"), ==, 1);
  story_tell (story, (const Step[]) { { "13:00", 'A', ASKS }, { END } });
  assert_due (story, 'A', "2026-03-02T15:00+0100 pending next_reply channel 7200", "2026-03-03T10:00+0100");
  story_set_clock (story, "15:00");
  run (story);
  g_assert_cmpint (count_events (story, 'A', "target_breach"), ==, 2);

  /* More time than before: it is no more late, and will be once more. */
  set_targets (story, "channel email next_reply=14400\n");
  assert_due (story, 'A', "2026-03-02T17:00+0100 pending next_reply channel 14400", "-");
  story_set_clock (story, "17:00");
  run (story);
  assert_due (story, 'A', "2026-03-02T17:00+0100 breached next_reply channel 14400", "-");
  g_assert_cmpint (count_events (story, 'A', "target_breach"), ==, 3);
  fixture_check (story->f);
}

static gboolean
do_told (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Call *call = data;
  g_autoptr (MosDueRow) due = mos_due_row_new ();
  g_autoptr (GString) letters = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (!mos_targets_run_due (txn, due, error))
    return FALSE;
  lines = g_strsplit (due->payload, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    for (guint who = 0; who < MAX_CONVERSATIONS; who++)
      if (call->story->ids[who] != NULL && g_str_has_suffix (lines[i], call->story->ids[who]))
        g_string_append_printf (letters, "%.4s %c;", lines[i], (char) who);
  g_assert_cmpstr (letters->str, ==, call->text);
  return TRUE;
}

/* The machine slept: all of it is told with the time it was, and to whoever hears of it at once. */
static void
test_slept (void)
{
  g_autoptr (Story) story = story_new ();
  g_autoptr (GError) error = NULL;
  Call call = { story, 'A', "late A;late B;near C;", NULL, NULL, 0 };

  story_tell (story, (const Step[]) { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'B', ASKS }, { "15:00", 'C', ASKS }, { "16:40", 'D', ASKS }, { END } });
  story_set_clock (story, "16:45");
  mos_store_write_sync (story->f->store, NULL, NULL, do_told, &call, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_events (story, 'A', "target_warn"), ==, 1);
  g_assert_cmpint (count_events (story, 'A', "target_breach"), ==, 1);
  assert_breaching (story, "ABC");
  /* Who was told that it is near is not told again. */
  call.text = "";
  story_set_clock (story, "17:00");
  mos_store_write_sync (story->f->store, NULL, NULL, do_told, &call, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_events (story, 'C', "target_breach"), ==, 1);
  fixture_check (story->f);
}

/* --- what came of them --- */

static void
tell_targets (GString *out,
              const MosMeasureFigures *figures)
{
  const MosMeasureTargets *targets = &figures->targets;

  if (targets->n_met + targets->n_missed > 0)
    g_string_append_printf (out, "%s %u/%u %u/%u %u/%u;", figures->key, targets->met[0], targets->missed[0], targets->met[1], targets->missed[1], targets->met[2], targets->missed[2]);
}

/* Of all, or of each group that had one */
static void
assert_figures (Story *story,
                MosMeasureBy by,
                const char *expected)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (GString) is = g_string_new (NULL);

  query->with_targets = TRUE;
  query->by = by == MOS_MEASURE_BY_NOTHING ? 0 : 1u << by;
  report = story_ask (story, "2026-03-02", "2026-03-08", query);
  if (by == MOS_MEASURE_BY_NOTHING)
    tell_targets (is, report->all);
  for (guint i = 0; by != MOS_MEASURE_BY_NOTHING && i < report->groups[by]->len; i++)
    tell_targets (is, report->groups[by]->pdata[i]);
  g_assert_cmpstr (is->str, ==, expected);
}

static guint
count_rows (Story *story,
            MosMeasureQuery *query,
            MosMeasureBy by,
            const char *key,
            MosMeasureNumber number,
            int part)
{
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  g_autoptr (MosMeasureRows) rows = NULL;

  look->query = mos_measure_query_ref (query);
  look->number = number;
  look->by = by;
  look->key = by == MOS_MEASURE_BY_NOTHING ? NULL : g_strdup (key);
  look->part = part;
  rows = story_list (story, look);
  g_assert_cmpuint (rows->n, ==, rows->rows->len);
  return rows->n;
}

static void
assert_lists (Story *story,
              MosMeasureQuery *query,
              MosMeasureBy by,
              const MosMeasureFigures *figures)
{
  const MosMeasureTargets *targets = &figures->targets;

  for (MosTargetKind kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    {
      g_assert_cmpuint (count_rows (story, query, by, figures->key, MOS_NUMBER_TARGETS_MET, (int) kind), ==, targets->met[kind]);
      g_assert_cmpuint (count_rows (story, query, by, figures->key, MOS_NUMBER_TARGETS_MISSED, (int) kind), ==, targets->missed[kind]);
    }
  g_assert_cmpuint (count_rows (story, query, by, figures->key, MOS_NUMBER_TARGETS_MET, MOS_MEASURE_WHOLE), ==, targets->n_met);
  g_assert_cmpuint (count_rows (story, query, by, figures->key, MOS_NUMBER_TARGETS_MISSED, MOS_MEASURE_WHOLE), ==, targets->n_missed);
}

/* Each number is as many as it lists, each conversation once. */
static void
assert_report (Story *story,
               MosMeasureBy by)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (MosMeasureReport) alone = NULL;

  query->from = g_strdup ("2026-03-02");
  query->to = g_strdup ("2026-03-08");
  query->by = by == MOS_MEASURE_BY_NOTHING ? 0 : 1u << by;
  query->with_targets = TRUE;
  report = story_ask (story, query->from, query->to, query);
  g_assert_true (report->has_targets);
  /* Asked for alone it is the same, and nothing else is worked out. */
  query->only_targets = TRUE;
  alone = story_ask (story, query->from, query->to, query);
  query->only_targets = FALSE;
  g_assert_true (alone->has_targets);
  g_assert_cmpmem (&alone->all->targets, sizeof alone->all->targets, &report->all->targets, sizeof report->all->targets);
  g_assert_cmpuint (report->all->counts[MOS_MEASURE_NEW], >, 0);
  g_assert_cmpuint (alone->all->counts[MOS_MEASURE_NEW], ==, 0);
  if (by == MOS_MEASURE_BY_NOTHING)
    assert_lists (story, query, by, report->all);
  for (guint i = 0; by != MOS_MEASURE_BY_NOTHING && i < report->groups[by]->len; i++)
    assert_lists (story, query, by, report->groups[by]->pdata[i]);
}

/* Of all, and of one channel alone */
static void
assert_met (Story *story,
            const char *channel,
            guint n_met,
            guint n_missed)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;

  query->with_targets = TRUE;
  query->filter = mos_measure_filter_new ();
  query->filter->only[MOS_MEASURE_BY_CHANNEL] = g_strdup (channel);
  report = story_ask (story, "2026-03-02", "2026-03-08", query);
  g_assert_cmpuint (report->all->targets.n_met, ==, n_met);
  g_assert_cmpuint (report->all->targets.n_missed, ==, n_missed);
}

static void
test_figures (void)
{
  static const Step steps[] = {
    BEGIN,
    /* In time by the hours of work: it was asked at night. */
    { "2026-03-02T20:00", 'A', ASKS },
    { "2026-03-03T10:30", 'A', ANSWERS },
    /* Half a minute of a chat is in time, three minutes are not. */
    { "2026-03-03T11:00", 'B', ASKS, "telegram" },
    { "11:03", 'B', ANSWERS },
    { "11:10", 'A', ASKS },
    { "14:00", 'A', ANSWERS },
    { "14:00", 'A', TAG, "slow" },
    /* A day and a half since it was asked, of which it was pending for a day. */
    { "14:10", 'A', PENDS },
    { "2026-03-04T14:10", 'A', OPENS },
    { "14:20", 'A', CLOSES },
    /* Five days, of which nothing stood. */
    { "2026-03-08T11:00", 'B', CLOSES },
    { END },
  };
  static const Step in_time[] = { { "2026-03-08T11:10", 'C', ASKS }, { "11:20", 'C', ANSWERS }, { END } };
  g_autoptr (Story) story = story_new ();

  story_tell (story, steps);
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 1/1 0/1 1/1;");
  assert_figures (story, MOS_MEASURE_BY_CHANNEL, "email 1/0 0/1 1/0;telegram 0/1 0/0 0/1;");
  assert_figures (story, MOS_MEASURE_BY_TAG, "slow 1/0 0/1 1/0; 0/1 0/0 0/1;");
  for (MosMeasureBy by = MOS_MEASURE_BY_NOTHING; by <= MOS_MEASURE_BY_AGENT; by++)
    assert_report (story, by);
  /* A missed its next answer, though it met the others; B met none. */
  assert_met (story, NULL, 0, 2);
  assert_met (story, "email", 0, 1);
  assert_met (story, "whatsapp", 0, 0);
  /* Others from now on change nothing of what was. */
  story_set_clock (story, "12:00");
  set_targets (story, "channel email first_reply=1\n");
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 1/1 0/1 1/1;");
  story_tell (story, in_time);
  assert_met (story, NULL, 1, 2);
  assert_met (story, "email", 1, 1);
}

/* Made urgent afterwards, it is judged as what it was; and what was urgent then, though it is not any more. Who is a VIP is as of now. */
static void
test_priority_of_then (void)
{
  static const Step steps[] = { { "2026-03-02T10:00", 'A', ASKS }, { "10:20", 'A', ANSWERS }, { "2026-03-03T10:00", 'A', ASKS }, { END } };
  static const Step more[] = { { "2026-03-03T10:20", 'A', ANSWERS }, { END } };
  g_autoptr (Story) story = story_new ();

  story_set_clock (story, "2026-03-01T09:00");
  set_targets (story, "channel email first_reply=7200:always next_reply=7200:always\nvip first_reply=900:always\nurgent first_reply=600:always next_reply=600:always\n");
  story_tell (story, steps);
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 1/0 0/0 0/0;");
  story_set_clock (story, "2026-03-03T10:05");
  change (story, do_urgent);
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 1/0 0/0 0/0;");
  story_tell (story, more);
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 1/0 0/1 0/0;");
  story_set_clock (story, "2026-03-04T10:00");
  change (story, do_normal);
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 1/0 0/1 0/0;");
  change (story, do_vip);
  assert_figures (story, MOS_MEASURE_BY_NOTHING, " 0/1 0/1 0/0;");
}

/* What is due after a merge, and what comes of it: the same moment parts what was met from what was missed. */
static const struct
{
  const char *name;
  const Step steps[6];
  const char *reply;
  const char *in_time;
  const char *late;
  const char *met;    /* first answers met and missed, further ones, closes */
  const char *missed; /* answered later */
} merges[] = {
  { "into-answered", { { "2026-03-02T09:00", 'A', ASKS }, { "10:20", 'A', ANSWERS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } }, "2026-03-02T12:30+0100 pending next_reply channel 7200", "12:29", "12:31", " 1/0 1/0 0/0;", " 1/0 0/1 0/0;" },
  { "into-archived", { { "2026-03-02T09:00", 'A', ASKS }, { "09:10", 'A', ARCHIVES }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } }, "2026-03-02T12:30+0100 pending first_reply channel 7200", "12:29", "12:31", " 1/0 0/0 0/0;", " 0/1 0/0 0/0;" },
  { "into-begun", { { "2026-03-02T09:00", 'A', ANSWERS }, { "09:00", 'A', PENDS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } }, "2026-03-02T12:30+0100 pending first_reply channel 7200", "12:29", "12:31", " 1/0 0/0 0/0;", " 0/1 0/0 0/0;" },
  /* That of A, which was asked at half past ten, is in time until half past twelve. */
  { "both-wait", { { "2026-03-02T10:00", 'B', ASKS }, { "10:30", 'A', ASKS }, { "11:00", 'B', MERGES, "A" } }, "2026-03-02T12:00+0100 pending first_reply channel 7200", "11:59", "12:01", " 2/0 0/0 0/0;", " 1/1 0/0 0/0;" },
  { "both-wait-the-other-first", { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" } }, "2026-03-02T12:00+0100 pending first_reply channel 7200", "11:59", "12:01", " 2/0 0/0 0/0;", " 1/1 0/0 0/0;" },
};

static void
test_merged (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);

  for (guint late = 0; late < 2; late++)
    {
      const Step answer[] = { { late ? merges[i].late : merges[i].in_time, 'A', ANSWERS }, { END } };
      g_autoptr (Story) story = story_new ();
      g_autoptr (MosConversationRow) row = NULL;
      g_autofree char *due = NULL, *is = NULL;

      story_tell (story, merges[i].steps);
      row = find (story, 'A');
      due = text_of (story, row->reply_due_us);
      is = g_strdup_printf ("%s %s %s", due, mos_target_state_to_nick (row->target_state), row->reply_basis);
      g_assert_cmpstr (is, ==, merges[i].reply);
      story_tell (story, answer);
      assert_figures (story, MOS_MEASURE_BY_NOTHING, late ? merges[i].missed : merges[i].met);
      fixture_check (story->f);
    }
}

/* --- whatever happens --- */

static gboolean
do_check (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  return mos_targets_check (txn, data, error) && mos_derived_check (txn, data, error) && mos_facts_check (txn, data, error);
}

/* What was kept is what is made anew. */
static void
assert_same (Story *story)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_check_problem_unref);
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (story->f->store, do_check, problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s %s", ((MosCheckProblem *) problems->pdata[i])->kind, ((MosCheckProblem *) problems->pdata[i])->subject);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_same (void)
{
  static const Act acts[] = { ASKS, ASKS, ASKS, ANSWERS, ANSWERS, AUTO, CLOSES, OPENS, PENDS, SNOOZES, CATEGORY, SPAM, HOURS, MERGES, UNMERGES, DELETES };
  static const char *const hours[] = { OFFICE, "zone Europe/Madrid\nsat 10:00-12:00 15:00-26:00\n", "zone America/New_York\nmon 22:00-30:00\n", "zone Europe/Madrid\n" };
  static const char *const others[] = { "A", "B", "C", "D" };
  static const char *const targets[] = { "channel email first_reply=600 next_reply=60:always resolution=7200\n", "channel email resolution=90000:always\ncategory refund first_reply=300\n" };
  const char *given = g_getenv ("MOS_TEST_SEED");
  const guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (Story) story = story_new ();
  gint64 at_us = mos_time_parse ("2026-03-01T00:00", story->zone);
  gboolean gone[4] = { FALSE };
  int merged = -1;

  g_test_message ("MOS_TEST_SEED=%u", seed);
  for (guint i = 0; i < 120; i++)
    {
      const int who = g_rand_int_range (rand, 0, 4), other = g_rand_int_range (rand, 0, 4);
      Step steps[2] = { { NULL, (char) ('A' + who), acts[g_rand_int_range (rand, 0, (int) G_N_ELEMENTS (acts))], NULL }, { NULL, 0, END, NULL } };
      Step *step = &steps[0];
      g_autoptr (GDateTime) utc = NULL;
      g_autoptr (GDateTime) local = NULL;
      g_autofree char *at = NULL;

      at_us += g_rand_int_range (rand, 1, 9 * 60) * G_TIME_SPAN_MINUTE;
      utc = g_date_time_new_from_unix_utc_usec (at_us);
      local = g_date_time_to_timezone (utc, story->zone);
      step->at = at = g_date_time_format (local, "%FT%H:%M");
      if (step->act == UNMERGES ? merged < 0 : step->act != HOURS && (gone[who] || (story->ids['A' + who] == NULL && step->act > AUTO)))
        continue;
      if (step->act == HOURS)
        step->value = hours[g_rand_int_range (rand, 0, (int) G_N_ELEMENTS (hours))];
      else if (step->act == CATEGORY)
        step->value = "refund";
      else if (step->act == MERGES)
        {
          if (other == who || gone[other] || story->ids['A' + other] == NULL || merged >= 0)
            continue;
          step->value = others[other];
          gone[who] = TRUE;
          merged = who;
        }
      else if (step->act == UNMERGES)
        {
          gone[merged] = FALSE;
          merged = -1;
        }
      else if (step->act == DELETES || step->act == SPAM)
        {
          if (g_rand_int_range (rand, 0, 4) != 0)
            continue;
          gone[who] = step->act == DELETES;
        }
      story_tell (story, steps);
      if (i % 9 == 0)
        set_targets (story, targets[g_rand_int_range (rand, 0, 2)]);
      if (i % 4 == 0)
        run (story);
      if (i % 6 == 0)
        assert_same (story);
    }
  assert_same (story);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/targets/when/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_when);
    }
  g_test_add_func ("/targets/rules", test_rules);
  g_test_add_func ("/targets/text", test_text);
  g_test_add_func ("/targets/states", test_states);
  g_test_add_func ("/targets/slept", test_slept);
  g_test_add_func ("/targets/figures", test_figures);
  g_test_add_func ("/targets/priority-of-then", test_priority_of_then);
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autofree char *path = g_strconcat ("/targets/merged/", merges[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_merged);
    }
  g_test_add_func ("/targets/same", test_same);
  return g_test_run ();
}

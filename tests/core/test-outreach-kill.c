/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "outreach-fixture.h"

#include "core/base/mos-clock.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-outbox.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The process is killed (SIGKILL, a real one) at random moments while it makes the messages of an outreach: in the end everybody has exactly one. */

#define N_PEOPLE 60
#define MAX_LIVES 60

static const char *program;

/* --- the child: makes one after the other, as fast as its clock says, and is killed meanwhile --- */

static int
run_child (const char *profile,
           gint64 now_us)
{
  g_autoptr (MosClock) clock = mos_manual_clock_new (now_us);
  g_autoptr (MosStore) store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, clock, NULL, NULL);
  gint64 next_us = 1;

  if (store == NULL)
    return 1;
  while (next_us != 0)
    {
      if (!mos_scheduler_run_sync (store, &next_us, NULL, NULL))
        return 1;
      if (next_us > mos_clock_now_us (clock))
        mos_manual_clock_advance (MOS_MANUAL_CLOCK (clock), next_us - mos_clock_now_us (clock));
    }
  mos_store_close_sync (store);
  return 0;
}

/* --- the parent --- */

static GPid
spawn_child (const char *profile,
             gint64 now_us)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, now_us);
  const char *argv[] = { program, "--child", profile, now, NULL };
  GError *error = NULL;
  GPid pid = 0;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

typedef struct
{
  gint64 next_us;
  GPtrArray *people;
  GHashTable *recipients; /* address -> how many messages are in the outbox for it */
  const char *id;
} Audit;

static gboolean
do_audit (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Audit *audit = data;
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, ACCOUNT, error);
  g_autoptr (MosOutreach) outreach = NULL;

  if (items == NULL || !mos_store_outreach_find (txn, audit->id, &outreach, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const char *to = ((MosOutboxItem *) items->pdata[i])->recipients[0];

      g_hash_table_replace (audit->recipients, g_strdup (to), GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (audit->recipients, to)) + 1));
    }
  audit->next_us = outreach->next_us;
  audit->people = mos_store_outreach_list_people (txn, audit->id, error);
  return audit->people != NULL;
}

/* What is made and what is in the outbox are the same, after each life. Returns: how many are made */
static guint
audit_all (MosTestStore *t,
           const char *id,
           gint64 *ret_next_us)
{
  Audit audit = { .recipients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), .id = id };
  guint n = 0;

  test_write (t->store, do_audit, &audit);
  for (guint i = 0; i < audit.people->len; i++)
    {
      const MosOutreachPerson *person = audit.people->pdata[i];
      int expected = person->state == MOS_OUTREACH_PERSON_MADE ? 1 : 0;

      g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (audit.recipients, person->address)), ==, expected);
      n += (guint) expected;
    }
  g_assert_cmpuint (g_hash_table_size (audit.recipients), ==, n);
  *ret_next_us = audit.next_us;
  g_ptr_array_unref (audit.people);
  g_hash_table_unref (audit.recipients);
  return n;
}

static gboolean
do_add_people (MosTxn *txn,
               gpointer data,
               GError **error)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@mail.example", i);
      OutreachCustomer customer = { "P", address, MOS_CONSENT_GIVEN };

      if (!outreach_do_add (txn, &customer, error))
        return FALSE;
      g_free (customer.id);
    }
  return TRUE;
}

/* Nothing of it has left: the heap in the outbox is what would stop it. */
static gboolean
do_let_leave (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, ACCOUNT, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (((MosOutboxItem *) items->pdata[i])->state == MOS_DELIVERY_QUEUED &&
        !mos_store_outbox_set_result (txn, ((MosOutboxItem *) items->pdata[i])->message, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error))
      return FALSE;
  return items != NULL;
}

static void
test_kill (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAudience) audience = mos_audience_make (MOS_AUDIENCE_SEGMENT);
  g_auto (OutreachTest) test = { .outreach = mos_outreach_make (audience) };
  guint n_made = 0, n_killed = 0;

  test.outreach->per_minute = MOS_OUTREACH_MAX_RATE;
  test.outreach->per_hour = 60 * MOS_OUTREACH_MAX_RATE;
  test_write (t->store, do_add_people, NULL);
  test_write (t->store, outreach_do_prepare, &test);
  test_write (t->store, outreach_do_start, &test);
  for (guint life = 0; life < MAX_LIVES && n_made < N_PEOPLE; life++)
    {
      gint64 now_us = mos_clock_now_us (t->clock), next_us;
      int status;
      GPid pid;

      mos_store_close_sync (t->store);
      g_clear_object (&t->store);
      pid = spawn_child (t->profile, now_us);
      /* In the last ones it may live: the end must come on every machine. */
      g_usleep ((gulong) g_test_rand_int_range (20, 400) * 1000 * (life < MAX_LIVES / 2 ? 1 : 50));
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_spawn_close_pid (pid);
      n_killed += WIFSIGNALED (status) != 0;
      t->store = mos_store_open_sync (t->profile, MOS_STORE_OPEN_DEFAULT, t->clock, NULL, NULL);
      g_assert_nonnull (t->store);
      n_made = audit_all (t, test.id, &next_us);
      test_write (t->store, do_let_leave, NULL);
      if (next_us > now_us)
        mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), next_us - now_us);
    }
  g_assert_cmpuint (n_made, ==, N_PEOPLE);
  g_assert_cmpuint (n_killed, >, 0);
}

int
main (int argc,
      char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2], g_ascii_strtoll (argv[3], NULL, 10));
  program = argv[0];
  mos_test_init (&argc, &argv);
  g_test_add_func ("/outreach/kill", test_kill);
  return g_test_run ();
}

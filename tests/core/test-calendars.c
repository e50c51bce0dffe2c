/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-calendars.h"

/* Hours of work as they are kept: versions, each from its time on. */

#define VERSIONS 20

typedef struct
{
  guint n;             /* to be added, one after the other at the same moment */
  guint first;         /* hour of the first one */
  GPtrArray *versions; /* (owned): what there is then */
} Step;

static gboolean
do_add (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Step *step = data;

  for (guint i = 0; i < step->n; i++)
    {
      g_autofree char *text = g_strdup_printf ("mon %02u:00-24:00\n", step->first + i);
      g_autoptr (MosCalendar) calendar = mos_calendar_parse (text, NULL);

      if (!mos_calendars_set (txn, calendar, FALSE, error))
        return FALSE;
    }
  g_clear_pointer (&step->versions, g_ptr_array_unref);
  step->versions = mos_calendars_load (txn, error);
  return step->versions != NULL;
}

static void
assert_in_order (Step *step,
                 guint n)
{
  g_assert_cmpuint (step->versions->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      MosCalendarVersion *version = step->versions->pdata[i];

      g_assert_cmpint (g_array_index (mos_calendar_get_hours (version->calendar, 1), MosCalendarHours, 0).from, ==, (int) i * 60);
      if (i > 0)
        g_assert_cmpint (((MosCalendarVersion *) step->versions->pdata[i - 1])->valid_from_us, <, version->valid_from_us);
    }
}

/* The one that was added last is the one that is valid, also where the clock did not move, or was put back. */
static void
test_order (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  Step step = { .n = VERSIONS };

  test_write (t->store, do_add, &step);
  assert_in_order (&step, VERSIONS);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), -G_TIME_SPAN_HOUR);
  step = (Step) { .n = 1, .first = VERSIONS, .versions = step.versions };
  test_write (t->store, do_add, &step);
  assert_in_order (&step, VERSIONS + 1);
  g_ptr_array_unref (step.versions);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/calendars/order", test_order);
  return g_test_run ();
}

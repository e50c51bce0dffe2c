/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-list-diff.h"

#include <string.h>

typedef struct
{
  guint start;
  guint length;
} MosRun;

/* Vectors that were merged share their ids. */
static gboolean
is_same (const char *a,
         const char *b)
{
  return a == b || strcmp (a, b) == 0;
}

static void
mos_runs_add_front (GArray *runs,
                    guint index)
{
  /* The script is walked backwards, so a run grows at its start. */
  if (runs->len > 0)
    {
      MosRun *last = &g_array_index (runs, MosRun, runs->len - 1);

      if (last->start == index + 1)
        {
          last->start = index;
          last->length++;
          return;
        }
    }

  g_array_append_val (runs, ((MosRun) { index, 1 }));
}

static int
mos_list_diff_step (const int *v,
                    int k,
                    int n,
                    int m,
                    gboolean *ret_insert)
{
  int down = v[1], right = v[-1] >= 0 ? v[-1] + 1 : -1;

  if (down >= 0 && down - k > m)
    down = -1;
  if (right > n)
    right = -1;

  *ret_insert = down >= right;
  return MAX (down, right);
}

/* The shortest script (Myers' greedy search) for the middles of two vectors of unique ids. As every id matches on one diagonal only,
 * it costs at most n comparisons and the square of the edits, also for 200,000 rows. */
static gboolean
mos_list_diff_script (gpointer *a,
                      guint n_a,
                      gpointer *b,
                      guint n_b,
                      GArray *removed,
                      GArray *added)
{
  const int max = MOS_LIST_DIFF_MAX_EDITS, n = (int) n_a, m = (int) n_b;
  g_autofree int *v = NULL;
  g_autoptr (GPtrArray) trace = NULL;
  int d, k;

  if (ABS (n - m) > max)
    return FALSE;

  v = g_new (int, 2 * max + 5);
  for (int i = 0; i < 2 * max + 5; i++)
    v[i] = -1;
#define V(i) v[(i) + max + 2]
  trace = g_ptr_array_new_with_free_func (g_free);

  for (d = 0, k = 0; d <= max; d++)
    {
      gboolean found = FALSE;

      g_ptr_array_add (trace, g_memdup2 (v, sizeof (int) * (2 * max + 5)));
      for (k = -d; k <= d && !found; k += 2)
        {
          gboolean insert;
          int x = d == 0 ? 0 : mos_list_diff_step (&V (k), k, n, m, &insert);

          if (x >= 0)
            while (x < n && x - k < m && is_same (a[x], b[x - k]))
              x++;
          V (k) = x;
          found = x == n && x - k == m;
          if (found)
            break;
        }
      if (found)
        break;
    }
  if (d > max)
    return FALSE;

  for (; d > 0; d--)
    {
      const int *row = g_ptr_array_index (trace, d);
      gboolean insert;
      int x = mos_list_diff_step (&row[k + max + 2], k, n, m, &insert);

      if (insert)
        {
          mos_runs_add_front (added, (guint) (x - k - 1));
          k++;
        }
      else
        {
          mos_runs_add_front (removed, (guint) (x - 1));
          k--;
        }
    }
#undef V
  return TRUE;
}

static void
mos_list_diff_insert (GPtrArray *live,
                      guint position,
                      GPtrArray *target,
                      guint from,
                      guint length,
                      gboolean copies)
{
  guint tail = live->len - position;

  g_ptr_array_set_size (live, (int) (live->len + length));
  memmove (live->pdata + position + length, live->pdata + position, sizeof (gpointer) * tail);
  for (guint i = 0; i < length; i++)
    live->pdata[position + i] = copies ? g_strdup (g_ptr_array_index (target, from + i)) : g_ptr_array_index (target, from + i);
}

static void
mos_list_diff_run (GPtrArray *live,
                   GPtrArray *target,
                   gboolean copies,
                   MosListChanged changed,
                   gpointer user_data)
{
  g_autoptr (GArray) removed = g_array_new (FALSE, FALSE, sizeof (MosRun));
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (MosRun));
  guint prefix = 0, suffix = 0, n_old, n_new;

  while (prefix < live->len && prefix < target->len && is_same (live->pdata[prefix], target->pdata[prefix]))
    prefix++;
  while (suffix < live->len - prefix && suffix < target->len - prefix &&
         is_same (live->pdata[live->len - 1 - suffix], target->pdata[target->len - 1 - suffix]))
    suffix++;
  n_old = live->len - prefix - suffix;
  n_new = target->len - prefix - suffix;
  if (n_old == 0 && n_new == 0)
    return;

  if (n_old > 0 && n_new > 0 &&
      mos_list_diff_script (live->pdata + prefix, n_old, target->pdata + prefix, n_new, removed, added) &&
      removed->len + added->len <= MOS_LIST_DIFF_MAX_RUNS)
    {
      /* Both were collected from the end. */
      for (guint i = 0; i < removed->len; i++)
        {
          MosRun run = g_array_index (removed, MosRun, i);

          g_ptr_array_remove_range (live, prefix + run.start, run.length);
          changed (prefix + run.start, run.length, 0, user_data);
        }
      for (guint i = added->len; i > 0; i--)
        {
          MosRun run = g_array_index (added, MosRun, i - 1);

          mos_list_diff_insert (live, prefix + run.start, target, prefix + run.start, run.length, copies);
          changed (prefix + run.start, 0, run.length, user_data);
        }
      return;
    }

  if (n_old > 0)
    g_ptr_array_remove_range (live, prefix, n_old);
  if (n_old > 0 && n_new > 0 && MAX (n_old, n_new) > MOS_LIST_DIFF_MAX_SPLICE)
    {
      changed (prefix, n_old, 0, user_data);
      n_old = 0;
    }
  if (n_new > 0)
    mos_list_diff_insert (live, prefix, target, prefix, n_new, copies);
  changed (prefix, n_old, n_new, user_data);
}

/**
 * mos_list_diff_apply:
 * @live: vector of unique ids (char *) with g_free() as its free function; equals @target afterwards
 * @target: vector of unique ids
 * @changed: told about each step
 *
 * Turns one order of ids into another in the steps that cost a GtkListView the
 * least: few runs one by one; a middle of up to 1,000 rows as one splice, so
 * that a selection follows its row; more as a removal and an addition, because
 * GTK asks for every row of a large splice.
 */
void
mos_list_diff_apply (GPtrArray *live,
                     GPtrArray *target,
                     MosListChanged changed,
                     gpointer user_data)
{
  mos_list_diff_run (live, target, TRUE, changed, user_data);
}

void
mos_list_diff_apply_borrowed (GPtrArray *live,
                              GPtrArray *target,
                              MosListChanged changed,
                              gpointer user_data)
{
  mos_list_diff_run (live, target, FALSE, changed, user_data);
  /* What stayed is the same word; the old vector's memory may go now. */
  if (live->len > 0)
    memcpy (live->pdata, target->pdata, sizeof (gpointer) * live->len);
}

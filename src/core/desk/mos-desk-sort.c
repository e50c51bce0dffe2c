/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/base/mos-collation.h"
#include "core/store/mos-store-sort.h"

/* Some milliseconds of the writer, which others wait for */
#define AT_ONCE 1000

typedef struct
{
  MosDesk *desk; /* (owned) */
  char *locale;  /* (owned) */
  char *order;   /* (owned) (nullable): once it is known */
  gboolean more;
} SortJob;

static void
sort_job_free (SortJob *job)
{
  g_object_unref (job->desk);
  g_free (job->locale);
  g_free (job->order);
  g_free (job);
}

static gboolean
do_sort (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  SortJob *job = data;

  /* ICU reads its tables for that: not while the window starts. */
  if (job->order == NULL)
    job->order = mos_collation_dup_order (job->locale);
  return mos_store_sort_customers (txn, job->order, AT_ONCE, &job->more, error);
}

static void sort_some (SortJob *job);

static void
on_sorted_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  SortJob *job = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = mos_store_write_finish (MOS_STORE (source), result, NULL, &error);

  if (ok && job->more)
    {
      sort_some (job);
      return;
    }
  /* The next start goes on. */
  if (!ok && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_warning ("Customers stay in the order of before: %s", error->message);
  sort_job_free (job);
}

static void
sort_some (SortJob *job)
{
  mos_store_write_async (job->desk->store, NULL, NULL, do_sort, job, NULL, job->desk->cancellable, on_sorted_cb, job);
}

void
mos_desk_set_sort_locale (MosDesk *self,
                          const char *locale)
{
  SortJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (locale != NULL);

  job = g_new0 (SortJob, 1);
  job->desk = g_object_ref (self);
  job->locale = g_strdup (locale);
  sort_some (job);
}

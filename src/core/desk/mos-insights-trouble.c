/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-insights-private.h"
#include "core/store/mos-store-insights.h"

#include <string.h>

/* Products and carriers that are written about, and customers who praise. */

#define MIN_CONVERSATIONS 2
#define MAX_TOLD 8
/* Words of a comment that are more than "thanks" */
#define MIN_WORDS 3

typedef struct
{
  char *key;
  char *name;
  GPtrArray *conversations; /* ids, the newest first */
  guint n_before;
  guint n_orders;
} Trouble;

typedef struct
{
  GHashTable *troubles;
  const MosInsightsWanted *wanted;
  gboolean is_before;
} Work;

static void
trouble_free (gpointer data)
{
  Trouble *trouble = data;

  g_free (trouble->key);
  g_free (trouble->name);
  g_ptr_array_unref (trouble->conversations);
  g_free (trouble);
}

static void
take_trouble (const char *key,
              const char *name,
              const char *conversation,
              gint64 number,
              guint n_orders,
              gpointer data)
{
  Work *work = data;
  Trouble *trouble = g_hash_table_lookup (work->troubles, key);

  if (conversation != NULL && !mos_insights_is_wanted (work->wanted, number))
    return;
  if (trouble == NULL && work->is_before)
    return;
  if (trouble == NULL)
    {
      trouble = g_new0 (Trouble, 1);
      trouble->key = g_strdup (key);
      trouble->name = g_strdup (*name != '\0' ? name : key);
      trouble->conversations = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (work->troubles, trouble->key, trouble);
    }
  if (work->is_before)
    trouble->n_before += conversation != NULL ? 1 : 0;
  else if (conversation != NULL)
    g_ptr_array_add (trouble->conversations, g_strdup (conversation));
  else
    trouble->n_orders = n_orders;
}

/* What was not sold in these days has no share, and comes last. */
static double
get_share (const Trouble *trouble)
{
  return trouble->n_orders > 0 ? (double) trouble->conversations->len / trouble->n_orders : 0;
}

/* Of what was sold often enough that its share says something first */
static int
compare_troubles (gconstpointer a,
                  gconstpointer b)
{
  const Trouble *one = *(Trouble *const *) a, *other = *(Trouble *const *) b;
  const gboolean is_few = one->n_orders < MOS_MEASURE_FEW, other_is_few = other->n_orders < MOS_MEASURE_FEW;

  if (is_few != other_is_few)
    return is_few - other_is_few;
  if (get_share (one) != get_share (other))
    return get_share (one) > get_share (other) ? -1 : 1;
  if (one->conversations->len != other->conversations->len)
    return one->conversations->len > other->conversations->len ? -1 : 1;
  return strcmp (one->key, other->key);
}

typedef gboolean (*ListFunc) (MosTxn *txn, gint64 from_us, gint64 to_us, MosTroubleFunc func, gpointer data, GError **error);

static gboolean
add_trouble (MosTxn *txn,
             GPtrArray *insights,
             MosInsightKind kind,
             ListFunc list,
             const MosReportPeriod *period,
             const MosReportPeriod *before,
             const MosInsightsWanted *wanted,
             GError **error)
{
  g_autoptr (GHashTable) troubles = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, trouble_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  Work work = { .troubles = troubles, .wanted = wanted };
  GHashTableIter iter;
  gpointer value;

  if (!list (txn, period->from_us, period->to_us, take_trouble, &work, error))
    return FALSE;
  work.is_before = TRUE;
  if (!list (txn, before->from_us, before->to_us, take_trouble, &work, error))
    return FALSE;
  g_hash_table_iter_init (&iter, troubles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Trouble *) value)->conversations->len >= MIN_CONVERSATIONS)
      g_ptr_array_add (order, value);
  g_ptr_array_sort (order, compare_troubles);
  for (guint i = 0; i < MIN (order->len, MAX_TOLD); i++)
    {
      const Trouble *trouble = order->pdata[i];
      MosInsight *insight = mos_insight_make (kind, trouble->key, trouble->name, trouble->conversations);

      insight->n_before = trouble->n_before;
      insight->n_of = trouble->n_orders;
      insight->value = get_share (trouble);
      insight->is_few = trouble->n_orders < MOS_MEASURE_FEW;
      g_ptr_array_add (insights, insight);
    }
  return TRUE;
}

gboolean
mos_insights_add_trouble (MosTxn *txn,
                          GPtrArray *insights,
                          const MosReportPeriod *period,
                          const MosReportPeriod *before,
                          const MosInsightsWanted *wanted,
                          GError **error)
{
  return add_trouble (txn, insights, MOS_INSIGHT_PRODUCT, mos_store_insights_list_products, period, before, wanted, error) && add_trouble (txn, insights, MOS_INSIGHT_CARRIER, mos_store_insights_list_carriers, period, before, wanted, error);
}

/* --- praise --- */

static guint
count_words (const char *text)
{
  guint n = 0;
  gboolean is_in = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gboolean is_word = g_unichar_isalnum (g_utf8_get_char (p)) || (is_in && g_unichar_ismark (g_utf8_get_char (p)));

      n += is_word && !is_in ? 1 : 0;
      is_in = is_word;
    }
  return n;
}

typedef struct
{
  GPtrArray *insights;
  const MosInsightsWanted *wanted;
} Praise;

static void
take_praise (const char *survey,
             const char *conversation,
             const char *subject,
             const char *name,
             int score,
             const char *comment,
             gpointer data)
{
  const Praise *praise = data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  MosInsight *insight;

  if (count_words (comment) < MIN_WORDS || (praise->wanted != NULL && !g_hash_table_contains (praise->wanted->surveys, survey)))
    return;
  g_ptr_array_add (ids, (gpointer) conversation);
  insight = mos_insight_make (MOS_INSIGHT_TESTIMONIAL, survey, name != NULL && *name != '\0' ? name : subject, ids);
  insight->example = g_strdup (comment);
  insight->value = score;
  g_ptr_array_add (praise->insights, insight);
}

gboolean
mos_insights_add_praise (MosTxn *txn,
                         GPtrArray *insights,
                         const MosReportPeriod *period,
                         const MosInsightsWanted *wanted,
                         GError **error)
{
  Praise praise = { insights, wanted };

  return mos_store_insights_list_praise (txn, period->from_us, period->to_us, take_praise, &praise, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/automation/mos-phrases.h"
#include "core/desk/mos-insights-private.h"
#include "core/store/mos-store-insights.h"

#include <math.h>
#include <string.h>

/* What customers ask and write more than before. */

#define MIN_CONVERSATIONS 3
#define PER_CATEGORY 3
#define CANDIDATES_PER_CATEGORY 8
#define MAX_UNANSWERED 8
#define MAX_WORDS 12
/* Of χ² with one degree of freedom: one of a hundred */
#define SURPRISE 6.635
/* Twice as likely */
#define GROWN 2.0

/** Topic: a phrase in a category, or a word */
typedef struct
{
  char *category;
  char *key;
  char *shown;
  char *example;
  GPtrArray *conversations; /* ids, the newest first */
  guint n_before;
  guint n_with_macro;
  double surprise;
  double growth;
} Topic;

typedef struct
{
  const MosInsightsWanted *wanted;
  gboolean is_before;
  GHashTable *phrases;    /* category and key -> Topic */
  GHashTable *words;      /* key -> Topic */
  GHashTable *categories; /* id -> how many conversations */
  guint n;
  guint n_before;
} Work;

static void
topic_free (gpointer data)
{
  Topic *topic = data;

  g_free (topic->category);
  g_free (topic->key);
  g_free (topic->shown);
  g_free (topic->example);
  g_ptr_array_unref (topic->conversations);
  g_free (topic);
}

static void
count_topic (Work *work,
             GHashTable *topics,
             const char *id,
             const char *key,
             const char *shown,
             const char *example,
             const MosFirstWords *words)
{
  Topic *topic = g_hash_table_lookup (topics, id);

  if (work->is_before)
    {
      if (topic != NULL)
        topic->n_before++;
      return;
    }
  if (topic == NULL)
    {
      topic = g_new0 (Topic, 1);
      topic->category = g_strdup (words->category);
      topic->key = g_strdup (key);
      topic->shown = g_strdup (shown);
      topic->example = g_strdup (example);
      topic->conversations = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (topics, g_strdup (id), topic);
    }
  g_ptr_array_add (topic->conversations, g_strdup (words->conversation));
  topic->n_with_macro += words->has_macro ? 1 : 0;
}

static gboolean
take_words (const MosFirstWords *words,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Work *work = data;
  const char *language = *words->language != '\0' ? words->language : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) phrases = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  if (!mos_insights_is_wanted (work->wanted, words->number))
    return TRUE;
  *(work->is_before ? &work->n_before : &work->n) += 1;
  if (!work->is_before)
    {
      gpointer n = g_hash_table_lookup (work->categories, words->category);

      g_hash_table_insert (work->categories, g_strdup (words->category), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
    }
  /* A subject is a sentence of its own. */
  text = g_strconcat (words->subject, ".\n\n", words->text, NULL);
  phrases = mos_phrases_list (text, language, words->name);
  for (guint i = 0; i < phrases->len; i++)
    {
      const MosPhrase *phrase = phrases->pdata[i];
      g_autofree char *id = g_strconcat (words->category, "\n", phrase->key, NULL);

      count_topic (work, work->phrases, id, phrase->key, phrase->shown, phrase->sentence, words);
    }
  keys = mos_phrases_list_words (text, language, words->name);
  for (guint i = 0; i < keys->len; i++)
    count_topic (work, work->words, keys->pdata[i], keys->pdata[i], keys->pdata[i], words->subject, words);
  return TRUE;
}

/* --- questions --- */

static guint
count_spaces (const char *key)
{
  guint n = 0;

  for (; *key != '\0'; key++)
    n += *key == ' ' ? 1 : 0;
  return n;
}

/* In more conversations; of as many, what has more words */
static int
compare_topics (gconstpointer a,
                gconstpointer b)
{
  const Topic *one = *(Topic *const *) a, *other = *(Topic *const *) b;

  if (one->conversations->len != other->conversations->len)
    return one->conversations->len > other->conversations->len ? -1 : 1;
  if (count_spaces (one->key) != count_spaces (other->key))
    return count_spaces (one->key) > count_spaces (other->key) ? -1 : 1;
  return strcmp (one->key, other->key);
}

/* Whether most of its conversations ask the other one: two ways to say one question */
static gboolean
is_same_question (const Topic *topic,
                  const Topic *chosen)
{
  guint n = 0;

  if (strcmp (topic->category, chosen->category) != 0)
    return FALSE;
  for (guint i = 0; i < topic->conversations->len; i++)
    if (g_ptr_array_find_with_equal_func (chosen->conversations, topic->conversations->pdata[i], g_str_equal, NULL))
      n++;
  return n * 2 > topic->conversations->len;
}

static guint
count_category (GPtrArray *chosen,
                const char *category)
{
  guint n = 0;

  for (guint i = 0; i < chosen->len; i++)
    n += strcmp (((Topic *) chosen->pdata[i])->category, category) == 0 ? 1 : 0;
  return n;
}

static GPtrArray *
choose_questions (Work *work)
{
  g_autoptr (GPtrArray) topics = g_ptr_array_new ();
  GPtrArray *chosen = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer topic;

  g_hash_table_iter_init (&iter, work->phrases);
  while (g_hash_table_iter_next (&iter, NULL, &topic))
    if (((Topic *) topic)->conversations->len >= MIN_CONVERSATIONS)
      g_ptr_array_add (topics, topic);
  g_ptr_array_sort (topics, compare_topics);
  for (guint i = 0; i < topics->len; i++)
    {
      gboolean is_told = count_category (chosen, ((Topic *) topics->pdata[i])->category) >= CANDIDATES_PER_CATEGORY;

      for (guint k = 0; !is_told && k < chosen->len; k++)
        is_told = is_same_question (topics->pdata[i], chosen->pdata[k]);
      if (!is_told)
        g_ptr_array_add (chosen, topics->pdata[i]);
    }
  return chosen;
}

static MosInsight *
make_topic (const Work *work,
            MosInsightKind kind,
            const Topic *topic)
{
  MosInsight *insight = mos_insight_make (kind, topic->key, topic->shown, topic->conversations);

  insight->n_before = topic->n_before;
  insight->example = g_strdup (topic->example);
  if (kind == MOS_INSIGHT_WORD)
    {
      insight->n_of = work->n;
      insight->value = topic->growth;
    }
  else
    {
      insight->category = g_strdup (topic->category);
      insight->n_of = GPOINTER_TO_UINT (g_hash_table_lookup (work->categories, topic->category));
    }
  return insight;
}

static void
add_questions (Work *work,
               GPtrArray *insights)
{
  g_autoptr (GPtrArray) chosen = choose_questions (work);
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  guint n_unanswered = 0;

  for (guint i = 0; i < chosen->len; i++)
    if (count_category (told, ((Topic *) chosen->pdata[i])->category) < PER_CATEGORY)
      {
        g_ptr_array_add (told, chosen->pdata[i]);
        g_ptr_array_add (insights, make_topic (work, MOS_INSIGHT_QUESTION, chosen->pdata[i]));
      }
  for (guint i = 0; i < chosen->len && n_unanswered < MAX_UNANSWERED; i++)
    if (((Topic *) chosen->pdata[i])->n_with_macro == 0)
      {
        g_ptr_array_add (insights, make_topic (work, MOS_INSIGHT_UNANSWERED, chosen->pdata[i]));
        n_unanswered++;
      }
}

/* --- words --- */

static double
term (double observed,
      double expected)
{
  return observed > 0 ? observed * log (observed / expected) : 0;
}

/* Twice the log-likelihood ratio of a word being as likely in both (Dunning 1993), of how many conversations have it and have it not */
static double
get_surprise (double n,
              double of,
              double n_before,
              double of_before)
{
  const double share = (n + n_before) / (of + of_before);

  return 2 * (term (n, of * share) + term (n_before, of_before * share) + term (of - n, of * (1 - share)) + term (of_before - n_before, of_before * (1 - share)));
}

static int
compare_surprise (gconstpointer a,
                  gconstpointer b)
{
  const Topic *one = *(Topic *const *) a, *other = *(Topic *const *) b;

  if (one->surprise != other->surprise)
    return one->surprise > other->surprise ? -1 : 1;
  return strcmp (one->key, other->key);
}

static void
add_grown (Work *work,
           GPtrArray *insights)
{
  g_autoptr (GPtrArray) topics = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  /* Where nothing was before, everything is new. */
  if (work->n_before == 0)
    return;
  g_hash_table_iter_init (&iter, work->words);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Topic *topic = value;
      const double n = topic->conversations->len;

      /* Half a conversation more, so that what never was before has a growth, too. */
      topic->growth = ((n + 0.5) / (work->n + 1)) / ((topic->n_before + 0.5) / (work->n_before + 1));
      topic->surprise = get_surprise (n, work->n, topic->n_before, work->n_before);
      if (topic->conversations->len >= MIN_CONVERSATIONS && topic->growth >= GROWN && topic->surprise >= SURPRISE)
        g_ptr_array_add (topics, topic);
    }
  g_ptr_array_sort (topics, compare_surprise);
  for (guint i = 0; i < MIN (topics->len, MAX_WORDS); i++)
    g_ptr_array_add (insights, make_topic (work, MOS_INSIGHT_WORD, topics->pdata[i]));
}

gboolean
mos_insights_add_words (MosTxn *txn,
                        GPtrArray *insights,
                        const MosReportPeriod *period,
                        const MosReportPeriod *before,
                        const MosInsightsWanted *wanted,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GHashTable) phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, topic_free);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, topic_free);
  g_autoptr (GHashTable) categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Work work = { .wanted = wanted, .phrases = phrases, .words = words, .categories = categories };

  if (!mos_store_insights_list_words (txn, period->from_us, period->to_us, MOS_INSIGHTS_MAX, take_words, &work, cancellable, error))
    return FALSE;
  work.is_before = TRUE;
  if (!mos_store_insights_list_words (txn, before->from_us, before->to_us, MOS_INSIGHTS_MAX, take_words, &work, cancellable, error))
    return FALSE;
  add_questions (&work, insights);
  add_grown (&work, insights);
  return TRUE;
}

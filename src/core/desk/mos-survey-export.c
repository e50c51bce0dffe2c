/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-export.h"

#include "core/base/mos-csv.h"
#include "core/store/mos-store-surveys.h"

/* So many at a time: others come to the reader in between. */
#define PIECE 500

static char *
dup_time (gint64 us)
{
  g_autoptr (GDateTime) time = us != 0 ? g_date_time_new_from_unix_utc_usec (us) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

static const char *
some (const char *text)
{
  return text != NULL ? text : "";
}

void
mos_surveys_append_csv (GString *csv,
                        GPtrArray *surveys,
                        gboolean with_heading)
{
  static const char *const heading[] = { "kind", "state", "source", "asked", "answered", "score", "comment", "conversation", "customer", "answered_by", "account", "channel", "agent", "category",
                                         "tags", "macro", "language", "rescue", "outcome", NULL };

  if (with_heading)
    mos_csv_append (csv, heading);
  for (guint i = 0; i < surveys->len; i++)
    {
      const MosSurvey *survey = surveys->pdata[i];
      g_autofree char *asked = dup_time (survey->asked_us), *answered = dup_time (survey->answered_us);
      g_autofree char *score = survey->score != MOS_SURVEY_NO_SCORE ? g_strdup_printf ("%d", survey->score) : g_strdup ("");
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, survey->number);
      g_autofree char *tags = g_strjoinv (",", survey->tags);
      const char *const record[] = {
        mos_survey_kind_to_nick (survey->kind),
        mos_survey_state_to_nick (survey->state),
        survey->is_test ? "test" : survey->is_recorded ? "recorded"
                                                       : "survey",
        asked,
        answered,
        score,
        survey->comment,
        number,
        some (survey->customer_name),
        some (survey->answered_by),
        some (survey->account_name),
        some (survey->channel),
        some (survey->agent_name),
        some (survey->category_name),
        tags,
        some (survey->macro_name),
        some (survey->language),
        survey->rescue != MOS_RESCUE_NONE ? mos_rescue_state_to_nick (survey->rescue) : "",
        survey->rescue_outcome,
        NULL,
      };

      mos_csv_append (csv, record);
    }
}

typedef struct
{
  const MosSurveyFilter *filter;
  GPtrArray *ids; /* (owned) (nullable) */
  guint first;
  GString *csv; /* (owned) */
  guint n;
} Export;

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_string_free (self->csv, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* Which ones, and in which order, is settled at once: an answer that comes meanwhile moves what is behind it. */
static gboolean
read_ids (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Export *self = data;

  g_clear_pointer (&self->ids, g_ptr_array_unref);
  self->ids = mos_store_survey_list_ids (txn, self->filter, error);
  return self->ids != NULL;
}

static gboolean
read_piece (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Export *self = data;
  g_autoptr (GPtrArray) surveys = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_unref);

  for (guint i = self->first; i < MIN (self->first + PIECE, self->ids->len); i++)
    {
      MosSurvey *survey = NULL;

      if (!mos_store_survey_find (txn, self->ids->pdata[i], &survey, error))
        return FALSE;
      /* Somebody may have been erased meanwhile. */
      if (survey != NULL)
        g_ptr_array_add (surveys, survey);
    }
  mos_surveys_append_csv (self->csv, surveys, FALSE);
  self->n += surveys->len;
  return TRUE;
}

gboolean
mos_surveys_write_csv_sync (MosStore *store,
                            const MosSurveyFilter *filter,
                            GFile *file,
                            gboolean with_bom,
                            guint *ret_n,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Export) export = { .filter = filter, .csv = g_string_new (with_bom ? "\xef\xbb\xbf" : NULL) };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  mos_surveys_append_csv (export.csv, none, TRUE);
  if (!mos_store_read_sync (store, read_ids, &export, cancellable, error))
    return FALSE;
  for (; export.first < export.ids->len; export.first += PIECE)
    if (!mos_store_read_sync (store, read_piece, &export, cancellable, error))
      return FALSE;
  if (ret_n != NULL)
    *ret_n = export.n;
  return g_file_replace_contents (file, export.csv->str, export.csv->len, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, cancellable, error);
}

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
  MosSurveyFilter *filter; /* (owned) */
  GPtrArray *surveys;      /* (owned) (nullable) */
} Piece;

static void
piece_clear (Piece *self)
{
  g_clear_pointer (&self->filter, mos_survey_filter_unref);
  g_clear_pointer (&self->surveys, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Piece, piece_clear)

static gboolean
read_piece (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Piece *self = data;

  g_clear_pointer (&self->surveys, g_ptr_array_unref);
  self->surveys = mos_store_survey_list_filtered (txn, self->filter, error);
  return self->surveys != NULL;
}

static MosSurveyFilter *
copy_filter (const MosSurveyFilter *filter)
{
  MosSurveyFilter *copy = mos_survey_filter_new ();

  copy->list = filter->list;
  copy->customer = g_strdup (filter->customer);
  copy->conversation = g_strdup (filter->conversation);
  copy->account = g_strdup (filter->account);
  copy->kinds = filter->kinds;
  copy->only_low = filter->only_low;
  copy->from_us = filter->from_us;
  copy->to_us = filter->to_us;
  copy->offset = filter->offset;
  return copy;
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
  g_auto (Piece) piece = { copy_filter (filter), NULL };
  g_autoptr (GString) csv = g_string_new (with_bom ? "\xef\xbb\xbf" : NULL);
  guint n = 0, wanted;

  do
    {
      wanted = filter->max != 0 ? MIN (PIECE, filter->max - n) : PIECE;
      piece.filter->offset = filter->offset + n;
      piece.filter->max = wanted;
      if (!mos_store_read_sync (store, read_piece, &piece, cancellable, error))
        return FALSE;
      mos_surveys_append_csv (csv, piece.surveys, n == 0);
      n += piece.surveys->len;
    }
  while (piece.surveys->len == wanted && (filter->max == 0 || n < filter->max));
  if (ret_n != NULL)
    *ret_n = n;
  return g_file_replace_contents (file, csv->str, csv->len, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, cancellable, error);
}

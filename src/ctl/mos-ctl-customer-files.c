/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-customer.h"

#include "core/desk/mos-customers-csv.h"
#include "core/desk/mos-person-export.h"

#include <glib/gi18n.h>
#include <string.h>

/* Customers as files: one person as a ZIP file, all of them as CSV, out and in. */

static int
export_person (MosCtl *self,
               const char *who,
               const char *path,
               gboolean force)
{
  static const char no_words[] = "";
  const char *const words[MOS_N_PERSON_WORDS] = {
    [MOS_PERSON_DETAILS] = _ ("Details"),
    [MOS_PERSON_ADDRESSES] = _ ("Addresses"),
    [MOS_PERSON_ORDERS] = _ ("Orders"),
    [MOS_PERSON_SCORES] = _ ("What they said of the service"),
    [MOS_PERSON_CONVERSATIONS] = _ ("Conversations"),
    [MOS_PERSON_ELSEWHERE] = _ ("In conversations of others"),
    /* Translators: in what one customer is given of the desk's knowledge; a number of messages follows, after a colon. */
    [MOS_PERSON_LEFT_OUT] = _ ("Left out here, since others wrote it, it was written to others, or it may speak of them"),
    [MOS_PERSON_FROM_US] = _ ("From us"),
    [MOS_PERSON_NOTE] = _ ("Internal note"),
    [MOS_PERSON_FILES] = _ ("File"),
    [MOS_PERSON_NAME] = _ ("Name"),
    [MOS_PERSON_LANGUAGE] = _ ("Language"),
    [MOS_PERSON_COUNTRY] = _ ("Country"),
    [MOS_PERSON_PHONE] = _ ("Phone"),
    [MOS_PERSON_COMPANY] = _ ("Company"),
    [MOS_PERSON_NOTES] = _ ("Notes"),
    [MOS_PERSON_CONSENT] = _ ("Consent"),
    [MOS_PERSON_CONSENT_GIVEN] = C_ ("consent", "Given"),
    [MOS_PERSON_CONSENT_OPTED_OUT] = C_ ("consent", "Opted Out"),
    [MOS_PERSON_VIP] = _ ("VIP"),
    [MOS_PERSON_YES] = _ ("Yes"),
    [MOS_PERSON_CATALOG] = gettext (no_words),
  };
  g_autoptr (MosPersonExportJob) job = mos_person_export_job_new (self->store, who, words, path, force);
  GError *error = NULL;
  guint conversations, files, damaged;

  if (!mos_job_run_sync (MOS_JOB (job), self->cancellable, &error))
    return mos_ctl_fail_exists (self, error, path);
  mos_person_export_job_get_counts (job, &conversations, &files, &damaged);
  if (damaged > 0)
    /* Translators: %u is how many attachments */
    g_string_append_printf (self->errors, ngettext ("%u file is damaged here and not in it\n", "%u files are damaged here and not in it\n", damaged), damaged);
  mos_ctl_say (self, "exported", path, path);
  return MOS_CTL_DONE;
}

/* --- CSV --- */

static gboolean
do_export (MosTxn *txn,
           gpointer data,
           GError **error)
{
  GString **csv = data;

  *csv = mos_customers_export_csv (txn, error);
  return *csv != NULL;
}

static int
export_all (MosCtl *self,
            const char *path,
            gboolean force)
{
  g_autoptr (GString) csv = NULL;
  GError *error = NULL;

  if (!mos_ctl_read (self, do_export, &csv, &error))
    return mos_ctl_fail (self, error);
  return mos_ctl_write_file (self, path, csv->str, csv->len, force);
}

int
mos_ctl_customer_export (MosCtl *self,
                         GPtrArray *args)
{
  g_autofree char *output = mos_ctl_take_option (args, "--output");
  gboolean force = mos_ctl_take_flag (args, "--force");
  gboolean all = mos_ctl_take_flag (args, "--csv");
  g_autofree char *path = NULL;

  if (!mos_ctl_check_args (self, args, all ? 0 : 1, all ? 0 : 1))
    return MOS_CTL_USAGE;
  if (output == NULL || *output == '\0')
    return mos_ctl_usage (self, "%s", _ ("Needed is --output: the ZIP file to be written, or with --csv the CSV file of all customers"));
  path = mos_ctl_path (self, output);
  return all ? export_all (self, path, force) : export_person (self, g_ptr_array_index (args, 0), path, force);
}

static void
print_result (MosCtl *self,
              const MosCsvResult *result)
{
  const char *outcome = mos_csv_outcome_to_nick (result->outcome);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      mos_ctl_print (self, "%u  %s  %s\n", result->record, outcome, result->what);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_int (builder, "record", result->record);
  mos_json_string (builder, "outcome", outcome);
  mos_json_string (builder, "what", result->what);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

/* What is in stays where it ends in the middle; the same file goes on there. */
static int
tell_cut (MosCtl *self,
          GPtrArray *results,
          guint total,
          GError *error)
{
  if (results->len > 0)
    /* Translators: how many records of a file were taken in before it failed, of how many */
    g_string_append_printf (self->errors, _ ("%1$u of %2$u records are in: “mostradorctl undo” takes them back, the same import again goes on\n"), results->len, total);
  return mos_ctl_fail (self, error);
}

int
mos_ctl_customer_import (MosCtl *self,
                         GPtrArray *args)
{
  gboolean only_tries = mos_ctl_take_flag (args, "--dry-run");
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (MosCustomersCsv) csv = NULL;
  g_autoptr (MosAgent) me = NULL;
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GPtrArray *results;
  GError *error = NULL;
  gsize size;
  guint n_failed = 0;
  gboolean done;

  if (!mos_ctl_check_args (self, args, 1, 1) || !mos_ctl_check_paths (self, args))
    return MOS_CTL_USAGE;
  path = mos_ctl_path (self, g_ptr_array_index (args, 0));
  if (!g_file_get_contents (path, &text, &size, &error))
    return mos_ctl_fail (self, error);
  csv = mos_customers_csv_new (text, size, only_tries, &error);
  if (csv == NULL || (!only_tries && !mos_ctl_load_me (self, &me, &error)))
    return mos_ctl_fail (self, error);
  actor.id = me != NULL ? me->id : NULL;
  done = mos_customers_csv_run_sync (self->store, &actor, csv, NULL, NULL, NULL, self->cancellable, &error);
  results = mos_customers_csv_get_results (csv);
  for (guint i = 0; i < results->len; i++)
    {
      print_result (self, g_ptr_array_index (results, i));
      n_failed += ((MosCsvResult *) g_ptr_array_index (results, i))->outcome == MOS_CSV_FAILED;
    }
  if (n_failed > 0)
    /* Translators: %u is how many lines of a file */
    g_string_append_printf (self->errors, ngettext ("%u record does not fit and was left out\n", "%u records do not fit and were left out\n", n_failed), n_failed);
  return done ? MOS_CTL_DONE : tell_cut (self, results, mos_customers_csv_get_total (csv), error);
}

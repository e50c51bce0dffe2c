/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-report-private.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-categories.h"
#include "core/store/mos-store-agents.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a report is asked about. */

void
mos_ctl_report_clear (MosCtlReport *call)
{
  mos_report_period_clear (&call->period);
  g_clear_pointer (&call->query, mos_measure_query_unref);
  g_clear_pointer (&call->filters, g_ptr_array_unref);
  g_clear_pointer (&call->report, mos_measure_report_unref);
}

/* Not what counts, but when: --filter scores=question */
#define BY_QUESTION "scores=question"

/* "channel=email" */
static MosMeasureBy
read_filter (const char *filter,
             const char **ret_name)
{
  const char *equals = strchr (filter, '=');
  g_autofree char *by = equals != NULL ? g_strndup (filter, (gsize) (equals - filter)) : NULL;

  *ret_name = equals != NULL ? equals + 1 : "";
  return mos_measure_by_from_nick (by, MOS_MEASURE_BY_NOTHING);
}

gboolean
mos_ctl_report_take (MosCtl *self,
                     MosCtlReport *call,
                     GPtrArray *args,
                     guint n)
{
  g_autofree char *days = mos_ctl_take_option (args, "--days");
  char *filter;

  call->query = mos_measure_query_new ();
  call->query->from = mos_ctl_take_option (args, "--from");
  call->query->to = mos_ctl_take_option (args, "--to");
  call->filters = g_ptr_array_new_with_free_func (g_free);
  while ((filter = mos_ctl_take_option (args, "--filter")) != NULL)
    g_ptr_array_add (call->filters, filter);
  call->query->days = mos_measure_days_from_nick (days, MOS_MEASURE_DAYS_GIVEN);
  if (days != NULL && (call->query->days == MOS_MEASURE_DAYS_GIVEN || call->query->from != NULL || call->query->to != NULL))
    {
      /* Translators: keep the words in the middle, they are typed */
      mos_ctl_usage (self, _ ("“%s” are no days: say today, yesterday, 7-days, 30-days, 90-days, this-week, last-week, this-month, last-month, this-quarter, last-quarter, this-year or last-year, and then neither --from nor --to"), days);
      return FALSE;
    }
  for (guint i = 0; i < call->filters->len; i++)
    {
      const char *name;

      if (g_str_equal (call->filters->pdata[i], BY_QUESTION))
        continue;
      if (read_filter (call->filters->pdata[i], &name) == MOS_MEASURE_BY_NOTHING || *name == '\0')
        {
          /* Translators: keep the words in the second half, they are typed */
          mos_ctl_usage (self, _ ("“%s” is no filter: say channel, account, category, tag, language, agent, macro or product, then = and which one, or =none"), (const char *) call->filters->pdata[i]);
          return FALSE;
        }
    }
  return mos_ctl_check_args (self, args, n, n);
}

static char *
find_agent (MosTxn *txn,
            const char *name,
            GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);

  for (guint i = 0; agents != NULL && i < agents->len; i++)
    {
      const MosAgent *agent = agents->pdata[i];

      if (g_str_equal (agent->id, name) || mos_text_same_name (agent->name, name))
        return g_strdup (agent->id);
    }
  /* One that was removed may still be named by its id. */
  return agents != NULL ? g_strdup (name) : NULL;
}

char *
mos_ctl_report_find (MosTxn *txn,
                     MosMeasureBy by,
                     const char *name,
                     GError **error)
{
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosCategory) category = NULL;
  g_autoptr (MosMacro) macro = NULL;

  if (g_str_equal (name, "none"))
    return g_strdup ("");
  if (by == MOS_MEASURE_BY_AGENT)
    return find_agent (txn, name, error);
  if ((by == MOS_MEASURE_BY_ACCOUNT && !mos_ctl_find_account (txn, name, &account, error)) || (by == MOS_MEASURE_BY_CATEGORY && !mos_categories_find_by_name (txn, name, &category, error)) ||
      (by == MOS_MEASURE_BY_MACRO && !mos_ctl_find_macro (txn, name, &macro, error)))
    return NULL;
  return g_strdup (account != NULL ? account->id : category != NULL ? category->id
                                               : macro != NULL      ? macro->id
                                                                    : name);
}

gboolean
mos_ctl_report_begin (MosTxn *txn,
                      MosCtlReport *call,
                      GError **error)
{
  if (call->filters->len > 0 && call->query->filter == NULL)
    call->query->filter = mos_measure_filter_new ();
  for (guint i = 0; i < call->filters->len; i++)
    {
      const char *name;
      MosMeasureBy by;
      char *key;

      if (g_str_equal (call->filters->pdata[i], BY_QUESTION))
        {
          call->query->filter->by_question = TRUE;
          continue;
        }
      by = read_filter (call->filters->pdata[i], &name);
      key = mos_ctl_report_find (txn, by, name, error);
      if (key == NULL)
        return FALSE;
      g_free (call->query->filter->only[by]);
      call->query->filter->only[by] = key;
    }
  return mos_reports_find_days (txn, call->query, &call->period, error);
}

gboolean
mos_ctl_do_report_begin (MosTxn *txn,
                         gpointer call,
                         GError **error)
{
  return mos_ctl_report_begin (txn, call, error);
}

int
mos_ctl_report_fail (MosCtl *self,
                     GError *error)
{
  if (!g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    return mos_ctl_fail (self, error);
  g_clear_error (&error);
  return mos_ctl_usage (self, "%s", _ ("--from and --to are days, as in 2026-03-01, and --from is not the later one"));
}

void
mos_ctl_report_print_days (MosCtl *self,
                           const MosCtlReport *call)
{
  g_autofree char *first = mos_ctl_dup_day (call->period.from_us, call->period.zone);
  g_autofree char *last = mos_ctl_dup_day (call->period.last_us, call->period.zone);

  if (!self->json)
    /* Translators: two days, and a time zone as computers call it (Europe/Madrid) */
    mos_ctl_print (self, _ ("%1$s to %2$s, by the clock of %3$s\n"), first, last, g_time_zone_get_identifier (call->period.zone));
}

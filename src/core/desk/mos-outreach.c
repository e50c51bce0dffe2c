/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outreach.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-outreach.h"

#include <string.h>

/* The records of outreach: made, changed, found and thrown away. */

static const char *const outreach_problem_nicks[] = { "fine", "no-name", "no-macro", "no-subject", "no-account", "not-orders", "no-days", "bad-pace", "nobody", "changed" };
MOS_DEFINE_NICKS (MosOutreachProblem, outreach_problem)

/* What is wrong in itself, whatever the store holds. */
static MosOutreachProblem
find_problem (const MosOutreach *outreach)
{
  const MosAudience *audience = outreach->audience;
  g_autofree char *name = g_strstrip (g_strdup (outreach->name));

  if (*name == '\0')
    return MOS_OUTREACH_NO_NAME;
  if (outreach->letter->id == NULL)
    return MOS_OUTREACH_NO_MACRO;
  if (outreach->subjects->texts->len == 0)
    return MOS_OUTREACH_NO_SUBJECT;
  if (outreach->account == NULL)
    return MOS_OUTREACH_NO_ACCOUNT;
  if (outreach->purpose == MOS_OUTREACH_ORDER && !mos_audience_is_of_orders (audience))
    return MOS_OUTREACH_NOT_ORDERS;
  if (audience->days == 0 && (audience->kind == MOS_AUDIENCE_UNSEEN || audience->kind == MOS_AUDIENCE_LATE_ORDERS))
    return MOS_OUTREACH_NO_DAYS;
  if (outreach->per_minute < 1 || outreach->per_minute > MOS_OUTREACH_MAX_RATE || outreach->per_hour < 1 || outreach->per_hour > 60 * MOS_OUTREACH_MAX_RATE)
    return MOS_OUTREACH_BAD_PACE;
  return MOS_OUTREACH_FINE;
}

gboolean
mos_outreach_check (MosTxn *txn,
                    MosOutreach *outreach,
                    MosOutreachProblem *ret_problem,
                    GError **error)
{
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosAccount) account = NULL;

  *ret_problem = find_problem (outreach);
  if (*ret_problem != MOS_OUTREACH_FINE)
    return TRUE;
  if (!mos_store_macro_find (txn, outreach->letter->id, &macro, error) || !mos_store_account_find (txn, outreach->account, &account, error))
    return FALSE;
  if (macro == NULL || macro->is_for_notes || macro->texts->len == 0)
    *ret_problem = MOS_OUTREACH_NO_MACRO;
  else if (account == NULL || *account->smtp->host == '\0')
    *ret_problem = MOS_OUTREACH_NO_ACCOUNT;
  return TRUE;
}

gboolean
mos_outreach_save (MosTxn *txn,
                   MosOutreach *outreach,
                   char **ret_id,
                   GError **error)
{
  g_autoptr (MosOutreach) known = NULL;
  g_autoptr (MosOutreach) copy = mos_outreach_copy (outreach);
  MosOutreachProblem problem;

  if (!mos_outreach_check (txn, outreach, &problem, error))
    return FALSE;
  if (problem != MOS_OUTREACH_FINE)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, mos_outreach_problem_to_nick (problem));
      return FALSE;
    }
  if (copy->id != NULL && !mos_store_outreach_find (txn, copy->id, &known, error))
    return FALSE;
  if (copy->id != NULL && known == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No outreach %s", copy->id);
      return FALSE;
    }
  if (known != NULL && known->state != MOS_OUTREACH_DRAFT)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The outreach is %s", mos_outreach_state_to_nick (known->state));
      return FALSE;
    }
  if (copy->id == NULL)
    copy->id = mos_id_new (mos_txn_get_now_us (txn));
  g_strstrip (copy->name);
  copy->state = MOS_OUTREACH_DRAFT;
  if (!mos_store_outreach_save (txn, copy, error))
    return FALSE;
  *ret_id = g_strdup (copy->id);
  return TRUE;
}

gboolean
mos_outreach_find (MosTxn *txn,
                   const char *name,
                   MosOutreach **ret_outreach,
                   GError **error)
{
  g_autoptr (GPtrArray) list = mos_store_outreach_list (txn, error);
  MosOutreach *found = NULL;
  guint n = 0;

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      MosOutreach *outreach = list->pdata[i];

      if (strcmp (outreach->id, name) == 0)
        {
          *ret_outreach = mos_outreach_ref (outreach);
          return TRUE;
        }
      if (strcmp (outreach->name, name) == 0 || (strlen (name) >= 8 && g_str_has_prefix (outreach->id, name)))
        {
          found = outreach;
          n++;
        }
    }
  if (n == 1)
    {
      *ret_outreach = mos_outreach_ref (found);
      return TRUE;
    }
  g_set_error (error, MOS_DESK_ERROR, n == 0 ? MOS_DESK_ERROR_NOT_FOUND : MOS_DESK_ERROR_INVALID, n == 0 ? "No outreach “%s”" : "Several are called “%s”", name);
  return FALSE;
}

gboolean
mos_outreach_remove (MosTxn *txn,
                     const char *id,
                     GError **error)
{
  g_autoptr (MosOutreach) outreach = NULL;

  if (!mos_store_outreach_find (txn, id, &outreach, error))
    return FALSE;
  if (outreach == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No outreach %s", id);
      return FALSE;
    }
  if (outreach->state == MOS_OUTREACH_RUNNING || outreach->state == MOS_OUTREACH_PAUSED)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The outreach is %s", mos_outreach_state_to_nick (outreach->state));
      return FALSE;
    }
  return mos_store_outreach_remove (txn, id, error);
}

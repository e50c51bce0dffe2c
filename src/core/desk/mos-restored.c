/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-restored.h"

#include "core/desk/mos-outbox.h"
#include "core/desk/mos-outreach.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-survey-ask.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-order-actions.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-snapshot.h"

static gboolean
pause_outreaches (MosTxn *txn,
                  guint *ret_n,
                  GError **error)
{
  g_autoptr (GPtrArray) outreaches = mos_store_outreach_list (txn, error);

  if (outreaches == NULL)
    return FALSE;
  for (guint i = 0; i < outreaches->len; i++)
    {
      MosOutreach *outreach = g_ptr_array_index (outreaches, i);

      if (outreach->state != MOS_OUTREACH_RUNNING)
        continue;
      if (!mos_outreach_pause (txn, outreach->id, error))
        return FALSE;
      (*ret_n)++;
    }
  return TRUE;
}

/* The rows that end a question stay: nobody gets to see anything of those. */
static gboolean
ask_nobody (MosTxn *txn,
            guint *ret_n,
            GError **error)
{
  static const MosDueState states[] = { MOS_DUE_WAITING, MOS_DUE_TAKEN };

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (GPtrArray) rows = mos_store_due_list (txn, states[s], NULL, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          MosDueRow *due = g_ptr_array_index (rows, i);

          if (!g_str_equal (due->kind, MOS_SURVEY_DUE_KIND) || due->conversation == NULL)
            continue;
          if (!mos_store_due_settle (txn, due->id, MOS_DUE_CANCELLED, error))
            return FALSE;
          (*ret_n)++;
        }
    }
  return TRUE;
}

gboolean
mos_restored (MosTxn *txn,
              MosRestoredCount *ret_count,
              GError **error)
{
  *ret_count = (MosRestoredCount) { 0 };
  return mos_store_become_another (txn, error) &&
         mos_outbox_doubt_all (txn, &ret_count->uncertain, error) &&
         mos_scheduled_hold_all (txn, &ret_count->held, error) &&
         pause_outreaches (txn, &ret_count->outreaches, error) &&
         mos_store_order_action_doubt_all (txn, &ret_count->orders, error) &&
         ask_nobody (txn, &ret_count->surveys, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-surveys.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-surveys.h"

static gboolean
do_record (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_survey_record (txn, call->value, NULL, error);
}

void
mos_desk_record_survey_async (MosDesk *self,
                              MosSurvey *survey,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (survey != NULL && survey->conversation != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_record, mos_survey_ref (survey), (GDestroyNotify) mos_survey_unref), MOS_SURVEY_LABEL, mos_desk_record_survey_async, cancellable, callback, user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-calendars.h"

#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-calendar.h"

GPtrArray *
mos_calendars_load (MosTxn *txn,
                    GError **error)
{
  return mos_store_calendar_load (txn, error);
}

gboolean
mos_calendars_find_now (MosTxn *txn,
                        MosCalendar **ret_calendar,
                        GError **error)
{
  g_autoptr (GPtrArray) versions = mos_calendars_load (txn, error);

  *ret_calendar = NULL;
  if (versions != NULL && versions->len > 0)
    *ret_calendar = mos_calendar_ref (((MosCalendarVersion *) versions->pdata[versions->len - 1])->calendar);
  return versions != NULL;
}

gboolean
mos_calendars_set (MosTxn *txn,
                   MosCalendar *calendar,
                   gboolean corrects,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_calendar_list (txn, error);
  g_autofree char *text = mos_calendar_to_text (calendar);
  MosCalendarRow *last;

  if (rows == NULL)
    return FALSE;
  last = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  if (last != NULL && g_str_equal (last->text, text))
    return TRUE;
  if (last != NULL && corrects)
    return mos_store_calendar_correct (txn, last->id, text, error);
  return mos_store_calendar_add (txn, text, error);
}

void
mos_calendars_when (MosWhenContext *context,
                    MosCalendarPlace *place)
{
  if (place->calendar == NULL || !mos_calendar_has_hours (place->calendar))
    return;
  place->zone = context->zone;
  context->start = mos_calendar_day_start;
  context->end = mos_calendar_day_end;
  context->edge_data = place;
}

/* --- the desk --- */

GPtrArray *
mos_desk_get_calendars (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->calendars;
}

MosCalendar *
mos_desk_get_calendar (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->calendars->len > 0 ? ((MosCalendarVersion *) self->calendars->pdata[self->calendars->len - 1])->calendar : NULL;
}

static gboolean
do_set (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  return mos_calendars_set (txn, call->value, call->flag, error);
}

void
mos_desk_set_calendar_async (MosDesk *self,
                             MosCalendar *calendar,
                             gboolean corrects,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (calendar != NULL);

  call = mos_desk_call_new (do_set);
  call->flag = corrects;
  mos_desk_call_set_value (call, mos_calendar_ref (calendar), (GDestroyNotify) mos_calendar_unref);
  mos_desk_write (self, call, "calendar", mos_desk_set_calendar_async, cancellable, callback, user_data);
}

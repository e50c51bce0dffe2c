/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-holidays.h"

#include <string.h>

GBytes *
mos_holidays_read_file (GFile *file,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *data = NULL;
  gsize size = 0;

  if (stream == NULL)
    return NULL;
  /* One byte more tells that it is too large: a device or a pipe has no size to be asked for. */
  data = g_malloc (MOS_HOLIDAYS_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, MOS_HOLIDAYS_MAX_BYTES + 1, &size, cancellable, error))
    return NULL;
  if (size > MOS_HOLIDAYS_MAX_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The file is larger than a calendar of holidays may be");
      return NULL;
    }
  return g_bytes_new (data, size);
}

static char *
dup_name (GFile *file,
          GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  char *name = g_strdup (info != NULL ? g_file_info_get_display_name (info) : "");
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

static void
load_thread (GTask *task,
             gpointer source,
             gpointer task_data,
             GCancellable *cancellable)
{
  const gint64 year_us = 366 * G_TIME_SPAN_DAY;
  gint64 now_us = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = mos_holidays_read_file (source, cancellable, &error);
  g_autoptr (MosHolidays) holidays = data != NULL ? mos_holidays_parse (data, task_data, now_us - year_us, now_us + MOS_HOLIDAYS_YEARS * year_us, &error) : NULL;

  if (holidays == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (holidays->name == NULL)
    holidays->name = dup_name (source, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&holidays), (GDestroyNotify) mos_holidays_free);
}

void
mos_holidays_load_async (GFile *file,
                         MosCalendar *calendar,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (calendar != NULL);

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_holidays_load_async);
  g_task_set_task_data (task, mos_calendar_ref (calendar), (GDestroyNotify) mos_calendar_unref);
  /* A slow file system holds nobody up who gave up. */
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_thread);
}

MosHolidays *
mos_holidays_load_finish (GFile *file,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

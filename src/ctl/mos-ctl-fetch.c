/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-fetch-job.h"
#include "core/desk/mos-ingest.h"
#include "core/store/mos-store-messages.h"

#include <glib/gi18n.h>

/* "fetch": the whole of mail of which only the head is here */

typedef struct
{
  const char *name;
  GPtrArray *rows; /* (owned) (nullable): of MosMessageRow, heads only */
} MosCtlFetch;

static gboolean
mos_ctl_do_find_heads (MosTxn *txn,
                       gpointer data,
                       GError **error)
{
  MosCtlFetch *fetch = data;
  g_autoptr (MosMessageRow) message = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  fetch->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  if (!mos_store_message_find (txn, fetch->name, &message, error))
    return FALSE;
  if (message != NULL)
    {
      if (message->head_only)
        g_ptr_array_add (fetch->rows, g_steal_pointer (&message));
      return TRUE;
    }
  if (!mos_ctl_find_conversation (txn, fetch->name, &conversation, error))
    return FALSE;
  rows = mos_store_message_list_of_conversation (txn, conversation->id, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (row->head_only)
        g_ptr_array_add (fetch->rows, mos_message_row_ref (row));
    }
  return rows != NULL;
}

static void
mos_ctl_print_fetched (MosCtl *self,
                       MosMessageRow *row,
                       guint64 bytes)
{
  g_autofree char *size = g_format_size (bytes);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "message", row->id);
      mos_json_string (builder, "result", mos_ingest_outcome_to_nick (MOS_INGEST_COMPLETED));
      mos_json_int (builder, "bytes", (gint64) bytes);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    /* Translators: a mail's subject and its size */
    mos_ctl_print (self, _ ("“%1$s” is here as a whole: %2$s\n"), row->subject, size);
  mos_ctl_flush (self);
}

static int
mos_ctl_fetch_failed (MosCtl *self,
                      MosMessageRow *row,
                      GError *error)
{
  g_autofree char *size = g_format_size (MOS_FETCH_MAX_BYTES);
  int status;

  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    /* Translators: %s is a mail's subject */
    status = mos_ctl_fail_text (self, _ ("“%s” is no more on the server where it was; its head is kept. Say “mostradorctl sync” to look for it"), row->subject);
  else if (g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE))
    /* Translators: a mail's subject and a size */
    status = mos_ctl_fail_text (self, _ ("“%1$s” is larger than %2$s, the most that is taken in; its head is kept"), row->subject, size);
  else
    return mos_ctl_fail (self, error);
  g_error_free (error);
  return status;
}

int
mos_ctl_fetch (MosCtl *self,
               GPtrArray *args)
{
  MosCtlFetch fetch = { NULL, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;
  gboolean done;
  int status = MOS_CTL_DONE;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  fetch.name = g_ptr_array_index (args, 0);
  done = mos_ctl_read (self, mos_ctl_do_find_heads, &fetch, &error);
  rows = g_steal_pointer (&fetch.rows);
  if (!done)
    return mos_ctl_fail (self, error);
  if (rows->len == 0 && !self->json)
    mos_ctl_print (self, "%s\n", _ ("Nothing to fetch: all of it is here"));

  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);
      g_autoptr (MosFetchJob) job = mos_fetch_job_new (self->store, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), row->id, row->subject);

      mos_job_set_progress_func (MOS_JOB (job), mos_ctl_show_progress, self);
      done = mos_job_run_sync (MOS_JOB (job), self->cancellable, &error);
      mos_ctl_end_progress (self);
      if (done)
        mos_ctl_print_fetched (self, row, mos_job_get_progress (MOS_JOB (job)).total);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return mos_ctl_fail (self, error);
      else
        status = mos_ctl_fetch_failed (self, row, g_steal_pointer (&error));
    }
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-sync-values.h"

static void
mos_folder_row_clear (MosFolderRow *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->name);
  g_free (self->title);
}

MOS_DEFINE_VALUE (MosFolderRow, folder_row)

static void
mos_location_clear (MosLocation *self)
{
  g_free (self->message);
  g_free (self->folder);
}

MOS_DEFINE_VALUE (MosLocation, location)

static const char *const due_state_nicks[] = {
  [MOS_DUE_WAITING] = "waiting",
  [MOS_DUE_TAKEN] = "taken",
  [MOS_DUE_DONE] = "done",
  [MOS_DUE_CANCELLED] = "cancelled",
  [MOS_DUE_HELD] = "held",
  [MOS_DUE_FAILED] = "failed",
};
MOS_DEFINE_NICKS (MosDueState, due_state)

static void
mos_due_row_clear (MosDueRow *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->key);
  g_free (self->conversation);
  g_free (self->account);
  g_free (self->agent);
  g_free (self->message);
  g_free (self->anchor_event);
  g_free (self->local_time);
  g_free (self->tz);
  g_free (self->payload);
}

MOS_DEFINE_VALUE (MosDueRow, due_row)

static void
mos_message_content_clear (MosMessageContent *self)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_free (self->html);
  g_free (self->html_sha256);
  g_clear_pointer (&self->prepared, g_hash_table_unref);
  g_free (self->raw_sha256);
  g_free (self->digest);
  g_free (self->own_id);
  g_free (self->customer);
  g_free (self->agent);
}

MOS_DEFINE_VALUE (MosMessageContent, message_content)

static void
mos_missing_clear (MosMissing *self)
{
  g_free (self->folder);
  g_free (self->why);
  g_free (self->detail);
}

MOS_DEFINE_VALUE (MosMissing, missing)

static void
mos_ledger_clear (MosLedger *self)
{
  g_free (self->detail);
  g_clear_pointer (&self->missing_list, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosLedger, ledger)

static void
mos_check_problem_clear (MosCheckProblem *self)
{
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->detail);
}

MOS_DEFINE_VALUE (MosCheckProblem, check_problem)

static void
mos_batch_row_clear (MosBatchRow *self)
{
  g_free (self->label);
  g_free (self->actor);
}

MOS_DEFINE_VALUE (MosBatchRow, batch_row)

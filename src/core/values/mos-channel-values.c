/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-channel-values.h"

static void
mos_folder_state_clear (MosFolderState *self)
{
  g_free (self->account);
  g_free (self->folder);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->erased, g_array_unref);
}

MOS_DEFINE_VALUE (MosFolderState, folder_state)

static void
mos_rematch_clear (MosRematch *self)
{
  g_free (self->message_id);
}

MOS_DEFINE_VALUE (MosRematch, rematch)

static void
mos_flag_change_clear (MosFlagChange *self)
{
  g_free (self->folder);
}

MOS_DEFINE_VALUE (MosFlagChange, flag_change)

static void
mos_server_move_clear (MosServerMove *self)
{
  g_free (self->message);
  g_free (self->message_id);
  g_free (self->origin);
  g_free (self->folder);
  g_free (self->refused);
}

MOS_DEFINE_VALUE (MosServerMove, server_move)

static void
mos_send_result_clear (MosSendResult *self)
{
  g_free (self->message);
  g_free (self->why);
  g_free (self->detail);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self->claim);
}

MOS_DEFINE_VALUE (MosSendResult, send_result)

static void
mos_server_folder_clear (MosServerFolder *self)
{
  g_free (self->folder);
  g_free (self->title);
}

MOS_DEFINE_VALUE (MosServerFolder, server_folder)

static void
mos_audit_result_clear (MosAuditResult *self)
{
  g_free (self->detail);
}

MOS_DEFINE_VALUE (MosAuditResult, audit_result)

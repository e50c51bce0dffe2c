/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/desk/mos-outreach.h"

G_BEGIN_DECLS

/* Outreach, as the desk offers it. Main context only. Whatever becomes of one is told by the desk's signal "outreach-changed", often while one runs. */

/** MosOutreachLook: one outreach, and whom it goes to. @people: (element-type MosOutreachPerson). @ends_us: when the last one would be made; 0 = it is not known.
 * @digest: (nullable): mos_outreach_dup_digest() of one that has not begun */
typedef struct
{
  MosOutreach *outreach;
  GPtrArray *people;
  gint64 ends_us;
  char *digest;
} MosOutreachLook;
MOS_DECLARE_VALUE (MosOutreachLook, outreach_look)

void mos_desk_list_outreach_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): array of #MosOutreach, newest first */
GPtrArray *mos_desk_list_outreach_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_look_outreach_async: MOS_DESK_ERROR_NOT_FOUND */
void mos_desk_look_outreach_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosOutreachLook *mos_desk_look_outreach_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_write_outreach_async: what @person would get: mos_outreach_write() */
void mos_desk_write_outreach_async (MosDesk *self, MosOutreach *outreach, MosOutreachPerson *person, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosOutreachLetter *mos_desk_write_outreach_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_save_outreach_async: mos_outreach_save(), in the name of the agent of this window */
void mos_desk_save_outreach_async (MosDesk *self, MosOutreach *outreach, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): its id */
char *mos_desk_save_outreach_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_test_outreach_async: mos_outreach_send_test() */
void mos_desk_test_outreach_async (MosDesk *self, MosOutreach *outreach, MosOutreachPerson *person, const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_test_outreach_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_start_outreach_async: mos_outreach_start_looked_at(), of what a person was shown. mos_desk_action_finish() */
void mos_desk_start_outreach_async (MosDesk *self, MosOutreachLook *look, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
typedef enum
{
  MOS_OUTREACH_PAUSE,
  MOS_OUTREACH_RESUME,
  MOS_OUTREACH_CANCEL,
  MOS_OUTREACH_REMOVE,
} MosOutreachAct;
/** mos_desk_act_outreach_async: mos_desk_action_finish() */
void mos_desk_act_outreach_async (MosDesk *self, const char *id, MosOutreachAct act, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS

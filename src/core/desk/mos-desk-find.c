/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-file-text.h"
#include "core/desk/mos-find.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-file-text.h"

/* What the palette looks for while somebody types; and how much of all can be found. */

#define MAX_FOUND 100

static gboolean
mos_desk_do_find_conversations (MosTxn *txn,
                                MosDeskCall *call,
                                GError **error)
{
  return mos_desk_call_take_list (call, mos_find_conversations (txn, call->text, (guint) call->number, error));
}

void
mos_desk_find_conversations_async (MosDesk *self,
                                   const char *text,
                                   guint max,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  mos_desk_read_typed (self, mos_desk_do_find_conversations, text, MIN (max, MAX_FOUND), mos_desk_find_conversations_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_find_conversations_finish (MosDesk *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_find_conversations_async, error);
}

static gboolean
mos_desk_do_find_customers (MosTxn *txn,
                            MosDeskCall *call,
                            GError **error)
{
  return mos_desk_call_take_list (call, mos_store_customer_search (txn, call->text, (guint) call->number, error));
}

void
mos_desk_find_customers_async (MosDesk *self,
                               const char *text,
                               guint max,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  mos_desk_read_typed (self, mos_desk_do_find_customers, text, MIN (max, MAX_FOUND), mos_desk_find_customers_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_find_customers_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_find_customers_async, error);
}

/* --- the text in attachments --- */

static gboolean
mos_desk_do_load_reading (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  MosDeskReading *reading = g_new0 (MosDeskReading, 1);

  mos_desk_call_take_result (call, reading, g_free);
  return mos_store_file_text_count (txn, &reading->waiting, &reading->total, error);
}

void
mos_desk_load_reading_async (MosDesk *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (mos_desk_do_load_reading), mos_desk_load_reading_async, cancellable, callback, user_data);
}

gboolean
mos_desk_load_reading_finish (MosDesk *self,
                              GAsyncResult *result,
                              MosDeskReading *ret_reading,
                              GError **error)
{
  g_autofree MosDeskReading *reading = mos_desk_call_finish (self, result, mos_desk_load_reading_async, error);

  if (reading == NULL)
    return FALSE;
  *ret_reading = *reading;
  ret_reading->is_on = !self->leaves_files;
  ret_reading->can_read = self->file_text == NULL || mos_file_text_can_read (MOS_FILE_TEXT (self->file_text));
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-customers.h"

#include "core/desk/mos-customers.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-conversations.h"

#define MAX_SUGGESTIONS 5

/* --- lists --- */

static gboolean
mos_desk_do_list_customers (MosTxn *txn,
                            MosDeskCall *call,
                            GError **error)
{
  guint max = (guint) call->number, offset = (guint) call->time_us;
  MosSegment segment = (MosSegment) GPOINTER_TO_UINT (call->value);
  GPtrArray *rows = call->text != NULL ? mos_store_customer_search (txn, call->text, max, error) : mos_store_customer_list (txn, segment, offset, max, error);

  mos_desk_call_take_result (call, rows, (GDestroyNotify) g_ptr_array_unref);
  return rows != NULL;
}

void
mos_desk_list_customers_async (MosDesk *self,
                               const char *text,
                               MosSegment segment,
                               guint offset,
                               guint max,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new_text (mos_desk_do_list_customers, text);
  call->number = (int) max;
  call->time_us = offset;
  mos_desk_call_set_value (call, GUINT_TO_POINTER (segment), NULL);
  mos_desk_read (self, call, mos_desk_list_customers_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_list_customers_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_list_customers_async, error);
}

static gboolean
mos_desk_do_load_lost_days (MosTxn *txn,
                            MosDeskCall *call,
                            GError **error)
{
  guint days;

  if (!mos_store_customer_get_lost_days (txn, &days, error))
    return FALSE;
  mos_desk_call_take_result (call, GUINT_TO_POINTER (days), NULL);
  return TRUE;
}

void
mos_desk_load_lost_days_async (MosDesk *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (mos_desk_do_load_lost_days), mos_desk_load_lost_days_async, cancellable, callback, user_data);
}

guint
mos_desk_load_lost_days_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return GPOINTER_TO_UINT (mos_desk_call_finish (self, result, mos_desk_load_lost_days_async, error));
}

static gboolean
mos_desk_do_set_lost_days (MosTxn *txn,
                           MosDeskCall *call,
                           GError **error)
{
  return mos_store_customer_set_lost_days (txn, (guint) call->number, error);
}

void
mos_desk_set_lost_days_async (MosDesk *self,
                              guint days,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new (mos_desk_do_set_lost_days);
  call->number = (int) days;
  mos_desk_write (self, call, NULL, mos_desk_set_lost_days_async, cancellable, callback, user_data);
}

/* --- one of them --- */

static void
mos_customer_look_clear (MosCustomerLook *self)
{
  g_clear_pointer (&self->row, mos_customer_row_unref);
  g_clear_pointer (&self->merges, g_ptr_array_unref);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosCustomerLook, customer_look)

static gboolean
mos_desk_do_look_at_customer (MosTxn *txn,
                              MosDeskCall *call,
                              GError **error)
{
  g_autoptr (MosCustomerLook) look = mos_customer_look_new ();

  if (!mos_customers_look (txn, call->text, &look->row, error))
    return FALSE;
  look->merges = mos_store_customer_list_merges (txn, look->row->id, error);
  look->suggestions = look->merges != NULL ? mos_store_customer_suggest (txn, look->row->id, MAX_SUGGESTIONS, error) : NULL;
  if (look->suggestions == NULL)
    return FALSE;
  mos_desk_call_take_result (call, g_steal_pointer (&look), (GDestroyNotify) mos_customer_look_unref);
  return TRUE;
}

void
mos_desk_look_at_customer_async (MosDesk *self,
                                 const char *customer,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (customer != NULL);

  mos_desk_read_text (self, mos_desk_do_look_at_customer, customer, mos_desk_look_at_customer_async, cancellable, callback, user_data);
}

MosCustomerLook *
mos_desk_look_at_customer_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_look_at_customer_async, error);
}

static gboolean
mos_desk_do_preview_customer_merge (MosTxn *txn,
                                    MosDeskCall *call,
                                    GError **error)
{
  MosMergePreview *preview = NULL;

  if (!mos_store_customer_preview_merge (txn, call->text, call->other, NULL, &preview, error))
    return FALSE;
  mos_desk_call_take_result (call, preview, (GDestroyNotify) mos_merge_preview_unref);
  return TRUE;
}

void
mos_desk_preview_customer_merge_async (MosDesk *self,
                                       const char *source,
                                       const char *target,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new_pair (mos_desk_do_preview_customer_merge, source, target, NULL), mos_desk_preview_customer_merge_async, cancellable, callback, user_data);
}

MosMergePreview *
mos_desk_preview_customer_merge_finish (MosDesk *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_preview_customer_merge_async, error);
}

static gboolean
mos_desk_do_list_since_merge (MosTxn *txn,
                              MosDeskCall *call,
                              GError **error)
{
  g_autoptr (GPtrArray) ids = mos_store_customer_list_since (txn, call->text, error);
  GPtrArray *rows;

  if (ids == NULL)
    return FALSE;
  g_ptr_array_add (ids, NULL);
  rows = mos_store_conversation_list (txn, (const char *const *) ids->pdata, error);
  mos_desk_call_take_result (call, rows, (GDestroyNotify) g_ptr_array_unref);
  return rows != NULL;
}

void
mos_desk_list_since_merge_async (MosDesk *self,
                                 const char *merge,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, mos_desk_do_list_since_merge, merge, mos_desk_list_since_merge_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_list_since_merge_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_list_since_merge_async, error);
}

/* --- acting --- */

static gboolean
mos_desk_do_save_customer (MosTxn *txn,
                           MosDeskCall *call,
                           GError **error)
{
  GPtrArray *rows = call->value;

  return mos_customers_save_changes (txn, rows->pdata[0], rows->pdata[1], error);
}

void
mos_desk_save_customer_async (MosDesk *self,
                              MosCustomerRow *was,
                              MosCustomerRow *row,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GPtrArray *rows;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (was != NULL && row != NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_customer_row_unref);
  g_ptr_array_add (rows, mos_customer_row_ref (was));
  g_ptr_array_add (rows, mos_customer_row_ref (row));
  mos_desk_write (self, mos_desk_call_new_value (mos_desk_do_save_customer, rows, (GDestroyNotify) g_ptr_array_unref), MOS_CUSTOMER_EDIT, mos_desk_save_customer_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_set_address (MosTxn *txn,
                         MosDeskCall *call,
                         GError **error)
{
  return call->flag ? mos_customers_add_identity (txn, call->text, call->other, NULL, error) : mos_customers_remove_identity (txn, call->text, call->other, error);
}

void
mos_desk_set_address_async (MosDesk *self,
                            const char *customer,
                            const char *value,
                            gboolean has,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new_pair (mos_desk_do_set_address, customer, value, NULL);
  call->flag = has;
  mos_desk_write (self, call, MOS_CUSTOMER_EDIT, mos_desk_set_address_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_merge_customers (MosTxn *txn,
                             MosDeskCall *call,
                             GError **error)
{
  return mos_customers_merge (txn, call->text, call->other, MOS_CALL_IDS (call), TRUE, error);
}

void
mos_desk_merge_customers_async (MosDesk *self,
                                const char *source,
                                const char *target,
                                const char *const *take,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new_pair (mos_desk_do_merge_customers, source, target, take), MOS_CUSTOMER_MERGE, mos_desk_merge_customers_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_unmerge_customer (MosTxn *txn,
                              MosDeskCall *call,
                              GError **error)
{
  return mos_store_customer_unmerge (txn, call->text, MOS_CALL_IDS (call), NULL, error);
}

void
mos_desk_unmerge_customer_async (MosDesk *self,
                                 const char *merge,
                                 const char *const *also,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new_pair (mos_desk_do_unmerge_customer, merge, NULL, also), MOS_CUSTOMER_UNMERGE, mos_desk_unmerge_customer_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_split_customer (MosTxn *txn,
                            MosDeskCall *call,
                            GError **error)
{
  g_autofree char *id = NULL;

  return mos_customers_split (txn, call->text, MOS_CALL_IDS (call), &id, error);
}

void
mos_desk_split_customer_async (MosDesk *self,
                               const char *customer,
                               const char *const *identities,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new_pair (mos_desk_do_split_customer, customer, NULL, identities), MOS_CUSTOMER_SPLIT, mos_desk_split_customer_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_set_distinct (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  return mos_store_customer_set_distinct (txn, call->text, call->other, TRUE, error);
}

void
mos_desk_set_distinct_async (MosDesk *self,
                             const char *one,
                             const char *other,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new_pair (mos_desk_do_set_distinct, one, other, NULL), MOS_CUSTOMER_DISTINCT, mos_desk_set_distinct_async, cancellable, callback, user_data);
}

/* --- erasure --- */

static gboolean
mos_desk_take_erasure (MosDeskCall *call,
                       gboolean done,
                       MosErasure *erasure)
{
  if (done)
    mos_desk_call_take_result (call, erasure, (GDestroyNotify) mos_erasure_unref);
  return done;
}

static gboolean
mos_desk_do_preview_erasure (MosTxn *txn,
                             MosDeskCall *call,
                             GError **error)
{
  MosErasure *erasure = NULL;
  gboolean done = mos_customers_preview_erasure (txn, call->text, &erasure, error);

  return mos_desk_take_erasure (call, done, erasure);
}

static gboolean
mos_desk_do_erase_customer (MosTxn *txn,
                            MosDeskCall *call,
                            GError **error)
{
  MosErasure *erasure = NULL;
  gboolean done = mos_customers_erase (txn, call->text, &erasure, error);

  return mos_desk_take_erasure (call, done, erasure);
}

void
mos_desk_preview_erasure_async (MosDesk *self,
                                const char *customer,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, mos_desk_do_preview_erasure, customer, mos_desk_preview_erasure_async, cancellable, callback, user_data);
}

MosErasure *
mos_desk_preview_erasure_finish (MosDesk *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_preview_erasure_async, error);
}

void
mos_desk_erase_customer_async (MosDesk *self,
                               const char *customer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, mos_desk_do_erase_customer, customer, NULL, mos_desk_erase_customer_async, cancellable, callback, user_data);
}

MosErasure *
mos_desk_erase_customer_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_erase_customer_async, error);
}

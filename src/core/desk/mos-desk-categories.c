/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-categories.h"

#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-categories.h"

GPtrArray *
mos_desk_get_categories (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->categories;
}

MosCategory *
mos_desk_find_category (MosDesk *self,
                        const char *id)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return mos_categories_find (self->categories, id);
}

/* --- changes --- */

static gboolean
do_set (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  return mos_categories_set (txn, MOS_CALL_IDS (call), call->text, error);
}

void
mos_desk_set_category_async (MosDesk *self,
                             const char *const *conversations,
                             const char *category,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  mos_desk_write (self, mos_desk_call_new_pair (do_set, category, NULL, conversations), "category", mos_desk_set_category_async, cancellable, callback, user_data);
}

static gboolean
do_save (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_categories_save (txn, call->value, NULL, error);
}

void
mos_desk_save_category_async (MosDesk *self,
                              MosCategory *category,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (category != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_save, mos_category_ref (category), (GDestroyNotify) mos_category_unref), category->id != NULL ? "category-edit" : "category-add",
                  mos_desk_save_category_async, cancellable, callback, user_data);
}

static gboolean
do_move (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_categories_move (txn, call->text, call->number, error);
}

void
mos_desk_move_category_async (MosDesk *self,
                              const char *id,
                              int to,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  call = mos_desk_call_new_text (do_move, id);
  call->number = to;
  mos_desk_write (self, call, "category-move", mos_desk_move_category_async, cancellable, callback, user_data);
}

static gboolean
do_remove (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_store_category_remove (txn, call->text, error);
}

void
mos_desk_remove_category_async (MosDesk *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  mos_desk_write_text (self, do_remove, id, "category-remove", mos_desk_remove_category_async, cancellable, callback, user_data);
}

/* --- suggestions --- */

static gboolean
do_suggest (MosTxn *txn,
            MosDeskCall *call,
            GError **error)
{
  MosCategoryHint *hint = NULL;

  if (!mos_categories_suggest (txn, call->text, &hint, error))
    return FALSE;
  if (hint != NULL)
    mos_desk_call_take_result (call, hint, (GDestroyNotify) mos_category_hint_unref);
  return TRUE;
}

void
mos_desk_suggest_category_async (MosDesk *self,
                                 const char *conversation,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  mos_desk_read_text (self, do_suggest, conversation, mos_desk_suggest_category_async, cancellable, callback, user_data);
}

MosCategoryHint *
mos_desk_suggest_category_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_suggest_category_async, error);
}

static gboolean
do_dismiss (MosTxn *txn,
            MosDeskCall *call,
            GError **error)
{
  return mos_store_category_dismiss (txn, call->text, call->other, error);
}

void
mos_desk_dismiss_category_async (MosDesk *self,
                                 const char *conversation,
                                 const char *category,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL && category != NULL);

  mos_desk_write (self, mos_desk_call_new_pair (do_dismiss, conversation, category, NULL), "category-dismiss", mos_desk_dismiss_category_async, cancellable, callback, user_data);
}

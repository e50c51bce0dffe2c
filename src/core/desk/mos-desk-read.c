/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-hint-facts.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-senders.h"

/* What the desk can be asked for. Each function of a pair runs on the store's reader thread. */

static void
mos_message_body_clear (MosMessageBody *self)
{
  g_free (self->html);
  g_clear_pointer (&self->related, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMessageBody, message_body)

static gboolean
mos_desk_not_found (GError **error,
                    const char *what,
                    const char *id)
{
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No %s %s", what, id);
  return FALSE;
}

/* --- bodies and bytes --- */

/* A picture in a text; larger ones stay attachments. */
#define MOS_DESK_INLINE_MAX (20 * 1024 * 1024)

/* A name is easily borrowed: of a mail that is suspicious otherwise, nothing is loaded for its sender's sake. */
static gboolean
mos_desk_read_images_allowed (MosTxn *txn,
                              const char *message,
                              gboolean *ret_allowed,
                              GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) hints = NULL;

  *ret_allowed = FALSE;
  if (!mos_store_message_find (txn, message, &row, error))
    return FALSE;
  if (row == NULL || row->direction != MOS_DIRECTION_INCOMING || row->quarantined || row->from == NULL || *row->from->address == '\0')
    return TRUE;
  if (!mos_store_image_sender_find (txn, row->from->address, ret_allowed, error))
    return FALSE;
  if (!*ret_allowed)
    return TRUE;
  if (!mos_hint_evaluate_message (txn, message, &hints, error))
    return FALSE;
  *ret_allowed = hints->len == 0;
  return TRUE;
}

static gboolean
mos_desk_read_body (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  g_autoptr (MosMessageBody) body = mos_message_body_new ();
  g_autoptr (GPtrArray) attachments = NULL;

  body->related = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  if (!mos_store_message_load_html (txn, call->text, &body->html, error))
    return FALSE;

  if (body->html != NULL)
    {
      attachments = mos_store_message_list_attachments (txn, call->text, FALSE, error);
      if (attachments == NULL)
        return FALSE;
      for (guint i = 0; i < attachments->len; i++)
        {
          MosAttachment *attachment = g_ptr_array_index (attachments, i);

          /* Some programs give every file a Content-ID; only what the text shows is read. */
          if (attachment->content_id == NULL || attachment->sha256 == NULL || !attachment->is_inline || !g_str_has_prefix (attachment->type, "image/") || attachment->size > MOS_DESK_INLINE_MAX)
            continue;
          if (!mos_store_blob_find (txn, attachment->sha256, &attachment->data, error))
            return FALSE;
          if (attachment->data != NULL)
            g_ptr_array_add (body->related, mos_attachment_ref (attachment));
        }
      if (!mos_desk_read_images_allowed (txn, call->text, &body->images_allowed, error))
        return FALSE;
    }

  mos_desk_call_take_result (call, g_steal_pointer (&body), (GDestroyNotify) mos_message_body_unref);
  return TRUE;
}

void
mos_desk_load_body_async (MosDesk *self,
                          const char *message,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_read_text (self, mos_desk_read_body, message, mos_desk_load_body_async, cancellable, callback, user_data);
}

MosMessageBody *
mos_desk_load_body_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_body_async, error);
}

static gboolean
mos_desk_read_raw (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  GBytes *raw = NULL;

  if (!mos_store_message_load_raw (txn, call->text, &raw, error))
    return FALSE;
  if (raw == NULL)
    return mos_desk_not_found (error, "source of message", call->text);
  mos_desk_call_take_result (call, raw, (GDestroyNotify) g_bytes_unref);
  return TRUE;
}

void
mos_desk_load_raw_async (MosDesk *self,
                         const char *message,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_read_text (self, mos_desk_read_raw, message, mos_desk_load_raw_async, cancellable, callback, user_data);
}

GBytes *
mos_desk_load_raw_finish (MosDesk *self,
                          GAsyncResult *result,
                          GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_raw_async, error);
}

static gboolean
mos_desk_read_blob (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  GBytes *data = NULL;

  if (!mos_store_blob_find (txn, call->text, &data, error))
    return FALSE;
  if (data == NULL)
    return mos_desk_not_found (error, "attachment", call->text);
  mos_desk_call_take_result (call, data, (GDestroyNotify) g_bytes_unref);
  return TRUE;
}

void
mos_desk_load_blob_async (MosDesk *self,
                          const char *sha256,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (sha256 != NULL);

  mos_desk_read_text (self, mos_desk_read_blob, sha256, mos_desk_load_blob_async, cancellable, callback, user_data);
}

GBytes *
mos_desk_load_blob_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_blob_async, error);
}

/* --- customers and addresses --- */

static gboolean
mos_desk_read_customer (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  MosCustomerRow *row = NULL;

  if (!mos_store_customer_find (txn, call->text, &row, error))
    return FALSE;
  if (row == NULL)
    return mos_desk_not_found (error, "customer", call->text);
  mos_desk_call_take_result (call, row, (GDestroyNotify) mos_customer_row_unref);
  return TRUE;
}

void
mos_desk_load_customer_async (MosDesk *self,
                              const char *customer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (customer != NULL);

  mos_desk_read_text (self, mos_desk_read_customer, customer, mos_desk_load_customer_async, cancellable, callback, user_data);
}

MosCustomerRow *
mos_desk_load_customer_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_customer_async, error);
}

static gboolean
mos_desk_read_completion (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  return mos_desk_call_take_list (call, mos_store_address_complete (txn, call->text, (guint) call->number, error));
}

void
mos_desk_complete_address_async (MosDesk *self,
                                 const char *text,
                                 guint max,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  mos_desk_read_typed (self, mos_desk_read_completion, text, MIN (max, 1000), mos_desk_complete_address_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_complete_address_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_complete_address_async, error);
}

/* --- what an account's server takes --- */

static gboolean
mos_desk_read_send_limit (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  g_autofree char *limit = NULL;
  guint64 *bytes;

  if (!mos_store_cursor_get (txn, call->text, MOS_SERVER_SMTP_SIZE, &limit, error))
    return FALSE;
  bytes = g_new0 (guint64, 1);
  if (limit != NULL)
    *bytes = g_ascii_strtoull (limit, NULL, 10);
  mos_desk_call_take_result (call, bytes, g_free);
  return TRUE;
}

void
mos_desk_load_send_limit_async (MosDesk *self,
                                const char *account,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  mos_desk_read_text (self, mos_desk_read_send_limit, account, mos_desk_load_send_limit_async, cancellable, callback, user_data);
}

gboolean
mos_desk_load_send_limit_finish (MosDesk *self,
                                 GAsyncResult *result,
                                 guint64 *ret_bytes,
                                 GError **error)
{
  g_autofree guint64 *bytes = mos_desk_call_finish (self, result, mos_desk_load_send_limit_async, error);

  if (bytes == NULL)
    return FALSE;
  *ret_bytes = *bytes;
  return TRUE;
}

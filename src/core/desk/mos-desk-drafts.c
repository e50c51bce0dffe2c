/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-mailto.h"
#include "core/desk/mos-desk-shops.h"
#include "core/desk/mos-rows.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-messages.h"

/* The asynchronous face of composing; that of the outbox is mos-desk-outbox.c. */

static const MosQuoteTexts neutral_texts = {
  "{sender}, {date}:",
  "----------",
  "%Y-%m-%d %H:%M",
  TRUE,
};

typedef struct
{
  char *attribution;
  char *forwarded;
  char *date_format;
  MosQuoteHistory history;
  MosMailto *mailto; /* (nullable) */
} MosDeskTexts;

static void
mos_desk_texts_free (gpointer data)
{
  MosDeskTexts *texts = data;

  g_free (texts->attribution);
  g_free (texts->forwarded);
  g_free (texts->date_format);
  g_clear_pointer (&texts->mailto, mos_mailto_unref);
  g_free (texts);
}

static MosDeskTexts *
mos_desk_texts_new (MosDesk *self)
{
  MosDeskTexts *texts = g_new0 (MosDeskTexts, 1);

  texts->attribution = g_strdup (self->attribution != NULL ? self->attribution : neutral_texts.attribution);
  texts->forwarded = g_strdup (self->forward_heading != NULL ? self->forward_heading : neutral_texts.forwarded);
  texts->date_format = g_strdup (self->date_format != NULL ? self->date_format : neutral_texts.date_format);
  texts->history = (MosQuoteHistory) self->quote_history;
  return texts;
}

/**
 * mos_desk_set_quote_texts:
 * @attribution: line above a quoted message, with {sender} and {date} ("On {date}, {sender} wrote:")
 * @forwarded: line above a forwarded one
 * @date_format: of g_date_time_format()
 *
 * The words of the person's language, for core has none. Each: %NULL = neutral.
 */
void
mos_desk_set_quote_texts (MosDesk *self,
                          const char *attribution,
                          const char *forwarded,
                          const char *date_format)
{
  g_return_if_fail (MOS_IS_DESK (self));

  g_set_str (&self->attribution, attribution);
  g_set_str (&self->forward_heading, forwarded);
  g_set_str (&self->date_format, date_format);
}

/**
 * mos_desk_set_quote_history:
 * @history: a #MosQuoteHistory: what goes along below answers that are begun from now on
 */
void
mos_desk_set_quote_history (MosDesk *self,
                            guint history)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (history <= MOS_QUOTE_ALL);

  self->quote_history = history;
}

/* --- drafts --- */

static gboolean
mos_desk_do_prepare (MosTxn *txn,
                     MosDeskCall *call,
                     GError **error)
{
  MosDeskTexts *texts = call->value;
  /* The composer shows the marks. */
  const MosQuoteTexts quote_texts = { texts->attribution, texts->forwarded, texts->date_format, FALSE, texts->history };
  MosDraft *draft = NULL;

  if (texts->mailto != NULL ? !mos_draft_prepare_mailto (txn, texts->mailto, call->third, &quote_texts, &draft, error)
                            : !mos_draft_prepare (txn, call->text, call->ids[0], call->other, call->third, &quote_texts, &draft, error))
    return FALSE;
  mos_desk_call_take_result (call, draft, (GDestroyNotify) mos_draft_unref);
  return TRUE;
}

void
mos_desk_prepare_draft_async (MosDesk *self,
                              const char *kind,
                              const char *conversation,
                              const char *message,
                              const char *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (kind != NULL);

  call = mos_desk_call_new_text (mos_desk_do_prepare, kind);
  call->ids = g_new0 (char *, 2);
  call->ids[0] = g_strdup (conversation);
  call->other = g_strdup (message);
  call->third = g_strdup (account);
  mos_desk_call_set_value (call, mos_desk_texts_new (self), mos_desk_texts_free);
  mos_desk_read (self, call, mos_desk_prepare_draft_async, cancellable, callback, user_data);
}

MosDraft *
mos_desk_prepare_draft_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_prepare_draft_async, error);
}

void
mos_desk_prepare_mailto_async (MosDesk *self,
                               MosMailto *mailto,
                               const char *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  MosDeskCall *call;
  MosDeskTexts *texts;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (mailto != NULL);

  call = mos_desk_call_new (mos_desk_do_prepare);
  call->third = g_strdup (account);
  texts = mos_desk_texts_new (self);
  texts->mailto = mos_mailto_ref (mailto);
  mos_desk_call_set_value (call, texts, mos_desk_texts_free);
  mos_desk_write (self, call, NULL, mos_desk_prepare_mailto_async, cancellable, callback, user_data);
}

MosDraft *
mos_desk_prepare_mailto_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_prepare_mailto_async, error);
}

static gboolean
mos_desk_do_find_draft (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  MosDraft *draft = NULL;

  if (!mos_store_draft_find_of_conversation (txn, call->text, NULL, &draft, error))
    return FALSE;
  mos_desk_call_take_result (call, draft, (GDestroyNotify) mos_draft_unref);
  return TRUE;
}

void
mos_desk_find_draft_async (MosDesk *self,
                           const char *conversation,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, mos_desk_do_find_draft, conversation, mos_desk_find_draft_async, cancellable, callback, user_data);
}

MosDraft *
mos_desk_find_draft_finish (MosDesk *self,
                            GAsyncResult *result,
                            GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_find_draft_async, error);
}

static gboolean
mos_desk_do_load_others (MosTxn *txn,
                         MosDeskCall *call,
                         GError **error)
{
  GPtrArray *drafts = mos_store_draft_list_of_others (txn, call->text, error);

  if (drafts == NULL)
    return FALSE;
  mos_desk_call_take_result (call, drafts, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
mos_desk_load_other_drafts_async (MosDesk *self,
                                  const char *conversation,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  mos_desk_read_text (self, mos_desk_do_load_others, conversation, mos_desk_load_other_drafts_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_other_drafts_finish (MosDesk *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_other_drafts_async, error);
}

static gboolean
mos_desk_do_take (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  MosDraft *draft = NULL;

  if (!mos_store_draft_take (txn, call->text, &draft, error))
    return FALSE;
  mos_desk_call_take_result (call, draft, (GDestroyNotify) mos_draft_unref);
  return TRUE;
}

void
mos_desk_take_draft_async (MosDesk *self,
                           const char *draft,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (draft != NULL);

  mos_desk_write_text (self, mos_desk_do_take, draft, "take-draft", mos_desk_take_draft_async, cancellable, callback, user_data);
}

MosDraft *
mos_desk_take_draft_finish (MosDesk *self,
                            GAsyncResult *result,
                            gint64 *ret_batch,
                            GError **error)
{
  MosDraft *draft = mos_desk_call_finish (self, result, mos_desk_take_draft_async, error);

  if (draft != NULL)
    *ret_batch = ((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->batch;
  return draft;
}

static gboolean
mos_desk_do_save_draft (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  return mos_store_draft_save (txn, call->value, error);
}

static gboolean
mos_desk_finish_plain (MosDesk *self,
                       GAsyncResult *result,
                       gpointer source_tag,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;

  mos_desk_call_finish (self, result, source_tag, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
mos_desk_save_draft_async (MosDesk *self,
                           MosDraft *draft,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (draft != NULL);

  mos_desk_write (self, mos_desk_call_new_value (mos_desk_do_save_draft, mos_draft_ref (draft), (GDestroyNotify) mos_draft_unref), NULL, mos_desk_save_draft_async, cancellable, callback, user_data);
}

gboolean
mos_desk_save_draft_finish (MosDesk *self,
                            GAsyncResult *result,
                            GError **error)
{
  return mos_desk_finish_plain (self, result, mos_desk_save_draft_async, error);
}

static gboolean
mos_desk_do_discard (MosTxn *txn,
                     MosDeskCall *call,
                     GError **error)
{
  return mos_store_draft_remove (txn, call->text, error);
}

void
mos_desk_discard_draft_async (MosDesk *self,
                              const char *draft,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (draft != NULL);

  mos_desk_write_text (self, mos_desk_do_discard, draft, NULL, mos_desk_discard_draft_async, cancellable, callback, user_data);
}

gboolean
mos_desk_discard_draft_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_finish_plain (self, result, mos_desk_discard_draft_async, error);
}

static gboolean
mos_desk_do_drop_draft (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  MosDraft *draft = call->value;

  /* What was typed since it was saved comes back with it. */
  return mos_store_draft_save (txn, draft, error) && mos_store_draft_remove (txn, draft->id, error);
}

void
mos_desk_drop_draft_async (MosDesk *self,
                           MosDraft *draft,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (draft != NULL);

  mos_desk_write (self, mos_desk_call_new_value (mos_desk_do_drop_draft, mos_draft_ref (draft), (GDestroyNotify) mos_draft_unref), "discard-draft", mos_desk_drop_draft_async, cancellable, callback, user_data);
}

/* --- attachments --- */

static gboolean
mos_desk_do_attach (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  g_autoptr (MosAttachment) attachment = mos_attachment_new ();
  GBytes *data = call->value;

  if (!mos_store_blob_put (txn, data, &attachment->sha256, error))
    return FALSE;
  attachment->type = g_ascii_strdown (call->other != NULL && *call->other != '\0' ? call->other : "application/octet-stream", -1);
  attachment->name = mos_mime_safe_name (call->text, attachment->type);
  attachment->size = g_bytes_get_size (data);
  mos_desk_call_take_result (call, g_steal_pointer (&attachment), (GDestroyNotify) mos_attachment_unref);
  return TRUE;
}

void
mos_desk_attach_async (MosDesk *self,
                       const char *name,
                       const char *type,
                       GBytes *data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (data != NULL);

  call = mos_desk_call_new_text (mos_desk_do_attach, name);
  call->other = g_strdup (type);
  mos_desk_call_set_value (call, g_bytes_ref (data), (GDestroyNotify) g_bytes_unref);
  mos_desk_write (self, call, NULL, mos_desk_attach_async, cancellable, callback, user_data);
}

MosAttachment *
mos_desk_attach_finish (MosDesk *self,
                        GAsyncResult *result,
                        GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_attach_async, error);
}

/* --- sending --- */

typedef struct
{
  MosDraft *draft; /* (owned) */
  MosSendPlan plan;
  gint64 delay_us;
} MosDeskSending;

static void
mos_desk_sending_free (gpointer data)
{
  MosDeskSending *sending = data;

  mos_draft_unref (sending->draft);
  g_free (sending);
}

static gboolean
mos_desk_do_send (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  MosDeskSending *sending = call->value;
  g_autoptr (MosMessageRow) row = NULL;
  char *message = NULL;

  /* From when it is written down: a writer that was busy must not shorten the time for an undo. */
  if (sending->delay_us > 0)
    sending->plan.at_us = mos_txn_get_now_us (txn) + sending->delay_us;
  if (!mos_draft_send_planned (txn, sending->draft, &sending->plan, &message, error))
    return FALSE;
  if (!mos_store_message_find (txn, message, &row, error))
    {
      g_free (message);
      return FALSE;
    }
  g_set_str (&call->other, row != NULL ? row->conversation : sending->draft->conversation);
  mos_desk_call_take_result (call, message, g_free);
  return TRUE;
}

void
mos_desk_send_planned_async (MosDesk *self,
                             MosDraft *draft,
                             const MosSendPlan *plan,
                             gint64 undo_us,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;
  MosDeskSending *sending;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (draft != NULL && plan != NULL);

  sending = g_new0 (MosDeskSending, 1);
  sending->draft = mos_draft_ref (draft);
  sending->plan = *plan;
  sending->delay_us = plan->is_later ? 0 : undo_us;
  call = mos_desk_call_new (mos_desk_do_send);
  mos_desk_call_set_value (call, sending, mos_desk_sending_free);
  /* A mail makes its own batches. A note left nobody's desk: undoing it brings its draft back. */
  mos_desk_write (self, call, g_str_equal (draft->kind, "note") ? "note" : NULL, mos_desk_send_async, cancellable, callback, user_data);
}

void
mos_desk_send_async (MosDesk *self,
                     MosDraft *draft,
                     MosStatus then,
                     gint64 snooze_until_us,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  const MosSendPlan plan = { .then = then, .snooze_until_us = snooze_until_us };

  mos_desk_send_planned_async (self, draft, &plan, 0, cancellable, callback, user_data);
}

char *
mos_desk_send_finish (MosDesk *self,
                      GAsyncResult *result,
                      GError **error)
{
  char *message = mos_desk_call_finish (self, result, mos_desk_send_async, error);
  const MosDeskSending *sending = message != NULL ? ((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->value : NULL;

  if (sending != NULL && mos_macro_plan_acts_on_orders (sending->draft->macros))
    mos_desk_wake_shops (self, NULL);
  return message;
}

char *
mos_desk_send_finish_in (MosDesk *self,
                         GAsyncResult *result,
                         char **ret_conversation,
                         GError **error)
{
  char *message = mos_desk_send_finish (self, result, error);

  *ret_conversation = message != NULL ? g_strdup (((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->other) : NULL;
  return message;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-html.h"

#include "core/base/mos-worker.h"

GBytes *
mos_message_body_find_related (MosMessageBody *body,
                               const char *cid)
{
  for (guint i = 0; body->related != NULL && i < body->related->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (body->related, i);

      if (g_strcmp0 (attachment->content_id, cid) == 0)
        return attachment->data;
    }
  return NULL;
}

static MosWorker *
parser (void)
{
  static MosWorker *worker;

  return mos_worker_ensure (&worker, "mos-html");
}

static void
parse_func (GTask *task,
            gpointer source,
            gpointer data,
            GCancellable *cancellable)
{
  MosMessageBody *body = data;

  g_task_return_pointer (task, mos_html_document_parse (body->html), (GDestroyNotify) mos_html_document_unref);
}

void
mos_message_body_parse_async (MosMessageBody *body,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mos_message_body_parse_async);
  g_task_set_task_data (task, mos_message_body_ref (body), (GDestroyNotify) mos_message_body_unref);
  mos_worker_push (parser (), task, parse_func);
}

MosHtmlDocument *
mos_message_body_parse_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

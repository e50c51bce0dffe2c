/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-desktop-search.h"

#include "app/inbox/mos-query-words.h"
#include "app/palette/mos-palette-conversations.h"
#include "app/palette/mos-palette-customers.h"

#include "core/base/mos-worker.h"
#include "core/desk/mos-find.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

#define MAX_CONVERSATIONS 8
#define MAX_CUSTOMERS 5
/* So long the files stay open: somebody types on. */
#define KEEP_MS 10000

struct _MosDesktopSearch
{
  GObject parent_instance;

  /* Owned */
  char *profile;
  MosWorker *worker; /* (nullable) */
  guint close_id;
  gboolean is_closed;

  MosStore *store; /* (nullable): the worker's alone */
};

G_DEFINE_FINAL_TYPE (MosDesktopSearch, mos_desktop_search, G_TYPE_OBJECT)

/* One question. Either @text (and @query, its stored form) or @ids. */
typedef struct
{
  char *text;
  char *query;
  GStrv ids;
  /* In the order in which they are shown; MosConversationRow and MosCustomerRow: what is missing in one is in the other. */
  GPtrArray *conversations;
  GPtrArray *customers;
} Question;

static void
row_unref (gpointer row)
{
  if (row != NULL)
    mos_conversation_row_unref (row);
}

static void
customer_unref (gpointer row)
{
  if (row != NULL)
    mos_customer_row_unref (row);
}

static Question *
question_new (void)
{
  Question *question = g_new0 (Question, 1);

  question->conversations = g_ptr_array_new_with_free_func (row_unref);
  question->customers = g_ptr_array_new_with_free_func (customer_unref);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->text);
  g_free (question->query);
  g_strfreev (question->ids);
  g_ptr_array_unref (question->conversations);
  g_ptr_array_unref (question->customers);
  g_free (question);
}

/* --- on the worker --- */

static void
take (Question *question,
      MosConversationRow *conversation,
      MosCustomerRow *customer)
{
  g_ptr_array_add (question->conversations, conversation);
  g_ptr_array_add (question->customers, customer);
}

static gboolean
find_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Question *question = data;
  g_autoptr (GPtrArray) conversations = mos_find_conversations (txn, question->query, MAX_CONVERSATIONS, error);
  g_autoptr (GPtrArray) customers = conversations != NULL ? mos_store_customer_search (txn, question->text, MAX_CUSTOMERS, error) : NULL;

  if (customers == NULL)
    return FALSE;
  for (guint i = 0; i < conversations->len; i++)
    take (question, mos_conversation_row_ref (g_ptr_array_index (conversations, i)), NULL);
  for (guint i = 0; i < customers->len; i++)
    take (question, NULL, mos_customer_row_ref (g_ptr_array_index (customers, i)));
  return TRUE;
}

static gboolean
load_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Question *question = data;

  for (char **id = question->ids; *id != NULL; id++)
    {
      MosConversationRow *conversation = NULL;
      MosCustomerRow *customer = NULL;

      if (g_str_has_prefix (*id, "conversation:"))
        {
          if (!mos_store_conversation_find (txn, *id + strlen ("conversation:"), &conversation, error))
            return FALSE;
        }
      else if (g_str_has_prefix (*id, "customer:") && !mos_store_customer_find (txn, *id + strlen ("customer:"), &customer, error))
        return FALSE;
      if (conversation != NULL && conversation->deleted_us != 0)
        g_clear_pointer (&conversation, mos_conversation_row_unref);
      if (conversation != NULL || customer != NULL)
        take (question, conversation, customer);
    }
  return TRUE;
}

static void
ask_thread (GTask *task,
            gpointer source,
            gpointer data,
            GCancellable *cancellable)
{
  MosDesktopSearch *self = source;
  Question *question = data;
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    {
      g_autoptr (MosClock) clock = mos_clock_new_system ();

      self->store = mos_store_open_sync (self->profile, MOS_STORE_OPEN_READ_ONLY | MOS_STORE_OPEN_DIRECT, clock, cancellable, &error);
    }
  if (self->store == NULL || !mos_store_read_sync (self->store, question->ids != NULL ? load_func : find_func, question, cancellable, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
close_thread (GTask *task,
              gpointer source,
              gpointer data,
              GCancellable *cancellable)
{
  MosDesktopSearch *self = source;

  if (self->store != NULL)
    mos_store_close_sync (self->store);
  g_clear_object (&self->store);
  g_task_return_boolean (task, TRUE);
}

/* --- on the main thread --- */

static gboolean
on_close_cb (gpointer user_data)
{
  MosDesktopSearch *self = user_data;
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  self->close_id = 0;
  g_task_set_source_tag (task, on_close_cb);
  mos_worker_push (self->worker, task, close_thread);
  return G_SOURCE_REMOVE;
}

/* @question: (transfer full) */
static void
ask (MosDesktopSearch *self,
     Question *question,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ask);
  g_task_set_task_data (task, question, question_free);
  if (self->is_closed || (question->ids == NULL && !mos_palette_text_is_enough (question->text)))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->worker == NULL)
    self->worker = mos_worker_new ("mos-desktop-search");
  g_clear_handle_id (&self->close_id, g_source_remove);
  self->close_id = g_timeout_add (KEEP_MS, on_close_cb, self);
  mos_worker_push (self->worker, task, ask_thread);
}

static void
mos_desktop_search_dispose (GObject *object)
{
  mos_desktop_search_close (MOS_DESKTOP_SEARCH (object));
  G_OBJECT_CLASS (mos_desktop_search_parent_class)->dispose (object);
}

static void
mos_desktop_search_finalize (GObject *object)
{
  g_free (MOS_DESKTOP_SEARCH (object)->profile);
  G_OBJECT_CLASS (mos_desktop_search_parent_class)->finalize (object);
}

static void
mos_desktop_search_class_init (MosDesktopSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_desktop_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_desktop_search_finalize;
}

static void
mos_desktop_search_init (MosDesktopSearch *self)
{
}

MosDesktopSearch *
mos_desktop_search_new (const char *profile)
{
  MosDesktopSearch *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (MOS_TYPE_DESKTOP_SEARCH, NULL);
  self->profile = g_strdup (profile);
  return self;
}

void
mos_desktop_search_close (MosDesktopSearch *self)
{
  g_return_if_fail (MOS_IS_DESKTOP_SEARCH (self));

  self->is_closed = TRUE;
  g_clear_handle_id (&self->close_id, g_source_remove);
  if (self->worker != NULL)
    mos_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
  if (self->store != NULL)
    mos_store_close_sync (self->store);
  g_clear_object (&self->store);
}

void
mos_desktop_search_find_async (MosDesktopSearch *self,
                               const char *text,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Question *question;

  g_return_if_fail (MOS_IS_DESKTOP_SEARCH (self));
  g_return_if_fail (text != NULL);

  question = question_new ();
  question->text = g_strstrip (g_utf8_make_valid (text, -1));
  /* A number is one of a conversation, and no beginning of a word. */
  question->query = mos_find_is_number (question->text) ? g_strdup (question->text) : mos_query_words_store (question->text, strlen (question->text));
  ask (self, question, cancellable, callback, user_data);
}

void
mos_desktop_search_load_async (MosDesktopSearch *self,
                               const char *const *ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Question *question;

  g_return_if_fail (MOS_IS_DESKTOP_SEARCH (self));
  g_return_if_fail (ids != NULL);

  question = question_new ();
  question->ids = g_strdupv ((char **) ids);
  ask (self, question, cancellable, callback, user_data);
}

GPtrArray *
mos_desktop_search_finish (MosDesktopSearch *self,
                           GAsyncResult *result,
                           GError **error)
{
  Question *question;
  GPtrArray *items;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  question = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  items = mos_palette_items_new ();
  for (guint i = 0; i < question->conversations->len; i++)
    {
      MosConversationRow *conversation = g_ptr_array_index (question->conversations, i);

      g_ptr_array_add (items, conversation != NULL ? mos_palette_item_for_conversation (conversation) : mos_palette_item_for_customer (g_ptr_array_index (question->customers, i)));
    }
  return items;
}

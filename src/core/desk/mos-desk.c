/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-file-text.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-chat-typing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-macros.h"
#include "core/desk/mos-retention.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-tags.h"
#include "core/store/mos-store-targets.h"
#include "core/store/mos-store-translate.h"
#include "core/store/mos-store-undo.h"
#include "core/store/mos-store-views.h"

/* Rows are read this many at a time: 0.3 ms each (conventions.md §2.9), so a cancelled scroll wastes little. */
#define MOS_DESK_PAGE 64
/* Conversations that stay read though no row shows them: what a few jumps through a list leave. */
#define MOS_DESK_KEPT 400
#define MOS_DESK_COUNTS_MS 50
/* Tags and the accounts' figures follow a busy sync at this pace. */
#define MOS_DESK_LISTS_MS 300
/* More changed conversations than these are counted afresh. */
#define MOS_DESK_COUNT_MAX 2000

G_DEFINE_FINAL_TYPE (MosDesk, mos_desk, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_COUNTS_CHANGED,
  SIGNAL_VIEWS_CHANGED,
  SIGNAL_CALENDAR_CHANGED,
  SIGNAL_TARGETS_CHANGED,
  SIGNAL_ARRIVED,
  SIGNAL_SEND_FAILED,
  SIGNAL_JOB_ENDED,
  SIGNAL_CAME,
  SIGNAL_HELD_CHANGED,
  SIGNAL_SHOPS_CHANGED,
} MosDeskSignal;

static guint signals[SIGNAL_SHOPS_CHANGED + 1];

/* --- rows of what is alive --- */

static gboolean
mos_desk_read_rows (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  GPtrArray *rows = mos_store_conversation_list (txn, (const char *const *) call->ids, error);

  if (rows == NULL)
    return FALSE;
  mos_desk_call_take_result (call, rows, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static void
mos_desk_rows_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mos_desk_call_finish (self, result, mos_desk_rows_cb, &error);

  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("Rows could not be read: %s", error->message);
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      MosConversationRow *row = g_ptr_array_index (rows, i);
      MosConversation *conversation = mos_entity_cache_peek (self->conversations, row->id);

      if (conversation != NULL)
        mos_conversation_set_row (conversation, row);
    }
}

static gboolean
mos_desk_load_wanted (gpointer data)
{
  MosDesk *self = data;
  guint n = self->wanted->len;

  for (guint from = 0; from < n; from += MOS_DESK_PAGE)
    {
      MosDeskCall *call = mos_desk_call_new (mos_desk_read_rows);
      guint length = MIN (MOS_DESK_PAGE, n - from);

      call->ids = g_new0 (char *, length + 1);
      for (guint i = 0; i < length; i++)
        call->ids[i] = g_strdup (g_ptr_array_index (self->wanted, from + i));
      mos_desk_read (self, call, mos_desk_rows_cb, self->cancellable, mos_desk_rows_cb, NULL);
    }

  g_hash_table_remove_all (self->wanted_set);
  g_ptr_array_set_size (self->wanted, 0);
  self->load_id = 0;
  return G_SOURCE_REMOVE;
}

static void
mos_desk_want_row (MosDesk *self,
                   const char *id)
{
  char *copy;

  if (g_hash_table_contains (self->wanted_set, id))
    return;

  copy = g_strdup (id);
  g_ptr_array_add (self->wanted, copy);
  g_hash_table_add (self->wanted_set, copy);
  if (self->load_id == 0)
    self->load_id = g_idle_add_full (G_PRIORITY_DEFAULT, mos_desk_load_wanted, self, NULL);
}

MosConversation *
mos_desk_ref_conversation (MosDesk *self,
                           const char *id)
{
  MosConversation *conversation;

  g_return_val_if_fail (MOS_IS_DESK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  conversation = mos_entity_cache_ref (self->conversations, id);
  if (mos_conversation_get_row (conversation) == NULL)
    mos_desk_want_row (self, id);
  return conversation;
}

/* Returns: (transfer full): the one object for a message or an event; #MosMessageList gives it its row */
MosMessage *
mos_desk_ref_message (MosDesk *self,
                      const char *id)
{
  return mos_entity_cache_ref (self->messages, id);
}

static void
mos_desk_want_again (gpointer object,
                     gpointer desk)
{
  mos_desk_want_row (desk, mos_conversation_get_id (object));
}

const char *
mos_desk_get_me (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->me;
}

/* --- what is kept up to date: accounts, agents, tags --- */

typedef struct
{
  GPtrArray *accounts; /* of MosAccount */
  GPtrArray *statuses; /* of MosAccountStatus */
  GPtrArray *agents;
  GPtrArray *views;
  GHashTable *looks;
  GStrv tags;
  GPtrArray *categories;
  GPtrArray *calendars;
  GPtrArray *targets; /* of MosTargetsVersion */
  MosTranslateSettings *translate;
  gint64 last_batch;
  gboolean views_changed;    /* for this they are read */
  gboolean calendar_changed; /* what came differs from what was here */
  gboolean targets_changed;
  gboolean translate_changed;
} MosDeskLists;

static void
mos_desk_lists_clear (MosDeskLists *lists)
{
  g_clear_pointer (&lists->accounts, g_ptr_array_unref);
  g_clear_pointer (&lists->statuses, g_ptr_array_unref);
  g_clear_pointer (&lists->agents, g_ptr_array_unref);
  g_clear_pointer (&lists->views, g_ptr_array_unref);
  g_clear_pointer (&lists->looks, g_hash_table_unref);
  g_clear_pointer (&lists->tags, g_strfreev);
  g_clear_pointer (&lists->categories, g_ptr_array_unref);
  g_clear_pointer (&lists->calendars, g_ptr_array_unref);
  g_clear_pointer (&lists->targets, g_ptr_array_unref);
  g_clear_pointer (&lists->translate, mos_translate_settings_unref);
}

/* The agent of this desk is listed first. */
static const char *
mos_desk_lists_get_me (MosDeskLists *lists)
{
  MosAgent *first = lists->agents->len > 0 ? g_ptr_array_index (lists->agents, 0) : NULL;

  return first != NULL && first->is_me ? first->id : NULL;
}

static void
mos_desk_lists_free (gpointer data)
{
  mos_desk_lists_clear (data);
  g_free (data);
}

static gboolean
mos_desk_read_lists (MosTxn *txn,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  MosDeskLists *lists = data;

  mos_desk_lists_clear (lists);
  lists->statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_status_unref);
  lists->accounts = mos_store_account_list (txn, error);
  if (lists->accounts == NULL || !mos_store_undo_get_last (txn, &lists->last_batch, error))
    return FALSE;
  for (guint i = 0; i < lists->accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (lists->accounts, i);
      MosAccountStatus *status = NULL;

      if (!mos_store_account_find_status (txn, account->id, &status, error))
        return FALSE;
      if (status != NULL)
        g_ptr_array_add (lists->statuses, status);
    }
  lists->agents = mos_store_agent_list (txn, error);
  if (lists->agents == NULL)
    return FALSE;
  lists->views = mos_store_view_list (txn, mos_desk_lists_get_me (lists), error);
  if (lists->views == NULL)
    return FALSE;
  lists->looks = mos_store_view_list_looks (txn, mos_desk_lists_get_me (lists), error);
  if (lists->looks == NULL)
    return FALSE;
  lists->categories = mos_store_category_list (txn, error);
  if (lists->categories == NULL)
    return FALSE;
  lists->calendars = mos_calendars_load (txn, error);
  if (lists->calendars == NULL)
    return FALSE;
  lists->targets = mos_store_targets_list (txn, error);
  if (lists->targets == NULL || !mos_store_translate_load (txn, &lists->translate, error))
    return FALSE;
  lists->tags = mos_store_tag_list (txn, error);
  return lists->tags != NULL;
}

static MosAccountStatus *
mos_desk_lists_find_status (MosDeskLists *lists,
                            const char *account)
{
  for (guint i = 0; i < lists->statuses->len; i++)
    {
      MosAccountStatus *status = g_ptr_array_index (lists->statuses, i);

      if (strcmp (status->account, account) == 0)
        return status;
    }
  return NULL;
}

static void
mos_desk_take_lists (MosDesk *self,
                     MosDeskLists *lists)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->accounts)), keep = 0;
  MosTargets *now;

  /* Accounts are few; items that stay keep their pointers, so that a selected one stays selected. */
  for (guint i = 0; i < lists->accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (lists->accounts, i);
      MosAccountStatus *status = mos_desk_lists_find_status (lists, account->id);
      g_autoptr (MosAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (item == NULL || strcmp (mos_account_item_get_account (item)->id, account->id) != 0)
        break;
      mos_account_item_set_account (item, account);
      if (mos_account_item_get_status (item) == NULL || !self->started)
        mos_account_item_set_status (item, status);
      else if (status != NULL)
        {
          g_autoptr (MosAccountStatus) merged = mos_desk_merge_status (mos_account_item_get_status (item), status);

          mos_account_item_set_status (item, merged);
        }
      keep++;
    }
  if (keep < n_old || keep < lists->accounts->len)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = keep; i < lists->accounts->len; i++)
        {
          MosAccount *account = g_ptr_array_index (lists->accounts, i);
          MosAccountItem *item = mos_account_item_new (account);

          mos_account_item_set_status (item, mos_desk_lists_find_status (lists, account->id));
          g_ptr_array_add (items, item);
        }
      g_list_store_splice (self->accounts, keep, n_old - keep, items->pdata, items->len);
    }
  mos_desk_follow_accounts (self);

  g_clear_pointer (&self->agents, g_ptr_array_unref);
  self->agents = g_steal_pointer (&lists->agents);
  g_clear_pointer (&self->tags, g_strfreev);
  self->tags = g_steal_pointer (&lists->tags);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  self->categories = g_steal_pointer (&lists->categories);
  lists->calendar_changed = !mos_calendar_history_equal (self->calendars, lists->calendars);
  g_clear_pointer (&self->calendars, g_ptr_array_unref);
  self->calendars = g_steal_pointer (&lists->calendars);
  now = mos_targets_ref (((MosTargetsVersion *) lists->targets->pdata[lists->targets->len - 1])->targets);
  lists->targets_changed = !mos_targets_equal (self->targets, now);
  g_clear_pointer (&self->targets, mos_targets_unref);
  self->targets = now;
  g_clear_pointer (&self->translate, mos_translate_settings_unref);
  self->translate = g_steal_pointer (&lists->translate);
  lists->translate_changed = mos_desk_mark_translate (self);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  self->views = g_steal_pointer (&lists->views);
  g_clear_pointer (&self->looks, g_hash_table_unref);
  self->looks = g_steal_pointer (&lists->looks);
  lists->agents = g_ptr_array_ref (self->agents);
  if (mos_desk_lists_get_me (lists) != NULL && g_set_str (&self->me, mos_desk_lists_get_me (lists)))
    mos_entity_cache_foreach (self->conversations, mos_desk_want_again, self);
}

static void
mos_desk_lists_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (mos_store_read_finish (MOS_STORE (source), result, &error))
    {
      MosDeskLists *lists = g_task_get_task_data (task);

      mos_desk_take_lists (self, lists);
      if (lists->views_changed)
        {
          g_signal_emit (self, signals[SIGNAL_VIEWS_CHANGED], 0);
          g_signal_emit (self, signals[SIGNAL_COUNTS_CHANGED], 0);
        }
      if (lists->calendar_changed)
        g_signal_emit (self, signals[SIGNAL_CALENDAR_CHANGED], 0);
      if (lists->targets_changed)
        g_signal_emit (self, signals[SIGNAL_TARGETS_CHANGED], 0);
      if (lists->translate_changed)
        g_signal_emit_by_name (self, "translate-changed");
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Accounts could not be read: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
mos_desk_reload_lists (MosDesk *self,
                       gboolean views_changed)
{
  /* The task only keeps desk and lists alive until the answer is here. */
  GTask *task = g_task_new (self, NULL, NULL, NULL);
  MosDeskLists *lists = g_new0 (MosDeskLists, 1);

  lists->views_changed = views_changed;
  g_task_set_source_tag (task, mos_desk_reload_lists);
  g_task_set_task_data (task, lists, mos_desk_lists_free);
  mos_store_read_async (self->store, mos_desk_read_lists, g_task_get_task_data (task), NULL,
                        self->cancellable, mos_desk_lists_cb, task);
}

static gboolean
mos_desk_reload_lists_later (gpointer data)
{
  MosDesk *self = data;

  self->lists_id = 0;
  mos_desk_reload_lists (self, FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
mos_desk_ensure_me (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  const char *name = g_get_real_name ();

  if (name == NULL || *name == '\0' || strcmp (name, "Unknown") == 0)
    name = g_get_user_name ();
  return mos_store_agent_ensure_me (txn, name, NULL, error) && mos_categories_begin (txn, g_get_language_names ()[0], error) &&
         mos_macros_begin (txn, g_get_language_names ()[0], error) && mos_retention_begin (txn, error);
}

/* --- changes --- */

static gboolean
mos_desk_emit_counts (gpointer data)
{
  MosDesk *self = data;

  self->counts_id = 0;
  g_signal_emit (self, signals[SIGNAL_COUNTS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
mos_desk_queue_counts (MosDesk *self)
{
  if (self->counts_id == 0)
    self->counts_id = g_timeout_add (MOS_DESK_COUNTS_MS, mos_desk_emit_counts, self);
}

static void
mos_desk_changed_cb (MosDesk *self,
                     MosChangeSet *changes,
                     MosStore *store)
{
  for (guint i = 0; i < changes->conversations->len; i++)
    {
      const char *id = g_ptr_array_index (changes->conversations, i);

      if (mos_entity_cache_peek (self->conversations, id) != NULL)
        mos_desk_want_row (self, id);
      if (!self->count_all)
        g_hash_table_add (self->count_ids, g_strdup (id));
    }
  if (changes->accounts->len > 0 || changes->views_changed || g_hash_table_size (self->count_ids) > MOS_DESK_COUNT_MAX)
    {
      self->count_all = TRUE;
      g_hash_table_remove_all (self->count_ids);
    }

  if (changes->accounts->len > 0 || changes->views_changed || changes->calendar_changed || changes->targets_changed)
    mos_desk_reload_lists (self, changes->views_changed);
  else if (changes->conversations->len > 0 && self->lists_id == 0)
    self->lists_id = g_timeout_add (MOS_DESK_LISTS_MS, mos_desk_reload_lists_later, self);
  if (changes->counts_changed)
    mos_desk_queue_counts (self);
  if (changes->macros_changed || changes->views_changed)
    mos_desk_queue_macros (self);
  if (changes->outbox_changed)
    mos_desk_wake_channels (self, NULL, MOS_CHANNEL_WAKE_OUTBOX);
  if (changes->wanted_changed)
    mos_desk_wake_channels (self, NULL, MOS_CHANNEL_WAKE_FLAGS);
  if (changes->due_changed && self->scheduler != NULL)
    mos_scheduler_rearm (MOS_SCHEDULER (self->scheduler));
  if (changes->due_changed)
    g_signal_emit (self, signals[SIGNAL_HELD_CHANGED], 0);
  if (changes->outreach_changed)
    g_signal_emit_by_name (self, "outreach-changed");
  if (changes->shops_changed)
    {
      mos_desk_follow_shops (self);
      g_signal_emit (self, signals[SIGNAL_SHOPS_CHANGED], 0);
    }
}

/* --- life --- */

static GObject *
mos_desk_make_conversation (const char *id)
{
  return G_OBJECT (mos_conversation_new (id));
}

static GObject *
mos_desk_make_message (const char *id)
{
  return G_OBJECT (mos_message_new (id));
}

static void
mos_desk_dispose (GObject *object)
{
  MosDesk *self = MOS_DESK (object);

  mos_desk_stop_sync (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->counts_id, g_source_remove);
  g_clear_handle_id (&self->lists_id, g_source_remove);
  g_clear_handle_id (&self->macros_id, g_source_remove);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_id, self->store);
  if (self->worker != NULL)
    mos_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
  if (self->sign_in_worker != NULL)
    mos_worker_shutdown (self->sign_in_worker);
  g_clear_object (&self->sign_in_worker);
  if (self->translate_worker != NULL)
    mos_worker_shutdown (self->translate_worker);
  g_clear_object (&self->translate_worker);
  g_clear_pointer (&self->translating, mos_translating_unref);
  if (self->host != NULL)
    mos_desk_host_set_listener (MOS_DESK_HOST (self->host), NULL, NULL);
  g_clear_object (&self->host);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (mos_desk_parent_class)->dispose (object);
}

static void
mos_desk_finalize (GObject *object)
{
  MosDesk *self = MOS_DESK (object);

  g_clear_pointer (&self->wanted_set, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->conversations, mos_entity_cache_free);
  g_clear_pointer (&self->messages, mos_entity_cache_free);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->agents, g_ptr_array_unref);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->looks, g_hash_table_unref);
  g_clear_pointer (&self->counter, mos_view_counter_unref);
  g_clear_pointer (&self->reports, mos_report_cache_unref);
  g_clear_pointer (&self->count_ids, g_hash_table_unref);
  g_clear_pointer (&self->count_seen, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->calendars, g_ptr_array_unref);
  g_clear_pointer (&self->targets, mos_targets_unref);
  g_clear_pointer (&self->translate, mos_translate_settings_unref);
  g_clear_pointer (&self->translate_mark, g_free);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->macros, g_ptr_array_unref);
  g_clear_object (&self->accounts);
  g_clear_object (&self->jobs);
  g_clear_object (&self->cancellable);
  g_free (self->me);
  g_free (self->attribution);
  g_free (self->forward_heading);
  g_free (self->date_format);

  G_OBJECT_CLASS (mos_desk_parent_class)->finalize (object);
}

static void
mos_desk_class_init (MosDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mos_desk_dispose;
  object_class->finalize = mos_desk_finalize;

  signals[SIGNAL_VIEWS_CHANGED] = g_signal_new ("views-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("typing", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_chat_typing_get_type ());
  g_signal_new ("call", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_chat_update_get_type ());
  g_signal_new ("outreach-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("macros-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CALENDAR_CHANGED] = g_signal_new ("calendar-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TARGETS_CHANGED] = g_signal_new ("targets-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("translate-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("backup-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("backup-failed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MOS_TYPE_JOB);
  g_signal_new ("targets-told", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_COUNTS_CHANGED] = g_signal_new ("counts-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 0);
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, mos_conversation_row_get_type (), mos_message_row_get_type ());
  signals[SIGNAL_JOB_ENDED] = g_signal_new ("job-ended", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MOS_TYPE_JOB);
  signals[SIGNAL_CAME] = g_signal_new ("came", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, mos_due_row_get_type (), mos_conversation_row_get_type ());
  signals[SIGNAL_HELD_CHANGED] = g_signal_new ("held-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOPS_CHANGED] = g_signal_new ("shops-changed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SEND_FAILED] = g_signal_new ("send-failed", MOS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, mos_outbox_item_get_type ());
}

static void
mos_desk_init (MosDesk *self)
{
  self->conversations = mos_entity_cache_new (mos_desk_make_conversation);
  mos_entity_cache_keep (self->conversations, MOS_DESK_KEPT);
  self->messages = mos_entity_cache_new (mos_desk_make_message);
  self->accounts = g_list_store_new (MOS_TYPE_ACCOUNT_ITEM);
  self->jobs = g_list_store_new (MOS_TYPE_JOB);
  self->agents = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_saved_view_unref);
  self->looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counter = mos_view_counter_new ();
  self->reports = mos_report_cache_new ();
  self->count_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->count_all = TRUE;
  self->tags = g_new0 (char *, 1);
  self->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_version_free);
  self->targets = mos_targets_make_default ();
  self->translate = mos_translate_settings_make (MOS_TRANSLATE_OFF, NULL);
  self->categories = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_category_unref);
  self->macros = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_unref);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->wanted = g_ptr_array_new_with_free_func (g_free);
  self->wanted_set = g_hash_table_new (g_str_hash, g_str_equal);
  self->cancellable = g_cancellable_new ();
}

/**
 * mos_desk_new:
 * @store: (transfer none): the open profile
 * @flags: how it is used
 *
 * Reads accounts, agents and tags at once (a few short queries), so that the
 * first window knows whether there is anything to show.
 *
 * Returns: (transfer full): a desk that is not started
 */
MosDesk *
mos_desk_new (MosStore *store,
              MosDeskFlags flags)
{
  MosDesk *self;
  g_autoptr (GError) error = NULL;
  MosDeskLists lists = { 0 };

  g_return_val_if_fail (MOS_IS_STORE (store), NULL);

  self = g_object_new (MOS_TYPE_DESK, NULL);
  self->store = g_object_ref (store);
  self->flags = flags;

  /* A store that is open for reading only has no writer; then the agent is the one that is there, if any. */
  if (!mos_store_write_sync (store, NULL, NULL, mos_desk_ensure_me, NULL, NULL, NULL, &error))
    {
      g_debug ("The agent was not made: %s", error->message);
      g_clear_error (&error);
    }
  if (mos_store_read_sync (store, mos_desk_read_lists, &lists, NULL, &error))
    {
      self->first_batch = lists.last_batch;
      mos_desk_take_lists (self, &lists);
    }
  else
    g_debug ("Accounts could not be read: %s", error->message);
  mos_desk_lists_clear (&lists);
  mos_desk_queue_macros (self);

  self->changed_id = g_signal_connect_object (store, "changed", G_CALLBACK (mos_desk_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
mos_desk_start (MosDesk *self)
{
  g_return_if_fail (MOS_IS_DESK (self));

  if (self->started)
    return;

  self->started = TRUE;
  self->scheduler = G_OBJECT (mos_scheduler_new (self->store));
  g_signal_connect_object (self->scheduler, "came", G_CALLBACK (mos_desk_tell_came), self, G_CONNECT_SWAPPED);
  mos_desk_follow_zone (self);
  mos_scheduler_start (MOS_SCHEDULER (self->scheduler));
  mos_desk_start_channels (self);
  mos_desk_follow_shops (self);
  mos_desk_load_jobs (self);
  mos_desk_begin_backups (self);
  self->file_text = G_OBJECT (mos_file_text_new (self->store));
  if (!self->leaves_files)
    mos_file_text_start (MOS_FILE_TEXT (self->file_text));
}

void
mos_desk_stop_sync (MosDesk *self)
{
  g_autoptr (GCancellable) ended = NULL;

  g_return_if_fail (MOS_IS_DESK (self));

  /* Also what waits for a server or the keyring on behalf of a dialog. */
  ended = g_steal_pointer (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_cancellable_cancel (ended);
  mos_desk_stop_jobs (self);
  if (!self->started)
    return;

  self->started = FALSE;
  if (self->scheduler != NULL)
    mos_scheduler_stop (MOS_SCHEDULER (self->scheduler));
  g_clear_object (&self->scheduler);
  if (self->file_text != NULL)
    mos_file_text_stop (MOS_FILE_TEXT (self->file_text));
  g_clear_object (&self->file_text);
  mos_desk_stop_channels (self);
  mos_desk_stop_shops (self);
}

void
mos_desk_set_reads_files (MosDesk *self,
                          gboolean reads_files)
{
  g_return_if_fail (MOS_IS_DESK (self));

  self->leaves_files = !reads_files;
  if (self->file_text != NULL && reads_files)
    mos_file_text_start (MOS_FILE_TEXT (self->file_text));
  else if (self->file_text != NULL)
    mos_file_text_stop (MOS_FILE_TEXT (self->file_text));
}

MosDeskFlags
mos_desk_get_flags (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), MOS_DESK_FLAG_NONE);

  return self->flags;
}

MosStore *
mos_desk_get_store (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->store;
}

GListModel *
mos_desk_get_accounts (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return G_LIST_MODEL (self->accounts);
}

GPtrArray *
mos_desk_get_agents (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->agents;
}

GStrv
mos_desk_get_tags (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->tags;
}

/* Called by the parts of the desk on the main context. */
void
mos_desk_emit_arrived (MosDesk *self,
                       MosConversationRow *row,
                       MosMessageRow *message)
{
  g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, row, message);
}

void
mos_desk_emit_came (MosDesk *self,
                    MosDueRow *due,
                    MosConversationRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CAME], 0, due, row);
}

void
mos_desk_emit_send_failed (MosDesk *self,
                           MosOutboxItem *item)
{
  g_signal_emit (self, signals[SIGNAL_SEND_FAILED], 0, item);
}

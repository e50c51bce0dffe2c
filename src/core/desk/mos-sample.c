/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-sample.h"

#include "core/base/mos-id.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-macros.h"
#include "core/desk/mos-sample-chats.h"
#include "core/desk/mos-sample-mail.h"
#include "core/desk/mos-sample-orders.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-surveys.h"

#include <errno.h>
#include <glib/gstdio.h>

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define DAY_US (24 * 60 * MINUTE_US)
/* People close and tag a while after the last message, not in the same second. */
#define SETTLE_US (15 * MINUTE_US)
/* All of the shop's mail is work, none of it archive. */
#define WORK_DAYS 90

typedef enum
{
  STEP_MAIL,
  STEP_CHAT,
  STEP_NOTE,
  STEP_SETTLE,
  STEP_SCORE,
} StepKind;

/* One thing that happens in the shop. */
typedef struct
{
  StepKind kind;
  gint64 at_us;
  guint order;
  guint conversation;
  guint number;          /* of STEP_CHAT: which of the chat's messages */
  MosIncoming *incoming; /* (owned) (nullable) */
  JsonObject *content;   /* (borrowed): the chat, the note, the conversation, or the score */
} Step;

typedef struct
{
  JsonObject *shop;  /* (owned) */
  JsonObject *chats; /* (owned) */
  MosStore *store;   /* (owned) */
  MosManualClock *clock;
  GHashTable *accounts; /* (owned) key -> MosAccount */
  GHashTable *agents;   /* (owned) key -> id */
  GPtrArray *steps;     /* (owned) of Step */
  char **conversations; /* (owned) ids by the content's order, those of chats behind those of mail; NULL until the first message came */
  guint n_conversations;
  gint64 now_us;
} Sample;

static void
step_free (Step *step)
{
  g_clear_pointer (&step->incoming, mos_incoming_unref);
  g_free (step);
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *x = *(Step *const *) a;
  const Step *y = *(Step *const *) b;

  if (x->at_us != y->at_us)
    return x->at_us < y->at_us ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static Step *
add_step (Sample *self,
          StepKind kind,
          gint64 at_us,
          guint conversation,
          JsonObject *content)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->at_us = MIN (at_us, self->now_us);
  step->order = self->steps->len;
  step->conversation = conversation;
  step->content = content;
  g_ptr_array_add (self->steps, step);
  return step;
}

/* --- Planning -------------------------------------------------------------------------------- */

/* What was answered was read; the newest message of the last hours was not. */
static void
mark_read (Sample *self,
           GPtrArray *mail)
{
  gboolean answered = FALSE;

  for (guint i = mail->len; i-- > 0;)
    {
      MosIncoming *incoming = mail->pdata[i];

      if (incoming->role == MOS_FOLDER_SENT)
        answered = TRUE;
      else if (answered || self->now_us - incoming->received_us > DAY_US / 3)
        incoming->flags |= MOS_MESSAGE_FLAG_SEEN;
    }
}

static void
plan_score (Sample *self,
            guint conversation,
            JsonObject *content)
{
  JsonObject *score;

  if (!json_object_has_member (content, "score"))
    return;
  score = json_object_get_object_member (content, "score");
  add_step (self, STEP_SCORE, self->now_us - mos_sample_parse_ago_us (json_object_get_string_member (score, "ago")), conversation, score);
}

static gboolean
plan_conversation (Sample *self,
                   guint number,
                   JsonObject *conversation,
                   GError **error)
{
  JsonArray *messages = json_object_get_array_member (conversation, "messages");
  g_autoptr (GPtrArray) mail = mos_sample_make_mail (self->shop, number, self->now_us, error);
  gint64 last_us = 0;

  if (mail == NULL)
    return FALSE;
  mark_read (self, mail);

  for (guint i = 0; i < mail->len; i++)
    {
      MosIncoming *incoming = mail->pdata[i];

      add_step (self, STEP_MAIL, incoming->received_us, number, NULL)->incoming = mos_incoming_ref (incoming);
      last_us = MAX (last_us, incoming->received_us);
    }
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);

      if (g_str_equal (json_object_get_string_member (message, "kind"), "note"))
        {
          gint64 at_us = self->now_us - mos_sample_parse_ago_us (json_object_get_string_member (message, "ago"));

          add_step (self, STEP_NOTE, at_us, number, message);
          last_us = MAX (last_us, at_us);
        }
    }
  add_step (self, STEP_SETTLE, last_us + SETTLE_US, number, conversation);
  plan_score (self, number, conversation);
  return TRUE;
}

/* Nothing of a kind that this version does not know. */
static void
plan_chat (Sample *self,
           guint conversation,
           JsonObject *chat)
{
  JsonArray *messages = json_object_get_array_member (chat, "messages");
  gint64 last_us = 0;

  if (!g_hash_table_contains (self->accounts, json_object_get_string_member (chat, "account")))
    return;
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      gint64 at_us = self->now_us - mos_sample_parse_ago_us (json_object_get_string_member (json_array_get_object_element (messages, i), "ago"));

      add_step (self, STEP_CHAT, at_us, conversation, chat)->number = i;
      last_us = MAX (last_us, at_us);
    }
  add_step (self, STEP_SETTLE, last_us + SETTLE_US, conversation, chat);
  plan_score (self, conversation, chat);
}

/* --- Doing ----------------------------------------------------------------------------------- */

typedef struct
{
  Sample *sample;
  Step *step;
} Doing;

static const char *
agent_of (Sample *self,
          JsonObject *content)
{
  const char *key = json_object_get_string_member_with_default (content, "assignee", NULL);

  return key != NULL ? g_hash_table_lookup (self->agents, key) : NULL;
}

static MosAccount *
account_of (Sample *self,
            const char *id)
{
  GHashTableIter iter;
  gpointer account;

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &account))
    if (g_str_equal (((MosAccount *) account)->id, id))
      return account;
  return NULL;
}

static gboolean
take_mail (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Doing *doing = data;
  Sample *self = doing->sample;
  MosIncoming *incoming = doing->step->incoming;
  g_autoptr (MosIngestResult) result = NULL;
  char **conversation = &self->conversations[doing->step->conversation];

  if (!mos_ingest_message (txn, account_of (self, incoming->account), incoming, &result, error))
    return FALSE;
  if (*conversation == NULL)
    *conversation = g_strdup (result->conversation);
  return TRUE;
}

static gboolean
take_chat (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Doing *doing = data;
  Sample *self = doing->sample;
  Step *step = doing->step;
  char **conversation = &self->conversations[step->conversation];
  MosAccount *account = g_hash_table_lookup (self->accounts, json_object_get_string_member (step->content, "account"));

  if (!mos_sample_play_chat (txn, account, self->shop, step->content, step->number, conversation, error))
    return FALSE;
  /* As of mail: the newest of the last hours was not read. */
  return self->now_us - step->at_us <= DAY_US / 3 || mos_store_conversation_set_read (txn, *conversation, TRUE, error);
}

static gboolean
add_note (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Doing *doing = data;

  return mos_action_add_note (txn, doing->sample->conversations[doing->step->conversation], json_object_get_string_member (doing->step->content, "text"), NULL, error);
}

static gboolean
settle (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Doing *doing = data;
  Sample *self = doing->sample;
  JsonObject *content = doing->step->content;
  const char *ids[] = { self->conversations[doing->step->conversation], NULL };
  const char *agent = agent_of (self, content);
  JsonArray *tags = json_object_has_member (content, "tags") ? json_object_get_array_member (content, "tags") : NULL;
  MosPriority priority = mos_priority_from_nick (json_object_get_string_member_with_default (content, "priority", NULL), MOS_PRIORITY_NORMAL);
  MosStatus status = mos_status_from_nick (json_object_get_string_member_with_default (content, "status", NULL), MOS_STATUS_OPEN);
  const char *snooze = json_object_get_string_member_with_default (content, "snooze", NULL);
  gint64 until_us = 0;

  if (g_strcmp0 (snooze, "monday") == 0)
    until_us = mos_time_next_weekday_at (self->now_us, NULL, 1, 9, 0);
  else if (snooze != NULL)
    until_us = mos_time_tomorrow_at (self->now_us, NULL, 9, 0);

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    if (!mos_action_tag (txn, ids, json_array_get_string_element (tags, i), TRUE, error))
      return FALSE;
  return (agent == NULL || mos_action_assign (txn, ids, agent, error)) &&
         (priority == MOS_PRIORITY_NORMAL || mos_action_set_priority (txn, ids, priority, error)) &&
         (status == MOS_STATUS_OPEN || mos_action_set_status (txn, ids, status, until_us, error));
}

/* As if they had been asked an hour before. */
static gboolean
take_score (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Doing *doing = data;
  JsonObject *content = doing->step->content;
  g_autoptr (MosSurvey) survey = mos_survey_make (mos_survey_kind_from_nick (json_object_get_string_member (content, "kind"), MOS_SURVEY_CSAT));

  survey->conversation = g_strdup (doing->sample->conversations[doing->step->conversation]);
  survey->score = (int) json_object_get_int_member (content, "score");
  survey->answered_us = mos_txn_get_now_us (txn);
  survey->asked_us = survey->answered_us - 60 * MINUTE_US;
  g_set_str (&survey->comment, json_object_get_string_member_with_default (content, "comment", ""));
  return mos_store_survey_add (txn, survey, NULL, error);
}

static MosActor
actor_of_chat (Sample *self,
               Step *step)
{
  JsonObject *message = json_array_get_object_element (json_object_get_array_member (step->content, "messages"), step->number);

  if (!g_str_equal (json_object_get_string_member (message, "kind"), "outgoing"))
    return (MosActor) { MOS_ACTOR_SYSTEM, NULL };
  return (MosActor) { MOS_ACTOR_HUMAN, g_hash_table_lookup (self->agents, json_object_get_string_member_with_default (message, "by", "me")) };
}

static gboolean
do_step (Sample *self,
         Step *step,
         GCancellable *cancellable,
         GError **error)
{
  static const MosStoreFunc funcs[] = { [STEP_MAIL] = take_mail, [STEP_CHAT] = take_chat, [STEP_NOTE] = add_note, [STEP_SETTLE] = settle, [STEP_SCORE] = take_score };
  Doing doing = { self, step };
  MosActor actor = { MOS_ACTOR_HUMAN, g_hash_table_lookup (self->agents, "me") };

  if ((step->kind == STEP_MAIL && step->incoming->role != MOS_FOLDER_SENT) || step->kind == STEP_SCORE)
    actor = (MosActor) { MOS_ACTOR_CUSTOMER, NULL };
  else if (step->kind == STEP_CHAT)
    actor = actor_of_chat (self, step);
  mos_manual_clock_set (self->clock, step->at_us);
  return mos_store_write_sync (self->store, &actor, NULL, funcs[step->kind], &doing, NULL, cancellable, error);
}

/* --- Accounts and agents --------------------------------------------------------------------- */

static MosServer *
copy_server (MosServer *from,
             const char *user)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup (from->host);
  server->port = from->port;
  server->security = from->security;
  server->user = g_strdup (user);
  return server;
}

static void
make_accounts (Sample *self,
               const MosSampleServers *servers)
{
  static const char *const keys[] = { "support", "orders" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      MosAccount *account = mos_sample_make_account (self->shop, keys[i]);

      account->work_since_us = self->now_us - WORK_DAYS * DAY_US;
      if (servers != NULL && servers->imap != NULL)
        {
          g_clear_pointer (&account->imap, mos_server_unref);
          g_clear_pointer (&account->smtp, mos_server_unref);
          account->imap = copy_server (servers->imap, account->address);
          account->smtp = copy_server (servers->smtp, account->address);
          account->ca_file = g_strdup (servers->ca_file);
        }
      g_hash_table_insert (self->accounts, (gpointer) keys[i], account);
    }
}

static void
make_chat_accounts (Sample *self)
{
  JsonArray *rows = json_object_get_array_member (self->chats, "accounts");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      MosAccount *account = mos_sample_make_chat_account (row);

      if (account == NULL)
        continue;
      account->position = (int) g_hash_table_size (self->accounts);
      g_hash_table_insert (self->accounts, (gpointer) json_object_get_string_member (row, "key"), account);
    }
}

static gboolean
open_shop (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Sample *self = data;
  JsonArray *agents = json_object_get_array_member (self->shop, "agents");
  GHashTableIter iter;
  gpointer account;

  for (guint i = 0; i < json_array_get_length (agents); i++)
    {
      JsonObject *object = json_array_get_object_element (agents, i);
      const char *key = json_object_get_string_member (object, "key");
      g_autoptr (MosAgent) agent = mos_agent_new ();

      agent->is_me = g_str_equal (key, "me");
      agent->name = g_strdup (json_object_get_string_member (object, "name"));
      agent->id = mos_id_derive ("agent", "sample", key, NULL);
      if (!mos_store_agent_save (txn, agent, error))
        return FALSE;
      g_hash_table_insert (self->agents, (gpointer) key, g_strdup (agent->id));
    }

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &account))
    if (!mos_store_account_save (txn, account, error))
      return FALSE;
  return mos_macros_install_starter (txn, g_get_language_names ()[0], NULL, error);
}

static gboolean
fill_shops (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Sample *self = data;

  return mos_sample_add_orders (txn, self->shop, (const char *const *) self->conversations, self->now_us, error);
}

/* --- Export ---------------------------------------------------------------------------------- */

static gboolean
export_mail (Sample *self,
             const char *folder,
             GError **error)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      Step *step = self->steps->pdata[i];
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      g_autofree char *parent = NULL;
      gsize size;
      const char *bytes;

      if (step->kind != STEP_MAIL)
        continue;
      name = g_strdup_printf ("%" G_GINT64_FORMAT ".%u.%s.eml", step->incoming->received_us / G_USEC_PER_SEC, step->order,
                              step->incoming->flags & MOS_MESSAGE_FLAG_SEEN ? "S" : "-");
      path = g_build_filename (folder, account_of (self, step->incoming->account)->address,
                               step->incoming->role == MOS_FOLDER_SENT ? "Sent" : "INBOX", name, NULL);
      parent = g_path_get_dirname (path);
      bytes = g_bytes_get_data (step->incoming->raw, &size);
      if (g_mkdir_with_parents (parent, 0700) != 0)
        {
          g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "%s: %s", parent, g_strerror (errno));
          return FALSE;
        }
      if (!g_file_set_contents (path, bytes, (gssize) size, error))
        return FALSE;
    }
  return TRUE;
}

/* --- The whole ------------------------------------------------------------------------------- */

static gboolean
play (Sample *self,
      const char *export_folder,
      GCancellable *cancellable,
      GError **error)
{
  MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  JsonArray *conversations = json_object_get_array_member (self->shop, "conversations");
  JsonArray *chats = json_object_get_array_member (self->chats, "chats");
  guint n_mail = json_array_get_length (conversations);

  self->n_conversations = n_mail + json_array_get_length (chats);
  self->conversations = g_new0 (char *, self->n_conversations + 1);
  for (guint i = 0; i < n_mail; i++)
    if (!plan_conversation (self, i, json_array_get_object_element (conversations, i), error))
      return FALSE;
  for (guint i = 0; i < json_array_get_length (chats); i++)
    plan_chat (self, n_mail + i, json_array_get_object_element (chats, i));
  g_ptr_array_sort (self->steps, compare_steps);

  if (!mos_store_write_sync (self->store, &actor, NULL, open_shop, self, NULL, cancellable, error))
    return FALSE;
  for (guint i = 0; i < self->steps->len; i++)
    if (!do_step (self, self->steps->pdata[i], cancellable, error))
      return FALSE;
  mos_manual_clock_set (self->clock, self->now_us);
  if (!mos_store_write_sync (self->store, &actor, NULL, fill_shops, self, NULL, cancellable, error))
    return FALSE;
  return export_folder == NULL || export_mail (self, export_folder, error);
}

gboolean
mos_sample_fill_sync (const char *profile,
                      const MosSampleServers *servers,
                      gint64 now_us,
                      GCancellable *cancellable,
                      GError **error)
{
  Sample self = { .now_us = now_us };
  gboolean ok = FALSE;

  g_return_val_if_fail (profile != NULL, FALSE);

  self.shop = mos_sample_load_shop (error);
  self.chats = self.shop != NULL ? mos_sample_load_chats (error) : NULL;
  if (self.chats == NULL)
    {
      g_clear_pointer (&self.shop, json_object_unref);
      return FALSE;
    }
  self.clock = MOS_MANUAL_CLOCK (mos_manual_clock_new (now_us - WORK_DAYS * DAY_US));
  self.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) mos_account_unref);
  self.agents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self.steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  make_accounts (&self, servers);
  make_chat_accounts (&self);

  self.store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, MOS_CLOCK (self.clock), cancellable, error);
  if (self.store != NULL)
    {
      ok = play (&self, servers != NULL ? servers->export_folder : NULL, cancellable, error);
      mos_store_close_sync (self.store);
    }

  g_clear_object (&self.store);
  g_clear_object (&self.clock);
  for (guint i = 0; i < self.n_conversations; i++)
    g_free (self.conversations[i]);
  g_free (self.conversations);
  g_ptr_array_unref (self.steps);
  g_hash_table_unref (self.agents);
  g_hash_table_unref (self.accounts);
  json_object_unref (self.chats);
  json_object_unref (self.shop);
  return ok;
}

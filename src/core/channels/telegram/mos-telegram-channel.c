/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-channel.h"

#include "core/channels/telegram/mos-telegram-parse.h"
#include "core/channels/telegram/mos-telegram-send.h"

#include <string.h>

/* Which update is asked for next: the server forgets all before it. */
#define OFFSET "offset"
#define MAX_PICTURE (1024 * 1024)

struct _MosTelegramChannel
{
  MosChatChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (MosTelegramChannel, mos_telegram_channel, MOS_TYPE_CHAT_CHANNEL)

typedef struct
{
  MosTelegramApi *api; /* (owned) */
  MosTelegramBot *bot; /* (owned) */
  MosTelegramRules rules;
} Session;

/* --- what trouble means --- */

static MosChatError
code_of_trouble (const char *code)
{
  static const struct
  {
    const char *code;
    MosChatError error;
  } table[] = {
    { "auth-failed", MOS_CHAT_ERROR_KEY_REFUSED },
    { "webhook", MOS_CHAT_ERROR_TAKEN },
    { "webhook-set", MOS_CHAT_ERROR_TAKEN },
    { "other-program", MOS_CHAT_ERROR_TAKEN },
    { "bad-address", MOS_CHAT_ERROR_NO_SERVER },
    { "blocked", MOS_CHAT_ERROR_CLOSED },
    { "deactivated", MOS_CHAT_ERROR_CLOSED },
    { "removed", MOS_CHAT_ERROR_CLOSED },
    { "not-started", MOS_CHAT_ERROR_CLOSED },
    { "forbidden", MOS_CHAT_ERROR_CLOSED },
    { "chat-not-found", MOS_CHAT_ERROR_CLOSED },
    { "business-gone", MOS_CHAT_ERROR_CLOSED },
    { "moved", MOS_CHAT_ERROR_MOVED },
    { "window", MOS_CHAT_ERROR_WINDOW },
    { "too-large", MOS_CHAT_ERROR_TOO_LARGE },
    { "text-too-long", MOS_CHAT_ERROR_TOO_LARGE },
    { "file-gone", MOS_CHAT_ERROR_GONE },
    { "rate-limited", MOS_CHAT_ERROR_TEMPORARY },
    { "temporary", MOS_CHAT_ERROR_TEMPORARY },
    { "bad-answer", MOS_CHAT_ERROR_PROTOCOL },
    { "uncertain", MOS_CHAT_ERROR_UNCERTAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].code, code))
      return table[i].error;
  return MOS_CHAT_ERROR_REFUSED;
}

static guint
retry_ms_of (const MosTelegramTrouble *trouble)
{
  return MIN (trouble->retry_after_s, G_MAXUINT / 1000) * 1000;
}

/* @trouble: (transfer full); @ret_retry_ms: (nullable). Returns: %NULL */
static gpointer
fail (MosTelegramTrouble *trouble,
      guint *ret_retry_ms,
      GError **error)
{
  g_autoptr (MosTelegramTrouble) owned = trouble;
  const char *detail = trouble->detail != NULL ? trouble->detail : trouble->code;

  if (ret_retry_ms != NULL)
    *ret_retry_ms = retry_ms_of (trouble);
  if (trouble->outcome == MOS_TELEGRAM_CANCELLED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, detail);
  else if (g_str_equal (trouble->code, "bad-certificate"))
    g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, detail);
  else if (g_str_equal (trouble->code, "network"))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, detail);
  else if (g_str_has_prefix (trouble->code, "webhook"))
    g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TAKEN, MOS_CHAT_WEBHOOK ": %s", detail);
  else
    g_set_error_literal (error, MOS_CHAT_ERROR, (int) code_of_trouble (trouble->code), detail);
  return NULL;
}

/* --- a session --- */

static void
session_free (Session *session)
{
  mos_telegram_api_free (session->api);
  g_clear_pointer (&session->bot, mos_telegram_bot_free);
  g_free (session);
}

static void
mos_telegram_channel_close (MosChatChannel *channel,
                            gpointer session)
{
  session_free (session);
}

static gpointer
mos_telegram_channel_open_sync (MosChatChannel *channel,
                                const char *secret,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  MosAccount *account = mos_channel_get_account (MOS_CHANNEL (channel));
  Session *session = g_new0 (Session, 1);
  MosTelegramTrouble *trouble = NULL;

  session->api = mos_telegram_api_new (mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL), secret);
  session->bot = mos_telegram_api_get_me_sync (session->api, cancellable, &trouble);
  if (session->bot == NULL)
    {
      fail (trouble, ret_retry_ms, error);
      session_free (session);
      return NULL;
    }
  session->rules.bot = session->bot->id;
  session->rules.takes_groups = g_strcmp0 (mos_account_get_setting (account, MOS_TELEGRAM_GROUPS, NULL), "1") == 0;
  return session;
}

static gboolean
mos_telegram_channel_identify_sync (MosChatChannel *channel,
                                    gpointer data,
                                    char **ret_address,
                                    char **ret_name,
                                    GCancellable *cancellable,
                                    GError **error)
{
  Session *session = data;
  MosTelegramTrouble *trouble = NULL;
  g_autofree char *webhook = mos_telegram_api_get_webhook_sync (session->api, NULL, cancellable, &trouble);

  if (webhook == NULL)
    return fail (trouble, NULL, error) != NULL;
  if (*webhook != '\0')
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TAKEN, MOS_CHAT_WEBHOOK ": %s", webhook);
      return FALSE;
    }
  *ret_address = g_strconcat ("@", session->bot->username, NULL);
  *ret_name = g_strdup (session->bot->name);
  return TRUE;
}

/* --- what comes in --- */

/* All chats that are held through it: in them nothing can be written while it is switched off, or the bot has no right to. */
static MosChatUpdate *
make_connection_update (const MosTelegramConnection *connection)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = MOS_CHAT_THREAD;
  update->change = connection->is_enabled && connection->can_reply ? MOS_CHAT_THREAD_OPENED : MOS_CHAT_THREAD_CLOSED;
  update->why = g_strdup ("business-gone");
  update->thread = g_strdup ("");
  update->group = g_strconcat ("@", connection->id, NULL);
  update->id = g_strdup ("");
  update->text = g_strdup ("");
  update->at_us = connection->at_us;
  return update;
}

static MosChatBatch *
mos_telegram_channel_poll_sync (MosChatChannel *channel,
                                gpointer data,
                                GHashTable *cursors,
                                guint wait_s,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;
  gint64 offset = mos_chat_cursor_get_number (cursors, OFFSET);
  MosTelegramTrouble *trouble = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (MosTelegramUpdates) updates = NULL;
  g_autoptr (GError) local = NULL;
  MosChatBatch *batch;

  answer = mos_telegram_api_get_updates_sync (session->api, offset, wait_s, cancellable, &trouble);
  if (answer == NULL)
    return fail (trouble, ret_retry_ms, error);
  updates = mos_telegram_parse_updates (answer, &session->rules, &local);
  if (updates == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, local->message);
      return NULL;
    }
  /* Nothing of it has a number: asked again at once, the same would come. */
  if (updates->received > 0 && updates->next_offset == 0)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "updates without update_id");
      return NULL;
    }
  batch = mos_chat_batch_new ();
  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_ref (updates->updates);
  for (guint i = 0; i < updates->connections->len; i++)
    g_ptr_array_add (batch->updates, make_connection_update (updates->connections->pdata[i]));
  /* The server forgets them with the others. */
  for (guint i = 0; i < updates->broken->len; i++)
    g_ptr_array_add (batch->updates, mos_chat_update_make_broken (updates->broken->pdata[i], NULL));
  batch->has_more = updates->received > 0;
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (updates->next_offset != 0)
    mos_chat_cursor_put_number (batch->cursors, OFFSET, updates->next_offset);
  return batch;
}

/* The hourglass on a button goes, and the buttons with it: one answer is enough. That it is too late for that harms nobody. */
static gboolean
mos_telegram_channel_taken_sync (MosChatChannel *channel,
                                 gpointer data,
                                 MosChatBatch *batch,
                                 GCancellable *cancellable,
                                 GError **error)
{
  Session *session = data;

  for (guint i = 0; i < batch->updates->len; i++)
    {
      MosChatUpdate *update = batch->updates->pdata[i];
      MosTelegramTrouble *trouble = NULL;

      if (update->kind != MOS_CHAT_PRESS || update->press == NULL)
        continue;
      if (!mos_telegram_api_answer_press_sync (session->api, update->press, NULL, cancellable, &trouble) ||
          !mos_telegram_api_remove_buttons_sync (session->api, update->thread, update->id, cancellable, &trouble))
        {
          if (trouble->outcome == MOS_TELEGRAM_CANCELLED)
            return fail (trouble, NULL, error) != NULL;
          g_debug ("A press was not answered: %s", trouble->code);
          mos_telegram_trouble_free (trouble);
        }
    }
  return TRUE;
}

/* --- what goes out --- */

/* A group that grew has another number now: the same part, there. */
static MosChatOutgoing *
move_outgoing (const MosChatOutgoing *outgoing,
               gint64 chat)
{
  MosChatOutgoing *moved = mos_chat_outgoing_new ();
  g_autofree char *connection = NULL;
  gint64 old_chat, topic;

  mos_telegram_thread_read (outgoing->thread, &old_chat, &topic, &connection);
  moved->thread = mos_telegram_thread_new (chat, topic, connection);
  moved->person = outgoing->person != NULL ? mos_chat_person_ref (outgoing->person) : NULL;
  moved->parts = g_ptr_array_ref (outgoing->parts);
  moved->tag = g_strdup (outgoing->tag);
  return moved;
}

static void
read_trouble (MosChatSendOutcome *outcome,
              const MosTelegramTrouble *trouble)
{
  /* It is about the account, and no message's own end: with another token it goes out. */
  gboolean is_key = code_of_trouble (trouble->code) == MOS_CHAT_ERROR_KEY_REFUSED;

  outcome->state = is_key                                       ? MOS_DELIVERY_QUEUED
                   : trouble->outcome == MOS_TELEGRAM_REFUSED   ? MOS_DELIVERY_FAILED
                   : trouble->outcome == MOS_TELEGRAM_UNCERTAIN ? MOS_DELIVERY_UNCERTAIN
                                                                : MOS_DELIVERY_QUEUED;
  outcome->why = g_strdup (is_key ? "key-refused" : trouble->code);
  outcome->detail = g_strdup (trouble->detail);
  outcome->retry_after_ms = retry_ms_of (trouble);
}

static void
mos_telegram_channel_send_sync (MosChatChannel *channel,
                                gpointer data,
                                MosChatOutgoing *outgoing,
                                MosChatPart *part,
                                GBytes *bytes,
                                MosChatSendOutcome *ret_outcome,
                                GCancellable *cancellable)
{
  Session *session = data;
  g_autoptr (MosTelegramTrouble) trouble = NULL;
  guint index = 0;
  char *id;

  g_ptr_array_find (outgoing->parts, part, &index);
  id = mos_telegram_send_part_sync (session->api, outgoing, index, bytes, cancellable, &trouble);
  if (id == NULL && trouble->migrate_to != 0)
    {
      g_autoptr (MosChatOutgoing) moved = move_outgoing (outgoing, trouble->migrate_to);

      g_clear_pointer (&trouble, mos_telegram_trouble_free);
      id = mos_telegram_send_part_sync (session->api, moved, index, bytes, cancellable, &trouble);
    }
  if (id != NULL)
    {
      ret_outcome->state = MOS_DELIVERY_ACCEPTED;
      ret_outcome->remote = id;
      return;
    }

  read_trouble (ret_outcome, trouble);
}

static guint
mos_telegram_channel_group_parts (MosChatChannel *channel,
                                  const MosChatOutgoing *outgoing,
                                  guint first)
{
  guint n = 0;
  guint64 total = 0;

  for (guint i = first; i < outgoing->parts->len && n < MOS_TELEGRAM_MAX_ALBUM; i++, n++)
    {
      const MosChatPart *part = outgoing->parts->pdata[i];

      if (part->remote_id != NULL || part->file == NULL || (total += part->file->size) > MOS_TELEGRAM_MAX_UPLOAD)
        break;
    }
  while (n > 1 && !mos_telegram_can_be_album (outgoing, first, n))
    n--;
  return MAX (n, 1);
}

static gboolean
mos_telegram_channel_send_group_sync (MosChatChannel *channel,
                                      gpointer data,
                                      MosChatOutgoing *outgoing,
                                      guint first,
                                      guint n,
                                      GBytes *const *bytes,
                                      char ***ret_remotes,
                                      MosChatSendOutcome *ret_outcome,
                                      GCancellable *cancellable)
{
  Session *session = data;
  g_autoptr (MosTelegramTrouble) trouble = NULL;

  *ret_remotes = mos_telegram_send_album_sync (session->api, outgoing, first, n, bytes, cancellable, &trouble);
  if (*ret_remotes == NULL && trouble->migrate_to != 0)
    {
      g_autoptr (MosChatOutgoing) moved = move_outgoing (outgoing, trouble->migrate_to);

      g_clear_pointer (&trouble, mos_telegram_trouble_free);
      *ret_remotes = mos_telegram_send_album_sync (session->api, moved, first, n, bytes, cancellable, &trouble);
    }
  if (*ret_remotes != NULL)
    return TRUE;
  /* One of them is no picture in its eyes: alone it goes as a file. */
  if (g_str_equal (trouble->code, "bad-picture"))
    return FALSE;
  read_trouble (ret_outcome, trouble);
  return TRUE;
}

static gboolean
mos_telegram_channel_typing_sync (MosChatChannel *channel,
                                  gpointer data,
                                  const char *thread,
                                  gboolean is_typing,
                                  GCancellable *cancellable,
                                  GError **error)
{
  Session *session = data;
  MosTelegramTrouble *trouble = NULL;

  /* It ends by itself, after five seconds or with the message. */
  if (!is_typing)
    return TRUE;
  if (mos_telegram_api_send_typing_sync (session->api, thread, "typing", cancellable, &trouble))
    return TRUE;
  fail (trouble, NULL, error);
  return FALSE;
}

static void
mos_telegram_channel_change_sync (MosChatChannel *channel,
                                  gpointer data,
                                  MosChatChange *change,
                                  MosChatSendOutcome *ret_outcome,
                                  GCancellable *cancellable)
{
  Session *session = data;
  g_autoptr (MosTelegramTrouble) trouble = NULL;

  if (mos_telegram_change_sync (session->api, change, cancellable, &trouble))
    ret_outcome->state = MOS_DELIVERY_ACCEPTED;
  else
    read_trouble (ret_outcome, trouble);
}

/* Where the shop's own account is spoken through: a bot itself has nothing to say of it. Without the right it is refused, and let go of. */
static gboolean
mos_telegram_channel_read_sync (MosChatChannel *channel,
                                gpointer data,
                                MosChatUpdate *receipt,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;
  MosTelegramTrouble *trouble = NULL;

  if (mos_telegram_api_mark_read_sync (session->api, receipt->thread, receipt->id, cancellable, &trouble))
    return TRUE;
  fail (trouble, ret_retry_ms, error);
  return FALSE;
}

static GBytes *
mos_telegram_channel_fetch_sync (MosChatChannel *channel,
                                 gpointer data,
                                 MosChatFile *file,
                                 char **ret_type,
                                 guint *ret_retry_ms,
                                 GCancellable *cancellable,
                                 GError **error)
{
  Session *session = data;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  MosTelegramTrouble *trouble = NULL;

  if (!mos_telegram_api_download_sync (session->api, file->ref, stream, MOS_TELEGRAM_MAX_DOWNLOAD, cancellable, &trouble))
    return fail (trouble, ret_retry_ms, error);
  if (!g_output_stream_close (stream, cancellable, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Small is enough: it says "this is the one", and is shown as large as a face. */
static GBytes *
mos_telegram_channel_picture_sync (MosChatChannel *channel,
                                   gpointer data,
                                   GCancellable *cancellable)
{
  Session *session = data;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (MosTelegramTrouble) trouble = NULL;
  g_autofree char *ref = mos_telegram_api_get_picture_sync (session->api, session->bot->id, cancellable, &trouble);

  if (ref == NULL || !mos_telegram_api_download_sync (session->api, ref, stream, MAX_PICTURE, cancellable, &trouble) ||
      !g_output_stream_close (stream, cancellable, NULL))
    {
      g_debug ("The bot's picture: %s", trouble != NULL ? trouble->code : "none");
      return NULL;
    }
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static gboolean
mos_telegram_channel_take_over_sync (MosChatChannel *channel,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error)
{
  Session *session = data;
  MosTelegramTrouble *trouble = NULL;

  return mos_telegram_api_delete_webhook_sync (session->api, cancellable, &trouble) || fail (trouble, NULL, error) != NULL;
}

gboolean
mos_telegram_is_token (const char *text)
{
  return mos_telegram_token_is_plausible (text);
}

static void
mos_telegram_channel_class_init (MosTelegramChannelClass *klass)
{
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  chat_class->open_sync = mos_telegram_channel_open_sync;
  chat_class->close = mos_telegram_channel_close;
  chat_class->identify_sync = mos_telegram_channel_identify_sync;
  chat_class->poll_sync = mos_telegram_channel_poll_sync;
  chat_class->taken_sync = mos_telegram_channel_taken_sync;
  chat_class->send_sync = mos_telegram_channel_send_sync;
  chat_class->group_parts = mos_telegram_channel_group_parts;
  chat_class->send_group_sync = mos_telegram_channel_send_group_sync;
  chat_class->change_sync = mos_telegram_channel_change_sync;
  chat_class->typing_sync = mos_telegram_channel_typing_sync;
  chat_class->read_sync = mos_telegram_channel_read_sync;
  chat_class->fetch_sync = mos_telegram_channel_fetch_sync;
  chat_class->picture_sync = mos_telegram_channel_picture_sync;
  chat_class->take_over_sync = mos_telegram_channel_take_over_sync;
}

static void
mos_telegram_channel_init (MosTelegramChannel *self)
{
}

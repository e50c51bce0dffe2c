/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/matrix/mos-matrix-channel.h"

#include "core/channels/matrix/mos-matrix-look.h"
#include "core/channels/matrix/mos-matrix-parse.h"
#include "core/channels/matrix/mos-matrix-send.h"

#include <string.h>

/* What the owner's other programs, and the list of devices, call this one. */
#define DEVICE_NAME "Mostrador"
/* A little longer than until it is told again. */
#define TYPING_MS 8000

struct _MosMatrixChannel
{
  MosChatChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (MosMatrixChannel, mos_matrix_channel, MOS_TYPE_CHAT_CHANNEL)

typedef struct
{
  MosMatrixApi *api;   /* (owned) */
  char *user;          /* (owned) */
  MosMatrixLook *look; /* (owned) */
  guint64 max_file;    /* 0 = not known */
  gboolean has_limit;  /* it was asked */
} Session;

/* --- a session --- */

static void
session_free (Session *session)
{
  g_clear_pointer (&session->look, mos_matrix_look_free);
  mos_matrix_api_free (session->api);
  g_free (session->user);
  g_free (session);
}

static void
mos_matrix_channel_close (MosChatChannel *channel,
                          gpointer session)
{
  session_free (session);
}

/* @ret_retry_ms: (nullable). Returns: %NULL */
static gpointer
fail (MosMatrixApi *api,
      guint *ret_retry_ms)
{
  if (ret_retry_ms != NULL)
    *ret_retry_ms = mos_matrix_api_get_trouble (api)->retry_ms;
  return NULL;
}

/* Returns: (transfer full) (nullable): where the homeserver is asked; a whole URL is taken as it is, so that nothing but it has to answer */
static char *
find_server (MosAccount *account,
             const char *user,
             GCancellable *cancellable,
             GError **error)
{
  const char *server = mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL);
  g_autoptr (MosMatrixServer) found = NULL;

  if (server != NULL && strstr (server, "://") != NULL)
    return g_strdup (server);
  if (server == NULL)
    server = user != NULL && *user == '@' ? user : account->address;
  found = mos_matrix_discover_sync (server != NULL ? server : "", cancellable, error);
  return found != NULL ? g_strdup (found->base_url) : NULL;
}

static gpointer
mos_matrix_channel_open_sync (MosChatChannel *channel,
                              const char *secret,
                              guint *ret_retry_ms,
                              GCancellable *cancellable,
                              GError **error)
{
  MosAccount *account = mos_channel_get_account (MOS_CHANNEL (channel));
  g_autofree char *server = find_server (account, NULL, cancellable, error);
  g_autoptr (MosMatrixSession) who = NULL;
  Session *session;

  if (server == NULL)
    return NULL;
  session = g_new0 (Session, 1);
  session->api = mos_matrix_api_new (server, secret);
  who = mos_matrix_api_whoami_sync (session->api, cancellable, error);
  if (who == NULL)
    {
      fail (session->api, ret_retry_ms);
      session_free (session);
      return NULL;
    }
  /* Another account's token would bring that one's customers, and answer them in its name. */
  if (account->address != NULL && *account->address == '@' && strcmp (account->address, who->user_id) != 0)
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "The token belongs to %s", who->user_id);
      session_free (session);
      return NULL;
    }
  session->user = g_strdup (who->user_id);
  return session;
}

static gboolean
mos_matrix_channel_identify_sync (MosChatChannel *channel,
                                  gpointer data,
                                  char **ret_address,
                                  char **ret_name,
                                  GCancellable *cancellable,
                                  GError **error)
{
  Session *session = data;
  g_autofree char *name = mos_matrix_api_read_name_sync (session->api, session->user, cancellable, error);

  if (name == NULL)
    return FALSE;
  *ret_address = g_strdup (session->user);
  *ret_name = *name != '\0' ? g_steal_pointer (&name) : g_strndup (session->user + 1, strcspn (session->user + 1, ":"));
  return TRUE;
}

/* Signing in with a password gives a token, which is kept in its place: signing in anew each time would end the one before, and fill the list of devices. */
static char *
mos_matrix_channel_sign_in_sync (MosChatChannel *channel,
                                 const char *user,
                                 const char *secret,
                                 gboolean is_key,
                                 GHashTable *settings,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosAccount *account = mos_channel_get_account (MOS_CHANNEL (channel));
  g_autofree char *server = find_server (account, user, cancellable, error);
  gboolean is_typed;
  g_autoptr (MosMatrixApi) api = NULL;
  g_autoptr (MosMatrixSession) session = NULL;

  if (server == NULL)
    return NULL;
  api = mos_matrix_api_new (server, is_key ? secret : NULL);
  if (is_key)
    session = mos_matrix_api_whoami_sync (api, cancellable, error);
  else
    session = mos_matrix_api_login_sync (api, user != NULL ? user : "", secret, mos_account_get_setting (account, MOS_MATRIX_DEVICE, NULL), DEVICE_NAME, cancellable, error);
  if (session == NULL)
    return NULL;
  if (user != NULL && *user == '@' && strcmp (user, session->user_id) != 0)
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "That is the key of %s", session->user_id);
      return NULL;
    }
  /* What was typed as a whole counts more than what the server says of itself. */
  is_typed = mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL) != NULL && strstr (mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL), "://") != NULL;
  g_hash_table_replace (settings, g_strdup (MOS_ACCOUNT_SERVER), g_strdup (session->base_url != NULL && !is_typed ? session->base_url : server));
  if (*session->device_id != '\0')
    g_hash_table_replace (settings, g_strdup (MOS_MATRIX_DEVICE), g_strdup (session->device_id));
  return g_strdup (is_key ? secret : session->token);
}

/* --- what comes in --- */

static MosChatBatch *
mos_matrix_channel_poll_sync (MosChatChannel *channel,
                              gpointer data,
                              GHashTable *cursors,
                              guint wait_s,
                              guint *ret_retry_ms,
                              GCancellable *cancellable,
                              GError **error)
{
  MosAccount *account = mos_channel_get_account (MOS_CHANNEL (channel));
  Session *session = data;
  MosChatBatch *batch;

  if (session->look == NULL)
    {
      const MosMatrixLookRules rules = {
        .account = account->id,
        .user = session->user,
        .takes_groups = g_strcmp0 (mos_account_get_setting (account, MOS_MATRIX_GROUPS, NULL), "1") == 0,
        .takes_invites = g_strcmp0 (mos_account_get_setting (account, MOS_MATRIX_INVITES, NULL), "0") != 0,
        .work_since_us = account->work_since_us,
      };

      session->look = mos_matrix_look_new (session->api, &rules);
    }
  batch = mos_matrix_look_poll_sync (session->look, cursors, wait_s, cancellable, error);
  return batch != NULL ? batch : fail (session->api, ret_retry_ms);
}

static gboolean
mos_matrix_channel_taken_sync (MosChatChannel *channel,
                               gpointer data,
                               MosChatBatch *batch,
                               GCancellable *cancellable,
                               GError **error)
{
  Session *session = data;

  return mos_matrix_look_join_sync (session->look, cancellable, error);
}

/* --- what goes out --- */

/* What was written for everybody's eyes on the way does not go where people believe that nobody reads along: asked each time, for it may have been turned on meanwhile. */
static gboolean
may_send (Session *session,
          const char *room,
          MosChatSendOutcome *outcome,
          GCancellable *cancellable)
{
  gboolean is_encrypted = FALSE;
  g_autoptr (GError) error = NULL;

  if (!mos_matrix_api_is_encrypted_sync (session->api, room, &is_encrypted, cancellable, &error))
    {
      gboolean is_shut_out = strcmp (mos_matrix_api_get_trouble (session->api)->errcode, "M_FORBIDDEN") == 0;

      mos_chat_send_outcome_take_error (outcome, error, FALSE, TRUE);
      outcome->retry_after_ms = mos_matrix_api_get_trouble (session->api)->retry_ms;
      if (is_shut_out)
        {
          outcome->state = MOS_DELIVERY_FAILED;
          g_set_str (&outcome->why, "chat-closed");
        }
      return FALSE;
    }
  if (is_encrypted)
    {
      outcome->state = MOS_DELIVERY_FAILED;
      g_set_str (&outcome->why, MOS_CHAT_ENCRYPTED);
      g_set_str (&outcome->detail, "The room is encrypted");
    }
  return !is_encrypted;
}

static void
mos_matrix_channel_send_sync (MosChatChannel *channel,
                              gpointer data,
                              MosChatOutgoing *outgoing,
                              MosChatPart *part,
                              GBytes *bytes,
                              MosChatSendOutcome *ret_outcome,
                              GCancellable *cancellable)
{
  Session *session = data;

  if (!may_send (session, outgoing->thread, ret_outcome, cancellable))
    return;
  /* Without an answer it is the server that refuses what is too large for it. */
  if (part->file != NULL && !session->has_limit)
    session->has_limit = mos_matrix_api_read_upload_limit_sync (session->api, &session->max_file, cancellable, NULL);
  mos_matrix_send_part_sync (session->api, outgoing, part, bytes, session->max_file, ret_outcome, cancellable);
}

static void
mos_matrix_channel_change_sync (MosChatChannel *channel,
                                gpointer data,
                                MosChatChange *change,
                                MosChatSendOutcome *ret_outcome,
                                GCancellable *cancellable)
{
  Session *session = data;

  if (change->kind == MOS_CHAT_CHANGE_EDIT && !may_send (session, change->thread, ret_outcome, cancellable))
    return;
  mos_matrix_change_sync (session->api, session->user, change, ret_outcome, cancellable);
}

static gboolean
mos_matrix_channel_typing_sync (MosChatChannel *channel,
                                gpointer data,
                                const char *thread,
                                gboolean is_typing,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;

  return mos_matrix_api_tell_typing_sync (session->api, thread, session->user, is_typing ? TYPING_MS : 0, cancellable, error);
}

static gboolean
mos_matrix_channel_read_sync (MosChatChannel *channel,
                              gpointer data,
                              MosChatUpdate *receipt,
                              guint *ret_retry_ms,
                              GCancellable *cancellable,
                              GError **error)
{
  Session *session = data;
  GError *local = NULL;

  if (mos_matrix_api_mark_read_sync (session->api, receipt->thread, receipt->id, cancellable, &local))
    return TRUE;
  /* "Forbidden" is about the room, not about the account. */
  if (strcmp (mos_matrix_api_get_trouble (session->api)->errcode, "M_FORBIDDEN") == 0)
    local->code = MOS_CHAT_ERROR_CLOSED;
  g_propagate_error (error, local);
  fail (session->api, ret_retry_ms);
  return FALSE;
}

static GBytes *
mos_matrix_channel_fetch_sync (MosChatChannel *channel,
                               gpointer data,
                               MosChatFile *file,
                               char **ret_type,
                               guint *ret_retry_ms,
                               GCancellable *cancellable,
                               GError **error)
{
  Session *session = data;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *type = mos_matrix_api_download_sync (session->api, file->ref, mos_chat_channel_get_traits (channel)->files[file->kind].max_in, stream, cancellable, error);

  if (type == NULL)
    return fail (session->api, ret_retry_ms);
  if (!g_output_stream_close (stream, cancellable, error))
    return NULL;
  if (ret_type != NULL && *type != '\0')
    *ret_type = g_steal_pointer (&type);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
mos_matrix_channel_class_init (MosMatrixChannelClass *klass)
{
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  chat_class->open_sync = mos_matrix_channel_open_sync;
  chat_class->close = mos_matrix_channel_close;
  chat_class->identify_sync = mos_matrix_channel_identify_sync;
  chat_class->sign_in_sync = mos_matrix_channel_sign_in_sync;
  chat_class->poll_sync = mos_matrix_channel_poll_sync;
  chat_class->taken_sync = mos_matrix_channel_taken_sync;
  chat_class->send_sync = mos_matrix_channel_send_sync;
  chat_class->change_sync = mos_matrix_channel_change_sync;
  chat_class->typing_sync = mos_matrix_channel_typing_sync;
  chat_class->read_sync = mos_matrix_channel_read_sync;
  chat_class->fetch_sync = mos_matrix_channel_fetch_sync;
}

static void
mos_matrix_channel_init (MosMatrixChannel *self)
{
}

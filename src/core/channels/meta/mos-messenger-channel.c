/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-messenger-channel.h"

#include "core/base/mos-http.h"
#include "core/base/mos-json-read.h"
#include "core/channels/meta/mos-messenger-private.h"

#include <string.h>

/* "Conversations API: 2 calls a second" (docs/graph-api/overview/rate-limiting), and a little less. */
#define PACE_US (G_USEC_PER_SEC / 2 + 20 * 1000)
/* Tokens of Instagram's own accounts begin so; those of Facebook with "EAA". */
#define INSTAGRAM_TOKEN "IG"
#define MAX_TOKEN 4096

struct _MosMessengerChannel
{
  MosChatChannel parent_instance;

  GMutex mutex;
  gint64 next_us;   /* (mutex mutex) monotonic: when the next question may be asked */
  GHashTable *sent; /* (owned) (mutex mutex) set of ids: sent by us since the channel is there */
  char *token;      /* (owned) (nullable) (mutex mutex): where it was renewed since */
  guint token_n;    /* (mutex mutex) */
};

G_DEFINE_FINAL_TYPE (MosMessengerChannel, mos_messenger_channel, MOS_TYPE_CHAT_CHANNEL)

/* --- a session --- */

static const char *
get_setting (MosChatChannel *channel,
             const char *name)
{
  return mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (channel)), name, NULL);
}

static const char *
get_kind (MosChatChannel *channel)
{
  return mos_channel_get_account (MOS_CHANNEL (channel))->kind;
}

static gboolean
is_by_page (const char *kind,
            const char *login,
            const char *token)
{
  if (g_str_equal (kind, "messenger"))
    return TRUE;
  if (login != NULL)
    return g_str_equal (login, MOS_META_LOGIN_PAGE);
  return !g_str_has_prefix (token, INSTAGRAM_TOKEN);
}

/* @box_key: (nullable) */
static MosMessengerSession *
session_new (MosChatChannel *channel,
             const char *token,
             const char *box_key,
             gboolean by_page)
{
  MosMessengerSession *session = g_new0 (MosMessengerSession, 1);
  const char *server = get_setting (channel, MOS_ACCOUNT_SERVER);

  session->graph = mos_graph_new (server != NULL || by_page ? server : MOS_INSTAGRAM_SERVER, get_setting (channel, MOS_META_VERSION), token);
  session->relay = mos_relay_new_for_files (mos_channel_get_account (MOS_CHANNEL (channel)), box_key);
  session->box_key = g_strdup (box_key);
  session->by_page = by_page;
  session->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  session->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  session->bad = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  session->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return session;
}

static void
session_free (MosMessengerSession *session)
{
  mos_graph_free (session->graph);
  mos_relay_free (session->relay);
  if (session->box_key != NULL)
    explicit_bzero (session->box_key, strlen (session->box_key));
  g_free (session->box_key);
  mos_messenger_self_free (session->who);
  g_hash_table_unref (session->asked);
  g_hash_table_unref (session->due);
  g_hash_table_unref (session->bad);
  g_hash_table_unref (session->taken);
  g_clear_pointer (&session->pending, mos_chat_batch_unref);
  g_free (session);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMessengerSession, session_free)

static void
mos_messenger_channel_close (MosChatChannel *channel,
                             gpointer data)
{
  session_free (data);
}

/* It goes into a header. */
static gboolean
is_token (const char *text)
{
  if (*text == '\0' || strlen (text) > MAX_TOKEN)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return TRUE;
}

/* There is nothing to sign in to: whether the token is known the first question says. */
static gpointer
mos_messenger_channel_open_sync (MosChatChannel *channel,
                                 const char *secret,
                                 guint *ret_retry_ms,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosMessengerChannel *self = MOS_MESSENGER_CHANNEL (channel);
  g_autofree char *box_key = NULL;
  g_autofree char *token = mos_relay_split_secret (secret, &box_key);
  MosMessengerSession *session;

  if (!is_token (token))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "That is no token");
      return NULL;
    }
  session = session_new (channel, token, box_key, is_by_page (get_kind (channel), get_setting (channel, MOS_META_LOGIN), token));
  explicit_bzero (token, strlen (token));
  /* What is kept is the newest. */
  g_mutex_lock (&self->mutex);
  session->token_n = self->token_n;
  g_mutex_unlock (&self->mutex);
  return session;
}

gboolean
mos_messenger_pace (MosMessengerChannel *self,
                    GCancellable *cancellable,
                    GError **error)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 at_us;

  g_mutex_lock (&self->mutex);
  at_us = MAX (now_us, self->next_us);
  self->next_us = at_us + PACE_US;
  g_mutex_unlock (&self->mutex);

  return at_us == now_us || mos_http_wait_sync ((guint) ((at_us - now_us + 999) / 1000), cancellable, error);
}

void
mos_messenger_note_answer (MosMessengerChannel *self)
{
  g_mutex_lock (&self->mutex);
  self->next_us = MAX (self->next_us, g_get_monotonic_time () + PACE_US);
  g_mutex_unlock (&self->mutex);
}

void
mos_messenger_put_token (MosMessengerChannel *self,
                         const char *token)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->token, token);
  self->token_n++;
  g_mutex_unlock (&self->mutex);
}

void
mos_messenger_follow_token (MosMessengerChannel *self,
                            MosMessengerSession *session)
{
  g_mutex_lock (&self->mutex);
  if (self->token_n != session->token_n)
    mos_graph_set_token (session->graph, self->token);
  session->token_n = self->token_n;
  g_mutex_unlock (&self->mutex);
}

const char *
mos_messenger_fields (guint n)
{
  static const char *const fields[] = {
    "id,created_time,from,to,message,attachments,reply_to,sticker,shares,story,is_unsupported",
    "id,created_time,from,to,message,attachments,reply_to,sticker,shares",
    "id,created_time,from,to,message,attachments,sticker,shares",
    "id,created_time,from,to,message",
  };

  return n < G_N_ELEMENTS (fields) ? fields[n] : NULL;
}

gboolean
mos_messenger_ensure_who (MosMessengerChannel *self,
                          MosMessengerSession *session,
                          guint *ret_retry_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  const char *kind = get_kind (MOS_CHAT_CHANNEL (self));
  const char *path = !session->by_page                 ? "me?fields=id,user_id,username,name"
                     : g_str_equal (kind, "instagram") ? "me?fields=id,name,instagram_business_account%7Bid,username,name%7D"
                                                       : "me?fields=id,name";
  g_autoptr (JsonObject) answer = NULL;

  mos_messenger_follow_token (self, session);
  if (session->who != NULL)
    return TRUE;
  if (!mos_messenger_pace (self, cancellable, error))
    return FALSE;
  answer = mos_graph_get_sync (session->graph, path, ret_retry_ms, cancellable, error);
  mos_messenger_note_answer (self);
  session->who = answer != NULL ? mos_messenger_parse_self (answer, kind, session->by_page, error) : NULL;
  return session->who != NULL;
}

static gboolean
mos_messenger_channel_identify_sync (MosChatChannel *channel,
                                     gpointer data,
                                     char **ret_address,
                                     char **ret_name,
                                     GCancellable *cancellable,
                                     GError **error)
{
  MosMessengerSession *session = data;
  guint retry_ms = 0;

  if (!mos_messenger_ensure_who (MOS_MESSENGER_CHANNEL (channel), session, &retry_ms, cancellable, error))
    return FALSE;
  if (session->relay != NULL && !mos_relay_hello_files_sync (session->relay, &retry_ms, cancellable, error))
    return FALSE;
  *ret_address = session->who->username != NULL ? g_strconcat ("@", session->who->username, NULL) : g_strdup (session->who->id);
  *ret_name = g_strdup (session->who->name);
  return TRUE;
}

/* A token of Instagram's is made in one of two ways, and each server knows its own alone: which it is, that of the two says that knows it. */
static char *
mos_messenger_channel_sign_in_sync (MosChatChannel *channel,
                                    const char *user,
                                    const char *secret,
                                    gboolean is_key,
                                    GHashTable *settings,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autoptr (GError) first = NULL;
  g_autofree char *box_key = NULL;
  g_autofree char *token = mos_relay_split_secret (secret, &box_key);
  gboolean by_page;

  if (!is_key)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED, "There are no passwords there");
      return NULL;
    }
  if (!is_token (token) || g_str_equal (get_kind (channel), "messenger") || g_hash_table_contains (settings, MOS_META_LOGIN))
    return g_strdup (secret);
  by_page = is_by_page (get_kind (channel), NULL, token);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MosMessengerSession) session = session_new (channel, token, box_key, i == 0 ? by_page : !by_page);
      g_autoptr (GError) local = NULL;
      guint retry_ms = 0;

      if (mos_messenger_ensure_who (MOS_MESSENGER_CHANNEL (channel), session, &retry_ms, cancellable, &local))
        {
          g_hash_table_replace (settings, g_strdup (MOS_META_LOGIN), g_strdup (session->by_page ? MOS_META_LOGIN_PAGE : MOS_META_LOGIN_INSTAGRAM));
          return g_strdup (secret);
        }
      if (first == NULL)
        first = g_steal_pointer (&local);
      if (!g_error_matches (first, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

/* --- what comes in --- */

static MosChatBatch *
batch_of_cursors (MosChatChannel *channel,
                  GHashTable *cursors)
{
  MosChatBatch *batch = mos_chat_batch_new ();

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->cursors = g_hash_table_ref (cursors);
  batch->has_more = TRUE;
  return batch;
}

static MosChatBatch *
mos_messenger_channel_poll_sync (MosChatChannel *channel,
                                 gpointer data,
                                 GHashTable *cursors,
                                 guint wait_s,
                                 guint *ret_retry_ms,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosMessengerChannel *self = MOS_MESSENGER_CHANNEL (channel);
  MosMessengerSession *session = data;
  g_autoptr (GHashTable) renewed = NULL;
  MosChatBatch *batch = NULL;

  if (session->pending != NULL)
    return g_steal_pointer (&session->pending);
  if (mos_messenger_ensure_who (self, session, ret_retry_ms, cancellable, error) && mos_messenger_renew_sync (self, session, cursors, &renewed, cancellable, error))
    {
      /* That it was renewed is on disk before anything else may go wrong. */
      if (renewed != NULL)
        return batch_of_cursors (channel, renewed);
      batch = mos_messenger_look_sync (self, session, cursors, ret_retry_ms, cancellable, error);
    }
  if (batch == NULL)
    {
      /* What was read of it is not on disk. */
      g_hash_table_remove_all (session->asked);
      g_hash_table_remove_all (session->due);
      g_hash_table_remove_all (session->taken);
    }
  return batch;
}

gboolean
mos_messenger_is_sent_here (MosMessengerChannel *self,
                            const char *id)
{
  gboolean is;

  g_mutex_lock (&self->mutex);
  is = g_hash_table_contains (self->sent, id);
  g_mutex_unlock (&self->mutex);

  return is;
}

/* --- what goes out --- */

/* Returns: (transfer full) (nullable): what Meta calls the file */
static char *
upload (MosMessengerSession *session,
        const MosChatPart *part,
        GBytes *bytes,
        guint *ret_retry_ms,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (MosHttpForm) form = mos_http_form_new ();
  g_autofree char *path = g_strconcat (session->who->page, "/message_attachments", NULL);
  g_autofree char *message = mos_messenger_build_attachment (part);
  g_autoptr (JsonObject) said = NULL;
  char *id;

  mos_http_form_add_text (form, "message", message);
  mos_http_form_add_bytes (form, "filedata", part->file->name, part->file->type, bytes);
  said = mos_graph_upload_sync (session->graph, path, form, ret_retry_ms, cancellable, error);
  if (said == NULL)
    return NULL;
  id = mos_json_read_dup_line (said, "attachment_id");
  if (id == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no id of the file in the answer");
  return id;
}

/* Returns: (transfer full) (nullable): what Meta calls the message */
static char *
post (MosMessengerSession *session,
      const MosChatOutgoing *outgoing,
      const MosChatPart *part,
      const char *attachment,
      const char *url,
      gboolean is_tagged,
      gboolean *ret_has_left,
      guint *ret_retry_ms,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *path = g_strconcat (session->who->page != NULL ? session->who->page : "me", "/messages", NULL);
  g_autoptr (JsonNode) body = mos_messenger_build_message (outgoing, part, attachment, url, is_tagged);
  g_autoptr (JsonObject) said = mos_graph_post_sync (session->graph, path, body, ret_has_left, ret_retry_ms, cancellable, error);
  char *id = said != NULL ? mos_json_read_dup_line (said, "message_id") : NULL;

  if (said != NULL && id == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_UNCERTAIN, "no id in the answer");
  return id;
}

static void
mos_messenger_channel_send_sync (MosChatChannel *channel,
                                 gpointer data,
                                 MosChatOutgoing *outgoing,
                                 MosChatPart *part,
                                 GBytes *bytes,
                                 MosChatSendOutcome *ret_outcome,
                                 GCancellable *cancellable)
{
  MosMessengerChannel *self = MOS_MESSENGER_CHANNEL (channel);
  MosMessengerSession *session = data;
  gboolean is_fetched = (mos_chat_channel_get_traits (channel)->flags & MOS_CHANNEL_FETCHES) != 0;
  g_autofree char *attachment = NULL;
  g_autofree char *url = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_left = FALSE;

  if (mos_messenger_ensure_who (self, session, &ret_outcome->retry_after_ms, cancellable, &error))
    {
      if (part->file != NULL && !is_fetched)
        attachment = upload (session, part, bytes, &ret_outcome->retry_after_ms, cancellable, &error);
      else if (part->file != NULL && session->relay != NULL)
        url = mos_relay_hand_out_sync (session->relay, part->file->name, part->file->type, bytes, &ret_outcome->retry_after_ms, cancellable, &error);
      else if (part->file != NULL)
        g_set_error_literal (&error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_LETTER_BOX, "the account has no letter box, or no key of it");
      if (error == NULL)
        id = post (session, outgoing, part, attachment, url, FALSE, &has_left, &ret_outcome->retry_after_ms, cancellable, &error);
      /* It said no, so nothing was sent: a person may have longer. */
      if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_WINDOW) && outgoing->tag != NULL)
        {
          g_clear_error (&error);
          id = post (session, outgoing, part, attachment, url, TRUE, &has_left, &ret_outcome->retry_after_ms, cancellable, &error);
        }
    }
  if (error != NULL)
    {
      mos_chat_send_outcome_take_error (ret_outcome, error, has_left, FALSE);
      return;
    }
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->sent, g_strdup (id));
  g_mutex_unlock (&self->mutex);
  ret_outcome->state = MOS_DELIVERY_ACCEPTED;
  ret_outcome->remote = g_steal_pointer (&id);
}

/* --- files --- */

/* Where it lies now. Returns: (transfer full) (nullable): MOS_CHAT_ERROR_GONE where it is told no more */
static char *
find_again (MosMessengerChannel *self,
            MosMessengerSession *session,
            const char *message,
            const char *place,
            guint *ret_retry_ms,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *coded = g_uri_escape_string (message, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("%s?fields=%s", coded, mos_messenger_fields (1));
  g_autoptr (MosChatUpdate) update = mos_chat_update_new ();
  g_autoptr (JsonObject) said = NULL;
  g_autoptr (GError) local = NULL;

  mos_messenger_follow_token (self, session);
  if (!mos_messenger_pace (self, cancellable, error))
    return NULL;
  said = mos_graph_get_sync (session->graph, path, ret_retry_ms, cancellable, &local);
  mos_messenger_note_answer (self);
  if (said == NULL)
    {
      /* "The message has been deleted": it is none of the newest any more. */
      if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
        local->code = MOS_CHAT_ERROR_GONE;
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  mos_messenger_read_content (update, said, message);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    {
      const MosChatFile *file = update->files->pdata[i];
      g_autofree char *its_message = NULL;
      g_autofree char *its_place = NULL;
      const char *url = mos_messenger_split_ref (file->ref, &its_message, &its_place);

      if (url != NULL && g_str_equal (its_place, place))
        return g_strdup (url);
    }
  g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE, "the file is not told of any more");
  return NULL;
}

/* Its address is good for some time only, and then asked anew. */
static GBytes *
mos_messenger_channel_fetch_sync (MosChatChannel *channel,
                                  gpointer data,
                                  MosChatFile *file,
                                  char **ret_type,
                                  guint *ret_retry_ms,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosMessengerSession *session = data;
  gsize max = (gsize) mos_chat_channel_get_traits (channel)->files[file->kind].max_in;
  g_autofree char *message = NULL;
  g_autofree char *place = NULL;
  g_autofree char *url = NULL;
  const char *known = mos_messenger_split_ref (file->ref, &message, &place);
  g_autoptr (GError) local = NULL;
  GBytes *bytes;

  if (known == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE, "nothing to ask for");
      return NULL;
    }
  bytes = mos_graph_fetch_open_sync (session->graph, known, max, ret_type, ret_retry_ms, cancellable, &local);
  if (bytes != NULL || !g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
    {
      if (bytes == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return bytes;
    }
  url = find_again (MOS_MESSENGER_CHANNEL (channel), session, message, place, ret_retry_ms, cancellable, error);
  return url != NULL ? mos_graph_fetch_open_sync (session->graph, url, max, ret_type, ret_retry_ms, cancellable, error) : NULL;
}

/* --- the object --- */

static void
mos_messenger_channel_finalize (GObject *object)
{
  MosMessengerChannel *self = MOS_MESSENGER_CHANNEL (object);

  g_hash_table_unref (self->sent);
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_messenger_channel_parent_class)->finalize (object);
}

static void
mos_messenger_channel_class_init (MosMessengerChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  object_class->finalize = mos_messenger_channel_finalize;
  chat_class->open_sync = mos_messenger_channel_open_sync;
  chat_class->close = mos_messenger_channel_close;
  chat_class->identify_sync = mos_messenger_channel_identify_sync;
  chat_class->sign_in_sync = mos_messenger_channel_sign_in_sync;
  chat_class->poll_sync = mos_messenger_channel_poll_sync;
  chat_class->send_sync = mos_messenger_channel_send_sync;
  chat_class->fetch_sync = mos_messenger_channel_fetch_sync;
}

static void
mos_messenger_channel_init (MosMessengerChannel *self)
{
  g_mutex_init (&self->mutex);
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

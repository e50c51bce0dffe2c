/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-whatsapp-channel.h"

#include "core/base/mos-http.h"
#include "core/base/mos-json-read.h"
#include "core/channels/meta/mos-graph.h"
#include "core/channels/relay/mos-relay.h"
#include "core/channels/meta/mos-whatsapp-parse.h"
#include "core/channels/meta/mos-whatsapp-send.h"
#include "core/channels/meta/mos-whatsapp-templates.h"

#include <string.h>

/* Cursor: the last letter that is on disk. */
#define AFTER "after"
/* A host that lets nothing wait is asked this often. */
#define PATIENCE_MS 5000

struct _MosWhatsappChannel
{
  MosChatChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (MosWhatsappChannel, mos_whatsapp_channel, MOS_TYPE_CHAT_CHANNEL)

typedef struct
{
  MosGraph *graph; /* (owned) */
  MosRelay *relay; /* (owned) */
  char *number;    /* (owned) */
} Session;

/* --- a session --- */

static const char *
get_setting (MosChatChannel *channel,
             const char *name)
{
  return mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (channel)), name, NULL);
}

static void
mos_whatsapp_channel_close (MosChatChannel *channel,
                            gpointer data)
{
  Session *session = data;

  mos_graph_free (session->graph);
  mos_relay_free (session->relay);
  g_free (session->number);
  g_free (session);
}

/* There is nothing to sign in to: whether the keys are known the first questions say. */
static gpointer
mos_whatsapp_channel_open_sync (MosChatChannel *channel,
                                const char *secret,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  const char *number = get_setting (channel, MOS_WHATSAPP_NUMBER);
  const char *relay = get_setting (channel, MOS_ACCOUNT_RELAY);
  g_auto (GStrv) keys = g_strsplit (secret, "\n", 3);
  Session *session;

  if (number == NULL || strspn (number, G_CSET_DIGITS) != strlen (number) || relay == NULL || g_strv_length (keys) < 2)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "no number, letter box or key");
      return NULL;
    }
  session = g_new0 (Session, 1);
  session->graph = mos_graph_new (get_setting (channel, MOS_ACCOUNT_SERVER), get_setting (channel, MOS_META_VERSION), g_strstrip (keys[0]));
  session->relay = mos_relay_new (relay, g_strstrip (keys[1]));
  session->number = g_strdup (number);
  for (char **key = keys; *key != NULL; key++)
    explicit_bzero (*key, strlen (*key));
  return session;
}

static gboolean
mos_whatsapp_channel_identify_sync (MosChatChannel *channel,
                                    gpointer data,
                                    char **ret_address,
                                    char **ret_name,
                                    GCancellable *cancellable,
                                    GError **error)
{
  Session *session = data;
  g_autofree char *path = g_strconcat (session->number, "?fields=display_phone_number,verified_name", NULL);
  guint retry_ms = 0;
  g_autoptr (JsonObject) said = mos_graph_get_sync (session->graph, path, &retry_ms, cancellable, error);
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;

  if (said == NULL || !mos_relay_hello_sync (session->relay, &retry_ms, cancellable, error))
    return FALSE;
  shown = mos_json_read_dup_line (said, "display_phone_number");
  name = mos_json_read_dup_line (said, "verified_name");
  if (shown == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no number in the answer");
      return FALSE;
    }
  *ret_name = name != NULL ? g_steal_pointer (&name) : g_strdup (shown);
  *ret_address = g_steal_pointer (&shown);
  return TRUE;
}

/* --- what comes in --- */

static MosChatBatch *
mos_whatsapp_channel_poll_sync (MosChatChannel *channel,
                                gpointer data,
                                GHashTable *cursors,
                                guint wait_s,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;
  gint64 begun_us = g_get_monotonic_time ();
  g_autoptr (MosRelayPost) post = mos_relay_fetch_sync (session->relay, session->number, g_hash_table_lookup (cursors, AFTER), wait_s, ret_retry_ms, cancellable, error);
  MosChatBatch *batch;

  if (post == NULL)
    return NULL;
  batch = mos_chat_batch_new ();
  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  batch->has_more = post->has_more || post->letters->len > 0;
  for (guint i = 0; i < post->letters->len; i++)
    {
      const MosRelayLetter *letter = post->letters->pdata[i];
      g_autoptr (GError) local = NULL;

      /* What nobody can read now nobody can read tomorrow: it is forgotten there, and kept here as it came. */
      if (!mos_whatsapp_parse (letter->body, session->number, batch->updates, &local))
        g_ptr_array_add (batch->updates, mos_chat_update_make_broken (letter->body, local->message));
      g_hash_table_replace (batch->cursors, g_strdup (AFTER), g_strdup (letter->id));
    }
  if (post->letters->len == 0 && wait_s > 0 && g_get_monotonic_time () - begun_us < 1 * G_USEC_PER_SEC && !mos_http_wait_sync (PATIENCE_MS, cancellable, error))
    g_clear_pointer (&batch, mos_chat_batch_unref);
  return batch;
}

/* --- what goes out --- */

/* Returns: (transfer full) (nullable): what Meta calls the file */
static char *
upload (Session *session,
        const MosChatPart *part,
        GBytes *bytes,
        guint *ret_retry_ms,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (MosHttpForm) form = mos_http_form_new ();
  g_autofree char *path = g_strconcat (session->number, "/media", NULL);
  g_autoptr (JsonObject) said = NULL;
  char *id;

  mos_http_form_add_text (form, "messaging_product", "whatsapp");
  mos_http_form_add_text (form, "type", part->file->type);
  mos_http_form_add_bytes (form, "file", part->file->name, part->file->type, bytes);
  said = mos_graph_upload_sync (session->graph, path, form, ret_retry_ms, cancellable, error);
  if (said == NULL)
    return NULL;
  id = mos_json_read_dup_line (said, "id");
  if (id == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no id of the file in the answer");
  return id;
}

static void
mos_whatsapp_channel_send_sync (MosChatChannel *channel,
                                gpointer data,
                                MosChatOutgoing *outgoing,
                                MosChatPart *part,
                                GBytes *bytes,
                                MosChatSendOutcome *ret_outcome,
                                GCancellable *cancellable)
{
  Session *session = data;
  g_autofree char *media = NULL;
  g_autofree char *path = g_strconcat (session->number, "/messages", NULL);
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonObject) said = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_left = FALSE;

  if (part->file != NULL)
    media = upload (session, part, bytes, &ret_outcome->retry_after_ms, cancellable, &error);
  if (part->file == NULL || media != NULL)
    {
      body = mos_whatsapp_build_message (outgoing, part, media);
      said = mos_graph_post_sync (session->graph, path, body, &has_left, &ret_outcome->retry_after_ms, cancellable, &error);
    }
  id = said != NULL ? mos_json_read_dup_line (mos_json_read_element (mos_json_read_array (said, "messages"), 0), "id") : NULL;
  if (said != NULL && id == NULL)
    g_set_error_literal (&error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_UNCERTAIN, "no id in the answer");
  if (error != NULL)
    {
      mos_chat_send_outcome_take_error (ret_outcome, error, has_left, FALSE);
      return;
    }
  ret_outcome->state = MOS_DELIVERY_ACCEPTED;
  ret_outcome->remote = g_steal_pointer (&id);
}

/* Signs alone: nothing else can be changed there. */
static void
mos_whatsapp_channel_change_sync (MosChatChannel *channel,
                                  gpointer data,
                                  MosChatChange *change,
                                  MosChatSendOutcome *ret_outcome,
                                  GCancellable *cancellable)
{
  Session *session = data;
  g_autofree char *path = g_strconcat (session->number, "/messages", NULL);
  g_autoptr (JsonNode) body = mos_whatsapp_build_reaction (change);
  g_autoptr (GError) error = NULL;
  gboolean has_left = FALSE;
  g_autoptr (JsonObject) said = mos_graph_post_sync (session->graph, path, body, &has_left, &ret_outcome->retry_after_ms, cancellable, &error);

  if (said == NULL)
    mos_chat_send_outcome_take_error (ret_outcome, error, has_left, TRUE);
  else
    ret_outcome->state = MOS_DELIVERY_ACCEPTED;
}

/* All before it count as read with it. */
static gboolean
mos_whatsapp_channel_read_sync (MosChatChannel *channel,
                                gpointer data,
                                MosChatUpdate *receipt,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;
  g_autofree char *path = g_strconcat (session->number, "/messages", NULL);
  g_autoptr (JsonNode) body = mos_whatsapp_build_read_mark (receipt->id);
  g_autoptr (JsonObject) said = mos_graph_post_sync (session->graph, path, body, NULL, ret_retry_ms, cancellable, error);

  return said != NULL;
}

/* Where it lies is told for five minutes only, so it is asked each time. */
static GBytes *
mos_whatsapp_channel_fetch_sync (MosChatChannel *channel,
                                 gpointer data,
                                 MosChatFile *file,
                                 char **ret_type,
                                 guint *ret_retry_ms,
                                 GCancellable *cancellable,
                                 GError **error)
{
  Session *session = data;
  guint64 max = mos_chat_channel_get_traits (channel)->files[file->kind].max_in;
  g_autofree char *path = g_strdup_printf ("%s?phone_number_id=%s", file->ref, session->number);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) said = mos_graph_get_sync (session->graph, path, ret_retry_ms, cancellable, &local);
  g_autofree char *url = said != NULL ? mos_json_read_dup_line (said, "url") : NULL;

  if (said == NULL)
    {
      /* An id that it knows nothing of (any more) is error 100. */
      if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
        local->code = MOS_CHAT_ERROR_GONE;
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (url == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no address of the file in the answer");
      return NULL;
    }
  return mos_graph_fetch_sync (session->graph, url, (gsize) max, ret_type, ret_retry_ms, cancellable, error);
}

static GPtrArray *
mos_whatsapp_channel_list_templates_sync (MosChatChannel *channel,
                                          gpointer data,
                                          guint *ret_retry_ms,
                                          GCancellable *cancellable,
                                          GError **error)
{
  Session *session = data;
  const char *business = get_setting (channel, MOS_WHATSAPP_BUSINESS);

  if (business == NULL || strspn (business, G_CSET_DIGITS) != strlen (business))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED, "no WhatsApp Business account ID");
      return NULL;
    }
  return mos_whatsapp_list_templates_sync (session->graph, business, ret_retry_ms, cancellable, error);
}

static void
mos_whatsapp_channel_class_init (MosWhatsappChannelClass *klass)
{
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  chat_class->open_sync = mos_whatsapp_channel_open_sync;
  chat_class->close = mos_whatsapp_channel_close;
  chat_class->identify_sync = mos_whatsapp_channel_identify_sync;
  chat_class->poll_sync = mos_whatsapp_channel_poll_sync;
  chat_class->send_sync = mos_whatsapp_channel_send_sync;
  chat_class->change_sync = mos_whatsapp_channel_change_sync;
  chat_class->read_sync = mos_whatsapp_channel_read_sync;
  chat_class->fetch_sync = mos_whatsapp_channel_fetch_sync;
  chat_class->list_templates_sync = mos_whatsapp_channel_list_templates_sync;
}

static void
mos_whatsapp_channel_init (MosWhatsappChannel *self)
{
}

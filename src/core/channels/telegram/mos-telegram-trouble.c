/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-trouble.h"

#include "core/base/mos-json-read.h"

/* Bytes of the server's words that are kept */
#define MAX_WORDS 300
/* Longer than a day no server asks to wait. */
#define MAX_RETRY_S (24 * 60 * 60)

/* What is said, by the status and words within it, lower case; the first that fits. */
static const struct
{
  guint status;
  const char *words;
  MosTelegramOutcome outcome;
  const char *code;
} answers[] = {
  { 401, "", MOS_TELEGRAM_REFUSED, "auth-failed" },
  { 404, "method not found", MOS_TELEGRAM_REFUSED, "refused" },
  /* What stands in the place of the token is none. */
  { 404, "", MOS_TELEGRAM_REFUSED, "auth-failed" },
  { 403, "blocked by the user", MOS_TELEGRAM_REFUSED, "blocked" },
  { 403, "deactivated", MOS_TELEGRAM_REFUSED, "deactivated" },
  { 403, "kicked", MOS_TELEGRAM_REFUSED, "removed" },
  { 403, "not a member", MOS_TELEGRAM_REFUSED, "removed" },
  { 403, "can't initiate conversation", MOS_TELEGRAM_REFUSED, "not-started" },
  { 403, "", MOS_TELEGRAM_REFUSED, "forbidden" },
  { 409, "terminated by other getupdates", MOS_TELEGRAM_LATER, "other-program" },
  { 409, "terminated by setwebhook", MOS_TELEGRAM_REFUSED, "webhook-set" },
  { 409, "webhook is active", MOS_TELEGRAM_REFUSED, "webhook" },
  { 409, "", MOS_TELEGRAM_LATER, "other-program" },
  { 413, "", MOS_TELEGRAM_REFUSED, "too-large" },
  { 429, "", MOS_TELEGRAM_LATER, "rate-limited" },
  /* Its words go on with what else did not change. */
  { 400, "not modified", MOS_TELEGRAM_REFUSED, "not-modified" },
  { 400, "upgraded to a supergroup", MOS_TELEGRAM_REFUSED, "moved" },
  { 400, "chat not found", MOS_TELEGRAM_REFUSED, "chat-not-found" },
  { 400, "business connection", MOS_TELEGRAM_REFUSED, "business-gone" },
  { 400, "business_connection_invalid", MOS_TELEGRAM_REFUSED, "business-gone" },
  { 400, "business_peer_usage_missing", MOS_TELEGRAM_REFUSED, "window" },
  { 400, "business_peer_invalid", MOS_TELEGRAM_REFUSED, "business-gone" },
  { 400, "file is too big", MOS_TELEGRAM_REFUSED, "too-large" },
  { 400, "too large", MOS_TELEGRAM_REFUSED, "too-large" },
  { 400, "message is too long", MOS_TELEGRAM_REFUSED, "text-too-long" },
  { 400, "caption is too long", MOS_TELEGRAM_REFUSED, "text-too-long" },
  { 400, "text is empty", MOS_TELEGRAM_REFUSED, "empty" },
  { 400, "text must be non-empty", MOS_TELEGRAM_REFUSED, "empty" },
  { 400, "file must be non-empty", MOS_TELEGRAM_REFUSED, "empty" },
  { 400, "photo_", MOS_TELEGRAM_REFUSED, "bad-picture" },
  { 400, "image_process_failed", MOS_TELEGRAM_REFUSED, "bad-picture" },
  { 400, "button_", MOS_TELEGRAM_REFUSED, "bad-buttons" },
  { 400, "reply markup", MOS_TELEGRAM_REFUSED, "bad-buttons" },
  { 400, "replied not found", MOS_TELEGRAM_REFUSED, "reply-gone" },
  { 400, "file_id", MOS_TELEGRAM_REFUSED, "file-gone" },
  { 400, "file identifier", MOS_TELEGRAM_REFUSED, "file-gone" },
  { 400, "file reference", MOS_TELEGRAM_REFUSED, "file-gone" },
  { 400, "file is temporarily unavailable", MOS_TELEGRAM_LATER, "temporary" },
  { 400, "query is too old", MOS_TELEGRAM_REFUSED, "query-too-old" },
  { 400, "to delete not found", MOS_TELEGRAM_REFUSED, "message-gone" },
  { 400, "to edit not found", MOS_TELEGRAM_REFUSED, "message-gone" },
  { 400, "to react not found", MOS_TELEGRAM_REFUSED, "message-gone" },
  { 400, "message not found", MOS_TELEGRAM_REFUSED, "message-gone" },
  { 400, "can't be deleted", MOS_TELEGRAM_REFUSED, "too-late" },
  { 400, "can't be edited", MOS_TELEGRAM_REFUSED, "cannot-edit" },
  { 400, "reaction_", MOS_TELEGRAM_REFUSED, "bad-sign" },
};

static const struct
{
  const char *code;
  const char *remedy;
} remedies[] = {
  { "auth-failed", "token" },
  { "webhook", "remove-webhook" },
  { "webhook-set", "remove-webhook" },
  { "other-program", "stop-other" },
  { "blocked", "write-elsewhere" },
  { "deactivated", "write-elsewhere" },
  { "removed", "write-elsewhere" },
  { "not-started", "write-elsewhere" },
  { "forbidden", "write-elsewhere" },
  { "chat-not-found", "write-elsewhere" },
  { "moved", "move" },
  { "business-gone", "reconnect" },
  { "window", "wait-for-customer" },
  { "too-large", "smaller" },
  { "bad-picture", "smaller" },
  { "text-too-long", "shorter" },
  { "rate-limited", "again" },
  { "temporary", "again" },
  { "network", "again" },
  { "bad-answer", "again" },
  { "bad-certificate", "again" },
  { "uncertain", "look" },
};

MosTelegramTrouble *
mos_telegram_trouble_new (MosTelegramOutcome outcome,
                          const char *code,
                          const char *detail)
{
  MosTelegramTrouble *self = g_new0 (MosTelegramTrouble, 1);

  self->outcome = outcome;
  self->code = code;
  self->remedy = "none";
  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (strcmp (remedies[i].code, code) == 0)
      self->remedy = remedies[i].remedy;
  self->detail = g_strdup (detail);
  return self;
}

void
mos_telegram_trouble_free (MosTelegramTrouble *self)
{
  if (self == NULL)
    return;
  g_free (self->detail);
  g_free (self);
}

/* Returns: (transfer full) (nullable): no more than a person reads */
static char *
dup_words (JsonObject *object)
{
  g_autofree char *words = mos_json_read_dup_line (object, "description");

  if (words != NULL && strlen (words) > MAX_WORDS)
    {
      words[MAX_WORDS] = '\0';
      return g_utf8_make_valid (words, -1);
    }
  return g_steal_pointer (&words);
}

/* @object: (nullable): the answer, where it is one of the API: what stands between us and it (a proxy, the server's own front) answers otherwise */
static MosTelegramTrouble *
judge (guint status,
       JsonObject *object,
       gboolean is_sending)
{
  JsonObject *parameters = mos_json_read_object (object, "parameters");
  g_autofree char *words = dup_words (object);
  g_autofree char *lower = words != NULL ? g_ascii_strdown (words, -1) : g_strdup ("");
  gint64 code = 0, chat = 0;

  /* Where both are there, the API's own counts. */
  if (mos_json_read_int (object, "error_code", &code) && code >= 400 && code < 600)
    status = (guint) code;
  if (mos_json_read_int (parameters, "migrate_to_chat_id", &chat) && chat != 0)
    {
      MosTelegramTrouble *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "moved", words);

      trouble->migrate_to = chat;
      trouble->status = status;
      return trouble;
    }
  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (answers); i++)
    if (answers[i].status == status && strstr (lower, answers[i].words) != NULL)
      return mos_telegram_trouble_new (answers[i].outcome, answers[i].code, words);
  if (status == 401 || status == 413 || status == 429)
    return mos_telegram_trouble_new (status == 429 ? MOS_TELEGRAM_LATER : MOS_TELEGRAM_REFUSED, status == 429 ? "rate-limited" : status == 413 ? "too-large"
                                                                                                                                               : "auth-failed",
                                     words);
  if (status >= 500)
    return is_sending && object == NULL ? mos_telegram_trouble_new (MOS_TELEGRAM_UNCERTAIN, "uncertain", words) : mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "temporary", words);
  if (status >= 400 && object != NULL)
    return mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "refused", words);
  if (status < 300 && is_sending)
    return mos_telegram_trouble_new (MOS_TELEGRAM_UNCERTAIN, "uncertain", words);
  return mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "bad-answer", words);
}

JsonNode *
mos_telegram_read_answer (guint status,
                          guint retry_after_s,
                          GBytes *body,
                          gboolean is_sending,
                          MosTelegramTrouble **trouble)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = NULL;
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  guint64 wait;

  if (data != NULL && json_parser_load_from_data (parser, data, (gssize) size, NULL))
    {
      JsonNode *root = json_parser_get_root (parser);

      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) && json_object_has_member (json_node_get_object (root), "ok"))
        object = json_node_get_object (root);
    }
  if (status >= 200 && status < 300 && mos_json_read_is_true (object, "ok") && json_object_has_member (object, "result"))
    return json_node_copy (json_object_get_member (object, "result"));

  *trouble = judge (status, object, is_sending);
  (*trouble)->status = status;
  wait = mos_json_read_size (mos_json_read_object (object, "parameters"), "retry_after");
  (*trouble)->retry_after_s = (guint) MIN (wait != 0 ? wait : retry_after_s, MAX_RETRY_S);
  return NULL;
}

MosTelegramTrouble *
mos_telegram_read_error (const GError *error,
                         gboolean may_be_done)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return mos_telegram_trouble_new (may_be_done ? MOS_TELEGRAM_UNCERTAIN : MOS_TELEGRAM_CANCELLED, may_be_done ? "uncertain" : "cancelled", NULL);
  if (may_be_done)
    return mos_telegram_trouble_new (MOS_TELEGRAM_UNCERTAIN, "uncertain", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    return mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "bad-address", error->message);
  if (error->domain == G_TLS_ERROR)
    return mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "bad-certificate", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "too-large", error->message);
  return mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "network", error->message);
}

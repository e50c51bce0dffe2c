/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-twilio"

#include "config.h"

#include "core/channels/twilio/mos-twilio-parse.h"

#include "core/base/mos-json-read.h"
#include "core/channels/mos-channel-traits.h"
#include "core/mail/mime/mos-mime.h"

#include <libsoup/soup.h>
#include <string.h>

/* Bytes of the server's words that are kept */
#define MAX_WORDS 300
/* Longest path that is believed */
#define MAX_PATH 2048
#define WHATSAPP "whatsapp:"

void
mos_twilio_message_free (MosTwilioMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->sid);
  g_free (self->from);
  g_free (self->to);
  g_free (self->body);
  g_free (self->status);
  g_free (self->code);
  g_free (self->words);
  g_clear_pointer (&self->json, json_object_unref);
  g_free (self);
}

void
mos_twilio_page_free (MosTwilioPage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->messages);
  g_free (self->next);
  g_free (self);
}

/* --- small things --- */

gint64
mos_twilio_parse_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

JsonObject *
mos_twilio_parse_object (GBytes *body,
                         GError **error)
{
  g_autoptr (GError) local = NULL;
  JsonObject *object = mos_json_read_root (body, &local);

  if (object == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, local->message);
  return object;
}

/* A number is one, whether it stands in quotation marks (num_media) or not (error_code); it is null where there is none. */
static char *
dup_number (JsonObject *object,
            const char *name)
{
  g_autofree char *text = mos_json_read_dup_line (object, name);
  gint64 number;

  if (text != NULL && strspn (text, G_CSET_DIGITS) == strlen (text) && strlen (text) < 12)
    return g_steal_pointer (&text);
  return mos_json_read_int (object, name, &number) && number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

static char *
dup_words (JsonObject *object,
           const char *name)
{
  g_autofree char *words = mos_json_read_dup_line (object, name);

  if (words == NULL || strlen (words) <= MAX_WORDS)
    return g_steal_pointer (&words);
  words[MAX_WORDS] = '\0';
  return g_utf8_make_valid (words, -1);
}

/* A path on the same server, never another one: what is asked there has our key with it. */
static char *
dup_path (JsonObject *object,
          const char *name)
{
  g_autofree char *path = mos_json_read_dup_line (object, name);

  if (path == NULL || path[0] != '/' || path[1] == '/' || strlen (path) > MAX_PATH || strpbrk (path, " \\#") != NULL || strstr (path, "..") != NULL)
    return NULL;
  return g_steal_pointer (&path);
}

/* --- messages --- */

static gboolean
is_sid (const char *text)
{
  return text != NULL && strlen (text) <= 64 && *text != '\0' && text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS)] == '\0';
}

MosTwilioMessage *
mos_twilio_parse_message (JsonObject *object)
{
  g_autoptr (MosTwilioMessage) self = g_new0 (MosTwilioMessage, 1);
  g_autofree char *direction = mos_json_read_dup_line (object, "direction");
  g_autofree char *status = mos_json_read_dup_line (object, "status");
  g_autofree char *sent = mos_json_read_dup_line (object, "date_sent");
  g_autofree char *created = mos_json_read_dup_line (object, "date_created");
  g_autofree char *media = dup_number (object, "num_media");

  self->sid = mos_json_read_dup_line (object, "sid");
  self->from = mos_json_read_dup_line (object, "from");
  self->to = mos_json_read_dup_line (object, "to");
  if (!is_sid (self->sid) || self->from == NULL || self->to == NULL || direction == NULL)
    return NULL;
  self->body = mos_json_read_dup_text (object, "body");
  if (self->body == NULL)
    self->body = g_strdup ("");
  self->is_incoming = g_str_equal (direction, "inbound");
  self->status = g_ascii_strdown (status != NULL ? status : "", -1);
  self->code = dup_number (object, "error_code");
  self->words = dup_words (object, "error_message");
  self->media = media != NULL ? (guint) MIN (g_ascii_strtoull (media, NULL, 10), 100) : 0;
  self->at_us = mos_twilio_parse_date (sent);
  if (self->at_us == 0)
    self->at_us = mos_twilio_parse_date (created);
  self->json = json_object_ref (object);
  return g_steal_pointer (&self);
}

MosTwilioPage *
mos_twilio_parse_page (GBytes *body,
                       GError **error)
{
  g_autoptr (JsonObject) object = mos_twilio_parse_object (body, error);
  g_autoptr (MosTwilioPage) page = NULL;
  JsonArray *messages;

  if (object == NULL)
    return NULL;
  messages = mos_json_read_array (object, "messages");
  if (messages == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no messages in the answer");
      return NULL;
    }
  page = g_new0 (MosTwilioPage, 1);
  page->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_twilio_message_free);
  page->next = dup_path (object, "next_page_uri");
  for (guint i = 0; i < mos_json_read_length (messages); i++)
    {
      MosTwilioMessage *message = mos_twilio_parse_message (mos_json_read_element (messages, i));

      if (message != NULL)
        g_ptr_array_add (page->messages, message);
      else
        g_debug ("A message cannot be read");
    }
  return g_steal_pointer (&page);
}

GPtrArray *
mos_twilio_parse_media (GBytes *body,
                        GError **error)
{
  g_autoptr (JsonObject) object = mos_twilio_parse_object (body, error);
  GPtrArray *files;
  JsonArray *list;

  if (object == NULL)
    return NULL;
  files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  list = mos_json_read_array (object, "media_list");
  for (guint i = 0; i < mos_json_read_length (list); i++)
    {
      JsonObject *one = mos_json_read_element (list, i);
      g_autofree char *type = mos_json_read_dup_line (one, "content_type");
      g_autofree char *path = dup_path (one, "uri");
      g_autofree char *plain = NULL;
      MosChatFile *file;

      if (path == NULL)
        continue;
      if (g_str_has_suffix (path, ".json"))
        path[strlen (path) - strlen (".json")] = '\0';
      plain = g_ascii_strdown (type != NULL && strchr (type, '/') != NULL && g_str_is_ascii (type) ? type : "application/octet-stream", -1);
      plain[strcspn (plain, "; ")] = '\0';
      file = mos_chat_file_new ();
      file->kind = mos_file_kind_of_type (plain);
      file->ref = g_steal_pointer (&path);
      file->name = mos_mime_safe_name (NULL, plain);
      file->type = g_steal_pointer (&plain);
      g_ptr_array_add (files, file);
    }
  return files;
}

/* --- what goes wrong --- */

/* www.twilio.com/docs/api/errors; those that mean something to do. */
static const struct
{
  const char *code;
  MosChatError error;
} codes[] = {
  { "20003", MOS_CHAT_ERROR_KEY_REFUSED }, /* permission denied: the key */
  { "20008", MOS_CHAT_ERROR_NOT_ALLOWED }, /* test credentials */
  { "20404", MOS_CHAT_ERROR_GONE },
  { "20429", MOS_CHAT_ERROR_TEMPORARY },   /* too many requests: not processed */
  { "14107", MOS_CHAT_ERROR_TEMPORARY },   /* message rate exceeded */
  { "21211", MOS_CHAT_ERROR_CLOSED },      /* invalid To */
  { "21214", MOS_CHAT_ERROR_CLOSED },      /* To cannot be reached */
  { "21408", MOS_CHAT_ERROR_NOT_ALLOWED }, /* no permission for the region */
  { "21606", MOS_CHAT_ERROR_NOT_ALLOWED }, /* From is not ours */
  { "21610", MOS_CHAT_ERROR_CLOSED },      /* unsubscribed: wrote STOP */
  { "21611", MOS_CHAT_ERROR_TEMPORARY },   /* the queue of the number is full */
  { "21612", MOS_CHAT_ERROR_CLOSED },      /* To cannot be reached from From */
  { "21614", MOS_CHAT_ERROR_CLOSED },      /* not a mobile number */
  { "21617", MOS_CHAT_ERROR_TOO_LARGE },   /* over 1600 characters */
  { "21659", MOS_CHAT_ERROR_NOT_ALLOWED }, /* From is not a number of Twilio's */
  { "30003", MOS_CHAT_ERROR_REFUSED },     /* unreachable handset: it may be again tomorrow */
  { "30004", MOS_CHAT_ERROR_CLOSED },      /* blocked */
  { "30005", MOS_CHAT_ERROR_CLOSED },      /* unknown handset */
  { "30006", MOS_CHAT_ERROR_CLOSED },      /* landline */
  { "63003", MOS_CHAT_ERROR_CLOSED },      /* To cannot be found on the channel */
  { "63007", MOS_CHAT_ERROR_NOT_ALLOWED }, /* no such sender on the channel */
  { "63016", MOS_CHAT_ERROR_WINDOW },      /* outside the allowed window */
  { "63018", MOS_CHAT_ERROR_TEMPORARY },   /* rate limit of the channel */
  { "63024", MOS_CHAT_ERROR_CLOSED },      /* invalid recipient */
};

MosChatError
mos_twilio_error_of_code (const char *code)
{
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].code, code))
      return codes[i].error;
  return MOS_CHAT_ERROR_REFUSED;
}

static MosChatError
error_of_status (guint status,
                 gboolean is_sending,
                 gboolean is_api)
{
  if (status == 401)
    return MOS_CHAT_ERROR_KEY_REFUSED;
  if (status == 403)
    return MOS_CHAT_ERROR_NOT_ALLOWED;
  if (status == 404)
    return is_api ? MOS_CHAT_ERROR_GONE : MOS_CHAT_ERROR_NO_SERVER;
  if (status == 429)
    return MOS_CHAT_ERROR_TEMPORARY;
  /* What stands between us and it may have broken before or after it was done. */
  if (status >= 500)
    return is_sending ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_TEMPORARY;
  if (status >= 400 && is_api)
    return MOS_CHAT_ERROR_REFUSED;
  return is_sending && status < 300 ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_PROTOCOL;
}

void
mos_twilio_judge (guint status,
                  GBytes *body,
                  gboolean is_sending,
                  GError **error)
{
  g_autoptr (JsonObject) object = mos_twilio_parse_object (body, NULL);
  g_autofree char *code = object != NULL ? dup_number (object, "code") : NULL;
  g_autofree char *words = object != NULL ? dup_words (object, "message") : NULL;
  gboolean is_api = object != NULL && words != NULL;
  MosChatError what = mos_twilio_error_of_code (code);

  /* Of an error of theirs that has no meaning of its own, the status tells more. */
  if (what == MOS_CHAT_ERROR_REFUSED || status >= 500)
    what = error_of_status (status, is_sending, is_api);
  if (is_api && code != NULL)
    g_set_error (error, MOS_CHAT_ERROR, (int) what, "%s: %s", code, words);
  else if (is_api)
    g_set_error_literal (error, MOS_CHAT_ERROR, (int) what, words);
  else
    g_set_error (error, MOS_CHAT_ERROR, (int) what, "HTTP %u", status);
}

/* --- for the desk --- */

static MosChatPerson *
make_person (const char *address)
{
  gboolean is_whatsapp = g_str_has_prefix (address, WHATSAPP);
  const char *plain = is_whatsapp ? address + strlen (WHATSAPP) : address;
  gboolean is_number = plain[0] == '+' && plain[1] != '\0' && plain[1 + strspn (plain + 1, G_CSET_DIGITS)] == '\0';
  /* A short code, or a name ("DHL"), is nobody's telephone. */
  MosChatPerson *person = mos_chat_person_make (is_number ? "phone" : "sms", "", plain, NULL);

  /* A number on WhatsApp was confirmed by whoever has it; what an SMS says it comes from, nobody did. */
  person->is_phone_verified = is_number && is_whatsapp;
  person->phone = is_number ? g_strdup (plain) : NULL;
  return person;
}

static MosChatUpdate *
make_update (const MosTwilioMessage *self,
             MosChatUpdateKind kind)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = kind;
  update->thread = g_strdup (self->is_incoming ? self->from : self->to);
  update->id = g_strdup (self->sid);
  update->is_own = !self->is_incoming;
  update->at_us = self->at_us;
  update->text = g_strdup ("");
  return update;
}

MosChatUpdate *
mos_twilio_to_update (const MosTwilioMessage *self)
{
  MosChatUpdate *update = make_update (self, MOS_CHAT_MESSAGE);

  g_set_str (&update->text, self->body);
  update->raw = mos_json_read_again (self->json);
  if (self->is_incoming)
    update->person = make_person (self->from);
  update->title = g_strdup (g_str_has_prefix (update->thread, WHATSAPP) ? update->thread + strlen (WHATSAPP) : update->thread);
  return update;
}

static const char *
why_of (const MosTwilioMessage *self)
{
  MosChatError what = mos_twilio_error_of_code (self->code);

  return what == MOS_CHAT_ERROR_CLOSED ? "chat-closed" : what == MOS_CHAT_ERROR_WINDOW  ? "window-over"
                                                     : what == MOS_CHAT_ERROR_TOO_LARGE ? "too-large"
                                                                                        : "refused";
}

static gboolean
is_one_of (const char *status,
           const char *const *list)
{
  return g_strv_contains (list, status);
}

MosChatUpdate *
mos_twilio_to_receipt (const MosTwilioMessage *self)
{
  static const char *const failed[] = { "failed", "undelivered", "canceled", NULL };
  static const char *const sent[] = { "sent", "partially_delivered", NULL };
  MosChatUpdate *update;
  MosDelivery receipt;

  if (is_one_of (self->status, failed))
    receipt = MOS_DELIVERY_FAILED;
  else if (is_one_of (self->status, sent))
    receipt = MOS_DELIVERY_ACCEPTED;
  else if (g_str_equal (self->status, "delivered"))
    receipt = MOS_DELIVERY_DELIVERED;
  else if (g_str_equal (self->status, "read"))
    receipt = MOS_DELIVERY_READ;
  else
    return NULL;

  update = make_update (self, MOS_CHAT_RECEIPT);
  update->receipt = receipt;
  if (receipt == MOS_DELIVERY_FAILED)
    {
      update->why = g_strdup (why_of (self));
      update->detail = self->code != NULL ? g_strdup_printf ("%s%s%s", self->code, self->words != NULL ? ": " : "", self->words != NULL ? self->words : "")
                                          : g_strdup (self->words != NULL ? self->words : self->status);
    }
  return update;
}

gboolean
mos_twilio_is_final (const MosTwilioMessage *self)
{
  static const char *const final[] = { "failed", "undelivered", "canceled", "read", NULL };

  /* An SMS is never read; what was delivered by WhatsApp may still be. */
  return is_one_of (self->status, final) || (g_str_equal (self->status, "delivered") && !g_str_has_prefix (self->to, WHATSAPP));
}

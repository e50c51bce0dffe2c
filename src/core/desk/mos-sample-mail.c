/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-sample-mail.h"

#include "core/base/mos-id.h"
#include "core/mail/mime/mos-mime.h"
#include "mos-sample-resources.h"

#include <string.h>

#define SAMPLE_PATH "/org/mostrador/sample/"

/* One conversation while its mail is made. */
typedef struct
{
  JsonObject *shop;
  JsonObject *conversation;
  guint number;
  gint64 now_us;
  MosAccount *account;     /* (owned) */
  MosAddress *shop_side;   /* (owned) */
  MosAddress *other_side;  /* (owned) */
  const char *language;    /* (borrowed) of the shop's customer table */
  GPtrArray *message_ids;  /* (owned) of char *: of all messages so far, oldest first */
  GHashTable *named_ids;   /* (owned) "id" of a message -> its Message-ID */
  const char *last_text;   /* (borrowed) (nullable) */
  MosAddress *last_writer; /* (borrowed) (nullable) */
  gint64 last_us;
  GPtrArray *mail; /* (owned) of MosIncoming */
} Making;

static const char *
get_string (JsonObject *object,
            const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

/**
 * mos_sample_load_file:
 * @name: "shop.json", "files/dog.png"
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *
mos_sample_load_file (const char *name,
                      GError **error)
{
  g_autofree char *path = g_strconcat (SAMPLE_PATH, name, NULL);

  return g_resource_lookup_data (mos_sample_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

/**
 * mos_sample_load_shop:
 *
 * Returns: (transfer full) (nullable): the shop's content
 */
JsonObject *
mos_sample_load_shop (GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) bytes = mos_sample_load_file ("shop.json", error);

  if (bytes == NULL ||
      !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error))
    return NULL;

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/**
 * mos_sample_parse_ago_us:
 * @ago: "2d3h10m": days, hours and minutes, each at most once
 *
 * Returns: the same in microseconds
 */
gint64
mos_sample_parse_ago_us (const char *ago)
{
  gint64 minutes = 0;
  gint64 number = 0;

  for (const char *p = ago; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          number = number * 10 + g_ascii_digit_value (*p);
          continue;
        }
      minutes += number * (*p == 'd' ? 24 * 60 : *p == 'h' ? 60
                                                           : 1);
      number = 0;
    }
  return minutes * 60 * G_USEC_PER_SEC;
}

static MosServer *
make_server (MosAccount *account,
             const char *host,
             guint16 port)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup (host);
  server->port = port;
  server->user = g_strdup (account->address);
  server->security = MOS_SECURITY_TLS;
  return server;
}

/**
 * mos_sample_make_account:
 * @key: "support" or "orders"
 *
 * Returns: (transfer full): the account, with servers of a reserved name (RFC 2606) that nobody can reach: answers are queued and stay so
 */
MosAccount *
mos_sample_make_account (JsonObject *shop,
                         const char *key)
{
  JsonObject *accounts = json_object_get_object_member (shop, "accounts");
  JsonObject *object = json_object_get_object_member (accounts, key);
  MosAccount *account = mos_account_new ();

  account->kind = g_strdup ("email");
  account->name = g_strdup (get_string (object, "name"));
  account->address = g_strdup (get_string (object, "address"));
  account->id = mos_id_derive ("account", account->kind, account->address, NULL);
  account->aliases = g_new0 (char *, 1);
  account->imap = make_server (account, "imap.farolana.example", 993);
  account->smtp = make_server (account, "smtp.farolana.example", 465);
  account->signature = g_strdup (get_string (object, "signature"));
  account->position = g_strcmp0 (key, "support") == 0 ? 0 : 1;
  return account;
}

static GPtrArray *
list_of (MosAddress *address)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);

  if (address != NULL)
    g_ptr_array_add (list, mos_address_ref (address));
  return list;
}

static const char *
type_of (const char *name)
{
  if (g_str_has_suffix (name, ".png"))
    return "image/png";
  if (g_str_has_suffix (name, ".pdf"))
    return "application/pdf";
  if (g_str_has_suffix (name, ".ogg"))
    return "audio/ogg";
  return "application/octet-stream";
}

/**
 * mos_sample_make_attachment:
 * @name: of a file of the shop: "dog.png"
 *
 * Returns: (transfer full) (nullable): with its bytes
 */
MosAttachment *
mos_sample_make_attachment (const char *name,
                            GError **error)
{
  g_autoptr (MosAttachment) attachment = mos_attachment_new ();
  g_autofree char *path = g_strconcat ("files/", name, NULL);

  attachment->data = mos_sample_load_file (path, error);
  if (attachment->data == NULL)
    return NULL;
  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type_of (name));
  attachment->size = g_bytes_get_size (attachment->data);
  return g_steal_pointer (&attachment);
}

static gboolean
add_attachment (GPtrArray *list,
                const char *name,
                const char *content_id,
                GError **error)
{
  MosAttachment *attachment = mos_sample_make_attachment (name, error);

  if (attachment == NULL)
    return FALSE;
  attachment->content_id = g_strdup (content_id);
  attachment->is_inline = content_id != NULL;
  g_ptr_array_add (list, attachment);
  return TRUE;
}

static gboolean
add_attachments (MosCompose *compose,
                 JsonObject *message,
                 GError **error)
{
  JsonArray *names = json_object_has_member (message, "attachments") ? json_object_get_array_member (message, "attachments") : NULL;
  JsonArray *related = json_object_has_member (message, "related") ? json_object_get_array_member (message, "related") : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (!add_attachment (compose->attachments, json_array_get_string_element (names, i), NULL, error))
      return FALSE;

  for (guint i = 0; related != NULL && i < json_array_get_length (related); i++)
    {
      JsonObject *part = json_array_get_object_element (related, i);

      if (!add_attachment (compose->attachments, get_string (part, "file"), get_string (part, "content_id"), error))
        return FALSE;
    }
  return TRUE;
}

/* What mail programs put below an answer: who wrote when, and the text with "> ". */
static char *
quote_last (Making *making)
{
  JsonObject *intros = json_object_get_object_member (making->shop, "quote_intro");
  const char *intro = json_object_get_string_member_with_default (intros, making->language, "{date}, {name}:");
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (making->last_us / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (when, "%d.%m.%Y %H:%M");
  g_autoptr (GString) out = g_string_new (intro);
  g_auto (GStrv) lines = g_strsplit (making->last_text, "\n", -1);

  g_string_replace (out, "{date}", date, 1);
  g_string_replace (out, "{name}", making->last_writer->name != NULL ? making->last_writer->name : making->last_writer->address, 1);
  g_string_append_c (out, '\n');
  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    g_string_append_printf (out, "> %s\n", lines[i]);
  return g_string_free_and_steal (g_steal_pointer (&out));
}

/* The composer has no reason to write headers such as Precedence: they are put before its own. */
static GBytes *
prepend_headers (GBytes *raw,
                 JsonObject *headers)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  gsize size;
  gconstpointer data = g_bytes_get_data (raw, &size);

  json_object_iter_init (&iter, headers);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *line = g_strdup_printf ("%s: %s\r\n", name, json_node_get_string (value));

      g_byte_array_append (out, (const guint8 *) line, (guint) strlen (line));
    }
  g_byte_array_append (out, data, (guint) size);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static void
take_mail (Making *making,
           GBytes *raw,
           gboolean outgoing,
           gint64 at_us)
{
  MosIncoming *incoming = mos_incoming_new ();

  incoming->account = g_strdup (making->account->id);
  incoming->role = outgoing ? MOS_FOLDER_SENT : MOS_FOLDER_INBOX;
  incoming->flags = outgoing ? MOS_MESSAGE_FLAG_SEEN : 0;
  incoming->received_us = at_us;
  incoming->raw = raw;
  g_ptr_array_add (making->mail, incoming);
}

static char *
make_message_id (Making *making,
                 const char *sender)
{
  const char *domain = strchr (sender, '@');
  g_autofree char *index = g_strdup_printf ("%u.%u", making->number, making->message_ids->len);
  g_autofree char *id = mos_id_derive ("sample", index, NULL);

  return g_strconcat (id, domain != NULL ? domain : "@mail.example", NULL);
}

static gboolean
make_message (Making *making,
              JsonObject *message,
              GError **error)
{
  const char *kind = get_string (message, "kind");
  gboolean outgoing = g_strcmp0 (kind, "outgoing") == 0;
  MosAddress *from = outgoing ? making->shop_side : making->other_side;
  const char *subject = get_string (making->conversation, "subject");
  gint64 at_us = making->now_us - mos_sample_parse_ago_us (get_string (message, "ago"));
  g_autoptr (MosCompose) compose = mos_compose_new ();
  g_autoptr (GBytes) raw = NULL;

  if (g_strcmp0 (kind, "note") == 0)
    return TRUE;

  compose->message_id = make_message_id (making, from->address);
  compose->from = mos_address_ref (from);
  compose->to = list_of (outgoing ? making->other_side : making->shop_side);
  compose->cc = list_of (NULL);
  compose->bcc = list_of (NULL);
  compose->subject = making->message_ids->len > 0 && !g_str_has_prefix (subject, "Re: ") ? g_strconcat ("Re: ", subject, NULL) : g_strdup (subject);
  compose->date_us = at_us;
  compose->text = g_strdup (get_string (message, "text"));
  compose->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  if (making->message_ids->len > 0)
    compose->in_reply_to = g_strdup (making->message_ids->pdata[making->message_ids->len - 1]);
  compose->references = g_new0 (char *, making->message_ids->len + 1);
  for (guint i = 0; i < making->message_ids->len; i++)
    compose->references[i] = g_strdup (making->message_ids->pdata[i]);

  if (json_object_has_member (message, "quote") && making->last_text != NULL)
    {
      g_autofree char *own = g_steal_pointer (&compose->text);
      g_autofree char *quote = quote_last (making);

      compose->text = g_strconcat (own, "\n", quote, NULL);
    }

  if (json_object_has_member (message, "html"))
    {
      g_autofree char *path = g_strconcat ("files/", get_string (message, "html"), NULL);
      g_autoptr (GBytes) html = mos_sample_load_file (path, error);

      if (html == NULL)
        return FALSE;
      compose->html = g_strndup (g_bytes_get_data (html, NULL), g_bytes_get_size (html));
    }

  if (!add_attachments (compose, message, error))
    return FALSE;
  raw = mos_mime_compose (compose, error);
  if (raw == NULL)
    return FALSE;
  if (json_object_has_member (message, "headers"))
    {
      g_autoptr (GBytes) plain = g_steal_pointer (&raw);

      raw = prepend_headers (plain, json_object_get_object_member (message, "headers"));
    }

  if (json_object_has_member (message, "id"))
    g_hash_table_insert (making->named_ids, (gpointer) get_string (message, "id"), g_strdup (compose->message_id));
  g_ptr_array_add (making->message_ids, g_strdup (compose->message_id));
  making->last_text = get_string (message, "text");
  making->last_writer = from;
  making->last_us = at_us;
  take_mail (making, g_steal_pointer (&raw), outgoing, at_us);
  return TRUE;
}

/* A delivery status notification as RFC 3464 wants it. */
static void
make_bounce (Making *making,
             JsonObject *bounce)
{
  const char *of = g_hash_table_lookup (making->named_ids, get_string (bounce, "of"));
  gint64 at_us = making->now_us - mos_sample_parse_ago_us (get_string (bounce, "ago"));
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (when, "%d %b %Y %H:%M:%S +0000");
  g_autofree char *id = make_message_id (making, making->other_side->address);
  g_autofree char *text = NULL;

  text = g_strdup_printf (
      "Return-Path: <>\r\nFrom: Mail Delivery Subsystem <MAILER-DAEMON@correo.example>\r\nTo: <%s>\r\nDate: %s\r\nMessage-ID: <%s>\r\n"
      "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=\"dsn\"\r\n\r\n"
      "--dsn\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYour message could not be delivered to one or more recipients.\r\n\r\n%s\r\n\r\n"
      "--dsn\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.correo.example\r\n\r\n"
      "Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\nDiagnostic-Code: smtp; %s\r\n\r\n"
      "--dsn\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%s>\r\nFrom: <%s>\r\nTo: <%s>\r\n\r\n--dsn--\r\n",
      making->shop_side->address, date, id, get_string (bounce, "text"), making->other_side->address,
      get_string (bounce, "status"), get_string (bounce, "text"), of != NULL ? of : "", making->shop_side->address, making->other_side->address);
  take_mail (making, g_bytes_new (text, strlen (text)), FALSE, at_us);
}

GPtrArray *
mos_sample_make_mail (JsonObject *shop,
                      guint number,
                      gint64 now_us,
                      GError **error)
{
  JsonArray *conversations = json_object_get_array_member (shop, "conversations");
  JsonObject *conversation = json_array_get_object_element (conversations, number);
  JsonObject *customers = json_object_get_object_member (shop, "customers");
  JsonObject *customer = json_object_get_object_member (customers, get_string (conversation, "customer"));
  JsonArray *messages = json_object_get_array_member (conversation, "messages");
  g_autoptr (MosAccount) account = mos_sample_make_account (shop, get_string (conversation, "account"));
  g_autoptr (MosAddress) shop_side = mos_address_make (account->name, account->address);
  g_autoptr (MosAddress) other_side = mos_address_make (get_string (customer, "name"), get_string (customer, "address"));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) mail = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  Making making = {
    .shop = shop,
    .conversation = conversation,
    .number = number,
    .now_us = now_us,
    .account = account,
    .shop_side = shop_side,
    .other_side = other_side,
    .language = get_string (customer, "language"),
    .message_ids = ids,
    .named_ids = named,
    .mail = mail,
  };

  for (guint i = 0; i < json_array_get_length (messages); i++)
    if (!make_message (&making, json_array_get_object_element (messages, i), error))
      return NULL;
  if (json_object_has_member (conversation, "bounce"))
    make_bounce (&making, json_object_get_object_member (conversation, "bounce"));

  for (guint i = 0; i < mail->len; i++)
    {
      MosIncoming *incoming = mail->pdata[i];

      incoming->parsed = mos_mime_parse (incoming->raw, error);
      if (incoming->parsed == NULL)
        return NULL;
    }
  return g_steal_pointer (&mail);
}

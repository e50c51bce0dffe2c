/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-whatsapp-parse.h"

#include "core/base/mos-json-read.h"
#include "core/mail/mime/mos-mime.h"

#include <math.h>
#include <string.h>

/* What a message of WhatsApp holds (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages). */

#define MAX_LINES 200
#define MAX_REF 512

static void
add_line (GString *out,
          const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, line);
}

/* --- files --- */

static const struct
{
  const char *type;
  MosFileKind kind;
  const char *media_type;
} kinds[] = {
  { "image", MOS_FILE_IMAGE, "image/jpeg" },
  { "video", MOS_FILE_VIDEO, "video/mp4" },
  { "document", MOS_FILE_DOCUMENT, "application/octet-stream" },
  { "audio", MOS_FILE_AUDIO, "audio/ogg" },
  { "sticker", MOS_FILE_STICKER, "image/webp" },
};

static void
add_file (MosChatUpdate *update,
          JsonObject *media,
          MosFileKind kind,
          const char *usual)
{
  g_autofree char *id = mos_json_read_dup_line (media, "id");
  g_autofree char *said = mos_json_read_dup_line (media, "mime_type");
  g_autofree char *name = mos_json_read_dup_line (media, "filename");
  MosChatFile *file = mos_chat_file_new ();

  file->kind = kind == MOS_FILE_AUDIO && mos_json_read_is_true (media, "voice") ? MOS_FILE_VOICE : kind;
  file->type = g_ascii_strdown (said != NULL && strchr (said, '/') != NULL && g_str_is_ascii (said) ? said : usual, -1);
  file->type[strcspn (file->type, "; ")] = '\0';
  file->name = mos_mime_safe_name (name, file->type);
  if (id != NULL && strlen (id) <= MAX_REF && strspn (id, G_CSET_DIGITS G_CSET_A_2_Z G_CSET_a_2_z "_-") == strlen (id))
    file->ref = g_steal_pointer (&id);
  else
    {
      file->ref = g_strdup ("");
      file->why = g_strdup ("gone");
    }
  update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  g_ptr_array_add (update->files, file);
}

/* --- texts --- */

static gboolean
read_location (GString *out,
               JsonObject *location)
{
  g_autofree char *name = mos_json_read_dup_line (location, "name");
  g_autofree char *address = mos_json_read_dup_line (location, "address");
  g_autofree char *place = NULL;
  char latitude_text[G_ASCII_DTOSTR_BUF_SIZE], longitude_text[G_ASCII_DTOSTR_BUF_SIZE];
  double latitude, longitude;

  if (!mos_json_read_double (location, "latitude", &latitude) || !mos_json_read_double (location, "longitude", &longitude) || fabs (latitude) > 90 || fabs (longitude) > 180)
    return FALSE;
  add_line (out, name);
  add_line (out, address);
  /* RFC 5870 */
  place = g_strdup_printf ("geo:%s,%s", g_ascii_formatd (latitude_text, sizeof latitude_text, "%.6f", latitude), g_ascii_formatd (longitude_text, sizeof longitude_text, "%.6f", longitude));
  add_line (out, place);
  return TRUE;
}

static gboolean
read_contacts (GString *out,
               JsonArray *contacts)
{
  guint lines = 0;

  for (guint i = 0; i < mos_json_read_length (contacts); i++)
    {
      JsonObject *contact = mos_json_read_element (contacts, i);
      g_autofree char *name = mos_json_read_dup_line (mos_json_read_object (contact, "name"), "formatted_name");
      JsonArray *phones = mos_json_read_array (contact, "phones"), *emails = mos_json_read_array (contact, "emails");

      if (lines++ >= MAX_LINES)
        break;
      add_line (out, name);
      for (guint p = 0; p < mos_json_read_length (phones) && lines++ < MAX_LINES; p++)
        {
          g_autofree char *phone = mos_json_read_dup_line (mos_json_read_element (phones, p), "phone");

          add_line (out, phone);
        }
      for (guint e = 0; e < mos_json_read_length (emails) && lines++ < MAX_LINES; e++)
        {
          g_autofree char *email = mos_json_read_dup_line (mos_json_read_element (emails, e), "email");

          add_line (out, email);
        }
    }
  return out->len > 0;
}

/* A basket from the shop's catalogue there: "2 × MUG-1 (9.5 EUR)", a line each */
static gboolean
read_order (GString *out,
            JsonObject *order)
{
  JsonArray *items = mos_json_read_array (order, "product_items");
  g_autofree char *text = mos_json_read_dup_text (order, "text");

  for (guint i = 0; i < mos_json_read_length (items) && i < MAX_LINES; i++)
    {
      JsonObject *item = mos_json_read_element (items, i);
      g_autofree char *name = mos_json_read_dup_line (item, "product_retailer_id");
      g_autofree char *currency = mos_json_read_dup_line (item, "currency");
      g_autoptr (GString) line = g_string_new (NULL);
      char price_text[G_ASCII_DTOSTR_BUF_SIZE];
      guint64 quantity = mos_json_read_size (item, "quantity");
      double price;

      if (name == NULL)
        continue;
      g_string_append_printf (line, "%" G_GUINT64_FORMAT " × %s", quantity, name);
      /* Shown as it was said, never calculated with. */
      if (currency != NULL && mos_json_read_double (item, "item_price", &price))
        g_string_append_printf (line, " (%s %s)", g_ascii_formatd (price_text, sizeof price_text, "%.10g", price), currency);
      add_line (out, line->str);
    }
  add_line (out, text);
  return out->len > 0;
}

/* What was pressed or chosen: what was to be read on it. */
static gboolean
read_interactive (GString *out,
                  JsonObject *interactive)
{
  static const char *const replies[] = { "button_reply", "list_reply" };
  g_autofree char *sent = mos_json_read_dup_text (mos_json_read_object (interactive, "nfm_reply"), "body");

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *title = mos_json_read_dup_line (mos_json_read_object (interactive, replies[i]), "title");

      if (title != NULL)
        {
          add_line (out, title);
          return TRUE;
        }
    }
  add_line (out, sent);
  return out->len > 0;
}

/* The advertisement that the chat was begun from */
static void
read_referral (MosChatUpdate *update,
               JsonObject *referral)
{
  g_autofree char *headline = mos_json_read_dup_line (referral, "headline");
  g_autofree char *url = mos_json_read_dup_line (referral, "source_url");

  if (referral == NULL || (headline == NULL && url == NULL))
    return;
  update->payload = headline != NULL && url != NULL ? g_strdup_printf ("%s (%s)", headline, url) : g_strdup (headline != NULL ? headline : url);
}

static gboolean
read_text (MosChatUpdate *update,
           JsonObject *message,
           const char *type,
           GString *out)
{
  JsonObject *object = mos_json_read_object (message, type);

  if (g_str_equal (type, "text"))
    {
      g_autofree char *body = mos_json_read_dup_text (object, "body");

      g_string_append (out, body != NULL ? body : "");
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (type, kinds[i].type))
      {
        g_autofree char *caption = mos_json_read_dup_text (object, "caption");

        add_file (update, object, kinds[i].kind, kinds[i].media_type);
        g_string_append (out, caption != NULL ? caption : "");
        return TRUE;
      }
  if (g_str_equal (type, "location"))
    return read_location (out, object);
  if (g_str_equal (type, "contacts"))
    return read_contacts (out, mos_json_read_array (message, "contacts"));
  if (g_str_equal (type, "order"))
    return read_order (out, object);
  if (g_str_equal (type, "interactive"))
    return read_interactive (out, object);
  if (g_str_equal (type, "button"))
    {
      g_autofree char *text = mos_json_read_dup_line (object, "text");

      add_line (out, text);
      return text != NULL;
    }
  return FALSE;
}

void
mos_whatsapp_read_content (MosChatUpdate *update,
                           JsonObject *message,
                           const char *type)
{
  g_autoptr (GString) out = g_string_new (NULL);
  JsonObject *context = mos_json_read_object (message, "context");
  g_autofree char *kind = NULL;

  if (!read_text (update, message, type, out))
    {
      /* "unsupported" may say what it was. */
      kind = g_str_equal (type, "unsupported") ? mos_json_read_dup_line (mos_json_read_object (message, "unsupported"), "type") : NULL;
      update->why = g_strdup ("unknown-content");
      update->detail = g_strdup (kind != NULL ? kind : type);
    }
  g_set_str (&update->text, out->str);
  if (update->reply_to == NULL)
    update->reply_to = mos_json_read_dup_line (context, "id");
  if (mos_json_read_is_true (context, "forwarded") || mos_json_read_is_true (context, "frequently_forwarded"))
    update->forwarded = g_strdup ("");
  read_referral (update, mos_json_read_object (message, "referral"));
}

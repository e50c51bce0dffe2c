/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-content-private.h"

#include "core/base/mos-json-read.h"
#include "core/base/mos-phone.h"
#include "core/channels/telegram/mos-telegram-parse.h"
#include "core/mail/mime/mos-mime.h"

/* Longest name of a file at Telegram that is believed, in bytes */
#define MAX_REF 512
#define MAX_ENTITIES 1000
#define MAX_LINES 200

/* --- files --- */

/* @size, @width …: read from @object. @fallback: how it is called where nobody named it. Returns: (transfer full) */
static MosChatFile *
file_new (JsonObject *object,
          MosFileKind kind,
          const char *type,
          const char *fallback)
{
  MosChatFile *file = mos_chat_file_new ();
  g_autofree char *ref = mos_json_read_dup_line (object, "file_id");
  g_autofree char *named = mos_json_read_dup_line (object, "file_name");
  g_autofree char *said = mos_json_read_dup_line (object, "mime_type");
  guint64 duration = mos_json_read_size (object, "duration");

  file->kind = kind;
  file->type = g_ascii_strdown (said != NULL && strchr (said, '/') != NULL && g_str_is_ascii (said) ? said : type, -1);
  file->name = mos_mime_safe_name (named != NULL ? named : fallback, file->type);
  file->size = mos_json_read_size (object, "file_size");
  file->duration_ms = (guint) MIN (duration, G_MAXUINT / 1000) * 1000;
  file->width = (guint) MIN (mos_json_read_size (object, "width"), G_MAXUINT);
  file->height = (guint) MIN (mos_json_read_size (object, "height"), G_MAXUINT);
  if (ref == NULL || strlen (ref) > MAX_REF)
    {
      file->ref = g_strdup ("");
      file->why = g_strdup ("gone");
    }
  else
    {
      file->ref = g_steal_pointer (&ref);
      if (file->size > MOS_TELEGRAM_MAX_DOWNLOAD)
        file->why = g_strdup ("too-large");
    }
  return file;
}

/* The largest by its dots: their order says nothing for sure. */
static JsonObject *
find_largest (JsonArray *sizes)
{
  JsonObject *largest = NULL;
  double most = -1;

  for (guint i = 0; i < mos_json_read_length (sizes); i++)
    {
      JsonObject *size = mos_json_read_element (sizes, i);
      double dots;

      if (size == NULL)
        continue;
      dots = (double) mos_json_read_size (size, "width") * (double) mos_json_read_size (size, "height");
      if (dots >= most)
        {
          most = dots;
          largest = size;
        }
    }
  return largest;
}

static MosChatFile *
read_audio (JsonObject *audio)
{
  g_autofree char *performer = mos_json_read_dup_line (audio, "performer");
  g_autofree char *title = mos_json_read_dup_line (audio, "title");
  g_autofree char *name = NULL;

  if (title != NULL)
    name = performer != NULL ? g_strdup_printf ("%s - %s.mp3", performer, title) : g_strdup_printf ("%s.mp3", title);
  return file_new (audio, MOS_FILE_AUDIO, "audio/mpeg", name != NULL ? name : "audio.mp3");
}

/* What moves is a program of its own (.tgs) or a film (.webm): its small picture stands for it. */
static MosChatFile *
read_sticker (JsonObject *sticker)
{
  JsonObject *small = mos_json_read_object (sticker, "thumbnail");
  gboolean is_film = mos_json_read_is_true (sticker, "is_video");

  if (small == NULL)
    small = mos_json_read_object (sticker, "thumb");
  if (!is_film && !mos_json_read_is_true (sticker, "is_animated"))
    return file_new (sticker, MOS_FILE_STICKER, "image/webp", "sticker.webp");
  if (small != NULL)
    return file_new (small, MOS_FILE_STICKER, "image/webp", "sticker.webp");
  return is_film ? file_new (sticker, MOS_FILE_ANIMATION, "video/webm", "sticker.webm") : file_new (sticker, MOS_FILE_DOCUMENT, "application/x-tgsticker", "sticker.tgs");
}

static MosChatFile *
read_note (JsonObject *note)
{
  MosChatFile *file = file_new (note, MOS_FILE_VIDEO, "video/mp4", "video.mp4");

  file->width = file->height = (guint) MIN (mos_json_read_size (note, "length"), G_MAXUINT);
  return file;
}

/* Returns: (transfer full) (nullable) */
static MosChatFile *
find_file (JsonObject *message)
{
  static const struct
  {
    const char *name;
    MosFileKind kind;
    const char *type;
    const char *fallback;
  } plain[] = {
    /* An animation comes as a document, too, for programs that do not know it. */
    { "animation", MOS_FILE_ANIMATION, "video/mp4", "animation.mp4" },
    { "voice", MOS_FILE_VOICE, "audio/ogg", "voice.ogg" },
    { "video", MOS_FILE_VIDEO, "video/mp4", "video.mp4" },
    { "document", MOS_FILE_DOCUMENT, "application/octet-stream", "document" },
  };
  JsonObject *object = find_largest (mos_json_read_array (message, "photo"));

  if (object != NULL)
    return file_new (object, MOS_FILE_IMAGE, "image/jpeg", "photo.jpg");
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      object = mos_json_read_object (message, plain[i].name);
      if (object != NULL)
        return file_new (object, plain[i].kind, plain[i].type, plain[i].fallback);
    }
  object = mos_json_read_object (message, "audio");
  if (object != NULL)
    return read_audio (object);
  object = mos_json_read_object (message, "sticker");
  if (object != NULL)
    return read_sticker (object);
  object = mos_json_read_object (message, "video_note");
  return object != NULL ? read_note (object) : NULL;
}

/* --- what is made a text --- */

static void
append_line (GString *out,
             const char *line)
{
  if (line == NULL)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, line);
}

static void
append_degrees (GString *out,
                double degrees)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (text, sizeof text, "%.6f", degrees);
  for (end = text + strlen (text) - 1; *end == '0'; end--)
    *end = '\0';
  if (*end == '.')
    *end = '\0';
  g_string_append (out, text);
}

/* RFC 5870. Returns: whether it is a place */
static gboolean
append_place (GString *out,
              JsonObject *location)
{
  g_autoptr (GString) uri = g_string_new ("geo:");
  double latitude, longitude, accuracy;

  if (!mos_json_read_double (location, "latitude", &latitude) || !mos_json_read_double (location, "longitude", &longitude) || latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180)
    return FALSE;
  append_degrees (uri, latitude);
  g_string_append_c (uri, ',');
  append_degrees (uri, longitude);
  if (mos_json_read_double (location, "horizontal_accuracy", &accuracy) && accuracy > 0 && accuracy <= 100000)
    {
      g_string_append (uri, ";u=");
      append_degrees (uri, accuracy);
    }
  append_line (out, uri->str);
  return TRUE;
}

static gboolean
append_venue (GString *out,
              JsonObject *message)
{
  JsonObject *venue = mos_json_read_object (message, "venue");
  g_autofree char *title = mos_json_read_dup_line (venue, "title");
  g_autofree char *address = mos_json_read_dup_line (venue, "address");

  append_line (out, title);
  append_line (out, address);
  return append_place (out, venue != NULL ? mos_json_read_object (venue, "location") : mos_json_read_object (message, "location")) || title != NULL;
}

static char *
card_value (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (strchr (",;\\", *at) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Name and number as a text and as a card; whose own number it is, has said so by giving it away (Telegram lets nobody else's number pass for theirs). */
static gboolean
append_contact (GString *out,
                MosChatUpdate *update,
                JsonObject *contact)
{
  g_autofree char *phone = mos_json_read_dup_line (contact, "phone_number");
  g_autofree char *first = mos_json_read_dup_line (contact, "first_name");
  g_autofree char *last = mos_json_read_dup_line (contact, "last_name");
  g_autofree char *card = mos_json_read_dup_text (contact, "vcard");
  g_autofree char *name = first != NULL && last != NULL ? g_strdup_printf ("%s %s", first, last) : g_strdup (first != NULL ? first : last);
  g_autofree char *owner = NULL;
  MosChatFile *file;
  gint64 user;

  if (phone == NULL)
    return FALSE;
  append_line (out, name);
  append_line (out, phone);
  if (mos_json_read_int (contact, "user_id", &user) && update->person != NULL)
    {
      owner = g_strdup_printf ("%" G_GINT64_FORMAT, user);
      if (strcmp (owner, update->person->value) == 0)
        {
          /* Telegram gives it in full, mostly without the sign. */
          g_autofree char *whole = g_strconcat (*phone == '+' ? "" : "+", phone, NULL);

          g_free (update->person->phone);
          update->person->phone = mos_phone_canonical (whole);
          update->person->is_phone_verified = update->person->phone != NULL;
        }
    }
  if (card == NULL || !g_str_has_prefix (card, "BEGIN:VCARD"))
    {
      g_autofree char *shown = card_value (name != NULL ? name : phone);
      g_autofree char *number = card_value (phone);

      g_free (card);
      card = g_strdup_printf ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nTEL:%s\r\nEND:VCARD\r\n", shown, number);
    }
  file = mos_chat_file_new ();
  file->kind = MOS_FILE_DOCUMENT;
  file->ref = g_strdup ("");
  file->name = g_strdup ("contact.vcf");
  file->type = g_strdup ("text/vcard");
  file->size = strlen (card);
  file->data = g_bytes_new (card, strlen (card));
  g_ptr_array_add (update->files, file);
  return TRUE;
}

/* A heading and its points */
static gboolean
append_list (GString *out,
             JsonObject *object,
             const char *heading,
             const char *points)
{
  JsonArray *array = mos_json_read_array (object, points);
  g_autofree char *head = mos_json_read_dup_text (object, heading);

  append_line (out, head);
  for (guint i = 0; i < MIN (mos_json_read_length (array), MAX_LINES); i++)
    {
      g_autofree char *text = mos_json_read_dup_line (mos_json_read_element (array, i), "text");
      g_autofree char *line = text != NULL ? g_strconcat ("• ", text, NULL) : NULL;

      append_line (out, line);
    }
  return head != NULL;
}

static gboolean
append_member (GString *out,
               JsonObject *object,
               const char *name)
{
  g_autofree char *text = mos_json_read_dup_line (object, name);

  append_line (out, text);
  return text != NULL;
}

static gboolean
append_other (GString *out,
              MosChatUpdate *update,
              JsonObject *message)
{
  JsonObject *object;

  if (json_object_has_member (message, "venue") || json_object_has_member (message, "location"))
    return append_venue (out, message);
  if ((object = mos_json_read_object (message, "contact")) != NULL)
    return append_contact (out, update, object);
  if ((object = mos_json_read_object (message, "dice")) != NULL)
    return append_member (out, object, "emoji");
  if ((object = mos_json_read_object (message, "poll")) != NULL)
    return append_list (out, object, "question", "options");
  if ((object = mos_json_read_object (message, "checklist")) != NULL)
    return append_list (out, object, "title", "tasks");
  if ((object = mos_json_read_object (message, "rich_message")) != NULL)
    {
      g_autofree char *text = mos_telegram_rich_text (object);

      append_line (out, text);
      return *text != '\0';
    }
  return FALSE;
}

/* --- what a message is about --- */

/* Members that stand beside what is written, not for it */
static const char *const beside[] = {
  "message_id",
  "message_thread_id",
  "direct_messages_topic",
  "from",
  "sender_chat",
  "sender_boost_count",
  "sender_business_bot",
  "sender_tag",
  "date",
  "guest_query_id",
  "business_connection_id",
  "chat",
  "forward_origin",
  "forward_from",
  "forward_from_chat",
  "forward_from_message_id",
  "forward_signature",
  "forward_sender_name",
  "forward_date",
  "is_topic_message",
  "is_automatic_forward",
  "reply_to_message",
  "external_reply",
  "quote",
  "reply_to_story",
  "reply_to_checklist_task_id",
  "reply_to_poll_option_id",
  "via_bot",
  "edit_date",
  "has_protected_content",
  "is_from_offline",
  "is_paid_post",
  "media_group_id",
  "author_signature",
  "paid_star_count",
  "entities",
  "caption_entities",
  "link_preview_options",
  "suggested_post_info",
  "effect_id",
  "show_caption_above_media",
  "has_media_spoiler",
  "reply_markup",
  "text",
  "caption",
  NULL,
};

/* What tells of the chat */
static const char *const service[] = {
  "boost_added",
  "chat_background_set",
  "chat_owner_changed",
  "chat_owner_left",
  "channel_chat_created",
  "chat_shared",
  "checklist_tasks_added",
  "checklist_tasks_done",
  "community_chat_added",
  "community_chat_removed",
  "connected_website",
  "delete_chat_photo",
  "direct_message_price_changed",
  "forum_topic_closed",
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_reopened",
  "general_forum_topic_hidden",
  "general_forum_topic_unhidden",
  "giveaway_completed",
  "giveaway_created",
  "group_chat_created",
  "left_chat_member",
  "left_chat_participant",
  "managed_bot_created",
  "message_auto_delete_timer_changed",
  "migrate_from_chat_id",
  "migrate_to_chat_id",
  "new_chat_member",
  "new_chat_members",
  "new_chat_participant",
  "new_chat_photo",
  "new_chat_title",
  "paid_message_price_changed",
  "passport_data",
  "pinned_message",
  "poll_option_added",
  "poll_option_deleted",
  "proximity_alert_triggered",
  "supergroup_chat_created",
  "user_shared",
  "users_shared",
  "video_chat_ended",
  "video_chat_participants_invited",
  "video_chat_scheduled",
  "video_chat_started",
  "voice_chat_ended",
  "voice_chat_participants_invited",
  "voice_chat_scheduled",
  "voice_chat_started",
  "write_access_allowed",
  NULL,
};

gboolean
mos_telegram_is_service (JsonObject *message)
{
  for (gsize i = 0; service[i] != NULL; i++)
    if (json_object_has_member (message, service[i]))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full): what the platform calls that which cannot be shown; "" where nothing is there at all */
static char *
find_unknown (JsonObject *message)
{
  g_autoptr (GList) names = json_object_get_members (message);

  for (const GList *at = names; at != NULL; at = at->next)
    if (!g_strv_contains (beside, at->data) && json_object_get_null_member (message, at->data) == FALSE)
      {
        g_autofree char *name = mos_json_read_clean (at->data);
        g_autofree char *cut = g_utf8_substring (name, 0, MIN (64, g_utf8_strlen (name, -1)));

        return g_steal_pointer (&cut);
      }
  return g_strdup ("");
}

/* "/start abc": a link t.me/bot?start=abc was followed. */
static void
take_payload (MosChatUpdate *update)
{
  const char *at = update->text;
  gsize n;

  if (!g_str_has_prefix (at, "/start"))
    return;
  at += strlen ("/start");
  if (*at == '@')
    at += strcspn (at, " ");
  if (*at++ != ' ')
    return;
  n = strspn (at, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-");
  if (n == 0 || n > 64 || at[n] != '\0')
    return;
  update->payload = g_strdup (at);
  g_free (update->text);
  update->text = g_strdup ("/start");
}

void
mos_telegram_read_content (MosChatUpdate *update,
                           JsonObject *message)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *text = mos_json_read_dup_text (message, "text");
  JsonArray *entities = mos_json_read_array (message, "entities");
  MosChatFile *file = find_file (message);

  update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  if (file != NULL)
    g_ptr_array_add (update->files, file);
  if (text == NULL)
    {
      text = mos_json_read_dup_text (message, "caption");
      entities = mos_json_read_array (message, "caption_entities");
    }
  if (text != NULL)
    {
      g_autofree char *linked = mos_telegram_text (text, mos_json_read_length (entities) <= MAX_ENTITIES ? entities : NULL);

      g_string_append (out, linked);
    }
  if (file == NULL && text == NULL && !append_other (out, update, message))
    {
      update->why = g_strdup ("unknown-content");
      update->detail = find_unknown (message);
    }
  update->text = g_string_free (g_steal_pointer (&out), FALSE);
  if (update->kind == MOS_CHAT_MESSAGE)
    take_payload (update);
}

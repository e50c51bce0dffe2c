/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-messenger-parse.h"

#include "core/base/mos-http.h"
#include "core/base/mos-json-read.h"
#include "core/channels/mos-channel-traits.h"
#include "core/mail/mime/mos-mime.h"

#include <string.h>

/* What a message of Messenger or Instagram holds (docs/graph-api/reference/message). */

#define MAX_FILES 50
#define MAX_URL 4096

/* "MESSAGE PLACE ADDRESS": the address is signed, and good for some time only; by the rest it is asked anew. */
static char *
make_ref (const char *id,
          char place,
          guint n,
          const char *url)
{
  return g_strdup_printf ("%s %c%u %s", id, place, n, url);
}

const char *
mos_messenger_split_ref (const char *ref,
                         char **ret_message,
                         char **ret_place)
{
  const char *place = strchr (ref, ' ');
  const char *url = place != NULL ? strchr (place + 1, ' ') : NULL;

  if (url == NULL || place == ref)
    return NULL;
  *ret_message = g_strndup (ref, (gsize) (place - ref));
  *ret_place = g_strndup (place + 1, (gsize) (url - place - 1));
  return url + 1;
}

static char *
dup_url (JsonObject *object,
         const char *name)
{
  g_autofree char *url = mos_json_read_dup_line (object, name);

  return url != NULL && strlen (url) <= MAX_URL && strchr (url, ' ') == NULL && mos_http_url_is_allowed (url) ? g_steal_pointer (&url) : NULL;
}

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

/* @type: (nullable): as it is told; @url: (nullable) (transfer full) */
static MosChatFile *
add_file (MosChatUpdate *update,
          MosFileKind kind,
          const char *type,
          const char *usual,
          const char *name,
          const char *id,
          char place,
          guint n,
          char *url)
{
  MosChatFile *file = mos_chat_file_new ();

  file->kind = kind;
  file->type = g_ascii_strdown (type != NULL && strchr (type, '/') != NULL && g_str_is_ascii (type) ? type : usual, -1);
  file->type[strcspn (file->type, "; ")] = '\0';
  file->name = mos_mime_safe_name (name, file->type);
  if (url != NULL)
    file->ref = make_ref (id, place, n, url);
  else
    {
      file->ref = g_strdup ("");
      file->why = g_strdup ("gone");
    }
  g_free (url);
  if (update->files == NULL)
    update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  g_ptr_array_add (update->files, file);
  return file;
}

static guint
read_pixels (JsonObject *object,
             const char *name)
{
  return (guint) MIN (mos_json_read_size (object, name), 100000);
}

static void
read_attachment (MosChatUpdate *update,
                 JsonObject *attachment,
                 const char *id,
                 guint n)
{
  JsonObject *image = mos_json_read_object (attachment, "image_data");
  JsonObject *video = mos_json_read_object (attachment, "video_data");
  JsonObject *picture = image != NULL ? image : video;
  g_autofree char *type = mos_json_read_dup_line (attachment, "mime_type");
  g_autofree char *name = mos_json_read_dup_line (attachment, "name");
  g_autofree char *moving = dup_url (image, "animated_gif_url");
  char *url = moving != NULL ? g_steal_pointer (&moving) : dup_url (picture, "url");
  gboolean is_moving = image != NULL && json_object_has_member (image, "animated_gif_url");
  const char *usual = is_moving ? "image/gif" : image != NULL ? "image/jpeg"
                                            : video != NULL   ? "video/mp4"
                                                              : "application/octet-stream";
  MosFileKind kind = mos_file_kind_of_type (is_moving || type == NULL ? usual : type);
  MosChatFile *file;

  if (url == NULL)
    url = dup_url (attachment, "file_url");
  if (mos_json_read_is_true (image, "render_as_sticker"))
    kind = MOS_FILE_STICKER;
  /* What was spoken into the telephone has a name of its own. */
  else if (kind == MOS_FILE_AUDIO && name != NULL && g_str_has_prefix (name, "audioclip"))
    kind = MOS_FILE_VOICE;
  file = add_file (update, kind, is_moving ? NULL : type, usual, name, id, 'a', n, url);
  file->size = mos_json_read_size (attachment, "size");
  file->width = read_pixels (picture, "width");
  file->height = read_pixels (picture, "height");
}

static void
read_attachments (MosChatUpdate *update,
                  JsonObject *message,
                  const char *id,
                  GString *out)
{
  JsonArray *attachments = mos_json_read_array (mos_json_read_object (message, "attachments"), "data");

  for (guint i = 0; i < mos_json_read_length (attachments) && i < MAX_FILES; i++)
    {
      JsonObject *attachment = mos_json_read_element (attachments, i);
      JsonObject *template = mos_json_read_object (attachment, "generic_template");

      if (template != NULL)
        {
          g_autofree char *title = mos_json_read_dup_line (template, "title");
          g_autofree char *subtitle = mos_json_read_dup_line (template, "subtitle");

          add_line (out, title);
          add_line (out, subtitle);
        }
      else if (attachment != NULL)
        read_attachment (update, attachment, id, i);
    }
}

/* Where the bytes of something lie that was posted, and not what people would open. */
static gboolean
is_media (const char *url)
{
  static const char *const stores[] = { ".fbcdn.net/", ".fbsbx.com/", ".cdninstagram.com/" };
  const char *path = strstr (url, "://");
  const char *end = path != NULL ? strchr (path + 3, '/') : NULL;
  g_autofree char *host = end != NULL ? g_strndup (url, (gsize) (end + 1 - url)) : NULL;

  for (gsize i = 0; host != NULL && i < G_N_ELEMENTS (stores); i++)
    if (g_str_has_suffix (host, stores[i]))
      return TRUE;
  return FALSE;
}

/* A post that was passed on: its words, and the picture or film where that is what is told of it. */
static void
read_shares (MosChatUpdate *update,
             JsonObject *message,
             const char *id,
             GString *out)
{
  JsonArray *shares = mos_json_read_array (mos_json_read_object (message, "shares"), "data");

  for (guint i = 0; i < mos_json_read_length (shares) && i < MAX_FILES; i++)
    {
      JsonObject *share = mos_json_read_element (shares, i);
      g_autofree char *name = mos_json_read_dup_line (share, "name");
      g_autofree char *description = mos_json_read_dup_line (share, "description");
      g_autofree char *link = dup_url (share, "link");

      add_line (out, name);
      if (g_strcmp0 (description, name) != 0)
        add_line (out, description);
      if (link != NULL && is_media (link))
        add_file (update, MOS_FILE_DOCUMENT, NULL, "application/octet-stream", NULL, id, 's', i, g_steal_pointer (&link));
      else if (link != NULL && strstr (out->str, link) == NULL)
        add_line (out, link);
    }
}

/* A story that names us, or that was answered: it is there for a day. */
static gboolean
read_story (MosChatUpdate *update,
            JsonObject *message,
            const char *id)
{
  static const char *const ways[] = { "mention", "reply_to" };
  JsonObject *story = mos_json_read_object (message, "story");

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      JsonObject *what = mos_json_read_object (story, ways[i]);

      if (what != NULL)
        add_file (update, MOS_FILE_DOCUMENT, NULL, "application/octet-stream", "story", id, 't', i, dup_url (what, "link"));
    }
  return story != NULL;
}

void
mos_messenger_read_content (MosChatUpdate *update,
                            JsonObject *message,
                            const char *id)
{
  g_autofree char *text = mos_json_read_dup_text (message, "message");
  g_autoptr (GString) out = g_string_new (text != NULL ? text : "");
  char *sticker = dup_url (message, "sticker");
  gboolean has_story;

  read_attachments (update, message, id, out);
  read_shares (update, message, id, out);
  has_story = read_story (update, message, id);
  /* A sticker may be told as an attachment, too. */
  if (sticker != NULL && update->files == NULL)
    add_file (update, MOS_FILE_STICKER, NULL, "image/png", NULL, id, 'k', 0, g_steal_pointer (&sticker));
  g_free (sticker);
  g_set_str (&update->text, out->str);
  if (mos_json_read_is_true (message, "is_unsupported") || (out->len == 0 && update->files == NULL && !has_story))
    {
      update->why = g_strdup ("unknown-content");
      update->detail = g_strdup (mos_json_read_is_true (message, "is_unsupported") ? "unsupported" : "empty");
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/matrix/mos-matrix-event-private.h"

#include "core/base/mos-json-read.h"
#include "core/mail/mime/mos-mime.h"

#include <string.h>

#define MAX_TYPE 127

/* Before v1.13 of the specification whoever answered had to quote in front of the own words what the answer was to: "> <@anna:example.org> words". It is there
 * already, so it is no part of the text. Whatever looks otherwise is left. */
static char *
drop_fallback (const char *text)
{
  const char *at = text;

  if (!g_str_has_prefix (at, "> <@") && !g_str_has_prefix (at, "> * <@"))
    return g_strdup (text);
  while (*at == '>')
    {
      const char *end = strchr (at, '\n');

      if (end == NULL)
        return g_strdup (text);
      at = end + 1;
    }
  if (*at == '\n')
    at++;
  return g_strdup (*at != '\0' ? at : text);
}

static char *
dup_type (JsonObject *info)
{
  g_autofree char *type = mos_json_read_dup_line (info, "mimetype");
  g_autofree char *lower = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  char *parameters = lower != NULL ? strchr (lower, ';') : NULL;

  if (parameters != NULL)
    *parameters = '\0';
  if (lower == NULL || strlen (lower) > MAX_TYPE || !g_regex_match_simple ("^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$", lower, 0, 0))
    return g_strdup ("application/octet-stream");
  return g_steal_pointer (&lower);
}

static guint
read_small (JsonObject *info,
            const char *name)
{
  guint64 value = mos_json_read_size (info, name);

  return value <= G_MAXINT32 ? (guint) value : 0;
}

static MosFileKind
kind_of (const char *msgtype,
         const char *type,
         JsonObject *content)
{
  if (strcmp (msgtype, "m.image") == 0)
    return strcmp (type, "image/gif") == 0 ? MOS_FILE_ANIMATION : MOS_FILE_IMAGE;
  if (strcmp (msgtype, "m.video") == 0)
    return MOS_FILE_VIDEO;
  if (strcmp (msgtype, "m.audio") == 0)
    return mos_json_read_object (content, "org.matrix.msc3245.voice") != NULL || mos_json_read_object (content, "m.voice") != NULL ? MOS_FILE_VOICE : MOS_FILE_AUDIO;
  if (strcmp (msgtype, "m.sticker") == 0)
    return MOS_FILE_STICKER;
  return MOS_FILE_DOCUMENT;
}

static MosChatFile *
read_file (const char *msgtype,
           JsonObject *content,
           const char *name)
{
  MosChatFile *file = mos_chat_file_new ();
  JsonObject *info = mos_json_read_object (content, "info");
  JsonObject *sealed = mos_json_read_object (content, "file");
  g_autofree char *ref = mos_json_read_dup_line (content, "url");
  g_autofree char *server = NULL;
  g_autofree char *id = NULL;

  file->type = dup_type (info);
  file->kind = kind_of (msgtype, file->type, content);
  file->name = mos_mime_safe_name (name, file->type);
  file->size = mos_json_read_size (info, "size");
  file->duration_ms = read_small (info, "duration");
  file->width = read_small (info, "w");
  file->height = read_small (info, "h");
  if (sealed != NULL)
    file->why = g_strdup ("encrypted");
  else if (ref == NULL || !mos_matrix_split_media (ref, &server, &id))
    file->why = g_strdup ("gone");
  file->ref = file->why == NULL ? g_steal_pointer (&ref) : g_strdup ("");
  return file;
}

static void
set_unknown (MosChatUpdate *update,
             const char *what)
{
  g_set_str (&update->why, "unknown-content");
  g_set_str (&update->detail, what);
}

static void
read_files (MosChatUpdate *update,
            const char *msgtype,
            JsonObject *content,
            char *body)
{
  g_autofree char *name = mos_json_read_dup_line (content, "filename");
  /* Where a file has a name beside its body, the body is a caption (v1.10, MSC2530). A sticker's body says what is on it. */
  gboolean has_caption = name != NULL && strcmp (name, body) != 0;

  update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  g_ptr_array_add (update->files, read_file (msgtype, content, name != NULL ? name : body));
  if (has_caption || strcmp (msgtype, "m.sticker") == 0)
    g_set_str (&update->text, body);
}

static void
read_place (MosChatUpdate *update,
            JsonObject *content,
            const char *body)
{
  g_autofree char *place = mos_json_read_dup_line (content, "geo_uri");

  g_free (update->text);
  update->text = place != NULL && strstr (body, place) == NULL ? g_strdup_printf (*body != '\0' ? "%s (%s)" : "%s%s", body, place) : g_strdup (body);
}

/* The words of a poll's question, as the two ways of writing it have them. */
static char *
dup_question (JsonObject *content)
{
  JsonObject *poll = mos_json_read_object (content, "m.poll");
  JsonObject *question;
  char *text;

  if (poll == NULL)
    poll = mos_json_read_object (content, "org.matrix.msc3381.poll.start");
  question = mos_json_read_object (poll, "question");
  text = mos_json_read_dup_text (question, "org.matrix.msc1767.text");
  if (text == NULL)
    text = mos_json_read_dup_text (question, "body");
  if (text == NULL)
    text = mos_json_read_dup_text (mos_json_read_element (mos_json_read_array (question, "m.text"), 0), "body");
  return text != NULL ? text : g_strdup ("");
}

static gboolean
read_message (MosChatUpdate *update,
              JsonObject *content,
              gboolean is_reply)
{
  static const char *const files[] = { "m.image", "m.file", "m.audio", "m.video", NULL };
  g_autofree char *msgtype = mos_json_read_dup_line (content, "msgtype");
  g_autofree char *said = mos_json_read_dup_text (content, "body");
  g_autofree char *body = said == NULL ? g_strdup ("") : is_reply ? drop_fallback (said)
                                                                  : g_strdup (said);

  if (msgtype == NULL)
    return FALSE;
  if (strcmp (msgtype, "m.text") == 0)
    g_set_str (&update->text, body);
  else if (strcmp (msgtype, "m.notice") == 0 || strcmp (msgtype, "m.server_notice") == 0)
    {
      g_set_str (&update->text, body);
      update->automatic = TRUE;
    }
  else if (strcmp (msgtype, "m.emote") == 0)
    {
      g_free (update->text);
      update->text = g_strconcat ("* ", body, NULL);
    }
  else if (g_strv_contains (files, msgtype))
    read_files (update, msgtype, content, body);
  else if (strcmp (msgtype, "m.location") == 0)
    read_place (update, content, body);
  /* Two programs that compare keys: nothing that anybody wrote. */
  else if (strcmp (msgtype, "m.key.verification.request") == 0)
    return FALSE;
  else
    {
      g_set_str (&update->text, body);
      set_unknown (update, msgtype);
    }
  return TRUE;
}

gboolean
mos_matrix_read_content (MosChatUpdate *update,
                         const char *type,
                         JsonObject *content,
                         gboolean is_reply)
{
  if (strcmp (type, "m.room.message") == 0)
    return read_message (update, content, is_reply);
  if (strcmp (type, "m.room.encrypted") == 0)
    {
      update->why = g_strdup ("encrypted");
      update->detail = mos_json_read_dup_line (content, "algorithm");
      return update->detail != NULL || json_object_has_member (content, "ciphertext");
    }
  if (strcmp (type, "m.sticker") == 0)
    {
      g_autofree char *body = mos_json_read_dup_text (content, "body");

      if (!json_object_has_member (content, "url") && body == NULL)
        return FALSE;
      if (body == NULL)
        body = g_strdup ("");
      read_files (update, type, content, body);
      return TRUE;
    }
  /* A poll or a call: that there was one has to be told, what it is cannot be shown. */
  if (json_object_get_size (content) == 0)
    return FALSE;
  g_free (update->text);
  update->text = strstr (type, "poll") != NULL ? dup_question (content) : g_strdup ("");
  set_unknown (update, type);
  return TRUE;
}

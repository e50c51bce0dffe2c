/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-send.h"

#include "core/base/mos-json-read.h"
#include "core/base/mos-split.h"

/* Buttons of so few signs stand side by side, so many in a row: a scale of one to five, yes and no */
#define SHORT_LABEL 4
#define ROW 5
#define MAX_BUTTONS 100

/* How a file goes out: what the platform shows of it depends on its kind, and only some types are of that kind there. */
typedef struct
{
  const char *method;
  const char *field; /* also the kind of an album's part */
} Way;

static const Way as_photo = { "sendPhoto", "photo" };
static const Way as_document = { "sendDocument", "document" };
static const Way as_video = { "sendVideo", "video" };
static const Way as_audio = { "sendAudio", "audio" };
static const Way as_voice = { "sendVoice", "voice" };
static const Way as_animation = { "sendAnimation", "animation" };

static const struct
{
  MosFileKind kind;
  const char *types[5];
  const Way *way;
} ways[] = {
  { MOS_FILE_IMAGE, { "image/jpeg", "image/png", "image/webp", NULL }, &as_photo },
  { MOS_FILE_STICKER, { "image/jpeg", "image/png", "image/webp", NULL }, &as_photo },
  { MOS_FILE_VIDEO, { "video/mp4", NULL }, &as_video },
  { MOS_FILE_AUDIO, { "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/mp3", NULL }, &as_audio },
  { MOS_FILE_VOICE, { "audio/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a", NULL }, &as_voice },
  { MOS_FILE_ANIMATION, { "image/gif", "video/mp4", NULL }, &as_animation },
};

static const Way *
way_of (const MosChatPart *part,
        gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    for (gsize j = 0; ways[i].kind == part->file_kind && ways[i].types[j] != NULL; j++)
      if (strcmp (ways[i].types[j], part->file->type) == 0 && (ways[i].way != &as_photo || size <= MOS_TELEGRAM_MAX_PHOTO))
        return ways[i].way;
  return &as_document;
}

/* "never": what is not sent. Returns: %NULL */
static gpointer
refuse (MosTelegramTrouble **trouble,
        const char *code)
{
  *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, code, NULL);
  return NULL;
}

/* --- buttons --- */

JsonObject *
mos_telegram_keyboard (GPtrArray *buttons)
{
  g_autoptr (JsonArray) rows = json_array_new ();
  JsonObject *markup;
  JsonArray *row = NULL;
  gboolean are_short = TRUE;

  for (guint i = 0; i < buttons->len; i++)
    {
      const MosChatButton *button = g_ptr_array_index (buttons, i);

      if (buttons->len > MAX_BUTTONS || button->label == NULL || *button->label == '\0' || button->data == NULL || *button->data == '\0' || strlen (button->data) > MOS_TELEGRAM_MAX_BUTTON)
        return NULL;
      are_short = are_short && g_utf8_strlen (button->label, -1) <= SHORT_LABEL;
    }
  for (guint i = 0; i < buttons->len; i++)
    {
      const MosChatButton *button = g_ptr_array_index (buttons, i);
      JsonObject *object = json_object_new ();

      if (row == NULL || !are_short || json_array_get_length (row) == ROW)
        json_array_add_array_element (rows, row = json_array_new ());
      json_object_set_string_member (object, "text", button->label);
      json_object_set_string_member (object, "callback_data", button->data);
      json_array_add_object_element (row, object);
    }
  markup = json_object_new ();
  json_object_set_array_member (markup, "inline_keyboard", g_steal_pointer (&rows));
  return markup;
}

/* What all of a message's parts have. Returns: (transfer full) (nullable) */
static JsonObject *
begin (const MosChatOutgoing *outgoing,
       guint index,
       MosTelegramTrouble **trouble)
{
  const MosChatPart *part = g_ptr_array_index (outgoing->parts, index);
  g_autoptr (JsonObject) object = mos_telegram_target (outgoing->thread);
  gint64 id;

  if (object == NULL)
    return refuse (trouble, "chat-not-found");
  if (index == 0 && outgoing->reply_to != NULL && g_ascii_string_to_signed (outgoing->reply_to, 10, 1, G_MAXINT64, &id, NULL))
    {
      JsonObject *reply = json_object_new ();

      json_object_set_int_member (reply, "message_id", id);
      json_object_set_boolean_member (reply, "allow_sending_without_reply", TRUE);
      json_object_set_object_member (object, "reply_parameters", reply);
    }
  if (part->buttons != NULL && part->buttons->len > 0)
    {
      JsonObject *markup = mos_telegram_keyboard (part->buttons);

      if (markup == NULL)
        return refuse (trouble, "bad-buttons");
      json_object_set_object_member (object, "reply_markup", markup);
    }
  return g_steal_pointer (&object);
}

/* Returns: (transfer full) (nullable): the id of a message that is there now */
static char *
read_id (JsonObject *message,
         MosTelegramTrouble **trouble)
{
  gint64 id;

  if (mos_json_read_int (message, "message_id", &id) && id > 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, id);
  /* It was taken, and nobody said as what. */
  *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_UNCERTAIN, "uncertain", NULL);
  return NULL;
}

static char *
read_result (JsonNode *result,
             MosTelegramTrouble **trouble)
{
  if (result == NULL)
    return NULL;
  return read_id (JSON_NODE_HOLDS_OBJECT (result) ? json_node_get_object (result) : NULL, trouble);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static char *
send_text (MosTelegramApi *api,
           JsonObject *object,
           const char *text,
           GCancellable *cancellable,
           MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) result = NULL;
  JsonObject *preview;

  if (is_blank (text))
    return refuse (trouble, "empty");
  if (mos_split_count (text, MOS_SPLIT_UTF16) > MOS_TELEGRAM_MAX_TEXT)
    return refuse (trouble, "text-too-long");
  /* What a customer gets to see is what was written: no marks are read as format, and no picture of a page is added. */
  json_object_set_string_member (object, "text", text);
  preview = json_object_new ();
  json_object_set_boolean_member (preview, "is_disabled", TRUE);
  json_object_set_object_member (object, "link_preview_options", preview);
  json_node_set_object (parameters, object);
  result = mos_telegram_api_call_sync (api, "sendMessage", parameters, TRUE, cancellable, trouble);
  return read_result (result, trouble);
}

/* --- files --- */

/* Numbers and texts as they are, all else as JSON */
static void
add_fields (MosHttpForm *form,
            JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : json_to_string (node, FALSE);

      mos_http_form_add_text (form, name, text);
    }
}

static GBytes *
bytes_of (const MosChatPart *part,
          GBytes *data)
{
  return data != NULL ? data : part->file->data;
}

/* Returns: whether it can be sent at all */
static gboolean
check_file (const MosChatPart *part,
            GBytes *bytes,
            MosTelegramTrouble **trouble)
{
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    refuse (trouble, "empty");
  else if (g_bytes_get_size (bytes) > MOS_TELEGRAM_MAX_UPLOAD)
    refuse (trouble, "too-large");
  else if (mos_split_count (part->text, MOS_SPLIT_UTF16) > MOS_TELEGRAM_MAX_CAPTION)
    refuse (trouble, "text-too-long");
  else
    return TRUE;
  return FALSE;
}

static JsonNode *
upload (MosTelegramApi *api,
        JsonObject *object,
        const MosChatPart *part,
        const Way *way,
        GBytes *bytes,
        GCancellable *cancellable,
        MosTelegramTrouble **trouble)
{
  g_autoptr (MosHttpForm) form = mos_http_form_new ();

  add_fields (form, object);
  if (!is_blank (part->text))
    mos_http_form_add_text (form, "caption", part->text);
  /* Else the server makes films of some documents. */
  if (way == &as_document)
    mos_http_form_add_text (form, "disable_content_type_detection", "true");
  mos_http_form_add_bytes (form, way->field, part->file->name, part->file->type, bytes);
  return mos_telegram_api_upload_sync (api, way->method, form, cancellable, trouble);
}

static char *
send_file (MosTelegramApi *api,
           JsonObject *object,
           const MosChatPart *part,
           GBytes *bytes,
           GCancellable *cancellable,
           MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) result = NULL;
  const Way *way;

  if (!check_file (part, bytes, trouble))
    return NULL;
  way = way_of (part, g_bytes_get_size (bytes));
  result = upload (api, object, part, way, bytes, cancellable, trouble);
  /* A picture that is too long or broken in its eyes: refused, so that it is not there; as a file it goes. */
  if (result == NULL && way == &as_photo && strcmp ((*trouble)->code, "bad-picture") == 0)
    {
      g_clear_pointer (trouble, mos_telegram_trouble_free);
      result = upload (api, object, part, &as_document, bytes, cancellable, trouble);
    }
  return read_result (result, trouble);
}

char *
mos_telegram_send_part_sync (MosTelegramApi *api,
                             const MosChatOutgoing *outgoing,
                             guint index,
                             GBytes *data,
                             GCancellable *cancellable,
                             MosTelegramTrouble **trouble)
{
  const MosChatPart *part;
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (index < outgoing->parts->len, NULL);

  part = g_ptr_array_index (outgoing->parts, index);
  object = begin (outgoing, index, trouble);
  if (object == NULL)
    return NULL;
  if (part->file == NULL)
    return send_text (api, object, part->text, cancellable, trouble);
  return send_file (api, object, part, bytes_of (part, data), cancellable, trouble);
}

/* --- albums --- */

/* Parts of one class go together. */
static const char *
album_class (const MosChatPart *part)
{
  const Way *way;

  if (part->file == NULL || (part->buttons != NULL && part->buttons->len > 0))
    return NULL;
  way = way_of (part, part->file->size);
  if (way == &as_photo || way == &as_video)
    return "seen";
  return way == &as_document || way == &as_audio ? way->field : NULL;
}

gboolean
mos_telegram_can_be_album (const MosChatOutgoing *outgoing,
                           guint first,
                           guint n)
{
  const char *class;

  if (n < 2 || n > MOS_TELEGRAM_MAX_ALBUM || first + n > outgoing->parts->len)
    return FALSE;
  class = album_class (g_ptr_array_index (outgoing->parts, first));
  for (guint i = 1; class != NULL && i < n; i++)
    if (g_strcmp0 (class, album_class (g_ptr_array_index (outgoing->parts, first + i))) != 0)
      return FALSE;
  return class != NULL;
}

char **
mos_telegram_send_album_sync (MosTelegramApi *api,
                              const MosChatOutgoing *outgoing,
                              guint first,
                              guint n,
                              GBytes *const *data,
                              GCancellable *cancellable,
                              MosTelegramTrouble **trouble)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (MosHttpForm) form = mos_http_form_new ();
  g_autoptr (JsonArray) media = json_array_new ();
  g_autoptr (JsonNode) media_node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonNode) result = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *media_text = NULL;
  guint64 total = 0;

  g_return_val_if_fail (mos_telegram_can_be_album (outgoing, first, n), NULL);

  object = begin (outgoing, first, trouble);
  if (object == NULL)
    return NULL;
  add_fields (form, object);
  for (guint i = 0; i < n; i++)
    {
      const MosChatPart *part = g_ptr_array_index (outgoing->parts, first + i);
      GBytes *bytes = bytes_of (part, data != NULL ? data[i] : NULL);
      g_autofree char *name = g_strdup_printf ("file%u", i);
      g_autofree char *attached = g_strconcat ("attach://", name, NULL);
      JsonObject *one;

      if (!check_file (part, bytes, trouble))
        return NULL;
      total += g_bytes_get_size (bytes);
      if (total > MOS_TELEGRAM_MAX_UPLOAD)
        return refuse (trouble, "too-large");
      one = json_object_new ();
      json_object_set_string_member (one, "type", way_of (part, g_bytes_get_size (bytes))->field);
      json_object_set_string_member (one, "media", attached);
      if (!is_blank (part->text))
        json_object_set_string_member (one, "caption", part->text);
      json_array_add_object_element (media, one);
      mos_http_form_add_bytes (form, name, part->file->name, part->file->type, bytes);
    }
  json_node_set_array (media_node, media);
  media_text = json_to_string (media_node, FALSE);
  mos_http_form_add_text (form, "media", media_text);
  result = mos_telegram_api_upload_sync (api, "sendMediaGroup", form, cancellable, trouble);
  if (result == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      char *id = read_id (JSON_NODE_HOLDS_ARRAY (result) ? mos_json_read_element (json_node_get_array (result), i) : NULL, trouble);

      if (id == NULL)
        return NULL;
      g_ptr_array_add (ids, id);
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-channel-traits.h"

#include <string.h>

#define MIB (1024 * 1024)
#define DAY_S (24 * 60 * 60)

#define CHANGES (MOS_CHANNEL_EDITS | MOS_CHANNEL_DELETES | MOS_CHANNEL_REACTIONS)

/* For tests and developers: small numbers, so that each limit is met. */
#define DUMMY(name, more)                                                                                                                                                     \
  {                                                                                                                                                                           \
    .kind = name,                                                                                                                                                             \
    .identity = "dummy",                                                                                                                                                      \
    .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_HIDDEN | MOS_CHANNEL_STARTS | MOS_CHANNEL_READ_STATE | MOS_CHANNEL_DELIVERED | MOS_CHANNEL_TYPING | MOS_CHANNEL_REPLIES | (more), \
    .text_max = 40,                                                                                                                                                           \
    .text_unit = MOS_SPLIT_CHARACTERS,                                                                                                                                        \
    .caption_max = 20,                                                                                                                                                        \
    .window_s = DAY_S,                                                                                                                                                        \
    .tagged_window_s = 7 * DAY_S,                                                                                                                                             \
    .withdraw_window_s = 2 * DAY_S,                                                                                                                                           \
    .buttons_max = 3,                                                                                                                                                         \
    .button_label_max = 12,                                                                                                                                                   \
    .button_data_max = 64,                                                                                                                                                    \
    .buttons_text_max = 30,                                                                                                                                                   \
    .files = {                                                                                                                                                                \
        [MOS_FILE_DOCUMENT] = { 1000, 1000, NULL },                                                                                                                           \
        [MOS_FILE_IMAGE] = { 500, 1000, "image/" },                                                                                                                           \
    },                                                                                                                                                                        \
  }

#define KIB 1024
#define OFFICE "application/msword,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.openxmlformats-officedocument.presentationml.presentation"

static const MosChannelTraits traits[] = {
  {
      .kind = "email",
      .identity = "email",
      .flags = MOS_CHANNEL_STARTS | MOS_CHANNEL_ECHOES | MOS_CHANNEL_REPLIES | MOS_CHANNEL_DELIVERED,
      /* The size of a mail as a whole is the server's to say (MOS_SERVER_SMTP_SIZE). */
      .files = { [MOS_FILE_DOCUMENT] = { G_MAXUINT64, G_MAXUINT64, NULL } },
  },
  {
      /* Bot API 10: text 1 to 4096 and captions to 1024 characters "after entities parsing", counted in UTF-16 units as the offsets of entities are;
       * deleteMessage takes back what is younger than 48 hours; sendDocument to 50 MB, sendPhoto to 10 MB, getFile to 20 MB; callback_data 1 to 64 bytes. An update is kept for 24 hours at most
       * (core.telegram.org/bots/api: "Getting updates", "Sending files", "getFile", "deleteMessage", "InlineKeyboardButton"). */
      .kind = "telegram",
      .identity = "telegram",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_EDITS | MOS_CHANNEL_DELETES | MOS_CHANNEL_REACTIONS | MOS_CHANNEL_MARKS_READ | MOS_CHANNEL_TYPING | MOS_CHANNEL_REPLIES,
      .text_max = 4096,
      .text_unit = MOS_SPLIT_UTF16,
      .caption_max = 1024,
      .withdraw_window_s = 2 * DAY_S,
      .buttons_max = 100,
      .button_label_max = 64,
      .button_data_max = 64,
      .buttons_text_max = 4096,
      .keeps_s = DAY_S,
      .files = {
          [MOS_FILE_DOCUMENT] = { 50 * MIB, 20 * MIB, NULL },
          [MOS_FILE_IMAGE] = { 10 * MIB, 20 * MIB, "image/jpeg,image/png,image/webp" },
          [MOS_FILE_VIDEO] = { 50 * MIB, 20 * MIB, "video/mp4" },
          [MOS_FILE_AUDIO] = { 50 * MIB, 20 * MIB, "audio/mpeg,audio/mp4,audio/x-m4a" },
          [MOS_FILE_VOICE] = { 50 * MIB, 20 * MIB, "audio/ogg" },
          [MOS_FILE_STICKER] = { 0, 20 * MIB, NULL },
          [MOS_FILE_ANIMATION] = { 50 * MIB, 20 * MIB, "image/gif" },
      },
  },
  {
      /* Client-server API v1.18: an event has 65,536 bytes at most, escaped and with all that is around the text ("Size limits"). How large a file may be each server says
       * itself (media/config), which is asked before one is sent; 100 MiB is what the largest of them takes. */
      .kind = "matrix",
      .identity = "matrix",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_IDEMPOTENT | MOS_CHANNEL_ECHOES | MOS_CHANNEL_EDITS | MOS_CHANNEL_DELETES | MOS_CHANNEL_REACTIONS | MOS_CHANNEL_READ_STATE | MOS_CHANNEL_MARKS_READ | MOS_CHANNEL_TYPING | MOS_CHANNEL_REPLIES,
      .text_max = 30000,
      .text_unit = MOS_SPLIT_BYTES,
      .caption_max = 30000,
      .files = {
          [MOS_FILE_DOCUMENT] = { 100 * MIB, 100 * MIB, NULL },
          [MOS_FILE_IMAGE] = { 100 * MIB, 100 * MIB, NULL },
          [MOS_FILE_VIDEO] = { 100 * MIB, 100 * MIB, NULL },
          [MOS_FILE_AUDIO] = { 100 * MIB, 100 * MIB, NULL },
          [MOS_FILE_VOICE] = { 100 * MIB, 100 * MIB, NULL },
          [MOS_FILE_STICKER] = { 0, 100 * MIB, NULL },
          [MOS_FILE_ANIMATION] = { 100 * MIB, 100 * MIB, NULL },
      },
  },
  {
      /* Twilio, Programmable Messaging: a body of 1600 characters at most (error 21617), which goes out in segments. What is sent along it fetches
       * from a public address (MediaUrl): JPEG, PNG and GIF to 5 MB, other accepted types to 500 KB (Message resource; "Accepted content types for media"). The list is asked again
       * every few seconds. */
      .kind = "sms",
      .identity = "phone",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_STARTS | MOS_CHANNEL_ECHOES | MOS_CHANNEL_DELIVERED | MOS_CHANNEL_FETCHES,
      .text_max = 1600,
      .text_unit = MOS_SPLIT_UTF16,
      .caption_max = 1600,
      .poll_s = 10,
      .files = {
          [MOS_FILE_DOCUMENT] = { 500 * KIB, 5 * MIB, "application/pdf,text/vcard,text/x-vcard,text/calendar,text/csv,text/rtf" },
          [MOS_FILE_IMAGE] = { 5 * MIB, 5 * MIB, "image/jpeg,image/png" },
          [MOS_FILE_VIDEO] = { 500 * KIB, 5 * MIB, "video/mp4,video/3gpp,video/quicktime,video/webm,video/mpeg" },
          [MOS_FILE_AUDIO] = { 500 * KIB, 5 * MIB, "audio/mpeg,audio/mp4,audio/ogg,audio/amr,audio/3gpp,audio/wav,audio/webm" },
          [MOS_FILE_VOICE] = { 500 * KIB, 5 * MIB, "audio/mpeg,audio/mp4,audio/ogg,audio/amr" },
          [MOS_FILE_STICKER] = { 0, 5 * MIB, NULL },
          [MOS_FILE_ANIMATION] = { 5 * MIB, 5 * MIB, "image/gif" },
      },
  },
  {
      /* The same for WhatsApp: 24 hours after the customer's last message templates alone (error 63016); media to 16 MB (error 11751),
       * of the types that WhatsApp takes; a text of their own beside them is dropped with all but pictures, so it goes by itself. */
      .kind = "whatsapp-twilio",
      .identity = "phone",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_ECHOES | MOS_CHANNEL_DELIVERED | MOS_CHANNEL_READ_STATE | MOS_CHANNEL_TEMPLATES | MOS_CHANNEL_FETCHES,
      .text_max = 1600,
      .text_unit = MOS_SPLIT_UTF16,
      .window_s = DAY_S,
      .poll_s = 10,
      .files = {
          [MOS_FILE_DOCUMENT] = { 16 * MIB, 16 * MIB, "application/pdf,text/vcard,text/x-vcard," OFFICE },
          [MOS_FILE_IMAGE] = { 5 * MIB, 16 * MIB, "image/jpeg,image/png" },
          [MOS_FILE_VIDEO] = { 16 * MIB, 16 * MIB, "video/mp4" },
          [MOS_FILE_AUDIO] = { 16 * MIB, 16 * MIB, "audio/ogg,audio/amr,audio/3gpp,audio/aac,audio/mpeg" },
          [MOS_FILE_VOICE] = { 16 * MIB, 16 * MIB, "audio/ogg,audio/amr" },
          [MOS_FILE_STICKER] = { 0, 16 * MIB, NULL },
          [MOS_FILE_ANIMATION] = { 0, 16 * MIB, NULL },
      },
  },
  {
      /* WhatsApp Cloud API v23.0: text.body to 4096 characters, captions to 1024; 24 hours after the customer's last message templates alone (error 131047); image 5 MB,
       * audio and video 16 MB, document 100 MB, sticker 100 KB; three reply buttons of 20 characters below 1024 (docs/whatsapp/cloud-api/reference/media, /messages). */
      .kind = "whatsapp",
      .identity = "phone",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_DELIVERED | MOS_CHANNEL_READ_STATE | MOS_CHANNEL_MARKS_READ | MOS_CHANNEL_REACTIONS | MOS_CHANNEL_ONE_SIGN | MOS_CHANNEL_REPLIES | MOS_CHANNEL_TEMPLATES,
      .text_max = 4096,
      .text_unit = MOS_SPLIT_UTF16,
      .caption_max = 1024,
      .window_s = DAY_S,
      .buttons_max = 3,
      .button_label_max = 20,
      .button_data_max = 256,
      .buttons_text_max = 1024,
      /* KEEP_S of the letter box */
      .keeps_s = 30 * DAY_S,
      .files = {
          [MOS_FILE_DOCUMENT] = { 100 * MIB, 100 * MIB, NULL },
          [MOS_FILE_IMAGE] = { 5 * MIB, 5 * MIB, "image/jpeg,image/png" },
          [MOS_FILE_VIDEO] = { 16 * MIB, 16 * MIB, "video/mp4,video/3gpp" },
          [MOS_FILE_AUDIO] = { 16 * MIB, 16 * MIB, "audio/aac,audio/amr,audio/mpeg,audio/mp4,audio/ogg" },
          [MOS_FILE_VOICE] = { 16 * MIB, 16 * MIB, "audio/ogg" },
          [MOS_FILE_STICKER] = { 0, MIB, "image/webp" },
          [MOS_FILE_ANIMATION] = { 0, 16 * MIB, NULL },
      },
  },
  {
      /* Messenger Platform: text of 2000 characters; 24 hours after the customer's last message, or seven days for people of a shop that has the feature (tag HUMAN_AGENT);
       * files to 25 MB, images to 8 MB (docs/messenger-platform/send-messages). Two questions a second are allowed: the list is asked again every few seconds. */
      .kind = "messenger",
      .identity = "messenger",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_ECHOES | MOS_CHANNEL_REPLIES,
      .text_max = 2000,
      .text_unit = MOS_SPLIT_UTF16,
      .window_s = DAY_S,
      .tagged_window_s = 7 * DAY_S,
      .poll_s = 10,
      .files = {
          [MOS_FILE_DOCUMENT] = { 25 * MIB, 25 * MIB, NULL },
          [MOS_FILE_IMAGE] = { 8 * MIB, 25 * MIB, "image/jpeg,image/png" },
          [MOS_FILE_VIDEO] = { 25 * MIB, 25 * MIB, "video/mp4,video/ogg,video/x-msvideo,video/quicktime,video/webm" },
          [MOS_FILE_AUDIO] = { 25 * MIB, 25 * MIB, "audio/aac,audio/mp4,audio/mpeg,audio/wav,audio/x-m4a,audio/x-wav" },
          [MOS_FILE_VOICE] = { 25 * MIB, 25 * MIB, "audio/aac,audio/mp4,audio/mpeg,audio/wav,audio/x-m4a,audio/x-wav" },
          [MOS_FILE_STICKER] = { 0, 25 * MIB, NULL },
          [MOS_FILE_ANIMATION] = { 8 * MIB, 25 * MIB, "image/gif" },
      },
  },
  {
      /* Instagram messaging: text of 1000 bytes; the same windows. What is sent along it fetches from a public address (attachment.payload.url):
       * images to 8 MB, sound and video to 25 MB, no documents (docs/instagram-platform/instagram-api-with-instagram-login/messaging-api). */
      .kind = "instagram",
      .identity = "instagram",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_ECHOES | MOS_CHANNEL_FETCHES,
      .text_max = 1000,
      .text_unit = MOS_SPLIT_BYTES,
      .window_s = DAY_S,
      .tagged_window_s = 7 * DAY_S,
      .poll_s = 10,
      .files = {
          [MOS_FILE_DOCUMENT] = { 0, 25 * MIB, NULL },
          [MOS_FILE_IMAGE] = { 8 * MIB, 25 * MIB, "image/jpeg,image/png" },
          [MOS_FILE_VIDEO] = { 25 * MIB, 25 * MIB, "video/mp4,video/ogg,video/x-msvideo,video/quicktime,video/webm" },
          [MOS_FILE_AUDIO] = { 25 * MIB, 25 * MIB, "audio/aac,audio/mp4,audio/x-m4a,audio/wav,audio/x-wav" },
          [MOS_FILE_VOICE] = { 25 * MIB, 25 * MIB, "audio/aac,audio/mp4,audio/x-m4a,audio/wav,audio/x-wav" },
          [MOS_FILE_STICKER] = { 0, 25 * MIB, NULL },
          [MOS_FILE_ANIMATION] = { 8 * MIB, 25 * MIB, "image/gif" },
      },
  },
  /* Telephones. "phone" is where calls are noted by hand: it has no channel. A switchboard and a router say it as it happens, and keep nothing for us but the
   * switchboard's own log; Twilio keeps its log, and recordings of any length: an hour of MP3 is some 15 MB. */
  { .kind = MOS_CALLS_BY_HAND, .identity = "phone", .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_CALLS | MOS_CHANNEL_KEYLESS },
  { .kind = "asterisk", .identity = "phone", .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_CALLS },
  { .kind = "fritzbox", .identity = "phone", .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_CALLS | MOS_CHANNEL_KEYLESS },
  {
      .kind = "twilio-calls",
      .identity = "phone",
      .flags = MOS_CHANNEL_CHAT | MOS_CHANNEL_CALLS,
      .poll_s = 30,
      .files = { [MOS_FILE_VOICE] = { 0, 100 * MIB, NULL } },
  },
  DUMMY ("dummy-chat", CHANGES),
  /* The same on a platform that takes a part's key, and gives back what was sent with it. */
  DUMMY ("dummy-chat-keys", CHANGES | MOS_CHANNEL_IDEMPOTENT | MOS_CHANNEL_ECHOES),
};

static const MosChannelTraits no_traits = { .kind = "", .identity = "" };

const MosChannelTraits *
mos_channel_traits_get (const char *kind)
{
  for (gsize i = 0; kind != NULL && i < G_N_ELEMENTS (traits); i++)
    if (g_str_equal (traits[i].kind, kind))
      return &traits[i];
  return &no_traits;
}

gboolean
mos_channel_is_chat (const char *kind)
{
  return (mos_channel_traits_get (kind)->flags & MOS_CHANNEL_CHAT) != 0;
}

guint
mos_channel_tagged_window_s (const MosAccount *account)
{
  return g_strcmp0 (mos_account_get_setting (account, MOS_ACCOUNT_HUMAN_AGENT, NULL), "1") == 0 ? mos_channel_traits_get (account->kind)->tagged_window_s : 0;
}

MosFileKind
mos_file_kind_of_type (const char *type)
{
  g_return_val_if_fail (type != NULL, MOS_FILE_DOCUMENT);

  if (g_str_equal (type, "image/gif"))
    return MOS_FILE_ANIMATION;
  /* A drawing is no photograph: platforms make pixels of it, or refuse it. */
  if (g_str_has_prefix (type, "image/") && !g_str_has_prefix (type, "image/svg"))
    return MOS_FILE_IMAGE;
  if (g_str_has_prefix (type, "video/"))
    return MOS_FILE_VIDEO;
  if (g_str_has_prefix (type, "audio/"))
    return MOS_FILE_AUDIO;
  return MOS_FILE_DOCUMENT;
}

static gboolean
takes_type (const MosFileLimit *limit,
            const char *type)
{
  g_auto (GStrv) types = NULL;

  if (limit->types == NULL)
    return TRUE;
  types = g_strsplit (limit->types, ",", -1);
  for (char **one = types; *one != NULL; one++)
    if (g_str_has_suffix (*one, "/") ? g_str_has_prefix (type, *one) : g_str_equal (type, *one))
      return TRUE;
  return FALSE;
}

static gboolean
takes_files (const MosChannelTraits *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->files); i++)
    if (self->files[i].max_out > 0)
      return TRUE;
  return FALSE;
}

const char *
mos_channel_traits_check_file (const MosChannelTraits *self,
                               const char *type,
                               guint64 size,
                               MosFileKind *ret_kind)
{
  const MosFileLimit *plain = &self->files[MOS_FILE_DOCUMENT];
  MosFileKind kind = mos_file_kind_of_type (type);
  const MosFileLimit *limit = &self->files[kind];
  gboolean fits_type = limit->max_out > 0 && takes_type (limit, type);

  *ret_kind = kind;
  if (fits_type && size <= limit->max_out)
    return NULL;
  /* As a file it loses nothing but that it is shown at once. */
  *ret_kind = MOS_FILE_DOCUMENT;
  if (plain->max_out > 0 && takes_type (plain, type) && size <= plain->max_out)
    return NULL;
  if (!takes_files (self))
    return "no-files";
  return fits_type || (plain->max_out > 0 && takes_type (plain, type)) ? "too-large" : "bad-type";
}

const char *
mos_channel_check_file (const MosAccount *account,
                        const char *type,
                        guint64 size,
                        MosFileKind *ret_kind)
{
  const MosChannelTraits *self = mos_channel_traits_get (account->kind);
  const char *why = mos_channel_traits_check_file (self, type, size, ret_kind);
  const char *relay = mos_account_get_setting (account, MOS_ACCOUNT_RELAY, NULL);

  return (self->flags & MOS_CHANNEL_FETCHES) != 0 && (relay == NULL || *relay == '\0') ? "no-letter-box" : why;
}

guint64
mos_channel_fit_picture (const MosAccount *account,
                         const char *type,
                         guint64 size)
{
  const MosFileLimit *limit = &mos_channel_traits_get (account->kind)->files[MOS_FILE_IMAGE];
  MosFileKind kind;
  const char *why = mos_channel_check_file (account, type, size, &kind);

  if (why == NULL || mos_file_kind_of_type (type) != MOS_FILE_IMAGE || !(g_str_equal (why, "bad-type") || g_str_equal (why, "too-large")))
    return 0;
  return takes_type (limit, "image/jpeg") ? limit->max_out : 0;
}

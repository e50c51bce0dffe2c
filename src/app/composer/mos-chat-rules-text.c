/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-chat-rules-text.h"

#include "app/application/mos-chat-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* Written, sent and on its way: so long before the end a template is the better way. */
#define CLOSING_US (15 * G_TIME_SPAN_MINUTE)

char *
mos_chat_time_left_text (gint64 left_us)
{
  gint64 minutes = MAX (left_us, 0) / G_TIME_SPAN_MINUTE;

  if (minutes < 60)
    /* Translators: a time that is left, in minutes; keep it short. */
    return g_strdup_printf (_ ("%d min"), (int) MAX (minutes, 1));
  if (minutes < 48 * 60)
    /* Translators: a time that is left, in hours and minutes; keep it short. */
    return g_strdup_printf (_ ("%1$d h %2$d min"), (int) (minutes / 60), (int) (minutes % 60));
  /* Translators: a time that is left, in days and hours; keep it short. */
  return g_strdup_printf (_ ("%1$d d %2$d h"), (int) (minutes / (24 * 60)), (int) (minutes / 60 % 24));
}

char *
mos_chat_window_text (const MosChannelTraits *traits,
                      const char *closed,
                      gint64 last_incoming_us,
                      gint64 now_us,
                      MosChatReply *ret_reply)
{
  gint64 silent_us = now_us - last_incoming_us;
  gint64 window_us = (gint64) traits->window_s * G_USEC_PER_SEC;
  gint64 tagged_us = (gint64) traits->tagged_window_s * G_USEC_PER_SEC;
  gint64 left_us = MAX (window_us, tagged_us) - silent_us;
  g_autofree char *left = NULL;

  *ret_reply = closed == NULL ? MOS_CHAT_REPLY_FREE : MOS_CHAT_REPLY_OVER;
  if (closed != NULL)
    {
      const char *why = mos_chat_delivery_text (closed);

      return g_strdup (why != NULL ? why : _ ("The chat is closed to us. Reach the customer another way."));
    }
  if (traits->window_s == 0)
    return NULL;
  *ret_reply = left_us <= 0 ? MOS_CHAT_REPLY_OVER : left_us < CLOSING_US ? MOS_CHAT_REPLY_CLOSING
                                                                         : MOS_CHAT_REPLY_FREE;
  if (*ret_reply == MOS_CHAT_REPLY_CLOSING && (traits->flags & MOS_CHANNEL_TEMPLATES) != 0)
    {
      left = mos_chat_time_left_text (left_us);
      /* Translators: %s is a time that is left, such as "8 min". */
      return g_strdup_printf (_ ("Can be answered for %s only. After that nothing but a template can be sent, which arrives at any time."), left);
    }
  if (silent_us < window_us)
    {
      left = mos_chat_time_left_text (window_us - silent_us);
      /* Translators: %s is a time that is left, such as "3 h 12 min". */
      return g_strdup_printf (_ ("Can be answered for %s"), left);
    }
  if (silent_us < tagged_us)
    {
      left = mos_chat_time_left_text (tagged_us - silent_us);
      /* Translators: %s is a time that is left, such as "5 d 2 h". */
      return g_strdup_printf (_ ("A person may still answer for %s: this goes out as a person’s answer"), left);
    }
  if ((traits->flags & MOS_CHANNEL_TEMPLATES) != 0)
    return g_strdup (_ ("The time for an answer is over. Until the customer writes again, only a template that the service has approved can be sent."));
  return g_strdup (_ ("The time for an answer is over: this service lets a shop write only for some time after the customer’s last message."));
}

char *
mos_chat_file_text (const MosAccount *account,
                    const MosAttachment *file)
{
  const MosChannelTraits *traits = mos_channel_traits_get (account->kind);
  MosFileKind kind;
  const char *why = mos_channel_check_file (account, file->type, file->size, &kind);
  g_autofree char *name = mos_text_isolate (file->name);
  g_autofree char *limit = NULL;

  if (why == NULL)
    return NULL;
  if (g_str_equal (why, "no-files"))
    /* Translators: %s is a file name. */
    return g_strdup_printf (_ ("%s cannot go out here: this service takes no files. Remove it, or answer by mail."), name);
  if (g_str_equal (why, "no-letter-box"))
    /* Translators: %s is a file name. */
    return g_strdup_printf (_ ("%s cannot go out here: this service fetches files from a letter box on your web space, and the account has none. Set one up in the account’s settings, remove the file, or answer by mail."), name);
  if (g_str_equal (why, "bad-type"))
    /* Translators: %s is a file name. */
    return g_strdup_printf (_ ("%s cannot go out here: this service does not take such files. Remove it, or answer by mail."), name);
  limit = g_format_size (MAX (traits->files[kind].max_out, traits->files[MOS_FILE_DOCUMENT].max_out));
  /* Translators: %1$s is a file name, %2$s a size such as "50 MB". */
  return g_strdup_printf (_ ("%1$s is too large: this service takes %2$s. Remove it, or answer by mail."), name, limit);
}

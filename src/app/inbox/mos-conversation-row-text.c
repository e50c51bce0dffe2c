/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-row-view.h"

#include "app/conversation/mos-message-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-time-text.h"

#include "core/channels/mos-channel-traits.h"
#include "core/values/mos-chat-values.h"

#include <glib/gi18n.h>

#define LATE_US (2 * G_TIME_SPAN_HOUR)
#define VERY_LATE_US G_TIME_SPAN_DAY
#define CLOSING_US (4 * G_TIME_SPAN_HOUR)

MosWaiting
mos_conversation_row_get_waiting (MosConversationRow *row,
                                  gint64 now_us)
{
  gint64 waited_us = now_us - row->waiting_since_us;

  if (row->waiting_since_us == 0 || row->status != MOS_STATUS_OPEN || row->deleted_us != 0)
    return MOS_WAITING_NOT;
  if (row->reply_due_us != 0)
    return MOS_WAITING_FINE;
  if (waited_us >= VERY_LATE_US)
    return MOS_WAITING_VERY_LATE;
  return waited_us >= LATE_US ? MOS_WAITING_LATE : MOS_WAITING_FINE;
}

MosDueMark
mos_conversation_row_get_due (MosConversationRow *row,
                              gint64 now_us,
                              gint64 *ret_due_us,
                              gboolean *ret_is_reply)
{
  const gboolean is_reply = row->reply_due_us != 0 && (row->resolve_due_us == 0 || row->reply_due_us <= row->resolve_due_us);
  const gint64 due_us = is_reply ? row->reply_due_us : row->resolve_due_us;

  if (ret_due_us != NULL)
    *ret_due_us = due_us;
  if (ret_is_reply != NULL)
    *ret_is_reply = is_reply;
  if (due_us == 0)
    return MOS_DUE_NOT;
  if (due_us <= now_us)
    return MOS_DUE_LATE;
  return (is_reply ? row->reply_warn_us : row->resolve_warn_us) <= now_us ? MOS_DUE_NEAR : MOS_DUE_FINE;
}

char *
mos_conversation_row_due_text (MosConversationRow *row,
                               gint64 now_us)
{
  gint64 due_us;
  MosDueMark mark = mos_conversation_row_get_due (row, now_us, &due_us, NULL);
  g_autofree char *duration = NULL;

  if (mark == MOS_DUE_NOT)
    return g_strdup ("");
  /* At the very moment it is late. */
  duration = mos_time_text_duration (MAX (ABS (due_us - now_us), 1));
  if (mark == MOS_DUE_LATE)
    /* Translators: a small mark in the list: for so long an answer is overdue; %s is a duration such as “5 h”; keep it short. */
    return g_strdup_printf (_ ("%s late"), duration);
  return g_steal_pointer (&duration);
}

/* Returns: (transfer full) (nullable): the same, as it is read aloud */
static char *
describe_due (MosConversationRow *row,
              gint64 now_us)
{
  gint64 due_us;
  gboolean is_reply;
  MosDueMark mark = mos_conversation_row_get_due (row, now_us, &due_us, &is_reply);
  g_autofree char *duration = NULL;

  if (mark == MOS_DUE_NOT)
    return NULL;
  duration = mos_time_text_duration (MAX (ABS (due_us - now_us), 1));
  if (mark == MOS_DUE_LATE)
    /* Translators: %s is a duration such as “5 h”. */
    return g_strdup_printf (is_reply ? _ ("Answer overdue for %s") : _ ("To be closed, overdue for %s"), duration);
  /* Translators: %s is a duration such as “5 h”. */
  return g_strdup_printf (is_reply ? _ ("Answer due in %s") : _ ("To be closed in %s"), duration);
}

MosReplyWindow
mos_conversation_row_get_window (MosConversationRow *row,
                                 gint64 now_us,
                                 gint64 *ret_left_us)
{
  const MosChannelTraits *traits = mos_channel_traits_get (row->channel);
  gint64 silent_us = now_us - row->last_incoming_us;
  gint64 left_us = MAX ((gint64) traits->window_s * G_USEC_PER_SEC - silent_us, 0);

  if (ret_left_us != NULL)
    *ret_left_us = 0;
  if (traits->window_s == 0 || row->last_incoming_us == 0 || mos_conversation_row_get_waiting (row, now_us) == MOS_WAITING_NOT)
    return MOS_REPLY_WINDOW_NONE;
  if (ret_left_us != NULL)
    *ret_left_us = left_us;
  /* Whether a person may still answer depends on the account: the composer says it. */
  if (left_us == 0)
    return silent_us < (gint64) traits->tagged_window_s * G_USEC_PER_SEC ? MOS_REPLY_WINDOW_NONE : MOS_REPLY_WINDOW_OVER;
  return left_us < CLOSING_US ? MOS_REPLY_WINDOW_CLOSING : MOS_REPLY_WINDOW_OPEN;
}

char *
mos_conversation_row_window_text (MosConversationRow *row,
                                  gint64 now_us)
{
  gint64 left_us;
  MosReplyWindow window = mos_conversation_row_get_window (row, now_us, &left_us);
  g_autofree char *left = NULL;

  if (window == MOS_REPLY_WINDOW_NONE)
    return g_strdup ("");
  if (window == MOS_REPLY_WINDOW_OVER)
    /* Translators: a small mark in the list: the service does not let the shop answer any more; keep it short. */
    return g_strdup (C_ ("reply window", "Closed"));
  left = mos_time_text_duration (left_us);
  /* Translators: a small mark in the list: for so long the service lets the shop answer; %s is a duration such as “5 h”; keep it short. */
  return g_strdup_printf (_ ("%s left"), left);
}

/* Returns: (transfer full) (nullable): the same, as it is read aloud */
static char *
describe_window (MosConversationRow *row,
                 gint64 now_us)
{
  gint64 left_us;
  MosReplyWindow window = mos_conversation_row_get_window (row, now_us, &left_us);
  g_autofree char *left = NULL;

  if (window == MOS_REPLY_WINDOW_NONE)
    return NULL;
  if (window == MOS_REPLY_WINDOW_OVER)
    return g_strdup (_ ("The time for an answer is over"));
  left = mos_time_text_duration (left_us);
  /* Translators: %s is a duration such as “5 h”. */
  return g_strdup_printf (_ ("Can be answered for %s"), left);
}

char *
mos_conversation_row_get_initials (const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  gunichar first = 0, last = 0;
  gboolean at_start = TRUE;

  for (const char *p = name; p != NULL && *p != '\0' && *p != '@'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c))
        {
          at_start = at_start || !g_unichar_ismark (c);
          continue;
        }
      if (at_start && first == 0)
        {
          first = c;
          g_string_append_unichar (initials, g_unichar_toupper (c));
        }
      else if (at_start)
        last = g_unichar_toupper (c);
      at_start = FALSE;
    }

  /* Two joined letters of a connected script, or two ideographs, are no initials. */
  if (last == 0 || g_unichar_get_script (first) != g_unichar_get_script (last))
    return g_strdup (initials->str);
  switch ((int) g_unichar_get_script (last))
    {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_ARMENIAN:
      g_string_append_unichar (initials, last);
      break;
    default:
      break;
    }
  return g_strdup (initials->str);
}

static void
add (GPtrArray *parts,
     char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (parts, text);
  else
    g_free (text);
}

char *
mos_conversation_row_describe (MosConversationRow *row,
                               gint64 now_us,
                               GTimeZone *zone,
                               gboolean stale)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *waited = NULL;

  add (parts, g_strdup (mos_conversation_who_text (row)));
  if (row->unread > 0)
    add (parts, g_strdup_printf (ngettext ("%u unread message", "%u unread messages", row->unread), row->unread));
  add (parts, g_strdup (mos_subject_text (row)));
  if (row->call != NULL)
    add (parts, mos_call_text (row->call, row->is_call_outgoing));
  add (parts, mos_time_text_relative (row->updated_us, now_us, zone));

  if (row->status != MOS_STATUS_OPEN)
    add (parts, g_strdup (mos_status_text (row->status)));
  if (row->deleted_us != 0)
    add (parts, g_strdup (C_ ("status", "Deleted")));
  if (stale)
    add (parts, g_strdup (_ ("No longer in this view")));
  if (mos_conversation_row_get_waiting (row, now_us) != MOS_WAITING_NOT)
    {
      waited = mos_time_text_duration (now_us - row->waiting_since_us);
      if (*waited != '\0')
        /* Translators: the customer waits for an answer; %s is a duration such as “3 h”. */
        add (parts, g_strdup_printf (_ ("Waiting for %s"), waited));
    }
  add (parts, describe_due (row, now_us));
  add (parts, describe_window (row, now_us));
  if (row->quarantine != NULL)
    /* The cause is one for mails and chats. */
    add (parts, g_strdup (mos_quarantine_text (g_str_equal (row->quarantine, "unreadable") && mos_channel_is_chat (row->channel) ? MOS_CHAT_UNREADABLE : row->quarantine, MOS_CLASSIFICATION_NORMAL)));
  if (row->has_failed)
    add (parts, g_strdup (_ ("A message was not sent")));
  if (row->has_draft)
    add (parts, g_strdup (_ ("Has a draft")));
  if (row->drafters != NULL && row->drafters[0] != NULL)
    {
      g_autofree char *names = g_strjoinv (C_ ("list", ", "), row->drafters);

      /* Translators: %s are the names of other people at the desk who have begun an answer. */
      add (parts, g_strdup_printf (_ ("Unsent draft of %s"), names));
    }
  if (row->has_attachments)
    add (parts, g_strdup (_ ("Has attachments")));
  if (row->priority != MOS_PRIORITY_NORMAL)
    add (parts, g_strdup (mos_priority_phrase (row->priority)));
  if (row->assignee_name != NULL)
    /* Translators: %s is the name of a person at the desk. */
    add (parts, g_strdup_printf (_ ("Assigned to %s"), row->assignee_name));
  if (row->tags != NULL && row->tags[0] != NULL)
    {
      /* Translators: stands between the items of a list that is read aloud. */
      g_autofree char *tags = g_strjoinv (C_ ("list", ", "), row->tags);

      /* Translators: %s is a list of tags. */
      add (parts, g_strdup_printf (_ ("Tags: %s"), tags));
    }
  add (parts, g_strdup_printf ("#%" G_GINT64_FORMAT, row->number));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (C_ ("list", ", "), (char **) parts->pdata);
}

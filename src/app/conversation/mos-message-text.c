/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-text.h"

#include "app/customer/mos-score-text.h"
#include "app/orders/mos-order-action-text.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include "core/desk/mos-calls.h"

#include <glib/gi18n.h>

const char *
mos_status_text (MosStatus status)
{
  switch (status)
    {
    case MOS_STATUS_OPEN:
      return C_ ("status", "Open");
    case MOS_STATUS_PENDING:
      return C_ ("status", "Waiting for customer");
    case MOS_STATUS_SNOOZED:
      return C_ ("status", "Snoozed");
    case MOS_STATUS_CLOSED:
      return C_ ("status", "Closed");
    case MOS_STATUS_SPAM:
      return C_ ("status", "Spam");
    default:
      return "";
    }
}

const char *
mos_priority_text (MosPriority priority)
{
  switch (priority)
    {
    case MOS_PRIORITY_LOW:
      return C_ ("priority", "Low");
    case MOS_PRIORITY_NORMAL:
      return C_ ("priority", "Normal");
    case MOS_PRIORITY_HIGH:
      return C_ ("priority", "High");
    case MOS_PRIORITY_URGENT:
      return C_ ("priority", "Urgent");
    default:
      return "";
    }
}

static char *
agent_name (const char *id_or_name,
            GPtrArray *agents)
{
  for (guint i = 0; id_or_name != NULL && agents != NULL && i < agents->len; i++)
    {
      MosAgent *agent = g_ptr_array_index (agents, i);

      if (g_strcmp0 (agent->id, id_or_name) == 0)
        return mos_text_isolate (agent->name);
    }
  return mos_text_isolate (id_or_name);
}

/* Who did it: a name, or what stands for a machine. */
static char *
actor_text (const MosMessageRow *row)
{
  if (row->actor_name != NULL && *row->actor_name != '\0')
    return mos_text_isolate (row->actor_name);

  switch (row->actor_kind)
    {
    case MOS_ACTOR_HUMAN:
      return g_strdup (_ ("Somebody"));
    case MOS_ACTOR_CUSTOMER:
      return g_strdup (_ ("The customer"));
    case MOS_ACTOR_RULE:
      return g_strdup (_ ("A rule"));
    case MOS_ACTOR_BOT:
      return g_strdup (_ ("The assistant"));
    case MOS_ACTOR_IMPORT:
      return g_strdup (_ ("The import"));
    case MOS_ACTOR_SYSTEM:
    default:
      return g_strdup (_ ("Mostrador"));
    }
}

static char *
until_text (const char *value,
            gint64 now_us)
{
  gint64 until_us = 0;

  if (value == NULL)
    return NULL;
  if (!g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &until_us, NULL))
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (value, NULL);

      if (time == NULL)
        return NULL;
      until_us = g_date_time_to_unix_usec (time);
    }
  return mos_time_text_relative (until_us, now_us, NULL);
}

static char *
status_event_text (const char *actor,
                   const MosMessageRow *row,
                   gint64 now_us)
{
  MosStatus from = mos_status_from_nick (row->event_from, MOS_STATUS_OPEN);

  switch (mos_status_from_nick (row->event_to, MOS_STATUS_OPEN))
    {
    case MOS_STATUS_PENDING:
      /* Translators: %s is a person. */
      return g_strdup_printf (_ ("%s marked this as waiting for the customer"), actor);
    case MOS_STATUS_SNOOZED:
      /* Translators: %s is a person. */
      return g_strdup_printf (_ ("%s snoozed this"), actor);
    case MOS_STATUS_CLOSED:
      /* Translators: %s is a person. */
      return g_strdup_printf (_ ("%s closed this"), actor);
    case MOS_STATUS_SPAM:
      /* Translators: %s is a person. */
      return g_strdup_printf (_ ("%s marked this as spam"), actor);
    case MOS_STATUS_OPEN:
    default:
      if (from == MOS_STATUS_SPAM)
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s said this is not spam"), actor);
      if (from == MOS_STATUS_SNOOZED && row->actor_kind == MOS_ACTOR_SYSTEM)
        return g_strdup (_ ("The snooze ended"));
      if (row->event_from != NULL)
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s reopened this"), actor);
      /* Translators: %s is a person. */
      return g_strdup_printf (_ ("%s opened this"), actor);
    }
}

/* Returns: (nullable): %NULL for an action that has no short name */
static const char *
undone_phrase (const char *label)
{
  if (g_strcmp0 (label, "open") == 0 || g_strcmp0 (label, "reopen") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "reopened");
  if (g_strcmp0 (label, "pending") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "waiting for the customer");
  if (g_strcmp0 (label, "snooze") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "snoozed");
  if (g_strcmp0 (label, "close") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "closed");
  if (g_strcmp0 (label, "spam") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "marked as spam");
  if (g_strcmp0 (label, "assign") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "assigned");
  if (g_strcmp0 (label, "tag") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "tag added");
  if (g_strcmp0 (label, "untag") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "tag removed");
  if (g_strcmp0 (label, "priority") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "priority changed");
  if (g_strcmp0 (label, "language") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "language changed");
  if (g_strcmp0 (label, "category") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "category changed");
  if (g_strcmp0 (label, "delete") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "deleted");
  if (g_strcmp0 (label, "restore") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "restored");
  if (g_strcmp0 (label, "release") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "let out of the quarantine");
  if (g_strcmp0 (label, "allow-sender") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "sender always let through");
  if (g_strcmp0 (label, "block-sender") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "sender blocked");
  if (g_strcmp0 (label, "note") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "note added");
  if (g_strcmp0 (label, "merge") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "merged");
  if (g_strcmp0 (label, "split") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "split");
  if (g_strcmp0 (label, "move") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "messages moved");
  if (g_strcmp0 (label, "survey") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "score recorded");
  if (g_strcmp0 (label, "rescue") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "what came of a low score");
  if (g_strcmp0 (label, "survey-dismiss") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "not to ask the customer");
  if (g_strcmp0 (label, "rescue-remind") == 0)
    /* Translators: what was taken back or done again; follows a colon. */
    return C_ ("undone", "reminder set");
  return NULL;
}

static char *
undo_event_text (const char *actor,
                 const char *label,
                 gboolean redo)
{
  const char *phrase = undone_phrase (label);

  if (phrase == NULL)
    /* Translators: what was taken back or done again; follows a colon. */
    phrase = C_ ("undone", "a change");
  if (redo)
    /* Translators: a person, and what was done ("closed", "note added"). */
    return g_strdup_printf (_ ("%1$s did again: %2$s"), actor, phrase);
  /* Translators: a person, and what was done ("closed", "note added"). */
  return g_strdup_printf (_ ("%1$s took back: %2$s"), actor, phrase);
}

/* A chat that goes on by mail, or a call that goes on by SMS, as seen from one side. */
static char *
continued_event_text (const char *actor,
                      const MosMessageRow *row)
{
  g_autofree char *other = g_strdup_printf ("#%" G_GINT64_FORMAT, row->other_number);

  if (row->other == NULL)
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s went on elsewhere"), actor);
  if (g_strcmp0 (row->event_to, other) == 0)
    /* Translators: a person, and the number of a conversation. */
    return g_strdup_printf (_ ("%1$s went on in %2$s"), actor, other);
  /* Translators: a person, and the number of a conversation: a chat, or a call. */
  return g_strdup_printf (_ ("%1$s goes on here with %2$s"), actor, other);
}

/* A merge, a split or a move, as seen from one side. */
static char *
joining_event_text (const char *actor,
                    const MosMessageRow *row)
{
  g_autofree char *other = g_strdup_printf ("#%" G_GINT64_FORMAT, row->other_number);
  g_autofree char *subject = mos_text_isolate (row->other_subject != NULL && *row->other_subject != '\0' ? row->other_subject : _ ("No subject"));
  gboolean is_from = g_strcmp0 (row->event_to, other) == 0;

  if (row->other == NULL && g_str_equal (row->event_kind, "move"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s moved a message"), actor);
  if (row->other == NULL)
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s merged another conversation into this one"), actor);
  if (g_str_equal (row->event_kind, "merge"))
    /* Translators: a person, and a conversation: its number and subject. */
    return g_strdup_printf (_ ("%1$s merged this into %2$s “%3$s”"), actor, other, subject);
  if (g_str_equal (row->event_kind, "merged"))
    /* Translators: a person, and a conversation: its number and subject. */
    return g_strdup_printf (_ ("%1$s merged %2$s “%3$s” into this"), actor, other, subject);
  if (g_str_equal (row->event_kind, "split") && is_from)
    /* Translators: a person, and a conversation: its number and subject. */
    return g_strdup_printf (_ ("%1$s split %2$s “%3$s” off from this"), actor, other, subject);
  if (g_str_equal (row->event_kind, "split"))
    /* Translators: a person, and a conversation: its number and subject. */
    return g_strdup_printf (_ ("%1$s split this off from %2$s “%3$s”"), actor, other, subject);
  if (is_from)
    /* Translators: a person, and a conversation: its number and subject. */
    return g_strdup_printf (_ ("%1$s moved messages to %2$s “%3$s”"), actor, other, subject);
  /* Translators: a person, and a conversation: its number and subject. */
  return g_strdup_printf (_ ("%1$s moved messages here from %2$s “%3$s”"), actor, other, subject);
}

char *
mos_event_text (const MosMessageRow *row,
                GPtrArray *agents,
                gint64 now_us)
{
  g_autofree char *actor = actor_text (row);
  g_autofree char *from = mos_text_isolate (row->event_from);
  g_autofree char *to = mos_text_isolate (row->event_to);
  const char *kind = row->event_kind != NULL ? row->event_kind : "";

  if (g_str_equal (kind, "status"))
    return status_event_text (actor, row, now_us);
  if (g_str_equal (kind, "assign"))
    {
      g_autofree char *name = agent_name (row->event_to, agents);

      if (row->event_to == NULL || *row->event_to == '\0')
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s removed the assignee"), actor);
      if (g_str_equal (name, actor))
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s took this"), actor);
      /* Translators: both are persons: who assigned, and to whom. */
      return g_strdup_printf (_ ("%1$s assigned this to %2$s"), actor, name);
    }
  if (g_str_equal (kind, "tag"))
    /* Translators: a person and the name of a tag. */
    return g_strdup_printf (_ ("%1$s added the tag “%2$s”"), actor, to);
  if (g_str_equal (kind, "untag"))
    {
      g_autofree char *tag = mos_text_isolate (row->event_from != NULL ? row->event_from : row->event_to);

      /* Translators: a person and the name of a tag. */
      return g_strdup_printf (_ ("%1$s removed the tag “%2$s”"), actor, tag);
    }
  if (g_str_equal (kind, "priority"))
    /* Translators: a person and a priority (Low, Normal, High, Urgent). */
    return g_strdup_printf (_ ("%1$s set the priority to %2$s"), actor, mos_priority_text (mos_priority_from_nick (row->event_to, MOS_PRIORITY_NORMAL)));
  if (g_str_equal (kind, "category"))
    {
      if (row->event_to == NULL || *row->event_to == '\0')
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s removed the category"), actor);
      /* Translators: a person and the name of a category. */
      return g_strdup_printf (_ ("%1$s set the category to “%2$s”"), actor, to);
    }
  if (g_str_equal (kind, "language"))
    {
      if (row->event_to == NULL || *row->event_to == '\0')
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s left the language open"), actor);
      /* Translators: a person, and what a language calls itself ("Español"). */
      return g_strdup_printf (_ ("%1$s set the language to %2$s"), actor, mos_language_name (row->event_to));
    }
  if (g_str_equal (kind, "snooze"))
    {
      g_autofree char *until = until_text (row->event_to, now_us);

      if (until == NULL)
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s snoozed this until the customer answers"), actor);
      /* Translators: a person and a time such as "Monday, 09:00". */
      return g_strdup_printf (_ ("%1$s snoozed this until: %2$s"), actor, until);
    }
  if (g_str_equal (kind, "remind"))
    {
      g_autofree char *until = until_text (row->event_to, now_us);

      if (until == NULL)
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s does not want to be reminded any more"), actor);
      /* Translators: a person and a time such as "Monday, 09:00". */
      return g_strdup_printf (_ ("%1$s wants to be reminded if nobody answers by: %2$s"), actor, until);
    }
  if (g_str_equal (kind, "target_breach"))
    return g_strdup (g_strcmp0 (row->event_from, mos_target_kind_to_nick (MOS_TARGET_RESOLUTION)) == 0 ? _ ("This was to be closed by then") : _ ("The answer became overdue"));
  if (g_str_equal (kind, "reminder"))
    return g_strdup (_ ("Reminder: the customer has not answered"));
  if (g_str_equal (kind, "callback"))
    {
      g_autofree char *until = until_text (row->event_to, now_us);

      if (g_strcmp0 (row->event_from, MOS_CALL_BACK_SETTLED) == 0)
        return g_strdup (_ ("The customer was spoken to: nobody needs to call back any more"));
      if (until == NULL)
        /* Translators: %s is a person. */
        return g_strdup_printf (_ ("%s said that nobody needs to call back"), actor);
      /* Translators: a person and a time such as "Monday, 09:00". */
      return g_strdup_printf (_ ("%1$s wants the customer to be called back: %2$s"), actor, until);
    }
  if (g_str_equal (kind, "callback_due"))
    return g_strdup (_ ("It is time to call the customer back"));
  if (g_str_equal (kind, "merge") || g_str_equal (kind, "merged") || g_str_equal (kind, "move") || g_str_equal (kind, "split"))
    return joining_event_text (actor, row);
  if (g_str_equal (kind, "continued"))
    return continued_event_text (actor, row);
  if (g_str_equal (kind, "delete"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s deleted this"), actor);
  if (g_str_equal (kind, "restore"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s restored this"), actor);
  if (g_str_equal (kind, "release"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s let this out of the quarantine"), actor);
  if (g_str_equal (kind, "created") || g_str_equal (kind, "create"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s started this conversation"), actor);
  if (g_str_equal (kind, "undo") || g_str_equal (kind, "redo"))
    return undo_event_text (actor, row->event_from, g_str_equal (kind, "redo"));
  if (g_str_equal (kind, "order"))
    return mos_order_action_event_text (actor, row->event_to);
  if (g_str_equal (kind, "survey"))
    return mos_score_event_text (actor, row);
  if (g_str_has_prefix (kind, "survey_") || g_str_has_prefix (kind, "rescue"))
    {
      char *text = mos_survey_event_text (actor, row);

      if (text != NULL)
        return text;
    }
  if (g_str_equal (kind, "bounce"))
    return g_strdup (_ ("A message came back undelivered"));
  if (row->event_from != NULL && row->event_to != NULL)
    /* Translators: a person changed something of a conversation: old and new value. */
    return g_strdup_printf (_ ("%1$s changed “%2$s” to “%3$s”"), actor, from, to);
  /* Translators: %s is a person. */
  return g_strdup_printf (_ ("%s changed this conversation"), actor);
}

/* --- Several events of one sitting --- */

#define SITTING_US (5 * 60 * G_USEC_PER_SEC)

static gboolean
is_joinable (const MosMessageRow *row)
{
  static const char *const kinds[] = { "status", "assign", "tag", "untag", "priority", "category", "release", "delete", "restore" };

  for (guint i = 0; row->event_kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (row->event_kind, kinds[i]))
      return TRUE;
  return FALSE;
}

gboolean
mos_events_can_join (const MosMessageRow *previous,
                     const MosMessageRow *next)
{
  return previous->direction == MOS_DIRECTION_EVENT && next->direction == MOS_DIRECTION_EVENT &&
         previous->actor_kind == next->actor_kind && g_strcmp0 (previous->actor_name, next->actor_name) == 0 &&
         is_joinable (previous) && is_joinable (next) &&
         next->received_us - previous->received_us <= SITTING_US;
}

/* What was done, without who: a phrase that follows a name. Tags are collected by the caller. */
static char *
event_phrase (const MosMessageRow *row,
              const char *actor,
              GPtrArray *agents)
{
  if (g_str_equal (row->event_kind, "assign"))
    {
      g_autofree char *name = agent_name (row->event_to, agents);

      if (row->event_to == NULL || *row->event_to == '\0')
        /* Translators: follows the name of the person who did it. */
        return g_strdup (C_ ("joined event", "removed the assignee"));
      if (g_str_equal (name, actor))
        /* Translators: follows the name of the person who did it. */
        return g_strdup (C_ ("joined event", "took this"));
      /* Translators: follows the name of the person who did it; %s is the person it was assigned to. */
      return g_strdup_printf (C_ ("joined event", "assigned this to %s"), name);
    }
  if (g_str_equal (row->event_kind, "priority"))
    /* Translators: follows the name of the person who did it; %s is a priority. */
    return g_strdup_printf (C_ ("joined event", "set the priority to %s"), mos_priority_text (mos_priority_from_nick (row->event_to, MOS_PRIORITY_NORMAL)));
  if (g_str_equal (row->event_kind, "category"))
    {
      g_autofree char *category = mos_text_isolate (row->event_to);

      if (row->event_to == NULL || *row->event_to == '\0')
        /* Translators: follows the name of the person who did it. */
        return g_strdup (C_ ("joined event", "removed the category"));
      /* Translators: follows the name of the person who did it; %s is the name of a category. */
      return g_strdup_printf (C_ ("joined event", "set the category to “%s”"), category);
    }
  if (g_str_equal (row->event_kind, "release"))
    /* Translators: follows the name of the person who did it. */
    return g_strdup (C_ ("joined event", "let this out of the quarantine"));
  if (g_str_equal (row->event_kind, "delete"))
    /* Translators: follows the name of the person who did it. */
    return g_strdup (C_ ("joined event", "deleted this"));
  if (g_str_equal (row->event_kind, "restore"))
    /* Translators: follows the name of the person who did it. */
    return g_strdup (C_ ("joined event", "restored this"));

  switch (mos_status_from_nick (row->event_to, MOS_STATUS_OPEN))
    {
    case MOS_STATUS_PENDING:
      /* Translators: follows the name of the person who did it. */
      return g_strdup (C_ ("joined event", "marked this as waiting for the customer"));
    case MOS_STATUS_SNOOZED:
      /* Translators: follows the name of the person who did it. */
      return g_strdup (C_ ("joined event", "snoozed this"));
    case MOS_STATUS_CLOSED:
      /* Translators: follows the name of the person who did it. */
      return g_strdup (C_ ("joined event", "closed this"));
    case MOS_STATUS_SPAM:
      /* Translators: follows the name of the person who did it. */
      return g_strdup (C_ ("joined event", "marked this as spam"));
    case MOS_STATUS_OPEN:
    default:
      /* Translators: follows the name of the person who did it. */
      return g_strdup (C_ ("joined event", "reopened this"));
    }
}

static char *
tags_phrase (GPtrArray *tags,
             gboolean added)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *tag = mos_text_isolate (g_ptr_array_index (tags, i));

      if (i > 0)
        g_string_append (list, _ (", "));
      /* Translators: a tag in quotation marks. */
      g_string_append_printf (list, C_ ("joined event", "“%s”"), tag);
    }
  if (added)
    /* Translators: follows the name of the person who did it; %s is one or several tags in quotation marks. */
    return g_strdup_printf (ngettext ("added the tag %s", "added the tags %s", tags->len), list->str);
  /* Translators: follows the name of the person who did it; %s is one or several tags in quotation marks. */
  return g_strdup_printf (ngettext ("removed the tag %s", "removed the tags %s", tags->len), list->str);
}

char *
mos_events_text (GPtrArray *rows,
                 GPtrArray *agents,
                 gint64 now_us)
{
  const MosMessageRow *first = g_ptr_array_index (rows, 0);
  g_autofree char *actor = NULL;
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);

  if (rows->len == 1)
    return mos_event_text (first, agents, now_us);

  actor = actor_text (first);
  for (guint i = 0; i < rows->len; i++)
    {
      const MosMessageRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->event_kind, "tag"))
        g_ptr_array_add (added, row->event_to != NULL ? row->event_to : row->event_from);
      else if (g_str_equal (row->event_kind, "untag"))
        g_ptr_array_add (removed, row->event_from != NULL ? row->event_from : row->event_to);
      else
        g_ptr_array_add (phrases, event_phrase (row, actor, agents));
    }
  if (added->len > 0)
    g_ptr_array_add (phrases, tags_phrase (added, TRUE));
  if (removed->len > 0)
    g_ptr_array_add (phrases, tags_phrase (removed, FALSE));

  for (guint i = 0; i < phrases->len; i++)
    {
      if (i > 0)
        /* Translators: between the parts of a list. */
        g_string_append (list, _ (", "));
      g_string_append (list, g_ptr_array_index (phrases, i));
    }
  /* Translators: a person, then what was done: "Ana" "took this, set the priority to High". */
  return g_strdup_printf (C_ ("joined event", "%1$s %2$s"), actor, list->str);
}

char *
mos_address_text (const MosAddress *address)
{
  if (address == NULL)
    return g_strdup ("");
  return g_strdup (address->name != NULL && *address->name != '\0' ? address->name : address->address);
}

char *
mos_addresses_text (GPtrArray *addresses,
                    gboolean full)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      const MosAddress *address = g_ptr_array_index (addresses, i);
      g_autofree char *one = NULL;

      if (full && address->name != NULL && *address->name != '\0')
        one = g_strdup_printf ("\xE2\x81\xA8%s\xE2\x81\xA9 <%s>", address->name, address->address);
      else
        {
          g_autofree char *plain = mos_address_text (address);

          one = mos_text_isolate (plain);
        }
      if (text->len > 0)
        /* Translators: between the names of a list of recipients. */
        g_string_append (text, _ (", "));
      g_string_append (text, one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mos_message_one_line (const MosMessageRow *row)
{
  const char *text = row->reply_text != NULL && *row->reply_text != '\0' ? row->reply_text : row->text;
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = text; p != NULL && *p != '\0' && line->len < 240; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = line->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (line, ' ');
      space = FALSE;
      g_string_append_unichar (line, c);
    }
  if (line->len == 0 && row->call != NULL)
    return mos_call_text (row->call, row->direction == MOS_DIRECTION_OUTGOING);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-text.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>
#include <string.h>

/* Why a message is in its conversation, in words. The codes are those of MosThreadAnswer. */

char *
mos_evidence_text (const char *evidence)
{
  g_autofree char *id = NULL;
  const char *space;

  if (evidence == NULL || *evidence == '\0')
    return g_strdup (_ ("No reason was kept."));

  space = strchr (evidence, ' ');
  if (space != NULL)
    id = mos_text_isolate (space + 1);

  if (g_str_has_prefix (evidence, "token"))
    {
      if (id != NULL)
        /* Translators: %s is a mail address. */
        return g_strdup_printf (_ ("It was sent to an address that belongs to this conversation: %s"), id);
      return g_strdup (_ ("It was sent to an address that belongs to this conversation."));
    }
  if (g_str_has_prefix (evidence, "chat-thread"))
    return g_strdup (_ ("It came in the chat of this conversation."));
  if (g_str_has_prefix (evidence, "chat-reply"))
    return g_strdup (_ ("It answers a message of this conversation."));
  if (g_str_has_prefix (evidence, "in-reply-to"))
    {
      if (id != NULL)
        /* Translators: %s is the identifier of an e-mail. */
        return g_strdup_printf (_ ("It answers a message of this conversation (In-Reply-To: %s)."), id);
      return g_strdup (_ ("It answers a message of this conversation."));
    }
  if (g_str_has_prefix (evidence, "references"))
    {
      if (id != NULL)
        /* Translators: %s is the identifier of an e-mail. */
        return g_strdup_printf (_ ("It refers to a message of this conversation (References: %s)."), id);
      return g_strdup (_ ("It refers to a message of this conversation."));
    }
  if (g_str_has_prefix (evidence, "thread-index"))
    /* Translators: %s is a long number. Outlook is a mail program. */
    return g_strdup_printf (_ ("Outlook takes it for part of this conversation (Thread-Index: %s)."), id != NULL ? id : "");
  if (g_str_has_prefix (evidence, "marker"))
    {
      if (id != NULL)
        /* Translators: %s is a line such as [#12-0123456789abcdef]. */
        return g_strdup_printf (_ ("It quotes the last line of a message that we sent: %s"), id);
      return g_strdup (_ ("It quotes the last line of a message that we sent."));
    }
  if (g_str_has_prefix (evidence, "same-subject"))
    return g_strdup (_ ("The same sender wrote about the same subject before, and the account’s settings take that for one conversation."));
  if (g_str_has_prefix (evidence, "broadcast"))
    return g_strdup (_ ("It answers a message that went to many. Each who answers it has a conversation of their own."));
  if (g_str_has_prefix (evidence, "subject-number"))
    /* Translators: %s is a number such as [#12]. */
    return g_strdup_printf (_ ("Its subject has the number of this conversation, %s, and the sender takes part in it."), id != NULL ? id : "");
  if (g_str_has_prefix (evidence, "subject"))
    {
      if (id != NULL)
        /* Translators: %s is a word such as [#12-01234567]. */
        return g_strdup_printf (_ ("Its subject names this conversation: %s"), id);
      return g_strdup (_ ("Its subject carries the number of this conversation."));
    }
  if (g_str_has_prefix (evidence, "bounce"))
    return g_strdup (_ ("It reports about a message that was sent from this conversation."));
  if (g_str_has_prefix (evidence, "new"))
    return g_strdup (_ ("It answers nothing we know, so it began this conversation."));
  if (g_str_has_prefix (evidence, "here") || g_str_has_prefix (evidence, "written") || g_str_has_prefix (evidence, "own"))
    return g_strdup (_ ("It was written here."));
  if (g_str_has_prefix (evidence, "moved"))
    return g_strdup (_ ("It was moved here by hand."));
  /* Translators: %s is a technical word. */
  return g_strdup_printf (_ ("Evidence: %s"), evidence);
}

char *
mos_message_why_text (const MosMessageRow *row)
{
  gboolean is_ours = row->direction != MOS_DIRECTION_INCOMING && (row->thread_evidence == NULL || *row->thread_evidence == '\0');
  g_autofree char *evidence = is_ours ? g_strdup (_ ("It was written here.")) : mos_evidence_text (row->thread_evidence);

  if (row->origin == NULL)
    return g_steal_pointer (&evidence);
  if (row->joined)
    /* Translators: a sentence that says why a message belongs to a conversation, and the number of the conversation that it had begun. */
    return g_strdup_printf (_ ("It came before what it refers to, as #%2$d, and was joined with this conversation when that arrived. %1$s"), evidence, (int) row->origin_number);
  /* Translators: a sentence that says why a message came to a conversation, and the number of that conversation; it is in another one now. */
  return g_strdup_printf (_ ("It came in with #%2$d and was brought here by hand since. There: %1$s"), evidence, (int) row->origin_number);
}

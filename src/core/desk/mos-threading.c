/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-threading.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-token.h"

#include <string.h>

/* One mail to more people than this is a newsletter: those who answer it are strangers to each other. */
#define MOS_THREAD_BROADCAST_RECIPIENTS 20

void
mos_thread_answer_clear (MosThreadAnswer *answer)
{
  g_clear_pointer (&answer->conversation, g_free);
  g_clear_pointer (&answer->evidence, g_free);
  answer->number = 0;
}

gboolean
mos_own_contains (const char *const *own,
                  const char *address)
{
  for (; own != NULL && *own != NULL; own++)
    if (mos_text_same_mailbox (*own, address))
      return TRUE;
  return FALSE;
}

static void
mos_thread_add_id (GPtrArray *ids,
                   const char *id)
{
  if (id == NULL || *id == '\0' || g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    return;
  g_ptr_array_add (ids, g_strdup (id));
}

GStrv
mos_thread_list_ids (MosParsedMessage *parsed)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < parsed->bounces->len; i++)
    mos_thread_add_id (ids, ((MosBounce *) g_ptr_array_index (parsed->bounces, i))->original_message_id);
  mos_thread_add_id (ids, parsed->in_reply_to);
  for (guint i = g_strv_length (parsed->references); i > 0; i--)
    mos_thread_add_id (ids, parsed->references[i - 1]);

  g_ptr_array_add (ids, NULL);
  return (GStrv) g_ptr_array_free (ids, FALSE);
}

static MosMessageRow *
mos_thread_find (const MosThreadQuestion *question,
                 const char *message_id,
                 gboolean outgoing_only)
{
  GPtrArray *rows = message_id != NULL ? g_hash_table_lookup (question->candidates, message_id) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->account, question->account) == 0 && (!outgoing_only || row->direction == MOS_DIRECTION_OUTGOING))
        return row;
    }
  return NULL;
}

static gboolean
mos_addresses_contain (GPtrArray *addresses,
                       const char *address)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    if (mos_text_same_mailbox (((MosAddress *) g_ptr_array_index (addresses, i))->address, address))
      return TRUE;
  return FALSE;
}

static gboolean
mos_thread_is_broadcast (MosMessageRow *row)
{
  guint recipients = (row->to != NULL ? row->to->len : 0) + (row->cc != NULL ? row->cc->len : 0) + (row->bcc != NULL ? row->bcc->len : 0);

  return row->direction == MOS_DIRECTION_OUTGOING &&
         (row->classification == MOS_CLASSIFICATION_BULK || recipients > MOS_THREAD_BROADCAST_RECIPIENTS);
}

static gboolean
mos_thread_is_there (const MosThreadQuestion *question,
                     const char *conversation,
                     gint64 number,
                     const char *sender)
{
  if (question->find == NULL)
    return sender == NULL;
  return question->find (conversation, number, sender, question->find_data);
}

static gboolean
mos_thread_try_tokens (const MosThreadQuestion *question,
                       MosThreadAnswer *answer)
{
  GPtrArray *lists[] = { question->parsed->delivered_to, question->parsed->to, question->parsed->cc };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);

        /* The same token at another mailbox is not ours to follow. */
        if (!mos_own_contains (question->own, address->address))
          continue;
        answer->conversation = mos_token_parse_address (question->key, address->address);
        if (answer->conversation != NULL && mos_thread_is_there (question, answer->conversation, 0, NULL))
          {
            answer->evidence = g_strconcat ("token ", address->address, NULL);
            return TRUE;
          }
        g_clear_pointer (&answer->conversation, g_free);
      }
  return FALSE;
}

static gboolean
mos_thread_try_id (const MosThreadQuestion *question,
                   const char *kind,
                   const char *id,
                   gboolean outgoing_only,
                   MosThreadAnswer *answer)
{
  MosMessageRow *row = mos_thread_find (question, id, outgoing_only);
  MosAddress *from = question->parsed->from;

  if (row == NULL)
    return FALSE;

  if (mos_thread_is_broadcast (row) && (from == NULL || !mos_own_contains (question->own, from->address)))
    {
      gboolean is_alone = (row->to != NULL ? row->to->len : 0) + (row->cc != NULL ? row->cc->len : 0) == 1 &&
                          from != NULL && mos_addresses_contain (row->to, from->address);

      if (!is_alone)
        {
          answer->evidence = g_strconcat ("broadcast ", id, NULL);
          return TRUE;
        }
    }

  answer->conversation = g_strdup (row->conversation);
  answer->evidence = g_strconcat (kind, " ", id, NULL);
  return TRUE;
}

/* Is @row of the same people? Whoever writes must be known there; of what we write, somebody it goes to: we are known everywhere. Asked of two mails
 * of one writer it is the same whichever was here first. */
static gboolean
mos_thread_is_known_there (const MosThreadQuestion *question,
                           MosMessageRow *row)
{
  MosParsedMessage *parsed = question->parsed;
  GPtrArray *lists[] = { parsed->to, parsed->cc, parsed->bcc };

  if (!mos_own_contains (question->own, parsed->from->address))
    return (row->from != NULL && mos_text_same_mailbox (row->from->address, parsed->from->address)) ||
           mos_addresses_contain (row->to, parsed->from->address) || mos_addresses_contain (row->cc, parsed->from->address);
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        const char *to = ((MosAddress *) g_ptr_array_index (lists[l], i))->address;

        if (mos_own_contains (question->own, to))
          continue;
        if ((row->from != NULL && mos_text_same_mailbox (row->from->address, to)) ||
            (row->direction == MOS_DIRECTION_OUTGOING && (mos_addresses_contain (row->to, to) || mos_addresses_contain (row->cc, to))))
          return TRUE;
      }
  return FALSE;
}

/* Outlook and Exchange lose In-Reply-To on some ways, but hardly ever this. A CRM, and who answers one template again and again, copies it into mails
 * to many. */
static gboolean
mos_thread_try_outlook (const MosThreadQuestion *question,
                        MosThreadAnswer *answer)
{
  MosAddress *from = question->parsed->from;

  for (guint i = question->outlook != NULL ? question->outlook->len : 0; i > 0 && from != NULL; i--)
    {
      MosMessageRow *row = g_ptr_array_index (question->outlook, i - 1);

      if (g_strcmp0 (row->account, question->account) != 0 || mos_thread_is_broadcast (row) || !mos_thread_is_known_there (question, row))
        continue;
      answer->conversation = g_strdup (row->conversation);
      answer->evidence = g_strconcat ("thread-index ", question->parsed->thread_index, NULL);
      return TRUE;
    }
  return FALSE;
}

static gboolean
mos_thread_try_numbers (const MosThreadQuestion *question,
                        MosThreadAnswer *answer)
{
  MosParsedMessage *parsed = question->parsed;
  g_autofree char *hook = NULL;
  gint64 number = mos_token_parse_marker (question->key, parsed->text);

  /* A text part that was made anew may have lost what the HTML still quotes. */
  if (number == 0 && parsed->html != NULL)
    number = mos_token_parse_marker (question->key, parsed->html);
  if (number != 0 && mos_thread_is_there (question, NULL, number, NULL))
    {
      hook = mos_token_marker (question->key, number);
      answer->number = number;
      answer->evidence = g_strconcat ("marker ", hook, NULL);
      return TRUE;
    }

  number = mos_token_parse_subject (question->key, parsed->subject);
  if (number != 0 && mos_thread_is_there (question, NULL, number, NULL))
    {
      hook = mos_token_subject_hook (question->key, number);
      answer->number = number;
      answer->evidence = g_strconcat ("subject-hook ", hook, NULL);
      return TRUE;
    }

  /* Anybody can guess a number; who takes part in it need not. */
  number = mos_token_parse_bare_number (parsed->subject);
  if (number != 0 && parsed->from != NULL && mos_thread_is_there (question, NULL, number, parsed->from->address))
    {
      answer->number = number;
      answer->evidence = g_strdup_printf ("subject-number [#%" G_GINT64_FORMAT "]", number);
      return TRUE;
    }
  return FALSE;
}

/**
 * mos_thread_decide:
 * @question: all that counts
 * @ret_answer: (out): cleared by the caller with mos_thread_answer_clear()
 *
 * The order of evidence of behaviour.md §2.1, the first hit wins. Only ids that
 * are stored count, and ours carry a MAC: who does not have one of our mails
 * cannot name it, and a forged one opens a conversation of its own. A subject alone never joins.
 */
void
mos_thread_decide (const MosThreadQuestion *question,
                   MosThreadAnswer *ret_answer)
{
  MosParsedMessage *parsed = question->parsed;

  *ret_answer = (MosThreadAnswer) { 0 };

  if (mos_thread_try_tokens (question, ret_answer))
    return;

  for (guint i = 0; i < parsed->bounces->len; i++)
    if (mos_thread_try_id (question, "bounce", ((MosBounce *) g_ptr_array_index (parsed->bounces, i))->original_message_id, TRUE, ret_answer))
      return;

  if (mos_thread_try_id (question, "in-reply-to", parsed->in_reply_to, FALSE, ret_answer))
    {
      g_autofree char *broadcast = NULL;

      if (ret_answer->conversation != NULL)
        return;
      /* An answer to a newsletter: an older mail of the same two people is stronger than the newsletter. */
      broadcast = g_steal_pointer (&ret_answer->evidence);
      for (guint i = g_strv_length (parsed->references); i > 0; i--)
        {
          if (g_strcmp0 (parsed->references[i - 1], parsed->in_reply_to) == 0)
            continue;
          if (mos_thread_try_id (question, "references", parsed->references[i - 1], FALSE, ret_answer) && ret_answer->conversation != NULL)
            return;
          g_clear_pointer (&ret_answer->evidence, g_free);
        }
      ret_answer->evidence = g_steal_pointer (&broadcast);
      return;
    }

  for (guint i = g_strv_length (parsed->references); i > 0; i--)
    if (mos_thread_try_id (question, "references", parsed->references[i - 1], FALSE, ret_answer))
      return;

  if (mos_thread_try_outlook (question, ret_answer) || mos_thread_try_numbers (question, ret_answer))
    return;

  ret_answer->evidence = g_strdup ("new");
}

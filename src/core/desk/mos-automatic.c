/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-automatic.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-threading.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-automatic.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-recipients.h"

#include <string.h>

#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)

/* So long nothing goes by itself to where mail came back from: more of it makes a server take us for one who writes to lists that were bought. */
#define UNREACHABLE_US (60 * (gint64) G_TIME_SPAN_DAY)

typedef enum
{
  BY_ACCOUNT = 1 << 0,
  BY_CONVERSATION = 1 << 1,
  BY_RECIPIENT = 1 << 2,
  BY_SUBJECT = 1 << 3,
} MosAutomaticScope;

/* So many of the same kind within so many minutes, and no more. A person gets two of one subject at most: what comes a third time is a loop, even
 * where both sides lose the headers that would have told. The wider ones hold back a rule that went wrong. */
static const struct
{
  const char *cause;
  MosAutomaticScope scope;
  guint max;
  guint minutes;
} limits[] = {
  { "limit-subject", BY_RECIPIENT | BY_SUBJECT, 2, 180 },
  { "limit-conversation", BY_RECIPIENT | BY_CONVERSATION, 5, 180 },
  { "limit-recipient", BY_RECIPIENT, 10, 180 },
  { "limit-recipient", BY_RECIPIENT, 25, 24 * 60 },
  { "limit-account", BY_ACCOUNT, 120, 60 },
  { "limit-desk", 0, 300, 60 },
  { "limit-desk", 0, 2000, 24 * 60 },
};

gboolean
mos_automatic_is_machine_address (const char *address)
{
  static const char *const locals[] = { "mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "bounce", "bounces",
                                        "auto-reply", "autoreply", "autoresponder", "listserv", "majordomo", "owner" };
  const char *at = strrchr (address, '@');
  g_autofree char *local = NULL;

  if (at == NULL)
    return FALSE;
  local = g_ascii_strdown (address, at - address);
  for (gsize i = 0; i < G_N_ELEMENTS (locals); i++)
    {
      gsize length = strlen (locals[i]);

      /* "noreply+123@", "bounces-456=me@", but not "ownership@". */
      if (strncmp (local, locals[i], length) == 0 && (local[length] == '\0' || strchr ("+-=", local[length]) != NULL))
        return TRUE;
    }
  return g_str_has_suffix (local, "-noreply") || g_str_has_suffix (local, "-request") || g_str_has_suffix (local, "-bounces");
}

static gboolean
is_own_address (MosTxn *txn,
                const char *address,
                gboolean *ret_is,
                GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);

  *ret_is = FALSE;
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len && !*ret_is; i++)
    {
      g_auto (GStrv) own = mos_account_list_own (g_ptr_array_index (accounts, i));

      *ret_is = mos_own_contains ((const char *const *) own, address);
    }
  return TRUE;
}

/* --- what would be answered --- */

static gboolean
find_newest_incoming (MosTxn *txn,
                      const char *conversation,
                      MosMessageRow **ret_row,
                      GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, conversation, error);

  *ret_row = NULL;
  if (rows == NULL)
    return FALSE;
  for (guint i = rows->len; i > 0 && *ret_row == NULL; i--)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i - 1);

      if (row->direction == MOS_DIRECTION_INCOMING && row->classification != MOS_CLASSIFICATION_SURVEY)
        *ret_row = mos_message_row_ref (row);
    }
  return TRUE;
}

/* A machine's mail is no question, also where somebody released it from the quarantine. */
static gboolean
check_answered (MosTxn *txn,
                const MosAutomaticQuestion *question,
                const char **ret_cause,
                GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;

  if (question->answered != NULL ? !mos_store_message_find (txn, question->answered, &row, error) : !find_newest_incoming (txn, question->conversation, &row, error))
    return FALSE;
  if (row == NULL || row->direction != MOS_DIRECTION_INCOMING)
    return TRUE;
  if (!mos_store_message_load_raw (txn, row->id, &raw, error))
    return FALSE;

  /* Read anew: what tells a machine's mail is learnt better with time. */
  parsed = raw != NULL ? mos_mime_parse (raw, NULL) : NULL;
  if (row->classification == MOS_CLASSIFICATION_OWN_LOOP || (parsed != NULL && parsed->own_loop != NULL))
    *ret_cause = "own-loop";
  else if (row->quarantined || row->classification != MOS_CLASSIFICATION_NORMAL || (parsed != NULL && !parsed->may_answer_automatically))
    *ret_cause = "answers-machine";
  return TRUE;
}

/* --- how much already went --- */

/* "Re: Re: Order" and "Order" are one. */
static char *
normal_subject (const char *subject)
{
  g_autofree char *folded = g_utf8_casefold (mos_text_strip_subject (subject), -1);

  return g_strdup (g_strstrip (folded));
}

static gboolean
check_limits (MosTxn *txn,
              const MosAutomaticQuestion *question,
              const char **ret_cause,
              GError **error)
{
  g_autofree char *subject = normal_subject (question->subject);

  for (gsize i = 0; i < G_N_ELEMENTS (limits) && *ret_cause == NULL; i++)
    {
      MosAutomaticFilter filter = {
        .account = limits[i].scope & BY_ACCOUNT ? question->account : NULL,
        .conversation = limits[i].scope & BY_CONVERSATION ? question->conversation : NULL,
        .recipient = limits[i].scope & BY_RECIPIENT ? question->recipient : NULL,
        .subject = limits[i].scope & BY_SUBJECT ? subject : NULL,
        .since_us = mos_txn_get_now_us (txn) - limits[i].minutes * MINUTE_US,
      };
      guint count;

      if (!mos_store_automatic_count (txn, &filter, &count, error))
        return FALSE;
      if (count >= limits[i].max)
        *ret_cause = limits[i].cause;
    }
  return TRUE;
}

gboolean
mos_automatic_may_send (MosTxn *txn,
                        const MosAutomaticQuestion *question,
                        const char **ret_cause,
                        GError **error)
{
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autofree char *canonical = mos_text_canonical_address (question->recipient);
  gboolean is_own = FALSE, is_unreachable = FALSE;

  *ret_cause = NULL;
  if (!mos_text_is_address (question->recipient))
    *ret_cause = "no-address";
  else if (mos_automatic_is_machine_address (question->recipient))
    *ret_cause = "machine-address";
  if (*ret_cause != NULL)
    return TRUE;

  if (!is_own_address (txn, question->recipient, &is_own, error) ||
      !mos_store_recipient_is_unreachable (txn, canonical, mos_txn_get_now_us (txn) - UNREACHABLE_US, &is_unreachable, error) ||
      !mos_store_conversation_find (txn, question->conversation, &conversation, error))
    return FALSE;
  if (is_own)
    *ret_cause = "own-address";
  else if (conversation == NULL || conversation->deleted_us != 0)
    *ret_cause = "deleted";
  else if (conversation->status == MOS_STATUS_SPAM)
    *ret_cause = "spam";
  else if (is_unreachable)
    *ret_cause = "unreachable";
  if (*ret_cause != NULL)
    return TRUE;

  return check_answered (txn, question, ret_cause, error) &&
         (*ret_cause != NULL || check_limits (txn, question, ret_cause, error));
}

gboolean
mos_automatic_grant (MosTxn *txn,
                     const MosAutomaticQuestion *question,
                     const char *message,
                     GError **error)
{
  g_autofree char *subject = normal_subject (question->subject);

  return mos_store_automatic_add (txn, message, question->account, question->conversation, question->recipient, subject, mos_txn_get_now_us (txn), error);
}

/* --- at the outbox --- */

static gboolean
find_answered (MosTxn *txn,
               MosOutboxItem *item,
               char **ret_message,
               GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *ids[] = { NULL, NULL };

  *ret_message = NULL;
  if (!mos_store_message_find (txn, item->message, &row, error))
    return FALSE;
  if (row == NULL || row->in_reply_to == NULL)
    return TRUE;
  ids[0] = row->in_reply_to;
  rows = mos_store_message_find_by_message_ids (txn, item->account, ids, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *ret_message = g_strdup (((MosMessageRow *) g_ptr_array_index (rows, 0))->id);
  return TRUE;
}

gboolean
mos_automatic_check_item (MosTxn *txn,
                          MosOutboxItem *item,
                          gboolean *ret_may,
                          GError **error)
{
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_autofree char *answered = NULL;
  const char *last_cause = NULL;
  gboolean is_granted = FALSE;
  guint n_kept = 0;

  *ret_may = TRUE;
  if (!mos_store_automatic_is_granted (txn, item->message, &is_granted, error))
    return FALSE;
  if (is_granted)
    return TRUE;
  if (!find_answered (txn, item, &answered, error))
    return FALSE;

  for (char **recipient = item->recipients; *recipient != NULL; recipient++)
    {
      const MosAutomaticQuestion question = { item->account, item->conversation, *recipient, item->subject, answered };
      const char *cause = NULL;

      if (!mos_automatic_may_send (txn, &question, &cause, error))
        return FALSE;
      if (cause == NULL)
        {
          if (!mos_automatic_grant (txn, &question, item->message, error))
            return FALSE;
          g_strv_builder_add (kept, *recipient);
          n_kept++;
          continue;
        }
      g_debug ("An automatic message is not sent: %s", cause);
      last_cause = cause;
      if (!mos_store_recipient_set (txn, item->message, *recipient, MOS_RECIPIENT_WITHDRAWN, 0, NULL, cause, error))
        return FALSE;
    }
  g_strfreev (item->recipients);
  item->recipients = g_strv_builder_end (kept);
  *ret_may = n_kept > 0;
  if (*ret_may)
    return TRUE;
  return mos_store_outbox_set_result (txn, item->message, MOS_DELIVERY_FAILED, 0, last_cause, NULL, error) &&
         mos_store_outbox_cancel (txn, item->message, error) &&
         mos_store_message_set_delivery (txn, item->message, MOS_DELIVERY_CANCELLED, last_cause, NULL, error);
}

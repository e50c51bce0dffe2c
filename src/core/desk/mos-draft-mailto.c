/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-composing-private.h"

#include "core/base/mos-text.h"
#include "core/mail/mime/mos-markup.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-messages.h"

/* Anybody can make a link. One that names a mail of ours, but goes to somebody else than its writer, must not have that mail quoted to them. */
static gboolean
mos_mailto_find_answered (MosTxn *txn,
                          MosMailto *mailto,
                          MosMessageRow **ret_row,
                          GError **error)
{
  const char *ids[] = { mailto->in_reply_to, NULL };
  g_autoptr (GPtrArray) rows = NULL;

  if (mailto->in_reply_to == NULL || mailto->to->len != 1 || mailto->cc->len + mailto->bcc->len > 0)
    return TRUE;
  rows = mos_store_message_find_by_message_ids (txn, NULL, ids, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && *ret_row == NULL; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);
      g_autoptr (MosConversationRow) conversation = NULL;

      if (row->direction != MOS_DIRECTION_INCOMING || row->quarantined || row->from == NULL ||
          !mos_text_same_mailbox (row->from->address, ((MosAddress *) g_ptr_array_index (mailto->to, 0))->address))
        continue;
      if (!mos_store_conversation_find (txn, row->conversation, &conversation, error))
        return FALSE;
      if (conversation != NULL && conversation->deleted_us == 0)
        *ret_row = mos_message_row_ref (row);
    }
  return TRUE;
}

/* Before the signature, and the caret behind it. */
static void
mos_mailto_put_body (MosMailto *mailto,
                     MosDraft *draft)
{
  g_autofree char *plain = g_strchomp (g_strdup (mailto->body));
  g_autofree char *words = draft->is_marked ? mos_markup_escape (plain) : g_strdup (plain);
  char *text = g_strconcat (words, draft->text, NULL);

  draft->caret = (int) g_utf8_strlen (words, -1);
  g_free (draft->text);
  draft->text = text;
}

gboolean
mos_draft_prepare_mailto (MosTxn *txn,
                          MosMailto *mailto,
                          const char *account,
                          const MosQuoteTexts *texts,
                          MosDraft **ret_draft,
                          GError **error)
{
  g_autoptr (MosMessageRow) answered = NULL;
  g_autoptr (MosDraft) begun = NULL;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_mailto_find_answered (txn, mailto, &answered, error))
    return FALSE;
  if (answered != NULL)
    {
      if (!mos_store_draft_find_of_conversation (txn, answered->conversation, "reply", &begun, error))
        return FALSE;
      if (begun != NULL)
        {
          *ret_draft = g_steal_pointer (&begun);
          return TRUE;
        }
      if (!mos_draft_prepare (txn, "reply", answered->conversation, answered->id, NULL, texts, &draft, error))
        return FALSE;
    }
  else
    {
      if (!mos_draft_prepare_another (txn, account, texts, &draft, error))
        return FALSE;
      g_ptr_array_unref (draft->to);
      g_ptr_array_unref (draft->cc);
      g_ptr_array_unref (draft->bcc);
      draft->to = g_ptr_array_ref (mailto->to);
      draft->cc = g_ptr_array_ref (mailto->cc);
      draft->bcc = g_ptr_array_ref (mailto->bcc);
      g_set_str (&draft->subject, mailto->subject);
    }
  mos_mailto_put_body (mailto, draft);
  /* An answer is found by its conversation when that is shown. */
  if (answered != NULL && !mos_store_draft_save (txn, draft, error))
    return FALSE;
  *ret_draft = g_steal_pointer (&draft);
  return TRUE;
}

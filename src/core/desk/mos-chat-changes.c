/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-changes.h"

#include "core/base/mos-id.h"
#include "core/base/mos-split.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-desk-private.h"
#include "core/mail/mime/mos-language.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* A sign is one picture, of several characters where it has a colour or a company. */
#define MAX_SIGN_BYTES 32

G_DEFINE_QUARK (mos - chat - change - error - quark, mos_chat_change_error)

/* Says why not, and that it is none. */
static gboolean
refuse (GError **error,
        MosChatChangeError code)
{
  static const char *const words[] = {
    [MOS_CHAT_CHANGE_ERROR_NOT_THERE] = "Its channel has no such thing",
    [MOS_CHAT_CHANGE_ERROR_NOT_OURS] = "It is no message of ours",
    [MOS_CHAT_CHANGE_ERROR_NOT_SENT] = "It is not there, or not any more",
    [MOS_CHAT_CHANGE_ERROR_PARTED] = "It went out in several pieces, or has no words",
    [MOS_CHAT_CHANGE_ERROR_TOO_LONG] = "The text is longer than a message may be there",
    [MOS_CHAT_CHANGE_ERROR_EMPTY] = "There is no text",
    [MOS_CHAT_CHANGE_ERROR_TOO_LATE] = "It is too old to be taken back there",
  };

  g_set_error_literal (error, MOS_CHAT_CHANGE_ERROR, (int) code, words[code]);
  return FALSE;
}

/* --- which part of it --- */

/* Returns: the place of the only part that has words; -1 where there is none, or more than one */
static int
find_text_part (const MosChatOutgoing *outgoing)
{
  int found = -1;

  for (guint i = 0; i < outgoing->parts->len; i++)
    {
      const MosChatPart *part = outgoing->parts->pdata[i];

      if (*part->text == '\0')
        continue;
      if (found >= 0)
        return -1;
      found = (int) i;
    }
  return found;
}

/* What its words are called there, and what stands below them. @ret_remote: (out) (transfer full) (nullable): %NULL where they are several, or none */
static gboolean
find_words (MosTxn *txn,
            const MosMessageRow *row,
            gint64 thread,
            GPtrArray *remotes,
            MosChatChange *change,
            char **ret_remote,
            GError **error)
{
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_autoptr (GPtrArray) places = NULL;
  const MosChatPart *words;
  gboolean is_pressed = FALSE;
  int part;

  *ret_remote = NULL;
  change->has_file = row->attachments->len > 0;
  if (*row->text == '\0')
    return TRUE;
  places = mos_store_chat_list_parts (txn, row->id, error);
  if (places == NULL)
    return FALSE;
  /* It left by another program. */
  if (places->len == 0)
    {
      *ret_remote = remotes->len == 1 ? g_strdup (remotes->pdata[0]) : NULL;
      return TRUE;
    }
  if (!mos_store_message_load_source (txn, row->id, &source, error))
    return FALSE;
  outgoing = source != NULL ? mos_chat_outgoing_from_json (source, NULL) : NULL;
  part = outgoing != NULL ? find_text_part (outgoing) : -1;
  if (part < 0 || (guint) part >= places->len || *(const char *) places->pdata[part] == '\0')
    return TRUE;
  words = outgoing->parts->pdata[part];
  change->has_file = words->file != NULL;
  if (words->buttons != NULL && !mos_store_chat_was_pressed (txn, thread, places->pdata[part], &is_pressed, error))
    return FALSE;
  if (words->buttons != NULL && !is_pressed)
    change->buttons = g_ptr_array_ref (words->buttons);
  *ret_remote = g_strdup (places->pdata[part]);
  return TRUE;
}

/* Where it lies, and what of it is concerned; %FALSE with REFUSED codes where that is nothing. */
static gboolean
fill_change (MosTxn *txn,
             const MosMessageRow *row,
             MosChatChange *change,
             GError **error)
{
  g_autoptr (MosChatThread) thread = NULL;
  g_autoptr (GPtrArray) remotes = NULL;
  g_autofree char *words = NULL;

  if (!mos_store_chat_find_thread_of (txn, row->conversation, row->id, &thread, error))
    return FALSE;
  remotes = mos_store_chat_list_remotes (txn, row->id, error);
  if (remotes == NULL)
    return FALSE;
  if (thread == NULL || remotes->len == 0)
    return refuse (error, MOS_CHAT_CHANGE_ERROR_NOT_SENT);
  change->thread = g_strdup (thread->remote);
  change->is_own = row->direction == MOS_DIRECTION_OUTGOING;
  if (change->kind == MOS_CHAT_CHANGE_EDIT)
    {
      if (!find_words (txn, row, thread->id, remotes, change, &words, error))
        return FALSE;
      if (words == NULL)
        return refuse (error, MOS_CHAT_CHANGE_ERROR_PARTED);
      change->remotes = g_strdupv ((char *[]) { words, NULL });
      return TRUE;
    }
  if (change->kind == MOS_CHAT_CHANGE_REACT)
    g_ptr_array_set_size (remotes, 1);
  g_ptr_array_add (remotes, NULL);
  change->remotes = g_strdupv ((char **) remotes->pdata);
  return TRUE;
}

/* --- may it be --- */

static gboolean
check_text (const MosChannelTraits *traits,
            const MosChatChange *change,
            GError **error)
{
  guint max = change->has_file ? traits->caption_max : traits->text_max;

  if (change->kind == MOS_CHAT_CHANGE_REACT)
    return strlen (change->text) <= MAX_SIGN_BYTES || refuse (error, MOS_CHAT_CHANGE_ERROR_TOO_LONG);
  if (change->kind == MOS_CHAT_CHANGE_WITHDRAW)
    return TRUE;
  if (*change->text == '\0')
    return refuse (error, MOS_CHAT_CHANGE_ERROR_EMPTY);
  return max == 0 || mos_split_count (change->text, traits->text_unit) <= max || refuse (error, MOS_CHAT_CHANGE_ERROR_TOO_LONG);
}

static gboolean
check (MosTxn *txn,
       const MosMessageRow *row,
       const MosChannelTraits *traits,
       MosChatChange *change,
       GError **error)
{
  static const MosChannelFlags needed[] = {
    [MOS_CHAT_CHANGE_EDIT] = MOS_CHANNEL_EDITS,
    [MOS_CHAT_CHANGE_WITHDRAW] = MOS_CHANNEL_DELETES,
    [MOS_CHAT_CHANGE_REACT] = MOS_CHANNEL_REACTIONS,
  };
  gboolean is_out = row->direction == MOS_DIRECTION_OUTGOING;

  if ((traits->flags & needed[change->kind]) == 0)
    return refuse (error, MOS_CHAT_CHANGE_ERROR_NOT_THERE);
  if (!is_out && (change->kind != MOS_CHAT_CHANGE_REACT || row->direction != MOS_DIRECTION_INCOMING))
    return refuse (error, MOS_CHAT_CHANGE_ERROR_NOT_OURS);
  if (row->withdrawn_us != 0 || (is_out && row->delivery != MOS_DELIVERY_ACCEPTED && row->delivery != MOS_DELIVERY_DELIVERED && row->delivery != MOS_DELIVERY_READ))
    return refuse (error, MOS_CHAT_CHANGE_ERROR_NOT_SENT);
  if (change->kind == MOS_CHAT_CHANGE_WITHDRAW && traits->withdraw_window_s > 0 && mos_txn_get_now_us (txn) - row->sent_us >= (gint64) traits->withdraw_window_s * G_USEC_PER_SEC)
    return refuse (error, MOS_CHAT_CHANGE_ERROR_TOO_LATE);
  return fill_change (txn, row, change, error) && check_text (traits, change, error);
}

static gboolean
find_row (MosTxn *txn,
          const char *message,
          MosMessageRow **ret_row,
          GError **error)
{
  if (!mos_store_message_find (txn, message, ret_row, error))
    return FALSE;
  if (*ret_row == NULL)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No message %s", message);
  return *ret_row != NULL;
}

/* Whether nothing would be another afterwards: it says that, or bears that sign. */
static gboolean
is_so (const MosMessageRow *row,
       const MosChatChange *change)
{
  gboolean has_sign = FALSE;

  if (change->kind == MOS_CHAT_CHANGE_EDIT)
    return strcmp (row->text, change->text) == 0;
  if (change->kind == MOS_CHAT_CHANGE_WITHDRAW)
    return FALSE;
  for (guint i = 0; row->reactions != NULL && i < row->reactions->len; i++)
    {
      const MosReaction *reaction = row->reactions->pdata[i];

      if (reaction->is_ours && strcmp (reaction->sign, change->text) == 0)
        return TRUE;
      has_sign |= reaction->is_ours;
    }
  return *change->text == '\0' && !has_sign;
}

gboolean
mos_chat_change (MosTxn *txn,
                 const char *message,
                 MosChatChangeKind kind,
                 const char *text,
                 GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatChange) change = mos_chat_change_new ();

  g_return_val_if_fail (message != NULL && text != NULL, FALSE);

  if (!find_row (txn, message, &row, error))
    return FALSE;
  if (row->account != NULL && !mos_store_account_find (txn, row->account, &account, error))
    return FALSE;
  change->id = mos_id_new (mos_txn_get_now_us (txn));
  change->message = g_strdup (message);
  change->kind = kind;
  change->text = g_strstrip (g_strdup (text));
  if (!check (txn, row, mos_channel_traits_get (account != NULL ? account->kind : NULL), change, error))
    return FALSE;
  /* Another one of the kind may be on its way: that this is so now says nothing then. */
  if (is_so (row, change) && row->changes == NULL)
    return TRUE;
  return mos_store_chat_want_change (txn, change, error);
}

gboolean
mos_chat_retry_change (MosTxn *txn,
                       const char *message,
                       MosChatChangeKind kind,
                       GError **error)
{
  gboolean is_there = FALSE;

  if (!mos_store_chat_retry_change (txn, message, kind, &is_there, error))
    return FALSE;
  if (!is_there)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Nothing of that kind is to be done to %s", message);
  return is_there;
}

gboolean
mos_chat_drop_change (MosTxn *txn,
                      const char *message,
                      MosChatChangeKind kind,
                      GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  if (!mos_store_chat_find_changes (txn, message, &changes, error))
    return FALSE;
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const MosChatChange *change = changes->pdata[i];

      if (change->kind == kind)
        return mos_store_chat_drop_change (txn, message, change->id, error);
    }
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "Nothing of that kind is to be done to %s", message);
  return FALSE;
}

/* --- while it is done --- */

GPtrArray *
mos_chat_list_changes (MosTxn *txn,
                       const char *account,
                       gint64 now_us,
                       gint64 *ret_next_us,
                       GError **error)
{
  g_autoptr (GPtrArray) due = mos_store_chat_list_changes (txn, account, now_us, ret_next_us, error);
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_change_unref);

  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      MosChatChange *change = due->pdata[i];
      g_autoptr (MosMessageRow) row = NULL;
      g_autoptr (GError) local = NULL;

      if (!find_row (txn, change->message, &row, error))
        return NULL;
      /* What is not there any more is told as such; it keeps nothing else waiting. */
      if (!fill_change (txn, row, change, &local) && local->domain != MOS_CHAT_CHANGE_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (whole, mos_chat_change_ref (change));
    }
  return due != NULL ? g_steal_pointer (&whole) : NULL;
}

gboolean
mos_chat_changed (MosTxn *txn,
                  const char *account,
                  MosChatChange *change,
                  GError **error)
{
  gint64 now_us = mos_txn_get_now_us (txn);
  g_autoptr (MosMessageRow) row = NULL;
  g_autofree char *language = NULL;

  if (!mos_store_message_find (txn, change->message, &row, error))
    return FALSE;
  /* Deleted meanwhile: it took along what was to be done to it. */
  if (row == NULL)
    return TRUE;
  switch (change->kind)
    {
    case MOS_CHAT_CHANGE_EDIT:
      language = mos_language_detect (change->text, row->language);
      return mos_store_chat_edit (txn, row->id, change->text, language, MAX (now_us, row->edited_us), error) && mos_store_chat_drop_change (txn, row->id, change->id, error);
    case MOS_CHAT_CHANGE_WITHDRAW:
      /* Whatever else was to be done to it. */
      return mos_store_chat_withdraw (txn, row->id, now_us, NULL, error) && mos_store_chat_drop_change (txn, row->id, NULL, error);
    case MOS_CHAT_CHANGE_REACT:
    default:
      return mos_store_chat_react (txn, row->id, account, "", TRUE, now_us, error) &&
             (*change->text == '\0' || mos_store_chat_react (txn, row->id, account, change->text, FALSE, now_us, error)) && mos_store_chat_drop_change (txn, row->id, change->id, error);
    }
}

/* --- from the window --- */

static gboolean
do_change (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_chat_change (txn, call->text, (MosChatChangeKind) call->number, call->other, error);
}

void
mos_desk_change_chat_async (MosDesk *self,
                            const char *message,
                            MosChatChangeKind kind,
                            const char *text,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL && text != NULL);

  call = mos_desk_call_new_pair (do_change, message, text, NULL);
  call->number = (int) kind;
  mos_desk_write (self, call, NULL, mos_desk_change_chat_async, cancellable, callback, user_data);
}

static gboolean
do_decide (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return (call->flag ? mos_chat_retry_change : mos_chat_drop_change) (txn, call->text, (MosChatChangeKind) call->number, error);
}

void
mos_desk_decide_change_async (MosDesk *self,
                              const char *message,
                              MosChatChangeKind kind,
                              gboolean again,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  call = mos_desk_call_new_text (do_decide, message);
  call->number = (int) kind;
  call->flag = again;
  mos_desk_write (self, call, NULL, mos_desk_decide_change_async, cancellable, callback, user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-joining.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduled.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

static gboolean
mos_joining_invalid (GError **error,
                     const char *message)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, message);
  return FALSE;
}

/* The conversation that @id is part of now. */
static gboolean
mos_joining_find (MosTxn *txn,
                  const char *id,
                  MosConversationRow **ret_row,
                  GError **error)
{
  g_autofree char *resolved = NULL;
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_store_conversation_resolve (txn, id, &resolved, error) ||
      (resolved != NULL && !mos_store_conversation_find (txn, resolved, &row, error)))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", id);
      return FALSE;
    }
  if (row->deleted_us != 0)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Conversation #%" G_GINT64_FORMAT " was deleted; restore it first", row->number);
      return FALSE;
    }
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

gboolean
mos_action_merge (MosTxn *txn,
                  const char *const *conversations,
                  const char *into,
                  GError **error)
{
  g_autoptr (MosConversationRow) target = NULL;

  if (!mos_joining_find (txn, into, &target, error))
    return FALSE;
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) source = NULL;

      if (!mos_joining_find (txn, *conversations, &source, error))
        return FALSE;
      if (strcmp (source->id, target->id) == 0)
        return mos_joining_invalid (error, "They are one conversation already");
      if (!mos_scheduled_hold_merged (txn, source, error) || !mos_store_conversation_set_merged (txn, source->id, target->id, error))
        return FALSE;
    }
  return TRUE;
}

/* What @messages have in common. @ret_rest: whether anything a person wrote stays behind. */
static gboolean
mos_joining_look (MosTxn *txn,
                  const char *const *messages,
                  MosConversationRow **ret_row,
                  GPtrArray **ret_rows,
                  gboolean *ret_rest,
                  GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  g_autoptr (GPtrArray) all = NULL;
  MosMessageRow *first;

  for (gsize i = 0; messages[i] != NULL; i++)
    {
      MosMessageRow *row = NULL;

      if (!mos_store_message_find (txn, messages[i], &row, error))
        return FALSE;
      if (row == NULL || row->direction == MOS_DIRECTION_EVENT)
        {
          g_clear_pointer (&row, mos_message_row_unref);
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No message %s", messages[i]);
          return FALSE;
        }
      g_ptr_array_add (rows, row);
    }
  if (rows->len == 0)
    return mos_joining_invalid (error, "No message was chosen");
  first = g_ptr_array_index (rows, 0);
  for (guint i = 1; i < rows->len; i++)
    if (strcmp (((MosMessageRow *) g_ptr_array_index (rows, i))->conversation, first->conversation) != 0)
      return mos_joining_invalid (error, "The messages are of several conversations");

  all = mos_store_message_list_of_conversation (txn, first->conversation, error);
  if (all == NULL || !mos_joining_find (txn, first->conversation, ret_row, error))
    return FALSE;
  *ret_rest = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (all, i);

      if ((row->direction == MOS_DIRECTION_INCOMING || row->direction == MOS_DIRECTION_OUTGOING) && !g_strv_contains (messages, row->id))
        *ret_rest = TRUE;
    }
  *ret_rows = g_steal_pointer (&rows);
  return TRUE;
}

static gboolean
mos_joining_add_participants (MosTxn *txn,
                              GPtrArray *rows,
                              MosConversationRow *target,
                              GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (row->identity != NULL &&
          !mos_store_conversation_add_participant (txn, target->id, row->identity, row->direction == MOS_DIRECTION_INCOMING ? "sender" : "cc", error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_action_split (MosTxn *txn,
                  const char *const *messages,
                  char **ret_conversation,
                  GError **error)
{
  g_autoptr (MosConversationRow) source = NULL;
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *id = NULL;
  MosMessageRow *first;
  gboolean has_rest;

  if (!mos_joining_look (txn, messages, &source, &rows, &has_rest, error))
    return FALSE;
  if (!has_rest)
    return mos_joining_invalid (error, "Nothing would be left of the conversation");

  first = g_ptr_array_index (rows, 0);
  row->subject = g_strdup (*first->subject != '\0' ? mos_text_strip_subject (first->subject) : source->subject);
  row->account = g_strdup (source->account);
  row->channel = g_strdup (source->channel);
  row->customer = g_strdup (source->customer);
  row->language = g_strdup (source->language);
  row->category = g_strdup (source->category);
  row->assignee = g_strdup (source->assignee);
  row->priority = source->priority;
  row->status = source->status == MOS_STATUS_SNOOZED ? MOS_STATUS_PENDING : source->status;
  row->archive = source->archive;
  row->quarantine = g_strdup (source->quarantine);
  row->created_us = first->received_us;
  mos_conversation_row_fill (row);
  if (!mos_store_conversation_add (txn, row, &id, NULL, error))
    return FALSE;
  g_set_str (&row->id, id);
  for (guint i = 0; i < rows->len && source->customer != NULL; i++)
    {
      MosMessageRow *message = g_ptr_array_index (rows, i);

      /* The customer's own address there, not one that somebody else wrote from. */
      if (message->direction == MOS_DIRECTION_INCOMING && message->identity != NULL && !message->new_sender &&
          !mos_store_conversation_add_participant (txn, id, message->identity, "customer", error))
        return FALSE;
    }
  if (!mos_joining_add_participants (txn, rows, row, error) ||
      !mos_store_message_set_conversation (txn, messages, id, MOS_ACTION_SPLIT, error))
    return FALSE;
  if (ret_conversation != NULL)
    *ret_conversation = g_steal_pointer (&id);
  return TRUE;
}

gboolean
mos_action_move (MosTxn *txn,
                 const char *const *messages,
                 const char *into,
                 GError **error)
{
  g_autoptr (MosConversationRow) source = NULL;
  g_autoptr (MosConversationRow) target = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_rest;

  if (!mos_joining_find (txn, into, &target, error) ||
      !mos_joining_look (txn, messages, &source, &rows, &has_rest, error))
    return FALSE;
  if (strcmp (source->id, target->id) == 0)
    return mos_joining_invalid (error, "It is in that conversation already");
  /* An empty conversation would be left; its notes, tags and number would be of no use to anybody. */
  if (!has_rest)
    return mos_scheduled_hold_merged (txn, source, error) && mos_store_conversation_set_merged (txn, source->id, target->id, error);
  return mos_joining_add_participants (txn, rows, target, error) &&
         mos_store_message_set_conversation (txn, messages, target->id, MOS_ACTION_MOVE, error);
}

gboolean
mos_action_unjoin (MosTxn *txn,
                   const char *conversation,
                   char **ret_label,
                   GError **error)
{
  gint64 batch = 0;

  *ret_label = NULL;
  if (!mos_store_join_find (txn, conversation, &batch, error))
    return FALSE;
  if (batch == 0)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO, "It was neither merged nor split off, and nothing was moved into it");
      return FALSE;
    }
  return mos_store_join_undo (txn, batch, ret_label, error);
}

/* --- where to --- */

typedef struct
{
  GPtrArray *rows;
  const char *but_not;
  guint max;
} MosJoiningList;

static gboolean
mos_joining_list_add (MosTxn *txn,
                      MosJoiningList *list,
                      GPtrArray *ids,
                      GError **error)
{
  for (guint i = 0; i < ids->len && list->rows->len < list->max; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;
      gboolean is_known = FALSE;

      if (!mos_store_conversation_find (txn, g_ptr_array_index (ids, i), &row, error))
        return FALSE;
      for (guint r = 0; row != NULL && r < list->rows->len; r++)
        is_known = is_known || strcmp (((MosConversationRow *) g_ptr_array_index (list->rows, r))->id, row->id) == 0;
      if (row == NULL || is_known || g_strcmp0 (row->id, list->but_not) == 0 || row->merged_into != NULL || row->deleted_us != 0 || row->message_count == 0)
        continue;
      g_ptr_array_add (list->rows, g_steal_pointer (&row));
    }
  return TRUE;
}

static gboolean
mos_joining_list_view (MosTxn *txn,
                       MosJoiningList *list,
                       MosViewKind kind,
                       const char *argument,
                       GError **error)
{
  g_autoptr (MosView) view = mos_view_make (kind, argument);
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_ids (txn, view, NULL, list->max + 1, error);

  return ids != NULL && mos_joining_list_add (txn, list, ids, error);
}

GPtrArray *
mos_action_suggest (MosTxn *txn,
                    const char *conversation,
                    guint max,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  g_autoptr (MosConversationRow) row = NULL;
  MosJoiningList list = { rows, conversation, max };

  if (!mos_store_conversation_find (txn, conversation, &row, error))
    return NULL;
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", conversation);
      return NULL;
    }
  if (row->customer != NULL && !mos_joining_list_view (txn, &list, MOS_VIEW_CUSTOMER, row->customer, error))
    return NULL;
  if (rows->len < max && *row->subject != '\0')
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", mos_text_strip_subject (row->subject));

      g_strdelimit (quoted + 1, "\"", ' ');
      quoted[strlen (quoted) - 1] = '"';
      if (!mos_joining_list_view (txn, &list, MOS_VIEW_SEARCH, quoted, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
mos_action_search (MosTxn *txn,
                   const char *conversation,
                   const char *text,
                   guint max,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *digits = *stripped == '#' ? stripped + 1 : stripped;
  MosJoiningList list = { rows, conversation, max };
  gint64 number = 0;

  if (*stripped == '\0')
    return mos_action_suggest (txn, conversation, max, error);
  if (g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64, &number, NULL))
    {
      g_autoptr (MosConversationRow) row = NULL;
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      char *id = NULL;

      if (!mos_store_conversation_find_by_number (txn, number, &row, error) ||
          (row != NULL && !mos_store_conversation_resolve (txn, row->id, &id, error)))
        return NULL;
      if (id != NULL)
        g_ptr_array_add (ids, id);
      if (!mos_joining_list_add (txn, &list, ids, error))
        return NULL;
    }
  if (*stripped != '#' && !mos_joining_list_view (txn, &list, MOS_VIEW_SEARCH, stripped, error))
    return NULL;
  return g_steal_pointer (&rows);
}

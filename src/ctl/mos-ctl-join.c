/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-show-json.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-joining.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which conversation a message belongs to: merge, split, move, undo, and why it is where it is. */

typedef struct
{
  GPtrArray *args;
  MosConversationRow *row; /* (owned) (nullable): where it is now */
  gboolean other_customer;
  char *label;
} MosCtlJoin;

/* @ret_ids: (out) (transfer full): the words from @first on */
static GStrv
mos_ctl_join_words (GPtrArray *args,
                    guint first)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = first; i < args->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (args, i));
  return g_strv_builder_end (builder);
}

static gboolean
mos_ctl_do_merge (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  MosCtlJoin *join = data;
  g_autoptr (MosConversationRow) source = NULL;
  g_autoptr (MosConversationRow) target = NULL;
  const char *ids[] = { NULL, NULL };

  if (!mos_ctl_find_conversation (txn, g_ptr_array_index (join->args, 0), &source, error) ||
      !mos_ctl_find_conversation (txn, g_ptr_array_index (join->args, 1), &target, error))
    return FALSE;
  ids[0] = source->id;
  join->other_customer = source->customer != NULL && target->customer != NULL && strcmp (source->customer, target->customer) != 0;
  return mos_action_merge (txn, ids, target->id, error) &&
         mos_store_conversation_find (txn, target->id, &join->row, error);
}

static gboolean
mos_ctl_do_split (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  MosCtlJoin *join = data;
  g_auto (GStrv) messages = mos_ctl_join_words (join->args, 1);
  g_autoptr (MosConversationRow) source = NULL;
  g_autoptr (MosMessageRow) first = NULL;
  g_autofree char *id = NULL;

  if (!mos_ctl_find_conversation (txn, g_ptr_array_index (join->args, 0), &source, error) ||
      !mos_ctl_find_message (txn, messages[0], &first, error))
    return FALSE;
  if (strcmp (first->conversation, source->id) != 0)
    {
      /* Translators: a message's id and a conversation's number */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Message %1$s is not in conversation #%2$d"), messages[0], (int) source->number);
      return FALSE;
    }
  return mos_action_split (txn, (const char *const *) messages, &id, error) &&
         mos_store_conversation_find (txn, id, &join->row, error);
}

static gboolean
mos_ctl_do_move (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlJoin *join = data;
  const char *messages[] = { g_ptr_array_index (join->args, 0), NULL };
  g_autoptr (MosConversationRow) target = NULL;
  g_autoptr (MosMessageRow) message = NULL;

  return mos_ctl_find_message (txn, messages[0], &message, error) &&
         mos_ctl_find_conversation (txn, g_ptr_array_index (join->args, 1), &target, error) &&
         mos_action_move (txn, messages, target->id, error) &&
         mos_store_conversation_find (txn, target->id, &join->row, error);
}

static int
mos_ctl_run_join (MosCtl *self,
                  GPtrArray *args,
                  const char *label,
                  MosCtlTxn func)
{
  MosCtlJoin join = { args, NULL, FALSE, NULL };
  g_autoptr (MosConversationRow) row = NULL;
  GError *error = NULL;

  if (!mos_ctl_write (self, label, func, &join, &error))
    {
      g_clear_pointer (&join.row, mos_conversation_row_unref);
      return mos_ctl_fail (self, error);
    }
  row = join.row;
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_int (builder, "number", row->number);
      mos_json_string (builder, "id", row->id);
      mos_json_string (builder, "status", mos_status_to_nick (row->status));
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    mos_ctl_print (self, "#%" G_GINT64_FORMAT "  %s\n", row->number, row->subject);
  if (join.other_customer)
    g_string_append_printf (self->errors, "%s\n", _ ("They were two customers’: the other one takes part now, and gets no copy unless you add one."));
  return MOS_CTL_DONE;
}

int
mos_ctl_merge (MosCtl *self,
               GPtrArray *args)
{
  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  return mos_ctl_run_join (self, args, MOS_ACTION_MERGE, mos_ctl_do_merge);
}

int
mos_ctl_split (MosCtl *self,
               GPtrArray *args)
{
  if (!mos_ctl_check_args (self, args, 2, 1000))
    return MOS_CTL_USAGE;
  return mos_ctl_run_join (self, args, MOS_ACTION_SPLIT, mos_ctl_do_split);
}

int
mos_ctl_move (MosCtl *self,
              GPtrArray *args)
{
  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  return mos_ctl_run_join (self, args, MOS_ACTION_MOVE, mos_ctl_do_move);
}

/* --- undo --- */

/* @row has nothing to take back by its own number; @error: (inout): says by which one, where there is one. */
static void
mos_ctl_name_other (MosTxn *txn,
                    MosConversationRow *row,
                    GError **error)
{
  g_autoptr (MosConversationRow) other = NULL;
  g_autofree char *id = NULL;

  if (!mos_store_join_find_other (txn, row->id, &id, NULL) || id == NULL || !mos_store_conversation_find (txn, id, &other, NULL) || other == NULL)
    return;
  g_clear_error (error);
  if (g_strcmp0 (other->merged_into, row->id) == 0)
    /* Translators: numbers of conversations; the word undo is to be typed like this */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Conversation #%2$d was merged into #%1$d; “undo %2$d” takes that back"), (int) row->number, (int) other->number);
  else
    /* Translators: numbers of conversations; the word undo is to be typed like this */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Messages of conversation #%1$d went to #%2$d; “undo %2$d” takes that back"), (int) row->number, (int) other->number);
}

static gboolean
mos_ctl_do_undo (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlJoin *join = data;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (GError) local = NULL;

  if (join->args->len == 0)
    return mos_action_undo_last (txn, 0, TRUE, &join->label, error);
  if (!mos_ctl_find_merged (txn, g_ptr_array_index (join->args, 0), &row, error))
    return FALSE;
  if (mos_action_unjoin (txn, row->id, &join->label, &local))
    return TRUE;
  if (g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO))
    mos_ctl_name_other (txn, row, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

int
mos_ctl_undo (MosCtl *self,
              GPtrArray *args)
{
  MosCtlJoin join = { args, NULL, FALSE, NULL };
  g_autofree char *label = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 1))
    return MOS_CTL_USAGE;
  if (!mos_ctl_write (self, "undo", mos_ctl_do_undo, &join, &error))
    {
      g_free (join.label);
      if (!g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO))
        return mos_ctl_fail (self, error);
      g_error_free (error);
      if (args->len > 0)
        /* Translators: %s is a conversation's number */
        return mos_ctl_fail_text (self, _ ("Conversation %s was neither merged nor split off, and nothing was moved into it"), (const char *) g_ptr_array_index (args, 0));
      return mos_ctl_fail_text (self, "%s", _ ("The last action cannot be undone, and nothing before it was"));
    }
  label = join.label;
  if (label == NULL)
    return mos_ctl_fail_text (self, "%s", _ ("There is nothing to undo"));

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "undone", label);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    mos_ctl_print (self, "%s\n", label);
  return MOS_CTL_DONE;
}

/* --- why is this here? --- */

/* Returns: (transfer full) (nullable): a sentence */
char *
mos_ctl_why_text (MosMessageRow *message)
{
  g_autofree char *code = mos_show_why_code (message);
  const char *value = mos_show_why_value (message);

  if (code == NULL)
    return NULL;
  if (value == NULL)
    value = "";
  if (strcmp (code, "token") == 0)
    /* Translators: %s is a mail address */
    return g_strdup_printf (_ ("sent to an address of this conversation: %s"), value);
  if (strcmp (code, "chat-thread") == 0)
    return g_strdup (_ ("came in the chat of this conversation"));
  if (strcmp (code, "chat-reply") == 0)
    return g_strdup (_ ("answers a message of this conversation"));
  if (strcmp (code, "in-reply-to") == 0)
    /* Translators: %s is a Message-ID */
    return g_strdup_printf (_ ("answers a message of this conversation (In-Reply-To: %s)"), value);
  if (strcmp (code, "references") == 0)
    /* Translators: %s is a Message-ID */
    return g_strdup_printf (_ ("refers to a message of this conversation (References: %s)"), value);
  if (strcmp (code, "thread-index") == 0)
    /* Translators: %s is a long number */
    return g_strdup_printf (_ ("Outlook takes it for this conversation (Thread-Index: %s)"), value);
  if (strcmp (code, "marker") == 0)
    /* Translators: %s is a line such as [#12-0123456789abcdef] */
    return g_strdup_printf (_ ("quotes the last line of a message of ours (%s)"), value);
  if (strcmp (code, "subject-hook") == 0)
    /* Translators: %s is a word such as [#12-01234567] */
    return g_strdup_printf (_ ("its subject names this conversation (%s)"), value);
  if (strcmp (code, "subject-number") == 0)
    /* Translators: %s is a word such as [#12] */
    return g_strdup_printf (_ ("its subject has the number of this conversation (%s), in which the sender takes part"), value);
  if (strcmp (code, "same-subject") == 0)
    return g_strdup (_ ("same sender and same subject, as the account’s settings want it"));
  if (strcmp (code, "bounce") == 0)
    /* Translators: %s is a Message-ID */
    return g_strdup_printf (_ ("reports about a message that was sent from here (%s)"), value);
  if (strcmp (code, "broadcast") == 0)
    return g_strdup (_ ("answers a message that went to many: each who answers has a conversation of their own"));
  if (strcmp (code, "new") == 0)
    return g_strdup (_ ("answers nothing that is known"));
  return g_strdup (message->thread_evidence);
}

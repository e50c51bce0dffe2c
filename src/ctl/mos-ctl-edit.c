/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/automation/mos-when.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-macro-apply.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-drafts.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- reply and note --- */

typedef struct
{
  const char *conversation;
  const char *kind;
  char *text;
  GPtrArray *files; /* of char *: names, with their bytes beside */
  GPtrArray *bytes; /* of GBytes */
  char *message;
  gboolean left_draft;
  gint64 number;
  const char *macro;   /* (nullable) */
  GHashTable *answers; /* with @macro */
  const char *order;   /* (nullable): with @macro: number or id */
  gboolean is_sure;    /* of what the macro does to an order */
  char *row;           /* (owned) (nullable): the conversation's id, where a macro was sent */
  char **buttons;      /* (nullable): what is read on those below it */
} MosCtlReply;

/* Those of the command line, in the blob store. */
static gboolean
mos_ctl_store_files (MosTxn *txn,
                     MosCtlReply *reply,
                     GPtrArray *attachments,
                     GError **error)
{
  for (guint i = 0; i < reply->files->len; i++)
    {
      MosAttachment *attachment = mos_attachment_new ();
      g_autofree char *content_type = g_content_type_guess (g_ptr_array_index (reply->files, i), NULL, 0, NULL);

      attachment->name = g_path_get_basename (g_ptr_array_index (reply->files, i));
      attachment->type = g_content_type_get_mime_type (content_type);
      attachment->size = g_bytes_get_size (g_ptr_array_index (reply->bytes, i));
      g_ptr_array_add (attachments, attachment);
      if (!mos_store_blob_put (txn, g_ptr_array_index (reply->bytes, i), &attachment->sha256, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mos_ctl_send_macro (MosTxn *txn,
                    MosCtlReply *reply,
                    MosConversationRow *row,
                    GError **error)
{
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosMacroResult) result = NULL;
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_autoptr (GHashTable) answers = NULL;
  g_autofree char *order = NULL;
  MosMacroApplying applying = { .language = g_get_language_names ()[0], .words = reply->text, .kind = reply->kind, .attachments = attachments, .acts_on_orders = reply->is_sure };

  if (!mos_ctl_find_macro (txn, reply->macro, &macro, error) || !mos_ctl_store_files (txn, reply, attachments, error))
    return FALSE;
  if (macro->texts->len == 0 || macro->is_for_notes)
    {
      /* Translators: %s is a macro's name */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no answer; use “mostradorctl macro apply”"), macro->name);
      return FALSE;
    }
  if (reply->order != NULL && !mos_ctl_find_order_here (txn, row, reply->order, reply->conversation, &order, error))
    return FALSE;
  applying.macro = macro;
  applying.order = order;
  applying.answers = answers = mos_ctl_spread_answers (macro, reply->answers, error);
  if (answers == NULL || !mos_macro_apply (txn, &applying, row->id, &result, error))
    return FALSE;
  if (!mos_macro_result_is_done (result))
    {
      g_autofree char *missing = result->missing->len > 0 ? mos_ctl_describe_missing (result->missing, result->is_order_unclear) : mos_ctl_order_obstacle_text (result->obstacle);

      /* Translators: %s is what is missing */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Nothing was sent: %s"), missing);
      return FALSE;
    }
  g_set_str (&reply->message, result->message);
  g_set_str (&reply->row, result->conversation);
  return TRUE;
}

static gboolean
mos_ctl_prepare_answer (MosTxn *txn,
                        MosCtlReply *reply,
                        MosConversationRow *row,
                        MosDraft **ret_draft,
                        GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "----------", "%Y-%m-%d %H:%M" };
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (GError) local_error = NULL;

  if (row->account != NULL && !mos_store_account_find (txn, row->account, &account, error))
    return FALSE;
  if (mos_draft_prepare_fresh (txn, reply->kind, row->id, NULL, NULL, &texts, ret_draft, &local_error))
    return TRUE;
  if (account != NULL && *account->smtp->host == '\0' && g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    /* Translators: %s is an account's name, mostly “Archive” */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("“%s” only keeps imported mail and cannot send, and there is no account that can; add one with “mostradorctl account add”"), account->name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
mos_ctl_do_reply (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  MosCtlReply *reply = data;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosDraft) unfinished = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autofree char *signed_text = NULL;

  /* An unfinished one may hold a text that was taken back, and other recipients and files: nobody sees it here before it leaves, so it stays. */
  if (!mos_ctl_find_conversation (txn, reply->conversation, &row, error) ||
      !mos_store_draft_find_of_conversation (txn, row->id, NULL, &unfinished, error))
    return FALSE;
  others = mos_store_draft_list_of_others (txn, row->id, error);
  if (others == NULL)
    return FALSE;
  reply->left_draft = unfinished != NULL || others->len > 0;
  if (!mos_ctl_prepare_answer (txn, reply, row, &draft, error))
    return FALSE;
  if (reply->macro != NULL)
    return mos_ctl_send_macro (txn, reply, row, error);

  /* The text goes above the signature. */
  signed_text = g_strconcat (reply->text, draft->text, NULL);
  g_set_str (&draft->text, signed_text);
  draft->buttons = g_strdupv (reply->buttons);
  return mos_ctl_store_files (txn, reply, draft->attachments, error) &&
         mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &reply->message, error);
}

static gboolean
mos_ctl_load_files (MosCtl *self,
                    GPtrArray *args,
                    MosCtlReply *reply,
                    GError **error)
{
  char *name;

  while ((name = mos_ctl_take_option (args, "--attach")) != NULL)
    {
      g_autofree char *given = name;
      g_autofree char *path = mos_ctl_path (self, given);
      char *data;
      gsize size;

      if (!g_file_get_contents (path, &data, &size, error))
        return FALSE;
      g_ptr_array_add (reply->files, g_steal_pointer (&path));
      g_ptr_array_add (reply->bytes, g_bytes_new_take (data, size));
    }
  return TRUE;
}

/* (transfer full) (nullable) */
static char **
mos_ctl_take_buttons (GPtrArray *args)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char *label;
  gboolean are_some = FALSE;

  while ((label = mos_ctl_take_option (args, "--button")) != NULL)
    {
      g_strv_builder_take (builder, g_strstrip (label));
      are_some = TRUE;
    }
  return are_some ? g_strv_builder_end (builder) : NULL;
}

int
mos_ctl_reply (MosCtl *self,
               GPtrArray *args)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GHashTable) answers = mos_ctl_take_answers (args);
  g_autofree char *macro = mos_ctl_take_option (args, "--macro");
  g_autofree char *order = mos_ctl_take_option (args, "--order");
  MosCtlReply reply = { NULL, "reply", NULL, files, bytes, NULL, FALSE, 0, macro, answers, order };
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;
  g_autofree char *row = NULL;
  g_autofree char *template = NULL;
  g_auto (GStrv) buttons = mos_ctl_take_buttons (args);
  GError *error = NULL;

  template = mos_ctl_take_option (args, "--template");
  reply.buttons = buttons;
  if (buttons != NULL && (template != NULL || macro != NULL))
    {
      mos_ctl_usage (self, "%s", _ ("Buttons go with a text of your own"));
      return MOS_CTL_USAGE;
    }
  if (order != NULL && macro == NULL)
    return mos_ctl_usage (self, "%s", _ ("--order says which order a macro is about: say --macro as well"));
  if (template != NULL)
    return mos_ctl_reply_template (self, args, template);
  reply.is_sure = mos_ctl_take_flag (args, "--yes");
  if (mos_ctl_take_flag (args, "--all"))
    reply.kind = "reply-all";
  if (!mos_ctl_load_files (self, args, &reply, &error))
    return mos_ctl_fail (self, error);
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  text = mos_ctl_read_input (self, &error);
  if (text == NULL)
    return mos_ctl_fail (self, error);
  g_strchomp (text);
  if (*text == '\0' && files->len == 0 && macro == NULL)
    return mos_ctl_fail_text (self, "%s", _ ("There is no text on standard input"));

  reply.conversation = g_ptr_array_index (args, 0);
  reply.text = text;
  if (!mos_ctl_write (self, NULL, mos_ctl_do_reply, &reply, &error))
    {
      g_free (reply.message);
      g_free (reply.row);
      return mos_ctl_fail (self, error);
    }

  message = reply.message;
  row = reply.row;
  if (reply.left_draft)
    g_string_append_printf (self->errors, "%s\n", _ ("There is an unfinished draft in this conversation; it was left as it is."));
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "message", message);
      mos_json_string (builder, "state", mos_delivery_to_nick (MOS_DELIVERY_QUEUED));
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    {
      mos_ctl_print (self, "%s  %s\n", message, mos_delivery_to_nick (MOS_DELIVERY_QUEUED));
      /* No window: nobody sends it by itself. */
      if (self->is_direct)
        mos_ctl_print (self, "%s\n", _ ("It leaves with the next “mostradorctl sync”, or when Mostrador is started."));
    }
  return row != NULL && reply.is_sure ? mos_ctl_order_perform (self, row) : MOS_CTL_DONE;
}

static gboolean
mos_ctl_do_note (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlReply *note = data;
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_ctl_find_conversation (txn, note->conversation, &row, error))
    return FALSE;
  note->number = row->number;
  return mos_action_add_note (txn, row->id, note->text, &note->message, error);
}

int
mos_ctl_note (MosCtl *self,
              GPtrArray *args)
{
  MosCtlReply note = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  text = mos_ctl_read_input (self, &error);
  if (text == NULL)
    return mos_ctl_fail (self, error);
  note.conversation = g_ptr_array_index (args, 0);
  note.text = text;
  if (!mos_ctl_write (self, "note", mos_ctl_do_note, &note, &error))
    return mos_ctl_fail (self, error);

  message = note.message;
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "message", message);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    /* Translators: a conversation's number */
    mos_ctl_print (self, _ ("The note was added to #%d\n"), (int) note.number);
  return MOS_CTL_DONE;
}

/* --- set --- */

static gboolean
mos_ctl_set_invalid (GError **error,
                     const char *word,
                     const char *allowed)
{
  /* Translators: what was typed, for example status=asleep, and what may be typed: status=open|pending|snoozed */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” cannot be set; say %s"), word, allowed);
  return FALSE;
}

static gboolean
mos_ctl_set_assignee (MosTxn *txn,
                      const char *const *ids,
                      const char *value,
                      const char *word,
                      GError **error)
{
  g_autoptr (GPtrArray) agents = NULL;

  if (*value == '\0' || strcmp (value, "none") == 0)
    return mos_action_assign (txn, ids, NULL, error);
  if (strcmp (value, "me") == 0)
    return mos_action_assign (txn, ids, mos_txn_get_actor (txn)->id, error);

  agents = mos_store_agent_list (txn, error);
  if (agents == NULL)
    return FALSE;
  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = g_ptr_array_index (agents, i);

      if (strcmp (agent->name, value) == 0 || strcmp (agent->id, value) == 0)
        return mos_action_assign (txn, ids, agent->id, error);
    }
  return mos_ctl_set_invalid (error, word, MOS_CTL_SET_ASSIGNEE);
}

static gboolean
mos_ctl_set_category (MosTxn *txn,
                      const char *const *ids,
                      const char *value,
                      GError **error)
{
  g_autoptr (MosCategory) category = NULL;

  if (*value == '\0' || strcmp (value, MOS_CATEGORY_NONE) == 0)
    return mos_categories_set (txn, ids, NULL, error);
  return mos_ctl_find_category (txn, value, &category, error) && mos_categories_set (txn, ids, category->id, error);
}

/* Whether @value, which mos_time_parse() takes, names a day and not only a year or a month. */
static gboolean
mos_ctl_names_day (const char *value)
{
  guint digits = 0;

  while (g_ascii_isdigit (value[digits]))
    digits++;
  return strlen (value) >= 8 && (digits == 8 || (digits == 4 && value[4] == '-' && strchr (value + 5, '-') != NULL) || digits > 8);
}

/* A time as people type it, in the terminal's language or English; ISO 8601 with an offset too. */
gboolean
mos_ctl_parse_when (MosTxn *txn,
                    const char *value,
                    gboolean allow_answer,
                    gint64 *ret_us,
                    GError **error)
{
  MosWhenContext context = { .now_us = mos_txn_get_now_us (txn), .language = g_get_language_names ()[0], .allow_answer = allow_answer };
  g_autoptr (MosCalendar) calendar = NULL;
  MosCalendarPlace place = { 0 };
  g_auto (MosWhen) when = { 0 };

  if (allow_answer && strcmp (value, "reply") == 0)
    {
      *ret_us = 0;
      return TRUE;
    }
  if (!mos_calendars_find_now (txn, &calendar, error))
    return FALSE;
  place.calendar = calendar;
  mos_calendars_when (&context, &place);
  if (mos_when_parse (&context, value, &when))
    {
      *ret_us = when.at_us;
      return TRUE;
    }
  if (when.status == MOS_WHEN_UNKNOWN && mos_ctl_names_day (value) && (*ret_us = mos_time_parse (value, NULL)) > context.now_us)
    return TRUE;

  switch (when.status)
    {
    case MOS_WHEN_PAST:
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is in the past; say for example “tomorrow 9” or “fri 14:00”"), value);
      break;
    case MOS_WHEN_NO_SUCH:
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no such day or time: “%s”"), value);
      break;
    case MOS_WHEN_CONFLICT:
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” names two different times"), value);
      break;
    case MOS_WHEN_TOO_FAR:
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is more than ten years ahead"), value);
      break;
    case MOS_WHEN_EMPTY:
    case MOS_WHEN_UNKNOWN:
    case MOS_WHEN_OK:
    default:
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is not understood; say for example “tomorrow 9”, “fri 14:00”, “in 3 days” or “2027-01-31 09:00”"),
                   when.word != NULL ? when.word : value);
    }
  return FALSE;
}

/* Returns: whether @value is one of the two at all */
static gboolean
mos_ctl_parse_yes (const char *value,
                   gboolean *ret_yes)
{
  *ret_yes = strcmp (value, "yes") == 0 || strcmp (value, "true") == 0 || strcmp (value, "1") == 0;
  return *ret_yes || strcmp (value, "no") == 0 || strcmp (value, "false") == 0 || strcmp (value, "0") == 0;
}

typedef struct
{
  GPtrArray *args; /* the conversation, then the words */
  gint64 number;
} MosCtlSet;

static gboolean
mos_ctl_set_remind (MosTxn *txn,
                    const char *conversation,
                    gint64 remind_us,
                    GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (mos_due_remind (txn, conversation, remind_us, &local_error))
    return TRUE;
  if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no message of ours in it that could be answered"));
      return FALSE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
mos_ctl_do_set (MosTxn *txn,
                gpointer data,
                GError **error)
{
  MosCtlSet *set = data;
  GPtrArray *args = set->args;
  g_autoptr (MosConversationRow) row = NULL;
  const char *ids[] = { NULL, NULL };
  const char *status = NULL, *until_word = NULL;
  gint64 until_us = 0;

  if (!mos_ctl_find_conversation (txn, g_ptr_array_index (args, 0), &row, error))
    return FALSE;
  ids[0] = row->id;
  set->number = row->number;

  for (guint i = 1; i < args->len; i++)
    {
      const char *word = g_ptr_array_index (args, i);
      const char *equals = strchr (word, '=');
      g_autofree char *key = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
      const char *value = equals != NULL ? equals + 1 : "";
      gboolean done = TRUE, yes;

      if (g_strcmp0 (key, "status") == 0)
        {
          status = value;
          if (mos_status_from_nick (value, MOS_STATUS_OPEN) == MOS_STATUS_OPEN && strcmp (value, "open") != 0)
            return mos_ctl_set_invalid (error, word, MOS_CTL_SET_STATUS);
        }
      else if (g_strcmp0 (key, "until") == 0)
        {
          until_word = word;
          if (!mos_ctl_parse_when (txn, value, TRUE, &until_us, error))
            return FALSE;
        }
      else if (g_strcmp0 (key, "remind") == 0)
        {
          gint64 remind_us = 0;

          if (strcmp (value, "no") != 0 && !mos_ctl_parse_when (txn, value, FALSE, &remind_us, error))
            return FALSE;
          done = mos_ctl_set_remind (txn, row->id, remind_us, error);
        }
      else if (g_strcmp0 (key, "assignee") == 0)
        done = mos_ctl_set_assignee (txn, ids, value, word, error);
      else if (g_strcmp0 (key, "priority") == 0)
        {
          if (mos_priority_from_nick (value, MOS_PRIORITY_NORMAL) == MOS_PRIORITY_NORMAL && strcmp (value, "normal") != 0)
            return mos_ctl_set_invalid (error, word, MOS_CTL_SET_PRIORITY);
          done = mos_action_set_priority (txn, ids, mos_priority_from_nick (value, MOS_PRIORITY_NORMAL), error);
        }
      else if (g_strcmp0 (key, "language") == 0)
        {
          g_autoptr (GError) local_error = NULL;

          done = mos_action_set_language (txn, ids, strcmp (value, "auto") != 0 ? value : NULL, &local_error);
          if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
            return mos_ctl_set_invalid (error, word, MOS_CTL_SET_LANGUAGE);
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
        }
      else if (g_strcmp0 (key, "category") == 0)
        done = mos_ctl_set_category (txn, ids, value, error);
      else if (g_strcmp0 (key, "tag+") == 0)
        done = mos_action_tag (txn, ids, value, TRUE, error);
      else if (g_strcmp0 (key, "tag-") == 0)
        done = mos_action_tag (txn, ids, value, FALSE, error);
      else if (g_strcmp0 (key, "read") == 0 || g_strcmp0 (key, "deleted") == 0)
        {
          if (!mos_ctl_parse_yes (value, &yes))
            return mos_ctl_set_invalid (error, word, *key == 'r' ? "read=yes|no" : "deleted=yes|no");
          done = *key == 'r' ? mos_action_set_read (txn, ids, yes, error) : mos_action_set_deleted (txn, ids, yes, error);
        }
      else if (g_strcmp0 (key, "quarantine") == 0 && strcmp (value, "no") == 0)
        done = mos_action_release (txn, ids, error);
      else
        return mos_ctl_set_invalid (error, word, MOS_CTL_SET_WORDS);
      if (!done)
        return FALSE;
    }

  if (status == NULL && until_word == NULL)
    return TRUE;
  if (until_word != NULL && status != NULL && strcmp (status, "snoozed") != 0)
    return mos_ctl_set_invalid (error, until_word, "status=snoozed " MOS_CTL_SET_UNTIL);
  if (g_strcmp0 (status, "spam") == 0)
    return mos_action_mark_spam (txn, ids, FALSE, error);
  if (row->status == MOS_STATUS_SPAM && g_strcmp0 (status, "open") == 0)
    return mos_action_mark_not_spam (txn, ids, error);
  return mos_action_set_status (txn, ids, status != NULL ? mos_status_from_nick (status, MOS_STATUS_OPEN) : MOS_STATUS_SNOOZED, until_us, error);
}

int
mos_ctl_set (MosCtl *self,
             GPtrArray *args)
{
  MosCtlSet set = { args, 0 };
  GError *error = NULL;
  const char *label = "set";
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *number = NULL;
  g_autofree char *sentence = NULL;

  if (!mos_ctl_check_args (self, args, 2, 100))
    return MOS_CTL_USAGE;
  if (args->len == 2 && g_str_has_prefix (g_ptr_array_index (args, 1), "status="))
    label = mos_action_status_label (mos_status_from_nick ((const char *) g_ptr_array_index (args, 1) + 7, MOS_STATUS_OPEN));
  if (!mos_ctl_write (self, label, mos_ctl_do_set, &set, &error))
    return mos_ctl_fail (self, error);

  for (guint i = 1; i < args->len; i++)
    g_string_append_printf (words, "%s%s", i > 1 ? " " : "", (const char *) g_ptr_array_index (args, i));
  number = g_strdup_printf ("#%" G_GINT64_FORMAT, set.number);
  /* Translators: a conversation's number, such as #1042, and what was set: status=closed */
  sentence = g_strdup_printf (_ ("%1$s: %2$s is set"), number, words->str);
  mos_ctl_say (self, "set", number, sentence);
  return MOS_CTL_DONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-show-json.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-file-text.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-search.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- list and search --- */

typedef struct
{
  const char *query;
  guint limit;      /* of a search; 0 = all */
  const char *view; /* (nullable): its name */
  GPtrArray *rows;
  GHashTable *snippets; /* conversation -> snippet */
  GHashTable *files;    /* conversation -> name of the attachment it is of */
} MosCtlList;

static gboolean
mos_ctl_append_view (MosTxn *txn,
                     const char *name,
                     GPtrArray *ids,
                     GError **error)
{
  g_autoptr (MosView) view = NULL;
  g_autofree char *agent = NULL;
  g_autoptr (GPtrArray) found = mos_ctl_find_view (txn, name, &view, &agent, error) ? mos_store_conversation_list_ids (txn, view, agent, 0, error) : NULL;

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (found, i)));
  return TRUE;
}

static int
mos_ctl_compare_updated (gconstpointer a,
                         gconstpointer b)
{
  const MosConversationRow *first = *(MosConversationRow *const *) a, *second = *(MosConversationRow *const *) b;

  return first->updated_us > second->updated_us ? -1 : first->updated_us < second->updated_us;
}

/* @ret_ids: (out) (nullable): the conversations of the view that was named besides words */
static gboolean
mos_ctl_list_view (MosTxn *txn,
                   MosCtlList *list,
                   GHashTable **ret_ids,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (list->view == NULL)
    return TRUE;
  if (!mos_ctl_append_view (txn, list->view, ids, error))
    return FALSE;
  *ret_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (*ret_ids, g_strdup (g_ptr_array_index (ids, i)));
  return TRUE;
}

static gboolean
mos_ctl_do_list (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  static const MosViewKind all[] = { MOS_VIEW_ALL_OPEN, MOS_VIEW_SNOOZED, MOS_VIEW_CLOSED, MOS_VIEW_QUARANTINE, MOS_VIEW_SPAM };
  MosCtlList *list = data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) within = NULL;

  if (list->query != NULL)
    {
      g_autoptr (MosQuery) query = mos_query_parse (list->query, NULL);
      g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
      MosAgent *first = agents != NULL && agents->len > 0 ? g_ptr_array_index (agents, 0) : NULL;
      g_autoptr (GPtrArray) hits = agents != NULL ? mos_store_search_query (txn, query, first != NULL && first->is_me ? first->id : NULL, list->limit, error) : NULL;

      if (hits == NULL || !mos_ctl_list_view (txn, list, &within, error))
        return FALSE;
      for (guint i = 0; i < hits->len; i++)
        {
          MosSearchHit *hit = g_ptr_array_index (hits, i);
          g_autofree char *snippet = NULL, *file = NULL;

          if (within != NULL && !g_hash_table_contains (within, hit->conversation))
            continue;
          if (!mos_store_search_snippet (txn, query, hit->message, &snippet, &file, error))
            return FALSE;
          g_ptr_array_add (ids, g_strdup (hit->conversation));
          if (snippet != NULL)
            g_hash_table_replace (list->snippets, g_strdup (hit->conversation), g_steal_pointer (&snippet));
          if (file != NULL)
            g_hash_table_replace (list->files, g_strdup (hit->conversation), g_steal_pointer (&file));
        }
    }
  else if (list->view != NULL)
    {
      if (!mos_ctl_append_view (txn, list->view, ids, error))
        return FALSE;
    }
  else
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
      if (!mos_ctl_append_view (txn, mos_view_kind_to_nick (all[i]), ids, error))
        return FALSE;

  g_ptr_array_add (ids, NULL);
  list->rows = mos_store_conversation_list (txn, (const char *const *) ids->pdata, error);
  if (list->rows != NULL && list->query == NULL && list->view == NULL)
    g_ptr_array_sort (list->rows, mos_ctl_compare_updated);
  return list->rows != NULL;
}

/* The marks around a hit are for the window; on a terminal the words speak for themselves. */
static char *
mos_ctl_plain_snippet (const char *snippet)
{
  GString *text = g_string_new (NULL);

  for (; *snippet != '\0'; snippet++)
    if (*snippet != 2 && *snippet != 3)
      g_string_append_c (text, *snippet == '\n' ? ' ' : *snippet);
  return g_string_free (text, FALSE);
}

static void
mos_ctl_print_row (MosCtl *self,
                   MosConversationRow *row,
                   const char *snippet,
                   const char *file)
{
  g_autofree char *plain = snippet != NULL ? mos_ctl_plain_snippet (snippet) : NULL;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_int (builder, "number", row->number);
      mos_json_string (builder, "id", row->id);
      mos_json_string (builder, "subject", row->subject);
      mos_json_string (builder, "status", mos_status_to_nick (row->status));
      mos_json_string (builder, "assignee", row->assignee_name);
      mos_json_strv (builder, "tags", row->tags);
      mos_json_string (builder, "account", row->account_name);
      mos_json_string (builder, "channel", row->channel);
      mos_json_string (builder, "customer", row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name : row->customer_address);
      mos_json_time (builder, "updated", row->updated_us);
      mos_json_time (builder, "waiting_since", row->waiting_since_us);
      mos_json_int (builder, "unread", row->unread);
      if (plain != NULL)
        mos_json_string (builder, "snippet", plain);
      if (file != NULL)
        mos_json_string (builder, "file", file);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }

  mos_ctl_print (self, "#%-6" G_GINT64_FORMAT " %-10s %-24s %s\n", row->number, row->quarantine != NULL ? mos_view_kind_to_nick (MOS_VIEW_QUARANTINE) : mos_status_to_nick (row->status),
                 row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name : row->customer_address != NULL ? row->customer_address
                                                                                                                                : "",
                 row->subject);
  if (plain != NULL && *plain != '\0' && file != NULL)
    /* Translators: where words were found: the name of an attached file, then a piece of the text in it */
    mos_ctl_print (self, _ ("        in %s: %s\n"), file, plain);
  else if (plain != NULL && *plain != '\0')
    mos_ctl_print (self, "        %s\n", plain);
}

/* What was meant as an operator and is none is searched for as text; that is said where it does not spoil the answer. */
static void
mos_ctl_print_hints (MosCtl *self,
                     const char *text)
{
  g_autoptr (MosQuery) query = mos_query_parse (text, NULL);

  for (guint i = 0; i < query->tokens->len; i++)
    {
      MosQueryToken *token = g_ptr_array_index (query->tokens, i);
      g_autofree char *typed = g_strndup (text + token->start, token->end - token->start);

      if (!g_utf8_validate (text, -1, NULL) || (token->hint != MOS_QUERY_HINT_UNKNOWN_OPERATOR && token->hint != MOS_QUERY_HINT_UNKNOWN_VALUE))
        continue;
      if (token->suggestion != NULL)
        /* Translators: what was typed ("form:ana"), then the word that was probably meant ("from") */
        g_string_append_printf (self->errors, _ ("“%s” is no operator here and was searched for as text; did you mean “%s”?\n"), typed, token->suggestion);
      else
        /* Translators: what was typed, e.g. "colour:red" */
        g_string_append_printf (self->errors, _ ("“%s” is no operator here and was searched for as text\n"), typed);
    }
}

static int
mos_ctl_print_list (MosCtl *self,
                    MosCtlList *list)
{
  GError *error = NULL;

  list->snippets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  list->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (mos_ctl_read (self, mos_ctl_do_list, list, &error))
    for (guint i = 0; i < list->rows->len; i++)
      {
        MosConversationRow *row = g_ptr_array_index (list->rows, i);

        mos_ctl_print_row (self, row, g_hash_table_lookup (list->snippets, row->id), g_hash_table_lookup (list->files, row->id));
      }
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_hash_table_unref (list->snippets);
  g_hash_table_unref (list->files);
  if (error == NULL && list->query != NULL)
    mos_ctl_print_hints (self, list->query);
  return error != NULL ? mos_ctl_fail (self, error) : MOS_CTL_DONE;
}

static char *
mos_ctl_join (GPtrArray *args)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < args->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (args, i));
  return g_string_free (text, FALSE);
}

int
mos_ctl_list (MosCtl *self,
              GPtrArray *args)
{
  g_autofree char *view = mos_ctl_take_option (args, "--view");
  g_autofree char *query = NULL;
  MosCtlList list = { 0 };

  if (!mos_ctl_check_args (self, args, 0, 1000))
    return MOS_CTL_USAGE;
  list.view = view;
  query = mos_ctl_join (args);
  list.query = args->len > 0 ? query : NULL;
  return mos_ctl_print_list (self, &list);
}

/* For the benchmarks, not in the help: the same search so many times in one process, and how long each took. */
static int
mos_ctl_repeat_search (MosCtl *self,
                       MosCtlList *list,
                       guint64 times)
{
  GError *error = NULL;

  list->snippets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  list->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint64 i = 0; i < times && error == NULL; i++)
    {
      gint64 begin_us = g_get_monotonic_time ();
      gboolean ok = mos_ctl_read (self, mos_ctl_do_list, list, &error);
      gint64 taken_us = g_get_monotonic_time () - begin_us;

      if (ok)
        mos_ctl_print (self, "{\"ms\":%" G_GINT64_FORMAT ".%03d,\"conversations\":%u}\n", taken_us / 1000, (int) (taken_us % 1000), list->rows->len);
      g_clear_pointer (&list->rows, g_ptr_array_unref);
    }
  g_hash_table_unref (list->snippets);
  g_hash_table_unref (list->files);
  return error != NULL ? mos_ctl_fail (self, error) : MOS_CTL_DONE;
}

typedef struct
{
  guint waiting;
  guint total;
} MosCtlReading;

static gboolean
mos_ctl_do_count_files (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  MosCtlReading *reading = data;

  return mos_store_file_text_count (txn, &reading->waiting, &reading->total, error);
}

/* What is in attachments that were not read yet is not found: whoever searches is told. */
static void
mos_ctl_tell_unread (MosCtl *self)
{
  MosCtlReading reading = { 0 };

  if (mos_ctl_read (self, mos_ctl_do_count_files, &reading, NULL) && reading.waiting > 0)
    {
      /* Translators: both are numbers of files */
      g_string_append_printf (self->errors, _ ("Attachments read so far: %u of %u; what is in the others is not found yet (“watch” and the window read them)."), reading.total - reading.waiting, reading.total);
      g_string_append_c (self->errors, '\n');
    }
}

int
mos_ctl_search (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *limit = mos_ctl_take_option (args, "--limit");
  g_autofree char *repeat = mos_ctl_take_option (args, "--repeat");
  g_autofree char *query = NULL;
  guint64 most = 0, times = 0;
  MosCtlList list = { 0 };

  if (!mos_ctl_check_args (self, args, 1, 1000))
    return MOS_CTL_USAGE;
  if ((limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, G_MAXUINT, &most, NULL)) || (repeat != NULL && !g_ascii_string_to_unsigned (repeat, 10, 1, 100000, &times, NULL)))
    /* Translators: %s is what was typed in place of a number */
    return mos_ctl_usage (self, _ ("“%s” is no number of that kind"), limit != NULL && most == 0 ? limit : repeat);
  query = mos_ctl_join (args);
  list.query = query;
  list.limit = (guint) most;
  mos_ctl_tell_unread (self);
  return times > 0 ? mos_ctl_repeat_search (self, &list, times) : mos_ctl_print_list (self, &list);
}

/* --- show --- */

typedef struct
{
  const char *name;
  const char *message;
  MosShow show;
} MosCtlShow;

static gboolean
mos_ctl_do_show (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlShow *call = data;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosMessageRow) message = NULL;

  if (call->message == NULL)
    return mos_ctl_find_conversation (txn, call->name, &row, error) &&
           mos_show_load (txn, row->id, NULL, &call->show, error);

  return mos_ctl_find_message (txn, call->message, &message, error) &&
         mos_show_load (txn, message->conversation, message->id, &call->show, error);
}

/* For a person's eyes: her own clock, and by how much it differs. */
char *
mos_ctl_local_time (gint64 us)
{
  g_autoptr (GDateTime) time = us != 0 ? g_date_time_new_from_unix_local_usec (us) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z") : g_strdup ("");
}

static void
mos_ctl_print_event (MosCtl *self,
                     const char *time,
                     MosMessageRow *message)
{
  g_autofree char *until = NULL;
  const char *to = message->event_to;
  gint64 until_us;

  if (mos_show_snoozed_until (message, &until_us))
    to = until = until_us != 0 ? mos_ctl_local_time (until_us) : g_strdup ("reply");
  mos_ctl_print (self, "\n%s  %s %s → %s\n", time, message->event_kind, message->event_from != NULL ? message->event_from : "", to != NULL ? to : "");
}

static void
mos_ctl_print_conversation (MosCtl *self,
                            MosShow *show)
{
  MosConversationRow *row = show->row;

  mos_ctl_print (self, "#%" G_GINT64_FORMAT "  %s\n%s", row->number, row->subject, mos_status_to_nick (row->status));
  if (row->assignee_name != NULL)
    mos_ctl_print (self, " · %s", row->assignee_name);
  for (char **tag = row->tags; *tag != NULL; tag++)
    mos_ctl_print (self, " · #%s", *tag);
  mos_ctl_print (self, "\n");
  for (guint i = 0; i < show->messages->len; i++)
    {
      MosMessageRow *message = g_ptr_array_index (show->messages, i);
      g_autofree char *time = mos_ctl_local_time (message->received_us);
      g_autofree char *why = mos_ctl_why_text (message);

      if (message->direction == MOS_DIRECTION_EVENT)
        {
          mos_ctl_print_event (self, time, message);
          continue;
        }
      mos_ctl_print (self, "\n%s  %s  %s\n", time, mos_direction_to_nick (message->direction), message->from != NULL ? message->from->address : "");
      if (message->joined && why != NULL)
        /* Translators: why a message was taken for part of a conversation, and the number of the conversation that it was before */
        mos_ctl_print (self, _ ("(%1$s; came before it, as #%2$d)\n"), why, (int) message->origin_number);
      else if (message->origin != NULL && why != NULL)
        /* Translators: why a message was taken for part of a conversation, and the number of that conversation, which is another one now */
        mos_ctl_print (self, _ ("(%1$s; that was #%2$d)\n"), why, (int) message->origin_number);
      else if (why != NULL)
        mos_ctl_print (self, "(%s)\n", why);
      if (message->quarantined)
        /* Translators: %s is a word such as auto_reply, which says why */
        mos_ctl_print (self, _ ("(in quarantine: %s)\n"), message->classification != MOS_CLASSIFICATION_NORMAL || message->why == NULL ? mos_classification_to_nick (message->classification) : message->why);
      mos_ctl_print (self, "\n%s\n", message->text);
      if (message->direction == MOS_DIRECTION_OUTGOING && message->delivery != MOS_DELIVERY_ACCEPTED)
        mos_ctl_print (self, "  (%s%s%s)\n", mos_delivery_to_nick (message->delivery), message->why != NULL ? ": " : "", message->why != NULL ? message->why : "");
      mos_ctl_print_recipients (self, message->results);
      for (guint a = 0; message->attachments != NULL && a < message->attachments->len; a++)
        {
          MosAttachment *attachment = g_ptr_array_index (message->attachments, a);

          mos_ctl_print (self, "  [%s, %" G_GUINT64_FORMAT "] %s\n", attachment->name, attachment->size, attachment->sha256 != NULL ? attachment->sha256 : "");
        }
    }
}

int
mos_ctl_show (MosCtl *self,
              GPtrArray *args)
{
  g_autofree char *message = mos_ctl_take_option (args, "--message");
  MosCtlShow call = { .message = message };
  GError *error = NULL;

  call.show.full = mos_ctl_take_flag (args, "--full");
  if (!mos_ctl_check_args (self, args, message != NULL ? 0 : 1, message != NULL ? 0 : 1))
    return MOS_CTL_USAGE;
  call.name = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;

  if (mos_ctl_read (self, mos_ctl_do_show, &call, &error))
    {
      if (self->json)
        {
          g_autofree char *line = mos_show_to_json (&call.show);

          mos_ctl_print (self, "%s\n", line);
        }
      else
        mos_ctl_print_conversation (self, &call.show);
    }
  mos_show_clear (&call.show);
  return error != NULL ? mos_ctl_fail (self, error) : MOS_CTL_DONE;
}

/* --- blob --- */

typedef struct
{
  const char *sha256;
  GBytes *data;
} MosCtlBlob;

static gboolean
mos_ctl_do_blob (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlBlob *blob = data;

  if (!mos_store_blob_find (txn, blob->sha256, &blob->data, error))
    return FALSE;
  if (blob->data == NULL)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no attachment %s"), blob->sha256);
  return blob->data != NULL;
}

int
mos_ctl_blob (MosCtl *self,
              GPtrArray *args)
{
  MosCtlBlob blob = { 0 };
  GError *error = NULL;
  gsize size;
  const void *data;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  blob.sha256 = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, mos_ctl_do_blob, &blob, &error))
    return mos_ctl_fail (self, error);

  data = g_bytes_get_data (blob.data, &size);
  g_string_append_len (self->output, data, (gssize) size);
  g_bytes_unref (blob.data);
  return MOS_CTL_DONE;
}

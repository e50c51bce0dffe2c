/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-show-json.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-search.h"

#include <glib/gi18n.h>
#include <string.h>

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
  if (show->category != NULL)
    mos_ctl_print (self, " · %s", show->category->name);
  for (char **tag = row->tags; *tag != NULL; tag++)
    mos_ctl_print (self, " · #%s", *tag);
  mos_ctl_print (self, "\n");
  for (guint i = 0; i < show->messages->len; i++)
    {
      MosMessageRow *message = g_ptr_array_index (show->messages, i);
      g_autofree char *time = mos_ctl_local_time (message->received_us);
      g_autofree char *why = mos_ctl_why_text (message);
      g_auto (GStrv) parts = NULL;

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
      if (message->call != NULL)
        {
          g_autofree char *call = mos_ctl_call_text (message);

          mos_ctl_print (self, "%s\n", call);
        }
      parts = mos_text_split_parts (message->text);
      for (char **part = parts; *part != NULL; part++)
        mos_ctl_print (self, "%s\n%s\n", part > parts ? "\n----------\n" : "", *part);
      if (message->direction == MOS_DIRECTION_OUTGOING && message->delivery != MOS_DELIVERY_ACCEPTED)
        mos_ctl_print (self, "  (%s%s%s)\n", mos_delivery_to_nick (message->delivery), message->why != NULL ? ": " : "", message->why != NULL ? message->why : "");
      for (char **label = message->about != NULL ? message->about->buttons : NULL; label != NULL && *label != NULL; label++)
        mos_ctl_print (self, "  [%s]\n", *label);
      mos_ctl_print_recipients (self, message->results);
      for (guint a = 0; message->attachments != NULL && a < message->attachments->len; a++)
        {
          MosAttachment *attachment = g_ptr_array_index (message->attachments, a);

          mos_ctl_print (self, "  [%s, %" G_GUINT64_FORMAT "] %s\n", attachment->name, attachment->size, attachment->sha256 != NULL ? attachment->sha256 : "");
        }
    }
}

/* @call: by value: what is read of one conversation is not left to the next */
static gboolean
mos_ctl_show_one (MosCtl *self,
                  MosCtlShow call,
                  GError **error)
{
  gboolean is_read = mos_ctl_read (self, mos_ctl_do_show, &call, error);

  if (is_read && self->json)
    {
      g_autofree char *line = mos_show_to_json (&call.show);

      mos_ctl_print (self, "%s\n", line);
    }
  else if (is_read)
    mos_ctl_print_conversation (self, &call.show);
  mos_show_clear (&call.show);
  return is_read;
}

int
mos_ctl_show (MosCtl *self,
              GPtrArray *args)
{
  g_autofree char *message = mos_ctl_take_option (args, "--message");
  MosCtlShow call = { .message = message };
  GError *error = NULL;

  call.show.full = mos_ctl_take_flag (args, "--full");
  if (!mos_ctl_check_args (self, args, message != NULL ? 0 : 1, message != NULL ? 0 : G_MAXUINT))
    return MOS_CTL_USAGE;
  if (message != NULL && !mos_ctl_show_one (self, call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < args->len; i++)
    {
      call.name = args->pdata[i];
      if (i > 0 && !self->json)
        mos_ctl_print (self, "\n");
      if (!mos_ctl_show_one (self, call, &error))
        return mos_ctl_fail (self, error);
    }
  return MOS_CTL_DONE;
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

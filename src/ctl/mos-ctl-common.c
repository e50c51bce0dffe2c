/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-text.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  MosCtlTxn func;
  gpointer data;
} MosCtlWrite;

static gboolean
mos_ctl_ensure_me (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  const char *name = g_get_real_name ();

  if (name == NULL || *name == '\0' || strcmp (name, "Unknown") == 0)
    name = g_get_user_name ();
  return mos_store_agent_ensure_me (txn, name, data, error);
}

static gboolean
mos_ctl_write_call (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  MosCtlWrite *call = data;

  return call->func (txn, call->data, error);
}

gboolean
mos_ctl_load_me (MosCtl *self,
                 MosAgent **ret_me,
                 GError **error)
{
  return mos_store_write_sync (self->store, NULL, NULL, mos_ctl_ensure_me, ret_me, NULL, self->cancellable, error);
}

gboolean
mos_ctl_write (MosCtl *self,
               const char *label,
               MosCtlTxn func,
               gpointer data,
               GError **error)
{
  MosCtlWrite call = { func, data };
  g_autoptr (MosAgent) me = NULL;
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };

  if (!mos_ctl_load_me (self, &me, error))
    return FALSE;
  actor.id = me != NULL ? me->id : NULL;
  return mos_store_write_sync (self->store, &actor, label, mos_ctl_write_call, &call, NULL, self->cancellable, error);
}

void
mos_ctl_say (MosCtl *self,
             const char *result,
             const char *subject,
             const char *sentence)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      mos_ctl_print (self, "%s\n", sentence);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "result", result);
  mos_json_string (builder, "subject", subject);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

gboolean
mos_ctl_find_merged (MosTxn *txn,
                     const char *name,
                     MosConversationRow **ret_row,
                     GError **error)
{
  const char *digits = *name == '#' ? name + 1 : name;
  guint64 number;

  *ret_row = NULL;
  if (strlen (digits) < 19 && g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64, &number, NULL))
    {
      if (!mos_store_conversation_find_by_number (txn, (gint64) number, ret_row, error))
        return FALSE;
    }
  else if (!mos_store_conversation_find (txn, name, ret_row, error))
    return FALSE;
  if (*ret_row == NULL)
    {
      /* Translators: %s is a conversation's number or id */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no conversation %s"), name);
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_ctl_find_conversation (MosTxn *txn,
                           const char *name,
                           MosConversationRow **ret_row,
                           GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *id = NULL;

  *ret_row = NULL;
  if (!mos_ctl_find_merged (txn, name, &row, error))
    return FALSE;
  if (row->merged_into == NULL)
    {
      *ret_row = g_steal_pointer (&row);
      return TRUE;
    }
  /* Old numbers and links lead to where it is now. */
  return mos_store_conversation_resolve (txn, row->id, &id, error) &&
         mos_store_conversation_find (txn, id, ret_row, error);
}

gboolean
mos_ctl_find_message (MosTxn *txn,
                      const char *id,
                      MosMessageRow **ret_row,
                      GError **error)
{
  if (!mos_store_message_find (txn, id, ret_row, error))
    return FALSE;
  if (*ret_row == NULL)
    /* Translators: %s is a message's id */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no message %s"), id);
  return *ret_row != NULL;
}

gboolean
mos_ctl_find_account (MosTxn *txn,
                      const char *name,
                      MosAccount **ret_account,
                      GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (accounts, i);

      if (strcmp (account->id, name) == 0 || strcmp (account->name, name) == 0 || mos_text_same_mailbox (account->address, name))
        {
          *ret_account = mos_account_ref (account);
          return TRUE;
        }
    }
  /* Translators: %s is an account's address, name or id */
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no account %s"), name);
  return FALSE;
}

int
mos_ctl_fail_exists (MosCtl *self,
                     GError *error,
                     const char *path)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return mos_ctl_fail (self, error);
  g_error_free (error);
  /* Translators: %s is a file or folder */
  return mos_ctl_fail_text (self, _ ("“%s” is there already; --force replaces it"), path);
}

int
mos_ctl_write_file (MosCtl *self,
                    const char *path,
                    const char *data,
                    gsize size,
                    gboolean force)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) out = NULL;
  GError *error = NULL;

  out = force ? g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, &error) : g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, &error);
  if (out == NULL)
    return mos_ctl_fail_exists (self, error, path);
  if (!g_output_stream_write_all (G_OUTPUT_STREAM (out), data, size, NULL, NULL, &error) || !g_output_stream_close (G_OUTPUT_STREAM (out), NULL, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_say (self, "exported", path, path);
  return MOS_CTL_DONE;
}

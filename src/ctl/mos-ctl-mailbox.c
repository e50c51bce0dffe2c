/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-actions.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-senders.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is on the server and what of it is here; what is put aside, and by whom; deleting for good. */

/* --- the ledger --- */

static void
mos_ctl_print_ledger_text (MosCtl *self,
                           MosLedger *ledger)
{
  /* Translators: numbers of messages: all on the server are so many here and so many in quarantine */
  mos_ctl_print (self, _ ("    on the server %u = %u here + %u in quarantine"), (guint) ledger->server, (guint) ledger->here, (guint) ledger->quarantined);
  if (ledger->missing > 0)
    /* Translators: goes on after "on the server 9 = 7 here + 1 in quarantine" */
    mos_ctl_print (self, _ (" + %u could not be fetched"), (guint) ledger->missing);
  if (ledger->erased > 0)
    /* Translators: goes on after "on the server 9 = 7 here + 1 in quarantine" */
    mos_ctl_print (self, _ (" + %u deleted here for good"), (guint) ledger->erased);
  if (ledger->coming > 0)
    /* Translators: goes on after "on the server 9 = 7 here + 1 in quarantine" */
    mos_ctl_print (self, _ (" + %u still to be fetched"), (guint) ledger->coming);
  if (ledger->copies > 0)
    /* Translators: goes on after "on the server 9 = 7 here + 1 in quarantine": messages that lie there more than once */
    mos_ctl_print (self, _ (" (%u are second copies)"), (guint) ledger->copies);
  mos_ctl_print (self, "\n");
}

void
mos_ctl_print_ledger (MosCtl *self,
                      JsonBuilder *builder,
                      MosLedger *ledger)
{
  if (builder == NULL)
    {
      mos_ctl_print_ledger_text (self, ledger);
      return;
    }
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  mos_json_int (builder, "server", (gint64) ledger->server);
  mos_json_int (builder, "here", (gint64) ledger->here);
  mos_json_int (builder, "quarantined", (gint64) ledger->quarantined);
  mos_json_int (builder, "missing", (gint64) ledger->missing);
  mos_json_int (builder, "erased", (gint64) ledger->erased);
  mos_json_int (builder, "coming", (gint64) ledger->coming);
  mos_json_int (builder, "copies", (gint64) ledger->copies);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "audit");
  json_builder_begin_object (builder);
  mos_json_time (builder, "at", ledger->audit_us);
  mos_json_int (builder, "unaccounted", (gint64) ledger->unaccounted);
  mos_json_int (builder, "added", (gint64) ledger->added);
  mos_json_int (builder, "removed", (gint64) ledger->removed);
  mos_json_string (builder, "not_compared", ledger->detail);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ledger->missing_list->len; i++)
    {
      MosMissing *missing = g_ptr_array_index (ledger->missing_list, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "folder", missing->folder);
      mos_json_int (builder, "uid", missing->uid);
      mos_json_string (builder, "why", missing->why);
      mos_json_string (builder, "detail", missing->detail);
      mos_json_int (builder, "tries", missing->tries);
      mos_json_time (builder, "since", missing->since_us);
      mos_json_time (builder, "next_try", missing->next_try_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

gboolean
mos_ctl_do_want_audit (MosTxn *txn,
                       gpointer data,
                       GError **error)
{
  return mos_store_audit_want (txn, data, error) && mos_store_missing_set_due (txn, data, error);
}

/* --- account folders --- */

typedef struct
{
  const char *name;
  const char *follow;
  const char *unfollow;
  GPtrArray *folders;
} MosCtlFolders;

static gboolean
mos_ctl_choose_folder (MosTxn *txn,
                       MosCtlFolders *list,
                       const char *name,
                       gboolean chosen,
                       GError **error)
{
  MosFolderRow *found = NULL;

  for (guint i = 0; i < list->folders->len; i++)
    {
      MosFolderRow *row = g_ptr_array_index (list->folders, i);

      if (strcmp (row->name, name) == 0 || strcmp (row->title, name) == 0)
        found = row;
    }
  if (found == NULL)
    {
      /* Translators: %s is the name of a mail folder */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("The server has no folder “%s”, as of the last sync"), name);
      return FALSE;
    }
  if (found->role == MOS_FOLDER_INBOX || found->role == MOS_FOLDER_SENT || (chosen && found->role == MOS_FOLDER_DRAFTS))
    {
      /* Translators: %s is the name of a mail folder */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, chosen && found->role == MOS_FOLDER_DRAFTS ? _ ("“%s” holds what is not finished: that is nobody's mail yet") : _ ("“%s” is always followed"), name);
      return FALSE;
    }
  return mos_store_folder_set_chosen (txn, found->id, chosen, error);
}

static gboolean
mos_ctl_do_folders (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  MosCtlFolders *list = data;
  g_autoptr (MosAccount) account = NULL;

  if (!mos_ctl_find_account (txn, list->name, &account, error))
    return FALSE;
  for (guint turn = 0; turn < 2; turn++)
    {
      g_clear_pointer (&list->folders, g_ptr_array_unref);
      list->folders = mos_store_folder_list (txn, account->id, error);
      if (list->folders == NULL ||
          (turn == 0 && list->follow != NULL && !mos_ctl_choose_folder (txn, list, list->follow, TRUE, error)) ||
          (turn == 0 && list->unfollow != NULL && !mos_ctl_choose_folder (txn, list, list->unfollow, FALSE, error)))
        return FALSE;
    }
  return TRUE;
}

int
mos_ctl_account_folders (MosCtl *self,
                         GPtrArray *args)
{
  g_autofree char *follow = mos_ctl_take_option (args, "--follow");
  g_autofree char *unfollow = mos_ctl_take_option (args, "--unfollow");
  g_autoptr (GPtrArray) folders = NULL;
  MosCtlFolders list = { .follow = follow, .unfollow = unfollow };
  GError *error = NULL;
  gboolean done;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  list.name = g_ptr_array_index (args, 0);
  done = mos_ctl_write (self, NULL, mos_ctl_do_folders, &list, &error);
  folders = list.folders;
  if (!done)
    return mos_ctl_fail (self, error);

  for (guint i = 0; i < folders->len; i++)
    {
      MosFolderRow *row = g_ptr_array_index (folders, i);
      gboolean is_followed = row->role == MOS_FOLDER_INBOX || row->role == MOS_FOLDER_SENT || row->chosen;

      if (!row->listed && !is_followed)
        continue;
      if (self->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          mos_json_string (builder, "folder", row->title);
          mos_json_string (builder, "name", row->name);
          mos_json_string (builder, "role", mos_folder_role_to_nick (row->role));
          mos_json_bool (builder, "followed", is_followed);
          mos_json_bool (builder, "on_server", row->listed);
          mos_json_int (builder, "messages", (gint64) row->on_server);
          json_builder_end_object (builder);
          mos_ctl_print_json (self, builder);
        }
      else
        /* Translators: a mail folder that is not there any more */
        mos_ctl_print (self, "%c %s%s\n", is_followed ? '*' : ' ', *row->title != '\0' ? row->title : row->name, row->listed ? "" : _ ("  (not on the server)"));
    }
  return MOS_CTL_DONE;
}

/* --- erase --- */

static gboolean
mos_ctl_do_erase (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  GPtrArray *args = data;

  for (guint i = 0; i < args->len; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;
      g_autoptr (GError) local_error = NULL;
      const char *ids[] = { NULL, NULL };

      if (!mos_ctl_find_conversation (txn, g_ptr_array_index (args, i), &row, error))
        return FALSE;
      ids[0] = row->id;
      if (row->deleted_us == 0)
        {
          /* Translators: %s is a conversation's number */
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Conversation %s is not deleted: say “set %s deleted=yes” first"),
                       (const char *) g_ptr_array_index (args, i), (const char *) g_ptr_array_index (args, i));
          return FALSE;
        }
      if (!mos_action_erase (txn, ids, &local_error))
        {
          if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT))
            /* Translators: %s is a conversation's number */
            g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT, _ ("An answer in conversation %s has not left yet: see “mostradorctl outbox”, send or cancel it first"),
                         (const char *) g_ptr_array_index (args, i));
          else
            g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return TRUE;
}

int
mos_ctl_erase (MosCtl *self,
               GPtrArray *args)
{
  gboolean is_sure = mos_ctl_take_flag (args, "--yes");
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1000))
    return MOS_CTL_USAGE;
  if (!is_sure)
    return mos_ctl_usage (self, "%s", _ ("This cannot be undone: the messages, their attachments and what the index knows of them are deleted here for good. Say --yes to do it"));
  if (!mos_ctl_write (self, NULL, mos_ctl_do_erase, args, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < args->len; i++)
    {
      const char *name = g_ptr_array_index (args, i);
      /* Translators: %s is a conversation's number */
      g_autofree char *sentence = g_strdup_printf (_ ("%s was deleted for good"), name);

      mos_ctl_say (self, "erased", name, sentence);
    }
  return MOS_CTL_DONE;
}

/* --- what lies in the quarantine, and why --- */

static gboolean
mos_ctl_do_causes (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  GPtrArray **causes = data;

  *causes = mos_store_conversation_list_causes (txn, error);
  return *causes != NULL;
}

int
mos_ctl_quarantine (MosCtl *self,
                    GPtrArray *args)
{
  g_autoptr (GPtrArray) causes = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, mos_ctl_do_causes, &causes, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < causes->len; i++)
    {
      MosCauseCount *count = g_ptr_array_index (causes, i);
      g_autoptr (JsonBuilder) builder = NULL;

      if (!self->json)
        {
          mos_ctl_print (self, "%6u  %s\n", count->count, count->cause);
          continue;
        }
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      mos_json_string (builder, "cause", count->cause);
      mos_json_int (builder, "conversations", count->count);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  return MOS_CTL_DONE;
}

/* --- release, sender --- */

static gboolean
mos_ctl_do_release (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  return mos_action_release_messages (txn, data, error);
}

int
mos_ctl_release (MosCtl *self,
                 GPtrArray *args)
{
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1000))
    return MOS_CTL_USAGE;
  g_ptr_array_add (args, NULL);
  if (!mos_ctl_write (self, "release", mos_ctl_do_release, args->pdata, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i + 1 < args->len; i++)
    {
      const char *name = g_ptr_array_index (args, i);
      /* Translators: %s is a message's id */
      g_autofree char *sentence = g_strdup_printf (_ ("%s was let out of the quarantine"), name);

      mos_ctl_say (self, "released", name, sentence);
    }
  return MOS_CTL_DONE;
}

typedef struct
{
  const char *address;
  MosSenderRule rule;
  GPtrArray *allowed;
  GPtrArray *blocked;
} MosCtlSender;

static gboolean
mos_ctl_do_sender (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  MosCtlSender *sender = data;

  return mos_store_sender_set (txn, sender->address, sender->rule, error);
}

static gboolean
mos_ctl_do_list_senders (MosTxn *txn,
                         gpointer data,
                         GError **error)
{
  MosCtlSender *sender = data;

  sender->allowed = mos_store_sender_list (txn, MOS_SENDER_ALLOW, error);
  sender->blocked = sender->allowed != NULL ? mos_store_sender_list (txn, MOS_SENDER_BLOCK, error) : NULL;
  return sender->blocked != NULL;
}

static void
mos_ctl_print_senders (MosCtl *self,
                       GPtrArray *addresses,
                       const char *rule)
{
  for (guint i = 0; i < addresses->len; i++)
    if (self->json)
      {
        g_autoptr (JsonBuilder) builder = json_builder_new ();

        json_builder_begin_object (builder);
        mos_json_string (builder, "address", g_ptr_array_index (addresses, i));
        mos_json_string (builder, "rule", rule);
        json_builder_end_object (builder);
        mos_ctl_print_json (self, builder);
      }
    else
      mos_ctl_print (self, "%s  %s\n", rule, (const char *) g_ptr_array_index (addresses, i));
}

int
mos_ctl_sender (MosCtl *self,
                GPtrArray *args)
{
  MosCtlSender sender = { 0 };
  GError *error = NULL;
  g_autofree char *sentence = NULL;
  const char *verb;

  if (!mos_ctl_check_args (self, args, 1, 2))
    return MOS_CTL_USAGE;
  verb = g_ptr_array_index (args, 0);
  if (strcmp (verb, "list") == 0 && args->len == 1)
    {
      gboolean done = mos_ctl_read (self, mos_ctl_do_list_senders, &sender, &error);

      if (done)
        {
          mos_ctl_print_senders (self, sender.allowed, "allow");
          mos_ctl_print_senders (self, sender.blocked, "block");
        }
      g_clear_pointer (&sender.allowed, g_ptr_array_unref);
      g_clear_pointer (&sender.blocked, g_ptr_array_unref);
      return done ? MOS_CTL_DONE : mos_ctl_fail (self, error);
    }

  sender.rule = strcmp (verb, "allow") == 0 ? MOS_SENDER_ALLOW : strcmp (verb, "block") == 0 ? MOS_SENDER_BLOCK
                                                                                             : MOS_SENDER_NONE;
  if (args->len != 2 || (sender.rule == MOS_SENDER_NONE && strcmp (verb, "forget") != 0))
    return mos_ctl_usage (self, "%s", _ ("Say sender allow, block or forget with an address, or sender list"));
  sender.address = g_ptr_array_index (args, 1);
  if (!mos_text_is_address (sender.address))
    return mos_ctl_usage (self, _ ("“%s” is no mail address"), sender.address);
  if (!mos_ctl_write (self, sender.rule == MOS_SENDER_ALLOW ? "allow-sender" : sender.rule == MOS_SENDER_BLOCK ? "block-sender"
                                                                                                               : "forget-sender",
                      mos_ctl_do_sender, &sender, &error))
    return mos_ctl_fail (self, error);
  if (sender.rule == MOS_SENDER_ALLOW)
    /* Translators: %s is a mail address */
    sentence = g_strdup_printf (_ ("Mail from %s is always let through from now on"), sender.address);
  else if (sender.rule == MOS_SENDER_BLOCK)
    /* Translators: %s is a mail address */
    sentence = g_strdup_printf (_ ("%s is blocked from now on"), sender.address);
  else
    /* Translators: %s is a mail address */
    sentence = g_strdup_printf (_ ("There is no rule for %s any more"), sender.address);
  mos_ctl_say (self, verb, sender.address, sentence);
  return MOS_CTL_DONE;
}

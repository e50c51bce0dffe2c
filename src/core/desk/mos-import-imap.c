/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import-job-private.h"

#include "core/channels/email/mos-email-login.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What is asked for before looking whether a pause is wanted. */
#define SLICE_MESSAGES 300
#define SLICE_BYTES (16 * 1024 * 1024)

/* --- position: what is done under which UIDVALIDITY --- */

char *
mos_import_job_make_folder_position (MosImportJob *self,
                                     guint n)
{
  g_autoptr (MosImapUidSet) uids = mos_imap_uid_set_copy (self->uids);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    mos_imap_uid_set_add (uids, ((MosImportEntry *) g_ptr_array_index (self->batch, i))->uid);
  text = mos_imap_uid_set_to_string (uids);
  json_object_set_int_member (object, "uidvalidity", self->uidvalidity);
  json_object_set_string_member (object, "uids", text);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* Under another UIDVALIDITY the UIDs mean other messages: all of them are looked at again, and those that are here are met. */
static MosImapUidSet *
read_position (const char *json,
               guint32 uidvalidity)
{
  g_autoptr (JsonNode) node = *json != '\0' ? json_from_string (json, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  MosImapUidSet *uids = NULL;

  if (object != NULL && json_object_get_int_member_with_default (object, "uidvalidity", 0) == uidvalidity)
    uids = mos_imap_uid_set_new_parse (json_object_get_string_member_with_default (object, "uids", ""));
  return uids != NULL ? uids : mos_imap_uid_set_new ();
}

/* --- the folder --- */

static const MosImapFolder *
find_folder (GPtrArray *folders,
             const char *name,
             GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < folders->len; i++)
    {
      const MosImapFolder *folder = g_ptr_array_index (folders, i);

      if (!folder->can_select)
        continue;
      if (strcmp (folder->name, name) == 0 || strcmp (folder->mailbox, name) == 0 ||
          (g_ascii_strcasecmp (name, "INBOX") == 0 && g_ascii_strcasecmp (folder->mailbox, "INBOX") == 0))
        return folder;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", folder->name);
    }
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "%s: %s", name, names->str);
  return NULL;
}

typedef struct
{
  MosImportJob *job;
  const MosImapFolder *folder;
  guint64 taken;
} FolderRun;

static gboolean
on_message (const MosImapMessage *message,
            gpointer user_data,
            GError **error)
{
  FolderRun *run = user_data;
  g_autofree char *path = g_strdup_printf ("%s;UID=%u", run->folder->name, message->uid);
  const MosImportItem item = {
    .path = path,
    .raw = message->is_truncated ? NULL : message->raw,
    .problem = MOS_IMPORT_PROBLEM_TOO_LARGE,
    .flags = message->flags,
    .delivered_us = message->received_us,
    .is_exact = message->received_us != 0,
    .is_sent = (run->folder->role != MOS_FOLDER_OTHER ? run->folder->role : run->folder->guessed_role) == MOS_FOLDER_SENT,
    .bytes = message->size,
  };

  run->taken++;
  return mos_import_job_take_uid (run->job, &item, message->uid, error);
}

static gboolean
take_missing (FolderRun *run,
              const MosImapUidSet *missing,
              GError **error)
{
  const MosImapUidRange *ranges;
  guint n = 0;

  ranges = mos_imap_uid_set_get_ranges (missing, &n);
  for (guint i = 0; i < n; i++)
    for (guint64 uid = ranges[i].first; uid <= ranges[i].last; uid++)
      {
        g_autofree char *path = g_strdup_printf ("%s;UID=%u", run->folder->name, (guint32) uid);
        const MosImportItem item = { .path = path, .problem = MOS_IMPORT_PROBLEM_NOT_DELIVERED };

        if (!mos_import_job_take_uid (run->job, &item, (guint32) uid, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
fetch_all (FolderRun *run,
           MosImapSession *session,
           GArray *planned,
           GCancellable *cancellable,
           GError **error)
{
  for (guint begin = 0; begin < planned->len;)
    {
      g_autoptr (GArray) slice = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
      g_autoptr (MosImapUidSet) missing = NULL;
      guint64 bytes = 0;

      for (; begin < planned->len && slice->len < SLICE_MESSAGES && bytes < SLICE_BYTES; begin++)
        {
          bytes += g_array_index (planned, MosImapPlanned, begin).size;
          g_array_append_val (slice, g_array_index (planned, MosImapPlanned, begin));
        }
      if (!mos_imap_session_fetch_sync (session, slice, on_message, run, &missing, cancellable, error) ||
          !take_missing (run, missing, error))
        return FALSE;
    }
  return TRUE;
}

/* As the account signs in, or with the password that was given for this once. */
static MosImapSession *
open_session (MosImportJob *self,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosCredential) credential = NULL;

  if (self->host != NULL)
    return mos_email_login_imap_sync (self->server, self->host, cancellable, error);
  credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, self->password != NULL ? self->password : "", self->server->authorize_as);
  return mos_email_open_imap_sync (self->server, credential, cancellable, error);
}

/* One connection's work. Read-only: nothing is changed on the server, not even \Seen. */
static gboolean
run_once (FolderRun *run,
          GCancellable *cancellable,
          GError **error)
{
  MosImportJob *self = run->job;
  g_autoptr (MosImapSession) session = open_session (self, cancellable, error);
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (MosImapUidSet) wanted = NULL;
  g_autoptr (GArray) planned = NULL;
  MosImapSelected selected = { 0 };
  guint64 total;
  gboolean ok;

  if (session == NULL)
    return FALSE;
  folders = mos_imap_session_list_sync (session, cancellable, error);
  run->folder = folders != NULL ? find_folder (folders, self->folder, error) : NULL;
  if (run->folder == NULL || !mos_imap_session_select_sync (session, run->folder->mailbox, TRUE, 0, 0, &selected, cancellable, error))
    return FALSE;

  self->uidvalidity = selected.uidvalidity;
  g_clear_pointer (&self->uids, mos_imap_uid_set_free);
  self->uids = read_position (self->row->position, selected.uidvalidity);
  diff = mos_imap_session_diff_sync (session, nothing, 0, cancellable, error);
  if (diff == NULL)
    return FALSE;
  wanted = mos_imap_uid_set_subtract (diff->added, self->uids);
  planned = mos_imap_uid_set_is_empty (wanted) ? g_array_new (FALSE, FALSE, sizeof (MosImapPlanned)) : mos_imap_session_plan_sync (session, wanted, cancellable, error);
  if (planned == NULL)
    return FALSE;
  total = mos_imap_uid_set_is_empty (self->uids) ? 0 : self->row->done;
  for (guint i = 0; i < planned->len; i++)
    total += g_array_index (planned, MosImapPlanned, i).size;

  /* In the list, and yet not to be had: each is named. */
  for (guint i = 0; i < planned->len; i++)
    mos_imap_uid_set_remove (wanted, g_array_index (planned, MosImapPlanned, i).uid);
  ok = mos_import_job_begin (self, total, error) && take_missing (run, wanted, error) && fetch_all (run, session, planned, cancellable, error);
  if (ok)
    mos_imap_session_logout_sync (session);
  return ok;
}

gboolean
mos_import_job_run_folder_sync (MosImportJob *self,
                                GCancellable *cancellable,
                                GError **error)
{
  FolderRun run = { .job = self };

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      run.taken = 0;
      if (run_once (&run, cancellable, &local))
        return TRUE;
      /* A line that broke is made anew as long as each one brings something. */
      if (run.taken == 0 || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
          !(local->domain == G_IO_ERROR || g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY) || g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL)) ||
          !mos_import_job_flush (self, NULL))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

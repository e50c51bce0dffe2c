/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* Only what this command did is swallowed; what others did stays news. */
static gboolean
take_own_flags (MosImapSession *self,
                const MosImapResponse *response,
                gpointer user_data,
                GError **error)
{
  const MosImapUidSet *uids = user_data;
  MosImapFetchData data;

  return mos_imap_fetch_data_parse (&data, response) && mos_imap_uid_set_contains (uids, data.uid);
}

static gboolean
store (MosImapSession *self,
       const MosImapUidSet *uids,
       const char *sign,
       MosMessageFlags flags,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *set = mos_imap_uid_set_to_string (uids);
  g_autofree char *names = mos_imap_flags_to_string (flags);
  g_autofree char *text = NULL;
  g_autoptr (MosImapArguments) arguments = NULL;

  if (flags == 0)
    return TRUE;
  text = g_strdup_printf ("%s %sFLAGS.SILENT (%s)", set, sign, names);
  arguments = mos_imap_arguments_new (text);
  return mos_imap_session_run (self, "UID STORE", arguments, take_own_flags, (gpointer) uids, NULL, cancellable, error);
}

gboolean
mos_imap_session_store_flags_sync (MosImapSession *self,
                                   const MosImapUidSet *uids,
                                   MosMessageFlags add,
                                   MosMessageFlags remove,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (self != NULL && uids != NULL, FALSE);

  if (mos_imap_uid_set_is_empty (uids))
    return TRUE;
  return store (self, uids, "+", add, cancellable, error) && store (self, uids, "-", remove, cancellable, error);
}

gboolean
mos_imap_session_append_sync (MosImapSession *self,
                              const char *mailbox,
                              MosMessageFlags flags,
                              gint64 received_us,
                              GBytes *raw,
                              guint32 *ret_uidvalidity,
                              guint32 *ret_uid,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
  g_autoptr (MosImapResponse) answer = NULL;
  guint64 uidvalidity = 0;
  guint64 uid = 0;

  g_return_val_if_fail (self != NULL && mailbox != NULL && raw != NULL, FALSE);

  if (self->capabilities.append_limit > 0 && g_bytes_get_size (raw) > self->capabilities.append_limit)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "%s files no message larger than %" G_GUINT64_FORMAT " bytes", self->server->host, self->capabilities.append_limit);
      return FALSE;
    }

  mos_imap_arguments_add_string (arguments, mailbox);
  if (flags != 0)
    {
      g_autofree char *names = mos_imap_flags_to_string (flags);

      mos_imap_arguments_add (arguments, " (");
      mos_imap_arguments_add (arguments, names);
      mos_imap_arguments_add (arguments, ")");
    }
  if (received_us != 0)
    {
      g_autofree char *date = mos_imap_date_to_string (received_us);

      mos_imap_arguments_add (arguments, " ");
      mos_imap_arguments_add_string (arguments, date);
    }
  mos_imap_arguments_add (arguments, " ");
  mos_imap_arguments_add_literal (arguments, raw);
  if (!mos_imap_session_run (self, "APPEND", arguments, NULL, NULL, &answer, cancellable, error))
    return FALSE;

  if (g_strcmp0 (answer->code, "APPENDUID") == 0 &&
      !(mos_imap_value_get_number (mos_imap_items_get (answer->code_items, 0), G_MAXUINT32, &uidvalidity) &&
        mos_imap_value_get_number (mos_imap_items_get (answer->code_items, 1), G_MAXUINT32, &uid)))
    uidvalidity = uid = 0;
  if (ret_uidvalidity != NULL)
    *ret_uidvalidity = (guint32) uidvalidity;
  if (ret_uid != NULL)
    *ret_uid = (guint32) uid;
  return TRUE;
}

static gboolean
copy_or_move (MosImapSession *self,
              const char *verb,
              const MosImapUidSet *uids,
              const char *mailbox,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *set = mos_imap_uid_set_to_string (uids);
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new (set);

  mos_imap_arguments_add (arguments, " ");
  mos_imap_arguments_add_string (arguments, mailbox);
  return mos_imap_session_run (self, verb, arguments, NULL, NULL, NULL, cancellable, error);
}

gboolean
mos_imap_session_move_sync (MosImapSession *self,
                            const MosImapUidSet *uids,
                            const char *mailbox,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (MosImapArguments) arguments = NULL;
  g_autofree char *set = NULL;

  g_return_val_if_fail (self != NULL && uids != NULL && mailbox != NULL, FALSE);

  if (mos_imap_uid_set_is_empty (uids))
    return TRUE;
  if (self->capabilities.move)
    return copy_or_move (self, "UID MOVE", uids, mailbox, cancellable, error);

  if (!copy_or_move (self, "UID COPY", uids, mailbox, cancellable, error) || !store (self, uids, "+", MOS_MESSAGE_FLAG_DELETED, cancellable, error))
    return FALSE;
  /* A plain EXPUNGE would also remove what the person marked elsewhere. */
  if (!self->capabilities.uidplus)
    return TRUE;
  set = mos_imap_uid_set_to_string (uids);
  arguments = mos_imap_arguments_new (set);
  return mos_imap_session_run (self, "UID EXPUNGE", arguments, NULL, NULL, NULL, cancellable, error);
}

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
  g_auto (GStrv) sets = mos_imap_uid_set_split (uids);
  g_autofree char *names = mos_imap_flags_to_string (flags);

  if (flags == 0)
    return TRUE;
  for (gsize i = 0; sets[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %sFLAGS.SILENT (%s)", sets[i], sign, names);
      g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new (text);

      if (!mos_imap_session_run (self, "UID STORE", arguments, take_own_flags, (gpointer) uids, NULL, cancellable, error))
        return FALSE;
    }
  return TRUE;
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

static gboolean
has_8bit_header (GBytes *raw)
{
  gsize size = 0;
  const guchar *data = g_bytes_get_data (raw, &size);

  for (gsize i = 0; i < size; i++)
    {
      if (data[i] > 0x7f)
        return TRUE;
      /* The empty line ends it. */
      if (data[i] == '\n' && i + 1 < size && (data[i + 1] == '\n' || (data[i + 1] == '\r' && i + 2 < size && data[i + 2] == '\n')))
        return FALSE;
    }
  return FALSE;
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

  mos_imap_session_add_mailbox (self, arguments, mailbox);
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
  /* RFC 6855 §4: a message with UTF-8 in its header is marked as one, and goes as a literal8. */
  if (self->utf8 && has_8bit_header (raw))
    {
      mos_imap_arguments_add (arguments, " UTF8 (~");
      mos_imap_arguments_add_literal (arguments, raw);
      mos_imap_arguments_add (arguments, ")");
    }
  else
    {
      mos_imap_arguments_add (arguments, " ");
      mos_imap_arguments_add_literal (arguments, raw);
    }
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

/* One set after the other, each short enough for a command line. @mailbox: (nullable) */
static gboolean
run_on_sets (MosImapSession *self,
             const char *verb,
             const MosImapUidSet *uids,
             const char *mailbox,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (GStrv) sets = mos_imap_uid_set_split (uids);

  for (gsize i = 0; sets[i] != NULL; i++)
    {
      g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new (sets[i]);

      if (mailbox != NULL)
        {
          mos_imap_arguments_add (arguments, " ");
          mos_imap_session_add_mailbox (self, arguments, mailbox);
        }
      if (!mos_imap_session_run (self, verb, arguments, NULL, NULL, NULL, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_imap_session_move_sync (MosImapSession *self,
                            const MosImapUidSet *uids,
                            const char *mailbox,
                            gboolean may_copy,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (self != NULL && uids != NULL && mailbox != NULL, FALSE);

  if (mos_imap_uid_set_is_empty (uids))
    return TRUE;
  if (self->capabilities.move)
    return run_on_sets (self, "UID MOVE", uids, mailbox, cancellable, error);
  if (!may_copy)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s cannot move messages in one step", self->server->host);
      return FALSE;
    }

  if (!run_on_sets (self, "UID COPY", uids, mailbox, cancellable, error) || !store (self, uids, "+", MOS_MESSAGE_FLAG_DELETED, cancellable, error))
    return FALSE;
  /* A plain EXPUNGE would also remove what the person marked elsewhere. */
  return !self->capabilities.uidplus || run_on_sets (self, "UID EXPUNGE", uids, NULL, cancellable, error);
}

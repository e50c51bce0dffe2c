/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

#include <string.h>

/* What is to lie in another folder on the server: spam in Junk, and back where it came from what is none. */

/* Server and session agree on nothing more: only a broken connection or a cancel ends the pass. */
static gboolean
is_refusal (MosEmailSync *self,
            const GError *error)
{
  return error->domain == MOS_MAIL_ERROR && mos_imap_session_is_open (self->session);
}

/* @ret_target: (transfer full) (nullable): %NULL where the server does not have it and makes none; @ret_refused: why */
static gboolean
find_target (MosEmailSync *self,
             const MosServerMove *move,
             char **ret_target,
             char **ret_refused,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GError) local = NULL;

  if (move->role == MOS_FOLDER_INBOX)
    {
      MosEmailFolder *origin = move->origin != NULL ? mos_email_folders_find (self, move->origin) : NULL;

      *ret_target = g_strdup (origin != NULL ? origin->mailbox : self->inbox);
      return TRUE;
    }
  if (self->junk == NULL)
    self->junk = mos_email_folders_make (self, "Junk", cancellable, &local);
  if (self->junk == NULL && !is_refusal (self, local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *ret_target = g_strdup (self->junk);
  if (self->junk == NULL)
    g_set_str (ret_refused, local->message);
  return TRUE;
}

static gboolean
is_with (const MosServerMove *one,
         const MosServerMove *other)
{
  return one->role == other->role && g_strcmp0 (one->folder, other->folder) == 0 && one->uidvalidity == other->uidvalidity && g_strcmp0 (one->origin, other->origin) == 0;
}

/* Our own move told us no new number: Junk is asked for the mail by its Message-ID. */
static gboolean
find_in_junk (MosEmailSync *self,
              GPtrArray *moves,
              MosImapUidSet *uids,
              GCancellable *cancellable,
              GError **error)
{
  for (guint i = 0; i < moves->len; i++)
    {
      const MosServerMove *move = moves->pdata[i];
      g_autoptr (MosImapUidSet) found = move->message_id != NULL ? mos_imap_session_find_message_id_sync (self->session, move->message_id, cancellable, error) : NULL;

      if (move->message_id != NULL && found == NULL)
        return FALSE;
      if (found != NULL && !mos_imap_uid_set_is_empty (found))
        mos_imap_uid_set_add (uids, mos_imap_uid_set_get_last (found));
    }
  return TRUE;
}

/* @moves: with one target, from one place. @ret_done: whether the host may be told */
static gboolean
move_group (MosEmailSync *self,
            GPtrArray *moves,
            char **ret_refused,
            gboolean *ret_done,
            GCancellable *cancellable,
            GError **error)
{
  const MosServerMove *first = moves->pdata[0];
  const char *from = first->folder != NULL ? first->folder : first->role == MOS_FOLDER_INBOX ? self->junk
                                                                                             : NULL;
  g_autoptr (MosImapUidSet) uids = mos_imap_uid_set_new ();
  g_autofree char *target = NULL;
  MosImapSelected selected = { 0 };

  *ret_done = TRUE;
  /* It is in no folder any more that we know of. */
  if (from == NULL)
    return TRUE;
  if (!find_target (self, first, &target, ret_refused, cancellable, error))
    return FALSE;
  if (target == NULL || g_str_equal (target, from))
    return TRUE;
  if (!mos_imap_session_select_sync (self->session, from, FALSE, 0, 0, &selected, cancellable, error))
    return FALSE;
  if (first->folder != NULL && selected.uidvalidity != first->uidvalidity)
    {
      /* Numbered anew: the next pass finds them again. */
      *ret_done = FALSE;
      return TRUE;
    }
  if (selected.read_only)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "%s may only be read", from);
      return FALSE;
    }
  if (first->folder == NULL && !find_in_junk (self, moves, uids, cancellable, error))
    return FALSE;
  for (guint i = 0; first->folder != NULL && i < moves->len; i++)
    mos_imap_uid_set_add (uids, ((MosServerMove *) moves->pdata[i])->uid);
  return mos_imap_session_move_sync (self->session, uids, target, TRUE, cancellable, error);
}

/**
 * mos_email_moves_run:
 *
 * Moves on the server what the host wants elsewhere. What the server refuses is told to the host, and not tried again; what a broken connection cut off
 * waits there. Moved twice is moved once: the number of a mail that went already means nothing to the server.
 */
gboolean
mos_email_moves_run (MosEmailSync *self,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) waiting = mos_channel_host_list_moves_sync (self->host, self->account->id, cancellable, error);
  guint begin = 0;

  if (waiting == NULL)
    return FALSE;
  while (begin < waiting->len)
    {
      g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_server_move_unref);
      g_autoptr (GError) local = NULL;
      g_autofree char *refused = NULL;
      gboolean is_done = TRUE;

      do
        g_ptr_array_add (group, mos_server_move_ref (waiting->pdata[begin++]));
      while (begin < waiting->len && is_with (waiting->pdata[begin], group->pdata[0]));

      if (!move_group (self, group, &refused, &is_done, cancellable, &local))
        {
          if (!is_refusal (self, local))
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          refused = g_strdup (local->message);
          is_done = TRUE;
        }
      for (guint i = 0; refused != NULL && i < group->len; i++)
        {
          /* Values are not written to once others see them. */
          MosServerMove *said = mos_server_move_new ();
          const MosServerMove *move = group->pdata[i];

          said->message = g_strdup (move->message);
          said->role = move->role;
          said->refused = g_strdup (refused);
          mos_server_move_unref (group->pdata[i]);
          group->pdata[i] = said;
        }
      if (is_done && !mos_channel_host_finish_moves_sync (self->host, self->account->id, group, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

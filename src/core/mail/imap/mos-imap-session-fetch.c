/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* Measured (50 ms round trip): 200 messages by three commands is as fast as it gets; the bytes bound what is on its way. */
#define BATCH_MESSAGES 200
#define BATCH_BYTES (4 * 1024 * 1024)
#define WINDOW 3
/* Of each of the first batches, where how fast they come decides about compression: those behind the first keep the line busy meanwhile */
#define FIRST_BYTES (576 * 1024)
/* When not one of more than so many can be had, the folder is in trouble, not its messages. */
#define MANY_REFUSED 10
/* So many are tried alone in vain before that is believed. */
#define MAX_ALONE 300

/* --- Batches, a window of commands ----------------------------------------------------------- */

typedef struct
{
  GArray *planned; /* borrowed */
  guint next;      /* the first not asked for yet */
  gboolean header_only;
  MosImapUidSet *wanted; /* (owned): asked for or to be asked for, and not delivered */
  GArray *too_large;     /* (owned) of MosImapPlanned: came out larger than allowed */
  MosImapMessageFunc func;
  MosImapGoOnFunc go_on; /* (nullable) */
  gpointer user_data;
  guint delivered;
  gboolean stopped; /* @go_on did not want more */
} Fetch;

static const MosImapPlanned *
find_planned (Fetch *fetch,
              guint32 uid)
{
  for (guint i = 0; i < fetch->planned->len; i++)
    if (g_array_index (fetch->planned, MosImapPlanned, i).uid == uid)
      return &g_array_index (fetch->planned, MosImapPlanned, i);
  return NULL;
}

static gboolean
take_message (MosImapSession *self,
              const MosImapResponse *response,
              gpointer user_data,
              GError **error)
{
  Fetch *fetch = user_data;
  g_autoptr (GBytes) quoted = NULL;
  MosImapMessage message = { 0 };
  MosImapFetchData data;

  /* Flags that changed meanwhile come as FETCH too; they are news, not answers. */
  if (!mos_imap_fetch_data_parse (&data, response) || !data.has_body)
    return FALSE;
  if (!mos_imap_uid_set_contains (fetch->wanted, data.uid))
    return TRUE;

  if (data.body_skipped > 0)
    {
      MosImapPlanned planned = { data.uid, data.body_skipped, data.received_us, data.flags, data.modseq };

      g_array_append_val (fetch->too_large, planned);
      mos_imap_uid_set_remove (fetch->wanted, data.uid);
      return TRUE;
    }
  if (data.body == NULL && data.body_text == NULL) /* NIL: it went away */
    return TRUE;

  mos_imap_uid_set_remove (fetch->wanted, data.uid);
  if (data.body == NULL)
    quoted = g_bytes_new (data.body_text, strlen (data.body_text));
  message.uid = data.uid;
  message.flags = data.flags;
  message.received_us = data.received_us;
  message.modseq = data.modseq;
  message.raw = data.body != NULL ? data.body : quoted;
  message.size = g_bytes_get_size (message.raw);
  if (fetch->header_only)
    {
      const MosImapPlanned *planned = find_planned (fetch, data.uid);

      message.is_truncated = TRUE;
      message.size = planned != NULL ? planned->size : message.size;
    }
  fetch->delivered++;
  return fetch->func (&message, fetch->user_data, error);
}

static MosImapCommand *
start_batch (MosImapSession *self,
             Fetch *fetch,
             guint64 max_bytes,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosImapUidSet) uids = mos_imap_uid_set_new ();
  g_autoptr (MosImapArguments) arguments = NULL;
  g_autofree char *set = NULL;
  guint64 bytes = 0;
  guint n = 0;

  for (; fetch->next < fetch->planned->len && n < BATCH_MESSAGES; fetch->next++, n++)
    {
      const MosImapPlanned *planned = &g_array_index (fetch->planned, MosImapPlanned, fetch->next);
      guint64 size = fetch->header_only ? 0 : MIN (planned->size, G_MAXUINT32);

      if (n > 0 && bytes + size > max_bytes)
        break;
      bytes += size;
      mos_imap_uid_set_add (uids, planned->uid);
    }

  set = mos_imap_uid_set_to_string (uids);
  arguments = mos_imap_arguments_new (set);
  mos_imap_arguments_add (arguments, " (UID FLAGS INTERNALDATE");
  if (self->selected.highestmodseq != 0)
    mos_imap_arguments_add (arguments, " MODSEQ");
  mos_imap_arguments_add (arguments, fetch->header_only ? " BODY.PEEK[HEADER])" : " BODY.PEEK[])");
  return mos_imap_session_start (self, "UID FETCH", arguments, FALSE, cancellable, error);
}

static guint64
bytes_to_come (Fetch *fetch)
{
  guint64 bytes = 0;

  for (guint i = fetch->next; !fetch->header_only && i < fetch->planned->len && bytes < G_MAXUINT32; i++)
    bytes += MIN (g_array_index (fetch->planned, MosImapPlanned, i).size, G_MAXUINT32);
  return bytes;
}

/* Asked before each batch but the first, so that there is always some progress */
static gboolean
may_ask_more (Fetch *fetch)
{
  if (fetch->go_on != NULL && fetch->next > 0 && !fetch->stopped)
    fetch->stopped = !fetch->go_on (fetch->user_data);
  return !fetch->stopped;
}

static gboolean
run_batches (MosImapSession *self,
             Fetch *fetch,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) window = g_ptr_array_new (); /* borrowed: the session's table owns the commands */
  g_autoptr (GArray) begins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  g_autoptr (GError) refused = NULL;
  guint alone_in_vain = 0;
  guint small = 0;       /* batches on their way of FIRST_BYTES at most: once it is decided others need not wait for them to come */
  gboolean slow = FALSE; /* no new batch until the window is empty: then the line is compressed */

  self->func = take_message;
  self->func_data = fetch;
  for (;;)
    {
      guint done = 0;
      gboolean undecided = FALSE; /* whether the line is slow */

      if (!slow && !fetch->stopped && window->len < WINDOW + small && fetch->next < fetch->planned->len)
        {
          const guint64 to_come = bytes_to_come (fetch);

          slow = mos_imap_session_should_compress (self, to_come);
          undecided = mos_imap_session_is_undecided (self, to_come);
        }
      if (slow && window->len == 0)
        {
          if (!mos_imap_session_start_compression (self, cancellable, error))
            goto failed;
          slow = FALSE;
          self->func = take_message;
          self->func_data = fetch;
        }
      while (!slow && window->len < WINDOW + (undecided ? 0 : small) && fetch->next < fetch->planned->len && may_ask_more (fetch))
        {
          const guint begin = fetch->next;
          MosImapCommand *command = start_batch (self, fetch, undecided ? FIRST_BYTES : BATCH_BYTES, cancellable, error);
          const guint count = fetch->next - begin;
          const guint is_small = undecided;

          if (command == NULL)
            goto failed;
          g_ptr_array_add (window, command);
          g_array_append_val (begins, begin);
          g_array_append_val (begins, count);
          g_array_append_val (begins, is_small);
          small += is_small;
        }
      if (window->len == 0)
        break;
      if (!mos_imap_session_finish_again (self, cancellable, error))
        {
          /* None of them has to do with it. */
          fetch->next = 0;
          goto failed;
        }

      /* They complete in any order. */
      while (done < window->len && ((MosImapCommand *) window->pdata[done])->answer == NULL)
        done++;
      if (done == window->len)
        {
          gboolean ok;

          mos_imap_session_measure (self, TRUE);
          ok = mos_imap_session_step (self, cancellable, error);
          mos_imap_session_measure (self, FALSE);
          if (!ok)
            goto failed;
          continue;
        }

      /* NO says that some of the messages are gone or cannot be read; the others were delivered all the same. */
      {
        g_autoptr (GError) local = NULL;
        const guint begin = g_array_index (begins, guint, 3 * done);
        const guint count = g_array_index (begins, guint, 3 * done + 1);

        small -= g_array_index (begins, guint, 3 * done + 2);
        g_array_remove_range (begins, 3 * done, 3);
        if (!mos_imap_session_finish (self, g_ptr_array_steal_index (window, done), NULL, cancellable, &local))
          {
            g_clear_error (&refused);
            refused = g_steal_pointer (&local);
            if (count > 1)
              g_array_append_vals (again, &g_array_index (fetch->planned, MosImapPlanned, begin), count);
          }
      }
    }
  self->func = NULL;

  /* One that the server cannot give must not keep the others from coming: which one is it? */
  for (guint i = 0; i < again->len; i++)
    {
      const MosImapPlanned *planned = &g_array_index (again, MosImapPlanned, i);
      g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
      Fetch one = { alone, 0, fetch->header_only, fetch->wanted, fetch->too_large, fetch->func, NULL, fetch->user_data, 0, FALSE };

      if (!mos_imap_uid_set_contains (fetch->wanted, planned->uid))
        continue;
      if (fetch->delivered == 0 && alone_in_vain++ == MAX_ALONE)
        break;
      g_array_append_vals (alone, planned, 1);
      if (!run_batches (self, &one, cancellable, error))
        return FALSE;
      fetch->delivered += one.delivered;
    }
  if (refused != NULL)
    {
      g_debug ("%s: not every message could be fetched: %s", self->server->host, refused->message);
      g_set_str (&self->refusal, refused->message);
    }
  if (refused != NULL && fetch->planned->len > MANY_REFUSED && fetch->delivered == 0 && fetch->too_large->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  return TRUE;

failed:
  self->func = NULL;
  return mos_imap_session_break (self);
}

const char *
mos_imap_session_get_refusal (MosImapSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->refusal;
}

/* How many of @planned, from its beginning, were asked for: @normal are those of them that are not too large */
static guint
count_asked (MosImapSession *self,
             GArray *planned,
             const Fetch *normal)
{
  guint n = 0;

  for (guint i = 0; i < planned->len; i++)
    if (g_array_index (planned, MosImapPlanned, i).size <= self->max_literal && n++ == normal->next)
      return i;
  return planned->len;
}

gboolean
mos_imap_session_fetch_while_sync (MosImapSession *self,
                                   GArray *planned,
                                   MosImapMessageFunc func,
                                   MosImapGoOnFunc go_on,
                                   gpointer user_data,
                                   guint *ret_asked,
                                   MosImapUidSet **ret_missing,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (MosImapUidSet) wanted = mos_imap_uid_set_new ();
  g_autoptr (GArray) normal = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  g_autoptr (GArray) too_large = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  Fetch fetch = { normal, 0, FALSE, wanted, too_large, func, go_on, user_data, 0, FALSE };
  gboolean ok;
  guint asked;

  g_return_val_if_fail (self != NULL && planned != NULL && func != NULL, FALSE);

  g_clear_pointer (&self->refusal, g_free);
  for (guint i = 0; i < planned->len; i++)
    {
      const MosImapPlanned *one = &g_array_index (planned, MosImapPlanned, i);

      if (one->size > self->max_literal)
        continue;
      g_array_append_vals (normal, one, 1);
      mos_imap_uid_set_add (wanted, one->uid);
    }
  ok = run_batches (self, &fetch, cancellable, error);
  asked = count_asked (self, planned, &fetch);
  if (ret_asked != NULL)
    *ret_asked = asked;
  if (!ok)
    return FALSE;

  /* Of a message beyond the account's limit at least the header is shown, so that nobody waits for it in vain. */
  for (guint i = 0; i < asked; i++)
    if (g_array_index (planned, MosImapPlanned, i).size > self->max_literal)
      g_array_append_vals (too_large, &g_array_index (planned, MosImapPlanned, i), 1);
  if (too_large->len > 0)
    {
      Fetch headers = { too_large, 0, TRUE, wanted, none, func, NULL, user_data, 0, FALSE };

      for (guint i = 0; i < too_large->len; i++)
        mos_imap_uid_set_add (wanted, g_array_index (too_large, MosImapPlanned, i).uid);
      if (!run_batches (self, &headers, cancellable, error))
        return FALSE;
    }

  for (guint i = asked; i < planned->len; i++)
    mos_imap_uid_set_remove (wanted, g_array_index (planned, MosImapPlanned, i).uid);
  if (ret_missing != NULL)
    *ret_missing = g_steal_pointer (&wanted);
  return TRUE;
}

gboolean
mos_imap_session_fetch_sync (MosImapSession *self,
                             GArray *planned,
                             MosImapMessageFunc func,
                             gpointer user_data,
                             MosImapUidSet **ret_missing,
                             GCancellable *cancellable,
                             GError **error)
{
  return mos_imap_session_fetch_while_sync (self, planned, func, NULL, user_data, NULL, ret_missing, cancellable, error);
}

gboolean
mos_imap_session_fetch_headers_sync (MosImapSession *self,
                                     GArray *planned,
                                     MosImapMessageFunc func,
                                     gpointer user_data,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_autoptr (MosImapUidSet) wanted = mos_imap_uid_set_new ();
  g_autoptr (GArray) too_large = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  Fetch fetch = { planned, 0, TRUE, wanted, too_large, func, NULL, user_data, 0, FALSE };

  g_return_val_if_fail (self != NULL && planned != NULL && func != NULL, FALSE);

  for (guint i = 0; i < planned->len; i++)
    mos_imap_uid_set_add (wanted, g_array_index (planned, MosImapPlanned, i).uid);
  return run_batches (self, &fetch, cancellable, error);
}

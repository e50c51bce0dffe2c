/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

/* Asking for the sizes of years of mail is dear: an interrupted pass keeps what it has not come to. */

void
mos_email_rest_clear (MosEmailRest *self)
{
  g_clear_pointer (&self->planned, g_array_unref);
  self->uidvalidity = 0;
  self->modseq = 0;
  self->uidnext = 0;
  self->is_fresh = FALSE;
}

/* @begin: the first of @planned that was not fetched */
void
mos_email_rest_set (MosEmailRest *self,
                    guint32 uidvalidity,
                    guint64 modseq,
                    GArray *planned,
                    guint begin)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));

  if (begin < planned->len)
    g_array_append_vals (rest, &g_array_index (planned, MosImapPlanned, begin), planned->len - begin);
  mos_email_rest_clear (self);
  self->uidvalidity = uidvalidity;
  self->modseq = modseq;
  self->planned = rest;
}

void
mos_email_rest_add_uids (MosEmailRest *self,
                         MosImapUidSet *set)
{
  /* From the oldest on, for that is how a set grows cheaply. */
  for (guint i = self->planned != NULL ? self->planned->len : 0; i > 0; i--)
    mos_imap_uid_set_add (set, g_array_index (self->planned, MosImapPlanned, i - 1).uid);
}

/* They came otherwise, or are gone. */
void
mos_email_rest_drop (MosEmailRest *self,
                     const MosImapUidSet *uids)
{
  guint kept = 0;

  if (self->planned == NULL)
    return;
  for (guint i = 0; i < self->planned->len; i++)
    {
      MosImapPlanned one = g_array_index (self->planned, MosImapPlanned, i);

      if (!mos_imap_uid_set_contains (uids, one.uid))
        g_array_index (self->planned, MosImapPlanned, kept++) = one;
    }
  g_array_set_size (self->planned, kept);
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  guint32 x = ((const MosImapPlanned *) a)->uid;
  guint32 y = ((const MosImapPlanned *) b)->uid;

  return x < y ? 1 : x > y ? -1
                           : 0;
}

/* Adds the rest to @planned. */
void
mos_email_rest_merge (MosEmailRest *self,
                      GArray *planned)
{
  if (self->planned == NULL || self->planned->len == 0)
    return;
  g_array_append_vals (planned, self->planned->data, self->planned->len);
  g_array_sort (planned, newest_first);
}

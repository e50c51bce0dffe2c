/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/email/mos-email-sync.h"

G_BEGIN_DECLS

/**
 * MosEmailRest: what of a folder's plan is still to be fetched, kept over an interruption.
 * @uidvalidity, @modseq: as of the look at the folder that planned it
 * @planned: (owned) (nullable): of MosImapPlanned, newest first; %NULL when there is no rest
 */
typedef struct
{
  guint32 uidvalidity;
  guint64 modseq;
  GArray *planned;
} MosEmailRest;

struct _MosEmailSync
{
  MosAccount *account;  /* (owned) */
  MosChannelHost *host; /* (owned) */
  MosEmailSyncHooks hooks;
  MosImapSession *session; /* (owned) */
  char *inbox;             /* (owned) */
  char *sent;              /* (owned) (nullable) */
  gboolean work_is_here;   /* nothing is to be fetched out of turn any more */
  MosEmailRest rest_inbox;
  MosEmailRest rest_sent;
  guint64 on_server_inbox;
  guint64 on_server_sent;
};

/* mos-email-rest.c */
void mos_email_rest_clear (MosEmailRest *self);
void mos_email_rest_set (MosEmailRest *self, guint32 uidvalidity, guint64 modseq, GArray *planned, guint begin);
void mos_email_rest_add_uids (MosEmailRest *self, MosImapUidSet *set);
void mos_email_rest_drop (MosEmailRest *self, const MosImapUidSet *uids);
void mos_email_rest_merge (MosEmailRest *self, GArray *planned);

G_END_DECLS

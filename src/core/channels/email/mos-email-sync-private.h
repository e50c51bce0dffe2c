/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/email/mos-email-sync.h"

G_BEGIN_DECLS

/**
 * MosEmailRest: what of a folder's plan is still to be fetched, kept over an interruption.
 * @uidvalidity, @modseq: as of the look at the folder that planned it
 * @uidnext: of that look
 * @planned: (owned) (nullable): of MosImapPlanned, newest first; %NULL when there is no rest
 * @is_fresh: the look is of this very round: what changed since is for the next one
 */
typedef struct
{
  guint32 uidvalidity;
  guint64 modseq;
  guint32 uidnext;
  gboolean is_fresh;
  GArray *planned;
} MosEmailRest;

/** MosEmailFolder: one of the folders followed. @is_always: Inbox and Sent */
typedef struct
{
  char *mailbox;
  MosFolderRole role;
  gboolean is_always;
  MosEmailRest rest;
  guint64 on_server;
} MosEmailFolder;

struct _MosEmailSync
{
  MosAccount *account;  /* (owned) */
  MosChannelHost *host; /* (owned) */
  MosEmailSyncHooks hooks;
  MosImapSession *session; /* (owned) */
  GPtrArray *folders;      /* (owned) of MosEmailFolder: Inbox, Sent, the others */
  char *inbox;             /* (owned) */
  char *sent;              /* (owned) (nullable) */
  char *junk;              /* (owned) (nullable): for spam, followed or not */
  char *trouble;           /* (owned) (nullable): which folder could not be opened last, and the server's words */
  gboolean look_again;     /* what the server lists may have changed */
  gboolean work_is_here;   /* nothing is to be fetched out of turn any more */

  MosFolderState *known; /* (owned) (nullable): what the host knew of the Inbox when this began; good as long as the session is_ahead() */
};

/* mos-email-folders.c */
gboolean mos_email_folders_look (MosEmailSync *self, GCancellable *cancellable, GError **error);
MosEmailFolder *mos_email_folders_find (MosEmailSync *self, const char *mailbox);
MosEmailFolder *mos_email_folders_add (MosEmailSync *self, const char *mailbox, MosFolderRole role, gboolean is_always);
char *mos_email_folders_make (MosEmailSync *self, const char *name, GCancellable *cancellable, GError **error);
void mos_email_folder_free (MosEmailFolder *folder);

/* mos-email-moves.c */
gboolean mos_email_moves_run (MosEmailSync *self, GCancellable *cancellable, GError **error);

/**
 * MosEmailPass: one pass over one folder, and what became of it
 * @state: (transfer full) (nullable): what the host knows, where that was asked already
 * @only_work: leave old mail for later and do not move the cursor
 * @whole: compare with nothing but what is stored: no rest of an earlier pass is believed in
 * @was_first: (out): the folder was never synced before
 * @is_complete: (inout): set to %FALSE when is_interrupted() ended it early
 * @added, @removed: (out): how the stored places differed from the server's
 */
typedef struct
{
  MosFolderState *state;
  gboolean only_work;
  gboolean whole;
  gboolean was_first;
  gboolean is_complete;
  guint64 added;
  guint64 removed;
} MosEmailPass;

/* mos-email-pass.c */
/* What the look at a folder asks along with SELECT, after what the host knows of it; @ret_modseq: (out): of what the look is */
MosImapAhead mos_email_pass_choose_ahead (MosFolderState *state, guint64 *ret_modseq);
gboolean mos_email_pass_run (MosEmailSync *self, MosEmailFolder *folder, MosEmailPass *pass, MosSyncCounts *counts, GCancellable *cancellable, GError **error);
/* @state: of the host. Returns: (transfer full): the places it accounts for: here, missing or erased */
MosImapUidSet *mos_email_pass_list_accounted (MosFolderState *state);

/* mos-email-rematch.c */
gboolean mos_email_rematch (MosEmailSync *self, MosEmailFolder *folder, guint32 uidvalidity, GCancellable *cancellable, GError **error);

/* mos-email-rest.c */
void mos_email_rest_clear (MosEmailRest *self);
void mos_email_rest_set (MosEmailRest *self, guint32 uidvalidity, guint64 modseq, GArray *planned, guint begin);
void mos_email_rest_add_uids (MosEmailRest *self, MosImapUidSet *set);
void mos_email_rest_drop (MosEmailRest *self, const MosImapUidSet *uids);
void mos_email_rest_merge (MosEmailRest *self, GArray *planned);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/imap/mos-imap-fetch-data.h"
#include "core/mail/imap/mos-imap-session.h"
#include "core/mail/imap/mos-imap-tokenizer.h"

G_BEGIN_DECLS

/* RFC 9051 §3; LOGOUT also stands for "broken". */
typedef enum
{
  MOS_IMAP_STATE_NOT_AUTHENTICATED = 1 << 0,
  MOS_IMAP_STATE_AUTHENTICATED = 1 << 1,
  MOS_IMAP_STATE_SELECTED = 1 << 2,
  MOS_IMAP_STATE_LOGOUT = 1 << 3,
} MosImapState;

/* One command on its way. Freed by mos_imap_session_finish(). */
typedef struct
{
  char *tag;
  const char *verb;
  gboolean sent;           /* every byte of it: an OK before that is an attack (CVE-2026-42246 of another client) */
  MosImapResponse *answer; /* (owned) (nullable): its tagged response */
} MosImapCommand;

/**
 * MosImapDataFunc: sees every untagged response but a status, before the session does.
 * Returns: whether it was meant for the caller; with @error set the session ends
 */
typedef gboolean (*MosImapDataFunc) (MosImapSession *session, const MosImapResponse *response, gpointer user_data, GError **error);

struct _MosImapSession
{
  MosMailConnection *connection; /* (owned) */
  MosImapTokenizer *tokenizer;   /* (owned) */
  MosServer *server;             /* (owned) */
  MosImapState state;
  MosImapCapabilities capabilities;
  MosImapQuirks quirks;
  gsize max_literal;
  guint timeout_ms;
  guint renew_ms; /* how long one IDLE command lasts */
  gboolean trace;

  GHashTable *open; /* (owned): tag → MosImapCommand; they may complete in any order */
  guint last_tag;
  gboolean wants_continue;
  char *continued;      /* (owned) (nullable): the text of the "+" */
  MosImapCommand *idle; /* (nullable): an IDLE whose DONE is sent and whose tag was not seen yet */
  MosImapDataFunc func; /* (nullable) */
  gpointer func_data;

  gboolean qresync;
  char *namespace_prefix; /* (owned) (nullable): of the person's own folders, as on the wire; %NULL: not asked yet */
  GPtrArray *alerts;      /* (owned) of char * */
  char *refusal;          /* (owned) (nullable): why the last fetch did not bring everything */
  MosImapSelected selected;
  gboolean selecting;
  MosImapWake pending;
  GArray *resync_flags; /* (owned) (nullable) of MosImapFlags: what SELECT (QRESYNC …) told */
  guint64 resync_from;  /* since which modseq; 0: nothing to use */
};

/* mos-imap-session.c */
MosImapSession *mos_imap_session_new (MosServer *server, MosMailConnection *connection, const MosImapOptions *options);
/* @arguments: what follows the verb, see mos-imap-arguments.h; (nullable). @secret: hide the arguments in the trace */
typedef struct _MosImapArguments MosImapArguments;
MosImapCommand *mos_imap_session_start (MosImapSession *self, const char *verb, MosImapArguments *arguments, gboolean secret, GCancellable *cancellable, GError **error);
/* Dispatches one response, reading as much as that takes. */
gboolean mos_imap_session_step (MosImapSession *self, GCancellable *cancellable, GError **error);
/* Waits for the tagged answer; @ret_answer (out) (optional) (transfer full), also set for NO and BAD. Takes @command. */
gboolean mos_imap_session_finish (MosImapSession *self, MosImapCommand *command, MosImapResponse **ret_answer, GCancellable *cancellable, GError **error);
/* start() and finish() with @func listening */
gboolean mos_imap_session_run (MosImapSession *self, const char *verb, MosImapArguments *arguments, MosImapDataFunc func, gpointer user_data, MosImapResponse **ret_answer, GCancellable *cancellable, GError **error);
/* Waits for "+"; FALSE without error when @command was answered instead */
gboolean mos_imap_session_wait_continue (MosImapSession *self, MosImapCommand *command, GCancellable *cancellable, GError **error);
/* The session cannot go on; returns FALSE. */
gboolean mos_imap_session_break (MosImapSession *self);
gboolean mos_imap_session_protocol_error (MosImapSession *self, const char *what, GError **error);
/* An IDLE that was cancelled still owes its tag. */
gboolean mos_imap_session_end_idle (MosImapSession *self, GCancellable *cancellable, GError **error);

/* mos-imap-status.c: what a NO, BAD or BYE means for the caller */
void mos_imap_status_set_error (const MosImapResponse *answer, const char *verb, GError **error);
char *mos_imap_response_describe (const MosImapResponse *response);

/* mos-imap-session-data.c: what the server says unasked */
gboolean mos_imap_session_take_untagged (MosImapSession *self, const MosImapResponse *response, GError **error);
/* Forgets what is known of the selected folder. */
void mos_imap_session_reset_selected (MosImapSession *self);
void mos_imap_session_take_code (MosImapSession *self, const MosImapResponse *response);

/* mos-imap-session-open.c */
gboolean mos_imap_session_ask_capabilities (MosImapSession *self, GCancellable *cancellable, GError **error);
gboolean mos_imap_session_authenticate (MosImapSession *self, const MosImapOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS

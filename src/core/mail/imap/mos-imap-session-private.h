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

/* What follows SELECT on the same trip, see mos-imap-session-ahead.c */
typedef struct
{
  MosImapCommand *search; /* (nullable) */
  MosImapCommand *plan;   /* (nullable) */
} MosImapAheadCommands;

/* A SELECT on its way, see mos-imap-session-select.c */
typedef struct _MosImapSelect MosImapSelect;

struct _MosImapSession
{
  MosMailConnection *connection; /* (owned) */
  MosImapTokenizer *tokenizer;   /* (owned) */
  MosServer *server;             /* (owned) */
  MosImapState state;
  MosImapCapabilities capabilities;
  MosImapQuirks quirks;
  gsize max_literal;
  MosImapReadFunc read_func; /* (nullable) */
  gpointer read_data;
  guint timeout_ms;
  guint renew_ms; /* how long one IDLE command lasts */
  gboolean trace;

  GHashTable *open; /* (owned): tag → MosImapCommand; they may complete in any order */
  guint last_tag;
  gint64 answered_us; /* monotonic: when the last command was given, or anything came that was of use to the caller */
  GPtrArray *extras;  /* (owned) of MosImapCommand, borrowed: what no LIST has to wait for */
  gboolean wants_continue;
  char *continued;      /* (owned) (nullable): the text of the "+" */
  MosImapCommand *idle; /* (nullable): an IDLE whose DONE is sent and whose tag was not seen yet */
  MosImapDataFunc func; /* (nullable) */
  gpointer func_data;

  gboolean qresync;
  gboolean utf8;         /* UTF8=ACCEPT is enabled */
  GPtrArray *namespaces; /* (owned) (nullable) of MosImapNamespace; %NULL: not asked yet */
  GPtrArray *alerts;     /* (owned) of char * */
  GStrv watched;         /* (owned) (nullable): by NOTIFY */
  GPtrArray *changed;    /* (owned) of char *: which of them */

  MosImapCompress compress; /* NEVER once it was asked for */
  gboolean compressing;
  guint64 fetch_bytes; /* how fast messages came, see mos-imap-session-compress.c */
  gint64 fetch_wait_us;
  guint64 measure_received;
  gint64 measure_waited_us;

  gint64 (*suspended_us) (void); /* a test's own, or mos_imap_suspended_us() */
  gint64 heard_suspended_us;

  char *refusal; /* (owned) (nullable): why the last fetch did not bring everything */
  MosImapSelected selected;
  gboolean selecting;
  MosImapWake pending;
  GArray *resync_flags; /* (owned) (nullable) of MosImapFlags: what SELECT (QRESYNC …) told */
  guint64 resync_from;  /* since which modseq; 0: nothing to use */
  char *mailbox;        /* (owned) (nullable): what is selected for writing */

  /* What was asked along with SELECT, see mos-imap-session-ahead.c */
  MosImapUidSet *ahead_uids; /* (owned) (nullable): nothing was asked since */
  GArray *ahead_planned;     /* (owned) (nullable) of MosImapPlanned */

  MosImapSelect *early; /* (owned) (nullable): a SELECT that was asked along with the list of folders, and whose answer nobody waited for yet */
};

/* mos-imap-session.c */
MosImapSession *mos_imap_session_new (MosServer *server, MosMailConnection *connection, const MosImapOptions *options);
/* @arguments: what follows the verb, see mos-imap-arguments.h; (nullable). @secret: hide the arguments in the trace */
typedef struct _MosImapArguments MosImapArguments;
MosImapCommand *mos_imap_session_start (MosImapSession *self, const char *verb, MosImapArguments *arguments, gboolean secret, GCancellable *cancellable, GError **error);
/* Waits for what was asked and nobody waited for: ID and ENABLE */
gboolean mos_imap_session_finish_extras (MosImapSession *self, GCancellable *cancellable, GError **error);
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

/* mos-imap-session-alive.c */
gint64 mos_imap_suspended_us (void);
gboolean mos_imap_session_has_slept (MosImapSession *self);
void mos_imap_session_note_heard (MosImapSession *self);
gboolean mos_imap_session_check_alive (MosImapSession *self, const char *verb, GCancellable *cancellable, GError **error);
gboolean mos_imap_session_end_idle_soon (MosImapSession *self, GCancellable *cancellable, GError **error);

/* mos-imap-session-compress.c */
gboolean mos_imap_session_start_compression (MosImapSession *self, GCancellable *cancellable, GError **error);
void mos_imap_session_measure (MosImapSession *self, gboolean begins);
gboolean mos_imap_session_is_undecided (MosImapSession *self, guint64 to_come);
gboolean mos_imap_session_should_compress (MosImapSession *self, guint64 to_come);

/* mos-imap-session-namespaces.c: keys of folders ⇄ names on the wire */
char *mos_imap_session_mailbox_from_wire (MosImapSession *self, const char *name);
void mos_imap_session_add_mailbox (MosImapSession *self, MosImapArguments *arguments, const char *mailbox);
gboolean mos_imap_session_ask_namespaces (MosImapSession *self, GCancellable *cancellable, GError **error);
/* The same in two steps, for what can be asked along with it. @ret_command: (out) (nullable): none where it is known or not offered */
gboolean mos_imap_session_start_namespaces (MosImapSession *self, MosImapCommand **ret_command, GCancellable *cancellable, GError **error);
gboolean mos_imap_session_take_namespace (MosImapSession *self, const MosImapResponse *response);
/* @command: (nullable) (transfer full) */
gboolean mos_imap_session_finish_namespaces (MosImapSession *self, MosImapCommand *command, GCancellable *cancellable, GError **error);

/* mos-imap-session-others.c */
void mos_imap_session_take_news (MosImapSession *self, const MosImapResponse *response);
void mos_imap_session_stop_news (MosImapSession *self);

/* mos-imap-session-select.c: SELECT along with what has nothing to do with it. Its answer is taken by the next mos_imap_session_select_ahead_sync(), if that
 * asks for the same; else by whatever is asked next, and dropped. FALSE: the session is over */
gboolean mos_imap_session_select_early (MosImapSession *self, const char *mailbox, guint32 known_uidvalidity, guint64 known_modseq, MosImapAhead what, GCancellable *cancellable, GError **error);
gboolean mos_imap_session_settle_early (MosImapSession *self, GCancellable *cancellable, GError **error);
void mos_imap_select_free (MosImapSelect *select);
/* Whether @verb may be asked while self->early is not answered */
gboolean mos_imap_session_may_follow_early (MosImapSession *self, const char *verb);
/* After mos_imap_session_select_again() and what was asked behind it: now the answers come. FALSE: the session is over */
gboolean mos_imap_session_finish_again (MosImapSession *self, GCancellable *cancellable, GError **error);

/* mos-imap-session-ahead.c: what follows SELECT mostly, on the same trip. */
gboolean mos_imap_session_start_ahead (MosImapSession *self, MosImapAhead what, MosImapAheadCommands *commands, GCancellable *cancellable, GError **error);
/* @is_wanted: whether to keep what came */
gboolean mos_imap_session_finish_ahead (MosImapSession *self, MosImapAheadCommands *commands, gboolean is_wanted, GCancellable *cancellable, GError **error);
void mos_imap_session_drop_ahead (MosImapSession *self);

/* mos-imap-session-scan.c */
/* @user_data: MosImapUidSet */
gboolean mos_imap_session_take_search (MosImapSession *self, const MosImapResponse *response, gpointer user_data, GError **error);
MosImapArguments *mos_imap_session_make_search_all (MosImapSession *self);
/* FALSE: it is something else */
gboolean mos_imap_session_read_planned (const MosImapResponse *response, MosImapPlanned *ret_planned);
#define MOS_IMAP_PLAN_ITEMS " (UID RFC822.SIZE INTERNALDATE FLAGS)"
/* Returns: (transfer full): @uids as strings of a length that a command line can hold */
GStrv mos_imap_uid_set_split (const MosImapUidSet *uids);

/* mos-imap-status.c: what a NO, BAD or BYE means for the caller */
void mos_imap_status_set_error (const MosImapResponse *answer, const char *verb, GError **error);
char *mos_imap_response_describe (const MosImapResponse *response);

/* mos-imap-session-data.c: what the server says unasked */
gboolean mos_imap_session_take_untagged (MosImapSession *self, const MosImapResponse *response, GError **error);
/* Forgets what is known of the selected folder. */
void mos_imap_session_reset_selected (MosImapSession *self);
void mos_imap_session_take_code (MosImapSession *self, const MosImapResponse *response);

/* mos-imap-session-open.c */
/* What follows connecting, on any connection: greeting, STARTTLS, sign-in. Keeps a reference of @connection. */
MosImapSession *mos_imap_session_open_on (MosServer *server, MosMailConnection *connection, const MosImapOptions *options, GCancellable *cancellable, GError **error);
gboolean mos_imap_session_ask_capabilities (MosImapSession *self, GCancellable *cancellable, GError **error);
gboolean mos_imap_session_authenticate (MosImapSession *self, const MosImapOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/imap/mos-imap-capabilities.h"
#include "core/mail/imap/mos-imap-folder.h"
#include "core/mail/imap/mos-imap-uid-set.h"
#include "core/mail/net/mos-mail-connection.h"

G_BEGIN_DECLS

/**
 * MosImapSession:
 *
 * One authenticated IMAP connection (RFC 9051, RFC 3501). Every function blocks and can be cancelled at any
 * point; all are called on the one worker thread that owns the session, except mos_imap_session_close().
 * UIDs only, never positions. Knows no store: what it learns goes to the caller's functions, in the order in
 * which it arrives.
 *
 * Errors, everywhere: G_IO_ERROR (network, time-out, cancelled: connect again), MOS_MAIL_ERROR_PROTOCOL (connection
 * closed), MOS_MAIL_ERROR_REFUSED (NO or BAD to this command; the session stays usable, the message carries the server's
 * words and response code), MOS_MAIL_ERROR_TEMPORARY ([UNAVAILABLE], [INUSE], [LIMIT], BYE), MOS_MAIL_ERROR_TOO_LARGE
 * ([OVERQUOTA], [TOOBIG]). After an error that mos_imap_session_is_open() answers with %FALSE, open a new one.
 */
typedef struct _MosImapSession MosImapSession;

/**
 * MosImapCompress: whether COMPRESS=DEFLATE is used where the server offers it
 * @MOS_IMAP_COMPRESS_WHERE_SLOW: once a fetch has shown that the line is what it waits for (below 2 MB/s)
 * @MOS_IMAP_COMPRESS_ALWAYS: from the start: the line is paid for by what goes through it
 */
typedef enum
{
  MOS_IMAP_COMPRESS_WHERE_SLOW,
  MOS_IMAP_COMPRESS_ALWAYS,
  MOS_IMAP_COMPRESS_NEVER,
} MosImapCompress;

typedef struct
{
  const char *password;           /* (nullable): where @credential says nothing else */
  MosCredential *credential;      /* (nullable) */
  const char *ca_file;            /* (nullable): absolute path */
  const char *pinned_certificate; /* (nullable): hex SHA-256 */
  guint timeout_ms;               /* per read or write; 0 = 30 s */
  const char *mechanism;          /* (nullable): only this SASL mechanism, instead of the best one offered */
  gsize max_literal;              /* largest message taken; 0 = 100 MiB */
  MosImapCompress compress;
} MosImapOptions;

/**
 * mos_imap_session_open_sync:
 * @server: host, port, user, security
 *
 * Connects, checks the greeting, STARTTLS where asked (never clear text by fall-back), authenticates with the safest
 * mechanism offered, asks for capabilities again, sends ID, enables what helps.
 *
 * Also: MOS_MAIL_ERROR_BAD_CERTIFICATE (mos_tls_problem_get_last()), MOS_MAIL_ERROR_TLS_REQUIRED, MOS_MAIL_ERROR_AUTH_FAILED, MOS_MAIL_ERROR_AUTH_UNSUPPORTED,
 * MOS_MAIL_ERROR_TOKEN_REFUSED, MOS_MAIL_ERROR_SIGN_IN_AGAIN.
 *
 * Returns: (transfer full) (nullable): a session with no folder selected
 */
MosImapSession *mos_imap_session_open_sync (MosServer *server, const MosImapOptions *options, GCancellable *cancellable, GError **error);
/** mos_imap_session_connect_sync: the first half of it, without whatever says who somebody is. Returns: (transfer full) (nullable) */
MosImapSession *mos_imap_session_connect_sync (MosServer *server, const MosImapOptions *options, GCancellable *cancellable, GError **error);
/** mos_imap_session_sign_in_sync: the second half; @options: of mos_imap_session_connect_sync(), and who somebody is */
gboolean mos_imap_session_sign_in_sync (MosImapSession *self, const MosImapOptions *options, GCancellable *cancellable, GError **error);
/** mos_imap_error_is_connection_limit: whether the server took this connection for one too many (it counts them by user or address): do with fewer */
gboolean mos_imap_error_is_connection_limit (const GError *error);
/** mos_imap_session_logout_sync: says goodbye, two seconds at most. Then _free(). */
void mos_imap_session_logout_sync (MosImapSession *self);
/** mos_imap_session_leave: says goodbye and waits for no answer, where nobody will call again soon: the server may still count this connection for a moment. Then _free(). */
void mos_imap_session_leave (MosImapSession *self);
/** mos_imap_session_set_max_message: the largest message taken from now on, in bytes, where one call is to take what the account's limit leaves behind */
void mos_imap_session_set_max_message (MosImapSession *self, gsize max_bytes);
/** MosImapReadFunc: @bytes came from the server, uncompressed; on the thread that reads */
typedef void (*MosImapReadFunc) (gsize bytes, gpointer user_data);
/** mos_imap_session_set_read_func: told of whatever is read, for the progress within one large message; @func: (nullable) */
void mos_imap_session_set_read_func (MosImapSession *self, MosImapReadFunc func, gpointer user_data);
/** mos_imap_session_close: cuts the connection, from any thread (that keeps the session alive meanwhile); a blocked call returns an error at once */
void mos_imap_session_close (MosImapSession *self);
void mos_imap_session_free (MosImapSession *self);

gboolean mos_imap_session_is_open (MosImapSession *self);
const MosImapCapabilities *mos_imap_session_get_capabilities (MosImapSession *self);
const MosImapQuirks *mos_imap_session_get_quirks (MosImapSession *self);
gboolean mos_imap_session_is_compressing (MosImapSession *self);
/** mos_imap_session_take_alerts: Returns: (transfer full) (nullable): texts since the last call that are to be shown to the person: [ALERT] (RFC 9051
 *  §7.1), and what a server warns of unasked ([OVERQUOTA], [UNAVAILABLE], [THROTTLED], [EXPIRED], [CONTACTADMIN]) */
char **mos_imap_session_take_alerts (MosImapSession *self);

/* --- Folders (mos-imap-session-folders.c) --- */

/** mos_imap_session_list_sync: Returns: (transfer full) (nullable) (element-type MosImapFolder): all folders with their roles, also for
 *  servers without SPECIAL-USE (well-known names in many languages; see mos_imap_folders_find_role()) */
GPtrArray *mos_imap_session_list_sync (MosImapSession *self, GCancellable *cancellable, GError **error);

/** mos_imap_session_list_namespaces_sync: Returns: (transfer full) (nullable) (element-type MosImapNamespace): the person's own, other people's and
 *  shared ones, in the server's order (RFC 2342); empty on a server without NAMESPACE. Asked for once a session */
GPtrArray *mos_imap_session_list_namespaces_sync (MosImapSession *self, GCancellable *cancellable, GError **error);
/** mos_imap_session_make_mailbox_sync: Returns: (transfer full) (nullable): the key of a new folder @name (UTF-8, one level) of the person:
 *  behind the prefix of the personal name space ("INBOX.Sent" on some servers, RFC 2342) */
char *mos_imap_session_make_mailbox_sync (MosImapSession *self, const char *name, GCancellable *cancellable, GError **error);
/** mos_imap_session_create_sync: makes a folder; @mailbox: a key (mos_imap_session_make_mailbox_sync()) */
gboolean mos_imap_session_create_sync (MosImapSession *self, const char *mailbox, GCancellable *cancellable, GError **error);
/** mos_imap_session_subscribe_sync: other mail programs show only the folders that the person subscribed to */
gboolean mos_imap_session_subscribe_sync (MosImapSession *self, const char *mailbox, GCancellable *cancellable, GError **error);

/**
 * MosImapSelected:
 * @uidvalidity: never 0
 * @uidnext: 0 when the server does not say
 * @highestmodseq: 0 without CONDSTORE (or NOMODSEQ)
 * @permanent_flags: what UID STORE may change; @can_keywords: \*
 */
typedef struct
{
  guint32 uidvalidity;
  guint32 uidnext;
  guint64 highestmodseq;
  guint32 exists;
  MosMessageFlags permanent_flags;
  gboolean can_keywords;
  gboolean read_only;
} MosImapSelected;

/**
 * mos_imap_session_select_sync:
 * @mailbox: the folder's key (#MosImapFolder.mailbox)
 * @read_only: EXAMINE
 * @known_uidvalidity, @known_modseq: what the caller holds of the folder; with both and QRESYNC the server sends what changed right
 *   away, and the next mos_imap_session_diff_sync() needs no scan. 0 for unknown
 * @ret_selected: (out caller-allocates): also readable later with mos_imap_session_get_selected()
 *
 * Another @ret_selected->uidvalidity than the known one means: everything known of the folder's UIDs is void.
 */
gboolean mos_imap_session_select_sync (MosImapSession *self, const char *mailbox, gboolean read_only, guint32 known_uidvalidity, guint64 known_modseq, MosImapSelected *ret_selected, GCancellable *cancellable, GError **error);

/** MosImapAhead: what is asked along with SELECT, on the same trip: the UIDs, or also sizes, dates and flags of all messages */
typedef enum
{
  MOS_IMAP_AHEAD_NOTHING,
  MOS_IMAP_AHEAD_UIDS,
  MOS_IMAP_AHEAD_PLAN,
} MosImapAhead;

/**
 * mos_imap_session_select_ahead_sync:
 * @what: what the next mos_imap_session_diff_sync() and mos_imap_session_plan_sync() will need. With known UIDs that only makes sense with QRESYNC,
 *   and is not asked where SELECT has no QRESYNC: else their flags are read first
 *
 * Like mos_imap_session_select_sync(), for writing. A server that refuses what was asked along is asked again, alone.
 */
gboolean mos_imap_session_select_ahead_sync (MosImapSession *self, const char *mailbox, guint32 known_uidvalidity, guint64 known_modseq, MosImapAhead what, MosImapSelected *ret_selected, GCancellable *cancellable, GError **error);
/**
 * mos_imap_session_list_ahead_sync:
 * @mailbox: (nullable): the folder that is opened next, mostly the Inbox, which has this name on every server
 * @known_uidvalidity, @known_modseq, @what: as of mos_imap_session_select_ahead_sync()
 *
 * mos_imap_session_list_sync(), and on the same trip what mos_imap_session_select_ahead_sync() is called with next: that one then only takes the answer. Whatever
 * else is asked instead drops it.
 */
GPtrArray *mos_imap_session_list_ahead_sync (MosImapSession *self, const char *mailbox, guint32 known_uidvalidity, guint64 known_modseq, MosImapAhead what, GCancellable *cancellable, GError **error);
/** mos_imap_session_is_ahead: whether nothing was asked since mos_imap_session_list_ahead_sync(), so that its answer is still to be taken */
gboolean mos_imap_session_is_ahead (MosImapSession *self);
/**
 * mos_imap_session_select_again:
 * @uidvalidity: of the look a moment ago
 *
 * Opens a folder that was looked at before, for mos_imap_session_fetch_sync() and its like, which ask on the same trip. When the messages were numbered anew
 * meanwhile, those fail and the session is over.
 */
gboolean mos_imap_session_select_again (MosImapSession *self, const char *mailbox, guint32 uidvalidity, GCancellable *cancellable, GError **error);
/** mos_imap_session_is_at: whether @mailbox is what is selected for writing */
gboolean mos_imap_session_is_at (MosImapSession *self, const char *mailbox);
/**
 * mos_imap_session_look_again_sync:
 * @ret_is_here: (out): whether @mailbox is what is selected for writing; when not, nothing was asked
 *
 * Makes the server tell what came since, and the UIDs for the next mos_imap_session_diff_sync(), in one trip.
 */
gboolean mos_imap_session_look_again_sync (MosImapSession *self, const char *mailbox, gboolean *ret_is_here, GCancellable *cancellable, GError **error);
/** mos_imap_session_get_selected: Returns: (nullable): kept up to date by what the server says unasked; @exists may lag without QRESYNC */
const MosImapSelected *mos_imap_session_get_selected (MosImapSession *self);

/* --- Folders that are not selected (mos-imap-session-others.c) --- */

/**
 * mos_imap_session_watch_sync:
 * @mailboxes: besides the selected one
 * @ret_watching: (out): %FALSE when the server has no NOTIFY (RFC 5465) or does not want to: look at them now and then
 *
 * From here on IDLE also wakes up with MOS_IMAP_WAKE_ELSEWHERE when something happens in one of @mailboxes.
 */
gboolean mos_imap_session_watch_sync (MosImapSession *self, const char *const *mailboxes, gboolean *ret_watching, GCancellable *cancellable, GError **error);
/** mos_imap_session_is_watching: turns %FALSE when the server gives up telling */
gboolean mos_imap_session_is_watching (MosImapSession *self);
/** mos_imap_session_take_changed: Returns: (transfer full) (nullable): which watched folders something happened in since the last call */
char **mos_imap_session_take_changed (MosImapSession *self);

/* --- Looking and fetching (mos-imap-session-fetch.c) --- */

/** MosImapFlags: @modseq 0 without CONDSTORE */
typedef struct
{
  guint32 uid;
  MosMessageFlags flags;
  guint64 modseq;
} MosImapFlags;

/**
 * MosImapDiff: how the selected folder differs from what the caller holds.
 * @added: on the server, unknown to the caller: mos_imap_session_plan_sync()
 * @removed: known to the caller, gone on the server
 * @flags: (element-type MosImapFlags): of known messages; with CONDSTORE only those changed since, else all
 * @highestmodseq: to be stored once all of this is stored (and @added fetched); 0 without CONDSTORE
 */
typedef struct
{
  MosImapUidSet *added;
  MosImapUidSet *removed;
  GArray *flags;
  guint64 highestmodseq;
} MosImapDiff;
void mos_imap_diff_free (MosImapDiff *diff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapDiff, mos_imap_diff_free)

/**
 * mos_imap_session_diff_sync:
 * @known: the UIDs the caller holds under the same UIDVALIDITY; may be empty
 * @known_modseq: the modseq stored with them, 0 for none
 *
 * Returns: (transfer full) (nullable): the difference
 */
MosImapDiff *mos_imap_session_diff_sync (MosImapSession *self, const MosImapUidSet *known, guint64 known_modseq, GCancellable *cancellable, GError **error);

/** MosImapPlanned: @size is a hint (Exchange lies), never a length. @received_us: INTERNALDATE, 0 when the server gave none */
typedef struct
{
  guint32 uid;
  guint64 size;
  gint64 received_us;
  MosMessageFlags flags;
  guint64 modseq;
} MosImapPlanned;

/** mos_imap_session_plan_sync: Returns: (transfer full) (nullable) (element-type MosImapPlanned): sizes, dates and flags of @uids, newest (highest UID) first */
GArray *mos_imap_session_plan_sync (MosImapSession *self, const MosImapUidSet *uids, GCancellable *cancellable, GError **error);

/**
 * MosImapMessage: one message as fetched.
 * @raw: byte for byte; over 1 MiB it is a mapped temporary file, not memory
 * @size: of the whole message
 * @is_truncated: the message is larger than the account allows: @raw is its header only
 */
typedef struct
{
  guint32 uid;
  MosMessageFlags flags;
  gint64 received_us;
  guint64 modseq;
  GBytes *raw;
  guint64 size;
  gboolean is_truncated;
} MosImapMessage;

/** MosImapMessageFunc: @message and its bytes are borrowed (g_bytes_ref() to keep). Return FALSE with @error set to stop. */
typedef gboolean (*MosImapMessageFunc) (const MosImapMessage *message, gpointer user_data, GError **error);

/**
 * mos_imap_session_fetch_sync:
 * @planned: (element-type MosImapPlanned): in the order wanted; cut into batches of ≤ 200 messages and ≤ 4 MiB, three on their way at a time
 * @func: called for each message as it arrives, on this thread. Answers of different batches interleave, so resume from the
 *   set of missing UIDs, never from the last one
 * @ret_missing: (out) (optional) (transfer full): asked for and not delivered (removed meanwhile, or the server cannot give it)
 */
gboolean mos_imap_session_fetch_sync (MosImapSession *self, GArray *planned, MosImapMessageFunc func, gpointer user_data, MosImapUidSet **ret_missing, GCancellable *cancellable, GError **error);

/** MosImapGoOnFunc: asked before each further batch; %FALSE: ask for no more, what is on its way still arrives */
typedef gboolean (*MosImapGoOnFunc) (gpointer user_data);

/**
 * mos_imap_session_fetch_while_sync:
 * @go_on: (nullable): lets the caller end it between batches without the pipe running dry meanwhile
 * @ret_asked: (out) (optional): how many of @planned, from its beginning, were asked for; also set when it fails: the others are as if never planned
 *
 * mos_imap_session_fetch_sync() for long lists.
 */
gboolean mos_imap_session_fetch_while_sync (MosImapSession *self, GArray *planned, MosImapMessageFunc func, MosImapGoOnFunc go_on, gpointer user_data, guint *ret_asked, MosImapUidSet **ret_missing, GCancellable *cancellable, GError **error);

/** mos_imap_session_get_refusal: Returns: (transfer none) (nullable): the server's words when the last mos_imap_session_fetch_sync() left something missing */
const char *mos_imap_session_get_refusal (MosImapSession *self);

/** mos_imap_session_fetch_headers_sync: the same for the headers only: each message comes with is_truncated */
gboolean mos_imap_session_fetch_headers_sync (MosImapSession *self, GArray *planned, MosImapMessageFunc func, gpointer user_data, GCancellable *cancellable, GError **error);

/** mos_imap_session_find_message_id_sync: Returns: (transfer full) (nullable): UIDs in the selected folder with this Message-ID (without angle brackets) */
MosImapUidSet *mos_imap_session_find_message_id_sync (MosImapSession *self, const char *message_id, GCancellable *cancellable, GError **error);
/** mos_imap_session_find_header_sync: the same for any header, a substring match as IMAP has it */
MosImapUidSet *mos_imap_session_find_header_sync (MosImapSession *self, const char *header, const char *value, GCancellable *cancellable, GError **error);

/* --- Changing (mos-imap-session-change.c) --- */

gboolean mos_imap_session_store_flags_sync (MosImapSession *self, const MosImapUidSet *uids, MosMessageFlags add, MosMessageFlags remove, GCancellable *cancellable, GError **error);
/**
 * mos_imap_session_append_sync:
 * @received_us: INTERNALDATE, 0 for the server's now
 * @ret_uidvalidity, @ret_uid: (out) (optional): 0 when the server does not say (no UIDPLUS)
 *
 * The message may be in the folder although the connection broke: look with mos_imap_session_find_message_id_sync() before trying again.
 */
gboolean mos_imap_session_append_sync (MosImapSession *self, const char *mailbox, MosMessageFlags flags, gint64 received_us, GBytes *raw, guint32 *ret_uidvalidity, guint32 *ret_uid, GCancellable *cancellable, GError **error);
/**
 * mos_imap_session_move_sync:
 * @may_copy: on a server without MOVE: COPY, \Deleted and, only with UIDPLUS, UID EXPUNGE of just these. Not in one step: cut off in between, a
 *   message is in both folders. Without @may_copy it is G_IO_ERROR_NOT_SUPPORTED there
 */
gboolean mos_imap_session_move_sync (MosImapSession *self, const MosImapUidSet *uids, const char *mailbox, gboolean may_copy, GCancellable *cancellable, GError **error);

/* --- Waiting (mos-imap-session-idle.c) --- */

typedef enum
{
  MOS_IMAP_WAKE_NEW = 1 << 0,       /* something arrived */
  MOS_IMAP_WAKE_FLAGS = 1 << 1,     /* flags changed */
  MOS_IMAP_WAKE_REMOVED = 1 << 2,   /* something went away */
  MOS_IMAP_WAKE_ELSEWHERE = 1 << 3, /* something happened in a watched folder: mos_imap_session_take_changed() */
} MosImapWake;

/** mos_imap_session_can_idle: FALSE means: poll with mos_imap_session_noop_sync() */
gboolean mos_imap_session_can_idle (MosImapSession *self);
/**
 * mos_imap_session_idle_sync:
 * @max_ms: how long at most; the IDLE command itself is renewed every nine minutes or less
 * @ret_wake: (out): why it came back; 0 when the time passed
 *
 * Comes back at once when something happened since the last look. Cancelled, it returns at once with G_IO_ERROR_CANCELLED and the
 * session stays open: so another thread can end the waiting to have something else done.
 */
gboolean mos_imap_session_idle_sync (MosImapSession *self, guint max_ms, MosImapWake *ret_wake, GCancellable *cancellable, GError **error);
/** mos_imap_session_noop_sync: lets the server say what is new; also shows whether the line is alive */
gboolean mos_imap_session_noop_sync (MosImapSession *self, MosImapWake *ret_wake, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapSession, mos_imap_session_free)

G_END_DECLS

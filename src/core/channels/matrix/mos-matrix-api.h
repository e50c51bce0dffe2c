/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/base/mos-http.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * MosMatrixApi:
 *
 * One account on one Matrix homeserver, by the client-server API: asks, and says what came back or went wrong. It keeps nothing and decides nothing. Blocking,
 * cancellable, bounded; it belongs to the worker thread that makes it.
 *
 * Errors are MOS_CHAT_ERROR_* and G_IO_ERROR of the network; mos_matrix_api_get_trouble() tells more of the last one. "Too many requests" is
 * waited for and asked again as long as that is a matter of seconds, else it is MOS_CHAT_ERROR_TEMPORARY with the time in the trouble.
 */
typedef struct _MosMatrixApi MosMatrixApi;

/**
 * MosMatrixTrouble: what is known of the last request that failed.
 * @status: 0 = no answer came
 * @errcode: the server's code ("M_FORBIDDEN"), "" for none
 * @is_soft_logout: the token is over, but the device and what it had are kept: signing in with the same device id goes on where it was
 * @retry_ms: how long the server asks to be left alone; 0 = it says nothing
 * @may_be_done: the server may have done what it was asked to: no answer came, or none that makes sense
 */
typedef struct
{
  guint status;
  char *errcode;
  gboolean is_soft_logout;
  guint retry_ms;
  gboolean may_be_done;
} MosMatrixTrouble;

/**
 * MosMatrixServer: what a homeserver says of itself.
 * @base_url: without a slash at its end
 * @has_authenticated_media: Matrix 1.11 or newer: media is asked for with the token (§ content repository)
 * @has_password, @has_sso: ways to sign in
 */
typedef struct
{
  char *base_url;
  gboolean has_authenticated_media;
  gboolean has_password;
  gboolean has_sso;
} MosMatrixServer;

/** MosMatrixSession: @user_id: "@shop:example.org"; @device_id: to be kept: transaction ids are remembered for it; @token (nullable): a secret; @base_url: (nullable): where the server wants to be asked from now on */
typedef struct
{
  char *user_id;
  char *device_id;
  char *token;
  char *base_url;
} MosMatrixSession;

void mos_matrix_server_free (MosMatrixServer *self);
void mos_matrix_session_free (MosMatrixSession *self);

/** mos_matrix_api_new: @base_url: as in #MosMatrixServer; @token: (nullable): none yet */
MosMatrixApi *mos_matrix_api_new (const char *base_url, const char *token);
void mos_matrix_api_free (MosMatrixApi *self);
/** mos_matrix_api_get_trouble: Returns: (transfer none): valid until the next request */
const MosMatrixTrouble *mos_matrix_api_get_trouble (MosMatrixApi *self);
/** mos_matrix_api_set_patience: @ms: how long "too many requests" is waited for within a call; 5000 */
void mos_matrix_api_set_patience (MosMatrixApi *self, guint ms);

/* --- finding the server and signing in (mos-matrix-login.c) --- */

/**
 * mos_matrix_discover_sync: finds the homeserver and what it can do (client-server API, "Server discovery")
 * @address: as a person types it: "example.org", "@shop:example.org" or the address of a homeserver; http only on this computer
 * @error: MOS_CHAT_ERROR_NO_SERVER where there is none
 *
 * Returns: (transfer full) (nullable)
 */
MosMatrixServer *mos_matrix_discover_sync (const char *address, GCancellable *cancellable, GError **error);
/** mos_matrix_api_read_server_sync: the same of the server that @self asks, without looking for another. Returns: (transfer full) (nullable) */
MosMatrixServer *mos_matrix_api_read_server_sync (MosMatrixApi *self, GCancellable *cancellable, GError **error);
/**
 * mos_matrix_api_login_sync: signs in, and asks with the new token from then on
 * @user: "shop" or "@shop:example.org"
 * @device_id: (nullable): the one of last time: what was sent with it is still known by its transaction ids
 * @device_name: what the person's other programs call this one
 * @error: MOS_CHAT_ERROR_KEY_REFUSED: wrong name or password
 *
 * Returns: (transfer full) (nullable)
 */
MosMatrixSession *mos_matrix_api_login_sync (MosMatrixApi *self, const char *user, const char *password, const char *device_id, const char *device_name, GCancellable *cancellable, GError **error);
/** mos_matrix_api_whoami_sync: whose the token is. Returns: (transfer full) (nullable): without the token */
MosMatrixSession *mos_matrix_api_whoami_sync (MosMatrixApi *self, GCancellable *cancellable, GError **error);
/** mos_matrix_api_logout_sync: the token is over afterwards */
gboolean mos_matrix_api_logout_sync (MosMatrixApi *self, GCancellable *cancellable, GError **error);

/* --- reading --- */

/** mos_matrix_api_make_filter_sync: has the server keep what mos_matrix_api_sync_sync() is to bring. Returns: (transfer full) (nullable): its id */
char *mos_matrix_api_make_filter_sync (MosMatrixApi *self, const char *user_id, GCancellable *cancellable, GError **error);
/**
 * mos_matrix_api_sync_sync:
 * @filter, @since: (nullable): @since %NULL = all rooms anew
 * @timeout_ms: how long the server may wait for something to happen
 *
 * Returns: (transfer full) (nullable): the JSON, an object
 */
GBytes *mos_matrix_api_sync_sync (MosMatrixApi *self, const char *filter, const char *since, guint timeout_ms, GCancellable *cancellable, GError **error);
/**
 * mos_matrix_api_read_room_sync: at most @limit events of @room, with the names of who wrote them
 * @from: (nullable): %NULL = from its beginning, or its end
 * @to: (nullable): where they end
 * @is_forwards: towards what is newer; else the newest is the first
 *
 * Returns: (transfer full) (nullable): the JSON, an object
 */
GBytes *mos_matrix_api_read_room_sync (MosMatrixApi *self, const char *room, const char *from, const char *to, gboolean is_forwards, guint limit, GCancellable *cancellable, GError **error);
/** mos_matrix_api_read_name_sync: what @user_id is called for people; "" = nothing. Returns: (transfer full) (nullable) */
char *mos_matrix_api_read_name_sync (MosMatrixApi *self, const char *user_id, GCancellable *cancellable, GError **error);

/** mos_matrix_api_read_event_sync: one event. Returns: (transfer full) (nullable): an object; MOS_CHAT_ERROR_GONE where there is none */
JsonNode *mos_matrix_api_read_event_sync (MosMatrixApi *self, const char *room, const char *event, GCancellable *cancellable, GError **error);
/** mos_matrix_api_read_reactions_sync: signs that were put to @event, 100 at most. Returns: (transfer full) (nullable): an object with a "chunk" of events */
JsonNode *mos_matrix_api_read_reactions_sync (MosMatrixApi *self, const char *room, const char *event, GCancellable *cancellable, GError **error);

/* --- rooms --- */

/** mos_matrix_api_is_encrypted_sync: @ret_is: (out): whether what is written in @room is encrypted. Returns: whether it is known */
gboolean mos_matrix_api_is_encrypted_sync (MosMatrixApi *self, const char *room, gboolean *ret_is, GCancellable *cancellable, GError **error);
gboolean mos_matrix_api_join_sync (MosMatrixApi *self, const char *room, GCancellable *cancellable, GError **error);
gboolean mos_matrix_api_leave_sync (MosMatrixApi *self, const char *room, GCancellable *cancellable, GError **error);
/** mos_matrix_api_invite_sync: makes an unencrypted room with @user_id and invites them. It may not be asked twice: MOS_CHAT_ERROR_UNCERTAIN. Returns: (transfer full) (nullable): the room */
char *mos_matrix_api_invite_sync (MosMatrixApi *self, const char *user_id, const char *title, GCancellable *cancellable, GError **error);

/* --- writing --- */

/**
 * mos_matrix_api_send_sync: @type: "m.room.message"; @key: the transaction id: the same again is the same event
 * @content: (transfer none): an object
 *
 * Returns: (transfer full) (nullable): the event's id
 */
char *mos_matrix_api_send_sync (MosMatrixApi *self, const char *room, const char *type, const char *key, JsonNode *content, GCancellable *cancellable, GError **error);
/** mos_matrix_api_redact_sync: @why: (nullable). Returns: (transfer full) (nullable): the redaction's id */
char *mos_matrix_api_redact_sync (MosMatrixApi *self, const char *room, const char *event, const char *key, const char *why, GCancellable *cancellable, GError **error);
/** mos_matrix_api_mark_read_sync: everything up to @event was read */
gboolean mos_matrix_api_mark_read_sync (MosMatrixApi *self, const char *room, const char *event, GCancellable *cancellable, GError **error);
/** mos_matrix_api_tell_typing_sync: @ms: how long it is shown; 0 = no more */
gboolean mos_matrix_api_tell_typing_sync (MosMatrixApi *self, const char *room, const char *user_id, guint ms, GCancellable *cancellable, GError **error);

/* --- media --- */

/** mos_matrix_api_read_upload_limit_sync: @ret_bytes: 0 = the server names none */
gboolean mos_matrix_api_read_upload_limit_sync (MosMatrixApi *self, guint64 *ret_bytes, GCancellable *cancellable, GError **error);
/** mos_matrix_api_upload_sync: Returns: (transfer full) (nullable): "mxc://server/id" */
char *mos_matrix_api_upload_sync (MosMatrixApi *self, const char *name, const char *type, GBytes *data, GCancellable *cancellable, GError **error);
/** mos_matrix_api_upload_file_sync: the same of a file on the disk, which is never held as a whole */
char *mos_matrix_api_upload_file_sync (MosMatrixApi *self, const char *name, const char *type, const char *path, GCancellable *cancellable, GError **error);
/**
 * mos_matrix_api_download_sync:
 * @uri: "mxc://server/id"
 * @max: bytes
 * @error: MOS_CHAT_ERROR_GONE, MOS_CHAT_ERROR_TOO_LARGE; what @into fails with
 *
 * Returns: (transfer full) (nullable): the media type that the server says. After an error, what was written is half of it
 */
char *mos_matrix_api_download_sync (MosMatrixApi *self, const char *uri, guint64 max, GOutputStream *into, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixServer, mos_matrix_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixSession, mos_matrix_session_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixApi, mos_matrix_api_free)

G_END_DECLS

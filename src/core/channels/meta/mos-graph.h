/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/base/mos-http-form.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define MOS_GRAPH_SERVER "https://graph.facebook.com"
#define MOS_INSTAGRAM_SERVER "https://graph.instagram.com" /* the same of Instagram's own accounts */
#define MOS_GRAPH_VERSION "v23.0"
#define MOS_META_VERSION "version" /* setting of an account: another version than that */

/**
 * MosGraph:
 *
 * Meta's Graph API (developers.facebook.com/docs/graph-api): one token, one
 * version. Blocking and cancellable; it belongs to the thread that makes it.
 * Errors are MOS_CHAT_ERROR_* with Meta's own words behind its code ("131047:
 * Re-engagement message"), or G_IO_ERROR. The token goes in a header, never into
 * an address.
 */
typedef struct _MosGraph MosGraph;

/** mos_graph_new: @server, @version: (nullable): others than the usual ones */
MosGraph *mos_graph_new (const char *server, const char *version, const char *token);
void mos_graph_free (MosGraph *self);
/** mos_graph_get_token: Returns: (transfer none) */
const char *mos_graph_get_token (MosGraph *self);
/** mos_graph_set_token: another one from now on */
void mos_graph_set_token (MosGraph *self, const char *token);
/** mos_graph_get_now_us: Returns: what the server's clock showed with its last answer; 0 = it did not say */
gint64 mos_graph_get_now_us (MosGraph *self);
/** mos_graph_get_pause_ms: Returns: for how long it would rather be left alone, as its last answer said; 0 = it does not mind */
guint mos_graph_get_pause_ms (MosGraph *self);

/** mos_graph_get_sync: @path: below the version: "123?fields=a". @ret_retry_ms: of a failure: how long it asks to be left alone. Returns: (transfer full) (nullable): the object that it answers with */
JsonObject *mos_graph_get_sync (MosGraph *self, const char *path, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/**
 * mos_graph_renew_sync: another token for this one, which lives for a while longer (docs/instagram-platform/reference/refresh_access_token): of Instagram's own accounts alone
 * @ret_lasts_s: (out): how long it does
 *
 * The token stands in the address of the question, where alone it is taken. Returns: (transfer full) (nullable)
 */
char *mos_graph_renew_sync (MosGraph *self, gint64 *ret_lasts_s, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/**
 * mos_graph_post_sync: never asked twice by itself
 * @body: what is sent as JSON
 * @ret_has_left: (out) (optional): of a failure: the server may have got it
 */
JsonObject *mos_graph_post_sync (MosGraph *self, const char *path, JsonNode *body, gboolean *ret_has_left, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_graph_upload_sync: a form with a file: twice it does no harm */
JsonObject *mos_graph_upload_sync (MosGraph *self, const char *path, MosHttpForm *form, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_graph_fetch_sync: bytes at an address that it named. @ret_type: (out) (optional) (nullable). MOS_CHAT_ERROR_PROTOCOL where the token has nothing to do there. Returns: (transfer full) (nullable): @max bytes at most */
GBytes *mos_graph_fetch_sync (MosGraph *self, const char *url, gsize max, char **ret_type, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/** mos_graph_fetch_open_sync: the same of an address that is a key by itself (signed): the token is not shown, whoever answers. MOS_CHAT_ERROR_GONE where it is good no more */
GBytes *mos_graph_fetch_open_sync (MosGraph *self, const char *url, gsize max, char **ret_type, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/** mos_graph_judge: a pure function: what an answer that is no success means. @is_sending: it was about a message to somebody */
void mos_graph_judge (guint status, GBytes *body, gboolean is_sending, GError **error);
/** mos_graph_error_of_code: @subcode: 0 = none. Returns: the MOS_CHAT_ERROR_* that Meta's error @code stands for; MOS_CHAT_ERROR_REFUSED for all that are not told apart */
MosChatError mos_graph_error_of_code (gint64 code, gint64 subcode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosGraph, mos_graph_free)

G_END_DECLS

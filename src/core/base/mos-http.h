/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-http-form.h"

G_BEGIN_DECLS

/**
 * MosHttp:
 *
 * HTTP for the core: blocking, cancellable, bounded. It belongs to the worker
 * thread that makes it and is never shared. No cookies, no cache, no
 * credentials of its own. Only https, and http to this computer itself.
 *
 * "Too many" (429) and "not now" (503) are asked again after the time the server
 * names, up to the options' patience; what broke on the way only where asking
 * twice does no harm. Redirections are not followed unless that is asked for: what is sent is often secret.
 */
typedef struct _MosHttp MosHttp;

/**
 * MosHttpOptions: 0 for the defaults
 * @timeout_s: silence on the line: 30; an answer may take five times as long in all
 * @attempts: how often a request is made: 3
 * @max_wait_s: longest time between two of them; a server that names a longer one is not asked again: 30
 * @max_bytes: largest answer taken: 1 MiB
 */
typedef struct
{
  guint timeout_s;
  guint attempts;
  guint max_wait_s;
  gsize max_bytes;
} MosHttpOptions;

typedef enum
{
  MOS_HTTP_DEFAULT = 0,
  MOS_HTTP_REPEATABLE = 1 << 0, /* made twice it does no harm */
  MOS_HTTP_KEEP_LINE = 1 << 1,  /* over a line that is there already, whatever the method: only what is REPEATABLE, since the line may just be ending */
  MOS_HTTP_FOLLOW = 1 << 2,     /* where it leads elsewhere, five times at most; to another server without the headers that were given: they may be secret. GET alone */
} MosHttpFlags;

/**
 * MosHttpAnswer:
 * @type: media type without parameters, "" where there is none
 * @location: (nullable): where a redirection leads, whole
 * @retry_after_s: how long it asks to be left alone; 0 = it says nothing
 * @pause_ms: it answered, but its allotment is nearly used up, and is renewed after this; 0 = there is enough of it, or it says nothing
 * @date_us: what its clock showed; 0 = it does not say
 * @body: never %NULL
 */
typedef struct
{
  guint status;
  char *type;
  char *location;
  guint retry_after_s;
  guint pause_ms;
  gint64 date_us;
  GBytes *body;
} MosHttpAnswer;

/** mos_http_new: @options: (nullable) */
MosHttp *mos_http_new (const MosHttpOptions *options);
void mos_http_free (MosHttp *self);

/** mos_http_url_is_allowed: Returns: whether secrets may go there: https, or http on this computer */
gboolean mos_http_url_is_allowed (const char *url);

/**
 * mos_http_request_sync:
 * @method: "GET", "POST", …
 * @headers: (nullable): names and values in turn, %NULL at the end
 * @type, @body: (nullable)
 * @error: G_IO_ERROR_INVALID_ARGUMENT for a bad URL, G_IO_ERROR_MESSAGE_TOO_LARGE, network trouble, G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, of whatever status
 */
MosHttpAnswer *mos_http_request_sync (MosHttp *self, const char *method, const char *url, const char *const *headers, const char *type, GBytes *body, MosHttpFlags flags, GCancellable *cancellable, GError **error);

/**
 * MosHttpRequest: a request with all that may be said of it; what is not set is as in mos_http_request_sync()
 * @method, @url: needed
 * @headers: (nullable): names and values in turn, %NULL at the end
 * @type, @body: (nullable): what is sent; or @form: (nullable): what is sent and read meanwhile
 * @timeout_s: silence on the line before and within the answer, where it is another than usual: an answer that is held back on purpose (a long poll) takes longer. 0 = as usual
 * @max_bytes: largest answer taken; 0 = as usual. An answer that is written into @into may be @max_into bytes large
 * @into: (nullable): where the body of an answer of status 200 goes as it comes; of others it is in the answer. What is there after an error is half of it, and
 *   nothing is asked again once something is there
 * @max_into: how much is written there at most
 */
typedef struct
{
  const char *method;
  const char *url;
  const char *const *headers;
  const char *type;
  GBytes *body;
  MosHttpForm *form;
  MosHttpFlags flags;
  guint timeout_s;
  gsize max_bytes;
  GOutputStream *into;
  guint64 max_into;
} MosHttpRequest;

/** mos_http_send_sync: as mos_http_request_sync(), which says what is returned and what goes wrong. What is written into a stream may also fail as that does */
MosHttpAnswer *mos_http_send_sync (MosHttp *self, const MosHttpRequest *request, GCancellable *cancellable, GError **error);
/** mos_http_has_left: Returns: whether the server may have got anything of the last request: %FALSE = there was no line to it, or nobody trusted at its end */
gboolean mos_http_has_left (MosHttp *self);
/** mos_http_has_left_whole: Returns: whether it may have got all of the last request: half of an upload is nothing that it could have done */
gboolean mos_http_has_left_whole (MosHttp *self);
/** mos_http_wait_sync: waits @ms, as a server asked. @error: G_IO_ERROR_CANCELLED. Returns: whether the time is over */
gboolean mos_http_wait_sync (guint ms, GCancellable *cancellable, GError **error);
void mos_http_answer_free (MosHttpAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosHttp, mos_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosHttpAnswer, mos_http_answer_free)

G_END_DECLS

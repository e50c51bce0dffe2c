/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/matrix/mos-matrix-api.h"

G_BEGIN_DECLS

/* Within this folder: one request and its answer (mos-matrix-ask.c). */

typedef enum
{
  MOS_MATRIX_ASK_DEFAULT = 0,
  MOS_MATRIX_ASK_ONCE = 1 << 0,     /* twice it does harm: what may have been done is MOS_CHAT_ERROR_UNCERTAIN */
  MOS_MATRIX_ASK_NO_TOKEN = 1 << 1, /* whoever answers does not get it */
  MOS_MATRIX_ASK_LOGIN = 1 << 2,    /* "forbidden" means a wrong password */
  MOS_MATRIX_ASK_FOLLOW = 1 << 3,   /* where it leads elsewhere */
} MosMatrixAskFlags;

/**
 * MosMatrixAsk: @path: below the base URL, encoded, with its query; @json: (nullable): what is sent
 * @request: (nullable): more of it: type, body, form, timeout_s, max_bytes, into, max_into
 */
typedef struct
{
  const char *method;
  const char *path;
  JsonNode *json;
  const MosHttpRequest *request;
  MosMatrixAskFlags flags;
} MosMatrixAsk;

struct _MosMatrixApi
{
  MosHttp *http;
  char *base_url;
  char *token; /* (nullable) */
  guint patience_ms;
  gint64 has_media_api; /* -1 = not asked yet */
  MosMatrixTrouble trouble;
};

/** mos_matrix_ask: Returns: (transfer full) (nullable): an answer of status 200 */
MosHttpAnswer *mos_matrix_ask (MosMatrixApi *self, const MosMatrixAsk *ask, GCancellable *cancellable, GError **error);
/** mos_matrix_ask_object: Returns: (transfer full) (nullable): an answer that is an object */
JsonNode *mos_matrix_ask_object (MosMatrixApi *self, const MosMatrixAsk *ask, GCancellable *cancellable, GError **error);
/** mos_matrix_read_object: Returns: (transfer full) (nullable): %NULL for what is no JSON object, or one too deep */
JsonNode *mos_matrix_read_object (GBytes *bytes);
/** mos_matrix_path: @format: only "%s"; what stands for each is encoded. Returns: (transfer full) */
char *mos_matrix_path (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS

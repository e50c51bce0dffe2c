/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-private.h"

G_BEGIN_DECLS

/** MosAccountJob: what one call about an account takes to a worker and back; the caller's task owns it */
typedef struct
{
  MosStore *store;      /* (owned) */
  MosChannelHost *host; /* (owned) (nullable): for the credentials of an account that is there */
  MosAccount *account;  /* (owned) (nullable) */
  char *id;
  char *name;
  char *address;
  char *password;            /* (nullable): or a refresh token */
  char *client_secret;       /* (nullable) */
  MosCredential *credential; /* (owned) (nullable) */
  MosOAuthTokens *tokens;    /* (owned) (nullable) */
  MosTestProgress progress;
  gpointer progress_data;
  gboolean is_for_run; /* the password stays in memory */
  const char *stage;
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GTlsCertificateFlags flags;
  GBytes *picture; /* (owned) (nullable) */
  gint64 since_us; /* of a message to oneself: when it was queued */

  /* Signing in */
  MosSignInOpen open;
  gpointer open_data;
  char *language;
  char *title;
  char *done;
  char *denied;
  char *stale;
  gboolean is_rtl;
} MosAccountJob;

/** mos_account_task: Returns: (transfer full): with an empty #MosAccountJob as its data */
GTask *mos_account_task (MosDesk *self, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_account_push: @worker: one of @self's, made when there is none; @free_func: (nullable): the inner task gives a pointer that it frees, else a boolean */
void mos_account_push (MosDesk *self, MosWorker **worker, GTask *task, GTaskThreadFunc func, GDestroyNotify free_func);
/** mos_account_save: @client_secret, @tokens: (nullable): of an account that signs in through a web page, whose refresh token is @password */
void mos_account_save (MosDesk *self, MosAccount *account, const char *password, const char *client_secret, MosOAuthTokens *tokens, gboolean is_for_run, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-mail-connection.h"

G_BEGIN_DECLS

/* What mos-mail-connection.c (the public calls) and mos-mail-connection-wait.c (blocking with an end) share. */

#define MOS_MAIL_BUFFER_SIZE (64 * 1024)

struct _MosMailConnection
{
  GObject parent_instance;

  GMainContext *context;    /* (owned): iterated only inside the blocking calls, so nothing runs behind the caller's back */
  MosServer *server;        /* (owned) */
  GTlsDatabase *ca;         /* (owned) (nullable) */
  char *pinned;             /* (owned) (nullable) */
  GSocketConnection *tcp;   /* (owned) */
  GIOStream *stream;        /* (owned): @tcp, or the TLS connection around it */
  GInputStream *inflate;    /* (owned) (nullable): around @stream's */
  GConverter *deflate;      /* (owned) (nullable) */
  GTlsCertificate *refused; /* (owned) (nullable) */
  GTlsCertificateFlags refused_flags;
  gboolean encrypted;
  gboolean trace;
  guint timeout_ms;
  guint8 *buffer; /* (owned) */
  gsize start;
  gsize end;
  guint64 received; /* bytes from the network, decrypted and unpacked */
  gint64 waited_us; /* for them */
  gint closed;      /* (atomic) */
};

/* One asynchronous call of GIO, driven to its end on the connection's own context */
typedef struct
{
  GCancellable *inner; /* (owned): cancelled by the caller's cancellable or by the timer */
  GSource *timer;      /* (owned) (nullable) */
  GCancellable *outer; /* (nullable) */
  gulong outer_id;
  gboolean timed_out;
  GAsyncResult *result; /* (owned) (nullable) */
} MosMailOperation;

void mos_mail_operation_begin (MosMailConnection *self, MosMailOperation *op, GCancellable *cancellable);
void mos_mail_operation_done_cb (GObject *source, GAsyncResult *result, gpointer data);
void mos_mail_operation_run (MosMailConnection *self, MosMailOperation *op);
void mos_mail_operation_end (MosMailConnection *self, MosMailOperation *op, const char *what, GError **error);

void mos_mail_connection_map_error (GError **error);
gboolean mos_mail_connection_check_open (MosMailConnection *self, GError **error);
gboolean mos_mail_connection_fill (MosMailConnection *self, guint timeout_ms, gboolean *ret_timed_out, GCancellable *cancellable, GError **error);
gboolean mos_mail_connection_write_bytes (MosMailConnection *self, const guint8 *data, gsize size, GCancellable *cancellable, GError **error);

G_END_DECLS

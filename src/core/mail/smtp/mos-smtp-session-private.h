/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-mail-connection.h"
#include "core/mail/smtp/mos-smtp-reply.h"
#include "core/mail/smtp/mos-smtp-session.h"

G_BEGIN_DECLS

struct _MosSmtpSession
{
  GObject parent_instance;

  MosServer *server;             /* (owned) */
  MosMailConnection *connection; /* (owned) (nullable) */
  MosSmtpExtensions *extensions; /* (owned) */
  char *mechanism;               /* (owned) (nullable): of the login */
  MosSmtpFinalFunc final;        /* (nullable) */
  char *envelope_id;             /* (owned) (nullable): for reports about the next messages */
  gpointer final_data;
  gboolean usable; /* in step with the server, nothing half sent */
};

/* How long to wait: RFC 5321 §4.5.3.2 asks for minutes; a person waits for the first ones. */
#define MOS_SMTP_TIMEOUT_MS (60 * 1000)
#define MOS_SMTP_FINAL_TIMEOUT_MS (10 * 60 * 1000)

/* What follows connecting, on any connection: greeting, EHLO, STARTTLS. Keeps a reference of @connection. */
MosSmtpSession *mos_smtp_session_open_on (MosServer *server, MosMailConnection *connection, GCancellable *cancellable, GError **error);
typedef struct
{
  guint each_ms;
  guint final_ms;
  guint grace_ms; /* after a cancellation or a broken line, for an answer that is on its way */
} MosSmtpTimeouts;

/** mos_smtp_timeouts: of sessions opened from now on. Changed only by tests, before any session is open: a silent server need not take minutes there */
extern MosSmtpTimeouts mos_smtp_timeouts;

gboolean mos_smtp_session_command (MosSmtpSession *self, const char *command, const char *shown, GCancellable *cancellable, GError **error);
MosSmtpReply *mos_smtp_session_read_reply (MosSmtpSession *self, GCancellable *cancellable, GError **error);
MosSmtpReply *mos_smtp_session_ask (MosSmtpSession *self, const char *command, const char *shown, GCancellable *cancellable, GError **error);

G_END_DECLS

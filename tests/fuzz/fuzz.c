/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/net/mos-mail-connection-private.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

/* No read waits for longer: what was said is there from the beginning. */
#define TIMEOUT_MS 2000

int
LLVMFuzzerInitialize (int *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  return 0;
}

MosServer *
fuzz_server_new (void)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup ("mail.test");
  server->port = 1;
  server->user = g_strdup ("me");
  server->security = MOS_SECURITY_NONE;
  return server;
}

static void
close_peer (gpointer data)
{
  close (GPOINTER_TO_INT (data));
}

MosMailConnection *
fuzz_connection_new (MosServer *server,
                     const uint8_t *data,
                     size_t size)
{
  MosMailConnection *self = g_object_new (MOS_TYPE_MAIL_CONNECTION, NULL);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  int room = 1024 * 1024;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
  /* All of it must fit, for nobody reads while we write. */
  setsockopt (pair[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  while (size > 0)
    {
      ssize_t n = send (pair[1], data, size, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      data += n;
      size -= (size_t) n;
    }
  shutdown (pair[1], SHUT_WR);

  socket = g_socket_new_from_fd (pair[0], &error);
  g_assert_no_error (error);
  self->server = mos_server_ref (server);
  self->timeout_ms = TIMEOUT_MS;
  self->tcp = g_socket_connection_factory_create_connection (socket);
  self->stream = g_object_ref (G_IO_STREAM (self->tcp));
  g_object_set_data_full (G_OBJECT (self), "fuzz-peer", GINT_TO_POINTER (pair[1]), close_peer);
  return self;
}

void
fuzz_check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

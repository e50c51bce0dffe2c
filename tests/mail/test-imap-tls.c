/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/imap/mos-imap-session.h"
#include "mos-test-imap-server.h"
#include "mos-test.h"

#include <string.h>

/* Certificates of every kind of wrong, made on the spot by openssl (made beforehand they would expire). */

typedef struct
{
  char *dir;
  char *ca_file;
} Authority;

static void
run_openssl (Authority *self,
             const char *line)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *command = g_strconcat ("openssl ", line, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  g_subprocess_launcher_set_cwd (launcher, self->dir);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static Authority *
authority_new (void)
{
  Authority *self = g_new0 (Authority, 1);

  self->dir = mos_test_dir_new ();
  self->ca_file = g_build_filename (self->dir, "ca.pem", NULL);
  run_openssl (self, "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj '/CN=Test authority' -days 2 "
                     "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign");
  return self;
}

static void
authority_free (Authority *self)
{
  g_clear_pointer (&self->dir, mos_test_dir_free);
  g_free (self->ca_file);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Authority, authority_free)

static GTlsCertificate *
make_certificate (Authority *self,
                  const char *san,
                  const char *from,
                  const char *until,
                  gboolean self_signed)
{
  g_autofree char *line = NULL;
  g_autofree char *cert_file = g_build_filename (self->dir, "server.pem", NULL);
  g_autofree char *key_file = g_build_filename (self->dir, "server.key", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  line = g_strdup_printf ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.pem -subj '/CN=server' %s "
                          "-addext subjectAltName=%s -addext extendedKeyUsage=serverAuth -addext basicConstraints=critical,CA:FALSE -not_before %s -not_after %s",
                          self_signed ? "" : "-CA ca.pem -CAkey ca.key", san, from, until);
  run_openssl (self, line);
  certificate = g_tls_certificate_new_from_files (cert_file, key_file, &error);
  g_assert_no_error (error);
  return certificate;
}

typedef struct
{
  const char *name;
  const char *san;
  const char *from;
  const char *until;
  gboolean self_signed;
  GTlsCertificateFlags flags;
} Case;

#define PAST "20200101000000Z"
#define LESS_PAST "20210101000000Z"
#define FUTURE "20980101000000Z"
#define MORE_FUTURE "20990101000000Z"

static const Case cases[] = {
  { "right", "IP:127.0.0.1", PAST, FUTURE, FALSE, 0 },
  { "wrong-host", "DNS:elsewhere.test", PAST, FUTURE, FALSE, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "expired", "IP:127.0.0.1", PAST, LESS_PAST, FALSE, G_TLS_CERTIFICATE_EXPIRED },
  { "not-yet", "IP:127.0.0.1", FUTURE, MORE_FUTURE, FALSE, G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { "self-signed", "IP:127.0.0.1", PAST, FUTURE, TRUE, G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "expired-for-another-host", "DNS:elsewhere.test", PAST, LESS_PAST, FALSE, G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_BAD_IDENTITY },
};

/* Refused with its flags, before a name or a password is sent, by TLS and by STARTTLS alike; accepted with its pin. */
static void
test_certificate (gconstpointer data)
{
  static const char *const tls_good[] = { "T", "S * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi", "C AUTHENTICATE PLAIN *", "S $t OK [CAPABILITY IMAP4rev1] in", NULL };
  static const char *const starttls_good[] = { "S * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN LOGINDISABLED] hi", "C STARTTLS", "S $t OK go", "T", "C CAPABILITY", "S * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR", "S $t OK", "C AUTHENTICATE PLAIN *", "S $t OK [CAPABILITY IMAP4rev1] in", NULL };
  static const char *const tls_refused[] = { "H", NULL };
  static const char *const starttls_refused[] = { "S * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi", "C STARTTLS", "S $t OK go", "H", NULL };
  static const MosSecurity securities[] = { MOS_SECURITY_TLS, MOS_SECURITY_STARTTLS };
  const Case *c = data;
  g_autoptr (Authority) authority = authority_new ();
  g_autoptr (GTlsCertificate) certificate = make_certificate (authority, c->san, c->from, c->until, c->self_signed);
  g_autofree char *pin = mos_tls_certificate_get_sha256 (certificate);

  for (gsize s = 0; s < G_N_ELEMENTS (securities); s++)
    for (int pinned = 0; pinned < 2; pinned++)
      {
        gboolean tls = securities[s] == MOS_SECURITY_TLS;
        gboolean good = c->flags == 0 || pinned;
        MosTestImapServer *peer = mos_test_imap_server_new (good ? tls ? tls_good : starttls_good : tls ? tls_refused
                                                                                                        : starttls_refused,
                                                            certificate);
        g_autoptr (MosServer) server = mos_test_imap_server_make (peer, securities[s]);
        MosImapOptions options = { .password = "secret", .ca_file = authority->ca_file, .pinned_certificate = pinned ? pin : NULL, .timeout_ms = 10000 };
        g_autoptr (GError) error = NULL;
        g_autoptr (MosImapSession) session = mos_imap_session_open_sync (server, &options, NULL, &error);

        if (good)
          g_assert_no_error (error);
        else
          {
            const MosTlsProblem *problem = mos_tls_problem_get_last ();
            g_autofree char *seen = NULL;

            g_assert_null (session);
            g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE);
            g_assert_nonnull (problem);
            g_assert_cmpuint (problem->flags, ==, c->flags);
            seen = mos_tls_certificate_get_sha256 (problem->certificate);
            g_assert_cmpstr (seen, ==, pin);
          }
        g_clear_pointer (&session, mos_imap_session_free);
        mos_test_imap_server_finish (peer);
      }
}

/* A handshake that never comes ends by the time-out, and by cancelling. */
static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_silent (gconstpointer data)
{
  static const char *const script[] = { "W", NULL };
  gboolean by_cancel = GPOINTER_TO_INT (data);
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosServer) server = mos_test_imap_server_make (peer, MOS_SECURITY_TLS);
  MosImapOptions options = { .password = "secret", .timeout_ms = by_cancel ? 10000 : 300 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = by_cancel ? g_thread_new ("cancel", cancel_soon, cancellable) : NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (MosImapSession) session = mos_imap_session_open_sync (server, &options, cancellable, &error);

  g_assert_null (session);
  if (by_cancel)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
  if (thread != NULL)
    g_thread_join (thread);
  mos_test_imap_server_finish (peer);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/tls/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_certificate);
    }
  g_test_add_data_func ("/imap/tls/silent/times-out", GINT_TO_POINTER (FALSE), test_silent);
  g_test_add_data_func ("/imap/tls/silent/cancelled", GINT_TO_POINTER (TRUE), test_silent);
  return g_test_run ();
}

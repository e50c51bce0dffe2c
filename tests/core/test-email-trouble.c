/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-error.h"
#include "core/channels/email/mos-email-trouble.h"
#include "mos-test.h"

static double
fixed_random (gpointer data)
{
  return *(double *) data;
}

static void
test_backoff (void)
{
  static const gint64 seconds[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 };
  double zero = 0.0;
  double most = 0.999;
  MosBackoff backoff;

  mos_backoff_init (&backoff, fixed_random, &zero);
  for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
    g_assert_cmpint (mos_backoff_next (&backoff), ==, seconds[i] * G_USEC_PER_SEC);
  mos_backoff_reset (&backoff);
  g_assert_cmpint (mos_backoff_next (&backoff), ==, G_USEC_PER_SEC);

  /* The jitter only ever makes it longer, by less than a quarter. */
  mos_backoff_init (&backoff, fixed_random, &most);
  for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      gint64 us = mos_backoff_next (&backoff);

      g_assert_cmpint (us, >, seconds[i] * G_USEC_PER_SEC);
      g_assert_cmpint (us, <, seconds[i] * G_USEC_PER_SEC * 5 / 4);
    }
}

static void
test_retry_delay (void)
{
  double zero = 0.0;
  gint64 before = 0;

  g_assert_cmpint (mos_backoff_retry_delay (1, 60, fixed_random, &zero), ==, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (mos_backoff_retry_delay (2, 60, fixed_random, &zero), ==, 120 * G_USEC_PER_SEC);
  g_assert_cmpint (mos_backoff_retry_delay (G_MAXUINT, 60, fixed_random, &zero), ==, G_GINT64_CONSTANT (3600000000));
  for (guint i = 0; i < 100; i++)
    {
      gint64 us = mos_backoff_retry_delay (i, 60, fixed_random, &zero);

      g_assert_cmpint (us, >=, before);
      before = us;
    }
}

static void
test_troubles (void)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *why;
    MosAccountState state;
    gboolean stop;
    MosDelivery delivery;
  } table[] = {
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED, "auth-failed", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOKEN_REFUSED, "sign-in-again", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_SIGN_IN_AGAIN, "sign-in-again", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_GRANT, "sign-in-again", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT, "oauth-client", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_TEMPORARY, "temporary", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "auth-unsupported", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE, "bad-certificate", MOS_ACCOUNT_BAD_CERTIFICATE, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_TLS_REQUIRED, "tls-required", MOS_ACCOUNT_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY, "temporary", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "protocol", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "refused", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_FAILED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "too-large", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_FAILED },
    { MOS_MAIL_ERROR, MOS_MAIL_ERROR_UNCERTAIN, "protocol", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_UNCERTAIN },
    { MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD, "no-password", MOS_ACCOUNT_AUTH_FAILED, TRUE, MOS_DELIVERY_QUEUED },
    { MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE, "no-secret-service", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL, "disk-full", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "host-not-found", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "network", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "connection-refused", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "timeout", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "network", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
    { G_TLS_ERROR, G_TLS_ERROR_MISC, "tls-failed", MOS_ACCOUNT_WAITING, FALSE, MOS_DELIVERY_QUEUED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (table[i].domain, table[i].code, "words");
      g_autoptr (MosSendResult) result = mos_email_send_result_from_error ("m", error);
      MosEmailTrouble trouble = mos_email_trouble_from_error (error);

      g_assert_cmpstr (trouble.why, ==, table[i].why);
      g_assert_cmpint (trouble.state, ==, table[i].state);
      g_assert_cmpint (trouble.stop, ==, table[i].stop);
      g_assert_cmpint (result->state, ==, table[i].delivery);
      g_assert_cmpstr (result->detail, ==, "words");
      g_assert_nonnull (result->why);
    }
}

/* A full mailbox is another trouble than a message that is too large. */
static void
test_over_quota (void)
{
  g_autoptr (GError) error = g_error_new_literal (MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "[OVERQUOTA] Not enough disk quota");
  MosEmailTrouble trouble = mos_email_trouble_from_error (error);

  g_assert_cmpstr (trouble.why, ==, "over-quota");
  g_assert_cmpint (trouble.state, ==, MOS_ACCOUNT_WAITING);
  g_assert_false (trouble.stop);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/email/backoff", test_backoff);
  g_test_add_func ("/email/retry-delay", test_retry_delay);
  g_test_add_func ("/email/troubles", test_troubles);

  g_test_add_func ("/email/trouble/over-quota", test_over_quota);
  return g_test_run ();
}

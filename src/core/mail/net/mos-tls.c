/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-tls-private.h"

/* --- The last refused certificate of a thread ------------------------------------------------ */

static void
mos_tls_problem_free (gpointer data)
{
  MosTlsProblem *problem = data;

  g_clear_object (&problem->certificate);
  g_free (problem);
}

static GPrivate last_problem = G_PRIVATE_INIT (mos_tls_problem_free);

const MosTlsProblem *
mos_tls_problem_get_last (void)
{
  return g_private_get (&last_problem);
}

void
mos_tls_problem_forget (void)
{
  g_private_replace (&last_problem, NULL);
}

static char *
describe_flags (GTlsCertificateFlags flags)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    const char *text;
  } names[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "unknown authority" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "made for another host" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not valid yet" },
    { G_TLS_CERTIFICATE_EXPIRED, "expired" },
    { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "insecure algorithm" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, "invalid" },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (flags & names[i].flag)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i].text);

  return g_string_free (text, FALSE);
}

void
mos_tls_problem_set_error (GTlsCertificate *certificate,
                           GTlsCertificateFlags flags,
                           const char *host,
                           GError **error)
{
  g_autofree char *why = describe_flags (flags);
  MosTlsProblem *problem = g_new0 (MosTlsProblem, 1);

  problem->certificate = g_object_ref (certificate);
  problem->flags = flags;
  g_private_replace (&last_problem, problem);
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE, "The certificate of %s cannot be trusted: %s", host, why);
}

/* --- Judging --------------------------------------------------------------------------------- */

char *
mos_tls_certificate_get_sha256 (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

GTlsCertificateFlags
mos_tls_judge (GTlsCertificate *certificate,
               GTlsCertificateFlags flags,
               gboolean by_own_ca,
               const char *pinned,
               GSocketConnectable *identity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) system = NULL;
  GTlsCertificateFlags by_system;

  if (pinned != NULL)
    {
      g_autofree char *sha256 = mos_tls_certificate_get_sha256 (certificate);

      if (g_ascii_strcasecmp (sha256, pinned) == 0)
        return G_TLS_CERTIFICATE_NO_FLAGS;
    }
  if (!by_own_ca || !(flags & G_TLS_CERTIFICATE_UNKNOWN_CA))
    return flags;

  system = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  by_system = g_tls_database_verify_chain (system, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, &error);
  return error == NULL ? by_system : flags;
}

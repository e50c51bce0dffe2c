/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/mail/net/mos-sasl.h"

#include <string.h>

/* Any challenges, one a line, plain or made base64; the first byte chooses the mechanism.  No server without the password's proof
 * (SCRAM) is believed, and none makes us count for minutes. */

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const mechanisms[] = { "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCredential) credential = NULL;
  g_autoptr (MosSasl) sasl = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const char *mechanism;
  gboolean encode;

  if (size < 1)
    return 0;
  mechanism = mechanisms[data[0] % G_N_ELEMENTS (mechanisms)];
  encode = (data[0] & 0x80) == 0;
  text = g_strndup ((const char *) data + 1, size - 1);
  lines = g_strsplit (text, "\n", 8);

  credential = mos_credential_make (g_str_has_suffix (mechanism, "BEARER") || g_str_has_prefix (mechanism, "X") ? MOS_CREDENTIAL_TOKEN : MOS_CREDENTIAL_PASSWORD, "pencil", NULL);
  sasl = mos_sasl_new_with_nonce (mechanism, "user", credential, "rOprNGfwEbeRWgbNEkqO", &error);
  g_assert_no_error (error);
  if (mos_sasl_is_client_first (sasl))
    g_free (mos_sasl_step (sasl, NULL, NULL));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *challenge = encode ? g_base64_encode ((const guchar *) lines[i], strlen (lines[i])) : g_strdup (lines[i]);
      g_autofree char *answer = mos_sasl_step (sasl, challenge, &error);

      if (answer == NULL)
        {
          g_assert_nonnull (error);
          return 0;
        }
      g_assert_no_error (error);
    }
  if (!mos_sasl_finish (sasl, &error))
    g_assert_nonnull (error);
  g_clear_error (&error);
  if (mos_sasl_explain_refusal (sasl, "no", &error))
    g_assert_nonnull (error);
  return 0;
}

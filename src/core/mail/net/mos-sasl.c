/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-sasl.h"

#include <string.h>

/* A server may not make the client compute for minutes (CVE-2026-42256 of another client). */
#define MAX_ITERATIONS 600000

typedef enum
{
  MECHANISM_SCRAM_SHA_256,
  MECHANISM_SCRAM_SHA_1,
  MECHANISM_PLAIN,
  MECHANISM_LOGIN,
} Mechanism; /* best first */

static const char *const mechanism_names[] = { "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN" };

typedef enum
{
  STEP_FIRST,
  STEP_SECOND,
  STEP_PROVEN, /* nothing more to say, and whoever had to prove something did */
  STEP_VERIFY, /* SCRAM: the server's signature is still to come */
} Step;

struct _MosSasl
{
  Mechanism mechanism;
  Step step;
  char *user;
  char *password;
  char *nonce;
  char *client_first_bare;
  guint8 server_signature[32];
};

static gboolean
is_scram (Mechanism mechanism)
{
  return mechanism == MECHANISM_SCRAM_SHA_256 || mechanism == MECHANISM_SCRAM_SHA_1;
}

const char *
mos_sasl_choose (const char *const *offered,
                 const char *user,
                 const char *password)
{
  g_autofree char *prepared_user = mos_saslprep (user);
  g_autofree char *prepared_password = mos_saslprep (password);

  for (gsize m = 0; m < G_N_ELEMENTS (mechanism_names); m++)
    {
      /* A password that SCRAM cannot carry may still work where it is sent as it is. */
      if (is_scram ((Mechanism) m) && (prepared_user == NULL || prepared_password == NULL))
        continue;
      for (gsize i = 0; offered != NULL && offered[i] != NULL; i++)
        if (g_ascii_strcasecmp (offered[i], mechanism_names[m]) == 0)
          return mechanism_names[m];
    }
  return NULL;
}

static void
free_secret (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

MosSasl *
mos_sasl_new_with_nonce (const char *mechanism,
                         const char *user,
                         const char *password,
                         const char *nonce,
                         GError **error)
{
  g_autoptr (MosSasl) self = g_new0 (MosSasl, 1);
  gsize m = 0;

  g_return_val_if_fail (mechanism != NULL && user != NULL && password != NULL && nonce != NULL, NULL);

  while (m < G_N_ELEMENTS (mechanism_names) && g_ascii_strcasecmp (mechanism, mechanism_names[m]) != 0)
    m++;
  if (m == G_N_ELEMENTS (mechanism_names))
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "Unknown authentication mechanism %s", mechanism);
      return NULL;
    }

  self->mechanism = (Mechanism) m;
  self->nonce = g_strdup (nonce);
  if (is_scram (self->mechanism))
    {
      self->user = mos_saslprep (user);
      self->password = mos_saslprep (password);
      if (self->user == NULL || self->password == NULL)
        {
          g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "The name or the password has characters that %s does not allow", mechanism);
          return NULL;
        }
    }
  else
    {
      self->user = g_strdup (user);
      self->password = g_strdup (password);
    }
  return g_steal_pointer (&self);
}

MosSasl *
mos_sasl_new (const char *mechanism,
              const char *user,
              const char *password,
              GError **error)
{
  guint8 random[18];
  g_autofree char *nonce = NULL;

  /* Not secret, only unlike any other: the password's safety rests on the server's salt and the proof. */
  for (gsize i = 0; i < sizeof random; i++)
    random[i] = (guint8) g_random_int ();
  nonce = g_base64_encode (random, sizeof random);
  return mos_sasl_new_with_nonce (mechanism, user, password, nonce, error);
}

void
mos_sasl_free (MosSasl *self)
{
  if (self == NULL)
    return;
  free_secret (self->password);
  g_free (self->user);
  g_free (self->nonce);
  g_free (self->client_first_bare);
  g_free (self);
}

const char *
mos_sasl_get_mechanism (MosSasl *self)
{
  return mechanism_names[self->mechanism];
}

gboolean
mos_sasl_is_client_first (MosSasl *self)
{
  return self->mechanism != MECHANISM_LOGIN;
}

/* --- SCRAM ----------------------------------------------------------------------------------- */

static GChecksumType
scram_hash (MosSasl *self)
{
  return self->mechanism == MECHANISM_SCRAM_SHA_256 ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA1;
}

static void
scram_hmac (MosSasl *self,
            const guint8 *key,
            gsize key_length,
            const void *data,
            gsize length,
            guint8 *ret_digest)
{
  g_autoptr (GHmac) hmac = g_hmac_new (scram_hash (self), key, key_length);
  gsize size = 32;

  g_hmac_update (hmac, data, (gssize) length);
  g_hmac_get_digest (hmac, ret_digest, &size);
}

/* Hi() of RFC 5802 §2.2. The keyed state is copied, which halves the work of each round. */
static void
scram_hi (MosSasl *self,
          const guint8 *salt,
          gsize salt_length,
          guint iterations,
          guint8 *ret_digest)
{
  gsize n = (gsize) g_checksum_type_get_length (scram_hash (self));
  g_autoptr (GHmac) keyed = g_hmac_new (scram_hash (self), (const guint8 *) self->password, strlen (self->password));
  guint8 u[32];

  for (guint i = 0; i < iterations; i++)
    {
      g_autoptr (GHmac) hmac = g_hmac_copy (keyed);
      gsize size = sizeof u;

      if (i == 0)
        {
          g_hmac_update (hmac, salt, (gssize) salt_length);
          g_hmac_update (hmac, (const guint8 *) "\0\0\0\1", 4);
        }
      else
        g_hmac_update (hmac, u, (gssize) n);
      g_hmac_get_digest (hmac, u, &size);
      for (gsize j = 0; j < n; j++)
        ret_digest[j] = i == 0 ? u[j] : ret_digest[j] ^ u[j];
    }
}

static char *
scram_first (MosSasl *self)
{
  g_autoptr (GString) user = g_string_new (self->user);

  /* "=" first, else the "=" of "=2C" would be escaped again */
  g_string_replace (user, "=", "=3D", 0);
  g_string_replace (user, ",", "=2C", 0);
  self->client_first_bare = g_strdup_printf ("n=%s,r=%s", user->str, self->nonce);
  return g_strconcat ("n,,", self->client_first_bare, NULL);
}

static const char *
scram_attribute (char **parts,
                 gsize index,
                 char name)
{
  for (gsize i = 0; i < index; i++)
    if (parts[i] == NULL)
      return NULL;
  if (parts[index] == NULL || parts[index][0] != name || parts[index][1] != '=')
    return NULL;
  return parts[index] + 2;
}

static char *
scram_final (MosSasl *self,
             const char *server_first,
             GError **error)
{
  g_auto (GStrv) parts = g_strsplit (server_first, ",", -1);
  const char *nonce = scram_attribute (parts, 0, 'r');
  const char *salt64 = scram_attribute (parts, 1, 's');
  const char *count = scram_attribute (parts, 2, 'i');
  gsize n = (gsize) g_checksum_type_get_length (scram_hash (self));
  g_autofree guint8 *salt = NULL;
  g_autofree char *without_proof = NULL;
  g_autofree char *auth_message = NULL;
  g_autofree char *proof64 = NULL;
  g_autoptr (GChecksum) sum = NULL;
  gsize salt_length = 0;
  gsize size = 32;
  guint64 iterations;
  guint8 salted[32], client_key[32], stored_key[32], server_key[32], signature[32];

  /* "m=" first would be a mandatory extension; it fails here as RFC 5802 §5.1 asks. */
  if (nonce == NULL || salt64 == NULL || count == NULL || *salt64 == '\0' ||
      !g_str_has_prefix (nonce, self->nonce) || strlen (nonce) == strlen (self->nonce))
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's SCRAM challenge makes no sense");
      return NULL;
    }
  if (!g_ascii_string_to_unsigned (count, 10, 1, MAX_ITERATIONS, &iterations, NULL))
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server asks for %.20s rounds of SCRAM; between 1 and %d are allowed", count, MAX_ITERATIONS);
      return NULL;
    }
  salt = g_base64_decode (salt64, &salt_length);

  scram_hi (self, salt, salt_length, (guint) iterations, salted);
  scram_hmac (self, salted, n, "Client Key", 10, client_key);
  scram_hmac (self, salted, n, "Server Key", 10, server_key);
  sum = g_checksum_new (scram_hash (self));
  g_checksum_update (sum, client_key, (gssize) n);
  g_checksum_get_digest (sum, stored_key, &size);

  without_proof = g_strdup_printf ("c=biws,r=%s", nonce);
  auth_message = g_strdup_printf ("%s,%s,%s", self->client_first_bare, server_first, without_proof);
  scram_hmac (self, stored_key, n, auth_message, strlen (auth_message), signature);
  scram_hmac (self, server_key, n, auth_message, strlen (auth_message), self->server_signature);

  for (gsize i = 0; i < n; i++)
    client_key[i] ^= signature[i];
  proof64 = g_base64_encode (client_key, n);
  explicit_bzero (salted, sizeof salted);
  explicit_bzero (client_key, sizeof client_key);
  return g_strdup_printf ("%s,p=%s", without_proof, proof64);
}

static gboolean
scram_verify (MosSasl *self,
              const char *server_final,
              GError **error)
{
  g_auto (GStrv) parts = g_strsplit (server_final, ",", -1);
  const char *refusal = scram_attribute (parts, 0, 'e');
  const char *proof64 = scram_attribute (parts, 0, 'v');
  gsize n = (gsize) g_checksum_type_get_length (scram_hash (self));
  g_autofree guint8 *proof = NULL;
  gsize length = 0;
  guint8 difference = 0;

  if (refusal != NULL)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED, "The server refused the name or the password (%.100s)", refusal);
      return FALSE;
    }
  if (proof64 != NULL && *proof64 != '\0')
    proof = g_base64_decode (proof64, &length);
  for (gsize i = 0; i < n && length == n; i++)
    difference |= proof[i] ^ self->server_signature[i];
  if (length != n || difference != 0)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED, "The server could not prove that it knows the password");
      return FALSE;
    }
  return TRUE;
}

/* --- Steps ----------------------------------------------------------------------------------- */

static char *
encode (const char *text)
{
  return g_base64_encode ((const guchar *) text, strlen (text));
}

static char *
decode_challenge (const char *challenge,
                  GError **error)
{
  g_autofree guchar *data = NULL;
  gsize length = 0;

  if (challenge == NULL || *challenge == '\0')
    return g_strdup ("");

  data = g_base64_decode (challenge, &length);
  if (length == 0 || length > 8192 || memchr (data, '\0', length) != NULL)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's authentication challenge is not readable");
      return NULL;
    }
  return g_strndup ((const char *) data, length);
}

static char *
step_plain (MosSasl *self)
{
  gsize user = strlen (self->user);
  gsize password = strlen (self->password);
  g_autofree char *message = g_malloc0 (user + password + 3);
  char *response;

  memcpy (message + 1, self->user, user);
  memcpy (message + user + 2, self->password, password);
  response = g_base64_encode ((const guchar *) message, user + password + 2);
  explicit_bzero (message, user + password + 2);
  return response;
}

char *
mos_sasl_step (MosSasl *self,
               const char *challenge,
               GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *answer = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = decode_challenge (challenge, error);
  if (text == NULL)
    return NULL;

  switch (self->step)
    {
    case STEP_FIRST:
      if (self->mechanism == MECHANISM_PLAIN)
        {
          self->step = STEP_PROVEN;
          return step_plain (self);
        }
      self->step = STEP_SECOND;
      if (self->mechanism == MECHANISM_LOGIN)
        return encode (self->user);
      answer = scram_first (self);
      return encode (answer);

    case STEP_SECOND:
      if (self->mechanism == MECHANISM_LOGIN)
        {
          self->step = STEP_PROVEN;
          return encode (self->password);
        }
      answer = scram_final (self, text, error);
      if (answer == NULL)
        return NULL;
      self->step = STEP_VERIFY;
      return encode (answer);

    case STEP_VERIFY:
      if (!scram_verify (self, text, error))
        return NULL;
      self->step = STEP_PROVEN;
      return g_strdup ("");

    case STEP_PROVEN:
    default:
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server goes on asking after the authentication was complete");
      return NULL;
    }
}

gboolean
mos_sasl_finish (MosSasl *self,
                 GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->step == STEP_PROVEN)
    return TRUE;

  g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED, "The server claimed success before the authentication was complete");
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-sasl.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* A server may not make the client compute for minutes (CVE-2026-42256 of another client). */
#define MAX_ITERATIONS 600000

typedef enum
{
  MECHANISM_SCRAM_SHA_256,
  MECHANISM_SCRAM_SHA_1,
  MECHANISM_PLAIN,
  MECHANISM_LOGIN,
  MECHANISM_OAUTHBEARER,
  MECHANISM_XOAUTH2,
} Mechanism; /* best first, of each kind of credential */

static const char *const mechanism_names[] = { "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2" };

typedef enum
{
  STEP_FIRST,
  STEP_SECOND,
  STEP_PROVEN,  /* nothing more to say, and whoever had to prove something did */
  STEP_VERIFY,  /* SCRAM: the server's signature is still to come */
  STEP_REFUSED, /* a token: the server said why not, and was answered */
} Step;

struct _MosSasl
{
  Mechanism mechanism;
  Step step;
  char *user;
  char *password;
  char *authorize_as; /* (nullable) */
  char *nonce;
  char *client_first_bare;
  char *host;         /* (nullable) */
  char *token_status; /* (nullable): why the server refused the token */
  guint16 port;
  guint8 server_signature[32];
};

static gboolean
is_scram (Mechanism mechanism)
{
  return mechanism == MECHANISM_SCRAM_SHA_256 || mechanism == MECHANISM_SCRAM_SHA_1;
}

static gboolean
is_bearer (Mechanism mechanism)
{
  return mechanism == MECHANISM_OAUTHBEARER || mechanism == MECHANISM_XOAUTH2;
}

/* A token is good for nothing but its own mechanisms. Of the others only PLAIN carries an identity to act as that servers take. */
static gboolean
fits (Mechanism mechanism,
      MosCredential *credential)
{
  if (credential->kind == MOS_CREDENTIAL_TOKEN)
    return is_bearer (mechanism);
  return !is_bearer (mechanism) && (credential->authorize_as == NULL || mechanism == MECHANISM_PLAIN);
}

const char *
mos_sasl_choose (const char *const *offered,
                 const char *user,
                 MosCredential *credential)
{
  g_autofree char *prepared_user = mos_saslprep (user);
  g_autofree char *prepared_password = mos_saslprep (credential->secret);

  for (gsize m = 0; m < G_N_ELEMENTS (mechanism_names); m++)
    {
      if (!fits ((Mechanism) m, credential))
        continue;
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
                         MosCredential *credential,
                         const char *nonce,
                         GError **error)
{
  g_autoptr (MosSasl) self = g_new0 (MosSasl, 1);
  const char *password;
  gsize m = 0;

  g_return_val_if_fail (mechanism != NULL && user != NULL && credential != NULL && credential->secret != NULL && nonce != NULL, NULL);

  password = credential->secret;

  while (m < G_N_ELEMENTS (mechanism_names) && g_ascii_strcasecmp (mechanism, mechanism_names[m]) != 0)
    m++;
  if (m == G_N_ELEMENTS (mechanism_names))
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "Unknown authentication mechanism %s", mechanism);
      return NULL;
    }

  self->mechanism = (Mechanism) m;
  if (!fits (self->mechanism, credential))
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "%s cannot be used for this way to sign in", mechanism);
      return NULL;
    }
  if (is_bearer (self->mechanism) && (strpbrk (user, "\001") != NULL || strpbrk (password, "\001 \t\r\n") != NULL))
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "The name or the token has characters that %s does not allow", mechanism);
      return NULL;
    }
  self->authorize_as = g_strdup (credential->authorize_as);
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
              MosCredential *credential,
              GError **error)
{
  guint8 random[18];
  g_autofree char *nonce = NULL;

  /* Not secret, only unlike any other: the password's safety rests on the server's salt and the proof. */
  for (gsize i = 0; i < sizeof random; i++)
    random[i] = (guint8) g_random_int ();
  nonce = g_base64_encode (random, sizeof random);
  return mos_sasl_new_with_nonce (mechanism, user, credential, nonce, error);
}

void
mos_sasl_set_server (MosSasl *self,
                     const char *host,
                     guint16 port)
{
  g_set_str (&self->host, host);
  self->port = port;
}

void
mos_sasl_free (MosSasl *self)
{
  if (self == NULL)
    return;
  free_secret (self->password);
  g_free (self->user);
  g_free (self->authorize_as);
  g_free (self->nonce);
  g_free (self->host);
  g_free (self->token_status);
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

/* Hi() of RFC 5802 §2.2 is PBKDF2 (RFC 8018 §5.2) with one block. GnuTLS, which TLS brings along, uses what processors have for it; it is asked first,
 * as it may have been told to do without (FIPS 140). The keyed state is copied, which halves the work of each round. */
static void
scram_hi (MosSasl *self,
          const guint8 *salt,
          gsize salt_length,
          guint iterations,
          guint8 *ret_digest)
{
  gsize n = (gsize) g_checksum_type_get_length (scram_hash (self));
  const gnutls_datum_t password = { (unsigned char *) self->password, (unsigned int) strlen (self->password) };
  const gnutls_datum_t seasoning = { (unsigned char *) salt, (unsigned int) salt_length };
  g_autoptr (GHmac) keyed = NULL;
  guint8 u[32];

  if (gnutls_pbkdf2 (self->mechanism == MECHANISM_SCRAM_SHA_256 ? GNUTLS_MAC_SHA256 : GNUTLS_MAC_SHA1, &password, &seasoning, iterations, ret_digest, n) >= 0)
    return;
  keyed = g_hmac_new (scram_hash (self), (const guint8 *) self->password, strlen (self->password));
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

/* saslname of RFC 5801 §4 */
static char *
escape_name (const char *name)
{
  g_autoptr (GString) escaped = g_string_new (name);

  /* "=" first, else the "=" of "=2C" would be escaped again */
  g_string_replace (escaped, "=", "=3D", 0);
  g_string_replace (escaped, ",", "=2C", 0);
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

static char *
scram_first (MosSasl *self)
{
  g_autofree char *user = escape_name (self->user);

  self->client_first_bare = g_strdup_printf ("n=%s,r=%s", user, self->nonce);
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
  const char *as = self->authorize_as != NULL ? self->authorize_as : "";
  gsize before = strlen (as);
  gsize user = strlen (self->user);
  gsize password = strlen (self->password);
  g_autofree char *message = g_malloc0 (before + user + password + 3);
  char *response;

  memcpy (message, as, before);
  memcpy (message + before + 1, self->user, user);
  memcpy (message + before + user + 2, self->password, password);
  response = g_base64_encode ((const guchar *) message, before + user + password + 2);
  explicit_bzero (message, before + user + password + 2);
  return response;
}

/* --- Tokens ---------------------------------------------------------------------------------- */

/* RFC 7628 §3.1; XOAUTH2 as Google and Microsoft describe it. Who opens another's mailbox names that one and shows a token of his own. */
static char *
bearer_first (MosSasl *self)
{
  const char *as = self->authorize_as != NULL ? self->authorize_as : self->user;
  g_autoptr (GString) message = g_string_new (NULL);
  char *response;

  if (self->mechanism == MECHANISM_XOAUTH2)
    g_string_append_printf (message, "user=%s\001", as);
  else
    {
      g_autofree char *name = escape_name (as);

      g_string_append_printf (message, "n,a=%s,\001", name);
      if (self->host != NULL && *self->host != '\0' && self->port != 0)
        g_string_append_printf (message, "host=%s\001port=%u\001", self->host, (guint) self->port);
    }
  g_string_append_printf (message, "auth=Bearer %s\001\001", self->password);
  response = encode (message->str);
  explicit_bzero (message->str, message->len);
  return response;
}

/* The server's refusal comes as a challenge and waits for an answer before its NO (RFC 7628 §3.2.3). */
static char *
bearer_refused (MosSasl *self,
                const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  self->step = STEP_REFUSED;
  if (json_parser_load_from_data (parser, text, -1, NULL) && (root = json_parser_get_root (parser)) != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonNode *status = json_object_get_member (json_node_get_object (root), "status");

      if (status != NULL && JSON_NODE_HOLDS_VALUE (status))
        self->token_status = json_node_get_value_type (status) == G_TYPE_STRING ? json_node_dup_string (status)
                                                                                : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (status));
    }
  return self->mechanism == MECHANISM_XOAUTH2 ? g_strdup ("") : encode ("\001");
}

gboolean
mos_sasl_explain_refusal (MosSasl *self,
                          const char *said,
                          GError **error)
{
  const char *status = self->token_status != NULL ? self->token_status : "";
  gboolean is_final;

  if (!is_bearer (self->mechanism))
    return FALSE;
  /* The right token for something else: a newer one of the same kind changes nothing. "invalid_token" and "401" may mean "expired". */
  is_final = strcmp (status, "insufficient_scope") == 0 || strcmp (status, "403") == 0;
  g_set_error (error, MOS_MAIL_ERROR, is_final ? MOS_MAIL_ERROR_SIGN_IN_AGAIN : MOS_MAIL_ERROR_TOKEN_REFUSED, "%s%s%.100s%s", said, *status != '\0' ? " (" : "", status,
               *status != '\0' ? ")" : "");
  return TRUE;
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
      if (is_bearer (self->mechanism))
        return bearer_first (self);
      if (self->mechanism == MECHANISM_LOGIN)
        return encode (self->user);
      answer = scram_first (self);
      return encode (answer);

    case STEP_SECOND:
      if (is_bearer (self->mechanism))
        return bearer_refused (self, text);
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
    case STEP_REFUSED:
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

  if (self->step == STEP_PROVEN || (is_bearer (self->mechanism) && self->step == STEP_SECOND))
    return TRUE;

  g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED, "The server claimed success before the authentication was complete");
  return FALSE;
}

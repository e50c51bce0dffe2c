/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-oauth1.h"

#include <string.h>

char *
mos_oauth1_encode (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

static void
add_pair (GPtrArray *pairs,
          const char *name,
          const char *value)
{
  g_autofree char *encoded_name = mos_oauth1_encode (name);
  g_autofree char *encoded_value = mos_oauth1_encode (value);

  g_ptr_array_add (pairs, g_strconcat (encoded_name, "=", encoded_value, NULL));
}

/* RFC 5849 §3.4.1.3.2: by encoded name, then by encoded value; "=" is below all that is in either. */
static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  gsize n_x = strcspn (x, "="), n_y = strcspn (y, "=");
  int order = strncmp (x, y, MIN (n_x, n_y));

  if (order != 0 || n_x == n_y)
    return order != 0 ? order : strcmp (x + n_x, y + n_y);
  return n_x < n_y ? -1 : 1;
}

static char *
join (GPtrArray *pairs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "&" : "", (const char *) pairs->pdata[i]);
  return g_string_free (text, FALSE);
}

static char *
hmac (const char *key,
      const char *text)
{
  g_autoptr (GHmac) mac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8 digest[32];
  gsize len = sizeof digest;

  g_hmac_update (mac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (mac, digest, &len);
  return g_base64_encode (digest, len);
}

static void
add_own_pairs (GPtrArray *pairs,
               const MosOAuth1 *signer)
{
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, signer->timestamp);

  add_pair (pairs, "oauth_consumer_key", signer->consumer_key);
  add_pair (pairs, "oauth_nonce", signer->nonce);
  add_pair (pairs, "oauth_signature_method", "HMAC-SHA256");
  add_pair (pairs, "oauth_timestamp", timestamp);
  if (*signer->token != '\0')
    add_pair (pairs, "oauth_token", signer->token);
  add_pair (pairs, "oauth_version", "1.0");
}

/* Returns: (transfer full): all that is signed, in order, and the signature last */
static GPtrArray *
sign (const MosOAuth1 *signer,
      const char *method,
      const char *url,
      const char *const *names,
      const char *const *values,
      gsize n)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *encoded_url = mos_oauth1_encode (url);
  g_autofree char *secret = mos_oauth1_encode (signer->consumer_secret);
  g_autofree char *token_secret = mos_oauth1_encode (signer->token_secret);
  g_autofree char *key = g_strconcat (secret, "&", token_secret, NULL);
  g_autofree char *joined = NULL, *encoded = NULL, *base = NULL, *signature = NULL;

  for (gsize i = 0; i < n; i++)
    add_pair (pairs, names[i], values[i]);
  add_own_pairs (pairs, signer);
  g_ptr_array_sort (pairs, compare_pairs);
  joined = join (pairs);
  encoded = mos_oauth1_encode (joined);
  base = g_strconcat (method, "&", encoded_url, "&", encoded, NULL);
  signature = hmac (key, base);
  add_pair (pairs, "oauth_signature", signature);
  return pairs;
}

char *
mos_oauth1_sign_query (const MosOAuth1 *signer,
                       const char *method,
                       const char *url,
                       const char *const *names,
                       const char *const *values,
                       gsize n)
{
  g_autoptr (GPtrArray) pairs = sign (signer, method, url, names, values, n);

  return join (pairs);
}

char *
mos_oauth1_sign_header (const MosOAuth1 *signer,
                        const char *method,
                        const char *url,
                        const char *const *names,
                        const char *const *values,
                        gsize n)
{
  g_autoptr (GPtrArray) all = sign (signer, method, url, names, values, n);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new ("OAuth ");

  add_own_pairs (own, signer);
  g_ptr_array_add (own, g_strdup (all->pdata[all->len - 1]));
  for (guint i = 0; i < own->len; i++)
    {
      const char *pair = own->pdata[i], *value = strchr (pair, '=') + 1;

      g_string_append_printf (text, "%s%.*s=\"%s\"", i > 0 ? ", " : "", (int) (value - pair - 1), pair, value);
    }
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/delivery/mos-dkim.h"

#include "core/base/mos-domain.h"
#include "core/mail/delivery/mos-tag-list.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* As those who host mail and those who send newsletters name them. */
static const char *const usual_selectors[] = {
  "default", "google", "selector1", "selector2", "dkim", "mail", "s1", "s2", "k1", "k2", "k3", "fm1", "fm2", "fm3", "key1", "key2", "protonmail", "protonmail2", "protonmail3",
  "mbo0001", "mbo0002", "mbo0003", "mbo0004", "sig1", "zoho", "zmail", "gm1", "gm2", "gm3", "s1-ionos", "s2-ionos", "hostingermail1", "hostingermail2", "hostingermail3", "smtp", "mx", NULL
};

const char *const *
mos_dkim_get_usual_selectors (void)
{
  return usual_selectors;
}

static gboolean
list_has (const char *list,
          const char *word)
{
  g_auto (GStrv) words = list != NULL ? g_strsplit (list, ":", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (strcmp (g_strstrip (words[i]), word) == 0)
      return TRUE;
  return FALSE;
}

/* Base 64, which may be folded. Returns: (nullable): %NULL for anything else */
static guchar *
decode (const char *value,
        gsize *ret_size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize data;

  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (text, *p);
  data = strspn (text->str, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  if (data == 0 || data + strspn (text->str + data, "=") != text->len || text->len - data > 2 || data % 4 == 1)
    return NULL;
  return g_base64_decode (text->str, ret_size);
}

/* 0 = it is no key of RSA, or in a form whose length cannot be told */
static guint
count_rsa_bits (const guchar *data,
                gsize size)
{
  const gnutls_datum_t der = { (unsigned char *) data, (unsigned int) size };
  gnutls_pubkey_t key = NULL;
  unsigned int bits = 0;

  if (gnutls_pubkey_init (&key) < 0)
    return 0;
  if (gnutls_pubkey_import (key, &der, GNUTLS_X509_FMT_DER) < 0 || gnutls_pubkey_get_pk_algorithm (key, &bits) != GNUTLS_PK_RSA)
    bits = 0;
  gnutls_pubkey_deinit (key);
  return bits;
}

MosDkimKey
mos_dkim_read_key (const char *text)
{
  g_autofree char *first = NULL;
  g_autoptr (GHashTable) tags = mos_tag_list_parse (text, &first, NULL);
  g_autofree guchar *data = NULL;
  const char *version, *key, *type;
  gsize size = 0;
  guint bits;

  if (tags == NULL)
    return strstr (text, "DKIM1") != NULL ? MOS_DKIM_KEY_BROKEN : MOS_DKIM_KEY_NONE;
  version = g_hash_table_lookup (tags, "v");
  key = g_hash_table_lookup (tags, "p");
  type = g_hash_table_lookup (tags, "k");
  /* Without a version it is a record all the same; with another one it is not (§3.6.1). */
  if (version != NULL && strcmp (version, "DKIM1") != 0)
    return MOS_DKIM_KEY_NONE;
  if (version != NULL && strcmp (first, "v") != 0)
    return MOS_DKIM_KEY_BROKEN;
  if (key == NULL)
    return version != NULL ? MOS_DKIM_KEY_BROKEN : MOS_DKIM_KEY_NONE;
  if (*key == '\0')
    return MOS_DKIM_KEY_REVOKED;
  data = decode (key, &size);
  if (data == NULL || (type != NULL && strcmp (type, "rsa") != 0 && strcmp (type, "ed25519") != 0))
    return MOS_DKIM_KEY_BROKEN;
  /* A key of Ed25519 is the 32 bytes themselves (RFC 8463 §4). */
  if (type != NULL && strcmp (type, "ed25519") == 0 && size != 32)
    return MOS_DKIM_KEY_BROKEN;
  bits = type == NULL || strcmp (type, "rsa") == 0 ? count_rsa_bits (data, size) : 0;
  if (bits > 0 && bits < MOS_DKIM_MIN_BITS)
    return MOS_DKIM_KEY_SHORT;
  return list_has (g_hash_table_lookup (tags, "t"), "y") ? MOS_DKIM_KEY_TESTING : MOS_DKIM_KEY_GOOD;
}

char *
mos_dkim_find_name (const char *signature,
                    const char *domain)
{
  g_autoptr (GHashTable) tags = mos_tag_list_parse (signature, NULL, NULL);
  const char *signer = tags != NULL ? g_hash_table_lookup (tags, "d") : NULL;
  const char *selector = tags != NULL ? g_hash_table_lookup (tags, "s") : NULL;
  g_autofree char *base = mos_domain_base (domain);
  g_autofree char *ascii = g_hostname_to_ascii (base);
  g_autofree char *written = NULL;

  if (signer == NULL || selector == NULL || *selector == '\0' || ascii == NULL)
    return NULL;
  /* Somebody further above is another owner: "co.uk" is no domain of ours. */
  written = g_ascii_strdown (signer, -1);
  if (!mos_domain_is_within (domain, written) || !mos_domain_is_within (written, ascii))
    return NULL;
  {
    g_autofree char *name = g_strdup_printf ("%s._domainkey.%s", selector, written);

    return g_ascii_strdown (name, -1);
  }
}

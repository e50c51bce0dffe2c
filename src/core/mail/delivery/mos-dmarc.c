/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/delivery/mos-dmarc.h"

#include "core/mail/delivery/mos-tag-list.h"

#include <string.h>

gboolean
mos_dmarc_is_record (const char *text)
{
  const char *p = text;

  if (*p != 'v')
    return FALSE;
  p += 1 + strspn (p + 1, " \t");
  if (*p != '=')
    return FALSE;
  p += 1 + strspn (p + 1, " \t");
  if (strncmp (p, "DMARC1", 6) != 0)
    return FALSE;
  p += 6 + strspn (p + 6, " \t");
  return *p == '\0' || *p == ';';
}

/* Returns: (nullable): %NULL for what is none of the three */
static const char *
find_policy (const char *text)
{
  static const char *const policies[] = { "none", "quarantine", "reject" };

  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    if (g_ascii_strcasecmp (text, policies[i]) == 0)
      return policies[i];
  return NULL;
}

gboolean
mos_dmarc_read (const char *text,
                MosDmarc *ret_dmarc,
                char **ret_wrong)
{
  g_autoptr (GHashTable) tags = mos_tag_list_parse (text, NULL, ret_wrong);
  const char *policy, *sub, *percent;
  guint64 number = 100;

  *ret_dmarc = (MosDmarc) { .policy = "none", .sub_policy = "none", .percent = 100 };
  if (tags == NULL)
    return FALSE;
  policy = g_hash_table_lookup (tags, "p");
  sub = g_hash_table_lookup (tags, "sp");
  percent = g_hash_table_lookup (tags, "pct");

  ret_dmarc->policy = policy != NULL ? find_policy (policy) : NULL;
  if (ret_dmarc->policy == NULL)
    {
      *ret_wrong = policy != NULL ? g_strconcat ("p=", policy, NULL) : g_strdup ("p=");
      ret_dmarc->policy = "none";
      return FALSE;
    }
  ret_dmarc->sub_policy = sub != NULL ? find_policy (sub) : ret_dmarc->policy;
  if (ret_dmarc->sub_policy == NULL)
    {
      *ret_wrong = g_strconcat ("sp=", sub, NULL);
      ret_dmarc->sub_policy = "none";
      return FALSE;
    }
  /* What else cannot be read is passed over by receivers, and stands for its default (§6.3). */
  if (percent != NULL && !g_ascii_string_to_unsigned (percent, 10, 0, 100, &number, NULL))
    number = 100;
  ret_dmarc->percent = (guint) number;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-hints.h"

#include "core/automation/mos-hint-brands.h"
#include "core/base/mos-domain.h"
#include "core/base/mos-text.h"

#include <gio/gio.h>
#include <string.h>

/* So short names are near each other by chance. */
#define MIN_ALIKE 4
#define MIN_NEAR 6
#define MIN_NEAR_PARTNER 7

static void
add (GPtrArray *hints,
     MosHintKind kind,
     const char *found,
     const char *meant)
{
  MosHint *hint = mos_hint_new ();

  hint->kind = kind;
  hint->found = g_strdup (found);
  hint->meant = g_strdup (meant);
  g_ptr_array_add (hints, hint);
}

/* --- domains --- */

/* "tea1" and "tea2" are two shops, not one and its shadow. */
static gboolean
differ_by_digits (const char *a,
                  const char *b)
{
  g_autofree char *x = g_strdup (a);
  g_autofree char *y = g_strdup (b);

  g_strcanon (x, "abcdefghijklmnopqrstuvwxyz-", '#');
  g_strcanon (y, "abcdefghijklmnopqrstuvwxyz-", '#');
  return strcmp (x, y) == 0 && strpbrk (a, "0123456789") != NULL && strpbrk (b, "0123456789") != NULL;
}

/* Whether @label is to be taken for @other; never for itself. */
static gboolean
looks_like (const char *label,
            const char *other,
            guint min_near)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (strcmp (label, other) == 0 || differ_by_digits (label, other))
    return FALSE;
  if (strlen (other) < MIN_ALIKE)
    return FALSE;
  x = mos_domain_skeleton (label);
  y = mos_domain_skeleton (other);
  if (strcmp (x, y) == 0)
    return TRUE;
  return strlen (label) >= min_near && strlen (other) >= min_near && mos_domain_distance (label, other, 1) == 1;
}

/* Returns: (transfer full) (nullable): the known domain that @base is to be taken for. @ret_kind: how */
static char *
find_meant (const MosHintFacts *facts,
            const char *base,
            MosHintKind *ret_kind)
{
  g_autofree char *label = mos_domain_label (base);
  const MosHintBrand *brand;
  GHashTableIter iter;
  gpointer known;

  *ret_kind = MOS_HINT_LOOKALIKE;
  if (mos_domain_is_public_mail (base) || mos_hint_brand_owns (base) || g_hostname_is_ip_address (base) || (facts->known_domains != NULL && g_hash_table_contains (facts->known_domains, base)))
    return NULL;
  for (const char *const *own = facts->own_domains; own != NULL && *own != NULL; own++)
    if (strcmp (*own, base) == 0)
      return NULL;

  for (const char *const *own = facts->own_domains; own != NULL && *own != NULL; own++)
    {
      g_autofree char *other = mos_domain_label (*own);

      if (looks_like (label, other, MIN_NEAR) || (strcmp (label, other) == 0 && strlen (label) >= MIN_NEAR))
        return g_strdup (*own);
    }
  brand = mos_hint_brand_resembling (label, looks_like, MIN_NEAR);
  if (brand != NULL)
    return g_strdup (brand->domain);
  if (facts->known_domains != NULL)
    {
      g_hash_table_iter_init (&iter, facts->known_domains);
      while (g_hash_table_iter_next (&iter, &known, NULL))
        {
          g_autofree char *other = mos_domain_label (known);

          if (!mos_domain_is_public_mail (known) && strlen (other) > MIN_ALIKE && looks_like (label, other, MIN_NEAR_PARTNER))
            return g_strdup (known);
        }
    }
  *ret_kind = MOS_HINT_MIXED_SCRIPTS;
  if (mos_domain_has_mixed_scripts (base))
    return g_strdup ("");
  *ret_kind = MOS_HINT_BRAND_DOMAIN;
  brand = mos_hint_brand_borrowed (base);
  return brand != NULL ? g_strdup (brand->name) : NULL;
}

static void
judge_domain (const MosHintFacts *facts,
              const char *base,
              const char *whole,
              GPtrArray *hints)
{
  MosHintKind kind;
  g_autofree char *meant = find_meant (facts, base, &kind);

  if (meant != NULL)
    add (hints, kind, base, *meant != '\0' ? meant : NULL);
  else if ((meant = mos_hint_brand_in_front (whole)) != NULL)
    add (hints, MOS_HINT_BRAND_DOMAIN, whole, meant);
}

/* --- names --- */

static char *
plain_words (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *plain = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
  GString *words = g_string_new (NULL);

  for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (words, c);
      else if (words->len > 0 && words->str[words->len - 1] != ' ')
        g_string_append_c (words, ' ');
    }
  return g_strchomp (g_string_free (words, FALSE));
}

/* The first address in a display name. */
static char *
address_in (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t\"'<>()[],;:", -1);

  for (char **word = words; *word != NULL; word++)
    if (mos_text_is_address (*word) && strchr (strchr (*word, '@'), '.') != NULL)
      return g_strdup (*word);
  return NULL;
}

static gboolean
is_own (const MosHintFacts *facts,
        const char *base)
{
  return facts->own_domains != NULL && g_strv_contains (facts->own_domains, base);
}

/* A list writes for its members: "Ana via Weavers". Words of many languages are short; the programs that do it write English. */
static gboolean
is_on_behalf (const char *words)
{
  return strstr (words, " via ") != NULL;
}

static void
judge_name (const MosHintFacts *facts,
            const char *base,
            GPtrArray *hints)
{
  const char *name = facts->from->name != NULL ? facts->from->name : "";
  g_autofree char *words = plain_words (name);
  g_autofree char *within = address_in (name);
  const MosHintBrand *brand;

  if (*words == '\0' || is_own (facts, base))
    return;
  if (within != NULL)
    {
      g_autofree char *domain = mos_domain_of_address (within);
      g_autofree char *other = domain != NULL ? mos_domain_base (domain) : NULL;

      if (other != NULL && strcmp (other, base) != 0 && !is_on_behalf (words) && (facts->classification != MOS_CLASSIFICATION_BULK || is_own (facts, other) || mos_hint_brand_owns (other)))
        add (hints, MOS_HINT_NAME_ADDRESS, facts->from->address, within);
      return;
    }
  for (const char *const *own = facts->own_names; own != NULL && *own != NULL && !facts->is_known_sender; own++)
    {
      g_autofree char *ours = plain_words (*own);

      /* "Support" is anybody's name, and so is a first name. */
      if (strcmp (words, ours) == 0 && strchr (ours, ' ') != NULL && !mos_hint_is_service_text (ours))
        {
          add (hints, MOS_HINT_OWN_NAME, facts->from->address, name);
          return;
        }
    }
  brand = mos_hint_brand_named (words);
  if (brand != NULL && !mos_hint_brand_owns (base) && !facts->is_known_sender)
    add (hints, MOS_HINT_BRAND_NAME, facts->from->address, brand->name);
}

static void
judge_reply_to (const MosHintFacts *facts,
                const char *base,
                GPtrArray *hints)
{
  const MosAddress *to = facts->reply_to != NULL && facts->reply_to->len > 0 ? facts->reply_to->pdata[0] : NULL;
  g_autofree char *domain = to != NULL ? mos_domain_of_address (to->address) : NULL;
  g_autofree char *other = domain != NULL ? mos_domain_base (domain) : NULL;
  g_autofree char *label = NULL;
  g_autofree char *other_label = NULL;

  /* Newsletters and forms do it for good reasons; a company whose answers go to a free address, or next door, has none. */
  if (other == NULL || facts->classification != MOS_CLASSIFICATION_NORMAL || strcmp (other, base) == 0 || is_own (facts, other) || is_own (facts, base))
    return;
  label = mos_domain_label (base);
  other_label = mos_domain_label (other);
  if ((mos_domain_is_public_mail (other) && !mos_domain_is_public_mail (base) && !mos_text_same_mailbox (to->address, facts->from->address)) || looks_like (other_label, label, MIN_NEAR))
    add (hints, MOS_HINT_REPLY_TO, to->address, facts->from->address);
}

/* --- account numbers and links --- */

static void
judge_ibans (const MosHintFacts *facts,
             GPtrArray *hints)
{
  g_auto (GStrv) now = facts->text != NULL ? mos_iban_find_all (facts->text) : NULL;

  if (facts->earlier_ibans == NULL || *facts->earlier_ibans == NULL)
    return;
  for (char **iban = now; iban != NULL && *iban != NULL; iban++)
    if (!g_strv_contains (facts->earlier_ibans, *iban))
      {
        add (hints, MOS_HINT_IBAN, *iban, *facts->earlier_ibans);
        return;
      }
}

static void
judge_links (const MosHintFacts *facts,
             GPtrArray *hints)
{
  for (guint i = 0; facts->links != NULL && i < facts->links->len; i++)
    {
      const MosHintLink *link = &g_array_index (facts->links, MosHintLink, i);
      g_autofree char *target = g_str_has_prefix (link->url, "http") ? mos_domain_in_text (link->url) : NULL;
      g_autofree char *base = target != NULL ? mos_domain_base (target) : NULL;
      g_autofree char *said = link->text != NULL ? mos_domain_in_text (link->text) : NULL;
      g_autofree char *said_base = said != NULL ? mos_domain_base (said) : NULL;
      g_autofree char *meant = NULL;
      MosHintKind kind;

      if (base == NULL)
        continue;
      meant = find_meant (facts, base, &kind);
      if (meant == NULL)
        meant = mos_hint_brand_in_front (target);
      /* It shows a name that people trust and leads elsewhere. Whoever sends to many counts the clicks on his way: those lead elsewhere, too. */
      if (meant == NULL && said_base != NULL && strcmp (said_base, base) != 0 &&
          (facts->classification != MOS_CLASSIFICATION_BULK || g_hostname_is_ip_address (target)) &&
          (is_own (facts, said_base) || (mos_hint_brand_owns (said_base) && !mos_hint_brand_same (said_base, base))))
        meant = g_strdup (said_base);
      if (meant != NULL)
        {
          add (hints, MOS_HINT_LINK, target, *meant != '\0' ? meant : NULL);
          return;
        }
    }
}

static int
compare_weight (gconstpointer a,
                gconstpointer b)
{
  const MosHint *x = *(MosHint *const *) a, *y = *(MosHint *const *) b;

  return (int) x->kind - (int) y->kind;
}

GPtrArray *
mos_hints_evaluate (const MosHintFacts *facts)
{
  GPtrArray *hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_hint_unref);
  g_autofree char *domain = facts->from != NULL ? mos_domain_of_address (facts->from->address) : NULL;
  g_autofree char *base = domain != NULL ? mos_domain_base (domain) : NULL;

  judge_ibans (facts, hints);
  if (base != NULL)
    {
      /* Whom somebody answered is no stranger. */
      if (!facts->is_known_sender)
        judge_domain (facts, base, domain, hints);
      judge_name (facts, base, hints);
      judge_reply_to (facts, base, hints);
    }
  judge_links (facts, hints);
  g_ptr_array_sort (hints, compare_weight);
  return hints;
}

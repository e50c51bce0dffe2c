/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-catalog-check.h"

#include <string.h>

#define MAX_ARGUMENTS 16

/* ---- what printf() takes ---- */

typedef struct
{
  char *kinds[MAX_ARGUMENTS]; /* by their places: "lu", "s"; NULL where a place is passed over */
  guint n;
  gboolean is_broken; /* printf() would not know what to do */
} Directives;

static void
directives_clear (Directives *self)
{
  for (guint i = 0; i < MAX_ARGUMENTS; i++)
    g_free (self->kinds[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Directives, directives_clear)

/* One directive behind its "%"; returns where it ends, NULL where it is none. A blank is a flag for printf(), but "50 % of" is meant otherwise: ours have none. */
static const char *
read_directive (const char *at,
                guint *ret_place,
                char **ret_kind)
{
  gsize digits = strspn (at, "0123456789");
  const char *length;

  *ret_place = 0;
  if (digits > 0 && at[digits] == '$')
    {
      *ret_place = (guint) MIN (g_ascii_strtoull (at, NULL, 10), MAX_ARGUMENTS + 1);
      if (*ret_place == 0)
        return NULL;
      at += digits + 1;
    }
  at += strspn (at, "-+#0'");
  at += strspn (at, "0123456789");
  if (*at == '.')
    at += 1 + strspn (at + 1, "0123456789");
  length = at;
  at += strspn (at, "hlqjztL");
  if (at - length > 2 || *at == '\0' || strchr ("diouxXeEfFgGcs", *at) == NULL)
    return NULL;
  *ret_kind = g_strdup_printf ("%.*s%c", (int) (at - length), length, *at == 'i' ? 'd' : *at);
  return at + 1;
}

static void
read_directives (const char *text,
                 Directives *ret)
{
  gboolean numbered = FALSE, counted = FALSE;

  memset (ret, 0, sizeof *ret);
  while ((text = strchr (text, '%')) != NULL)
    {
      g_autofree char *kind = NULL;
      const char *end;
      guint place;

      if (text[1] == '%')
        {
          text += 2;
          continue;
        }
      end = read_directive (text + 1, &place, &kind);
      if (end == NULL)
        {
          ret->is_broken = TRUE;
          text++;
          continue;
        }
      numbered |= place > 0;
      counted |= place == 0;
      place = place > 0 ? place : ret->n + 1;
      if (place > MAX_ARGUMENTS || (ret->kinds[place - 1] != NULL && !g_str_equal (ret->kinds[place - 1], kind)) || (numbered && counted))
        {
          ret->is_broken = TRUE;
          return;
        }
      if (ret->kinds[place - 1] == NULL)
        ret->kinds[place - 1] = g_steal_pointer (&kind);
      ret->n = MAX (ret->n, place);
      text = end;
    }
}

/* A form of few numbers may leave the last ones away ("one message"); in between nothing may be missing, for printf() counts. */
static gboolean
takes_the_same (const Directives *wanted,
                const Directives *found,
                gboolean may_lack)
{
  if (found->is_broken || found->n > wanted->n || (found->n < wanted->n && !may_lack))
    return FALSE;
  for (guint i = 0; i < found->n; i++)
    if (g_strcmp0 (wanted->kinds[i], found->kinds[i]) != 0)
      return FALSE;
  return TRUE;
}

/* ---- dates ---- */

/* By its letters; those that printf() has for lengths ("%lu", "%hd") are none. */
static gboolean
is_date (const MosCatalogText *text)
{
  if (text->context != NULL && (g_str_equal (text->context, "time format") || g_str_equal (text->context, "file name")))
    return TRUE;
  for (const char *at = strchr (text->original, '%'); at != NULL; at = strchr (at + 1, '%'))
    {
      const char *letter = at + 1 + strspn (at + 1, "-_0EO");

      if (*letter != '\0' && strchr ("aAbBHIkmMpPSTVyYZ", *letter) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_good_date (const char *text)
{
  for (const char *at = strchr (text, '%'); at != NULL; at = strchr (at, '%'))
    {
      at += 1 + strspn (at + 1, "-_0EO:^#");
      if (*at == '\0' || strchr ("aAbBcCdeFgGhHIjklmMpPrRSTuVwWxXyYzZ%", *at) == NULL)
        return FALSE;
      at++;
    }
  return TRUE;
}

/* ---- variables, tags, accelerators ---- */

/* All that fits, sorted, with a comma between */
static char *
collect (const char *pattern,
         const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  for (g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_ptr_array_add (found, g_match_info_fetch (match, 0));
  g_ptr_array_sort_values (found, (GCompareFunc) strcmp);
  return found->len > 0 ? g_strjoinv (", ", (char **) found->pdata) : g_strdup ("");
}

#define VARIABLES "\\{\\{.*?\\}\\}|\\{%.*?%\\}|\\{\\w+\\}"
#define TAGS "</?\\w[^<>]*>"

static gboolean
is_markup (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("<markup>%s</markup>", text);
  const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, NULL, NULL);

  return g_markup_parse_context_parse (context, whole, -1, NULL) && g_markup_parse_context_end_parse (context, NULL);
}

/* Where there is none, a row that reads markup would show nothing at all for a lone "&". */
static gboolean
has_same_markup (const char *original,
                 const char *text)
{
  g_autofree char *wanted = collect (TAGS, original);
  g_autofree char *found = collect (TAGS, text);

  if (!g_str_equal (wanted, found))
    return FALSE;
  if (*wanted != '\0' && is_markup (original))
    return is_markup (text);
  return strpbrk (original, "<&") != NULL || strpbrk (text, "<&") == NULL;
}

static guint
count_accelerators (const char *text)
{
  guint count = 0;

  for (const char *at = strchr (text, '_'); at != NULL; at = strchr (at + 1, '_'))
    if (at[1] == '_')
      at++;
    else
      count++;
  return count;
}

static gboolean
has_signs (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) && *at != '\n' && *at != '\t')
      return TRUE;
  return !g_utf8_validate (text, -1, NULL);
}

static gboolean
is_word (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isalpha (g_utf8_get_char (text)) && !g_unichar_ismark (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\n")] == '\0';
}

/* ---- one form ---- */

static MosCatalogProblem
check_directives (const MosCatalogText *shipped,
                  const char *original,
                  const char *text,
                  char **ret_wanted)
{
  g_auto (Directives) wanted = { 0 };
  g_auto (Directives) found = { 0 };

  if (is_date (shipped))
    return is_good_date (text) ? MOS_CATALOG_FINE : MOS_CATALOG_DATE;
  read_directives (original, &wanted);
  read_directives (text, &found);
  if (wanted.is_broken || (wanted.n == 0 && strstr (original, "%%") == NULL))
    /* No format: a lone "%" is a sign as others are. */
    return found.n == 0 || wanted.is_broken ? MOS_CATALOG_FINE : MOS_CATALOG_DIRECTIVES;
  if (takes_the_same (&wanted, &found, shipped->plural != NULL))
    return MOS_CATALOG_FINE;
  *ret_wanted = collect ("%(?:\\d+\\$)?[-+#0']*\\d*(?:\\.\\d+)?[hlqjztL]*[diouxXeEfFgGcs]|%%", original);
  return MOS_CATALOG_DIRECTIVES;
}

static MosCatalogProblem
check_form (const MosCatalogText *shipped,
            const char *original,
            const char *text,
            char **ret_wanted)
{
  g_autofree char *variables = collect (VARIABLES, original);
  g_autofree char *found = collect (VARIABLES, text);
  guint accelerators = count_accelerators (original);
  MosCatalogProblem problem;

  if (is_blank (text))
    return MOS_CATALOG_EMPTY;
  if (has_signs (text))
    return MOS_CATALOG_SIGNS;
  if (shipped->context != NULL && g_str_equal (shipped->context, "search operator") && !is_word (text))
    return MOS_CATALOG_WORD;
  problem = check_directives (shipped, original, text, ret_wanted);
  if (problem != MOS_CATALOG_FINE)
    return problem;
  if (!g_str_equal (variables, found))
    {
      *ret_wanted = g_steal_pointer (&variables);
      return MOS_CATALOG_VARIABLES;
    }
  if (!has_same_markup (original, text))
    {
      *ret_wanted = collect (TAGS, original);
      return MOS_CATALOG_MARKUP;
    }
  /* Not every script has a letter to press: one that is shipped without may stay so. */
  if (accelerators <= 1 && count_accelerators (text) != accelerators &&
      (count_accelerators (text) > 1 || count_accelerators (text) != count_accelerators (shipped->texts[0])))
    return MOS_CATALOG_ACCELERATOR;
  if (g_str_has_prefix (original, "\n") != g_str_has_prefix (text, "\n") || g_str_has_suffix (original, "\n") != g_str_has_suffix (text, "\n"))
    return MOS_CATALOG_LINES;
  return MOS_CATALOG_FINE;
}

MosCatalogProblem
mos_catalog_check (const MosCatalogText *shipped,
                   guint n_forms,
                   const char *const *texts,
                   guint *ret_form,
                   char **ret_wanted)
{
  if (g_strv_length ((char **) texts) != (shipped->plural != NULL ? n_forms : 1))
    return MOS_CATALOG_FORMS;
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *wanted = NULL;
      MosCatalogProblem problem = check_form (shipped, shipped->plural != NULL ? shipped->plural : shipped->original, texts[i], &wanted);

      if (problem == MOS_CATALOG_FINE)
        continue;
      if (ret_form != NULL)
        *ret_form = i;
      if (ret_wanted != NULL)
        *ret_wanted = wanted != NULL && *wanted != '\0' ? g_steal_pointer (&wanted) : NULL;
      return problem;
    }
  return MOS_CATALOG_FINE;
}

gboolean
mos_catalog_has_directives (const MosCatalogText *text)
{
  g_auto (Directives) found = { 0 };

  if (is_date (text))
    return FALSE;
  read_directives (text->plural != NULL ? text->plural : text->original, &found);
  return found.n > 0 && !found.is_broken;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-recipients.h"

#include <string.h>

gboolean
mos_recipient_is_valid (const char *address)
{
  const char *at;
  const char *label;

  if (address == NULL || !g_utf8_validate (address, -1, NULL) || strlen (address) > 320)
    return FALSE;
  at = strrchr (address, '@');
  if (at == NULL || at == address || at - address > 64)
    return FALSE;
  for (const char *p = address; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || strchr ("<>()[],;:\\\"", (int) (c < 128 ? c : 'a')) != NULL)
        return FALSE;
      if (c == '@' && p != at)
        return FALSE;
    }
  if (address[0] == '.' || at[-1] == '.' || g_strstr_len (address, at - address, "..") != NULL)
    return FALSE;

  label = at + 1;
  do
    {
      const char *dot = strchrnul (label, '.');

      if (dot == label || *label == '-' || dot[-1] == '-' || dot - label > 63)
        return FALSE;
      for (const char *p = label; p < dot; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (c < 128 && !g_ascii_isalnum ((char) c) && c != '-')
            return FALSE;
        }
      label = *dot == '.' ? dot + 1 : NULL;
    }
  while (label != NULL);
  return TRUE;
}

gboolean
mos_recipients_contain (GPtrArray *list,
                        const char *address)
{
  g_autofree char *folded = g_utf8_casefold (address, -1);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const MosAddress *other = g_ptr_array_index (list, i);
      g_autofree char *other_folded = g_utf8_casefold (other->address, -1);

      if (g_str_equal (folded, other_folded))
        return TRUE;
    }
  return FALSE;
}

/* "Ruiz, Eva" in quotes is one name; a backslash guards a quote. */
static char *
unquote (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  gsize len = strlen (stripped);
  GString *plain;

  if (len < 2 || stripped[0] != '"' || stripped[len - 1] != '"')
    return g_steal_pointer (&stripped);
  plain = g_string_sized_new (len);
  for (gsize i = 1; i < len - 1; i++)
    {
      if (stripped[i] == '\\' && i + 1 < len - 1)
        i++;
      g_string_append_c (plain, stripped[i]);
    }
  return g_string_free (plain, FALSE);
}

static void
add_one (GPtrArray *list,
         const char *start,
         const char *end)
{
  g_autofree char *one = g_strstrip (g_strndup (start, (gsize) (end - start)));
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;
  gsize len = strlen (one);
  char *angle;

  if (len == 0)
    return;
  if (g_ascii_strncasecmp (one, "mailto:", 7) == 0)
    {
      memmove (one, one + 7, len - 6);
      len -= 7;
      if (strchr (one, '?') != NULL)
        *strchr (one, '?') = '\0';
      len = strlen (one);
    }
  angle = strrchr (one, '<');
  if (angle != NULL && len > 0 && one[len - 1] == '>')
    {
      address = g_strstrip (g_strndup (angle + 1, (gsize) (one + len - 1 - (angle + 1))));
      *angle = '\0';
      name = unquote (one);
      if (*name == '\0' || g_str_equal (name, address))
        g_clear_pointer (&name, g_free);
    }
  else
    address = g_strdup (one);

  if (!mos_recipients_contain (list, address))
    g_ptr_array_add (list, mos_address_make (name, address));
}

GPtrArray *
mos_recipients_parse (const char *text)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  gboolean quoted = FALSE, angled = FALSE;
  const char *start = text;
  const char *p;

  g_return_val_if_fail (text != NULL, list);

  for (p = text; *p != '\0'; p++)
    {
      if (*p == '\\' && quoted && p[1] != '\0')
        p++;
      else if (*p == '"' && !angled)
        quoted = !quoted;
      else if (*p == '<' && !quoted)
        angled = TRUE;
      else if (*p == '>')
        angled = FALSE;
      else if (*p == '\n' || *p == ';' || (*p == ',' && !quoted && !angled))
        {
          add_one (list, start, p);
          start = p + 1;
          quoted = angled = FALSE;
        }
    }
  add_one (list, start, p);
  return list;
}

char *
mos_recipient_format (const MosAddress *address)
{
  GString *text;

  if (address->name == NULL || *address->name == '\0')
    return g_strdup (address->address);
  if (strpbrk (address->name, ",;:<>@\"()[]\\.") == NULL)
    return g_strdup_printf ("%s <%s>", address->name, address->address);
  text = g_string_new ("\"");
  for (const char *p = address->name; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_printf (text, "\" <%s>", address->address);
  return g_string_free (text, FALSE);
}

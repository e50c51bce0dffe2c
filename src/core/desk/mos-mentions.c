/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-mentions.h"

#include "core/store/mos-store-agents.h"

#include <string.h>

static char *
fold (const char *text,
      gssize len)
{
  g_autofree char *normal = g_utf8_normalize (text, len, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

/* Whether the folded text begins with the folded name, and the name ends there. */
static gboolean
begins_with (const char *text,
             const char *name)
{
  gsize length = strlen (name);

  return length > 0 && strncmp (text, name, length) == 0 && !is_word_char (g_utf8_get_char (text + length));
}

static char *
first_word (const char *name)
{
  return fold (name, (gssize) strcspn (name, " \t"));
}

/* The longest whole name wins, so that "@Ana María" is not "@Ana"; a first name must be one agent's alone. */
static MosAgent *
find_at (const char *text,
         GPtrArray *agents)
{
  MosAgent *found = NULL;
  gsize longest = 0;
  guint n_first = 0;

  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = agents->pdata[i];
      g_autofree char *name = fold (agent->name, -1);

      if (begins_with (text, name) && strlen (name) > longest)
        {
          found = agent;
          longest = strlen (name);
        }
    }
  if (found != NULL)
    return found;

  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = agents->pdata[i];
      g_autofree char *first = first_word (agent->name);

      if (begins_with (text, first))
        {
          found = agent;
          n_first++;
        }
    }
  return n_first == 1 ? found : NULL;
}

GPtrArray *
mos_mentions_find (const char *text,
                   GPtrArray *agents)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = fold (text, -1);
  gunichar before = ' ';

  for (const char *s = folded; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);
      MosAgent *agent = c == '@' && !is_word_char (before) ? find_at (s + 1, agents) : NULL;

      if (agent != NULL && !g_ptr_array_find_with_equal_func (ids, agent->id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_strdup (agent->id));
      before = c;
    }
  return ids;
}

/* Whether @name, or what it is from one of its words on, goes on from @typed */
static gboolean
goes_on (const char *name,
         const char *typed)
{
  gboolean at_word = TRUE;

  for (const char *s = name; *s != '\0'; s = g_utf8_next_char (s))
    {
      if (at_word && g_str_has_prefix (s, typed))
        return strlen (s) > strlen (typed) || s != name;
      at_word = !is_word_char (g_utf8_get_char (s));
    }
  return FALSE;
}

GPtrArray *
mos_mentions_complete (const char *before,
                       GPtrArray *agents,
                       const char *me,
                       gsize *ret_at)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);
  const char *at = strrchr (before, '@');
  g_autofree char *typed = NULL;

  if (at == NULL || (at > before && is_word_char (g_utf8_get_char (g_utf8_find_prev_char (before, at)))))
    return found;
  *ret_at = (gsize) (at - before);
  typed = fold (at + 1, -1);
  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = agents->pdata[i];
      g_autofree char *name = fold (agent->name, -1);

      if (g_strcmp0 (agent->id, me) != 0 && goes_on (name, typed))
        g_ptr_array_add (found, mos_agent_ref (agent));
    }
  return found;
}

gboolean
mos_mentions_add (MosTxn *txn,
                  const char *message,
                  const char *text,
                  GError **error)
{
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (strchr (text, '@') == NULL)
    return TRUE;
  agents = mos_store_agent_list (txn, error);
  if (agents == NULL)
    return FALSE;
  ids = mos_mentions_find (text, agents);
  for (guint i = 0; i < ids->len; i++)
    if (g_strcmp0 (ids->pdata[i], mos_txn_get_actor (txn)->id) != 0 && !mos_store_agent_add_mention (txn, message, ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

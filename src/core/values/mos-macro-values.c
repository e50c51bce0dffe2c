/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-macro-values.h"

#include <string.h>

#define MAX_SHORTCODE 40

static const char *const macro_action_kind_nicks[] = {
  [MOS_MACRO_SET_STATUS] = "status",
  [MOS_MACRO_SET_PRIORITY] = "priority",
  [MOS_MACRO_ASSIGN] = "assign",
  [MOS_MACRO_ADD_TAG] = "tag",
  [MOS_MACRO_REMOVE_TAG] = "untag",
  [MOS_MACRO_SNOOZE] = "snooze",
  [MOS_MACRO_ADD_NOTE] = "note",
  [MOS_MACRO_SET_CATEGORY] = "category",
  [MOS_MACRO_ORDER] = "order",
};
G_STATIC_ASSERT (G_N_ELEMENTS (macro_action_kind_nicks) == MOS_MACRO_N_ACTIONS);
MOS_DEFINE_NICKS (MosMacroActionKind, macro_action_kind)

static void
mos_macro_clear (MosMacro *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->shortcode);
  g_free (self->folder);
  g_free (self->agent);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMacro, macro)

static void
text_free (gpointer data)
{
  MosMacroText *text = data;

  g_free (text->language);
  g_free (text->text);
  g_free (text);
}

static void
action_free (gpointer data)
{
  g_free (((MosMacroAction *) data)->value);
  g_free (data);
}

MosMacro *
mos_macro_make (void)
{
  MosMacro *self = mos_macro_new ();

  self->name = g_strdup ("");
  self->shortcode = g_strdup ("");
  self->folder = g_strdup ("");
  self->texts = g_ptr_array_new_with_free_func (text_free);
  self->actions = g_ptr_array_new_with_free_func (action_free);
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  return self;
}

MosMacro *
mos_macro_copy (const MosMacro *self)
{
  MosMacro *copy = mos_macro_make ();

  copy->id = g_strdup (self->id);
  g_set_str (&copy->name, self->name);
  g_set_str (&copy->shortcode, self->shortcode);
  g_set_str (&copy->folder, self->folder);
  copy->agent = g_strdup (self->agent);
  copy->is_for_notes = self->is_for_notes;
  for (guint i = 0; i < self->texts->len; i++)
    {
      const MosMacroText *text = g_ptr_array_index (self->texts, i);

      mos_macro_set_text (copy, text->language, text->text);
    }
  for (guint i = 0; i < self->actions->len; i++)
    {
      const MosMacroAction *action = g_ptr_array_index (self->actions, i);

      mos_macro_add_action (copy, action->kind, action->value);
    }
  for (guint i = 0; i < self->attachments->len; i++)
    g_ptr_array_add (copy->attachments, mos_attachment_ref (g_ptr_array_index (self->attachments, i)));
  copy->n_used = self->n_used;
  copy->used_us = self->used_us;
  copy->updated_us = self->updated_us;
  return copy;
}

void
mos_macro_set_text (MosMacro *self,
                    const char *language,
                    const char *text)
{
  gboolean is_gone = text == NULL || *text == '\0';
  MosMacroText *own;
  guint at = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (language != NULL);

  while (at < self->texts->len && strcmp (((MosMacroText *) self->texts->pdata[at])->language, language) < 0)
    at++;
  own = at < self->texts->len ? self->texts->pdata[at] : NULL;
  if (own != NULL && strcmp (own->language, language) == 0)
    {
      if (is_gone)
        g_ptr_array_remove_index (self->texts, at);
      else
        g_set_str (&own->text, text);
      return;
    }
  if (is_gone)
    return;
  own = g_new0 (MosMacroText, 1);
  own->language = g_strdup (language);
  own->text = g_strdup (text);
  g_ptr_array_insert (self->texts, (int) at, own);
}

void
mos_macro_add_action (MosMacro *self,
                      MosMacroActionKind kind,
                      const char *value)
{
  MosMacroAction *action = g_new0 (MosMacroAction, 1);

  action->kind = kind;
  action->value = g_strdup (value);
  g_ptr_array_add (self->actions, action);
}

/* --- which text --- */

static gsize
base_length (const char *language)
{
  return strcspn (language, "-");
}

static const MosMacroText *
find_text (const MosMacro *self,
           const char *language,
           gboolean is_exact)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const MosMacroText *text = self->texts->pdata[i];
      gsize len = base_length (language);

      if (is_exact ? strcmp (text->language, language) == 0 : base_length (text->language) == len && strncmp (text->language, language, len) == 0)
        return text;
    }
  return NULL;
}

const MosMacroText *
mos_macro_choose_text (const MosMacro *self,
                       const char *const *languages)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (languages != NULL, NULL);

  if (self->texts->len == 0)
    return NULL;
  for (; *languages != NULL; languages++)
    {
      g_autofree char *language = mos_macro_fold_language (*languages);
      g_autofree char *base = g_strndup (language, base_length (language));
      const MosMacroText *text;

      if (*language == '\0')
        continue;
      text = find_text (self, language, TRUE);
      if (text == NULL)
        text = find_text (self, base, TRUE);
      if (text == NULL)
        text = find_text (self, base, FALSE);
      if (text != NULL)
        return text;
    }
  return self->texts->pdata[0];
}

/* --- words --- */

gboolean
mos_macro_is_shortcode (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > MAX_SHORTCODE)
    return FALSE;
  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if ((!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '-' && c != '_') || g_unichar_isupper (c) || g_unichar_istitle (c))
        return FALSE;
    }
  return *text != '-';
}

char *
mos_macro_make_shortcode (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);
  g_autofree char *composed = g_utf8_normalize (lower, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *out = g_string_new (NULL);
  glong n = 0;
  gboolean is_gap = FALSE;
  const char *word;

  for (const char *s = composed; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      /* A letter that has no small form in this world is left out. */
      if (!(g_unichar_isalnum (c) || g_unichar_ismark (c)) || g_unichar_isupper (c) || g_unichar_istitle (c))
        {
          is_gap = is_gap || !(g_unichar_isalnum (c) || c == '\'' || c == 0x2019);
          continue;
        }
      if (is_gap && out->len > 0)
        {
          g_string_append_c (out, '-');
          n++;
        }
      is_gap = FALSE;
      if (++n > MAX_SHORTCODE)
        {
          /* Not a part of a word. */
          word = strrchr (out->str, '-');
          if (word != NULL)
            g_string_truncate (out, (gsize) (word - out->str));
          break;
        }
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

char *
mos_macro_fold_language (const char *language)
{
  gsize len = language != NULL ? strcspn (language, ".@") : 0;
  g_autofree char *folded = g_ascii_strdown (language != NULL ? language : "", (gssize) len);
  gsize n_base;

  g_strdelimit (folded, "_", '-');
  n_base = base_length (folded);
  for (const char *s = folded; *s != '\0'; s++)
    if (!g_ascii_isalnum (*s) && *s != '-')
      return g_strdup ("");
  if (n_base < 2 || n_base > 3 || len > 12 || folded[len - 1] == '-')
    return g_strdup ("");
  return g_steal_pointer (&folded);
}

char *
mos_macro_fold_folder (const char *folder)
{
  g_auto (GStrv) parts = g_strsplit (folder, "/", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (builder, *part);
  kept = g_strv_builder_end (builder);
  return g_strjoinv ("/", kept);
}

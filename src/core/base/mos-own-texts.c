/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"
#include "paths.h"

#include "core/base/mos-own-texts.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

struct _MosOwnTexts
{
  char *language;
  MosCatalog *shipped;
  MosCatalog *own;
  GPtrArray *keys; /* (nullable): what is searched in of each of the shipped, once one searches */
};

static const char *
shipped_dir (void)
{
  const char *named = g_getenv ("MOSTRADOR_LOCALEDIR");

  return named != NULL ? named : MOS_LOCALEDIR;
}

static char *
shipped_path (const char *language)
{
  return g_build_filename (shipped_dir (), language, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
}

static char *
own_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "mostrador", "translations", NULL);
}

static char *
own_path (const char *language)
{
  g_autofree char *dir = own_dir ();
  g_autofree char *name = g_strconcat (language, ".mo", NULL);

  return g_build_filename (dir, name, NULL);
}

/* ---- which language ---- */

char *
mos_own_texts_dup_language (void)
{
  const char *const *names = g_get_language_names ();
  const char *locale = setlocale (LC_MESSAGES, NULL);

  /* As gettext itself: it does not translate for the C locale. */
  if (locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX") || g_str_has_prefix (locale, "C."))
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = shipped_path (names[i]);

      if (g_str_equal (names[i], "C") || g_str_equal (names[i], "en"))
        return NULL;
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_strdup (names[i]);
    }
  return NULL;
}

/* ---- the files ---- */

MosOwnTexts *
mos_own_texts_open (const char *language,
                    GError **error)
{
  g_autoptr (MosOwnTexts) self = g_new0 (MosOwnTexts, 1);
  g_autofree char *shipped = shipped_path (language);
  g_autofree char *own = own_path (language);
  g_autoptr (GError) failure = NULL;

  self->language = g_strdup (language);
  self->shipped = mos_catalog_load (shipped, error);
  if (self->shipped == NULL)
    return NULL;
  self->own = mos_catalog_load (own, &failure);
  if (self->own == NULL && g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    self->own = mos_catalog_new (mos_catalog_get_header (self->shipped));
  else if (self->own == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
mos_own_texts_free (MosOwnTexts *self)
{
  g_free (self->language);
  g_clear_pointer (&self->shipped, mos_catalog_free);
  g_clear_pointer (&self->own, mos_catalog_free);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self);
}

/* Whole or not at all: another program may start meanwhile. */
static gboolean
save (const char *path,
      MosCatalog *catalog,
      GError **error)
{
  g_autoptr (GBytes) bytes = mos_catalog_write (catalog);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
      return FALSE;
    }
  return g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
mos_own_texts_is_used (MosOwnTexts *self,
                       const MosCatalogText *own)
{
  const MosCatalogText *shipped = mos_catalog_find (self->shipped, own->context, own->original);

  return shipped != NULL && (shipped->plural != NULL) == (own->plural != NULL) &&
         mos_catalog_check (shipped, mos_catalog_get_n_forms (self->shipped), (const char *const *) own->texts, NULL, NULL) == MOS_CATALOG_FINE;
}

/* ---- what gettext reads ---- */

/* Returns the folder in which her texts are laid over those shipped; NULL where there are none, or they cannot be used */
static char *
lay_over (const char *language)
{
  g_autofree char *own = own_path (language);
  g_autofree char *dir = own_dir ();
  g_autofree char *shown = g_build_filename (dir, "shown", NULL);
  g_autofree char *path = g_build_filename (shown, language, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (MosOwnTexts) self = NULL;
  g_autoptr (MosCatalog) before = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *texts;
  guint n = 0;

  if (!g_file_test (own, G_FILE_TEST_EXISTS))
    return NULL;
  self = mos_own_texts_open (language, &error);
  if (self == NULL)
    {
      g_warning ("Your own translations cannot be used: %s", error->message);
      return NULL;
    }
  texts = mos_catalog_get_texts (self->own);
  for (guint i = 0; i < texts->len; i++)
    {
      const MosCatalogText *text = texts->pdata[i];

      if (!mos_own_texts_is_used (self, text))
        continue;
      mos_catalog_set (self->shipped, text, (const char *const *) text->texts);
      n++;
    }
  if (n == 0)
    return NULL;
  if (!save (path, self->shipped, &error))
    {
      g_warning ("Your own translations cannot be used: %s", error->message);
      return NULL;
    }
  return g_steal_pointer (&shown);
}

char *
mos_own_texts_dup_dir (void)
{
  g_autofree char *language = mos_own_texts_dup_language ();
  char *dir = language != NULL ? lay_over (language) : NULL;

  return dir != NULL ? dir : g_strdup (shipped_dir ());
}

/* ---- what she does ---- */

const char *
mos_own_texts_get_language (MosOwnTexts *self)
{
  return self->language;
}

MosCatalog *
mos_own_texts_get_shipped (MosOwnTexts *self)
{
  return self->shipped;
}

MosCatalog *
mos_own_texts_get_own (MosOwnTexts *self)
{
  return self->own;
}

/* The file is what counts: another window, or a terminal, may have changed it, and what could not be saved is not there. */
static gboolean
save_own (MosOwnTexts *self,
          GError **error)
{
  g_autofree char *path = own_path (self->language);
  g_autoptr (MosCatalog) before = NULL;

  if (mos_catalog_get_texts (self->own)->len > 0)
    {
      if (save (path, self->own, error))
        return TRUE;
    }
  else if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  else
    {
      int code = errno;

      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
    }
  before = mos_catalog_load (path, NULL);
  if (before == NULL)
    before = mos_catalog_new (mos_catalog_get_header (self->shipped));
  g_clear_pointer (&self->own, mos_catalog_free);
  self->own = g_steal_pointer (&before);
  return FALSE;
}

gboolean
mos_own_texts_set (MosOwnTexts *self,
                   const MosCatalogText *text,
                   const char *const *texts,
                   GError **error)
{
  const MosCatalogText *shipped = mos_catalog_find (self->shipped, text->context, text->original);

  if (shipped != NULL && g_strv_equal ((const char *const *) shipped->texts, texts))
    return mos_own_texts_unset (self, text->context, text->original, error);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  mos_catalog_set (self->own, text, texts);
  return save_own (self, error);
}

gboolean
mos_own_texts_unset (MosOwnTexts *self,
                     const char *context,
                     const char *original,
                     GError **error)
{
  return !mos_catalog_remove (self->own, context, original) || save_own (self, error);
}

char *
mos_own_texts_to_po (MosOwnTexts *self,
                     GDateTime *now)
{
  return mos_catalog_to_po (self->own, self->shipped, self->language, now);
}

/* ---- searching ---- */

/* Without capitals, accents and accelerators */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at))
    if (*at != '_' && !g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));
  return g_utf8_casefold (bare->str, -1);
}

static int
compare_length (gconstpointer a,
                gconstpointer b)
{
  const MosCatalogText *one = *(MosCatalogText *const *) a, *other = *(MosCatalogText *const *) b;
  gsize first = strlen (one->texts[0]), second = strlen (other->texts[0]);

  return first < second ? -1 : first > second;
}

GPtrArray *
mos_own_texts_search (MosOwnTexts *self,
                      const char *query,
                      guint limit)
{
  g_autofree char *wanted = fold (query);
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *texts = mos_catalog_get_texts (self->shipped);

  if (self->keys == NULL)
    {
      self->keys = g_ptr_array_new_full (texts->len, g_free);
      for (guint i = 0; i < texts->len; i++)
        {
          const MosCatalogText *text = texts->pdata[i];
          const MosCatalogText *own = mos_catalog_find (self->own, text->context, text->original);
          g_autofree char *all = g_strjoinv ("\n", text->texts);
          g_autofree char *whole = g_strjoin ("\n", all, text->original, text->plural != NULL ? text->plural : "", own != NULL ? own->texts[0] : "", NULL);

          g_ptr_array_add (self->keys, fold (whole));
        }
    }
  g_strstrip (wanted);
  for (guint i = 0; i < texts->len && *wanted != '\0'; i++)
    if (strstr (self->keys->pdata[i], wanted) != NULL)
      g_ptr_array_add (found, texts->pdata[i]);
  g_ptr_array_sort (found, compare_length);
  if (found->len > limit)
    g_ptr_array_set_size (found, (gint) limit);
  return found;
}

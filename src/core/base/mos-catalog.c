/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-catalog.h"

#include "core/base/mos-catalog-check.h"

#include <string.h>

#define MAGIC 0x950412deU
/* Ours have some thousand texts in less than a megabyte. */
#define MAX_LENGTH (16 << 20)
#define MAX_TEXTS 100000
#define MAX_FORMS 6
/* Numbers before the tables: magic, revision, how many, where the originals, where the translations, size and place of the hash table */
#define HEAD 7
#define BETWEEN '\004'

struct _MosCatalog
{
  char *header;
  GPtrArray *texts;  /* of MosCatalogText */
  GHashTable *index; /* of them, by key() */
};

static char *
key (const char *context,
     const char *original)
{
  return context != NULL ? g_strdup_printf ("%s%c%s", context, BETWEEN, original) : g_strdup (original);
}

void
mos_catalog_text_free (MosCatalogText *self)
{
  g_free (self->context);
  g_free (self->original);
  g_free (self->plural);
  g_strfreev (self->texts);
  g_free (self);
}

MosCatalogText *
mos_catalog_text_copy (const MosCatalogText *self)
{
  MosCatalogText *copy = g_new0 (MosCatalogText, 1);

  copy->context = g_strdup (self->context);
  copy->original = g_strdup (self->original);
  copy->plural = g_strdup (self->plural);
  copy->texts = g_strdupv (self->texts);
  return copy;
}

MosCatalog *
mos_catalog_new (const char *header)
{
  MosCatalog *self = g_new0 (MosCatalog, 1);

  self->header = g_strdup (header);
  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_catalog_text_free);
  self->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
mos_catalog_free (MosCatalog *self)
{
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->texts);
  g_free (self->header);
  g_free (self);
}

static void
add (MosCatalog *self,
     MosCatalogText *text)
{
  char *name = key (text->context, text->original);

  if (g_hash_table_contains (self->index, name))
    {
      mos_catalog_text_free (text);
      g_free (name);
      return;
    }
  g_hash_table_insert (self->index, name, text);
  g_ptr_array_add (self->texts, text);
}

/* ---- reading ---- */

typedef struct
{
  const char *data;
  gsize length;
  gboolean swapped;
} Reader;

static guint32
number_at (const Reader *self,
           gsize at)
{
  guint32 value;

  memcpy (&value, self->data + at, sizeof value);
  return self->swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

/* A string of a table: its length without the NUL that ends it, and its place. NULL where it does not lie within the file */
static const char *
string_at (const Reader *self,
           gsize table,
           guint which,
           gsize *ret_length)
{
  guint32 length = number_at (self, table + which * 8);
  guint32 at = number_at (self, table + which * 8 + 4);

  if (at >= self->length || length >= self->length - at || self->data[at + length] != '\0')
    return NULL;
  /* Between several forms there is a NUL each. */
  for (gsize begin = 0; begin <= length; begin += strlen (self->data + at + begin) + 1)
    if (!g_utf8_validate (self->data + at + begin, -1, NULL))
      return NULL;
  *ret_length = length;
  return self->data + at;
}

static gboolean
is_table (const Reader *self,
          gsize at,
          guint count)
{
  return at <= self->length && (self->length - at) / 8 >= count;
}

static MosCatalogText *
read_text (const char *original,
           gsize original_length,
           const char *translation,
           gsize length)
{
  MosCatalogText *self = g_new0 (MosCatalogText, 1);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  const char *between = strchr (original, BETWEEN);
  gsize first = strlen (original);

  if (between != NULL)
    self->context = g_strndup (original, between - original);
  self->original = g_strdup (between != NULL ? between + 1 : original);
  if (first < original_length)
    self->plural = g_strdup (original + first + 1);
  for (gsize begin = 0; begin <= length; begin += strlen (translation + begin) + 1)
    g_strv_builder_add (texts, translation + begin);
  self->texts = g_strv_builder_end (texts);
  return self;
}

static gboolean
is_utf8 (const char *header)
{
  g_autofree char *lower = g_ascii_strdown (header, -1);

  return strstr (lower, "charset=utf-8") != NULL;
}

MosCatalog *
mos_catalog_parse (const char *data,
                   gsize length,
                   GError **error)
{
  g_autoptr (MosCatalog) self = mos_catalog_new ("");
  Reader reader = { data, length, FALSE };
  guint count;
  gsize originals, translations;

  if (length < HEAD * 4 || length > MAX_LENGTH)
    goto broken;
  reader.swapped = number_at (&reader, 0) != MAGIC;
  if (number_at (&reader, 0) != MAGIC || number_at (&reader, 4) >> 16 != 0)
    goto broken;
  count = number_at (&reader, 8);
  originals = number_at (&reader, 12);
  translations = number_at (&reader, 16);
  if (count > MAX_TEXTS || !is_table (&reader, originals, count) || !is_table (&reader, translations, count))
    goto broken;
  for (guint i = 0; i < count; i++)
    {
      gsize original_length, translation_length;
      const char *original = string_at (&reader, originals, i, &original_length);
      const char *translation = string_at (&reader, translations, i, &translation_length);

      if (original == NULL || translation == NULL)
        goto broken;
      if (*original != '\0')
        add (self, read_text (original, original_length, translation, translation_length));
      else if (is_utf8 (translation))
        {
          g_free (self->header);
          self->header = g_strdup (translation);
        }
    }
  /* Without one nobody says that it is UTF-8. */
  if (*self->header != '\0')
    return g_steal_pointer (&self);

broken:
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "This is no MO file in UTF-8");
  return NULL;
}

MosCatalog *
mos_catalog_load (const char *path,
                  GError **error)
{
  g_autofree char *data = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  return mos_catalog_parse (data, length, error);
}

/* ---- what is in it ---- */

const char *
mos_catalog_get_header (MosCatalog *self)
{
  return self->header;
}

guint
mos_catalog_get_n_forms (MosCatalog *self)
{
  const char *found = strstr (self->header, "nplurals=");
  guint64 count = found != NULL ? g_ascii_strtoull (found + strlen ("nplurals="), NULL, 10) : 2;

  return CLAMP (count, 1, MAX_FORMS);
}

GPtrArray *
mos_catalog_get_texts (MosCatalog *self)
{
  return self->texts;
}

const MosCatalogText *
mos_catalog_find (MosCatalog *self,
                  const char *context,
                  const char *original)
{
  g_autofree char *name = key (context, original);

  return g_hash_table_lookup (self->index, name);
}

void
mos_catalog_set (MosCatalog *self,
                 const MosCatalogText *of,
                 const char *const *texts)
{
  g_autofree char *name = key (of->context, of->original);
  MosCatalogText *text = g_hash_table_lookup (self->index, name);
  char **copy = g_strdupv ((char **) texts);

  if (text == NULL)
    {
      text = g_new0 (MosCatalogText, 1);
      text->context = g_strdup (of->context);
      text->original = g_strdup (of->original);
      text->plural = g_strdup (of->plural);
      add (self, text);
    }
  g_strfreev (text->texts);
  text->texts = copy;
}

gboolean
mos_catalog_remove (MosCatalog *self,
                    const char *context,
                    const char *original)
{
  g_autofree char *name = key (context, original);
  MosCatalogText *text = g_hash_table_lookup (self->index, name);

  if (text == NULL)
    return FALSE;
  g_hash_table_remove (self->index, name);
  g_ptr_array_remove (self->texts, text);
  return TRUE;
}

/* ---- writing ---- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const MosCatalogText *one = *(MosCatalogText *const *) a, *other = *(MosCatalogText *const *) b;
  g_autofree char *first = key (one->context, one->original);
  g_autofree char *second = key (other->context, other->original);

  return strcmp (first, second);
}

/* gettext bisects: the originals are sorted by their bytes. */
static void
put (GByteArray *out,
     gsize entry,
     const char *bytes,
     gsize length)
{
  guint32 pair[2] = { (guint32) length, out->len };

  memcpy (out->data + entry, pair, sizeof pair);
  g_byte_array_append (out, (const guint8 *) bytes, (guint) length);
  g_byte_array_append (out, (const guint8 *) "", 1);
}

static void
put_original (GByteArray *out,
              gsize entry,
              const MosCatalogText *text)
{
  g_autofree char *name = key (text->context, text->original);
  g_autoptr (GString) bytes = g_string_new (name);

  if (text->plural != NULL)
    {
      g_string_append_c (bytes, '\0');
      g_string_append (bytes, text->plural);
    }
  put (out, entry, bytes->str, bytes->len);
}

static void
put_translation (GByteArray *out,
                 gsize entry,
                 const MosCatalogText *text)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (guint i = 0; text->texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (bytes, '\0');
      g_string_append (bytes, text->texts[i]);
    }
  put (out, entry, bytes->str, bytes->len);
}

GBytes *
mos_catalog_write (MosCatalog *self)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->texts, NULL, NULL);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  /* The header has the empty original, which comes first. */
  guint count = self->texts->len + 1;
  gsize originals = HEAD * 4, translations = originals + count * 8;
  guint32 head[HEAD] = { MAGIC, 0, count, (guint32) originals, (guint32) translations, 0, (guint32) (translations + count * 8) };

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare);
  g_byte_array_set_size (out, head[HEAD - 1]);
  memset (out->data, 0, out->len);
  memcpy (out->data, head, sizeof head);
  put (out, originals, "", 0);
  for (guint i = 0; i < sorted->len; i++)
    put_original (out, originals + (i + 1) * 8, sorted->pdata[i]);
  put (out, translations, self->header, strlen (self->header));
  for (guint i = 0; i < sorted->len; i++)
    put_translation (out, translations + (i + 1) * 8, sorted->pdata[i]);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* As a PO file has it: a line of the text each on its own, the first one empty where there are several */
static void
append_quoted (GString *out,
               const char *name,
               const char *text)
{
  const char *newline = strchr (text, '\n');

  g_string_append_printf (out, newline != NULL && newline[1] != '\0' ? "%s \"\"\n\"" : "%s \"", name);
  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_string_append (out, text[1] != '\0' ? "\\n\"\n\"" : "\\n");
    else if (*text == '\t')
      g_string_append (out, "\\t");
    else if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else
      g_string_append_c (out, *text);
  g_string_append (out, "\"\n");
}

static void
append_text (GString *out,
             const MosCatalogText *text,
             const MosCatalogText *before)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; before != NULL && before->texts[i] != NULL; i++)
    {
      g_autofree char *line = g_strdelimit (g_strdup (before->texts[i]), "\n", ' ');

      g_string_append_printf (out, "# Until now: %s\n", line);
    }
  if (mos_catalog_has_directives (text))
    g_string_append (out, "#, c-format\n");
  if (text->context != NULL)
    append_quoted (out, "msgctxt", text->context);
  append_quoted (out, "msgid", text->original);
  if (text->plural == NULL)
    {
      append_quoted (out, "msgstr", text->texts[0]);
      return;
    }
  append_quoted (out, "msgid_plural", text->plural);
  for (guint i = 0; text->texts[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("msgstr[%u]", i);

      append_quoted (out, name, text->texts[i]);
    }
}

/* What a field of a header says, up to the end of its line; NULL where it is not there */
static char *
dup_field (const char *header,
           const char *name)
{
  g_auto (GStrv) lines = g_strsplit (header, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], name))
      return g_strdup (g_strstrip (lines[i] + strlen (name)));
  return NULL;
}

char *
mos_catalog_to_po (MosCatalog *self,
                   MosCatalog *before,
                   const char *language,
                   GDateTime *now)
{
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d %H:%M%z");
  g_autofree char *plurals = dup_field (before != NULL ? before->header : self->header, "Plural-Forms:");
  g_autoptr (GString) header = g_string_new ("Project-Id-Version: mostrador " MOS_VERSION "\n");
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (header, "PO-Revision-Date: %s\nLanguage: %s\n", date, language);
  g_string_append (header, "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n");
  if (plurals != NULL)
    g_string_append_printf (header, "Plural-Forms: %s\n", plurals);
  append_quoted (out, "msgid", "");
  append_quoted (out, "msgstr", header->str);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const MosCatalogText *text = self->texts->pdata[i];

      append_text (out, text, before != NULL ? mos_catalog_find (before, text->context, text->original) : NULL);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

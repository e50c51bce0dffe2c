/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-own-texts.h"
#include "mos-test.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define HEADER "Language: es\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"

static const MosCatalogText open_text = { NULL, (char *) "_Open", NULL, NULL };
static const MosCatalogText open_view = { (char *) "view", (char *) "Open", NULL, NULL };
static const MosCatalogText messages = { NULL, (char *) "%u message of %s", (char *) "%u messages of %s", NULL };

#define TEXTS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static MosCatalog *
make (void)
{
  MosCatalog *catalog = mos_catalog_new (HEADER);

  mos_catalog_set (catalog, &open_text, TEXTS ("_Abrir"));
  mos_catalog_set (catalog, &open_view, TEXTS ("Abiertas"));
  mos_catalog_set (catalog, &messages, TEXTS ("%u mensaje de %s", "%u mensajes de %s"));
  return catalog;
}

static MosCatalog *
read_back (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  MosCatalog *catalog = mos_catalog_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  g_assert_no_error (error);
  return catalog;
}

static void
test_round (void)
{
  g_autoptr (MosCatalog) made = make ();
  g_autoptr (GBytes) bytes = mos_catalog_write (made);
  g_autoptr (MosCatalog) catalog = read_back (bytes);
  g_autoptr (GBytes) again = mos_catalog_write (catalog);
  const MosCatalogText *text;

  g_assert_cmpuint (mos_catalog_get_texts (catalog)->len, ==, 3);
  g_assert_cmpuint (mos_catalog_get_n_forms (catalog), ==, 2);
  g_assert_cmpstr (mos_catalog_get_header (catalog), ==, HEADER);
  text = mos_catalog_find (catalog, "view", "Open");
  g_assert_cmpstr (text->texts[0], ==, "Abiertas");
  g_assert_null (mos_catalog_find (catalog, NULL, "Open"));
  text = mos_catalog_find (catalog, NULL, "%u message of %s");
  g_assert_cmpstr (text->plural, ==, "%u messages of %s");
  g_assert_true (g_strv_equal ((const char *const *) text->texts, TEXTS ("%u mensaje de %s", "%u mensajes de %s")));
  g_assert_true (g_bytes_equal (bytes, again));

  g_assert_true (mos_catalog_remove (catalog, "view", "Open"));
  g_assert_false (mos_catalog_remove (catalog, "view", "Open"));
  g_assert_cmpuint (mos_catalog_get_texts (catalog)->len, ==, 2);
}

static MosCatalog *
parse_with (GBytes *bytes,
            gsize at,
            guint32 number,
            gsize length)
{
  g_autofree char *data = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;
  MosCatalog *catalog;

  if (at + sizeof number <= length)
    memcpy (data + at, &number, sizeof number);
  /* A copy that ends where it says: whoever reads beyond is caught. */
  data = g_realloc (data, MAX (length, 1));
  catalog = mos_catalog_parse (data, length, &error);
  if (catalog == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  return catalog;
}

static void
expect_broken (GBytes *bytes,
               gsize at,
               guint32 number)
{
  g_autoptr (MosCatalog) catalog = parse_with (bytes, at, number, g_bytes_get_size (bytes));

  g_assert_null (catalog);
}

/* Cut anywhere, and with each number of its head and tables wrong. */
static void
test_broken (void)
{
  g_autoptr (MosCatalog) made = make ();
  g_autoptr (GBytes) bytes = mos_catalog_write (made);
  gsize length = g_bytes_get_size (bytes);
  const guint32 wrong[] = { 1, 29, 1000, (guint32) length - 1, (guint32) length, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff };
  g_autofree char *latin = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (MosCatalog) catalog = parse_with (bytes, length, 0, cut);

      g_assert_null (catalog);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      expect_broken (bytes, 0, wrong[i]);
      /* The numbers of the tables: what comes of it is up to them, but nothing is read beyond. */
      for (gsize at = 8; at < 28 + 8 * 8; at += 4)
        {
          g_autoptr (MosCatalog) catalog = parse_with (bytes, at, wrong[i], length);
        }
    }
  expect_broken (bytes, 4, 0x10000);
  expect_broken (bytes, 8, 0xffffffff);
  expect_broken (bytes, 12, (guint32) length);
  expect_broken (bytes, 16, (guint32) length - 8);

  /* Another charset, and none */
  g_clear_pointer (&made, mos_catalog_free);
  g_clear_pointer (&bytes, g_bytes_unref);
  made = mos_catalog_new ("Content-Type: text/plain; charset=ISO-8859-1\n");
  bytes = mos_catalog_write (made);
  g_assert_null (mos_catalog_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* Made on a machine that counts the other way round */
static void
test_swapped (void)
{
  g_autoptr (MosCatalog) made = make ();
  g_autoptr (GBytes) bytes = mos_catalog_write (made);
  g_autofree char *data = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (MosCatalog) catalog = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize at = 0; at < 28 + 2 * 4 * 8; at += 4)
    {
      guint32 number;

      memcpy (&number, data + at, 4);
      number = GUINT32_SWAP_LE_BE (number);
      memcpy (data + at, &number, 4);
    }
  catalog = mos_catalog_parse (data, g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_catalog_get_texts (catalog)->len, ==, 3);
}

static void
test_check (void)
{
  static const struct
  {
    const char *context;
    const char *original;
    const char *shipped;
    const char *text;
    MosCatalogProblem problem;
    const char *wanted;
  } cases[] = {
    { NULL, "Open", "Abrir", "Abre", MOS_CATALOG_FINE, NULL },
    { NULL, "Open", "Abrir", " \n", MOS_CATALOG_EMPTY, NULL },
    { NULL, "Open", "Abrir", "Ab\001re", MOS_CATALOG_SIGNS, NULL },
    { NULL, "Open", "Abrir", "Ab\xffre", MOS_CATALOG_SIGNS, NULL },
    /* What printf() is given */
    { NULL, "To %s", "A %s", "Para %s", MOS_CATALOG_FINE, NULL },
    { NULL, "To %s", "A %s", "Para", MOS_CATALOG_DIRECTIVES, "%s" },
    { NULL, "To %s", "A %s", "Para %d", MOS_CATALOG_DIRECTIVES, "%s" },
    { NULL, "To %s", "A %s", "Para %s %s", MOS_CATALOG_DIRECTIVES, "%s" },
    { NULL, "To %s", "A %s", "Para %n%s", MOS_CATALOG_DIRECTIVES, "%s" },
    { NULL, "To %s", "A %s", "Para %*s", MOS_CATALOG_DIRECTIVES, "%s" },
    { NULL, "To %s", "A %s", "Para %s, 100 %", MOS_CATALOG_DIRECTIVES, "%s" },
    { NULL, "To %s", "A %s", "Para %s, 100 %%", MOS_CATALOG_FINE, NULL },
    { NULL, "%s: %lu", "%s: %lu", "%2$lu: %1$s", MOS_CATALOG_FINE, NULL },
    { NULL, "%s: %lu", "%s: %lu", "%1$lu: %2$s", MOS_CATALOG_DIRECTIVES, "%lu, %s" },
    { NULL, "%s: %lu", "%s: %lu", "%s: %u", MOS_CATALOG_DIRECTIVES, "%lu, %s" },
    { NULL, "%s: %lu", "%s: %lu", "%2$lu: %s", MOS_CATALOG_DIRECTIVES, "%lu, %s" },
    { NULL, "%s: %lu", "%s: %lu", "%2$lu", MOS_CATALOG_DIRECTIVES, "%lu, %s" },
    { NULL, "%s: %lu", "%s: %lu", "%99$s", MOS_CATALOG_DIRECTIVES, "%lu, %s" },
    { NULL, "%.1f h", "%.1f h", "%.2f Std.", MOS_CATALOG_FINE, NULL },
    { NULL, "%u %%", "%u %%", "%u", MOS_CATALOG_FINE, NULL },
    { NULL, "50 % of it", "El 50 %", "La mitad, 50 %", MOS_CATALOG_FINE, NULL },
    { NULL, "Half of it", "La mitad", "%s", MOS_CATALOG_DIRECTIVES, NULL },
    /* Dates */
    { "time format", "%A", "%A", "el %A", MOS_CATALOG_FINE, NULL },
    { "time format", "%-d %b", "%-d %b", "%-d. %B", MOS_CATALOG_FINE, NULL },
    { "time format", "%-d %b", "%-d %b", "%-d %Q", MOS_CATALOG_DATE, NULL },
    { NULL, "%B %Y", "%B de %Y", "%B 100 %", MOS_CATALOG_DATE, NULL },
    /* Variables */
    { NULL, "Hello {{customer.name}}", "Hola {{customer.name}}", "Buenas, {{customer.name}}", MOS_CATALOG_FINE, NULL },
    { NULL, "Hello {{customer.name}}", "Hola {{customer.name}}", "Hola {{cliente.nombre}}", MOS_CATALOG_VARIABLES, "{{customer.name}}" },
    { NULL, "On {date}, {sender} wrote:", "El {date}, {sender} escribió:", "{sender} escribió:", MOS_CATALOG_VARIABLES, "{date}, {sender}" },
    /* Markup */
    { NULL, "<b>Now</b>", "<b>Ahora</b>", "<b>Ya</b>", MOS_CATALOG_FINE, NULL },
    { NULL, "<b>Now</b>", "<b>Ahora</b>", "<b>Ya", MOS_CATALOG_MARKUP, "</b>, <b>" },
    { NULL, "<b>Now</b>", "<b>Ahora</b>", "</b>Ya<b>", MOS_CATALOG_MARKUP, "</b>, <b>" },
    { NULL, "<b>Now</b>", "<b>Ahora</b>", "<b>Ya & ya</b>", MOS_CATALOG_MARKUP, "</b>, <b>" },
    { NULL, "Sound and light", "Luz y sonido", "Luz & sonido", MOS_CATALOG_MARKUP, NULL },
    /* Accelerators */
    { NULL, "_Open", "_Abrir", "A_bre", MOS_CATALOG_FINE, NULL },
    { NULL, "_Open", "_Abrir", "Abre", MOS_CATALOG_ACCELERATOR, NULL },
    { NULL, "_Open", "_Abrir", "_A_bre", MOS_CATALOG_ACCELERATOR, NULL },
    { NULL, "_Open", "فتح", "افتح", MOS_CATALOG_FINE, NULL },
    { NULL, "Open", "Abrir", "_Abre", MOS_CATALOG_ACCELERATOR, NULL },
    /* Lines, and words that are typed */
    { NULL, "One\n", "Uno\n", "Un", MOS_CATALOG_LINES, NULL },
    { "search operator", "from", "de", "desde", MOS_CATALOG_FINE, NULL },
    { "search operator", "from", "de", "de parte de", MOS_CATALOG_WORD, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *texts[] = { (char *) cases[i].shipped, NULL };
      const MosCatalogText shipped = { (char *) cases[i].context, (char *) cases[i].original, NULL, texts };
      g_autofree char *wanted = NULL;
      MosCatalogProblem problem = mos_catalog_check (&shipped, 2, TEXTS (cases[i].text), NULL, &wanted);

      g_test_message ("%s: %s", cases[i].original, cases[i].text);
      g_assert_cmpint (problem, ==, cases[i].problem);
      g_assert_cmpstr (wanted, ==, cases[i].wanted);
    }
}

static void
test_forms (void)
{
  g_autoptr (MosCatalog) catalog = make ();
  const MosCatalogText *text = mos_catalog_find (catalog, NULL, messages.original);
  guint form = 9;

  g_assert_cmpint (mos_catalog_check (text, 2, TEXTS ("%u", "%u de %s"), NULL, NULL), ==, MOS_CATALOG_FINE);
  g_assert_cmpint (mos_catalog_check (text, 2, TEXTS ("uno", "%u de %s"), NULL, NULL), ==, MOS_CATALOG_FINE);
  g_assert_cmpint (mos_catalog_check (text, 2, TEXTS ("uno de %s", "%u de %s"), &form, NULL), ==, MOS_CATALOG_DIRECTIVES);
  g_assert_cmpuint (form, ==, 0);
  g_assert_cmpint (mos_catalog_check (text, 2, TEXTS ("%u de %s", "%s de %u"), &form, NULL), ==, MOS_CATALOG_DIRECTIVES);
  g_assert_cmpuint (form, ==, 1);
  g_assert_cmpint (mos_catalog_check (text, 2, TEXTS ("%u de %s"), NULL, NULL), ==, MOS_CATALOG_FORMS);
  g_assert_cmpint (mos_catalog_check (text, 3, TEXTS ("%u de %s", "%u de %s"), NULL, NULL), ==, MOS_CATALOG_FORMS);
}

/* ---- her own ---- */

/* A folder with the catalog for Spanish as it would be shipped; end it with mos_test_dir_free() */
static char *
ship (MosCatalog *catalog)
{
  char *dir = mos_test_dir_new ();
  g_autofree char *folder = g_build_filename (dir, "es", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (folder, GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (GBytes) bytes = mos_catalog_write (catalog);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  g_setenv ("MOSTRADOR_LOCALEDIR", dir, TRUE);
  return dir;
}

static MosOwnTexts *
open_own (void)
{
  g_autoptr (GError) error = NULL;
  MosOwnTexts *self = mos_own_texts_open ("es", &error);

  g_assert_no_error (error);
  return self;
}

/* As a program that starts. A file that gettext has read, it does not read again: each folder is tried once. */
static void
start (void)
{
  g_autofree char *dir = mos_own_texts_dup_dir ();

  bindtextdomain (GETTEXT_PACKAGE, dir);
  textdomain (GETTEXT_PACKAGE);
}

/* What a program that starts now would be told */
static void
expect (const char *original,
        const char *translation)
{
  g_autofree char *dir = mos_own_texts_dup_dir ();
  g_autofree char *path = g_build_filename (dir, "es", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCatalog) catalog = mos_catalog_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mos_catalog_find (catalog, NULL, original)->texts[0], ==, translation);
}

static void
test_own (void)
{
  g_autoptr (MosCatalog) shipped = make ();
  char *dir = ship (shipped);
  g_autoptr (MosOwnTexts) self = open_own ();
  g_autoptr (MosOwnTexts) other = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 30, 9, 5, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *po = NULL;

  g_setenv ("LANGUAGE", "es", TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "en_US.UTF-8"));
  start ();
  g_assert_cmpstr (_ ("_Open"), ==, "_Abrir");

  /* By what is seen: without capitals, accents and accelerators */
  found = mos_own_texts_search (self, "ÁBRI", 10);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (mos_own_texts_set (self, found->pdata[0], TEXTS ("A_bre"), &error));
  g_assert_true (mos_own_texts_set (self, &messages, TEXTS ("un mensaje", "%u men\"sajes\"\nde %s"), &error));
  g_assert_no_error (error);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = mos_own_texts_search (self, "abre", 10);
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = mos_own_texts_search (self, " ", 10);
  g_assert_cmpuint (found->len, ==, 0);

  /* Another program, which starts */
  other = open_own ();
  g_assert_cmpuint (mos_catalog_get_texts (mos_own_texts_get_own (other))->len, ==, 2);
  start ();
  g_assert_cmpstr (_ ("_Open"), ==, "A_bre");
  g_assert_cmpstr (g_dngettext (NULL, messages.original, messages.plural, 1), ==, "un mensaje");
  g_assert_cmpstr (C_ ("view", "Open"), ==, "Abiertas");

  po = mos_own_texts_to_po (other, now);
  g_assert_nonnull (strstr (po, "\"Plural-Forms: nplurals=2; plural=n != 1;\\n\"\n"));
  g_assert_nonnull (strstr (po, "\"PO-Revision-Date: 2026-11-30 09:05+0000\\n\"\n"));
  g_assert_nonnull (strstr (po, "# Until now: _Abrir\nmsgid \"_Open\"\nmsgstr \"A_bre\"\n"));
  g_assert_nonnull (strstr (po, "#, c-format\nmsgid \"%u message of %s\"\nmsgid_plural \"%u messages of %s\"\n"
                                "msgstr[0] \"un mensaje\"\nmsgstr[1] \"\"\n\"%u men\\\"sajes\\\"\\n\"\n\"de %s\"\n"));

  /* What is shipped, typed again, is no own text; the last one takes the file along. */
  g_assert_true (mos_own_texts_set (other, &open_text, TEXTS ("_Abrir"), &error));
  g_assert_true (mos_own_texts_unset (other, NULL, messages.original, &error));
  g_assert_true (mos_own_texts_unset (other, NULL, messages.original, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mos_catalog_get_texts (mos_own_texts_get_own (other))->len, ==, 0);
  start ();
  g_assert_cmpstr (_ ("_Open"), ==, "_Abrir");
  mos_test_dir_free (dir);
}

/* The program changed: what no longer fits is not shown, and not lost. */
static void
test_update (void)
{
  g_autoptr (MosCatalog) shipped = make ();
  char *dir = ship (shipped);
  char *newer = NULL;
  g_autoptr (MosOwnTexts) self = open_own ();
  g_autoptr (GError) error = NULL;
  static const MosCatalogText gone = { NULL, (char *) "Gone", NULL, NULL }, changed = { NULL, (char *) "With %s", NULL, NULL };

  mos_catalog_set (mos_own_texts_get_own (self), &gone, TEXTS ("Ido"));
  mos_catalog_set (mos_own_texts_get_own (self), &changed, TEXTS ("Con %d"));
  g_assert_true (mos_own_texts_set (self, &open_text, TEXTS ("A_bre"), &error));
  mos_catalog_set (shipped, &changed, TEXTS ("Con %s"));
  newer = ship (shipped);
  g_clear_pointer (&self, mos_own_texts_free);
  self = open_own ();
  g_assert_cmpuint (mos_catalog_get_texts (mos_own_texts_get_own (self))->len, ==, 3);
  g_assert_false (mos_own_texts_is_used (self, mos_catalog_find (mos_own_texts_get_own (self), NULL, "Gone")));
  g_assert_false (mos_own_texts_is_used (self, mos_catalog_find (mos_own_texts_get_own (self), NULL, "With %s")));
  g_assert_true (mos_own_texts_is_used (self, mos_catalog_find (mos_own_texts_get_own (self), NULL, "_Open")));
  expect ("With %s", "Con %s");
  expect ("_Open", "A_bre");
  mos_test_dir_free (newer);
  mos_test_dir_free (dir);
}

/* A file that is none: the shipped texts are shown, and the file is left for whoever can mend it. */
static void
test_damaged (void)
{
  g_autoptr (MosCatalog) shipped = make ();
  char *dir = ship (shipped);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "mostrador", "translations", NULL);
  g_autofree char *path = g_build_filename (folder, "es.mo", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "none", -1, NULL));
  g_assert_null (mos_own_texts_open ("es", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_test_expect_message ("mos-base", G_LOG_LEVEL_WARNING, "Your own translations cannot be used*");
  expect ("_Open", "_Abrir");
  g_test_assert_expected_messages ();
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (path), ==, 0);
  mos_test_dir_free (dir);
}

static void
test_language (void)
{
  g_autoptr (MosCatalog) shipped = make ();
  char *dir = ship (shipped);
  static const struct
  {
    const char *languages;
    const char *found;
  } cases[] = { { "es", "es" }, { "es_CO", "es" }, { "gl:es", "es" }, { "en:es", NULL }, { "gl", NULL } };

  g_assert_nonnull (setlocale (LC_ALL, "en_US.UTF-8"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = NULL;

      g_setenv ("LANGUAGE", cases[i].languages, TRUE);
      found = mos_own_texts_dup_language ();
      g_assert_cmpstr (found, ==, cases[i].found);
    }
  g_setenv ("LANGUAGE", "es", TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_assert_null (mos_own_texts_dup_language ());
  mos_test_dir_free (dir);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/own-texts/round", test_round);
  g_test_add_func ("/own-texts/broken", test_broken);
  g_test_add_func ("/own-texts/swapped", test_swapped);
  g_test_add_func ("/own-texts/check", test_check);
  g_test_add_func ("/own-texts/forms", test_forms);
  g_test_add_func ("/own-texts/own", test_own);
  g_test_add_func ("/own-texts/update", test_update);
  g_test_add_func ("/own-texts/damaged", test_damaged);
  g_test_add_func ("/own-texts/language", test_language);
  return g_test_run ();
}

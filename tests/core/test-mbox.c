/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-import.h"
#include "core/desk/mos-mbox.h"
#include "mos-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define FROM "From ana@mail.example Mon Mar  2 08:00:00 2026\n"
#define HEAD "From: Ana <ana@mail.example>\nSubject: x\n\n"

static char *
write_box (const char *text,
           gsize length)
{
  g_autofree char *dir = g_dir_make_tmp ("mbox-XXXXXX", NULL);
  char *path = g_build_filename (dir, "box", NULL);

  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  return path;
}

/* All messages, joined by "|"; read again from every place in between gives the rest. */
static char *
read_box (const char *path,
          guint64 offset,
          guint64 *ret_places,
          guint max)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMbox) mbox = mos_mbox_open (path, offset, 1024 * 1024, &error);
  g_autoptr (GString) all = g_string_new (NULL);
  guint n = 0;

  g_assert_no_error (error);
  for (;;)
    {
      g_auto (MosMboxMessage) message = { 0 };
      int more = mos_mbox_next_sync (mbox, &message, NULL, &error);

      g_assert_no_error (error);
      if (more == 0)
        break;
      g_string_append_c (all, n > 0 ? '|' : '[');
      if (message.raw != NULL)
        g_string_append_len (all, g_bytes_get_data (message.raw, NULL), (gssize) g_bytes_get_size (message.raw));
      else
        g_string_append_printf (all, "large %" G_GUINT64_FORMAT, message.size);
      if (ret_places != NULL && n < max)
        ret_places[n] = message.next;
      n++;
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_mbox_dialects (void)
{
  static const struct
  {
    const char *name, *box, *expected;
  } cases[] = {
    { "empty", "", "" },
    { "one", FROM HEAD "Hi.\n\n", "[" HEAD "Hi.\n" },
    { "two", FROM HEAD "Hi.\n\n" FROM HEAD "Ho.\n\n", "[" HEAD "Hi.\n|" HEAD "Ho.\n" },
    { "mboxrd", FROM HEAD ">From here\n>>From there\n>From\n\n" FROM HEAD "Ho.\n\n", "[" HEAD "From here\n>From there\n>From\n|" HEAD "Ho.\n" },
    { "From line in an unquoted body", FROM HEAD "Hi.\n\nFrom now on we are open.\n\n" FROM HEAD "Ho.\n\n", "[" HEAD "Hi.\n\nFrom now on we are open.\n|" HEAD "Ho.\n" },
    { "From line and something like a header", FROM HEAD "Hi.\n\nFrom our shop\nNote: closed\n\n", "[" HEAD "Hi.\n\nFrom our shop\nNote: closed\n" },
    { "undated From line before a header", FROM HEAD "Hi.\n\nFrom x\n" HEAD "Ho.\n", "[" HEAD "Hi.\n|" HEAD "Ho.\n" },
    { "no empty line between", FROM HEAD "Hi.\n" FROM HEAD "Ho.\n", "[" HEAD "Hi.\n|" HEAD "Ho.\n" },
    { "mboxcl", FROM "Content-Length: 11\n" HEAD ">From here\n\n" FROM HEAD "Ho.\n\n", "[Content-Length: 11\n" HEAD "From here\n|" HEAD "Ho.\n" },
    { "wrong Content-Length", FROM "Content-Length: 5\n" HEAD "Hi there.\n\n" FROM HEAD "Ho.\n\n", "[Content-Length: 5\n" HEAD "Hi there.\n|" HEAD "Ho.\n" },
    { "far too long Content-Length", FROM "Content-Length: 99999999999\n" HEAD "Hi.\n\n" FROM HEAD "Ho.\n\n", "[Content-Length: 99999999999\n" HEAD "Hi.\n|" HEAD "Ho.\n" },
    { "CRLF", "From a@b Mon Mar  2 08:00:00 2026\r\nFrom: a\r\n\r\nHi.\r\n\r\nFrom a@b Mon Mar  2 08:00:00 2026\r\nFrom: b\r\n\r\nHo.\r\n\r\n", "[From: a\r\n\r\nHi.\r\n|From: b\r\n\r\nHo.\r\n" },
    { "truncated in a header", FROM HEAD "Hi.\n\n" FROM "From: Ana <an", "[" HEAD "Hi.\n|From: Ana <an" },
    { "truncated in a From line", FROM HEAD "Hi.\n\nFrom ana@ma", "[" HEAD "Hi.\n\nFrom ana@ma" },
    { "Thunderbird", "From - Mon Mar 02 08:00:00 2026\nX-Mozilla-Status: 0001\n" HEAD "Hi.\n\nFrom - Mon Mar 02 08:00:00 2026\n" HEAD "Ho.\n", "[X-Mozilla-Status: 0001\n" HEAD "Hi.\n|" HEAD "Ho.\n" },
    { "zone in the From line", "From 17@xxx Mon Mar 02 08:00:00 +0000 2026\n" HEAD "Hi.\n\n", "[" HEAD "Hi.\n" },
    { "only a header", FROM "From: a\n\n" FROM HEAD "Ho.\n", "[From: a\n|" HEAD "Ho.\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_box (cases[i].box, strlen (cases[i].box));
      guint64 places[4] = { 0 };
      g_autofree char *got = read_box (path, 0, places, 4);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (got, ==, cases[i].expected);
      for (guint n = 0; n < 3 && places[n] != 0; n++)
        {
          g_autofree char *rest = read_box (path, places[n], NULL, 0);
          const char *expected = got;

          for (guint skip = 0; skip <= n; skip++)
            expected = expected != NULL && *expected != '\0' ? strchr (expected + 1, '|') : NULL;
          g_assert_cmpstr (*rest != '\0' ? rest + 1 : "", ==, expected != NULL ? expected + 1 : "");
        }
    }
}

/* A counted body may hold anything, From lines that begin a message included. */
static void
test_mbox_counted (void)
{
  static const char body[] = "Hi.\n\nFrom x@y Mon Mar  2 08:00:00 2026\nFrom: me\n\n>From is kept\n";
  g_autofree char *head = g_strdup_printf ("Content-Length: %u\n" HEAD, (guint) strlen (body));
  g_autofree char *box = g_strconcat (FROM, head, body, "\n", FROM, HEAD, "Ho.\n\n", NULL);
  g_autofree char *path = write_box (box, strlen (box));
  g_autofree char *got = read_box (path, 0, NULL, 0);
  g_autofree char *expected = g_strconcat ("[", head, body, "|", HEAD, "Ho.\n", NULL);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_mbox_quoting (void)
{
  static const char *const mails[] = {
    HEAD "From here\n>From there\n>>From everywhere\nFromage\n",
    HEAD "ends with an empty line\n\n",
    "From: a\r\n\r\nwith CRLF\r\nFrom here\r\n\r\n",
    HEAD "From",
    HEAD,
    /* What has no header, and what is not even there. */
    "some text\n",
    "",
    "From MOSTRADOR Mon Mar  2 08:00:00 2026\nFrom: a\n\nan export in a mail\n",
    "\n",
    "\n\n\n",
    "Content-Length: 2\n" HEAD "x\n\nFrom here on\n",
    "",
    "",
    HEAD "Ho.\n",
  };
  g_autoptr (GByteArray) box = g_byte_array_new ();
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *got = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (GBytes) raw = g_bytes_new_static (mails[i], strlen (mails[i]));
      g_autoptr (GBytes) quoted = mos_mbox_quote (raw, G_GINT64_CONSTANT (1772438400) * G_USEC_PER_SEC);

      g_byte_array_append (box, g_bytes_get_data (quoted, NULL), (guint) g_bytes_get_size (quoted));
      /* One end of line comes to a mail that has none at its end: a mailbox cannot say that. */
      g_string_append_printf (expected, "%c%s%s", i > 0 ? '|' : '[', mails[i], *mails[i] == '\0' || g_str_has_suffix (mails[i], "\n") ? "" : "\n");
    }
  path = write_box ((const char *) box->data, box->len);
  got = read_box (path, 0, NULL, 0);
  g_assert_cmpstr (got, ==, expected->str);
}

static void
test_mbox_separators (void)
{
  static const struct
  {
    const char *line;
    gboolean is_separator;
    gint64 seconds;
  } cases[] = {
    { "From ana@mail.example Mon Mar  2 08:00:00 2026", TRUE, 1772438400 },
    { "From - Mon Mar 02 08:00:00 2026", TRUE, 1772438400 },
    { "From 123@xxx Mon Mar 02 08:00:00 +0100 2026", TRUE, 1772434800 },
    { "From a b \"c d\"@e Mon Mar  2 08:00:00 CET 2026 remote from x", TRUE, 1772438400 },
    { "From a@b Mon Mar  2 08:00 2026", TRUE, 1772438400 },
    { "From a@b Mon Feb 31 08:00:00 2026", TRUE, 0 },
    { "From now on", FALSE, 0 },
    { "From Monday on we are closed", FALSE, 0 },
    { "From: a@b", FALSE, 0 },
    { "From", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 us;

      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (mos_mbox_is_separator (cases[i].line, strlen (cases[i].line), &us), ==, cases[i].is_separator);
      g_assert_cmpint (us, ==, cases[i].seconds * G_USEC_PER_SEC);
    }
}

/* A message beyond the limit is passed over without being held; the next one is whole. */
static void
test_mbox_large (void)
{
  g_autoptr (GString) box = g_string_new (FROM HEAD "Hi.\n\n" FROM HEAD);
  g_autofree char *path = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 40000; i++)
    g_string_append (box, "A line of a very long message, which nobody wants to hold.\n");
  g_string_append (box, "\n" FROM HEAD "Ho.\n\n" FROM HEAD);
  for (guint i = 0; i < 3 * 1024 * 1024; i++)
    g_string_append_c (box, 'x');
  path = write_box (box->str, box->len);
  got = read_box (path, 0, NULL, 0);
  g_assert_true (g_str_has_prefix (got, "[" HEAD "Hi.\n|large 2"));
  g_assert_nonnull (strstr (got, "|" HEAD "Ho.\n|large 3"));
}

static void
test_import_places (void)
{
  g_auto (MosImportPlace) before = { 3, g_strdup ("/tmp/\xff odd \"name\""), G_GUINT64_CONSTANT (5000000000), 7, G_GUINT64_CONSTANT (6000000000), 99 };
  g_auto (MosImportPlace) after = { 0 };
  g_auto (MosImportPlace) none = { 1 };
  g_autofree char *json = mos_import_place_to_json (&before);

  mos_import_place_from_json (&after, json);
  g_assert_cmpuint (after.index, ==, 3);
  g_assert_cmpstr (after.file, ==, before.file);
  g_assert_cmpuint (after.offset, ==, before.offset);
  g_assert_cmpuint (after.number, ==, 7);
  g_assert_cmpuint (after.size, ==, before.size);
  g_assert_cmpint (after.mtime_us, ==, 99);
  mos_import_place_from_json (&none, "[]");
  g_assert_null (none.file);
  g_assert_cmpuint (none.index, ==, 0);
}

static void
test_import_dates (void)
{
  static const char mail[] = "Received: from a by b; Mon, 02 Mar 2026 08:00:10 +0000\nDate: Mon, 02 Mar 2026 07:59:00 +0000\nFrom: a@b.example\n\nHi\n";
  g_autoptr (GBytes) raw = g_bytes_new_static (mail, strlen (mail));
  g_autoptr (GBytes) bare = g_bytes_new_static ("From: a@b.example\n\nHi\n", 22);
  const gint64 received = G_GINT64_CONSTANT (1772438410) * G_USEC_PER_SEC, day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC, now = received + 400 * day;
  const struct
  {
    GBytes *raw;
    gint64 said_us;
    gboolean is_exact;
    gint64 expected_us;
  } cases[] = {
    { raw, 0, FALSE, received },
    { raw, received + 5 * G_USEC_PER_SEC, FALSE, received + 5 * G_USEC_PER_SEC },
    { raw, received + day, FALSE, received }, /* the time of the copy */
    { raw, received + day, TRUE, received + day },
    { bare, received, FALSE, received },
    { bare, 0, FALSE, now },
    { bare, now + 1, TRUE, now },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MosImportItem item = { .path = "x", .raw = cases[i].raw, .delivered_us = cases[i].said_us, .is_exact = cases[i].is_exact };
      g_autoptr (MosIncoming) incoming = mos_import_make ("acc", &item, now);

      g_assert_cmpint (incoming->received_us, ==, cases[i].expected_us);
      g_assert_true (incoming->archive);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/mbox/dialects", test_mbox_dialects);
  g_test_add_func ("/mbox/counted", test_mbox_counted);
  g_test_add_func ("/mbox/quoting", test_mbox_quoting);
  g_test_add_func ("/mbox/separators", test_mbox_separators);
  g_test_add_func ("/mbox/large", test_mbox_large);
  g_test_add_func ("/import/places", test_import_places);
  g_test_add_func ("/import/dates", test_import_dates);

  return g_test_run ();
}

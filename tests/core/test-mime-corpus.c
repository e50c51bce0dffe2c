/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "corpus-fixture.h"

#include <locale.h>
#include <string.h>

/* The odd mails of other parsers' tests: some are reports, and say so by their names. */
static gboolean
is_report (const char *path)
{
  static const char *const reports[] = {
    "/sisimai/", "delivery-status", "disposition-notification", "bounce.txt", "feedback-report", "/dsn/", "multipart_report_emails", "multipart-wo-boundary", "raw_email_with_mimepart_without_content_type",
    "cpython_test_email/msg_05.txt", "cpython_test_email/msg_16.txt", "cpython_test_email/msg_25.txt", "cpython_test_email/msg_43.txt"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reports); i++)
    if (strstr (path, reports[i]) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint all;
  guint ordinary;
  guint wrong; /* taken for a machine's mail */
} Count;

static void
parse_folder (const char *path,
              Count *count)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autoptr (MosParsedMessage) parsed = NULL;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          parse_folder (child, count);
          continue;
        }
      parsed = parse_file (child);
      count->all++;
      if (is_report (child))
        continue;
      count->ordinary++;
      if (parsed->classification != MOS_CLASSIFICATION_NORMAL && parsed->classification != MOS_CLASSIFICATION_BULK)
        {
          g_test_message ("%s: %s (%s)", child, mos_classification_to_nick (parsed->classification), parsed->cause);
          count->wrong++;
        }
    }
}

static void
test_every_file (void)
{
  static const char *const folders[] = { "stalwart_mail_parser", "mimekit", "enmime", "cpython_test_email", "mikel_mail", "sisimai" };
  Count count = { 0 };

  if (!have_corpus ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (corpus, folders[i], NULL);

      parse_folder (path, &count);
    }
  g_test_message ("%u files; of %u that are no reports %u taken for one", count.all, count.ordinary, count.wrong);
  g_assert_cmpuint (count.all, >, 1000);
  g_assert_cmpuint (count.ordinary, >, 500);
  g_assert_cmpuint (count.wrong, ==, 0);
}

static void
test_ordinary_mail (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0, bulk = 0, wrong = 0;

  if (!have_corpus ())
    return;
  path = g_build_filename (corpus, "spamassassin", "easy-ham-1", NULL);
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autoptr (MosParsedMessage) parsed = parse_file (child);

      n++;
      bulk += parsed->classification == MOS_CLASSIFICATION_BULK;
      if (parsed->classification != MOS_CLASSIFICATION_NORMAL && parsed->classification != MOS_CLASSIFICATION_BULK)
        {
          g_test_message ("%s: %s (%s)", name, mos_classification_to_nick (parsed->classification), parsed->cause);
          wrong++;
        }
    }
  g_test_message ("%u ordinary mails, %u of them bulk", n, bulk);
  g_assert_cmpuint (n, >=, 500);
  g_assert_cmpuint (wrong, ==, 0);
}

/* --- winmail.dat: NAME.tnef beside a folder NAME of what is in it --- */

static GByteArray *
without_returns (const void *data,
                 gsize length)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < length; i++)
    if (((const char *) data)[i] != '\r')
      g_byte_array_append (bytes, (const guint8 *) data + i, 1);
  return bytes;
}

/* The files beside the envelopes lost their carriage returns, and objects keep 16 bytes that name their kind. */
static gboolean
has_attachment_like (MosParsedMessage *parsed,
                     const char *data,
                     gsize length)
{
  g_autoptr (GByteArray) wanted = without_returns (data, length);

  for (guint i = 0; i < parsed->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (parsed->attachments, i);
      gsize size;
      const char *bytes = g_bytes_get_data (attachment->data, &size);
      g_autoptr (GByteArray) own = without_returns (bytes, size);

      if (own->len == wanted->len && (own->len == 0 || memcmp (own->data, wanted->data, own->len) == 0))
        return TRUE;
      if (size + 16 == length && memcmp (bytes, data + 16, size) == 0)
        return TRUE;
    }
  return FALSE;
}

static MosParsedMessage *
parse_wrapped (const char *path)
{
  g_autoptr (GString) mail = g_string_new ("From: a@mail.test\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n");
  g_autofree char *data = NULL;
  g_autofree char *encoded = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GError) error = NULL;
  MosParsedMessage *parsed;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  encoded = g_base64_encode ((guchar *) data, length);
  for (const char *p = encoded; *p != '\0'; p += strnlen (p, 76))
    g_string_append_printf (mail, "%.76s\r\n", p);
  raw = g_string_free_to_bytes (g_steal_pointer (&mail));
  parsed = mos_mime_parse (raw, &error);
  g_assert_no_error (error);
  return parsed;
}

static void
test_tnef (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint right = 0, all = 0;

  if (!have_corpus ())
    return;
  path = g_build_filename (corpus, "mimekit", "UnitTests", "TestData", "tnef", NULL);
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      g_autoptr (MosParsedMessage) parsed = NULL;
      g_autoptr (GDir) inner = NULL;
      const char *one;

      if (!g_str_has_suffix (name, ".tnef"))
        continue;
      parsed = parse_wrapped (file);
      contents = g_strndup (file, strlen (file) - strlen (".tnef"));
      inner = g_dir_open (contents, 0, NULL);
      while (inner != NULL && (one = g_dir_read_name (inner)) != NULL)
        {
          g_autofree char *inner_path = g_build_filename (contents, one, NULL);
          g_autofree char *data = NULL;
          gsize length;

          /* the mail's own text, no file */
          if (g_str_has_prefix (one, "message.") || !g_file_get_contents (inner_path, &data, &length, NULL))
            continue;
          all++;
          if (has_attachment_like (parsed, data, length))
            right++;
          else
            g_test_message ("tnef %s: %s (%u attachments)", name, one, parsed->attachments->len);
        }
    }
  g_test_message ("tnef: %u of %u files", right, all);
  g_assert_cmpuint (all, >, 20);
  g_assert_cmpuint (right, ==, all);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  find_corpus ();
  g_test_add_func ("/mime/corpus/every-file", test_every_file);
  g_test_add_func ("/mime/corpus/ordinary-mail", test_ordinary_mail);
  g_test_add_func ("/mime/corpus/tnef", test_tnef);
  return g_test_run ();
}

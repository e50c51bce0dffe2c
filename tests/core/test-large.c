/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test.h"

#include "core/base/mos-bytes.h"
#include "core/mail/mime/mos-mime.h"

#include <glib/gstdio.h>
#include <string.h>

/* What is looked at a piece at a time is the same as if it were looked at whole. */

static GBytes *
make_bytes (gsize size,
            gboolean is_random)
{
  guint8 *data = g_malloc (size + 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < size; i++)
    data[i] = is_random ? (guint8) g_rand_int (random) : (guint8) ('a' + i % 23);
  return g_bytes_new_take (data, size);
}

static void
test_checksum (void)
{
  static const gsize sizes[] = { 0, 1, MOS_BYTES_PIECE - 1, MOS_BYTES_PIECE, MOS_BYTES_PIECE + 1, 3 * MOS_BYTES_PIECE + 5 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = make_bytes (sizes[i], TRUE);
      g_autofree char *ours = mos_bytes_sha256 (bytes);
      g_autofree char *known = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      g_assert_cmpstr (ours, ==, known);
    }
}

static void
test_file (void)
{
  g_autoptr (GBytes) bytes = make_bytes (2 * MOS_BYTES_PIECE + 77, TRUE);
  g_autoptr (GBytes) mapped = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = mos_bytes_open_unnamed (&error);
  const guint8 *data;
  gsize size;

  g_assert_no_error (error);
  g_assert_true (mos_bytes_write (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error));
  mapped = mos_bytes_new_from_fd (fd, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (mapped, bytes));
  data = g_bytes_get_data (mapped, &size);
  mos_bytes_forget (data, data + size);
  g_assert_true (g_bytes_equal (mapped, bytes));
}

/* The encoded attachment goes to the disk; behind it, what follows is read as ever. */
static void
test_attachment (void)
{
  g_autoptr (GBytes) bytes = make_bytes (5 * MOS_BYTES_PIECE + 2, TRUE);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree char *encoded = g_base64_encode (data, size);
  g_autoptr (GString) mail = g_string_new ("From: a@mail.test\r\nSubject: large\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                           "--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n"
                                           "--b\r\nContent-Type: application/octet-stream; name=scan.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n");
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;
  g_autoptr (GError) error = NULL;
  MosAttachment *attachment;

  for (gsize i = 0, length = strlen (encoded); i < length; i += 76)
    {
      g_string_append_len (mail, encoded + i, (gssize) MIN (76, length - i));
      g_string_append (mail, "\r\n");
    }
  g_string_append (mail, "--b\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment\r\n\r\nbehind it\r\n--b--\r\n");
  raw = g_string_free_to_bytes (g_steal_pointer (&mail));
  parsed = mos_mime_parse (raw, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parsed->reply_text, ==, "See the file.");
  g_assert_cmpuint (parsed->attachments->len, ==, 2);
  attachment = parsed->attachments->pdata[0];
  g_assert_cmpstr (attachment->name, ==, "scan.bin");
  g_assert_cmpuint (attachment->size, ==, size);
  g_assert_true (g_bytes_equal (attachment->data, bytes));
  g_assert_cmpstr (((MosAttachment *) parsed->attachments->pdata[1])->name, ==, "note.txt");
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/large/checksum", test_checksum);
  g_test_add_func ("/large/file", test_file);
  g_test_add_func ("/large/attachment", test_attachment);
  return g_test_run ();
}

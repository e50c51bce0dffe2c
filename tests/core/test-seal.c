/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-seal.h"
#include "mos-test.h"

#include <string.h>

#define PASSPHRASE "correct horse"
/* Where its pieces begin. */
#define HEAD 60
#define SEALED_PIECE (MOS_SEAL_PIECE + 16)

static const MosSealCost cheap = { 64, 1, 1 }, dearest = { 4096, 4, 4 };

static gboolean
on_write_cb (gconstpointer data,
             gsize size,
             gpointer user_data,
             GError **error)
{
  g_byte_array_append (user_data, data, (guint) size);
  return TRUE;
}

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize most; /* at once */
} Source;

static gssize
on_read_cb (gpointer data,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Source *source = user_data;
  gsize n = MIN (MIN (size, source->size), source->most);

  memcpy (data, source->data, n);
  source->data += n;
  source->size -= n;
  return (gssize) n;
}

static GByteArray *
make_plain (gsize size)
{
  GByteArray *plain = g_byte_array_sized_new ((guint) size);

  guint32 next = (guint32) g_test_rand_int ();

  for (gsize i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (next >> 24);

      next = next * 1664525u + 1013904223u;
      g_byte_array_append (plain, &byte, 1);
    }
  return plain;
}

static GByteArray *
seal (const GByteArray *plain)
{
  g_autoptr (GByteArray) sealed = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSealWriter) writer = mos_seal_writer_new (PASSPHRASE, &cheap, on_write_cb, sealed, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < plain->len;)
    {
      guint most = (guint) g_test_rand_int_range (1, 30000);
      guint n = MIN (plain->len - i, most);

      g_assert_true (mos_seal_writer_write (writer, plain->data + i, n, &error));
      i += n;
    }
  g_assert_true (mos_seal_writer_finish (writer, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&sealed);
}

/* Returns: (transfer full) (nullable) */
static GByteArray *
unseal (const guint8 *data,
        gsize size,
        gsize most,
        const char *passphrase,
        GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  Source source = { data, size, most };
  g_autoptr (MosSealReader) reader = mos_seal_reader_new (passphrase, &dearest, on_read_cb, &source, error);
  const guint8 *piece;
  gssize n = 1;

  while (reader != NULL && n > 0)
    {
      n = mos_seal_reader_next (reader, &piece, error);
      if (n > 0)
        g_byte_array_append (plain, piece, (guint) n);
    }
  return reader != NULL && n == 0 ? g_steal_pointer (&plain) : NULL;
}

static void
test_sizes (void)
{
  static const gsize sizes[] = { 0, 1, MOS_SEAL_PIECE - 1, MOS_SEAL_PIECE, MOS_SEAL_PIECE + 1, 2 * MOS_SEAL_PIECE, 200000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) plain = make_plain (sizes[i]);
      g_autoptr (GByteArray) sealed = seal (plain);
      g_autoptr (GByteArray) again = seal (plain);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) found = unseal (sealed->data, sealed->len, 1 + (gsize) g_test_rand_int_range (0, 70000), PASSPHRASE, &error);
      g_autoptr (GByteArray) none = NULL;

      g_assert_no_error (error);
      g_assert_cmpmem (found->data, found->len, plain->data, plain->len);
      g_assert_true (mos_seal_is_sealed (sealed->data, sealed->len));
      /* The same never looks the same. */
      g_assert_cmpuint (again->len, ==, sealed->len);
      g_assert_cmpint (memcmp (again->data + HEAD, sealed->data + HEAD, sealed->len - HEAD), !=, 0);

      none = unseal (sealed->data, sealed->len, sealed->len, "Correct horse", &error);
      g_assert_error (error, MOS_SEAL_ERROR, MOS_SEAL_ERROR_KEY);
      g_assert_null (none);
    }
}

/* Whatever is changed, left out, put elsewhere or cut off. */
static void
test_damage (void)
{
  g_autoptr (GByteArray) plain = make_plain (3 * MOS_SEAL_PIECE);
  g_autoptr (GByteArray) sealed = seal (plain);
  g_autofree guint8 *other = g_malloc (sealed->len);

  for (guint i = 0; i < 200; i++)
    {
      /* Each byte of what stands before the pieces, then anywhere. */
      gsize at = i < HEAD ? i : (gsize) g_test_rand_int_range (HEAD, (int) sealed->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) found = NULL;

      memcpy (other, sealed->data, sealed->len);
      other[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
      /* A cost that is only higher, but may be asked for, is another key. */
      found = unseal (other, sealed->len, sealed->len, PASSPHRASE, &error);
      g_assert_null (found);
      g_assert_nonnull (error);
    }
  for (guint i = 0; i < 40; i++)
    {
      gsize size = i < 4 ? HEAD + i * SEALED_PIECE : (gsize) g_test_rand_int_range (0, (int) sealed->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) found = unseal (sealed->data, MIN (size, sealed->len - 1), sealed->len, PASSPHRASE, &error);

      g_assert_null (found);
      g_assert_error (error, MOS_SEAL_ERROR, MOS_SEAL_ERROR_DAMAGED);
    }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) found = NULL;

    memcpy (other, sealed->data, sealed->len);
    memcpy (other + HEAD, sealed->data + HEAD + SEALED_PIECE, SEALED_PIECE);
    memcpy (other + HEAD + SEALED_PIECE, sealed->data + HEAD, SEALED_PIECE);
    found = unseal (other, sealed->len, sealed->len, PASSPHRASE, &error);
    g_assert_error (error, MOS_SEAL_ERROR, MOS_SEAL_ERROR_DAMAGED);
    g_assert_null (found);
  }
}

/* What asks for too much, and what is of another kind. */
static void
test_strange (void)
{
  g_autoptr (GByteArray) plain = make_plain (100);
  g_autoptr (GByteArray) sealed = seal (plain);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) found = NULL;

  sealed->data[MOS_SEAL_MAGIC_SIZE] = 0xff;
  found = unseal (sealed->data, sealed->len, sealed->len, PASSPHRASE, &error);
  g_assert_error (error, MOS_SEAL_ERROR, MOS_SEAL_ERROR_DAMAGED);
  g_clear_error (&error);
  sealed->data[MOS_SEAL_MAGIC_SIZE] = 0;
  sealed->data[MOS_SEAL_MAGIC_SIZE - 2] = '2';
  g_assert_true (mos_seal_is_sealed (sealed->data, sealed->len));
  found = unseal (sealed->data, sealed->len, sealed->len, PASSPHRASE, &error);
  g_assert_error (error, MOS_SEAL_ERROR, MOS_SEAL_ERROR_UNKNOWN);
  g_assert_null (found);
  g_assert_false (mos_seal_is_sealed ("MOSTRADOR", 9));
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/seal/sizes", test_sizes);
  g_test_add_func ("/seal/damage", test_damage);
  g_test_add_func ("/seal/strange", test_strange);

  return g_test_run ();
}

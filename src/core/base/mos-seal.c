/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-seal.h"

#include <gcrypt.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define MAGIC "MOSTRADOR SEAL"
#define VERSION '1'
#define SALT_SIZE 16
#define CHECK_SIZE 16
#define KEY_SIZE 32
#define TAG_SIZE 16
#define NONCE_SIZE 12
/* Magic, version and line end; three numbers; salt; check */
#define HEAD_SIZE (MOS_SEAL_MAGIC_SIZE + 12 + SALT_SIZE + CHECK_SIZE)
#define SEALED_PIECE (MOS_SEAL_PIECE + TAG_SIZE)

G_STATIC_ASSERT (sizeof MAGIC - 1 + 2 == MOS_SEAL_MAGIC_SIZE);

G_DEFINE_QUARK (mos - seal - error - quark, mos_seal_error)

/* What both directions have: the key, what stands before the pieces, and which piece is next. */
typedef struct
{
  gnutls_aead_cipher_hd_t cipher; /* (owned) (nullable) */
  guint8 head[HEAD_SIZE];
  guint64 number;
} Seal;

static void
seal_clear (Seal *seal)
{
  g_clear_pointer (&seal->cipher, gnutls_aead_cipher_deinit);
}

static gboolean
fail (GError **error,
      int code,
      const char *text)
{
  g_set_error_literal (error, MOS_SEAL_ERROR, code, text);
  return FALSE;
}

/* libsecret begins with libgcrypt as well, and looks first, too. */
static void
begin_gcrypt (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&once, 1);
}

/* The key, and what tells a wrong passphrase from damage, which says nothing of the key. */
static gboolean
find_key (const char *passphrase,
          const MosSealCost *cost,
          const guint8 *salt,
          guint8 *ret_bytes,
          GError **error)
{
  const unsigned long parameters[] = { KEY_SIZE + CHECK_SIZE, cost->passes, cost->memory_kib, cost->lanes };
  gcry_kdf_hd_t handle;
  gcry_error_t code;

  begin_gcrypt ();
  code = gcry_kdf_open (&handle, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters, G_N_ELEMENTS (parameters), passphrase, strlen (passphrase), salt, SALT_SIZE, NULL, 0, NULL, 0);
  if (code == 0)
    {
      code = gcry_kdf_compute (handle, NULL);
      if (code == 0)
        code = gcry_kdf_final (handle, KEY_SIZE + CHECK_SIZE, ret_bytes);
      gcry_kdf_close (handle);
    }
  if (code == 0)
    return TRUE;
  g_set_error (error, MOS_SEAL_ERROR, MOS_SEAL_ERROR_UNKNOWN, "No key can be made: %s", gcry_strerror (code));
  return FALSE;
}

/* @is_new: makes the check; else compares it */
static gboolean
seal_open (Seal *seal,
           const char *passphrase,
           const MosSealCost *cost,
           gboolean is_new,
           GError **error)
{
  guint8 *salt = seal->head + MOS_SEAL_MAGIC_SIZE + 12;
  guint8 *check = salt + SALT_SIZE;
  guint8 bytes[KEY_SIZE + CHECK_SIZE];
  gnutls_datum_t key = { bytes, KEY_SIZE };
  gboolean ok = find_key (passphrase, cost, salt, bytes, error);

  if (ok && is_new)
    memcpy (check, bytes + KEY_SIZE, CHECK_SIZE);
  else if (ok && gnutls_memcmp (check, bytes + KEY_SIZE, CHECK_SIZE) != 0)
    ok = fail (error, MOS_SEAL_ERROR_KEY, "The passphrase does not fit");
  if (ok && gnutls_aead_cipher_init (&seal->cipher, GNUTLS_CIPHER_CHACHA20_POLY1305, &key) < 0)
    {
      seal->cipher = NULL;
      ok = fail (error, MOS_SEAL_ERROR_UNKNOWN, "This system has no ChaCha20-Poly1305");
    }
  explicit_bzero (bytes, sizeof bytes);
  return ok;
}

static void
make_nonce (guint64 number,
            gboolean is_last,
            guint8 *nonce)
{
  guint64 big = GUINT64_TO_BE (number);

  memset (nonce, 0, NONCE_SIZE);
  memcpy (nonce + 3, &big, sizeof big);
  nonce[NONCE_SIZE - 1] = is_last;
}

static void
put_number (guint8 *at,
            guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  memcpy (at, &big, sizeof big);
}

static guint32
get_number (const guint8 *at)
{
  guint32 big;

  memcpy (&big, at, sizeof big);
  return GUINT32_FROM_BE (big);
}

/* --- writing --- */

struct _MosSealWriter
{
  Seal seal;
  MosSealWrite write;
  gpointer user_data;
  gsize filled;
  guint8 piece[MOS_SEAL_PIECE];
  guint8 sealed[SEALED_PIECE];
};

MosSealWriter *
mos_seal_writer_new (const char *passphrase,
                     const MosSealCost *cost,
                     MosSealWrite write,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (MosSealWriter) self = g_new0 (MosSealWriter, 1);
  guint8 *head = self->seal.head;

  self->write = write;
  self->user_data = user_data;
  memcpy (head, MAGIC, sizeof MAGIC - 1);
  head[MOS_SEAL_MAGIC_SIZE - 2] = VERSION;
  head[MOS_SEAL_MAGIC_SIZE - 1] = '\n';
  put_number (head + MOS_SEAL_MAGIC_SIZE, cost->memory_kib);
  put_number (head + MOS_SEAL_MAGIC_SIZE + 4, cost->passes);
  put_number (head + MOS_SEAL_MAGIC_SIZE + 8, cost->lanes);
  if (gnutls_rnd (GNUTLS_RND_RANDOM, head + MOS_SEAL_MAGIC_SIZE + 12, SALT_SIZE) < 0)
    {
      fail (error, MOS_SEAL_ERROR_UNKNOWN, "This system has no random numbers");
      return NULL;
    }
  if (!seal_open (&self->seal, passphrase, cost, TRUE, error) || !write (head, HEAD_SIZE, user_data, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
write_piece (MosSealWriter *self,
             gboolean is_last,
             GError **error)
{
  guint8 nonce[NONCE_SIZE];
  gsize size = sizeof self->sealed;

  make_nonce (self->seal.number++, is_last, nonce);
  if (gnutls_aead_cipher_encrypt (self->seal.cipher, nonce, sizeof nonce, self->seal.head, HEAD_SIZE, TAG_SIZE, self->piece, self->filled, self->sealed, &size) < 0)
    return fail (error, MOS_SEAL_ERROR_UNKNOWN, "A piece could not be sealed");
  self->filled = 0;
  return self->write (self->sealed, size, self->user_data, error);
}

gboolean
mos_seal_writer_write (MosSealWriter *self,
                       gconstpointer data,
                       gsize size,
                       GError **error)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      gsize n;

      /* A full one leaves when there is more: the last is known as such. */
      if (self->filled == MOS_SEAL_PIECE && !write_piece (self, FALSE, error))
        return FALSE;
      n = MIN (size, MOS_SEAL_PIECE - self->filled);
      memcpy (self->piece + self->filled, bytes, n);
      self->filled += n;
      bytes += n;
      size -= n;
    }
  return TRUE;
}

gboolean
mos_seal_writer_finish (MosSealWriter *self,
                        GError **error)
{
  return write_piece (self, TRUE, error);
}

void
mos_seal_writer_free (MosSealWriter *self)
{
  seal_clear (&self->seal);
  explicit_bzero (self->piece, sizeof self->piece);
  g_free (self);
}

/* --- reading --- */

struct _MosSealReader
{
  Seal seal;
  MosSealRead read;
  gpointer user_data;
  gboolean is_over;
  gsize filled;
  guint8 sealed[SEALED_PIECE + 1]; /* one more shows whether a piece is the last */
  guint8 piece[MOS_SEAL_PIECE];
};

gboolean
mos_seal_is_sealed (gconstpointer data,
                    gsize size)
{
  return size >= MOS_SEAL_MAGIC_SIZE && memcmp (data, MAGIC, sizeof MAGIC - 1) == 0;
}

/* As much as there is, up to @wanted. */
static gboolean
fill (MosSealReader *self,
      guint8 *buffer,
      gsize *filled,
      gsize wanted,
      GError **error)
{
  while (*filled < wanted)
    {
      gssize n = self->read (buffer + *filled, wanted - *filled, self->user_data, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      *filled += (gsize) n;
    }
  return TRUE;
}

MosSealReader *
mos_seal_reader_new (const char *passphrase,
                     const MosSealCost *most,
                     MosSealRead read,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (MosSealReader) self = g_new0 (MosSealReader, 1);
  guint8 *head = self->seal.head;
  MosSealCost cost;
  gsize filled = 0;

  self->read = read;
  self->user_data = user_data;
  if (!fill (self, head, &filled, HEAD_SIZE, error))
    return NULL;
  if (filled < HEAD_SIZE || !mos_seal_is_sealed (head, filled) || head[MOS_SEAL_MAGIC_SIZE - 2] != VERSION || head[MOS_SEAL_MAGIC_SIZE - 1] != '\n')
    {
      fail (error, filled < HEAD_SIZE ? MOS_SEAL_ERROR_DAMAGED : MOS_SEAL_ERROR_UNKNOWN, "Sealed in no way that is known");
      return NULL;
    }
  cost.memory_kib = get_number (head + MOS_SEAL_MAGIC_SIZE);
  cost.passes = get_number (head + MOS_SEAL_MAGIC_SIZE + 4);
  cost.lanes = get_number (head + MOS_SEAL_MAGIC_SIZE + 8);
  /* Nobody may have this computer work for hours, or fill its memory. */
  if (cost.passes == 0 || cost.lanes == 0 || cost.passes > most->passes || cost.lanes > most->lanes || cost.memory_kib > most->memory_kib || cost.memory_kib / 8 < cost.lanes)
    {
      fail (error, MOS_SEAL_ERROR_DAMAGED, "Nobody seals at such a cost");
      return NULL;
    }
  if (!seal_open (&self->seal, passphrase, &cost, FALSE, error))
    return NULL;
  return g_steal_pointer (&self);
}

gssize
mos_seal_reader_next (MosSealReader *self,
                      const guint8 **ret_data,
                      GError **error)
{
  guint8 nonce[NONCE_SIZE];
  gsize size = sizeof self->piece, sealed;
  gboolean is_last;

  *ret_data = self->piece;
  if (self->is_over)
    return 0;
  if (!fill (self, self->sealed, &self->filled, sizeof self->sealed, error))
    return -1;
  is_last = self->filled < sizeof self->sealed;
  sealed = is_last ? self->filled : SEALED_PIECE;
  make_nonce (self->seal.number++, is_last, nonce);
  if (sealed < TAG_SIZE || gnutls_aead_cipher_decrypt (self->seal.cipher, nonce, sizeof nonce, self->seal.head, HEAD_SIZE, TAG_SIZE, self->sealed, sealed, self->piece, &size) < 0)
    {
      fail (error, MOS_SEAL_ERROR_DAMAGED, "Not what was sealed, or not all of it");
      return -1;
    }
  self->is_over = is_last;
  self->filled = is_last ? 0 : 1;
  self->sealed[0] = self->sealed[SEALED_PIECE];
  return (gssize) size;
}

void
mos_seal_reader_free (MosSealReader *self)
{
  seal_clear (&self->seal);
  explicit_bzero (self->piece, sizeof self->piece);
  g_free (self);
}

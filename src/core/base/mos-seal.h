/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A stream under a passphrase. Blocking; a thread at a time.
 *
 *   "MOSTRADOR SEAL" version '\n' | memory, passes, lanes | salt | check | pieces
 *
 * The key is Argon2id of the passphrase (RFC 9106). A piece is MOS_SEAL_PIECE bytes, only the last one fewer, under ChaCha20-Poly1305 (RFC 8439) with the
 * piece's number and whether it is the last as its nonce and all that stands before the pieces beside it: so none can be changed, left out, put elsewhere or cut off
 * unnoticed. The salt is new each time, and so is the key.
 */

#define MOS_SEAL_PIECE 65536
/** MOS_SEAL_MAGIC_SIZE: so many bytes tell whether something is sealed */
#define MOS_SEAL_MAGIC_SIZE 16

/**
 * MosSealError:
 * @MOS_SEAL_ERROR_KEY: the passphrase is another one, or what stands before the pieces is damaged
 * @MOS_SEAL_ERROR_DAMAGED: not what was sealed, or not all of it
 * @MOS_SEAL_ERROR_UNKNOWN: not sealed, or in a way that this version does not know
 */
typedef enum
{
  MOS_SEAL_ERROR_KEY,
  MOS_SEAL_ERROR_DAMAGED,
  MOS_SEAL_ERROR_UNKNOWN,
} MosSealError;
#define MOS_SEAL_ERROR (mos_seal_error_quark ())
GQuark mos_seal_error_quark (void);

/** MosSealCost: what finding the key takes: KiB of memory, passes over it, lanes */
typedef struct
{
  guint32 memory_kib;
  guint32 passes;
  guint32 lanes;
} MosSealCost;

/** MOS_SEAL_COST: of what is sealed here: 256 MiB and about a second, for whoever guesses too */
#define MOS_SEAL_COST ((MosSealCost) { 256 * 1024, 3, 1 })
/** MOS_SEAL_MOST: the most that is spent on a stream from elsewhere */
#define MOS_SEAL_MOST ((MosSealCost) { 1024 * 1024, 16, 16 })

/** MosSealWrite: takes what is sealed */
typedef gboolean (*MosSealWrite) (gconstpointer data, gsize size, gpointer user_data, GError **error);
/** MosSealRead: Returns: how much there was for @data; 0 at the end, -1 with @error */
typedef gssize (*MosSealRead) (gpointer data, gsize size, gpointer user_data, GError **error);

typedef struct _MosSealWriter MosSealWriter;
/** mos_seal_writer_new: Returns: (transfer full) (nullable) */
MosSealWriter *mos_seal_writer_new (const char *passphrase, const MosSealCost *cost, MosSealWrite write, gpointer user_data, GError **error);
gboolean mos_seal_writer_write (MosSealWriter *self, gconstpointer data, gsize size, GError **error);
/** mos_seal_writer_finish: without it, the stream counts as cut off */
gboolean mos_seal_writer_finish (MosSealWriter *self, GError **error);
void mos_seal_writer_free (MosSealWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSealWriter, mos_seal_writer_free)

/** mos_seal_is_sealed: @data: the first MOS_SEAL_MAGIC_SIZE bytes of something; whatever the version */
gboolean mos_seal_is_sealed (gconstpointer data, gsize size);

typedef struct _MosSealReader MosSealReader;
/** mos_seal_reader_new: reads what stands before the pieces. @most: what may be spent on the key. Returns: (transfer full) (nullable) */
MosSealReader *mos_seal_reader_new (const char *passphrase, const MosSealCost *most, MosSealRead read, gpointer user_data, GError **error);
/** mos_seal_reader_next: @ret_data: (out) (transfer none): the next bytes, until the next call. Returns: how many; 0 at the end, -1 with @error */
gssize mos_seal_reader_next (MosSealReader *self, const guint8 **ret_data, GError **error);
void mos_seal_reader_free (MosSealReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSealReader, mos_seal_reader_free)

G_END_DECLS

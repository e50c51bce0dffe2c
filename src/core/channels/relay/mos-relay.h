/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosRelay:
 *
 * The letter box on the shop's web space (mostrador-relay.php), asked from here:
 * what a platform brings to an address on the web and nowhere else, and files that
 * it fetches from one and nowhere else. Blocking and
 * cancellable; it belongs to the thread that makes it. Errors are
 * MOS_CHAT_ERROR_*, or G_IO_ERROR. Only https, and http on this computer.
 */
typedef struct _MosRelay MosRelay;

/** MosRelayLetter: @id: what says that it and all before it is here: the letter box's own name and a number; no other letter box takes it for one of its own. @body: what was brought, byte for byte */
typedef struct
{
  char *id;
  GBytes *body;
} MosRelayLetter;

/** MosRelayPost: @letters: array of #MosRelayLetter, in order; @has_more: there may be more at once */
typedef struct
{
  GPtrArray *letters;
  gboolean has_more;
} MosRelayPost;

MosRelay *mos_relay_new (const char *url, const char *key);
void mos_relay_free (MosRelay *self);
/** mos_relay_hello_sync: @ret_retry_ms: (out): of a failure: how long it asks to be left alone. Returns: whether it is one, and knows the key */
gboolean mos_relay_hello_sync (MosRelay *self, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_relay_hello_files_sync: the same of one that hands files out. All that it says wrong is MOS_CHAT_ERROR_LETTER_BOX: it is not the platform's doing */
gboolean mos_relay_hello_files_sync (MosRelay *self, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/**
 * mos_relay_hand_out_sync: has a file handed out for a day, to whoever is told where
 * @name, @type: as the file is called and what it is
 *
 * Errors: MOS_CHAT_ERROR_TOO_LARGE; _REFUSED: no such file is handed out; _LETTER_BOX; G_IO_ERROR.
 *
 * Returns: (transfer full) (nullable): its address, which nobody can guess
 */
char *mos_relay_hand_out_sync (MosRelay *self, const char *name, const char *type, GBytes *bytes, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/**
 * mos_relay_fetch_sync: what came for @number after the letter @after (%NULL: from the beginning); all of it up to there is forgotten there
 * @number: what Meta calls the telephone number, in digits: what came for others is theirs to fetch. Letter boxes of the first protocol give all, and forget all
 * @wait_s: how long it may wait for some
 *
 * Returns: (transfer full) (nullable)
 */
MosRelayPost *mos_relay_fetch_sync (MosRelay *self, const char *number, const char *after, guint wait_s, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
void mos_relay_post_free (MosRelayPost *self);

/** mos_relay_parse: a pure function. Returns: (transfer full) (nullable): MOS_CHAT_ERROR_NO_SERVER where something else answered */
MosRelayPost *mos_relay_parse (GBytes *body, GError **error);

/** mos_relay_split_secret: of an account that may have a letter box: two lines. @ret_key: (out) (transfer full) (nullable): the key of the letter box. Returns: (transfer full): what the platform knows */
char *mos_relay_split_secret (const char *secret, char **ret_key);
/** mos_relay_new_for_files: Returns: (transfer full) (nullable): of @account; %NULL where it has none. @key: (nullable): without one it has none, either */
MosRelay *mos_relay_new_for_files (const MosAccount *account, const char *key);

/** mos_relay_make_key: Returns: (transfer full): a new key: 256 random bits in 43 letters and digits */
char *mos_relay_make_key (void);
/**
 * mos_relay_make_file: the file that is put on the web space
 * @key: of the desk; only what it is compared with is in the file
 * @verify_token: what the platform shows when it first comes by
 * @app_secret: (nullable): with which the platform signs; %NULL: it is for files alone, and takes nothing in
 *
 * Returns: (transfer full) (nullable): %NULL with G_IO_ERROR_INVALID_ARGUMENT where token or secret hold what cannot stand in it
 */
char *mos_relay_make_file (const char *key, const char *verify_token, const char *app_secret, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosRelay, mos_relay_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosRelayPost, mos_relay_post_free)

G_END_DECLS

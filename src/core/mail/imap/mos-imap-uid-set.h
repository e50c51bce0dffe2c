/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosImapUidSet:
 *
 * A set of UIDs as sorted, disjoint, not touching ranges: 20,000 messages are a handful of them. No "*". One thread.
 */
typedef struct _MosImapUidSet MosImapUidSet;

typedef struct
{
  guint32 first;
  guint32 last;
} MosImapUidRange;

MosImapUidSet *mos_imap_uid_set_new (void);
/** mos_imap_uid_set_new_parse: Returns: (transfer full) (nullable): "1:5,9"; %NULL when @text is none ("*", 0 and overflow included) */
MosImapUidSet *mos_imap_uid_set_new_parse (const char *text);
MosImapUidSet *mos_imap_uid_set_copy (const MosImapUidSet *self);
void mos_imap_uid_set_free (MosImapUidSet *self);

/** mos_imap_uid_set_add: 0 is no UID and ignored */
void mos_imap_uid_set_add (MosImapUidSet *self, guint32 uid);
/** mos_imap_uid_set_add_range: both ends included, in either order */
void mos_imap_uid_set_add_range (MosImapUidSet *self, guint32 first, guint32 last);
void mos_imap_uid_set_add_set (MosImapUidSet *self, const MosImapUidSet *other);
void mos_imap_uid_set_remove (MosImapUidSet *self, guint32 uid);
/** mos_imap_uid_set_subtract: Returns: (transfer full): what is in @self and not in @other */
MosImapUidSet *mos_imap_uid_set_subtract (const MosImapUidSet *self, const MosImapUidSet *other);
/** mos_imap_uid_set_intersect: Returns: (transfer full): what is in both */
MosImapUidSet *mos_imap_uid_set_intersect (const MosImapUidSet *self, const MosImapUidSet *other);

gboolean mos_imap_uid_set_contains (const MosImapUidSet *self, guint32 uid);
gboolean mos_imap_uid_set_is_empty (const MosImapUidSet *self);
gboolean mos_imap_uid_set_equal (const MosImapUidSet *a, const MosImapUidSet *b);
guint64 mos_imap_uid_set_get_count (const MosImapUidSet *self);
/** mos_imap_uid_set_get_last: Returns: the highest UID, 0 when empty */
guint32 mos_imap_uid_set_get_last (const MosImapUidSet *self);
/** mos_imap_uid_set_get_ranges: Returns: (transfer none): valid until the set changes */
const MosImapUidRange *mos_imap_uid_set_get_ranges (const MosImapUidSet *self, guint *ret_count);
/** mos_imap_uid_set_to_string: Returns: (transfer full): "1:5,9", "" when empty */
char *mos_imap_uid_set_to_string (const MosImapUidSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapUidSet, mos_imap_uid_set_free)

G_END_DECLS

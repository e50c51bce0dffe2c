/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-enums.h"

G_BEGIN_DECLS

/** MosImapOwner: whose folder it is (RFC 2342). Servers without NAMESPACE show only one's own. */
typedef enum
{
  MOS_IMAP_OWNER_SELF,
  MOS_IMAP_OWNER_OTHERS, /* another person's, who lets this one see it */
  MOS_IMAP_OWNER_SHARED, /* nobody's own: "info@" for the whole shop */
} MosImapOwner;

/**
 * MosImapNamespace:
 * @prefix: what its folders begin with, canonical as MosImapFolder.mailbox; "" for everything else
 * @delimiter: '\0' for a flat name space
 */
typedef struct
{
  MosImapOwner owner;
  char *prefix;
  char delimiter;
} MosImapNamespace;

void mos_imap_namespace_free (MosImapNamespace *self);
/** mos_imap_namespaces_find: Returns: (transfer none) (nullable): the one of @namespaces (element-type MosImapNamespace) that @mailbox is in: the longest prefix counts */
const MosImapNamespace *mos_imap_namespaces_find (GPtrArray *namespaces, const char *mailbox);

/**
 * MosImapFolder:
 * @mailbox: the folder's key, and what the session's functions take. Modified UTF-7, whatever the wire has: it stays the same when a
 *   server learns UTF8=ACCEPT. Where the server's name is neither valid modified UTF-7 nor UTF-8 it is the raw name as it came
 * @name: UTF-8, to be shown; @mailbox itself where that is no valid modified UTF-7
 * @delimiter: '\0' for a flat name space
 * @owner: whose it is
 * @role: by SPECIAL-USE or XLIST; only of one's own folders
 * @guessed_role: by well-known names, where @role is MOS_FOLDER_OTHER
 * @can_select: no \Noselect, no \NonExistent
 * @is_all: \All (Gmail's All Mail): holds everything once more
 */
typedef struct
{
  char *mailbox;
  char *name;
  char delimiter;
  MosImapOwner owner;
  MosFolderRole role;
  MosFolderRole guessed_role;
  gboolean can_select;
  gboolean is_all;
} MosImapFolder;

void mos_imap_folder_free (MosImapFolder *self);

/** mos_imap_folders_find_role: Returns: (transfer none) (nullable): the folder for @role: what the server marks, else a well-known name */
const MosImapFolder *mos_imap_folders_find_role (GPtrArray *folders, MosFolderRole role);
/** mos_imap_folder_is_all_mail: whether @name is Gmail's folder of everything, in one of the languages people use */
gboolean mos_imap_folder_is_all_mail (const char *name);
/** mos_imap_folder_guess_role: by the last part of @name (UTF-8), in the languages people use; MOS_FOLDER_OTHER when it is none */
MosFolderRole mos_imap_folder_guess_role (const char *name, char delimiter);

/** mos_imap_utf7_decode: Returns: (transfer full) (nullable): UTF-8; %NULL when @mailbox is no modified UTF-7 or would not encode to itself (RFC 3501 §5.1.3) */
char *mos_imap_utf7_decode (const char *mailbox);
/** mos_imap_utf7_encode: Returns: (transfer full): modified UTF-7 of valid UTF-8 */
char *mos_imap_utf7_encode (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapFolder, mos_imap_folder_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-enums.h"

G_BEGIN_DECLS

/**
 * MosImapFolder:
 * @mailbox: the name as on the wire (modified UTF-7, or UTF-8 after ENABLE UTF8=ACCEPT); what the session's functions take
 * @name: UTF-8, to be shown; @mailbox itself where that is no valid modified UTF-7
 * @delimiter: '\0' for a flat name space
 * @role: by SPECIAL-USE
 * @guessed_role: by well-known names, where @role is MOS_FOLDER_OTHER
 * @can_select: no \Noselect, no \NonExistent
 * @is_all: \All (Gmail's All Mail): holds everything once more
 */
typedef struct
{
  char *mailbox;
  char *name;
  char delimiter;
  MosFolderRole role;
  MosFolderRole guessed_role;
  gboolean can_select;
  gboolean is_all;
} MosImapFolder;

void mos_imap_folder_free (MosImapFolder *self);

/** mos_imap_folders_find_role: Returns: (transfer none) (nullable): the folder for @role: what the server marks, else a well-known name */
const MosImapFolder *mos_imap_folders_find_role (GPtrArray *folders, MosFolderRole role);
/** mos_imap_folder_guess_role: by the last part of @name (UTF-8), in the languages people use; MOS_FOLDER_OTHER when it is none */
MosFolderRole mos_imap_folder_guess_role (const char *name, char delimiter);

/** mos_imap_utf7_decode: Returns: (transfer full) (nullable): UTF-8; %NULL when @mailbox is no modified UTF-7 or would not encode to itself (RFC 3501 §5.1.3) */
char *mos_imap_utf7_decode (const char *mailbox);
/** mos_imap_utf7_encode: Returns: (transfer full): modified UTF-7 of valid UTF-8 */
char *mos_imap_utf7_encode (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapFolder, mos_imap_folder_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosImapArguments:
 *
 * What follows a command's verb. Strings of the outside world only enter by
 * mos_imap_arguments_add_string(), so nobody can smuggle a command in.
 */
typedef struct _MosImapArguments MosImapArguments;

MosImapArguments *mos_imap_arguments_new (const char *text);
void mos_imap_arguments_free (MosImapArguments *self);
/** mos_imap_arguments_add: one of our own words, as it is */
void mos_imap_arguments_add (MosImapArguments *self, const char *text);
/** mos_imap_arguments_add_string: as a quoted string, or as a literal where it has bytes that a quoted one cannot hold */
void mos_imap_arguments_add_string (MosImapArguments *self, const char *text);
/** mos_imap_arguments_add_utf8_string: the same where UTF-8 may stand between quotes: after ENABLE UTF8=ACCEPT (RFC 6855 §3) and in rev2 */
void mos_imap_arguments_add_utf8_string (MosImapArguments *self, const char *text);
void mos_imap_arguments_add_literal (MosImapArguments *self, GBytes *bytes);

/* For the session: text before literal 0, literal 0, text between, …; the last text has no literal. */
guint mos_imap_arguments_get_count (const MosImapArguments *self);
const char *mos_imap_arguments_get_text (const MosImapArguments *self, guint index);
GBytes *mos_imap_arguments_get_literal (const MosImapArguments *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapArguments, mos_imap_arguments_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosImapCapabilities: what the server offers right now; a value, forgotten and asked again after STARTTLS and after authentication */
typedef struct
{
  gboolean known; /* a list was seen */
  gboolean imap4rev1;
  gboolean imap4rev2;
  gboolean starttls;
  gboolean logindisabled;
  gboolean sasl_ir;
  gboolean idle;
  gboolean uidplus;
  gboolean move;
  gboolean condstore;
  gboolean qresync;
  gboolean enable;
  gboolean esearch;
  gboolean special_use;
  gboolean list_extended;
  gboolean literal_plus;  /* {n+} of any size */
  gboolean literal_minus; /* {n+} up to 4096 bytes */
  gboolean name_space;
  gboolean id;
  gboolean compress_deflate;
  gboolean utf8_accept;
  gboolean unselect;
  gboolean xlist; /* Gmail's SPECIAL-USE of before RFC 6154 */
  gboolean notify;
  gboolean list_status;
  gboolean gmail;       /* X-GM-EXT-1 */
  guint64 append_limit; /* APPENDLIMIT=n, 0 unknown */
  GStrv auth;           /* (owned) (nullable): mechanisms, without "AUTH=" */
} MosImapCapabilities;

/** mos_imap_capabilities_parse: replaces what @self held by the words of @text ("IMAP4rev1 IDLE …") */
void mos_imap_capabilities_parse (MosImapCapabilities *self, const char *text);
void mos_imap_capabilities_clear (MosImapCapabilities *self);

/**
 * MosImapQuirks: what a server does otherwise than it says; each with the line it was recognised by.
 * @files_sent: files what it sends by itself, so no APPEND to Sent
 * @no_modseq: answered NOMODSEQ or left HIGHESTMODSEQ out: no CHANGEDSINCE for this folder
 * @labels_are_folders: one message is in several folders (\All holds everything): do not follow All Mail
 * @notify_ascii_only: takes NOTIFY for folders with other letters, and then tells nothing of them
 * @evidence: (owned) (nullable): the server line that caused it
 */
typedef struct
{
  gboolean files_sent;
  gboolean no_modseq;
  gboolean labels_are_folders;
  gboolean notify_ascii_only;
  char *evidence;
} MosImapQuirks;

/** mos_imap_quirks_from_greeting: @line: the greeting or the ID answer as received */
void mos_imap_quirks_learn (MosImapQuirks *self, const char *line, const MosImapCapabilities *capabilities);
void mos_imap_quirks_clear (MosImapQuirks *self);

G_END_DECLS

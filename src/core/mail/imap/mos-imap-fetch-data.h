/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/imap/mos-imap-tokenizer.h"
#include "core/values/mos-enums.h"

G_BEGIN_DECLS

/** MosImapFetchData: one "* n FETCH (…)". @body and @body_text (a body as a quoted string) are borrowed from the response; both %NULL for "BODY[] NIL" */
typedef struct
{
  guint32 uid; /* 0: absent */
  gboolean has_flags;
  MosMessageFlags flags;
  gboolean has_size;
  guint64 size;
  gint64 received_us; /* 0: absent */
  guint64 modseq;     /* 0: absent */
  gboolean has_body;
  GBytes *body;
  const char *body_text;
  guint64 body_skipped;
} MosImapFetchData;

/** mos_imap_fetch_data_parse: FALSE when @response is no FETCH; unknown items are passed over */
gboolean mos_imap_fetch_data_parse (MosImapFetchData *self, const MosImapResponse *response);

MosMessageFlags mos_imap_flags_parse (const MosImapValue *list);
/** mos_imap_flags_to_string: Returns: (transfer full): "\\Seen \\Answered" */
char *mos_imap_flags_to_string (MosMessageFlags flags);
/** mos_imap_date_parse: "17-Jul-1996 02:44:25 -0700" or " 7-Jul…" as microseconds; 0 when it is none */
gint64 mos_imap_date_parse (const char *text);
/** mos_imap_date_to_string: Returns: (transfer full): in UTC */
char *mos_imap_date_to_string (gint64 time_us);

G_END_DECLS

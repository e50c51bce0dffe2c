/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program says by its exit; core/desk/mos-file-text.c knows the same numbers. */
typedef enum
{
  MOS_EXTRACT_DONE = 0,
  MOS_EXTRACT_NONE = 2, /* of no kind that has text */
  MOS_EXTRACT_ENCRYPTED = 3,
  MOS_EXTRACT_FAILED = 4,     /* damaged, or beyond a limit */
  MOS_EXTRACT_UNCONFINED = 5, /* this system cannot confine it: nothing was read */
} MosExtractExit;

/* A file may be as large as this, and what was packed in one as that. */
#define MOS_EXTRACT_MAX_FILE (64 << 20)
#define MOS_EXTRACT_MAX_UNPACKED (64 << 20)
#define MOS_EXTRACT_MAX_TEXT (1 << 20)

/** mos_extract_limit: memory, processor time, no files, no core: before anything of the file is read */
gboolean mos_extract_limit (void);
/** mos_extract_confine: from here on nothing can be opened, started or connected. Returns: %FALSE where the system cannot do that */
gboolean mos_extract_confine (void);

/** mos_extract_office: the text of an ODF or OOXML file into @out */
MosExtractExit mos_extract_office (const guint8 *data, gsize size, GString *out);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-macro-values.h"

G_BEGIN_DECLS

/* Macros from a file and into one. Ours is JSON:
 *
 *   { "format": "mostrador-macros", "version": 1, "macros": [ … as in mos-macro-json.h … ] }
 *
 * A list of macros, or one alone, is taken too; and CSV of other programs (mos-macro-foreign.h). */

/** MOS_MACRO_IMPORT_MAX_BYTES: what is larger is no file of macros, be there ever so many with their attachments */
#define MOS_MACRO_IMPORT_MAX_BYTES (64 * 1024 * 1024)

typedef enum
{
  MOS_MACRO_IMPORT_NEW,
  MOS_MACRO_IMPORT_REPLACED,
  MOS_MACRO_IMPORT_KEPT,    /* one with its shortcode or name is here, and stays */
  MOS_MACRO_IMPORT_REFUSED, /* it is none */
} MosMacroImportResult;     /* new replaced kept refused */
MOS_DECLARE_NICKS (MosMacroImportResult, macro_import_result)

/**
 * MosMacroImportEntry:
 * @name: as far as it could be read
 * @macro: (nullable): %NULL where it is refused
 * @why: (nullable): where in it something is wrong: "texts.es"
 * @notes: (element-type utf8): what of it has no equal here and was left as it is, or out
 */
typedef struct
{
  char *name;
  MosMacro *macro;
  MosMacroImportResult result;
  char *why;
  GPtrArray *notes;
} MosMacroImportEntry;
MOS_DECLARE_VALUE (MosMacroImportEntry, macro_import_entry)

/**
 * mos_macro_import_read: Pure; any thread. @data: the file's bytes
 * @language: (nullable): of texts for which the file says none
 *
 * Returns: (transfer full) (nullable) (element-type MosMacroImportEntry): one for each macro in the file; MOS_DESK_ERROR_INVALID where it is no such file
 */
GPtrArray *mos_macro_import_read (GBytes *data, const char *language, GError **error);
/** mos_macro_import_run: inside a transaction: saves what @entries hold and says in them what became of it. @replaces: what is here gives way */
gboolean mos_macro_import_run (MosTxn *txn, GPtrArray *entries, gboolean replaces, GError **error);
/** mos_macro_export: inside a transaction. @macros: (element-type MosMacro). Returns: (transfer full) (nullable): the file's text, with the bytes of attachments */
char *mos_macro_export (MosTxn *txn, GPtrArray *macros, GError **error);

G_END_DECLS

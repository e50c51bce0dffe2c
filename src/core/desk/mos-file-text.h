/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosFileText:
 *
 * Reads the text in attachments in the background, so that the search finds it:
 * one file after another, each by a process of its own that is confined
 * (src/extract). The queue is the table file_text; nothing is lost by ending.
 *
 * Main context; the work is done on a thread of its own.
 */
#define MOS_TYPE_FILE_TEXT (mos_file_text_get_type ())
G_DECLARE_FINAL_TYPE (MosFileText, mos_file_text, MOS, FILE_TEXT, GObject)

MosFileText *mos_file_text_new (MosStore *store);
/** mos_file_text_start: reads what waits, and what comes */
void mos_file_text_start (MosFileText *self);
/** mos_file_text_can_read: Returns: whether the confined process is there and this machine can confine it, as far as it was tried */
gboolean mos_file_text_can_read (MosFileText *self);
/** mos_file_text_stop: ends a file that is being read, waits for the thread */
void mos_file_text_stop (MosFileText *self);

/**
 * mos_file_text_run_sync: reads the next file that waits, for worker threads and tests
 * @program: the confined process
 * @ret_more: (out): whether it is worth to ask again: something was read
 *
 * %FALSE only where the store cannot be used, or @program cannot be run or confined (G_IO_ERROR_NOT_SUPPORTED): a bad file is no error.
 */
gboolean mos_file_text_run_sync (MosStore *store, const char *program, gboolean *ret_more, GCancellable *cancellable, GError **error);
/** mos_file_text_find_program: Returns: (transfer full) (nullable): where the confined process is installed */
char *mos_file_text_find_program (void);

G_END_DECLS

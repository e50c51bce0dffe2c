/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-job.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

typedef enum
{
  MOS_EXPORT_MBOX,
  MOS_EXPORT_MAILDIR,
  MOS_EXPORT_JSON,
  MOS_EXPORT_EML,
} MosExportFormat; /* mbox maildir json eml */
MOS_DECLARE_NICKS (MosExportFormat, export_format)

/**
 * MosExportCounts: what was written.
 * @conversations, @messages: mails
 * @others: notes and events, where the format holds them (JSON)
 * @left_out: notes and events that the format cannot hold
 * @damaged: attachments, and other parts of messages, that are damaged in the profile and left out (JSON): mos_export_job_dup_damaged()
 * @without_source: messages of which no mail was kept, or which is damaged, left out of the mail formats
 */
typedef struct
{
  guint64 conversations;
  guint64 messages;
  guint64 others;
  guint64 left_out;
  guint64 without_source;
  guint64 damaged;
} MosExportCounts;

/**
 * MosExportJob:
 *
 * Writes conversations where other programs read them, one message in memory at a time. What is written appears under its name when
 * it is complete, or not at all.
 *
 *  - mbox: one file (mboxrd): each message byte for byte, but for the quoting of "From " lines and an end of line added where the
 *    last one has none
 *  - maildir: a folder with cur, new and tmp: byte for byte; the flag S for what was read, the time of receipt in name and file
 *  - json: a folder with conversations.jsonl (one conversation a line, as "show --json --full" has it, notes and events too) and
 *    attachments/<sha256>
 *  - eml: one message as it was received is a file; conversations are a folder of them
 *
 * Notes and events are no mail: only JSON holds them.
 */
#define MOS_TYPE_EXPORT_JOB (mos_export_job_get_type ())
G_DECLARE_FINAL_TYPE (MosExportJob, mos_export_job, MOS, EXPORT_JOB, MosJob)

/**
 * mos_export_job_new:
 * @conversations: (nullable): ids; %NULL = all that are not deleted
 * @message: (nullable): only this one, with MOS_EXPORT_EML
 * @path: absolute; its folder must be there
 * @replace: an earlier export of this name is replaced. A folder that holds something else never is.
 *
 * Errors: G_IO_ERROR_EXISTS when something is there already, G_IO_ERROR of writing, MOS_DESK_ERROR_NOT_FOUND; nothing is left behind.
 */
MosExportJob *mos_export_job_new (MosStore *store, MosExportFormat format, const char *const *conversations, const char *message, const char *path, gboolean replace);
/** mos_export_job_get_counts: Any thread; final when the job is done */
MosExportCounts mos_export_job_get_counts (MosExportJob *self);
/** mos_export_job_dup_damaged: Returns: (transfer full): the first hundred of those, each as "#1042: film.mp4". Any thread; final when the job is done */
char **mos_export_job_dup_damaged (MosExportJob *self);
const char *mos_export_job_get_path (MosExportJob *self);

G_END_DECLS

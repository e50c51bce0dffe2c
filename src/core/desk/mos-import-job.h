/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-job.h"
#include "core/store/mos-store-imports.h"

G_BEGIN_DECLS

/**
 * MosImportJob:
 *
 * Takes in old mail in archive mode: dates kept, closed, read, in no measure; no rules, no surveys, nobody is told. Mail that is
 * here already, under whichever account, is met again and not doubled. The position is committed with the mail before it, so a
 * run that was paused, failed or killed is gone on with by making the same job again (same account, same source).
 *
 * Mail that says nothing sensible goes to the quarantine; what cannot be read or stored is named (mos_store_import_list_problems())
 * and never stops the rest.
 */
#define MOS_TYPE_IMPORT_JOB (mos_import_job_get_type ())
G_DECLARE_FINAL_TYPE (MosImportJob, mos_import_job, MOS, IMPORT_JOB, MosJob)

/** mos_import_job_new_paths: @account: (nullable): whose mail it is; %NULL = the local account "Archive"; @paths: absolute, see mos_import_walk() */
MosImportJob *mos_import_job_new_paths (MosStore *store, const char *account, const char *const *paths);
/**
 * mos_import_job_new_folder: a whole folder of an IMAP server; nothing is changed there
 * @account: (nullable): whose mail it becomes; %NULL = "Archive"
 * @server: address, CA file and pin of the server; only its IMAP side is looked at
 * @host: (nullable): gives the password of @server when it is a configured account
 * @password: (nullable): instead
 * @folder: its name, in UTF-8 or as on the wire
 *
 * MOS_DESK_ERROR_NOT_FOUND, with the folders' names in the message, when there is none of this name.
 */
MosImportJob *mos_import_job_new_folder (MosStore *store, const char *account, MosAccount *server, MosChannelHost *host, const char *password, const char *folder);
/** mos_import_job_new_again: Returns: (transfer full) (nullable): the job of a row that was not finished; %NULL when it needs a password that nobody kept */
MosImportJob *mos_import_job_new_again (MosStore *store, MosChannelHost *host, MosImportRow *row);

/**
 * MosImportResultFunc: one message, after its commit, on the running thread
 * @result: (nullable): what became of it; @number: of its conversation
 * @problem: (nullable): why it was passed over
 */
typedef void (*MosImportResultFunc) (const char *path, MosIngestResult *result, gint64 number, MosImportProblem *problem, gpointer user_data);
void mos_import_job_set_result_func (MosImportJob *self, MosImportResultFunc func, gpointer user_data);

/** mos_import_job_dup_row: Returns: (transfer full): the counts so far. Any thread */
MosImportRow *mos_import_job_dup_row (MosImportJob *self);
/** mos_import_job_dup_name: Returns: (transfer full): what is imported, for people: a file's name, "a, b", or "folder, server" */
char *mos_import_job_dup_name (MosImportJob *self);
/** mos_import_job_was_resumed: whether this run began where an earlier one stopped */
gboolean mos_import_job_was_resumed (MosImportJob *self);

G_END_DECLS

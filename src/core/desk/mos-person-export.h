/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-job.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** MosPersonWord: what the page for people says, in the language of whoever exports */
typedef enum
{
  MOS_PERSON_DETAILS,
  MOS_PERSON_ADDRESSES,
  MOS_PERSON_ORDERS,
  MOS_PERSON_SCORES, /* what they said of the service */
  MOS_PERSON_CONVERSATIONS,
  MOS_PERSON_ELSEWHERE, /* what they wrote in conversations of others */
  MOS_PERSON_LEFT_OUT,  /* what is others' in a conversation of theirs; the number of messages follows */
  MOS_PERSON_FROM_US,
  MOS_PERSON_NOTE,
  MOS_PERSON_FILES,
  MOS_PERSON_NAME,
  MOS_PERSON_LANGUAGE,
  MOS_PERSON_COUNTRY,
  MOS_PERSON_PHONE,
  MOS_PERSON_COMPANY,
  MOS_PERSON_NOTES,
  MOS_PERSON_CONSENT,
  MOS_PERSON_CONSENT_GIVEN,
  MOS_PERSON_CONSENT_OPTED_OUT,
  MOS_PERSON_VIP,
  MOS_PERSON_YES,
  MOS_PERSON_CATALOG, /* what the words are translated by: gettext() of "", whose "Language:" tells the page's */
} MosPersonWord;
#define MOS_N_PERSON_WORDS (MOS_PERSON_CATALOG + 1)

/**
 * MosPersonExportJob:
 *
 * All that is known of one customer as a ZIP file (behaviour.md §2.13): person.json (the customer, their orders as "order show --json" has them, what they said of the service as "survey list --json" has it, and each
 * conversation as "show --json" has it, notes and events too; where others wrote in it, only what is theirs by #MosPersonOwn, and "left_out", how many messages are not; what they wrote in conversations of others, and we to
 * them there, those messages alone), person.html for people, mail/ with each mail byte for byte, files/ with what was attached. It is there complete, or not at all.
 */
#define MOS_TYPE_PERSON_EXPORT_JOB (mos_person_export_job_get_type ())
G_DECLARE_FINAL_TYPE (MosPersonExportJob, mos_person_export_job, MOS, PERSON_EXPORT_JOB, MosJob)

/**
 * mos_person_export_job_new:
 * @words: as many as MOS_N_PERSON_WORDS
 * @path: absolute
 *
 * Errors: G_IO_ERROR_EXISTS, G_IO_ERROR of writing, MOS_DESK_ERROR_NOT_FOUND
 */
MosPersonExportJob *mos_person_export_job_new (MosStore *store, const char *customer, const char *const *words, const char *path, gboolean replace);
/** mos_person_export_job_get_counts: final when the job is done. @ret_damaged: files and mails that are damaged in the profile and left out */
void mos_person_export_job_get_counts (MosPersonExportJob *self, guint *ret_conversations, guint *ret_files, guint *ret_damaged);

G_END_DECLS

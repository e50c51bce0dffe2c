/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"
#include "core/desk/mos-job.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** MOS_FETCH_MAX_BYTES: larger messages are not fetched even when a person asks: they are held in memory while they are parsed and stored */
#define MOS_FETCH_MAX_BYTES (256 * 1024 * 1024)

/**
 * MosFetchJob:
 *
 * Fetches the whole of one mail of which only the head is here, because it is larger than what is fetched by itself. The message is
 * made whole where it is: its id, its conversation and what was done with it stay. Nothing is changed on the server. Cancelled or
 * failed, everything is as before, and it may be run again.
 *
 * Errors: MOS_DESK_ERROR_NOT_FOUND: no such message, or it has no place on a server (any more); MOS_MAIL_ERROR_TOO_LARGE: beyond
 * MOS_FETCH_MAX_BYTES; those of signing in, and of the store.
 */
#define MOS_TYPE_FETCH_JOB (mos_fetch_job_get_type ())
G_DECLARE_FINAL_TYPE (MosFetchJob, mos_fetch_job, MOS, FETCH_JOB, MosJob)

/** mos_fetch_job_new: @host: asked for what the account signs in with; @message: its id; @subject: for people */
MosFetchJob *mos_fetch_job_new (MosStore *store, MosChannelHost *host, const char *message, const char *subject);
/** mos_fetch_job_get_message: Returns: (transfer none): id of the message. Any thread */
const char *mos_fetch_job_get_message (MosFetchJob *self);
/** mos_fetch_job_get_subject: Returns: (transfer none). Any thread */
const char *mos_fetch_job_get_subject (MosFetchJob *self);

G_END_DECLS

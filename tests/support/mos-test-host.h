/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"

G_BEGIN_DECLS

/**
 * MosTestHost:
 *
 * The desk as a channel sees it, in memory: what the real one must do, in its
 * simplest form. Any thread; the counters below are read under its lock by the
 * functions.
 */
#define MOS_TYPE_TEST_HOST (mos_test_host_get_type ())
G_DECLARE_FINAL_TYPE (MosTestHost, mos_test_host, MOS, TEST_HOST, GObject)

MosTestHost *mos_test_host_new (const char *password);
void mos_test_host_set_password (MosTestHost *self, const char *password);

/** mos_test_host_queue: as the desk does when somebody presses Send */
void mos_test_host_queue (MosTestHost *self, const char *message, const char *message_id, const char *from, const char *to, const char *text);
MosDelivery mos_test_host_get_delivery (MosTestHost *self, const char *message);
char *mos_test_host_dup_why (MosTestHost *self, const char *message);
guint mos_test_host_get_attempts (MosTestHost *self, const char *message);
gint64 mos_test_host_get_next_try (MosTestHost *self, const char *message);
gboolean mos_test_host_is_copy_done (MosTestHost *self, const char *message);
/** mos_test_host_forget_copy: as a kill right after APPEND does */
void mos_test_host_forget_copy (MosTestHost *self, const char *message);

/** mos_test_host_want_flags: queues a change for the message with @subject */
void mos_test_host_want_flags (MosTestHost *self, const char *subject, MosMessageFlags add, MosMessageFlags remove);
guint mos_test_host_count_wanted (MosTestHost *self);

/** mos_test_host_count: messages of @role with a place on the server; any role for -1 */
guint mos_test_host_count (MosTestHost *self, int role);
guint mos_test_host_count_known (MosTestHost *self);
guint mos_test_host_count_archive (MosTestHost *self);
guint mos_test_host_count_ingested (MosTestHost *self);
guint mos_test_host_count_rematched (MosTestHost *self);
guint mos_test_host_count_work_ready (MosTestHost *self);
gboolean mos_test_host_has (MosTestHost *self, const char *subject);
gboolean mos_test_host_is_removed (MosTestHost *self, const char *subject);
MosMessageFlags mos_test_host_get_flags (MosTestHost *self, const char *subject);
guint32 mos_test_host_get_uid (MosTestHost *self, const char *subject);
/** mos_test_host_first: Returns: (transfer full): subject of the message ingested as number @n */
char *mos_test_host_nth (MosTestHost *self, guint n);

/** mos_test_host_lose: @folder was followed, and the server does not list it any more */
void mos_test_host_lose (MosTestHost *self, const char *folder, guint32 uidvalidity, guint32 uidnext);
/** mos_test_host_dup_fate: Returns: (transfer full) (nullable): what became of it: "renamed NAME" or "dropped" */
char *mos_test_host_dup_fate (MosTestHost *self);

/** mos_test_host_get_state: of the last status told */
MosAccountState mos_test_host_get_state (MosTestHost *self);
MosAccountStatus *mos_test_host_dup_status (MosTestHost *self);
guint mos_test_host_count_passwords (MosTestHost *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "mos-test-host.h"

G_BEGIN_DECLS

typedef struct
{
  char *digest;
  char *subject;
  char *message_id;
  char *folder; /* (nullable): no place now */
  MosFolderRole role;
  guint32 uidvalidity;
  guint32 uid;
  MosMessageFlags flags;
  gint64 received_us;
  gsize size;
  gboolean archive;
} TestMessage;

typedef struct
{
  MosOutboxItem *item;
  MosDelivery state;
  gint64 next_try_us;
  guint attempts;
  gboolean copy_done;
  char *why;
} TestOutbox;

struct _MosTestHost
{
  GObject parent_instance;

  GMutex mutex;
  char *password;
  GPtrArray *messages; /* of TestMessage, as ingested */
  GHashTable *cursors; /* folder -> MosFolderState */
  GPtrArray *outbox;   /* of TestOutbox */
  GPtrArray *wanted;   /* of MosFlagChange */
  MosAccountStatus *status;
  char *sent_filing;    /* (nullable) */
  MosFolderState *gone; /* (nullable): followed, and not listed any more */
  char *fate;           /* (nullable): what became of it */
  guint ingested;
  guint missing;
  guint rematched;
  guint work_ready;
  guint passwords;
};

#define LOCKED g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->mutex)

TestMessage *mos_test_host_find_subject (MosTestHost *self, const char *subject);
TestOutbox *mos_test_host_find_outbox (MosTestHost *self, const char *message);

G_END_DECLS

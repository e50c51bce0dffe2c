/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "mos-test.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define MOS_TEST_MATRIX_AGENT "@agent:localhost"
#define MOS_TEST_MATRIX_CUSTOMER "@anna:localhost"
#define MOS_TEST_MATRIX_PASSWORD "secret"

/**
 * MosTestSynapse:
 * @base: its address
 * @upload_limit: bytes of a file that it takes
 *
 * A real Synapse of one test (tests/support/synapse.py), with an agent and a customer. The customer speaks to it in requests that are written here
 * by hand, so that no mistake of our client can hide behind the same mistake.
 */
typedef struct
{
  char *base;
  guint64 upload_limit;

  /*< private >*/
  char *customer_token;
  char *dir;
  GSubprocess *process;
  GOutputStream *input;
  guint n_keys;
} MosTestSynapse;

/** mos_test_synapse_is_there: whether there is one to start: suite chat says so where ./dev could not make its root */
gboolean mos_test_synapse_is_there (void);
/** mos_test_synapse_new: starts one and waits until it answers (some seconds); @burst: so many messages are taken at once, then one a second; 0 = any */
MosTestSynapse *mos_test_synapse_new (guint burst);
void mos_test_synapse_free (MosTestSynapse *self);

/**
 * mos_test_synapse_ask: what the customer's program asks; the test fails where the answer's status is not @status
 * @path: below the base, encoded; @json: (nullable)
 *
 * Returns: (transfer full): the answer
 */
JsonNode *mos_test_synapse_ask (MosTestSynapse *self, guint status, const char *method, const char *path, const char *json);
/** mos_test_synapse_register: an account "@name:localhost" more. Returns: (transfer full): a token of it */
char *mos_test_synapse_register (MosTestSynapse *self, const char *name);
/** mos_test_synapse_create_room: the customer makes a room and invites the agent; @more: members of the request behind a comma, or "". Returns: (transfer full): its id */
char *mos_test_synapse_create_room (MosTestSynapse *self, const char *more);
/** mos_test_synapse_say: the customer sends an event. @json: its content. Returns: (transfer full): its id */
char *mos_test_synapse_say (MosTestSynapse *self, const char *room, const char *type, const char *json);
/** mos_test_synapse_upload: the customer uploads a file. Returns: (transfer full): its mxc URI */
char *mos_test_synapse_upload (MosTestSynapse *self, const char *type, const char *text);
/** mos_test_synapse_download: the customer fetches a file. Returns: (transfer full): its text */
char *mos_test_synapse_download (MosTestSynapse *self, const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTestSynapse, mos_test_synapse_free)

G_END_DECLS

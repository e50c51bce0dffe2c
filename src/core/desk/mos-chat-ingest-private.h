/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-ingest.h"
#include "core/store/mos-store-chat.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* One update on its way through mos-chat-ingest.c (what is new) and mos-chat-ingest-later.c (what is about something that is here). */
typedef struct
{
  MosTxn *txn;
  MosAccount *account;
  MosChatBatch *batch;
  MosChatUpdate *update;
  gint64 at_us;
  MosChatThread *thread;            /* (owned) */
  char *message;                    /* (owned) (nullable): its global id */
  char *customer;                   /* (owned) (nullable) */
  char *identity;                   /* (owned) (nullable) */
  char *language;                   /* (owned) (nullable) */
  const char *evidence;             /* why it came to its conversation */
  gboolean goes_on;                 /* the thread has a conversation in which it can go on */
  MosSurvey *survey;                /* (owned) (nullable): of ours, that it answers */
  gboolean is_news;                 /* … and says something that somebody should hear of */
  gboolean is_press;                /* what is taken as a message is a button that was pressed */
  MosConversationRow *conversation; /* (owned) (nullable) */
} MosChatIngest;

/* A message of its own, new or known. */
gboolean mos_chat_take_as_message (MosChatIngest *self, MosIngestResult **ret_result, GError **error);

/* mos-chat-ingest-survey.c */
/* a button below a question of ours what somebody thinks of the service, an answer to it, or the bare number soon after it: into @self->survey */
gboolean mos_chat_find_survey (MosChatIngest *self, GError **error);
/* the message is stored: so is the answer */
gboolean mos_chat_follow_survey (MosChatIngest *self, GError **error);

/* mos-chat-ingest-broken.c */
/* What could not be read is set apart as it came, once. */
gboolean mos_chat_take_broken (MosChatIngest *self, MosIngestResult **ret_result, GError **error);

/* mos-chat-ingest-later.c */
/* @ret_is_met: (out): it is a message of ours that was sent from here, come back: that is settled now */
gboolean mos_chat_meet_own (MosChatIngest *self, gboolean *ret_is_met, GError **error);
gboolean mos_chat_take_edit (MosChatIngest *self, MosIngestResult **ret_result, GError **error);
gboolean mos_chat_take_delete (MosChatIngest *self, GError **error);
gboolean mos_chat_take_reaction (MosChatIngest *self, GError **error);
gboolean mos_chat_take_receipt (MosChatIngest *self, GError **error);
gboolean mos_chat_take_press (MosChatIngest *self, MosIngestResult **ret_result, GError **error);
gboolean mos_chat_take_thread (MosChatIngest *self, GError **error);
/* the same of all threads whose names end with the update's group */
gboolean mos_chat_take_threads (MosChatIngest *self, GError **error);

G_END_DECLS

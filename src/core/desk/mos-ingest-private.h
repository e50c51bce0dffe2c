/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-ingest.h"
#include "core/desk/mos-threading.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* Why a mail is put aside that bears our address and nothing that shows that we wrote it. */
#define MOS_INGEST_OWN_ADDRESS "own-address"
/* … by which somebody says that he wants no more of what was sent to many. */
#define MOS_INGEST_OPT_OUT "opt-out"
/* … that the server filed as spam. */
#define MOS_INGEST_JUNK "junk"

/* One mail on its way through the steps of mos-ingest.c. */
typedef struct
{
  MosTxn *txn;
  MosAccount *account;
  MosIncoming *incoming;
  MosParsedMessage *parsed; /* (owned) never NULL: an unreadable mail has an empty one */
  GStrv own;                /* (owned) */
  GBytes *key;
  char *raw_sha256; /* (owned) hexadecimal */
  char *message_id; /* (owned) as received, or synthesised */
  char *id;         /* (owned) the message's global id */
  MosDirection direction;
  MosClassification classification;
  const char *cause;  /* (nullable) why it is quarantined */
  MosAddress *person; /* (borrowed) (nullable) the customer's address */
  char *customer;     /* (owned) (nullable) */
  char *identity;     /* (owned) (nullable) */
  char *reply_text;   /* (owned) (nullable) the parsed one, without a learnt signature */
  char *tail;         /* (owned) (nullable) of the parsed one: where a signature may be, when a person wrote it */
  char *language;     /* (owned) (nullable) of that */
  MosThreadAnswer thread;
  GHashTable *present;              /* (owned) (nullable): the ids it refers to that are known here */
  GPtrArray *waiting;               /* (owned) (nullable): messages that refer to it and came before it (mos-ingest-waiting.c) */
  MosConversationRow *conversation; /* (owned) (nullable) */
  char *outreach;                   /* (owned) (nullable): the message of many that began its conversation */
  MosSurvey *survey;                /* (owned) (nullable): of ours, that it answers */
  int score;                        /* … by its subject; MOS_SURVEY_NO_SCORE = that says none */
  gboolean is_late;                 /* … but too late: it is an ordinary mail */
  gboolean is_news;                 /* … and says something that somebody should hear of */
  gboolean is_released;             /* known and put aside, it is a customer's message from now on */
} MosIngest;

/* mos-ingest-place.c: where it is on the server, and our own message met again there */
gboolean mos_ingest_put_location (MosIngest *self, const char *message, GError **error);
/* @ret_row: (out) (nullable): the outgoing message that it is */
gboolean mos_ingest_find_own (MosIngest *self, MosMessageRow **ret_row, GError **error);
gboolean mos_ingest_meet_own (MosIngest *self, MosMessageRow *row, GError **error);
/* whether the mail proves, without a look at the store, that this profile composed it */
gboolean mos_ingest_is_keyed (MosIngest *self);
/* whether it was deleted for good here; then only its place is kept, so that it is not fetched again */
gboolean mos_ingest_is_erased (MosIngest *self, gboolean *ret_is_erased, GError **error);
gboolean mos_ingest_put_erased_place (MosIngest *self, GError **error);
/* A mail that is here under another id, because it was read by a version that read it otherwise: the id holds what the mail says. The same bytes, or
 * the same Message-ID and a stored mail that says the same when it is read anew. @account: (nullable): any; @raw_sha256: of @incoming */
gboolean mos_ingest_find_reread (MosTxn *txn, const char *account, MosIncoming *incoming, const char *raw_sha256, MosMessageRow **ret_row, GError **error);
/* a mail that is here already; the copy in Sent vouches for one that only claimed to be ours */
gboolean mos_ingest_meet_known (MosIngest *self, MosMessageRow *row, GError **error);

/* mos-ingest-junk.c: a known mail that is in the server's Junk folder, and no other, now: into the quarantine, unless a person answered it */
gboolean mos_ingest_follow_junk (MosTxn *txn, MosMessageRow *row, GError **error);
/* whether it was in this Junk folder before, and whoever released it knew that */
gboolean mos_ingest_was_in_junk (MosIngest *self, MosMessageRow *row, gboolean *ret_was, GError **error);

/* mos-ingest-whole.c: a mail beyond the fetch limit, of which only the head is here */
/* @ret_row: (out) (nullable): the message of which this is the whole, be its head here or all of it by now */
gboolean mos_ingest_find_head (MosIngest *self, MosMessageRow **ret_row, GError **error);
/* whether @whole begins with a head that says what @digest says */
gboolean mos_ingest_has_head (GBytes *whole, const char *digest);

/* mos-ingest-thread.c: where it belongs, into @self->thread */
gboolean mos_ingest_decide (MosIngest *self, GError **error);

/* mos-ingest-waiting.c: an older message that comes after those that refer to it */
/* the stored message waits for what it refers to and what is not here */
gboolean mos_ingest_wait (MosIngest *self, GError **error);
/* what waits for a message with @message_id, into @self->waiting */
gboolean mos_ingest_find_waiting (MosIngest *self, const char *message_id, MosDirection direction, GError **error);
/* into @self->conversation, when it has none: that of what waits for it */
gboolean mos_ingest_adopt_conversation (MosIngest *self, GError **error);
/* what waits for the stored message joins it in @self->conversation, which may be another one afterwards */
gboolean mos_ingest_join_waiting (MosIngest *self, const char *message_id, GError **error);
/* what waits for an id that @row of ours is known by from now on joins it */
gboolean mos_ingest_join_answers (MosIngest *self, MosMessageRow *row, const char *message_id, GError **error);

/* mos-ingest-opt-out.c: what comes back of what was sent to many */
/* a mail to the address, or with the word, that List-Unsubscribe named: into @self->thread, and put aside */
gboolean mos_ingest_find_opt_out (MosIngest *self, GError **error);
/* @self->conversation is known: what began it, and whether its answer says no more than to stop */
gboolean mos_ingest_judge_answer (MosIngest *self, GError **error);
/* the message is stored: it is an answer, or the consent goes */
gboolean mos_ingest_follow_outreach (MosIngest *self, GError **error);

/* mos-ingest-survey.c: what comes back for a question of ours what somebody thinks of the service */
/* a mail with the token of one, or that answers its message: into @self->survey and @self->thread, and no customer's message */
gboolean mos_ingest_find_survey (MosIngest *self, GError **error);
/* the message is stored: so is the answer */
gboolean mos_ingest_follow_survey (MosIngest *self, GError **error);

/* mos-ingest-effects.c: what it does to the conversation it joins */
/* @is_written: a person wrote it, no machine */
gboolean mos_ingest_wake (MosTxn *txn, MosConversationRow *row, gint64 received_us, gboolean is_written, GError **error);
gboolean mos_ingest_wake_conversation (MosIngest *self, GError **error);
/* what it answers was sent, if anybody doubted it */
gboolean mos_ingest_settle_answered (MosIngest *self, GError **error);
/* what another desk on this mailbox sent by itself counts here too */
gboolean mos_ingest_count_automatic (MosIngest *self, GError **error);
gboolean mos_ingest_apply_bounces (MosIngest *self, GError **error);

G_END_DECLS

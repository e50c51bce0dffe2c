/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-text.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-survey-ask.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-surveys.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* Between mos-survey-ask.c, which decides, and mos-survey-post.c, which writes. */

/**
 * MosSurveyAsking: a question on its way
 * @account: where the customer wrote last
 * @skip: why not; @is_full: because so many others were written to just now
 * @address: of a mail: to whom; @thread: of a chat: where
 */
typedef struct
{
  MosSurveyKind kind;
  MosSurveySkip skip;
  gboolean is_full;
  MosConversationRow *row;     /* (owned) (nullable) */
  MosSurveyFacts facts;        /* (owned) */
  MosAccount *account;         /* (owned) (nullable) */
  MosSurveySettings *settings; /* (owned) (nullable) */
  MosCustomerRow *customer;    /* (owned) (nullable) */
  MosAddress *address;         /* (owned) (nullable) */
  MosChatThread *thread;       /* (owned) (nullable) */
} MosSurveyAsking;
void mos_survey_asking_clear (MosSurveyAsking *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosSurveyAsking, mos_survey_asking_clear)

/* mos-survey-ask.c */
/* all that is known of it now, and what speaks against asking */
gboolean mos_survey_look (MosTxn *txn, const char *conversation, MosSurveyKind kind, MosSurveyAsking *self, GError **error);
/* it is no question any more when nobody answered for so long */
gboolean mos_survey_plan_end (MosTxn *txn, const char *survey, GError **error);

/* mos-survey-post.c */
/* where its customer wrote last, else where it began; @question: (nullable): what they wrote, where that is known. @ret_account: (out) (nullable): %NULL = it was removed */
gboolean mos_survey_find_account (MosTxn *txn, const MosConversationRow *row, const char *question, MosAccount **ret_account, GError **error);
/* whether there is a way to the customer, into @self */
gboolean mos_survey_judge_way (MosTxn *txn, MosSurveyAsking *self, GError **error);
/* the question, and its message into the outbox */
gboolean mos_survey_post (MosTxn *txn, MosSurveyAsking *self, GError **error);
/* what is said to who answered a question in a chat */
gboolean mos_survey_post_thanks (MosTxn *txn, const MosSurvey *survey, GError **error);

G_END_DECLS

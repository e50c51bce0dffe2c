/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/** MosJourneyConversation: one of a customer's conversations, as a list of them shows it. @account_name: where it came in. @category: (nullable): its name */
typedef struct
{
  char *id;
  gint64 number;
  char *subject;
  MosStatus status;
  char *channel;
  char *account_name;
  char *category;
  gint64 created_us;
  gint64 updated_us;
} MosJourneyConversation;
MOS_DECLARE_VALUE (MosJourneyConversation, journey_conversation)

/** What happened between a customer and the shop. */
typedef enum
{
  MOS_JOURNEY_FIRST_CONTACT,
  MOS_JOURNEY_CONVERSATION, /* one began */
  MOS_JOURNEY_BOUNCE,       /* a message of ours did not get there */
  MOS_JOURNEY_ORDER,
  MOS_JOURNEY_SHIPPED,
  MOS_JOURNEY_DELIVERED,
  MOS_JOURNEY_CANCELLED,
  MOS_JOURNEY_REFUND,
  MOS_JOURNEY_OUTREACH, /* a message to many went to them, too */
  MOS_JOURNEY_SCORE,    /* what they said of the service */
  MOS_JOURNEY_RETURN,   /* of what they ordered something came back */
  MOS_JOURNEY_PROBLEM,  /* a conversation whose category is a complex one */
  MOS_JOURNEY_REOPENED, /* they wrote once more about what was closed */
  MOS_JOURNEY_LATE,     /* an order was not there on the day that was named */
} MosJourneyKind;
MOS_DECLARE_NICKS (MosJourneyKind, journey_kind)

/**
 * MosJourneyStep:
 * @conversation: (nullable): that it belongs to; @number: its number
 * @order: (nullable): id of the order it belongs to
 * @text: the subject of a conversation, of MOS_JOURNEY_PROBLEM its category, the number of an order, the address that a message did not reach, the name of an outreach, the words with a score
 * @amount, @currency: (nullable): of an order or a refund: decimal, ISO 4217
 * @score_kind, @score: of MOS_JOURNEY_SCORE
 */
typedef struct
{
  MosJourneyKind kind;
  gint64 at_us;
  char *conversation;
  gint64 number;
  char *order;
  char *text;
  char *amount;
  char *currency;
  MosSurveyKind score_kind;
  int score;
} MosJourneyStep;
MOS_DECLARE_VALUE (MosJourneyStep, journey_step)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-customer-values.h"
#include "core/values/mos-macro-values.h"
#include "core/values/mos-order-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Outreach: a macro sent to many, each a message of its own to one person. Who answers has a conversation. */

typedef enum
{
  MOS_OUTREACH_DRAFT,
  MOS_OUTREACH_RUNNING,
  MOS_OUTREACH_PAUSED,
  MOS_OUTREACH_DONE,
  MOS_OUTREACH_CANCELLED,
} MosOutreachState; /* draft running paused done cancelled */
MOS_DECLARE_NICKS (MosOutreachState, outreach_state)

typedef enum
{
  MOS_OUTREACH_PROMOTIONAL, /* needs consent, and tells how to be left alone */
  MOS_OUTREACH_ORDER,       /* about the person's own order */
} MosOutreachPurpose;       /* promotional order */
MOS_DECLARE_NICKS (MosOutreachPurpose, outreach_purpose)

/** Whom it is for */
typedef enum
{
  MOS_AUDIENCE_SEGMENT,       /* customers of a segment */
  MOS_AUDIENCE_UNSEEN,        /* neither wrote nor ordered for so many days */
  MOS_AUDIENCE_CUSTOMERS,     /* chosen ones */
  MOS_AUDIENCE_LATE_ORDERS,   /* paid for, older than so many days and without a parcel */
  MOS_AUDIENCE_ORDERS,        /* of a status, and of a time */
  MOS_AUDIENCE_CHOSEN_ORDERS, /* chosen ones */
} MosAudienceKind;            /* segment unseen customers late-orders orders chosen-orders */
#define MOS_N_AUDIENCES (MOS_AUDIENCE_CHOSEN_ORDERS + 1)
MOS_DECLARE_NICKS (MosAudienceKind, audience_kind)

/**
 * MosAudience:
 * @segment: of MOS_AUDIENCE_SEGMENT
 * @days: of MOS_AUDIENCE_UNSEEN and MOS_AUDIENCE_LATE_ORDERS; of MOS_AUDIENCE_CHOSEN_ORDERS: they were chosen because they are late; 0 = not because of that
 * @has_status, @status: of MOS_AUDIENCE_ORDERS; without it any
 * @from_us, @to_us: of MOS_AUDIENCE_ORDERS: when they were placed; 0 = no bound
 * @ids: of those that are chosen
 */
typedef struct
{
  MosAudienceKind kind;
  MosSegment segment;
  guint days;
  gboolean has_status;
  MosOrderStatus status;
  gint64 from_us;
  gint64 to_us;
  GStrv ids;
} MosAudience;
MOS_DECLARE_VALUE (MosAudience, audience)
/** mos_audience_make: Returns: (transfer full): nobody in it where it is of chosen ones */
MosAudience *mos_audience_make (MosAudienceKind kind);
/** mos_audience_is_of_orders: whether each of its people has an order */
gboolean mos_audience_is_of_orders (const MosAudience *self);
void mos_audience_build (JsonBuilder *builder, const MosAudience *self);
/** mos_audience_from_json: Returns: (transfer full) (nullable): %NULL for what this version does not know */
MosAudience *mos_audience_from_json (const char *json);

typedef enum
{
  MOS_OUTREACH_PERSON_WAITING,
  MOS_OUTREACH_PERSON_MADE, /* there is a message */
  MOS_OUTREACH_PERSON_LEFT_OUT,
  MOS_OUTREACH_PERSON_CANCELLED,
} MosOutreachPersonState; /* waiting made left-out cancelled */
MOS_DECLARE_NICKS (MosOutreachPersonState, outreach_person_state)

/** Why somebody does not get it */
typedef enum
{
  MOS_LEFT_OUT_OPTED_OUT,
  MOS_LEFT_OUT_NO_CONSENT, /* nobody asked, and the owner did not say that it does not matter */
  MOS_LEFT_OUT_NO_ADDRESS,
  MOS_LEFT_OUT_BOUNCED, /* the last mail there came back */
  MOS_LEFT_OUT_RECENT,  /* had one not long ago */
  MOS_LEFT_OUT_ERASED,
  MOS_LEFT_OUT_MISSING, /* something of the text cannot be filled in */
  MOS_LEFT_OUT_TWICE,   /* gets it already */
  MOS_LEFT_OUT_BLOCKED, /* mail from there is blocked */
  MOS_LEFT_OUT_SETTLED, /* the order is not late any more, or gone */
  MOS_LEFT_OUT_UNSENDABLE,
} MosLeftOut; /* opted-out no-consent no-address bounced recent erased missing twice blocked settled unsendable */
#define MOS_N_LEFT_OUT (MOS_LEFT_OUT_UNSENDABLE + 1)
MOS_DECLARE_NICKS (MosLeftOut, left_out)

/**
 * MosOutreachPerson: one who gets it, or does not
 * @customer: (nullable): %NULL for a guest whom nobody here knows yet, and once erased
 * @address: "" = none, or erased
 * @name: as it was when it was worked out
 * @order, @order_number: (nullable): what it is about
 * @language: of the text; "" = not looked at yet
 * @reason: with MOS_OUTREACH_PERSON_LEFT_OUT; @detail: (nullable): tags that are missing, the server's words
 * @message, @conversation: (nullable): what was made
 * @delivery: of the message
 * @at_us: when it was made; @answered_us, @opted_out_us: 0 = not
 */
typedef struct
{
  guint position;
  char *customer;
  char *address;
  char *name;
  char *order;
  char *order_number;
  char *language;
  MosOutreachPersonState state;
  MosLeftOut reason;
  char *detail;
  char *message;
  char *conversation;
  MosDelivery delivery;
  gint64 at_us;
  gint64 answered_us;
  gint64 opted_out_us;
} MosOutreachPerson;
MOS_DECLARE_VALUE (MosOutreachPerson, outreach_person)

/** MosOutreachCounts: @n_made of them are @n_queued (not left yet), @n_sent, or @n_failed (refused or come back); who answered was sent one */
typedef struct
{
  guint n_waiting;
  guint n_made;
  guint n_queued;
  guint n_sent;
  guint n_failed;
  guint n_left_out;
  guint n_cancelled;
  guint n_answered;
  guint n_opted_out;
} MosOutreachCounts;

/**
 * MosOutreach:
 * @account: (nullable only before it is saved): that it is sent from
 * @agent: (nullable): in whose name
 * @why: (nullable): with MOS_OUTREACH_PAUSED: "late", "account"; %NULL = a person did it. With MOS_OUTREACH_RUNNING: "hours", "server"
 * @subjects: its texts are the subjects, templates as the letter's; of a language that has none the first
 * @letter: with the macro's id; its texts and attachments are the macro's of the moment when it began, none before
 * @answers: question -> answer, of the macro's questions
 * @allows_unknown: also to those of whom nobody knows whether they want it
 * @again_days: nobody who had one within so many days; 0 = not looked at
 * @per_minute, @per_hour: no more than that; both from 1
 * @in_hours: only within business hours
 * @next_us: when the next one is made; 0 = none
 */
typedef struct
{
  char *id;
  char *name;
  MosOutreachPurpose purpose;
  MosOutreachState state;
  char *why;
  char *account;
  char *agent;
  MosAudience *audience;
  MosMacro *subjects;
  MosMacro *letter;
  GHashTable *answers;
  gboolean allows_unknown;
  guint again_days;
  guint per_minute;
  guint per_hour;
  gboolean in_hours;
  gint64 created_us;
  gint64 started_us;
  gint64 ended_us;
  gint64 next_us;
  MosOutreachCounts counts;
} MosOutreach;
MOS_DECLARE_VALUE (MosOutreach, outreach)
#define MOS_OUTREACH_PER_MINUTE 20
#define MOS_OUTREACH_PER_HOUR 300
#define MOS_OUTREACH_AGAIN_DAYS 14
#define MOS_OUTREACH_MAX_RATE 1000
/** mos_outreach_make: Returns: (transfer full): one with nothing in it, and the usual pace */
MosOutreach *mos_outreach_make (MosAudience *audience);
/** mos_outreach_copy: Returns: (transfer full): to be changed before anybody else sees it; the same audience and answers */
MosOutreach *mos_outreach_copy (const MosOutreach *self);
/** mos_outreach_get_interval_us: Returns: how far apart two of them leave: evenly, so that neither bound is ever passed */
gint64 mos_outreach_get_interval_us (const MosOutreach *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Customers as people look after them: fields, lists, merging, erasing (behaviour.md §2.9, §2.13). */

/** MosCustomerField: one of the shop's own fields; a plain struct in the row's array */
typedef struct
{
  char *name;
  char *value;
} MosCustomerField;
/** mos_customer_fields_new: Returns: (transfer full): an empty array of #MosCustomerField */
GPtrArray *mos_customer_fields_new (void);
void mos_customer_fields_add (GPtrArray *fields, const char *name, const char *value);
/** mos_customer_fields_find: @name: compared without regard to the case of ASCII. Returns: (transfer none) (nullable) */
const char *mos_customer_fields_find (GPtrArray *fields, const char *name);

/** mos_customer_row_copy: Returns: (transfer full): for changing it; with the same identities */
MosCustomerRow *mos_customer_row_copy (const MosCustomerRow *self);
/** mos_customer_row_find_identity: Returns: (transfer none) (nullable): the first value of @kind; never "" */
const char *mos_customer_row_find_identity (const MosCustomerRow *self, const char *kind);
/** mos_customer_row_get_phone: Returns: (transfer none) (nullable): the number that somebody wrote down, else the first they called from */
const char *mos_customer_row_get_phone (const MosCustomerRow *self);
/** mos_customer_row_get_title: Returns: (transfer none): the name, else the first address, else "" */
const char *mos_customer_row_get_title (const MosCustomerRow *self);

typedef enum
{
  MOS_SEGMENT_ALL,
  MOS_SEGMENT_NEW,       /* first seen in the last 30 days, however often since: won in this month, as retention counts them (product.md) */
  MOS_SEGMENT_RETURNING, /* more than one conversation, and not new: nobody is both */
  MOS_SEGMENT_VIP,
  MOS_SEGMENT_LOST,    /* has ordered, and nothing for a long time: mos_store_customer_get_lost_days() */
  MOS_SEGMENT_UNHAPPY, /* the newest score they gave is low: mos_survey_kind_is_low() */
} MosSegment;          /* all new returning vip lost unhappy */
#define MOS_N_SEGMENTS (MOS_SEGMENT_UNHAPPY + 1)
MOS_DECLARE_NICKS (MosSegment, segment)
#define MOS_SEGMENT_NEW_DAYS 30
#define MOS_SEGMENT_LOST_DAYS 365
#define MOS_SEGMENT_MAX_LOST_DAYS 3650

/** Why two customers may be one person; flags */
typedef enum
{
  MOS_SAME_PHONE = 1 << 0,
  MOS_SAME_NAME_COMPANY = 1 << 1,
  MOS_SAME_NAME_FIELD = 1 << 2, /* the name, and the value of one of the shop's own fields, such as the city */
  MOS_SAME_ORDER = 1 << 3,      /* one wrote about the other's order, in the name that it was ordered in, or a person put it there */
} MosSameReasons;

/** MosSuggestion: @customer may be the same person; @field: (nullable): the own field that is the same; @order: (nullable): the number of the order */
typedef struct
{
  MosCustomerRow *customer;
  MosSameReasons reasons;
  char *field;
  char *order;
} MosSuggestion;
MOS_DECLARE_VALUE (MosSuggestion, suggestion)

/**
 * MosMergeField: one line of what a merge makes of two customers; a plain struct
 * @name: "name", "language", "country", "phone", "company", "notes", "vip", "consent", "first_seen", or with @is_own one of the shop's own fields
 * @source, @target, @result: (nullable): %NULL = nothing there. Times as microseconds, vip as "yes"
 * @can_choose: both sides have something, not the same, and either may win
 * @from_source: the source's wins
 */
typedef struct
{
  char *name;
  gboolean is_own;
  char *source;
  char *target;
  char *result;
  gboolean can_choose;
  gboolean from_source;
} MosMergeField;

/**
 * MosMergePreview: what would become of two
 * @fields: (element-type MosMergeField): those of which one side has something
 * @n_conversations: that go over
 * @is_blocked: mail of one of them is blocked: asks before it goes on
 */
typedef struct
{
  MosCustomerRow *source;
  MosCustomerRow *target;
  GPtrArray *fields;
  guint n_conversations;
  gboolean is_blocked;
} MosMergePreview;
MOS_DECLARE_VALUE (MosMergePreview, merge_preview)
/** mos_merge_preview_make: with an empty array of fields that frees them */
MosMergePreview *mos_merge_preview_make (void);

/** MosCustomerMerge: a merge that stands. @source_name: as it was then */
typedef struct
{
  char *id;
  char *source;
  char *target;
  char *source_name;
  gint64 at_us;
} MosCustomerMerge;
MOS_DECLARE_VALUE (MosCustomerMerge, customer_merge)

/**
 * MosErasure: what an erasure takes, or took
 * @id, @hash: (nullable): of the receipt; @at_us 0 = it was not done yet
 * @mentions: (nullable): (element-type MosConversationRow): conversations of others in which the person is mentioned: left as they are, for review
 * @views: (nullable): (element-type utf8): names of saved views whose queries ask for the person: the same
 */
typedef struct
{
  char *id;
  char *hash;
  gint64 at_us;
  guint n_identities;
  guint n_conversations;
  guint n_messages;
  guint n_files;
  GPtrArray *mentions;
  GPtrArray *views;
} MosErasure;
MOS_DECLARE_VALUE (MosErasure, erasure)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* How long conversations that are done with are kept (behaviour.md §2.13). */

/** What a conversation is kept as: the first that fits, from above */
typedef enum
{
  MOS_RETENTION_SPAM,
  MOS_RETENTION_INVOICE,    /* with a bill among its files, or about an order */
  MOS_RETENTION_QUARANTINE, /* lies in the quarantine */
  MOS_RETENTION_MACHINE,    /* nothing but bounces, reports and automatic answers */
  MOS_RETENTION_CHAT,       /* any channel but e-mail */
  MOS_RETENTION_EMAIL,
} MosRetentionClass; /* spam invoice quarantine machine chat email */
#define MOS_N_RETENTION_CLASSES (MOS_RETENTION_EMAIL + 1)
MOS_DECLARE_NICKS (MosRetentionClass, retention_class)

#define MOS_RETENTION_MAX_DAYS 36500
/** So long what will go is shown before it goes */
#define MOS_RETENTION_GRACE_DAYS 7
/** Without any mail for so long the clock is not believed, and nothing goes. */
#define MOS_RETENTION_QUIET_DAYS 60

/**
 * MosRetentionRule: how long a class is kept
 * @days: after the last that happened in a conversation; years by the calendar where 365 goes into it; 0 = for ever
 * @previewed_days: for which somebody saw what would go; 0 = never
 */
typedef struct
{
  MosRetentionClass retention_class;
  guint days;
  gboolean is_on;
  guint previewed_days;
} MosRetentionRule;
MOS_DECLARE_VALUE (MosRetentionRule, retention_rule)
/** mos_retention_rule_get_cutoff: Returns: what ended before that time goes; %G_MININT64 where it is kept for ever */
gint64 mos_retention_rule_get_cutoff (const MosRetentionRule *self, gint64 now_us);

/**
 * MosRetentionItem: a conversation that goes, or would
 * @conversation: (nullable): its row, where it is to be shown
 * @since_us: the last that happened in it
 * @go_us: when it goes; 0 = it is only looked at
 */
typedef struct
{
  char *id;
  gint64 number;
  MosRetentionClass retention_class;
  gint64 since_us;
  gint64 go_us;
  MosConversationRow *conversation;
} MosRetentionItem;
MOS_DECLARE_VALUE (MosRetentionItem, retention_item)

/**
 * MosRetentionCount: how much it is
 * @n_customers: of whom nothing else was left; of what went alone
 * @bytes: of mails and files as they came, each once; what is packed takes less
 * @oldest_us: 0 = nothing
 */
typedef struct
{
  guint n_conversations;
  guint n_messages;
  guint n_customers;
  gint64 bytes;
  gint64 oldest_us;
} MosRetentionCount;

/**
 * MosRetentionPreview: what would go
 * @items: (element-type MosRetentionItem): those that ended first, at most MOS_RETENTION_MAX_ITEMS
 * @shared: (element-type utf8): what more than one of the conversations has, and is counted; while it is put together
 */
typedef struct
{
  MosRetentionRule *rule;
  MosRetentionCount count;
  GPtrArray *items;
  GHashTable *shared;
} MosRetentionPreview;
MOS_DECLARE_VALUE (MosRetentionPreview, retention_preview)
#define MOS_RETENTION_MAX_ITEMS 100
/** mos_retention_preview_make: with an empty list. @rule: (transfer none) */
MosRetentionPreview *mos_retention_preview_make (MosRetentionRule *rule);
/** mos_retention_preview_add: @item: (transfer none) */
void mos_retention_preview_add (MosRetentionPreview *self, MosRetentionItem *item, guint n_messages, gint64 bytes);

/** MosRetentionReceipt: what went of a class in one run. Counts, no words */
typedef struct
{
  gint64 at_us;
  MosRetentionClass retention_class;
  MosRetentionCount count;
} MosRetentionReceipt;
MOS_DECLARE_VALUE (MosRetentionReceipt, retention_receipt)

G_END_DECLS

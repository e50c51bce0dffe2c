/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-retention-values.h"

#include <string.h>

#define DAYS_OF_A_YEAR 365

static const char *const retention_class_nicks[] = {
  [MOS_RETENTION_SPAM] = "spam",
  [MOS_RETENTION_INVOICE] = "invoice",
  [MOS_RETENTION_QUARANTINE] = "quarantine",
  [MOS_RETENTION_MACHINE] = "machine",
  [MOS_RETENTION_CHAT] = "chat",
  [MOS_RETENTION_EMAIL] = "email",
};
G_STATIC_ASSERT (G_N_ELEMENTS (retention_class_nicks) == MOS_N_RETENTION_CLASSES);
MOS_DEFINE_NICKS (MosRetentionClass, retention_class)

static void
mos_retention_rule_clear (MosRetentionRule *self)
{
}
MOS_DEFINE_VALUE (MosRetentionRule, retention_rule)

static void
mos_retention_item_clear (MosRetentionItem *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
}
MOS_DEFINE_VALUE (MosRetentionItem, retention_item)

static void
mos_retention_preview_clear (MosRetentionPreview *self)
{
  g_clear_pointer (&self->rule, mos_retention_rule_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->shared, g_hash_table_unref);
}
MOS_DEFINE_VALUE (MosRetentionPreview, retention_preview)

static void
mos_retention_receipt_clear (MosRetentionReceipt *self)
{
}
MOS_DEFINE_VALUE (MosRetentionReceipt, retention_receipt)

gint64
mos_retention_rule_get_cutoff (const MosRetentionRule *self,
                               gint64 now_us)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) then = NULL;

  if (self->days == 0)
    return G_MININT64;
  if (self->days % DAYS_OF_A_YEAR != 0)
    return now_us - self->days * G_TIME_SPAN_DAY;
  /* Ten years of the law are not 3650 days. */
  now = g_date_time_new_from_unix_utc_usec (now_us);
  then = now != NULL ? g_date_time_add_years (now, -(int) (self->days / DAYS_OF_A_YEAR)) : NULL;
  return then != NULL ? g_date_time_to_unix_usec (then) : G_MININT64;
}

MosRetentionPreview *
mos_retention_preview_make (MosRetentionRule *rule)
{
  MosRetentionPreview *self = mos_retention_preview_new ();

  self->rule = mos_retention_rule_ref (rule);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_item_unref);
  self->shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
mos_retention_preview_add (MosRetentionPreview *self,
                           MosRetentionItem *item,
                           guint n_messages,
                           gint64 bytes)
{
  guint place = self->items->len;

  self->count.n_conversations++;
  self->count.n_messages += n_messages;
  self->count.bytes += bytes;
  if (self->count.oldest_us == 0 || item->since_us < self->count.oldest_us)
    self->count.oldest_us = item->since_us;
  while (place > 0 && ((MosRetentionItem *) self->items->pdata[place - 1])->since_us > item->since_us)
    place--;
  if (place >= MOS_RETENTION_MAX_ITEMS)
    return;
  g_ptr_array_insert (self->items, (int) place, mos_retention_item_ref (item));
  if (self->items->len > MOS_RETENTION_MAX_ITEMS)
    g_ptr_array_set_size (self->items, MOS_RETENTION_MAX_ITEMS);
}

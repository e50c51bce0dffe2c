/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-order-filter.h"

static void
mos_order_filter_clear (MosOrderFilter *self)
{
  g_free (self->text);
  g_free (self->shop);
}
MOS_DEFINE_VALUE (MosOrderFilter, order_filter)

gboolean
mos_order_filter_is_empty (const MosOrderFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return (self->text == NULL || *self->text == '\0') && self->shop == NULL && !self->has_status && self->late_days == 0 && self->from_us == 0 && self->to_us == 0;
}

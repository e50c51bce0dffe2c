/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-shop-walk.h"

#include "core/base/mos-time.h"

#define S_US ((gint64) G_USEC_PER_SEC)
/* What is written at the same time is seen at different ones. */
#define OVERLAP_US (5 * S_US)
/* The clocks of the computers of one shop */
#define SKEW_US (600 * S_US)
/* Of what says neither time nor id; a shop that does not count could send it for ever. */
#define MAX_PAGES 1000

/* "TIME" is where a walk ended, "TIME ID PAGE BEGAN" is on its way. */
void
mos_shop_walk_read (MosShopWalk *self,
                    const char *cursor)
{
  g_auto (GStrv) parts = g_strsplit (cursor, " ", 4);
  guint n = g_strv_length (parts);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  *self = (MosShopWalk) { .id = -1, .page = 1 };
  if (n == 0)
    return;
  self->since_us = MAX (mos_time_parse (parts[0], utc), 0);
  if (n == 4)
    {
      self->id = CLAMP (g_ascii_strtoll (parts[1], NULL, 10), -1, G_MAXINT64);
      self->page = (guint) CLAMP (g_ascii_strtoll (parts[2], NULL, 10), 1, MAX_PAGES);
      self->began_us = MAX (mos_time_parse (parts[3], utc), 0);
      return;
    }
  self->end_us = self->since_us;
  self->since_us = MAX (self->since_us - OVERLAP_US, 0);
}

char *
mos_shop_walk_dup_cursor (const MosShopWalk *self)
{
  g_autofree char *time = mos_time_format_utc (self->end_us > 0 ? self->end_us : self->since_us);
  g_autofree char *began = mos_time_format_utc (self->began_us);

  if (self->end_us > 0 || (self->since_us == 0 && self->id == -1 && self->page == 1))
    return g_steal_pointer (&time);
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %u %s", time, self->id, self->page, began);
}

gboolean
mos_shop_walk_is_lost (const MosShopWalk *self,
                       gint64 now_us)
{
  return now_us > 0 && self->since_us > now_us + SKEW_US;
}

void
mos_shop_walk_begin_page (MosShopWalk *self,
                          gint64 now_us)
{
  self->now_us = now_us;
  if (self->began_us == 0)
    self->began_us = now_us;
  self->newest_us = self->last_id = 0;
  self->n = 0;
  self->has_future = FALSE;
}

void
mos_shop_walk_see (MosShopWalk *self,
                   gint64 id,
                   gint64 at_us)
{
  self->n++;
  self->last_id = MAX (self->last_id, id);
  if (self->now_us > 0 && at_us > self->now_us + SKEW_US)
    self->has_future = TRUE;
  else
    self->newest_us = MAX (self->newest_us, at_us);
}

static void
go_to (MosShopWalk *self,
       gint64 since_us,
       gint64 id)
{
  self->since_us = since_us;
  self->id = id;
  self->page = 1;
}

static void
end (MosShopWalk *self)
{
  gint64 end_us = self->newest_us > 0 ? MAX (MAX (self->since_us, self->newest_us), self->end_us) : self->end_us;

  if (end_us == 0 && self->since_us > self->began_us - OVERLAP_US)
    end_us = self->since_us;
  /* Behind a second of which there were many, and nothing else is: where that is over for good, it is not gone through again. */
  if (end_us == 0)
    go_to (self, self->since_us, -1);
  self->began_us = end_us == 0 ? 0 : self->began_us;
  self->end_us = self->began_us > 0 ? MIN (end_us, self->began_us) : end_us;
}

gboolean
mos_shop_walk_turn (MosShopWalk *self,
                    guint size,
                    gint64 total)
{
  gboolean has_more = self->n > 0 && (total >= 0 ? (gint64) self->page * size < total : self->n >= size) && self->page < MAX_PAGES;

  if (!has_more && self->id < 0)
    {
      end (self);
      return FALSE;
    }
  self->end_us = 0;
  if (!has_more)
    /* The second is through. */
    go_to (self, self->since_us + S_US, -1);
  else if (self->id < 0 && self->newest_us > self->since_us)
    go_to (self, self->newest_us, -1);
  else if (self->id >= 0 && self->last_id > self->id)
    go_to (self, self->since_us, self->last_id);
  else if (self->id < 0 && self->since_us > 0 && self->page == 1 && !self->has_future)
    go_to (self, self->since_us, 0);
  else
    self->page++;
  return TRUE;
}

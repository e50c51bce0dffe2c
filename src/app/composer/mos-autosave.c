/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-autosave.h"

#define IDLE_US G_USEC_PER_SEC
#define LONGEST_US (3 * G_USEC_PER_SEC)

void
mos_autosave_touch (MosAutosave *self,
                    gint64 now_us)
{
  if (self->first_change_us == 0)
    self->first_change_us = now_us;
  self->last_change_us = now_us;
  if (self->is_saving)
    self->changed_while_saving = TRUE;
}

gint64
mos_autosave_due_us (const MosAutosave *self)
{
  if (self->first_change_us == 0 || self->is_saving)
    return -1;
  return MIN (self->last_change_us + IDLE_US, self->first_change_us + LONGEST_US);
}

gboolean
mos_autosave_begin (MosAutosave *self)
{
  if (self->is_saving)
    {
      self->changed_while_saving = TRUE;
      return FALSE;
    }
  self->is_saving = TRUE;
  self->changed_while_saving = FALSE;
  return TRUE;
}

gboolean
mos_autosave_end (MosAutosave *self,
                  gboolean saved,
                  gint64 now_us)
{
  gboolean again = self->changed_while_saving;

  self->is_saving = FALSE;
  self->changed_while_saving = FALSE;
  if (saved && !again)
    self->first_change_us = self->last_change_us = 0;
  else
    /* A failed save waits its turn again instead of hammering a full disk. */
    self->first_change_us = self->last_change_us = now_us;
  return saved && again;
}

gboolean
mos_autosave_is_dirty (const MosAutosave *self)
{
  return self->first_change_us != 0 || self->is_saving;
}

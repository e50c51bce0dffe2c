/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-when-private.h"

G_BEGIN_DECLS

/* Minutes after midnight: what "in the morning" means, and when a day begins where nothing else is known. */
#define MOS_WHEN_MORNING (9 * 60)

typedef struct _MosWhenToken MosWhenToken;

/* How an hour was written: "15:30" and "03", "3:30", "3" */
typedef enum
{
  MOS_WHEN_HOUR_PLAIN,
  MOS_WHEN_HOUR_SHORT,
  MOS_WHEN_HOUR_BARE,
} MosWhenHour;

/* What a text says, before it is known which moment that is. Used by mos-when.c. */
typedef struct
{
  const MosWhenContext *context;
  const MosWhenLanguage *language;
  GPtrArray *tokens; /* (owned) (element-type MosWhenToken) */
  char **chunks;     /* (owned) */
  guint at;

  MosWhenStatus status;
  const char *unknown; /* (borrowed) */

  /* What was said; -1 = not. */
  int day_offset, weekday, month, day, year;
  int hour, minute, part;
  gboolean is_pm, is_am;
  MosWhenHour hour_as;
  gboolean is_in, is_next, is_weekend, is_answer, is_nothing;
  int next_unit;
  gboolean has_amount;
  gint64 minutes; /* amounts of hours and minutes */
  int days, months, workdays;
  int last_unit;
  gboolean wants_day; /* "day" before a number */
  guint day_at;       /* behind an article: a bare number there is a day; 0 = nowhere */
  guint clock_at;     /* behind "at": a number there is an hour; 0 = nowhere */
} MosWhenReader;

/** mos_when_reader_read: fills @self; clear it with mos_when_reader_clear(). Its status is MOS_WHEN_OK where every word was understood */
void mos_when_reader_read (MosWhenReader *self, const MosWhenContext *context, const char *text);
void mos_when_reader_clear (MosWhenReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosWhenReader, mos_when_reader_clear)

/** mos_when_reader_fail: the first reason stays. @token: (nullable): what was not understood. Returns: %FALSE */
gboolean mos_when_reader_fail (MosWhenReader *self, MosWhenStatus status, MosWhenToken *token);

G_END_DECLS

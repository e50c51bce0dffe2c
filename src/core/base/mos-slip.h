/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A slip of the pen is this many letters at most. */
#define MOS_SLIP_MAX 2

/**
 * MosSlip: which of some words somebody meant who wrote another one. Pure; any thread.
 * @typed: (borrowed): what was written, folded as the candidates are
 * @best: how many letters the best one is away
 * @found: (owned) (nullable): the best one so far: the caller's
 */
typedef struct
{
  const char *typed;
  guint best;
  char *found;
} MosSlip;

#define MOS_SLIP_INIT(word) { (word), MOS_SLIP_MAX + 1, NULL }

/** mos_slip_consider: @candidate: a word of two letters or more; @shown: how it is written where it is suggested. Of equals the first one stays */
void mos_slip_consider (MosSlip *self, const char *candidate, const char *shown);

G_END_DECLS

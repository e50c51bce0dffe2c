/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/** MOS_CALLS_BY_HAND: the kind of the account that calls noted by hand stand in; it has no channel */
#define MOS_CALLS_BY_HAND "phone"

/** MosCallOutcome: what became of a call. Whoever was only spoken to by a machine has not been spoken to: an answered one is one between people. */
typedef enum
{
  MOS_CALL_ANSWERED,
  MOS_CALL_MISSED,    /* nobody took it */
  MOS_CALL_BUSY,      /* the other side was speaking */
  MOS_CALL_FAILED,    /* it did not get through */
  MOS_CALL_VOICEMAIL, /* a machine took it */
  MOS_CALL_UNKNOWN,   /* nobody listened when it ended */
} MosCallOutcome;     /* answered missed busy failed voicemail unknown */
#define MOS_N_CALL_OUTCOMES (MOS_CALL_UNKNOWN + 1)
/* Whoever notes a call knows: the rest are not for them to choose. */
#define MOS_N_CALL_OUTCOMES_BY_HAND MOS_CALL_UNKNOWN
MOS_DECLARE_NICKS (MosCallOutcome, call_outcome)

/**
 * MosCall: a telephone call, as one message. Who called whom is the message's direction, when its time; a recording is an attachment of it.
 *
 * @number: the other side's: "+4930901820" where its country is known, else as it was told; "" = withheld, or not known
 * @line: (nullable): which of our numbers or extensions it was
 * @seconds: how long somebody spoke; 0 = not at all, or nobody says
 * @by_hand: a person wrote it down
 */
typedef struct
{
  MosCallOutcome outcome;
  char *number;
  char *line;
  guint seconds;
  gboolean by_hand;
} MosCall;
MOS_DECLARE_VALUE (MosCall, call)

/** mos_call_make: @number: (nullable): withheld; @line: (nullable) */
MosCall *mos_call_make (MosCallOutcome outcome, const char *number, const char *line, guint seconds);
/** mos_call_is_work: Returns: whether somebody here is to call back: a customer's call that nobody took */
gboolean mos_call_is_work (const MosCall *self, gboolean is_incoming);

G_END_DECLS

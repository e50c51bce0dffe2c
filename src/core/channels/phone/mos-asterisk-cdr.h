/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/phone/mos-phone-call.h"

G_BEGIN_DECLS

/* What Asterisk says of calls that are over: call detail records, a row a leg (docs.asterisk.org, "Call Detail Records"). Pure functions; any thread. */

/** MosAsteriskTally: what the legs of one call say together; zeros to begin with */
typedef struct
{
  guint n_legs;
  guint n_answered; /* by somebody */
  guint n_machine;  /* by a mailbox */
  guint n_busy;
  guint n_missed;
  guint seconds; /* the longest that somebody spoke */
} MosAsteriskTally;

/**
 * mos_asterisk_tally_add: one leg
 * @application: what the switchboard did last with the caller
 * @destination: channel that the caller was joined with; "" = none
 * @disposition: "ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"
 *
 * A switchboard that plays music answers, too: only who was joined with somebody was spoken to.
 */
void mos_asterisk_tally_add (MosAsteriskTally *self, const char *application, const char *destination, const char *disposition, guint seconds);
MosCallOutcome mos_asterisk_tally_get_outcome (const MosAsteriskTally *self);

typedef enum
{
  MOS_ASTERISK_INTERNAL, /* between two of ours: nobody's business here */
  MOS_ASTERISK_INCOMING,
  MOS_ASTERISK_OUTGOING,
} MosAsteriskWay;

/** mos_asterisk_get_way: who called whom. Ours are the short numbers; everybody else calls in */
MosAsteriskWay mos_asterisk_get_way (const char *source, const char *destination);
/** mos_asterisk_get_time: Returns: when a channel began: its id begins with the second, by the switchboard's clock; 0 where it does not */
gint64 mos_asterisk_get_time (const char *uniqueid);
/** mos_asterisk_dup_name: @caller: "\"Ann\" <+49…>". Returns: (transfer full) (nullable) */
char *mos_asterisk_dup_name (const char *caller);

/** MosAsteriskLeg: a row of a log; "" for what it does not say. @id: of the call's first channel */
typedef struct
{
  const char *id;
  const char *source;
  const char *destination;
  const char *caller;
  const char *channel;
  const char *destination_channel;
  const char *application;
  const char *disposition;
  guint64 seconds;
} MosAsteriskLeg;

/** MosAsteriskLegs: rows of a log, of which calls are made */
typedef struct _MosAsteriskLegs MosAsteriskLegs;

/** mos_asterisk_legs_new: @since_us: what began before is passed over */
MosAsteriskLegs *mos_asterisk_legs_new (gint64 since_us);
void mos_asterisk_legs_free (MosAsteriskLegs *self);
/** mos_asterisk_legs_add: @is_ahead: it is only looked at for a further leg of a call that is here */
void mos_asterisk_legs_add (MosAsteriskLegs *self, const MosAsteriskLeg *leg, gboolean is_ahead);
/** mos_asterisk_legs_steal: Returns: (transfer full): array of #MosPhoneCall, in the order of their first legs */
GPtrArray *mos_asterisk_legs_steal (MosAsteriskLegs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosAsteriskLegs, mos_asterisk_legs_free)

/**
 * mos_asterisk_read_csv: Master.csv, as cdr_csv writes it with loguniqueid=yes
 * @text: whole lines; valid UTF-8
 * @own: bytes of it that are read now; what is behind them is only looked at for further legs of the same calls
 * @since_us: what began before is passed over
 *
 * Rows without an id are passed over: nobody could tell them from what was told already. So is what is no row.
 *
 * Returns: (transfer full): array of #MosPhoneCall, in the order of their first legs
 */
GPtrArray *mos_asterisk_read_csv (const char *text, gsize size, gsize own, gint64 since_us);

G_END_DECLS

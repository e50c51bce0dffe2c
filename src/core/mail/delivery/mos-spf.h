/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/delivery/mos-dns.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which servers may send for a domain (RFC 7208). Pure but for the look-ups that it is given; any thread. */

#define MOS_SPF_MAX_LOOKUPS 10u

typedef enum
{
  MOS_SPF_NONE,
  MOS_SPF_NEUTRAL,
  MOS_SPF_PASS,
  MOS_SPF_FAIL,
  MOS_SPF_SOFT_FAIL,
  MOS_SPF_TEMPORARY, /* a look-up failed */
  MOS_SPF_PERMANENT, /* see #MosSpfTrouble */
} MosSpfResult;

typedef enum
{
  MOS_SPF_FINE,
  MOS_SPF_SEVERAL, /* records (§4.5) */
  MOS_SPF_SYNTAX,
  MOS_SPF_LOOKUPS, /* more of them than receivers do (§4.6.4) */
  MOS_SPF_LOST,    /* it refers to what is not there */
} MosSpfTrouble;

/**
 * MosSpfOutcome:
 * @detail: (nullable): of the trouble: how many, the term, or the name
 * @record: (nullable): the domain's own
 * @lookups: how many terms needed the DNS
 * @is_open: it ends with "all", allowed: whoever sends passes
 * @is_unsure: a term goes by the name of whoever sends ("ptr"), which nobody but the receiver knows for sure
 */
typedef struct
{
  MosSpfResult result;
  MosSpfTrouble trouble;
  char *detail;
  char *record;
  guint lookups;
  gboolean is_open;
  gboolean is_unsure;
} MosSpfOutcome;

/**
 * mos_spf_check:
 * @sender: the address that the mail comes from
 * @ip: (nullable): who sends it; %NULL: nobody it names, so all of the record is gone through, which finds whatever is wrong with it
 * @ret_outcome: (out): to be cleared
 *
 * check_host() of RFC 7208 §4.
 */
MosSpfResult mos_spf_check (const MosDnsAsk *ask, const char *domain, const char *sender, GInetAddress *ip, MosSpfOutcome *ret_outcome);
void mos_spf_outcome_clear (MosSpfOutcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosSpfOutcome, mos_spf_outcome_clear)

/** mos_spf_is_record: whether a TXT record is one of SPF (§4.5) */
gboolean mos_spf_is_record (const char *text);
/** mos_spf_add: Returns: (transfer full): @record with @term before its "all" */
char *mos_spf_add (const char *record, const char *term);

/**
 * mos_spf_expand: §7
 * @ip: (nullable): then what stands for it is left out
 * @ret_depends: (out) (optional): whether who sends, or what, makes a difference
 *
 * Returns: (transfer full) (nullable): %NULL where the macros cannot be read
 */
char *mos_spf_expand (const char *spec, const char *domain, const char *sender, GInetAddress *ip, gboolean *ret_depends);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* Within what time the shop means to answer and to be done (behaviour.md §2.7). */

/**
 * MosTargetKind: what has a target
 *
 * @MOS_TARGET_FIRST_REPLY: the first answer of a person, from the message that waits for it
 * @MOS_TARGET_NEXT_REPLY: every later one, from the first message that waits for it
 * @MOS_TARGET_RESOLUTION: the close, from the customer's first message; while the conversation is pending, closed, or snoozed with nobody waiting, its clock stands
 */
typedef enum
{
  MOS_TARGET_FIRST_REPLY,
  MOS_TARGET_NEXT_REPLY,
  MOS_TARGET_RESOLUTION,
} MosTargetKind; /* first_reply next_reply resolution */
#define MOS_N_TARGET_KINDS (MOS_TARGET_RESOLUTION + 1)
MOS_DECLARE_NICKS (MosTargetKind, target_kind)

/** MosTargetState: of a conversation whose clock runs: how it stands with the worst of its targets, by what was told so far */
typedef enum
{
  MOS_TARGET_NONE,
  MOS_TARGET_PENDING,
  MOS_TARGET_WARNED,
  MOS_TARGET_BREACHED,
} MosTargetState; /* none pending warned breached */
MOS_DECLARE_NICKS (MosTargetState, target_state)

/** MosTargetScope: what a rule is for. The first that fits and says a time counts, from above */
typedef enum
{
  MOS_TARGET_SCOPE_URGENT,
  MOS_TARGET_SCOPE_VIP,
  MOS_TARGET_SCOPE_CATEGORY,
  MOS_TARGET_SCOPE_COMPLEX, /* all categories that are marked so */
  MOS_TARGET_SCOPE_CHANNEL,
} MosTargetScope; /* urgent vip category complex channel */
MOS_DECLARE_NICKS (MosTargetScope, target_scope)

/** A rule says nothing of this time: the next one that fits does. 0 = there is no target. */
#define MOS_TARGET_UNSET (-1)
/** So many seconds at most: a year */
#define MOS_TARGET_MAX_S (366 * 24 * 60 * 60)

/**
 * MosTargetRule: a plain struct
 * @key: of a category its id, of a channel its nick; "" of the others
 * @seconds: by #MosTargetKind
 * @in_hours: whether they are hours of work, by #MosTargetKind; otherwise they go on around the clock
 */
typedef struct
{
  MosTargetScope scope;
  char *key;
  int seconds[MOS_N_TARGET_KINDS];
  gboolean in_hours[MOS_N_TARGET_KINDS];
} MosTargetRule;
/** mos_target_rule_make: Returns: (transfer full): one that says nothing yet; @key: "" where the scope has none */
MosTargetRule *mos_target_rule_make (MosTargetScope scope, const char *key);
void mos_target_rule_free (MosTargetRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTargetRule, mos_target_rule_free)

/**
 * MosTargets: all rules of a shop. As text, which is how they are stored, one a line:
 *
 *   channel email first_reply=7200 next_reply=7200 resolution=86400:always
 *   complex resolution=259200:always
 *   vip first_reply=1800
 *
 * Seconds of work, or with ":always" of the clock.
 *
 * @rules: (element-type MosTargetRule): in order of scope and key
 */
typedef struct
{
  GPtrArray *rules;
} MosTargets;
MOS_DECLARE_VALUE (MosTargets, targets)

/** mos_targets_make_default: Returns: (transfer full): what holds until somebody says otherwise */
MosTargets *mos_targets_make_default (void);
/** mos_targets_parse: lines and words that are not known are passed over. Returns: (transfer full) */
MosTargets *mos_targets_parse (const char *text);
/** mos_targets_to_text: Returns: (transfer full): what mos_targets_parse() reads as the same */
char *mos_targets_to_text (const MosTargets *self);
gboolean mos_targets_equal (const MosTargets *self, const MosTargets *other);
/** mos_targets_find: @key: (nullable): "" where the scope has none. Returns: (transfer none) (nullable) */
const MosTargetRule *mos_targets_find (const MosTargets *self, MosTargetScope scope, const char *key);
/** mos_targets_with: Returns: (transfer full): the same with @rule in the place of what was for its scope and key; one that says nothing of any time is taken out */
MosTargets *mos_targets_with (const MosTargets *self, const MosTargetRule *rule);

/** MosTargetFacts: what the rules ask about; @channel, @category: (nullable): borrowed */
typedef struct
{
  const char *channel;
  const char *category;
  gboolean is_complex;
  gboolean is_vip;
  gboolean is_urgent;
} MosTargetFacts;
/**
 * mos_targets_choose: which rule counts.
 * @ret_rule: (out) (optional) (transfer none) (nullable): the one that said it
 *
 * Returns: seconds; 0 = there is no target
 */
int mos_targets_choose (const MosTargets *self, const MosTargetFacts *facts, MosTargetKind kind, const MosTargetRule **ret_rule);

/** MosTargetsVersion: @targets are valid from then on; before the first version the default was */
typedef struct
{
  gint64 valid_from_us;
  MosTargets *targets;
} MosTargetsVersion;
void mos_targets_version_free (MosTargetsVersion *version);
/** mos_targets_history_at: @versions: (element-type MosTargetsVersion): in order, the first one valid from the beginning; not empty. Returns: (transfer none) */
const MosTargets *mos_targets_history_at (GPtrArray *versions, gint64 at_us);

/** MosTargetBasis: by what a due time was made; a plain struct */
typedef struct
{
  MosTargetKind kind;
  MosTargetScope scope;
  gboolean in_hours;
  int seconds;
} MosTargetBasis;
/** mos_target_basis_to_text: Returns: (transfer full): as stored with a conversation */
char *mos_target_basis_to_text (const MosTargetBasis *self);
/** mos_target_basis_from_text: @text: (nullable). Returns: whether it is one */
gboolean mos_target_basis_from_text (const char *text, MosTargetBasis *ret_basis);

/** mos_target_get_warn_s: Returns: after how much of @seconds somebody is warned: four fifths, or five minutes before the end where that is sooner, but not before half of it */
int mos_target_get_warn_s (int seconds);
/** mos_target_read_seconds: "90s", "30 min", "2h", "1.5 d", "none", "unset" (%MOS_TARGET_UNSET) as they are typed in a terminal. Returns: whether it is one */
gboolean mos_target_read_seconds (const char *text, int *ret_seconds);
/** mos_target_write_seconds: Returns: (transfer full): the shortest that is read as the same */
char *mos_target_write_seconds (int seconds);

G_END_DECLS

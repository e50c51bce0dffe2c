/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-target-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A page of the preferences: the times of one rule. It saves nothing: whoever shows it takes the rule once it is left. */
#define MOS_TYPE_TARGET_RULE_PAGE (mos_target_rule_page_get_type ())
G_DECLARE_FINAL_TYPE (MosTargetRulePage, mos_target_rule_page, MOS, TARGET_RULE_PAGE, AdwNavigationPage)

/** mos_target_rule_page_new: @rule: what it begins with; @what: what it is for, below the heading */
MosTargetRulePage *mos_target_rule_page_new (const char *title, const char *what, const MosTargetRule *rule);
/** mos_target_rule_page_dup_rule: Returns: (transfer full): what it says now */
MosTargetRule *mos_target_rule_page_dup_rule (MosTargetRulePage *self);

G_END_DECLS

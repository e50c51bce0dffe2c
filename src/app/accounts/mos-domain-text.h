/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-delivery-values.h"

G_BEGIN_DECLS

/* What was found out about the mail of a domain, as people read it. Translated. */

/** mos_delivery_topic_title: Returns: (transfer none) */
const char *mos_delivery_topic_title (MosDeliveryTopic topic);
/** mos_verdict_title: Returns: (transfer none): one word, for who does not see the mark */
const char *mos_verdict_title (MosVerdict verdict);
/** mos_delivery_finding_text: Returns: (transfer full): what it means, and what to do */
char *mos_delivery_finding_text (const MosDeliveryFinding *finding);

/** mos_self_test_title: Returns: (transfer none): what came of it, in a few words */
const char *mos_self_test_title (const MosSelfTest *test);
/** mos_self_test_text: Returns: (transfer full): how long it took, and what to do */
char *mos_self_test_text (const MosSelfTest *test);

G_END_DECLS

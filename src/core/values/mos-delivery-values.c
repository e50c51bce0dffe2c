/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-delivery-values.h"

#include <string.h>

static const char *const delivery_topic_nicks[] = {
  [MOS_DELIVERY_MX] = "mx",
  [MOS_DELIVERY_SPF] = "spf",
  [MOS_DELIVERY_DKIM] = "dkim",
  [MOS_DELIVERY_DMARC] = "dmarc",
};
MOS_DEFINE_NICKS (MosDeliveryTopic, delivery_topic)

static const char *const verdict_nicks[] = {
  [MOS_VERDICT_GOOD] = "good",
  [MOS_VERDICT_UNKNOWN] = "unknown",
  [MOS_VERDICT_WEAK] = "weak",
  [MOS_VERDICT_BAD] = "bad",
};
MOS_DEFINE_NICKS (MosVerdict, verdict)

static const char *const delivery_code_nicks[] = {
  [MOS_FOUND_NO_ANSWER] = "no-answer",
  [MOS_FOUND_MX_GOOD] = "mx-good",
  [MOS_FOUND_MX_NONE] = "mx-none",
  [MOS_FOUND_MX_IMPLICIT] = "mx-implicit",
  [MOS_FOUND_MX_NULL] = "mx-null",
  [MOS_FOUND_MX_LOST] = "mx-lost",
  [MOS_FOUND_SPF_GOOD] = "spf-good",
  [MOS_FOUND_SPF_NONE] = "spf-none",
  [MOS_FOUND_SPF_SEVERAL] = "spf-several",
  [MOS_FOUND_SPF_SYNTAX] = "spf-syntax",
  [MOS_FOUND_SPF_LOOKUPS] = "spf-lookups",
  [MOS_FOUND_SPF_OPEN] = "spf-open",
  [MOS_FOUND_SPF_LOST] = "spf-lost",
  [MOS_FOUND_SPF_NOT_OURS] = "spf-not-ours",
  [MOS_FOUND_SPF_UNSURE] = "spf-unsure",
  [MOS_FOUND_DKIM_GOOD] = "dkim-good",
  [MOS_FOUND_DKIM_LIKELY] = "dkim-likely",
  [MOS_FOUND_DKIM_UNKNOWN] = "dkim-unknown",
  [MOS_FOUND_DKIM_LOST] = "dkim-lost",
  [MOS_FOUND_DKIM_REVOKED] = "dkim-revoked",
  [MOS_FOUND_DKIM_BROKEN] = "dkim-broken",
  [MOS_FOUND_DKIM_SHORT] = "dkim-short",
  [MOS_FOUND_DKIM_TESTING] = "dkim-testing",
  [MOS_FOUND_DMARC_GOOD] = "dmarc-good",
  [MOS_FOUND_DMARC_WATCHES] = "dmarc-watches",
  [MOS_FOUND_DMARC_NONE] = "dmarc-none",
  [MOS_FOUND_DMARC_SEVERAL] = "dmarc-several",
  [MOS_FOUND_DMARC_SYNTAX] = "dmarc-syntax",
  [MOS_FOUND_DMARC_REFUSES] = "dmarc-refuses",
};
MOS_DEFINE_NICKS (MosDeliveryCode, delivery_code)

static void
mos_delivery_finding_clear (MosDeliveryFinding *self)
{
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->found, g_free);
  g_clear_pointer (&self->add_name, g_free);
  g_clear_pointer (&self->add_value, g_free);
}
MOS_DEFINE_VALUE (MosDeliveryFinding, delivery_finding)

static void
mos_delivery_report_clear (MosDeliveryReport *self)
{
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}
MOS_DEFINE_VALUE (MosDeliveryReport, delivery_report)

MosVerdict
mos_delivery_report_get_verdict (const MosDeliveryReport *self)
{
  MosVerdict worst = MOS_VERDICT_GOOD;

  for (guint i = 0; i < self->findings->len; i++)
    worst = MAX (worst, ((const MosDeliveryFinding *) self->findings->pdata[i])->verdict);
  return worst;
}

static const char *const self_test_outcome_nicks[] = {
  [MOS_SELF_TEST_ARRIVED] = "arrived",
  [MOS_SELF_TEST_IN_JUNK] = "in-junk",
  [MOS_SELF_TEST_LOST] = "lost",
  [MOS_SELF_TEST_NOT_SENT] = "not-sent",
  [MOS_SELF_TEST_DOUBTED] = "doubted",
};
MOS_DEFINE_NICKS (MosSelfTestOutcome, self_test_outcome)

static void
mos_self_test_clear (MosSelfTest *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->keys, g_strfreev);
}
MOS_DEFINE_VALUE (MosSelfTest, self_test)

static void
mos_account_entry_clear (MosAccountEntry *self)
{
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->detail, g_free);
}
MOS_DEFINE_VALUE (MosAccountEntry, account_entry)

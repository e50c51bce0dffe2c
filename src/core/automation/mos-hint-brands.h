/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names that are often misused in mail to shops, and the domains that bear them rightly. Data; no company is said to be anything but well known. */

/** MosHintBrand: @name: as it writes itself; @label: of its domains, whatever their ending; @domain: the one best known; @others: (nullable): further labels, with blanks between */
typedef struct
{
  const char *name;
  const char *label;
  const char *domain;
  const char *others;
} MosHintBrand;

typedef gboolean (*MosHintAlike) (const char *label, const char *other, guint min_near);

/** mos_hint_brand_owns: whether the base domain is one of a well-known name's own */
gboolean mos_hint_brand_owns (const char *base);
/** mos_hint_brand_same: whether both base domains are of one name */
gboolean mos_hint_brand_same (const char *base, const char *other);
/** mos_hint_brand_resembling: Returns: (transfer none) (nullable): the name whose label @label is to be taken for */
const MosHintBrand *mos_hint_brand_resembling (const char *label, MosHintAlike alike, guint min_near);
/** mos_hint_brand_borrowed: Returns: (transfer none) (nullable): the name that a base domain makes use of beside a word such as "support" or "login" */
const MosHintBrand *mos_hint_brand_borrowed (const char *base);
/** mos_hint_brand_in_front: Returns: (transfer full) (nullable): the known domain that stands in front of another ("paypal.com.example.net") */
char *mos_hint_brand_in_front (const char *host);
/** mos_hint_brand_named: @words: a display name, folded. Returns: (transfer none) (nullable): the name that it is, alone or with words such as "service" */
const MosHintBrand *mos_hint_brand_named (const char *words);
/** mos_hint_is_service_text: whether all of @words are such as any company uses ("customer service") */
gboolean mos_hint_is_service_text (const char *words);

G_END_DECLS

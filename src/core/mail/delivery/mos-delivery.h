/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/delivery/mos-dns.h"
#include "core/values/mos-delivery-values.h"

G_BEGIN_DECLS

/**
 * MosDeliveryQuestion:
 * @domain: ASCII, lower case
 * @sender: the address that is written from
 * @server: the host it sends through; "" where nobody knows
 * @server_spf: (nullable): what whoever runs @server has their customers put into SPF: "include:…"
 * @keys: (nullable): where the keys of signatures of ours lie: see mos_dkim_find_name()
 */
typedef struct
{
  const char *domain;
  const char *sender;
  const char *server;
  const char *server_spf;
  const char *const *keys;
} MosDeliveryQuestion;

/**
 * mos_delivery_judge:
 *
 * Whether others get what is sent from there, by MX (RFC 5321 §5.1, RFC 7505), SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489). Asks through @ask and does
 * nothing else. A look-up that fails is said to have failed, and never that something is missing.
 *
 * Returns: (transfer full): with one finding a topic, in their order
 */
MosDeliveryReport *mos_delivery_judge (const MosDeliveryQuestion *question, const MosDnsAsk *ask);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* What is suspicious about a mail: a pure evaluator of what the desk knows. It is asked when a message is read and its answer is not stored: what is known
 * grows, and old mail is then judged by it, too. It prefers to be silent: a bar that is always there is not read. */

/** MosHintLink: @text: what it says; @url: where it leads */
typedef struct
{
  const char *text;
  const char *url;
} MosHintLink;

/**
 * MosHintFacts: what is judged, and by what. All borrowed.
 * @classification: of the message
 * @from: (nullable)
 * @reply_to: (nullable): array of #MosAddress
 * @text: what the sender newly wrote, without quotes
 * @links: array of #MosHintLink
 * @own_domains: base domains of the shop's own addresses; those where anybody gets one are not among them
 * @own_names: names of the shop's accounts and senders, and of the people at this desk
 * @known_domains: (element-type utf8 utf8): set of base domains of people that this desk has written to
 * @is_known_sender: this very address was written to
 * @earlier_ibans: (nullable): of earlier mail of the same sender
 */
typedef struct
{
  MosClassification classification;
  const MosAddress *from;
  GPtrArray *reply_to;
  const char *text;
  GArray *links;
  const char *const *own_domains;
  const char *const *own_names;
  GHashTable *known_domains;
  gboolean is_known_sender;
  const char *const *earlier_ibans;
} MosHintFacts;

/** mos_hints_evaluate: any thread. Returns: (transfer full): array of #MosHint, the weightiest first; empty for nearly all mail */
GPtrArray *mos_hints_evaluate (const MosHintFacts *facts);

G_END_DECLS

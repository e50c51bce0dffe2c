/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/meta/mos-messenger-channel.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-rows.h"
#include "mos-fake-meta.h"
#include "mos-test-store.h"

G_BEGIN_DECLS

#define ANA "4711"

/** Desk: an account of Messenger or Instagram, before a server that keeps to Meta's rules */
typedef struct
{
  MosFakeMeta *fake;
  MosTestStore *t;
  MosDeskHost *host;
  MosAccount *account;
  MosChannel *channel;      /* kept: what it sent it knows */
  GPtrArray *conversations; /* as desk_look() found them, */
  GPtrArray *messages;      /* … of all of them; events left out */
} Desk;

/** desk_new: @with_humans: Meta lets the shop's people answer longer */
Desk *desk_new (const char *kind, gboolean by_page, gboolean with_humans);
void desk_free (Desk *d);
/** desk_renew_channel: as after a restart */
void desk_renew_channel (Desk *d);
void desk_look (Desk *d);
/** desk_try: one pass, as mostradorctl does it. Returns: (transfer full) (nullable): what went wrong */
GError *desk_try (Desk *d);
/** desk_pass: one that works, and a look */
void desk_pass (Desk *d);
MosMessageRow *desk_message (Desk *d, guint n);
/** desk_pass_time: both clocks go on */
void desk_pass_time (Desk *d, gint64 us);
/** desk_say: @from writes, so long ago */
void desk_say (Desk *d, const char *from, const char *text, gint64 ago_us);
/** desk_reply: to the first conversation */
void desk_reply (Desk *d, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

G_END_DECLS

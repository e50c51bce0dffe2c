/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"
#include "core/mail/net/mos-oauth.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * MosDeskHost:
 *
 * The desk as the channels' threads see it: each method is one transaction of
 * the store. It knows no #MosDesk; what somebody should hear of it tells the
 * functions given to mos_desk_host_set_listener(), on the main context. Made
 * on the main context (or by a program without a main loop), used on any thread.
 */
#define MOS_TYPE_DESK_HOST (mos_desk_host_get_type ())
G_DECLARE_FINAL_TYPE (MosDeskHost, mos_desk_host, MOS, DESK_HOST, GObject)

typedef struct
{
  /** @results: array of MosIngestResult whose messages arrived */
  void (*arrived) (GPtrArray *results, gpointer user_data);
  void (*send_failed) (MosOutboxItem *item, gpointer user_data);
  void (*status_changed) (MosAccountStatus *status, gpointer user_data);
  /** @typing: array of #MosChatTyping */
  void (*typing) (GPtrArray *typing, gpointer user_data);
  /** @update: of a call: it rings, or it ended */
  void (*ringing) (MosChatUpdate *update, gpointer user_data);
} MosDeskHostListener;

MosDeskHost *mos_desk_host_new (MosStore *store);
/** mos_desk_host_set_listener: main context; %NULL lets go */
void mos_desk_host_set_listener (MosDeskHost *self, const MosDeskHostListener *listener, gpointer user_data);
/** mos_desk_host_set_password: a password for this run, in place of the keyring's; %NULL takes it away. Any thread. */
void mos_desk_host_set_password (MosDeskHost *self, const char *account, const char *password);

/** mos_desk_host_set_tokens: of a sign-in just now; %NULL forgets them. Any thread. */
void mos_desk_host_set_tokens (MosDeskHost *self, const char *account, MosOAuthTokens *tokens);

/** mos_desk_client_secret_key: Returns: (transfer full): under which name the keyring has an account's client secret */
char *mos_desk_client_secret_key (const char *account);
/** mos_desk_profile_scope: Returns: (transfer full): what keyring entries and bus names of a profile are told apart by */
char *mos_desk_profile_scope (const char *profile);

G_END_DECLS

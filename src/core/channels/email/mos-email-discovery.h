/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosEmailGuess: a way into the mailbox of an address.
 *
 * @imap, @smtp: host "" where there is none (a provider without IMAP); the user is filled in
 * @source: "provider", "srv" or "guess"
 * @provider: (nullable): display name of a well-known provider
 * @note: (nullable): code: "app-password" (only an app password works), "oauth-only" (no password works), "bridge" (needs the
 *   provider's bridge on this computer), "no-imap" (cannot be used), "enable-imap" (must be switched on at the provider first)
 * @help_url: (nullable): the provider's own page about it
 * @oauth_provider: (nullable): id of a provider that it can sign in at (mos-oauth-providers.h)
 * @server_files_sent: the server files what it sends by itself
 */
typedef struct
{
  MosServer *imap;
  MosServer *smtp;
  char *source;
  char *provider;
  char *note;
  char *help_url;
  char *oauth_provider;
  gboolean server_files_sent;
} MosEmailGuess;
MOS_DECLARE_VALUE (MosEmailGuess, email_guess)

/**
 * mos_email_discover_sync:
 * @address: the mail address; its domain may be in any script
 * @resolver: (nullable): for SRV and MX look-ups; %NULL = the default one
 * @cancellable: (nullable)
 * @error: MOS_DESK_ERROR_INVALID for what is no address, G_IO_ERROR_CANCELLED. DNS trouble is no error: fewer ways come back
 *
 * The provider table, else DNS SRV (RFC 6186, RFC 8314), the provider of the domain's MX, then guesses. Worker threads.
 *
 * Returns: (transfer full) (nullable): array of #MosEmailGuess, best first, never empty
 */
GPtrArray *mos_email_discover_sync (const char *address, GResolver *resolver, GCancellable *cancellable, GError **error);

/**
 * mos_email_order_guesses:
 * @address: the mail address
 * @imaps, @imap, @submissions, @submission: (nullable) (element-type GSrvTarget): the answers to the four SRV look-ups, in the resolver's order
 * @mx: (nullable): host names of the domain's MX, best first
 *
 * The pure part of mos_email_discover_sync(). Any thread.
 *
 * Returns: (transfer full): array of #MosEmailGuess, best first, without doubles
 */
GPtrArray *mos_email_order_guesses (const char *address, GList *imaps, GList *imap, GList *submissions, GList *submission, const char *const *mx);

/** mos_email_is_providers: whether @domain (ASCII) is one that a provider gives addresses in, as gmail.com */
gboolean mos_email_is_providers (const char *domain);
/** mos_email_find_spf: Returns: (transfer none) (nullable): what the provider whose outgoing server @host is has those with a domain of their own put into SPF: "include:…" */
const char *mos_email_find_spf (const char *host);

G_END_DECLS

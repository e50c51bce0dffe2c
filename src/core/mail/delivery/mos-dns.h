/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How what judges records asks for them: it knows neither sockets nor threads, so a table can answer as well. */

typedef enum
{
  MOS_DNS_TXT,     /* the strings of one record joined, as SPF and DKIM read them (RFC 7208 §3.3) */
  MOS_DNS_MX,      /* names of hosts without a dot at their end, the preferred first; "" is the null MX (RFC 7505) */
  MOS_DNS_ADDRESS, /* IPv4 and IPv6 */
} MosDnsType;

typedef enum
{
  MOS_DNS_FOUND,
  MOS_DNS_NONE,   /* answered: there is nothing of the kind */
  MOS_DNS_FAILED, /* no answer: says nothing of what is there */
} MosDnsResult;

/**
 * MosDnsAsk:
 * @look: @values is filled with texts where something was found
 */
typedef struct
{
  MosDnsResult (*look) (const char *name, MosDnsType type, GPtrArray *values, gpointer data);
  gpointer data;
} MosDnsAsk;

/** MOS_DNS_MAX_NAME: a longer name is none (RFC 1035 §2.3.4) */
#define MOS_DNS_MAX_NAME 253

/** mos_dns_look: @ret_values: (out) (optional) (transfer full) (nullable): array of texts */
static inline MosDnsResult
mos_dns_look (const MosDnsAsk *self,
              const char *name,
              MosDnsType type,
              GPtrArray **ret_values)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  MosDnsResult result = self->look (name, type, values, self->data);

  if (ret_values != NULL)
    *ret_values = values;
  else
    g_ptr_array_unref (values);
  return result;
}

G_END_DECLS

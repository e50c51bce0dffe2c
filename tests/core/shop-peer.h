/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A shop that answers as WooCommerce 11 was seen to, keeps its own state, refuses what the platform's description does not know, and fails as shops
 * and what is before them fail. On its other paths it speaks as Shopify does. */

#define KEY "ck_1"
#define SECRET "cs_2"

typedef enum
{
  FAULT_NONE,
  FAULT_BUSY,     /* 429 with a second to wait */
  FAULT_FIREWALL, /* a page of somebody else's */
  FAULT_HALF,     /* the line breaks in the middle */
  FAULT_WRONG,    /* JSON of another kind */
  FAULT_NO_JSON,
  FAULT_MOVED, /* with what was asked, and a key, in its query */
  FAULT_REVOKED,
  FAULT_FORBIDDEN,
  FAULT_NO_SHOP,
  FAULT_DEEP,  /* JSON that would have a parser call itself a million times */
  FAULT_LARGE, /* more than is taken */
  FAULT_HANGS, /* no answer at all */
} Fault;

typedef struct
{
  int id;
  gint64 modified_s;
  const char *status;
} Row;

typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GMutex mutex;
  GCond cond;
  char *base;
  GArray *rows; /* of Row, by time */
  GQueue faults;
  GPtrArray *refused; /* what was asked wrongly */
  guint n_asked;
  guint n_tokens;
  gboolean with_broken_row;
  gint64 edit_at;             /* after this request an order that was read already changes */
  SoupServerCallback handler; /* of another platform: it gets the peer, and nobody else is in it meanwhile */
  gpointer data;              /* the handler's */
} Peer;

Peer *peer_new (void);
/** peer_new_for: one of another platform */
Peer *peer_new_for (SoupServerCallback handler, gpointer data);
void peer_answer (SoupServerMessage *message, guint status, const char *type, const char *text);
/** peer_answer_fault: Returns: whether it was the turn of a fault, and it was answered */
gboolean peer_answer_fault (Peer *p, SoupServerMessage *message);
void peer_free (Peer *p);
/** peer_add: @n orders from @first on, changed @step_s after each other */
void peer_add (Peer *p, int first, int n, gint64 from_s, gint64 step_s);
/** peer_fail: the next @n answers are these (Fault) */
void peer_fail (Peer *p, guint n, ...);
/** peer_find_problem: Returns: (transfer full) (nullable): what of @query the description does not know */
char *peer_find_problem (GHashTable *query);
guint peer_get_n_asked (Peer *p);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

G_END_DECLS

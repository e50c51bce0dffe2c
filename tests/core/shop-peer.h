/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"

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
  FAULT_DEEP,   /* JSON that would have a parser call itself a million times */
  FAULT_LARGE,  /* more than is taken */
  FAULT_HANGS,  /* no answer at all */
  FAULT_LOST,   /* done, and the line is cut before the answer */
  FAULT_CUT,    /* cut, and nothing done */
  FAULT_LATE,   /* cut, and done when somebody looks the second time */
  FAULT_BROKEN, /* done, and the server falls over while it tells so: 500 */
  FAULT_AWAY,   /* done, and whoever stands before the server waits no longer: 503 with a second to wait */
} Fault;

/* An order that can be changed (shop-peer-orders.c): three mugs and a plate with taxes, and shipping. */
typedef struct
{
  int id;
  char *status;
  char *city;
  GPtrArray *refunds; /* of JSON texts */
  GPtrArray *notes;   /* of JSON texts */
  guint n_mails;
  guint n_changes; /* of its modification time */
  guint n_writes;  /* how often somebody tried to change it */
  char *late;      /* a refund's body that is done later */
} PeerOrder;

typedef struct
{
  int id;
  gint64 modified_s;
  const char *status;
} Row;

typedef struct _Peer Peer;

struct _Peer
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
  gboolean (*answer_shopify) (Peer *p, gpointer message, const char *body); /* (nullable): within the server's thread, locked. Returns: whether it did */
  PeerOrder *order;                                                         /* (nullable) */
  GQueue write_faults;                                                      /* for what changes something */
  MosManualClock *slow;                                                     /* (nullable): what changes something takes 61 seconds by it */
  gboolean is_read_only;
  gboolean is_old;            /* it has no actions by mail */
  gboolean has_no_gateway;    /* the payment cannot be taken back through it */
  gint64 now_s;               /* what its clock shows, where it is not the right time */
  gint64 edit_at;             /* after this request an order that was read already changes */
  SoupServerCallback handler; /* of another platform: it gets the peer, and nobody else is in it meanwhile */
  gpointer data;              /* the handler's, or the test's */
};

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
/** peer_fail_writes: the same for the next @n that change something */
void peer_fail_writes (Peer *p, guint n, ...);
/** peer_begin_write: @ret_fault: what to give to peer_end_write(). Returns: %FALSE: it was answered, and nothing is to be done */
gboolean peer_begin_write (Peer *p, SoupServerMessage *message, Fault *ret_fault);
/** peer_end_write: what was done is told, or fails on its way back */
void peer_end_write (SoupServerMessage *message, Fault fault, guint status, const char *text);
/** peer_dup_body: Returns: (transfer full) */
char *peer_dup_body (SoupServerMessage *message);
/** peer_find_problem: Returns: (transfer full) (nullable): what of @query the description does not know */
char *peer_find_problem (GHashTable *query);
guint peer_get_n_asked (Peer *p);

/* shop-peer-orders.c */
void peer_begin_order (Peer *p, int id, const char *status);
void peer_order_free (PeerOrder *order);
/** peer_dup_left: Returns: (transfer full): what can be refunded of it, as the shop reckons */
char *peer_dup_left (Peer *p);
/** peer_answer_order: within the server's thread, locked. Returns: whether the path is about the order. @message: a SoupServerMessage */
gboolean peer_answer_order (Peer *p, gpointer message, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

G_END_DECLS

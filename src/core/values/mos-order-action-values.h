/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* What is done to orders from here. Strings are never %NULL where it is not said; money is a decimal as text, in the order's currency. */

typedef enum
{
  MOS_ORDER_ACTION_REFUND,
  MOS_ORDER_ACTION_CANCEL,
  MOS_ORDER_ACTION_NOTE,
  MOS_ORDER_ACTION_ADDRESS,
  MOS_ORDER_ACTION_INVOICE, /* the order's details go to the customer once more */
  MOS_ORDER_ACTION_RETURN,  /* items come back, or did */
} MosOrderActionKind;       /* refund cancel note address invoice return */
#define MOS_ORDER_ACTION_N_KINDS (MOS_ORDER_ACTION_RETURN + 1)
MOS_DECLARE_NICKS (MosOrderActionKind, order_action_kind)
/** MOS_ORDER_ACTION_MASK: a set of kinds is made of these */
#define MOS_ORDER_ACTION_MASK(kind) (1u << (kind))

typedef enum
{
  MOS_ORDER_ACTION_ASKED,     /* nothing left yet */
  MOS_ORDER_ACTION_RUNNING,   /* it may be on its way */
  MOS_ORDER_ACTION_DONE,      /* the shop said so, or it was found there */
  MOS_ORDER_ACTION_FAILED,    /* the shop did not do it */
  MOS_ORDER_ACTION_UNCERTAIN, /* it left, and no answer came: it is looked for in the shop, and never sent again by itself */
} MosOrderActionState;        /* asked running done failed uncertain */
MOS_DECLARE_NICKS (MosOrderActionState, order_action_state)

/* A postal address in parts, as shops take them. */
typedef enum
{
  MOS_ADDRESS_FIRST_NAME,
  MOS_ADDRESS_LAST_NAME,
  MOS_ADDRESS_COMPANY,
  MOS_ADDRESS_LINE1,
  MOS_ADDRESS_LINE2,
  MOS_ADDRESS_POSTCODE,
  MOS_ADDRESS_CITY,
  MOS_ADDRESS_REGION,
  MOS_ADDRESS_COUNTRY, /* ISO 3166 */
  MOS_ADDRESS_PHONE,
} MosAddressPart; /* first_name last_name company line1 line2 postcode city region country phone */
#define MOS_ADDRESS_N_PARTS (MOS_ADDRESS_PHONE + 1)
MOS_DECLARE_NICKS (MosAddressPart, address_part)

/** MosOrderActionLine: @id: the shop's; @quantity: how many of it, 0 for what is not counted (shipping); @amount: what is given back for them, taxes included */
typedef struct
{
  char *id;
  guint quantity;
  char *amount;
} MosOrderActionLine;

/**
 * MosOrderAction: one thing that somebody does to one order
 * @id: also the key by which the shop's answer, and what is found there, are known to be of this one
 * @number: of the order, for people
 * @lines: (element-type MosOrderActionLine): what is refunded or comes back; empty = @amount alone
 * @amount: of a refund; "0" for others
 * @reason: of a refund, a cancellation or a return
 * @text: of a note
 * @address: the parts of a new address; all "" for other kinds
 * @restock: the items can be sold again; @notify: the customer is told; @with_payment: the money goes back through the shop's payment provider (else it is only written down)
 * @version: mos_order_dup_version() of what whoever asked for it looked at
 * @conversation, @agent: (nullable): where and by whom it was asked for
 * @state, @why, @detail: (nullable): what became of it: the nick of a reason, the shop's own words
 * @remote_id: of what it made in the shop, "" where that has none
 * @others: (nullable): the remote_ids of what other actions made of the same order, while it is looked for: none of them is of this one
 * @asked_us, @tried_us, @settled_us: 0 = not yet; of one that is uncertain the last is since when
 */
typedef struct
{
  char *id;
  char *order;
  char *number;
  MosOrderActionKind kind;
  GPtrArray *lines;
  char *amount;
  char *currency;
  char *reason;
  char *text;
  char *address[MOS_ADDRESS_N_PARTS];
  gboolean restock;
  gboolean notify;
  gboolean with_payment;
  char *version;
  char *conversation;
  char *agent;
  MosOrderActionState state;
  char *why;
  char *detail;
  char *remote_id;
  GStrv others;
  gint64 asked_us;
  gint64 tried_us;
  gint64 settled_us;
} MosOrderAction;
MOS_DECLARE_VALUE (MosOrderAction, order_action)
/** mos_order_action_make: Returns: (transfer full): with nothing in it but what @order says; to be filled before anybody else sees it. @id: (nullable): %NULL = a new one */
MosOrderAction *mos_order_action_make (MosOrderActionKind kind, const MosOrder *order, const char *id);
void mos_order_action_add_line (MosOrderAction *self, const char *id, guint quantity, const char *amount);
/** mos_order_action_is_open: whether it is not known yet what becomes of it */
gboolean mos_order_action_is_open (const MosOrderAction *self);
/** mos_order_action_dup_request: Returns: (transfer full): what is asked for, as a JSON object that mos_order_action_read_request() takes */
char *mos_order_action_dup_request (const MosOrderAction *self);
/** mos_order_action_read_request: only before anybody else sees it; what makes no sense in @text is left as it is */
void mos_order_action_read_request (MosOrderAction *self, const char *text);
/** mos_order_action_build: adds it as an object as mostradorctl prints it */
void mos_order_action_build (JsonBuilder *builder, const MosOrderAction *self);
/** mos_order_action_dup_event: Returns: (transfer full): what the history of a conversation keeps of it: no words of anybody's */
char *mos_order_action_dup_event (const MosOrderAction *self);
/** mos_order_action_read_event: Returns: (transfer full) (nullable): with its kind, number, amount, currency, state and why; %NULL for what is none */
MosOrderAction *mos_order_action_read_event (const char *text);

/** MosOrderTaxShare: one tax of a line: its rate in the shop, and what of it can still be given back */
typedef struct
{
  char *rate;
  char *left;
} MosOrderTaxShare;

/**
 * MosOrderTermsLine: something that was paid for, and what of it can still be given back
 * @quantity_left: 0 for what is not counted (shipping, fees)
 * @net_left, @taxes: (element-type MosOrderTaxShare): @left in its parts, where the shop wants them
 * @left: taxes included
 */
typedef struct
{
  char *id;
  char *name;
  char *variant;
  gboolean is_counted;
  guint quantity;
  guint quantity_left;
  char *net_left;
  GPtrArray *taxes;
  char *left;
} MosOrderTermsLine;

/**
 * MosOrderTerms: an order as the shop has it right now, and what can be done to it
 * @lines: (element-type MosOrderTermsLine)
 * @returnable: (element-type MosOrderTermsLine): what was sent and can come back, and how many of it; each has an id of its own
 * @left: what can be refunded of all of it
 * @digits: of an amount behind the point
 * @address: where it is sent to, in parts
 * @payment: the shop's handle of the payment that money goes back through, "" where it needs none
 * @lacking: kinds that the key may not do, as MOS_ORDER_ACTION_MASK()
 */
typedef struct
{
  MosOrder *order;
  GPtrArray *lines;
  GPtrArray *returnable;
  char *left;
  guint digits;
  char *address[MOS_ADDRESS_N_PARTS];
  char *payment;
  guint lacking;
} MosOrderTerms;
MOS_DECLARE_VALUE (MosOrderTerms, order_terms)
/** mos_order_terms_make: @order: (transfer full). Returns: (transfer full): without lines; the rest as @order says it */
MosOrderTerms *mos_order_terms_make (MosOrder *order);
/** mos_order_terms_add_line: only before anybody else sees it. Returns: (transfer none): with "" and "0" */
MosOrderTermsLine *mos_order_terms_add_line (MosOrderTerms *self);
/** mos_order_terms_add_returnable: the same of what can come back; nothing is given back for it */
MosOrderTermsLine *mos_order_terms_add_returnable (MosOrderTerms *self);
/** mos_order_terms_get_lines: Returns: (transfer none): those that @kind is about */
GPtrArray *mos_order_terms_get_lines (const MosOrderTerms *self, MosOrderActionKind kind);
void mos_order_terms_line_add_tax (MosOrderTermsLine *line, const char *rate, const char *left);
/** mos_order_terms_find_line: Returns: (transfer none) (nullable): of either kind */
const MosOrderTermsLine *mos_order_terms_find_line (const MosOrderTerms *self, const char *id);
/** mos_order_terms_share: Returns: (transfer full): what is given back for @quantity of @line (of what is not counted: for any but 0 all of it) */
char *mos_order_terms_share (const MosOrderTerms *self, const MosOrderTermsLine *line, guint quantity);
/** mos_order_terms_is_part_right: whether a parcel can be sent with @text as that part of its address: a street and a town, and a country that there is, unless the shop itself has another */
gboolean mos_order_terms_is_part_right (const MosOrderTerms *terms, MosAddressPart part, const char *text);
/** mos_order_dup_version: Returns: (transfer full): a digest of what must not have changed between looking and doing: status, sums, address */
char *mos_order_dup_version (const MosOrder *self);

/** Why something cannot be done to an order. */
typedef enum
{
  MOS_ORDER_OBSTACLE_NONE,
  /* of the shop */
  MOS_ORDER_OBSTACLE_SAMPLE,  /* an order of the sample shop */
  MOS_ORDER_OBSTACLE_OFFLINE, /* the shop cannot be reached */
  MOS_ORDER_OBSTACLE_KEY,     /* there is no key, or it is refused */
  MOS_ORDER_OBSTACLE_TROUBLE, /* the shop's address or certificate is wrong */
  MOS_ORDER_OBSTACLE_READING, /* it is read for the first time */
  MOS_ORDER_OBSTACLE_STALE,   /* the copy is too old */
  MOS_ORDER_OBSTACLE_LACKING, /* such a shop, or its key, cannot do it */
  /* of the order */
  MOS_ORDER_OBSTACLE_UNDER_WAY, /* something else is being done to it */
  MOS_ORDER_OBSTACLE_CANCELLED,
  MOS_ORDER_OBSTACLE_REFUNDED, /* nothing is left to give back */
  MOS_ORDER_OBSTACLE_UNPAID,
  MOS_ORDER_OBSTACLE_SENT,
  MOS_ORDER_OBSTACLE_NOT_SENT,
  MOS_ORDER_OBSTACLE_NO_EMAIL,
  MOS_ORDER_OBSTACLE_NO_ORDER,    /* nobody says which one */
  MOS_ORDER_OBSTACLE_UNCONFIRMED, /* nobody said yes to it */
} MosOrderObstacle;               /* none sample offline key trouble reading stale lacking under_way cancelled refunded unpaid sent not_sent no_email no_order unconfirmed */
MOS_DECLARE_NICKS (MosOrderObstacle, order_obstacle)

/** How old a copy may be that somebody acts on: the shop is asked each five minutes at the least. */
#define MOS_ORDER_FRESH_US (30 * 60 * G_TIME_SPAN_SECOND)

/** mos_order_action_find_obstacle: what of the order itself is against it. Pure */
MosOrderObstacle mos_order_action_find_obstacle (MosOrderActionKind kind, const MosOrder *order);
/** mos_order_shop_find_obstacle: what of its shop is against doing anything, as the copies say. @shop: (nullable). Pure */
MosOrderObstacle mos_order_shop_find_obstacle (const MosShopAccount *shop, gint64 now_us);
/** mos_shop_account_is_sample: whether it is the shop that is there to be looked at */
gboolean mos_shop_account_is_sample (const MosShopAccount *self);

/**
 * mos_order_terms_check: whether @action can be done as the shop has the order now
 * @error: MOS_SHOP_ERROR_STALE: the order is not as it was looked at; MOS_SHOP_ERROR_TOO_MUCH: beyond what is left of it or of a line;
 *   MOS_SHOP_ERROR_LACKING: the key may not; MOS_SHOP_ERROR_REFUSED: as mos_order_action_find_obstacle() says, the message is that nick
 */
gboolean mos_order_terms_check (const MosOrderTerms *self, const MosOrderAction *action, GError **error);

G_END_DECLS

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The customer beside the conversation. Once released, this file is never changed.

-- ---- Macros

-- agent: whose it is, NULL = everybody's. texts, actions: as in mos-macro-json.h; attachments: as a draft's. What one macro is made of is changed
-- and taken back as one.
CREATE TABLE macro (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  shortcode TEXT NOT NULL,
  folder TEXT NOT NULL,
  agent TEXT REFERENCES agent,
  for_notes INTEGER NOT NULL,
  texts TEXT NOT NULL,
  actions TEXT NOT NULL,
  attachments TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Each time one was sent: with which text, where, by whom. What became of it is read from the conversation's facts. Not recorded: it comes
-- with the message, and goes with it.
CREATE TABLE macro_use (
  macro TEXT NOT NULL REFERENCES macro,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  agent TEXT REFERENCES agent,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (macro, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX macro_use_message ON macro_use (message);

-- What macros have put into a draft, and what is done when it is sent (mos-macro-plan.h); '' = none.
ALTER TABLE draft ADD COLUMN macros TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox_draft ADD COLUMN macros TEXT NOT NULL DEFAULT '';
-- How to take back what was done beside sending, as JSON; '' = nothing was.
ALTER TABLE outbox_draft ADD COLUMN macro_undo TEXT NOT NULL DEFAULT '';

-- ---- Customers

-- NULL: nobody knows. Of two customers who become one, the stricter holds: opted_out, then not known, then given.
CREATE TABLE consent_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO consent_kind VALUES ('given'), ('opted_out');
ALTER TABLE customer ADD COLUMN consent TEXT REFERENCES consent_kind;
CREATE INDEX customer_name ON customer (name COLLATE NOCASE, id) WHERE deleted_at = 0;
CREATE INDEX customer_vip ON customer (name COLLATE NOCASE, id) WHERE deleted_at = 0 AND vip = 1;
CREATE INDEX customer_first_seen ON customer (first_seen DESC, id) WHERE deleted_at = 0;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
-- Few conversations have a message that did not arrive; somebody's may be thousands.
CREATE INDEX conversation_customer_failed ON conversation (customer) WHERE has_failed = 1;

-- The shop's own fields: whatever it wants to know.
CREATE TABLE customer_field (
  customer TEXT NOT NULL REFERENCES customer,
  name TEXT NOT NULL COLLATE NOCASE,
  value TEXT NOT NULL,
  PRIMARY KEY (customer, name)
) STRICT, WITHOUT ROWID;

-- Words of what a person wrote about a customer (name, company, phone); what came with the mail is in identity_word. Derived.
CREATE TABLE customer_word (
  word TEXT NOT NULL,
  customer TEXT NOT NULL REFERENCES customer ON DELETE CASCADE,
  PRIMARY KEY (word, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_word_customer ON customer_word (customer);

-- Two who look alike and are not the same person, as somebody said; one < other.
CREATE TABLE customer_distinct (
  one TEXT NOT NULL REFERENCES customer,
  other TEXT NOT NULL REFERENCES customer,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_distinct_other ON customer_distinct (other);

-- Each merge, with all that both were before, so that it can be taken back at any time: mos-store-customer-merge.h. source leads to target
-- while undone_at is 0.
CREATE TABLE customer_merge (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL REFERENCES customer,
  target TEXT NOT NULL REFERENCES customer,
  at INTEGER NOT NULL,
  agent TEXT,
  record TEXT NOT NULL,
  undone_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX customer_merge_source ON customer_merge (source);
CREATE INDEX customer_merge_target ON customer_merge (target);

-- Receipts of erasure: how much went, and a keyed hash of the addresses. The addresses' own hashes are in "erased". Not recorded: no undo.
CREATE TABLE erasure (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  agent TEXT,
  hash TEXT NOT NULL,
  identities INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  files INTEGER NOT NULL
) STRICT;

-- ---- Shops and orders

CREATE TABLE shop_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO shop_kind VALUES ('woocommerce'), ('shopify'), ('csv');
CREATE TABLE order_status_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO order_status_kind VALUES ('pending'), ('paid'), ('processing'), ('shipped'), ('delivered'), ('cancelled'), ('refunded');
CREATE TABLE order_proof_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO order_proof_kind VALUES ('number'), ('phone'), ('email'), ('verified'), ('hand');

-- settings: a JSON object of what its kind needs beside the address; never a secret. cursor: up to where its orders were read, in the shop's own time.
CREATE TABLE shop (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES shop_kind,
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  settings TEXT NOT NULL,
  currency TEXT NOT NULL,
  position INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'offline' REFERENCES account_state_kind,
  why TEXT,
  detail TEXT,
  last_sync INTEGER NOT NULL DEFAULT 0,
  cursor TEXT NOT NULL DEFAULT ''
) STRICT;

-- A copy of what the shop holds: read again, it is the same row. number_folded, number_digits: how people write a number, and its last digits.
-- email: lower case; phone: digits of E.164; money: decimals as text. customer, proof: whose it is, and what says so. digest: of what the shop
-- said, so that nothing is written where nothing changed.
CREATE TABLE shop_order (
  id TEXT PRIMARY KEY,
  shop TEXT NOT NULL REFERENCES shop,
  remote_id TEXT NOT NULL,
  number TEXT NOT NULL,
  number_folded TEXT NOT NULL,
  number_digits TEXT NOT NULL,
  status TEXT NOT NULL,
  status_kind TEXT NOT NULL REFERENCES order_status_kind,
  payment TEXT NOT NULL,
  fulfilment TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  currency TEXT NOT NULL,
  total TEXT NOT NULL,
  refunded TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  address TEXT NOT NULL,
  admin_url TEXT NOT NULL,
  customer_url TEXT NOT NULL,
  note TEXT NOT NULL,
  customer TEXT REFERENCES customer,
  proof TEXT REFERENCES order_proof_kind,
  seen_at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (shop, remote_id)
) STRICT;
CREATE INDEX shop_order_customer ON shop_order (customer, created_at DESC) WHERE customer IS NOT NULL;
CREATE INDEX shop_order_email ON shop_order (email, created_at DESC) WHERE email <> '';
CREATE INDEX shop_order_phone ON shop_order (phone, created_at DESC) WHERE phone <> '';
CREATE INDEX shop_order_number ON shop_order (number_folded);
CREATE INDEX shop_order_digits ON shop_order (number_digits);
CREATE INDEX shop_order_modified ON shop_order (shop, modified_at);

CREATE TABLE order_item (
  shop_order TEXT NOT NULL REFERENCES shop_order ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  sku TEXT NOT NULL,
  variant TEXT NOT NULL,
  quantity TEXT NOT NULL,
  price TEXT NOT NULL,
  total TEXT NOT NULL,
  picture_url TEXT NOT NULL,
  PRIMARY KEY (shop_order, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_shipment (
  shop_order TEXT NOT NULL REFERENCES shop_order ON DELETE CASCADE,
  position INTEGER NOT NULL,
  carrier TEXT NOT NULL,
  number TEXT NOT NULL,
  url TEXT NOT NULL,
  status TEXT NOT NULL,
  shipped_at INTEGER NOT NULL,
  delivered_at INTEGER NOT NULL,
  expected_at INTEGER NOT NULL,
  PRIMARY KEY (shop_order, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_refund (
  shop_order TEXT NOT NULL REFERENCES shop_order ON DELETE CASCADE,
  position INTEGER NOT NULL,
  remote_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  amount TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (shop_order, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_note (
  shop_order TEXT NOT NULL REFERENCES shop_order ON DELETE CASCADE,
  position INTEGER NOT NULL,
  remote_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  for_customer INTEGER NOT NULL,
  PRIMARY KEY (shop_order, position)
) STRICT, WITHOUT ROWID;

-- Which orders a conversation is about: those whose numbers its texts name, and those that somebody put there.
CREATE TABLE conversation_order (
  conversation TEXT NOT NULL REFERENCES conversation (id),
  shop_order TEXT NOT NULL REFERENCES shop_order,
  proof TEXT NOT NULL REFERENCES order_proof_kind,
  PRIMARY KEY (conversation, shop_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_order_order ON conversation_order (shop_order, conversation);

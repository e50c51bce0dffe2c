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

-- ---- Customers

-- NULL: nobody knows. Of two customers who become one, the stricter holds: opted_out, then not known, then given.
CREATE TABLE consent_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO consent_kind VALUES ('given'), ('opted_out');
ALTER TABLE customer ADD COLUMN consent TEXT REFERENCES consent_kind;
CREATE INDEX customer_name ON customer (name COLLATE NOCASE, id) WHERE deleted_at = 0;
CREATE INDEX customer_vip ON customer (name COLLATE NOCASE, id) WHERE deleted_at = 0 AND vip = 1;
CREATE INDEX customer_first_seen ON customer (first_seen DESC, id) WHERE deleted_at = 0;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;

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

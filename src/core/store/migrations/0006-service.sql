-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Categories, more shops and what is done to their orders, outreach, retention. Once released, this file is never changed.

-- ---- Categories: the shop's own list

-- words: what else speaks of it, parted by commas. One that was removed stays for the conversations that have it.
ALTER TABLE category ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE category ADD COLUMN removed_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_category ON conversation (category) WHERE category IS NOT NULL;

-- What somebody does not want to be suggested there any more.
CREATE TABLE category_dismissed (
  conversation TEXT NOT NULL REFERENCES conversation (id),
  category TEXT NOT NULL REFERENCES category,
  PRIMARY KEY (conversation, category)
) STRICT, WITHOUT ROWID;

-- ---- Shops: more platforms, pictures

INSERT INTO shop_kind VALUES ('magento'), ('bigcommerce');
INSERT INTO shop_kind VALUES ('prestashop');

-- ---- Orders: what was done to them from here

CREATE TABLE order_action_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO order_action_kind VALUES ('refund'), ('cancel'), ('note'), ('address'), ('invoice'), ('return');
CREATE TABLE order_action_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO order_action_state_kind VALUES ('asked'), ('running'), ('done'), ('failed'), ('uncertain');
INSERT INTO event_kind VALUES ('order');

-- Written before anything is sent. request: what is asked for, as JSON. runner: of the process that does it, so that another one after it knows that
-- it does not any more. why: the nick of a reason; detail: the shop's own words; remote_id: what it made there. Not recorded: it is a log itself.
CREATE TABLE order_action (
  id TEXT PRIMARY KEY,
  shop_order TEXT NOT NULL REFERENCES shop_order ON DELETE CASCADE,
  kind TEXT NOT NULL REFERENCES order_action_kind,
  request TEXT NOT NULL,
  conversation TEXT REFERENCES conversation (id),
  agent TEXT,
  state TEXT NOT NULL REFERENCES order_action_state_kind,
  runner TEXT,
  why TEXT,
  detail TEXT,
  remote_id TEXT NOT NULL DEFAULT '',
  asked_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER NOT NULL DEFAULT 0
) STRICT;
-- One thing at a time is done to an order.
CREATE UNIQUE INDEX order_action_open ON order_action (shop_order) WHERE state IN ('asked', 'running', 'uncertain');
CREATE INDEX order_action_order ON order_action (shop_order, asked_at);
CREATE INDEX order_action_conversation ON order_action (conversation) WHERE conversation IS NOT NULL;

-- ---- Outreach

-- ---- Customers: segments, retention


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

-- ---- Outreach

-- ---- Customers: segments, retention


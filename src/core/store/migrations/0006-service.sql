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

-- What was used of macros that only do something, where it did: they have no message. It counts as long as its batch is not taken back.
CREATE TABLE macro_run (
  macro TEXT NOT NULL REFERENCES macro,
  batch INTEGER NOT NULL,
  conversation TEXT NOT NULL REFERENCES conversation (id),
  used_at INTEGER NOT NULL,
  PRIMARY KEY (macro, batch, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX macro_run_conversation ON macro_run (conversation);

-- ---- Shops: more platforms, pictures

INSERT INTO shop_kind VALUES ('magento'), ('bigcommerce');
INSERT INTO shop_kind VALUES ('prestashop');

-- ---- Orders: what was done to them from here

-- ---- Outreach

-- ---- Customers: segments, retention

-- Derived, by the triggers below. is_returning: more than one conversation with them; last_order: when they last ordered what counts in their totals, 0 = never.
ALTER TABLE customer ADD COLUMN is_returning INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN last_order INTEGER NOT NULL DEFAULT 0;
CREATE INDEX customer_returning ON customer (name COLLATE NOCASE, id) WHERE deleted_at = 0 AND is_returning = 1;
CREATE INDEX customer_last_order ON customer (last_order DESC, id) WHERE deleted_at = 0 AND last_order > 0;
CREATE TRIGGER customer_returning_insert AFTER INSERT ON conversation WHEN new.customer IS NOT NULL
BEGIN
  UPDATE customer SET is_returning = 1 - is_returning WHERE id = new.customer AND is_returning <> ((SELECT count (*) FROM (SELECT 1 FROM conversation c
    WHERE c.customer = new.customer AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine', 'erased') LIMIT 2)) = 2);
END;
CREATE TRIGGER customer_returning_update AFTER UPDATE OF customer, place ON conversation WHEN old.customer IS NOT new.customer OR old.place <> new.place
BEGIN
  UPDATE customer SET is_returning = 1 - is_returning WHERE id IN (old.customer, new.customer) AND is_returning <> ((SELECT count (*) FROM (SELECT 1 FROM conversation c
    WHERE c.customer = customer.id AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine', 'erased') LIMIT 2)) = 2);
END;
CREATE TRIGGER customer_returning_delete AFTER DELETE ON conversation WHEN old.customer IS NOT NULL
BEGIN
  UPDATE customer SET is_returning = 1 - is_returning WHERE id = old.customer AND is_returning <> ((SELECT count (*) FROM (SELECT 1 FROM conversation c
    WHERE c.customer = old.customer AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine', 'erased') LIMIT 2)) = 2);
END;
CREATE TRIGGER customer_last_order_insert AFTER INSERT ON shop_order WHEN new.customer IS NOT NULL
BEGIN
  UPDATE customer SET last_order = coalesce ((SELECT o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0
    WHERE o.customer = customer.id AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC LIMIT 1), 0) WHERE id = new.customer;
END;
CREATE TRIGGER customer_last_order_update AFTER UPDATE OF customer, created_at, status_kind, shop ON shop_order
WHEN old.customer IS NOT new.customer OR old.created_at <> new.created_at OR old.status_kind <> new.status_kind OR old.shop <> new.shop
BEGIN
  UPDATE customer SET last_order = coalesce ((SELECT o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0
    WHERE o.customer = customer.id AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC LIMIT 1), 0) WHERE id IN (old.customer, new.customer);
END;
CREATE TRIGGER customer_last_order_delete AFTER DELETE ON shop_order WHEN old.customer IS NOT NULL
BEGIN
  UPDATE customer SET last_order = coalesce ((SELECT o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0
    WHERE o.customer = customer.id AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC LIMIT 1), 0) WHERE id = old.customer;
END;
-- Orders of a shop that was removed are in no list.
CREATE TRIGGER customer_last_order_shop AFTER UPDATE OF deleted_at ON shop WHEN (old.deleted_at = 0) <> (new.deleted_at = 0)
BEGIN
  UPDATE customer SET last_order = coalesce ((SELECT o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0
    WHERE o.customer = customer.id AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC LIMIT 1), 0)
    WHERE id IN (SELECT o.customer FROM shop_order o WHERE o.shop = new.id);
END;
UPDATE customer SET is_returning = (SELECT count (*) FROM (SELECT 1 FROM conversation c
  WHERE c.customer = customer.id AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine', 'erased') LIMIT 2)) = 2;
UPDATE customer SET last_order = coalesce ((SELECT o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0
  WHERE o.customer = customer.id AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC LIMIT 1), 0)
  WHERE id IN (SELECT o.customer FROM shop_order o);

-- How long what is done with is kept, by what it is: mos-store-retention.h. days: after the last word in it, whole years where 365 goes into it, 0 = for ever.
-- previewed_days: for which somebody looked at what would go (not recorded); it is switched on with no others.
CREATE TABLE retention_class_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO retention_class_kind VALUES ('spam'), ('quarantine'), ('machine'), ('chat'), ('email'), ('invoice');
CREATE TABLE retention (
  class TEXT PRIMARY KEY REFERENCES retention_class_kind,
  days INTEGER NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 0,
  previewed_days INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO retention (class, days) VALUES ('spam', 30), ('quarantine', 90), ('machine', 90), ('chat', 365), ('email', 0), ('invoice', 3650);
-- What goes next, and not before go_at, so that somebody may keep it. Derived by the daily look, not recorded.
CREATE TABLE retention_due (
  conversation TEXT PRIMARY KEY REFERENCES conversation (id),
  number INTEGER NOT NULL,
  class TEXT NOT NULL REFERENCES retention_class_kind,
  since INTEGER NOT NULL,
  go_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_due_go ON retention_due (go_at);
CREATE INDEX retention_due_number ON retention_due (number);
-- 1: somebody wants to keep it, whatever the class says.
ALTER TABLE conversation ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_kept ON conversation (merged_into, id) WHERE kept = 1;
-- What went, by the day's run (at) and class. Not recorded: no undo.
CREATE TABLE retention_receipt (
  at INTEGER NOT NULL,
  class TEXT NOT NULL REFERENCES retention_class_kind,
  conversations INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  PRIMARY KEY (at, class)
) STRICT, WITHOUT ROWID;
INSERT INTO due_kind VALUES ('retention');
CREATE INDEX due_conversation ON due (conversation) WHERE conversation IS NOT NULL;


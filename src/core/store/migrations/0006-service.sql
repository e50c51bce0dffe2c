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

-- Mail to many, each a message of its own to one person. draft: being thought about; running: one leaves after the other; done: nobody waits any more.
CREATE TABLE outreach_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO outreach_state_kind VALUES ('draft'), ('running'), ('paused'), ('done'), ('cancelled');
-- promotional: needs consent, and can be unsubscribed from; order: about the person's own order.
CREATE TABLE outreach_purpose_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO outreach_purpose_kind VALUES ('promotional'), ('order');
-- made: there is a message, and what became of it stands there.
CREATE TABLE outreach_person_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO outreach_person_kind VALUES ('waiting'), ('made'), ('left-out'), ('cancelled');
CREATE TABLE outreach_reason_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO outreach_reason_kind VALUES ('opted-out'), ('no-consent'), ('no-address'), ('bounced'), ('recent'), ('erased'), ('missing'), ('twice'), ('blocked'), ('settled'), ('unsendable');

-- subjects, texts, attachments: as a macro's; texts and attachments are the macro's of the moment it began, '{}' and '[]' until then. audience, answers:
-- JSON (mos-outreach-values.h). allows_unknown: also to whom nobody asked for consent. again_days: nobody who had one within so many days; 0 = not looked at.
CREATE TABLE outreach (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL REFERENCES outreach_purpose_kind,
  state TEXT NOT NULL REFERENCES outreach_state_kind,
  why TEXT,
  macro TEXT NOT NULL REFERENCES macro,
  account TEXT NOT NULL REFERENCES account,
  agent TEXT REFERENCES agent,
  audience TEXT NOT NULL,
  subjects TEXT NOT NULL,
  texts TEXT NOT NULL,
  attachments TEXT NOT NULL,
  answers TEXT NOT NULL,
  allows_unknown INTEGER NOT NULL,
  again_days INTEGER NOT NULL,
  per_minute INTEGER NOT NULL,
  per_hour INTEGER NOT NULL,
  in_hours INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outreach_account ON outreach (account);

-- Whom it goes to, as it was worked out when it began, and whom it does not. at: when the message was made. Once somebody is erased, address is ''.
CREATE TABLE outreach_person (
  outreach TEXT NOT NULL REFERENCES outreach ON DELETE CASCADE,
  position INTEGER NOT NULL,
  customer TEXT REFERENCES customer,
  address TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  shop_order TEXT REFERENCES shop_order,
  language TEXT NOT NULL,
  state TEXT NOT NULL REFERENCES outreach_person_kind,
  reason TEXT REFERENCES outreach_reason_kind,
  detail TEXT,
  message TEXT REFERENCES message (id) ON DELETE SET NULL,
  at INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL DEFAULT 0,
  opted_out_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (outreach, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX outreach_person_waiting ON outreach_person (outreach, position) WHERE state = 'waiting';
CREATE INDEX outreach_person_address ON outreach_person (address, at) WHERE state = 'made';
CREATE INDEX outreach_person_customer ON outreach_person (customer) WHERE customer IS NOT NULL;
CREATE INDEX outreach_person_order ON outreach_person (shop_order) WHERE shop_order IS NOT NULL;
CREATE INDEX outreach_person_message ON outreach_person (message) WHERE message IS NOT NULL;
CREATE INDEX outreach_person_at ON outreach_person (outreach, at) WHERE state = 'made';
-- Nobody gets one twice, whatever else goes wrong.
CREATE UNIQUE INDEX outreach_person_once ON outreach_person (outreach, address) WHERE state IN ('waiting', 'made') AND address <> '';

-- The message that began it was sent to many: the conversation is there, "blank", until something else comes to it.
ALTER TABLE conversation ADD COLUMN silent_message TEXT;
CREATE INDEX conversation_silent ON conversation (customer) WHERE silent_message IS NOT NULL;
CREATE INDEX recipient_address ON recipient (address, at);
CREATE INDEX shop_order_kind ON shop_order (status_kind, created_at);
INSERT INTO due_kind VALUES ('outreach');
-- outreach: a message of one left; opt-out: somebody said that he wants no such mail.
INSERT INTO event_kind VALUES ('outreach'), ('opt-out');

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
-- Who comes back (an undo, a merge taken back) may find what is theirs already there.
CREATE TRIGGER customer_derived_insert AFTER INSERT ON customer
BEGIN
  UPDATE customer SET is_returning = (SELECT count (*) FROM (SELECT 1 FROM conversation c
    WHERE c.customer = new.id AND c.place NOT IN ('deleted', 'merged', 'blank', 'spam', 'quarantine', 'erased') LIMIT 2)) = 2,
    last_order = coalesce ((SELECT o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0
    WHERE o.customer = new.id AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC LIMIT 1), 0) WHERE id = new.id;
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


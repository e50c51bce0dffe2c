-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Categories, more shops and what is done to their orders, outreach, retention. Once released, this file is never changed.

-- ---- Categories: the shop's own list

-- ---- Shops: more platforms, pictures

-- ---- Orders: what was done to them from here

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


-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Matrix, SMS, WhatsApp, Messenger and Instagram beside Telegram; what customers say of the service. Once released, this file is never changed.

-- ---- Matrix

INSERT INTO account_kind VALUES ('matrix');
INSERT INTO channel_kind VALUES ('matrix');
INSERT INTO identity_kind VALUES ('matrix');

-- Up to where the desk has read a chat, on platforms that tell the other side: what the platform calls the message. told: it was said. seq: of the message, for the order.
-- Not recorded: what one desk has told is told.
CREATE TABLE chat_read (
  thread INTEGER PRIMARY KEY REFERENCES chat_thread ON DELETE CASCADE,
  remote TEXT NOT NULL,
  seq INTEGER NOT NULL,
  told INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ---- SMS and WhatsApp by Twilio: people there are their telephone; a name or a short code that sends SMS is nobody's

INSERT INTO account_kind VALUES ('sms'), ('whatsapp-twilio');
INSERT INTO channel_kind VALUES ('sms'), ('whatsapp-twilio');
INSERT INTO identity_kind VALUES ('sms');

-- ---- WhatsApp itself; who hides the telephone there is an id of the shop's own

INSERT INTO account_kind VALUES ('whatsapp');
INSERT INTO channel_kind VALUES ('whatsapp');
INSERT INTO identity_kind VALUES ('whatsapp');

-- ---- Messenger and Instagram; people there are an id of the Page's or account's own

INSERT INTO account_kind VALUES ('messenger'), ('instagram');
INSERT INTO channel_kind VALUES ('messenger'), ('instagram');
INSERT INTO identity_kind VALUES ('messenger'), ('instagram');

-- ---- Telephone: switchboards, routers, a provider's log; "phone" is where calls are noted by hand. Who calls is their telephone

INSERT INTO account_kind VALUES ('phone'), ('asterisk'), ('fritzbox'), ('twilio-calls');
INSERT INTO channel_kind VALUES ('phone'), ('asterisk'), ('fritzbox'), ('twilio-calls');
-- call: one that answers nobody; callback, called back: somebody is to be called back, and the time came
INSERT INTO event_kind VALUES ('call'), ('callback'), ('callback_due');
INSERT INTO due_kind VALUES ('callback');
CREATE TABLE call_outcome (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO call_outcome VALUES ('answered'), ('missed'), ('busy'), ('failed'), ('voicemail'), ('unknown');
-- A message that is a telephone call; NULL = none. What else is known of it: number '' = withheld, line: which of ours.
ALTER TABLE message ADD COLUMN call_outcome TEXT REFERENCES call_outcome;
CREATE TABLE phone_call (
  message TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  line TEXT,
  seconds INTEGER NOT NULL,
  by_hand INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- Chat: what a message says beside its words, and where a chat goes on

INSERT INTO event_kind VALUES ('continued');

-- reply_thread, reply_remote: which message it answers, as the platform calls it: it may come later, or never. forwarded: who first wrote what was passed on, '' where
-- that is not told. payload: what the link brought along that the chat was begun with. is_press: a button was pressed. Not recorded: it follows from what came in.
CREATE TABLE chat_about (
  message TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  reply_thread INTEGER REFERENCES chat_thread ON DELETE SET NULL,
  reply_remote TEXT,
  forwarded TEXT,
  payload TEXT,
  is_press INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_about_thread ON chat_about (reply_thread) WHERE reply_thread IS NOT NULL;

-- ---- The list of all orders: what is asked about is in the index, so that no row is read

CREATE INDEX shop_order_placed ON shop_order (created_at, id, shop, status_kind, name);

-- ---- Orders: with which batch something was asked for: an undo of that withdraws what nobody has begun. NULL: with none

ALTER TABLE order_action ADD COLUMN batch INTEGER;
CREATE INDEX order_action_batch ON order_action (batch) WHERE batch IS NOT NULL;

-- ---- Chat: what is done from here to a message that is there already

CREATE TABLE chat_change_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO chat_change_kind VALUES ('edit'), ('withdraw'), ('react');

-- Until the platform has it. text: what the message is to say; the sign, '' = none any more. why: nobody tries it any more, and a person decides; NULL = it waits for
-- next_try. One of each kind a message: what is wanted last counts. Not recorded: what comes of it is.
CREATE TABLE chat_change (
  id TEXT PRIMARY KEY,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  kind TEXT NOT NULL REFERENCES chat_change_kind,
  text TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  why TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (message, kind)
) STRICT, WITHOUT ROWID;

-- ---- Outreach: who wants no more, by a keyed hash of the address; an order is not whose it is named by

-- at: when somebody with the address said so; lifted_at: when a person here said that they may be written to again. The later one counts. Not recorded: an undo does not
-- make anybody want more, and it outlives an erasure.
CREATE TABLE opt_out (
  key TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  lifted_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A message to somebody who was merged into another while it waited began a conversation of nobody any more.
UPDATE conversation SET customer = (WITH RECURSIVE chain (id, next, n) AS (SELECT id, merged_into, 0 FROM customer WHERE id = conversation.customer
  UNION ALL SELECT c.id, c.merged_into, n + 1 FROM chain JOIN customer c ON c.id = chain.next WHERE n < 100) SELECT id FROM chain ORDER BY n DESC LIMIT 1)
  WHERE customer IN (SELECT id FROM customer WHERE merged_into IS NOT NULL);

-- One with an address or a number that nobody here has is a guest's, not of whoever named it.
UPDATE shop_order SET customer = NULL, proof = NULL WHERE proof = 'number' AND (email <> '' OR phone <> '');

-- ---- Outreach: how many of its people are where

-- Derived, by the triggers below. stand: the state, and of who was written to what became of the message; one that was made and taken back before it left is cancelled.
ALTER TABLE outreach_person ADD COLUMN stand TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE outreach ADD COLUMN n_waiting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_queued INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_left_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_cancelled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outreach ADD COLUMN n_opted_out INTEGER NOT NULL DEFAULT 0;
UPDATE outreach_person SET stand = CASE WHEN outreach_person.state <> 'made' THEN outreach_person.state ELSE ifnull ((SELECT CASE WHEN m.removed_at <> 0 OR m.delivery = 'cancelled' THEN 'cancelled'
    WHEN m.delivery IN ('queued', 'scheduled', 'sending') THEN 'queued' WHEN m.delivery IN ('failed', 'bounced') THEN 'failed' ELSE 'sent' END FROM message m WHERE m.id = outreach_person.message), 'cancelled') END;
UPDATE outreach SET (n_waiting, n_queued, n_failed, n_sent, n_left_out, n_cancelled, n_answered, n_opted_out) =
  (SELECT total (p.stand = 'waiting'), total (p.stand = 'queued'), total (p.stand = 'failed'), total (p.stand = 'sent'), total (p.stand = 'left-out'), total (p.stand = 'cancelled'), total (p.answered_at <> 0), total (p.opted_out_at <> 0) FROM outreach_person p WHERE p.outreach = outreach.id);
CREATE TRIGGER outreach_person_insert AFTER INSERT ON outreach_person
BEGIN
  UPDATE outreach SET n_waiting = n_waiting + 1, n_answered = n_answered + (new.answered_at <> 0), n_opted_out = n_opted_out + (new.opted_out_at <> 0) WHERE id = new.outreach;
  UPDATE outreach_person SET stand = CASE WHEN new.state <> 'made' THEN new.state ELSE ifnull ((SELECT CASE WHEN m.removed_at <> 0 OR m.delivery = 'cancelled' THEN 'cancelled'
    WHEN m.delivery IN ('queued', 'scheduled', 'sending') THEN 'queued' WHEN m.delivery IN ('failed', 'bounced') THEN 'failed' ELSE 'sent' END FROM message m WHERE m.id = new.message), 'cancelled') END WHERE outreach = new.outreach AND position = new.position AND state <> 'waiting';
END;
CREATE TRIGGER outreach_person_delete AFTER DELETE ON outreach_person
BEGIN
  UPDATE outreach SET n_waiting = n_waiting - (old.stand = 'waiting'), n_queued = n_queued - (old.stand = 'queued'), n_failed = n_failed - (old.stand = 'failed'), n_sent = n_sent - (old.stand = 'sent'), n_left_out = n_left_out - (old.stand = 'left-out'), n_cancelled = n_cancelled - (old.stand = 'cancelled'),
    n_answered = n_answered - (old.answered_at <> 0), n_opted_out = n_opted_out - (old.opted_out_at <> 0) WHERE id = old.outreach;
END;
CREATE TRIGGER outreach_person_state AFTER UPDATE OF state, message ON outreach_person
BEGIN
  UPDATE outreach_person SET stand = CASE WHEN new.state <> 'made' THEN new.state ELSE ifnull ((SELECT CASE WHEN m.removed_at <> 0 OR m.delivery = 'cancelled' THEN 'cancelled'
    WHEN m.delivery IN ('queued', 'scheduled', 'sending') THEN 'queued' WHEN m.delivery IN ('failed', 'bounced') THEN 'failed' ELSE 'sent' END FROM message m WHERE m.id = new.message), 'cancelled') END WHERE outreach = new.outreach AND position = new.position;
END;
CREATE TRIGGER outreach_person_message AFTER UPDATE OF delivery, removed_at ON message WHEN (old.delivery <> new.delivery OR (old.removed_at <> 0) <> (new.removed_at <> 0))
  AND EXISTS (SELECT 1 FROM outreach_person p WHERE p.message = new.id)
BEGIN
  UPDATE outreach_person SET stand = CASE WHEN outreach_person.state <> 'made' THEN outreach_person.state ELSE ifnull ((SELECT CASE WHEN m.removed_at <> 0 OR m.delivery = 'cancelled' THEN 'cancelled'
    WHEN m.delivery IN ('queued', 'scheduled', 'sending') THEN 'queued' WHEN m.delivery IN ('failed', 'bounced') THEN 'failed' ELSE 'sent' END FROM message m WHERE m.id = outreach_person.message), 'cancelled') END WHERE message = new.id;
END;
CREATE TRIGGER outreach_person_stand AFTER UPDATE OF stand ON outreach_person WHEN old.stand <> new.stand
BEGIN
  UPDATE outreach SET n_waiting = n_waiting - (old.stand = 'waiting') + (new.stand = 'waiting'),
    n_queued = n_queued - (old.stand = 'queued') + (new.stand = 'queued'),
    n_failed = n_failed - (old.stand = 'failed') + (new.stand = 'failed'),
    n_sent = n_sent - (old.stand = 'sent') + (new.stand = 'sent'),
    n_left_out = n_left_out - (old.stand = 'left-out') + (new.stand = 'left-out'),
    n_cancelled = n_cancelled - (old.stand = 'cancelled') + (new.stand = 'cancelled') WHERE id = new.outreach;
END;
CREATE TRIGGER outreach_person_answer AFTER UPDATE OF answered_at, opted_out_at ON outreach_person
BEGIN
  UPDATE outreach SET n_answered = n_answered - (old.answered_at <> 0) + (new.answered_at <> 0), n_opted_out = n_opted_out - (old.opted_out_at <> 0) + (new.opted_out_at <> 0)
    WHERE id = new.outreach;
END;

-- ---- Scores: what customers say of the service

CREATE TABLE survey_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO survey_kind VALUES ('csat'), ('nps');
-- planned: it will be asked; asked: the question left; expired: nobody answered in time; cancelled: it was not asked after all.
CREATE TABLE survey_state (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO survey_state VALUES ('planned'), ('asked'), ('answered'), ('expired'), ('cancelled');
-- survey: the customer answered a question of ours; recorded: somebody here wrote down what the customer said.
CREATE TABLE survey_source (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO survey_source VALUES ('survey'), ('recorded');
INSERT INTO event_kind VALUES ('survey');

-- customer: who is asked, or said it; of whom a conversation is, is not always that: two of two people may have been merged. language: it was asked in.
-- score: NULL with an answer that is nothing but words. A kind that comes later brings its own bounds.
CREATE TABLE survey (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES survey_kind,
  state TEXT NOT NULL REFERENCES survey_state,
  source TEXT NOT NULL REFERENCES survey_source,
  account TEXT NOT NULL REFERENCES account,
  conversation TEXT NOT NULL REFERENCES conversation (id),
  customer TEXT REFERENCES customer,
  language TEXT,
  asked_at INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL DEFAULT 0,
  score INTEGER CHECK (score IS NULL OR CASE kind WHEN 'csat' THEN score BETWEEN 1 AND 5 WHEN 'nps' THEN score BETWEEN 0 AND 10 ELSE 1 END),
  comment TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'answered') = (answered_at <> 0)),
  CHECK (score IS NULL OR state = 'answered')
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_conversation ON survey (conversation, answered_at);
CREATE INDEX survey_customer ON survey (customer, answered_at, id) WHERE customer IS NOT NULL;
CREATE INDEX survey_account ON survey (account, state);
CREATE INDEX survey_answered ON survey (answered_at, id) WHERE state = 'answered';

-- Answers that a later one took the place of; position: from 1, the oldest.
CREATE TABLE survey_answer (
  survey TEXT NOT NULL REFERENCES survey,
  position INTEGER NOT NULL,
  answered_at INTEGER NOT NULL,
  score INTEGER,
  comment TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (survey, position)
) STRICT, WITHOUT ROWID;

-- Derived, by the triggers below: the newest score that the customer gave; NULL = none.
ALTER TABLE customer ADD COLUMN last_score INTEGER;
ALTER TABLE customer ADD COLUMN last_score_kind TEXT REFERENCES survey_kind;
ALTER TABLE customer ADD COLUMN last_score_at INTEGER;
CREATE INDEX customer_unhappy ON customer (last_score_at DESC, id) WHERE deleted_at = 0 AND last_score <= CASE last_score_kind WHEN 'csat' THEN 2 WHEN 'nps' THEN 6 END;
CREATE TRIGGER customer_score_insert AFTER INSERT ON survey WHEN new.customer IS NOT NULL AND new.score IS NOT NULL
BEGIN
  UPDATE customer SET (last_score, last_score_kind, last_score_at) = (SELECT s.score, s.kind, s.answered_at FROM survey s
    WHERE s.customer = customer.id AND s.score IS NOT NULL ORDER BY s.answered_at DESC, s.id DESC LIMIT 1) WHERE id = new.customer;
END;
CREATE TRIGGER customer_score_update AFTER UPDATE OF customer, kind, score, answered_at ON survey
WHEN old.customer IS NOT new.customer OR old.kind <> new.kind OR old.score IS NOT new.score OR old.answered_at <> new.answered_at
BEGIN
  UPDATE customer SET (last_score, last_score_kind, last_score_at) = (SELECT s.score, s.kind, s.answered_at FROM survey s
    WHERE s.customer = customer.id AND s.score IS NOT NULL ORDER BY s.answered_at DESC, s.id DESC LIMIT 1) WHERE id IN (old.customer, new.customer);
END;
CREATE TRIGGER customer_score_delete AFTER DELETE ON survey WHEN old.customer IS NOT NULL AND old.score IS NOT NULL
BEGIN
  UPDATE customer SET (last_score, last_score_kind, last_score_at) = (SELECT s.score, s.kind, s.answered_at FROM survey s
    WHERE s.customer = customer.id AND s.score IS NOT NULL ORDER BY s.answered_at DESC, s.id DESC LIMIT 1) WHERE id = old.customer;
END;
CREATE TRIGGER customer_score_customer AFTER INSERT ON customer
BEGIN
  UPDATE customer SET (last_score, last_score_kind, last_score_at) = (SELECT s.score, s.kind, s.answered_at FROM survey s
    WHERE s.customer = new.id AND s.score IS NOT NULL ORDER BY s.answered_at DESC, s.id DESC LIMIT 1) WHERE id = new.id;
END;

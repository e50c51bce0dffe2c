-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Matrix, SMS and WhatsApp beside Telegram; what customers say of the service. Once released, this file is never changed.

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

-- ---- Telephone: switchboards, routers, a provider's log; "phone" is where calls are noted by hand. Who calls is their telephone

INSERT INTO account_kind VALUES ('phone'), ('asterisk'), ('fritzbox'), ('twilio-calls');
INSERT INTO channel_kind VALUES ('phone'), ('asterisk'), ('fritzbox'), ('twilio-calls');
-- call: one that answers nobody; callback, called back: somebody is to be called back, and the time came
INSERT INTO event_kind VALUES ('call'), ('callback'), ('callback_due');
INSERT INTO due_kind VALUES ('callback');
CREATE TABLE call_outcome (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO call_outcome VALUES ('answered'), ('missed'), ('busy'), ('failed'), ('voicemail');
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

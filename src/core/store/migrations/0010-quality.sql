-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Surveys, targets, and what figures are made of. Once released, this file is never changed.

-- ---- Customers are asked what they think of the service, and what comes of an answer

-- survey: a question of ours, and what came back for it: no customer's message, and no answer to one.
INSERT INTO classification_kind VALUES ('survey');
-- survey: somebody is to be asked, or a question has an end; rescue: somebody is reminded of who is unhappy.
INSERT INTO due_kind VALUES ('survey'), ('rescue');
-- asked, not asked and why, came too late for its question; a rescue begins or ends, and somebody is reminded of one.
INSERT INTO event_kind VALUES ('survey_asked'), ('survey_skipped'), ('survey_late'), ('rescue'), ('rescue_due');

-- is_test: somebody here tries it out. unread: nobody here has looked at its words or low score yet. message: our question. answered_by: who answered in the place of who was asked.
-- agent, category, tags (JSON, names), macro: as of the question: who answered last, what it was about, what it was answered with.
-- is_attributed: the four are told, be they empty. A rescue (NULL = none): since when, until when, what came of it.
CREATE TABLE rescue_state (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO rescue_state VALUES ('open'), ('done');
ALTER TABLE survey ADD COLUMN is_test INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN message TEXT;
ALTER TABLE survey ADD COLUMN answered_by TEXT;
ALTER TABLE survey ADD COLUMN agent TEXT REFERENCES agent;
ALTER TABLE survey ADD COLUMN category TEXT REFERENCES category;
ALTER TABLE survey ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE survey ADD COLUMN macro TEXT REFERENCES macro;
ALTER TABLE survey ADD COLUMN is_attributed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN rescue TEXT REFERENCES rescue_state;
ALTER TABLE survey ADD COLUMN rescue_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN rescue_done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN rescue_outcome TEXT NOT NULL DEFAULT '';
CREATE INDEX survey_message ON survey (message) WHERE message IS NOT NULL;
CREATE INDEX survey_asked ON survey (customer, kind, asked_at) WHERE asked_at <> 0;
CREATE INDEX survey_rescue ON survey (rescue_since, id) WHERE rescue = 'open';
CREATE INDEX survey_unread ON survey (answered_at, id) WHERE unread = 1;

-- How often somebody is asked: once a conversation, at each close, or nobody twice within some days.
CREATE TABLE survey_often (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO survey_often VALUES ('conversation'), ('close'), ('person');
-- What an account asks. skip_tags: JSON, names; skip_categories: JSON, ids: who has one is not asked. texts: JSON, the shop's own words, by language. No row: nothing is asked.
CREATE TABLE survey_setting (
  account TEXT NOT NULL REFERENCES account,
  kind TEXT NOT NULL REFERENCES survey_kind,
  is_on INTEGER NOT NULL,
  delay_s INTEGER NOT NULL,
  often TEXT NOT NULL REFERENCES survey_often,
  days INTEGER NOT NULL,
  skip_tags TEXT NOT NULL,
  skip_categories TEXT NOT NULL,
  skips_vip INTEGER NOT NULL,
  reopens INTEGER NOT NULL,
  rescue_days INTEGER NOT NULL,
  texts TEXT NOT NULL,
  PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;

-- ---- Within what time the shop means to answer and to be done

-- All rules as one text (mos-target-values.h), valid from then on; before the first one the default was.
CREATE TABLE target_version (
  id TEXT PRIMARY KEY,
  valid_from INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for all conversations: it waits for the first conversation.target_next.
INSERT INTO due_kind VALUES ('target');
-- from: which target; at: when its time was nearly over, or over, whenever that was noticed.
INSERT INTO event_kind VALUES ('target_warn'), ('target_breach');
INSERT INTO view_sort_kind VALUES ('due');

CREATE TABLE target_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO target_state_kind VALUES ('pending'), ('warned'), ('breached');

-- Derived, as the columns before: of what is open, pending or snoozed. 0 = there is no target, or its clock stands. basis: by which rule ("first_reply channel 7200").
ALTER TABLE conversation ADD COLUMN reply_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN reply_warn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN reply_basis TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN resolve_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN resolve_warn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN resolve_basis TEXT NOT NULL DEFAULT '';
-- The sooner of both; when somebody is to be told next (0 = all is told); what was told of those that count.
ALTER TABLE conversation ADD COLUMN target_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN target_next INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN target_state TEXT REFERENCES target_state_kind;
CREATE INDEX conversation_due ON conversation (target_at = 0, target_at, id, place) WHERE place IN ('open', 'pending');
CREATE INDEX conversation_breaching ON conversation (target_at, id, place) WHERE target_state IN ('warned', 'breached');
CREATE INDEX conversation_target_next ON conversation (target_next) WHERE target_next > 0;

-- Derived from the events: when the clock of the resolution stood: the conversation was pending, closed, or snoozed with nobody waiting. to_at: 0 = it stands still.
CREATE TABLE fact_pause (
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, position)
) STRICT, WITHOUT ROWID;

-- ---- How well the shop serves: what figures are made of, packed

-- All derived from the events, as fact_turn and the like are, in the transaction that adds them: a report of five years reads one short row for each conversation.

-- Who and what about: most of what happens has the same few.
CREATE TABLE fact_about (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  agent TEXT NOT NULL,
  UNIQUE (account, channel, category, language, agent)
) STRICT;
-- Names of tags and ids of macros.
CREATE TABLE fact_word (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;
-- number: of the conversation. stamp: rises with each change, so that who has read it once reads only what is new. pack: as in mos-store-fact-packs.h; empty where nothing counts any more.
CREATE TABLE fact_pack (
  number INTEGER PRIMARY KEY,
  stamp INTEGER NOT NULL,
  pack BLOB NOT NULL
) STRICT;
CREATE INDEX fact_pack_stamp ON fact_pack (stamp);

ALTER TABLE fact_close ADD COLUMN received INTEGER NOT NULL DEFAULT 0; -- messages of the customer so far

-- Nobody reads sums of days: no median is made of them.
DROP TABLE rollup_day;
DROP TABLE measure_kind;
-- Who bought when, of all customers and of guests, from the index alone.
CREATE INDEX shop_order_bought ON shop_order (customer, created_at, shop, status_kind);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Customers are asked what they think of the service, and what comes of an answer. Once released, this file is never changed.

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

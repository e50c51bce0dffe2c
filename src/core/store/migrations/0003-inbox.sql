-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The inbox: views, search, conversation, composer, time, team. Times are microseconds UTC; 0 means "not" where a column
-- says so. Once released, this file is never changed.

-- ---- Mail: what the figures and the leftovers of part 2 need

-- ---- Search: text inside attachments, what is still to be read

-- ---- Views: saved views, agents, unread of each agent

-- ---- Conversation: remote images, spam, hints

-- ---- Composer: formatting, signatures, send later, checks

-- A draft's text may have marks (mos-markup.h). Whose dictionary it is written with, where a person chose one; '' = none.
ALTER TABLE draft ADD COLUMN is_marked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN language TEXT;

-- A message that waits, in the outbox as 'scheduled', for its time or for an undo. The outbox knows when, this is what it was as a draft, so
-- that it can be one again to the last letter; it goes when the message left. then_*: what becomes of the conversation; before_*: what it was.
INSERT INTO due_kind VALUES ('send');
CREATE TABLE outbox_draft (
  message TEXT PRIMARY KEY REFERENCES outbox ON DELETE CASCADE,
  agent TEXT,
  account TEXT NOT NULL,
  sender TEXT,
  kind TEXT NOT NULL REFERENCES draft_kind,
  reply_to_message TEXT,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  is_marked INTEGER NOT NULL,
  language TEXT,
  quote TEXT,
  attachments TEXT NOT NULL,
  caret INTEGER NOT NULL,
  at INTEGER NOT NULL,
  is_later INTEGER NOT NULL,
  even_if_answered INTEGER NOT NULL,
  then_status TEXT NOT NULL REFERENCES status_kind,
  then_until INTEGER NOT NULL,
  before_status TEXT REFERENCES status_kind,
  before_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- Time: calendars, due work, what is held, notifications

-- ---- Keyboard: own keys

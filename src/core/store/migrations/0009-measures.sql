-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- How well the shop serves.

-- Derived from the events of one conversation, as fact_turn and fact_close are, in the transaction that adds them. There is none where the customer never wrote, nor of what is spam, deleted
-- or part of another. Who and what about: as of the first answer; where there is none yet, as of the last that is known.
CREATE TABLE fact_conversation (
  conversation TEXT PRIMARY KEY,
  first_in INTEGER NOT NULL,           -- the customer's first message
  acknowledged_at INTEGER NOT NULL,    -- the first automatic answer to it, where no person was faster; 0 = none
  responded_at INTEGER NOT NULL,       -- the first answer of a person; 0 = none
  closed_at INTEGER NOT NULL,          -- the close that stands; 0 = it is not closed
  agent TEXT NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT NOT NULL,
  language TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_conversation_first_in ON fact_conversation (first_in);
CREATE INDEX fact_conversation_acknowledged ON fact_conversation (acknowledged_at) WHERE acknowledged_at <> 0;
CREATE INDEX fact_conversation_responded ON fact_conversation (responded_at) WHERE responded_at <> 0;
CREATE INDEX fact_conversation_closed ON fact_conversation (closed_at);

-- ---- Chat: answers that the customer has only to press, below a message of ours; one a line, '' = none

ALTER TABLE draft ADD COLUMN buttons TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox_draft ADD COLUMN buttons TEXT NOT NULL DEFAULT '';
ALTER TABLE chat_about ADD COLUMN buttons TEXT NOT NULL DEFAULT '';

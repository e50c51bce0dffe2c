-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Within what time the shop means to answer and to be done. Once released, this file is never changed.

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

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

-- ---- Time: calendars, due work, what is held, notifications

-- 'remind': somebody asked to be reminded, or not any more; 'reminder': nobody had answered by then.
INSERT INTO event_kind VALUES ('remind'), ('reminder');
INSERT INTO due_kind VALUES ('reminder');
CREATE INDEX due_held ON due (due_utc) WHERE state = 'held';

-- When people work (mos-calendar.h), as a text of its own. What was valid then stays: figures of last month are counted by last month's hours.
CREATE TABLE calendar (
  name TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (name, valid_from)
) STRICT, WITHOUT ROWID;

-- ---- Keyboard: own keys

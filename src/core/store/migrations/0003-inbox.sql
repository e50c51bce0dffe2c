-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The inbox: views, search, conversation, composer, time, team. Times are microseconds UTC; 0 means "not" where a column
-- says so. Once released, this file is never changed.

-- ---- Mail: what the figures and the leftovers of part 2 need

-- ---- Search: text inside attachments, what is still to be read

-- ---- Views: saved views, agents, unread of each agent

-- ---- Conversation: remote images, spam, hints

-- Whose remote pictures are loaded without asking; address folded to lower case.
CREATE TABLE image_sender (address TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- 1: marking as spam, and taking it back, moves nothing on the server.
ALTER TABLE account ADD COLUMN spam_stays INTEGER NOT NULL DEFAULT 0;
-- Where on the server a mail is to lie since somebody marked it as spam ("junk"), or said that it is none ("inbox"). wanted: still to be done; done: it lies there;
-- failed: the server refused. origin: the folder it lay in before. Follows the conversation's place, so an undo moves back.
CREATE TABLE server_move_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO server_move_state_kind VALUES ('wanted'), ('done'), ('failed');
CREATE TABLE server_move (
  message TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  role TEXT NOT NULL REFERENCES folder_role_kind,
  origin TEXT REFERENCES folder ON DELETE SET NULL,
  state TEXT NOT NULL REFERENCES server_move_state_kind,
  detail TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX server_move_wanted ON server_move (message) WHERE state = 'wanted';

-- ---- Composer: formatting, signatures, send later, checks

-- ---- Time: calendars, due work, what is held, notifications

-- ---- Keyboard: own keys

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The inbox: views, search, conversation, composer, time, team. Times are microseconds UTC; 0 means "not" where a column
-- says so. Once released, this file is never changed.

-- ---- Mail: what the figures and the leftovers of part 2 need

-- How often a person had it sent anew after a server may have had it; a report says by the envelope's id which of them it is about.
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

-- Ours are found among thousands of others with the same Message-ID.
CREATE INDEX message_outgoing_id ON message (message_id) WHERE direction = 'outgoing' AND message_id IS NOT NULL;

-- ---- Search: text inside attachments, what is still to be read
-- What is in a file, once for each content, however many messages it came with. state 'waiting' is the queue: whatever is attached and not here, or was
-- cut short, is read in the background (mos-file-text.h); none has a text that is empty. Derived: made anew from the blobs.
CREATE TABLE file_text_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO file_text_kind VALUES ('waiting'), ('done'), ('none'), ('encrypted'), ('failed');
CREATE TABLE file_text (
  sha256 TEXT PRIMARY KEY REFERENCES blob ON DELETE CASCADE,
  state TEXT NOT NULL REFERENCES file_text_kind,
  attempts INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX file_text_waiting ON file_text (sha256) WHERE state = 'waiting';

-- larger: asks for these; below 64 KiB a mail is looked at by itself.
CREATE INDEX blob_large ON blob (size, sha256) WHERE size >= 65536;
CREATE INDEX attachment_large ON attachment (size, message) WHERE size >= 65536;

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

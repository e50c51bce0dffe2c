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

-- 1: of a mail larger than what is fetched only the head is here, whatever else "why" has to say of it.
ALTER TABLE message ADD COLUMN head_only INTEGER NOT NULL DEFAULT 0;
UPDATE message SET head_only = 1 WHERE why = 'too-large' AND direction = 'incoming';

-- Messages whose parent is not here, by what they refer to: 64 bits of a digest of account and Message-ID, and message.seq. A parent that comes
-- after its answers finds them here. Bounded per message and per id (mos-store-waiting.h). Derived in what it says; no foreign key, for that would
-- need an index as large again: a row without its message says nothing.
CREATE TABLE waiting_reference (
  reference INTEGER NOT NULL,
  message INTEGER NOT NULL,
  PRIMARY KEY (reference, message)
) STRICT, WITHOUT ROWID;

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
-- Files of kinds that may hold text. What they are is looked at when they are read.
CREATE TRIGGER attachment_file_text AFTER INSERT ON attachment
WHEN new.sha256 IS NOT NULL AND new.size <= 67108864 AND (new.type = 'application/pdf' OR new.type LIKE 'text/%' OR new.type LIKE 'application/vnd.oasis.opendocument.%'
  OR new.type LIKE 'application/vnd.openxmlformats-%' OR new.name LIKE '%.pdf' OR new.name LIKE '%.od_' OR new.name LIKE '%.docx' OR new.name LIKE '%.xlsx' OR new.name LIKE '%.pptx'
  OR new.name LIKE '%.txt' OR new.name LIKE '%.csv' OR new.name LIKE '%.htm' OR new.name LIKE '%.html')
BEGIN
  INSERT INTO file_text (sha256, state) SELECT new.sha256, 'waiting' WHERE NOT EXISTS (SELECT 1 FROM file_text WHERE sha256 = new.sha256);
END;
INSERT INTO file_text (sha256, state) SELECT DISTINCT sha256, 'waiting' FROM attachment
WHERE sha256 IS NOT NULL AND size <= 67108864 AND (type = 'application/pdf' OR type LIKE 'text/%' OR type LIKE 'application/vnd.oasis.opendocument.%'
  OR type LIKE 'application/vnd.openxmlformats-%' OR name LIKE '%.pdf' OR name LIKE '%.od_' OR name LIKE '%.docx' OR name LIKE '%.xlsx' OR name LIKE '%.pptx'
  OR name LIKE '%.txt' OR name LIKE '%.csv' OR name LIKE '%.htm' OR name LIKE '%.html');

-- larger: asks for these; below 64 KiB a mail is looked at by itself.
CREATE INDEX blob_large ON blob (size, sha256) WHERE size >= 65536;
CREATE INDEX attachment_large ON attachment (size, message) WHERE size >= 65536;

-- ---- Views: saved views, agents, unread of each agent

CREATE TABLE view_sort_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO view_sort_kind VALUES ('updated'), ('updated_oldest'), ('created'), ('created_oldest'), ('waiting'), ('snoozed'), ('priority');
CREATE TABLE view_grouping_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO view_grouping_kind VALUES ('none'), ('day'), ('waiting');

-- A query with a name. columns: what its rows show, nicks with spaces between them. agent: whose it is, NULL = everybody's.
CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  sort TEXT NOT NULL REFERENCES view_sort_kind,
  grouping TEXT NOT NULL REFERENCES view_grouping_kind,
  columns TEXT NOT NULL,
  agent TEXT REFERENCES agent,
  position INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- How an agent wants a view that nobody made: view = its nick, or "account:" and the account's id.
CREATE TABLE view_look (
  agent TEXT NOT NULL REFERENCES agent,
  view TEXT NOT NULL,
  sort TEXT NOT NULL REFERENCES view_sort_kind,
  grouping TEXT NOT NULL REFERENCES view_grouping_kind,
  columns TEXT NOT NULL,
  PRIMARY KEY (agent, view)
) STRICT, WITHOUT ROWID;

-- When an agent last looked at a view; view as above, or "saved:" and the id.
CREATE TABLE view_seen (
  agent TEXT NOT NULL REFERENCES agent,
  view TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (agent, view)
) STRICT, WITHOUT ROWID;

-- used_at: when it was last chosen at this desk.
ALTER TABLE agent ADD COLUMN language TEXT;
ALTER TABLE agent ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN removed_at INTEGER NOT NULL DEFAULT 0;

-- Whom a note names. Comes with the note and never changes.
CREATE TABLE mention (
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  agent TEXT NOT NULL REFERENCES agent,
  PRIMARY KEY (message, agent)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_agent ON mention (agent, message);

-- What one agent has not read although message.unread says that somebody did: a note that names him, a mail that another
-- agent opened on this desk.
CREATE TABLE agent_unread (
  agent TEXT NOT NULL REFERENCES agent,
  conversation TEXT NOT NULL,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  PRIMARY KEY (agent, conversation, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_unread_message ON agent_unread (message);

-- derived: a message of it waits for its time
ALTER TABLE conversation ADD COLUMN has_scheduled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_scheduled ON conversation (updated_at DESC, id, place) WHERE has_scheduled = 1 AND place NOT IN ('deleted', 'merged');
CREATE INDEX conversation_created ON conversation (created_at DESC, id, place) WHERE place IN ('open', 'pending');
CREATE INDEX conversation_unread ON conversation (updated_at) WHERE unread > 0;

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

-- 'remind': somebody asked to be reminded, or not any more; 'reminder': nobody had answered by then.
INSERT INTO event_kind VALUES ('remind'), ('reminder');
INSERT INTO due_kind VALUES ('reminder');
CREATE INDEX due_held ON due (due_utc) WHERE state = 'held';

-- When people work, as text (mos-calendar.h), and since when that is so. What was before the first one is counted by it, too.
CREATE TABLE calendar_version (
  id TEXT PRIMARY KEY,
  valid_from INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;

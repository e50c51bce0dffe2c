-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Chat beside mail; what retention takes along. Once released, this file is never changed.

-- ---- Chat: accounts, threads, and what can happen to a message after it was sent

INSERT INTO account_kind VALUES ('telegram');
INSERT INTO channel_kind VALUES ('telegram');
INSERT INTO identity_kind VALUES ('telegram');
INSERT INTO identity_source_kind VALUES ('chat');

-- What only its kind of channel knows of an account, as a JSON object of texts: the platform's address, whether groups count, …
ALTER TABLE account ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- What the platform calls a chat or a room. conversation: the newest one that came out of it; identity: who is answered there; last_incoming: when
-- the customer last wrote (how long it may be answered freely counts from there); closed: why nothing can be sent there, as a code.
-- Not recorded: it follows from what came in, and every desk reads it there.
CREATE TABLE chat_thread (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account,
  remote TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  conversation TEXT REFERENCES conversation (id),
  identity TEXT REFERENCES identity ON DELETE SET NULL,
  last_incoming INTEGER NOT NULL DEFAULT 0,
  closed TEXT,
  UNIQUE (account, remote)
) STRICT;
CREATE INDEX chat_thread_conversation ON chat_thread (conversation) WHERE conversation IS NOT NULL;
CREATE INDEX chat_thread_identity ON chat_thread (identity) WHERE identity IS NOT NULL;

-- Which message of ours is which of theirs. One of ours that was sent in parts, or an album, has several. part: of an outgoing one, the place of the part.
CREATE TABLE chat_message (
  thread INTEGER NOT NULL REFERENCES chat_thread,
  remote TEXT NOT NULL,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  part INTEGER NOT NULL DEFAULT 0,
  "group" TEXT,
  PRIMARY KEY (thread, remote)
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_message_message ON chat_message (message);
CREATE INDEX chat_message_group ON chat_message (thread, "group") WHERE "group" IS NOT NULL;

-- How far a message that goes out in parts got. key: what the platform is told it by; remote: what it is called there, once it is there.
CREATE TABLE outbox_part (
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE,
  remote TEXT,
  PRIMARY KEY (message, part)
) STRICT, WITHOUT ROWID;

-- What a message said before it was changed. Erasure takes it along with its message.
CREATE TABLE message_version (
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  until INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (message, until)
) STRICT, WITHOUT ROWID;
-- edited_at, withdrawn_at: when its writer changed it last, or took it back; 0 = not
ALTER TABLE message ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN withdrawn_at INTEGER NOT NULL DEFAULT 0;
CREATE TABLE message_reaction (
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  person TEXT NOT NULL,
  sign TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (message, person, sign)
) STRICT, WITHOUT ROWID;

-- Files of chats come after their message. kind: how it is shown. ref: what the platform is asked for it with; NULL = it is here, or will never be.
CREATE TABLE file_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO file_kind VALUES ('document'), ('image'), ('video'), ('audio'), ('voice'), ('sticker'), ('animation');
CREATE TABLE chat_file (
  message TEXT NOT NULL,
  position INTEGER NOT NULL,
  account TEXT NOT NULL REFERENCES account,
  kind TEXT NOT NULL REFERENCES file_kind,
  ref TEXT,
  duration_ms INTEGER NOT NULL DEFAULT 0,
  width INTEGER NOT NULL DEFAULT 0,
  height INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  why TEXT,
  PRIMARY KEY (message, position),
  FOREIGN KEY (message, position) REFERENCES attachment (message, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_file_wanted ON chat_file (account, next_try) WHERE ref IS NOT NULL;

-- ---- Retention: what the change log still says of what went, and who went along

-- Ids of what a run took away: their changes up to seq are in the log until the run comes by there, some thousands a transaction. No undo looks at them. run: when
-- it began. Empty between runs, and not recorded.
CREATE TABLE retention_forget (
  id TEXT PRIMARY KEY,
  run INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Who had to do with what went: looked at at the end of a run, and let go of where nothing else is left of them. Empty between runs, and not recorded.
CREATE TABLE retention_person (
  id TEXT PRIMARY KEY,
  class TEXT NOT NULL REFERENCES retention_class_kind
) STRICT, WITHOUT ROWID;
ALTER TABLE retention_receipt ADD COLUMN customers INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_merged ON conversation (merged_into) WHERE merged_into IS NOT NULL;

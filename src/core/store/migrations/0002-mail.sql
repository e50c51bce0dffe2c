-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Mail that is read right, joined right, never lost and never doubled. Times are microseconds UTC; 0 means "not" where a
-- column says so. Once released, this file is never changed.

-- ---- Reading: languages, learnt signatures

-- 1: a person said which language it is; what is detected does not change it any more.
ALTER TABLE conversation ADD COLUMN language_chosen INTEGER NOT NULL DEFAULT 0;

-- How the last few mails of a sender end (a few lines each): what several have in common is a signature.
CREATE TABLE signature_tail (
  identity TEXT NOT NULL REFERENCES identity ON DELETE CASCADE,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  tail TEXT NOT NULL,
  PRIMARY KEY (identity, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX signature_tail_message ON signature_tail (message);

-- ---- Joining: move, split, merge; what an account allows as evidence

INSERT INTO event_kind VALUES ('split');
-- How this message counts for who waits: 0 = from its receipt on; a time = it came to this conversation then and still
-- waits, so only what follows that time settles it; -1 = not at all: it was settled, or is no answer to what is here.
ALTER TABLE message ADD COLUMN turn_from INTEGER NOT NULL DEFAULT 0;
-- The first 22 bytes of Thread-Index in hexadecimal: the conversation as Outlook names it ([MS-OXOMSG] 2.2.1.3).
ALTER TABLE message ADD COLUMN thread_index TEXT;
CREATE INDEX participant_identity ON participant (identity, conversation);
CREATE INDEX message_thread_index ON message (thread_index, account) WHERE thread_index IS NOT NULL;
-- Answers ask to be sent to name+token@; mail of the same sender and subject is joined for so many days (0 = never).
ALTER TABLE account ADD COLUMN plus_addressing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN join_subject_days INTEGER NOT NULL DEFAULT 0;
-- 1: what is sent does not end with the line that tells its conversation.
ALTER TABLE account ADD COLUMN without_marker INTEGER NOT NULL DEFAULT 0;

-- ---- Never lost: audit of the mailbox, what could not be fetched, tombstones
-- title: the name to be shown; chosen: the owner wants it followed besides Inbox and Sent; listed: the server has it, as of the last look.
ALTER TABLE folder ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE folder ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE folder ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
-- A mail that the server names and does not give: asked for again at next_try, counted as missing until it comes or goes.
-- A suspect (tries = 0) was on its way when the connection ended: it is asked for alone, and counted only when it ends it again.
CREATE TABLE missing_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO missing_kind VALUES ('refused'), ('not-given'), ('suspect');
CREATE TABLE missing (
  folder TEXT NOT NULL REFERENCES folder,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  why TEXT NOT NULL REFERENCES missing_kind,
  detail TEXT,
  tries INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
-- Mail deleted for good: a keyed hash of what it was known by, and where on the server it still lies.
CREATE TABLE erased (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE erased_place (
  folder TEXT NOT NULL REFERENCES folder,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  PRIMARY KEY (folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
ALTER TABLE conversation ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0;
-- Flags to be written that lost their place (numbered anew, moved): the message's next place takes them over.
CREATE TABLE waiting_flags (
  message TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  want_set INTEGER NOT NULL,
  want_unset INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What the last full comparison with the server found; added, removed: what had to be put right.
CREATE TABLE audit (
  account TEXT PRIMARY KEY REFERENCES account,
  at INTEGER NOT NULL,
  on_server INTEGER NOT NULL,
  unaccounted INTEGER NOT NULL,
  added INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  detail TEXT
) STRICT, WITHOUT ROWID;
-- What the owner decided about a sender; address folded to lower case.
CREATE TABLE sender_rule_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO sender_rule_kind VALUES ('allow'), ('block');
CREATE TABLE sender_rule (
  address TEXT PRIMARY KEY,
  rule TEXT NOT NULL REFERENCES sender_rule_kind
) STRICT, WITHOUT ROWID;

-- ---- Never doubled: what became of each recipient, limits for automatic mail

-- waiting: not tried, or nothing was said; deferred: "not now"; accepted: the server took it; uncertain: it may have; delayed: taken, a report says that
-- it is still on its way; delivered: a report says so; refused: our server does not take it; bounced: it came back; withdrawn: taken back before it left
CREATE TABLE recipient_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO recipient_state_kind VALUES ('waiting'), ('deferred'), ('accepted'), ('uncertain'), ('delayed'), ('delivered'), ('refused'), ('bounced'), ('withdrawn');

-- One row for each address of the envelope, Bcc included. code, status and words are what a server said last: reply code (0 = none), enhanced
-- status (RFC 3463), its own words. Only who is waiting or deferred is ever sent to.
CREATE TABLE recipient (
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  address TEXT NOT NULL COLLATE NOCASE,
  position INTEGER NOT NULL,
  state TEXT NOT NULL REFERENCES recipient_state_kind,
  code INTEGER NOT NULL DEFAULT 0,
  status TEXT,
  words TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (message, address)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO recipient (message, address, position, state, at)
  SELECT o.message, r.value, r.key,
         CASE WHEN o.state IN ('accepted', 'delivered', 'read') THEN 'accepted' WHEN o.state = 'uncertain' THEN 'uncertain' WHEN o.state = 'failed' THEN 'refused' ELSE 'waiting' END,
         o.created_at
    FROM outbox o, json_each (o.recipients) r;

-- claim: who is sending it, so that nobody else reports for him. copy_lease, copy_attempts: who sees to the copy in Sent, and how often somebody
-- began to: a copy that is there before anybody of us began was filed by the server.
ALTER TABLE outbox ADD COLUMN claim TEXT;
ALTER TABLE outbox ADD COLUMN copy_lease INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN copy_attempts INTEGER NOT NULL DEFAULT 0;

-- What left by itself, without a person, in the last day: behaviour.md 2.2 counts it. Older rows go when a new one comes. subject: SHA-256 of the
-- normalised subject.
CREATE TABLE automatic_mail (
  id INTEGER PRIMARY KEY,
  message TEXT NOT NULL,
  account TEXT NOT NULL,
  conversation TEXT NOT NULL,
  recipient TEXT NOT NULL COLLATE NOCASE,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX automatic_mail_recipient ON automatic_mail (recipient, at);
CREATE INDEX automatic_mail_at ON automatic_mail (at);
CREATE INDEX automatic_mail_message ON automatic_mail (message);

-- ---- Accounts: ways to log in, sender addresses, folders

-- oauth_provider is an id of the table that comes with the program, or "custom", whose addresses stand in the row; NULL: a password.
-- The secrets of both are in the keyring alone. senders: JSON array of {address, name?, signature?, reply_to?}, in their order.
ALTER TABLE account ADD COLUMN oauth_provider TEXT;
ALTER TABLE account ADD COLUMN oauth_client_id TEXT;
ALTER TABLE account ADD COLUMN oauth_authorize_url TEXT;
ALTER TABLE account ADD COLUMN oauth_token_url TEXT;
ALTER TABLE account ADD COLUMN oauth_scope TEXT;
ALTER TABLE account ADD COLUMN authorize_as TEXT;
ALTER TABLE account ADD COLUMN senders TEXT NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN default_sender TEXT;
ALTER TABLE draft ADD COLUMN sender TEXT;

-- ---- Import and export
CREATE TABLE import_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO import_state_kind VALUES ('running'), ('paused'), ('done'), ('cancelled'), ('failed');
CREATE TABLE import_problem_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO import_problem_kind VALUES ('not-mail'), ('unreadable'), ('too-large'), ('deleted'), ('draft'), ('not-stored'), ('not-delivered'), ('erased');
-- One row an import: it is gone on with from its position, which is written in the transaction that takes the mail before it.
-- The id is derived from account and source, so the same import is the same row. "running" without a process was interrupted.
CREATE TABLE import_job (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account,
  source TEXT NOT NULL,                -- JSON: {"paths":[…]} or {"server":…,"folder":…}; never a password
  state TEXT NOT NULL REFERENCES import_state_kind,
  position TEXT NOT NULL,              -- JSON: a file and the offset in it, or UIDVALIDITY and the UIDs that are done; "" = the beginning
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  done INTEGER NOT NULL,               -- bytes
  total INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  passed_over INTEGER NOT NULL
) STRICT;
CREATE INDEX import_job_state ON import_job (state, updated_at);
-- What was not taken in, and why; the first thousand of a job.
CREATE TABLE import_problem (
  job TEXT NOT NULL REFERENCES import_job ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL REFERENCES import_problem_kind,
  detail TEXT,
  PRIMARY KEY (job, position)
) STRICT, WITHOUT ROWID;

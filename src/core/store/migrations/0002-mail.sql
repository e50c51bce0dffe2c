-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Mail that is read right, joined right, never lost and never doubled. Times are microseconds UTC; 0 means "not" where a
-- column says so. Once released, this file is never changed.

-- ---- Reading: languages, learnt signatures

-- ---- Joining: move, split, merge; what an account allows as evidence

-- ---- Never lost: audit of the mailbox, what could not be fetched, tombstones

-- ---- Never doubled: what became of each recipient, limits for automatic mail

-- ---- Accounts: ways to log in, sender addresses, folders

-- ---- Import and export
CREATE TABLE import_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO import_state_kind VALUES ('running'), ('paused'), ('done'), ('cancelled'), ('failed');
CREATE TABLE import_problem_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO import_problem_kind VALUES ('not-mail'), ('unreadable'), ('too-large'), ('deleted'), ('draft'), ('not-stored'), ('not-delivered');
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

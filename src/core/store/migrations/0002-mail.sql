-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Mail that is read right, joined right, never lost and never doubled. Times are microseconds UTC; 0 means "not" where a
-- column says so. Once released, this file is never changed.

-- ---- Reading: languages, learnt signatures

-- ---- Joining: move, split, merge; what an account allows as evidence

-- ---- Never lost: audit of the mailbox, what could not be fetched, tombstones

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

-- ---- Import and export

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Mail that is read right, joined right, never lost and never doubled. Times are microseconds UTC; 0 means "not" where a
-- column says so. Once released, this file is never changed.

-- ---- Reading: languages, learnt signatures

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

-- ---- Never lost: audit of the mailbox, what could not be fetched, tombstones

-- ---- Never doubled: what became of each recipient, limits for automatic mail

-- ---- Accounts: ways to log in, sender addresses, folders

-- ---- Import and export

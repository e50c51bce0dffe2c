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

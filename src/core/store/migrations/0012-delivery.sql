-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- What happened lately on each account. Once released, this file is never changed.

-- What the looks of an account brought, in their order, so many at most (mos-store-account-log.h). What this desk did: not recorded. Several alike are one row: since, at: the first and the last of them.
-- n_new: messages of customers that came since the row before. seq: the newest message by then, of whatever account.
CREATE TABLE account_log (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account,
  since INTEGER NOT NULL,
  at INTEGER NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL REFERENCES account_state_kind,
  why TEXT,
  detail TEXT,
  n_new INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX account_log_account ON account_log (account, id);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Once released, this file is never changed.

-- ---- Retention: what the change log still says of what went, and who went along

-- Ids of what a run took away: their changes up to seq are in the log until the run comes by there, some thousands a transaction. No undo looks at them. run: when
-- it began. Empty between runs, and not recorded.
CREATE TABLE retention_forget (
  id TEXT PRIMARY KEY,
  run INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Customers of whom nothing else was left.
ALTER TABLE retention_receipt ADD COLUMN customers INTEGER NOT NULL DEFAULT 0;
-- Who is named by no message any more may go, without a look at all of them.
CREATE INDEX message_customer ON message (customer) WHERE customer IS NOT NULL;
CREATE INDEX message_identity ON message (identity) WHERE identity IS NOT NULL;
CREATE INDEX conversation_merged ON conversation (merged_into) WHERE merged_into IS NOT NULL;

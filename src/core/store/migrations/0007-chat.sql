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
-- Who had to do with what went: looked at at the end of a run, and let go of where nothing else is left of them. Empty between runs, and not recorded.
CREATE TABLE retention_person (
  id TEXT PRIMARY KEY,
  class TEXT NOT NULL REFERENCES retention_class_kind
) STRICT, WITHOUT ROWID;
ALTER TABLE retention_receipt ADD COLUMN customers INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_merged ON conversation (merged_into) WHERE merged_into IS NOT NULL;

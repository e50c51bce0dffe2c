-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Backups by themselves. Once released, this file is never changed.

INSERT INTO due_kind VALUES ('backup');
CREATE TABLE backup_every (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO backup_every VALUES ('off'), ('daily'), ('weekly');

-- One row, or none: nobody decided yet. What this computer does for itself: not recorded. since: when it was decided; its time of day is the backups'. is_wanted: it is time, and the backup is not there yet.
-- last_at, why, detail: of the last try; why = '': it went well. good_at, file, bytes, missing: of the last that is whole; 0 = there is none.
CREATE TABLE backup_plan (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  every TEXT NOT NULL REFERENCES backup_every,
  folder TEXT NOT NULL DEFAULT '',
  keep INTEGER NOT NULL DEFAULT 7,
  is_sealed INTEGER NOT NULL DEFAULT 0,
  with_passwords INTEGER NOT NULL DEFAULT 0,
  since INTEGER NOT NULL DEFAULT 0,
  is_wanted INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER NOT NULL DEFAULT 0,
  why TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  good_at INTEGER NOT NULL DEFAULT 0,
  file TEXT NOT NULL DEFAULT '',
  bytes INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL DEFAULT 0
) STRICT;

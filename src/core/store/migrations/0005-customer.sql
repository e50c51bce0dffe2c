-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The customer beside the conversation. Once released, this file is never changed.

-- ---- Macros

-- agent: whose it is, NULL = everybody's. texts, actions: as in mos-macro-json.h; attachments: as a draft's. What one macro is made of is changed
-- and taken back as one.
CREATE TABLE macro (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  shortcode TEXT NOT NULL,
  folder TEXT NOT NULL,
  agent TEXT REFERENCES agent,
  for_notes INTEGER NOT NULL,
  texts TEXT NOT NULL,
  actions TEXT NOT NULL,
  attachments TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Each time one was sent: with which text, where, by whom. What became of it is read from the conversation's facts. Not recorded: it comes
-- with the message, and goes with it.
CREATE TABLE macro_use (
  macro TEXT NOT NULL REFERENCES macro,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  agent TEXT REFERENCES agent,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (macro, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX macro_use_message ON macro_use (message);

-- What macros have put into a draft, and what is done when it is sent (mos-macro-plan.h); '' = none.
ALTER TABLE draft ADD COLUMN macros TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox_draft ADD COLUMN macros TEXT NOT NULL DEFAULT '';
-- How to take back what was done beside sending, as JSON; '' = nothing was.
ALTER TABLE outbox_draft ADD COLUMN macro_undo TEXT NOT NULL DEFAULT '';

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Matrix beside Telegram; what customers say of the service. Once released, this file is never changed.

-- ---- Matrix

INSERT INTO account_kind VALUES ('matrix');
INSERT INTO channel_kind VALUES ('matrix');
INSERT INTO identity_kind VALUES ('matrix');

-- ---- Chat: what a message says beside its words, and where a chat goes on

INSERT INTO event_kind VALUES ('continued');

-- reply_thread, reply_remote: which message it answers, as the platform calls it: it may come later, or never. forwarded: who first wrote what was passed on, '' where
-- that is not told. payload: what the link brought along that the chat was begun with. is_press: a button was pressed. Not recorded: it follows from what came in.
CREATE TABLE chat_about (
  message TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  reply_thread INTEGER REFERENCES chat_thread ON DELETE SET NULL,
  reply_remote TEXT,
  forwarded TEXT,
  payload TEXT,
  is_press INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_about_thread ON chat_about (reply_thread) WHERE reply_thread IS NOT NULL;

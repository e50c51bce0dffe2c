-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Matrix, SMS and WhatsApp beside Telegram; what customers say of the service. Once released, this file is never changed.

-- ---- Matrix

INSERT INTO account_kind VALUES ('matrix');
INSERT INTO channel_kind VALUES ('matrix');
INSERT INTO identity_kind VALUES ('matrix');

-- Up to where the desk has read a chat, on platforms that tell the other side: what the platform calls the message. told: it was said. seq: of the message, for the order.
-- Not recorded: what one desk has told is told.
CREATE TABLE chat_read (
  thread INTEGER PRIMARY KEY REFERENCES chat_thread ON DELETE CASCADE,
  remote TEXT NOT NULL,
  seq INTEGER NOT NULL,
  told INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ---- SMS and WhatsApp by Twilio: people there are their telephone; a name or a short code that sends SMS is nobody's

INSERT INTO account_kind VALUES ('sms'), ('whatsapp-twilio');
INSERT INTO channel_kind VALUES ('sms'), ('whatsapp-twilio');
INSERT INTO identity_kind VALUES ('sms');

-- ---- WhatsApp itself; who hides the telephone there is an id of the shop's own

INSERT INTO account_kind VALUES ('whatsapp');
INSERT INTO channel_kind VALUES ('whatsapp');
INSERT INTO identity_kind VALUES ('whatsapp');

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

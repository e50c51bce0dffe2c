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

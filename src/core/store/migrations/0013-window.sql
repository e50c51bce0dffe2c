-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- How long a chat may be answered, as an order of views. Once released, this file is never changed.

INSERT INTO view_sort_kind VALUES ('window');

-- Until when the platform lets anybody answer what the customer wrote last (last_incoming and MosChannelTraits.window_s of then); 0 = always.
ALTER TABLE chat_thread ADD COLUMN window_ends INTEGER NOT NULL DEFAULT 0;
UPDATE chat_thread SET window_ends = last_incoming + 86400000000
  WHERE last_incoming > 0 AND account IN (SELECT id FROM account WHERE kind IN ('whatsapp', 'whatsapp-twilio', 'messenger', 'instagram'));

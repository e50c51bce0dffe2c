-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The inbox: views, search, conversation, composer, time, team. Times are microseconds UTC; 0 means "not" where a column
-- says so. Once released, this file is never changed.

-- ---- Mail: what the figures and the leftovers of part 2 need

-- How often a person had it sent anew after a server may have had it; a report says by the envelope's id which of them it is about.
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

-- Ours are found among thousands of others with the same Message-ID.
CREATE INDEX message_outgoing_id ON message (message_id) WHERE direction = 'outgoing' AND message_id IS NOT NULL;

-- ---- Search: text inside attachments, what is still to be read

-- ---- Views: saved views, agents, unread of each agent

-- ---- Conversation: remote images, spam, hints

-- ---- Composer: formatting, signatures, send later, checks

-- ---- Time: calendars, due work, what is held, notifications

-- ---- Keyboard: own keys

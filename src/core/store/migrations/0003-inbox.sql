-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The inbox: views, search, conversation, composer, time, team. Times are microseconds UTC; 0 means "not" where a column
-- says so. Once released, this file is never changed.

-- ---- Mail: what the figures and the leftovers of part 2 need

-- ---- Search: text inside attachments, what is still to be read

-- ---- Views: saved views, agents, unread of each agent

-- ---- Conversation: remote images, spam, hints

-- ---- Composer: formatting, signatures, send later, checks

-- ---- Time: calendars, due work, what is held, notifications

-- ---- Keyboard: own keys

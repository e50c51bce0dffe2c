-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- What was left of the inbox. Once released, this file is never changed.

-- ---- Composer: whose a draft is

-- agent: who writes it; NULL = whoever sits here. What is there was written by the one who sits here now, as far as anybody knows.
ALTER TABLE draft ADD COLUMN agent TEXT REFERENCES agent;
UPDATE draft SET agent = (SELECT id FROM agent WHERE is_me = 1);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- (The place of another topic of this session: without effect here.)
SELECT 1;

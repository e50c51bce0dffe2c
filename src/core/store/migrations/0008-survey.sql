-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Matrix beside Telegram; what customers say of the service. Once released, this file is never changed.

-- ---- Matrix

INSERT INTO account_kind VALUES ('matrix');
INSERT INTO channel_kind VALUES ('matrix');
INSERT INTO identity_kind VALUES ('matrix');

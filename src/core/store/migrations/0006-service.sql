-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Categories, more shops and what is done to their orders, outreach, retention. Once released, this file is never changed.

-- ---- Categories: the shop's own list

-- ---- Shops: more platforms, pictures

INSERT INTO shop_kind VALUES ('magento'), ('bigcommerce');
INSERT INTO shop_kind VALUES ('prestashop');

-- ---- Orders: what was done to them from here

-- ---- Outreach

-- ---- Customers: segments, retention


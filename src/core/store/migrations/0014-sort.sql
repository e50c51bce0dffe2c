-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- Customers in the order of a language, instead of that of ASCII. Once released, this file is never changed.
--
-- meta: 'sort_order' names the order the keys are of (mos_collation_dup_order(); without it that of all languages together), 'sort_at' is the last customer that has
-- been brought into a new one while that goes on.

-- mos_sort_key() of the name: where the customer stands
ALTER TABLE customer ADD COLUMN sort_key BLOB NOT NULL DEFAULT x'';
UPDATE customer SET sort_key = mos_sort_key (name, '');

CREATE TRIGGER customer_sort_insert AFTER INSERT ON customer WHEN new.name <> ''
BEGIN
  UPDATE customer SET sort_key = mos_sort_key (new.name, (SELECT value FROM meta WHERE key = 'sort_order')) WHERE id = new.id;
END;
CREATE TRIGGER customer_sort_update AFTER UPDATE OF name ON customer WHEN new.name IS NOT old.name
BEGIN
  UPDATE customer SET sort_key = mos_sort_key (new.name, (SELECT value FROM meta WHERE key = 'sort_order')) WHERE id = new.id;
END;

DROP INDEX customer_name;
DROP INDEX customer_vip;
DROP INDEX customer_returning;
CREATE INDEX customer_sort ON customer (sort_key, id) WHERE deleted_at = 0;
CREATE INDEX customer_vip ON customer (sort_key, id) WHERE deleted_at = 0 AND vip = 1;
CREATE INDEX customer_returning ON customer (sort_key, id) WHERE deleted_at = 0 AND is_returning = 1;

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- How well the shop serves: what figures are made of, packed. Once released, this file is never changed.

-- All derived from the events, as fact_turn and the like are, in the transaction that adds them: a report of five years reads one short row for each conversation.

-- Who and what about: most of what happens has the same few.
CREATE TABLE fact_about (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  agent TEXT NOT NULL,
  UNIQUE (account, channel, category, language, agent)
) STRICT;
-- Names of tags and ids of macros.
CREATE TABLE fact_word (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;
-- number: of the conversation. stamp: rises with each change, so that who has read it once reads only what is new. pack: as in mos-fact-pack.h; empty where nothing counts any more.
CREATE TABLE fact_pack (
  number INTEGER PRIMARY KEY,
  stamp INTEGER NOT NULL,
  pack BLOB NOT NULL
) STRICT;
CREATE INDEX fact_pack_stamp ON fact_pack (stamp);

ALTER TABLE fact_close ADD COLUMN received INTEGER NOT NULL DEFAULT 0; -- messages of the customer so far

-- Nobody reads sums of days: no median is made of them.
DROP TABLE rollup_day;
DROP TABLE measure_kind;
-- Who bought when, of all customers and of guests, from the index alone.
CREATE INDEX shop_order_bought ON shop_order (customer, created_at, shop, status_kind);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Mostrador authors
--
-- The first schema. Times are microseconds UTC; 0 means "not" where a column says so. Identifiers are the global
-- ids of mos-id.h. Once released, this file is never changed: the next step is 0002.

-- Enumerations: SQLite cannot alter a CHECK list, a lookup table only needs one more row.
CREATE TABLE status_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO status_kind VALUES ('open'), ('pending'), ('snoozed'), ('closed'), ('spam');
CREATE TABLE priority_kind (nick TEXT PRIMARY KEY, weight INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO priority_kind VALUES ('low', 0), ('normal', 1), ('high', 2), ('urgent', 3);
CREATE TABLE direction_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO direction_kind VALUES ('incoming'), ('outgoing'), ('note'), ('event');
CREATE TABLE classification_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO classification_kind VALUES ('normal'), ('bulk'), ('auto_reply'), ('bounce_hard'), ('bounce_soft'), ('feedback_report'), ('delivery_report'), ('own_loop'), ('blocked');
CREATE TABLE delivery_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO delivery_kind VALUES ('received'), ('draft'), ('scheduled'), ('queued'), ('sending'), ('accepted'), ('uncertain'), ('delivered'), ('read'), ('failed'), ('bounced'), ('cancelled');
CREATE TABLE actor_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO actor_kind VALUES ('human'), ('customer'), ('rule'), ('bot'), ('system'), ('import');
CREATE TABLE folder_role_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO folder_role_kind VALUES ('other'), ('inbox'), ('sent'), ('drafts'), ('trash'), ('junk'), ('archive');
CREATE TABLE security_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO security_kind VALUES ('tls'), ('starttls'), ('none');
CREATE TABLE account_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO account_state_kind VALUES ('offline'), ('connecting'), ('syncing'), ('ready'), ('waiting'), ('auth_failed'), ('bad_certificate'), ('failed');
CREATE TABLE due_state_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO due_state_kind VALUES ('waiting'), ('taken'), ('done'), ('cancelled'), ('held'), ('failed');
CREATE TABLE due_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO due_kind VALUES ('snooze');
CREATE TABLE event_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO event_kind VALUES ('received'), ('sent'), ('note'), ('status'), ('snooze'), ('assign'), ('priority'), ('subject'), ('customer'), ('category'), ('language'), ('tag'), ('untag'), ('quarantine'), ('release'), ('move'), ('merge'), ('merged'), ('delete'), ('restore'), ('undo'), ('redo');
CREATE TABLE account_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO account_kind VALUES ('email'), ('archive');
CREATE TABLE channel_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO channel_kind VALUES ('email');
CREATE TABLE identity_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO identity_kind VALUES ('email'), ('phone');
CREATE TABLE identity_source_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO identity_source_kind VALUES ('mail'), ('import'), ('agent');
CREATE TABLE participant_role_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO participant_role_kind VALUES ('customer'), ('sender'), ('cc');
CREATE TABLE alias_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO alias_kind VALUES ('conversation'), ('customer');
CREATE TABLE draft_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO draft_kind VALUES ('reply'), ('reply-all'), ('forward'), ('new'), ('note');
CREATE TABLE change_op_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO change_op_kind VALUES ('insert'), ('update'), ('delete');
CREATE TABLE turn_end_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO turn_end_kind VALUES ('reply'), ('closed');
CREATE TABLE measure_kind (nick TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO measure_kind VALUES ('new'), ('turn'), ('first_response'), ('close'), ('reopen'), ('one_touch'), ('deflected');

-- desk (this desk's id), mac_key (for Message-IDs and tokens; no account secret), tz (whose days the roll-ups count).
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

-- The change log: one batch per commit that changed something. Old values are kept for undo; erasure purges them.
-- An insert without values means: the row with all that hangs on it and never changes (message_text, attachment, blob).
-- Not recorded, on purpose (HACKING.md, "The change log", has the reasons):
--   message.unread; message.removed_on_server, message_key, folder, location, cursor   the mailbox has them, every desk reads them there
--   draft while it is written, and the subject of a conversation that is only a draft    only its end is: sent or thrown away
--   message_state; outbox while it is sent; due.state; account.state and what belongs to it   what this desk is doing just now
--   identity.used, last_used; identity_word; agent.is_me; meta                             this desk's own
--   conversation's derived columns, event.undone and .archive, facts, roll-ups, search       follow from what is recorded
--   event                                                                               is a log itself, only added to
--   tag                                                                                 comes with its first conversation_tag
CREATE TABLE batch (
  batch INTEGER PRIMARY KEY,
  label TEXT,
  actor_kind TEXT NOT NULL REFERENCES actor_kind,
  actor TEXT,
  at INTEGER NOT NULL,
  undoes INTEGER NOT NULL DEFAULT 0,
  undone_by INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_actor ON batch (actor, batch) WHERE label IS NOT NULL AND undoes = 0 AND undone_by = 0;
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch,
  desk TEXT NOT NULL,
  actor TEXT,
  at INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  op TEXT NOT NULL REFERENCES change_op_kind,
  old TEXT,
  new TEXT
) STRICT;
CREATE INDEX change_batch ON change (batch, seq);

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES account_kind,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  aliases TEXT NOT NULL DEFAULT '[]',
  imap_host TEXT NOT NULL, imap_port INTEGER NOT NULL, imap_user TEXT NOT NULL, imap_security TEXT NOT NULL REFERENCES security_kind,
  smtp_host TEXT NOT NULL, smtp_port INTEGER NOT NULL, smtp_user TEXT NOT NULL, smtp_security TEXT NOT NULL REFERENCES security_kind,
  ca_file TEXT,
  pinned_certificate TEXT,
  signature TEXT NOT NULL,
  work_since INTEGER NOT NULL,
  server_files_sent INTEGER NOT NULL,
  position INTEGER NOT NULL,
  removed_at INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'offline' REFERENCES account_state_kind,
  why TEXT,
  detail TEXT,
  last_sync INTEGER NOT NULL DEFAULT 0,
  on_server INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE agent (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  is_me INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE category (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  complex INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '',
  language TEXT,
  country TEXT,
  phone TEXT,
  company TEXT,
  notes TEXT NOT NULL DEFAULT '',
  vip INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL,
  merged_into TEXT REFERENCES customer,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- folded and used serve the completion of addresses.
CREATE TABLE identity (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES identity_kind,
  scope TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL,
  name TEXT,
  verified INTEGER NOT NULL DEFAULT 0,
  source TEXT NOT NULL REFERENCES identity_source_kind,
  used INTEGER NOT NULL DEFAULT 0,
  last_used INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, scope, value)
) STRICT;
CREATE TABLE identity_word (
  word TEXT NOT NULL,
  identity TEXT NOT NULL REFERENCES identity ON DELETE CASCADE,
  PRIMARY KEY (word, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_word_identity ON identity_word (identity);
CREATE TABLE customer_identity (
  customer TEXT NOT NULL REFERENCES customer,
  identity TEXT NOT NULL REFERENCES identity,
  position INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_identity_identity ON customer_identity (identity, position);

-- The human number is the row's key: unique per desk and never given twice. The columns below "derived" follow from
-- the messages, events and drafts, and are brought up to date in the transaction that changes those.
CREATE TABLE conversation (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES account,
  channel TEXT NOT NULL REFERENCES channel_kind,
  customer TEXT REFERENCES customer,
  subject TEXT NOT NULL,
  status TEXT NOT NULL REFERENCES status_kind,
  priority TEXT NOT NULL REFERENCES priority_kind,
  assignee TEXT REFERENCES agent,
  category TEXT REFERENCES category,
  language TEXT,
  quarantine TEXT,
  archive INTEGER NOT NULL DEFAULT 0,
  snoozed_until INTEGER NOT NULL DEFAULT 0,
  merged_into TEXT REFERENCES conversation (id),
  deleted_at INTEGER NOT NULL DEFAULT 0,
  -- derived
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL DEFAULT 0,
  snippet TEXT NOT NULL DEFAULT '',
  unread INTEGER NOT NULL DEFAULT 0,
  message_count INTEGER NOT NULL DEFAULT 0,
  has_draft INTEGER NOT NULL DEFAULT 0,
  has_attachments INTEGER NOT NULL DEFAULT 0,
  has_failed INTEGER NOT NULL DEFAULT 0,
  place TEXT NOT NULL                  -- where it is shown: its status, or quarantine, merged, deleted; "blank" = so far only a draft, or never more
) STRICT;
-- Covering, one per kind of view: the id vector of 200,000 conversations is read from the index alone.
CREATE INDEX conversation_place ON conversation (place, updated_at DESC, id);
CREATE INDEX conversation_active ON conversation (updated_at DESC, id, place) WHERE place IN ('open', 'pending');
CREATE INDEX conversation_assignee ON conversation (assignee, updated_at DESC, id, place) WHERE place IN ('open', 'pending');
CREATE INDEX conversation_account ON conversation (account, updated_at DESC, id, place) WHERE place IN ('open', 'pending');
CREATE INDEX conversation_waiting ON conversation (waiting_since, id, place) WHERE place IN ('open', 'pending') AND waiting_since > 0;
CREATE INDEX conversation_snoozed ON conversation (snoozed_until = 0, snoozed_until, id, place) WHERE place = 'snoozed';
CREATE INDEX conversation_failed ON conversation (updated_at DESC, id, place) WHERE has_failed = 1 AND place NOT IN ('deleted', 'merged');
CREATE INDEX conversation_draft ON conversation (updated_at DESC, id, place) WHERE has_draft = 1 AND place NOT IN ('deleted', 'merged');
CREATE INDEX conversation_customer ON conversation (customer, updated_at DESC, id, place);

CREATE TABLE alias (
  old_id TEXT PRIMARY KEY,
  new_id TEXT NOT NULL,
  kind TEXT NOT NULL REFERENCES alias_kind
) STRICT, WITHOUT ROWID;

CREATE TABLE participant (
  conversation TEXT NOT NULL REFERENCES conversation (id),
  identity TEXT NOT NULL REFERENCES identity,
  role TEXT NOT NULL REFERENCES participant_role_kind,
  PRIMARY KEY (conversation, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  name TEXT PRIMARY KEY,
  folded TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE TABLE conversation_tag (
  conversation TEXT NOT NULL REFERENCES conversation (id),
  tag TEXT NOT NULL REFERENCES tag,
  PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_tag_tag ON conversation_tag (tag, conversation);

-- Small ones are rows, large ones are files named by their hash. data and is_packed as stored; NULL data = a file.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  is_packed INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  data BLOB
) STRICT;

-- seq rises with the time of receipt: it orders a conversation and is the row id of the full-text index.
CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation TEXT NOT NULL REFERENCES conversation (id),
  origin_conversation TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES account,
  identity TEXT REFERENCES identity,
  customer TEXT REFERENCES customer,
  agent TEXT REFERENCES agent,
  direction TEXT NOT NULL REFERENCES direction_kind,
  classification TEXT NOT NULL REFERENCES classification_kind,
  delivery TEXT NOT NULL REFERENCES delivery_kind,
  message_id TEXT,
  in_reply_to TEXT,
  refs TEXT,
  from_name TEXT,
  from_address TEXT,
  recipients TEXT,
  subject TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  language TEXT,
  why TEXT,
  why_detail TEXT,
  evidence TEXT,
  unread INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  automatic INTEGER NOT NULL,
  archive INTEGER NOT NULL,
  has_html INTEGER NOT NULL,
  has_attachments INTEGER NOT NULL,
  removed_on_server INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER NOT NULL DEFAULT 0,
  digest TEXT,
  own_id TEXT,
  html_sha256 TEXT REFERENCES blob,
  raw_sha256 TEXT REFERENCES blob
) STRICT;
CREATE INDEX message_conversation ON message (conversation, seq);
CREATE INDEX message_account ON message (account, quarantined);
CREATE INDEX message_own_id ON message (own_id) WHERE own_id IS NOT NULL;
CREATE INDEX message_html ON message (html_sha256) WHERE html_sha256 IS NOT NULL;
CREATE INDEX message_raw ON message (raw_sha256) WHERE raw_sha256 IS NOT NULL;
CREATE TABLE message_text (
  seq INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
  text TEXT NOT NULL,
  reply_text TEXT NOT NULL
) STRICT;
-- All Message-IDs a message was ever known by.
CREATE TABLE message_key (
  message_id TEXT NOT NULL,
  account TEXT NOT NULL,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, account, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_key_message ON message_key (message);
CREATE TABLE attachment (
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  is_inline INTEGER NOT NULL,
  content_id TEXT,
  sha256 TEXT REFERENCES blob,
  PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_sha256 ON attachment (sha256);
CREATE TABLE message_state (
  id INTEGER PRIMARY KEY,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  state TEXT NOT NULL REFERENCES delivery_kind,
  why TEXT,
  detail TEXT
) STRICT;
CREATE INDEX message_state_message ON message_state (message, id);

CREATE TABLE folder (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account,
  name TEXT NOT NULL,
  role TEXT NOT NULL REFERENCES folder_role_kind,
  uidvalidity INTEGER NOT NULL,
  uid_next INTEGER NOT NULL,
  highest_modseq INTEGER NOT NULL,
  backfill_uid INTEGER NOT NULL,
  followed INTEGER NOT NULL,
  last_sync INTEGER NOT NULL,
  on_server INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT;
CREATE TABLE location (
  folder TEXT NOT NULL REFERENCES folder,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  flags INTEGER NOT NULL,
  want_set INTEGER NOT NULL DEFAULT 0,
  want_unset INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_message ON location (message);
CREATE INDEX location_wanted ON location (folder) WHERE (want_set <> 0 OR want_unset <> 0) AND removed = 0;
CREATE TABLE cursor (
  account TEXT NOT NULL,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  message TEXT PRIMARY KEY REFERENCES message (id),
  account TEXT NOT NULL REFERENCES account,
  state TEXT NOT NULL REFERENCES delivery_kind,
  message_id TEXT NOT NULL,
  envelope_from TEXT NOT NULL,
  recipients TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL REFERENCES blob,
  attempts INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  why TEXT,
  why_detail TEXT,
  sent_copy_done INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_raw ON outbox (raw_sha256);
CREATE INDEX outbox_next ON outbox (account, next_try) WHERE state IN ('queued', 'scheduled');

CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  conversation TEXT NOT NULL REFERENCES conversation (id),
  account TEXT NOT NULL,
  kind TEXT NOT NULL REFERENCES draft_kind,
  reply_to_message TEXT,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  quote TEXT,
  attachments TEXT NOT NULL,
  caret INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_conversation ON draft (conversation, updated_at DESC);

CREATE TABLE due (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES due_kind,
  key TEXT NOT NULL UNIQUE,
  conversation TEXT,
  account TEXT,
  agent TEXT,
  message TEXT,
  anchor_event TEXT,
  due_utc INTEGER NOT NULL,
  local_time TEXT,
  tz TEXT,
  payload TEXT,
  state TEXT NOT NULL REFERENCES due_state_kind,
  lease_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX due_next ON due (due_utc) WHERE state IN ('waiting', 'taken');

-- What happened, with the circumstances as of then. Measures are computed from here. An undone one stays, marked.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  conversation TEXT NOT NULL REFERENCES conversation (id),
  message TEXT,
  kind TEXT NOT NULL REFERENCES event_kind,
  actor_kind TEXT NOT NULL REFERENCES actor_kind,
  actor TEXT,
  "from" TEXT,
  "to" TEXT,
  automatic INTEGER NOT NULL,
  archive INTEGER NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT,
  assignee TEXT,
  language TEXT,
  batch INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX event_conversation ON event (conversation, at, seq);
CREATE INDEX event_batch ON event (batch);
CREATE INDEX event_message ON event (message) WHERE message IS NOT NULL;
CREATE INDEX event_kind_at ON event (kind, at);

-- Derived from the events of one conversation, rebuildable, never written by hand.
CREATE TABLE fact_turn (
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,          -- 0 = still open
  closed_by TEXT REFERENCES turn_end_kind,
  first_response INTEGER,              -- microseconds, on the turn with the first human answer
  agent TEXT NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (conversation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_turn_closed ON fact_turn (closed_at);
CREATE TABLE fact_close (
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  first_in INTEGER NOT NULL,           -- 0 = the customer never wrote
  replies INTEGER NOT NULL,            -- human answers so far
  automatic_replies INTEGER NOT NULL,
  reopened_at INTEGER NOT NULL,        -- 0 = this close stands
  agent TEXT NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (conversation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_close_at ON fact_close (at);
CREATE TABLE rollup_day (
  day INTEGER NOT NULL,                -- days since 1970-01-01 in the desk's time zone (meta.tz)
  measure TEXT NOT NULL REFERENCES measure_kind,
  account TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channel_kind,
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  agent TEXT NOT NULL,
  n INTEGER NOT NULL,
  total INTEGER NOT NULL,              -- microseconds
  PRIMARY KEY (day, measure, account, channel, category, language, agent)
) STRICT, WITHOUT ROWID;

-- Contentless: the texts are in message and message_text, snippets are made from them.
CREATE VIRTUAL TABLE search USING fts5 (subject, body, people, files, content='', contentless_delete=1, tokenize='mostrador');

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-enums.h"

static const char *const status_nicks[] = {
  [MOS_STATUS_OPEN] = "open",
  [MOS_STATUS_PENDING] = "pending",
  [MOS_STATUS_SNOOZED] = "snoozed",
  [MOS_STATUS_CLOSED] = "closed",
  [MOS_STATUS_SPAM] = "spam",
};
MOS_DEFINE_NICKS (MosStatus, status)

static const char *const priority_nicks[] = {
  [MOS_PRIORITY_LOW] = "low",
  [MOS_PRIORITY_NORMAL] = "normal",
  [MOS_PRIORITY_HIGH] = "high",
  [MOS_PRIORITY_URGENT] = "urgent",
};
MOS_DEFINE_NICKS (MosPriority, priority)

static const char *const direction_nicks[] = {
  [MOS_DIRECTION_INCOMING] = "incoming",
  [MOS_DIRECTION_OUTGOING] = "outgoing",
  [MOS_DIRECTION_NOTE] = "note",
  [MOS_DIRECTION_EVENT] = "event",
};
MOS_DEFINE_NICKS (MosDirection, direction)

static const char *const classification_nicks[] = {
  [MOS_CLASSIFICATION_NORMAL] = "normal",
  [MOS_CLASSIFICATION_BULK] = "bulk",
  [MOS_CLASSIFICATION_AUTO_REPLY] = "auto_reply",
  [MOS_CLASSIFICATION_BOUNCE_HARD] = "bounce_hard",
  [MOS_CLASSIFICATION_BOUNCE_SOFT] = "bounce_soft",
  [MOS_CLASSIFICATION_FEEDBACK_REPORT] = "feedback_report",
  [MOS_CLASSIFICATION_DELIVERY_REPORT] = "delivery_report",
  [MOS_CLASSIFICATION_OWN_LOOP] = "own_loop",
  [MOS_CLASSIFICATION_BLOCKED] = "blocked",
  [MOS_CLASSIFICATION_SURVEY] = "survey",
};
MOS_DEFINE_NICKS (MosClassification, classification)

static const char *const delivery_nicks[] = {
  [MOS_DELIVERY_RECEIVED] = "received",
  [MOS_DELIVERY_DRAFT] = "draft",
  [MOS_DELIVERY_SCHEDULED] = "scheduled",
  [MOS_DELIVERY_QUEUED] = "queued",
  [MOS_DELIVERY_SENDING] = "sending",
  [MOS_DELIVERY_ACCEPTED] = "accepted",
  [MOS_DELIVERY_UNCERTAIN] = "uncertain",
  [MOS_DELIVERY_DELIVERED] = "delivered",
  [MOS_DELIVERY_READ] = "read",
  [MOS_DELIVERY_FAILED] = "failed",
  [MOS_DELIVERY_BOUNCED] = "bounced",
  [MOS_DELIVERY_CANCELLED] = "cancelled",
};
MOS_DEFINE_NICKS (MosDelivery, delivery)

static const char *const recipient_state_nicks[] = {
  [MOS_RECIPIENT_WAITING] = "waiting",
  [MOS_RECIPIENT_DEFERRED] = "deferred",
  [MOS_RECIPIENT_ACCEPTED] = "accepted",
  [MOS_RECIPIENT_UNCERTAIN] = "uncertain",
  [MOS_RECIPIENT_DELAYED] = "delayed",
  [MOS_RECIPIENT_DELIVERED] = "delivered",
  [MOS_RECIPIENT_REFUSED] = "refused",
  [MOS_RECIPIENT_BOUNCED] = "bounced",
  [MOS_RECIPIENT_WITHDRAWN] = "withdrawn",
};
MOS_DEFINE_NICKS (MosRecipientState, recipient_state)

static const char *const actor_kind_nicks[] = {
  [MOS_ACTOR_HUMAN] = "human",
  [MOS_ACTOR_CUSTOMER] = "customer",
  [MOS_ACTOR_RULE] = "rule",
  [MOS_ACTOR_BOT] = "bot",
  [MOS_ACTOR_SYSTEM] = "system",
  [MOS_ACTOR_IMPORT] = "import",
};
MOS_DEFINE_NICKS (MosActorKind, actor_kind)

static const char *const folder_role_nicks[] = {
  [MOS_FOLDER_OTHER] = "other",
  [MOS_FOLDER_INBOX] = "inbox",
  [MOS_FOLDER_SENT] = "sent",
  [MOS_FOLDER_DRAFTS] = "drafts",
  [MOS_FOLDER_TRASH] = "trash",
  [MOS_FOLDER_JUNK] = "junk",
  [MOS_FOLDER_ARCHIVE] = "archive",
};
MOS_DEFINE_NICKS (MosFolderRole, folder_role)

static const char *const security_nicks[] = {
  [MOS_SECURITY_TLS] = "tls",
  [MOS_SECURITY_STARTTLS] = "starttls",
  [MOS_SECURITY_NONE] = "none",
};
MOS_DEFINE_NICKS (MosSecurity, security)

static const char *const account_state_nicks[] = {
  [MOS_ACCOUNT_OFFLINE] = "offline",
  [MOS_ACCOUNT_CONNECTING] = "connecting",
  [MOS_ACCOUNT_SYNCING] = "syncing",
  [MOS_ACCOUNT_READY] = "ready",
  [MOS_ACCOUNT_WAITING] = "waiting",
  [MOS_ACCOUNT_AUTH_FAILED] = "auth_failed",
  [MOS_ACCOUNT_BAD_CERTIFICATE] = "bad_certificate",
  [MOS_ACCOUNT_FAILED] = "failed",
};
MOS_DEFINE_NICKS (MosAccountState, account_state)

static const char *const file_kind_nicks[] = {
  [MOS_FILE_DOCUMENT] = "document",
  [MOS_FILE_IMAGE] = "image",
  [MOS_FILE_VIDEO] = "video",
  [MOS_FILE_AUDIO] = "audio",
  [MOS_FILE_VOICE] = "voice",
  [MOS_FILE_STICKER] = "sticker",
  [MOS_FILE_ANIMATION] = "animation",
};
MOS_DEFINE_NICKS (MosFileKind, file_kind)

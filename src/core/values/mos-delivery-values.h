/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-enums.h"
#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* What the DNS says about the mail of a domain, and what that means for its answers. */

typedef enum
{
  MOS_DELIVERY_MX,    /* whether mail gets there */
  MOS_DELIVERY_SPF,   /* which servers may send for it */
  MOS_DELIVERY_DKIM,  /* the keys it signs with */
  MOS_DELIVERY_DMARC, /* what others shall do with what is neither */
} MosDeliveryTopic;   /* mx spf dkim dmarc */
MOS_DECLARE_NICKS (MosDeliveryTopic, delivery_topic)

typedef enum
{
  MOS_VERDICT_GOOD,
  MOS_VERDICT_UNKNOWN, /* it could not be found out; nothing is wrong for sure */
  MOS_VERDICT_WEAK,    /* works with some receivers */
  MOS_VERDICT_BAD,
} MosVerdict; /* good unknown weak bad */
MOS_DECLARE_NICKS (MosVerdict, verdict)

/**
 * MosDeliveryCode: what was found. The comment says what #MosDeliveryFinding.detail is
 */
typedef enum
{
  MOS_FOUND_NO_ANSWER, /* the DNS did not answer, or this computer is off line */

  MOS_FOUND_MX_GOOD,     /* the first server */
  MOS_FOUND_MX_NONE,     /* nothing takes mail for the domain */
  MOS_FOUND_MX_IMPLICIT, /* no record, but the domain itself has an address (RFC 5321 §5.1) */
  MOS_FOUND_MX_NULL,     /* it says that it takes no mail (RFC 7505) */
  MOS_FOUND_MX_LOST,     /* a server that has no address */

  MOS_FOUND_SPF_GOOD,     /* the server we send through, which it names */
  MOS_FOUND_SPF_NONE,     /* - */
  MOS_FOUND_SPF_SEVERAL,  /* how many */
  MOS_FOUND_SPF_SYNTAX,   /* the words that cannot be read */
  MOS_FOUND_SPF_LOOKUPS,  /* how many look-ups it takes; ten are allowed */
  MOS_FOUND_SPF_OPEN,     /* anybody may send */
  MOS_FOUND_SPF_LOST,     /* a domain that it refers to, which has no record */
  MOS_FOUND_SPF_NOT_OURS, /* the server we send through, which it does not name */
  MOS_FOUND_SPF_UNSURE,   /* it is there; whether it names our server cannot be told from here */

  MOS_FOUND_DKIM_GOOD,    /* selectors of our signatures whose keys are there */
  MOS_FOUND_DKIM_LIKELY,  /* selectors that have a key; no mail of ours was seen that is signed */
  MOS_FOUND_DKIM_UNKNOWN, /* - */
  MOS_FOUND_DKIM_LOST,    /* the selector of a signature of ours, whose key is not there */
  MOS_FOUND_DKIM_REVOKED, /* the same, whose key was taken back (RFC 6376 §3.6.1) */
  MOS_FOUND_DKIM_BROKEN,  /* the same, whose record cannot be read */
  MOS_FOUND_DKIM_SHORT,   /* the same, whose key is too short to count (RFC 8301 §3.2) */
  MOS_FOUND_DKIM_TESTING, /* the same, which says that it is only tried out */

  MOS_FOUND_DMARC_GOOD,    /* the policy: quarantine, reject */
  MOS_FOUND_DMARC_WATCHES, /* its policy is none: it is there, and asks for nothing */
  MOS_FOUND_DMARC_NONE,    /* - */
  MOS_FOUND_DMARC_SEVERAL, /* how many */
  MOS_FOUND_DMARC_SYNTAX,  /* the part that cannot be read */
  MOS_FOUND_DMARC_REFUSES, /* the policy, while neither SPF nor DKIM speaks for our mail */
} MosDeliveryCode;
MOS_DECLARE_NICKS (MosDeliveryCode, delivery_code)

/**
 * MosDeliveryFinding:
 * @detail: (nullable): see #MosDeliveryCode
 * @found: (nullable): the record as it stands there
 * @add_name, @add_value: (nullable): the TXT record that would help, in the place of @found where there is one
 */
typedef struct
{
  MosDeliveryTopic topic;
  MosVerdict verdict;
  MosDeliveryCode code;
  char *detail;
  char *found;
  char *add_name;
  char *add_value;
} MosDeliveryFinding;
MOS_DECLARE_VALUE (MosDeliveryFinding, delivery_finding)

/**
 * MosDeliveryReport:
 * @domain: as it is shown
 * @server: the host it sends through, "" where there is none
 * @is_providers: the domain belongs to a provider of mail: nobody who writes from there can change its records, so nothing was asked
 * @findings: (element-type MosDeliveryFinding): never %NULL; one a topic
 */
typedef struct
{
  char *domain;
  char *server;
  gboolean is_providers;
  GPtrArray *findings;
} MosDeliveryReport;
MOS_DECLARE_VALUE (MosDeliveryReport, delivery_report)

/** mos_delivery_report_get_verdict: Returns: the worst of its findings */
MosVerdict mos_delivery_report_get_verdict (const MosDeliveryReport *self);

typedef enum
{
  MOS_SELF_TEST_ARRIVED,
  MOS_SELF_TEST_IN_JUNK,  /* it arrived where spam is put */
  MOS_SELF_TEST_LOST,     /* it left, and did not arrive in time */
  MOS_SELF_TEST_NOT_SENT, /* the server refused it, or could not be reached in time: it was taken out of the outbox again */
  MOS_SELF_TEST_DOUBTED,  /* the line broke while it was handed over; nothing of it arrived in time */
} MosSelfTestOutcome;     /* arrived in-junk lost not-sent doubted */
MOS_DECLARE_NICKS (MosSelfTestOutcome, self_test_outcome)

/**
 * MosSelfTest: what became of a message that an account sent to itself
 * @left_ms: how long it took until the server had it; @arrived_ms: from then on until it was in the mailbox. -1: it did not
 * @folder: (nullable): where it arrived
 * @is_tidied: it was moved to the trash there; else it lies where it arrived
 * @why, @detail: (nullable): why it did not leave: a code, and the server's own words
 * @keys: (nullable): where the keys that it was signed with lie (mos_dkim_find_name()); nobody is asked for them
 */
typedef struct
{
  MosSelfTestOutcome outcome;
  gint64 left_ms;
  gint64 arrived_ms;
  char *folder;
  gboolean is_tidied;
  char *why;
  char *detail;
  GStrv keys;
} MosSelfTest;
MOS_DECLARE_VALUE (MosSelfTest, self_test)

/**
 * MosAccountEntry: what looks of an account brought
 * @since_us, @at_us, @times: of several alike the first, the last, and how many
 * @state: ready, or what is wrong; @why, @detail: (nullable): as in #MosAccountStatus
 * @n_new: messages of customers that came
 */
typedef struct
{
  gint64 since_us;
  gint64 at_us;
  guint times;
  MosAccountState state;
  char *why;
  char *detail;
  guint n_new;
} MosAccountEntry;
MOS_DECLARE_VALUE (MosAccountEntry, account_entry)

G_END_DECLS

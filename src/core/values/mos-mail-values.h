/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosParsedMessage:
 *
 * What one mail says, decoded. Made by mos_mime_parse(), a pure function. All text is valid UTF-8.
 *
 * @message_id: (nullable): without angle brackets; %NULL when the mail has none
 * @in_reply_to: (nullable): the first id of In-Reply-To
 * @references: ids in order, oldest first; never %NULL
 * @from: (nullable): the first address of From (else Sender)
 * @to, @cc, @bcc, @reply_to, @delivered_to: arrays of #MosAddress, never %NULL
 *   (@delivered_to: Delivered-To, X-Original-To, Envelope-To)
 * @subject: decoded, one line, "" when there is none
 * @sent_us: the Date header in UTC, 0 when absent or not a date
 * @text: the whole decoded body as plain text (made from the HTML when there is only that); texts that came as parts of their own stand below
 *   it, behind %MOS_TEXT_BREAK
 * @html: (nullable): the HTML body, decoded to UTF-8, as received otherwise
 * @reply_text: what the writer newly wrote: @text without quotes and signature, never empty when @text is not
 * @attachments: array of #MosAttachment with their data, inline ones included
 * @classification, @cause: @cause is (nullable) a stable code saying which evidence decided
 *   ("auto-submitted", "precedence", "report", "return-path", "mailer-daemon", "list", ...)
 * @may_answer_automatically: behaviour.md §2.2, the first of its two questions
 * @is_contact_form: auto-generated with a Reply-To of somebody else: the customer is @reply_to
 * @bounces: array of #MosBounce
 * @thread_index: (nullable): which conversation Outlook takes it for: the first 22 bytes of Thread-Index in lower case hexadecimal
 * @own_id: (nullable): X-Mostrador-Id
 * @own_loop: (nullable): X-Mostrador-Loop
 * @digest: hex SHA-256 of From, Date, Subject and decoded body (with Message-ID and account it is the message's identity)
 * @language: (nullable): of @reply_text, detected (an ISO 639 code); %NULL where that is too short or unclear to tell
 */
typedef struct
{
  char *message_id;
  char *in_reply_to;
  char **references;
  MosAddress *from;
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  GPtrArray *reply_to;
  GPtrArray *delivered_to;
  char *subject;
  gint64 sent_us;
  char *text;
  char *html;
  char *reply_text;
  GPtrArray *attachments;
  MosClassification classification;
  char *cause;
  gboolean may_answer_automatically;
  gboolean is_contact_form;
  GPtrArray *bounces;
  char *thread_index;
  char *own_id;
  char *own_loop;
  char *digest;
  char *language;
} MosParsedMessage;
MOS_DECLARE_VALUE (MosParsedMessage, parsed_message)

/**
 * MosIncoming:
 *
 * One mail as a channel hands it to the desk.
 *
 * @account: id of the account
 * @folder: (nullable): the server's folder name; %NULL for imported files
 * @role: what the folder is for; a mail of MOS_FOLDER_SENT is outgoing
 * @uidvalidity, @uid: its place on the server; 0 for imported files
 * @flags: the server's flags
 * @received_us: INTERNALDATE; for files the newest Received header, else the Date
 * @raw: the message byte for byte
 * @parsed: (nullable): %NULL where even parsing failed; then it goes to the quarantine with @parse_error
 * @parse_error: (nullable): a cause code
 * @archive: arrives in archive mode: closed, in no measure, no rules
 * @raw_sha256, @html_sha256, @tail, @prepared: (nullable): the host's own, see mos_channel_host_prepare()
 */
typedef struct
{
  char *account;
  char *folder;
  MosFolderRole role;
  guint32 uidvalidity;
  guint32 uid;
  MosMessageFlags flags;
  gint64 received_us;
  GBytes *raw;
  MosParsedMessage *parsed;
  char *parse_error;
  gboolean archive;
  char *raw_sha256;
  char *html_sha256;
  char *tail;
  GHashTable *prepared;
} MosIncoming;
MOS_DECLARE_VALUE (MosIncoming, incoming)

/**
 * MosCompose:
 *
 * What the mail composer needs to make the bytes of an outgoing message (mos_mime_compose()).
 *
 * @message_id: without angle brackets, fixed before the first attempt
 * @own_id: value of X-Mostrador-Id
 * @from: the sender; @reply_to (nullable)
 * @to, @cc, @bcc: arrays of #MosAddress; Bcc is not written into the bytes
 * @in_reply_to (nullable), @references: without angle brackets, already trimmed or not (the composer trims)
 * @date_us: the Date header
 * @text: plain text; @html (nullable) for multipart/alternative
 * @attachments: array of #MosAttachment with data; inline ones become multipart/related
 * @thread_index: (nullable): of what is answered, as in #MosParsedMessage; given back with Thread-Topic so that Outlook shows both as one
 * @automatic: adds Auto-Submitted and X-Mostrador-Loop
 * @opt_out: (nullable): of mail to many: the URI of List-Unsubscribe (RFC 2369); adds Precedence too, which keeps vacation notices away
 */
typedef struct
{
  char *message_id;
  char *own_id;
  MosAddress *from;
  MosAddress *reply_to;
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  char *subject;
  char *in_reply_to;
  char **references;
  gint64 date_us;
  char *text;
  char *html;
  GPtrArray *attachments;
  char *thread_index;
  gboolean automatic;
  char *opt_out;
} MosCompose;
MOS_DECLARE_VALUE (MosCompose, compose)

G_END_DECLS

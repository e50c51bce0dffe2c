/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-account-values.h"
#include "core/values/mos-call-values.h"
#include "core/values/mos-macro-plan.h"
#include "core/values/mos-survey-values.h"
#include "core/values/mos-target-values.h"

G_BEGIN_DECLS

/** MosServer: host, port, user and security of one side of a mail account. host is "" where there is none. */
typedef struct
{
  char *host;
  guint16 port;
  char *user;
  MosSecurity security;
} MosServer;
MOS_DECLARE_VALUE (MosServer, server)

/**
 * MosAccount:
 *
 * One configured account, without its password (that is in the Secret Service).
 *
 * @id: derived from kind and canonical address
 * @kind: "email", a kind of chat ("telegram", "matrix": see mos-channel-traits.h), or "archive" for imported mail
 * @name: what people see ("Support"); @address: the mail address; @aliases: further own addresses, never %NULL
 * @imap, @smtp: never %NULL
 * @ca_file: (nullable): extra certificate authority, absolute path
 * @pinned_certificate: (nullable): hex SHA-256 of the DER certificate the owner chose to trust
 * @signature: plain text, "" for none
 * @work_since_us: mail received before this arrives in archive mode
 * @server_files_sent: the server files what it sends by itself (Gmail): no APPEND
 * @plus_addressing: what comes to name+anything@ comes here: answers ask to be sent to such an address of their conversation
 * @join_subject_days: mail of the same sender and subject belongs together for so many days; 0 = never
 * @without_marker: what is sent does not end with the line that tells its conversation (mos_token_marker())
 * @spam_stays: marking as spam, and taking it back, moves nothing on the server
 * @position: order in the left pane
 * @oauth: (nullable): signs in through the provider's web page; %NULL = with a password
 * @authorize_as: (nullable): the mailbox that is opened with the users' own secret: a shared one
 * @senders: (nullable): array of #MosSender, the further addresses it writes from; @aliases are their addresses. See mos-senders.h
 * @default_sender: (nullable): the address new mail is written from; %NULL = @address
 * @settings: (nullable): names and texts that only its kind of channel knows: MOS_ACCOUNT_… and the channel's own; no secrets
 */
typedef struct
{
  char *id;
  char *kind;
  char *name;
  char *address;
  char **aliases;
  MosServer *imap;
  MosServer *smtp;
  char *ca_file;
  char *pinned_certificate;
  char *signature;
  gint64 work_since_us;
  gboolean server_files_sent;
  gboolean plus_addressing;
  int join_subject_days;
  gboolean without_marker;
  gboolean spam_stays;
  int position;
  MosOAuth *oauth;
  char *authorize_as;
  GPtrArray *senders;
  char *default_sender;
  GHashTable *settings;
} MosAccount;
MOS_DECLARE_VALUE (MosAccount, account)

/* Settings that several kinds of chat have. */
#define MOS_ACCOUNT_SERVER "server"           /* the platform's address, where it is not the usual one */
#define MOS_ACCOUNT_POLL_S "poll_seconds"     /* how often it is looked, where the platform cannot hold the line */
#define MOS_ACCOUNT_REOPEN_H "reopen_hours"   /* who writes within so many hours after the close goes on in the same conversation */
#define MOS_ACCOUNT_RELAY "relay"             /* address of the letter box on the shop's web space, where the account has one */
#define MOS_ACCOUNT_HUMAN_AGENT "human_agent" /* "1": the platform lets the shop's people answer in the longer window (MosChannelTraits.tagged_window_s) */

/* Where a channel writes down until when its key is taken (microseconds, among its cursors). */
#define MOS_ACCOUNT_KEY_ENDS "key-ends"

/** mos_account_get_setting: Returns: (transfer none) (nullable): @fallback where it says nothing */
const char *mos_account_get_setting (const MosAccount *self, const char *name, const char *fallback);
/** mos_account_set_setting: right after _new(). @value: (nullable): "" and %NULL take it away */
void mos_account_set_setting (MosAccount *self, const char *name, const char *value);

/**
 * MosAccountStatus: what an account is doing; kept in memory by the running channel, the last one also stored
 * @why: (nullable): stable code ("auth-failed", "bad-certificate", "host-not-found", "network", "tls-required", "no-password", "sign-in-again", "oauth-client", ...)
 * @detail: (nullable): the server's or the library's own words, for "Details"
 * @done, @total: progress of the running sync; total 0 = unknown
 * @last_sync_us: 0 = never
 * @key_ends_us: until when the platform takes the account's key, unless it is renewed before; 0 = it has no end, or nobody said one
 * @on_server, @here, @quarantined, @missing: see #MosLedger
 */
typedef struct
{
  char *account;
  MosAccountState state;
  char *why;
  char *detail;
  guint64 done;
  guint64 total;
  gint64 last_sync_us;
  gint64 next_try_us;
  gint64 key_ends_us;
  guint64 on_server;
  guint64 here;
  guint64 quarantined;
  guint64 missing;
} MosAccountStatus;
MOS_DECLARE_VALUE (MosAccountStatus, account_status)

/**
 * MosAgent: a person at the desk.
 * @is_me: the one using this window
 * @language: (nullable): the one this person writes in where a conversation says none
 * @signature: what stands below this person's messages; "" = the account's
 */
typedef struct
{
  char *id;
  char *name;
  gboolean is_me;
  char *language;
  char *signature;
} MosAgent;
MOS_DECLARE_VALUE (MosAgent, agent)

/**
 * MosConversationRow: all that the list and the head of a conversation show.
 *
 * @assignee, @assignee_name: (nullable): agent
 * @tags: never %NULL, sorted
 * @account_name, @account: where it came in; @channel: "email"
 * @customer, @customer_name, @customer_address: (nullable)
 * @category, @language: (nullable); @is_language_chosen: a person said so, it is not only detected
 * @snippet: one line of the newest message
 * @created_us, @updated_us: first and newest message (server's receive time)
 * @waiting_since_us: first unanswered customer message, 0 when the customer waits for nothing
 * @reply_due_us, @resolve_due_us: when an answer, and the close, are due by the shop's targets; 0 = no target, or its clock stands. @reply_warn_us, @resolve_warn_us: when that is near.
 *   @reply_basis, @resolve_basis: by which rule, see mos_target_basis_from_text(). @target_state: what was told so far
 * @last_incoming_us: of the chat that goes on in it: when its customer wrote last, from which the platform counts how long may be answered; 0 = there is none
 * @snoozed_until_us: 0 = until the customer answers, when snoozed
 * @unread: number of messages that the agent of this window has not read
 * @is_mentioned: a note that this agent has not read names him
 * @call: (nullable): the newest message is a telephone call: its outcome and length are told, its number is not; @is_call_outgoing: we called
 * @has_draft: the agent of this window has one, or one that is nobody's; @drafters: (nullable): names of the other agents who have one, sorted
 * @has_attachments, @has_failed (a message failed, bounced or is uncertain)
 * @quarantine: (nullable): cause code when the conversation holds only quarantined mail and is kept out of the inbox
 * @merged_into: (nullable), @merged_number: that one's number; @deleted_us: 0 = not deleted
 * @archive: came by import or as old mail: in no measure
 */
typedef struct
{
  char *id;
  gint64 number;
  char *subject;
  MosStatus status;
  MosPriority priority;
  char *assignee;
  char *assignee_name;
  char **tags;
  char *account;
  char *account_name;
  char *channel;
  char *customer;
  char *customer_name;
  char *customer_address;
  char *category;
  char *language;
  char *snippet;
  gint64 created_us;
  gint64 updated_us;
  gint64 waiting_since_us;
  gint64 reply_due_us;
  gint64 reply_warn_us;
  char *reply_basis;
  gint64 resolve_due_us;
  gint64 resolve_warn_us;
  char *resolve_basis;
  MosTargetState target_state;
  gint64 snoozed_until_us;
  guint unread;
  guint message_count;
  gboolean has_draft;
  char **drafters;
  gboolean has_attachments;
  gboolean has_failed;
  char *quarantine;
  char *merged_into;
  gint64 merged_number;
  gint64 deleted_us;
  gboolean archive;
  gboolean is_language_chosen;
  gboolean is_mentioned;
  gint64 last_incoming_us;
  MosCall *call;
  gboolean is_call_outgoing;
} MosConversationRow;
MOS_DECLARE_VALUE (MosConversationRow, conversation_row)

/**
 * MosRecipientResult: what became of a message for one recipient.
 * @state: as stored; not looked at in a #MosSendResult
 * @code: SMTP reply code, 250 when accepted, 0 when no server said anything
 * @status: (nullable): enhanced status "5.1.1" (RFC 3463)
 * @text: (nullable): the server's own words, one line
 * @at_us: since when; 0 in a #MosSendResult
 */
typedef struct
{
  char *address;
  MosRecipientState state;
  guint code;
  char *status;
  char *text;
  gint64 at_us;
} MosRecipientResult;
MOS_DECLARE_VALUE (MosRecipientResult, recipient_result)

/**
 * MosChatAbout: what a message of a chat says beside its words.
 *
 * @is_reply: it answers one particular message; @reply_to: (nullable): that one's id, where it is here; @reply_from, @reply_text (nullable): who wrote it and how it begins
 * @forwarded: (nullable): it was passed on: who wrote it first, "" where that is not told
 * @payload: (nullable): what the link brought along that the chat was begun with: it may name an order. Anybody can make such a link
 * @is_press: a button of ours was pressed; the text is what stood on it
 * @buttons: (nullable): what is read on the buttons below it
 */
typedef struct
{
  gboolean is_reply;
  char *reply_to;
  gboolean reply_is_ours;
  char *reply_from;
  char *reply_text;
  char *forwarded;
  char *payload;
  gboolean is_press;
  char **buttons;
} MosChatAbout;
MOS_DECLARE_VALUE (MosChatAbout, chat_about)

/**
 * MosMessageRow: one entry of a conversation.
 *
 * For direction event: @event_kind ("status", "assign", "tag", "untag", "priority", "snooze", "merge", "move", "delete", "restore",
 * "release", ...), @event_from and @event_to (nullable), @actor_kind, @actor_name.
 * @text and @reply_text are whole; @has_html says that mos_desk_load_body_async() has HTML.
 * @why: (nullable): code of the delivery state or of the quarantine; @why_detail (nullable): the server's words
 * @attachments: array of #MosAttachment without data
 * @thread_evidence: (nullable): why it came to the conversation where it came in: a code, then what was found: "in-reply-to <id>", "token <address>", "new", ... (see #MosThreadAnswer)
 * @thread_index: (nullable): as in #MosParsedMessage
 * @origin: (nullable): conversation it came in, @origin_number: that one's number; %NULL where it still is
 * @head_only: of a mail larger than what is fetched; the whole of it lies on the server
 * @joined: it is no more where it came in since what it refers to arrived later; no person moved it
 * @new_sender: the first message of a person who is not the customer and was not written to before
 * @other, @other_number, @other_subject: (nullable): for the events of a merge, a move or a split: the conversation on the other side; for a customer's mail that
 *   another account of ours was sent as well: where it is there
 * @other_account: (nullable): the name of that account
 * @batch: of an event: what mos_desk_undo_async() takes back
 * @removed_on_server: gone on the server, kept here
 * @results: (nullable): array of #MosRecipientResult: what became of it for each recipient; only of messages of ours, read one by one
 * @next_try_us: of a queued one: when it is tried again; 0 = not known. @attempts: how often it was tried
 * @edited_us, @withdrawn_us: of a chat: when its writer changed it last, or took it back; 0 = not
 * @reactions: (nullable): array of #MosReaction: signs that were put to it
 * @about: (nullable): of a chat: what it answers, and where it is from
 * @changes: (nullable): array of #MosChatChange: of a chat: what is to be done to it there, and is not yet, or could not be
 * @call: (nullable): it is a telephone call; @text is what was said, where somebody wrote that down
 */
typedef struct
{
  char *id;
  char *conversation;
  MosDirection direction;
  MosClassification classification;
  char *message_id;
  char *in_reply_to;
  char **references;
  MosAddress *from;
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  GPtrArray *reply_to;
  char *subject;
  gint64 sent_us;
  gint64 received_us;
  char *text;
  char *reply_text;
  gboolean has_html;
  char *language;
  GPtrArray *attachments;
  MosDelivery delivery;
  char *why;
  char *why_detail;
  gboolean unread;
  gboolean quarantined;
  gboolean removed_on_server;
  char *thread_evidence;
  char *thread_index;
  char *origin;
  gint64 origin_number;
  gboolean joined;
  gboolean head_only;
  gboolean new_sender;
  char *account;
  char *identity;
  MosActorKind actor_kind;
  char *actor_name;
  char *event_kind;
  char *event_from;
  char *event_to;
  char *other;
  gint64 other_number;
  char *other_subject;
  char *other_account;
  gint64 batch;
  GPtrArray *results;
  gint64 next_try_us;
  guint attempts;
  gint64 edited_us;
  gint64 withdrawn_us;
  GPtrArray *reactions;
  MosChatAbout *about;
  GPtrArray *changes;
  MosCall *call;
} MosMessageRow;
MOS_DECLARE_VALUE (MosMessageRow, message_row)

/** MosReaction: a sign that somebody put to a message. @person: (nullable): their name; @is_ours: we did */
typedef struct
{
  char *sign;
  char *person;
  gboolean is_ours;
} MosReaction;
MOS_DECLARE_VALUE (MosReaction, reaction)

/** MosIdentity: one way a customer writes. @kind: "email", "phone", "telegram"...; @scope "" where the value is global */
typedef struct
{
  char *id;
  char *kind;
  char *scope;
  char *value;
  gboolean verified;
} MosIdentity;
MOS_DECLARE_VALUE (MosIdentity, identity)

/** MosConsent: whether a customer wants to hear of the shop unasked */
typedef enum
{
  MOS_CONSENT_UNKNOWN,
  MOS_CONSENT_GIVEN,
  MOS_CONSENT_OPTED_OUT,
} MosConsent; /* unknown given opted_out */
MOS_DECLARE_NICKS (MosConsent, consent)

/**
 * MosCustomerRow: @identities array of #MosIdentity; @first_seen_us; counts of conversations; @fields: (nullable): the shop's own, array of #MosCustomerField (mos-customer-values.h);
 * @last_score: the newest that they gave, @last_score_us 0 = none
 */
typedef struct
{
  char *id;
  char *name;
  GPtrArray *identities;
  char *language;
  char *country;
  char *phone;
  char *company;
  char *notes;
  gboolean vip;
  MosConsent consent;
  GPtrArray *fields;
  gint64 first_seen_us;
  guint conversation_count;
  guint open_count;
  MosSurveyKind last_score_kind;
  int last_score;
  gint64 last_score_us;
} MosCustomerRow;
MOS_DECLARE_VALUE (MosCustomerRow, customer_row)

/**
 * MosDraft: what the composer edits; saved whole, so that a kill loses at most the last keystrokes.
 *
 * @id: message id of the draft, made by mos_desk_prepare_draft_async()
 * @conversation: (nullable): %NULL for a new conversation
 * @agent: (nullable): who writes it; %NULL = whoever sits here. It is written down with the first save and changed by mos_store_draft_take() alone
 * @agent_name: (nullable): where it is another agent's
 * @sender: (nullable): the address of the account it is written from; %NULL = its default one
 * @kind: "reply", "reply-all", "forward", "new" or "note"
 * @reply_to_message: (nullable): the message it answers or forwards
 * @text: the writer's own text, signature included; @quote: (nullable) the quoted history sent below it
 * @is_marked: @text has marks (mos-markup.h), and is sent as HTML too where it uses them
 * @language: (nullable): whose dictionary it is written with, where a person chose one for this draft; "" = none
 * @attachments: array of #MosAttachment with sha256 (their bytes are in the blob store)
 * @caret: character offset
 * @macros: (nullable): what macros have put into it
 * @buttons: (nullable): answers that the customer has only to press, below it: what is read on them
 */
typedef struct
{
  char *id;
  char *conversation;
  char *agent;
  char *agent_name;
  char *account;
  char *sender;
  char *kind;
  char *reply_to_message;
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  char *subject;
  char *text;
  gboolean is_marked;
  char *language;
  char *quote;
  GPtrArray *attachments;
  int caret;
  gint64 updated_us;
  MosMacroPlan *macros;
  char **buttons;
} MosDraft;
MOS_DECLARE_VALUE (MosDraft, draft)

/**
 * MosSendPlan: when a message leaves, and what becomes of its conversation.
 *
 * @then: MOS_STATUS_OPEN keeps the status; @snooze_until_us: for snoozed, 0 = until the customer answers
 * @at_us: 0 = now; else it waits until then, scheduled
 * @is_later: a person chose that time. Else it only waits for an undo: the status changes now, and an answer of the customer does not hold it back
 * @even_if_answered: with @is_later: also when the customer wrote meanwhile
 */
typedef struct
{
  MosStatus then;
  gint64 snooze_until_us;
  gint64 at_us;
  gboolean is_later;
  gboolean even_if_answered;
} MosSendPlan;

/** Why a message is scheduled, its @why: it waits for an undo, for its time, or for a person: it is late, the customer wrote meanwhile, the conversation is not one to write in,
 *  it was merged into another, somebody it is for was blocked, it could not be sent when its time came, or it came from a backup and may have left since.
 *  @why_detail is the time that was planned, in microseconds UTC. */
#define MOS_SCHEDULED_UNDO "undo"
#define MOS_SCHEDULED_LATER "later"
#define MOS_SCHEDULED_HELD_LATE "held-late"
#define MOS_SCHEDULED_HELD_ANSWERED "held-answered"
#define MOS_SCHEDULED_HELD_CLOSED "held-closed"
#define MOS_SCHEDULED_HELD_MERGED "held-merged"
#define MOS_SCHEDULED_HELD_BLOCKED "held-blocked"
#define MOS_SCHEDULED_HELD_FAILED "held-failed"
#define MOS_SCHEDULED_HELD_RESTORED "held-restored"
/** MOS_OUTBOX_RESTORED: why a message is uncertain: it waited to be sent in a profile from a backup, and may have left since */
#define MOS_OUTBOX_RESTORED "restored"

/**
 * MosOutboxItem: one outgoing message on its way.
 * @recipients: all envelope addresses; of a claimed one only those that are still to be sent to
 * @raw: the bytes, fixed before the first attempt
 * @results: array of #MosRecipientResult: what became of it for each recipient so far
 * @claim: (nullable): the sender's proof that it is his
 * @copy_attempts: how often somebody began to see to its copy in Sent, this time included
 * @sent_filing: (nullable): who files what was sent, as was seen: "server" or "client"; only of one whose copy is to be seen to
 * @is_automatic: no person wrote it
 * @tries: how often a person had it sent anew, after a server may have had it
 */
typedef struct
{
  char *message;
  char *conversation;
  char *account;
  char *message_id;
  char *envelope_from;
  char **recipients;
  char *subject;
  MosDelivery state;
  guint attempts;
  gint64 next_try_us;
  char *why;
  char *why_detail;
  GBytes *raw;
  gboolean sent_copy_done;
  GPtrArray *results;
  char *claim;
  guint copy_attempts;
  char *sent_filing;
  gboolean is_automatic;
  guint tries;
} MosOutboxItem;
MOS_DECLARE_VALUE (MosOutboxItem, outbox_item)
/** mos_outbox_item_make_envelope_id: Returns: (transfer full): what servers are given as the id of one try's envelope (RFC 3461 §4.4) */
char *mos_outbox_item_make_envelope_id (const char *message, guint tries);
/** mos_outbox_item_parse_envelope_id: Returns: (transfer full): the message that it names; @ret_tries: (out): which try of it */
char *mos_outbox_item_parse_envelope_id (const char *envelope_id, guint *ret_tries);

/** MosSearchHit: @snippet: text with the hits between U+0002 and U+0003; @file: (nullable): name of the attachment whose text it is of */
typedef struct
{
  char *conversation;
  char *message;
  char *snippet;
  char *file;
} MosSearchHit;
MOS_DECLARE_VALUE (MosSearchHit, search_hit)

/**
 * MosChangeSet: what one commit changed; ids only. Whoever shows one of them reads it again.
 *
 * @seq: the last sequence number of the change table
 * @conversations, @messages, @customers, @accounts: arrays of ids (char *), never %NULL, without doubles
 * @counts_changed: some view's counter may differ
 * @outbox_changed, @due_changed, @wanted_changed: wake the sender, the scheduler, whoever writes flags back to the server
 * @views_changed: saved views, how views look, agents, or categories
 * @calendar_changed: the hours of work; @targets_changed: within what time the shop means to answer
 * @macros_changed: macros, or how often they were used
 * @outreach_changed: an outreach, or who of it answered
 * @shops_changed: shops, or how their sync stands. Of orders the @customers are told whose they are
 */
typedef struct
{
  gint64 seq;
  GPtrArray *conversations;
  GPtrArray *messages;
  GPtrArray *customers;
  GPtrArray *accounts;
  gboolean counts_changed;
  gboolean outbox_changed;
  gboolean due_changed;
  gboolean wanted_changed;
  gboolean views_changed;
  gboolean calendar_changed;
  gboolean targets_changed;
  gboolean macros_changed;
  gboolean shops_changed;
  gboolean outreach_changed;
} MosChangeSet;
MOS_DECLARE_VALUE (MosChangeSet, change_set)

/**
 * MosView: which conversations a list shows.
 *
 * The built-in ones by nick: mine mentions unassigned waiting breaching all_open rescues drafts scheduled snoozed closed all failed quarantine spam deleted.
 * "account" takes the account's id in @argument, "customer" the customer's, "saved" the #MosSavedView's, "search" a query text, "quarantine" (nullable) the causes to show, with commas between them.
 */
typedef enum
{
  MOS_VIEW_MINE,
  MOS_VIEW_MENTIONS,
  MOS_VIEW_UNASSIGNED,
  MOS_VIEW_WAITING,
  MOS_VIEW_BREACHING,
  MOS_VIEW_ALL_OPEN,
  MOS_VIEW_RESCUES, /* of customers who gave a low score, until somebody said what came of it, and answers to questions that nobody looked at */
  MOS_VIEW_DRAFTS,
  MOS_VIEW_SCHEDULED,
  MOS_VIEW_SNOOZED,
  MOS_VIEW_CLOSED,
  MOS_VIEW_ALL,
  MOS_VIEW_FAILED,
  MOS_VIEW_QUARANTINE,
  MOS_VIEW_SPAM,
  MOS_VIEW_DELETED,
  MOS_VIEW_ACCOUNT,
  MOS_VIEW_CUSTOMER,
  MOS_VIEW_SAVED,
  MOS_VIEW_SEARCH,
} MosViewKind; /* mine mentions unassigned waiting breaching all_open rescues drafts scheduled snoozed closed all failed quarantine spam deleted account customer saved search */
MOS_DECLARE_NICKS (MosViewKind, view_kind)

typedef struct
{
  MosViewKind kind;
  char *argument;
} MosView;
MOS_DECLARE_VALUE (MosView, view)
MosView *mos_view_make (MosViewKind kind, const char *argument);
gboolean mos_view_equal (const MosView *a, const MosView *b);

/**
 * MosHintKind: what is suspicious about a mail
 * @MOS_HINT_IBAN: it names another bank account than its sender named before
 * @MOS_HINT_LOOKALIKE: its sender's domain looks like another one that is known here
 * @MOS_HINT_MIXED_SCRIPTS: its sender's domain mixes alphabets
 * @MOS_HINT_BRAND_DOMAIN: its sender's domain borrows a well-known name
 * @MOS_HINT_LINK: a link leads to a domain that does one of these three, or elsewhere than the well-known name that it shows
 * @MOS_HINT_OWN_NAME: its sender bears the name of this shop, or of somebody at this desk
 * @MOS_HINT_BRAND_NAME: its sender bears a well-known name without its address
 * @MOS_HINT_NAME_ADDRESS: its sender's name is another address than the sender's
 * @MOS_HINT_REPLY_TO: answers go elsewhere than it came from
 */
typedef enum
{
  MOS_HINT_IBAN,
  MOS_HINT_LOOKALIKE,
  MOS_HINT_MIXED_SCRIPTS,
  MOS_HINT_BRAND_DOMAIN,
  MOS_HINT_LINK,
  MOS_HINT_OWN_NAME,
  MOS_HINT_BRAND_NAME,
  MOS_HINT_NAME_ADDRESS,
  MOS_HINT_REPLY_TO,
} MosHintKind; /* iban lookalike mixed_scripts brand_domain link own_name brand_name name_address reply_to */
MOS_DECLARE_NICKS (MosHintKind, hint_kind)

/** MosHint: @found: what the mail says or has; @meant: (nullable): what it is not, or looks like */
typedef struct
{
  MosHintKind kind;
  char *found;
  char *meant;
} MosHint;
MOS_DECLARE_VALUE (MosHint, hint)

/**
 * MosViewCount: how many conversations a view holds; @view compares with mos_view_equal()
 * @n_new: how many of them have something unread that came since this agent last looked at the view
 */
typedef struct
{
  MosView *view;
  guint count;
  guint n_new;
} MosViewCount;
MOS_DECLARE_VALUE (MosViewCount, view_count)

G_END_DECLS

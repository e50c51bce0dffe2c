/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-call-values.h"

G_BEGIN_DECLS

/* What channels other than mail and the desk tell each other. A "thread" is what the platform calls chat, room or conversation: an opaque text,
 * unique within one account. A message's @id is unique within its thread and opaque too. */

/** MOS_CHAT_UNREADABLE: why of what is set apart, since it could not be read (MOS_CHAT_BROKEN) */
#define MOS_CHAT_UNREADABLE "chat-unreadable"
/** MOS_CHAT_NOT_TOLD: why of a message that is there, of which the platform tells no more than that, not even whose it is */
#define MOS_CHAT_NOT_TOLD "not-told"

/**
 * MosChatFile: a file of a message from a chat.
 * @ref: what the channel asks the platform for it with, also after a restart; "" where there is nothing to ask for any more
 * @name: a safe file name, never empty; @type: media type, lower case
 * @size: bytes as the platform says; 0 = it does not say
 * @duration_ms, @width, @height: 0 = not known
 * @data: (nullable): its bytes, where they came along
 * @why: (nullable): it cannot be fetched: "too-large", "gone"
 */
typedef struct
{
  MosFileKind kind;
  char *ref;
  char *name;
  char *type;
  guint64 size;
  guint duration_ms;
  guint width;
  guint height;
  GBytes *data;
  char *why;
} MosChatFile;
MOS_DECLARE_VALUE (MosChatFile, chat_file)

/**
 * MosChatPerson: who wrote.
 * @kind, @scope, @value: the identity: "telegram", "", "4711"; @scope names what the value is unique in, where it is not global (a page, a shop)
 * @name: (nullable): as they call themselves; @username: (nullable): what they are found by there, without "@"
 * @phone: (nullable): E.164, as the platform says; @is_phone_verified: and it vouches that it is theirs
 * @language: (nullable): of their program: a hint
 */
typedef struct
{
  char *kind;
  char *scope;
  char *value;
  char *name;
  char *username;
  char *phone;
  gboolean is_phone_verified;
  char *language;
} MosChatPerson;
MOS_DECLARE_VALUE (MosChatPerson, chat_person)
MosChatPerson *mos_chat_person_make (const char *kind, const char *scope, const char *value, const char *name);

/** MosChatButton: @label: what is read on it; @data: what comes back when it is pressed, at most 64 bytes */
typedef struct
{
  char *label;
  char *data;
} MosChatButton;
MOS_DECLARE_VALUE (MosChatButton, chat_button)
MosChatButton *mos_chat_button_make (const char *label, const char *data);
/** mos_chat_labels_to_text: Returns: (transfer full): what is read on buttons, as the store keeps it: one a line; "" for none. @labels: (nullable) */
char *mos_chat_labels_to_text (const char *const *labels);
/** mos_chat_labels_from_text: Returns: (transfer full) (nullable): %NULL for none. @text: (nullable) */
char **mos_chat_labels_from_text (const char *text);

typedef enum
{
  MOS_CHAT_MESSAGE,  /* something that was written, said or sent */
  MOS_CHAT_EDIT,     /* another wording of a message; the one before is kept */
  MOS_CHAT_DELETE,   /* its writer took it back; it is kept, and shown as taken back */
  MOS_CHAT_REACTION, /* a sign put to a message, or taken away */
  MOS_CHAT_RECEIPT,  /* what became of a message of ours */
  MOS_CHAT_PRESS,    /* a button of a message of ours was pressed */
  MOS_CHAT_THREAD,   /* something about the thread itself */
  MOS_CHAT_TYPING,   /* somebody is writing: shown, never kept */
  MOS_CHAT_RINGING,  /* the telephone rings: shown, never kept; what becomes of it is a message */
  MOS_CHAT_BROKEN,   /* something that cannot be read: @raw alone, which is set apart as it came */
} MosChatUpdateKind; /* message edit delete reaction receipt press thread typing ringing broken */
MOS_DECLARE_NICKS (MosChatUpdateKind, chat_update_kind)

typedef enum
{
  MOS_CHAT_THREAD_TITLE,      /* @title is its name now */
  MOS_CHAT_THREAD_CLOSED,     /* nothing can be sent there any more: blocked, left, deleted; @why says which */
  MOS_CHAT_THREAD_OPENED,     /* it can again */
  MOS_CHAT_THREAD_MOVED,      /* it is called @id from now on */
  MOS_CHAT_THREAD_UNREADABLE, /* what is written there cannot be read here: encrypted; @why */
} MosChatThreadChange;        /* title closed opened moved unreadable */
MOS_DECLARE_NICKS (MosChatThreadChange, chat_thread_change)

/**
 * MosChatUpdate: one thing that happened, as the platform tells it.
 *
 * @id: of the message it is about (for a PRESS: the message that had the button); "" for THREAD where there is none
 * @group: (nullable): messages of one group are shown as one (an album): they become one message here, whichever comes first
 * @person: (nullable): who did it; %NULL where the platform does not say. With @is_own: the agent as the platform knows him
 * @is_own: in our name: sent from here, from the shop's phone or by another program
 * @client_key: (nullable): what we gave it when we sent it: it is that message of ours, come back; of RECEIPT: it is about that one, also where @id was never told
 * @automatic: written by a machine of ours or theirs (a greeting that the platform sends)
 * @at_us: when, by the platform's clock; 0 = it does not say
 * @text: of MESSAGE and EDIT: plain text; hidden targets of links stand behind their words in parentheses. Of PRESS: the button's data. Of REACTION: the sign. Else ""
 * @reply_to: (nullable): id of the message it answers
 * @forwarded: (nullable): it was passed on: who wrote it first, "" where that is not told
 * @payload: (nullable): of MESSAGE: what the link that the chat was begun with brought along: it may name an order. Anybody can make such a link
 * @files: (nullable): array of #MosChatFile
 * @removed: of REACTION: taken away; of TYPING: nobody is any more
 * @receipt: of RECEIPT: ACCEPTED, DELIVERED, READ or FAILED. READ and DELIVERED count for all that was sent before it too, where @upto is set
 * @upto: see @receipt
 * @change, @title: of THREAD; @title also of MESSAGE, where the platform names the thread
 * @why, @detail: (nullable): of RECEIPT and THREAD: a stable code, the platform's own words. Also of MESSAGE and EDIT: "unknown-content": it holds something that cannot be
 *   shown here, which the platform calls @detail
 * @press: (nullable): of PRESS: what it is answered with
 * @call: (nullable): of MESSAGE and RINGING: it is a telephone call: @is_own says that we called, @person is the other side also then
 * @raw: (nullable): what came, byte for byte: kept with the message
 */
typedef struct
{
  MosChatUpdateKind kind;
  char *thread;
  char *id;
  char *group;
  MosChatPerson *person;
  gboolean is_own;
  char *client_key;
  gboolean automatic;
  gint64 at_us;
  char *text;
  char *reply_to;
  char *forwarded;
  char *payload;
  GPtrArray *files;
  gboolean removed;
  MosDelivery receipt;
  gboolean upto;
  MosChatThreadChange change;
  char *title;
  char *why;
  char *detail;
  char *press;
  MosCall *call;
  GBytes *raw;
} MosChatUpdate;
MOS_DECLARE_VALUE (MosChatUpdate, chat_update)
/** mos_chat_update_make_broken: Returns: (transfer full): a MOS_CHAT_BROKEN with @raw. @detail: (nullable): what is wrong with it */
MosChatUpdate *mos_chat_update_make_broken (GBytes *raw, const char *detail);

/**
 * MosChatBatch: what one look at the platform brought. Taken whole, with the cursors behind it, in one transaction, or not at all.
 *
 * @updates: array of #MosChatUpdate in the order in which it happened, never %NULL. What is known already changes nothing
 * @cursors: (nullable): names and values: where the next look goes on
 * @is_old: history met for the first time: nobody is told that it "arrived"
 * @has_more: there may be more at once
 */
typedef struct
{
  char *account;
  GPtrArray *updates;
  GHashTable *cursors;
  gboolean is_old;
  gboolean has_more;
} MosChatBatch;
MOS_DECLARE_VALUE (MosChatBatch, chat_batch)

/**
 * MosChatPart: what is sent in one go. A message of ours is one or more of them, in order: a long text is parted, files go one by one.
 *
 * @key: stable, given to the platform where it takes one, so that the same part is never there twice
 * @text: "" for none; with a file it is the file's caption
 * @file: (nullable): with its sha256; @file_kind
 * @remote_id: (nullable): it is there already, under this id
 * @buttons: (nullable): array of #MosChatButton
 * @template_name: (nullable): a template that the platform has approved, as it calls it; @template_language, @template_values (nullable): what is filled in, in order
 * @template_names: (nullable): what the places are called that @template_values fill, one for each; %NULL = they are counted
 * @template_header: (nullable): what is filled in in its heading; @template_header_name: (nullable): what that place is called; %NULL = it is counted
 */
typedef struct
{
  char *key;
  char *text;
  MosAttachment *file;
  MosFileKind file_kind;
  char *remote_id;
  GPtrArray *buttons;
  char *template_name;
  char *template_language;
  char **template_values;
  char **template_names;
  char *template_header;
  char *template_header_name;
} MosChatPart;
MOS_DECLARE_VALUE (MosChatPart, chat_part)

/**
 * MosChatOutgoing: a message of ours, ready to be sent; kept as JSON with the message (mos_chat_outgoing_to_json()).
 *
 * @thread: where to; "" where the platform begins one by @person alone
 * @person: (nullable): to whom
 * @reply_to: (nullable): id of the message it answers
 * @parts: array of #MosChatPart, never empty
 * @tag: (nullable): under which rule of the platform it may go out where its window is over by then: "human-agent"
 */
typedef struct
{
  char *thread;
  MosChatPerson *person;
  char *reply_to;
  GPtrArray *parts;
  char *tag;
} MosChatOutgoing;
MOS_DECLARE_VALUE (MosChatOutgoing, chat_outgoing)

/* mos-chat-json.c */
/** mos_chat_outgoing_to_json: Returns: (transfer full): what mos_chat_outgoing_from_json() reads */
GBytes *mos_chat_outgoing_to_json (const MosChatOutgoing *self);
/** mos_chat_outgoing_from_json: Returns: (transfer full) (nullable): %NULL where it is none (G_IO_ERROR_INVALID_DATA) */
MosChatOutgoing *mos_chat_outgoing_from_json (GBytes *json, GError **error);

typedef enum
{
  MOS_CHAT_CHANGE_EDIT,     /* it says something else from now on */
  MOS_CHAT_CHANGE_WITHDRAW, /* nobody is to see it any more */
  MOS_CHAT_CHANGE_REACT,    /* our sign at it */
} MosChatChangeKind;        /* edit withdraw react */
MOS_DECLARE_NICKS (MosChatChangeKind, chat_change_kind)

/**
 * MosChatChange: what is done from here to a message that is there already.
 *
 * Done twice it is done once: the platform is told what shall be, not what is to be added.
 *
 * @id: stable, given to the platform where it takes a key
 * @text: of EDIT: what it says from now on; of REACT: the sign, "" = none any more
 * @thread: where it lies
 * @remotes: (nullable): %NULL: it is not there any more. What it is called there: of EDIT the part that has the words, of WITHDRAW all of its parts, of REACT the first
 * @has_file: of EDIT: the words stand below a file
 * @buttons: (nullable): of EDIT: array of #MosChatButton that stand below them and stay there; one that was pressed took them all along
 * @is_own: it is a message of ours
 * @attempts: how often it was tried
 * @why, @detail: (nullable): it is not tried any more: a stable code, the platform's own words
 */
typedef struct
{
  char *id;
  char *message;
  MosChatChangeKind kind;
  char *text;
  char *thread;
  char **remotes;
  gboolean has_file;
  GPtrArray *buttons;
  gboolean is_own;
  guint attempts;
  char *why;
  char *detail;
} MosChatChange;
MOS_DECLARE_VALUE (MosChatChange, chat_change)

/**
 * MosChatFetch: a file that is still to be fetched.
 * @message, @position: which attachment; @file: what is known of it; @attempts: how often it was tried
 */
typedef struct
{
  char *message;
  guint position;
  MosChatFile *file;
  guint attempts;
} MosChatFetch;
MOS_DECLARE_VALUE (MosChatFetch, chat_fetch)

/**
 * MosChatThread: what the desk knows of a thread.
 * @conversation: (nullable): the newest one that came out of it; @identity: (nullable): who is answered there
 * @last_incoming_us: when they last wrote, 0 = never
 * @window_ends_us: until when the platform lets anybody answer that, 0 = always
 * @closed: (nullable): why nothing can be sent there, a code
 */
typedef struct
{
  gint64 id;
  char *account;
  char *remote;
  char *title;
  char *conversation;
  char *identity;
  gint64 last_incoming_us;
  gint64 window_ends_us;
  char *closed;
} MosChatThread;
MOS_DECLARE_VALUE (MosChatThread, chat_thread)

G_END_DECLS

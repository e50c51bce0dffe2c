/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-split.h"
#include "core/values/mos-chat-values.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* What each kind of channel can do, as data: one row a kind in mos-channel-traits.c. The composer, the scheduler and mostradorctl look it up here, and
 * nothing else in the program asks which kind an account is of. */

typedef enum
{
  MOS_CHANNEL_CHAT = 1 << 0,       /* short messages in a thread: no subject, no recipients to choose, no quotation, no signature */
  MOS_CHANNEL_STARTS = 1 << 1,     /* we may write first, to whoever never wrote to us */
  MOS_CHANNEL_IDEMPOTENT = 1 << 2, /* the same part sent twice is there once */
  MOS_CHANNEL_ECHOES = 1 << 3,     /* what we send comes back in what is read */
  MOS_CHANNEL_EDITS = 1 << 4,      /* a message of ours can be changed after it was sent */
  MOS_CHANNEL_DELETES = 1 << 5,    /* … and taken back */
  MOS_CHANNEL_REACTIONS = 1 << 6,  /* signs can be put to messages */
  MOS_CHANNEL_READ_STATE = 1 << 7, /* the other side's having read is told */
  MOS_CHANNEL_DELIVERED = 1 << 8,  /* that it was delivered is told */
  MOS_CHANNEL_MARKS_READ = 1 << 9, /* we can tell that we have read */
  MOS_CHANNEL_TYPING = 1 << 10,    /* that somebody writes is told, and can be told */
  MOS_CHANNEL_REPLIES = 1 << 11,   /* a message can name the one it answers */
  MOS_CHANNEL_TEMPLATES = 1 << 12, /* after the window, templates that the platform approved can still be sent */
  MOS_CHANNEL_HIDDEN = 1 << 13,    /* for tests and developers: nobody is offered it */
  MOS_CHANNEL_CALLS = 1 << 14,     /* a telephone: calls alone, nothing can be sent */
  MOS_CHANNEL_KEYLESS = 1 << 15,   /* there is nothing to sign in with */
  MOS_CHANNEL_FETCHES = 1 << 16,   /* files that are sent it fetches from an address on the web: an account without a letter box (MOS_ACCOUNT_RELAY) can send none */
  MOS_CHANNEL_ONE_SIGN = 1 << 17,  /* of each person a message bears one sign: another takes its place */
} MosChannelFlags;

/**
 * MosFileLimit: files of one kind
 * @max_out: bytes that can be sent; 0 = none can
 * @max_in: bytes that can be fetched; 0 = none can
 * @types: (nullable): media types that are taken, parted by commas, a kind for all ("image/" and so on); %NULL = any
 */
typedef struct
{
  guint64 max_out;
  guint64 max_in;
  const char *types;
} MosFileLimit;

/**
 * MosChannelTraits:
 * @kind: as in MosAccount.kind and MosConversationRow.channel
 * @identity: kind of identity of who writes there
 * @text_max, @text_unit: how long a text may be; 0 = as long as one likes
 * @caption_max: the same below a file; 0 = a file takes no text along
 * @window_s: so long after the customer's last message may be answered freely; 0 = always
 * @tagged_window_s: … by a person, under the platform's rule for that (MosChatOutgoing.tag); 0 = there is none
 * @withdraw_window_s: so long after it was sent a message of ours can be taken back; 0 = always (MOS_CHANNEL_DELETES)
 * @buttons_max, @button_label_max, @button_data_max: buttons of a message, characters on one, bytes of what comes back
 * @buttons_text_max: how long a text with buttons may be, as @text_max
 * @keeps_s: how long the platform keeps what nobody fetched; 0 = for ever
 * @poll_s: how often it is looked; 0 = the platform holds the line until there is something
 * @files: one for each #MosFileKind
 */
typedef struct
{
  const char *kind;
  const char *identity;
  MosChannelFlags flags;
  guint text_max;
  MosSplitUnit text_unit;
  guint caption_max;
  guint window_s;
  guint tagged_window_s;
  guint withdraw_window_s;
  guint buttons_max;
  guint button_label_max;
  guint button_data_max;
  guint buttons_text_max;
  guint keeps_s;
  guint poll_s;
  MosFileLimit files[MOS_FILE_ANIMATION + 1];
} MosChannelTraits;

/** mos_channel_traits_get: Returns: (transfer none): of @kind; of one that nobody knows (an archive), a row that can do nothing. Any thread. */
const MosChannelTraits *mos_channel_traits_get (const char *kind);
/** mos_channel_is_chat: Returns: whether @kind is one of short messages */
gboolean mos_channel_is_chat (const char *kind);

/** mos_channel_tagged_window_s: Returns: how long a person of this @account may answer: MosChannelTraits.tagged_window_s where the platform lets it, else 0 */
guint mos_channel_tagged_window_s (const MosAccount *account);

/** mos_file_kind_of_type: Returns: how a file of that media type is shown, where nobody says more */
MosFileKind mos_file_kind_of_type (const char *type);
/**
 * mos_channel_traits_check_file:
 * @ret_kind: (out): as what it would go out: as a document where its own kind has no room for it
 *
 * Returns: (transfer none) (nullable): why it cannot be sent there, before anybody uploads it: "too-large", "bad-type", "no-files"
 */
const char *mos_channel_traits_check_file (const MosChannelTraits *self, const char *type, guint64 size, MosFileKind *ret_kind);
/** mos_channel_check_file: the same from an @account: "no-letter-box", too, where it would need one and has none */
const char *mos_channel_check_file (const MosAccount *account, const char *type, guint64 size, MosFileKind *ret_kind);
/**
 * mos_channel_fit_picture: Returns: how many bytes a JPEG made of such a file may have, so that it goes out; 0 where the file itself does, where it is
 *   no picture, and where none goes out
 */
guint64 mos_channel_fit_picture (const MosAccount *account, const char *type, guint64 size);

G_END_DECLS

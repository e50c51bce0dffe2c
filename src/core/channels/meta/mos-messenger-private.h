/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/meta/mos-messenger-channel.h"
#include "core/channels/meta/mos-messenger-parse.h"
#include "core/channels/relay/mos-relay.h"

G_BEGIN_DECLS

/**
 * MosMessengerSession: of one of the channel's threads
 * @relay: (nullable): what hands files out where the platform fetches them (MOS_CHANNEL_FETCHES); @box_key: (nullable): its key, which is kept beside the token
 * @who: (nullable): who we are there: asked with the first question
 * @by_page: the token is a Page's
 * @token_n: which of the channel's tokens @graph has
 * @fields: which of the lists of members is asked for: a platform that does not know one of them is asked for fewer
 * @is_plain: beyond the newest messages it is asked for no more than that they are there
 * @asked: id -> when it changed last (gint64, owned): conversations as they were read
 * @due: id -> monotonic time (gint64, owned): when a conversation is read again although nothing changed
 * @bad: id -> MosMessengerBad (owned): conversations that cannot be read although others can
 * @taken: ids of messages that the desk was given
 * @pending: (nullable): what was read behind what was given last
 * @rest_until_us: monotonic: until when nothing is asked
 */
typedef struct
{
  MosGraph *graph;
  MosRelay *relay;
  char *box_key;
  MosMessengerSelf *who;
  gboolean by_page;
  guint token_n;
  guint fields;
  gboolean is_plain;
  GHashTable *asked;
  GHashTable *due;
  GHashTable *bad;
  GHashTable *taken;
  MosChatBatch *pending;
  gint64 rest_until_us;
} MosMessengerSession;

/** mos_messenger_ensure_who: asks who we are, where that is not known yet */
gboolean mos_messenger_ensure_who (MosMessengerChannel *self, MosMessengerSession *session, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_messenger_pace: waits until a question may be asked: two a second are, for all threads of an account together. Returns: %FALSE with G_IO_ERROR_CANCELLED */
gboolean mos_messenger_pace (MosMessengerChannel *self, GCancellable *cancellable, GError **error);
/** mos_messenger_note_answer: a question was answered: however long it was on its way, the next one arrives no sooner behind it than it may */
void mos_messenger_note_answer (MosMessengerChannel *self);
/** mos_messenger_is_sent_here: Returns: whether the message @id was sent by this channel, since it is there. Any thread */
gboolean mos_messenger_is_sent_here (MosMessengerChannel *self, const char *id);
/** mos_messenger_fields: Returns: (nullable): the @n-th list of a message's members, the longest first; %NULL behind the last */
const char *mos_messenger_fields (guint n);

/* mos-messenger-look.c */
/** mos_messenger_look_sync: as poll_sync() of #MosChatChannelClass */
MosChatBatch *mos_messenger_look_sync (MosMessengerChannel *self, MosMessengerSession *session, GHashTable *cursors, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/* mos-messenger-token.c */
/**
 * mos_messenger_renew_sync: renews the token where it is time to, and has it kept
 * @ret_renewed: (out) (transfer full) (nullable): cursors that changed by it
 *
 * That it cannot be renewed now is no trouble yet. Returns: %FALSE where the line is broken, or it was cancelled
 */
gboolean mos_messenger_renew_sync (MosMessengerChannel *self, MosMessengerSession *session, GHashTable *cursors, GHashTable **ret_renewed, GCancellable *cancellable, GError **error);
/** mos_messenger_put_token: for all threads: @token is the one from now on */
void mos_messenger_put_token (MosMessengerChannel *self, const char *token);
/** mos_messenger_follow_token: what another thread put holds for @session, too */
void mos_messenger_follow_token (MosMessengerChannel *self, MosMessengerSession *session);

/* mos-messenger-send.c */
/**
 * mos_messenger_build_message: what is sent for one part (docs/messenger-platform/reference/send-api). A pure function
 * @attachment: (nullable): id of the file of @part, uploaded before; or @url: (nullable): where it is fetched; one of them where it has a file
 * @is_tagged: the usual window is over
 *
 * Returns: (transfer full)
 */
JsonNode *mos_messenger_build_message (const MosChatOutgoing *outgoing, const MosChatPart *part, const char *attachment, const char *url, gboolean is_tagged);
/** mos_messenger_build_attachment: what is said of a file that is uploaded. Returns: (transfer full): JSON */
char *mos_messenger_build_attachment (const MosChatPart *part);

G_END_DECLS

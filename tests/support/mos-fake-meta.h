/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosFakeMeta: the part of Meta's Graph API that Messenger and Instagram are read and sent by, with the rules of its documentation (developers.facebook.com:
 * docs/messenger-platform/conversations, docs/instagram-platform/instagram-api-with-instagram-login/conversations-api, docs/messenger-platform/reference/send-api,
 * docs/graph-api/guides/error-handling, docs/instagram-platform/reference/refresh_access_token):
 *
 * a token in a header; lists newest first, with places of the next page and no way to ask by time; all messages of a conversation are listed, and details told of the newest 20 alone;
 * ISO 8601 times in whole seconds; people by ids of the Page's own; text of 2000 characters, on Instagram of 1000 bytes; files uploaded to Messenger alone; signed addresses of files on
 * another server, which must not see the token; errors as {"error": {"message", "type", "code", "error_subcode"}}. Functions are for the test's thread.
 */
typedef struct _MosFakeMeta MosFakeMeta;

typedef enum
{
  MOS_FAKE_META_BUSY,      /* code 4 */
  MOS_FAKE_META_LIMITED,   /* code 80006, and the header says that it takes 7 minutes */
  MOS_FAKE_META_BROKEN,    /* 503 of something before it */
  MOS_FAKE_META_UNKNOWN,   /* code 1 */
  MOS_FAKE_META_REFUSED,   /* code 551 */
  MOS_FAKE_META_FORBIDDEN, /* code 200: a permission is missing */
  MOS_FAKE_META_REVOKED,   /* code 190 */
  MOS_FAKE_META_LOST,      /* it is done, and the line breaks before the answer */
  MOS_FAKE_META_HALF,      /* half an answer */
  MOS_FAKE_META_HELD,      /* no answer, until that is over */
  MOS_FAKE_META_FULL,      /* it answers, and says that the allotment is nearly used up */
} MosFakeMetaFault;

#define MOS_FAKE_META_PAGE "1066700123456789"
#define MOS_FAKE_META_ACCOUNT "17841400001234567"
#define MOS_FAKE_META_USERNAME "mugshop"
#define MOS_FAKE_META_TOKEN "EAAmugshop0123456789"
#define MOS_FAKE_META_INSTAGRAM_TOKEN "IGAAmugshop0123456789"

/** mos_fake_meta_new: @kind: "messenger", "instagram"; @by_page: by the Page's token */
MosFakeMeta *mos_fake_meta_new (const char *kind, gboolean by_page);
void mos_fake_meta_free (MosFakeMeta *self);
const char *mos_fake_meta_get_url (MosFakeMeta *self);

/** mos_fake_meta_say: the person of the id @from writes to us; @ago_us: so long ago; @data: (nullable): with a picture. Returns: (transfer full): its id */
char *mos_fake_meta_say (MosFakeMeta *self, const char *from, const char *text, gint64 ago_us, GBytes *data);
/** mos_fake_meta_say_raw: the same with a message that is told as @json says, in which "id", "created_time", "from" and "to" are put where they are missing */
char *mos_fake_meta_say_raw (MosFakeMeta *self, const char *from, const char *json);
/** mos_fake_meta_send_elsewhere: another program of the owner's writes to @to. Returns: (transfer full): its id */
char *mos_fake_meta_send_elsewhere (MosFakeMeta *self, const char *to, const char *text, gint64 ago_us);
/** mos_fake_meta_pass_time: its clock goes on by @us */
void mos_fake_meta_pass_time (MosFakeMeta *self, gint64 us);

/** mos_fake_meta_set_mixed: lists of conversations are out of order, and tell some twice */
void mos_fake_meta_set_mixed (MosFakeMeta *self, gboolean mixed);
/** mos_fake_meta_set_strict: of older messages than the newest 20 it does not say less, but "deleted", to whoever asks for details */
void mos_fake_meta_set_strict (MosFakeMeta *self, gboolean strict);
/** mos_fake_meta_set_unknown_field: (nullable): a member of a message that it knows nothing of, and says so: error 100 */
void mos_fake_meta_set_unknown_field (MosFakeMeta *self, const char *field);
/** mos_fake_meta_set_window: @open: whether it may be answered freely; @humans: whether people have longer */
void mos_fake_meta_set_window (MosFakeMeta *self, gboolean open, gboolean humans);
/** mos_fake_meta_end_files: addresses of files that lists tell are good no more; who asks for a message alone is told another */
void mos_fake_meta_end_files (MosFakeMeta *self);
/** mos_fake_meta_set_renewable: @can: whether a token can be renewed */
void mos_fake_meta_set_renewable (MosFakeMeta *self, gboolean can);
/** mos_fake_meta_add_token: one more that it takes */
void mos_fake_meta_add_token (MosFakeMeta *self, const char *token);
/** mos_fake_meta_end_old_tokens: only the newest one is taken */
void mos_fake_meta_end_old_tokens (MosFakeMeta *self);

/** mos_fake_meta_fail: the next @times requests whose path contains @where fail so. @where: (nullable): any; "POST": what is sent; @times: 0 ends it */
void mos_fake_meta_fail (MosFakeMeta *self, const char *where, MosFakeMetaFault fault, guint times);
/** mos_fake_meta_dup_sent: Returns: (transfer full): texts that arrived from us by the API, in order; a file as "[name]"; with "#" before it where it was tagged */
GPtrArray *mos_fake_meta_dup_sent (MosFakeMeta *self);
/** mos_fake_meta_dup_last_post: Returns: (transfer full) (nullable): the JSON of what was sent last */
char *mos_fake_meta_dup_last_post (MosFakeMeta *self);
/** mos_fake_meta_count: requests so far whose path contains @where (nullable) */
guint mos_fake_meta_count (MosFakeMeta *self, const char *where);
/** mos_fake_meta_count_most: Returns: the most questions (GET) that came within any second */
guint mos_fake_meta_count_most (MosFakeMeta *self);
/** mos_fake_meta_saw_token: Returns: whether the server of the files was ever given an Authorization header */
gboolean mos_fake_meta_saw_token (MosFakeMeta *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosFakeMeta, mos_fake_meta_free)

G_END_DECLS

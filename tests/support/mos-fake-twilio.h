/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosFakeTwilio: the part of Twilio's API 2010-04-01 that a number's messages are read and sent by, with the rules of its description (twilio_api_v2010.json):
 *
 * Basic authentication; lists newest first, in pages of 1 to 1000 with the path of the next; a day filter on when it was sent; RFC 2822 dates; num_media as text; a
 * body of 1600 characters at most; media behind a redirection to another server, which must not see the key; calls that nobody took. Functions are for the test's thread.
 */
typedef struct _MosFakeTwilio MosFakeTwilio;

typedef enum
{
  MOS_FAKE_TWILIO_BUSY,    /* 429, code 20429 */
  MOS_FAKE_TWILIO_BROKEN,  /* 503 of something before it */
  MOS_FAKE_TWILIO_REFUSED, /* 400, code 21610: wrote STOP */
  MOS_FAKE_TWILIO_WINDOW,  /* 400, code 63016 */
  MOS_FAKE_TWILIO_LOST,    /* it is done, and the line breaks before the answer */
  MOS_FAKE_TWILIO_HALF,    /* half an answer */
  MOS_FAKE_TWILIO_REVOKED, /* 401, code 20003 */
  MOS_FAKE_TWILIO_HELD,    /* no answer, until that is over */
} MosFakeTwilioFault;

#define MOS_FAKE_TWILIO_SID "AC0123456789abcdef0123456789abcdef"
#define MOS_FAKE_TWILIO_TOKEN "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"

/** mos_fake_twilio_new: @number: ours there */
MosFakeTwilio *mos_fake_twilio_new (const char *number);
void mos_fake_twilio_free (MosFakeTwilio *self);
const char *mos_fake_twilio_get_url (MosFakeTwilio *self);

/** mos_fake_twilio_say: @from writes to us; @ago_us: so long ago; @data: (nullable): with a picture. Returns: (transfer full): its sid */
char *mos_fake_twilio_say (MosFakeTwilio *self, const char *from, const char *text, gint64 ago_us, GBytes *data);
/** mos_fake_twilio_send_elsewhere: another program of the owner's writes to @to. Returns: (transfer full): its sid */
char *mos_fake_twilio_send_elsewhere (MosFakeTwilio *self, const char *to, const char *text, gint64 ago_us);
/** mos_fake_twilio_call: @from calls us, and nobody takes it */
void mos_fake_twilio_call (MosFakeTwilio *self, const char *from);
/** mos_fake_twilio_set_status: @sid: (nullable): the last one that was sent; @code: 0 = none */
void mos_fake_twilio_set_status (MosFakeTwilio *self, const char *sid, const char *status, int code, const char *words);
/** mos_fake_twilio_pass_time: its clock goes on by @us */
void mos_fake_twilio_pass_time (MosFakeTwilio *self, gint64 us);

/** mos_fake_twilio_fail: the next @times requests whose path contains @where fail so. @where: (nullable): any; "POST": what is sent; @times: 0 ends it */
void mos_fake_twilio_fail (MosFakeTwilio *self, const char *where, MosFakeTwilioFault fault, guint times);
/** mos_fake_twilio_dup_sent: Returns: (transfer full): texts that arrived from us by the API, in order */
GPtrArray *mos_fake_twilio_dup_sent (MosFakeTwilio *self);
/** mos_fake_twilio_count: requests so far */
guint mos_fake_twilio_count (MosFakeTwilio *self);
/** mos_fake_twilio_saw_key: Returns: whether the server that media are redirected to was ever given an Authorization header */
gboolean mos_fake_twilio_saw_key (MosFakeTwilio *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosFakeTwilio, mos_fake_twilio_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosFakeWhatsapp: the part of Meta's Graph API that a number of WhatsApp's sends by, and the letter box that what it brings lies in, both at one address; with the rules of the
 * description (meta-business-messaging-api_v23.0.yaml) and of mostrador-relay.php: a bearer token; "to" is a text; media are uploaded first, and told apart from messages;
 * letters are forgotten up to the one that is named. Functions are for the test's thread.
 */
typedef struct _MosFakeWhatsapp MosFakeWhatsapp;

typedef enum
{
  MOS_FAKE_WHATSAPP_BUSY,    /* 429 */
  MOS_FAKE_WHATSAPP_WINDOW,  /* 400, code 131047 */
  MOS_FAKE_WHATSAPP_REFUSED, /* 400, code 131026 */
  MOS_FAKE_WHATSAPP_LOST,    /* it is done, and the line breaks before the answer */
  MOS_FAKE_WHATSAPP_REVOKED, /* 401, code 190; of the letter box its own 401 */
  MOS_FAKE_WHATSAPP_HELD,    /* no answer, until that is over */
} MosFakeWhatsappFault;

#define MOS_FAKE_WHATSAPP_NUMBER "1122334455667"
#define MOS_FAKE_WHATSAPP_SECRET "EAAtoken\nletter-box-key"

MosFakeWhatsapp *mos_fake_whatsapp_new (void);
void mos_fake_whatsapp_free (MosFakeWhatsapp *self);
/** mos_fake_whatsapp_get_url: of the Graph API; the letter box is at "/relay" below it */
const char *mos_fake_whatsapp_get_url (MosFakeWhatsapp *self);

/** mos_fake_whatsapp_put: a webhook lies in the letter box */
void mos_fake_whatsapp_put (MosFakeWhatsapp *self, const char *json);
/** mos_fake_whatsapp_renew_box: another letter box is in its place, empty, which counts from 1 */
void mos_fake_whatsapp_renew_box (MosFakeWhatsapp *self);
/** mos_fake_whatsapp_say: @data: (nullable): with a document. Returns: (transfer full): the message's id */
char *mos_fake_whatsapp_say (MosFakeWhatsapp *self, const char *from, const char *text, GBytes *data);
void mos_fake_whatsapp_edit (MosFakeWhatsapp *self, const char *from, const char *id, const char *text);
void mos_fake_whatsapp_withdraw (MosFakeWhatsapp *self, const char *from, const char *id);
/** mos_fake_whatsapp_tell: what became of the last message that was sent; with what we gave it. @code: 0 = no error */
void mos_fake_whatsapp_tell (MosFakeWhatsapp *self, const char *status, int code);

/** mos_fake_whatsapp_tell_always: what is sent from here on is told to be delivered, at once */
void mos_fake_whatsapp_tell_always (MosFakeWhatsapp *self);
/** mos_fake_whatsapp_fail: the next @times requests whose path contains @where fail so. @where: (nullable): any; @times: 0 ends it */
void mos_fake_whatsapp_fail (MosFakeWhatsapp *self, const char *where, MosFakeWhatsappFault fault, guint times);
/** mos_fake_whatsapp_dup_sent: Returns: (transfer full): texts that arrived, in order; a file as "[name] caption" */
GPtrArray *mos_fake_whatsapp_dup_sent (MosFakeWhatsapp *self);
/** mos_fake_whatsapp_dup_sign: Returns: (transfer full) (nullable): our sign at the message that is called @id */
char *mos_fake_whatsapp_dup_sign (MosFakeWhatsapp *self, const char *id);
/** mos_fake_whatsapp_count: requests so far */
guint mos_fake_whatsapp_count (MosFakeWhatsapp *self);
/** mos_fake_whatsapp_count_letters: what is not yet forgotten */
guint mos_fake_whatsapp_count_letters (MosFakeWhatsapp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosFakeWhatsapp, mos_fake_whatsapp_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/phone/mos-asterisk-cdr.h"

G_BEGIN_DECLS

/**
 * MosAmi:
 *
 * What the manager interface of Asterisk says as it happens, made into calls: "Key: value" lines, an empty line behind each packet. The channels of one call have one Linkedid: they are
 * one call. It is over when its last channel is; records of it (events "Cdr") come a moment later, and are waited for. No input, no output; of one thread.
 */
typedef struct _MosAmi MosAmi;

MosAmi *mos_ami_new (void);
void mos_ami_free (MosAmi *self);
/**
 * mos_ami_take_line:
 * @line: valid UTF-8, without its end
 * @now_us: any clock that does not jump
 *
 * Returns: whether it ended a packet: then mos_ami_get() asks about that one until the next line
 */
gboolean mos_ami_take_line (MosAmi *self, const char *line, gint64 now_us);
/** mos_ami_get: Returns: (transfer none): a value of the packet that has just ended; "" where it has none */
const char *mos_ami_get (MosAmi *self, const char *key);
/**
 * mos_ami_begin_list: another line is open: what is there is asked for next ("CoreShowChannels", or "Status"), and each channel that is told is taken up
 */
void mos_ami_begin_list (MosAmi *self);
/**
 * mos_ami_end_list: all that is there was told, or nobody may ask. What is not known as ringing yet rings; what is not there any more ended while nobody listened: whether somebody was spoken to is
 * %MOS_CALL_UNKNOWN where that was not heard before, and no record comes
 */
void mos_ami_end_list (MosAmi *self, gint64 now_us);
/** mos_ami_has_calls: whether it knows of anything that another line should go on with */
gboolean mos_ami_has_calls (MosAmi *self);
/** mos_ami_take_ringing: Returns: (transfer full) (nullable): a call that has just begun to ring here */
MosPhoneCall *mos_ami_take_ringing (MosAmi *self);
/** mos_ami_take_done: Returns: (transfer full) (nullable): a call that is over, and all is known of. @ret_next_us: (out): where there is none: when to ask again, by the same clock; 0 = none is waited for */
MosPhoneCall *mos_ami_take_done (MosAmi *self, gint64 now_us, gint64 *ret_next_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosAmi, mos_ami_free)

G_END_DECLS

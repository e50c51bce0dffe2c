/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-enums.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Immutable boxed values. Fill one right after _new(), before anybody else sees it; from then on nobody writes to it,
 * so it may cross threads. Strings are UTF-8 and owned by the value; "(nullable)" fields may be NULL, all others are never NULL. */

#define MOS_DECLARE_VALUE(Type, name)   \
  GType mos_##name##_get_type (void);   \
  Type *mos_##name##_new (void);        \
  Type *mos_##name##_ref (Type *self);  \
  void mos_##name##_unref (Type *self); \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, mos_##name##_unref)

/* In one .c: MOS_DEFINE_VALUE (MosAddress, mos_address, address), with static void mos_address_clear (MosAddress *) before it. */
#define MOS_DEFINE_VALUE(Type, name)                                             \
  G_DEFINE_BOXED_TYPE (Type, mos_##name, mos_##name##_ref, mos_##name##_unref)   \
  Type *mos_##name##_new (void) { return g_atomic_rc_box_new0 (Type); }          \
  Type *mos_##name##_ref (Type *self) { return g_atomic_rc_box_acquire (self); } \
  void mos_##name##_unref (Type *self)                                           \
  {                                                                              \
    g_atomic_rc_box_release_full (self, (GDestroyNotify) mos_##name##_clear);    \
  }

/**
 * MosAddress:
 * @name: (nullable): display name
 * @address: the address as written, or "" when there is none
 */
typedef struct
{
  char *name;
  char *address;
} MosAddress;
MOS_DECLARE_VALUE (MosAddress, address)
MosAddress *mos_address_make (const char *name, const char *address);

/**
 * MosAttachment:
 * @name: a safe file name, never empty, no path in it
 * @type: media type, lower case
 * @size: bytes after decoding
 * @is_inline: shown within the text (a cid: image), not listed below it
 * @content_id: (nullable): without angle brackets
 * @sha256: (nullable): hex, once it is in the blob store or was computed
 * @data: (nullable): the decoded bytes, where they are at hand
 * @file_kind, @duration_ms: of a chat's file: how it is shown, how long it is heard or seen (0 = not known)
 * @is_coming: of a chat's file: it is still to be fetched; @why: (nullable): why it is not here, a code
 */
typedef struct
{
  char *name;
  char *type;
  guint64 size;
  gboolean is_inline;
  char *content_id;
  char *sha256;
  GBytes *data;
  MosFileKind file_kind;
  guint duration_ms;
  gboolean is_coming;
  char *why;
} MosAttachment;
MOS_DECLARE_VALUE (MosAttachment, attachment)

/**
 * MosBounce:
 *
 * What a report says about one recipient: of a bounce, and (with another @action than "failed" or "delayed") of a delivery report.
 *
 * @recipient: the address it is about, "" where the report names nobody
 * @status: (nullable): enhanced status "5.1.1" (RFC 3463)
 * @hard: no retry will help
 * @original_message_id: (nullable): without angle brackets
 * @diagnostic: (nullable): the server's own words
 * @action: (nullable): "failed", "delayed", "delivered", "relayed" or "expanded" (RFC 3464 §2.3.3); %NULL where the report says none
 * @envelope_id: (nullable): Original-Envelope-Id, what we gave as ENVID when it was sent (RFC 3464 §2.2.1)
 */
typedef struct
{
  char *recipient;
  char *status;
  gboolean hard;
  char *original_message_id;
  char *diagnostic;
  char *action;
  char *envelope_id;
} MosBounce;
MOS_DECLARE_VALUE (MosBounce, bounce)
/** mos_bounce_is_done: whether it reports a success: delivered, relayed or expanded */
gboolean mos_bounce_is_done (const MosBounce *self);

G_END_DECLS

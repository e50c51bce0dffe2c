/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-values.h"

static void
mos_address_clear (MosAddress *self)
{
  g_free (self->name);
  g_free (self->address);
}

MOS_DEFINE_VALUE (MosAddress, address)

/**
 * mos_address_make:
 * @name: (nullable): display name
 * @address: (nullable): the address
 *
 * Returns: (transfer full): a new #MosAddress
 */
MosAddress *
mos_address_make (const char *name,
                  const char *address)
{
  MosAddress *self = mos_address_new ();

  self->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  self->address = g_strdup (address != NULL ? address : "");
  return self;
}

static void
mos_attachment_clear (MosAttachment *self)
{
  g_free (self->name);
  g_free (self->type);
  g_free (self->content_id);
  g_free (self->sha256);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->why);
}

MOS_DEFINE_VALUE (MosAttachment, attachment)

static void
mos_bounce_clear (MosBounce *self)
{
  g_free (self->recipient);
  g_free (self->status);
  g_free (self->original_message_id);
  g_free (self->diagnostic);
  g_free (self->action);
  g_free (self->envelope_id);
}

MOS_DEFINE_VALUE (MosBounce, bounce)

gboolean
mos_bounce_is_done (const MosBounce *self)
{
  static const char *const done[] = { "delivered", "relayed", "expanded", NULL };

  return self->action != NULL && g_strv_contains (done, self->action);
}

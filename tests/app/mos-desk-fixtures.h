/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "mos-test-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A shop without network: one account, one customer, conversations of as many messages as wanted. */
typedef struct
{
  MosTestStore *store;
  MosDesk *desk;
  char *customer;
  char *identity;
  gint64 at_us; /* when the next message comes */
  guint n;
} MosDeskFixture;

MosDeskFixture *mos_desk_fixture_new (void);
/** mos_desk_fixture_restart: what a kill and a new start do: nothing is told to anybody, the same profile is opened again. */
void mos_desk_fixture_restart (MosDeskFixture *self);
void mos_desk_fixture_free (MosDeskFixture *self);
/** mos_desk_fixture_add_conversation: Returns: (transfer full): its id; with @n_messages in turn from the customer and from us */
char *mos_desk_fixture_add_conversation (MosDeskFixture *self, const char *subject, guint n_messages);
/** mos_desk_fixture_add_message: a message that comes now */
void mos_desk_fixture_add_message (MosDeskFixture *self, const char *conversation, MosDirection direction, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosDeskFixture, mos_desk_fixture_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/model/mos-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Made-up values for the tests of the conversation and the composer. */

/** mos_fixture_row: Returns: (transfer full): a message with every field that is never NULL filled; change it before anybody else sees it */
MosMessageRow *mos_fixture_row (const char *id, MosDirection direction, const char *text);
/** mos_fixture_message: Returns: (transfer full): @row (transfer full) in a message of the main context */
MosMessage *mos_fixture_message (MosMessageRow *row);
/** mos_fixture_addresses: Returns: (transfer full): array of addresses from "Name <address>, ..." */
GPtrArray *mos_fixture_addresses (const char *text);
/** mos_fixture_draft: Returns: (transfer full): a draft with nothing in it */
MosDraft *mos_fixture_draft (const char *kind);
/** mos_fixture_attachment: Returns: (transfer full) */
MosAttachment *mos_fixture_attachment (const char *name, const char *type, guint64 size);

/** mos_fixture_find: Returns: (transfer none) (nullable): the first visible widget below @widget of @type whose accessible label is @label (nullable: any) */
GtkWidget *mos_fixture_find (GtkWidget *widget, GType type, const char *label);
/** mos_fixture_find_text: Returns: (transfer none) (nullable): the first visible label below @widget that contains @text */
GtkWidget *mos_fixture_find_text (GtkWidget *widget, const char *text);

G_END_DECLS

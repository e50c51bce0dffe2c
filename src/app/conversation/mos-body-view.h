/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-html-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosBodyView:
 *
 * The text of one message: native, selectable, read-only. Links open by click,
 * or by Return at the caret. Quoted history and signature are left out while it
 * is folded. Owned by the message's bubble.
 *
 * Signals:
 *  - `activate-link (char *url, char *text)`
 *  - `activate-image (int index)`: a picture that is shown, outside of links; into the document's images
 *
 * Where links lead goes to the action `conversation.point-at-link` of whoever is above ("" = no link).
 */
#define MOS_TYPE_BODY_VIEW (mos_body_view_get_type ())
G_DECLARE_FINAL_TYPE (MosBodyView, mos_body_view, MOS, BODY_VIEW, GtkTextView)

GtkWidget *mos_body_view_new (void);
/** mos_body_view_set_document: @document: (transfer none): shown from now on, folded where it can be */
void mos_body_view_set_document (MosBodyView *self, MosHtmlDocument *document);
MosHtmlDocument *mos_body_view_get_document (MosBodyView *self);
gboolean mos_body_view_can_fold (MosBodyView *self);
void mos_body_view_set_folded (MosBodyView *self, gboolean folded);
gboolean mos_body_view_get_folded (MosBodyView *self);
/** mos_body_view_set_snug: @snug: it wishes to be as wide as its longest line, within bounds, and not as wide as it can: a few words in a chat */
void mos_body_view_set_snug (MosBodyView *self, gboolean snug);
/** mos_body_view_set_image: @texture: (nullable): shows a picture in its place; %NULL says that it cannot be shown */
void mos_body_view_set_image (MosBodyView *self, guint index, GdkTexture *texture);
/** mos_body_view_get_image: Returns: (transfer none) (nullable): what mos_body_view_set_image() put in its place, in its own size */
GdkTexture *mos_body_view_get_image (MosBodyView *self, guint index);

G_END_DECLS

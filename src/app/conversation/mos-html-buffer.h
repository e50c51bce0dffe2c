/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-html-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A parsed mail body set into a text buffer: words, structure and links with tags, pictures as anchors. */

/** MosBodyLink: where a link lies in the buffer (character offsets) and where it leads; @url is owned by the document */
typedef struct
{
  int start;
  int end;
  const char *url;
} MosBodyLink;

/**
 * MosBodyImageFunc:
 * @index: into the document's images
 * @iter: where it stands; the function inserts there (an anchor) and leaves @iter behind it
 */
typedef void (*MosBodyImageFunc) (GtkTextBuffer *buffer, GtkTextIter *iter, guint index, gpointer user_data);

/**
 * mos_html_buffer_append:
 * @buffer: gets its tags on demand; never share its tag table
 * @from, @to: which blocks; @to is not included
 * @context: (nullable): to measure the columns of tables; %NULL sets tables as lines
 * @links: array of #MosBodyLink, appended to, in order
 * @image_func: (nullable): %NULL writes the alternative text
 *
 * Appends blocks at the end of @buffer. Main context; makes no network access.
 */
void mos_html_buffer_append (GtkTextBuffer *buffer, const MosHtmlDocument *document, guint from, guint to, PangoContext *context, GArray *links, MosBodyImageFunc image_func, gpointer user_data);

/** mos_html_buffer_set_colors: gives links and quotes their colours; again when light turns dark. */
void mos_html_buffer_set_colors (GtkTextBuffer *buffer, const GdkRGBA *link, const GdkRGBA *quote);

/** mos_body_link_is_deceptive: Returns: whether @text names another host than @url leads to, so that a person should be asked */
gboolean mos_body_link_is_deceptive (const char *text, const char *url);

/** mos_body_link_is_forged: Returns: whether the host of @url mixes alphabets whose letters look alike, or is written in Punycode, so that its name should be shown first */
gboolean mos_body_link_is_forged (const char *url);
/** mos_body_link_target: Returns: (transfer full): where @url leads, as it is to be shown: with the host's true letters beside Punycode */
char *mos_body_link_target (const char *url);

G_END_DECLS

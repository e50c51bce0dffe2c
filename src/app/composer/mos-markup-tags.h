/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mos_markup_tags_attach: shows in @buffer what its marks (mos-markup.h) mean: bold is bold, the marks are dimmed
 *
 * A change costs the lines that it touches, no others. Tags named "markup-bold", "-italic", "-link", "-quote" and "-mark". Main context only.
 */
void mos_markup_tags_attach (GtkTextBuffer *buffer);

/** mos_markup_tags_show_unchecked: to be called once a spell checker watches @buffer: it leaves addresses alone from then on */
void mos_markup_tags_show_unchecked (GtkTextBuffer *buffer);
/** mos_markup_tags_set_enabled: %FALSE: the text has no marks, and is shown as it is. Needs mos_markup_tags_attach() */
void mos_markup_tags_set_enabled (GtkTextBuffer *buffer, gboolean enabled);

G_END_DECLS

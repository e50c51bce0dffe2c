/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-markup.h"

G_BEGIN_DECLS

/* What a line says, in its order: offsets are bytes of the line, and every byte but those of a line's prefix is in one text, mark or url. */
typedef struct
{
  void (*text) (gsize start, gsize end, gpointer data);
  void (*mark) (gsize start, gsize end, gpointer data);
  void (*enter) (MosMarkupStyle style, gsize start, gsize end, const char *url, gpointer data);
  void (*leave) (MosMarkupStyle style, gpointer data);
  /* an address that stands in the text as it is */
  void (*url) (gsize start, gsize end, const char *url, gpointer data);
} MosMarkupVisitor;

/** mos_markup_walk_line: reads @line from @start to @length; its prefix is not looked at */
void mos_markup_walk_line (const char *line, gsize start, gsize length, const MosMarkupVisitor *visitor, gpointer data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosChoices:
 *
 * What is offered below a text while one types: a popover with a list. The
 * keyboard stays in the text all the while; whoever has it passes its keys to
 * mos_choices_take_key(), and the choice that they lead to is spoken.
 *
 * Signals:
 *  - `taken (gpointer data)`: a choice, by key or by pointer; it is closed already
 */
#define MOS_TYPE_CHOICES (mos_choices_get_type ())
G_DECLARE_FINAL_TYPE (MosChoices, mos_choices, MOS, CHOICES, GObject)

/**
 * mos_choices_new:
 * @parent: (transfer none): what it is placed below
 * @text: (transfer none): what has the keyboard; both are there as long as this
 * @title: what is offered, for assistive tools
 */
MosChoices *mos_choices_new (GtkWidget *parent, GtkWidget *text, const char *title);
void mos_choices_clear (MosChoices *self);
/** mos_choices_add: @shown is read, with @description (nullable) beside it; @data: (transfer full), freed with @destroy */
void mos_choices_add (MosChoices *self, const char *shown, const char *description, gpointer data, GDestroyNotify destroy);
guint mos_choices_get_n (MosChoices *self);
/** mos_choices_show: what was added; nothing closes it. @select: the first one is taken by Return, else only what the arrows lead to. */
void mos_choices_show (MosChoices *self, gboolean select);
void mos_choices_close (MosChoices *self);
gboolean mos_choices_is_open (MosChoices *self);
/** mos_choices_point_to: @place: of the parent */
void mos_choices_point_to (MosChoices *self, const GdkRectangle *place);
/** mos_choices_take_key: arrows, Escape, Return and Tab. Returns: whether it was one for the choices */
gboolean mos_choices_take_key (MosChoices *self, guint keyval, GdkModifierType state);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** MosMacroAnswered: @answers: (nullable): question -> answer; %NULL = the person changed her mind. Called once, also where nothing was to be asked */
typedef void (*MosMacroAnswered) (GHashTable *answers, gpointer user_data);

/**
 * mos_macro_ask: a small dialog with what a macro asks before it stands
 * @title: the macro's name
 * @questions: (element-type MosTemplateQuestion): may be empty: nothing is shown then
 *
 * What is left empty stays open in the text.
 */
void mos_macro_ask (GtkWidget *parent, const char *title, GPtrArray *questions, MosMacroAnswered answered, gpointer user_data);
/** mos_macro_ask_again: the same; @before: (nullable) (element-type utf8 utf8): what was answered before, question → answer; @label: of the button that takes the answers, with a mnemonic */
void mos_macro_ask_again (GtkWidget *parent, const char *title, GPtrArray *questions, GHashTable *before, const char *label, MosMacroAnswered answered, gpointer user_data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/macros/mos-macro-editor.h"

G_BEGIN_DECLS

/* Shared by the files of MosMacroEditor. */
struct _MosMacroEditor
{
  AdwNavigationPage parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  GtkWidget *cancel_button;
  GtkWidget *save_button;
  GtkLabel *problem;
  AdwEntryRow *name_row;
  AdwEntryRow *shortcode_row;
  AdwEntryRow *folder_row;
  AdwSwitchRow *notes_row;
  AdwSwitchRow *mine_row;
  GtkDropDown *language_choice;
  GtkMenuButton *add_language;
  GtkMenuButton *insert_button;
  GtkTextView *text_view;
  GtkListBox *problems;
  GtkTextView *preview;
  GtkLabel *preview_for;
  GtkListBox *actions;
  GtkMenuButton *add_action;
  GtkListBox *files;
  GtkLabel *outcome;
  GtkWidget *existing; /* what there is only for one that is saved */

  MosDesk *desk;        /* (owned) */
  MosMacro *macro;      /* (owned): as it is written now: changed in place, seen by nobody else */
  char *conversation;   /* (owned) (nullable) */
  char *language;       /* (owned): of the text that is shown */
  MosMacroFacts *facts; /* (owned) (nullable): of whom the preview is for */
  GCancellable *cancellable;
  guint check_id;
  gboolean is_setting; /* the program writes into the fields, not a person */
  gboolean is_changed;
  gboolean is_saving;
};

/* something was changed by the person */
void mos_macro_editor_touch (MosMacroEditor *self);

/* mos-macro-editor-text.c */
void mos_macro_editor_init_text (MosMacroEditor *self);
/* once the macro is there */
void mos_macro_editor_open_text (MosMacroEditor *self);
void mos_macro_editor_dispose_text (MosMacroEditor *self);
/* of its list of problems */
void mos_macro_editor_on_problem_activated (MosMacroEditor *self, GtkListBoxRow *row);
/* Returns: whether every text is one that a message can be made of; else the first that is not is shown */
gboolean mos_macro_editor_check_texts (MosMacroEditor *self);

/* mos-macro-editor-actions.c */
void mos_macro_editor_init_actions (MosMacroEditor *self);
void mos_macro_editor_show_actions (MosMacroEditor *self);
void mos_macro_editor_show_files (MosMacroEditor *self);
void mos_macro_editor_attach (MosMacroEditor *self);
/* Returns: (transfer full) (nullable): what is wrong with what it does */
char *mos_macro_editor_describe_bad_action (MosMacroEditor *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MOS_SHORTCUT_SECTION_GENERAL,
  MOS_SHORTCUT_SECTION_VIEWS,
  MOS_SHORTCUT_SECTION_LIST,
  MOS_SHORTCUT_SECTION_CONVERSATION,
  MOS_SHORTCUT_SECTION_WRITING,
} MosShortcutSection;
#define MOS_SHORTCUT_N_SECTIONS (MOS_SHORTCUT_SECTION_WRITING + 1)

/**
 * MosShortcutScope: who listens for the accelerators
 * @MOS_SHORTCUT_SCOPE_APP: gtk_application_set_accels_for_action(): before every widget
 * @MOS_SHORTCUT_SCOPE_WINDOW: the window, after the focused widget had its chance (keys that text fields use themselves)
 * @MOS_SHORTCUT_SCOPE_WIDGET: the widget that has the action, before its children (a text view swallows Return with any modifier)
 */
typedef enum
{
  MOS_SHORTCUT_SCOPE_APP,
  MOS_SHORTCUT_SCOPE_WINDOW,
  MOS_SHORTCUT_SCOPE_WIDGET,
} MosShortcutScope;

/**
 * MosShortcut: one line of the one table
 * @action: detailed action name, "conversation.priority('high')"
 * @accels: up to two accelerators, as gtk_accelerator_parse() takes them; the first is shown in menus
 * @key: (nullable): single key ("j", "<Shift>e", "question"), only without a focused text field and when switched on
 * @title: untranslated; mos_shortcut_get_title() translates
 */
typedef struct
{
  const char *action;
  const char *accels[3];
  const char *key;
  const char *title;
  MosShortcutSection section;
  MosShortcutScope scope;
} MosShortcut;

const MosShortcut *mos_shortcuts_get (guint *ret_n);
/** mos_shortcuts_find: Returns: (transfer none) (nullable): the row of a detailed action name */
const MosShortcut *mos_shortcuts_find (const char *action);
const char *mos_shortcut_get_title (const MosShortcut *self);
const char *mos_shortcut_section_get_title (MosShortcutSection section);

/** mos_shortcuts_install_app: the accelerators of scope APP, as the keymap has them; follows its changes. One that edits text is left to the window */
void mos_shortcuts_install_app (GtkApplication *app);

/** mos_shortcuts_set_suspended: @widget: in a window whose accelerators of scope APP, which come before every widget, do nothing for as long: somebody is asked for a key */
void mos_shortcuts_set_suspended (GtkWidget *widget, gboolean suspended);

/** mos_shortcuts_install_window: the accelerators of scope WINDOW, and the single keys, which obey the setting "single-key-shortcuts" */
void mos_shortcuts_install_window (GtkWindow *window);

/** mos_shortcuts_set_always: @actions: (nullable): static, %NULL-terminated: whose single keys work in @window though they are switched off */
void mos_shortcuts_set_always (GtkWindow *window, const char *const *actions);

/**
 * mos_shortcuts_install_widget:
 * @widget: the widget that has the actions
 * @prefix: "composer."
 *
 * The accelerators of scope WIDGET whose action starts with @prefix, caught before @widget's children see the key.
 * While the focus is anywhere in @widget no single key acts.
 */
void mos_shortcuts_install_widget (GtkWidget *widget, const char *prefix);

/** mos_shortcuts_install_dialog: the key of the help: libadwaita keeps those of the window from a dialog that lies over it */
void mos_shortcuts_install_dialog (GtkWidget *dialog);

/** mos_shortcut_is_editing: Returns: whether the focus of @window is where letters are typed, or anywhere in a dialog or in a widget with own keys */
gboolean mos_shortcut_is_editing (GtkWindow *window);

G_END_DECLS

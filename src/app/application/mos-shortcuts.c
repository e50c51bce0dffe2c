/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-shortcuts.h"

#include "app/application/mos-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The one table. It sets the accelerators, the single keys and the shortcuts page.
 * No Alt+letter and no Ctrl+Alt: AltGr types letters with them in Polish, Czech, German...
 * No Ctrl+Shift+U (input methods), no Ctrl+Shift+I and D (GTK's inspector). */
#define GENERAL MOS_SHORTCUT_SECTION_GENERAL
#define VIEWS MOS_SHORTCUT_SECTION_VIEWS
#define LIST MOS_SHORTCUT_SECTION_LIST
#define CONVERSATION MOS_SHORTCUT_SECTION_CONVERSATION
#define WRITING MOS_SHORTCUT_SECTION_WRITING
#define APP MOS_SHORTCUT_SCOPE_APP
#define WINDOW MOS_SHORTCUT_SCOPE_WINDOW
#define WIDGET MOS_SHORTCUT_SCOPE_WIDGET

/* Mark of a widget that answers keys of its own: a composer. */
#define OWN_KEYS "mos-own-keys"

static const MosShortcut shortcuts[] = {
  { "win.search", { "<Control>f" }, "slash", N_ ("Search"), GENERAL, APP },
  { "win.undo", { "<Control>z" }, "z", N_ ("Undo the last action"), GENERAL, WINDOW },
  { "win.sync", { "F5" }, NULL, N_ ("Check for new mail now"), GENERAL, APP },
  { "win.next-pane", { "F6" }, NULL, N_ ("Go to the next pane"), GENERAL, APP },
  { "win.previous-pane", { "<Shift>F6" }, NULL, N_ ("Go to the previous pane"), GENERAL, APP },
  { "win.toggle-customer", { "F9" }, NULL, N_ ("Show or hide the customer"), GENERAL, APP },
  { "win.add-account", { "<Control><Shift>n" }, NULL, N_ ("Add an account"), GENERAL, APP },
  { "win.import-mail", { "<Control>i" }, NULL, N_ ("Import mail"), GENERAL, APP },
  { "win.export-all", { "<Control><Shift>x" }, NULL, N_ ("Export everything"), GENERAL, APP },
  { "win.shortcuts", { "<Control>question", "F1" }, "question", N_ ("Keyboard shortcuts"), GENERAL, APP },
  { "win.show-held", { "<Control>0" }, NULL, N_ ("Show what is held"), GENERAL, APP },
  { "app.preferences", { "<Control>comma" }, NULL, N_ ("Preferences"), GENERAL, APP },
  { "window.close", { "<Control>w" }, NULL, N_ ("Close the window"), GENERAL, APP },
  { "app.quit", { "<Control>q" }, NULL, N_ ("Quit"), GENERAL, APP },

  { "win.show-view('mine')", { "<Control>1" }, NULL, N_ ("Go to Mine"), VIEWS, APP },
  { "win.show-view('unassigned')", { "<Control>2" }, NULL, N_ ("Go to Unassigned"), VIEWS, APP },
  { "win.show-view('waiting')", { "<Control>3" }, NULL, N_ ("Go to Waiting longest"), VIEWS, APP },
  { "win.show-view('all_open')", { "<Control>4" }, NULL, N_ ("Go to All open"), VIEWS, APP },
  { "win.show-view('drafts')", { "<Control>5" }, NULL, N_ ("Go to Drafts"), VIEWS, APP },
  { "win.show-view('snoozed')", { "<Control>6" }, NULL, N_ ("Go to Snoozed"), VIEWS, APP },
  { "win.show-view('closed')", { "<Control>7" }, NULL, N_ ("Go to Closed"), VIEWS, APP },
  { "win.show-view('failed')", { "<Control>8" }, NULL, N_ ("Go to Failed to send"), VIEWS, APP },
  { "win.show-view('quarantine')", { "<Control>9" }, NULL, N_ ("Go to Quarantine"), VIEWS, APP },

  { "win.next-conversation", { "<Control>Page_Down" }, "j", N_ ("Next conversation"), LIST, APP },
  { "win.previous-conversation", { "<Control>Page_Up" }, "k", N_ ("Previous conversation"), LIST, APP },
  { "win.focus-list", { "<Control>g" }, "g", N_ ("Go to the list of conversations"), LIST, APP },
  { "win.context-menu", { "<Shift>F10", "Menu" }, NULL, N_ ("Menu of the selected conversation"), LIST, WINDOW },

  { "conversation.close", { "<Control>e" }, "e", N_ ("Close"), CONVERSATION, APP },
  { "conversation.close-and-next", { "<Control><Shift>e" }, "<Shift>e", N_ ("Close and go to next"), CONVERSATION, APP },
  { "conversation.reopen", { "<Control><Shift>o" }, "o", N_ ("Reopen"), CONVERSATION, APP },
  { "conversation.pending", { "<Control><Shift>p" }, "p", N_ ("Mark as waiting for the customer"), CONVERSATION, APP },
  { "conversation.assign-to-me", { "<Control>m" }, "m", N_ ("Assign to me"), CONVERSATION, APP },
  { "conversation.assign-dialog", { "<Control><Shift>a" }, "a", N_ ("Assign…"), CONVERSATION, APP },
  { "conversation.unassign", { "<Control><Shift>m" }, "<Shift>m", N_ ("Assign to nobody"), CONVERSATION, APP },
  { "conversation.tags", { "<Control>t" }, "t", N_ ("Tags…"), CONVERSATION, APP },
  { "conversation.language", { "<Control><Shift>k" }, "i", N_ ("Language…"), CONVERSATION, APP },
  { "conversation.snooze('tomorrow')", { "<Control>h" }, "h", N_ ("Snooze until tomorrow"), CONVERSATION, APP },
  { "conversation.snooze('monday')", { "<Control><Shift>h" }, "<Shift>h", N_ ("Snooze until Monday"), CONVERSATION, APP },
  { "conversation.snooze-dialog", { "<Control><Shift>s" }, "s", N_ ("Snooze until…"), CONVERSATION, APP },
  { "conversation.remind", { "<Control><Shift>x" }, "<Shift>s", N_ ("Remind me if no answer…"), CONVERSATION, APP },
  { "conversation.priority('low')", { "<Shift>F1" }, "1", N_ ("Low priority"), CONVERSATION, APP },
  { "conversation.priority('normal')", { "<Shift>F2" }, "2", N_ ("Normal priority"), CONVERSATION, APP },
  { "conversation.priority('high')", { "<Shift>F3" }, "3", N_ ("High priority"), CONVERSATION, APP },
  { "conversation.priority('urgent')", { "<Shift>F4" }, "4", N_ ("Urgent"), CONVERSATION, APP },
  { "conversation.mark-unread", { "<Control>u" }, "u", N_ ("Mark as unread"), CONVERSATION, WINDOW },
  { "conversation.spam", { "<Control>j" }, "exclam", N_ ("Mark as spam"), CONVERSATION, APP },
  { "conversation.not-spam", { "<Control><Shift>j" }, NULL, N_ ("Not spam"), CONVERSATION, APP },
  { "conversation.spam-and-block", { "<Shift>F9" }, NULL, N_ ("Mark as spam and block the sender"), CONVERSATION, APP },
  { "conversation.print", { "<Control>p" }, NULL, N_ ("Print…"), CONVERSATION, APP },
  { "conversation.save-pdf", { "<Shift>F8" }, NULL, N_ ("Save as PDF…"), CONVERSATION, APP },
  { "conversation.delete", { "Delete" }, NULL, N_ ("Delete"), CONVERSATION, WINDOW },
  { "conversation.restore", { "<Control><Shift>y" }, "y", N_ ("Restore"), CONVERSATION, APP },
  { "conversation.export", { "<Control>s" }, NULL, N_ ("Export…"), CONVERSATION, APP },
  { "conversation.merge", { "<Control><Shift>g" }, "<Shift>g", N_ ("Merge into another conversation…"), CONVERSATION, APP },
  { "conversation.move", { "<Control>b" }, "v", N_ ("Move this message to another conversation…"), CONVERSATION, APP },
  { "conversation.split", { "<Control><Shift>b" }, "<Shift>v", N_ ("Split from this message on…"), CONVERSATION, APP },
  { "conversation.release", { "<Control><Shift>l" }, "l", N_ ("Release from quarantine"), CONVERSATION, APP },
  { "conversation.allow-sender", { "<Control><Shift>f" }, "<Shift>l", N_ ("Always let this sender through"), CONVERSATION, APP },
  { "conversation.block-sender", { "<Control>d" }, "b", N_ ("Block the sender"), CONVERSATION, APP },
  { "conversation.erase", { "<Shift>Delete" }, NULL, N_ ("Delete for good"), CONVERSATION, WINDOW },

  { "conversation.reply", { "<Control>r" }, "r", N_ ("Reply"), WRITING, APP },
  { "conversation.reply-all", { "<Control><Shift>r" }, "<Shift>r", N_ ("Reply to all"), WRITING, APP },
  { "conversation.forward", { "<Control>l" }, "f", N_ ("Forward"), WRITING, APP },
  { "conversation.note", { "<Control><Shift>t" }, "n", N_ ("Internal note"), WRITING, APP },
  { "win.new-message", { "<Control>n" }, "c", N_ ("New message"), WRITING, APP },
  { "composer.send", { "<Control>Return", "<Control>KP_Enter" }, NULL, N_ ("Send"), WRITING, WIDGET },
  { "composer.send-and-close", { "<Control><Shift>Return", "<Control><Shift>KP_Enter" }, NULL, N_ ("Send and close the conversation"), WRITING, WIDGET },
};

const MosShortcut *
mos_shortcuts_get (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

const char *
mos_shortcut_get_title (const MosShortcut *self)
{
  return _ (self->title);
}

const char *
mos_shortcut_section_get_title (MosShortcutSection section)
{
  switch (section)
    {
    case MOS_SHORTCUT_SECTION_GENERAL:
      return C_ ("shortcuts", "General");
    case MOS_SHORTCUT_SECTION_VIEWS:
      return C_ ("shortcuts", "Views");
    case MOS_SHORTCUT_SECTION_LIST:
      return C_ ("shortcuts", "List");
    case MOS_SHORTCUT_SECTION_CONVERSATION:
      return C_ ("shortcuts", "Conversation");
    case MOS_SHORTCUT_SECTION_WRITING:
      return C_ ("shortcuts", "Writing");
    default:
      g_return_val_if_reached ("");
    }
}

void
mos_shortcuts_install_app (GtkApplication *app)
{
  g_return_if_fail (GTK_IS_APPLICATION (app));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].scope == MOS_SHORTCUT_SCOPE_APP)
      gtk_application_set_accels_for_action (app, shortcuts[i].action, shortcuts[i].accels);
}

gboolean
mos_shortcut_is_editing (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return TRUE;
  /* Whoever writes may have left the text by Tab, to a button beside it, and goes on typing. */
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (ADW_IS_DIALOG (widget) || g_object_get_data (G_OBJECT (widget), OWN_KEYS) != NULL)
      return TRUE;
  return FALSE;
}

static void
activate (GtkWidget *widget,
          const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (g_action_parse_detailed_name (detailed, &name, &target, NULL))
    gtk_widget_activate_action_variant (widget, name, target);
}

/* Bare keys belong to what the person is writing or answering just now. */
static gboolean
is_busy (GtkWindow *window)
{
  return mos_shortcut_is_editing (window) ||
         (ADW_IS_APPLICATION_WINDOW (window) && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL);
}

static gboolean
on_accel_cb (GtkWidget *widget,
             GVariant *args,
             gpointer user_data)
{
  const MosShortcut *shortcut = user_data;

  /* Delete is a bare key too. */
  if (strstr (shortcut->accels[0], "<Control>") == NULL && is_busy (GTK_WINDOW (widget)))
    return GDK_EVENT_PROPAGATE;

  activate (widget, shortcut->action);
  return GDK_EVENT_STOP;
}

static gboolean
on_single_key_cb (GtkWidget *widget,
                  GVariant *args,
                  gpointer user_data)
{
  const MosShortcut *shortcut = user_data;

  /* Text fields come first anyhow; this also covers the letters that they leave alone. */
  if (!g_settings_get_boolean (mos_settings_get (), "single-key-shortcuts") || is_busy (GTK_WINDOW (widget)))
    return GDK_EVENT_PROPAGATE;

  activate (widget, shortcut->action);
  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkEventController *controller,
              const char *trigger,
              GtkShortcutFunc func,
              const MosShortcut *shortcut)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (func, (gpointer) shortcut, NULL)));
}

static void
add_accels (GtkEventController *controller,
            const MosShortcut *shortcut)
{
  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    add_shortcut (controller, shortcut->accels[i], on_accel_cb, shortcut);
}

void
mos_shortcuts_install_window (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_name (controller, "mos-window-shortcuts");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].scope == MOS_SHORTCUT_SCOPE_WINDOW)
        add_accels (controller, &shortcuts[i]);
      if (shortcuts[i].key != NULL)
        add_shortcut (controller, shortcuts[i].key, on_single_key_cb, &shortcuts[i]);
    }
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

void
mos_shortcuts_install_widget (GtkWidget *widget,
                              const char *prefix)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (prefix != NULL);

  gtk_event_controller_set_name (controller, "mos-widget-shortcuts");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].scope == MOS_SHORTCUT_SCOPE_WIDGET && g_str_has_prefix (shortcuts[i].action, prefix))
      add_accels (controller, &shortcuts[i]);
  gtk_widget_add_controller (widget, controller);
  g_object_set_data (G_OBJECT (widget), OWN_KEYS, GINT_TO_POINTER (TRUE));
}

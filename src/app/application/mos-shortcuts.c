/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-shortcuts.h"

#include "app/application/mos-key.h"
#include "app/application/mos-keymap.h"
#include "app/application/mos-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The one table. It sets the accelerators, the single keys, the palette and the shortcuts page; mos-keymap.h puts the person's own keys in their place.
 * No Alt+letter and no Ctrl+Alt: AltGr types letters with them in Polish, Czech, German...
 * No Ctrl+Shift+U (input methods), no Ctrl+Shift+I and D (GTK's inspector). No Shift with a digit or a sign: what is pressed is another sign then, which
 * is named itself ("<Control>asterisk"); and none that needs AltGr somewhere. */
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
/* Of a window: actions whose single keys need not be switched on. */
#define ALWAYS "mos-always-keys"
#define HELP "win.help"

static const MosShortcut shortcuts[] = {
  { "win.palette", { "<Control>k" }, NULL, N_ ("Find and do anything"), GENERAL, APP },
  { "win.search", { "<Control>f" }, "slash", N_ ("Search"), GENERAL, APP },
  { "win.undo", { "<Control>z" }, "z", N_ ("Undo the last action"), GENERAL, WINDOW },
  { "win.sync", { "F5" }, NULL, N_ ("Check for new mail now"), GENERAL, APP },
  { "win.next-pane", { "F6" }, NULL, N_ ("Go to the next pane"), GENERAL, APP },
  { "win.previous-pane", { "<Shift>F6" }, NULL, N_ ("Go to the previous pane"), GENERAL, APP },
  { "win.toggle-customer", { "F9" }, NULL, N_ ("Show or hide the customer"), GENERAL, APP },
  { "win.add-account", { "<Control><Shift>n" }, NULL, N_ ("Add an account"), GENERAL, APP },
  { "win.import-mail", { "<Control>o" }, NULL, N_ ("Import mail"), GENERAL, APP },
  { "win.export-all", { "<Control><Shift>x" }, NULL, N_ ("Export everything"), GENERAL, APP },
  { "win.first-steps", { NULL }, NULL, N_ ("First steps: setting up the desk"), GENERAL, APP },
  { "win.help", { "F1" }, NULL, N_ ("Help"), GENERAL, APP },
  { "win.shortcuts", { "<Control>question" }, "question", N_ ("Keyboard shortcuts"), GENERAL, APP },
  { "win.fix-translation", { NULL }, NULL, N_ ("Fix a translation…"), GENERAL, APP },
  { "win.show-held", { "<Control>0" }, NULL, N_ ("Show what is held"), GENERAL, APP },
  { "app.lock", { "<Control><Shift>q" }, NULL, N_ ("Lock now"), GENERAL, APP },
  { "app.cover-customers", { "<Control>equal" }, NULL, N_ ("Cover customers, or uncover them: while the screen is shared"), GENERAL, APP },
  { "app.peek", { "<Control>minus" }, NULL, N_ ("Show for a moment what is covered under the pointer"), GENERAL, APP },
  { "app.preferences", { "<Control>comma" }, NULL, N_ ("Preferences"), GENERAL, APP },
  { "window.close", { "<Control>w" }, NULL, N_ ("Close the window"), GENERAL, APP },
  { "app.quit", { "<Control>q" }, NULL, N_ ("Quit"), GENERAL, APP },

  { "win.show-view('mine')", { "<Control>1" }, NULL, N_ ("Go to Mine"), VIEWS, APP },
  { "win.show-view('unassigned')", { "<Control>2" }, NULL, N_ ("Go to Unassigned"), VIEWS, APP },
  { "win.show-view('waiting')", { "<Control>3" }, NULL, N_ ("Go to Waiting longest"), VIEWS, APP },
  { "win.show-view('breaching')", { "<Control><Shift>F4" }, NULL, N_ ("Go to Breaching soon"), VIEWS, APP },
  { "win.show-view('all_open')", { "<Control>4" }, NULL, N_ ("Go to All open"), VIEWS, APP },
  { "win.show-view('drafts')", { "<Control>5" }, NULL, N_ ("Go to Drafts"), VIEWS, APP },
  { "win.show-view('snoozed')", { "<Control>6" }, NULL, N_ ("Go to Snoozed"), VIEWS, APP },
  { "win.show-view('closed')", { "<Control>7" }, NULL, N_ ("Go to Closed"), VIEWS, APP },
  { "win.show-view('failed')", { "<Control>8" }, NULL, N_ ("Go to Failed to send"), VIEWS, APP },
  { "win.show-view('quarantine')", { "<Control>9" }, NULL, N_ ("Go to Quarantine"), VIEWS, APP },

  { "win.new-view", { "<Control><Shift>v" }, NULL, N_ ("Make a view, of the search where there is one"), VIEWS, WINDOW },
  { "win.edit-view", { "<Control>F2" }, NULL, N_ ("Change the view"), VIEWS, APP },
  { "win.move-view-up", { "<Control><Shift>Page_Up" }, NULL, N_ ("Move the view up"), VIEWS, APP },
  { "win.move-view-down", { "<Control><Shift>Page_Down" }, NULL, N_ ("Move the view down"), VIEWS, APP },
  { "win.customers", { "<Control>F12" }, NULL, N_ ("Customers"), GENERAL, APP },
  { "win.edit-customer", { "F2" }, NULL, N_ ("Change the customer of this conversation"), GENERAL, APP },
  { "win.who", { "F12" }, NULL, N_ ("Who is this? By phone or order number"), GENERAL, APP },
  { "win.call-backs", { "<Control><Shift>F9" }, NULL, N_ ("Who is to be called back"), GENERAL, APP },
  { "win.team", { "<Control>F9" }, NULL, N_ ("Team: who sits here"), GENERAL, APP },

  { "win.macros", { "<Shift>F7" }, NULL, N_ ("Macros"), GENERAL, APP },
  { "win.dashboard", { "F11" }, NULL, N_ ("Dashboard: how well the shop serves"), GENERAL, APP },
  { "win.week", { "<Control><Shift>F5" }, NULL, N_ ("The week on one page"), GENERAL, APP },
  { "win.orders", { "<Control><Shift>F12" }, NULL, N_ ("Orders of all shops"), GENERAL, APP },
  { "win.surveys", { "<Control><Shift>F6" }, NULL, N_ ("Surveys: what customers are asked"), GENERAL, APP },
  { "win.export-surveys", { "<Control>F1" }, NULL, N_ ("Export all surveys"), GENERAL, APP },
  { "win.outreach", { "<Shift>F12" }, NULL, N_ ("Outreach: write to many"), GENERAL, APP },

  { "win.next-conversation", { "<Control>Page_Down" }, "j", N_ ("Next conversation"), LIST, APP },
  { "win.previous-conversation", { "<Control>Page_Up" }, "k", N_ ("Previous conversation"), LIST, APP },
  { "win.focus-list", { "<Control>g" }, "g", N_ ("Go to the list of conversations"), LIST, APP },
  { "win.choose", { "<Control>apostrophe" }, "x", N_ ("Choose several conversations"), LIST, APP },
  { "win.choose-all", { "<Control>a" }, NULL, N_ ("Choose all conversations of the view"), LIST, WINDOW },
  { "win.triage", { "F8" }, NULL, N_ ("One at a time"), LIST, APP },
  { "win.context-menu", { "<Shift>F10", "Menu" }, NULL, N_ ("Menu of the selected conversation"), LIST, WINDOW },

  { "conversation.close", { "<Control>e" }, "e", N_ ("Close"), CONVERSATION, APP },
  { "conversation.close-and-next", { "<Control><Shift>e" }, "<Shift>e", N_ ("Close and go to next"), CONVERSATION, APP },
  { "conversation.reopen", { "<Control><Shift>o" }, "o", N_ ("Reopen"), CONVERSATION, APP },
  { "conversation.pending", { "<Control><Shift>p" }, "p", N_ ("Mark as waiting for the customer"), CONVERSATION, APP },
  { "conversation.assign-to-me", { "<Control>m" }, "m", N_ ("Assign to me"), CONVERSATION, APP },
  { "conversation.assign-dialog", { "<Control><Shift>a" }, "a", N_ ("Assign…"), CONVERSATION, APP },
  { "conversation.unassign", { "<Control><Shift>m" }, "<Shift>m", N_ ("Assign to nobody"), CONVERSATION, APP },
  { "conversation.tags", { "<Control>t" }, "t", N_ ("Tags…"), CONVERSATION, APP },
  { "conversation.accept-category", { "<Shift>F11" }, "q", N_ ("Accept the suggested category"), CONVERSATION, APP },
  { "conversation.category-dialog", { "<Control>F11" }, "<Shift>q", N_ ("Category…"), CONVERSATION, APP },
  { "conversation.dismiss-category", { "<Control><Shift>F11" }, NULL, N_ ("Do not suggest this category here"), CONVERSATION, APP },
  { "conversation.record-score", { "<Control><Shift>F2" }, NULL, N_ ("Record a score…"), CONVERSATION, APP },
  { "conversation.apologize('')", { "<Control><Shift>F1" }, NULL, N_ ("Draft an apology to an unhappy customer"), CONVERSATION, APP },
  { "conversation.settle-rescue('')", { "<Control><Shift>F10" }, NULL, N_ ("Say what came of a low score…"), CONVERSATION, APP },
  { "conversation.remind-rescue('')", { NULL }, NULL, N_ ("Remind me of a low score…"), CONVERSATION, APP },
  { "conversation.dismiss-survey", { "<Control><Shift>w" }, NULL, N_ ("Do not ask this customer"), CONVERSATION, APP },
  { "conversation.note-call", { "<Control>F4" }, "<Shift>n", N_ ("Note a call…"), CONVERSATION, APP },
  { "conversation.call-back", { "<Control><Shift>F7" }, "<Shift>p", N_ ("Call back at…"), CONVERSATION, APP },
  { "conversation.macro", { "F3" }, "w", N_ ("Apply a macro…"), CONVERSATION, APP },
  { "conversation.language", { "<Shift>F5" }, "i", N_ ("Language…"), CONVERSATION, APP },
  { "conversation.translate", { "F7" }, "<Shift>i", N_ ("Translate a message"), CONVERSATION, APP },
  { "conversation.snooze('tomorrow')", { "<Control>h" }, "h", N_ ("Snooze until tomorrow"), CONVERSATION, APP },
  { "conversation.snooze('monday')", { "<Control><Shift>h" }, "<Shift>h", N_ ("Snooze until Monday"), CONVERSATION, APP },
  { "conversation.snooze-dialog", { "<Control><Shift>s" }, "s", N_ ("Snooze until…"), CONVERSATION, APP },
  { "conversation.remind", { "<Control><Shift>c" }, "<Shift>s", N_ ("Remind me if no answer…"), CONVERSATION, APP },
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
  { "conversation.move", { "F4" }, "v", N_ ("Move this message to another conversation…"), CONVERSATION, APP },
  { "conversation.split", { "<Control><Shift>b" }, "<Shift>v", N_ ("Split from this message on…"), CONVERSATION, APP },
  { "conversation.release", { "<Control><Shift>l" }, "l", N_ ("Release from quarantine"), CONVERSATION, APP },
  { "conversation.allow-sender", { "<Control><Shift>f" }, "<Shift>l", N_ ("Always let this sender through"), CONVERSATION, APP },
  { "conversation.block-sender", { "<Control>d" }, "b", N_ ("Block the sender"), CONVERSATION, APP },
  { "conversation.erase", { "<Shift>Delete" }, NULL, N_ ("Delete for good"), CONVERSATION, WINDOW },

  { "conversation.reply", { "<Control>r" }, "r", N_ ("Reply"), WRITING, APP },
  { "conversation.reply-all", { "<Control><Shift>r" }, "<Shift>r", N_ ("Reply to all"), WRITING, APP },
  { "conversation.forward", { "<Control>l" }, "f", N_ ("Forward"), WRITING, APP },
  { "conversation.note", { "<Control><Shift>t" }, "n", N_ ("Internal note"), WRITING, APP },
  { "conversation.answer-by-sms", { NULL }, NULL, N_ ("Answer a call by SMS"), WRITING, APP },
  { "conversation.take-draft", { "<Control>F10" }, NULL, N_ ("Take over the draft of somebody else"), WRITING, APP },
  { "win.new-message", { "<Control>n" }, "c", N_ ("New message"), WRITING, APP },
  { "composer.send", { "<Control>Return", "<Control>KP_Enter" }, NULL, N_ ("Send"), WRITING, WIDGET },
  { "composer.send-only", { "<Control>F5" }, NULL, N_ ("Send and leave the conversation as it is"), WRITING, WIDGET },
  { "composer.send-and-close", { "<Control><Shift>Return", "<Control><Shift>KP_Enter" }, NULL, N_ ("Send and close the conversation"), WRITING, WIDGET },
  { "composer.send-and-wait", { "<Control>F6" }, NULL, N_ ("Send and wait for the customer"), WRITING, WIDGET },
  { "composer.send-and-snooze", { "<Control>F7" }, NULL, N_ ("Send and snooze the conversation"), WRITING, WIDGET },
  { "composer.send-later", { "<Control>F8" }, NULL, N_ ("Send later"), WRITING, WIDGET },
  { "composer.template", { "<Control><Shift>F8" }, NULL, N_ ("Send a template"), WRITING, WIDGET },
  { "composer.macros", { "<Control>F3" }, NULL, N_ ("Insert a macro"), WRITING, WIDGET },
  { "composer.translate", { "<Control>colon" }, NULL, N_ ("Translate the draft"), WRITING, WIDGET },
  { "composer.new-macro", { "<Control><Shift>F3" }, NULL, N_ ("Make a macro of this text"), WRITING, WIDGET },
  { "composer.bold", { "<Control>b" }, NULL, N_ ("Bold"), WRITING, WIDGET },
  { "composer.italic", { "<Control>i" }, NULL, N_ ("Italic"), WRITING, WIDGET },
  { "composer.link", { "<Control><Shift>k" }, NULL, N_ ("Link"), WRITING, WIDGET },
  { "composer.bullets", { "<Control>asterisk" }, NULL, N_ ("Bulleted list"), WRITING, WIDGET },
  { "composer.numbers", { "<Control>parenright" }, NULL, N_ ("Numbered list"), WRITING, WIDGET },
  { "composer.quote", { "<Control>greater" }, NULL, N_ ("Quotation"), WRITING, WIDGET },
  { "composer.clear-formatting", { "<Control>underscore" }, NULL, N_ ("Clear formatting"), WRITING, WIDGET },
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

const MosShortcut *
mos_shortcuts_find (const char *action)
{
  g_return_val_if_fail (action != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (g_str_equal (shortcuts[i].action, action))
      return &shortcuts[i];
  return NULL;
}

/* Before every widget, unless a text field has a use of its own for it. */
static gboolean
is_before_widgets (const MosShortcut *shortcut,
                   const char *key)
{
  return shortcut->scope == MOS_SHORTCUT_SCOPE_APP && mos_key_judge (key) == MOS_KEY_ACCEL && !mos_key_edits_text (key);
}

static gboolean is_suspended = FALSE;

/* Only what is otherwise than it was: GTK tells every item of every menu of each. */
static void
set_app_accels (GtkApplication *app)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), &shortcuts[i]);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) accels = NULL;
      const char *const *before = g_object_get_data (G_OBJECT (app), shortcuts[i].action);

      if (shortcuts[i].scope != MOS_SHORTCUT_SCOPE_APP)
        continue;
      for (gsize j = 0; keys[j] != NULL; j++)
        if (is_before_widgets (&shortcuts[i], keys[j]))
          g_strv_builder_add (builder, keys[j]);
      accels = g_strv_builder_end (builder);
      if (before != NULL && g_strv_equal (before, (const char *const *) accels))
        continue;
      gtk_application_set_accels_for_action (app, shortcuts[i].action, (const char *const *) accels);
      g_object_set_data_full (G_OBJECT (app), shortcuts[i].action, g_steal_pointer (&accels), (GDestroyNotify) g_strfreev);
    }
}

void
mos_shortcuts_install_app (GtkApplication *app)
{
  g_return_if_fail (GTK_IS_APPLICATION (app));

  set_app_accels (app);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (set_app_accels), app, G_CONNECT_SWAPPED);
}

void
mos_shortcuts_set_suspended (GtkWidget *widget,
                             gboolean suspended)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GListModel) controllers = root != NULL ? gtk_widget_observe_controllers (GTK_WIDGET (root)) : NULL;

  is_suspended = suspended;
  /* Taking the accelerators away for as long would tell every item of every menu of each, which takes seconds in a full window. */
  for (guint i = 0; controllers != NULL && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "gtk-application-shortcuts") == 0)
        gtk_event_controller_set_propagation_phase (controller, suspended ? GTK_PHASE_NONE : GTK_PHASE_CAPTURE);
    }
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

  activate (widget, shortcut->action);
  return GDK_EVENT_STOP;
}

/* Delete is a bare key too. */
static gboolean
on_bare_key_cb (GtkWidget *widget,
                GVariant *args,
                gpointer user_data)
{
  if (is_busy (GTK_WINDOW (widget)))
    return GDK_EVENT_PROPAGATE;
  return on_accel_cb (widget, args, user_data);
}

static gboolean
on_single_key_cb (GtkWidget *widget,
                  GVariant *args,
                  gpointer user_data)
{
  const MosShortcut *shortcut = user_data;
  const char *const *always = g_object_get_data (G_OBJECT (widget), ALWAYS);

  /* Text fields come first anyhow; this also covers the letters that they leave alone. */
  if (!g_settings_get_boolean (mos_settings_get (), "single-key-shortcuts") && (always == NULL || !g_strv_contains (always, shortcut->action)))
    return GDK_EVENT_PROPAGATE;
  return on_bare_key_cb (widget, args, user_data);
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
remove_all (GtkEventController *controller)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (controller)) > 0)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0);

      gtk_shortcut_controller_remove_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
}

static void
fill_window (GtkEventController *controller)
{
  remove_all (controller);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), &shortcuts[i]);

      for (gsize j = 0; shortcuts[i].scope != MOS_SHORTCUT_SCOPE_WIDGET && keys[j] != NULL; j++)
        if (mos_key_judge (keys[j]) == MOS_KEY_SINGLE)
          add_shortcut (controller, keys[j], on_single_key_cb, &shortcuts[i]);
        else if (!is_before_widgets (&shortcuts[i], keys[j]))
          add_shortcut (controller, keys[j], strstr (keys[j], "<Control>") != NULL ? on_accel_cb : on_bare_key_cb, &shortcuts[i]);
    }
}

void
mos_shortcuts_install_window (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_name (controller, "mos-window-shortcuts");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  fill_window (controller);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (fill_window), controller, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

void
mos_shortcuts_set_always (GtkWindow *window,
                          const char *const *actions)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_object_set_data (G_OBJECT (window), ALWAYS, (gpointer) actions);
}

static void
fill_widget (GtkEventController *controller)
{
  const char *prefix = g_object_get_data (G_OBJECT (controller), "prefix");

  remove_all (controller);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), &shortcuts[i]);

      if (shortcuts[i].scope == MOS_SHORTCUT_SCOPE_WIDGET && g_str_has_prefix (shortcuts[i].action, prefix))
        for (gsize j = 0; keys[j] != NULL; j++)
          add_shortcut (controller, keys[j], on_accel_cb, &shortcuts[i]);
    }
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
  g_object_set_data_full (G_OBJECT (controller), "prefix", g_strdup (prefix), g_free);
  fill_widget (controller);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (fill_widget), controller, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);
  g_object_set_data (G_OBJECT (widget), OWN_KEYS, GINT_TO_POINTER (TRUE));
}

static gboolean
on_help_cb (GtkWidget *widget,
            GVariant *args,
            gpointer user_data)
{
  if (is_suspended)
    return GDK_EVENT_PROPAGATE;
  activate (widget, HELP);
  return GDK_EVENT_STOP;
}

void
mos_shortcuts_install_dialog (GtkWidget *dialog)
{
  GtkEventController *controller;
  const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), mos_shortcuts_find (HELP));

  g_return_if_fail (GTK_IS_WIDGET (dialog));

  if (g_object_get_data (G_OBJECT (dialog), HELP) != NULL)
    return;
  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_name (controller, "mos-dialog-shortcuts");
  for (gsize i = 0; keys[i] != NULL; i++)
    add_shortcut (controller, keys[i], on_help_cb, NULL);
  gtk_widget_add_controller (dialog, controller);
  g_object_set_data (G_OBJECT (dialog), HELP, GINT_TO_POINTER (TRUE));
}

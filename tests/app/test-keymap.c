/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The person's own keys: what may be a key, who gets it, what is read back, and the dialogs that ask. */
#include "config.h"

#include "app/application/mos-key-dialog.h"
#include "app/application/mos-key.h"
#include "app/application/mos-keymap.h"
#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts-dialog.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

static const MosShortcut *
row (const char *action)
{
  const MosShortcut *shortcut = mos_shortcuts_find (action);

  g_assert_nonnull (shortcut);
  return shortcut;
}

/* "a b c": the keys an action has now */
static char *
keys_of (const char *action)
{
  return g_strjoinv (" ", (char **) mos_keymap_get_keys (mos_keymap_get (), row (action)));
}

#define assert_keys(action, expected)                    \
  G_STMT_START                                           \
  {                                                      \
    g_autofree char *assert_keys_now = keys_of (action); \
    g_assert_cmpstr (assert_keys_now, ==, expected);     \
  }                                                      \
  G_STMT_END

static void
start_anew (void)
{
  g_settings_reset (mos_settings_get (), "key-bindings");
  g_settings_reset (mos_settings_get (), "single-key-shortcuts");
}

static void
test_judge (void)
{
  static const struct
  {
    const char *key;
    MosKeyVerdict verdict;
  } table[] = {
    { "<Control>e", MOS_KEY_ACCEL },
    { "<Control><Shift>e", MOS_KEY_ACCEL },
    { "<Control>question", MOS_KEY_ACCEL },
    { "<Control>Page_Down", MOS_KEY_ACCEL },
    { "<Control>Return", MOS_KEY_ACCEL },
    { "F5", MOS_KEY_ACCEL },
    { "<Shift>F6", MOS_KEY_ACCEL },
    { "Delete", MOS_KEY_ACCEL },
    { "e", MOS_KEY_SINGLE },
    { "<Shift>e", MOS_KEY_SINGLE },
    { "slash", MOS_KEY_SINGLE },
    { "1", MOS_KEY_SINGLE },
    { "Cyrillic_ie", MOS_KEY_SINGLE },
    { "<Alt>e", MOS_KEY_TYPES },
    { "<Control><Alt>e", MOS_KEY_TYPES },
    { "<Alt>F5", MOS_KEY_TYPES },
    { "<Super>e", MOS_KEY_DESKTOP },
    { "<Meta>e", MOS_KEY_DESKTOP },
    { "<Control><Shift>u", MOS_KEY_TAKEN },
    { "<Control><Shift>i", MOS_KEY_TAKEN },
    { "<Control>Tab", MOS_KEY_TAKEN },
    { "F10", MOS_KEY_TAKEN },
    { "Tab", MOS_KEY_TAKEN },
    { "Return", MOS_KEY_TAKEN },
    { "space", MOS_KEY_TAKEN },
    { "Down", MOS_KEY_TAKEN },
    { "Escape", MOS_KEY_TAKEN },
    { "Shift_L", MOS_KEY_NOT_A_KEY },
    { "Control_R", MOS_KEY_NOT_A_KEY },
    { "ISO_Level3_Shift", MOS_KEY_NOT_A_KEY },
    { "", MOS_KEY_NOT_A_KEY },
    { "nonsense", MOS_KEY_NOT_A_KEY },
    { "<Control>", MOS_KEY_NOT_A_KEY },
  };
  guint n;
  const MosShortcut *all = mos_shortcuts_get (&n);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (mos_key_judge (table[i].key) != table[i].verdict)
      g_error ("%s: %d", table[i].key, (int) mos_key_judge (table[i].key));
  g_assert_cmpint (mos_key_judge (NULL), ==, MOS_KEY_NOT_A_KEY);
  /* No key of the table is one that would be refused. */
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; all[i].accels[j] != NULL; j++)
        if (mos_key_judge (all[i].accels[j]) != MOS_KEY_ACCEL)
          g_error ("%s of %s", all[i].accels[j], all[i].action);
      if (all[i].key != NULL && mos_key_judge (all[i].key) != MOS_KEY_SINGLE)
        g_error ("%s of %s", all[i].key, all[i].action);
    }
}

static void
test_canonical (void)
{
  static const struct
  {
    const char *key;
    const char *canonical;
  } table[] = {
    { "<Primary>E", "<Control>e" },
    { "<Shift><Control>e", "<Shift><Control>e" },
    { "<Shift>question", "question" }, /* the sign says it */
    { "<Control><Shift>question", "<Control>question" },
    { "<Shift>1", "<Shift>1" },
    { "<Shift>F5", "<Shift>F5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *canonical = mos_key_canonical (table[i].key);

      g_assert_cmpstr (canonical, ==, table[i].canonical);
    }
  g_assert_null (mos_key_canonical ("nonsense"));
}

/* Whatever layout is in use, the Latin letter of the key is meant; where a key has none, its own. */
static void
test_layout (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autofree GdkKeymapKey *keys = NULL;
  int n = 0;
  g_autofree char *latin = NULL, *cyrillic = NULL, *other = NULL;

  g_assert_true (gdk_display_map_keyval (display, GDK_KEY_e, &keys, &n));
  latin = mos_key_from_press (display, GDK_KEY_E, keys[0].keycode, GDK_CONTROL_MASK | GDK_LOCK_MASK);
  g_assert_cmpstr (latin, ==, "<Control>e");
  cyrillic = mos_key_from_press (display, GDK_KEY_Cyrillic_u, keys[0].keycode, GDK_CONTROL_MASK);
  g_assert_cmpstr (cyrillic, ==, "<Control>e");
  other = mos_key_from_press (display, GDK_KEY_Cyrillic_u, 8, 0);
  g_assert_cmpstr (other, ==, "Cyrillic_u");
}

static void
on_changed_cb (guint *n)
{
  (*n)++;
}

static void
test_assign (void)
{
  MosKeymap *keymap = mos_keymap_get ();
  guint n = 0;
  gulong handler;

  start_anew ();
  handler = g_signal_connect_swapped (keymap, "changed", G_CALLBACK (on_changed_cb), &n);
  assert_keys ("conversation.close", "<Control>e e");
  g_assert_true (mos_keymap_find (keymap, "<Control>e") == row ("conversation.close"));
  g_assert_false (mos_keymap_is_any_changed (keymap));

  mos_keymap_assign (keymap, row ("conversation.reply"), "<Control>E");
  g_assert_cmpuint (n, ==, 1);
  assert_keys ("conversation.reply", "<Control>e r");
  assert_keys ("conversation.close", "e");
  g_assert_true (mos_keymap_find (keymap, "<Control>e") == row ("conversation.reply"));
  g_assert_null (mos_keymap_find (keymap, "<Control>r"));
  g_assert_true (mos_keymap_is_changed (keymap, row ("conversation.reply")));
  g_assert_true (mos_keymap_is_changed (keymap, row ("conversation.close")));

  /* A single key leaves the accelerators alone. */
  mos_keymap_assign (keymap, row ("conversation.close"), "d");
  assert_keys ("conversation.close", "d");
  mos_keymap_assign (keymap, row ("conversation.close"), "<Control>slash");
  assert_keys ("conversation.close", "<Control>slash d");
  mos_keymap_clear (keymap, row ("conversation.close"));
  assert_keys ("conversation.close", "");

  /* Back, though another has them now. */
  g_assert_true (mos_keymap_find_in_the_way (keymap, row ("conversation.close"), NULL) == row ("conversation.reply"));
  mos_keymap_reset (keymap, row ("conversation.close"));
  assert_keys ("conversation.close", "<Control>e e");
  assert_keys ("conversation.reply", "r");
  mos_keymap_reset (keymap, row ("conversation.reply"));
  assert_keys ("conversation.reply", "<Control>r r");
  g_assert_false (mos_keymap_is_any_changed (keymap));

  mos_keymap_assign (keymap, row ("win.search"), "Pause");
  mos_keymap_reset_all (keymap);
  assert_keys ("win.search", "<Control>f slash");
  g_assert_false (mos_keymap_is_any_changed (keymap));
  g_signal_handler_disconnect (keymap, handler);
}

static void
test_read (void)
{
  MosKeymap *keymap = mos_keymap_get ();

  g_test_summary ("What is read is tried first; the person's own wins over the table");
  start_anew ();
  g_settings_set_value (mos_settings_get (), "key-bindings",
                        g_variant_new_parsed ("{'conversation.close': ['<Alt>e', 'nonsense', '', '<Control>r', '<Control>r', 'q'],"
                                              " 'no.such-action': ['<Control>p'],"
                                              " 'conversation.note': ['<Control>r', 'n'],"
                                              " 'composer.send': ['s', 'F12']}"));
  assert_keys ("conversation.close", "<Control>r q");
  assert_keys ("conversation.reply", "r"); /* the table's gave way */
  assert_keys ("conversation.note", "n");  /* the first one has it */
  assert_keys ("composer.send", "F12");    /* a letter is text there */
  assert_keys ("conversation.snooze-dialog", "<Shift><Control>s s");

  /* What this version does not know stays. */
  mos_keymap_reset (keymap, row ("conversation.close"));
  {
    g_autoptr (GVariant) value = g_settings_get_value (mos_settings_get (), "key-bindings");
    g_autoptr (GVariant) other = g_variant_lookup_value (value, "no.such-action", G_VARIANT_TYPE_STRING_ARRAY);

    g_assert_nonnull (other);
  }
  start_anew ();
}

static void
test_labels (void)
{
  MosKeymap *keymap = mos_keymap_get ();
  g_autofree char *accel = NULL, *single = NULL, *none = NULL;

  start_anew ();
  accel = mos_keymap_dup_label (keymap, row ("conversation.close"));
  g_assert_cmpstr (accel, ==, "Ctrl+E");
  single = mos_keymap_dup_short_label (keymap, row ("conversation.close"));
  g_assert_cmpstr (single, ==, "E");
  mos_keymap_clear (keymap, row ("conversation.close"));
  none = mos_keymap_dup_label (keymap, row ("conversation.close"));
  g_assert_null (none);
  start_anew ();
}

/* --- dialogs --- */

static AdwDialog *
visible_dialog (GtkWidget *window)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (window));
}

static GtkWidget *
present (AdwDialog *dialog)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), adw_bin_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 700);
  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (dialog, window);
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (dialog)), 5000);
  return window;
}

static void
test_dialog (void)
{
  MosKeyDialog *dialog;
  GtkWidget *window;

  start_anew ();
  dialog = mos_key_dialog_new (row ("conversation.reply"));
  window = present (ADW_DIALOG (dialog));
  g_assert_nonnull (mos_fixture_find_text (window, "Press the new keys for “Reply”"));

  /* What cannot be is said, and nothing changes. */
  g_assert_true (mos_key_dialog_press (dialog, "<Alt>e"));
  g_assert_nonnull (mos_fixture_find_text (window, "Alt types letters"));
  g_assert_true (mos_key_dialog_press (dialog, "w"));
  g_assert_nonnull (mos_fixture_find_text (window, "switched off"));
  g_assert_true (mos_key_dialog_press (dialog, "<Control><Shift>u"));
  g_assert_false (mos_key_dialog_press (dialog, "Tab"));
  g_assert_false (mos_key_dialog_press (dialog, "Shift_L"));
  assert_keys ("conversation.reply", "<Control>r r");

  /* Taken: both names, and a choice. */
  g_assert_true (mos_key_dialog_press (dialog, "<Control>e"));
  mos_test_wait (ADW_IS_ALERT_DIALOG (visible_dialog (window)), 5000);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (visible_dialog (window))), "“Close”"));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (visible_dialog (window))), "“Reply”"));
  g_assert_false (mos_key_dialog_press (dialog, "<Control>d"));
  g_signal_emit_by_name (visible_dialog (window), "response", "cancel");
  adw_dialog_force_close (visible_dialog (window));
  mos_test_wait (visible_dialog (window) == ADW_DIALOG (dialog), 5000);
  assert_keys ("conversation.reply", "<Control>r r");

  g_assert_true (mos_key_dialog_press (dialog, "<Control>e"));
  mos_test_wait (ADW_IS_ALERT_DIALOG (visible_dialog (window)), 5000);
  g_signal_emit_by_name (visible_dialog (window), "response", "take");
  assert_keys ("conversation.reply", "<Control>e r");
  assert_keys ("conversation.close", "e");
  mos_test_settle (50);
  gtk_window_destroy (GTK_WINDOW (window));

  /* One that is free is taken at once, Backspace takes all away. */
  dialog = mos_key_dialog_new (row ("conversation.reply"));
  window = present (ADW_DIALOG (dialog));
  g_assert_true (mos_key_dialog_press (dialog, "Pause"));
  assert_keys ("conversation.reply", "Pause r");
  mos_test_wait (visible_dialog (window) == NULL, 5000);
  dialog = mos_key_dialog_new (row ("composer.send"));
  adw_dialog_present (ADW_DIALOG (dialog), window);
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (dialog)), 5000);
  g_settings_set_boolean (mos_settings_get (), "single-key-shortcuts", TRUE);
  g_assert_true (mos_key_dialog_press (dialog, "w"));
  g_assert_nonnull (mos_fixture_find_text (window, "letters are text"));
  g_assert_true (mos_key_dialog_press (dialog, "BackSpace"));
  assert_keys ("composer.send", "");
  mos_test_settle (50);
  gtk_window_destroy (GTK_WINDOW (window));
  start_anew ();
}

static void
test_page (void)
{
  AdwDialog *page = ADW_DIALOG (mos_shortcuts_dialog_new ());
  GtkWidget *window = present (page), *reset;

  start_anew ();
  g_assert_null (mos_fixture_find_text (GTK_WIDGET (page), "Pause"));
  mos_keymap_assign (mos_keymap_get (), row ("conversation.reply"), "Pause");
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (page), "Pause"));
  /* Its row offers to take it back. */
  reset = mos_fixture_find_text (GTK_WIDGET (page), "Pause");
  reset = gtk_widget_get_next_sibling (gtk_widget_get_parent (reset));
  g_assert_true (GTK_IS_BUTTON (reset) && gtk_widget_get_visible (reset));
  g_signal_emit_by_name (reset, "clicked");
  assert_keys ("conversation.reply", "<Control>r r");
  g_assert_null (mos_fixture_find_text (GTK_WIDGET (page), "Pause"));
  adw_dialog_force_close (page);
  mos_test_settle (50);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/keymap/judge", test_judge);
  g_test_add_func ("/keymap/canonical", test_canonical);
  g_test_add_func ("/keymap/layout", test_layout);
  g_test_add_func ("/keymap/assign", test_assign);
  g_test_add_func ("/keymap/read", test_read);
  g_test_add_func ("/keymap/labels", test_labels);
  g_test_add_func ("/keymap/dialog", test_dialog);
  g_test_add_func ("/keymap/page", test_page);
  return g_test_run ();
}

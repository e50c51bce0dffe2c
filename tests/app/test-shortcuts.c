/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The one table of shortcuts: no two alike, none that types a letter somewhere, each action is there. */
#include "config.h"

#include "app/application/mos-application.h"
#include "app/application/mos-key.h"
#include "app/application/mos-shortcuts-dialog.h"
#include "app/application/mos-shortcuts.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/window/mos-window.h"

#include "mos-test.h"

#include <string.h>

static void
parse (const char *accel,
       guint *key,
       GdkModifierType *mods)
{
  g_assert_true (gtk_accelerator_parse (accel, key, mods));
  g_assert_cmpuint (*key, !=, 0);
  *key = gdk_keyval_to_lower (*key);
}

static void
add_once (GHashTable *seen,
          const char *trigger,
          const char *action)
{
  guint key;
  GdkModifierType mods;
  g_autofree char *name = NULL;

  parse (trigger, &key, &mods);
  name = gtk_accelerator_name (key, mods);
  if (g_hash_table_contains (seen, name))
    g_error ("%s is used by %s and %s", name, (char *) g_hash_table_lookup (seen, name), action);
  g_hash_table_insert (seen, g_steal_pointer (&name), (gpointer) action);
}

static void
test_conflicts (void)
{
  guint n;
  const MosShortcut *table = mos_shortcuts_get (&n);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      /* One that is seldom wanted may have none, as there are more of them than keys: the palette has it, and a person gives it one. */
      for (guint j = 0; table[i].accels[j] != NULL; j++)
        add_once (seen, table[i].accels[j], table[i].action);
      if (table[i].key != NULL)
        add_once (seen, table[i].key, table[i].action);
    }
}

static void
test_typing (void)
{
  guint n;
  const MosShortcut *table = mos_shortcuts_get (&n);

  g_test_summary ("Alt and Ctrl+Alt type letters on many keyboards; a bare letter may only be a single key");
  for (guint i = 0; i < n; i++)
    {
      guint key;
      GdkModifierType mods;

      for (guint j = 0; table[i].accels[j] != NULL; j++)
        {
          parse (table[i].accels[j], &key, &mods);
          g_assert_false (mods & GDK_ALT_MASK);
          if (g_unichar_isprint (gdk_keyval_to_unicode (key)))
            g_assert_true (mods & GDK_CONTROL_MASK);
          /* GTK is told the sign that Shift makes of the key. */
          if ((mods & GDK_SHIFT_MASK) && g_unichar_isprint (gdk_keyval_to_unicode (key)))
            g_assert_true (g_unichar_isalpha (gdk_keyval_to_unicode (key)));
          g_assert_false (key < 0x80 && strchr ("@#[]{}\\|~^`$", (int) key) != NULL);
          /* What a text does with a key comes before what its composer does. */
          if (table[i].scope == MOS_SHORTCUT_SCOPE_WIDGET && strstr (table[i].accels[j], "Return") == NULL && strstr (table[i].accels[j], "Enter") == NULL)
            g_assert_false (mos_key_edits_text (table[i].accels[j]));
          g_assert_false (mods == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && (key == GDK_KEY_u || key == GDK_KEY_i || key == GDK_KEY_d));
        }
      if (table[i].key != NULL)
        {
          parse (table[i].key, &key, &mods);
          g_assert_false (mods & (GDK_ALT_MASK | GDK_CONTROL_MASK | GDK_SUPER_MASK));
        }
    }
}

static gboolean
class_has (GType type,
           const char *action)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  GType owner;
  const char *name, *property;
  const GVariantType *parameter;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_CLASS (klass), i, &owner, &name, &parameter, &property); i++)
    if (g_str_equal (name, action))
      return TRUE;
  return FALSE;
}

static void
test_actions (void)
{
  guint n;
  const MosShortcut *table = mos_shortcuts_get (&n);
  g_autoptr (MosApplication) app = mos_application_new ();
  g_autoptr (GError) error = NULL;

  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      gboolean found;

      g_assert_true (g_action_parse_detailed_name (table[i].action, &name, &target, NULL));
      if (g_str_has_prefix (name, "app."))
        found = g_action_map_lookup_action (G_ACTION_MAP (app), name + strlen ("app.")) != NULL;
      else if (g_str_has_prefix (name, "composer."))
        found = class_has (MOS_TYPE_CONVERSATION_VIEW, name);
      else
        found = class_has (MOS_TYPE_WINDOW, name);
      if (!found)
        g_error ("no such action: %s", name);
      g_assert_cmpstr (mos_shortcut_get_title (&table[i]), !=, "");
      if (table[i].scope == MOS_SHORTCUT_SCOPE_APP && table[i].accels[0] != NULL)
        {
          g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (app), table[i].action);

          g_assert_cmpint (g_strv_length (accels), >=, 1);
        }
    }
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = ADW_IS_ACTION_ROW (widget) ? 1 : 0;

  if (!gtk_widget_get_visible (widget))
    return 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static GtkWidget *
find_entry (GtkWidget *widget)
{
  if (GTK_IS_SEARCH_ENTRY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_page (void)
{
  guint n;
  GtkWidget *window = adw_window_new (), *bin = adw_bin_new ();
  GtkWidget *dialog = GTK_WIDGET (mos_shortcuts_dialog_new ());
  GtkWidget *entry;

  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 700);
  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (ADW_DIALOG (dialog), bin);
  mos_test_wait (gtk_widget_get_mapped (dialog), 5000);

  entry = find_entry (dialog);
  mos_shortcuts_get (&n);
  g_assert_cmpuint (count_rows (dialog), ==, n + 1); /* and the switch of the single keys */

  gtk_editable_set_text (GTK_EDITABLE (entry), "SNOOZE");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (count_rows (dialog), ==, 5); /* three ways to snooze, one to send, and the view */
  gtk_editable_set_text (GTK_EDITABLE (entry), "xyzzy");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (count_rows (dialog), ==, 0);

  adw_dialog_force_close (ADW_DIALOG (dialog));
  mos_test_settle (20);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/shortcuts/conflicts", test_conflicts);
  g_test_add_func ("/shortcuts/typing", test_typing);
  g_test_add_func ("/shortcuts/actions", test_actions);
  g_test_add_func ("/shortcuts/page", test_page);
  return g_test_run ();
}

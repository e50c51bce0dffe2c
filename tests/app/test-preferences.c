/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The search of the settings: it knows every row of the preferences, and leads to it; the palette finds the same. */
#include "config.h"

#include "app/accounts/mos-account-dialog.h"
#include "app/application/mos-settings.h"
#include "app/help/mos-help-page.h"
#include "app/help/mos-help-places.h"
#include "app/palette/mos-palette-settings.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/preferences/mos-reading-row.h"
#include "app/preferences/mos-setting-search.h"
#include "app/preferences/mos-setting.h"
#include "app/preferences/mos-targets-page.h"
#include "app/window/mos-window.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

typedef struct
{
  MosDeskFixture *desk;
  GtkWidget *window;
  MosPreferencesDialog *dialog;
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  GtkWidget *bin = adw_bin_new ();

  g_settings_reset (mos_settings_get (), "lock-passphrase");
  f->desk = mos_desk_fixture_new ();
  f->window = adw_window_new ();
  f->dialog = mos_preferences_dialog_new (f->desk->desk);
  adw_window_set_content (ADW_WINDOW (f->window), bin);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 600, 700);
  gtk_window_present (GTK_WINDOW (f->window));
  adw_dialog_present (ADW_DIALOG (f->dialog), bin);
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (f->dialog)), 5000);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  mos_test_settle (20);
  mos_desk_fixture_free (f->desk);
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const MosSetting *
find_titled (const char *title)
{
  guint n;
  const MosSetting *settings = mos_settings_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (settings[i].title, title))
      return &settings[i];
  return NULL;
}

static guint
check_rows (GtkWidget *widget)
{
  const char *title = ADW_IS_PREFERENCES_ROW (widget) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)) : "";
  guint n = 0;

  if (MOS_IS_SETTING_SEARCH (widget) || MOS_IS_READING_ROW (widget))
    return 0;
  if (*title != '\0')
    {
      if (find_titled (title) == NULL)
        g_error ("No search finds the setting “%s”: it is missing in mos-setting.c", title);
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += check_rows (child);
  return n;
}

static void
test_all_rows (Fixture *f,
               gconstpointer data)
{
  g_assert_cmpuint (check_rows (GTK_WIDGET (f->dialog)), >, 30);
}

static gboolean
has_focus (Fixture *f,
           const char *title)
{
  for (GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (f->window)); widget != NULL; widget = gtk_widget_get_parent (widget))
    if (ADW_IS_PREFERENCES_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
      return TRUE;
  return FALSE;
}

static void
test_shown (Fixture *f,
            gconstpointer data)
{
  guint n;
  const MosSetting *settings = mos_settings_list (&n);

  for (guint i = 0; i < n; i++)
    {
      if (settings[i].place == MOS_SETTING_ACCOUNT || settings[i].place == MOS_SETTING_ELSEWHERE)
        continue;
      /* Only with a passphrase. */
      if (g_str_equal (settings[i].id, "lock-change") || g_str_equal (settings[i].id, "lock-remove"))
        continue;
      /* Only with a network, which this desk has not. */
      if (g_str_equal (settings[i].id, "translation"))
        continue;
      g_test_message ("%s", settings[i].id);
      while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (f->dialog)))
        ;
      mos_preferences_dialog_show_setting (f->dialog, settings[i].id);
      g_assert_nonnull (mos_setting_find_row (&settings[i], GTK_WIDGET (f->dialog)));
    }
  while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (f->dialog)))
    ;
  /* What was asked for last has it in the end. */
  mos_test_settle (700);
  /* On the first page, in what is folded, on a page behind it. */
  mos_preferences_dialog_show_setting (f->dialog, "read-attachments");
  mos_test_wait (has_focus (f, "Find what is written in _attachments"), 5000);
  mos_preferences_dialog_show_setting (f->dialog, "check-orders");
  mos_test_wait (has_focus (f, "Another customer’s _order"), 5000);
  mos_preferences_dialog_show_setting (f->dialog, "backup-keep");
  mos_test_wait (has_focus (f, "How Many Are _Kept"), 5000);
  /* What is not there, as of another version, is passed over. */
  mos_preferences_dialog_show_setting (f->dialog, "no-such-setting");
}

static void
type (Fixture *f,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_type (find_type (GTK_WIDGET (f->dialog), MOS_TYPE_SETTING_SEARCH), GTK_TYPE_SEARCH_ENTRY)), text);
}

static void
test_search (Fixture *f,
             gconstpointer data)
{
  GtkWidget *search = find_type (GTK_WIDGET (f->dialog), MOS_TYPE_SETTING_SEARCH);

  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (f->dialog), "Undo sending"));
  type (f, "blur");
  mos_test_wait (mos_fixture_find_text (search, "Cover customers") != NULL, 5000);
  g_assert_null (mos_fixture_find_text (GTK_WIDGET (f->dialog), "Undo sending"));

  type (f, "zzz");
  mos_test_wait (mos_fixture_find_text (search, "No Settings Found") != NULL, 5000);

  /* All is there again, and what was hidden before still is. */
  type (f, "");
  g_assert_null (mos_fixture_find_text (search, "No Settings Found"));
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (f->dialog), "Undo sending"));
  g_assert_null (mos_fixture_find_text (GTK_WIDGET (f->dialog), "Images Always Loaded"));

  /* Return takes the first. */
  type (f, "how many kept");
  mos_test_wait (mos_fixture_find_text (search, "How Many Are Kept") != NULL, 5000);
  g_signal_emit_by_name (find_type (search, GTK_TYPE_SEARCH_ENTRY), "activate");
  mos_test_wait (has_focus (f, "How Many Are _Kept"), 5000);
}

/* What is typed, and what is to come first of it. */
static const struct
{
  const char *typed;
  const char *id;
} found[] = {
  { "opening hours", "setting:hours" },
  { "SLA", "setting:targets" },
  { "gdpr", "setting:retention" },
  { "density", "setting:density" },
  { "idioma", "setting:language" },
  { "pin", "setting:lock-set" },
  { "backups folder", "setting:backup-folder" },
  { "undo", "setting:undo-send-seconds" },
  { "canned", "setting:win.macros" },
  { "zzz", NULL },
  { "", NULL },
  { "…", NULL },
  { "e", NULL }, /* many: only that nothing breaks */
};

static void
test_words (Fixture *f,
            gconstpointer data)
{
  GListModel *accounts = mos_desk_get_accounts (f->desk->desk);

  mos_test_wait (g_list_model_get_n_items (accounts) > 0, 5000);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (GPtrArray) items = mos_settings_find (found[i].typed, accounts, TRUE);

      g_test_message ("%s: %u", found[i].typed, items->len);
      if (found[i].id != NULL)
        g_assert_cmpstr (((MosPaletteItem *) g_ptr_array_index (items, 0))->id, ==, found[i].id);
      else if (!g_str_equal (found[i].typed, "e"))
        g_assert_cmpuint (items->len, ==, 0);
    }
  {
    /* Without a desk there is the first page alone. */
    g_autoptr (GPtrArray) items = mos_settings_find ("backups folder", NULL, FALSE);

    g_assert_cmpuint (items->len, ==, 0);
  }
  /* What has the same name in every language, of an account */
  {
    g_autoptr (GPtrArray) items = mos_settings_find ("dkim", accounts, TRUE);

    g_assert_cmpuint (items->len, >, 0);
    g_assert_cmpstr (((MosPaletteItem *) g_ptr_array_index (items, 0))->title, ==, "Delivery and Test Message");
  }
}

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  *(GPtrArray **) user_data = mos_palette_source_search_finish (MOS_PALETTE_SOURCE (source), result, NULL);
}

static GPtrArray *
ask_palette (MosPaletteSource *source,
             const char *text)
{
  GPtrArray *items = NULL;

  mos_palette_source_search_async (source, text, NULL, on_found_cb, &items);
  mos_test_wait (items != NULL, 5000);
  return items;
}

static gboolean
is_on_row (MosWindow *window,
           const char *title)
{
  for (GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (window)); widget != NULL; widget = gtk_widget_get_parent (widget))
    if (ADW_IS_PREFERENCES_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
      return TRUE;
  return FALSE;
}

static void
test_palette (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  MosWindow *window = mos_window_new (NULL);
  g_autoptr (MosPaletteSource) source = mos_palette_settings_new (mos_desk_get_accounts (f->desk));
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) quiet = NULL;
  g_autoptr (GPtrArray) sender_name = NULL;
  MosPaletteItem *item;
  AdwDialog *dialog;

  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_desk (window, f->desk);
  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (f->desk)) > 0, 5000);
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (window), "Accounts") != NULL, 10000);

  none = ask_palette (source, "");
  g_assert_cmpuint (none->len, ==, 0);
  quiet = ask_palette (source, "quiet");
  item = g_ptr_array_index (quiet, 0);
  g_assert_cmpstr (item->action, ==, "win.show-setting");
  gtk_widget_activate_action_variant (GTK_WIDGET (window), item->action, item->target);
  mos_test_wait (MOS_IS_PREFERENCES_DIALOG (dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))), 5000);
  mos_test_wait (is_on_row (window, "_Quiet hours"), 5000);

  /* The keys of the search are those of what is in front. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), find_type (GTK_WIDGET (dialog), MOS_TYPE_SETTING_SEARCH)));
  adw_dialog_force_close (dialog);
  mos_test_wait (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL, 5000);

  sender_name = ask_palette (source, "name customers see");
  item = g_ptr_array_index (sender_name, 0);
  g_assert_cmpstr (item->action, ==, "win.account-setting");
  gtk_widget_activate_action_variant (GTK_WIDGET (window), item->action, item->target);
  mos_test_wait (MOS_IS_ACCOUNT_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))), 5000);
  mos_test_wait (is_on_row (window, "Name customers see"), 5000);
  gtk_window_destroy (GTK_WINDOW (window));
  mos_test_settle (20);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static GtkWidget *
find_part (GtkWidget *widget,
           const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_part (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The help of the innermost place; where nothing is said of it, its contents. */
static void
test_help (Fixture *f,
           gconstpointer data)
{
  GtkWidget *dialog = GTK_WIDGET (f->dialog);
  guint n;
  const MosHelpPlace *places = mos_help_list_places (&n);

  g_assert_cmpstr (mos_help_find_page_of_place (find_part (dialog, "lock_minutes")), ==, "privacy");
  g_assert_cmpstr (mos_help_find_page_of_place (find_part (dialog, "start_at_login")), ==, "desktop");
  g_assert_null (mos_help_find_page_of_place (find_part (dialog, "density")));
  g_assert_null (mos_help_find_page_of_place (NULL));
  mos_preferences_dialog_show_place (f->dialog, MOS_SETTING_TARGETS);
  mos_test_wait (find_type (dialog, MOS_TYPE_TARGETS_PAGE) != NULL, 5000);
  g_assert_cmpstr (mos_help_find_page_of_place (find_type (find_type (dialog, MOS_TYPE_TARGETS_PAGE), ADW_TYPE_ACTION_ROW)), ==, "targets");
  /* What is known only when it is made comes first. */
  mos_help_set_page (find_part (dialog, "lock_group"), "phone");
  g_assert_cmpstr (mos_help_find_page_of_place (find_part (dialog, "lock_minutes")), ==, "phone");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosHelpPage) page = mos_help_page_load (places[i].page, &error);

      g_assert_no_error (error);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();

  ADD ("/preferences/all-rows", test_all_rows);
  ADD ("/preferences/shown", test_shown);
  ADD ("/preferences/search", test_search);
  ADD ("/preferences/words", test_words);
  g_test_add_func ("/preferences/palette", test_palette);

  ADD ("/preferences/help", test_help);
  return g_test_run ();
}

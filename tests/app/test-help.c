/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The help: what it is made of, and that each of its pages can be read. */
#include "config.h"

#include "app/accounts/mos-account-kinds.h"
#include "app/help/mos-help-dialog.h"
#include "app/help/mos-help-page.h"

#include "core/automation/mos-template.h"
#include "core/desk/mos-macro-facts.h"
#include "mos-test.h"

#include <string.h>

static void
test_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosHelpPage) page = mos_help_page_load ("telegram", &error);
  g_autoptr (MosHelpPage) none = NULL;
  guint headings = 0, steps = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (page->title, ==, "Telegram");
  g_assert_cmpstr (page->description, ==, "A bot of your own that customers write to.");
  g_assert_cmpstr (page->guide, ==, "channels");
  g_assert_true (g_ptr_array_find_with_equal_func (page->see_also, "matrix", g_str_equal, NULL));
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const MosHelpBlock *block = page->blocks->pdata[i];

      headings += block->kind == MOS_HELP_HEADING;
      if (block->kind == MOS_HELP_STEP)
        g_assert_cmpuint (block->number, ==, ++steps);
      g_assert_cmpstr (block->text, !=, "");
      g_assert_null (strchr (block->text, '\n'));
    }
  g_assert_cmpuint (headings, ==, 5);
  g_assert_cmpuint (steps, ==, 4);

  none = mos_help_page_load ("fax", &error);
  g_assert_null (none);
  g_assert_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND);
}

static void
test_kinds (void)
{
  guint n;
  const MosAccountKind *const *kinds = mos_account_kinds (&n);

  for (guint i = 0; i < n; i++)
    g_assert_nonnull (mos_help_find_page_of_kind (kinds[i]->kind));
  g_assert_cmpstr (mos_help_find_page_of_kind ("fritzbox"), ==, "phone");
  g_assert_null (mos_help_find_page_of_kind ("fax"));
}

static guint
count_labels (GtkWidget *widget,
              const char *text)
{
  guint n = GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);
  return n;
}

static gboolean
is_about_accounts (const MosHelpPage *page)
{
  guint n;
  const MosAccountKind *const *kinds = mos_account_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (mos_help_find_page_of_kind (kinds[i]->kind), page->id) == 0)
      return TRUE;
  return FALSE;
}

/* The list of @guide has all of its pages, and each opens with its own title. */
static void
check_list (const char *guide,
            GtkWidget *content)
{
  g_autoptr (GPtrArray) topics = mos_help_list_topics (guide);
  AdwDialog *contents = ADW_DIALOG (mos_help_dialog_new (g_str_equal (guide, MOS_HELP_INDEX) ? NULL : guide));

  g_assert_cmpuint (topics->len, >=, 9);
  adw_dialog_present (contents, content);
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (contents)), 5000);
  for (guint i = 0; i < topics->len; i++)
    {
      const MosHelpPage *page = topics->pdata[i];
      AdwDialog *dialog = ADW_DIALOG (mos_help_dialog_new (page->id));

      g_assert_cmpuint (count_labels (GTK_WIDGET (contents), page->title), ==, 1);
      adw_dialog_present (dialog, content);
      mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (dialog)), 5000);
      g_assert_cmpuint (count_labels (GTK_WIDGET (dialog), page->description), >=, 1);
      g_assert_cmpuint (count_labels (GTK_WIDGET (dialog), "While This Computer Is Off"), ==, is_about_accounts (page) ? 1 : 0);
      adw_dialog_force_close (dialog);
      mos_test_settle (20);
    }
  adw_dialog_force_close (contents);
  mos_test_settle (20);
}

static void
test_dialog (void)
{
  g_autoptr (GPtrArray) topics = mos_help_list_topics (MOS_HELP_INDEX);
  GtkWidget *window = adw_window_new (), *content = gtk_entry_new ();

  /* Who opens it for the first time begins there. */
  g_assert_cmpstr (((MosHelpPage *) topics->pdata[0])->id, ==, "start");
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 700);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (gtk_widget_get_mapped (content), 5000);
  check_list (MOS_HELP_INDEX, content);
  check_list ("channels", content);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What the page of macros says can be written can be. */
static void
test_macros (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosHelpPage) page = mos_help_page_load ("macros", &error);
  guint n_names = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const MosHelpBlock *block = page->blocks->pdata[i];
      g_autoptr (MosTemplate) template = mos_template_parse (block->text);
      g_auto (GStrv) names = mos_template_list_names (template);
      GPtrArray *problems;

      mos_template_check_names (template, mos_macro_facts_list_names ());
      problems = mos_template_get_problems (template);
      if (problems->len > 0)
        g_test_message ("%s", block->text);
      g_assert_cmpuint (problems->len, ==, 0);
      n_names += g_strv_length (names);
    }
  g_assert_cmpuint (n_names, >, 20);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/help/page", test_page);
  g_test_add_func ("/help/kinds", test_kinds);
  g_test_add_func ("/help/macros", test_macros);
  g_test_add_func ("/help/dialog", test_dialog);
  return g_test_run ();
}

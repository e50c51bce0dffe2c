/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/customer/mos-customers-csv-page.h"
#include "core/store/mos-store-customers.h"
#include "mos-desk-fixtures.h"
#include "mos-test.h"

/* So many that an import takes its time. */
#define N_PEOPLE 4000

static GFile *
make_file (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "people.csv", NULL);
  g_autoptr (GString) csv = g_string_new ("Name;Email\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_PEOPLE; i++)
    g_string_append_printf (csv, "Person %u;person%u@mail.example\n", i, i);
  g_file_set_contents (path, csv->str, (gssize) csv->len, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static GtkWidget *
find_button (GtkWidget *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GPtrArray) people = mos_store_customer_search (txn, "person", N_PEOPLE + 1, error);

  *(guint *) data = people != NULL ? people->len : 0;
  return people != NULL;
}

static guint
count_people (MosDeskFixture *f)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (mos_store_read_sync (f->store->store, do_count, &n, NULL, &error));
  return n;
}

typedef struct
{
  MosDeskFixture *f;
  char *folder;
  GtkWidget *window;
  AdwDialog *dialog;         /* (nullable) */
  MosCustomersCsvPage *page; /* (nullable): a weak pointer */
  GtkWidget *button;
} Page;

/* The page, in a dialog in a window, with what would become of the file. */
static void
page_open (Page *p)
{
  g_autoptr (GFile) file = NULL;
  GtkWidget *view = adw_navigation_view_new ();

  p->f = mos_desk_fixture_new ();
  p->folder = mos_test_dir_new ();
  file = make_file (p->folder);
  p->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (p->window), 800, 600);
  gtk_window_present (GTK_WINDOW (p->window));
  p->dialog = adw_dialog_new ();
  g_object_add_weak_pointer (G_OBJECT (p->dialog), (gpointer *) &p->dialog);
  adw_dialog_set_child (p->dialog, view);
  p->page = mos_customers_csv_page_new (p->f->desk, file);
  g_object_add_weak_pointer (G_OBJECT (p->page), (gpointer *) &p->page);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (p->page));
  adw_dialog_present (p->dialog, p->window);
  p->button = find_button (GTK_WIDGET (p->page), "_Import");
  g_assert_nonnull (p->button);
  mos_test_wait (gtk_widget_get_sensitive (p->button), 60000);
}

static void
page_close (Page *p)
{
  if (p->window != NULL)
    gtk_window_destroy (GTK_WINDOW (p->window));
  mos_test_wait (p->page == NULL && p->dialog == NULL, 20000);
  mos_desk_fixture_free (p->f);
  mos_test_dir_free (p->folder);
}

/* The window goes in the middle of an import: that ends there, with what is in, and does not hold what is gone. */
static void
test_window_goes (void)
{
  Page p = { 0 };
  guint n;

  g_test_summary ("A window that was closed left a thread behind, which wrote all of the file into the store");
  page_open (&p);
  g_signal_emit_by_name (p.button, "clicked");
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&p.window)));
  mos_test_wait (p.page == NULL, 5000);
  n = count_people (p.f);
  g_assert_cmpuint (n, <, N_PEOPLE);
  mos_test_settle (300);
  g_assert_cmpuint (count_people (p.f), ==, n);
  page_close (&p);
}

static void
on_cancelled_cb (MosCustomersCsvPage *page,
                 gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
on_imported_cb (MosCustomersCsvPage *page,
                const char *text,
                gint64 batch,
                gpointer user_data)
{
  *(gint64 *) user_data = batch;
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "customer-import");
  *(gboolean *) user_data = TRUE;
}

/* Closing what is around it cancels, and says so; it closes once that is done. What is in by then can be taken back. */
static void
test_dialog_closes (void)
{
  Page p = { 0 };
  gboolean is_cancelled = FALSE;
  gint64 batch = 0;

  page_open (&p);
  g_signal_connect (p.page, "cancelled", G_CALLBACK (on_cancelled_cb), &is_cancelled);
  g_signal_connect (p.page, "imported", G_CALLBACK (on_imported_cb), &batch);
  g_signal_emit_by_name (p.button, "clicked");
  g_assert_false (adw_dialog_get_can_close (p.dialog));
  adw_dialog_close (p.dialog);
  mos_test_wait (is_cancelled || batch != 0, 20000);
  g_assert_cmpuint (count_people (p.f), <, N_PEOPLE);
  if (batch != 0)
    {
      gboolean is_undone = FALSE;

      mos_desk_undo_async (p.f->desk, batch, NULL, on_undone_cb, &is_undone);
      mos_test_wait (is_undone, 20000);
    }
  g_assert_cmpuint (count_people (p.f), ==, 0);
  g_assert_true (adw_dialog_get_can_close (p.dialog));
  adw_dialog_close (p.dialog);
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (p.window)) == NULL, 20000);
  page_close (&p);
}

static void
test_imports (void)
{
  Page p = { 0 };
  gint64 batch = 0;

  page_open (&p);
  g_assert_cmpuint (count_people (p.f), ==, 0);
  g_signal_connect (p.page, "imported", G_CALLBACK (on_imported_cb), &batch);
  g_signal_emit_by_name (p.button, "clicked");
  mos_test_wait (batch != 0, 60000);
  g_assert_cmpuint (count_people (p.f), ==, N_PEOPLE);
  g_assert_true (adw_dialog_get_can_close (p.dialog));
  page_close (&p);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/customers-csv/window-goes", test_window_goes);
  g_test_add_func ("/customers-csv/dialog-closes", test_dialog_closes);
  g_test_add_func ("/customers-csv/imports", test_imports);
  return g_test_run ();
}

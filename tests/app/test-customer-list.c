/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/customer/mos-customer-list.h"
#include "core/store/mos-store-customers.h"
#include "mos-desk-fixtures.h"
#include "mos-test.h"

#define N_PEOPLE 12

typedef struct
{
  MosDeskFixture *f;
  GtkWidget *window;
  MosCustomerList *list;
  GtkListBox *box;
} Page;

static gboolean
do_add (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  const char *name = data;
  g_autofree char *address = g_strconcat (name, "@mail.example", NULL);

  return mos_store_customer_ensure (txn, "email", "", address, name, "mail", mos_txn_get_now_us (txn), NULL, NULL, error);
}

static void
add (Page *p,
     const char *name)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (p->f->store->store, &actor, NULL, do_add, (gpointer) name, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GtkListBox *
find_box (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX (widget) && gtk_widget_has_css_class (widget, "boxed-list"))
    return GTK_LIST_BOX (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkListBox *found = find_box (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* (nullable) */
static GtkWidget *
find_row (Page *p,
          const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (p->box, i)) != NULL; i++)
    if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name) == 0)
      return GTK_WIDGET (row);
  return NULL;
}

/* Whoever walks through the list by the keyboard stays where they are, whoever writes meanwhile. */
static void
test_place (void)
{
  Page p = { .f = mos_desk_fixture_new () };
  GtkWidget *rows[N_PEOPLE], *mine;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("person%02u", i);

      add (&p, name);
    }
  p.window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (p.window), 600, 400);
  p.list = mos_customer_list_new (p.f->desk, NULL);
  adw_window_set_content (ADW_WINDOW (p.window), GTK_WIDGET (p.list));
  gtk_window_present (GTK_WINDOW (p.window));
  p.box = find_box (GTK_WIDGET (p.list));
  g_assert_nonnull (p.box);
  mos_test_wait (find_row (&p, "person11") != NULL, 20000);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("person%02u", i);

      rows[i] = find_row (&p, name);
      g_object_add_weak_pointer (G_OBJECT (rows[i]), (gpointer *) &rows[i]);
    }
  mine = rows[7];
  g_assert_true (gtk_widget_grab_focus (mine));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (p.window)) == mine);

  add (&p, "anybody");
  add (&p, "person07b");
  mos_test_wait (find_row (&p, "anybody") != NULL && find_row (&p, "person07b") != NULL, 20000);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (p.window)) == mine);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("person%02u", i);

      g_assert_nonnull (rows[i]);
      g_assert_true (find_row (&p, name) == rows[i]);
      g_object_remove_weak_pointer (G_OBJECT (rows[i]), (gpointer *) &rows[i]);
    }
  gtk_window_destroy (GTK_WINDOW (p.window));
  mos_desk_fixture_free (p.f);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/customer-list/place", test_place);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-categories-page.h"

#include "app/application/mos-error-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/preferences/mos-category-row.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>

struct _MosCategoriesPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  GtkListBox *list;
  GtkWidget *add_row;

  GHashTable *rows;             /* (owned) id -> MosCategoryRow (borrowed) */
  MosDesk *desk;                /* (owned) (nullable) */
  AdwPreferencesDialog *dialog; /* (weak) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosCategoriesPage, mos_categories_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- what is said --- */

static void
say (MosCategoriesPage *self,
     const char *sentence)
{
  if (self->dialog != NULL)
    mos_toast_show_in_preferences (self->dialog, g_object_new (ADW_TYPE_TOAST, "title", sentence, "use-markup", FALSE, NULL));
}

static void
say_problem (MosCategoriesPage *self,
             const GError *error)
{
  if (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
    say (self, _ ("There is a category of this name already"));
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    say (self, _ ("A category needs a name, of 60 letters at most"));
  else
    say (self, mos_error_text (error).sentence);
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosCategoriesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    say_problem (self, error);
}

/* --- changes --- */

static void
on_changed_cb (MosCategoriesPage *self,
               MosCategory *category)
{
  mos_desk_save_category_async (self->desk, category, NULL, on_done_cb, g_object_ref (self));
}

static void
on_move_cb (MosCategoriesPage *self,
            int step,
            GtkListBoxRow *row)
{
  int to = gtk_list_box_row_get_index (row) + step;

  /* The first and the last stay where they are. */
  if (to < 0 || gtk_list_box_get_row_at_index (self->list, to) == NULL)
    return;
  mos_desk_move_category_async (self->desk, mos_category_row_get_category (MOS_CATEGORY_ROW (row))->id, to, NULL, on_done_cb, g_object_ref (self));
}

static void
on_added_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosCategoriesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    say_problem (self, error);
  else if (self->desk != NULL)
    {
      /* An empty one is not to be applied. */
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->add_row), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->add_row), TRUE);
    }
}

static void
on_add_cb (MosCategoriesPage *self)
{
  g_autoptr (MosCategory) category = mos_category_new ();

  category->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->add_row)));
  category->words = g_strdup ("");
  mos_desk_save_category_async (self->desk, category, NULL, on_added_cb, g_object_ref (self));
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCategoriesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  if (error != NULL)
    say_problem (self, error);
  else
    say (self, mos_action_text_undone (nick));
}

static void
on_removed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosCategoriesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = mos_action_text_done ("category-remove", 1);
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      say_problem (self, error);
      return;
    }
  if (self->dialog == NULL)
    return;
  mos_toast_show_in_preferences (self->dialog, mos_undo_toast_new (title, self->desk, batch, on_undone_cb, self));
}

static void
on_remove_cb (MosCategoriesPage *self,
              MosCategoryRow *row)
{
  mos_desk_remove_category_async (self->desk, mos_category_row_get_category (row)->id, NULL, on_removed_cb, g_object_ref (self));
}

/* --- the list --- */

static int
compare (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer data)
{
  gint64 first = mos_category_row_get_category (MOS_CATEGORY_ROW (a))->position, second = mos_category_row_get_category (MOS_CATEGORY_ROW (b))->position;

  return first < second ? -1 : first > second;
}

static GtkWidget *
make_row (MosCategoriesPage *self)
{
  GtkWidget *row = mos_category_row_new ();

  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "move", G_CALLBACK (on_move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* Rows stay where they are, or go where they belong: the keyboard may be in one. */
static void
update (MosCategoriesPage *self)
{
  GPtrArray *categories = mos_desk_get_categories (self->desk);
  g_autoptr (GHashTable) old = g_steal_pointer (&self->rows);
  GHashTableIter iter;
  GtkWidget *gone;
  guint n = 0;

  while (n < categories->len && !((MosCategory *) categories->pdata[n])->is_removed)
    n++;
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    {
      MosCategory *category = categories->pdata[i];
      GtkWidget *row = g_hash_table_lookup (old, category->id);
      gboolean is_new = row == NULL;

      if (is_new)
        row = make_row (self);
      mos_category_row_set_category (MOS_CATEGORY_ROW (row), category, i == 0, i + 1 == n);
      if (is_new)
        gtk_list_box_append (self->list, row);
      g_hash_table_remove (old, category->id);
      g_hash_table_insert (self->rows, g_strdup (category->id), row);
    }
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &gone))
    {
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == gone)
        gtk_widget_grab_focus (self->add_row);
      gtk_list_box_remove (self->list, gone);
    }
  gtk_list_box_invalidate_sort (self->list);
}

/* --- class --- */

static void
mos_categories_page_dispose (GObject *object)
{
  MosCategoriesPage *self = MOS_CATEGORIES_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_CATEGORIES_PAGE);
  G_OBJECT_CLASS (mos_categories_page_parent_class)->dispose (object);
}

static void
mos_categories_page_class_init (MosCategoriesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_categories_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-categories-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosCategoriesPage, list);
  gtk_widget_class_bind_template_child (widget_class, MosCategoriesPage, add_row);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
}

static void
mos_categories_page_init (MosCategoriesPage *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, compare, NULL, NULL);
}

MosCategoriesPage *
mos_categories_page_new (MosDesk *desk,
                         AdwPreferencesDialog *dialog)
{
  MosCategoriesPage *self = g_object_new (MOS_TYPE_CATEGORIES_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  g_signal_connect_object (desk, "views-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

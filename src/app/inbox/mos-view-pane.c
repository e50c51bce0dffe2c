/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-view-pane.h"

#include "app/inbox/mos-view-row.h"
#include "app/inbox/mos-view-text.h"

struct _MosViewPane
{
  AdwNavigationPage parent_instance;

  /* Template children */
  GtkListBox *views;
  GtkListBox *saved;
  GtkListBox *accounts;
  GtkWidget *accounts_heading;

  /* Owned */
  MosDesk *desk;
  GCancellable *cancellable;
  GPtrArray *counts; /* (nullable): the newest answer */
  gboolean counting;

  gboolean selecting;
};

enum
{
  VIEW_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosViewPane, mos_view_pane, ADW_TYPE_NAVIGATION_PAGE)

static void
set_row_count (MosViewPane *self,
               MosViewRow *row)
{
  for (guint i = 0; self->counts != NULL && i < self->counts->len; i++)
    {
      MosViewCount *count = g_ptr_array_index (self->counts, i);

      if (mos_view_equal (count->view, mos_view_row_get_view (row)))
        mos_view_row_set_count (row, count->count, count->n_new);
    }
}

static void
set_counts (MosViewPane *self,
            GtkListBox *box)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (box)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (MOS_IS_VIEW_ROW (row))
      set_row_count (self, MOS_VIEW_ROW (row));
}

static void
on_counts_loaded_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosViewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = mos_desk_load_counts_finish (MOS_DESK (source), result, &error);

  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The counts could not be read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  self->counts = g_steal_pointer (&counts);
  set_counts (self, self->views);
  set_counts (self, self->saved);
  set_counts (self, self->accounts);
}

static void
load_counts (MosViewPane *self)
{
  if (!self->counting)
    return;
  mos_desk_load_counts_async (self->desk, self->cancellable, on_counts_loaded_cb, g_object_ref (self));
}

void
mos_view_pane_begin_counting (MosViewPane *self)
{
  g_return_if_fail (MOS_IS_VIEW_PANE (self));

  if (self->counting)
    return;
  self->counting = TRUE;
  load_counts (self);
}

/* One that is called anew, comes or goes may need the others' names to say more, or less. */
static void
name_accounts (MosViewPane *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->accounts, i)) != NULL; i++)
    mos_view_row_name_account (MOS_VIEW_ROW (row));
}

static GtkWidget *
create_account_row (gpointer item,
                    gpointer user_data)
{
  MosViewPane *self = MOS_VIEW_PANE (user_data);
  GtkWidget *row = mos_view_row_new_account (self->desk, MOS_ACCOUNT_ITEM (item));

  set_row_count (self, MOS_VIEW_ROW (row));
  g_signal_connect_object (item, "notify::account", G_CALLBACK (name_accounts), self, G_CONNECT_SWAPPED);
  return row;
}

static void
on_accounts_changed_cb (MosViewPane *self)
{
  gtk_widget_set_visible (self->accounts_heading, g_list_model_get_n_items (mos_desk_get_accounts (self->desk)) > 0);
  name_accounts (self);
  load_counts (self);
}

static void
on_row_activated_cb (MosViewPane *self,
                     GtkListBoxRow *row,
                     GtkListBox *box)
{
  GtkListBox *boxes[] = { self->views, self->saved, self->accounts };

  if (self->selecting || row == NULL || !MOS_IS_VIEW_ROW (row))
    return;
  self->selecting = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    if (boxes[i] != box)
      gtk_list_box_unselect_all (boxes[i]);
  gtk_list_box_select_row (box, row);
  self->selecting = FALSE;
  g_signal_emit (self, signals[VIEW_CHOSEN], 0, mos_view_row_get_view (MOS_VIEW_ROW (row)), mos_view_row_get_title (MOS_VIEW_ROW (row)));
}

static MosViewRow *
find_row (MosViewPane *self,
          MosView *view,
          GtkListBox **ret_box)
{
  GtkListBox *boxes[] = { self->views, self->saved, self->accounts };

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (boxes[i])); row != NULL; row = gtk_widget_get_next_sibling (row))
      if (MOS_IS_VIEW_ROW (row) && mos_view_equal (mos_view_row_get_view (MOS_VIEW_ROW (row)), view))
        {
          *ret_box = boxes[i];
          return MOS_VIEW_ROW (row);
        }
  return NULL;
}

static void
mos_view_pane_dispose (GObject *object)
{
  MosViewPane *self = MOS_VIEW_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_VIEW_PANE);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_view_pane_parent_class)->dispose (object);
}

static void
mos_view_pane_class_init (MosViewPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_view_pane_dispose;

  signals[VIEW_CHOSEN] = g_signal_new ("view-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, mos_view_get_type (), G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-view-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MosViewPane, views);
  gtk_widget_class_bind_template_child (widget_class, MosViewPane, saved);
  gtk_widget_class_bind_template_child (widget_class, MosViewPane, accounts);
  gtk_widget_class_bind_template_child (widget_class, MosViewPane, accounts_heading);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mos_view_pane_init (MosViewPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();

  for (MosViewKind kind = MOS_VIEW_MINE; kind <= MOS_VIEW_DELETED; kind++)
    {
      g_autoptr (MosView) view = mos_view_make (kind, NULL);

      gtk_list_box_append (self->views, mos_view_row_new (view));
    }
}

MosViewPane *
mos_view_pane_new (MosDesk *desk)
{
  MosViewPane *self = g_object_new (MOS_TYPE_VIEW_PANE, NULL);

  self->desk = g_object_ref (desk);
  gtk_list_box_bind_model (self->accounts, mos_desk_get_accounts (desk), create_account_row, self, NULL);
  g_signal_connect_object (desk, "counts-changed", G_CALLBACK (load_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_desk_get_accounts (desk), "items-changed", G_CALLBACK (on_accounts_changed_cb), self, G_CONNECT_SWAPPED);
  mos_view_pane_update (self);
  on_accounts_changed_cb (self);
  return self;
}

void
mos_view_pane_update (MosViewPane *self)
{
  GPtrArray *saved;

  g_return_if_fail (MOS_IS_VIEW_PANE (self));

  saved = mos_desk_get_views (self->desk);
  self->selecting = TRUE;
  gtk_list_box_remove_all (self->saved);
  for (guint i = 0; i < saved->len; i++)
    gtk_list_box_append (self->saved, mos_view_row_new_saved (saved->pdata[i]));
  self->selecting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->saved), saved->len > 0);
  set_counts (self, self->saved);
}

void
mos_view_pane_select (MosViewPane *self,
                      MosView *view)
{
  GtkListBox *box = NULL;
  MosViewRow *row;

  g_return_if_fail (MOS_IS_VIEW_PANE (self));

  row = find_row (self, view, &box);
  self->selecting = TRUE;
  gtk_list_box_unselect_all (self->views);
  gtk_list_box_unselect_all (self->saved);
  gtk_list_box_unselect_all (self->accounts);
  if (row != NULL)
    gtk_list_box_select_row (box, GTK_LIST_BOX_ROW (row));
  self->selecting = FALSE;
}

const char *
mos_view_pane_get_title_of (MosViewPane *self,
                            MosView *view)
{
  GtkListBox *box = NULL;
  MosViewRow *row;

  g_return_val_if_fail (MOS_IS_VIEW_PANE (self), "");

  row = find_row (self, view, &box);
  return row != NULL ? mos_view_row_get_title (row) : mos_view_text_get_title (view->kind);
}

gboolean
mos_view_pane_grab_focus (MosViewPane *self)
{
  GtkListBox *boxes[] = { self->views, self->saved, self->accounts };

  g_return_val_if_fail (MOS_IS_VIEW_PANE (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_selected_row (boxes[i]);

      if (row != NULL)
        return gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  return gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->views)));
}
